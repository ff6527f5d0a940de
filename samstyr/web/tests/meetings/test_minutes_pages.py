"""The pages of minutes: drafting, two who write, approving, the seal, corrections and files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from samstyr.foundation.kernel import clock
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import Disqualification, Meeting, Minutes, MinutesSection
from samstyr.procedure.meetings.tests.committee import MEETING_DAY, OUTSIDER, SECRETARY, Committee, at, committee
from samstyr.procedure.meetings.tests.minutes_world import NEXT_DAY, closed_item, follow_up, held, item, vote

AFTER = MEETING_DAY + timedelta(days=2)


@pytest.fixture
def made(db: None) -> Iterator[Committee]:
    with committee() as ready:
        yield ready


@pytest.fixture(autouse=True)
def on_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(AFTER))


@pytest.fixture
def meeting(made: Committee) -> Meeting:
    """A meeting with one open and one closed item."""
    found = held(made)
    vote(item(found))
    closed_item(found)
    return found


def place(made: Committee, name: str, *keys: object) -> str:
    return reverse(name, args=[made.tenant.slug, *keys])


def get(made: Committee, who: str, name: str, *keys: object, query: str = "") -> Any:
    return made.client(who).get(place(made, name, *keys) + query)


def page(made: Committee, who: str, name: str, *keys: object, query: str = "") -> str:
    answer = get(made, who, name, *keys, query=query)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def post(made: Committee, who: str, name: str, /, *keys: object, **data: Any) -> Any:
    return made.client(who).post(place(made, name, *keys), {"_key": uuid4().hex, **data})


def drafted(made: Committee, meeting: Meeting) -> Minutes:
    assert post(made, SECRETARY, "minutes-detail", meeting.pk).status_code == 302
    return Minutes.objects.get(meeting=meeting)


def sent(made: Committee, meeting: Meeting) -> Minutes:
    minutes = drafted(made, meeting)
    assert post(made, SECRETARY, "minutes-send", meeting.pk, _version=minutes.version).status_code == 302
    return Minutes.objects.get(meeting=meeting)


def approved(made: Committee, meeting: Meeting) -> Minutes:
    minutes = sent(made, meeting)
    answer = post(made, "leder", "minutes-approve", meeting.pk, verb="approve", digest=minutes.digest)
    assert answer.status_code == 302
    return Minutes.objects.get(meeting=meeting)


class TestDraft:
    def test_the_secretary_makes_a_draft_and_others_wait(self, made: Committee, meeting: Meeting) -> None:
        assert "Lag utkast" in page(made, SECRETARY, "minutes-detail", meeting.pk)
        assert "Møteboken er ikke klar" in page(made, "nord1", "minutes-detail", meeting.pk)
        drafted(made, meeting)
        text = page(made, SECRETARY, "minutes-detail", meeting.pk)
        for words in ("Klokken 09.25: Sor1 kom.", "Innstillingen: 3 stemmer", "Skriv i denne delen", "Hent på nytt"):
            assert words in text
        assert "Møteboken er ikke klar" in page(made, "nord1", "minutes-detail", meeting.pk)
        assert get(made, OUTSIDER, "minutes-detail", meeting.pk).status_code == 404

    def test_what_has_changed_is_marked_until_it_is_fetched(self, made: Committee, meeting: Meeting) -> None:
        drafted(made, meeting)
        meeting.items.filter(closed=False).update(decision="Et nytt vedtak.")
        text = page(made, SECRETARY, "minutes-detail", meeting.pk)
        assert "Noe er endret i møtet" in text
        assert "Send til godkjenning" not in text
        drafted(made, meeting)
        text = page(made, SECRETARY, "minutes-detail", meeting.pk)
        assert "Et nytt vedtak." in text
        assert "Send til godkjenning" in text

    def test_a_closed_section_cannot_be_opened_by_one_who_is_left_out(self, made: Committee, meeting: Meeting) -> None:
        minutes = drafted(made, meeting)
        row = minutes.sections.get(closed=True)
        assert get(made, "leder", "minutes-section", row.pk).status_code == 200
        Disqualification.objects.update(participant=meeting.participants.get(name="Leder"))
        assert get(made, "leder", "minutes-section", row.pk).status_code == 404


class TestTwoWriters:
    def write(self, made: Committee, who: str, row: MinutesSection, text: str, version: int) -> Any:
        return post(made, who, "minutes-section", row.pk, text=text, _version=version)

    def test_the_second_sees_both_texts_and_can_save_over(self, made: Committee, meeting: Meeting) -> None:
        row = drafted(made, meeting).sections.get(order=1)
        assert self.write(made, SECRETARY, row, "Sekretærens tekst", row.version).status_code == 302
        answer = self.write(made, "leder", row, "Lederens tekst", row.version)
        assert answer.status_code == 409
        text = answer.content.decode()
        assert text.count("Lederens tekst") == 2, "in the comparison and still in the form"
        assert "Sekretærens tekst" in text
        row.refresh_from_db()
        assert row.written == "Sekretærens tekst"
        assert self.write(made, "leder", row, "Flettet", row.version).status_code == 302
        assert "Flettet" in page(made, SECRETARY, "minutes-detail", meeting.pk)

    def test_different_sections_do_not_meet(self, made: Committee, meeting: Meeting) -> None:
        one, other = drafted(made, meeting).sections.order_by("order")[:2]
        assert self.write(made, SECRETARY, one, "A", one.version).status_code == 302
        assert self.write(made, "leder", other, "B", other.version).status_code == 302

    def test_what_is_typed_is_not_lost_when_it_is_sent_meanwhile(self, made: Committee, meeting: Meeting) -> None:
        minutes = sent(made, meeting)
        row = minutes.sections.get(order=1)
        answer = self.write(made, SECRETARY, row, "Det jeg skrev", row.version)
        assert answer.status_code == 409
        assert "Det jeg skrev" in answer.content.decode()


class TestApproval:
    def test_the_chair_approves_in_the_browser(self, made: Committee, meeting: Meeting) -> None:
        sent(made, meeting)
        assert "Godkjenn møteboken" in page(made, "leder", "minutes-detail", meeting.pk)
        assert "Godkjenn møteboken" not in page(made, "nord1", "minutes-detail", meeting.pk)
        post(made, "leder", "minutes-approve", meeting.pk, verb="approve", digest=Minutes.objects.get().digest)
        text = page(made, "nord1", "minutes-detail", meeting.pk)
        assert "Uendret siden godkjenningen" in text
        assert Minutes.objects.get().digest in text

    def test_a_remark_needs_words_and_sends_it_back(self, made: Committee, meeting: Meeting) -> None:
        sent(made, meeting)
        answer = post(made, "leder", "minutes-approve", meeting.pk, verb="remark", text="")
        assert answer.status_code == 422
        assert "Hva må rettes?" in answer.content.decode()
        assert (
            post(made, "leder", "minutes-approve", meeting.pk, verb="remark", text="Feil klokkeslett.").status_code
            == 302
        )
        assert "Feil klokkeslett." in page(made, SECRETARY, "minutes-detail", meeting.pk)

    def test_in_an_elected_body_the_meeting_is_named(self, db: None) -> None:
        with committee(rules="elected") as made:
            meeting = held(made)
            item(meeting)
            minutes = sent(made, meeting)
            assert "senere møte" in page(made, SECRETARY, "minutes-detail", meeting.pk)
            later = held(made, NEXT_DAY, 2)
            item(later, "Godkjenning av møtebok", kind="minutes")
            assert "2/2026, 20.10.2026" in page(made, SECRETARY, "minutes-detail", meeting.pk)
            data = {"verb": "approve", "digest": minutes.digest}
            answer = post(made, SECRETARY, "minutes-approve", meeting.pk, **data, in_meeting="")
            assert answer.status_code == 422
            assert "Velg møtet som godkjente møteboken." in answer.content.decode()
            assert post(made, SECRETARY, "minutes-approve", meeting.pk, **data, in_meeting=later.pk).status_code == 302
            assert "Godkjent i møte 2/2026 den 20.10.2026." in page(made, "nord1", "minutes-detail", meeting.pk)

    def test_a_role_outside_the_body_reaches_what_it_approves(self, db: None) -> None:
        with committee(meetings={"approval": "roles", "approved_by": ["administrator"]}) as made:
            meeting = held(made)
            closed_item(meeting)
            assert get(made, "administrator", "minutes-detail", meeting.pk).status_code == 404
            sent(made, meeting)
            text = page(made, "administrator", "minutes-detail", meeting.pk)
            assert "Godkjenn møteboken" in text
            assert "HEMMELIG" not in text


class TestSealed:
    def test_a_changed_text_shows_on_the_page(self, made: Committee, meeting: Meeting) -> None:
        minutes = approved(made, meeting)
        MinutesSection.objects.filter(minutes=minutes, order=1).update(drafted="Noe annet.")
        assert "Tekstene er ikke de som ble godkjent." in page(made, "nord1", "minutes-detail", meeting.pk)

    def test_a_correction_stands_beside(self, made: Committee, meeting: Meeting) -> None:
        approved(made, meeting)
        assert post(made, SECRETARY, "minutes-addendum", meeting.pk, text="", reason="").status_code == 422
        answer = post(made, SECRETARY, "minutes-addendum", meeting.pk, text="Kom 09.20.", reason="Skrivefeil")
        assert answer.status_code == 302
        text = page(made, "nord1", "minutes-detail", meeting.pk)
        assert "Kom 09.20." in text
        assert "Uendret siden godkjenningen" in text
        assert get(made, "nord1", "minutes-addendum", meeting.pk).status_code == 403

    def test_closed_items_are_numbers_and_law_to_those_left_out(self, made: Committee, meeting: Meeting) -> None:
        approved(made, meeting)
        for who, sees in (("nord1", True), ("sor1", False)):
            text = page(made, who, "minutes-detail", meeting.pk)
            assert ("HEMMELIG" in text) is sees
            assert ("Firma AS" in text) is sees
            assert "offentleglova § 23" in text


class TestFiles:
    def words(self, made: Committee, who: str, meeting: Meeting, ending: str, query: str = "") -> str:
        answer = get(made, who, "minutes-export", meeting.pk, ending, query=query)
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        if ending == "pdf":
            return " ".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.content)).pages)
        return " ".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)

    @pytest.mark.parametrize("ending", ["pdf", "docx"])
    def test_everybody_gets_what_they_may_read(self, made: Committee, meeting: Meeting, ending: str) -> None:
        approved(made, meeting)
        assert "HEMMELIG" in self.words(made, "nord1", meeting, ending)
        assert "HEMMELIG" not in self.words(made, "sor1", meeting, ending)
        assert "HEMMELIG" not in self.words(made, "nord1", meeting, ending, "?offentlig=1")

    def test_the_stored_file_is_the_one_that_was_sealed(self, made: Committee, meeting: Meeting) -> None:
        approved(made, meeting)
        first = get(made, "nord1", "minutes-export", meeting.pk, "pdf").content
        assert first == get(made, "leder", "minutes-export", meeting.pk, "pdf").content
        stored = Minutes.objects.get().document
        assert stored is not None
        assert get(made, "nord1", "document-file", stored.pk).status_code == 404, "only by way of the minutes"

    def test_an_unknown_form_or_reader_is_not_found(self, made: Committee, meeting: Meeting) -> None:
        drafted(made, meeting)
        assert get(made, SECRETARY, "minutes-export", meeting.pk, "odt").status_code == 404
        assert get(made, "nord1", "minutes-export", meeting.pk, "pdf").status_code == 404
        assert "Under arbeid" not in self.words(made, SECRETARY, meeting, "docx")


def test_the_page_asks_as_much_for_many_items(made: Committee) -> None:
    def asked(number: int) -> int:
        found = held(made, MEETING_DAY + timedelta(days=number), number)
        for at_ in range(number * 3):
            row = item(found, f"Sak {at_}")
            vote(row)
            follow_up(made, row)
            closed_item(found)
        approved(made, found)
        client = made.client("nord1")
        address = place(made, "minutes-detail", found.pk)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    assert asked(1) == asked(3)


def test_the_notices_lead_to_the_minutes(made: Committee, meeting: Meeting) -> None:
    sent(made, meeting)
    text = page(made, "leder", "notice-list")
    assert "Møteboken er klar til godkjenning" in text
    notice = text.partition("/varsler/")[2].partition("/")[0]
    answer = get(made, "leder", "notice-detail", notice) if len(notice) == 36 else None
    assert answer is None or answer.headers["Location"] == place(made, "minutes-detail", meeting.pk)


class TestFollowUp:
    DUE = date(2026, 10, 1)

    def give(self, made: Committee, query: str = "", **changes: Any) -> Any:
        data = {
            "title": "Hente inn tilbud",
            "owner": made.people["nord1"].pk,
            "body": "utvalg:",
            "due_on": "2026-10-01",
        }
        return made.client(SECRETARY).post(
            place(made, "follow-up-add") + query, {"_key": uuid4().hex, **(data | changes)}
        )

    def test_it_goes_from_an_item_to_the_owners_page_and_is_done(self, made: Committee, meeting: Meeting) -> None:
        row = meeting.items.get(closed=False)
        assert "Felles innlogging" in page(made, SECRETARY, "follow-up-add", query=f"?sak={row.pk}")
        assert self.give(made, f"?sak={row.pk}").status_code == 302
        found = row.follow_ups.get()
        assert "Hente inn tilbud" in page(made, "nord1", "start")
        assert "Hente inn tilbud" not in page(made, "nord2", "start")
        text = page(made, "nord1", "follow-up-done", found.pk)
        assert "Meld ferdig" in text
        answer = post(made, "nord1", "follow-up-done", found.pk, verb="done", note="Inne.", _version=found.version)
        assert answer.status_code == 302
        assert "Hente inn tilbud" not in page(made, "nord1", "start")
        assert "Ta opp igjen" in page(made, SECRETARY, "follow-up-done", found.pk)
        answer = post(made, SECRETARY, "follow-up-done", found.pk, verb="reopen", note="", _version=2)
        assert answer.status_code == 422
        answer = post(made, SECRETARY, "follow-up-done", found.pk, verb="reopen", note="Ett mangler", _version=2)
        assert answer.status_code == 302

    def test_faults_stand_at_their_fields(self, made: Committee) -> None:
        answer = self.give(made, title="", due_on="31.02.2026")
        assert answer.status_code == 422
        assert self.give(made, due_on="2026-01-01").status_code == 422

    def test_an_old_version_is_a_conflict(self, made: Committee) -> None:
        found = follow_up(made)
        assert post(made, "nord1", "follow-up-done", found.pk, verb="done", _version=7).status_code == 409

    def test_who_reads_and_who_may_not(self, made: Committee, meeting: Meeting) -> None:
        found = follow_up(made, meeting.items.get(closed=True))
        assert "Meld ferdig" not in page(made, "nord2", "follow-up-done", found.pk)
        for who in (OUTSIDER, "sor1"):
            assert get(made, who, "follow-up-done", found.pk).status_code == 404
        assert get(made, "nord1", "follow-up-add").status_code == 403
        assert get(made, SECRETARY, "follow-up-add", query=f"?sak={uuid4()}").status_code == 404
        assert get(made, SECRETARY, "follow-up-add", query="?sak=tull").status_code == 404

    def test_the_list_follows_its_address(self, made: Committee) -> None:
        follow_up(made, title="Sen", due_on=AFTER - timedelta(days=2))
        follow_up(made, title="Kommer", owner=made.people["sor1"])
        follow_up(made, title="Gjort", done_at=at(AFTER))

        def titles(query: str) -> set[str]:
            text = page(made, SECRETARY, "follow-up-list", query=query)
            return {title for title in ("Sen", "Kommer", "Gjort") if f">{title}<" in text}

        assert titles("") == {"Sen", "Kommer"}
        assert titles("?state=overdue") == {"Sen"}
        assert titles("?state=done") == {"Gjort"}
        assert titles("?state=all&body=utvalg") == {"Sen", "Kommer", "Gjort"}
        assert titles(f"?owner={made.people['sor1'].pk}") == {"Kommer"}

    def test_the_pages_ask_as_much_for_many(self, made: Committee, meeting: Meeting) -> None:
        def asked(name: str) -> int:
            client = made.client("nord2" if name == "follow-up-list" else "nord1")
            client.get(place(made, name))
            with CaptureQueriesContext(connection) as queries:
                client.get(place(made, name))
            return len(queries)

        closed = meeting.items.get(closed=True)
        follow_up(made, closed)
        few = asked("follow-up-list"), asked("start")
        for number in range(6):
            follow_up(made, closed, title=f"Nr. {number}")
        assert (asked("follow-up-list"), asked("start")) == few


def test_the_same_form_twice_is_one_follow_up(made: Committee) -> None:
    by = made.by(day=AFTER)
    arguments = {"body": "utvalg", "title": "A", "owner_id": made.people["nord1"].pk, "due_on": NEXT_DAY}
    first = actions.add_follow_up(**by, key="k", **arguments)
    assert actions.add_follow_up(**by, key="k", **arguments) == first
