"""What differs between two versions of a plan, in words and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .lines import Line


@dataclass(frozen=True)
class Change:
    """One measure that differs: added, removed or changed, with each difference as a sentence."""

    kind: str
    key: UUID
    title: str
    words: tuple[Sentence, ...]
    money: tuple[tuple[int, int, int], ...] = ()


def _kr(amount: int) -> str:
    return f"{amount:,}".replace(",", "\u00a0") + "\u00a0kr"


def _day(day: object) -> str:
    return day.strftime("%d.%m.%Y") if hasattr(day, "strftime") else "–"


def difference(old: Sequence[Line], new: Sequence[Line], names: Mapping[UUID, str]) -> list[Change]:
    """The changes from `old` to `new`, in the new order, removed measures last. `names` are organisations'."""
    before = {line.key: line for line in old}
    changes = []
    for line in sorted(new, key=lambda item: item.rank):
        earlier = before.pop(line.key, None)
        if earlier is None:
            words = (say(gettext_noop("Nytt tiltak, samlet %(total)s."), total=_kr(line.total)),)
            changes.append(Change("added", line.key, line.title, words, _money(None, line)))
            continue
        found = _changed(earlier, line, names)
        if found:
            changes.append(Change("changed", line.key, line.title, tuple(found), _money(earlier, line)))
    for line in sorted(before.values(), key=lambda item: item.rank):
        words = (say(gettext_noop("Tatt ut, samlet %(total)s."), total=_kr(line.total)),)
        changes.append(Change("removed", line.key, line.title, words, _money(line, None)))
    return changes


def _changed(old: Line, new: Line, names: Mapping[UUID, str]) -> list[Sentence]:
    words = []
    if old.rank != new.rank:
        words.append(say(gettext_noop("Flyttet fra plass %(old)s til %(new)s."), old=old.rank, new=new.rank))
    if old.title != new.title:
        words.append(say(gettext_noop("Het før «%(old)s»."), old=old.title))
    if old.total != new.total:
        words.append(
            say(gettext_noop("Samlet kostnad fra %(old)s til %(new)s."), old=_kr(old.total), new=_kr(new.total))
        )
    elif _cells(old) != _cells(new):
        words.append(say(gettext_noop("Kostnaden er fordelt annerledes på år, type eller kilde.")))
    if set(old.organisations) != set(new.organisations):
        words.append(
            say(
                gettext_noop("Gjelder nå %(new)s, før %(old)s."),
                new=", ".join(sorted(names.get(key, "") for key in new.organisations)),
                old=", ".join(sorted(names.get(key, "") for key in old.organisations)),
            )
        )
    if (old.cost_key, dict(old.own_shares)) != (new.cost_key, dict(new.own_shares)):
        words.append(say(gettext_noop("Kostnaden deles på en annen måte.")))
    if (old.starts_on, old.ends_on) != (new.starts_on, new.ends_on):
        words.append(
            say(
                gettext_noop("Tidsrom fra %(old)s til %(new)s."),
                old=f"{_day(old.starts_on)}–{_day(old.ends_on)}",
                new=f"{_day(new.starts_on)}–{_day(new.ends_on)}",
            )
        )
    if old.owner != new.owner:
        words.append(say(gettext_noop("Eier fra «%(old)s» til «%(new)s»."), old=old.owner or "–", new=new.owner or "–"))
    if old.argument != new.argument:
        words.append(say(gettext_noop("Begrunnelsen er endret.")))
    return words


def _cells(line: Line) -> set[tuple[int, str, str, int]]:
    return {(cost.year, cost.kind, cost.source, cost.amount) for cost in line.costs}


def _money(old: Line | None, new: Line | None) -> tuple[tuple[int, int, int], ...]:
    sums: dict[int, list[int]] = {}
    for place, line in enumerate((old, new)):
        for cost in line.costs if line else ():
            sums.setdefault(cost.year, [0, 0])[place] += cost.amount
    return tuple((year, before, after) for year, (before, after) in sorted(sums.items()) if before != after)
