"""Write in a ledger, move an entry, note, count and order; say what a case serves and what a member knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Max

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance.rules.ledgers import Ledger
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Organisation, Person
from samstyr.foundation.organisations.queries import seats_of
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case

from . import queries, rules
from .models import (
    CaseTag,
    HeldCompetence,
    LedgerCase,
    LedgerEntry,
    LedgerNote,
    LedgerOrder,
    LedgerUse,
    SpreadCount,
)
from .queries import serving
from .rules import EntryValues

TEXTS = ("title", "text", "next_action", "holder")
PLAIN = ("due_on", "starts_on", "ends_on")


@action("ledger.add", kind="ledger_entry")
def add(ctx: Context, *, ledger: str, values: EntryValues, about_id: UUID | None = None) -> LedgerEntry:
    """Add an entry, in the ledger's first state; `about_id` is the entry of another ledger that it speaks of.

    Raises Refused, NotFound for a ledger the model does not have, and Invalid with every fault.
    """
    found = _ledger(ctx, ledger)
    ctx.require(queries.may_add(ctx.actor, found, ctx.today))
    row = LedgerEntry(ledger=found.key, state=found.states[0].key, written_by_id=ctx.actor.person)
    if about_id is not None:
        row.about = ctx.load(LedgerEntry, about_id)
        source = queries.ledger_on(row.about.ledger, ctx.today)
        if source is None or source.advice_in != found.key:
            raise Invalid.field("about", say(gettext_noop("Denne oversikten tar ikke imot råd om det.")))
    _fill(ctx, row, found, values)
    row.number = _next_number(found)
    ctx.create(row)
    _set_cases(ctx, row, values)
    ctx.record("ledger.added", row)
    return row


@action("ledger.save", kind="ledger_entry")
def save(ctx: Context, *, entry_id: UUID, version: int | None, values: EntryValues) -> LedgerEntry:
    """Change what an entry says; its state stays. Raises Refused, Conflict for another version, Invalid."""
    row, found = _entry(ctx, entry_id, version)
    ctx.require(queries.may_edit(ctx.actor, row, found, ctx.today))
    before = row.snapshot()
    _fill(ctx, row, found, values)
    ctx.save(row)
    _set_cases(ctx, row, values)
    ctx.record("ledger.saved", row, before=before)
    return row


@action("ledger.remove", kind="ledger_entry")
def remove(ctx: Context, *, entry_id: UUID) -> LedgerEntry:
    """Take away an entry that was written by mistake. Raises Conflict once something dated hangs on it."""
    row, found = _entry(ctx, entry_id, None)
    ctx.require(queries.may_edit(ctx.actor, row, found, ctx.today))
    if any((row.notes.exists(), row.spread.exists(), row.spoken_of.exists(), row.uses.exists(), _is_ordered(row))):
        raise Conflict(
            say(gettext_noop("Oppføringen har en historie og kan ikke fjernes.")),
            remedy=say(gettext_noop("Gi den en tilstand som avslutter den.")),
        )
    ctx.record("ledger.removed", row)
    key = row.pk
    for link in LedgerCase.objects.filter(entry=row):
        ctx.delete(link)
    ctx.delete(row)
    row.pk = key
    return row


@action("ledger.move", kind="ledger_entry")
def move(
    ctx: Context, *, entry_id: UUID, version: int | None, to: str, note: str = "", decided_by: str = "",
    decided_on: date | None = None, case_id: UUID | None = None,
) -> LedgerEntry:  # fmt: skip
    """Give an entry another state, on the day or on that of the decision. Raises Refused, Conflict, Invalid."""
    row, found = _entry(ctx, entry_id, version)
    ctx.require(queries.may_keep(ctx.actor, found, ctx.today))
    faults = rules.move_faults(
        found, row.state, to, note=note, decided_by=decided_by, decided_on=decided_on, today=ctx.today
    )
    if case_id is not None and not casework.visible_to(ctx.actor).filter(pk=case_id).exists():
        faults.append(FieldError("case", say(gettext_noop("Vi finner ikke saken du valgte.")), str(case_id)))
    if faults:
        raise Invalid(*faults)
    before = row.snapshot()
    row.state = to
    state = found.state(to)
    if state is not None and "decision" in state.requires:
        row.decided_by, row.decided_on, row.case_id = decided_by.strip(), decided_on, case_id
    ctx.save(row)
    ctx.create(LedgerNote(entry=row, state=to, on=ctx.today, text=note.strip(), by_id=ctx.actor.person))
    ctx.record("ledger.moved", row, before=before)
    return row


@action("ledger.carry", kind="ledger_entry")
def carry(ctx: Context, *, ledger: str, year: int | None) -> list[LedgerEntry]:
    """Carry what is open of earlier years on to a year: a new entry for each, in the same state, about the old (A-12).

    Raises Refused, NotFound for a ledger that is not yearly, Invalid for another year, Conflict when nothing is open.
    """
    found = _ledger(ctx, ledger)
    ctx.require(queries.may_keep(ctx.actor, found, ctx.today))
    if found.yearly is None:
        raise NotFound
    if (faults := rules.year_faults(year, ctx.today)) or year is None:
        raise Invalid(*faults)
    open_ones = queries.to_carry(found, year)
    if not open_ones:
        raise Conflict(say(gettext_noop("Det er ingen åpne oppføringer å føre videre.")))
    number, made = _next_number(found), []
    for place, (old, earlier) in enumerate(open_ones):
        row = LedgerEntry(
            ledger=found.key, number=number + place, state=old.state, tags=list(old.tags), about=old,
            answers={**old.answers, found.yearly: str(year)}, owner_id=old.owner_id, organisation_id=old.organisation_id,
            written_by_id=ctx.actor.person,
        )  # fmt: skip
        for name in (*TEXTS, *PLAIN):
            setattr(row, name, getattr(old, name))
        row.due_on = rules.months_after(old.due_on, 12 * (year - earlier)) if old.due_on else None
        made.append(ctx.create(row))
        links = LedgerCase.objects.filter(entry=old)
        ctx.create_many(LedgerCase, [LedgerCase(entry=row, case_id=link.case_id) for link in links])
        ctx.record("ledger.carried", row, earlier=str(old.pk), year=year)
    return made


@action("ledger.use", kind="ledger_entry")
def use(ctx: Context, *, entry_id: UUID, owner_kind: str, owner_id: UUID, owner_facts: Facts, act: Act) -> LedgerUse:
    """Tell that something began in the words of the entry. Whoever may do `act` to it may; the caller names which."""
    ctx.require(may(ctx.actor, act, owner_facts))
    row, _found = _entry(ctx, entry_id, None)
    written = ctx.create(LedgerUse(entry=row, owner_kind=owner_kind, owner_id=owner_id))
    ctx.record("ledger.used", row, owner=str(owner_id), owner_kind=owner_kind)
    return written


@action("ledger.note", kind="ledger_entry")
def note(ctx: Context, *, entry_id: UUID, kind: str, on: date | None, text: str) -> LedgerNote:
    """Note something dated on an entry: support, advice, a response. Raises Refused, Invalid."""
    row, found = _entry(ctx, entry_id, None)
    ctx.require(queries.may_keep(ctx.actor, found, ctx.today))
    faults = []
    if found.note(kind) is None:
        faults.append(FieldError("kind", say(gettext_noop("Velg hva slags notat det er.")), kind))
    if on is None or on > ctx.today:
        faults.append(FieldError("on", say(gettext_noop("Skriv en dato, i dag eller før."))))
    if not text.strip() or len(text) > rules.LONGEST_TEXT or "\0" in text:
        faults.append(FieldError("text", say(gettext_noop("Skriv hva det gjelder."))))
    if faults or on is None:
        raise Invalid(*faults)
    written = ctx.create(LedgerNote(entry=row, kind=kind, on=on, text=text.strip(), by_id=ctx.actor.person))
    ctx.record("ledger.noted", row, note=kind, on=on)
    return written


@action("ledger.count", kind="ledger_entry")
def count(
    ctx: Context, *, entry_id: UUID, region: str, on: date | None, total: int | None, counts: Mapping[str, int | None]
) -> SpreadCount:
    """Tell how many in a region are in each state on a day; a later count of the same day holds. Raises Invalid."""
    row, found = _entry(ctx, entry_id, None)
    ctx.require(queries.may_keep(ctx.actor, found, ctx.today))
    faults = rules.spread_faults(
        found, region=region, regions=queries.regions(found, ctx.today), on=on, total=total, counts=counts,
        today=ctx.today,
    )  # fmt: skip
    if faults or on is None or total is None:
        raise Invalid(*faults)
    written = ctx.create(SpreadCount(entry=row, region=region, counted_on=on, total=total, counts=dict(counts)))
    ctx.record("ledger.counted", row, region=region, on=on, total=total, counts=dict(counts))
    return written


@action("ledger.order", kind="ledger_order")
def order(
    ctx: Context, *, ledger: str, entries: Sequence[UUID], reason: str,
    asked: Mapping[UUID, tuple[date | None, date | None]] | None = None,
) -> LedgerOrder:  # fmt: skip
    """Save a new version of the order, with who was asked first and when they answered. Raises Refused, Invalid."""
    found = _ledger(ctx, ledger)
    ctx.require(queries.may_keep(ctx.actor, found, ctx.today))
    if not found.ordered:
        raise NotFound
    known = {row.pk: row for row in queries.asked_first(found)}
    given = {key: days for key, days in (asked or {}).items() if key in known}
    present = [row.pk for row in queries.to_order(found)]
    faults = rules.order_faults(entries, present, reason=reason, asked=given, today=ctx.today)
    if not present:
        faults.append(FieldError("order", say(gettext_noop("Det er ingen oppføringer å ordne."))))
    if faults:
        raise Invalid(*faults)
    newest = LedgerOrder.objects.filter(ledger=found.key).aggregate(most=Max("number"))["most"] or 0
    inputs = [
        {
            "organisation": str(key), "name": str(known[key]), "asked": given.get(key, (None, None))[0],
            "answered": given.get(key, (None, None))[1],
        }
        for key in known
    ]  # fmt: skip
    for line in inputs:
        for name in ("asked", "answered"):
            day = line[name]
            line[name] = day.isoformat() if isinstance(day, date) else None
    row = LedgerOrder(
        ledger=found.key, number=newest + 1, decided_on=ctx.today, reason=reason.strip(),
        entries=[str(key) for key in entries], inputs=inputs,
    )  # fmt: skip
    ctx.create(row)
    ctx.record("ledger.ordered", row)
    return row


@action("case.tag", kind="case")
def tag_case(ctx: Context, *, case_id: UUID, tags: Sequence[str]) -> Case:
    """Say exactly what a case serves, as «set:value». Raises NotFound, Refused, and Invalid for what is no tag of it."""
    if not casework.visible_to(ctx.actor).filter(pk=case_id).exists():
        raise NotFound
    case = ctx.load(Case, case_id)
    ctx.require(serving.may_tag(ctx.actor, case, ctx.today))
    known = {
        f"{one.key}:{value.key}"
        for one in serving.sets_on(ctx.today)
        if one.concerns(case.subject_kind)
        for value in one.values
    }
    if unknown := [tag for tag in tags if tag not in known]:
        raise Invalid.field("tags", say(gettext_noop("Velg merker som står i styringsmodellen.")), value=unknown[0])
    present = {f"{row.tag_set}:{row.value}": row for row in CaseTag.objects.filter(case=case)}
    for tag, row in present.items():
        if tag not in tags:
            ctx.delete(row)
    new = [tag.partition(":") for tag in dict.fromkeys(tags) if tag not in present]
    ctx.create_many(CaseTag, [CaseTag(case=case, tag_set=key, value=value) for key, _colon, value in new])
    ctx.record("case.tagged", case, tags=sorted(set(tags)), earlier=sorted(present))
    return case


@action("competence.note", kind="competence")
def note_competence(ctx: Context, *, body: str, person_id: UUID, competences: Sequence[str]) -> Person:
    """Say exactly which of the body's competences a member has. Raises Refused, and Invalid for who does not sit there."""
    ctx.require(serving.may_note_competence(ctx.actor, body, ctx.today))
    person = ctx.load(Person, person_id)
    if person.pk not in {one.pk for _seat, one in seats_of(body, on=ctx.today) if one is not None}:
        raise Invalid.field("person", say(gettext_noop("Personen sitter ikke i organet.")), value=str(person_id))
    known = {one.key for one in serving.competence_of(body, ctx.today).needed}
    if unknown := [key for key in competences if key not in known]:
        message = gettext_noop("Velg kompetanse som står i styringsmodellen.")
        raise Invalid.field("competences", say(message), value=unknown[0])
    present = {row.competence: row for row in HeldCompetence.objects.filter(person=person, body=body)}
    for key, row in present.items():
        if key not in competences:
            ctx.delete(row)
    new = [key for key in dict.fromkeys(competences) if key not in present]
    ctx.create_many(HeldCompetence, [HeldCompetence(person=person, body=body, competence=key) for key in new])
    ctx.record("competence.noted", person, body=body, competences=sorted(set(competences)), earlier=sorted(present))
    return person


def _ledger(ctx: Context, key: str) -> Ledger:
    found = queries.ledger_on(key, ctx.today)
    if found is None:
        raise NotFound
    return found


def _entry(ctx: Context, entry_id: UUID, version: int | None) -> tuple[LedgerEntry, Ledger]:
    row = ctx.load(LedgerEntry, entry_id, version=version)
    return row, _ledger(ctx, row.ledger)


def _next_number(ledger: Ledger) -> int:
    return (LedgerEntry.objects.filter(ledger=ledger.key).aggregate(most=Max("number"))["most"] or 0) + 1


def _is_ordered(row: LedgerEntry) -> bool:
    orders = LedgerOrder.objects.filter(ledger=row.ledger).values_list("entries", flat=True)
    return any(str(row.pk) in entries for entries in orders)


def _fill(ctx: Context, row: LedgerEntry, ledger: Ledger, values: EntryValues) -> None:
    """The values in the row, without what the ledger has no use for."""
    faults = rules.entry_faults(values, ledger, queries.chosen_among(ledger, ctx.today))
    if values.owner is not None and not Person.objects.filter(pk=values.owner, is_active=True).exists():
        faults.append(FieldError("owner", say(gettext_noop("Vi finner ikke personen du valgte.")), str(values.owner)))
    if values.organisation is not None and not Organisation.objects.filter(pk=values.organisation).exists():
        message = gettext_noop("Vi finner ikke organisasjonen du valgte.")
        faults.append(FieldError("organisation", say(message), str(values.organisation)))
    known = {
        f"{one.key}:{value.key}" for one in serving.sets_on(ctx.today) if one.key in ledger.tags for value in one.values
    }
    if unknown := [tag for tag in values.tags if tag not in known]:
        faults.append(FieldError("tags", say(gettext_noop("Velg merker som står i styringsmodellen.")), unknown[0]))
    if faults:
        raise Invalid(*faults)
    for name in TEXTS:
        setattr(row, name, getattr(values, name).replace("\r\n", "\n").strip())
    for name in PLAIN:
        setattr(row, name, getattr(values, name))
    row.owner_id, row.organisation_id, row.tags = values.owner, values.organisation, list(values.tags)
    asked = {question.key for question in ledger.fields}
    row.answers = {
        key: text.replace("\r\n", "\n").strip() for key, text in values.answers.items() if key in asked and text.strip()
    }


def _set_cases(ctx: Context, row: LedgerEntry, values: EntryValues) -> None:
    """Tie the entry to exactly the cases chosen; those the actor may not read stay as they are."""
    present = {link.case_id: link for link in LedgerCase.objects.filter(entry=row)}
    asked = {*values.cases, *present}
    seen = set(casework.visible_to(ctx.actor).filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
    if missing := [key for key in values.cases if key not in seen]:
        raise Invalid.field("cases", say(gettext_noop("Vi finner ikke saken du valgte.")), value=str(missing[0]))
    for key, link in present.items():
        if key in seen and key not in values.cases:
            ctx.delete(link)
    new = [key for key in dict.fromkeys(values.cases) if key not in present]
    ctx.create_many(LedgerCase, [LedgerCase(entry=row, case_id=key) for key in new])
