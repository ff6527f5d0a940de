"""Words for the choices of a field. What the model's own pages say in words is taken from there."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samstyr.foundation.governance.rules.describe import ACTS, DECIDES, EFFECTS, FACTS, REACHES, SUBJECTS
from samstyr.foundation.governance.rules.difference import VALUES

PLACE = {
    "tenant": _("hele styringsordningen"), "organisation": _("én organisasjon"), "area": _("ett område"),
    "unit": _("én tjeneste"),
}  # fmt: skip
RULES = {
    "single": _("én avgjør"), "chair": _("lederen avgjør"), "simple_majority": _("alminnelig flertall"),
    "two_thirds": _("to tredels flertall"), "unanimous": _("alle må være enige"),
    "consensus_else_chair": _("enighet, ellers avgjør lederen"), "plurality": _("flest stemmer"),
}  # fmt: skip
TIE = {"chair": _("lederens stemme avgjør"), "fails": _("forslaget faller")}
PERIODS = {
    "month": _("måneden"), "quarter": _("kvartalet"), "year": _("året"), "tertial": _("tertialet"),
    "half_year": _("halvåret"),
}  # fmt: skip
POLARITY = {"positive": _("høyt er bra"), "negative": _("høyt er dårlig")}
ORGANISATIONS = {
    "municipality": _("kommune"), "county_council": _("fylkeskommune"), "it_service": _("IT-tjeneste"),
    "company": _("selskap"), "national": _("nasjonal"), "network": _("nettverk"), "agency": _("statlig virksomhet"),
    "other": _("annet"),
}  # fmt: skip
DEADLINES = {
    "date": _("en fast dag i året"), "period_start": _("første dag i en periode i årshjulet"),
    "period_end": _("siste dag i en periode i årshjulet"), "days": _("så mange dager etter at steget begynner"),
    "working_days": _("så mange virkedager etter at steget begynner"), "meeting": _("et organs møte"),
    "first_of": _("det som kommer først av flere"), "last_of": _("det som kommer sist av flere"),
    "conditional": _("avhengig av saken"),
}  # fmt: skip

CHOICES: dict[tuple[str, str], dict[str, Any]] = {
    ("GovernanceModel", "language"): {"nb": _("bokmål"), "nn": _("nynorsk"), "en": _("engelsk")},
    ("OrganisationSlot", "kind"): ORGANISATIONS,
    ("SeatGroup", "organisation_kind"): ORGANISATIONS,
    ("Role", "scope"): PLACE,
    ("Body", "per"): {"tenant": _("ett for hele styringsordningen"), "organisation": _("ett i hver organisasjon")},
    ("Body", "rules"): {
        "administrative": _("administrativt organ"), "elected": _("folkevalgt organ (kommuneloven kapittel 11)"),
        "own": _("egne regler"),
    },
    ("Path", "subject"): SUBJECTS,
    ("Mandate", "subjects"): SUBJECTS,
    ("Mandate", "kind"): DECIDES,
    ("Step", "decides"): DECIDES,
    ("Right", "act"): ACTS,
    ("Right", "reach"): REACHES,
    ("Actor", "reach"): REACHES,
    ("Condition", "fact"): FACTS,
    ("Outcome", "effect"): EFFECTS,
    ("NeedForm", "mandatory"): {
        "unit": _("tjenesten"), "need": _("behovet"), "affected": _("hvem det gjelder"), "effect": _("ønsket virkning"),
        "compels": _("hva som pålegger det"), "product": _("produkt"), "wanted_year": _("ønsket år"),
        "investment_cost": _("investering"), "operating_cost": _("årlig drift"), "goals": _("mål"),
    },
    ("PlanForm", "goal_link"): {
        "none": _("er i orden"), "warn": _("gir en advarsel"), "gate": _("stopper forslaget"),
    },
    ("Ranking", "method"): {
        "arguments": _("argumenter, uten tall"), "weighted": _("vektet sum"), "sort_keys": _("fast rekkefølge"),
    },
    ("Ranking", "capacity_unit"): {"projects": _("prosjekter"), "hours": _("timer")},
    ("Principle", "effect"): {"gate": _("stopper prosjektet"), "warn": _("gir en advarsel")},
    ("Maturity", "answered_per"): PLACE,
    ("Maturity", "aggregate"): {
        "mean": _("snittet"), "median": _("medianen"), "minimum": _("det laveste"), "none": _("ikke ett tall"),
    },
    ("Report", "every"): {
        "month": _("hver måned"), "quarter": _("hvert kvartal"), "tertial": _("hvert tertial"),
        "half_year": _("hvert halvår"), "year": _("hvert år"),
    },
    ("Cooperation", "form"): {
        "host": _("vertskommune"), "task_community": _("oppgavefellesskap"),
        "political_council": _("kommunalt politisk råd"), "company": _("selskap"), "agreement": _("avtale"),
        "merger": _("kommunesammenslåing"), "network": _("nettverk"), "unstated": _("ikke sagt"),
    },
    ("Cooperation", "opt_out_until"): {"deadline": _("fristen"), "contract": _("kontrakten")},
    ("SourceFinding", "severity"): {
        "error": _("feil"), "warning": _("advarsel"), "info": _("til opplysning"), "ok": _("i orden, vises ikke"),
    },
    ("Frequency", "per"): PERIODS,
    ("MeetingRules", "decision"): RULES,
    ("Decision", "rule"): RULES,
    ("MeetingRules", "tie"): TIE,
    ("Decision", "tie"): TIE,
    ("Decision", "weights_by"): {"population": _("innbyggertall")},
    ("MeetingRules", "disqualified_by"): {"body": _("organet"), "chair": _("lederen")},
    ("MeetingRules", "approval"): {
        "chair": _("lederen"), "next_meeting": _("neste møte"), "roles": _("bestemte roller"),
    },
    ("WrittenRules", "agreement"): {"rule": _("som i møter"), "all": _("alle, også om at det skjer skriftlig")},
    ("Condition", "op"): {
        "eq": _("lik"), "ne": _("ikke lik"), "lt": _("mindre enn"), "le": _("høyst"), "gt": _("mer enn"),
        "ge": _("minst"), "in": _("en av"),
    },
    ("Step", "kind"): {
        "intake": _("mottak"), "assess": _("vurdering"), "queue": _("kø"), "hearing": _("høring"),
        "treat": _("behandling"), "advise": _("råd"), "propose": _("forslag"), "decide": _("vedtak"),
        "execute": _("gjennomføring"),
    },
    ("Step", "each"): {"organisation": _("organisasjon")},
    ("Step", "late"): {"accept_marked": _("tas med og merkes"), "refuse": _("tas ikke med")},
    ("Question", "kind"): {
        "text": _("en linje tekst"), "long_text": _("flere linjer tekst"), "yes_no": _("ja eller nei"),
        "choice": _("ett av flere valg"), "amount": _("et beløp i kroner"), "year": _("et årstall"),
    },
    ("FundingSource", "kind"): {
        "line_budget": _("virksomhetens budsjett"), "project": _("prosjekt"), "programme": _("program"),
        "external": _("ekstern finansiering"), "investment_fund": _("investeringsfond"),
    },
    ("CostKey", "kind"): {
        "per_capita": _("etter innbyggertall"), "equal": _("likt"), "fixed": _("i faste andeler"),
        "own_choice": _("slik partene velger"), "users": _("etter antall brukere"),
        "mixed": _("en fast del, og resten på en annen måte"),
    },
    ("CostKey", "variable"): {"per_capita": _("etter innbyggertall"), "users": _("etter antall brukere")},
    ("Criterion", "polarity"): POLARITY,
    ("CriterionQuestion", "polarity"): POLARITY,
    ("LetterMeaning", "same_as"): {
        "accountable": _("ansvarlig (A)"), "responsible": _("utfører (R)"), "consulted": _("rådspørres (C)"),
        "informed": _("informeres (I)"),
    },
    ("SeatGroup", "one_per"): {"area": _("område"), "organisation": _("organisasjon"), "unit": _("tjeneste")},
    ("Join", "kind"): {
        "all": _("alle har behandlet"), "any": _("én har behandlet"), "majority": _("flertallet har behandlet"),
        "count": _("et bestemt antall har behandlet"), "none": _("ingen trenger å være ferdige"),
    },
    ("Silence", "outcome"): {"waived": _("saken går videre uten dem")},
    ("Outcome", "requires"): {
        "reason": _("en begrunnelse"), "text": _("en tekst"), "conditions": _("vilkår"), "date": _("en dato"),
    },
}  # fmt: skip
for _name, _value in VALUES:
    for _owner in ("Criterion", "SortKey", "Requirement"):
        CHOICES.setdefault((_owner, _name), {}).setdefault(_value, VALUES[_name, _value])
