"""What several verbs ask: required names, and rows in the same place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samstyr.foundation.audit.action import Context
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Organisation, Unit


def cleaned(text: str, field: str = "name") -> str:
    """The text without surplus spaces. Raises Invalid when nothing is left."""
    found = " ".join(text.split())
    if not found:
        raise Invalid.field(field, say(gettext_noop("Feltet må fylles ut.")))
    return found


def taken(rows: Any, field: str, message: str, value: object) -> None:
    """Raises Invalid on `field` when `rows` has any: the value is in use."""
    if rows.exists():
        raise Invalid.field(field, say(message), value=value, remedy=say(gettext_noop("Velg et annet.")))


def place(ctx: Context, organisation_id: UUID | None, unit_id: UUID | None) -> tuple[Organisation | None, Unit | None]:
    """The organisation and the unit, which must be the organisation's and in use; a unit alone gives both."""
    unit = ctx.load(Unit, unit_id) if unit_id else None
    organisation = ctx.load(Organisation, organisation_id) if organisation_id else None
    if unit is None:
        return organisation, None
    if not unit.is_active:
        raise Invalid.field("unit", say(gettext_noop("Tjenesten er avviklet.")), value=unit.name)
    if organisation is None:
        return unit.organisation, unit
    if unit.organisation_id != organisation.pk:
        raise Invalid.field(
            "unit",
            say(
                gettext_noop("%(unit)s hører ikke til %(organisation)s."),
                unit=unit.name,
                organisation=organisation.name,
            ),
            remedy=say(gettext_noop("Velg en tjeneste i organisasjonen, eller bytt organisasjon.")),
        )
    return organisation, unit
