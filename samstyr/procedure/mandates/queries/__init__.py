"""Reading ledgers: which there are, their entries, what somebody should look at, spread, order, and who may write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTransform

from samstyr.foundation.access import Act, Actor, Facts, Holder, Verdict, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.ledgers import Ledger
from samstyr.foundation.organisations.models import Organisation
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case
from samstyr.procedure.contributions.queries import regions_of
from samstyr.procedure.meetings.queries.access import manage_facts

from .. import rules
from ..models import LedgerEntry, LedgerNote, LedgerOrder, LedgerUse, SpreadCount

SORTS = {"number": "number", "title": "title", "state": "state", "due": "due_on", "ends": "ends_on"}
WATCH, UNMET = "watch", "unmet"


def ledgers_on(day: date) -> tuple[Ledger, ...]:
    """The ledgers of the model in force; none without a model."""
    model = governance.current_model(day)
    return model.ledgers if model else ()


def ledger_on(key: str, day: date) -> Ledger | None:
    """The ledger by its key."""
    model = governance.current_model(day)
    return model.ledger(key) if model else None


def keep_facts(ledger: Ledger, day: date) -> Facts:
    """Who keeps the ledger: those who serve its body, and the roles it names. Ask MEETING_MANAGE."""
    model = governance.current_model(day)
    holders = list(manage_facts(ledger.body, day).holders) if ledger.body else []
    for key in ledger.kept_by:
        role = model.role(key) if model else None
        if role is not None:
            holders.append(Holder(key, str(role.name)))
    return Facts("ledger", require_tenant_id(), holders=tuple(holders))


def add_facts(ledger: Ledger, day: date) -> Facts:
    """Who may add to the ledger: who keeps it, and where the model says so those who sit in its body.

    Ask MEETING_TAKE_PART.
    """
    members = (Holder(f"seat:{ledger.body}", ledger.body),) if ledger.members_add and ledger.body else ()
    return Facts("ledger", require_tenant_id(), holders=(*members, *keep_facts(ledger, day).holders))


def may_keep(actor: Actor, ledger: Ledger, day: date) -> Verdict:
    """Whether the actor keeps the ledger."""
    return may(actor, Act.MEETING_MANAGE, keep_facts(ledger, day))


def may_add(actor: Actor, ledger: Ledger, day: date) -> Verdict:
    """Whether the actor may add an entry."""
    return may(actor, Act.MEETING_TAKE_PART, add_facts(ledger, day))


def may_edit(actor: Actor, entry: LedgerEntry, ledger: Ledger, day: date) -> Verdict:
    """Whether the actor may change the entry: who keeps the ledger, and who wrote it while it is in its first state."""
    if entry.written_by_id in actor.people and entry.state == ledger.states[0].key:
        return may_add(actor, ledger, day)
    return may_keep(actor, ledger, day)


def _entries() -> QuerySet[LedgerEntry]:
    """All entries, each with whether one of the same ledger carries it on."""
    later = LedgerEntry.objects.filter(about=OuterRef("pk"), ledger=OuterRef("ledger"))
    return cast("QuerySet[LedgerEntry]", LedgerEntry.objects.annotate(carried=Exists(later)))


def listing(
    ledger: Ledger, day: date, *, text: str = "", state: str = "", tag: str = "", sort: str = "number",
    answers: Mapping[str, str] | None = None,
) -> QuerySet[LedgerEntry]:  # fmt: skip
    """The ledger's entries, narrowed; `answers` are what the fields must hold.

    `state` is a state's key, `watch` for what somebody should look at, or `unmet` for what is asked for and not done.
    """
    rows = _entries().filter(ledger=ledger.key).select_related("owner", "organisation", "about")
    for number, (key, answer) in enumerate((answers or {}).items()):
        rows = rows.alias(**{f"answer_{number}": KeyTransform(key, "answers")})
        rows = rows.filter(**{f"answer_{number}": answer})
    for word in text.split()[:10]:
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(holder__icontains=word))
    if state == WATCH:
        rows = rows.filter(_watched(ledger, day))
    elif state == UNMET:
        rows = rows.filter(_unmet(ledger))
    elif state:
        rows = rows.filter(state=state)
    if tag:
        rows = rows.filter(pk__in=[key for key, tags in rows.values_list("pk", "tags") if tag in tags])
    name = SORTS.get(sort.lstrip("-"), "number")
    return cast("QuerySet[LedgerEntry]", rows.order_by(("-" if sort.startswith("-") else "") + name, "number"))


def _watched(ledger: Ledger, day: date) -> Q:
    found = Q(pk__in=[])
    if ledger.follow:
        found |= Q(due_on__lt=day)
    if ledger.held:
        found |= Q(holder="") | Q(ends_on__lte=rules.months_after(day, ledger.notice_months))
    for field in ledger.fields:
        if field.expected:
            found |= ~Q(answers__has_key=field.key)
    found &= ~Q(state__in=[state.key for state in ledger.states if state.ends])
    if ledger.yearly:
        found &= Q(carried=False)
    return found | _unmet(ledger)


def _unmet(ledger: Ledger) -> Q:
    found = Q(state__in=[state.key for state in ledger.states if state.unmet and not state.ends])
    return found & Q(carried=False) if ledger.yearly else found


def watched(ledger: Ledger, day: date) -> QuerySet[LedgerEntry]:
    """What somebody should look at: overdue, vacant, over, or about to end; the most urgent first."""
    rows = _entries().filter(_watched(ledger, day), ledger=ledger.key).select_related("owner")
    return cast("QuerySet[LedgerEntry]", rows.order_by("due_on", "ends_on", "number"))


def overdue_for(body: str, day: date) -> list[LedgerEntry]:
    """Entries of the body's ledgers that should have been followed up by now, the longest overdue first (D-08)."""
    return list(_followed([one for one in ledgers_on(day) if one.body == body]).filter(due_on__lt=day))


def own_entries(actor: Actor, day: date) -> list[LedgerEntry]:
    """What the actor, or somebody stood in for, is to follow up in the ledgers, the soonest first."""
    return list(_followed(ledgers_on(day)).filter(owner_id__in=actor.people, due_on__isnull=False))


def owned_by(day: date, until: date) -> list[tuple[LedgerEntry, Ledger]]:
    """Everything that somebody is to follow up by then, with its ledger, the soonest first."""
    ledgers = {one.key: one for one in ledgers_on(day)}
    rows = _followed(ledgers.values()).filter(owner__isnull=False, due_on__lte=until)
    return [(row, ledgers[row.ledger]) for row in rows]


def follows(actor: Actor, key: UUID, day: date) -> bool:
    """Whether the entry is still for the actor, or somebody stood in for, to follow up."""
    return _followed(ledgers_on(day)).filter(pk=key, owner_id__in=actor.people).exists()


def search(text: str, day: date) -> QuerySet[LedgerEntry]:
    """Entries of the ledgers in force whose words hold every word, the newest first; nothing for no words."""
    words = text.split()[:8]
    rows = LedgerEntry.objects.filter(ledger__in=[one.key for one in ledgers_on(day)] if words else [])
    for word in words:
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(holder__icontains=word))
    return cast("QuerySet[LedgerEntry]", rows.order_by("-created_at", "ledger", "number"))


def _followed(ledgers: Iterable[Ledger]) -> QuerySet[LedgerEntry]:
    """The entries of those that are followed up and that have not ended; no question is asked when there are none."""
    found = Q(pk__in=[])
    for ledger in ledgers:
        if ledger.follow:
            ended = [state.key for state in ledger.states if state.ends]
            own = Q(ledger=ledger.key) & ~Q(state__in=ended)
            found |= own & Q(carried=False) if ledger.yearly else own
    rows = _entries().filter(found).select_related("owner").order_by("due_on", "number")
    return cast("QuerySet[LedgerEntry]", rows)


def marks_of(entry: LedgerEntry, ledger: Ledger, day: date) -> tuple[str, ...]:
    """What somebody should look at in the entry."""
    return rules.marks_of(
        ledger, entry.state, due_on=entry.due_on, holder=entry.holder, ends_on=entry.ends_on, today=day,
        notice_on=rules.months_after(day, ledger.notice_months), answers=entry.answers,
        carried=is_carried(entry, ledger),
    )  # fmt: skip


def is_carried(entry: LedgerEntry, ledger: Ledger) -> bool:
    """Whether the entry is carried on to a later year. The entry must come from one of these queries."""
    return ledger.yearly is not None and bool(getattr(entry, "carried", False))


@dataclass(frozen=True)
class LedgerSummary:
    """A ledger with how many entries it has, how many are not ended, and how many somebody should look at.

    `binding` and `unmet` are those where what is asked for is not done: errors, and warnings.
    """

    ledger: Ledger
    entries: int
    open: int
    watched: int
    binding: int = 0
    unmet: int = 0


def summaries(day: date, *, goal: str = "", unmet: bool = False) -> list[LedgerSummary]:
    """The ledgers of the model in force with their numbers: all, those that serve `goal`, or those with `unmet` states.

    No question is asked when there are none.
    """
    ledgers = [
        one
        for one in ledgers_on(day)
        if (not goal or goal in one.goals) and (not unmet or any(state.unmet for state in one.states))
    ]
    wanted = ("ledger", "state", "due_on", "holder", "ends_on", "answers", "carried")
    rows = list(_entries().filter(ledger__in=[one.key for one in ledgers]).values_list(*wanted)) if ledgers else []
    found = []
    for ledger in ledgers:
        ended = {state.key for state in ledger.states if state.ends}
        own = [row for row in rows if row[0] == ledger.key]
        notice = rules.months_after(day, ledger.notice_months)
        marked = [
            rules.marks_of(
                ledger, state, due_on=due, holder=holder, ends_on=ends, today=day, notice_on=notice, answers=answers,
                carried=carried and ledger.yearly is not None,
            )
            for _key, state, due, holder, ends, answers, carried in own
        ]  # fmt: skip
        still = sum(row[1] not in ended and not (row[6] and ledger.yearly) for row in own)
        counts = [sum(mark in marks for marks in marked) for mark in (rules.BINDING, rules.UNMET)]
        found.append(LedgerSummary(ledger, len(own), still, sum(map(bool, marked)), *counts))
    return found


def entry_by_id(key: UUID) -> LedgerEntry | None:
    """An entry by its key."""
    rows = _entries().select_related("owner", "organisation", "about", "case", "written_by")
    return cast("LedgerEntry | None", rows.filter(pk=key).first())


def notes_of(entry: LedgerEntry) -> list[LedgerNote]:
    """Everything dated about the entry, newest first."""
    return list(entry.notes.select_related("by"))


def spoken_of(entry: LedgerEntry) -> list[LedgerEntry]:
    """The entries of other ledgers that speak of this one, newest first."""
    return list(entry.spoken_of.order_by("-created_at"))


def cases_of(actor: Actor, entry: LedgerEntry) -> list[Case]:
    """The entry's cases that the actor may read."""
    return list(casework.visible_to(actor).filter(pk__in=entry.cases.values("case")).order_by("year", "number"))


def cases_to_choose(actor: Actor, chosen: Iterable[UUID] = (), most: int = 200) -> list[Case]:
    """The newest cases the actor may read, and those chosen already."""
    rows = casework.visible_to(actor).order_by("-year", "-number")
    newest = list(rows[:most])
    missing = set(chosen) - {case.pk for case in newest}
    return [*newest, *(rows.filter(pk__in=missing) if missing else ())]


def counts_of(entry: LedgerEntry) -> list[rules.Count]:
    """The entry's counts as the rules take them."""
    rows = SpreadCount.objects.filter(entry=entry).order_by("region", "-counted_on", "-recorded_at")
    return [(row.region, row.counted_on, row.total, row.counts) for row in rows]


def regions(ledger: Ledger, day: date) -> list[str]:
    """The regions that are counted: those that the body's seats are for, else those of the organisations."""
    own = regions_of(ledger.body, day) if ledger.body else []
    return own or sorted({name for name in Organisation.objects.values_list("region", flat=True) if name})


def to_order(ledger: Ledger) -> list[LedgerEntry]:
    """The entries that have a place in the order: those not ended."""
    ended = [state.key for state in ledger.states if state.ends]
    return list(LedgerEntry.objects.filter(ledger=ledger.key).exclude(state__in=ended).order_by("number"))


def orders_of(ledger: Ledger) -> list[LedgerOrder]:
    """The versions of the ledger's order, newest first."""
    return list(LedgerOrder.objects.filter(ledger=ledger.key).order_by("-number"))


def asked_first(ledger: Ledger) -> list[Organisation]:
    """Those who are asked before the order is decided, by name; none where the model names no kind (D-23)."""
    if not ledger.input_from:
        return []
    return list(Organisation.objects.filter(kind=ledger.input_from).order_by("name"))


def chosen_among(ledger: Ledger, day: date) -> dict[str, dict[str, str]]:
    """For each kind of field that is chosen among things of the strategy in force: their keys and names."""
    kinds = {field.kind for field in ledger.fields} & {"focus_area", "source"}
    if not kinds:
        return {}
    content = governance.strategy_on(day)
    return {
        "focus_area": {one.key: str(one.name) for one in content.focus_areas},
        "source": {one.key: str(one.title) for one in content.sources},
    }


def goals_of(ledger: Ledger, day: date) -> list[tuple[str, str]]:
    """The goals and local strategies that the ledger serves and that the strategy in force still has, with their text."""
    names = governance.strategy_on(day).goal_names() if ledger.goals else {}
    return [(key, names[key]) for key in ledger.goals if key in names]


def answers_in(ledger: Ledger, key: str) -> list[str]:
    """What is answered in a field, each once."""
    rows = LedgerEntry.objects.filter(ledger=ledger.key).values_list("answers", flat=True)
    return sorted({answers[key] for answers in rows if answers.get(key)})


def to_carry(ledger: Ledger, year: int) -> list[tuple[LedgerEntry, int]]:
    """What is open of the years before and carried nowhere yet, each with its own year; empty when it is not yearly."""
    if ledger.yearly is None:
        return []
    ended = [state.key for state in ledger.states if state.ends]
    rows = _entries().filter(Q(carried=False), ledger=ledger.key).exclude(state__in=ended).order_by("number")
    found = [(row, rules.year_of(row.answers.get(ledger.yearly, ""))) for row in rows]
    return [(row, own) for row, own in found if own is not None and own < year]


def used_for(entry: LedgerEntry, owner_kind: str) -> list[UUID]:
    """The keys of what of the kind began in the words of the entry."""
    return list(LedgerUse.objects.filter(entry=entry, owner_kind=owner_kind).values_list("owner_id", flat=True))


def behind(owner_kind: str, owner_id: UUID) -> list[LedgerEntry]:
    """The entries that something began in."""
    return [
        row.entry for row in LedgerUse.objects.filter(owner_kind=owner_kind, owner_id=owner_id).select_related("entry")
    ]
