"""The committee of five with a report every month, one with lights every quarter, and one before each of its meetings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.meetings.tests.committee import BODY, SECRETARY, Committee, model
from samstyr.wheel.reporting import actions
from samstyr.wheel.reporting.models import Report
from tests.support import make_tenant

# Reports are expected from the beginning of the year; today the first nine months are over.
SINCE, TODAY = date(2026, 1, 1), date(2026, 10, 5)
MONTHLY, LIGHTS, BEFORE, FIGURES = "maned", "status", "mote", "tall"
OWN = "milepaler"
REPORTS: list[dict[str, Any]] = [
    {
        "key": MONTHLY,
        "name": "Månedsrapport",
        "sender": "sekretar",
        "receiver": BODY,
        "every": "month",
        "due": {"days_after": 10},
        "kind": "compliance",
        "audience": ["administration", "public"],
        "sections": [
            {"key": "saker", "title": "Sakene", "source": "compliance", "question": "Hva er forsinket?"},
            {"key": OWN, "title": "Milepæler", "question": "Hva er nådd?"},
            {"key": "internt", "title": "Oppfølging", "source": "follow_ups", "audience": ["administration"]},
        ],
    },
    {
        "key": LIGHTS,
        "name": "Status",
        "sender": "sekretar",
        "receiver": "leder",
        "every": "quarter",
        "due": {"days_after": 15},
        "dimensions": [
            {"key": "tid", "name": "Tid", "sources": ["measures"]},
            {"key": "risiko", "name": "Risiko", "question": "Hva kan stoppe oss?", "indicator": "avvik"},
        ],
        "sections": [
            {"key": "tiltak", "title": "Tiltak", "source": "measures"},
            {
                "key": FIGURES,
                "title": "Tall",
                "source": "indicators",
                "indicators": [{"key": "avvik", "name": "Åpne avvik", "target": 0, "better": "lower"}],
            },
        ],
    },
    {
        "key": BEFORE,
        "name": "Til møtet",
        "sender": "sekretar",
        "receiver": BODY,
        "every": "meeting",
        "due": {"working_days_before": 5},
        "sections": [{"key": "organ", "title": "Organet", "source": "meetings"}],
    },
]


class Office(Committee):
    """The committee with the reports in its model."""

    def __init__(self, tenant: Any, reports: list[dict[str, Any]] | None = None) -> None:
        super().__init__(tenant)
        self.adopt({**model(), "reports": REPORTS if reports is None else reports}, SINCE)

    def begun(self, report: str = MONTHLY, period: str = "2026-09", day: date = TODAY) -> Report:
        """The draft of a period."""
        return actions.open_report(**self.by(day=day), report=report, period=period)

    def write(self, row: Report, key: str, text: str, day: date = TODAY, **more: Any) -> Any:
        """Words in a part."""
        part = row.parts.get(key=key)
        return actions.write_part(**self.by(day=day), part_id=part.pk, version=part.version, text=text, **more)

    def sent(self, period: str = "2026-09", day: date = TODAY, text: str = "Alt går som planlagt.") -> Report:
        """A monthly report that is written and sent."""
        row = self.begun(MONTHLY, period, day)
        self.write(row, OWN, text, day)
        return actions.send(**self.by(day=day), report_id=row.pk, version=None)


@contextmanager
def office(reports: list[dict[str, Any]] | None = None) -> Iterator[Office]:
    """A tenant with the committee and its reports, in scope."""
    tenant = make_tenant()
    with tenant_scope(tenant.pk):
        yield Office(tenant, reports)


__all__ = ["BODY", "SECRETARY", "Office", "office"]
