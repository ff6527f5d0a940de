"""What a body's meetings go by, in words: each rule with its value and where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from samstyr.foundation.governance.rules.meeting import settings_of

DECISIONS = {
    "chair": gettext_noop("Lederen avgjør"),
    "simple_majority": gettext_noop("Alminnelig flertall"),
    "two_thirds": gettext_noop("To tredeler av stemmene"),
    "unanimous": gettext_noop("Alle må være enige"),
    "consensus_else_chair": gettext_noop("Enighet, ellers avgjør lederen"),
    "plurality": gettext_noop("Flest stemmer"),
}
TIES = {"chair": gettext_noop("Møtelederens stemme avgjør"), "fails": gettext_noop("Forslaget faller")}
IMPARTIALITY = {"body": gettext_noop("Organet selv"), "chair": gettext_noop("Møtelederen")}
APPROVALS = {
    "chair": gettext_noop("Møtelederen"),
    "next_meeting": gettext_noop("Organet, på neste møte"),
    "roles": gettext_noop("De rollene styringsmodellen nevner"),
}
AGREEMENTS = {"rule": gettext_noop("Som i et møte"), "all": gettext_noop("Alle må være enige")}


def _yes(value: Any) -> str:
    return _("Ja") if value else _("Nei")


def _word(words: dict[str, str]) -> Callable[[Any], str]:
    return lambda value: _(words[str(value)])


def _days(value: Any) -> str:
    return ngettext("%(n)s dag", "%(n)s dager", int(value)) % {"n": value}


def _working_days(value: Any) -> str:
    return ngettext("%(n)s virkedag", "%(n)s virkedager", int(value)) % {"n": value}


def _share(value: Any) -> str:
    return _("%(n)s prosent") % {"n": value} if value else _("Ikke noe krav")


# The settings in the order that a meeting meets them: name, label, and how the value is said.
ROWS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("notice_days", gettext_noop("Papirene sendes før møtet"), _days),
    ("late_percent", gettext_noop("De møtende som kan stanse en sak som kom sent"), _share),
    ("open", gettext_noop("Møtene er åpne"), _yes),
    ("remote", gettext_noop("Det går an å delta på nett"), _yes),
    ("quorum_percent", gettext_noop("Vedtaksført når så mange er til stede"), _share),
    ("disqualified_by", gettext_noop("Hvem avgjør om noen er inhabil"), _word(IMPARTIALITY)),
    ("decision", gettext_noop("Slik avgjøres en sak"), _word(DECISIONS)),
    ("tie", gettext_noop("Ved stemmelikhet"), _word(TIES)),
    ("blank", gettext_noop("Det går an å stemme blankt"), _yes),
    ("approval", gettext_noop("Hvem godkjenner møteboken"), _word(APPROVALS)),
    ("minutes_days", gettext_noop("Møteboken er klar etter"), _days),
    ("written_allowed", gettext_noop("Saker kan avgjøres skriftlig"), _yes),
    ("written_days", gettext_noop("Korteste frist for å svare skriftlig"), _working_days),
    ("written_agreement", gettext_noop("Slik avgjøres en skriftlig sak"), _word(AGREEMENTS)),
    ("written_replies_percent", gettext_noop("Så mange må ha svart skriftlig"), _share),
    ("written_meeting_percent", gettext_noop("Så mange kan kreve møte i en skriftlig sak"), _share),
    ("written_early_close", gettext_noop("Skriftlig sak kan avsluttes når alle har svart"), _yes),
)


def rules_of(body: Any) -> list[tuple[str, str, str]]:
    """Each rule as label, value and source: the model, a law by its section, or custom. `body` is the model's."""
    settings = settings_of(body)
    return [
        (_(label), say(settings.value(name)), str(getattr(settings, name).source).capitalize())
        for name, label, say in ROWS
    ]
