"""The format's own words in plain Norwegian, for messages."""

from __future__ import annotations

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

KINDS = {
    "assess": gettext_noop("vurdere"),
    "advise": gettext_noop("gi råd"),
    "propose": gettext_noop("foreslå"),
    "treat": gettext_noop("behandle"),
    "adopt": gettext_noop("vedta"),
    "discuss": gettext_noop("drøfte"),
    "manage": gettext_noop("forvalte"),
}
SUBJECTS = {
    "need": gettext_noop("behov"),
    "plan": gettext_noop("plan"),
    "plan_revision": gettext_noop("revisjon av planen"),
    "strategy": gettext_noop("strategi"),
    "architecture": gettext_noop("arkitektur"),
    "appointment": gettext_noop("oppnevning"),
    "exemption": gettext_noop("unntak"),
    "opt_out": gettext_noop("reservasjon"),
    "gate": gettext_noop("beslutningspunkt"),
    "change_request": gettext_noop("endringsanmodning"),
    "governance": gettext_noop("styringsmodell"),
    "advice": gettext_noop("råd"),
    "report": gettext_noop("rapport"),
    "question": gettext_noop("spørsmål ved tvil"),
    "conflict": gettext_noop("motstrid mellom føringer"),
    "replacement": gettext_noop("påtvunget utskifting"),
    "purchase": gettext_noop("anskaffelse"),
    "deviation": gettext_noop("avvik"),
    "operations": gettext_noop("drift og utvikling av IT"),
    "guide": gettext_noop("veileder"),
}


def kind_word(kind: str) -> Sentence:
    """What a body does with a thing, as an infinitive."""
    return say(KINDS.get(kind, kind))


def subject_word(subject: str) -> Sentence:
    """The kind of thing that is decided."""
    return say(SUBJECTS.get(subject, subject))
