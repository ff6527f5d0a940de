"""What reports tell other rooms."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samstyr.foundation.kernel.events import Event


@dataclass(frozen=True)
class ReportOpened(Event):
    """A report is ready to be written."""

    report_id: UUID


@dataclass(frozen=True)
class ReportSent(Event):
    """A report is sent to its receiver."""

    report_id: UUID


@dataclass(frozen=True)
class ReportTabled(Event):
    """A report that was sent stands on the agenda of a meeting."""

    report_id: UUID


@dataclass(frozen=True)
class ReportCorrected(Event):
    """An addendum stands beside a report that was sent."""

    report_id: UUID
    addendum_id: UUID
