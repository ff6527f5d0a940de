"""Those asked in writing are told, reminded, and told what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from samstyr.foundation.access import Actor
from samstyr.outward.notices import queries, texts
from samstyr.outward.notices.models import Notice
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import Procedure
from samstyr.procedure.meetings.tests.committee import TODAY, Committee, at, committee

DEADLINE = date(2026, 9, 15)


@pytest.fixture
def made(db: None) -> Iterator[Committee]:
    with committee() as ready:
        yield ready


def ask(made: Committee) -> Procedure:
    return actions.start_procedure(
        **made.by(), case_step_id=made.case().pk, outcome="ja", proposal="Ja.", reason="Raskest.", deadline=DEADLINE
    )


def reply(made: Committee, procedure: Procedure, name: str) -> None:
    member = procedure.members.get(name=name.capitalize())
    actions.reply(**made.by(name, hour=12), member_id=member.pk, answer="for")


def test_asked_reminded_and_told_the_result(made: Committee) -> None:
    procedure = ask(made)
    told = Notice.objects.filter(kind="procedure")
    assert told.count() == 5
    assert "skriftlig" in texts.sentence(told[0])
    assert texts.consequence(told[0], "")
    reply(made, procedure, "nord1")
    daily = Actor(UUID(int=0), made.tenant.pk, "Samstyr", automatic="daily")
    for day in (date(2026, 9, 11), DEADLINE):
        actions.remind_members(actor=daily, now=at(day))
    assert told.filter(reminder=True).count() == 8
    assert not told.filter(reminder=True, person=made.people["nord1"]).exists()
    actions.close_due_procedures(actor=daily, now=at(date(2026, 9, 16)))
    settled = Notice.objects.filter(kind="settled")
    assert settled.count() == 5
    assert "avsluttet" in texts.sentence(settled[0])


def test_what_is_answered_is_not_mailed(made: Committee) -> None:
    procedure = ask(made)
    notice = Notice.objects.get(kind="procedure", person=made.people["nord1"])
    actor = made.actor("nord1")
    assert queries.still_wanted(notice, actor, at(TODAY)) is not None
    reply(made, procedure, "nord1")
    assert queries.still_wanted(notice, actor, at(TODAY)) is None
