"""What the other rooms tell becomes notices to the people concerned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from samstyr.foundation.access import Act, Actor, Holder, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.queries import lists
from samstyr.procedure.casework import events as case_events
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.counsel import events as counsel_events
from samstyr.procedure.counsel import queries as counsel
from samstyr.procedure.hearings import events as hearing_events
from samstyr.procedure.hearings import queries as hearings
from samstyr.procedure.lifting import events as lifting_events
from samstyr.procedure.lifting import queries as lifting
from samstyr.procedure.meetings import events as meeting_events
from samstyr.procedure.meetings import queries as meetings
from samstyr.wheel.needs import events as need_events
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.prioritisation import events as rounds
from samstyr.wheel.prioritisation import queries as prioritisation
from samstyr.wheel.reporting import events as report_events
from samstyr.wheel.reporting import queries as reporting

from . import queries
from .actions import give_notices
from .actions.give import News, advice_news

RULE = "notice"


def step_opened(event: case_events.StepOpened, *, actor: Actor, now: datetime) -> None:
    """Tell those who are to treat the step."""
    row = casework.step_of(event.case_step_id)
    if row is None:
        return
    news = News("task", "case_step", row.pk, row.case.title, row.name, row.due_on)
    tell(news, queries.people_of(casework.holders_of_step(row), oslo_date(now)), actor, now)


def consultee_asked(event: hearing_events.ConsulteeAsked, *, actor: Actor, now: datetime) -> None:
    """Tell those who answer for the body; a reminder from the secretariat counts once a day."""
    row = hearings.consultee_by_id(event.consultee_id)
    if row is None:
        return
    stage = f"asked {oslo_date(now)}" if event.reminder else ""
    news = News("hearing", "consultee", row.pk, row.hearing.case.title, row.name, event.deadline, stage)
    tell(news, queries.people_of(hearings.consultee_facts(row).holders, oslo_date(now)), actor, now)


def statement_given(event: hearing_events.StatementGiven, *, actor: Actor, now: datetime) -> None:
    """Tell whoever sent the case out when the last body has answered."""
    row = hearings.consultee_by_id(event.consultee_id)
    if row is None or row.hearing.opened_by is None or hearings.anybody_silent(row.hearing_id):
        return
    news = News("answered", "hearing", row.hearing_id, row.hearing.case.title)
    tell(news, [row.hearing.opened_by], actor, now)


def person_mentioned(event: case_events.PersonMentioned, *, actor: Actor, now: datetime) -> None:
    """Tell the one named in a comment, if they may see the case."""
    case, person = casework.case_by_id(event.case_id), lists.person(event.person_id)
    if case is None or person is None:
        return
    reader = queries.actor_of(person, oslo_date(now))
    if may(reader, Act.CASE_READ, casework.case_facts(case)):
        news = News("mention", "case", case.pk, case.title, event.author, about=event.comment_id)
        tell(news, [person], actor, now)


def case_returned(event: case_events.CaseReturned, *, actor: Actor, now: datetime) -> None:
    """Tell whoever brought the case that it is back with them."""
    case = casework.case_by_id(event.case_id)
    if case is not None:
        about = casework.completion_step(case)
        tell(News("returned", "case", case.pk, case.title, about=about), _writers(case), actor, now)


def case_ended(event: case_events.CaseEnded, *, actor: Actor, now: datetime) -> None:
    """Tell whoever brought the case what came of it."""
    case = casework.case_by_id(event.case_id)
    if case is None or not event.treatment_id:
        return
    what = casework.outcome_name(event.treatment_id)
    tell(News("outcome", "case", case.pk, case.title, what, about=event.treatment_id), _writers(case), actor, now)


def case_parked(event: case_events.CaseParked, *, actor: Actor, now: datetime) -> None:
    """Tell whoever brought the case that it rests, and until when."""
    case = casework.case_by_id(event.case_id)
    if case is not None:
        about = uuid5(case.pk, event.until.isoformat())
        news = News("parked", "case", case.pk, case.title, due_on=event.until, about=about)
        tell(news, _writers(case), actor, now)


def advice_given(event: counsel_events.AdviceGiven, *, actor: Actor, now: datetime) -> None:
    """Tell the body's chair, secretary and convener that a reply is waited for, if they may see the case."""
    row, today = counsel.addressee_by_id(event.addressee_id), oslo_date(now)
    if row is not None:
        tell(advice_news(row), queries.repliers(row, today), actor, now)


def advice_answered(event: counsel_events.AdviceAnswered, *, actor: Actor, now: datetime) -> None:
    """Tell whoever entered the advice that there is a reply."""
    row = counsel.addressee_by_id(event.addressee_id)
    if row is not None and row.counsel.given_by is not None:
        news = News("advised", "counsel", row.counsel_id, row.counsel.subject, str(row), about=row.pk)
        tell(news, [row.counsel.given_by], actor, now)


def co_author_added(event: need_events.CoAuthorAdded, *, actor: Actor, now: datetime) -> None:
    """Tell the one asked to write along."""
    need, person = needs.needs_by_ids([event.need_id]).first(), lists.person(event.person_id)
    if need is not None and person is not None:
        tell(News("co_author", "need", need.pk, need.title), [person], actor, now)


def intake_opened(event: need_events.IntakeOpened, *, actor: Actor, now: datetime) -> None:
    """Tell those who report needs for the service."""
    unit = lists.unit(event.unit_id)
    if unit is not None:
        people = organisations.responsible_in(unit.pk, on=oslo_date(now))
        tell(News("intake", "intake_call", event.call_id, unit.name, due_on=event.due_on), people, actor, now)


def case_received(event: lifting_events.CaseReceived, *, actor: Actor, now: datetime) -> None:
    """Tell those who run the arrangement's cases that one has come from another arrangement."""
    row = lifting.received_by_id(event.received_id)
    if row is None:
        return
    roles = governance.roles_with(Act.CASE_ADMINISTER, oslo_date(now))
    people = queries.people_of([Holder(role) for role in roles], oslo_date(now))
    tell(News("received", "received", row.pk, row.title, row.channel.name), people, actor, now)


def lift_moved(event: lifting_events.LiftMoved, *, actor: Actor, now: datetime) -> None:
    """Tell whoever lifted the case when there is an answer."""
    row = lifting.lift_by_id(event.lift_id)
    if row is None or not event.settled or row.released_by is None:
        return
    news = News("lifted", "case", row.case_id, row.title, row.channel.name, about=uuid5(row.pk, row.state))
    tell(news, [row.released_by], actor, now)


def round_opened(event: rounds.RoundOpened, *, actor: Actor, now: datetime) -> None:
    """Tell those who are to score."""
    _tell_scorers("scoring", event.round_id, actor, now)


def scoring_closed(event: rounds.ScoringClosed, *, actor: Actor, now: datetime) -> None:
    """Tell those who scored that the ranking stands."""
    _tell_scorers("scored", event.round_id, actor, now)


def procedure_sent(event: meeting_events.ProcedureSent, *, actor: Actor, now: datetime) -> None:
    """Tell those who are asked in writing, and who stands in for them; or remind them."""
    row = meetings.procedure_by_id(event.procedure_id)
    if row is None:
        return
    news = News("procedure", "procedure", row.pk, row.case.title, row.case_step.name, row.deadline, event.reminder)
    holders = [Holder("", person=key) for key in event.people]
    tell(news, queries.people_of(holders, oslo_date(now)), actor, now)


def procedure_closed(event: meeting_events.ProcedureClosed, *, actor: Actor, now: datetime) -> None:
    """Tell those who were asked what came of it."""
    row = meetings.procedure_by_id(event.procedure_id)
    if row is None:
        return
    people = [person for member in row.members.all() if (person := lists.person(member.person_id)) is not None]
    news = News("settled", "procedure", row.pk, row.case.title, row.get_state_display())
    tell(news, people, actor, now)


def meeting_called(event: meeting_events.MeetingCalled, *, actor: Actor, now: datetime) -> None:
    """Tell everybody who takes part, or those named, that they are called, or that it is changed or cancelled."""
    meeting = meetings.minutes.whole_meeting(event.meeting_id)
    if meeting is None:
        return
    title = f"{meetings.minutes.body_name(meeting)} {meeting.number}/{meeting.held_on.year}"
    about = uuid5(meeting.pk, str(meeting.sequence))
    what = "cancelled" if meeting.day.cancelled else "changed" if event.changed else ""
    news = News("meeting", "meeting", meeting.pk, title, what, meeting.held_on, about=about)
    people = [person for person in _called(meeting) if not event.people or person.pk in event.people]
    tell(news, people, actor, now)


def minutes_sent(event: meeting_events.MinutesSent, *, actor: Actor, now: datetime) -> None:
    """Tell those who approve the minutes; where the body does it in its next meeting, all who were called."""
    found = _minutes(event.minutes_id)
    if found is None:
        return
    minutes, meeting = found
    if meetings.minutes.approval_rule(meeting) == "next_meeting":
        people: Iterable[Any] = _called(meeting)
    else:
        waiting = meetings.minutes.awaited(minutes, meeting)
        people = queries.people_of([holder for one in waiting for holder in one.holders], oslo_date(now))
    tell(_about_minutes("minutes", meeting, about=uuid5(minutes.pk, now.isoformat())), people, actor, now)


def minutes_returned(event: meeting_events.MinutesReturned, *, actor: Actor, now: datetime) -> None:
    """Tell those who hold the body's meetings that somebody has a remark."""
    found = _minutes(event.minutes_id)
    if found is None:
        return
    meeting, today = found[1], oslo_date(now)
    holders = meetings.manage_facts(meeting.body, today, meeting.organisation_id).holders
    news = _about_minutes("remarked", meeting, actor.name, about=event.approval_id)
    tell(news, queries.people_of(holders, today), actor, now)


def minutes_approved(event: meeting_events.MinutesApproved, *, actor: Actor, now: datetime) -> None:
    """Tell everybody who was called that the minutes are approved, and where they are."""
    found = _minutes(event.minutes_id)
    if found is not None:
        tell(_about_minutes("minuted", found[1], about=event.minutes_id), _called(found[1]), actor, now)


def minutes_corrected(event: meeting_events.MinutesCorrected, *, actor: Actor, now: datetime) -> None:
    """Tell everybody who was called that a correction stands beside the minutes."""
    found = _minutes(event.minutes_id)
    if found is not None:
        news = _about_minutes("minuted", found[1], "addendum", about=event.addendum_id)
        tell(news, _called(found[1]), actor, now)


def follow_up_given(event: meeting_events.FollowUpGiven, *, actor: Actor, now: datetime) -> None:
    """Tell the one who is to do it."""
    row = meetings.follow_ups.follow_up_by_id(event.follow_up_id)
    if row is not None:
        about = uuid5(row.pk, str(row.version))
        body = meetings.follow_ups.body_name(row)
        news = News("follow_up", "follow_up", row.pk, row.title, body, row.due_on, about=about)
        tell(news, queries.people_of([Holder("", person=row.owner_id)], oslo_date(now)), actor, now)


def report_opened(event: report_events.ReportOpened, *, actor: Actor, now: datetime) -> None:
    """Tell whoever writes the report that its period is over, and when it is due."""
    row = reporting.report_by_id(event.report_id)
    if row is not None:
        news = News("report", "report", row.pk, row.name, _report_period(row), row.due_on)
        tell(
            news,
            queries.people_of(reporting.write_facts(row.sender, oslo_date(now)).holders, oslo_date(now)),
            actor,
            now,
        )


def report_sent(event: report_events.ReportSent, *, actor: Actor, now: datetime) -> None:
    """Tell those who receive the report."""
    row = reporting.report_by_id(event.report_id)
    if row is not None:
        title = f"{row.name}, {_report_period(row)}"
        tell(
            News("reported", "report", row.pk, title, row.sent_as),
            reporting.receivers_of(row.receiver, oslo_date(now)),
            actor,
            now,
        )


def report_corrected(event: report_events.ReportCorrected, *, actor: Actor, now: datetime) -> None:
    """Tell those who received the report that an addendum stands beside it."""
    row = reporting.report_by_id(event.report_id)
    if row is not None:
        title = f"{row.name}, {_report_period(row)}"
        news = News("reported", "report", row.pk, title, "addendum", about=event.addendum_id)
        tell(news, reporting.receivers_of(row.receiver, oslo_date(now)), actor, now)


def _report_period(row: Any) -> str:
    return reporting.period_name(row.period_kind, row.starts_on, row.ends_on, row.period_name)


def _minutes(key: UUID) -> tuple[Any, Any] | None:
    minutes = meetings.minutes.minutes_by_id(key)
    meeting = meetings.minutes.whole_meeting(minutes.meeting_id) if minutes else None
    return (minutes, meeting) if minutes and meeting else None


def _about_minutes(kind: str, meeting: Any, what: str = "", *, about: UUID) -> News:
    title = f"{meetings.minutes.body_name(meeting)} {meeting.number}/{meeting.held_on.year}"
    return News(kind, "minutes", meeting.pk, title, what, about=about)


def _called(meeting: Any) -> list[Any]:
    people = (lists.person(one.person_id) for one in meeting.participants.all() if one.person_id)
    return [person for person in people if person is not None]


def _tell_scorers(kind: str, round_id: UUID, actor: Actor, now: datetime) -> None:
    row = prioritisation.round_by_id(round_id)
    if row is None:
        return
    found = {scorer.person.pk: scorer.person for scorer in prioritisation.scorers_of(row, oslo_date(now))}
    found |= {person.pk: person for person in organisations.substitutes_of(found, on=oslo_date(now))}
    stage = "" if kind == "scoring" else str(row.closed_on)
    about = uuid5(row.pk, stage) if stage else None
    tell(News(kind, "round", row.pk, row.name, due_on=row.due_on, about=about), found.values(), actor, now)


def _writers(case: Any) -> list[Any]:
    """Who opened the case, and for a need those who wrote it."""
    people = {case.opened_by.pk: case.opened_by} if case.opened_by else {}
    if case.subject_kind == needs.KIND:
        people |= {person.pk: person for person in needs.writers_of(case.subject_id)}
    return list(people.values())


def tell(news: News, people: Iterable[Any], actor: Actor, now: datetime) -> None:
    """Give the notice to all but the one who caused it, who knows."""
    causer: UUID | None = None if actor.automatic else actor.person
    receivers = [person for person in people if person.pk != causer and person.is_active]
    if receivers:
        give_notices(actor=actor.on_behalf(actor.automatic or RULE), now=now, news=news, people=receivers)
