"""Words for what the room's enums mean; translated when read."""

from __future__ import annotations

from collections.abc import Mapping

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .rules.importing import Standing

STATES: Mapping[str, str] = {
    "draft": gettext_noop("Utkast"),
    "submitted": gettext_noop("Under behandling"),
    "returned": gettext_noop("Sendt tilbake til deg"),
    "withdrawn": gettext_noop("Trukket"),
    "ended": gettext_noop("Ferdig behandlet"),
}

STANDINGS: Mapping[Standing, str] = {
    Standing.NEW: gettext_noop("Ny"),
    Standing.EXISTING: gettext_noop("Finnes fra før"),
    Standing.ALIKE: gettext_noop("Ligner på et annet"),
    Standing.FAULTY: gettext_noop("Må rettes"),
}

FIELDS: Mapping[str, str] = {
    "title": gettext_noop("Tittel"),
    "unit": gettext_noop("Tjeneste"),
    "need": gettext_noop("Hva trenger dere?"),
    "affected": gettext_noop("Hvem berøres?"),
    "effect": gettext_noop("Hva blir bedre?"),
    "compels": gettext_noop("Lov eller risiko"),
    "statutory": gettext_noop("Loven krever at vi gjør dette"),
    "product": gettext_noop("Kjent produkt"),
    "goals": gettext_noop("Mål behovet støtter"),
    "joint": gettext_noop("Behovet gjelder flere organisasjoner"),
    "organisations": gettext_noop("Hvilke organisasjoner?"),
    "investment_cost": gettext_noop("Kostnad for å få det på plass"),
    "operating_cost": gettext_noop("Kostnad per år"),
    "price_year": gettext_noop("Prisår"),
    "wanted_year": gettext_noop("Ønsket år"),
    "personal_data": gettext_noop("Løsningen vil behandle personopplysninger"),
    "archive": gettext_noop("Det oppstår dokumenter som skal arkiveres"),
    "work_changes": gettext_noop("Ansatte må arbeide på en annen måte"),
}


def state(value: str) -> Sentence:
    """A need's state in the reader's words."""
    return say(STATES.get(value, value))


def field(name: str) -> Sentence:
    """A field's label; a name without one stands as it is."""
    return say(FIELDS.get(name, name))


def standing(value: Standing) -> Sentence:
    """What will happen to a row of an import, in the reader's words."""
    return say(STANDINGS[value])
