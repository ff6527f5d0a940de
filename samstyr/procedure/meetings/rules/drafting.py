"""The minutes as they write themselves: what happened in, Markdown out. Plain values only.

What is to stand in minutes follows kommuneloven § 11-4: time and place, who was present and absent and when that
changed, the cases, what was proposed and decided, the votes, and by what law something was closed. Texts that
people have written as Markdown are put in as they stand; names and other short values are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.procedure.casework.rules.votes import quorate

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LIST_LIKE = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=])")


@dataclass(frozen=True)
class Attendance:
    """Somebody called, and how it went. `arrived` and `left` are times as "09:20", set only when they differ from

    the meeting's own. `stands_in_for` is the absent member whose seat was taken.
    """

    name: str
    seat: str = ""
    capacity: str = ""
    votes: bool = False
    leads: bool = False
    came: bool = False
    remote: bool = False
    at_opening: bool = False
    stands_in_for: str = ""
    arrived: str = ""
    left: str = ""


@dataclass(frozen=True)
class Opening:
    """The meeting itself. Times are "09:00", `day` is "22.09.2026"; `quorum_percent` 0 asks for no quorum."""

    body: str
    organisation: str
    number: str
    day: str
    opened: str
    ended: str
    place: str
    remote: bool
    chair: str
    quorum_percent: int
    seats: int
    people: tuple[Attendance, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """Whose impartiality was asked about. `disqualified` None: nothing was decided."""

    name: str
    ground: str
    law: str
    decided_by: str
    disqualified: bool | None


@dataclass(frozen=True)
class Moved:
    """A proposal made in the meeting."""

    made_by: str
    text: str
    withdrawn: bool = False


@dataclass(frozen=True)
class Vote:
    """A vote that was closed. `counts` is weight by the choice's name; `others` who voted otherwise than the result."""

    question: str
    manner: str
    result: str
    why: str
    counts: tuple[tuple[str, int], ...] = ()
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Task:
    """What somebody was asked to do, by when ("01.10.2026")."""

    title: str
    owner: str
    due: str


@dataclass(frozen=True)
class Item:
    """One item as it was treated. `state` is waiting, open, decided, postponed or withdrawn."""

    state: str
    late: bool = False
    late_reason: str = ""
    proposal: str = ""
    discussion: str = ""
    decision: str = ""
    outcome: str = ""
    present: int | None = None
    seats: int = 0
    left_out: tuple[LeftOut, ...] = ()
    motions: tuple[Moved, ...] = ()
    votes: tuple[Vote, ...] = ()
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True)
class Written:
    """A case decided in writing since the meeting before. `short` is why the time was short (D-33)."""

    number: str
    case: str
    result: str
    short: str = ""


def plain(text: str) -> str:
    """A short value as one line that Markdown reads as nothing but text."""
    line = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    return _LIST_LIKE.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def opening(facts: Opening) -> str:
    """The opening part: which meeting, when, where, who was there and who was not, and whether it could decide."""
    name = f"{facts.body}, {facts.organisation}" if facts.organisation else facts.body
    lines = [
        _fact(gettext_noop("Organ"), name),
        _fact(gettext_noop("Møte"), facts.number),
        _fact(gettext_noop("Dato"), facts.day),
        _fact(gettext_noop("Møtet ble satt"), facts.opened and _clock(facts.opened)),
        _fact(gettext_noop("Møtet ble hevet"), facts.ended and _clock(facts.ended)),
        _fact(gettext_noop("Sted"), _place(facts)),
        _fact(gettext_noop("Møteleder"), facts.chair),
    ]
    came = [one for one in facts.people if one.came]
    absent = [one for one in facts.people if not one.came and not one.stands_in_for]
    parts = ["\n".join(line for line in lines if line), _heading(gettext_noop("Til stede"))]
    parts.append(_list(_present(one) for one in came) or str(say(gettext_noop("Ingen er ført som til stede."))))
    if absent:
        stand_ins = {one.stands_in_for: one.name for one in came if one.stands_in_for}
        parts += [_heading(gettext_noop("Ikke til stede")), _list(_absent(one, stand_ins) for one in absent)]
    changes = _changes(came)
    if changes:
        parts += [_heading(gettext_noop("Endringer underveis")), _list(changes)]
    parts.append(str(_quorum(facts)))
    return _join(parts)


def item(facts: Item) -> str:
    """One item's part, without its heading."""
    parts = []
    if facts.late:
        parts.append(_late(facts.late_reason))
    if facts.proposal.strip():
        parts += [_heading(gettext_noop("Forslag til vedtak")), facts.proposal.strip()]
    if facts.left_out:
        parts += [_heading(gettext_noop("Habilitet")), _list(_left_out(one) for one in facts.left_out)]
    if facts.present is not None and facts.seats:
        parts.append(
            str(say(gettext_noop("%(present)s av %(seats)s med stemmerett deltok i behandlingen."),
                    present=facts.present, seats=facts.seats))
        )  # fmt: skip
    if facts.discussion.strip():
        parts += [_heading(gettext_noop("Behandling")), facts.discussion.strip()]
    if facts.motions:
        parts.append(_heading(gettext_noop("Forslag fremsatt i møtet")))
        for number, motion in enumerate(facts.motions, 1):
            parts.append(_moved(number, motion))
    for vote in facts.votes:
        parts += _vote(vote)
    parts += _outcome(facts)
    if facts.tasks:
        parts += [_heading(gettext_noop("Oppfølging")), _list(_task(one) for one in facts.tasks)]
    return _join(parts)


def closing(written: Sequence[Written], ended: str) -> str:
    """The closing part: what was decided in writing since the meeting before, and when the meeting ended."""
    parts = []
    if written:
        parts.append(_heading(gettext_noop("Skriftlig behandlet siden forrige møte")))
        parts.append(_list(_written(one) for one in written))
    if ended:
        parts.append(str(say(gettext_noop("Møtet ble hevet klokken %(time)s."), time=_clock(ended))))
    return _join(parts)


def _join(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _fact(name: str, value: str) -> str:
    return f"- **{say(name)}:** {plain(value)}" if value else ""


def _heading(name: str) -> str:
    return f"### {say(name)}"


def _list(rows: Iterable[str]) -> str:
    return "\n".join(f"- {row}" for row in rows)


def _clock(time: str) -> str:
    return time.replace(":", ".")


def _place(facts: Opening) -> str:
    remote = str(say(gettext_noop("fjernmøte"))) if facts.remote else ""
    return ", ".join(part for part in (facts.place, remote) if part)


def _present(one: Attendance) -> str:
    more = [plain(one.seat), plain(one.capacity)]
    if one.stands_in_for:
        more.append(str(say(gettext_noop("for %(name)s"), name=plain(one.stands_in_for))))
    if one.remote:
        more.append(str(say(gettext_noop("på nett"))))
    told = ", ".join(part for part in more if part)
    return f"{plain(one.name)} ({told})" if told else plain(one.name)


def _absent(one: Attendance, stand_ins: dict[str, str]) -> str:
    name = f"{plain(one.name)} ({plain(one.seat)})" if one.seat else plain(one.name)
    if one.name in stand_ins:
        return str(
            say(gettext_noop("%(name)s. Vara: %(substitute)s"), name=name, substitute=plain(stand_ins[one.name]))
        )
    return name


def _changes(came: Sequence[Attendance]) -> list[str]:
    found: list[tuple[str, Sentence]] = []
    for one in came:
        if one.arrived:
            words = gettext_noop("Klokken %(time)s: %(name)s kom.")
            found.append((one.arrived, say(words, time=_clock(one.arrived), name=plain(one.name))))
        if one.left:
            words = gettext_noop("Klokken %(time)s: %(name)s gikk.")
            found.append((one.left, say(words, time=_clock(one.left), name=plain(one.name))))
    return [str(sentence) for _time, sentence in sorted(found, key=lambda pair: pair[0])]


def _quorum(facts: Opening) -> Sentence:
    present = sum(one.votes and one.at_opening for one in facts.people)
    if not facts.quorum_percent:
        words = gettext_noop("%(present)s av %(seats)s med stemmerett var til stede da møtet ble satt.")
        return say(words, present=present, seats=facts.seats)
    if quorate(present, facts.seats, Fraction(facts.quorum_percent, 100)):
        words = gettext_noop(
            "%(present)s av %(seats)s med stemmerett var til stede da møtet ble satt. Kravet er %(percent)s prosent, "
            "så organet var vedtaksført."
        )
    else:
        words = gettext_noop(
            "%(present)s av %(seats)s med stemmerett var til stede da møtet ble satt. Kravet er %(percent)s prosent, "
            "så organet var ikke vedtaksført."
        )
    return say(words, present=present, seats=facts.seats, percent=facts.quorum_percent)


def _late(reason: str) -> str:
    if reason.strip():
        return str(say(gettext_noop("Saken sto ikke i innkallingen. Grunn: %(reason)s"), reason=plain(reason)))
    return str(say(gettext_noop("Saken sto ikke i innkallingen.")))


def _left_out(one: LeftOut) -> str:
    if one.disqualified is None:
        words = gettext_noop("Habiliteten til %(name)s ble reist, men ikke avgjort.")
        return str(say(words, name=plain(one.name)))
    if one.disqualified:
        words = gettext_noop(
            "%(name)s var inhabil og deltok ikke. Grunn: %(ground)s. Lovgrunnlag: %(law)s. Avgjort av: %(by)s."
        )
    else:
        words = gettext_noop("%(name)s var habil. Reist: %(ground)s. Lovgrunnlag: %(law)s. Avgjort av: %(by)s.")
    return str(
        say(words, name=plain(one.name), ground=_bare(one.ground), law=_bare(one.law), by=_bare(one.decided_by) or "–")
    )


def _bare(text: str) -> str:
    return plain(text).rstrip(".")


def _moved(number: int, motion: Moved) -> str:
    words = (
        gettext_noop("Forslag %(number)s fra %(name)s (trukket):")
        if motion.withdrawn
        else gettext_noop("Forslag %(number)s fra %(name)s:")
    )
    return f"**{say(words, number=number, name=plain(motion.made_by))}**\n\n{motion.text.strip()}"


def _vote(vote: Vote) -> list[str]:
    counts = [(name, weight) for name, weight in vote.counts if weight]
    rows = [
        str(say(gettext_noop("Det ble stemt over: %(question)s"), question=plain(vote.question))),
        str(say(gettext_noop("Måte: %(manner)s"), manner=plain(vote.manner))),
    ]
    rows += [
        str(say(gettext_noop("%(choice)s: %(votes)s stemmer"), choice=plain(name), votes=weight))
        for name, weight in counts
    ]
    if vote.result and len(counts) == 1 and counts[0][0] == vote.result:
        rows.append(str(say(gettext_noop("%(choice)s ble enstemmig vedtatt."), choice=plain(vote.result))))
    elif vote.result:
        rows.append(str(say(gettext_noop("Resultat: %(choice)s"), choice=plain(vote.result))))
    else:
        rows.append(str(say(gettext_noop("Resultat: intet vedtak"))))
    if vote.why:
        rows.append(plain(vote.why))
    rows += [
        str(say(gettext_noop("%(name)s stemte for: %(choice)s"), name=plain(name), choice=plain(choice)))
        for name, choice in vote.others
    ]
    return [_heading(gettext_noop("Avstemning")), _list(rows)]


def _outcome(facts: Item) -> list[str]:
    match facts.state:
        case "postponed":
            return [str(say(gettext_noop("**Saken ble utsatt.**"))), facts.decision.strip()]
        case "withdrawn":
            return [str(say(gettext_noop("**Saken ble trukket.**"))), facts.decision.strip()]
        case "decided":
            parts = [facts.decision.strip()]
            if facts.outcome:
                parts.append(str(say(gettext_noop("Utfall: %(outcome)s"), outcome=plain(facts.outcome))))
            return [_heading(gettext_noop("Vedtak")), *parts] if any(parts) else []
        case _:
            return [str(say(gettext_noop("Saken ble ikke behandlet.")))]


def _task(one: Task) -> str:
    words = gettext_noop("%(title)s. Ansvarlig: %(owner)s. Frist: %(due)s.")
    return str(say(words, title=_bare(one.title), owner=plain(one.owner), due=one.due))


def _written(one: Written) -> str:
    text = f"{plain(one.number)} {plain(one.case)}: {_bare(one.result)}."
    if one.short:
        text += " " + str(say(gettext_noop("Kortere frist enn vanlig: %(reason)s"), reason=plain(one.short)))
    return text
