"""From a day in the calendar to a call with an agenda, on pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from samstyr.foundation.kernel import clock
from samstyr.outward.notices.models import Notice
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import AgendaItem, Meeting
from samstyr.procedure.meetings.tests.committee import (
    BODY,
    MEETING_DAY,
    MEMBERS,
    OUTSIDER,
    SECRETARY,
    TODAY,
    Committee,
    at,
    committee,
)
from tests.pages.reading import read


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Committee]:
    """It is three weeks before the meeting."""
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    with committee() as ready:
        yield ready


def place(made: Committee, name: str, *keys: object) -> str:
    return reverse(name, args=[made.tenant.slug, *keys])


def text_of(answer: Any) -> str:
    text = answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
    assert " style=" not in text
    return str(text)


def prepared(made: Committee, day: date = MEETING_DAY) -> Meeting:
    planned = casework.plan_meeting(**made.by(), body=BODY, held_on=day)
    return actions.prepare_meeting(**made.by(), day_id=planned.pk)


def test_from_the_calendar_to_the_call(made: Committee) -> None:
    client, step = made.client(), made.case("Felles arkiv")
    client.post(
        place(made, "meeting-list"), {"body": BODY, "organisation": "", "held_on": str(MEETING_DAY), "title": ""}
    )
    listed = client.get(place(made, "meeting-list"))
    read(listed)
    day = casework_day()
    assert "Forbered" in text_of(listed)
    answer = client.post(place(made, "meeting-prepare", day))
    meeting = Meeting.objects.get()
    assert answer.headers["Location"].endswith(place(made, "meeting-detail", meeting.pk))
    shown = client.get(answer.headers["Location"])
    read(shown)
    text = text_of(shown)
    assert "Sakslisten er tom" in text
    assert "Felles arkiv" in text
    assert client.post(place(made, "agenda-cases", meeting.pk), {"cases": [str(step.pk)]}).status_code == 302
    given = {"kind": "report", "title": "Budsjettet", "minutes_long": "20"}
    assert client.post(place(made, "agenda-add", meeting.pk), given).status_code == 302
    text = text_of(client.get(place(made, "meeting-detail", meeting.pk)))
    assert "09.15 (20 min)" in text
    called = client.post(place(made, "meeting-call", meeting.pk), {"_version": str(meeting.version)})
    assert called.status_code == 302
    assert Notice.objects.filter(kind="meeting").count() == len(MEMBERS)
    assert [row.number for row in AgendaItem.objects.order_by("order")] == ["1/26", "2/26"]
    # A member reads, answers, and asks.
    member = made.client("nord1")
    page = member.get(place(made, "meeting-detail", meeting.pk))
    read(page)
    assert "Svar på innkallingen" in text_of(page)
    part = meeting.participants.get(person=made.people["nord1"])
    assert member.post(place(made, "meeting-answer", part.pk), {"answer": "comes"}).status_code == 302
    item = AgendaItem.objects.get(number="1/26")
    assert member.post(place(made, "question-ask", item.pk), {"text": "Hva koster det?"}).status_code == 302
    question = item.questions.get()
    reply = {"text": "Lite", "_version": str(question.version)}
    assert client.post(place(made, "question-answer", item.pk, question.pk), reply).status_code == 302
    page = member.get(place(made, "agenda-item", item.pk))
    read(page)
    assert "Lite" in text_of(page)


def casework_day() -> UUID:
    from samstyr.procedure.casework.models import BodyMeeting

    return BodyMeeting.objects.get().pk  # type: ignore[no-any-return]


def test_a_late_call_says_how_late(made: Committee) -> None:
    meeting = prepared(made, date(2026, 9, 3))
    actions.add_item(**made.by(), meeting_id=meeting.pk, kind="report", title="Budsjettet")
    client = made.client()
    assert "3 dager for sent" in text_of(client.get(place(made, "meeting-detail", meeting.pk)))
    refused = client.post(place(made, "meeting-call", meeting.pk), {"_version": str(meeting.version)})
    assert refused.status_code == 422
    read(refused)
    assert "3 dager for sen" in text_of(refused)
    sent = {"_version": str(meeting.version), "short_reason": "Fristen hos staten"}
    assert client.post(place(made, "meeting-call", meeting.pk), sent).status_code == 302


def test_what_others_may_see_and_do(made: Committee) -> None:
    meeting = prepared(made)
    item = actions.add_item(
        **made.by(), meeting_id=meeting.pk, kind="other", title="Avtalen", closed=True, legal_basis="offl. § 23"
    )
    outside = made.client(OUTSIDER)
    assert outside.get(place(made, "meeting-detail", meeting.pk)).status_code == 404
    assert outside.get(place(made, "agenda-item", item.pk)).status_code == 404
    # The administrator of cases is called, and so reads; a member may not change.
    member = made.client("sor1")
    assert member.get(place(made, "agenda-item-edit", item.pk)).status_code == 403
    assert member.post(place(made, "agenda-remove", item.pk), {"_version": "1"}).status_code == 403
    assert member.get(place(made, "meeting-edit", meeting.pk)).status_code == 403


def test_papers_open_for_those_who_may_read_the_item(made: Committee) -> None:
    meeting = prepared(made)
    item = actions.add_item(**made.by(), meeting_id=meeting.pk, kind="report", title="Budsjettet")
    client = made.client()
    file = SimpleUploadedFile("notat.txt", b"Et notat.")
    assert client.post(place(made, "paper-add", item.pk), {"file": file, "title": "Notat"}).status_code == 302
    paper = item.papers.get()
    address = place(made, "document-file", paper.document_id)
    assert made.client("nord1").get(address).status_code == 200
    assert made.client(OUTSIDER).get(address).status_code == 404
    assert client.post(place(made, "paper-remove", item.pk, paper.pk)).status_code == 302
    assert not item.papers.exists()


def test_the_calendar_file_is_read_by_a_calendar(made: Committee) -> None:
    meeting = prepared(made)
    actions.add_item(**made.by(), meeting_id=meeting.pk, kind="report", title="Budsjettet; æøå, og mer")
    answer = made.client("nord1").get(place(made, "meeting-ics", meeting.pk))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    whole = Calendar.from_ical(answer.content)
    (event,) = whole.walk("VEVENT")
    assert event["UID"] == f"{meeting.pk}@samstyr"
    assert (event["SEQUENCE"], whole["METHOD"]) == (0, "PUBLISH")
    assert event.decoded("DTSTART").isoformat() == "2026-09-22T09:00:00+02:00"
    assert event["DTSTART"].params["TZID"] == "Europe/Oslo"
    assert whole.walk("VTIMEZONE")
    assert "Budsjettet; æøå, og mer" in event["DESCRIPTION"]
    # What one takes out oneself names nobody else (RFC 5546 3.2.1).
    assert "ATTENDEE" not in event
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    casework.cancel_meeting(**made.by(), meeting_id=meeting.day_id, version=None)
    gone = Calendar.from_ical(made.client("nord1").get(place(made, "meeting-ics", meeting.pk)).content)
    (event,) = gone.walk("VEVENT")
    assert (gone["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_the_pages_ask_no_more_for_more(made: Committee) -> None:
    meeting = prepared(made)

    def questions(number: int) -> tuple[int, int]:
        for at_ in range(number):
            actions.add_item(**made.by(), meeting_id=meeting.pk, kind="report", title=f"Sak {number} {at_}")
            prepared(made, date(2027, 1 + number % 12, 1 + at_))
        client = made.client(SECRETARY)
        found = []
        for address in (place(made, "meeting-detail", meeting.pk), place(made, "meeting-list") + "?year=2027"):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        return found[0], found[1]

    few = questions(2)
    assert questions(15) == few
