"""A model put together of what can be read of a draft, so that it can be drawn while it is unfinished."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..bodies import Body, HearingBody, OrganisationSlot, Role
from ..paths import Actor, Outcome, Path, Step
from ..schema import GovernanceModel
from ..words import Text
from ..year import Period, Wheel
from .places import Tree, title_of

Part = TypeVar("Part", bound=BaseModel)


def _read(part: type[Part], value: Any) -> Part | None:
    try:
        return part.model_validate_json(json.dumps(value), strict=True)
    except ValidationError:
        return None


def _all(part: type[Part], values: Any) -> tuple[Part, ...]:
    found = (_read(part, value) for value in (values if isinstance(values, list) else ()))
    return tuple(item for item in found if item is not None)


def loose_model(tree: Tree) -> GovernanceModel:
    """The parts that drawings need, as far as they hold together; the rest is left out. Not for governing by."""
    values = tree.get("paths")
    wheel = tree.get("wheel") if isinstance(tree.get("wheel"), dict) else None
    return GovernanceModel.model_construct(
        format=1,
        key="utkast",
        name=Text(title_of({"name": tree.get("name")}) or "–"),
        organisations=_all(OrganisationSlot, tree.get("organisations")),
        roles=_all(Role, tree.get("roles")),
        bodies=_all(Body, tree.get("bodies")),
        hearing_bodies=_all(HearingBody, tree.get("hearing_bodies")),
        paths=tuple(
            found for index, value in enumerate(values if isinstance(values, list) else ())
            if (found := loose_path(value, index)) is not None
        ),
        wheel=(_read(Wheel, wheel) or _loose_wheel(wheel)) if wheel else None,
    )  # fmt: skip


def _loose_wheel(value: dict[str, Any]) -> Wheel | None:
    periods = _all(Period, value.get("periods"))
    return Wheel.model_construct(periods=periods) if periods else None


def loose_path(value: Any, index: int = 0) -> Path | None:
    """The path with each step as far as it can be read; None for one without steps."""
    whole = _read(Path, value)
    if whole is not None or not isinstance(value, dict):
        return whole
    steps = value.get("steps")
    found = tuple(_loose_step(step, number) for number, step in enumerate(steps if isinstance(steps, list) else ()))
    if not found:
        return None
    then = value.get("then")
    return Path.model_construct(
        key=str(value.get("key") or f"vei-{index}"),
        name=Text(title_of(value) or "–"),
        subject=value.get("subject") or "need",
        start=str(value.get("start") or found[0].key),
        then=then if isinstance(then, str) else None,
        steps=found,
    )


def _loose_step(value: Any, number: int) -> Step:
    whole = _read(Step, value)
    if whole is not None:
        return whole
    told = value if isinstance(value, dict) else {}
    return Step.model_construct(
        key=str(told.get("key") or f"steg-{number}"),
        name=Text(title_of(told) or "–"),
        kind="treat",
        actor=_read(Actor, told.get("actor")) or Actor(),
        outcomes=_all(Outcome, told.get("outcomes")),
    )  # fmt: skip
