"""What the governance model says of roles and seats, as the plain values the organisation room takes."""

from __future__ import annotations

from datetime import date
from typing import Any

from samstyr.foundation.organisations.rules.appointing import ChairRule, GroupSpec, RoleSpec, UnitSpec

from .rules.staffing import excluded_by


def role_specs(model: Any) -> list[RoleSpec]:
    """Every role of the model, in its order; none before a model is adopted."""
    return [_role(model, role) for role in model.roles] if model else []


def role_spec(model: Any, key: str) -> RoleSpec | None:
    """One role of the model."""
    role = model.role(key) if model else None
    return _role(model, role) if role else None


def spec_of_holding(model: Any, key: str) -> RoleSpec:
    """The role of a holding, also when the model no longer has it."""
    return role_spec(model, key) or RoleSpec(key, key)


def groups_of(model: Any, body: Any, day: date) -> list[GroupSpec]:
    """The body's groups of seats as they are on the day."""
    composition = body.composition_on(day)
    return [_group(model, body, group) for group in composition.groups] if composition else []


def group_of(model: Any, body_key: str, group_key: str, day: date) -> GroupSpec | None:
    """One group of seats; None when the model has no such group on the day."""
    body = model.body(body_key) if model else None
    groups = groups_of(model, body, day) if body else []
    return next((group for group in groups if group.key == group_key), None)


def size_of(body: Any, day: date) -> int | None:
    """How many seats the body has in all, when the model says."""
    composition = body.composition_on(day)
    return composition.size if composition else None


def _name(model: Any, role: str | None) -> str:
    found = model.role(role) if role else None
    return str(found.name) if found else role or ""


def _role(model: Any, role: Any) -> RoleSpec:
    given_by = role.appointed_by or ""
    apart = tuple((key, _name(model, key)) for key in excluded_by(model, role.key))
    return RoleSpec(
        role.key, str(role.name), role.scope, given_by, _name(model, given_by), _chairs(model, role.key), apart
    )


def unit_specs(model: Any) -> list[UnitSpec]:
    """The units that the model lists, in its order; none before a model is adopted."""
    return [
        UnitSpec(one.organisation, one.code, str(one.name), one.kind or "", one.below or "", one.area)
        for one in (model.structure.units if model else ())
    ]


def _chairs(model: Any, role: str) -> tuple[ChairRule, ...]:
    rules = []
    for body in model.bodies:
        if body.chair == role and body.chair_from:
            names = {group.key: str(group.name) for version in body.versions for group in version.groups}
            name = names.get(body.chair_from, body.chair_from)
            rules.append(ChairRule(body.key, str(body.name), body.chair_from, name))
    return tuple(rules)


def _group(model: Any, body: Any, group: Any) -> GroupSpec:
    return GroupSpec(
        body=body.key,
        body_name=str(body.name),
        key=group.key,
        name=str(group.name),
        count=group.count,
        one_per=group.one_per or "",
        organisation=group.organisation or "",
        appointed_by=group.appointed_by or "",
        appointed_by_name=_name(model, group.appointed_by),
        votes=group.votes,
        term_years=group.term_years,
        organisation_kind=group.organisation_kind or "",
        region=group.region or "",
        consults=tuple(str(who) for who in group.consults),
        may_consult=tuple(str(who) for who in group.may_consult),
        direct_responsibility=group.direct_responsibility,
        at_least=group.at_least,
        substitutes_for=group.substitutes_for or "",
    )
