"""What a matter must tell before it can be treated. No database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from samstyr.foundation.governance.rules.paths import Path
from samstyr.foundation.governance.rules.year import Question
from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.sources.rules import KIND_WORDS, lacking

# Subjects that have a room of their own, and begin their cases there.
OWNED_ELSEWHERE = frozenset({"need", "plan", "plan_revision", "strategy"})
LONGEST_TITLE, LONGEST_LINE, LONGEST_TEXT = 300, 500, 50_000


@dataclass(frozen=True)
class MatterValues:
    """A matter as its writer gives it. `requested_by` asked for it on `requested_on`; `clause` is the point of a mandate
    that lets the body take it up by itself. `goals` are keys of the model's goals, `answers` are to the path's questions."""

    path: str
    title: str
    background: str = ""
    question: str = ""
    requested_by: str = ""
    requested_on: date | None = None
    clause: str = ""
    goals: tuple[str, ...] = ()
    organisations: tuple[UUID, ...] = ()
    unit: UUID | None = None
    answers: dict[str, str] = field(default_factory=dict)


def is_matter(subject: str) -> bool:
    """Whether cases about the subject begin as matters."""
    return subject not in OWNED_ELSEWHERE


def limit_faults(values: MatterValues) -> list[FieldError]:
    """What can never be stored, draft or not."""
    limits = [
        ("title", values.title, LONGEST_TITLE),
        ("background", values.background, LONGEST_TEXT),
        ("question", values.question, LONGEST_TEXT),
        ("requested_by", values.requested_by, 200),
        ("clause", values.clause, LONGEST_LINE),
        *((f"q-{key}", text, LONGEST_TEXT) for key, text in values.answers.items()),
    ]
    faults = [
        FieldError(name, say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")), text[:50])
        for name, text, most in limits
        if len(text) > most or "\0" in text
    ]
    if not values.title.strip():
        faults.append(FieldError("title", say(gettext_noop("Gi saken en tittel."))))
    return faults


def send_faults(
    values: MatterValues, path: Path, goals: Sequence[str], today: date, cited: Collection[str] = ()
) -> list[FieldError]:
    """Everything that must be mended before the matter is sent in.

    Where the path names who may ask for its cases, a matter was asked for by one of them (D-09), or cites the point of the
    mandate that the body acts on by itself (D-20). `cited` are the kinds of source that it points to.
    """
    faults = []
    for name, text in (("background", values.background), ("question", values.question)):
        if not text.strip():
            faults.append(FieldError(name, say(gettext_noop("Fyll ut dette før saken sendes inn."))))
    if unknown := [key for key in values.goals if key not in goals]:
        faults.append(
            FieldError("goals", say(gettext_noop("Velg mål som står i styringsmodellen.")), ", ".join(unknown))
        )
    if values.requested_on is not None and values.requested_on > today:
        faults.append(
            FieldError(
                "requested_on", say(gettext_noop("Skriv dagen saken ble bedt om, i dag eller før.")),
                str(values.requested_on),
            )
        )  # fmt: skip
    faults += [fault for question in path.questions for fault in answer_faults(question, values.answers)]
    for kind in lacking(path.cites, cited):
        faults.append(
            FieldError(
                "sources",
                say(gettext_noop("Saken må vise til en kilde av slaget «%(kind)s»."), kind=say(KIND_WORDS[kind])),
            )
        )
    return faults + _origin_faults(values, path)


def answer_faults(question: Question, answers: dict[str, str]) -> list[FieldError]:
    """What is wrong with the answer to one of the path's questions: missing where it must be there, or of another kind."""
    name, text = f"q-{question.key}", answers.get(question.key, "").strip()
    if not text:
        if question.mandatory:
            return [FieldError(name, say(gettext_noop("Svar på «%(question)s»."), question=str(question.name)))]
        return []
    if question.kind == "choice" and text not in [str(choice) for choice in question.choices]:
        return [FieldError(name, say(gettext_noop("Velg et av svarene.")), text[:50])]
    if question.kind == "yes_no" and text not in ("ja", "nei"):
        return [FieldError(name, say(gettext_noop("Velg et av svarene.")), text[:50])]
    if question.kind in ("amount", "year") and not (text.isascii() and text.isdigit() and len(text) < 15):
        return [FieldError(name, say(gettext_noop("Skriv et helt tall.")), text[:50])]
    return []


def _origin_faults(values: MatterValues, path: Path) -> list[FieldError]:
    names = [str(name) for name in path.requesters]
    if not names:
        return []
    if not values.requested_by:
        if path.own_initiative is None:
            return [FieldError("requested_by", say(gettext_noop("Velg hvem som har bedt om saken.")))]
        if not values.clause.strip():
            message = say(
                gettext_noop("Saken må være bedt om av %(who)s, eller vise til et punkt i %(source)s."),
                who=", ".join(names),
                source=str(path.own_initiative),
            )
            return [FieldError("requested_by", message), FieldError("clause", message)]
        return []
    if values.requested_by not in names:
        return [
            FieldError(
                "requested_by", say(gettext_noop("Saken kan bare bes om av %(who)s."), who=", ".join(names)),
                values.requested_by,
            )
        ]  # fmt: skip
    if values.requested_on is None:
        return [FieldError("requested_on", say(gettext_noop("Skriv når saken ble bedt om.")))]
    return []
