"""The pages of cases, tasks and meetings: what they show to whom, what they refuse, and that they lose no text."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from samstyr.foundation.organisations.tests.factories import make_seat, make_seat_holding
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import BodyMeeting, Case, Comment, Treatment
from samstyr.wheel.needs.models import Need
from tests.requirements.joint import ASSESSMENT, FORUM, RECEIPT, Joint, at

from .conftest import OnDay

DIRECTOR = "sector_director:birkenes:helse"
TITLE = "Dokumentasjon hjemme hos brukeren"


def place(made: Joint, name: str, *keys: object) -> str:
    return reverse(name, args=[made.tenant.slug, *keys])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def get(made: Joint, who: str, name: str, *keys: object, query: str = "") -> Any:
    return made.client(who).get(place(made, name, *keys) + query)


def page(made: Joint, who: str, name: str, *keys: object, query: str = "") -> str:
    answer = get(made, who, name, *keys, query=query)
    assert answer.status_code == 200, answer.status_code
    return text_of(answer)


def post(made: Joint, who: str, name: str, key: object, **data: Any) -> Any:
    return made.client(who).post(place(made, name, key), {"_key": uuid4().hex, **data})


def main_of(html: str) -> str:
    """What is the page's own, without the frame around it."""
    return html.split("<main", 1)[1].split("</main>", 1)[0]


class TestList:
    def titles(self, made: Joint, query: str = "", who: str = "it_lead") -> list[str]:
        answer = get(made, who, "case-list", query=query)
        assert answer.status_code == 200, query
        return [row["case"].title if isinstance(row, dict) else row.case.title for row in answer.context["rows"]]

    def test_each_sees_what_they_may_read(self, made: Joint) -> None:
        made.need(title="Her")
        made.need("lillesand", title="Der")
        assert sorted(self.titles(made)) == ["Der", "Her"]
        assert self.titles(made, who=DIRECTOR) == ["Her"]
        assert self.titles(made, who="service:lillesand") == ["Der"]
        assert self.titles(made, who="archive_manager:birkenes") == []

    def test_it_is_narrowed_by_what_stands_in_the_address(self, made: Joint, on_day: OnDay) -> None:
        waiting, stopped, resting = (made.need(title=title) for title in ("Venter", "Stoppet", "Hviler"))
        made.need("lillesand", title="Lillesands")
        made.move(stopped, DIRECTOR, "stopp", ASSESSMENT, reason="Nei.")
        made.move(resting, DIRECTOR, "parker", ASSESSMENT, reason="Vent.", until=date(2026, 2, 1))
        number = made.case(waiting).number
        for query, found in {
            "?state=ended": ["Stoppet"],
            "?state=parked": ["Hviler"],
            "?state=open": ["Lillesands", "Venter"],
            "?state=overdue": [],
            f"?organisation={made.organisations['lillesand'].pk}": ["Lillesands"],
            "?path=plan": [],
            "?year=2024": [],
            "?q=vent": ["Venter"],
            f"?q=2025/{number}": ["Venter"],
            "?q=ingenting": [],
        }.items():
            assert sorted(self.titles(made, query)) == found, query
        on_day(date(2025, 4, 1))
        assert sorted(self.titles(made, "?state=overdue")) == ["Lillesands", "Venter"]

    def test_it_is_sorted_either_way(self, made: Joint) -> None:
        for title in ("B", "C", "A"):
            made.need(title=title)
        assert self.titles(made, "?sort=title") == ["A", "B", "C"]
        assert self.titles(made, "?sort=-title") == ["C", "B", "A"]
        assert self.titles(made) == ["A", "C", "B"]

    @pytest.mark.parametrize(
        "query",
        [
            "?q=%C2%B2/%C2%B3", "?q=99999999/9", "?q=%00", "?q=/", "?state=tull", "?organisation=tull", "?year=abc",
            "?year=99999", "?sort=tenant_id", "?page=tull", "?page=99999999999999999999", "?path=%00",
        ],
    )  # fmt: skip
    def test_an_address_typed_by_hand_is_answered(self, made: Joint, query: str) -> None:
        made.need()
        assert get(made, "it_lead", "case-list", query=query).status_code == 200


class TestOneCase:
    def test_what_is_hidden_and_what_never_was_look_alike(self, made: Joint) -> None:
        hidden = get(made, "service:lillesand", "case-detail", made.case(made.need()).pk)
        never = get(made, "service:lillesand", "case-detail", uuid4())
        assert hidden.status_code == never.status_code == 404
        assert main_of(text_of(hidden)) == main_of(text_of(never))

    def test_the_trail_tells_who_did_what_and_why(self, made: Joint) -> None:
        need = made.received()
        shown = page(made, "it_lead", "case-detail", made.case(need).pk)
        for word in ("Saken er opprettet", "Send videre til digitaliseringsforum", "Viktig.", "Kommunalsjef"):
            assert word in shown

    def test_the_sender_follows_it_and_administers_nothing(self, made: Joint) -> None:
        case = made.case(made.need())
        for who, offered in (("it_lead", True), ("service:birkenes", False), (DIRECTOR, False)):
            shown = page(made, who, "case-detail", case.pk)
            assert (place(made, "case-park", case.pk) in shown) is offered, who
            assert (place(made, "case-merge", case.pk) in shown) is offered, who

    def test_what_is_late_parked_or_merged_says_so(self, made: Joint) -> None:
        late, rests, one = made.need(day=ASSESSMENT, title="Sen"), made.need(title="Hviler"), made.need(title="Samme")
        assert "Kom for sent" in page(made, "it_lead", "case-detail", made.case(late).pk)
        made.move(rests, DIRECTOR, "parker", ASSESSMENT, reason="Vent.", until=date(2026, 2, 1))
        assert "Saken er parkert" in page(made, "it_lead", "case-detail", made.case(rests).pk)
        by = {"actor": made.actor("it_lead"), "now": at(ASSESSMENT)}
        casework.merge(
            **by, case_id=made.case(one).pk, version=None, into_id=made.case(late).pk, reason="Likt."
        )  # fmt: skip
        merged = page(made, "it_lead", "case-detail", made.case(one).pk)
        assert "slått sammen med en annen" in merged and place(made, "case-detail", made.case(late).pk) in merged

    def test_why_it_was_parked_merged_taken_up_or_withdrawn_stands_in_the_trail(self, made: Joint) -> None:
        by = {"actor": made.actor("it_lead"), "now": at(ASSESSMENT)}
        parked, into, back = (made.case(made.need(title=title)) for title in ("Hviler", "Samlet", "Trekkes"))
        one = made.case(made.need(title="Samme"))
        casework.park(**by, case_id=parked.pk, version=None, until=date(2026, 2, 1), reason="Venter på midler.")
        casework.merge(**by, case_id=one.pk, version=None, into_id=into.pk, reason="Det samme behovet.")
        sender = {"actor": made.actor("service:birkenes"), "now": at(ASSESSMENT)}
        casework.withdraw(**sender, case_id=back.pk, reason="Løst på annet vis.")
        put_off = made.at_forum(title="Utsatt")
        made.move(put_off, "it_lead", "utsatt", FORUM, reason="Vent.")
        later = {"actor": made.actor("it_lead", FORUM), "now": at(FORUM)}
        casework.reopen(**later, case_id=made.case(put_off).pk, reason="Nå er det råd.")
        for case, reason in (
            (parked, "Venter på midler."),
            (into, "Det samme behovet."),
            (back, "Løst på annet vis."),
            (made.case(put_off), "Nå er det råd."),
        ):
            assert page(made, "it_lead", "case-detail", case.pk).count(reason) == 1, reason

    def test_a_comment_is_added_and_a_wrong_one_stays_in_the_field(self, made: Joint) -> None:
        case = made.case(made.need())
        wrong = post(made, "it_lead", "case-comment", case.pk, text="@[Finnes ikke] hva mener du?")
        assert wrong.status_code == 422
        assert "Vi finner ingen som heter Finnes ikke" in text_of(wrong) and "hva mener du?" in text_of(wrong)
        assert not Comment.objects.exists()
        assert post(made, "it_lead", "case-comment", case.pk, text="**Husk** arkivet.").status_code == 302
        assert "<strong>Husk</strong> arkivet." in page(made, DIRECTOR, "case-detail", case.pk)

    def test_sent_twice_a_comment_is_said_once(self, made: Joint) -> None:
        client, case = made.client("it_lead"), made.case(made.need())
        for _time in range(2):
            client.post(place(made, "case-comment", case.pk), {"text": "Hei", "_key": "den-samme"})
        assert Comment.objects.count() == 1

    def test_who_may_not_see_it_says_nothing_in_it(self, made: Joint) -> None:
        assert post(made, "service:lillesand", "case-comment", made.case(made.need()).pk, text="Hei").status_code == 404


class TestTask:
    def test_who_holds_it_gets_the_form_and_others_who_does(self, made: Joint) -> None:
        step = made.step(made.need())
        assert 'name="outcome"' in page(made, DIRECTOR, "step-treat", step.pk)
        for who in ("it_lead", "service:birkenes"):
            shown = page(made, who, "step-treat", step.pk)
            assert 'name="outcome"' not in shown and "Du kan ikke behandle dette steget" in shown
        assert get(made, "service:lillesand", "step-treat", step.pk).status_code == 404

    def test_the_need_stands_beside_the_form(self, made: Joint) -> None:
        shown = page(made, DIRECTOR, "step-treat", made.step(made.need()).pk)
        assert "fører det inn på kontoret" in shown and "42 ansatte" in shown

    def test_the_outcome_is_recorded_and_the_case_goes_on(self, made: Joint) -> None:
        need = made.need()
        step = made.step(need)
        given = {"_version": step.version, "outcome": "send", "reason": "Viktig."}
        answer = post(made, DIRECTOR, "step-treat", step.pk, **given)
        assert answer.headers["Location"] == place(made, "case-detail", step.case_id)
        assert made.step(need).step == "mottak"
        assert "Steget er avsluttet" in page(made, DIRECTOR, "step-treat", step.pk)

    def test_what_is_missing_is_told_and_what_was_written_stays(self, made: Joint) -> None:
        step = made.step(made.need())
        answer = post(
            made, DIRECTOR, "step-treat", step.pk, _version=step.version, outcome="parker", reason="Neste år kanskje."
        )
        assert answer.status_code == 422
        assert "Oppgi en dato fram i tid" in text_of(answer) and "Neste år kanskje." in text_of(answer)
        assert not Treatment.objects.exists()

    @pytest.mark.parametrize(
        ("who", "status"), [("it_lead", 403), ("service:birkenes", 403), ("service:lillesand", 404)]
    )
    def test_others_decide_nothing(self, made: Joint, who: str, status: int) -> None:
        step = made.step(made.need())
        assert post(made, who, "step-treat", step.pk, outcome="send", reason="Ja.").status_code == status
        assert not Treatment.objects.exists()

    def test_who_saw_an_older_version_is_told_and_loses_no_text(self, made: Joint) -> None:
        need = made.need()
        step = made.step(need)
        made.move(need, DIRECTOR, "send", ASSESSMENT)
        answer = post(made, DIRECTOR, "step-treat", step.pk, _version=step.version, outcome="stopp", reason="Nei takk.")
        assert answer.status_code == 409
        assert "Nei takk." in text_of(answer)
        assert Treatment.objects.get().outcome == "send"

    def test_what_waits_for_its_sender_is_done_on_the_needs_own_page(self, made: Joint) -> None:
        need = made.need()
        made.move(need, DIRECTOR, "tilbake", ASSESSMENT, reason="Hvem?")
        answer = get(made, "service:birkenes", "step-treat", made.step(need).pk)
        assert answer.headers["Location"] == place(made, "need-detail", need.pk)


class TestBody:
    def seats(self, made: Joint, count: int) -> list[str]:
        """So many seats of the forum, each with somebody in it."""
        keys = []
        people = [made.who(f"{role}:{slot}") for role in ("hr_manager", "archive_manager") for slot in made.organisations
                  if f"{role}:{slot}" in made.people]  # fmt: skip
        for number, person in zip(range(1, count + 1), people, strict=False):
            seat = make_seat("digitaliseringsforum", "birkenes", number, organisation=made.organisations["birkenes"])
            make_seat_holding(seat, person)
            keys.append(str(seat.pk))
        return keys

    def decide(self, made: Joint, on_day: OnDay, outcome: str, votes: dict[str, str], **more: Any) -> Any:
        step = made.step(made.at_forum())
        on_day(FORUM)
        ballots = {f"vote-{seat}": choice for seat, choice in votes.items()}
        given = {"_version": step.version, "outcome": outcome, "decided_on": FORUM.isoformat(), "reason": "Samlet."}
        return post(made, "it_lead", "step-treat", step.pk, **given, **ballots, present=list(votes), **more)

    def test_the_page_names_those_round_the_table(self, made: Joint, on_day: OnDay) -> None:
        self.seats(made, 3)
        step = made.step(made.at_forum())
        on_day(FORUM)
        shown = page(made, "it_lead", "step-treat", step.pk)
        for name in ("hr_manager:birkenes", "hr_manager:lillesand", "archive_manager:birkenes"):
            assert f"Stemmen til {name}" in shown

    def test_present_and_votes_stand_in_the_trail(self, made: Joint, on_day: OnDay) -> None:
        one, two = self.seats(made, 2)
        assert self.decide(made, on_day, "inn", {one: "inn", two: "inn"}).status_code == 302
        found = Treatment.objects.get(outcome="inn")
        assert ([vote["choice"] for vote in found.votes], len(found.present)) == (["inn", "inn"], 2)
        shown = page(made, "it_lead", "case-detail", found.case_id)
        assert "Inn i porteføljen: 2" in shown and "hr_manager:birkenes" in shown

    def test_another_outcome_than_the_votes_give_is_refused(self, made: Joint, on_day: OnDay) -> None:
        one, two = self.seats(made, 2)
        answer = self.decide(made, on_day, "inn", {one: "avslag", two: "avslag"})
        assert answer.status_code == 422
        assert "Stemmene gir et annet utfall" in text_of(answer)
        assert not Treatment.objects.filter(outcome="inn").exists()

    @pytest.mark.parametrize("choice", ["ukjent", "\0", "<b>"])
    def test_a_vote_for_what_is_no_outcome_is_refused(self, made: Joint, on_day: OnDay, choice: str) -> None:
        one, two = self.seats(made, 2)
        assert self.decide(made, on_day, "inn", {one: "inn", two: choice}).status_code == 422
        assert not Treatment.objects.filter(outcome="inn").exists()

    def test_who_was_not_there_has_no_vote(self, made: Joint, on_day: OnDay) -> None:
        one, two = self.seats(made, 2)
        answer = self.decide(made, on_day, "inn", {one: "inn"}, **{f"vote-{two}": "avslag"})
        assert answer.status_code == 302
        assert [vote["voter"] for vote in Treatment.objects.get(outcome="inn").votes] == [one]


class TestAdministering:
    NAMES = ("case-park", "case-merge", "case-reopen")

    @pytest.mark.parametrize("name", NAMES)
    def test_it_is_the_secretariats(self, made: Joint, name: str) -> None:
        case = made.case(made.need())
        assert get(made, "it_lead", name, case.pk).status_code == 200
        for who, status in ((DIRECTOR, 403), ("service:birkenes", 403), ("service:lillesand", 404)):
            assert get(made, who, name, case.pk).status_code == status
            assert post(made, who, name, case.pk, reason="x", until="2026-02-01").status_code == status

    def test_a_case_is_parked_and_taken_up_again(self, made: Joint) -> None:
        case = made.case(made.need())
        wrong = post(made, "it_lead", "case-park", case.pk, reason="Venter på midler", until="2025-03-10")
        assert wrong.status_code == 422 and "Venter på midler" in text_of(wrong)
        assert post(made, "it_lead", "case-park", case.pk, reason="Venter", until="2026-02-01").status_code == 302
        case.refresh_from_db()
        assert case.parked_until == date(2026, 2, 1)
        assert post(made, "it_lead", "case-park", case.pk, resume="1", _version=case.version).status_code == 302
        case.refresh_from_db()
        assert case.state == "open"

    def test_a_case_is_merged_with_one_on_the_same_path(self, made: Joint) -> None:
        case, other = made.case(made.need(title="Ene")), made.case(made.need(title="Andre"))
        shown = page(made, "it_lead", "case-merge", case.pk)
        assert f'value="{other.pk}"' in shown and f'value="{case.pk}"' not in shown
        wrong = post(made, "it_lead", "case-merge", case.pk, into=str(case.pk), reason="Samme")
        assert wrong.status_code == 422
        answer = post(made, "it_lead", "case-merge", case.pk, into=str(other.pk), reason="Samme")
        assert answer.headers["Location"] == place(made, "case-detail", other.pk)
        assert Case.objects.get(pk=case.pk).merged_into == other

    def test_what_was_put_off_is_taken_up_again(self, made: Joint, on_day: OnDay) -> None:
        need = made.at_forum()
        made.move(need, "it_lead", "utsatt", FORUM, reason="Vent.")
        on_day(date(2026, 2, 1))
        case = made.case(need)
        assert place(made, "case-reopen", case.pk) in page(made, "it_lead", "case-detail", case.pk)
        assert post(made, "it_lead", "case-reopen", case.pk, reason="").status_code == 422
        assert post(made, "it_lead", "case-reopen", case.pk, reason="Nå går det.").status_code == 302
        assert made.step(need).step == "forum"
        assert Need.objects.get(pk=need.pk).state == "submitted"


class TestMeetings:
    def plan(self, made: Joint, who: str = "it_lead", **changes: str) -> Any:
        given = {"body": "digitaliseringsforum", "organisation": "", "held_on": "2025-04-24", "title": "", **changes}
        return made.client(who).post(place(made, "meeting-list"), given)

    def test_everybody_sees_the_years_meetings_and_the_secretariat_plans_them(self, made: Joint) -> None:
        assert self.plan(made, title="Vårmøtet").status_code == 302
        for who in ("it_lead", "service:birkenes"):
            shown = page(made, who, "meeting-list")
            assert "Digitaliseringsforum" in shown and "24.04.2025" in shown
            assert ("Planlegg et møte" in shown) is (who == "it_lead")
        assert "24.04.2025" not in page(made, "it_lead", "meeting-list", query="?year=2026")
        assert self.plan(made, "service:birkenes", held_on="2025-05-01").status_code == 403

    def test_a_day_taken_is_told(self, made: Joint) -> None:
        self.plan(made)
        again = self.plan(made)
        assert again.status_code == 422 and "allerede et møte denne dagen" in text_of(again)

    def test_a_meeting_is_cancelled_once(self, made: Joint) -> None:
        self.plan(made)
        row = BodyMeeting.objects.get()
        assert post(made, "service:birkenes", "meeting-cancel", row.pk, _version=row.version).status_code == 403
        assert post(made, "it_lead", "meeting-cancel", row.pk, _version=row.version).status_code == 302
        assert post(made, "it_lead", "meeting-cancel", row.pk).status_code == 409
        row.refresh_from_db()
        assert row.cancelled

    @pytest.mark.parametrize("year", ["20260", "0", "1999", "2101", "abc", "%00", "-2026", "2026.5", "²"])
    def test_a_year_typed_by_hand_is_answered_with_this_year(self, made: Joint, year: str) -> None:
        self.plan(made)
        assert "24.04.2025" in page(made, "it_lead", "meeting-list", query=f"?year={year}")


def test_the_receipt_is_the_it_services_and_sends_on(made: Joint, on_day: OnDay) -> None:
    made.received()
    on_day(RECEIPT)
    assert TITLE in page(made, "it_lead", "start")
    assert TITLE not in main_of(page(made, DIRECTOR, "start"))
