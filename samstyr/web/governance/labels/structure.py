"""Labels and help: the structure of the bodies, what roles must be held, and what steps require."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .choices import PLACE

BODY, OWNER = (_("Organ"), ""), (_("Ansvarlig rolle"), "")
FIELDS: dict[str, dict[str, tuple[Any, Any]]] = {
    "GovernanceModel": {
        "structure": (_("Struktur"), _("Hvordan organene henger sammen, og hvilke enheter dokumentet nevner.")),
        "guides": (_("Veiledere"), ""),
        "strategy": (_("Strategi"), ""),
        "tags": (_("Merker på saker"), ""),
        "ledgers": (_("Oversikter som føres"), ""),
        "competences": (_("Kompetanse organene trenger"), ""),
    },
    "Role": {
        "required_per": (_("Må finnes"), _("Hvor noen må ha rollen.")),
        "owns": (_("Forvalter"), ""),
    },
    "RequiredHolder": {
        "per": (_("For hver"), ""),
        "unit_kinds": (_("Bare slike enheter"), ""),
        "organisations": (_("Bare i"), ""),
        "at_least": (_("Minst så mange"), ""),
    },
    "Body": {
        "purpose": (_("Formål"), ""),
        "chair_in": (_("Lederen er fra"), _("En organisasjon, eller «host» for verten.")),
        "covers": (_("Områder og enheter som hører til"), _("Koder eller navn.")),
        "aligned_with": (_("Avstemmer føringene med"), ""),
        "align_months": (_("Høyst så mange måneder mellom hver avstemming"), ""),
        "must_include": (_("Roller som må ha plass"), ""),
        "standing_items": (_("Fast på sakslisten"), _("Ett punkt per linje.")),
        "queue_days": (_("Varsle om saker som har ventet så mange dager"), ""),
        "before": (_("Egne frister før andres møter"), ""),
    },
    "BeforeMeeting": {"body": (_("Før møtene i"), ""), "working_days": (_("Arbeidsdager før"), "")},
    "SeatGroup": {
        "at_least": (_("Minst så mange"), ""),
        "cross_party": (_("Fra mer enn ett parti"), ""),
        "substitutes_for": (_("Er vara for"), ""),
    },
    "Structure": {
        "outside": (_("Utenfor organene"), ""),
        "relations": (_("Forhold mellom organene"), ""),
        "highest": (_("Det øverste administrative organet"), ""),
        "forums": (_("Fora i dokumentets tabell"), ""),
        "forum_texts": (_("Det dokumentet sier om dem"), ""),
        "unit_kinds": (_("Slags enheter"), ""),
        "units": (_("Enheter dokumentet nevner"), ""),
        "combinations": (_("Roller som hører sammen eller ikke"), ""),
        "extra_roles": (_("Tilleggsroller"), ""),
    },
    "Relation": {"from": (_("Fra"), ""), "to": (_("Til"), "")},
    "ForumText": {
        "body": BODY,
        "place": (_("Sted i dokumentet"), ""),
        "chairs": (_("Ledes av"), ""),
        "prepares": (_("Forbereder saker for"), ""),
        "offices": (_("Plassene følger rollene"), ""),
    },
    "UnitLine": {
        "organisation": (_("Organisasjon"), ""),
        "code": (_("Kode"), ""),
        "below": (_("Ligger under"), ""),
        "area": (_("Er et virksomhetsområde"), ""),
    },
    "RoleCombination": {"roles": (_("Roller"), ""), "rule": (_("Regel"), "")},
    "ExtraRoles": {
        "role": (_("Rolle"), ""),
        "unit": (_("I enheten"), ""),
        "also": (_("Har også rollene"), ""),
        "confirmed": (_("Bekreftet"), ""),
    },
    "Actor": {"bodies": (_("Flere organer"), _("De som saken angår."))},
    "Join": {"narrows": (_("Den som sier nei, faller ut av tiltaket"), "")},
    "Path": {
        "questions": (_("Egne spørsmål"), ""),
        "cites": (_("Saken må vise til"), ""),
        "puts_in_force": (_("Vedtaket gjør gjeldende"), ""),
        "single": (_("Hver sak gjelder én ting"), ""),
    },
    "Step": {
        "requires": (_("Må foreligge før steget avgjøres"), ""),
        "opens_after": (_("Åpnes først etter stegene"), ""),
        "checklist": (_("Sjekkliste"), ""),
        "separate": (_("Gjøres av en annen enn den som leder det"), ""),
    },
    "Requirement": {
        "of": (_("Fra"), ""),
        "each": (_("Fra hver av dem"), ""),
        "affected": (_("Bare de som saken angår"), ""),
        "earlier": (_("Dagen før eller tidligere"), ""),
        "after": (_("Etter vedtak om"), ""),
        "effect": (_("Når det mangler"), ""),
        "override": (_("Kan avgjøres uten, med begrunnelse"), ""),
    },
    "Outcome": {
        "precedent": (_("Svaret blir presedens"), ""),
        "binds": (_("Binder rettsfellesskapet"), ""),
        "supports": (_("Støtter saken"), ""),
    },
    "Guide": {"path": (_("Beslutningsvei"), ""), "steps": (_("Steg i veilederen"), "")},
    "GuideStep": {"step": (_("Steg i beslutningsveien"), "")},
    "Cooperation": {"legal_communities": (_("Rettsfellesskap"), "")},
    "LegalCommunity": {"members": (_("Medlemmer"), "")},
    "Responsibility": {"party_names": (_("Navn på parter"), "")},
    "ProjectModel": {
        "steering_by_area": (_("Styres av organet som dekker området"), ""),
        "own_steering": (_("Prosjekter kan ha egen styringsgruppe"), ""),
        "own_steering_limit": (_("Egen styringsgruppe avgjør opp til, i kroner"), ""),
        "required_roles": (_("Roller hvert prosjekt må ha"), ""),
    },
    "DocumentKind": {"checked_by": (_("Kontrolleres av"), "")},
    "Wheel": {"yearly": (_("Må skje hvert år"), ""), "duties": (_("Gjøremål og krav"), "")},
    "Period": {"pdca": (_("Plass i Demings sirkel"), "")},
    "Duty": {
        "due": (_("Frist"), ""),
        "every_months": (_("Gjentas med så mange måneder mellom"), ""),
        "available_from": (_("Kan tas i bruk fra"), ""),
        "owner": OWNER,
        "owner_body": (_("Ansvarlig organ"), ""),
    },
    "NeedForm": {"sessions": (_("Idémyldring"), "")},
    "Sessions": {
        "groups": (_("Hvem som deltar"), ""),
        "techniques": (_("Teknikker"), _("Én per linje.")),
        "modes": (_("Måter å gjøre det på"), ""),
    },
    "SessionMode": {"per_sector": (_("Hver sektor for seg"), ""), "joint": (_("Felles samling"), "")},
}
ACTIVITIES = {
    "measure": _("måling"), "ideas": _("idémyldring"), "prioritise": _("prioritering"), "decide": _("vedtak"),
    "carry_out": _("gjennomføring"), "revise": _("revisjon"), "budget": _("budsjett"), "report": _("rapportering"),
}  # fmt: skip
CITED = {
    "political_case": _("en politisk sak"), "guidance": _("en føring"), "strategy": _("strategien"),
    "trend": _("en trend"), "guide": _("en veileder"), "law": _("en lov eller forskrift"), "other": _("annet"),
}  # fmt: skip
CHOICES: dict[tuple[str, str], dict[str, Any]] = {
    ("Role", "owns"): {
        "project_method": _("prosjektmetoden"), "plan": _("planen"), "guide": _("veilederen"),
        "training": _("opplæringen"), "interaction_rooms": _("samhandlingsrommene"), "model": _("styringsmodellen"),
    },
    ("Body", "kind"): {
        "standing": _("fast organ"), "strategic_council": _("strategisk råd"), "political": _("politisk organ"),
        "professional_group": _("faggruppe"), "working_group": _("arbeidsgruppe"), "project_group": _("prosjektgruppe"),
    },
    ("Path", "cites"): CITED,
    ("Path", "puts_in_force"): CITED,
    ("Wheel", "yearly"): ACTIVITIES,
    ("Period", "kind"): ACTIVITIES,
    ("Period", "pdca"): {"plan": _("planlegge"), "do": _("gjøre"), "check": _("kontrollere"), "act": _("forbedre")},
    ("RequiredHolder", "per"): PLACE,
    ("Relation", "kind"): {
        "mandates": _("gir mandat til"), "prepares_for": _("forbereder saker for"), "advises": _("gir råd til"),
        "consults": _("rådfører seg med"), "reports_to": _("rapporterer til"), "represents": _("representerer"),
        "chairs": _("leder"), "outranks": _("står over"),
    },
    ("RoleCombination", "rule"): {
        "excluded": _("kan ikke kombineres"), "expected": _("bør kombineres"),
        "not_own": _("kan kombineres, men ikke for egne saker"),
    },
    ("Requirement", "kind"): {
        "advice": _("råd"), "consultation": _("konsultasjon"), "discussion": _("drøfting"), "hearing": _("høring"),
        "answers": _("svar på innspillene"), "first_meeting": _("det første møtet etter vedtaket"),
    },
    ("Requirement", "effect"): {"gate": _("stopper steget"), "warn": _("gir en advarsel")},
    ("Outcome", "requires"): {"votes": _("stemmer")},
}  # fmt: skip
