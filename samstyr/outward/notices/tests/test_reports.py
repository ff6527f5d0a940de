"""Who is told of a report: the sender before and after it is due, the receiver when it is sent, corrected or missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import call_command

from samstyr.foundation.kernel import clock
from samstyr.outward.notices.models import Notice
from samstyr.outward.notices.texts import sentence
from samstyr.procedure.meetings.tests.committee import SECRETARY, at
from samstyr.wheel.reporting import actions
from samstyr.wheel.reporting.models import Report
from samstyr.wheel.reporting.tests.factories import LIGHTS, MONTHLY, TODAY, Office, office


@pytest.fixture
def made(db: None) -> Iterator[Office]:
    with office() as ready:
        yield ready


def test_the_daily_command_begins_what_can_be_written_and_tells_the_sender(
    made: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    call_command("daily", tenant=made.tenant.slug)
    begun = set(Report.objects.values_list("key", "period"))
    assert (MONTHLY, "2026-09") in begun and (LIGHTS, "2026-k3") in begun
    assert (MONTHLY, "2026-07") not in begun, "what is missing is not begun by itself"
    told = Notice.objects.filter(kind="report", person=made.people[SECRETARY])
    assert {row.due_on for row in told} >= {date(2026, 10, 10), date(2026, 10, 15)}
    count = Report.objects.count()
    call_command("daily", tenant=made.tenant.slug)
    assert Report.objects.count() == count


def test_the_sender_is_reminded_and_the_receiver_told_of_what_is_missing(
    made: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.begun()
    for day in (date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 12), date(2026, 11, 2)):
        monkeypatch.setattr(clock, "now", lambda day=day: at(day))
        call_command("daily", tenant=made.tenant.slug)
    reminders = Notice.objects.filter(
        kind="report", person=made.people[SECRETARY], reminder=True, title="Månedsrapport"
    )
    assert reminders.filter(due_on=date(2026, 10, 10)).count() == 3
    missing = Notice.objects.filter(kind="overdue", person=made.people["nord1"], due_on=date(2026, 10, 10))
    assert missing.count() == 1 and "september 2026" in missing.get().what


def test_the_receiver_is_told_when_it_is_sent_and_when_it_is_corrected(made: Office) -> None:
    row = made.sent()
    actions.correct(**made.by(day=TODAY), report_id=row.pk, text="Tre, ikke to.", reason="Talt feil.")
    told = Notice.objects.filter(kind="reported", person=made.people["nord1"]).order_by("given_at", "what")
    assert {sentence(one) for one in told} == {
        "En rapport er sendt til dere fra Sekretær", "En rapport dere har fått, har et tillegg",
    }  # fmt: skip
    assert not Notice.objects.filter(kind="reported", person=made.people[SECRETARY]).exists(), "who sent it knows"
