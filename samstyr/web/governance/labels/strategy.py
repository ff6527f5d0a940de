"""Labels and help: the strategy with its goals, sources, targets and focus areas."""

from typing import Any

from django.utils.translation import gettext_lazy as _

OWNER, DUE = (_("Ansvarlig rolle"), ""), (_("Skal være nådd i"), "")
FIRST, LAST = (_("Fra og med år"), ""), (_("Til og med år"), "")
GOALS, FOCUS, TAGS = (_("Mål"), ""), (_("Satsingsområder"), ""), (_("Merker"), "")
ADDRESS = (_("Nettadresse"), "")

FIELDS: dict[str, dict[str, tuple[Any, Any]]] = {
    "Aim": {"indicator": (_("Indikator"), "")},
    "Priority": {"aims": (_("Ønskede virkninger"), "")},
    "StrategyContent": {
        "title": (_("Tittel"), ""),
        "first_year": FIRST,
        "last_year": LAST,
        "revision_months": (_("Måneder mellom hver revisjon"), _("12 betyr hvert år.")),
        "owner": (_("Rollen som eier strategien"), ""),
        "signed_by": (_("Rollen som undertegner"), ""),
        "process": (_("Slik lages strategien"), ""),
        "vision": (_("Visjon"), ""),
        "values": (_("Verdier"), ""),
        "sections": (_("Kapitler"), ""),
        "sources": (_("Kilder"), ""),
        "drivers": (_("Drivere"), _("Det som gjør at dere må endre noe.")),
        "goals": GOALS,
        "strategies": (_("Lokale strategier"), _("Det dere selv gjør med nasjonale posisjoner.")),
        "gaps": (_("Posisjoner uten strategi, med vilje"), ""),
        "guidelines": (_("Politiske føringer"), ""),
        "priorities": (_("Områder som går foran"), ""),
        "directions": (_("Retningsvalg"), _("Hva dere går fra, og hva dere går til.")),
        "areas": (_("Virksomhetsområder"), ""),
        "focus_areas": FOCUS,
        "principles": (_("Prinsipper"), ""),
        "measures": (_("Tiltak i strategien"), ""),
        "targets": (_("Måltall"), ""),
        "documents": (_("Styrende dokumenter"), ""),
        "lists": (_("Lister"), ""),
        "outlooks": (_("Framskrivinger"), ""),
    },
    "StrategyProcess": {
        "mandate": (_("Mandat"), _("Vedtaket arbeidet bygger på.")),
        "starts": (_("Begynner"), ""),
        "ends": (_("Slutter"), ""),
        "phases": (_("Faser"), ""),
    },
    "ProcessPhase": {
        "starts": (_("Begynner"), ""),
        "ends": (_("Slutter"), ""),
        "output": (_("Resultat"), ""),
        "required": (_("Må være avsluttet før strategien kan foreslås"), ""),
    },
    "Section": {"dated": (_("Datert"), ""), "sources": (_("Hentet fra"), "")},
    "ExternalSource": {
        "sector": (_("Sektor"), ""),
        "title": (_("Tittel"), ""),
        "issuer": (_("Utgiver"), ""),
        "year": (_("År"), ""),
        "force": (_("Hvor bindende kilden er"), ""),
        "first_year": FIRST,
        "last_year": LAST,
        "reliability": (_("Hvor langt den er til å stole på"), ""),
        "commissioned_by": (_("På oppdrag fra"), ""),
        "address": ADDRESS,
        "mirrors": (_("Gjentar målene i"), ""),
        "tags": (_("Kildens egne områder"), ""),
    },
    "Driver": {"source": (_("Kilde"), ""), "goals": (_("Mål den støtter"), "")},
    "Goal": {
        "description": (_("Forklaring"), ""),
        "category": (_("Kategori"), ""),
        "owner": OWNER,
        "source": (_("Kilde"), ""),
        "tags": TAGS,
    },
    "LocalStrategy": {
        "positions": (_("Nasjonale posisjoner den svarer på"), ""),
        "goals": (_("Egne styringsmål den bygger på"), ""),
        "no_goal_reason": (_("Hvorfor den ikke bygger på noe eget mål"), ""),
        "held_in": (_("Står i dokumentet"), ""),
        "owner": OWNER,
        "due_year": DUE,
        "confirmed": (_("Koblingene er bekreftet"), ""),
    },
    "AcceptedGap": {
        "goal": (_("Posisjonen"), ""),
        "reason": (_("Hvorfor den er uten strategi"), ""),
        "owner": (_("Hvem som godtar det"), ""),
    },
    "Guideline": {
        "body": (_("Gitt av"), ""),
        "dated": (_("Dato"), ""),
        "first_year": FIRST,
        "last_year": LAST,
        "goals": GOALS,
        "focus_areas": FOCUS,
    },
    "Direction": {"from_state": (_("Fra"), ""), "to_state": (_("Til"), ""), "focus_areas": FOCUS},
    "FocusArea": {"cells": (_("Områder som tar del"), "")},
    "Cell": {
        "area": (_("Virksomhetsområde"), ""),
        "quote": (_("Der området selv sier det"), ""),
        "confirmed": (_("Bekreftet"), ""),
    },
    "StrategyMeasure": {
        "source": (_("Hentet fra"), ""),
        "goals": GOALS,
        "focus_area": (_("Satsingsområde"), ""),
        "owner": OWNER,
        "due_year": DUE,
        "tags": TAGS,
    },
    "Target": {
        "goal": (_("Målet det hører til"), ""),
        "unit": (_("Enhet"), _("For eksempel prosent, dager eller antall.")),
        "operator": (_("Skal være"), ""),
        "value": (_("Tallet"), ""),
        "relative": (_("Tallet er en endring i prosent fra utgangspunktet"), ""),
        "terms": (_("Vilkår"), _("Hva som regnes med, for eksempel åpningstid.")),
        "measured_in": (_("Måles i"), ""),
        "baseline": (_("Utgangspunkt"), ""),
        "milestones": (_("Planen år for år"), ""),
        "due_year": DUE,
        "owner": OWNER,
    },
    "Baseline": {"value": (_("Tallet"), ""), "quality": (_("Hvor sikkert tallet er"), ""), "year": (_("År"), "")},
    "YearValue": {"year": (_("År"), ""), "value": (_("Tallet"), "")},
    "GoverningDocument": {
        "title": (_("Tittel"), ""),
        "domain": (_("Område det styrer"), ""),
        "owner": OWNER,
        "version": (_("Utgave"), ""),
        "first_year": FIRST,
        "last_year": LAST,
        "links": (_("Henger sammen med"), ""),
        "access": (_("Hvem som kan lese det"), ""),
        "address": ADDRESS,
    },
    "ListDefinition": {"goals": GOALS, "fields": (_("Felt"), "")},
    "Outlook": {
        "year": (_("År"), ""),
        "factor": (_("Ganger så mange"), ""),
        "area": (_("Område"), ""),
        "technology_percent": (_("Prosent av arbeidet som teknologi sparer"), ""),
        "source": (_("Kilde"), ""),
    },
    "Criterion": {"goals": (_("Mål som kriteriet selv tjener"), "")},
}
FORCES = {
    "statutory": _("lovpålagt"),
    "requirement": _("krav eller påbud"),
    "recommendation": _("anbefaling"),
    "proposal": _("forslag"),
}
CHOICES: dict[tuple[str, str], dict[str, Any]] = {
    ("Section", "kind"): {
        "status": _("status"), "goals": _("mål"), "organisation": _("organisering"), "background": _("bakgrunn"),
        "other": _("annet"),
    },
    ("ExternalSource", "force"): FORCES,
    ("Driver", "kind"): {
        "agreement": _("avtale"), "government": _("regjeringen"), "market": _("markedet"), "economy": _("økonomien"),
        "expectation": _("forventninger"), "technology": _("teknologien"), "other": _("annet"),
    },
    ("Target", "operator"): {"at_least": _("minst"), "at_most": _("høyst"), "equal": _("akkurat")},
    ("GoverningDocument", "kind"): {
        "governing": _("styrende dokument"), "administrative": _("administrativt dokument"), "plan": _("plan"),
    },
    ("GoverningDocument", "access"): {
        "public": _("alle"), "internal": _("ansatte"), "restricted": _("bare de som trenger det"),
    },
    ("Tag", "kind"): {"sector": _("sektor"), "across": _("går på tvers")},
    ("Baseline", "quality"): {
        "measured": _("målt"), "estimated": _("anslått"), "assumed": _("antatt"), "unknown": _("ikke kjent"),
    },
}  # fmt: skip
