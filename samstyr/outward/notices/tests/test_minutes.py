"""Who is told of minutes and of what is to be followed up, and when they are reminded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from samstyr.outward.notices import actions as notices
from samstyr.outward.notices import queries, texts
from samstyr.outward.notices.models import Notice
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.tests.committee import Committee, at, committee
from samstyr.procedure.meetings.tests.test_follow_up import DUE, finish, give
from samstyr.procedure.meetings.tests.test_minutes import AFTER, approved, sent


@pytest.fixture
def made(db: None) -> Iterator[Committee]:
    with committee() as ready:
        yield ready


def told(kind: str) -> set[str]:
    return {row.person.name for row in Notice.objects.filter(kind=kind)}


def test_those_who_approve_are_told_and_those_called_when_it_is_done(made: Committee) -> None:
    minutes = sent(made)
    assert told("minutes") == {"Leder"}
    notice = Notice.objects.get(kind="minutes")
    assert (notice.object_kind, notice.object_id) == ("minutes", minutes.meeting_id)
    assert texts.sentence(notice) == "Møteboken er klar til godkjenning"
    actions.approve_minutes(**made.by("leder", day=AFTER), minutes_id=minutes.pk, digest=minutes.digest)
    assert told("minuted") == {"Nord1", "Nord2", "Sor1", "Sor2", "Sekretar", "Vara"}


def test_where_the_body_approves_all_who_were_called_are_told(db: None) -> None:
    with committee(rules="elected") as made:
        sent(made)
        assert told("minutes") == {"Leder", "Nord1", "Nord2", "Sor1", "Sor2", "Vara"}


def test_a_remark_is_told_to_those_who_hold_the_meeting(made: Committee) -> None:
    minutes = sent(made)
    actions.remark_on_minutes(**made.by("leder", day=AFTER), minutes_id=minutes.pk, text="Feil.")
    assert told("remarked") == {"Sekretar"}
    assert "merknad fra Leder" in texts.sentence(Notice.objects.get(kind="remarked"))
    # Sent again, it is new news to the same people.
    minutes.refresh_from_db()
    later = made.by(day=AFTER, hour=12)
    actions.send_minutes(**later, minutes_id=minutes.pk, version=minutes.version)
    assert Notice.objects.filter(kind="minutes").count() == 2


def test_a_correction_is_told_to_those_called(made: Committee) -> None:
    minutes = approved(made)
    actions.add_addendum(**made.by(day=AFTER), minutes_id=minutes.pk, text="x", reason="y")
    found = Notice.objects.filter(kind="minuted", what="addendum")
    assert {row.person.name for row in found} == {"Leder", "Nord1", "Nord2", "Sor1", "Sor2", "Vara"}
    assert all("tillegg" in texts.sentence(row) for row in found)


def test_a_notice_is_news_only_to_those_who_may_read(made: Committee) -> None:
    minutes = sent(made)
    notice = Notice.objects.get(kind="minutes")
    later = at(AFTER) + timedelta(hours=1)
    assert queries.still_wanted(notice, made.actor("leder"), later)
    assert not queries.still_wanted(notice, made.actor("utenfor"), later)
    actions.remark_on_minutes(**made.by("leder", day=AFTER), minutes_id=minutes.pk, text="Feil.")
    assert not queries.still_wanted(notice, made.actor("nord1"), later)


def test_the_owner_of_a_follow_up_is_told_each_time_it_is_given(made: Committee) -> None:
    row = give(made)
    notice = Notice.objects.get(kind="follow_up")
    assert (notice.person, notice.what, notice.due_on) == (made.people["nord1"], "Utvalget", DUE)
    assert "ansvaret for en oppfølging: Utvalget" in texts.sentence(notice)
    assert queries.still_wanted(notice, made.actor("nord1"), at(row.due_on) - timedelta(days=27))
    row = finish(made, row)
    assert not queries.still_wanted(notice, made.actor("nord1"), at(row.due_on) - timedelta(days=27))
    actions.reopen_follow_up(**made.by(), follow_up_id=row.pk, version=row.version, note="Ett mangler.")
    assert Notice.objects.filter(kind="follow_up").count() == 2


def test_it_is_reminded_of_before_on_and_after_the_day(made: Committee) -> None:
    give(made)
    system = made.actor().on_behalf("daily")
    given = {}
    for days in range(-9, 5):
        day = DUE + timedelta(days=days)
        before = Notice.objects.count()
        notices.remind(actor=system, now=at(day))
        notices.remind(actor=system, now=at(day, 15))
        given[days] = Notice.objects.count() - before
    assert {days for days, count in given.items() if count} == {-7, -1, 0, 1}
    assert set(given.values()) == {0, 1}


def test_nothing_done_is_reminded_of(made: Committee) -> None:
    finish(made, give(made))
    before = Notice.objects.count()
    notices.remind(actor=made.actor().on_behalf("daily"), now=at(DUE))
    assert Notice.objects.count() == before
