"""Who is told what, and that nobody is told twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from samstyr.foundation.access import Act, Actor
from samstyr.foundation.audit.models import AuditEvent
from samstyr.foundation.kernel.errors import NotFound, Refused
from samstyr.foundation.organisations.models import Substitution
from samstyr.outward.notices import actions, queries
from samstyr.outward.notices.actions.give import News
from samstyr.outward.notices.models import Notice
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.hearings import actions as hearings
from samstyr.wheel.needs.tests.factories import NOW, World
from tests.support import actor_in, make_tenant

from .conftest import Round


def told(made: World) -> set[tuple[str, str]]:
    """Role and kind of every notice."""
    roles = {person.pk: role for role, person in made.people.items()}
    return {(roles[row.person_id], row.kind) for row in Notice.objects.all()}


def test_whoever_is_to_treat_the_step_is_told(submitted: Round) -> None:
    assert told(submitted.world) == {("leder", "task")}
    notice = Notice.objects.get()
    assert (notice.title, notice.what, notice.due_on) == (
        submitted.need.title,
        "Områdelederen vurderer",
        date(2026, 3, 31),
    )


def test_whoever_stands_in_is_told_too(submitted: Round) -> None:
    people = submitted.world.people
    Substitution(
        person=people["sekretaer"], substitute=people["leser"], starts_on=NOW.date(), ends_on=NOW.date()
    ).save()
    submitted.treat("leder", "videre")
    assert {("sekretaer", "task"), ("leser", "task")} <= told(submitted.world)


def test_whoever_caused_it_is_not_told(asked: Round) -> None:
    assert told(asked.world) == {("leder", "task"), ("sekretaer", "task"), ("ombud", "hearing")}
    asked.treat("sekretaer", "ferdig", NOW + timedelta(days=20))
    # The secretary treats the next step as well, and has just opened it.
    assert Notice.objects.filter(person=asked.person("sekretaer")).count() == 1


def test_when_all_have_answered_whoever_asked_is_told(asked: Round) -> None:
    hearings.give_statement(
        actor=asked.world.actor("ombud"), now=NOW, consultee_id=asked.consultee.pk, position="no_remarks"
    )
    assert ("sekretaer", "answered") in told(asked.world)


def test_a_returned_and_a_stopped_need_reach_the_writer(submitted: Round) -> None:
    submitted.treat("leder", "retur", reason="Skriv hvor mange.")
    assert ("ansatt", "returned") in told(submitted.world)
    other = submitted.world.submitted(title="Et annet behov", personal_data=True, answers={"vern": "Navn"})
    submitted.need = other
    submitted.treat("leder", "stopp", reason="Dekket av et annet.")
    assert Notice.objects.get(kind="outcome").what == "Stopp"


def test_a_mention_is_told_only_to_those_who_may_see_the_case(submitted: Round) -> None:
    by = submitted.world.actor("leder")
    for name in ("Sekretær", "Leser, Vidde", "Sekretær"):
        casework.comment(actor=by, now=NOW, case_id=submitted.case.pk, text=f"@[{name}] se her")
    assert [row.person for row in Notice.objects.filter(kind="mention")] == [submitted.person("sekretaer")] * 2


def test_the_same_news_is_given_once(submitted: Round) -> None:
    news = News("task", "case_step", submitted.step().pk, "Behov", "Vurder")
    people = [submitted.person("leder"), submitted.person("leser")]
    assert actions.give_notices(actor=submitted.system(), now=NOW, news=news, people=people) == 1
    assert actions.give_notices(actor=submitted.system(), now=NOW, news=news, people=people) == 0
    with pytest.raises(Refused):
        actions.give_notices(actor=submitted.world.actor("leder"), now=NOW, news=news, people=people)


class TestReminders:
    def test_a_week_and_a_day_before_and_once_after(self, submitted: Round) -> None:
        given = [actions.remind(actor=submitted.system(), now=NOW + timedelta(days=day)) for day in range(60)]
        # 10 February and on: a week before 31 March is day 42.
        assert [day for day, count in enumerate(given) if count and day] == [42, 48, 50]
        assert Notice.objects.filter(person=submitted.person("leder"), reminder=True).count() == 3

    def test_what_is_treated_is_not_reminded_of(self, submitted: Round) -> None:
        submitted.treat("leder", "videre")
        assert actions.remind(actor=submitted.system(), now=NOW + timedelta(days=45)) == 0

    def test_the_body_asked_is_reminded_and_not_the_one_who_waits_for_it(self, asked: Round) -> None:
        actions.remind(actor=asked.system(), now=NOW + timedelta(days=8))
        notice = Notice.objects.get(reminder=True)
        assert (notice.person, notice.kind) == (asked.person("ombud"), "hearing")
        assert actions.remind(actor=asked.system(), now=NOW + timedelta(days=8)) == 0


def test_those_who_gather_needs_are_told_once_that_the_intake_is_open(made: World) -> None:
    """B-40."""
    system = Actor(UUID(int=0), made.tenant.pk, "Samstyr", automatic="daily")
    for day in (
        datetime(2026, 1, 31, 9, tzinfo=UTC),
        NOW,
        NOW + timedelta(days=1),
        datetime(2026, 3, 5, 9, tzinfo=UTC),
    ):
        actions.remind(actor=system, now=day)
    (notice,) = Notice.objects.all()
    assert (notice.person, notice.kind, notice.due_on) == (made.people["representant"], "season", date(2026, 2, 28))


class TestReading:
    def test_one_marks_ones_own_and_nobody_elses(self, asked: Round) -> None:
        mine = Notice.objects.get(person=asked.person("ombud"))
        with pytest.raises(Refused):
            actions.mark_seen(actor=asked.world.actor("leder"), now=NOW, notice_id=mine.pk)
        assert actions.mark_seen(actor=asked.world.actor("ombud"), now=NOW, notice_id=mine.pk) == 1
        assert actions.mark_seen(actor=asked.world.actor("ombud"), now=NOW) == 0
        assert queries.unseen_count(asked.world.actor("ombud")) == 0
        assert queries.unseen_count(asked.world.actor("leder")) == 1
        assert AuditEvent.objects.filter(action="notice.seen").count() == 1

    def test_nobody_sees_anothers(self, asked: Round) -> None:
        row = Notice.objects.get(person=asked.person("ombud"))
        assert queries.notice_by_id(asked.world.actor("leder"), row.pk) is None
        assert queries.notice_by_id(asked.world.actor("ombud"), row.pk) == row


@pytest.mark.django_db
def test_a_notice_of_another_tenant_is_not_there(asked: Round) -> None:
    from samstyr.foundation.tenancy.scope import tenant_scope

    row = Notice.objects.first()
    other = make_tenant()
    with tenant_scope(other.pk), pytest.raises(NotFound):
        actions.mark_seen(actor=actor_in(other, *Act), now=NOW, notice_id=row.pk)
