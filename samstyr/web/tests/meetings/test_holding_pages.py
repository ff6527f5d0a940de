"""The pages of a meeting while it is held: the secretary's and the members'."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.procedure.casework.models import Treatment
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import AgendaItem, Ballot, Disqualification, Meeting, Motion, Voting
from samstyr.procedure.meetings.tests.committee import (
    MEETING_DAY,
    MEMBERS,
    OUTSIDER,
    SECRETARY,
    SUBSTITUTE,
    Committee,
    at,
    committee,
)
from samstyr.procedure.meetings.tests.holding_world import Hall


@pytest.fixture
def made(db: None) -> Iterator[Committee]:
    with committee() as ready:
        yield ready


@pytest.fixture
def elected(db: None) -> Iterator[Committee]:
    with committee(rules="elected") as ready:
        yield ready


@pytest.fixture(autouse=True)
def on_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(MEETING_DAY, 8))


def place(made: Committee, name: str, *keys: object) -> str:
    return reverse(name, args=[made.tenant.slug, *keys])


def page(hall: Hall, who: str = SECRETARY, query: str = "") -> str:
    answer = hall.made.client(who).get(place(hall.made, "meeting-hold", hall.meeting.pk) + query)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def post(hall: Hall, name: str, key: object, who: str = SECRETARY, **data: Any) -> Any:
    return hall.made.client(who).post(place(hall.made, name, key), data)


def sent(hall: Hall, name: str, key: object, who: str = SECRETARY, **data: Any) -> None:
    answer = post(hall, name, key, who, **data)
    assert answer.status_code in (302, 303), (answer.status_code, answer.content.decode()[-3000:])


def test_a_meeting_from_the_first_click_to_the_last(elected: Committee) -> None:
    """As the secretary holds it: who is there, a vote on screens, the outcome on the trail, and the end."""
    hall = Hall(elected)
    step = elected.case()
    item = hall.item(step, opened=False)
    assert "Sett møtet" in page(hall)
    assert "Før opp hvem som er til stede først" in page(hall)
    sent(hall, "attendance-all", hall.meeting.pk)
    sent(hall, "attendance-set", hall.row("sor2").pk, how="left")
    text = page(hall)
    assert "Vedtaksført: 4 av 5 med stemmerett deltar, og 3 kreves (kommuneloven § 11-9)." in text
    sent(hall, "meeting-open", hall.meeting.pk, leader=str(hall.row("leder").pk), _version="1")
    sent(hall, "item-open", item.pk)
    sent(hall, "item-discuss", item.pk, text="Det ble spurt om **kostnaden**.", _version="2")
    sent(hall, "voting-open", item.pk, about="outcomes", outcomes=["ja", "nei"], manner="browser")
    voting = Voting.objects.get()
    for name, choice in (("leder", "ja"), ("nord1", "ja"), ("nord2", "nei")):
        sent(hall, "voting-cast", voting.pk, name, choice=choice)
    text = page(hall)
    assert "Mangler" in text and "Sor1" in text
    sent(hall, "voting-enter", voting.pk, **{f"vote-{hall.row('sor1').pk}": "ja"})
    sent(hall, "voting-close", voting.pk, _version="1")
    text = page(hall)
    assert "3 av 4 stemmer." in text and "Leder, Nord1, Sor1" in text
    sent(hall, "item-decide", item.pk, how=f"vote:{voting.pk}", _version="3")
    treatment = Treatment.objects.get()
    assert (treatment.outcome, len(treatment.votes)) == ("ja", 4)
    assert "Utfall: Anbefalt" in page(hall, query=f"?sak={item.pk}")
    sent(hall, "meeting-end", hall.meeting.pk, _version="2")
    assert "Møtet ble hevet" in page(hall)
    assert Meeting.objects.get().state == "ended"


def test_what_a_member_sees_and_does_on_a_phone(made: Committee) -> None:
    hall = Hall(made)
    hall.open()
    assert "Ingen sak behandles akkurat nå" in page(hall, "nord1")
    item = hall.item(made.case())
    text = page(hall, "nord1")
    assert "Vi går inn for felles innlogging." in text
    assert "Ta opp saken" not in text and "Lukk avstemningen" not in text
    sent(hall, "motion-make", item.pk, "nord1", participant=str(hall.row("nord1").pk), text="Utsett.", outcome="utsatt")
    assert Motion.objects.get().outcome == "utsatt"
    voting = hall.vote(item)
    text = page(hall, "nord1")
    assert "Hva stemmer Nord1?" in text
    sent(hall, "voting-cast", voting.pk, "nord1", choice="nei")
    assert "Nord1 har stemt:</strong> Ikke anbefalt." in page(hall, "nord1").replace("\n", "") or (
        "Nord1 har stemt:" in page(hall, "nord1")
    )
    assert post(hall, "voting-cast", voting.pk, "nord1", choice="kanskje").status_code == 422
    assert (
        post(hall, "voting-cast", voting.pk, "nord2", choice="ja", participant=str(hall.row("sor1").pk)).status_code
        == 403
    )
    hall.close(voting, chair_says="ja")
    assert post(hall, "voting-cast", voting.pk, "nord1", choice="ja").status_code == 409


def test_what_others_vote_is_hidden_until_it_is_closed(made: Committee) -> None:
    hall = Hall(made)
    hall.open()
    voting = hall.vote(hall.item(made.case()))
    hall.cast(voting, "nord1", "nei")
    live = place(made, "voting-live", hall.meeting.pk)
    for who in ("sor1", SECRETARY):
        text = made.client(who).get(live).content.decode()
        assert "har stemt:" not in text
        assert 'aria-pressed="true"' not in text
    assert 'aria-pressed="true"' in made.client("nord1").get(live).content.decode()
    hall.close(voting, chair_says="nei")
    assert "Nord1" in made.client("sor1").get(live).content.decode()


def test_the_live_part_is_sent_only_when_it_has_changed(made: Committee) -> None:
    hall = Hall(made)
    hall.open()
    item = hall.item(made.case())
    client, live = made.client("nord1"), place(made, "voting-live", hall.meeting.pk)
    text = client.get(live).content.decode()
    stamp = text.split("?v=")[1].split('"')[0].split("&")[0]
    assert client.get(live, {"v": stamp}).status_code == 204
    hall.vote(item)
    assert client.get(live, {"v": stamp}).status_code == 200


def test_only_those_called_and_those_who_serve_the_body_enter(made: Committee) -> None:
    hall = Hall(made)
    hall.open()
    item = hall.item()
    for name in ("meeting-hold", "voting-live"):
        assert made.client(OUTSIDER).get(place(made, name, hall.meeting.pk)).status_code == 404
    assert post(hall, "item-open", item.pk, OUTSIDER).status_code == 404
    assert post(hall, "attendance-set", hall.row("nord1").pk, "nord1", how="left").status_code == 403
    assert post(hall, "item-decide", item.pk, "nord1", how="agreed", text="Ja").status_code == 403


def test_a_closed_item_shows_nothing_to_one_left_out_of_it(made: Committee) -> None:
    hall = Hall(made)
    hall.open()
    item = hall.item(title="HEMMELIG sak", proposal="HEMMELIG forslag", closed=True, legal_basis="offentleglova § 23")
    assert "HEMMELIG" in page(hall, "nord1")
    sent(hall, "impartiality-raise", item.pk, participant=str(hall.row("nord1").pk), ground="Eier", law="fvl. § 6")
    row = Disqualification.objects.get()
    sent(hall, "impartiality-decide", row.pk, outcome="disqualified", _version="1")
    text = page(hall, "nord1")
    assert "HEMMELIG" not in text and "En lukket sak behandles nå." in text
    assert made.client("nord1").get(place(made, "motion-make", item.pk)).status_code == 404


def test_by_show_of_hands_all_but_one(elected: Committee) -> None:
    hall = Hall(elected)
    hall.open()
    item = hall.item(elected.case())
    voting = hall.vote(item, manner="show")
    rows = {name: hall.row(name).pk for name in MEMBERS}
    sent(hall, "voting-enter", voting.pk, everybody="ja", **{f"vote-{rows['sor1']}": "nei"})
    assert Ballot.objects.filter(choice="ja").count() == 4
    sent(hall, "voting-enter", voting.pk, **{f"vote-{rows['sor1']}": "_none"})
    assert Ballot.objects.count() == 4
    assert post(hall, "voting-enter", voting.pk, everybody="_blank").status_code == 422
    sent(hall, "voting-cancel", voting.pk, reason="Feil spørsmål.")
    assert "Avbrutt" in page(hall)
    assert post(hall, "voting-enter", voting.pk, everybody="ja").status_code == 409


def test_faults_are_told_where_they_are_and_what_is_typed_stays(elected: Committee) -> None:
    hall = Hall(elected)
    hall.mark("nord1")
    assert "Ingen leder møtet." in post(hall, "meeting-open", hall.meeting.pk).content.decode()
    sent(hall, "meeting-open", hall.meeting.pk, leader=str(hall.row("nord1").pk))
    answer = post(hall, "attendance-set", hall.row("sor1").pk, how="remote")
    assert (answer.status_code, "11-7" in answer.content.decode()) == (422, True)
    assert post(hall, "meeting-chair", hall.meeting.pk, leader="x").status_code == 422
    item = hall.item(elected.case())
    answer = post(hall, "voting-open", item.pk, about="outcomes", outcomes=["ja", "nei"], manner="show")
    assert (answer.status_code, "11-9" in answer.content.decode()) == (409, True)
    for name in ("leder", "sor1"):
        sent(hall, "attendance-set", hall.row(name).pk, how="present")
    answer = post(hall, "voting-open", item.pk, about="outcomes", outcomes=["ja"], manner="show")
    assert "Velg minst to" in answer.content.decode()
    answer = post(hall, "item-decide", item.pk, how="agreed", outcome="nei", text="Vi sier nei til dette.")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "må begrunnes her" in text and "Vi sier nei til dette." in text
    sent(hall, "meeting-chair", hall.meeting.pk, leader=str(hall.row("leder").pk))
    sent(hall, "item-decide", item.pk, how="agreed", outcome="nei", text="Vi sier nei.", reason="For dyrt.")
    assert AgendaItem.objects.get().decision == "Vi sier nei."


def test_a_substitute_and_an_item_put_off(made: Committee) -> None:
    hall = Hall(made)
    hall.open("leder", "nord1")
    item = hall.item(made.case())
    sent(
        hall, "attendance-substitute", hall.meeting.pk, member=str(hall.row("sor1").pk),
        person=str(made.people[SUBSTITUTE].pk), sak=str(item.pk),
    )  # fmt: skip
    assert "vara for Sor1" in page(hall)
    assert "Vi går inn for" in page(hall, SUBSTITUTE)
    motion = actions.make_motion(**hall.by(), item_id=item.pk, participant_id=hall.row("nord1").pk, text="Utsett.")
    sent(hall, "motion-withdraw", motion.pk, "nord1", _version="1")
    sent(hall, "item-postpone", item.pk, reason="Mangler tall.")
    item.refresh_from_db()
    assert (item.state, item.decision) == ("postponed", "Mangler tall.")


def test_questions_do_not_grow_with_the_people_or_the_items(made: Committee) -> None:
    hall = Hall(made)
    hall.open()
    item = hall.item(made.case())
    voting = hall.vote(item)
    counts = []
    for _ in range(2):
        for who in (SECRETARY, "nord1"):
            client = made.client(who)
            client.get(place(made, "meeting-hold", hall.meeting.pk))
            with CaptureQueriesContext(connection) as seen:
                client.get(place(made, "meeting-hold", hall.meeting.pk))
            counts.append(len(seen))
        for number, name in enumerate(MEMBERS):
            hall.cast(voting, name, "ja")
            hall.item(made.case(f"Sak {number}"), opened=False)
    assert counts[2] <= counts[0] and counts[3] <= counts[1], counts
