"""Reading the trail back: per object, and whole for verification."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

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
    """Verify the tenant's chain from its first event to its head: the count, or the first break."""
    head = AuditHead.objects.first()
    return verify(_links(), head=(head.sequence, head.hash) if head else None)


def _links(batch: int = 2000) -> Iterator[Link]:
    last = -(2**62)
    while True:
        events = list(AuditEvent.objects.filter(sequence__gt=last).order_by("sequence")[:batch])
        if not events:
            return
        details = {
            row.sequence: row
            for row in AuditDetail.objects.filter(
                sequence__gte=events[0].sequence, sequence__lte=events[-1].sequence
            )
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
