"""Reading the trail back: per object, and whole for verification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Subquery

from .models import AuditDetail, AuditEvent, AuditHead
from .rules import Broken, Link, verify


@dataclass(frozen=True)
class Entry:
    """One event as people read it."""

    sequence: int
    at: datetime
    action: str
    kind: str
    object_id: UUID
    rule: str
    actor: str
    label: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    more: dict[str, Any]


def history_of(*object_ids: UUID, limit: int = 500) -> list[Entry]:
    """What has been done to these objects, oldest first, at most `limit` events."""
    events = list(AuditEvent.objects.filter(object_id__in=object_ids).order_by("sequence")[:limit])
    return _entries(events)


def latest_of(object_ids: Iterable[UUID], *, after: datetime | None = None) -> dict[UUID, Entry]:
    """The newest event of each of the objects, later than `after` when it is given; two questions however many."""
    events = AuditEvent.objects.filter(object_id__in=list(object_ids))
    if after is not None:
        events = events.filter(recorded_at__gt=after)
    newest = events.values("object_id").order_by().annotate(last=Max("sequence")).values("last")
    return {entry.object_id: entry for entry in _entries(list(AuditEvent.objects.filter(sequence__in=newest)))}


def recent(*, before: int | None = None, kind: str = "", limit: int = 50) -> list[Entry]:
    """The newest events of the tenant, newest first; `before` pages backwards by sequence."""
    events = AuditEvent.objects.order_by("-sequence")
    if before is not None:
        events = events.filter(sequence__lt=before)
    if kind:
        events = events.filter(kind=kind)
    return _entries(list(events[:limit]))


def _entries(events: list[AuditEvent]) -> list[Entry]:
    details = {
        row.sequence: row.details
        for row in AuditDetail.objects.filter(sequence__in=[event.sequence for event in events])
    }
    return [
        Entry(
            event.sequence,
            event.recorded_at,
            event.action,
            event.kind,
            event.object_id,
            event.rule,
            str(found.get("actor", "")),
            str(found.get("label", "")),
            found.get("before"),
            found.get("after"),
            {k: v for k, v in found.items() if k not in {"actor", "label", "before", "after"}},
        )
        for event in events
        for found in [details.get(event.sequence, {})]
    ]


def verify_chain() -> Broken | int:
    """Verify the tenant's chain from its first event to its head: the count, or the first break.

    Others may go on writing: what comes after the head that was read is left for the next time.
    """
    head = AuditHead.objects.first()
    if head is None:
        orphan = AuditEvent.objects.filter(~Exists(AuditHead.objects.all())).order_by("sequence").first()
        return Broken(orphan.sequence, "head") if orphan else 0
    result = verify(links(until=head.sequence), head=(head.sequence, head.hash))
    if isinstance(result, Broken):
        return result
    # One statement sees head and events as of one moment.
    beyond = AuditEvent.objects.filter(sequence__gt=Subquery(AuditHead.objects.values("sequence")[:1]))
    extra = beyond.order_by("sequence").values_list("sequence", flat=True).first()
    return Broken(extra, "beyond the head") if extra is not None else result


def chain_head() -> tuple[int, str] | None:
    """The last number and hash of the tenant's chain: what one keeps elsewhere to see a cut or forged chain by."""
    head = AuditHead.objects.first()
    return (head.sequence, head.hash) if head else None


def erased_count() -> int:
    """How many events have had their details erased."""
    kept = AuditDetail.objects.filter(sequence=OuterRef("sequence"))
    return AuditEvent.objects.filter(~Exists(kept)).count()


def links(*, until: int, batch: int = 2000) -> Iterator[Link]:
    """The tenant's events in order as links, at most to number `until`; reads a batch at a time."""
    last = -(2**62)
    while True:
        events = list(AuditEvent.objects.filter(sequence__gt=last, sequence__lte=until).order_by("sequence")[:batch])
        if not events:
            return
        details = {
            row.sequence: row
            for row in AuditDetail.objects.filter(sequence__gte=events[0].sequence, sequence__lte=events[-1].sequence)
        }
        for event in events:
            detail = details.get(event.sequence)
            yield Link(
                event.sequence,
                _envelope(event),
                event.details_commitment,
                event.previous_hash,
                event.hash,
                detail.salt if detail else None,
                detail.details if detail else None,
            )
        last = events[-1].sequence


def _envelope(event: AuditEvent) -> dict[str, Any]:
    return {
        "tenant": str(event.tenant_id),
        "sequence": event.sequence,
        "at": event.recorded_at.astimezone(UTC).isoformat(),
        "action": event.action,
        "kind": event.kind,
        "object": str(event.object_id),
        "actor": str(event.actor_id),
        "rule": event.rule,
        "model": event.model_version,
        "request": event.request_id,
    }
