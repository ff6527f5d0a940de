"""When a round may be opened, agreed on and closed, and how long what it found holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import gettext_noop, say

FULL = 100
MONTHS_OF_USE = 12
MOST_NEEDS = 500


@dataclass(frozen=True)
class Earlier:
    """The round before this one: which stage it was, whether it is closed, and which needs passed it."""

    stage: str
    closed: bool
    passed: frozenset[UUID]


def stage_faults(stage: Mapping[str, Any]) -> list[FieldError]:
    """Why the stage cannot be scored by: weights that are not 100 in all, or a question without polarity (I-07)."""
    faults = []
    weights = sum(criterion.get("weight", 0) for criterion in stage["criteria"])
    if weights != FULL:
        faults.append(
            FieldError(
                "stage",
                say(gettext_noop("Vektene i «%(stage)s» blir %(sum)s, ikke 100."), stage=_name(stage), sum=weights),
                remedy=say(gettext_noop("Rett vektene i styringsmodellen.")),
            )
        )
    if not stage.get("scale"):
        faults.append(FieldError("stage", say(gettext_noop("«%(stage)s» har ingen skala."), stage=_name(stage))))
    for criterion in stage["criteria"]:
        for question in criterion.get("questions") or [criterion]:
            if not (question.get("polarity") or criterion.get("polarity")):
                faults.append(
                    FieldError(
                        "stage",
                        say(
                            gettext_noop("Modellen sier ikke om et høyt nivå er bra for «%(question)s»."),
                            question=_plain(question.get("text") or question.get("name")),
                        ),
                        remedy=say(gettext_noop("Oppgi polaritet i styringsmodellen.")),
                    )
                )
    return faults


def opening_faults(
    stages: list[str], stage: str, needs: list[UUID], earlier: Earlier | None, reason: str
) -> list[FieldError]:
    """Why a round at the stage cannot be opened with these needs (G-110)."""
    faults = []
    if not needs:
        faults.append(FieldError("needs", say(gettext_noop("Velg minst ett behov."))))
    if len(needs) > MOST_NEEDS:
        faults.append(FieldError("needs", say(gettext_noop("En runde kan ha høyst %(most)s behov."), most=MOST_NEEDS)))
    place = stages.index(stage)
    if place == 0:
        if earlier is not None:
            faults.append(
                FieldError("previous", say(gettext_noop("Det første trinnet bygger ikke på en annen runde.")))
            )
        return faults
    if earlier is None or earlier.stage not in stages[:place]:
        faults.append(FieldError("previous", say(gettext_noop("Velg runden på trinnet før, som denne bygger på."))))
    elif not earlier.closed:
        faults.append(FieldError("previous", say(gettext_noop("Runden på trinnet før må avsluttes først."))))
    else:
        outside = [key for key in needs if key not in earlier.passed]
        if outside:
            faults.append(
                FieldError(
                    "needs",
                    say(gettext_noop("%(count)s av behovene kom ikke over streken i runden før."), count=len(outside)),
                    remedy=say(gettext_noop("Bare behov over streken går videre.")),
                )
            )
    if not reason.strip():
        faults.append(FieldError("reason", say(gettext_noop("Skriv hvorfor dere tar et trinn til."))))
    return faults


def most_common(levels: Iterable[str]) -> frozenset[str]:
    """The level or levels that most have chosen; none when nobody has."""
    counts = Counter(levels)
    top = max(counts.values(), default=0)
    return frozenset(level for level, count in counts.items() if count == top)


def unreasoned(agreed: Mapping[str, str], reasons: Mapping[str, str], given: Mapping[str, Iterable[str]]) -> list[str]:
    """The questions where what is agreed on differs from what most have said, without a reason."""
    wrong = []
    for question, level in agreed.items():
        common = most_common(given.get(question, ()))
        if common and level not in common and not reasons.get(question, "").strip():
            wrong.append(question)
    return wrong


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (following - date.resolution).day))


def expires_on(set_on: Iterable[date], months: int = MONTHS_OF_USE) -> date | None:
    """The first day an assessment no longer holds: it ages with its oldest part (G-73, I-08)."""
    days = list(set_on)
    return months_after(min(days), months) if days else None


def _name(stage: Mapping[str, Any]) -> str:
    return _plain(stage.get("name") or stage.get("key"))


def _plain(text: Any) -> str:
    if isinstance(text, Mapping):
        return str(text.get("nb") or next(iter(text.values()), ""))
    return str(text or "")
