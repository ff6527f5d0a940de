"""Reading reports: lists, one report with its parts, the one before it, and who has received it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from samstyr.foundation.access import Actor
from samstyr.foundation.governance.rules.reporting import ReportDimension, ReportIndicator, ReportSection
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.organisations.queries import holders_of, seats_of
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.meetings.models import Meeting, MeetingState
from samstyr.wheel.prioritisation.models import Round

from ..models import Report, ReportAddendum, ReportPart, ReportReceipt, ReportState
from ..rules.blocks import Block
from .access import may_read, may_write, receive_facts
from .drafting import form_of_row
from .sources import ranked
from .sources.bodies import places_of
from .standing import Expected, expected, forms, round_id

SORTS = {"period": "ends_on", "name": "name", "due": "due_on", "sent": "sent_on"}


def reports() -> QuerySet[Report]:
    """All reports with all that a page of one needs, in a fixed number of queries."""
    return cast(
        "QuerySet[Report]",
        Report.objects.select_related("tenant", "item", "item__meeting", "sent_by").prefetch_related(
            Prefetch("parts", ReportPart.objects.order_by("order")),
            Prefetch("addenda", ReportAddendum.objects.order_by("recorded_at")),
            Prefetch("receipts", ReportReceipt.objects.order_by("recorded_at")),
        ),
    )


def report_by_id(key: UUID) -> Report | None:
    """One report with its parts."""
    return cast("Report | None", reports().filter(pk=key).first())


def part_by_id(key: UUID) -> ReportPart | None:
    """One part with its report."""
    rows = ReportPart.objects.select_related("report", "report__tenant")
    return cast("ReportPart | None", rows.filter(pk=key).first())


def visible_to(actor: Actor, day: date) -> QuerySet[Report]:
    """The reports that the actor may read: the list form of `may_read`. Each sender and receiver is asked about once."""
    allowed = Q(pk__in=[])
    for sender, receiver in Report.objects.order_by().values_list("sender", "receiver").distinct():
        pair = Q(sender=sender, receiver=receiver)
        sample = Report(sender=sender, receiver=receiver, state=ReportState.SENT)
        if may_write(actor, sender, day):
            allowed |= pair
        elif may_read(actor, sample, day):
            allowed |= pair & Q(state=ReportState.SENT)
    return cast("QuerySet[Report]", Report.objects.filter(allowed))


def archive(
    actor: Actor, day: date, *, key: str = "", year: int | None = None, text: str = "", sort: str = "-period"
) -> QuerySet[Report]:
    """What has been sent and the actor may read, narrowed and sorted by names from a fixed list."""
    rows = visible_to(actor, day).filter(state=ReportState.SENT).select_related("item", "item__meeting")
    if key:
        rows = rows.filter(key=key)
    if year:
        rows = rows.filter(ends_on__year=year)
    for word in text.split()[:8]:
        rows = rows.filter(Q(name__icontains=word) | Q(period_name__icontains=word) | Q(parts__written__icontains=word))
    name = SORTS.get(sort.lstrip("-"), "ends_on")
    return rows.distinct().order_by(("-" if sort.startswith("-") else "") + name, "name", "pk")


def sent_keys() -> list[tuple[str, str]]:
    """Key and newest name of every report that has been begun, also those the model no longer has."""
    found = dict(Report.objects.order_by("created_at").values_list("key", "name"))
    return sorted(found.items(), key=lambda one: one[1])


def sent_years() -> list[int]:
    """The years that there are sent reports from, newest first."""
    days = Report.objects.filter(state=ReportState.SENT).order_by().values_list("ends_on__year", flat=True).distinct()
    return sorted(days, reverse=True)


def previous_of(row: Report) -> Report | None:
    """The report sent for the period before this one, or the nearest before that."""
    rows = reports().filter(key=row.key, state=ReportState.SENT, ends_on__lt=row.ends_on)
    return cast("Report | None", rows.order_by("-ends_on").first())


def earlier_of(row: Report) -> list[Report]:
    """All reports of the same kind sent for earlier periods, newest first."""
    rows = Report.objects.filter(key=row.key, state=ReportState.SENT, ends_on__lt=row.ends_on)
    return list(rows.order_by("-ends_on"))


def mine_to_write(actor: Actor, day: date) -> list[Expected]:
    """What waits for the actor as the sender of a report, soonest deadline first; what is missing waits no more."""
    own = [form.key for form in forms(day) if may_write(actor, form.sender, day)]
    rows = [one for one in expected(day, own) if one.standing in ("due", "draft", "late")] if own else []
    return sorted(rows, key=lambda one: one.period.due_on)


@dataclass(frozen=True)
class Field:
    """A figure to enter: its name in the form, what it is, where, and what it was last time."""

    name: str
    label: str
    unit: str
    target: float | None
    value: float | None
    before: float | None


@dataclass(frozen=True)
class ToWrite:
    """One part of a draft as its writer meets it: what is asked, the frozen figures, and what stood last time."""

    part: ReportPart
    title: str
    question: str
    section: ReportSection | None
    block: Block | None
    fields: tuple[Field, ...]
    before_light: str = ""
    before_text: str = ""
    grounds: tuple[str, ...] = ()

    @property
    def is_dimension(self) -> bool:
        """Whether it is judged by a light."""
        return self.section is None


def to_write(row: Report) -> list[ToWrite]:
    """The draft's parts in order: what is judged first, then the sections."""
    form, before = form_of_row(row), previous_of(row)
    old = {part.key: part for part in before.parts.all()} if before else {}
    dimensions = {one.key: one for one in form.dimensions}
    sections = {one.key: one for one in form.parts()}
    titles = {str(one.source): str(one.title) for one in form.parts() if one.source}
    found = []
    for part in row.parts.all():
        earlier = old.get(part.key)
        if part.key in dimensions:
            found.append(_judged(part, dimensions[part.key], earlier, titles))
        elif part.key in sections:
            one = sections[part.key]
            fields = tuple(_fields(one.indicators, part, earlier))
            found.append(
                ToWrite(
                    part, str(one.title), str(one.question or ""), one, Block.from_json(part.drafted), fields,
                    before_text=earlier.written if earlier else "",
                )
            )  # fmt: skip
    return found


def _judged(part: ReportPart, one: ReportDimension, earlier: ReportPart | None, titles: dict[str, str]) -> ToWrite:
    grounds = tuple(titles[source] for source in one.sources if source in titles)
    return ToWrite(
        part, str(one.name), str(one.question or ""), None, None, (),
        before_light=earlier.light if earlier else "", before_text=earlier.written if earlier else "", grounds=grounds,
    )  # fmt: skip


def _fields(indicators: tuple[ReportIndicator, ...], part: ReportPart, earlier: ReportPart | None) -> list[Field]:
    found = []
    for one in indicators:
        for key, place in places_of(one):
            name = f"{one.key}:{key}" if key else one.key
            label = f"{one.name}, {place}" if place else str(one.name)
            before = earlier.figures.get(name) if earlier else None
            found.append(Field(name, label, str(one.unit or ""), one.target, part.figures.get(name), before))
    return found


def receivers_of(receiver: str, day: date) -> list[Person]:
    """Those who receive reports now: who holds the role, or who sits in the body and leads and serves it."""
    found: dict[UUID, Person] = {}
    for holder in receive_facts(receiver, day).holders:
        if holder.role.startswith("seat:"):
            rows = [person for _seat, person in seats_of(receiver, on=day) if person and person.is_active]
        else:
            rows = holders_of(holder.role, on=day)
        found |= {person.pk: person for person in rows}
    return sorted(found.values(), key=lambda person: person.name)


def next_meeting_of(body: str, day: date) -> Meeting | None:
    """The body's first meeting from the day on that somebody has begun to prepare and that is not begun."""
    rows = Meeting.objects.filter(
        body=body, held_on__gte=day, day__cancelled=False, state__in=(MeetingState.PLANNED, MeetingState.CALLED)
    )
    return cast("Meeting | None", rows.order_by("held_on", "starts_at").first())


def waiting_for_meeting(body: str, day: date) -> list[Report]:
    """What has been sent to the body since it last met, and stands on no agenda; oldest first."""
    rows = Report.objects.filter(receiver=body, state=ReportState.SENT, item__isnull=True)
    met = casework.meetings_of(body, until=day - timedelta(days=1)).filter(cancelled=False).last()
    if met is not None:
        rows = rows.filter(sent_on__gte=met.held_on)
    return list(rows.select_related("tenant").order_by("ends_on", "name"))


@dataclass(frozen=True)
class ProjectDecision:
    """A project of the round that a note is about: its place, its case, and what has been decided or where it waits."""

    place: int
    title: str
    case: UUID | None
    outcome: str
    waits_at: str


def decisions_of_note(row: Report, day: date) -> list[ProjectDecision]:
    """Each project of the note's round with what is decided of it (G-116); empty for other reports."""
    key = round_id(row.period)
    found = Round.objects.filter(pk=key).first() if key else None
    if found is None:
        return []
    order = ranked.order_of(found, day)
    needs = [need for _place, _title, need, _sum in order]
    cases = {case.subject_id: case for case in reversed(list(casework.cases_of("need", needs)))}
    outcomes = ranked.decided_of(needs)
    return [
        ProjectDecision(
            place, title, cases[need].pk if need in cases else None, outcomes.get(need, ""),
            next((step.name for step in cases[need].steps.all() if step.state == "active"), "") if need in cases else "",
        )
        for place, title, need, _sum in order
    ]  # fmt: skip
