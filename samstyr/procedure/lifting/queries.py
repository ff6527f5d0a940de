"""Reading what was lifted, what has come, and how it goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from django.db.models import Case as When
from django.db.models import IntegerField, QuerySet, Value
from django.db.models import When as Is
from django.utils.crypto import salted_hmac

from samstyr.foundation.access import Actor, Facts
from samstyr.foundation.documents.models import Document
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case
from samstyr.procedure.matters import queries as matters
from samstyr.procedure.meetings.models import AgendaItem

from .models import Channel, ChannelState, Direction, Lift, Received, ReceivedState
from .rules import PRIORITIES, chain

OWNER = "received"
ORDER = When(
    *(Is(priority=name, then=Value(place)) for place, name in enumerate(PRIORITIES)), output_field=IntegerField()
)


def facts() -> Facts:
    """What `may` is asked of agreements and of cases that have come: they belong to the arrangement."""
    return Facts("lifting", require_tenant_id())


def digest_of(secret: str) -> str:
    """What is kept of a code's secret."""
    return salted_hmac("samstyr.channel", secret, algorithm="sha256").hexdigest()


def channels() -> list[Channel]:
    """All agreements that are not closed, by name."""
    return list(Channel.objects.exclude(state=ChannelState.CLOSED).order_by("direction", "name"))


def outgoing() -> list[Channel]:
    """The arrangements that cases can be lifted to now."""
    return list(Channel.objects.filter(direction=Direction.OUT, state=ChannelState.OPEN).order_by("name"))


def channel_by_id(key: UUID) -> Channel | None:
    """An agreement by its key."""
    return cast("Channel | None", Channel.objects.filter(pk=key).first())


def incoming_from(tenant: UUID) -> Channel | None:
    """The open agreement by which cases come from the other arrangement."""
    rows = Channel.objects.filter(direction=Direction.IN, state=ChannelState.OPEN, other_tenant=tenant)
    return cast("Channel | None", rows.first())


def lifts_of(case: Case) -> list[Lift]:
    """Where the case has been lifted, newest first."""
    return list(Lift.objects.filter(case=case).select_related("channel"))


def lift_by_id(key: UUID) -> Lift | None:
    """One that was lifted, by its key."""
    return cast("Lift | None", Lift.objects.select_related("channel", "released_by").filter(pk=key).first())


def lifts(actor: Actor) -> QuerySet[Lift]:
    """What was lifted of the cases that the actor may read, newest first."""
    rows = Lift.objects.filter(case__in=casework.visible_to(actor)).select_related("channel", "case")
    return cast("QuerySet[Lift]", rows)


def received(state: str = "") -> QuerySet[Received]:
    """What has come, the most wanted first; in one state, or all."""
    rows = Received.objects.select_related("channel", "matter").order_by(ORDER, "-released_on", "-created_at")
    return cast("QuerySet[Received]", rows.filter(state=state) if state in ReceivedState.values else rows)


def waiting_count() -> int:
    """How many cases have come that nobody has answered."""
    return int(Received.objects.filter(state=ReceivedState.WAITING).count())


def received_by_id(key: UUID) -> Received | None:
    """Something that has come, by its key."""
    return cast("Received | None", Received.objects.select_related("channel", "matter").filter(pk=key).first())


def files_of(row: Received) -> list[Document]:
    """The files that came along."""
    return list(Document.objects.filter(owner_kind=OWNER, owner_id=row.pk).order_by("created_at"))


def received_as(subjects: Iterable[UUID]) -> dict[UUID, Received]:
    """By matter, what it came as."""
    rows = Received.objects.filter(matter_id__in=list(subjects)).select_related("channel")
    return {row.matter_id: row for row in rows}


def standing_of(row: Received) -> tuple[str, str, str]:
    """How it goes here, for those who lifted it: the state of their row, one line, and the answer in words.

    The words of a decision made behind closed doors never go out; that it was made does.
    """
    if row.state == ReceivedState.WAITING:
        return "sent", "", ""
    if row.state == ReceivedState.DECLINED:
        return "declined", "", row.answer
    case = matters.case_of(row.matter) if row.matter else None
    if case is None:
        return "accepted", str(say(gettext_noop("Under forberedelse"))), row.answer
    ended = case.state == "ended"
    onward = [f"{one.channel.name}: {one.standing or one.get_state_display()}" for one in lifts_of(case)]
    return "ended" if ended else "accepted", chain([_where(case), *onward]), _words(case) if ended else row.answer


def _where(case: Case) -> str:
    if case.state != "ended":
        names = dict.fromkeys(row.name for row in case.steps.all() if row.state == "active")
        return ", ".join(names) or str(case.get_state_display())
    for step in casework.path_of(case).steps:
        outcome = step.outcome(case.outcome)
        if outcome:
            return str(outcome.name)
    return str(say(gettext_noop("Avsluttet")))


def _words(case: Case) -> str:
    if AgendaItem.objects.filter(case=case, closed=True).exists():
        return ""
    last = max(casework.treatments_of([case.pk]), key=lambda row: (row.recorded_at, row.case_step.order), default=None)
    return "\n\n".join(part for part in (last.text, last.conditions, last.reason) if part.strip()) if last else ""
