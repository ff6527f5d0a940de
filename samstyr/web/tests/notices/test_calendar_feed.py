"""One's own meetings by a secret address: made, read by a calendar program, made anew, and ended."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from samstyr.foundation.kernel import clock
from samstyr.outward.notices.models import MailLink
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.tests.committee import OUTSIDER, Committee
from samstyr.web.tests.meetings.test_planning_pages import made, place, prepared

__all__ = ["made"]


def address_of(made: Committee, name: str = "nord1") -> str:
    """A new address of the person's meetings, without the host."""
    answer = made.client(name).post(place(made, "calendar-subscription"))
    found = re.search(r"<code[^>]*>https?://[^/]+(/[^<]+moeter.ics)</code>", answer.content.decode())
    assert found is not None
    return found.group(1)


def events(address: str) -> list[Any]:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert answer.headers["Cache-Control"] == "private, max-age=900"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_owners_meetings_and_nobody_elses(made: Committee) -> None:
    meeting = prepared(made)
    actions.add_item(
        **made.by(), meeting_id=meeting.pk, kind="other", title="Avtalen", closed=True, legal_basis="offl. § 23"
    )
    mine, other = address_of(made), address_of(made, OUTSIDER)
    assert events(mine) == []  # not called yet
    actions.call_meeting(**made.by(), meeting_id=meeting.pk, version=None)
    (event,) = events(mine)
    assert (str(event["UID"]), event["STATUS"]) == (f"{meeting.pk}@samstyr", "CONFIRMED")
    assert events(other) == []
    casework.cancel_meeting(**made.by(), meeting_id=meeting.day_id, version=None)
    (event,) = events(mine)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_new_address_ends_the_old_and_the_secret_is_not_kept(made: Committee) -> None:
    first = address_of(made)
    second = address_of(made)
    assert Client().get(first).status_code == 404
    assert events(second) == []
    assert not any(row.digest in second for row in MailLink.objects.all())
    shown = made.client("nord1").get(place(made, "calendar-subscription")).content.decode()
    assert "Du laget en adresse" in shown and second not in shown
    page = place(made, "calendar-subscription")
    assert made.client("nord1").post(page, {"verb": "stop"}).status_code == 302
    assert Client().get(second).status_code == 404
    assert made.client("nord1").post(page, {"verb": "stop"}).status_code == 409


def test_who_has_left_and_what_is_too_old_read_nothing(made: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    address = address_of(made)
    assert Client().get(address.replace("moeter.ics", "x.ics")).status_code == 404
    assert Client().get(address.replace(made.tenant.slug, "ukjent")).status_code == 404
    person = made.people["nord1"]
    person.is_active = False
    person.save()
    assert Client().get(address).status_code == 404
    person.is_active = True
    person.save()
    assert Client().get(address).status_code == 200
    late = date(clock.now().year + 4, 1, 1)
    monkeypatch.setattr(clock, "now", lambda: datetime(late.year, 1, 1, 12, tzinfo=UTC))
    assert Client().get(address).status_code == 404


def test_the_feed_asks_no_more_for_more(made: Committee, django_assert_max_num_queries: Any) -> None:
    address = address_of(made)
    for day in (date(2026, 9, 22), date(2026, 10, 20), date(2026, 11, 17)):
        meeting = prepared(made, day)
        for title in ("A", "B"):
            actions.add_item(**made.by(), meeting_id=meeting.pk, kind="other", title=title)
        actions.call_meeting(**made.by(), meeting_id=meeting.pk, version=None, short_reason="")
    with django_assert_max_num_queries(25):
        assert len(events(address)) == 3
