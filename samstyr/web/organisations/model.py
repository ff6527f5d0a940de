"""What the governance model says of roles and seats, as the plain values the organisation room takes."""

from __future__ import annotations

from datetime import date
from typing import Any

from samstyr.foundation.organisations.rules.appointing import GroupSpec, RoleSpec


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
    return RoleSpec(role.key, str(role.name), role.scope, role.appointed_by or "", _name(model, role.appointed_by))


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
    )
