"""Which reports are expected by the model, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.models import ModelState
from samstyr.foundation.governance.rules.reporting import Report as Form
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.procedure.casework import queries as casework
from samstyr.wheel.prioritisation.models import Round, RoundState

from ..models import Report
from ..rules.periods import (
    MEETING,
    ROUND,
    Period,
    Standing,
    due_before_meeting,
    periods_of_meetings,
    periods_of_rounds,
    periods_of_year,
    standing_of,
)
from .words import period_name


@dataclass(frozen=True)
class Expected:
    """A report that the model asks for in a period, the one that was begun if any, and how far it has come."""

    form: Form
    period: Period
    row: Report | None
    standing: Standing

    @property
    def title(self) -> str:
        """The period as people say it."""
        return period_name(self.period.kind, self.period.starts_on, self.period.ends_on, self.period.name)


def forms(day: date) -> list[Form]:
    """The reports of the model in force."""
    model = governance.current_model(day)
    return list(model.reports) if model else []


def form_of(key: str, day: date) -> Form | None:
    """One of them by its key."""
    return next((form for form in forms(day) if form.key == key), None)


def counted_from(forms_: Iterable[Form]) -> dict[str, date]:
    """The first day that each report is expected for: the model's own, else when a model with it was adopted here.

    Nobody owes a report for a time when the arrangement had not decided to have it.
    """
    first: dict[str, date] = {}
    for version in governance.versions().filter(state=ModelState.ADOPTED).order_by("number"):
        since = max(day for day in (version.valid_from, version.adopted_on, date.min) if day is not None)
        since = oslo_date(version.created_at) if since == date.min else since
        for form in governance.typed(version).reports:
            first.setdefault(form.key, since)
    return {form.key: form.starts_on or first.get(form.key, date.max) for form in forms_}


def periods_of(form: Form, since: date, day: date) -> list[Period]:
    """The periods of the report from `since`, up to the one that the day lies in."""
    after = form.due.days_after if form.due else None
    before = form.due.working_days_before if form.due else None
    if form.every == ROUND:
        rows = Round.objects.filter(state=RoundState.CLOSED).exclude(closed_on=None)
        rounds = [(str(row.pk), row.name, row.opened_on, row.closed_on) for row in rows]
        return list(periods_of_rounds(rounds, since, days_after=after))
    if form.every == MEETING:
        return list(periods_of_meetings(_meetings(form.receiver), since, day, working_days=before))
    found = list(periods_of_year(form.every, since, day, days_after=after)) if since <= day else []
    if before is None:
        return found
    days = [on for _key, on in _meetings(form.receiver)]
    return [due_before_meeting(period, days, before) for period in found]


def _meetings(body: str) -> list[tuple[str, date]]:
    rows = casework.meetings_of(body).filter(cancelled=False)
    return [(str(row.pk), row.held_on) for row in rows]


def expected(day: date, keys: Iterable[str] | None = None) -> list[Expected]:
    """Every report that is or has been expected by the day, by report and then newest first.

    A fixed number of queries for each report of the model.
    """
    wanted = [form for form in forms(day) if keys is None or form.key in set(keys)]
    since = counted_from(wanted)
    rows: dict[tuple[str, str], Report] = {
        (row.key, row.period): row for row in Report.objects.filter(key__in=[form.key for form in wanted])
    }
    found = []
    for form in wanted:
        for period in reversed(periods_of(form, since[form.key], day)):
            row = rows.get((form.key, period.key))
            sent = row.sent_on if row else None
            standing = standing_of(period, day, begun=row is not None, sent_on=sent)
            found.append(Expected(form, period, row, standing))
    return found


def one_expected(key: str, period: str, day: date) -> Expected | None:
    """The report of one period; None when the model asks for no such one."""
    return next((one for one in expected(day, [key]) if one.period.key == period), None)


def missing(day: date, keys: Iterable[str] | None = None) -> list[Expected]:
    """The reports that were never sent, newest first: each is a finding (A-92, N-112)."""
    return [one for one in expected(day, keys) if one.standing is Standing.MISSING]


def round_id(period: str) -> UUID | None:
    """The round that a period's key names, if it does."""
    kind, _dash, key = period.partition("-")
    return UUID(key) if kind == "runde" else None
