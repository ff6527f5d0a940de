"""One of each thing that an address can show, so that every address can be asked for.

An address is filled in by its own entry in `ADDRESS`, else by its `kind` in `KIND`. Each is a function of the
world that gives the values of the route (`key` and the like); it runs inside the tenant's scope, once.
A room that adds a kind adds a line here; `script/matrix --missing` tells which addresses lack one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from samstyr.foundation.documents import files
from samstyr.foundation.documents.models import Document
from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.jobs.models import Job
from samstyr.foundation.organisations.models import (
    RoleHolding,
    Seat,
    SeatConsultation,
    SeatHolding,
    Substitution,
)
from samstyr.outward.exports.governing.word import DEFAULT as GOVERNING
from samstyr.outward.exports.word import DEFAULT, sample
from samstyr.outward.notices.models import Notice
from samstyr.outward.publishing.models import Publication
from samstyr.procedure.announcements.models import Announcement
from samstyr.procedure.casework.models import (
    BodyMeeting,
    Case,
    CaseOrganisation,
    CaseStep,
)
from samstyr.procedure.contributions.models import MemberContribution
from samstyr.procedure.counsel.models import Addressee, Counsel
from samstyr.procedure.hearings.models import Consultee, Hearing, Statement
from samstyr.procedure.lifting.models import Channel, Received
from samstyr.procedure.mandates.models import LedgerEntry
from samstyr.procedure.matters.models import Matter
from samstyr.procedure.meetings.models import (
    AgendaItem,
    CasePaper,
    CasePaperPart,
    Disqualification,
    FollowUp,
    Meeting,
    Minutes,
    MinutesSection,
    Motion,
    Paper,
    Participant,
    Procedure,
    ProcedureMember,
    Question,
    Reply,
    Voting,
)
from samstyr.procedure.meetings.queries.minutes import digest_of
from samstyr.procedure.sources.models import Citation, Source
from samstyr.procedure.year.models import PeriodMove, WheelYear, YearActivity, YearPeriod
from samstyr.wheel.needs.models import IdeaSession, IntakeCall, Need, NeedState, SessionIdea, SessionSector
from samstyr.wheel.portfolio.models import Deferral, Grant, GrantState, Plan, PlanLine, PlanVersion, VersionState
from samstyr.wheel.prioritisation.models import Entry, Round
from samstyr.wheel.reporting import queries as reporting
from samstyr.wheel.reporting.models import Report, ReportPart
from samstyr.wheel.reporting.rules.content import for_audience
from samstyr.wheel.scenarios.models import Candidate, Scenario, Solution
from samstyr.wheel.strategy.models import Measurement, StrategyVersion
from tests.security.filling import fill
from tests.security.world import AUTHOR, HOME, World, model

Route = dict[str, Any]
# A stage as a round keeps it.
COARSE: dict[str, Any] = {
    "key": "grov",
    "name": "Grovscreening",
    "mandatory": True,
    "scale": [{"key": key, "name": key, "number": number} for number, key in enumerate(("lav", "middels", "hoy"), 1)],
    "criteria": [{"key": "gevinst", "name": "Gevinst", "weight": 100, "polarity": "positive"}],
}
# A measure that tells nothing beyond its money.
BARE_LINE: dict[str, Any] = {
    "kind": "",
    "focus_area": "",
    "goals": [],
    "answers": {},
    "effort": {},
    "purchase_on": None,
}
LONG_AGO = datetime(2026, 2, 10, 11, 0, tzinfo=UTC)


def once(world: World, name: str, make: Callable[[], Any]) -> Any:
    """The thing of that name, made at the first asking."""
    if name not in world.made:
        world.made[name] = make()
    return world.made[name]


def need(world: World, state: str = NeedState.SUBMITTED) -> Need:
    """The author's need for the home service, submitted unless told otherwise."""
    sent = state != NeedState.DRAFT
    return once(
        world,
        f"need-{state}",
        lambda: fill(
            Need,
            "behov",
            state=state,
            organisation=world.organisations[HOME],
            unit=world.units[HOME],
            submitter=world.people[AUTHOR],
            number=1 if sent else None,
            submitted_at=LONG_AGO if sent else None,
            investment_cost=1000,
            operating_cost=0,
            price_year=2026,
            wanted_year=2027,
            goals=[],
            answers={},
            import_key="",
        ),
    )


def case(world: World) -> Case:
    """The submitted need's case, at the path's first step."""
    return once(world, "case", lambda: _case(world))


def _case(world: World) -> Case:
    row = fill(
        Case,
        "sak",
        subject_kind="need",
        subject_id=need(world).pk,
        path=_path().key,
        model_version=world.version,
        unit=world.units[HOME],
        opened_by=world.people[AUTHOR],
        outcome="",
        outcome_effect="",
        year=2026,
        facts_given={"scope": "single", "total_cost": 1000},
    )
    fill(CaseOrganisation, "sak", case=row, organisation=world.organisations[HOME])
    return row


def _model_draft(world: World) -> Route:
    """A draft of the model, as somebody works on it."""
    row = ModelVersion.objects.filter(number=900).first() or fill(
        ModelVersion, "utkast", state="draft", number=900, key="utkast", text=world.version.text,
        sha256=world.version.sha256, step=0, accepted=[], proposal=None, valid_from=None, adopted_on=None,
    )  # fmt: skip
    return {"key": row.pk}


def _path() -> Any:
    return model().path_for("need")


def step(world: World) -> CaseStep:
    """The active first step, which the home area's director holds."""
    first = next(found for found in _path().steps if found.key == _path().start)
    return once(
        world,
        "case_step",
        lambda: fill(
            CaseStep,
            "steg",
            case=case(world),
            step=first.key,
            name="Vurdering",
            kind=first.kind,
            round=1,
            order=1,
            organisation=world.organisations[HOME],
            unit=world.areas[HOME],
            actor_role="sector_director",
            actor_body="",
            outcome="",
        ),
    )


def document(world: World, state: str = NeedState.SUBMITTED) -> Document:
    """An open file of the author's need in that state."""
    return once(
        world,
        f"document-{state}",
        lambda: fill(
            Document,
            "fil",
            owner_kind="need",
            owner_id=need(world, state).pk,
            added_by=world.people[AUTHOR],
            stored_name=files.write_bytes(b"Et notat."),
            sha256=hashlib.sha256(b"Et notat.").hexdigest(),
            size=9,
            content_type="text/plain",
            file_name="notat.txt",
            legal_basis="",
        ),
    )


def matter(world: World, state: str = "open") -> Matter:
    """The author's matter; one that is open has a case of its own, at no step."""
    row = once(
        world, f"matter-{state}",
        lambda: fill(
            Matter, "emne", state=state, path="sak", subject="advice", written_by=world.people[AUTHOR], outcome="",
            goals=[], returned_reason="", withdrawn_reason="",
        ),
    )  # fmt: skip
    if state == "open":
        once(
            world, "matter-case",
            lambda: fill(
                Case, "emne", subject_kind="advice", subject_id=row.pk, path=_path().key, model_version=world.version,
                unit=world.units[HOME], opened_by=world.people[AUTHOR], outcome="", outcome_effect="", year=2026,
                facts_given={},
            ),
        )  # fmt: skip
    return row


def matter_file(world: World) -> Document:
    """A file of the author's draft of a matter."""
    return once(
        world, "matter-file",
        lambda: fill(
            Document, "emnefil", owner_kind="matter", owner_id=matter(world, "draft").pk, added_by=world.people[AUTHOR],
            stored_name=files.write_bytes(b"Et notat."), sha256=hashlib.sha256(b"Et notat.").hexdigest(), size=9,
            content_type="text/plain", file_name="notat.txt", legal_basis="",
        ),
    )  # fmt: skip


def channel(world: World) -> Channel:
    """An agreement with somebody whose cases are taken."""
    return once(world, "channel", lambda: fill(Channel, "avtale", direction="in", state="open", digest=""))


def received(world: World) -> Received:
    """A case from another arrangement, not answered."""
    return once(
        world,
        "received",
        lambda: fill(Received, "løftet", channel=channel(world), state="waiting", shielded=[], answer=""),
    )


def year_period(world: World) -> YearPeriod:
    """A period of a year that belongs to IT-leder, with one thing to do in it and one move that can be taken back."""
    return once(world, "year-period", lambda: _year_period(world))


def _year_period(world: World) -> YearPeriod:
    year = fill(WheelYear, "året", year=2026, model_version=world.version)
    row = fill(
        YearPeriod, "periode", of=year, wheel="", key="februar", order=1, starts_on=date(2026, 2, 1),
        ends_on=date(2026, 2, 28), model_starts_on=date(2026, 2, 1), model_ends_on=date(2026, 2, 27),
        owner_role="it_lead", owner_body="", pdca="",
    )  # fmt: skip
    fill(YearActivity, "aktivitet", period=row, order=1)
    fill(
        PeriodMove, "flytting", period=row, was_starts_on=date(2026, 2, 1), was_ends_on=date(2026, 2, 27),
        starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 28), person=world.people[AUTHOR], undoes=None,
    )  # fmt: skip
    return row


def idea_session(world: World) -> IdeaSession:
    """A session of the home area that prioritised, with the author's need as its idea."""
    return once(world, "idea-session", lambda: _idea_session(world))


def _idea_session(world: World) -> IdeaSession:
    row = fill(
        IdeaSession, "samling", year=2026, held_on=date(2026, 2, 10), prioritises=True, participants={"ansatte": 9},
        registered_by=world.people[AUTHOR],
    )  # fmt: skip
    fill(SessionSector, "sektor", session=row, unit=world.areas[HOME])
    fill(SessionIdea, "ide", session=row, need=need(world), votes={})
    return row


def bare_session(world: World) -> IdeaSession:
    """A session that no ideas came out of."""

    def make() -> IdeaSession:
        row = fill(IdeaSession, "tom", year=2026, held_on=None, participants={}, registered_by=world.people[AUTHOR])
        fill(SessionSector, "sektor", session=row, unit=world.areas[HOME])
        return row

    return once(world, "bare-session", make)


def contribution(world: World) -> MemberContribution:
    """What a representative has told the forum."""
    return once(
        world, "contribution",
        lambda: fill(
            MemberContribution, "bidrag", body="digitaliseringsforum", kind="initiative", audience_kind="",
            person=world.people["representative"],
        ),
    )  # fmt: skip


def strategy(world: World, state: str = "draft") -> StrategyVersion:
    """A version of a strategy with a goal, a value and a phase."""
    content = {
        "title": "Digitaliseringsstrategi",
        "first_year": 2026,
        "goals": [{"key": "svar", "text": "Alle får svar digitalt"}, {"key": "tid", "text": "Svar tar kort tid"}],
        "targets": [{"key": "oppetid", "name": "Oppetid", "unit": "%", "value": 99.7}],
        "values": [{"key": "kvalitet", "name": "Kvalitet"}],
        "process": {"phases": [{"key": "horing", "name": "Høring"}]},
    }
    return once(
        world, f"strategy-{state}",
        lambda: fill(
            StrategyVersion, "strategi", state=state, content=content, fates={}, process={}, body="", reference="",
            number=1 if state == "adopted" else None,
            adopted_on=date(2026, 2, 1) if state == "adopted" else None, based_on=strategy(world, "adopted") if state == "draft" else None,
        ),
    )  # fmt: skip


def strategy_target(world: World) -> str:
    """The target of the adopted strategy, by its key."""
    strategy(world, "adopted")
    return "oppetid"


def strategy_measurement(world: World) -> Measurement:
    """A figure for the target."""
    return once(world, "measurement", lambda: fill(Measurement, "måling", target=strategy_target(world)))


def ledger_entry(world: World) -> LedgerEntry:
    """What the representative has written in the forum's list of solutions."""
    return once(
        world, "ledger_entry",
        lambda: fill(
            LedgerEntry, "oppføring", ledger="losninger", number=1, state="ny", answers={"ar": "2025"}, tags=[], case=None,
            written_by=world.people["representative"],
        ),
    )  # fmt: skip


def _report(world: World, key: str, period: str, **more: Any) -> Report:
    form = next(one for one in model().reports if one.key == key)
    row = fill(
        Report, "rapport", key=key, name=str(form.name), period=period, period_kind="year", period_name="",
        starts_on=date(int(period), 1, 1), ends_on=date(int(period), 12, 31), due_on=date(int(period) + 1, 3, 1),
        sender=form.sender, receiver=form.receiver, form=form.model_dump(mode="json"), content={}, published={},
        **{"digest": "", "state": "draft", **more},
    )  # fmt: skip
    for order, part in enumerate(form.parts(), start=1):
        fill(
            ReportPart, "del", report=row, kind="section", key=part.key, order=order, drafted={}, figures={}, light="",
            carried=False,
        )  # fmt: skip
    return row  # type: ignore[no-any-return]


def report_draft(world: World) -> Report:
    """The yearly report that IT-leder writes."""
    return once(world, "report_draft", lambda: _report(world, "arsevaluering", "2025"))


def report_sent(world: World) -> Report:
    """One that is sent to the body that adopts, and that anybody may read."""

    def make() -> Report:
        row = _report(world, "arsevaluering", "2024", state="sent", digest="f" * 64, sent_on=date(2025, 2, 1))
        content = reporting.content_of(row, date(2025, 2, 1))
        row.content, row.sent_at = content, datetime(2025, 2, 1, 12, tzinfo=UTC)
        row.published_on, row.published = date(2025, 2, 2), for_audience(content, "public")
        row.save()
        return row

    return once(world, "report_sent", make)


def announcement(world: World) -> Announcement:
    """Something that everybody is to read."""
    return once(world, "announcement", lambda: fill(Announcement, "kunngjøring", page="", roles=[]))


def source(world: World) -> Source:
    """A source that the author has added."""
    return once(
        world, "source",
        lambda: fill(Source, "kilde", kind="trend", availability="now", added_by=world.people[AUTHOR], address=""),
    )  # fmt: skip


def _citation(kind: str, owner: Callable[[World], Any]) -> Callable[[World], Route]:
    def find(world: World) -> Route:
        key = owner(world).pk
        row = once(
            world, f"citation-{kind}",
            lambda: fill(Citation, "kilde", source=fill(Source, "kilde", kind="law"), owner_kind=kind, owner_id=key),
        )  # fmt: skip
        return {"key": key, "citation": row.pk}

    return find


def counsel(world: World) -> Counsel:
    """Advice from the forum to the home municipality's leaders, not answered."""
    return once(
        world, "counsel",
        lambda: fill(Counsel, "råd", kind="advice", party="digitaliseringsforum", given_by=world.people["it_lead"]),
    )  # fmt: skip


def addressee(world: World) -> Addressee:
    """Those leaders."""
    return once(
        world, "addressee",
        lambda: fill(
            Addressee, "råd", counsel=counsel(world), body="lederteam", organisation=world.organisations[HOME], reply=""
        ),
    )  # fmt: skip


def statement(world: World) -> Statement:
    """What the data protection officer has said."""
    return once(
        world, "statement",
        lambda: fill(Statement, "uttalelse", consultee=consultee(world), position="remarks", exempt=False, legal_basis=""),
    )  # fmt: skip


def hearing(world: World) -> Hearing:
    """A hearing of the case."""
    return once(
        world,
        "hearing",
        lambda: fill(Hearing, "høring", case=case(world), case_step=step(world), deadline=date(2030, 1, 1)),
    )


def consultee(world: World) -> Consultee:
    """The data protection officer, asked in the hearing."""
    return once(
        world,
        "consultee",
        lambda: fill(
            Consultee,
            "høring",
            hearing=hearing(world),
            role="data_protection_officer",
            organisation=world.organisations[HOME],
        ),
    )


def plan(world: World) -> Plan:
    """The plan of the period."""
    return once(world, "plan", lambda: fill(Plan, "plan", first_year=2027, years=4))


def plan_version(world: World) -> PlanVersion:
    """The plan's draft."""
    return once(
        world, "plan_version", lambda: fill(PlanVersion, "plan", plan=plan(world), number=None, content_hash="")
    )


def other_version(world: World) -> PlanVersion:
    """An earlier version of the plan."""
    return once(
        world,
        "other_version",
        lambda: fill(
            PlanVersion, "plan", plan=plan(world), number=1, state=VersionState.ADOPTED, content_hash="0" * 64
        ),
    )


def publication(world: World) -> Publication:
    """The adopted version as anybody may read it."""
    return once(
        world,
        "publication",
        lambda: fill(
            Publication,
            "utgave",
            plan_version=other_version(world),
            slug="handlingsplan-2027-versjon-1",
            content=sample().model_dump(mode="json"),
            language="nb",
            pdf=None,
            workbook=None,
            published_by=None,
            withdrawn_on=None,
        ),
    )


def public(world: World) -> Route:
    """The publication's address."""
    return {"slug": world.tenant.slug, "plan": publication(world).slug}


def governing_template(world: World) -> Document:
    """The arrangement's own Word template for its governing model."""
    return once(world, "governing_template", lambda: _template(world, "governing_template", GOVERNING.read_bytes()))


def plan_template(world: World) -> Document:
    """The arrangement's own Word template."""
    return once(world, "plan_template", lambda: _template(world, "plan_template", DEFAULT.read_bytes()))


def _template(world: World, kind: str, data: bytes) -> Document:
    return fill(
        Document, "mal" if kind == "plan_template" else "modellmal", owner_kind=kind, owner_id=world.tenant.pk,
        added_by=None, stored_name=files.write_bytes(data), sha256=hashlib.sha256(data).hexdigest(), size=len(data),
        file_name="mal.docx", legal_basis="",
    )  # fmt: skip


def adopted_line(world: World) -> PlanLine:
    """A line of the adopted version, that one follows up."""
    return once(
        world,
        "adopted_line",
        lambda: fill(
            PlanLine, "plan", version_of=other_version(world), rank=1, own_shares={}, cost_key="per_capita", **BARE_LINE
        ),
    )


def plan_line(world: World) -> PlanLine:
    """A line of the draft."""
    return once(
        world,
        "plan_line",
        lambda: fill(
            PlanLine, "plan", version_of=plan_version(world), rank=1, own_shares={}, cost_key="per_capita", **BARE_LINE
        ),
    )


def portfolio_file(world: World) -> Document:
    """A workbook of the portfolio that the IT lead has uploaded, and that holds nothing to read."""
    return once(
        world,
        "portfolio_file",
        lambda: fill(
            Document,
            "fil",
            owner_kind="portfolio_import",
            owner_id=world.people["it_lead"].pk,
            added_by=world.people["it_lead"],
            stored_name=files.write_bytes(b"Tom"),
            sha256=hashlib.sha256(b"Tom").hexdigest(),
            size=3,
            file_name="portefolje.xlsx",
            legal_basis="",
        ),
    )


def prioritisation_round(world: World) -> Round:
    """A round that has been shown, scored by the representatives."""
    return once(
        world,
        "round",
        lambda: fill(
            Round,
            "runde",
            criteria=COARSE,
            ranking={},
            scorers=["representative"],
            state="revealed",
            previous=None,
            capacity=None,
            year=2027,
            stage="grov",
        ),
    )


def round_entry(world: World) -> Entry:
    """The author's need in the round."""
    return once(
        world,
        "round_entry",
        lambda: fill(Entry, "runde", round=prioritisation_round(world), need=need(world), exception="", focus_area=""),
    )


def _round_entry(world: World) -> Route:
    return {"key": prioritisation_round(world).pk, "entry": round_entry(world).pk}


def candidate(world: World, dropped: str = "") -> Candidate:
    """A candidate for the plan, in force unless told otherwise."""
    return once(
        world,
        f"candidate-{dropped}",
        lambda: fill(
            Candidate,
            "kandidat",
            need=None,
            area=None,
            plan_line=None,
            focus_area="",
            goals=[],
            own_shares={},
            cost_key="",
            value=5_000,
            risk=10,
            earliest=None,
            latest=None,
            duration=1,
            number=2 if dropped else 1,
            dropped_reason=dropped,
        ),
    )


def scenario(world: World) -> Scenario:
    """A scenario of the period."""
    return once(
        world,
        "scenario",
        lambda: fill(
            Scenario, "scenario", first_year=2027, years=4, left=[], copied_from=None, cost_percent=100, delay_percent=5
        ),
    )


def scenario_job(world: World) -> Job:
    """Waiting work on the scenario."""
    return once(
        world,
        "scenario_job",
        lambda: fill(
            Job,
            "arbeid",
            kind="scenario.solve",
            about=scenario(world).pk,
            arguments={},
            state="queued",
            asked_by=world.people["it_lead"],
            fault="",
        ),
    )


def solution(world: World) -> Solution:
    """What was found for the scenario."""
    return once(
        world,
        "solution",
        lambda: fill(
            Solution,
            "løsning",
            scenario=scenario(world),
            job=scenario_job(world),
            status="optimal",
            value=0,
            bound=0,
            outcome={"starts": {}},
            asked_by=world.people["it_lead"],
        ),
    )


def _chosen(world: World) -> Route:
    return {"key": scenario(world).pk, "candidate": candidate(world).pk}


def plan_grant(world: World) -> Grant:
    """An application under the plan that has not been sent."""
    return once(
        world,
        "plan_grant",
        lambda: fill(
            Grant, "søknad", plan=plan(world), line_key=None, year=2027, applied=1000, own_share=0,
            state=GrantState.DRAFT, granted=None, advice="", advice_order=None, sent_on=None, decided_on=None,
        ),
    )  # fmt: skip


def deferral(world: World) -> Deferral:
    """A measure that was put off, for the home municipality."""
    content = {
        "organisations": [str(world.organisations[HOME].pk)], "costs": [], "goals": [], "owner": "Leder",
        "argument": "", "cost_key": "", "own_shares": {}, "answers": {}, "effort": {},
    }  # fmt: skip
    return once(
        world,
        "deferral",
        lambda: fill(Deferral, "utsatt", plan=plan(world), content=content, need=None, taken_up_on=None),
    )


def meeting(world: World) -> BodyMeeting:
    """A coming meeting of the forum."""
    return once(
        world,
        "meeting",
        lambda: fill(BodyMeeting, "møte", body="digitaliseringsforum", held_on=date(2030, 3, 5)),
    )


def holding(world: World) -> RoleHolding:
    """The home area's representative's holding."""
    return RoleHolding.objects.get(person=world.people["representative"])


def seat(world: World) -> Seat:
    """A vacant seat of the forum for the home area."""
    return once(
        world,
        "seat",
        lambda: fill(
            Seat,
            "plass",
            body="digitaliseringsforum",
            group=HOME,
            organisation=world.organisations[HOME],
            unit=world.areas[HOME],
            is_active=True,
        ),
    )


def seat_holding(world: World) -> SeatHolding:
    """That the home area's representative holds the seat."""
    return once(
        world,
        "seat_holding",
        lambda: fill(SeatHolding, "plass", seat=seat(world), person=world.people["representative"]),
    )


def seat_consultation(world: World) -> SeatConsultation:
    """That somebody is asked about the vacant seat."""
    return once(
        world,
        "seat_consultation",
        lambda: fill(
            SeatConsultation,
            "plass",
            seat=seat(world),
            holding=None,
            asked_on=LONG_AGO.date(),
            answer_by=LONG_AGO.date(),
            answered_on=None,
        ),
    )


def substitution(world: World) -> Substitution:
    """That the forum's adviser stands in for the director."""
    return once(
        world,
        "substitution",
        lambda: fill(
            Substitution,
            "vikar",
            person=world.people["sector_director"],
            substitute=world.people["representative"],
        ),
    )


def intake_call(world: World) -> IntakeCall:
    """The home service has been asked for its needs, by the area's representative."""
    return once(
        world,
        "intake_call",
        lambda: fill(
            IntakeCall,
            "innspill",
            unit=world.units[HOME],
            opened_by=world.people["representative"],
            opened_at=LONG_AGO,
            due_on=date(2026, 2, 28),
            none_said_by=None,
            none_said_at=None,
        ),
    )


def notice(world: World) -> Notice:
    """What the author has been told of their need."""
    return once(
        world,
        "notice",
        lambda: fill(
            Notice,
            "varsel",
            person=world.people[AUTHOR],
            kind="co_author",
            object_kind="need",
            object_id=need(world).pk,
            mail=None,
            seen_at=None,
            mail_state="none",
        ),
    )


def forum_step(world: World, subject: str) -> CaseStep:
    """The active step of a case of its own that waits for the forum, about something of the kind."""
    found = next(one for one in _path().steps if one.key == "forum")

    def make() -> CaseStep:
        row = fill(
            Case, "sak", subject_kind=subject, path=_path().key,
            model_version=world.version, unit=world.units[HOME], opened_by=world.people[AUTHOR], outcome="",
            outcome_effect="", year=2026, facts_given={"scope": "single", "total_cost": 1000},
        )  # fmt: skip
        fill(CaseOrganisation, "sak", case=row, organisation=world.organisations[HOME])
        return fill(
            CaseStep, "steg", case=row, step=found.key, name="Forumet", kind=found.kind, round=1, order=1,
            organisation=None, unit=world.areas[HOME], actor_role="", actor_body="digitaliseringsforum", outcome="",
        )  # fmt: skip

    seat_holding(world)
    return once(world, f"case_step-{subject}", make)


def procedure(world: World) -> Procedure:
    """A case that the forum is asked about in writing, answered by its one member."""
    return procedure_member(world).procedure


def procedure_member(world: World) -> ProcedureMember:
    """The home area's representative, asked in writing; has answered."""

    def make() -> ProcedureMember:
        row = forum_step(world, "advice")
        asked = fill(
            Procedure, "skriftlig", body="digitaliseringsforum", case=row.case, case_step=row, outcome="avslag",
            number=1, year=2026, deadline=date(2030, 1, 1), result="", summary="",
        )  # fmt: skip
        person = world.people["representative"]
        member = fill(ProcedureMember, "skriftlig", procedure=asked, seat=seat(world), person=person, weight=1)
        fill(Reply, "skriftlig", member=member, answer="for")
        return member

    return once(world, "procedure_member", make)


def held_meeting(world: World, state: str = "draft") -> Meeting:
    """A meeting that the forum has held, with its minutes in that state."""

    def make() -> Meeting:
        day = date(2026, 1, {"draft": 12, "sent": 13, "approved": 14}[state])
        row = fill(
            Meeting, "møte", day=fill(BodyMeeting, "møte", body="digitaliseringsforum", held_on=day),
            body="digitaliseringsforum", held_on=day, organisation=None, number=day.day, state="ended",
            opened_at=LONG_AGO, ended_at=LONG_AGO, chair=world.people["it_lead"],
        )  # fmt: skip
        content = {"body": "Forumet", "number": f"{day.day}/2026", "sections": []} if state != "draft" else {}
        minutes = fill(
            Minutes, "bok", meeting=row, state=state, content=content, digest=digest_of(content) if content else "",
            approved_at=LONG_AGO if state == "approved" else None, document=None,
        )  # fmt: skip
        if state == "draft":
            fill(MinutesSection, "bok", minutes=minutes, item=None, order=0, closed=False)
        return row

    return once(world, f"held_meeting-{state}", make)


def called_meeting(world: World) -> Meeting:
    """A coming meeting of the forum that is being prepared, with an item, a paper and a question."""

    def make() -> Meeting:
        day = meeting(world)
        row = fill(
            Meeting, "møte", day=day, body=day.body, organisation=None, held_on=day.held_on, starts_at=time(9),
            ends_at=time(11), number=2, link="", remote=False, chair=None,
        )  # fmt: skip
        fill(Participant, "møte", meeting=row, person=world.people["representative"], seat=None, answer="")
        item = fill(
            AgendaItem, "sak", meeting=row, kind="report", case=None, case_step=None, order=1, number="",
            closed=False, legal_basis="", treatment=None, minutes_long=15,
        )  # fmt: skip
        file = fill(
            Document, "fil", owner_kind="agenda_item", owner_id=item.pk, added_by=world.people["it_lead"],
            stored_name=files.write_bytes(b"Et notat."), sha256=hashlib.sha256(b"Et notat.").hexdigest(), size=9,
            content_type="text/plain", file_name="notat.txt", legal_basis="",
        )  # fmt: skip
        fill(Paper, "dokument", item=item, document=file, sent_at=None, digest="0" * 64)
        fill(Question, "spørsmål", item=item, asked_by=world.people["representative"], answer="", answered_by=None)
        return row

    return once(world, "called_meeting", make)


def going_meeting(world: World, place: str = "talk") -> Meeting:
    """A meeting of the forum that goes on: "talk" over an open item, "vote" with an open vote, "wait" before one."""

    def make() -> Meeting:
        day = date(2026, 1, {"talk": 20, "vote": 21, "wait": 22}[place])
        row = fill(
            Meeting, "møte", day=fill(BodyMeeting, "møte", body="digitaliseringsforum", held_on=day),
            body="digitaliseringsforum", held_on=day, organisation=None, number=day.day, state="open", link="",
            opened_at=LONG_AGO, ended_at=None, chair=world.people["it_lead"],
        )  # fmt: skip
        here = {"meeting": row, "seat": None, "votes": True, "present": True, "arrived_at": LONG_AGO, "weight": 1}
        voter = fill(Participant, "møte", person=world.people["representative"], stands_in_for="", **here)
        fill(Participant, "møte", person=world.people["it_lead"], stands_in_for="", leads=True, **here)
        fill(
            Participant, "møte", meeting=row, person=world.people["it_member"], seat=None, votes=True, stands_in_for=""
        )
        item = fill(
            AgendaItem, "sak", meeting=row, kind="other", case=None, case_step=None, order=1, number="", closed=False,
            state="waiting" if place == "wait" else "open", legal_basis="", treatment=None, minutes_long=15,
        )  # fmt: skip
        if place == "wait":
            fill(Disqualification, "sak", item=item, participant=voter, outcome="")
        if place == "talk":
            fill(Motion, "sak", item=item, participant=voter, outcome="")
        if place == "vote":
            choices = [{"key": key, "label": key, "motion": "", "outcome": ""} for key in ("_for", "_against")]
            fill(
                Voting, "sak", item=item, order=1, manner="browser", rule="simple_majority", tie="fails",
                choices=choices, result="", why="", counts={},
            )  # fmt: skip
        return row

    return once(world, f"going_meeting-{place}", make)


def going_item(world: World, place: str = "talk") -> AgendaItem:
    """The item of such a meeting."""
    return going_meeting(world, place).items.get()


def agenda_item(world: World) -> AgendaItem:
    """The item of the meeting that is being prepared."""
    return AgendaItem.objects.get(meeting=called_meeting(world), kind="report")


def case_item(world: World) -> AgendaItem:
    """A case on the agenda of the same meeting, with a case paper that is being written."""

    def make() -> AgendaItem:
        row = fill(
            AgendaItem, "sak", meeting=called_meeting(world), kind="case", case=case(world), case_step=None, order=2,
            number="", closed=False, legal_basis="", treatment=None, minutes_long=15, state="waiting",
        )  # fmt: skip
        paper = fill(CasePaper, "saksframlegg", item=row)
        fill(CasePaperPart, "del", paper=paper, key="assessment", order=6)
        return row

    return once(world, "case_item", make)


def case_paper_part(world: World) -> CasePaperPart:
    """A part of its paper."""
    return CasePaperPart.objects.get(paper__item=case_item(world))


def minutes_section(world: World) -> MinutesSection:
    """The opening part of the forum's minutes that are being written."""
    return MinutesSection.objects.get(minutes__meeting=held_meeting(world))


def follow_up(world: World) -> FollowUp:
    """What the forum has asked the home area's representative to do."""
    return once(
        world,
        "follow_up",
        lambda: fill(
            FollowUp, "oppgave", body="digitaliseringsforum", organisation=None, item=None,
            owner=world.people["representative"], due_on=date(2030, 1, 1), done_at=None,
        ),
    )  # fmt: skip


def _procedure_typed(world: World) -> dict[str, Any]:
    return {
        "outcome": "inn",
        "proposal": "Behovet tas inn.",
        "reason": "Raskere enn møte.",
        "deadline": str(datetime.now(UTC).date() + timedelta(days=60)),
    }


def _key(make: Callable[[World], Any]) -> Callable[[World], Route]:
    return lambda world: {"key": make(world).pk}


KIND: dict[str, Callable[[World], Route]] = {
    "notice": _key(notice),
    "": lambda world: {},
    "need": _key(need),
    "case": _key(case),
    "case_step": _key(step),
    "document": _key(document),
    "matter": _key(matter),
    "channel": _key(channel),
    "received": _key(received),
    "contribution": _key(contribution),
    "strategy_measurement": _key(strategy_measurement),
    "ledger": lambda world: {"ledger": "losninger"},
    "ledger_entry": _key(ledger_entry),
    "strategy": _key(strategy),
    "report": _key(report_sent),
    "report_draft": _key(report_draft),
    "report_part": lambda world: {"key": report_draft(world).parts.get(key="okonomi").pk},
    "year_period": _key(year_period),
    "year_activity": lambda world: {"key": year_period(world).activities.get().pk},
    "period_move": lambda world: {"key": year_period(world).moves.get().pk},
    "duty": lambda world: {"key": "gjennomgang", "due": "2026-06-01"},
    "idea_session": _key(idea_session),
    "session_idea": lambda world: {"key": idea_session(world).ideas.get().pk},
    "hearing": _key(hearing),
    "source": _key(source),
    "announcement": _key(announcement),
    "counsel": _key(counsel),
    "addressee": _key(addressee),
    "statement": _key(statement),
    "consultee": _key(consultee),
    "procedure": _key(procedure),
    "held_meeting": _key(held_meeting),
    "called_meeting": _key(called_meeting),
    "participant": lambda world: {"key": called_meeting(world).participants.get().pk},
    "agenda_item": _key(agenda_item),
    "agenda_paper": lambda world: {"key": agenda_item(world).pk, "paper": agenda_item(world).papers.get().pk},
    "agenda_question": lambda world: {"key": agenda_item(world).pk, "question": agenda_item(world).questions.get().pk},
    "going_meeting": _key(going_meeting),
    "going_item": _key(going_item),
    "going_participant": lambda world: {
        "key": going_meeting(world).participants.get(person=world.people["representative"]).pk
    },
    "impartiality": lambda world: {"key": going_item(world, "wait").disqualifications.get().pk},
    "motion": lambda world: {"key": going_item(world).motions.get().pk},
    "open_voting": lambda world: {"key": going_item(world, "vote").votings.get().pk},
    "sent_meeting": lambda world: {"key": held_meeting(world, "sent").pk},
    "approved_meeting": lambda world: {"key": held_meeting(world, "approved").pk},
    "minutes_section": _key(minutes_section),
    "case_item": _key(case_item),
    "case_paper_part": _key(case_paper_part),
    "follow_up": _key(follow_up),
    "procedure_member": _key(procedure_member),
    "plan": _key(plan),
    "plan_version": _key(plan_version),
    "plan_grant": lambda world: {"key": plan_version(world).pk, "grant": plan_grant(world).pk},
    "plan_line": lambda world: {"key": plan_version(world).pk, "line": plan_line(world).pk},
    "candidate": _key(candidate),
    "portfolio_import": _key(portfolio_file),
    "scenario": _key(scenario),
    "scenario_choice": _chosen,
    "scenario_job": lambda world: {"key": scenario(world).pk, "job": scenario_job(world).pk},
    "meeting": _key(meeting),
    "round": _key(prioritisation_round),
    "round_entry": _round_entry,
    "role": _key(holding),
    "seat": _key(seat),
    "seat_holding": _key(seat_holding),
    "seat_consultation": _key(seat_consultation),
    "substitution": _key(substitution),
    "body": lambda world: {"body": "digitaliseringsforum"},
    "person": lambda world: {"key": world.people["unit_manager"].pk},
    "organisation": lambda world: {"key": world.organisations[HOME].pk},
    "unit": lambda world: {"key": world.units[HOME].pk},
    "model": lambda world: {"key": world.version.pk},
    "model_version": lambda world: {"key": world.version.pk},
    "model_draft": _model_draft,
}

_draft_matter = _key(lambda world: matter(world, "draft"))
_draft = _key(lambda world: need(world, NeedState.DRAFT))
ADDRESS: dict[str, Callable[[World], Route]] = {
    "strategy-target-detail": lambda world: {"key": strategy_target(world)},
    "strategy-measure": lambda world: {"key": strategy_target(world)},
    "strategy-targets-export": lambda world: {"ending": "xlsx"},
    "strategy-matrix": lambda world: {"kind": "omrader"},
    "strategy-matrix-export": lambda world: {"kind": "omrader", "ending": "xlsx"},
    "person-export": lambda world: {"ending": "xlsx"},
    "unit-export": lambda world: {"ending": "xlsx"},
    "body-export": lambda world: {"body": "digitaliseringsforum", "ending": "xlsx"},
    "import-upload": lambda world: {"kind": "personer"},
    "import-template": lambda world: {"kind": "personer", "ending": "xlsx"},
    "import-preview": lambda world: {"kind": "personer", "key": document(world).pk},
    "strategy-detail": lambda world: {"key": strategy(world, "adopted").pk},
    "strategy-goal": lambda world: {"goal": "svar"} if strategy(world, "adopted") else {},
    "strategy-part": lambda world: {"key": strategy(world).pk, "part": "values"},
    "strategy-row-add": lambda world: {"key": strategy(world).pk, "part": "values"},
    "strategy-row-edit": lambda world: {"key": strategy(world).pk, "part": "values", "row_key": "kvalitet"},
    "strategy-row-move": lambda world: {"key": strategy(world).pk, "part": "values", "row_key": "kvalitet"},
    "strategy-row-remove": lambda world: {"key": strategy(world).pk, "part": "values", "row_key": "kvalitet"},
    "strategy-goal-edit": lambda world: {"key": strategy(world).pk, "goal": "svar"},
    "strategy-goal-move": lambda world: {"key": strategy(world).pk, "goal": "svar"},
    "strategy-goal-remove": lambda world: {"key": strategy(world).pk, "goal": "tid"},
    "strategy-fate": lambda world: {"key": strategy(world).pk, "goal": "svar"},
    "strategy-phase": lambda world: {"key": strategy(world).pk, "phase": "horing"},
    **dict.fromkeys(
        ("calendar-feed", "calendar-feed-year", "calendar-feed-body"),
        lambda world: {"slug": world.tenant.slug, "secret": "ugyldig"},
    ),
    "mail-answer": lambda world: {"slug": world.tenant.slug, "secret": "ugyldig"},
    "invitation": lambda world: {"key": "ingen", "token": "ugyldig"},
    "candidate-export": lambda world: {"ending": "csv"},
    "candidate-restore": lambda world: {"key": candidate(world, "For dyr").pk},
    "scenario-compare-export": lambda world: {"ending": "csv"},
    "case-paper-export": lambda world: {"key": case_item(world).pk, "ending": "docx"},
    "minutes-export": lambda world: {"key": held_meeting(world, "approved").pk, "ending": "docx"},
    "procedure-start": lambda world: {"key": forum_step(world, "need").pk},
    "item-open": lambda world: {"key": going_item(world, "wait").pk},
    "round-export": lambda world: {"key": prioritisation_round(world).pk, "ending": "csv"},
    "plan-export": lambda world: {"key": plan_version(world).pk, "ending": "xlsx"},
    "report-export": lambda world: {"key": report_sent(world).pk, "ending": "docx"},
    "public-reports": lambda world: {"slug": (report_sent(world), world.tenant.slug)[1]},
    "public-report": lambda world: {"slug": world.tenant.slug, "key": report_sent(world).pk},
    "public-plans": lambda world: {"slug": public(world)["slug"]},
    "public-plan": public,
    "public-plan-file": lambda world: {**public(world), "ending": "json"},
    "plan-publication": _key(other_version),
    "plan-withdraw": lambda world: {"key": publication(world).plan_version_id},
    "plan-template-drop": lambda world: {key: row for key, row in [("", plan_template(world))] if key},
    "plan-measure": lambda world: {"key": other_version(world).pk, "line": adopted_line(world).pk},
    "plan-compare": lambda world: {"key": plan_version(world).pk, "other": other_version(world).pk},
    "need-export": lambda world: {"ending": "xlsx"},
    "model-template": lambda world: {"name": "birkenes-lillesand"},
    "model-matrix-export": lambda world: {"key": world.version.pk, "ending": "csv"},
    "model-coverage-export": lambda world: {"ending": "csv"},
    "model-document": lambda world: {"key": world.version.pk, "ending": "docx"},
    "model-document-template-drop": lambda world: {key: row for key, row in [("", governing_template(world))] if key},
    "body-public-members": lambda world: {"body": "digitaliseringsforum", "ending": "csv"},
    "matter-edit": _draft_matter,
    "matter-delete": _draft_matter,
    "matter-attachment-add": _draft_matter,
    "matter-cite": _draft_matter,
    "matter-uncite": _citation("matter", lambda world: matter(world, "draft")),
    "case-uncite": _citation("case", case),
    "matter-attachment-remove": lambda world: {**_draft_matter(world), "document": matter_file(world).pk},
    "need-intake-none": _key(intake_call),
    "need-session-remove": _key(bare_session),
    "need-edit": _draft,
    "need-autosave": _draft,
    "need-submit": _draft,
    "need-delete": _draft,
    "need-co-author-add": _draft,
    "need-co-author-remove": _draft,
    "need-attachment-add": _draft,
    "need-attachment-remove": lambda world: {**_draft(world), "document": document(world, NeedState.DRAFT).pk},
}


def _outcome(world: World) -> dict[str, Any]:
    """The first outcome of the case's step, with a reason."""
    first = next(found for found in _path().steps if found.key == _path().start)
    return {"_version": "1", "outcome": first.outcomes[0].key, "reason": "Behovet er godt begrunnet."}


def _other_case(world: World) -> Case:
    """Another open case to merge with."""
    return once(
        world,
        "other_case",
        lambda: fill(
            Case,
            "sak",
            subject_kind="need",
            subject_id=plan(world).pk,
            path=_path().key,
            unit=world.units[HOME],
            model_version=world.version,
            outcome="",
            outcome_effect="",
            year=2026,
            facts_given={},
        ),
    )


def _voter(world: World) -> Participant:
    """The representative as one called to the meeting that goes on."""
    return Participant.objects.get(meeting=going_meeting(world), person=world.people["representative"])


def _count_typed(world: World) -> dict[str, Any]:
    """A count in a region that an organisation lies in."""
    home = world.organisations[HOME]
    if not home.region:
        home.region = "Agder"
        home.save()
    return {"region": home.region, "on": "2026-02-01", "total": "2", "count_i-bruk": "1"}


def _order_typed(world: World) -> dict[str, Any]:
    return {f"place_{ledger_entry(world).pk}": "1", "reason": "Den er først."}


def _sitting(world: World) -> Any:
    """The one who sits in the forum."""
    return seat_holding(world).person


def _file(world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("notat.txt", b"Et notat.", "text/plain"), "title": "Notat"}


def _given(**values: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"_version": "1", **values}


def _candidate_typed(world: World) -> dict[str, Any]:
    return {
        "verb": "save",
        "title": "Digital vaktplan",
        "organisations": str(world.organisations[HOME].pk),
        "duration": "1",
        "risk": "0",
    }


# What a form is filled in with, so that it is the right that decides and not a missing field. Without an entry it
# is sent empty.
MATRIX_ROW = {
    "name-it_lead": "IT-leder",
    "activity-0": "Drift",
    "cell-0-it_lead": "A/U",
    "confirmed-0": "on",
    "reason": "Ny matrise.",
}
POSTED: dict[str, Callable[[World], dict[str, Any]]] = {
    "matter-create": _given(path="sak", title="Felles innlogging"),
    "matter-edit": _given(path="sak", title="Felles innlogging"),
    "matter-withdraw": _given(reason="Løst."),
    "matter-attachment-add": _file,
    "case-lift": _given(question="Kan dere ta den?"),
    "received-accept": _given(path="sak"),
    "received-decline": _given(reason="Allerede løst."),
    "channel-list": _given(name="Naboen"),
    "channel-connect": _given(code="finnes-ikke.abc"),
    "strategy-measure": _given(value="99,7", on="2026-02-01", source="Driftslogg"),
    "strategy-measurement-correct": _given(reason="Feil.", value="99,6", on="2026-02-01", source="Driftslogg"),
    "strategy-start": _given(beginning="empty"),
    "strategy-head": _given(title="Digitaliseringsstrategi"),
    "strategy-row-add": _given(name="Åpenhet"),
    "strategy-row-edit": _given(name="Kvalitet"),
    "strategy-goal-add": _given(text="Et mål til"),
    "strategy-goal-edit": _given(text="Alle får svar"),
    "strategy-goal-move": _given(til="ned"),
    "strategy-goal-remove": _given(reason="Dekkes av et annet mål"),
    "strategy-load": lambda world: {
        "_version": "1",
        "file": SimpleUploadedFile("s.yaml", b"vision: En enklere hverdag\n", "text/yaml"),
    },
    "strategy-history": _given(),
    "strategy-fate": _given(reason="Videreført"),
    "strategy-phase": _given(on="2026-02-01"),
    "strategy-decide": _given(body="Kommunestyret", on="2026-02-01", reference="1/26"),
    "strategy-discard": _given(reason="Begynner på nytt"),
    "strategy-versions": _given(assessment="God nok"),
    "report-open": _given(report="arsevaluering", period="2023"),
    "report-part": _given(text="Vi holder rammene."),
    "report-autosave": _given(text="Vi holder rammene."),
    "report-redraft": _given(),
    "report-send": _given(),
    "report-receive": _given(note="Lest."),
    "report-correct": _given(text="Tre, ikke to.", reason="Talt feil."),
    "report-publish": _given(),
    "report-withdraw": _given(),
    "contribution-add": _given(title="Felles innsyn", on="2026-02-01"),
    "contribution-edit": _given(title="Felles innsyn", on="2026-02-01"),
    "ledger-add": _given(title="Felles søknad", answer_ar="2026"),
    "ledger-edit": _given(title="Felles søknad", answer_ar="2026"),
    "ledger-advise": _given(title="Begynn i det små", answer_ar="2026"),
    "ledger-carry": _given(year="2026"),
    "ledger-move": _given(to="ferdig"),
    "ledger-note": _given(kind="rad", on="2026-02-01", text="Begynn i det små."),
    "ledger-count": _count_typed,
    "ledger-order": _order_typed,
    "case-tags": _given(tags_formal="formal:enkelt"),
    "competence": lambda world: {"person": str(_sitting(world).pk), "competences": "arkitektur"},
    "case-comment": _given(text="Et spørsmål."),
    "case-concern": _given(bodies="digitaliseringsforum"),
    "case-cite": lambda world: {"source": str(source(world).pk)},
    "case-uncite": _given(),
    "matter-cite": lambda world: {"source": str(source(world).pk)},
    "matter-uncite": _given(),
    "announcement-add": _given(title="Hvem gjør hva", page="model-roles"),
    "announcement-read": _given(),
    "source-add": _given(kind="law", title="eForvaltningsforskriften"),
    "source-edit": _given(kind="law", title="eForvaltningsforskriften"),
    "source-need": _given(),
    "counsel-add": _given(party="digitaliseringsforum"),
    "counsel-reply": _given(text="Vi følger rådet."),
    "statement-answer": _given(followed="followed"),
    "case-park": _given(until="2030-01-01", reason="Venter på felles anskaffelse."),
    "case-merge": lambda world: {"_version": "1", "into": str(_other_case(world).pk), "reason": "Samme behov."},
    "step-treat": _outcome,
    "meeting-list": _given(body="digitaliseringsforum", held_on="2030-06-04"),
    "meeting-cancel": _given(),
    "meeting-move": _given(held_on="2030-02-02"),
    "meeting-year": _given(days="02.02.2030"),
    "agenda-order": _given(seen=""),
    "meeting-prepare": _given(),
    "meeting-edit": _given(starts_at="10:00", ends_at="12:00", place="Rådhuset"),
    "meeting-call": _given(short_reason="Det haster."),
    "meeting-change": _given(),
    "meeting-answer": _given(answer="comes"),
    "agenda-cases": _given(),
    "agenda-add": _given(kind="report", title="Budsjettet", minutes_long="15"),
    "agenda-item-edit": _given(title="Budsjettet", minutes_long="15"),
    "agenda-move": _given(til="ned"),
    "agenda-remove": _given(),
    "paper-add": _given(),
    "paper-remove": _given(),
    "question-ask": _given(text="Hva koster det?"),
    "question-answer": _given(text="Lite."),
    "meeting-open": _given(),
    "meeting-chair": lambda world: {"leader": str(_voter(world).pk)},
    "meeting-end": _given(),
    "attendance-set": lambda world: {"how": "left"},
    "attendance-all": lambda world: {},
    "attendance-substitute": lambda world: {
        "member": str(going_meeting(world).participants.get(person=world.people["it_member"]).pk),
        "person": str(world.people["unit_manager"].pk),
    },
    "item-open": _given(),
    "item-discuss": _given(text="Det ble spurt om prisen."),
    "item-postpone": _given(reason="Mangler tall."),
    "item-decide": _given(how="agreed", text="Vi går inn for det."),
    "impartiality-raise": lambda world: {
        "participant": str(going_meeting(world).participants.get(person=world.people["it_lead"]).pk),
        "ground": "Styreleder",
        "law": "fvl. § 6",
    },
    "impartiality-decide": _given(outcome="disqualified"),
    "motion-make": lambda world: {"participant": str(_voter(world).pk), "text": "Vi utsetter."},
    "motion-withdraw": _given(),
    "voting-open": _given(about="text", manner="show"),
    "voting-cast": lambda world: {
        "participant": str(going_meeting(world, "vote").participants.get(person=world.people["representative"]).pk),
        "choice": "_for",
    },
    "voting-enter": lambda world: {"everybody": "_for"},
    "voting-close": _given(),
    "voting-cancel": _given(reason="Feil spørsmål."),
    "hearing-open": _given(question="Hva mener dere?", deadline="2030-01-01"),
    "hearing-manage": _given(verb="extend", deadline="2031-01-01"),
    "hearing-choices": lambda world: {
        "organisation": str(world.organisations[HOME].pk),
        "name": "Eldrerådet",
        "role": "unit_manager",
    },
    "hearing-choice-set": lambda world: {
        "organisation": str(world.organisations[HOME].pk),
        "body": model().hearing_bodies[0].key,
        "included": "0",
    },
    "statement-give": _given(position="no_remarks"),
    "procedure-start": _procedure_typed,
    "procedure-reply": _given(answer="for"),
    "minutes-section": _given(text="Som ført."),
    "case-paper": _given(),
    "case-paper-part": _given(text="Vi tilrår det."),
    "case-paper-attach": _given(),
    "minutes-send": _given(),
    "minutes-approve": lambda world: {
        "verb": "approve",
        "digest": Minutes.objects.get(meeting=held_meeting(world, "sent")).digest,
    },
    "minutes-addendum": _given(text="Det var klokken ti.", reason="Skrivefeil"),
    "follow-up-add": lambda world: {
        "body": "digitaliseringsforum:",
        "title": "Hente inn tilbud",
        "owner": str(world.people["representative"].pk),
        "due_on": "2030-01-01",
    },
    "follow-up-done": _given(verb="done"),
    "procedure-close": _given(),
    "procedure-withdraw": _given(reason="Feil vedlegg."),
    "need-create": lambda world: {"title": "Nytt behov", "unit": str(world.units[HOME].pk)},
    "need-edit": lambda world: {"_version": "1", "title": "Nytt behov", "unit": str(world.units[HOME].pk)},
    "need-intake": lambda world: {"units": str(world.units[HOME].pk), "due_on": "2030-02-28"},
    "need-intake-none": _given(),
    "need-sessions": _given(mode="felles"),
    "need-session-add": lambda world: {"title": "Dugnad", "sectors": str(world.areas[HOME].pk)},
    "need-session": lambda world: {"_version": "1", "title": "Dugnad", "sectors": str(world.areas[HOME].pk)},
    "need-session-ideas": lambda world: {"needs": str(need(world).pk)},
    "need-session-remove": _given(),
    "need-session-idea": _given(group_ansatte="3"),
    "year-make": _given(ar="2028"),
    "year-period": _given(done_on="2026-02-10"),
    "year-period-move": _given(starts_on="2026-02-02", ends_on="2026-03-06", reason="Vinterferien"),
    "year-move-undo": _given(),
    "year-activity": _given(done="1"),
    "year-duty": _given(done_on="2026-02-10"),
    "need-withdraw": _given(reason="Løst på annen måte."),
    "need-delete": _given(),
    "need-submit": _given(),
    "need-co-author-add": lambda world: {"person": str(world.people["unit_manager"].pk)},
    "need-co-author-remove": lambda world: {"person": str(world.people["unit_manager"].pk)},
    "need-attachment-add": _file,
    "role-give": lambda world: {
        "role": "representative",
        "organisation": str(world.organisations[HOME].pk),
        "unit": str(world.areas[HOME].pk),
        "starts_on": "2030-01-01",
    },
    "role-end": _given(ends_on="2030-01-01"),
    "seat-fill": lambda world: {"person": str(world.people["unit_manager"].pk), "starts_on": "2030-01-01"},
    "seat-end": _given(ends_on="2030-01-01"),
    "seat-extend": _given(ends_on="2030-01-01", reason="Kontinuitet"),
    "seat-consult": _given(consulted="Nettverket", asked_on="2020-01-01", answer_by="2020-02-01"),
    "seat-consultation-answer": _given(answered_on="2020-01-02", answer="Ja"),
    "seat-close": _given(),
    "seats-lay": _given(),
    "seat-create": lambda world: {"group": "birkenes", "organisation": str(world.organisations[HOME].pk)},
    "substitute-set": lambda world: {
        "substitute": str(world.people["representative"].pk),
        "starts_on": "2030-01-01",
        "ends_on": "2030-01-31",
    },
    "substitute-end": _given(),
    "organisation-create": _given(name="Nabo", slot="nabo", kind="municipality"),
    "organisation-edit": _given(name="Birkenes", kind="municipality"),
    "unit-create": _given(name="Skole"),
    "unit-edit": _given(name="Helse"),
    "unit-deactivate": _given(),
    "unit-reactivate": _given(),
    "person-create": _given(name="Ny medarbeider"),
    "person-edit": _given(name="Endret"),
    "person-deactivate": _given(),
    "person-reactivate": _given(),
    "person-invite": _given(),
    "round-manage": _given(verb="change", name="Nytt navn", scorers="representative"),
    "candidate-create": lambda world: _candidate_typed(world),
    "candidate-edit": lambda world: {"_version": "1", **_candidate_typed(world)},
    "candidate-drop": _given(reason="For dyrt."),
    "candidate-restore": _given(),
    "scenario-create": _given(name="Grunnlag", first_year="2027", years="4"),
    "scenario-edit": _given(name="Grunnlag", first_year="2027", years="4", delay_percent="5", cost_percent="100"),
    "scenario-delete": _given(),
    "scenario-limits": _given(verb="save", rows="1", **{"row-0-measure": "risk", "cell-0-all": "100"}),
    "scenario-choice": _given(start="2027", reason="Haster."),
    "scenario-pin": _given(pin="in"),
    "scenario-take": lambda world: {"solution": str(solution(world).pk)},
    "scenario-handover": _given(reason="Som avtalt."),
    "round-score": lambda world: {f"level-{round_entry(world).pk}-gevinst": "lav"},
    "round-score-row": lambda world: {f"level-{round_entry(world).pk}-gevinst": "lav"},
    "round-agree": _given(verb="describe", owner_committed="on"),
    "plan-list": _given(name="Plan 2031", first_year="2031", years="4"),
    "plan-line-remove": _given(),
    "plan-check": lambda world: {"verb": "take_up", "deferral": str(deferral(world).pk)},
    "plan-carry": lambda world: {
        "verb": "carry",
        "line": str(adopted_line(world).line_key),
        "organisation": "",
        "amount": "1000",
        "reason": "Forsinket.",
    },
    "plan-line-defer": _given(reason="Må vente.", review_on="2030-01-01"),
    "plan-money": _given(verb="frame", source="", year="2027", organisation="", amount="1000"),
    "plan-appropriations": _given(
        verb="appropriate", body="Kommunestyret", granted="1", year="2027", amount="1000", purpose="Drift"
    ),
    "plan-grants": _given(verb="write", fund="Ordningen", title="Søknad", year="2027", applied="1000"),
    "plan-grant": _given(verb="send"),
    "plan-nominations": _given(
        verb="nominate", source="operating_budget", year="2027", title="Prosjekt", nominated_by="Helse"
    ),
    "plan-participation": lambda world: {
        "verb": "ask",
        "deadline": "2030-01-01",
        "organisations": [str(world.organisations[slot].pk) for slot in (HOME, "lillesand")],
    },
    "plan-measure": _given(verb="progress", state="started", happened_on="2026-02-10"),
    "plan-propose": _given(),
    "plan-publication": _given(),
    "plan-withdraw": _given(),
    "plan-template": lambda world: {"file": SimpleUploadedFile("mal.docx", DEFAULT.read_bytes())},
    "model-matrix-edit": _given(row="0", party="it_lead", **MATRIX_ROW),
    "model-matrix-check": _given(row="0", party="it_lead", **MATRIX_ROW),
    "model-matrix-import": lambda world: {
        "file": SimpleUploadedFile("raci.csv", b"Oppgave;IT-leder\nDrift;A/R\n", "text/csv"),
        "alphabet": "english",
    },
    "model-document-template": lambda world: {"file": SimpleUploadedFile("mal.docx", GOVERNING.read_bytes())},
    "model-drafts": _given(origin="tom", name="Prøve"),
    "model-edit": lambda world: {"_version": "1", "v.name": "Prøvemodellen"},
    "model-edit-step": _given(number="1"),
    "model-discard": _given(),
    "model-propose": _given(valid_from="2030-01-01"),
    "model-adopt": _given(adopted_by="Samarbeidsorganet", valid_from="2030-01-01"),
}
