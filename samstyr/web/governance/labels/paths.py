"""Labels and help: paths, steps, outcomes, deadlines and conditions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, dict[str, tuple[Any, Any]]] = {
    "Path": {
        "subject": (_("Hva slags saker"), _("Behov og planer har egne sider. Andre saker reises fra «Saker».")),
        "start": (_("Første steg"), ""),
        "then": (_("Følges av veien"), _("Når saken er ferdig her, går den videre på denne veien.")),
        "requesters": (_("Hvem kan be om en slik sak"), _("Én per linje. Tomt betyr at saken ikke må være bedt om.")),
        "own_initiative": (_("Punkt i mandatet som lar noen ta saken opp selv"), ""),
        "steps": (_("Steg"), _("I den rekkefølgen saken går når ikke et utfall sier noe annet.")),
    },
    "Step": {
        "kind": (_("Hva slags steg"), ""),
        "actor": (_("Hvem som handler"), _("Velg enten en rolle eller et organ.")),
        "text": (_("Forklaring"), _("Står ved steget, så alle skjønner hva som skjer.")),
        "each": (_("Behandles hos hver"), _("Hver organisasjon har sin egen behandling samtidig.")),
        "only_if_exists": (_("Hopp over der organet ikke finnes"), ""),
        "join": (_("Når flere behandler samtidig"), ""),
        "when": (_("Bare hvis"), _("Saker som ikke passer med vilkåret, hopper over steget.")),
        "optional": (_("Steget er frivillig"), ""),
        "window": (_("Skjer i perioden"), _("Perioden i årshjulet steget hører til.")),
        "late": (_("Det som kommer for sent"), ""),
        "deadline": (_("Frist"), ""),
        "reminders_days": (_("Påminnelser, dager før fristen"), _("Tall med komma mellom, for eksempel 7, 1.")),
        "silence": (_("Når ingen svarer innen fristen"), ""),
        "before": (_("Skal være ferdig før"), ""),
        "decides": (_("Slags avgjørelse"), _("Bare ett organ kan vedta samme slags sak.")),
        "decision": (_("Hvordan organet kommer fram til utfallet"), ""),
        "outcomes": (_("Utfall"), _("Det steget kan ende med. Dere velger ordene. Virkningen sier hva som skjer med saken.")),
        "routines": (_("Rutiner"), _("Én per linje.")),
    },
    "Actor": {
        "role": (_("Rolle"), ""),
        "body": (_("Organ"), _("Utfallet føres av sekretæren eller lederen.")),
        "reach": (_("Rollen rekker til"), _("For eksempel lederen for samme tjeneste som saken gjelder.")),
    },
    "Join": {
        "kind": (_("Ferdig når"), ""),
        "count": (_("Antall"), _("Når et bestemt antall holder.")),
        "disagreement": (_("Er de uenige, blir utfallet"), ""),
    },
    "Silence": {"outcome": (_("Regnes det som"), "")},
    "Decision": {
        "rule": (_("Regel"), ""),
        "tie": (_("Ved stemmelikhet"), ""),
        "weights": (_("Stemmer per organisasjon"), _("Tomt betyr én stemme hver.")),
        "weights_by": (_("Stemmer etter"), ""),
        "quorum_percent": (_("Vedtaksført med prosent av plassene"), ""),
    },
    "Outcome": {
        "name": (_("Hva utfallet heter"), _("For eksempel «Send videre» eller «Avslå».")),
        "effect": (_("Virkning"), _("Hva som skjer med saken.")),
        "to": (_("Går til"), _("Uten valg følges rekkefølgen av steg.")),
        "requires": (_("Den som velger utfallet, må skrive"), ""),
    },
    "Route": {
        "to": (_("Til steget"), ""),
        "when": (_("Hvis"), _("Den siste veien bør være uten vilkår, så ingen sak blir stående.")),
    },
    "DateDeadline": {"month": (_("Måned"), ""), "day": (_("Dag"), "")},
    "MonthDay": {"month": (_("Måned"), ""), "day": (_("Dag"), "")},
    "PeriodDeadline": {"period": (_("Periode"), "")},
    "DaysDeadline": {"days": (_("Antall dager"), "")},
    "MeetingDeadline": {
        "body": (_("Organ"), ""),
        "working_days": (_("Virkedager før eller etter møtet"), _("Minus betyr før møtet. 0 er møtedagen.")),
    },
    "ChoiceDeadline": {"of": (_("Av disse fristene"), "")},
    "ConditionalDeadline": {
        "cases": (_("Frister med vilkår"), _("Den første som passer, gjelder.")),
        "otherwise": (_("Ellers"), ""),
    },
    "DeadlineCase": {"when": (_("Hvis"), ""), "use": (_("Da er fristen"), "")},
    "Condition": {
        "fact": (_("Opplysning"), ""),
        "op": (_("Er"), ""),
        "value": (_("Verdi"), _("Ja, nei, et tall i hele kroner, et ord, eller flere med komma mellom.")),
        "all": (_("Alle disse"), ""),
        "any": (_("Minst en av disse"), ""),
        "not": (_("Ikke dette"), ""),
    },
    "Routine": {
        "step": (_("Steg"), ""),
        "organisation": (_("Organisasjon"), _("Tomt betyr alle.")),
        "text": (_("Rutinen"), ""),
    },
}  # fmt: skip
