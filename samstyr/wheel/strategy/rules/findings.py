"""What a strategy lacks, in words: what stops a proposal, and what is only told."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samstyr.foundation.audit.rules import canonical
from samstyr.foundation.governance.rules.lint.strategy import lost_keys, repeated_goals
from samstyr.foundation.governance.rules.strategy import ProcessPhase, StrategyContent
from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.foundation.organisations.rules.composition import months_later

from .crossing import crossing, unlinked_guidelines
from .editing import as_data
from .rolling import overlap

# More than these are told as a number.
FEW = 3


@dataclass(frozen=True)
class Finding:
    """One thing to look at. What `stops` must be mended before the strategy can be proposed."""

    text: Sentence
    stops: bool = False


def seal(content: StrategyContent) -> str:
    """SHA-256 of the canonical content: whoever has the same text can work out the same digest."""
    return hashlib.sha256(canonical(as_data(content))).hexdigest()


def findings(content: StrategyContent, before: StrategyContent | None = None) -> list[Finding]:
    """Everything there is to say, what stops first; `before` is the strategy of the period before (F-G1)."""
    found = [Finding(fault, True) for fault in _stopping(content)]
    for source in content.sources:
        if source.last_year and content.last_year and source.last_year < content.last_year:
            text = gettext_noop("«%(source)s» gjelder bare til %(year)s, men strategien varer til %(last)s.")
            found.append(
                Finding(say(text, source=source.title, year=str(source.last_year), last=str(content.last_year)))
            )
    both = overlap(before, content) if before else None
    if both:
        text = gettext_noop("Perioden overlapper den forrige strategien (%(first)s–%(last)s).")
        same = gettext_noop("Perioden overlapper den forrige strategien i %(first)s.")
        found.append(Finding(say(text if both[0] != both[1] else same, first=str(both[0]), last=str(both[1]))))
    table = crossing(content)
    for position in table.gaps:
        text = gettext_noop("Ingen egen strategi svarer på «%(goal)s».")
        found.append(Finding(say(text, goal=f"{position.placed.number} {position.placed.goal.text}")))
    if len(table.loose) > FEW:
        text = gettext_noop("%(count)s av %(total)s strategier bygger ikke på noe eget styringsmål.")
        found.append(Finding(say(text, count=str(len(table.loose)), total=str(len(content.strategies)))))
    for item in table.loose if len(table.loose) <= FEW else ():
        found.append(Finding(say(gettext_noop("«%(item)s» bygger ikke på noe eget styringsmål."), item=item.text)))
    names = {item.key: item.text for item in content.guidelines}
    for key in unlinked_guidelines(content):
        text = gettext_noop("Føringen «%(guideline)s» er ikke knyttet til noe mål.")
        found.append(Finding(say(text, guideline=names[key])))
    return found


def _stopping(content: StrategyContent) -> list[Sentence]:
    faults = []
    if content.title is None:
        faults.append(say(gettext_noop("Strategien mangler tittel.")))
    if content.first_year is None:
        faults.append(say(gettext_noop("Strategien sier ikke hvilket år den begynner.")))
    if content.first_year and content.last_year and content.last_year < content.first_year:
        faults.append(say(gettext_noop("Strategien slutter før den begynner.")))
    if not content.goals and not content.strategies:
        faults.append(say(gettext_noop("Strategien har ingen mål.")))
    for _place, key in repeated_goals(content):
        faults.append(say(gettext_noop("To mål har nøkkelen «%(key)s»."), key=key))
    for place, key in lost_keys(content):
        text = gettext_noop("%(where)s viser til «%(key)s», som ikke lenger finnes.")
        faults.append(say(text, where=_where(content, place), key=key))
    return faults


def _where(content: StrategyContent, place: tuple[str | int, ...]) -> str:
    """The row that the place is in, by what it is called."""
    node: Any = content
    named = ""
    for part in place:
        node = node[part] if isinstance(part, int) else getattr(node, part, None)
        text = next(
            (getattr(node, name) for name in ("name", "title", "text", "to_state") if hasattr(node, name)), None
        )
        named = f"«{text}»" if text and not isinstance(node, str) else named
    return named


# The process


def phase_faults(phases: tuple[ProcessPhase, ...], ended: Mapping[str, Any], key: str) -> list[FieldError]:
    """Why the phase cannot be noted as ended yet: a required one before it is not (N-014)."""
    faults = []
    for phase in phases:
        if phase.key == key:
            break
        if phase.required and phase.key not in ended:
            text = gettext_noop("«%(phase)s» må være avsluttet først.")
            faults.append(FieldError("on", say(text, phase=phase.name)))
    return faults


def unended(content: StrategyContent, ended: Collection[str]) -> list[Finding]:
    """Required phases of the work that are not ended: each stops the political treatment (N-014, N-015)."""
    phases = content.process.phases if content.process else ()
    text = gettext_noop("«%(phase)s» må være avsluttet før strategien kan foreslås.")
    return [Finding(say(text, phase=phase.name), True) for phase in phases if phase.required and phase.key not in ended]


@dataclass(frozen=True)
class Revision:
    """When the strategy in force is to be revised."""

    due: date
    days: int

    @property
    def overdue(self) -> bool:
        """Whether the day has passed."""
        return self.days < 0

    @property
    def days_late(self) -> int:
        """How many days ago the day was; 0 when it has not been."""
        return max(0, -self.days)


def revision(content: StrategyContent, adopted_on: date, today: date) -> Revision | None:
    """The day of the next revision and how many days are left; None when no interval is set (A-05)."""
    if content.revision_months is None:
        return None
    due = months_later(adopted_on, content.revision_months)
    return Revision(due, (due - today).days)
