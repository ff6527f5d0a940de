"""Labels and help: what is kept and told: tags, ledgers, competence and reports."""

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, dict[str, tuple[Any, Any]]] = {
    "TagSet": {
        "body": (_("Organ"), ""),
        "given_by": (_("Gitt av"), ""),
        "year": (_("År"), ""),
        "subjects": (_("Bare på saker om"), _("Tomt betyr alle saker.")),
        "expected": (_("Hver sak bør ha et merke"), ""),
        "values": (_("Merker"), ""),
        "serves": (_("Oppgavene som tjener merkene"), ""),
    },
    "TagValue": {"goal": (_("Mål"), "")},
    "Ledger": {
        "entry": (_("Navn på én oppføring"), ""),
        "body": (_("Organ"), ""),
        "kept_by": (_("Føres av"), ""),
        "members_add": (_("Medlemmene kan legge til"), ""),
        "states": (_("Tilstander"), ""),
        "fields": (_("Felt"), ""),
        "tags": (_("Merker"), ""),
        "follow": (_("Følges opp med eier og frist"), ""),
        "held": (_("Har innehaver og periode"), ""),
        "notice_months": (_("Varsle så mange måneder før perioden er ute"), ""),
        "notes": (_("Slags notater"), ""),
        "spread": (_("Tilstander som telles i hver region"), ""),
        "spread_of": (_("Hva som telles"), ""),
        "ordered": (_("Har en rekkefølge"), ""),
        "input_from": (_("Innspill til rekkefølgen fra"), ""),
        "advice_in": (_("Råd føres i oversikten"), ""),
        "goals": (_("Mål og strategier den tjener"), ""),
        "spans": (_("Dager mellom to datoer"), ""),
        "binding": (_("Hva som binder"), ""),
        "yearly": (_("Føres videre etter året i feltet"), ""),
        "to_need": (_("En oppføring kan bli til et behov"), ""),
    },
    "TaskService": {"task": (_("Oppgavens nummer"), ""), "values": (_("Merkene den tjener"), "")},
    "LedgerField": {
        "help": (_("Hjelp til den som svarer"), ""),
        "choices": (_("Svar å velge mellom"), _("Ett per linje.")),
        "mandatory": (_("Må besvares"), ""),
        "narrows": (_("Listen kan velges ut etter feltet"), ""),
        "expected": (_("Oppføringer uten svar merkes"), ""),
    },
    "Span": {"first": (_("Fra datoen"), ""), "last": (_("Til datoen"), "")},
    "Binding": {
        "field": (_("Felt"), ""),
        "answers": (_("Svar som binder"), _("Ett per linje.")),
    },
    "LedgerState": {
        "after": (_("Kommer etter"), ""),
        "requires": (_("Krever"), ""),
        "ends": (_("Er ferdig"), ""),
        "unmet": (_("Kravet er ikke oppfylt"), ""),
    },
    "Competence": {"body": (_("Organ"), "")},
    "Report": {
        "due": (_("Frist"), ""),
        "audience": (_("Lesere"), ""),
        "sections": (_("Deler"), ""),
        "dimensions": (_("Sider ved arbeidet som får farge og setning"), ""),
        "starts_on": (_("Gjelder fra"), ""),
    },
    "ReportDue": {
        "days_after": (_("Dager etter perioden"), ""),
        "working_days_before": (_("Arbeidsdager før møtet"), ""),
    },
    "ReportSection": {
        "title": (_("Overskrift"), ""),
        "question": (_("Spørsmål til den som skriver"), ""),
        "source": (_("Tall hentes fra"), ""),
        "indicators": (_("Tall som føres for hånd"), ""),
        "audience": (_("Bare for"), ""),
        "stale_days": (_("Utdatert etter så mange dager"), ""),
    },
    "ReportDimension": {
        "question": (_("Spørsmål til den som skriver"), ""),
        "sources": (_("Tall hentes fra"), ""),
        "indicator": (_("Tall som føres for hånd"), ""),
    },
    "ReportIndicator": {
        "unit": (_("Enhet"), ""),
        "target": (_("Ønsket verdi"), ""),
        "better": (_("Bedre når tallet er"), ""),
        "per": (_("Føres for hver"), ""),
    },
}
READERS = {"administration": _("administrasjonen"), "politicians": _("politikere"), "public": _("alle")}
SOURCES = {
    "cases": _("saker"), "needs": _("behov"), "decisions": _("vedtak"), "measures": _("tiltakene i planen"),
    "money": _("pengene"), "follow_ups": _("oppfølging"), "goals": _("mål"), "meetings": _("møter"),
    "wheel": _("årshjulet"), "compliance": _("etterlevelse"), "areas": _("områdene"), "reports": _("rapporter"),
    "ranking": _("prioriteringen"), "anchoring": _("forankring"), "indicators": _("tall som føres for hånd"),
}  # fmt: skip
CHOICES: dict[tuple[str, str], dict[str, Any]] = {
    ("LedgerField", "kind"): {
        "text": _("en linje tekst"), "long_text": _("flere linjer tekst"), "yes_no": _("ja eller nei"),
        "choice": _("ett av flere valg"), "amount": _("et beløp i kroner"), "year": _("et årstall"),
        "date": _("en dato"), "address": _("en nettadresse"), "focus_area": _("et satsingsområde"),
        "source": _("en av strategiens kilder"),
    },
    ("LedgerState", "requires"): {"decision": _("hvem som har vedtatt det, og når"), "note": _("en tekst")},
    ("Report", "every"): {"meeting": _("møtet i organet"), "round": _("runden")},
    ("Report", "kind"): {
        "status": _("status"), "compliance": _("etterlevelse"), "evaluation": _("evaluering"), "wheel": _("årshjul"),
        "note": _("notat"), "regional": _("fra regionene"), "other": _("annet"),
    },
    ("Report", "audience"): READERS,
    ("ReportSection", "audience"): READERS,
    ("ReportSection", "source"): SOURCES,
    ("ReportDimension", "sources"): SOURCES,
    ("ReportIndicator", "better"): {"higher": _("høyere"), "lower": _("lavere")},
    ("ReportIndicator", "per"): {
        "tenant": _("hele styringsordningen"), "area": _("ett område"), "unit": _("én tjeneste"),
    },
}  # fmt: skip
