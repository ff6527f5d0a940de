"""The only list of who is told what. Read it to learn what happens when something happens."""

from __future__ import annotations

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.events import Event, Handler, connect
from samstyr.outward.exports import listening as exports
from samstyr.outward.notices import listening as notices
from samstyr.outward.notices import listening_year as year_notices
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import events as case_events
from samstyr.procedure.casework.queries.standing import provide
from samstyr.procedure.counsel import events as counsel_events
from samstyr.procedure.counsel import queries as counsel
from samstyr.procedure.hearings import actions as hearings
from samstyr.procedure.hearings import events as hearing_events
from samstyr.procedure.hearings import queries as hearing_queries
from samstyr.procedure.lifting import carrying, telling
from samstyr.procedure.lifting import events as lifting_events
from samstyr.procedure.matters import actions as matters
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.meetings import events as meeting_events
from samstyr.procedure.year import events as year_events
from samstyr.wheel.handovers import decision_to_matter, decision_to_model, decision_to_plan, report_to_meeting
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs import events as need_events
from samstyr.wheel.portfolio import actions as portfolio
from samstyr.wheel.portfolio import events as portfolio_events
from samstyr.wheel.prioritisation import events as round_events
from samstyr.wheel.reporting import events as report_events
from samstyr.wheel.scenarios import actions as scenarios
from samstyr.wheel.scenarios import working as scenario_work
from samstyr.wheel.strategy import actions as strategy
from samstyr.wheel.strategy import events as strategy_events
from samstyr.wheel.strategy import queries as strategy_queries

CONNECTIONS: list[tuple[type[Event], Handler]] = [
    (case_events.StepClosed, hearings.note_step_closed),
    (case_events.StepClosed, meetings.note_step_closed),
    (case_events.MeetingPlanned, hearings.note_meeting_planned),
    (case_events.MeetingMoved, hearings.note_meeting_planned),
    (case_events.MeetingPlanned, meetings.note_day_planned),
    (case_events.MeetingMoved, meetings.note_day_moved),
    (case_events.MeetingCancelled, meetings.note_day_cancelled),
    (case_events.CaseReturned, needs.note_returned),
    (case_events.CaseReturned, matters.note_returned),
    (case_events.CaseReturned, portfolio.note_returned),
    (case_events.CaseReturned, strategy.note_returned),
    (case_events.CaseEnded, needs.note_outcome),
    (case_events.CaseEnded, matters.note_outcome),
    (case_events.CaseEnded, decision_to_plan.need_into_plan),
    (case_events.CaseEnded, decision_to_matter.into_matter),
    (case_events.CaseEnded, decision_to_model.model_settled),
    (case_events.CaseReturned, decision_to_model.model_returned),
    (case_events.StepOpened, decision_to_model.model_taken_up),
    (case_events.CaseEnded, portfolio.note_case_ended),
    (case_events.CaseEnded, strategy.note_case_ended),
    (portfolio_events.DraftOpened, decision_to_plan.waiting_into_draft),
    (case_events.CaseReopened, needs.note_reopened),
    (case_events.CaseReopened, matters.note_reopened),
    (case_events.CaseParked, needs.note_parked),
    (case_events.StepOpened, telling.case_moved),
    (case_events.CaseReturned, telling.case_moved),
    (case_events.CaseParked, telling.case_moved),
    (case_events.CaseReopened, telling.case_moved),
    (case_events.CaseEnded, telling.case_moved),
    (lifting_events.LiftMoved, telling.lift_moved),
    (lifting_events.LiftMoved, notices.lift_moved),
    (lifting_events.CaseReceived, notices.case_received),
    (case_events.StepOpened, notices.step_opened),
    (case_events.CaseReturned, notices.case_returned),
    (case_events.CaseEnded, notices.case_ended),
    (case_events.CaseParked, notices.case_parked),
    (case_events.PersonMentioned, notices.person_mentioned),
    (hearing_events.ConsulteeAsked, notices.consultee_asked),
    (hearing_events.StatementGiven, notices.statement_given),
    (counsel_events.AdviceGiven, notices.advice_given),
    (counsel_events.AdviceAnswered, notices.advice_answered),
    (year_events.PeriodMoved, casework.note_period_moved),
    (year_events.PeriodMoved, needs.note_period_moved),
    (year_events.PeriodMoved, year_notices.period_moved),
    (case_events.DeadlineMoved, year_notices.deadline_moved),
    (need_events.IntakeMoved, year_notices.intake_moved),
    (case_events.MeetingPlanned, year_notices.meeting_planned),
    (case_events.MeetingMoved, year_notices.meeting_moved),
    (case_events.MeetingCancelled, year_notices.meeting_cancelled),
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
    (report_events.ReportOpened, notices.report_opened),
    (report_events.ReportSent, report_to_meeting.report_sent),
    (meeting_events.MeetingPrepared, report_to_meeting.meeting_prepared),
    (report_events.ReportTabled, exports.file_report),
    (report_events.ReportSent, notices.report_sent),
    (report_events.ReportCorrected, notices.report_corrected),
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
    strategy_events.StrategyProposed,
    strategy_events.StrategyAdopted,
}


# The rooms whose long work `samstyr worker` carries out; importing them registers it.
WORK = (scenario_work, carrying)

# What rooms have on record in a case, for what a step requires.
EVIDENCE = (counsel.evidence, hearing_queries.evidence)


def connect_all() -> None:
    """Connect every listener; safe to repeat."""
    for provider in EVIDENCE:
        provide(provider)
    for event, handler in CONNECTIONS:
        connect(event, handler)
    governance.strategy_told_by(strategy_queries.adopted_content)
