"""Which fields each part of a strategy has on the screen, and what they stand for in the content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS_OF_SECTION = [
    ("status", _("Status")),
    ("goals", _("Mål")),
    ("organisation", _("Organisering")),
    ("background", _("Bakgrunn")),
    ("other", _("Annet")),
]
FORCES = [
    ("statutory", _("Lovpålagt")),
    ("requirement", _("Krav eller påbud")),
    ("recommendation", _("Anbefaling")),
    ("proposal", _("Forslag")),
]
KINDS_OF_DRIVER = [
    ("agreement", _("Avtale")),
    ("government", _("Myndigheter")),
    ("market", _("Markedet")),
    ("economy", _("Økonomi")),
    ("expectation", _("Forventninger")),
    ("technology", _("Teknologi")),
    ("other", _("Annet")),
]
EFFECTS = [("warn", _("Varsler")), ("gate", _("Stopper"))]
OPERATORS = [("at_least", _("Minst")), ("at_most", _("Høyst")), ("equal", _("Nøyaktig"))]
QUALITIES = [
    ("unknown", _("Ukjent")),
    ("measured", _("Målt")),
    ("estimated", _("Anslått")),
    ("assumed", _("Antatt")),
]
KINDS_OF_DOCUMENT = [
    ("governing", _("Styrende dokument")),
    ("administrative", _("Administrativt dokument")),
    ("plan", _("Plan")),
]
ACCESS = [("public", _("Åpent for alle")), ("internal", _("Internt")), ("restricted", _("Begrenset"))]
WORDS = {
    name: dict(choices)
    for name, choices in (
        ("force", FORCES),
        ("driver", KINDS_OF_DRIVER),
        ("section", KINDS_OF_SECTION),
        ("effect", EFFECTS),
        ("operator", OPERATORS),
        ("quality", QUALITIES),
        ("document", KINDS_OF_DOCUMENT),
        ("access", ACCESS),
    )
}


@dataclass(frozen=True)
class Field:
    """One field: its name in the content, its label, what sort it is, and where its choices come from."""

    name: str
    label: Any
    kind: str = "line"
    required: bool = False
    help: Any = ""
    choices: Any = ()


TEXT = Field("text", _("Tekst"), "long")
OWNER = Field("owner", _("Ansvarlig rolle"), "role")
YEAR = Field("due_year", _("Frist (år)"), "year")
GOALS = Field("goals", _("Mål"), "goals")
AREAS = Field("focus_areas", _("Satsingsområder"), "focus_areas")
FIRST, LAST = Field("first_year", _("Gjelder fra (år)"), "year"), Field("last_year", _("Gjelder til (år)"), "year")
TAGS = Field("tags", _("Merker"), "tags")
NAME = Field("name", _("Navn"), required=True)

PART_FIELDS: dict[str, tuple[Field, ...]] = {
    "values": (NAME, TEXT),
    "sections": (
        NAME,
        Field("kind", _("Slag"), "choice", True, choices=KINDS_OF_SECTION),
        TEXT,
        Field("dated", _("Datert"), "date"),
        Field("sources", _("Hentet fra"), "sources"),
    ),
    "sources": (
        Field("title", _("Tittel"), required=True),
        Field("issuer", _("Utgiver")),
        Field("sector", _("Sektor"), help=_("For eksempel helse. La det stå tomt når kilden gjelder alle.")),
        Field("year", _("Utgitt (år)"), "year"),
        Field("force", _("Hvor bindende"), "choice", choices=FORCES),
        FIRST,
        LAST,
        Field("reliability", _("Merknad om pålitelighet"), "long"),
        Field("commissioned_by", _("Bestilt av")),
        Field("address", _("Nettadresse"), "url"),
        Field("mirrors", _("Gjentar målene i"), "source"),
        Field(
            "tags",
            _("Merker fra kilden"),
            "tag_lines",
            help=_("Ett merke på hver linje. Skriv «; på tvers» bak de som går på tvers av sektorene."),
        ),
    ),
    "drivers": (
        Field("text", _("Hva driver endringen?"), "long", True),
        Field("kind", _("Slag"), "choice", True, choices=KINDS_OF_DRIVER),
        Field("source", _("Kilde"), "source"),
        Field("goals", _("Mål den støtter"), "goals"),
    ),
    "strategies": (
        Field("text", _("Strategi"), "long", True),
        Field("positions", _("Nasjonale mål den svarer på"), "positions"),
        Field("goals", _("Egne styringsmål den bygger på"), "own_goals"),
        Field("no_goal_reason", _("Hvorfor den ikke bygger på noe styringsmål"), "long"),
        Field("held_in", _("Står i et annet dokument"), "document"),
        OWNER,
        YEAR,
        Field("confirmed", _("Koblingene er bekreftet"), "bool_true"),
    ),
    "gaps": (
        Field("goal", _("Nasjonalt mål uten strategi"), "gap", True),
        Field("reason", _("Hvorfor det er greit"), "long", True),
        Field("owner", _("Rollen som aksepterer"), "role"),
    ),
    "guidelines": (
        Field("text", _("Føring"), "long", True),
        Field("body", _("Organ")),
        Field("dated", _("Dato"), "date"),
        FIRST,
        LAST,
        GOALS,
        AREAS,
    ),
    "priorities": (
        NAME,
        TEXT,
        Field(
            "aims",
            _("Hva vi vil oppnå"),
            "aim_lines",
            help=_("Ett mål på hver linje. Skriv hva som viser det, bak semikolon: Frigjorte ressurser; timer i året"),
        ),
    ),
    "directions": (
        Field("from_state", _("Fra"), required=True),
        Field("to_state", _("Til"), required=True),
        TEXT,
        AREAS,
    ),
    "areas": (NAME,),
    "focus_areas": (
        NAME,
        Field("order", _("Nummer"), "number"),
        TEXT,
        GOALS,
        Field("cells", _("Områder som deltar"), "cells"),
    ),
    "principles": (
        NAME,
        TEXT,
        Field("question", _("Spørsmål til prosjektene")),
        Field("effect", _("Når svaret mangler"), "choice", True, choices=EFFECTS),
    ),
    "measures": (
        Field("text", _("Tiltak"), "long", True),
        GOALS,
        Field("focus_area", _("Satsingsområde"), "focus_area"),
        OWNER,
        YEAR,
        TAGS,
        Field("source", _("Hentet fra"), "source"),
    ),
    "targets": (
        NAME,
        Field("goal", _("Mål"), "goal"),
        Field("operator", _("Krav"), "choice", True, choices=OPERATORS),
        Field("value", _("Tall"), "decimal"),
        Field("unit", _("Enhet"), help=_("For eksempel %, nivå eller antall.")),
        Field("relative", _("Tallet er endring i prosent fra utgangspunktet"), "bool"),
        Field("text", _("Med ord, når det ikke finnes et tall")),
        Field("terms", _("Vilkår"), help=_("For eksempel innen normal arbeidstid.")),
        Field("measured_in", _("Måles per"), help=_("For eksempel måned.")),
        Field("baseline_value", _("Utgangspunkt"), "decimal"),
        Field("baseline_text", _("Utgangspunkt med ord")),
        Field("baseline_quality", _("Hvor sikkert er utgangspunktet?"), "choice", True, choices=QUALITIES),
        Field("baseline_year", _("Utgangspunktet er fra (år)"), "year"),
        Field("milestones", _("På veien"), "milestones", help=_("Ett år på hver linje, for eksempel 2027: 95")),
        YEAR,
        OWNER,
    ),
    "documents": (
        Field("title", _("Tittel"), required=True),
        Field("kind", _("Slag"), "choice", True, choices=KINDS_OF_DOCUMENT),
        Field("domain", _("Fagfelt")),
        OWNER,
        Field("version", _("Versjon")),
        FIRST,
        LAST,
        Field("links", _("Henger sammen med"), "documents"),
        Field("access", _("Tilgang"), "choice", True, choices=ACCESS),
        Field("address", _("Nettadresse"), "url"),
    ),
}  # fmt: skip
PART_NAMES = {
    "values": _("Verdier"),
    "sections": _("Kapitler"),
    "sources": _("Kilder"),
    "drivers": _("Drivere"),
    "strategies": _("Lokale strategier"),
    "gaps": _("Aksepterte mangler"),
    "guidelines": _("Politiske føringer"),
    "priorities": _("Prioriterte felt"),
    "directions": _("Strategiske retninger"),
    "areas": _("Områder"),
    "focus_areas": _("Satsingsområder"),
    "principles": _("Prinsipper"),
    "measures": _("Tiltak"),
    "targets": _("Måltall"),
    "documents": _("Styrende dokumenter"),
}
GOAL_FIELDS = (
    Field("text", _("Mål"), "long", True, help=_("Skriv tilstanden som skal nås.")),
    Field("description", _("Beskrivelse"), "long"),
    Field("level", _("Nivå"), help=_("For eksempel hovedmål eller delmål.")),
    Field("category", _("Kategori"), help=_("For eksempel innbyggere, ansatte eller ledelse.")),
    OWNER,
    Field("source", _("Kilde"), "source"),
    YEAR,
    Field("links", _("Koblet til mål i det andre treet"), "other_goals"),
    TAGS,
)
HEAD_FIELDS = (
    Field("title", _("Tittel"), required=True),
    Field("first_year", _("Første år"), "year"),
    Field("last_year", _("Siste år"), "year"),
    Field("revision_months", _("Måneder mellom hver revisjon"), "number", help=_("12 betyr hvert år.")),
    Field("owner", _("Eier"), "role"),
    Field("signed_by", _("Underskrives av"), "role"),
    Field("vision", _("Visjon"), "long"),
    Field("mandate", _("Mandat for arbeidet"), help=_("For eksempel vedtak og saksnummer.")),
    Field("starts", _("Arbeidet begynte"), "date"),
    Field("ends", _("Arbeidet ble ferdig"), "date"),
    Field(
        "phases",
        _("Faser i arbeidet"),
        "phase_lines",
        help=_("Én fase på hver linje, i rekkefølge. Skriv «; må avsluttes» bak de som må være ferdige før behandlingen."),
    ),
)  # fmt: skip
