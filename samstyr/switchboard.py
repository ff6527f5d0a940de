"""The only list of who is told what. Read it to learn what happens when something happens."""

from __future__ import annotations

from samstyr.foundation.kernel.events import Event, Handler, connect
from samstyr.outward.exports import listening as exports
from samstyr.outward.notices import listening as notices
from samstyr.procedure.casework import events as case_events
from samstyr.procedure.hearings import actions as hearings
from samstyr.procedure.hearings import events as hearing_events
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.meetings import events as meeting_events
from samstyr.wheel.handovers import decision_to_plan
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs import events as need_events
from samstyr.wheel.portfolio import actions as portfolio
from samstyr.wheel.portfolio import events as portfolio_events
from samstyr.wheel.prioritisation import events as round_events
from samstyr.wheel.scenarios import actions as scenarios
from samstyr.wheel.scenarios import working as scenario_work

CONNECTIONS: list[tuple[type[Event], Handler]] = [
    (case_events.StepClosed, hearings.note_step_closed),
    (case_events.StepClosed, meetings.note_step_closed),
    (case_events.MeetingPlanned, hearings.note_meeting_planned),
    (case_events.CaseReturned, needs.note_returned),
    (case_events.CaseReturned, portfolio.note_returned),
    (case_events.CaseEnded, needs.note_outcome),
    (case_events.CaseEnded, decision_to_plan.need_into_plan),
    (case_events.CaseEnded, portfolio.note_case_ended),
    (portfolio_events.DraftOpened, decision_to_plan.waiting_into_draft),
    (case_events.CaseReopened, needs.note_reopened),
    (case_events.CaseParked, needs.note_parked),
    (case_events.StepOpened, notices.step_opened),
    (case_events.CaseReturned, notices.case_returned),
    (case_events.CaseEnded, notices.case_ended),
    (case_events.CaseParked, notices.case_parked),
    (case_events.PersonMentioned, notices.person_mentioned),
    (hearing_events.ConsulteeAsked, notices.consultee_asked),
    (hearing_events.StatementGiven, notices.statement_given),
    (meeting_events.ProcedureSent, notices.procedure_sent),
    (meeting_events.ProcedureClosed, notices.procedure_closed),
    (meeting_events.MeetingCalled, notices.meeting_called),
    (meeting_events.MinutesSent, notices.minutes_sent),
    (meeting_events.MinutesReturned, notices.minutes_returned),
    (meeting_events.MinutesApproved, exports.file_minutes),
    (meeting_events.MinutesApproved, notices.minutes_approved),
    (meeting_events.MinutesCorrected, notices.minutes_corrected),
    (meeting_events.FollowUpGiven, notices.follow_up_given),
    (need_events.CoAuthorAdded, notices.co_author_added),
    (need_events.IntakeOpened, notices.intake_opened),
    (round_events.RoundOpened, notices.round_opened),
    (round_events.ScoringClosed, notices.scoring_closed),
    (round_events.ScoringClosed, scenarios.note_round_closed),
]

# Events that are published and that nobody needs to know of yet.
UNHEARD: set[type[Event]] = {
    case_events.CaseOpened,
    hearing_events.HearingOpened,
    need_events.NeedSubmitted,
    need_events.NeedResubmitted,
    need_events.NeedWithdrawn,
    need_events.NeedReturned,
    need_events.NeedEnded,
    portfolio_events.PlanProposed,
    portfolio_events.PlanAdopted,
    portfolio_events.MeasureStarted,
}


# The rooms whose long work `samstyr worker` carries out; importing them registers it.
WORK = (scenario_work,)


def connect_all() -> None:
    """Connect every listener; safe to repeat."""
    for event, handler in CONNECTIONS:
        connect(event, handler)
