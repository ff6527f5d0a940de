"""One's own year and a body's by secret addresses, read back by a parser of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from samstyr.foundation.kernel import clock
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.year import actions
from samstyr.procedure.year.models import YearPeriod
from tests.requirements.du_world import Du, committee_of_the_regions
from tests.requirements.du_world import at as du_at
from tests.requirements.joint import ASSESSMENT, Joint, at, joint
from tests.requirements.test_wheel_year import by

DIRECTOR = "sector_director:birkenes:helse"


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Joint]:
    monkeypatch.setattr(clock, "now", lambda: at(ASSESSMENT))
    with joint() as ready:
        yield ready


def subscribe(client: Client, slug: str, ending: str, **values: Any) -> str:
    answer = client.post(f"/o/{slug}/moeter/kalender/", values)
    found = re.search(rf"<code[^>]*>https?://[^/]+(/[^<]+{ending}\.ics)</code>", answer.content.decode())
    assert found is not None
    return found.group(1)


def read(address: str) -> dict[str, Any]:
    """The events by title; each has all that the format demands, and its identity is its own."""
    answer = Client().get(address)
    assert answer.status_code == 200, answer.status_code
    whole = Calendar.from_ical(answer.content)
    assert (str(whole["VERSION"]), str(whole["METHOD"])) == ("2.0", "PUBLISH")
    assert [str(zone["TZID"]) for zone in whole.walk("VTIMEZONE")] == ["Europe/Oslo"]
    events = list(whole.walk("VEVENT"))
    for event in events:
        assert {"UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS"} <= set(event)
        assert event.decoded("DTEND") > event.decoded("DTSTART")
    keys = [str(event["UID"]) for event in events]
    assert len(keys) == len(set(keys))
    return {f"{event['SUMMARY']} {event.decoded('DTSTART').year}": event for event in events}


def test_what_is_mine_of_the_year_and_nothing_of_others(made: Joint) -> None:
    need = made.need(title="Varsling ved fall")
    address = subscribe(made.client(DIRECTOR), made.tenant.slug, "aaret")
    found = read(address)
    assert set(found) == {
        "Kommunalsjef vurderer og sender videre 2025", "Kommunalsjef vurderer og sender videre 2026",
        "Frist: Varsling ved fall 2025",
    }  # fmt: skip
    period, task = found["Kommunalsjef vurderer og sender videre 2025"], found["Frist: Varsling ved fall 2025"]
    assert (period.decoded("DTSTART"), period.decoded("DTEND")) == (date(2025, 3, 1), date(2025, 4, 1)), "the day after"
    assert (task.decoded("DTSTART"), str(task["UID"])) == (date(2025, 3, 31), f"{made.step(need).pk}@samstyr")
    assert (
        "Varsling"
        not in Client().get(subscribe(made.client("unit_manager"), made.tenant.slug, "aaret")).content.decode()
    )


def test_a_move_keeps_its_identity_and_raises_the_sequence(made: Joint) -> None:
    address = subscribe(made.client(DIRECTOR), made.tenant.slug, "aaret")
    name = "Kommunalsjef vurderer og sender videre 2025"
    before = read(address)[name]
    actions.make_year(**by(made), year=2025)
    row = YearPeriod.objects.get(key="mars")
    actions.move_period(
        **by(made), period_id=row.pk, version=1, starts_on=date(2025, 3, 3), ends_on=date(2025, 4, 4), reason="Påsken"
    )
    after = read(address)[name]
    assert (str(after["UID"]), after.decoded("DTSTART")) == (str(before["UID"]), date(2025, 3, 3))
    assert after["SEQUENCE"] > before["SEQUENCE"]
    actions.save_period(
        **by(made, DIRECTOR), period_id=row.pk, version=2, done_on=None, dropped=True, note="Ingen innspill i år."
    )
    assert str(read(address)[name]["STATUS"]) == "CANCELLED"


def test_a_bodys_calendar_is_ones_own_address_and_can_be_renewed(made: Joint) -> None:
    day = made.plan_meeting("digitaliseringsforum", date(2025, 4, 24))
    made.at_forum(title="Lånekort")
    first = subscribe(made.client("it_lead"), made.tenant.slug, "organ", body="digitaliseringsforum")
    found = read(first)
    assert {"Digitaliseringsforum 2025", "Behandling i digitaliseringsforum 2025", "Frist: Lånekort 2025"} <= set(found)
    assert str(found["Digitaliseringsforum 2025"]["STATUS"]) == "CONFIRMED"
    casework.cancel_meeting(**by(made), meeting_id=day.pk, version=None)
    assert str(read(first)["Digitaliseringsforum 2025"]["STATUS"]) == "CANCELLED"
    other = subscribe(made.client(DIRECTOR), made.tenant.slug, "organ", body="samarbeidsorganet")
    assert "Frist: Lånekort 2025" not in read(other)
    again = subscribe(made.client("it_lead"), made.tenant.slug, "organ", body="digitaliseringsforum")
    assert Client().get(first).status_code == 404
    assert read(again)
    assert Client().get(again.replace("organ.ics", "aaret.ics")).status_code == 404, "one secret, one calendar"
    page = f"/o/{made.tenant.slug}/moeter/kalender/"
    assert made.client("it_lead").post(page, {"body": "finnes-ikke"}).status_code == 404
    assert made.client("archive_manager:birkenes").post(page, {"body": "digitaliseringsforum"}).status_code == 403
    stop = {"verb": "stop", "body": "digitaliseringsforum"}
    assert [made.client("it_lead").post(page, stop).status_code for _turn in range(2)] == [302, 409]
    assert Client().get(again).status_code == 404


def test_d_29_the_committees_deadlines_before_the_councils_meetings(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: du_at(date(2022, 3, 1)))
    with committee_of_the_regions() as du:
        made: Du = du
        row = casework.plan_meeting(**made.by(), body="kommit-radet", held_on=date(2022, 6, 15))
        address = subscribe(made.client("trondelag"), made.tenant.slug, "aaret")
        before = read(address)["Frist: Utvalgets råd er klare 2022"]
        assert before.decoded("DTSTART") == date(2022, 5, 31)
        casework.move_meeting(**made.by(), meeting_id=row.pk, version=None, held_on=date(2022, 6, 22))
        after = read(address)["Frist: Utvalgets råd er klare 2022"]
        assert (after["UID"], after.decoded("DTSTART")) == (before["UID"], date(2022, 6, 8))
        assert after["SEQUENCE"] > before["SEQUENCE"]


def test_the_feeds_ask_no_more_for_more(made: Joint, django_assert_max_num_queries: Any) -> None:
    address = subscribe(made.client(DIRECTOR), made.tenant.slug, "aaret")
    body = subscribe(made.client("it_lead"), made.tenant.slug, "organ", body="digitaliseringsforum")
    for number in range(6):
        made.need(title=f"Behov {number}")
        made.plan_meeting("digitaliseringsforum", date(2025, 5 + number, 8), today=ASSESSMENT)
    with django_assert_max_num_queries(35):
        read(address)
    with django_assert_max_num_queries(30):
        read(body)
