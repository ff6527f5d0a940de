"""Who refers to whom in a model: what may be chosen, where a thing is used, and renaming with its references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ..bodies import OrganisationSlot
from ..lint.references import KIND_OF
from ..paths import Path
from ..schema import GovernanceModel
from .kinds import Shape, shapes
from .places import Place, Tree, at, class_at, shape_at, things, title_of

# Mostly roles and bodies, but any word will do.
LOOSE = "party_or_word"
# Class and field → what its keys are keys of. Fields that stand for the same wherever they are, are in KIND_OF.
SPECIAL = {
    ("Body", "chair_from"): "group",
    ("Mandate", "subjects"): "subject",
    ("SeatGroup", "organisation_kind"): "organisation_kind",
    ("MeetingRules", "approved_by"): "role",
    ("Path", "start"): "step",
    ("Step", "before"): "step_or_body",
    ("Join", "disagreement"): "outcome",
    ("Silence", "outcome"): "outcome",
    ("Route", "to"): "step",
    ("Outcome", "to"): "step",
    ("Period", "steps"): "path_step",
    ("Routine", "step"): "path_step",
    ("Overlay", "feeds"): "period",
    ("FundingSource", "delegated_to"): "role",
    ("RequiredLine", "kind"): "measure_kind",
    ("PlanForm", "default_cost_key"): "cost_key",
    ("CriteriaStage", "scorers"): "scorer",
    ("Criterion", "anchors"): "level",
    ("CriterionQuestion", "anchors"): "level",
    ("Requirement", "above"): "level",
    ("SortKey", "order"): "focus_area_or_kind",
    ("Ranking", "tie_break"): "criterion",
    **{
        (owner, "goals"): "goal"
        for owner in (
            "FocusArea",
            "Driver",
            "LocalStrategy",
            "Guideline",
            "StrategyMeasure",
            "Criterion",
            "Ledger",
        )
    },
    **{(owner, "goal"): "goal" for owner in ("AcceptedGap", "Target", "TagValue")},
    ("Goal", "links"): "goal",
    ("LocalStrategy", "positions"): "goal",
    **{(owner, "source"): "source" for owner in ("Driver", "Goal", "Outlook")},
    ("ExternalSource", "mirrors"): "source",
    ("Goal", "tags"): "strategy_tag",
    ("StrategyMeasure", "tags"): "strategy_tag",
    ("LocalStrategy", "held_in"): "governing_document",
    ("GoverningDocument", "links"): "governing_document",
    ("Guideline", "focus_areas"): "focus_area",
    ("Direction", "focus_areas"): "focus_area",
    ("StrategyMeasure", "focus_area"): "focus_area",
    ("Cell", "area"): "strategy_area",
    ("Guideline", "body"): "",
    ("StrategyContent", "signed_by"): "role",
    ("Relation", "from"): "in_structure",
    ("Relation", "to"): "in_structure",
    ("Structure", "highest"): "body",
    ("Structure", "forums"): "body",
    ("ForumText", "chairs"): "role",
    ("ForumText", "offices"): "role",
    ("ForumText", "prepares"): "body",
    ("RoleCombination", "roles"): "role",
    ("ExtraRoles", "also"): "role",
    ("RequiredHolder", "unit_kinds"): "unit_kind",
    ("UnitLine", "kind"): "unit_kind",
    ("Body", "chair_in"): "slot",
    ("Body", "must_include"): "role",
    ("SeatGroup", "substitutes_for"): "group",
    ("ProjectModel", "required_roles"): "role",
    ("Step", "opens_after"): "step",
    ("Requirement", "of"): "who_speaks",
    ("Outcome", "binds"): "community",
    ("GuideStep", "step"): "guide_step",
    ("Ledger", "tags"): "tag_set",
    ("Ledger", "advice_in"): "ledger",
    ("LedgerState", "after"): "ledger_state",
    **dict.fromkeys((("Span", "first"), ("Span", "last"), ("Binding", "field"), ("Ledger", "yearly")), "ledger_field"),
    ("Section", "sources"): "source",
    ("TagSet", "subjects"): "subject",
    ("TaskService", "values"): "tag_value",
    ("ReportDimension", "indicator"): "indicator",
    ("SizeClass", "documents"): "document",
    ("Gate", "documents"): "document",
    ("MatrixRow", "cells"): "matrix_party",
    ("Responsibility", "parties"): LOOSE,
    ("Cooperation", "host"): "slot",
    ("OrganisationSlot", "host"): "",
}
PLACES: dict[str, tuple[Place, ...]] = {
    "role": (("roles",),),
    "body": (("bodies",),),
    "slot": (("organisations",),),
    "period": (("wheel", "periods"),),
    "path": (("paths",),),
    "cost_key": (("plan", "cost_keys"),),
    "measure_kind": (("plan", "measure_kinds"),),
    "focus_area": (("strategy", "focus_areas"),),
    "source": (("strategy", "sources"),),
    "governing_document": (("strategy", "documents"),),
    "strategy_area": (("strategy", "areas"),),
    "outside": (("structure", "outside"),),
    "unit_kind": (("structure", "unit_kinds"),),
    "community": (("cooperation", "legal_communities"),),
    "hearing_body": (("hearing_bodies",),),
    "ledger": (("ledgers",),),
    "tag_set": (("tags",),),
    "document": (("project_model", "documents"),),
}
# What an alternative takes in.
WIDER = {
    "party": ("role", "body"),
    "party_slot": ("slot", "body"),
    LOOSE: ("role", "body", "slot"),
    "step_or_body": ("step", "body"),
    "in_structure": ("role", "body", "slot", "hearing_body", "outside"),
    "who_speaks": ("role", "body", "hearing_body"),
    "scorer": ("role", "seat"),
    "focus_area_or_kind": ("focus_area", "measure_kind"),
}
# Keys that are known only within the nearest thing of the class: path's steps, step's outcomes and so on.
WITHIN = {
    "step": ("Path", "steps"), "outcome": ("Step", "outcomes"), "level": ("CriteriaStage", "scale"),
    "ledger_state": ("Ledger", "states"), "indicator": ("Report", "sections"),
    "tag_value": ("TagSet", "values"),
    "ledger_field": ("Ledger", "fields"),
}  # fmt: skip
SEAT = "seat:"


@dataclass(frozen=True)
class Option:
    """Something that may be referred to: its key, what it is called, and where it stands."""

    key: str
    name: str
    place: Place


@dataclass(frozen=True)
class Use:
    """A reference: the field it stands in, and where in the field when it is one of several."""

    place: Place
    value: str


def kind_of(shape: Shape) -> str:
    """What the field's keys are keys of; empty for a field that refers to nothing."""
    special = SPECIAL.get((shape.owner.__name__, shape.name))
    if special is not None:
        return special
    fits = shape.form in ("line", "words", "either") or shape.form == "mapping"
    return KIND_OF.get(shape.name, "") if fits and not shape.pattern.startswith("^F-") else ""


def options(tree: Tree, kind: str, place: Place) -> list[Option]:
    """What a field at the place may refer to, in the model's order."""
    if kind in WIDER:
        return [option for one in WIDER[kind] for option in options(tree, one, place)]
    if kind in WITHIN:
        owner, name = WITHIN[kind]
        around = _around(tree, place, owner)
        return _listed(tree, (*around, name)) if around is not None else []
    if kind in PLACES:
        found = [option for where in PLACES[kind] for option in _listed(tree, where)]
        return found + _overlaid(tree, place) if kind == "period" else found
    match kind:
        case "seat":
            return [Option(f"{SEAT}{one.key}", one.name, one.place) for one in options(tree, "body", place)]
        case "path_step":
            return [option for index, _path in _items(tree, ("paths",)) for option in _steps(tree, index)]
        case "goal":
            return [*_goals(tree, ("strategy", "goals")), *_listed(tree, ("strategy", "strategies"))]
        case "strategy_tag":
            return [
                one for index, _source in _items(tree, ("strategy", "sources"))
                for one in _listed(tree, ("strategy", "sources", index, "tags"))
            ]  # fmt: skip
        case "guide_step":
            return _guided(tree, _around(tree, place, "Guide"))
        case "criterion":
            return [
                one for index, _stage in _items(tree, ("criteria",))
                for one in _listed(tree, ("criteria", index, "criteria"))
            ]  # fmt: skip
        case "subject":
            return _words(Path, "subject")
        case "organisation_kind":
            return _words(OrganisationSlot, "kind")
        case "group":
            return _groups(tree, _around(tree, place, "Body"))
        case "matrix_party":
            names = {one.key: one.name for one in options(tree, LOOSE, place)}
            parties = at(tree, ("responsibility", "parties"))
            return [
                Option(key, names.get(key, key), ("responsibility", "parties"))
                for key in (parties if isinstance(parties, list) else ()) if isinstance(key, str)
            ]  # fmt: skip
    return []


def _words(part: type[BaseModel], name: str) -> list[Option]:
    """The format's own words, as it has them in another field."""
    return [Option(word, word, ()) for word in shapes(part)[name].choices]


def _items(tree: Tree, place: Place) -> Iterator[tuple[int, dict[str, Any]]]:
    found = at(tree, place)
    if isinstance(found, list):
        yield from ((index, item) for index, item in enumerate(found) if isinstance(item, dict))


def _listed(tree: Tree, place: Place) -> list[Option]:
    return [
        Option(item["key"], title_of(item), (*place, index))
        for index, item in _items(tree, place)
        if isinstance(item.get("key"), str)
    ]


def _steps(tree: Tree, index: int) -> list[Option]:
    path = at(tree, ("paths", index))
    return [
        Option(f"{path.get('key')}/{one.key}", f"{title_of(path)}: {one.name}", one.place)
        for one in _listed(tree, ("paths", index, "steps"))
    ]


def _guided(tree: Tree, guide: Place | None) -> list[Option]:
    """The steps of the path that the guide is about."""
    key = (at(tree, guide) or {}).get("path") if guide else None
    return [
        one for index, path in _items(tree, ("paths",)) if path.get("key") == key
        for one in _listed(tree, ("paths", index, "steps"))
    ]  # fmt: skip


def _goals(tree: Tree, place: Place) -> Iterator[Option]:
    for option in _listed(tree, place):
        yield option
        yield from _goals(tree, (*option.place, "goals"))


def _groups(tree: Tree, body: Place | None) -> list[Option]:
    found: dict[str, Option] = {}
    for index, _version in _items(tree, (*body, "versions") if body else ()):
        for option in _listed(tree, (*(body or ()), "versions", index, "groups")):
            found.setdefault(option.key, option)
    return list(found.values())


def _overlaid(tree: Tree, place: Place) -> list[Option]:
    if "overlays" not in place:
        return []
    return [
        one for index, _overlay in _items(tree, ("wheel", "overlays"))
        for one in _listed(tree, ("wheel", "overlays", index, "periods"))
    ]  # fmt: skip


def _around(tree: Tree, place: Place, owner: str) -> Place | None:
    """The place of the nearest thing of the class that the place is in."""

    for end in range(len(place), 0, -1):
        part = class_at(tree, place[:end])
        if part is not None and part.__name__ == owner:
            return place[:end]
    return None


def kinds_defined(tree: Tree, place: Place) -> list[tuple[str, Place]]:
    """What a thing's key is a key of, and within what: empty place for the whole model."""
    names = tuple(part for part in place if isinstance(part, str))
    for kind, wheres in PLACES.items():
        if place[:-1] in wheres:
            return [(kind, ()), *([("seat", ())] if kind == "body" else [])]
    for kind, (owner, name) in WITHIN.items():
        around = _around(tree, place[:-1], owner)
        if around is not None and place[:-1] == (*around, name):
            return [(kind, around)]
    if names[:2] in (("strategy", "goals"), ("strategy", "strategies")) and place[-2] in ("goals", "strategies"):
        return [("goal", ())]
    if names == ("strategy", "sources", "tags"):
        return [("strategy_tag", ())]
    if names == ("criteria", "criteria"):
        return [("criterion", ())]
    if names == ("bodies", "versions", "groups"):
        return [("group", place[:2])]
    return [("period", ())] if names == ("wheel", "overlays", "periods") else []


def uses(tree: Tree, place: Place) -> list[Use]:
    """Where the thing at the place is referred to by its key."""
    thing = at(tree, place)
    key = thing.get("key") if isinstance(thing, dict) else None
    if not isinstance(key, str):
        return []
    found: list[Use] = []
    for kind, within in kinds_defined(tree, place):
        wanted = f"{SEAT}{key}" if kind == "seat" else key
        found += [use for use, known in _references(tree) if kind in known and use.value == wanted and _in(use, within)]
    return list(dict.fromkeys(found + _compound(tree, place, key)))


def _in(use: Use, within: Place) -> bool:
    return use.place[: len(within)] == within


def _compound(tree: Tree, place: Place, key: str) -> list[Use]:
    """References of the form ``path/step``."""
    if len(place) == 2 and place[0] == "paths":
        return [use for use, known in _references(tree) if "path_step" in known and use.value.split("/")[0] == key]
    if len(place) == 4 and place[0] == "paths" and place[2] == "steps":
        path = at(tree, (*place[:2], "key"))
        return [
            use for use, known in _references(tree)
            if ("path_step" in known and use.value == f"{path}/{key}")
            or ("guide_step" in known and use.value == key and _guides(tree, use.place, path))
        ]  # fmt: skip
    return []


def _guides(tree: Tree, place: Place, path: Any) -> bool:
    """Whether the place is in a guide to the path."""
    guide = _around(tree, place, "Guide")
    return guide is not None and (at(tree, guide) or {}).get("path") == path


def _references(tree: Tree) -> Iterator[tuple[Use, tuple[str, ...]]]:
    """Every reference in the model with what it may be a reference to."""
    for place, part, thing in things(tree, GovernanceModel):
        for name, shape in shapes(part).items():
            kind = kind_of(shape)
            if not kind or name not in thing:
                continue
            known = WIDER.get(kind, (kind,))
            known = WIDER[LOOSE] if kind == "matrix_party" else known
            yield from ((use, known) for use in _values(thing[name], (*place, name)))


def _values(value: Any, place: Place) -> Iterator[Use]:
    if isinstance(value, str):
        yield Use(place, value)
    elif isinstance(value, list):
        yield from (Use((*place, index), item) for index, item in enumerate(value) if isinstance(item, str))
    elif isinstance(value, dict):
        yield from (Use((*place, key), key) for key in value)
        yield from (
            Use((*place, key, "="), item)
            for key, item in value.items()
            if place[-1] == "feeds" and isinstance(item, str)
        )


def rename(tree: Tree, place: Place, new: str, *, references: bool = True) -> int:
    """Give the thing another key, and its references too; how many were changed. The tree is changed."""
    thing = at(tree, place)
    old = thing["key"]
    changed = uses(tree, place) if references else []
    for use in changed:
        _replace(tree, use, _renamed(use.value, old, new, place))
    thing["key"] = new
    return len(changed)


def _renamed(value: str, old: str, new: str, place: Place) -> str:
    if value == f"{SEAT}{old}":
        return f"{SEAT}{new}"
    if "/" not in value:
        return new
    path, _slash, step = value.partition("/")
    return f"{new}/{step}" if len(place) == 2 else f"{path}/{new}"


def _replace(tree: Tree, use: Use, value: str) -> None:
    if use.place[-1] == "=":
        at(tree, use.place[:-2])[use.place[-2]] = value
        return
    holder = at(tree, use.place[:-1])
    last = use.place[-1]
    if isinstance(holder, dict) and last == use.value and _is_mapping(tree, use.place[:-1]):
        items = [(value if key == last else key, item) for key, item in holder.items()]
        holder.clear()
        holder.update(items)
    else:
        holder[last] = value


def _is_mapping(tree: Tree, place: Place) -> bool:

    shape = shape_at(tree, place)
    return shape is not None and shape.form == "mapping"
