"""What an entry must tell, who may go where, how spread is summed, and what is overdue, vacant or about to end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from samstyr.foundation.governance.rules.ledgers import Ledger, LedgerField
from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.money import parse_kroner
from samstyr.foundation.kernel.text import gettext_noop, say

LONGEST_LINE, LONGEST_TEXT, MOST_CASES = 300, 20_000, 50
YES_NO = ("ja", "nei")


@dataclass(frozen=True)
class EntryValues:
    """An entry as given; what the ledger has no use for is left as it is here."""

    title: str
    text: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    owner: UUID | None = None
    next_action: str = ""
    due_on: date | None = None
    holder: str = ""
    organisation: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    cases: tuple[UUID, ...] = ()


Known = Mapping[str, Collection[str]]


def entry_faults(values: EntryValues, ledger: Ledger, known: Known | None = None) -> list[FieldError]:
    """Everything that must be mended before the entry is kept.

    `known` has for each field that is chosen among things of the strategy the keys that there are.
    """
    found = []
    lines = {"title": values.title, "next_action": values.next_action, "holder": values.holder}
    texts = {"text": values.text, **{f"answer_{key}": text for key, text in values.answers.items()}}
    for most, given in ((LONGEST_LINE, lines), (LONGEST_TEXT, texts)):
        for name, text in given.items():
            if len(text) > most or "\0" in text:
                message = gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")
                found.append(FieldError(name, say(message), text[:50]))
    if not values.title.strip():
        found.append(FieldError("title", say(gettext_noop("Skriv hva det gjelder."))))
    found += _answer_faults(values, ledger, known or {})
    found += _span_faults(values, ledger)
    if ledger.follow and (values.owner is None) != (values.due_on is None):
        missing = "owner" if values.owner is None else "due_on"
        found.append(FieldError(missing, say(gettext_noop("Oppgi både hvem som har ansvaret, og når."))))
    if ledger.held:
        found += _term_faults(values)
    if len(values.cases) > MOST_CASES:
        found.append(FieldError("cases", say(gettext_noop("Velg høyst %(most)s saker."), most=MOST_CASES)))
    return found


def _answer_faults(values: EntryValues, ledger: Ledger, known: Known) -> list[FieldError]:
    found: list[FieldError] = []
    for question in ledger.fields:
        answer = values.answers.get(question.key, "").strip()
        if answer:
            found += _answer_fault(question, answer, known)
        elif question.mandatory or question.key == ledger.yearly:
            message = say(gettext_noop("Svar på «%(question)s»."), question=question.name)
            found.append(FieldError(f"answer_{question.key}", message))
    return found


def _answer_fault(question: LedgerField, answer: str, known: Known) -> Sequence[FieldError]:
    """What is wrong with one answer, by the kind of its field."""
    message, name = "", f"answer_{question.key}"
    match question.kind:
        case "choice" if answer not in {str(choice) for choice in question.choices}:
            message = gettext_noop("Velg et av svarene som står i listen.")
        case "focus_area" | "source" if answer not in known.get(question.kind, ()):
            message = gettext_noop("Velg et av svarene som står i listen.")
        case "yes_no" if answer not in YES_NO:
            message = gettext_noop("Svar ja eller nei.")
        case "year" if year_of(answer) is None:
            message = gettext_noop("Skriv et årstall med fire siffer.")
        case "date" if day_of(answer) is None:
            message = gettext_noop("Skriv en dato.")
        case "address" if not answer.startswith(("https://", "http://")):
            message = gettext_noop("Adressen må begynne med https://.")
        case "amount":
            try:
                parse_kroner(answer, field=name)
            except Invalid as invalid:
                return invalid.errors
    return [FieldError(name, say(message), answer[:40])] if message else []


def year_of(answer: str) -> int | None:
    """The year that is written; None for what is no year from 1900 to 2200."""
    if not (answer.isascii() and answer.isdigit() and len(answer) == 4):
        return None
    return int(answer) if 1900 <= int(answer) <= 2200 else None


def day_of(answer: str) -> date | None:
    """The day that is written as 2026-03-31; None for what is no day."""
    try:
        return date.fromisoformat(answer) if len(answer) == 10 else None
    except ValueError:
        return None


def days_of(ledger: Ledger, answers: Mapping[str, str]) -> list[tuple[str, int | None]]:
    """Each span of the ledger with its number of days; None until both dates are there (A-29, G-54)."""
    found = []
    for span in ledger.spans:
        first, last = day_of(answers.get(span.first, "")), day_of(answers.get(span.last, ""))
        found.append((str(span.name), (last - first).days if first and last else None))
    return found


def _span_faults(values: EntryValues, ledger: Ledger) -> list[FieldError]:
    found = []
    for span, (_name, days) in zip(ledger.spans, days_of(ledger, values.answers), strict=True):
        field = ledger.field(span.first)
        if days is not None and days < 0 and field is not None:
            message = gettext_noop("Datoen kan ikke være før «%(field)s».")
            found.append(FieldError(f"answer_{span.last}", say(message, field=field.name)))
    return found


def _term_faults(values: EntryValues) -> list[FieldError]:
    found = []
    if values.holder.strip() and values.starts_on is None:
        found.append(FieldError("starts_on", say(gettext_noop("Skriv når vervet begynner."))))
    if values.starts_on and values.ends_on and values.ends_on < values.starts_on:
        message = gettext_noop("Vervet kan ikke slutte før det begynner.")
        found.append(FieldError("ends_on", say(message), str(values.ends_on)))
    if (values.starts_on or values.ends_on) and not values.holder.strip():
        found.append(FieldError("holder", say(gettext_noop("Skriv rollen til den som har vervet."))))
    return found


def move_faults(
    ledger: Ledger, state: str, to: str, *, note: str, decided_by: str, decided_on: date | None, today: date
) -> list[FieldError]:
    """What is missing or wrong for an entry to go from `state` to `to`."""
    target = next((one for one in ledger.reachable(state) if one.key == to), None)
    if target is None:
        return [FieldError("to", say(gettext_noop("Velg en tilstand som kan komme nå.")), to)]
    found = []
    if len(note) > LONGEST_TEXT or "\0" in note:
        found.append(FieldError("note", say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres."))))
    if "note" in target.requires and not note.strip():
        found.append(FieldError("note", say(gettext_noop("Skriv hva som er skjedd."))))
    if "decision" in target.requires:
        if not decided_by.strip():
            found.append(FieldError("decided_by", say(gettext_noop("Skriv hvem som har avgjort det."))))
        if decided_on is None or decided_on > today:
            found.append(FieldError("decided_on", say(gettext_noop("Skriv dagen det ble avgjort, i dag eller før."))))
    return found


# What is told of an entry beside its state.
BINDING, UNMET, MISSING = "binding", "unmet", "missing"
OVERDUE, VACANT, EXPIRED, ENDING = "overdue", "vacant", "expired", "ending"


def marks_of(
    ledger: Ledger, state: str, *, due_on: date | None, holder: str, ends_on: date | None, today: date, notice_on: date,
    answers: Mapping[str, str], carried: bool = False,
) -> tuple[str, ...]:  # fmt: skip
    """What somebody should look at: what is asked for and not done (N-039), an answer that is expected (N-075), a date
    that has passed, a vacancy, a term over or that ends by `notice_on` (D-12). Nothing of what is `carried` on.
    """
    now = ledger.state(state)
    if carried or (now is not None and now.ends):
        return ()
    found = []
    if now is not None and now.unmet:
        found.append(BINDING if binds(ledger, answers) else UNMET)
    if any(field.expected and not answers.get(field.key, "").strip() for field in ledger.fields):
        found.append(MISSING)
    if ledger.follow and due_on is not None and due_on < today:
        found.append(OVERDUE)
    if ledger.held:
        if not holder.strip():
            found.append(VACANT)
        elif ends_on is not None and ends_on < today:
            found.append(EXPIRED)
        elif ends_on is not None and ends_on <= notice_on:
            found.append(ENDING)
    return tuple(found)


def binds(ledger: Ledger, answers: Mapping[str, str]) -> bool:
    """Whether an entry with these answers must be met."""
    rule = ledger.binding
    return rule is not None and answers.get(rule.field, "").strip() in {str(answer) for answer in rule.answers}


def year_faults(year: int | None, today: date) -> list[FieldError]:
    """Entries are carried on to this year or the next."""
    if year in (today.year, today.year + 1):
        return []
    message = gettext_noop("Velg %(first)s eller %(second)s.")
    return [FieldError("year", say(message, first=today.year, second=today.year + 1), str(year))]


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def spread_faults(
    ledger: Ledger, *, region: str, regions: Sequence[str], on: date | None, total: int | None,
    counts: Mapping[str, int | None], today: date,
) -> list[FieldError]:  # fmt: skip
    """What is wrong with a count of a region: more than there are, or of states that the ledger does not count."""
    found = []
    if region not in regions:
        found.append(FieldError("region", say(gettext_noop("Velg en av regionene.")), region[:50]))
    if on is None or on > today:
        found.append(FieldError("on", say(gettext_noop("Skriv dagen det ble talt, i dag eller før."))))
    if total is None or not 0 < total <= 100_000:
        found.append(FieldError("total", say(gettext_noop("Skriv hvor mange det er i alt i regionen."))))
    known = {one.key for one in ledger.spread}
    for key, number in counts.items():
        if key not in known or number is None or number < 0:
            found.append(FieldError(f"count_{key}", say(gettext_noop("Skriv et antall, 0 eller mer."))))
    if not found and total is not None and sum(number or 0 for number in counts.values()) > total:
        message = gettext_noop("Summen av antallene er større enn %(total)s.")
        found.append(FieldError("total", say(message, total=total), str(total)))
    return found


@dataclass(frozen=True)
class RegionSpread:
    """The newest count of a region: numbers in the order of the ledger's states; `unknown` is in none of them."""

    region: str
    on: date | None
    total: int
    numbers: tuple[int, ...]

    @property
    def unknown(self) -> int:
        """How many nothing is known of."""
        return self.total - sum(self.numbers)

    @property
    def shares(self) -> tuple[float | None, ...]:
        """Per cent of all in each state, to one decimal; None where there are none."""
        return tuple(round(100 * number / self.total, 1) if self.total else None for number in self.numbers)


Count = tuple[str, date, int, Mapping[str, int]]


def spread_on(states: Sequence[str], counts: Iterable[Count], day: date) -> tuple[list[RegionSpread], RegionSpread]:
    """The newest count of each region by the day, and all of them together (D-13).

    `counts` are region, day, total and numbers by state, the one written last first among those of a day.
    """
    newest: dict[str, Count] = {}
    for row in counts:
        if row[1] <= day and (row[0] not in newest or row[1] > newest[row[0]][1]):
            newest[row[0]] = row
    rows = [
        RegionSpread(region, on, total, tuple(numbers.get(state, 0) for state in states))
        for region, on, total, numbers in (newest[key] for key in sorted(newest))
    ]
    summed = tuple(sum(row.numbers[place] for row in rows) for place in range(len(states)))
    return rows, RegionSpread(
        "", max((row.on for row in rows if row.on), default=None), sum(r.total for r in rows), summed
    )


def spread_over_time(states: Sequence[str], counts: Sequence[Count]) -> list[tuple[date, RegionSpread]]:
    """All regions together on each day something was counted, newest first."""
    days = sorted({row[1] for row in counts}, reverse=True)
    return [(day, spread_on(states, counts, day)[1]) for day in days]


def order_faults(
    entries: Sequence[UUID], present: Iterable[UUID], *, reason: str, asked: Mapping[UUID, tuple[date | None, date | None]],
    today: date,
) -> list[FieldError]:  # fmt: skip
    """What is wrong with a new order: one missing or twice, no reason, or an answer before the question."""
    found = []
    if sorted(map(str, entries)) != sorted(map(str, present)):
        found.append(FieldError("order", say(gettext_noop("Hver oppføring skal ha sin plass i rekkefølgen."))))
    if not reason.strip() or len(reason) > LONGEST_TEXT or "\0" in reason:
        found.append(FieldError("reason", say(gettext_noop("Skriv hvorfor rekkefølgen er slik."))))
    for key, (on, answered) in asked.items():
        if (on and on > today) or (answered and answered > today):
            found.append(FieldError(f"asked_{key}", say(gettext_noop("Dagen kan ikke være fram i tid."))))
        elif answered and (on is None or answered < on):
            message = gettext_noop("Svaret kan ikke komme før spørsmålet.")
            found.append(FieldError(f"answered_{key}", say(message)))
    return found


def uncovered(needed: Iterable[str], held: Mapping[UUID, Iterable[str]]) -> list[str]:
    """The competences that nobody has (D-37)."""
    covered = {key for keys in held.values() for key in keys}
    return [key for key in needed if key not in covered]
