"""Whether what a step requires is on record: advice, consultation, discussion, hearing. Pure; no database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .movement import CaseFacts, holds

# The effects that neither carry a case on nor settle it: nothing need be on record for them.
UNBOUND = frozenset({"return", "park", "pause", "stay", "rerank", "defer", "escalate"})


@dataclass(frozen=True)
class Said:
    """Something on record: who said it (a body, role or hearing body), of what kind, when, and in words.

    `hearing` is a hearing that was closed, `hearing_open` one that is not, `unanswered` a remark without an answer.
    """

    kind: str
    party: str
    on: date
    what: str = ""


@dataclass(frozen=True)
class Standing:
    """How one requirement stands: met or not, why, who is missing, and whether it stops the step."""

    key: str
    name: str
    met: bool
    why: Sentence
    missing: tuple[str, ...] = ()
    gate: bool = True
    override: bool = False
    of: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether the step gets no outcome as it stands."""
        return self.gate and not self.met


def concerned(covers: Mapping[str, Collection[str]], units: Collection[str], said: Collection[str]) -> list[str]:
    """The bodies that cover one of the units, or that somebody has said are concerned, in their order."""
    return [key for key, areas in covers.items() if key in said or set(areas) & set(units)]


def standing(
    requirement: Any, said: Sequence[Said], day: date, *, names: Mapping[str, str], affected: Collection[str],
    first_meeting: date | None = None,
) -> Standing:  # fmt: skip
    """How the requirement stands for a decision on `day`. `affected` are the bodies that the case is about."""
    kind = str(requirement.kind)
    if kind in ("hearing", "answers"):
        return _of_hearing(requirement, said)
    if kind == "first_meeting":
        return _of_first_meeting(requirement, day, first_meeting)
    wanted = [key for key in requirement.of if not requirement.affected or key in affected]
    first = {
        item.party: item.on
        for item in sorted(said, key=lambda one: one.on, reverse=True)
        if item.kind == kind and item.party in wanted
    }
    given = {key for key, on in first.items() if on < day or (on == day and not requirement.earlier)}
    missing = [key for key in wanted if key not in given]
    met = not missing if requirement.each or requirement.affected else bool(given)
    told = ", ".join(names.get(key, key) for key in missing)
    if met:
        why = say(gettext_noop("Foreligger."))
    elif set(missing) & first.keys():
        why = say(gettext_noop("Må være gjort før dagen saken avgjøres: %(who)s."), who=told)
    else:
        why = say(gettext_noop("Mangler fra: %(who)s."), who=told)
    return _made(requirement, met, why, () if met else tuple(missing), tuple(wanted))


def _of_hearing(requirement: Any, said: Sequence[Said]) -> Standing:
    kinds = [item.kind for item in said]
    if requirement.kind == "answers":
        left = kinds.count("unanswered")
        why = (
            say(gettext_noop("%(count)s innspill har ikke fått svar."), count=left)
            if left
            else say(gettext_noop("Alle innspill har fått svar."))
        )
        return _made(requirement, not left, why)
    if "hearing_open" in kinds:
        return _made(requirement, False, say(gettext_noop("Høringen er ikke avsluttet.")))
    if "hearing" not in kinds:
        return _made(requirement, False, say(gettext_noop("Saken har ikke vært på høring.")))
    return _made(requirement, True, say(gettext_noop("Høringen er holdt og avsluttet.")))


def _of_first_meeting(requirement: Any, day: date, meeting: date | None) -> Standing:
    if meeting is None:
        why = say(
            gettext_noop("Vedtaket det ventes på, er ikke gjort, eller det første møtet etter det er ikke planlagt.")
        )
        return _made(requirement, False, why)
    why = say(gettext_noop("Første møte etter vedtaket er %(date)s."), date=meeting.strftime("%d.%m.%Y"))
    return _made(requirement, day == meeting, why)


def _made(
    requirement: Any, met: bool, why: Sentence, missing: tuple[str, ...] = (), of: tuple[str, ...] = ()
) -> Standing:
    return Standing(
        str(requirement.key), str(requirement.name), met, why, missing, requirement.effect == "gate",
        bool(requirement.override), of,
    )  # fmt: skip


def asked(step: Any, facts: CaseFacts) -> list[Any]:
    """What the step requires of a case with these facts."""
    return [item for item in step.requires if item.when is None or holds(item.when, facts)]


def standing_faults(found: Sequence[Standing], effect: str, override: str) -> list[FieldError]:
    """What stops an outcome with the effect. A reason in `override` lifts what may be lifted, and nothing else."""
    if effect in UNBOUND:
        return []
    faults = []
    for item in found:
        if not item.stops or (item.override and override):
            continue
        field = "override" if item.override else "requirements"
        message = say(gettext_noop("%(name)s: %(why)s"), name=item.name, why=item.why)
        remedy = say(gettext_noop("Avgjøres saken uten, må du skrive hvorfor.")) if item.override else None
        faults.append(FieldError(field, message, remedy=remedy) if remedy else FieldError(field, message))
    return faults


def check_faults(step: Any, checks: Mapping[str, bool], effect: str, reason: str) -> list[FieldError]:
    """What is wrong with the answers to a checklist: a point without one, or one that is not met on the way on."""
    faults = [
        FieldError("checks", say(gettext_noop("Svar på punktet «%(point)s»."), point=str(point.name)))
        for point in step.checklist
        if point.key not in checks
    ]
    unmet = [str(point.name) for point in step.checklist if checks.get(point.key) is False]
    if unmet and effect not in UNBOUND and effect != "reject" and not reason:
        faults.append(
            FieldError(
                "reason",
                say(gettext_noop("Ikke oppfylt: %(points)s. Send tilbake med merknader, eller begrunn hvorfor saken går videre."), points=", ".join(unmet)),
            )
        )  # fmt: skip
    return faults


def binding_faults(
    bound: Collection[str], votes: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> list[FieldError]:
    """What keeps a decision from binding: fewer than two that it can bind, or one of them without a vote on record."""
    if len(bound) < 2:
        return [
            FieldError("outcome", say(gettext_noop("En felles beslutning må gjelde minst to i samme rettsfellesskap.")))
        ]
    voted = {str(vote.get("slot", "")) for vote in votes if vote.get("choice")}
    if silent := [names.get(key, key) for key in bound if key not in voted]:
        return [
            FieldError(
                "votes",
                say(gettext_noop("Stemmen mangler fra: %(who)s. Hver av dem må stemme."), who=", ".join(silent)),
            )
        ]
    return []
