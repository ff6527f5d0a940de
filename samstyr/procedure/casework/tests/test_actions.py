"""The verbs of casework: what each does, to whom it is refused, and what it leaves alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from samstyr.foundation.audit import queries as audit
from samstyr.foundation.kernel import events as kernel
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.organisations import actions as organisations
from samstyr.foundation.organisations.models import Organisation
from samstyr.procedure.casework import actions, queries
from samstyr.procedure.casework.events import PersonMentioned
from samstyr.procedure.casework.models import (
    BodyMeeting,
    Case,
    CaseOrganisation,
    CaseState,
    CaseStep,
    Comment,
    StepState,
    Treatment,
)
from tests.requirements.joint import ASSESSMENT, FORUM, INTAKE, RECEIPT, Joint, at

NEXT_YEAR = date(2026, 2, 1)
DIRECTOR = "sector_director:birkenes:helse"


def by(made: Joint, who: str = "it_lead", day: date = ASSESSMENT) -> dict[str, Any]:
    return {"actor": made.actor(who, day), "now": at(day)}


def opened(made: Joint, day: date = INTAKE, **changes: Any) -> Case:
    """A case about something of its own, on the needs' path."""
    given = {
        "subject_kind": "idea",
        "subject_id": uuid4(),
        "path": "innspill",
        "title": "Felles kart",
        "facts": {"scope": "single"},
        "organisations": [made.organisations["birkenes"].pk],
        "unit": made.units["birkenes:hjemme"].pk,
    }
    return actions.open_case(**by(made, "service:birkenes", day), **{**given, **changes})


def standing(case: Case) -> CaseStep:
    row: CaseStep = CaseStep.objects.get(case=case, state=StepState.ACTIVE)
    return row


def treat(made: Joint, case: Case, outcome: str, who: str = DIRECTOR, day: date = ASSESSMENT, **more: Any) -> Treatment:
    row = standing(case)
    given = {"version": row.version, **more}
    return actions.treat(**by(made, who, day), case_step_id=row.pk, outcome=outcome, **given)


def parked(made: Joint, case: Case, until: date = NEXT_YEAR) -> Case:
    return actions.park(**by(made), case_id=case.pk, version=None, until=until, reason="Ikke penger i år.")


def at_forum(made: Joint, **changes: Any) -> Case:
    """A case that waits for the forum."""
    case = opened(made, **changes)
    treat(made, case, "send", reason="Viktig.")
    treat(made, case, "horing", "it_lead", RECEIPT)
    treat(made, case, "ferdig", "it_lead", RECEIPT)
    return case


def slots(case: Case) -> set[str]:
    return set(CaseOrganisation.objects.filter(case=case).values_list("organisation__slot", flat=True))


def fields(refusal: Any) -> list[str]:
    return [fault.field for fault in refusal.value.errors]


class TestOpening:
    def test_it_stands_at_the_first_step_with_that_steps_deadline(self, made: Joint) -> None:
        case = opened(made)
        row = standing(case)
        assert (row.step, row.due_on, row.unit) == ("vurdering", date(2025, 3, 31), case.unit)
        assert (case.state, case.opened_by, slots(case)) == ("open", made.who("service:birkenes"), {"birkenes"})

    def test_numbers_run_without_gaps_and_begin_again_each_year(self, made: Joint) -> None:
        def number(day: date) -> tuple[int, int]:
            case = opened(made, day)
            return case.year, case.number

        with pytest.raises(Invalid):
            opened(made, path="ukjent")
        assert [number(INTAKE), number(INTAKE), number(NEXT_YEAR)] == [(2025, 1), (2025, 2), (2026, 1)]

    def test_a_path_that_the_model_lacks_is_told(self, made: Joint) -> None:
        with pytest.raises(Invalid, match="ukjent") as refusal:
            opened(made, path="ukjent")
        assert fields(refusal) == ["path"]

    def test_before_any_model_is_in_force_no_case_begins(self, made: Joint) -> None:
        with pytest.raises(Conflict, match="styringsmodell"):
            opened(made, date(2019, 12, 31))

    def test_one_subject_has_one_case_under_way(self, made: Joint) -> None:
        subject = uuid4()
        first = opened(made, subject_id=subject)
        with pytest.raises(Conflict):
            opened(made, subject_id=subject)
        parked(made, first)
        with pytest.raises(Conflict):
            opened(made, subject_id=subject)
        actions.withdraw(**by(made, "service:birkenes"), case_id=first.pk)
        assert opened(made, subject_id=subject).number == first.number + 1

    def test_who_is_named_twice_takes_part_once(self, made: Joint) -> None:
        place = made.organisations["birkenes"].pk
        assert CaseOrganisation.objects.filter(case=opened(made, organisations=[place, place])).count() == 1


class TestTreating:
    @pytest.mark.parametrize(
        ("outcome", "given", "wrong"),
        [
            ("ukjent", {}, ["outcome"]),
            ("tilbake", {}, ["reason"]),
            ("tilbake", {"reason": "   "}, ["reason"]),
            ("parker", {}, ["reason", "until"]),
            ("parker", {"reason": "Vent.", "until": ASSESSMENT}, ["until"]),
            ("send", {"reason": "x" * 20_001}, ["reason"]),
            ("send", {"text": "\0"}, ["text"]),
            ("send", {"conditions": "\0"}, ["conditions"]),
            ("send", {"decided_on": ASSESSMENT + timedelta(days=1)}, ["decided_on"]),
            ("send", {"decided_on": INTAKE - timedelta(days=1)}, ["decided_on"]),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_moves(
        self, made: Joint, outcome: str, given: dict[str, Any], wrong: list[str]
    ) -> None:
        case = opened(made)
        with pytest.raises(Invalid) as refusal:
            treat(made, case, outcome, **given)
        assert fields(refusal) == wrong
        assert (standing(case).step, Treatment.objects.count()) == ("vurdering", 0)

    def test_days_never_run_backwards(self, made: Joint) -> None:
        """I-03."""
        case = opened(made)
        treat(made, case, "send", reason="Viktig.")
        told = f"før {ASSESSMENT:%d.%m.%Y}, da forrige steg"
        with pytest.raises(Invalid, match=told) as refusal:
            treat(made, case, "horing", "it_lead", RECEIPT, decided_on=ASSESSMENT - timedelta(days=1))
        assert fields(refusal) == ["decided_on"]
        treat(made, case, "horing", "it_lead", RECEIPT, decided_on=ASSESSMENT)

    @pytest.mark.parametrize(
        "who", ["sector_director:birkenes:kultur", "sector_director:lillesand:helse", "it_lead", "service:birkenes"]
    )
    def test_the_step_is_its_own_areas(self, made: Joint, who: str) -> None:
        with pytest.raises(Refused):
            treat(made, opened(made), "send", who)

    def test_who_saw_an_older_version_decides_nothing(self, made: Joint) -> None:
        case = opened(made)
        parked(made, case)
        actions.resume(**by(made), case_id=case.pk)
        with pytest.raises(Conflict) as refusal:
            treat(made, case, "send", version=1)
        assert refusal.value.rule == "version"

    def test_a_step_is_treated_once(self, made: Joint) -> None:
        case = opened(made)
        row = standing(case)
        treat(made, case, "send")
        with pytest.raises(Conflict, match="allerede avsluttet"):
            actions.treat(**by(made, DIRECTOR), case_step_id=row.pk, version=None, outcome="stopp", reason="Nei.")
        assert Treatment.objects.get().outcome == "send"

    @pytest.mark.parametrize(("day", "late"), [(date(2025, 3, 31), False), (date(2025, 4, 1), True)])
    def test_after_the_deadline_it_is_marked_late(self, made: Joint, day: date, late: bool) -> None:
        assert treat(made, opened(made), "send", day=day).late is late

    def test_it_keeps_who_as_what_by_which_rule_and_on_what(self, made: Joint) -> None:
        case = opened(made)
        paper = queries.paper_hash_of(case)
        found = treat(made, case, "send", reason="  Viktig.  ")
        assert (found.person, found.actor_name, found.kind) == (made.who(DIRECTOR), "Kommunalsjef", "assess")
        assert (found.role, found.reason, found.decided_on) == ("sector_director", "Viktig.", ASSESSMENT)
        assert found.rule.endswith(":innspill/vurdering/send") and found.paper_hash == paper
        assert queries.paper_hash_of(case) != paper

    def test_a_vote_is_for_one_of_the_outcomes(self, made: Joint) -> None:
        case = at_forum(made)
        votes = [{"voter": "a", "choice": "inn"}, {"voter": "b", "choice": "kanskje"}]
        with pytest.raises(Invalid) as refusal:
            treat(made, case, "inn", "it_lead", FORUM, votes=votes)
        assert fields(refusal) == ["votes"]

    def test_who_records_for_a_body_is_its_chair_or_secretary(self, made: Joint) -> None:
        for who in ("digitalisation_adviser", "it_lead"):
            found = treat(made, at_forum(made), "inn", who, FORUM)
            assert (found.body, found.actor_name) == ("digitaliseringsforum", "Digitaliseringsforum")
        with pytest.raises(Refused):
            treat(made, at_forum(made), "inn", "representative:birkenes:helse", FORUM)


class TestReturning:
    def returned(self, made: Joint) -> Case:
        case = opened(made)
        treat(made, case, "tilbake", reason="Hvem gjelder det?")
        return case

    def again(self, made: Joint, case: Case, who: str = "service:birkenes", **changes: Any) -> Case:
        given = {"title": "Klarere", "facts": {"total_cost": 5}, "organisations": [made.organisations["birkenes"].pk]}
        return actions.resubmit(**by(made, who), case_id=case.pk, **{**given, **changes})

    def test_it_waits_for_the_one_who_sent_it(self, made: Joint) -> None:
        case = self.returned(made)
        row = standing(case)
        assert (row.kind, row.person, case.state) == ("completion", made.who("service:birkenes"), "open")
        assert queries.tasks_of(made.actor("service:birkenes")) == [row]
        assert queries.tasks_of(made.actor(DIRECTOR)) == []

    def test_completed_it_goes_back_to_who_returned_it(self, made: Joint) -> None:
        case = self.again(made, self.returned(made), organisations=[row.pk for row in Organisation.objects.all()[:2]])
        row = standing(case)
        assert (row.step, row.round, case.title, case.facts_given) == ("vurdering", 2, "Klarere", {"total_cost": 5})
        assert len(slots(case)) == 2
        assert queries.tasks_of(made.actor(DIRECTOR)) == [row]

    def test_nobody_else_completes_it(self, made: Joint) -> None:
        case = self.returned(made)
        for who in ("it_lead", DIRECTOR, "service:lillesand"):
            with pytest.raises(Refused):
                self.again(made, case, who)

    def test_what_has_not_been_returned_is_not_completed(self, made: Joint) -> None:
        with pytest.raises(Conflict):
            self.again(made, opened(made))


class TestWithdrawing:
    def test_the_sender_ends_the_case_and_what_was_open_in_it(self, made: Joint) -> None:
        case = actions.withdraw(**by(made, "service:birkenes"), case_id=opened(made).pk)
        assert (case.state, case.outcome) == (CaseState.ENDED, "withdrawn")
        assert CaseStep.objects.get(case=case).state == StepState.CANCELLED

    def test_a_parked_case_can_be_withdrawn_and_an_ended_one_not(self, made: Joint) -> None:
        case = parked(made, opened(made))
        actions.withdraw(**by(made, "service:birkenes"), case_id=case.pk)
        with pytest.raises(Conflict, match="allerede avsluttet"):
            actions.withdraw(**by(made, "service:birkenes"), case_id=case.pk)

    def test_nobody_else_withdraws_it(self, made: Joint) -> None:
        for who in ("it_lead", DIRECTOR, "service:lillesand"):
            with pytest.raises(Refused):
                actions.withdraw(**by(made, who), case_id=opened(made).pk)

    def test_once_a_body_has_spoken_it_stands(self, made: Joint) -> None:
        case = at_forum(made)
        treat(made, case, "ny-horing", "it_lead", FORUM, reason="Spør flere.")
        with pytest.raises(Conflict, match="behandlet av et organ"):
            actions.withdraw(**by(made, "service:birkenes", FORUM), case_id=case.pk)


class TestResting:
    @pytest.mark.parametrize(
        ("given", "wrong"), [({"until": ASSESSMENT}, ["until"]), ({"reason": " "}, ["reason"])]
    )  # fmt: skip
    def test_it_rests_until_a_day_ahead_for_a_reason(self, made: Joint, given: Any, wrong: list[str]) -> None:
        case = opened(made)
        with pytest.raises(Invalid) as refusal:
            actions.park(**by(made), case_id=case.pk, version=None, **{"until": NEXT_YEAR, "reason": "Vent.", **given})
        assert fields(refusal) == wrong
        case.refresh_from_db()
        assert case.state == CaseState.OPEN

    def test_at_rest_it_waits_for_nobody_and_nothing_is_decided(self, made: Joint) -> None:
        case = parked(made, opened(made))
        assert (case.state, case.parked_until) == (CaseState.PARKED, NEXT_YEAR)
        assert queries.tasks_of(made.actor(DIRECTOR)) == []
        with pytest.raises(Conflict):
            treat(made, case, "send")
        with pytest.raises(Conflict):
            parked(made, case)

    def test_taken_up_it_stands_where_it_stood_with_a_deadline_of_the_new_year(self, made: Joint) -> None:
        case = parked(made, opened(made))
        actions.resume(**by(made, day=NEXT_YEAR), case_id=case.pk, version=case.version)
        row = standing(case)
        assert (row.step, row.round, row.due_on) == ("vurdering", 1, date(2026, 3, 31))
        with pytest.raises(Conflict, match="ikke parkert"):
            actions.resume(**by(made, day=NEXT_YEAR), case_id=case.pk)

    def test_the_daily_run_takes_up_those_whose_day_has_come(self, made: Joint) -> None:
        due, later = parked(made, opened(made)), parked(made, opened(made), NEXT_YEAR + timedelta(days=1))

        def run(day: date) -> int:
            return actions.resume_due(actor=made.system(day), now=at(day))

        assert [run(NEXT_YEAR - timedelta(days=1)), run(NEXT_YEAR), run(NEXT_YEAR)] == [0, 1, 0]
        for case, state in ((due, CaseState.OPEN), (later, CaseState.PARKED)):
            case.refresh_from_db()
            assert case.state == state

    def test_others_than_the_secretariat_park_and_resume_nothing(self, made: Joint) -> None:
        case = opened(made)
        with pytest.raises(Refused):
            actions.park(**by(made, DIRECTOR), case_id=case.pk, version=None, until=NEXT_YEAR, reason="Vent.")
        parked(made, case)
        with pytest.raises(Refused):
            actions.resume(**by(made, DIRECTOR), case_id=case.pk)


class TestMerging:
    def merge(self, made: Joint, case: Case, into: Case, who: str = "it_lead", **changes: Any) -> Case:
        given = {"version": None, "reason": "Samme behov.", **changes}
        return actions.merge(**by(made, who), case_id=case.pk, into_id=into.pk, **given)

    def pair(self, made: Joint) -> tuple[Case, Case]:
        return opened(made), opened(made, organisations=[made.organisations["lillesand"].pk])

    def test_what_is_left_belongs_to_both(self, made: Joint) -> None:
        case, into = self.pair(made)
        merged = self.merge(made, case, into)
        into.refresh_from_db()
        assert (slots(into), into.facts_given["scope"], into.state) == ({"birkenes", "lillesand"}, "joint", "open")
        assert (merged.state, merged.outcome, merged.merged_into) == (CaseState.ENDED, "merged", into)
        assert CaseStep.objects.get(case=case).state == StepState.CANCELLED
        assert queries.related(into) == [merged] and queries.related(merged) == [into]

    def test_the_trail_tells_what_it_was_before(self, made: Joint) -> None:
        case, into = self.pair(made)
        self.merge(made, case, into)
        (entry,) = [one for one in audit.history_of(into.pk) if one.action == "case.received_merge"]
        assert entry.before is not None and entry.after is not None
        assert (entry.before["facts_given"]["scope"], entry.after["facts_given"]["scope"]) == ("single", "joint")
        assert entry.more["reason"] == "Samme behov."

    def test_both_are_under_way_on_the_same_path(self, made: Joint) -> None:
        case, into = self.pair(made)
        with pytest.raises(Invalid) as refusal:
            self.merge(made, case, case)
        assert fields(refusal) == ["into"]
        plan = opened(made, path="plan")
        with pytest.raises(Conflict):
            self.merge(made, case, plan)
        actions.withdraw(**by(made, "service:birkenes"), case_id=into.pk)
        for one, other in ((case, into), (into, case)):
            with pytest.raises(Conflict):
                self.merge(made, one, other)

    def test_it_takes_a_reason_and_the_secretariat(self, made: Joint) -> None:
        case, into = self.pair(made)
        with pytest.raises(Invalid) as refusal:
            self.merge(made, case, into, reason="")
        assert fields(refusal) == ["reason"]
        with pytest.raises(Refused):
            self.merge(made, case, into, DIRECTOR)
        assert slots(into) == {"lillesand"}


class TestSplitting:
    def split(self, made: Joint, case: Case, who: str = "it_lead", **changes: Any) -> Case:
        given = {
            "version": None, "subject_id": uuid4(), "title": "Halvparten", "facts": {"total_cost": 1},
            "organisations": [made.organisations["lillesand"].pk], "reason": "To ting.", **changes,
        }  # fmt: skip
        return actions.split(**by(made, who), case_id=case.pk, **given)

    def test_the_part_goes_on_from_where_the_whole_stands(self, made: Joint) -> None:
        case = opened(made)
        treat(made, case, "send")
        part = self.split(made, case)
        case.refresh_from_db()
        assert (standing(part).step, standing(case).step) == ("mottak", "mottak")
        assert (part.split_from, part.model_version, part.number) == (case, case.model_version, case.number + 1)
        assert (slots(part), part.opened_by, case.state) == ({"lillesand"}, case.opened_by, CaseState.OPEN)

    def test_a_whole_that_closes_leaves_its_parts_alone(self, made: Joint) -> None:
        case = opened(made)
        part = self.split(made, case, closes=True)
        case.refresh_from_db()
        assert (case.state, case.outcome, part.state) == (CaseState.ENDED, "split", CaseState.OPEN)

    def test_it_takes_a_reason_the_secretariat_and_a_case_under_way(self, made: Joint) -> None:
        case = opened(made)
        with pytest.raises(Invalid) as refusal:
            self.split(made, case, reason=" ")
        assert fields(refusal) == ["reason"]
        with pytest.raises(Refused):
            self.split(made, case, DIRECTOR)
        parked(made, case)
        with pytest.raises(Conflict):
            self.split(made, case)
        assert Case.objects.count() == 1


class TestReopening:
    def reopen(self, made: Joint, case: Case, who: str = "it_lead", reason: str = "Nå er det råd.") -> Case:
        return actions.reopen(**by(made, who, NEXT_YEAR), case_id=case.pk, reason=reason)

    def deferred(self, made: Joint) -> Case:
        case = at_forum(made)
        treat(made, case, "utsatt", "it_lead", FORUM, reason="Vent.")
        return case

    def test_it_goes_back_to_who_put_it_off_and_what_was_said_stays(self, made: Joint) -> None:
        case = self.reopen(made, self.deferred(made))
        assert (standing(case).step, standing(case).round, case.state) == ("forum", 2, CaseState.OPEN)
        assert (case.outcome, case.ended_at) == ("", None)
        assert Treatment.objects.filter(case=case, outcome="utsatt").exists()

    def test_what_was_stopped_or_taken_in_is_not_taken_up_again(self, made: Joint) -> None:
        for outcome in ("inn", "avslag"):
            case = at_forum(made)
            treat(made, case, outcome, "it_lead", FORUM, reason="Fordi.")
            with pytest.raises(Conflict, match="utsatt"):
                self.reopen(made, case)
        with pytest.raises(Conflict):
            self.reopen(made, opened(made))

    def test_it_takes_a_reason_and_the_secretariat(self, made: Joint) -> None:
        case = self.deferred(made)
        with pytest.raises(Invalid) as refusal:
            self.reopen(made, case, reason="")
        assert fields(refusal) == ["reason"]
        with pytest.raises(Refused):
            self.reopen(made, case, DIRECTOR)


class TestSilence:
    DUE = date(2025, 6, 16)

    def run(self, made: Joint, day: date) -> int:
        return actions.expire_steps(actor=made.system(day), now=at(day))

    def at_leaders(self, made: Joint) -> Case:
        """A plan before both lederteam, due three working days before the body that decides meets."""
        made.plan_meeting("samarbeidsorganet", date(2025, 6, 19))
        places = [made.organisations[slot].pk for slot in ("birkenes", "lillesand")]
        case = opened(made, FORUM, path="plan", organisations=places)
        assert {row.due_on for row in CaseStep.objects.filter(case=case)} == {self.DUE}
        return case

    def test_on_the_day_itself_nothing_has_passed(self, made: Joint) -> None:
        self.at_leaders(made)
        assert self.run(made, self.DUE) == 0

    def test_silence_is_recorded_as_silence_and_holds_nobody_back(self, made: Joint) -> None:
        """B-36."""
        case = self.at_leaders(made)
        assert self.run(made, self.DUE + timedelta(days=1)) == 2
        assert standing(case).step == "samarbeidsorgan"
        rows = Treatment.objects.filter(case=case)
        assert {(row.outcome, row.effect, row.automatic, row.person) for row in rows} == {
            ("waived", "waived", True, None)
        }
        assert set(CaseStep.objects.filter(case=case, step="lederteam").values_list("state", flat=True)) == {"waived"}
        assert self.run(made, self.DUE + timedelta(days=1)) == 0

    def test_who_has_spoken_is_heard_when_the_other_is_silent(self, made: Joint) -> None:
        case = self.at_leaders(made)
        row = CaseStep.objects.get(case=case, organisation=made.organisations["birkenes"])
        actions.treat(
            **by(made, "municipal_director:birkenes", FORUM), case_step_id=row.pk, version=None,
            outcome="slutter-seg-til",
        )  # fmt: skip
        assert self.run(made, self.DUE + timedelta(days=1)) == 1
        outcomes = set(Treatment.objects.filter(case=case).values_list("outcome", flat=True))
        assert outcomes == {"slutter-seg-til", "waived"}

    def test_where_the_model_says_nothing_of_silence_the_case_waits(self, made: Joint) -> None:
        case = opened(made)
        assert self.run(made, date(2025, 4, 30)) == 0
        assert standing(case).step == "vurdering"

    def test_a_parked_case_runs_out_of_no_time(self, made: Joint) -> None:
        parked(made, self.at_leaders(made))
        assert self.run(made, self.DUE + timedelta(days=1)) == 0


class TestCommenting:
    def comment(self, made: Joint, case: Case, text: str, who: str = "it_lead") -> Comment:
        return actions.comment(**by(made, who), case_id=case.pk, text=text)

    @pytest.mark.parametrize("text", ["", "  \n", "\0", "x" * 10_001, "@[Finnes ikke] ser du dette?"])
    def test_what_cannot_be_a_comment_is_not_kept(self, made: Joint, text: str) -> None:
        with pytest.raises(Invalid) as refusal:
            self.comment(made, opened(made), text)
        assert fields(refusal) == ["text"]
        assert not Comment.objects.exists()

    def test_who_is_named_is_told_once(self, made: Joint, monkeypatch: pytest.MonkeyPatch) -> None:
        told: list[PersonMentioned] = []
        monkeypatch.setitem(
            kernel._handlers, PersonMentioned, [lambda event, **_more: told.append(event)]
        )  # fmt: skip
        name = made.who(DIRECTOR).name
        row = self.comment(made, opened(made), f"@[{name}] og @[{name}], og @[it_lead, it-tjenesten]")
        assert [event.person_id for event in told] == [made.who(DIRECTOR).pk, made.who("it_lead").pk]
        assert row.mentions == [str(event.person_id) for event in told]

    def test_who_has_left_is_not_named(self, made: Joint) -> None:
        person = made.who("representative:birkenes:kultur")
        person.is_active = False
        person.save()
        with pytest.raises(Invalid):
            self.comment(made, opened(made), f"@[{person.name}]")

    def test_who_may_not_comment_says_nothing(self, made: Joint) -> None:
        for who in ("archive_manager:birkenes", "sector_director:lillesand:helse"):
            with pytest.raises(Refused):
                self.comment(made, opened(made), "Hei", who)

    def test_an_ended_case_is_talked_of_and_one_that_became_part_of_another_is_not(self, made: Joint) -> None:
        case, into = opened(made), opened(made)
        actions.merge(**by(made), case_id=case.pk, version=None, into_id=into.pk, reason="Likt.")
        with pytest.raises(Conflict, match="slått sammen"):
            self.comment(made, case, "Hei")
        actions.withdraw(**by(made, "service:birkenes"), case_id=into.pk)
        said = self.comment(made, into, "Synd.")
        assert list(queries.comments_of(into)) == [said]


class TestMeetings:
    DAY = date(2025, 9, 18)

    def plan(self, made: Joint, who: str = "it_lead", **changes: Any) -> BodyMeeting:
        return actions.plan_meeting(**by(made, who), **{"body": "lederteam", "held_on": self.DAY, **changes})

    def cancel(self, made: Joint, row: BodyMeeting, who: str = "it_lead", **changes: Any) -> BodyMeeting:
        return actions.cancel_meeting(**by(made, who), meeting_id=row.pk, **{"version": None, **changes})

    def test_a_body_meets_once_a_day_in_each_place(self, made: Joint) -> None:
        places = [None, made.organisations["birkenes"].pk, made.organisations["lillesand"].pk]
        for place in places:
            self.plan(made, organisation=place)
            with pytest.raises(Invalid) as refusal:
                self.plan(made, organisation=place)
            assert fields(refusal) == ["held_on"]
        assert BodyMeeting.objects.count() == len(places)

    def test_the_body_is_the_models(self, made: Joint) -> None:
        with pytest.raises(Invalid) as refusal:
            self.plan(made, body="kongen")
        assert fields(refusal) == ["body"]

    def test_a_cancelled_meeting_counts_for_nothing_and_is_cancelled_once(self, made: Joint) -> None:
        row = self.plan(made)
        assert queries.next_meeting("lederteam", ASSESSMENT) == self.DAY
        with pytest.raises(Conflict):
            self.cancel(made, row, version=row.version + 1)
        self.cancel(made, row, version=row.version)
        assert queries.next_meeting("lederteam", ASSESSMENT) is None
        with pytest.raises(Conflict, match="allerede avlyst"):
            self.cancel(made, row)

    def test_a_meeting_cancelled_by_mistake_is_planned_again(self, made: Joint) -> None:
        self.cancel(made, self.plan(made))
        row = self.plan(made, title="Likevel")
        assert (row.cancelled, row.title, queries.next_meeting("lederteam", ASSESSMENT)) == (False, "Likevel", self.DAY)
        assert BodyMeeting.objects.count() == 1

    def test_only_the_secretariat_plans(self, made: Joint) -> None:
        row = self.plan(made)
        with pytest.raises(Refused):
            self.plan(made, "municipal_director:birkenes", held_on=FORUM)
        with pytest.raises(Refused):
            self.cancel(made, row, "municipal_director:birkenes")


class TestStandingIn:
    AWAY = (date(2025, 3, 5), date(2025, 3, 20))

    @pytest.fixture
    def away(self, made: Joint) -> Joint:
        """The kommunalsjef is away, and the one of Kultur stands in."""
        organisations.set_substitute(
            **by(made, DIRECTOR, INTAKE), person_id=made.who(DIRECTOR).pk,
            substitute_id=made.who("sector_director:birkenes:kultur").pk, starts_on=self.AWAY[0], ends_on=self.AWAY[1],
        )  # fmt: skip
        return made

    @pytest.mark.parametrize("day", AWAY)
    def test_who_stands_in_has_the_task_and_says_for_whom(self, away: Joint, day: date) -> None:
        case = opened(away)
        stand_in = away.actor("sector_director:birkenes:kultur", day)
        assert queries.tasks_of(stand_in) == [standing(case)]
        found = treat(away, case, "send", "sector_director:birkenes:kultur", day)
        assert found.person == away.who("sector_director:birkenes:kultur")
        assert (found.on_behalf_of, found.actor_name) == (away.who(DIRECTOR).name, "Kommunalsjef")

    @pytest.mark.parametrize("day", [AWAY[0] - timedelta(days=1), AWAY[1] + timedelta(days=1)])
    def test_before_and_after_the_task_is_not_theirs(self, away: Joint, day: date) -> None:
        case = opened(away)
        assert queries.tasks_of(away.actor("sector_director:birkenes:kultur", day)) == []
        with pytest.raises(Refused):
            treat(away, case, "send", "sector_director:birkenes:kultur", day)

    def test_who_is_away_may_still_act_in_their_own_name(self, away: Joint) -> None:
        assert treat(away, opened(away), "send", day=self.AWAY[0]).on_behalf_of == ""

    def test_who_stands_in_completes_and_withdraws_for_the_sender(self, made: Joint) -> None:
        sender, other = made.who("service:birkenes"), made.who("representative:birkenes:kultur")
        organisations.set_substitute(
            **by(made, "service:birkenes", INTAKE), person_id=sender.pk, substitute_id=other.pk,
            starts_on=INTAKE, ends_on=FORUM,
        )  # fmt: skip
        case = actions.withdraw(**by(made, "representative:birkenes:kultur"), case_id=opened(made).pk)
        assert case.outcome == "withdrawn"


def test_what_is_not_there_is_not_found(made: Joint) -> None:
    for attempt in (
        lambda: actions.withdraw(**by(made), case_id=uuid4()),
        lambda: actions.comment(**by(made), case_id=uuid4(), text="Hei"),
        lambda: actions.treat(**by(made), case_step_id=uuid4(), version=None, outcome="send"),
    ):
        with pytest.raises(NotFound):
            attempt()
