"""A case paper as it writes itself: what is known of the case in, Markdown out. Plain values only.

A case is to be as well informed as it must be before it is decided (forvaltningsloven § 17, kommuneloven § 13-1).
What is exempt from public access is never drafted: that it exists, from whom and by what law, is what stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samstyr.foundation.kernel.text import gettext_noop, say

from .drafting import plain

CASE, NEED, EARLIER, STATEMENTS = "case", "need", "earlier", "statements"
SCORES, COSTS, ASSESSMENT, PROPOSAL = "scores", "costs", "assessment", "proposal"
# The parts in the order they stand.
PARTS = (CASE, NEED, EARLIER, STATEMENTS, SCORES, COSTS, ASSESSMENT, PROPOSAL)
HEADINGS = {
    CASE: gettext_noop("Saken"),
    NEED: gettext_noop("Bakgrunn og behov"),
    EARLIER: gettext_noop("Behandlet til nå"),
    STATEMENTS: gettext_noop("Uttalelser"),
    SCORES: gettext_noop("Prioritering"),
    COSTS: gettext_noop("Kostnader og fordeling"),
    ASSESSMENT: gettext_noop("Vurdering"),
    PROPOSAL: gettext_noop("Forslag til vedtak"),
}


@dataclass(frozen=True)
class AboutCase:
    """The case and what the body is to do with it. `asks` is what the step can end in; `mandate` the body's own words."""

    number: str
    title: str
    path: str
    organisations: tuple[str, ...]
    body: str
    step: str
    asks: tuple[str, ...] = ()
    mandate: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Earlier:
    """What somebody has done with the case. `day` is "22.09.2026"."""

    day: str
    who: str
    outcome: str
    reason: str = ""
    conditions: str = ""


@dataclass(frozen=True)
class Said:
    """A statement. An exempt one has its legal basis and no words."""

    who: str
    position: str
    day: str
    text: str = ""
    conditions: str = ""
    exempt_by: str = ""
    late: bool = False


@dataclass(frozen=True)
class Scored:
    """The sum in a closed round: each criterion with its weight (per cent), value and points, as they are shown."""

    round: str
    place: str
    total: str
    parts: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True)
class Costs:
    """Whole kroner per year in the plan: by kind, and what each organisation pays."""

    plan: str
    years: tuple[int, ...]
    kinds: tuple[tuple[str, tuple[int, ...]], ...]
    shares: tuple[tuple[str, tuple[int, ...]], ...] = ()


def about_case(facts: AboutCase) -> str:
    """Which case, who it is for, and what is to be decided by whom."""
    rows = [
        (gettext_noop("Sak"), f"{facts.number} {facts.title}"),
        (gettext_noop("Gjelder"), ", ".join(facts.organisations)),
        (gettext_noop("Saksgang"), facts.path),
        (gettext_noop("Til behandling i"), facts.body),
        (gettext_noop("Steg"), facts.step),
        (gettext_noop("Kan ende med"), ", ".join(facts.asks)),
    ]
    parts = ["\n".join(f"- **{say(name)}:** {plain(value)}" for name, value in rows if value)]
    if facts.mandate:
        parts.append(str(say(gettext_noop("Organets mandat i slike saker: %(text)s."), text="; ".join(facts.mandate))))
    return _join([*parts, facts.text.strip()])


def about_need(rows: Sequence[tuple[str, str]]) -> str:
    """What is needed, by the questions of the need's form and what was answered; unanswered ones are left out."""
    return _join(f"### {plain(question)}\n\n{answer.strip()}" for question, answer in rows if answer.strip())


def earlier(rows: Sequence[Earlier]) -> str:
    """Everybody who has treated the case, oldest first."""
    return _join(_treated(row) for row in rows)


def statements(rows: Sequence[Said], silent: Sequence[str] = ()) -> str:
    """What each who was heard has said, and who has not answered."""
    parts = [_said(row) for row in rows]
    if silent:
        parts.append(str(say(gettext_noop("Har ikke svart: %(who)s."), who=", ".join(plain(one) for one in silent))))
    return _join(parts)


def scores(rows: Sequence[Scored]) -> str:
    """The sums with their arithmetic, newest round first."""
    return _join(_scored(row) for row in rows)


def costs(rows: Sequence[Costs]) -> str:
    """Kroner a year in each plan, by kind and by who pays."""
    return _join(_cost(row) for row in rows)


def _treated(row: Earlier) -> str:
    words = gettext_noop("**%(day)s, %(who)s:** %(outcome)s.")
    parts = [str(say(words, day=row.day, who=plain(row.who), outcome=plain(row.outcome).rstrip(".")))]
    if row.reason.strip():
        parts.append(row.reason.strip())
    if row.conditions.strip():
        parts.append(str(say(gettext_noop("Vilkår: %(conditions)s"), conditions=row.conditions.strip())))
    return _join(parts)


def _said(row: Said) -> str:
    words = gettext_noop("**%(who)s, %(day)s:** %(position)s.")
    head = str(say(words, who=plain(row.who), day=row.day, position=plain(row.position)))
    if row.late:
        head += " " + str(say(gettext_noop("Kom etter fristen.")))
    if row.exempt_by:
        return _join([head, str(say(gettext_noop("Unntatt offentlighet (%(basis)s)."), basis=plain(row.exempt_by)))])
    parts = [head, row.text.strip()]
    if row.conditions.strip():
        parts.append(str(say(gettext_noop("Vilkår: %(conditions)s"), conditions=row.conditions.strip())))
    return _join(parts)


def _scored(row: Scored) -> str:
    words = gettext_noop("**%(round)s:** %(place)s, sum %(total)s.")
    head = str(say(words, round=plain(row.round), place=plain(row.place), total=row.total))
    names = (gettext_noop("Kriterium"), gettext_noop("Vekt"), gettext_noop("Verdi"), gettext_noop("Poeng"))
    return _join([head, _table([str(say(name)) for name in names], row.parts)])


def _cost(row: Costs) -> str:
    header = [str(say(gettext_noop("Kroner"))), *(str(year) for year in row.years), str(say(gettext_noop("Sum")))]

    def line(name: str, amounts: Sequence[int]) -> list[str]:
        return [name, *(_kroner(amount) for amount in amounts), _kroner(sum(amounts))]

    parts = [f"### {plain(row.plan)}", _table(header, [line(name, amounts) for name, amounts in row.kinds])]
    if row.shares:
        parts.append(str(say(gettext_noop("Slik deles det:"))))
        parts.append(_table(header, [line(name, amounts) for name, amounts in row.shares]))
    return _join(parts)


def _kroner(amount: int) -> str:
    return f"{amount:,}".replace(",", " ")


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def written(cells: Sequence[str]) -> str:
        return "| " + " | ".join(plain(cell) or " " for cell in cells) + " |"

    if not rows:
        return ""
    return "\n".join([written(header), "|" + " --- |" * len(header), *(written(row) for row in rows)])


def _join(parts: object) -> str:
    return "\n\n".join(part for part in parts if part)  # type: ignore[attr-defined]
