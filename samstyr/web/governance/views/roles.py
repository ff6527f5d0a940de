"""Who does what: roles with tasks, rights and holders; bodies with composition; what nobody has (B-02)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from samstyr.foundation.governance import queries
from samstyr.foundation.governance.rules.describe import (
    ACTS,
    DECIDES,
    REACHES,
    SUBJECTS,
    period_words,
    words_for,
)
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.organisations import queries as organisations

from .parts import crumbs, tabs, version_or_404


@dataclass(frozen=True)
class RoleLine:
    """A role as the page shows it."""

    key: str
    name: str
    aliases: tuple[str, ...]
    tasks: tuple[str, ...]
    steps: tuple[str, ...]
    rights: tuple[tuple[str, str], ...]
    appointed_by: str
    holders: tuple[Any, ...]


@dataclass(frozen=True)
class BodyLine:
    """A body as the page shows it: who leads and serves, its seats today, what it may do, where it acts."""

    key: str
    name: str
    chair: str
    secretary: str
    convener: str
    groups: tuple[Any, ...]
    size: int | None
    mandate: tuple[tuple[str, str], ...]
    tasks: tuple[str, ...]
    steps: tuple[str, ...]
    frequency: Any
    per: str


def roles_and_bodies(request: Any, key: UUID | None = None) -> HttpResponse:
    """Roles and bodies of a version, the one in force when none is named."""
    row = version_or_404(key) if key else queries.version_in_force(request.today)
    if row is None:
        raise NotFound
    model = queries.typed(row)
    holders = organisations.holders_by_role(request.today)
    roles = [_role(model, role, holders) for role in model.roles]
    context = {
        "row": row,
        "tabs": tabs(request, row, "model-version-roles"),
        "crumbs": crumbs(request, row),
        "roles": roles,
        "bodies": [_body(model, body, request.today) for body in model.bodies],
        "hearing_bodies": [(body, _role_name(model, body.role)) for body in model.hearing_bodies],
        "without_task": [role for role in roles if not role.tasks and not role.steps],
        "vacant": [role for role in roles if not role.holders],
        "unowned": _unowned(model),
    }
    return render(request, "governance/roles.html", context)


def _role(model: GovernanceModel, role: Any, holders: dict[str, list[Any]]) -> RoleLine:
    return RoleLine(
        role.key,
        str(role.name),
        tuple(map(str, role.aliases)),
        tuple(map(str, role.tasks)),
        tuple(
            dict.fromkeys(str(step.name) for path in model.paths for step in path.steps if step.actor.role == role.key)
        ),
        tuple((words_for(right.act, ACTS), words_for(right.reach, REACHES)) for right in role.rights),
        _role_name(model, role.appointed_by),
        tuple(holders.get(role.key, ())),
    )


def _body(model: GovernanceModel, body: Any, today: Any) -> BodyLine:
    composition = body.composition_on(today)
    return BodyLine(
        body.key,
        str(body.name),
        _role_name(model, body.chair),
        _role_name(model, body.secretary),
        _role_name(model, body.convener),
        composition.groups if composition else (),
        composition.size if composition else None,
        tuple(_mandate(item) for item in body.mandate),
        tuple(map(str, body.tasks)),
        tuple(
            dict.fromkeys(
                f"{path.name}: {step.name}"
                for path in model.paths
                for step in path.steps
                if step.actor.body == body.key
            )
        ),
        body.frequency,
        body.per,
    )


def _mandate(item: Any) -> tuple[str, str]:
    subjects = ", ".join(words_for(subject, SUBJECTS) for subject in item.subjects)
    told = [part for part in (subjects, str(item.text or "")) if part]
    return words_for(item.kind, DECIDES), ". ".join(told)


def _role_name(model: GovernanceModel, key: str | None) -> str:
    role = model.role(key) if key else None
    return str(role.name) if role else key or ""


def _unowned(model: GovernanceModel) -> list[str]:
    """Work that no role or body has: steps without an actor in the model, and periods without an owner."""
    found = [
        f"{path.name}: {step.name}"
        for path in model.paths
        for step in path.steps
        if not (model.role(step.actor.role or "") or model.body(step.actor.body or ""))
    ]
    for period in model.wheel.periods if model.wheel else ():
        if not (model.role(period.owner or "") or model.body(period.owner_body or "")):
            found.append(f"{period.name} ({period_words(period)})")
    return found
