"""Gathers the rooms' tables for Django: one app label, so that a table can move between rooms."""

from samstyr.foundation.audit.models import (
    AuditDetail,
    AuditEvent,
    AuditHead,
    IdempotencyKey,
)
from samstyr.foundation.documents.models import Document
from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.jobs.models import Job
from samstyr.foundation.organisations.models import (
    Organisation,
    Person,
    RoleHolding,
    Seat,
    SeatHolding,
    Substitution,
    Unit,
)
from samstyr.foundation.tenancy.models import Account, Membership, Tenant
from samstyr.outward.notices.models import Mail, MailLink, Notice
from samstyr.outward.publishing.models import Publication
from samstyr.procedure.casework.models import (
    BodyMeeting,
    Case,
    CaseCounter,
    CaseOrganisation,
    CaseStep,
    Comment,
    Treatment,
)
from samstyr.procedure.hearings.models import Consultee, Hearing, HearingChoice, Statement
from samstyr.wheel.needs.models import CoAuthor, IntakeCall, Need, NeedCounter, NeedOrganisation
from samstyr.wheel.portfolio.models import (
    BudgetEntry,
    LineCost,
    LineOrganisation,
    Plan,
    PlanLine,
    PlanVersion,
    ProgressEntry,
)
from samstyr.wheel.prioritisation.models import Consensus, Entry, Round, Score, ScorerNote
from samstyr.wheel.scenarios.models import (
    Candidate,
    CandidateCost,
    CandidateLink,
    CandidateOrganisation,
    CandidateStaff,
    Choice,
    Limit,
    Scenario,
    Solution,
)

__all__ = [
    "Account",
    "AuditDetail",
    "AuditEvent",
    "AuditHead",
    "BodyMeeting",
    "BudgetEntry",
    "Candidate",
    "CandidateCost",
    "CandidateLink",
    "CandidateOrganisation",
    "CandidateStaff",
    "Case",
    "CaseCounter",
    "CaseOrganisation",
    "CaseStep",
    "Choice",
    "CoAuthor",
    "Comment",
    "Consensus",
    "Consultee",
    "Document",
    "Entry",
    "Hearing",
    "HearingChoice",
    "IdempotencyKey",
    "IntakeCall",
    "Job",
    "Limit",
    "LineCost",
    "LineOrganisation",
    "Mail",
    "MailLink",
    "Membership",
    "ModelVersion",
    "Need",
    "NeedCounter",
    "NeedOrganisation",
    "Notice",
    "Organisation",
    "Person",
    "Plan",
    "PlanLine",
    "PlanVersion",
    "ProgressEntry",
    "Publication",
    "RoleHolding",
    "Round",
    "Scenario",
    "Score",
    "ScorerNote",
    "Seat",
    "SeatHolding",
    "Solution",
    "Statement",
    "Substitution",
    "Tenant",
    "Treatment",
    "Unit",
]
