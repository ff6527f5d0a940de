"""A meeting is opened, its items are treated and decided, and it is ended."""

from __future__ import annotations

import copy

import pytest

from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.procedure.casework.models import Case, Treatment
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import AgendaItem, Ballot, Disqualification, Meeting, Voting
from samstyr.procedure.meetings.queries.holding import hall_of, quorum_at, replaceable, voters_at

from .committee import MEETING_DAY, MEMBERS, OUTSIDER, SECRETARY, SUBSTITUTE, TODAY, Committee, committee, model
from .holding_world import Hall


def disqualify(hall: Hall, item: AgendaItem, name: str, **given: object) -> Disqualification:
    """Raise it by oneself, and settle that it is so."""
    row = actions.raise_impartiality(
        **hall.by(name), item_id=item.pk, participant_id=hall.row(name).pk, ground="Styreleder i firmaet"
    )
    values = {"disqualified": True, "votes_for": 4, "votes_against": 0} | given
    return actions.decide_impartiality(**hall.by(), disqualification_id=row.pk, **values)


def there(hall: Hall, item: AgendaItem | None = None) -> list[str]:
    """Who votes in the item now."""
    meeting = hall_of(hall.meeting.pk)
    assert meeting is not None
    found = next((row for row in meeting.items.all() if item and row.pk == item.pk), None)
    return [row.name for row in voters_at(meeting, found)]


class TestOpening:
    def test_the_bodys_chair_leads_when_present(self, made: Committee) -> None:
        hall = Hall(made)
        meeting = hall.open()
        assert (meeting.state, meeting.chair) == ("open", made.people["leder"])
        assert meeting.opened_at is not None
        with pytest.raises(Conflict):
            actions.open_meeting(**hall.by(), meeting_id=meeting.pk)

    def test_else_one_elected_among_the_members_there(self, made: Committee) -> None:
        hall = Hall(made)
        hall.mark("nord1")
        hall.mark(SECRETARY)
        for chosen in (None, hall.row("sor1").pk, hall.row(SECRETARY).pk):
            with pytest.raises(Invalid):
                actions.open_meeting(**hall.by(), meeting_id=hall.meeting.pk, leader_id=chosen)
        meeting = actions.open_meeting(**hall.by(), meeting_id=hall.meeting.pk, leader_id=hall.row("nord1").pk)
        assert meeting.chair == made.people["nord1"]
        hall.mark("leder")
        changed = actions.change_chair(**hall.by(), meeting_id=meeting.pk, leader_id=hall.row("leder").pk)
        assert changed.chair == made.people["leder"]

    def test_not_before_its_day_nor_when_cancelled(self, made: Committee) -> None:
        hall = Hall(made)
        with pytest.raises(Conflict):
            actions.open_meeting(**made.by(day=TODAY), meeting_id=hall.meeting.pk)
        hall.mark("leder")
        hall.meeting.day.cancelled = True
        hall.meeting.day.save(force_update=True)
        with pytest.raises(Conflict):
            actions.open_meeting(**hall.by(), meeting_id=hall.meeting.pk)

    @pytest.mark.parametrize("name", ["nord1", OUTSIDER, SUBSTITUTE])
    def test_only_who_holds_the_bodys_meetings(self, made: Committee, name: str) -> None:
        hall = Hall(made)
        with pytest.raises(Refused):
            actions.open_meeting(**hall.by(name), meeting_id=hall.meeting.pk)
        with pytest.raises(Refused):
            actions.set_attendance(**hall.by(name), participant_id=hall.row("nord1").pk, how="present")

    def test_not_ended_while_something_is_open(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        never = hall.item(opened=False, title="Rakk vi ikke")
        item = hall.item(made.case())
        voting = hall.vote(item)
        with pytest.raises(Conflict, match="avstemning"):
            actions.end_meeting(**hall.by(), meeting_id=hall.meeting.pk)
        actions.cancel_voting(**hall.by(), voting_id=voting.pk, reason="Feil spørsmål.")
        with pytest.raises(Conflict, match="under behandling"):
            actions.end_meeting(**hall.by(), meeting_id=hall.meeting.pk)
        actions.postpone_item(**hall.by(), item_id=item.pk, reason="Mangler tall.")
        meeting = actions.end_meeting(**hall.by(hour=9), meeting_id=hall.meeting.pk)
        assert (meeting.state, meeting.ended_at is not None) == ("ended", True)
        never.refresh_from_db()
        assert never.state == "postponed"
        with pytest.raises(Conflict):
            hall.mark("nord1", "left")


class TestAttendance:
    def test_all_who_said_they_come_and_one_by_one(self, made: Committee) -> None:
        hall = Hall(made, remote=True)
        for name, answer in (("sor1", "remote"), ("sor2", "absent")):
            row = hall.row(name)
            row.answer = answer
            row.save(force_update=True)
        for _ in range(2):  # again changes nothing
            actions.mark_those_who_come(**hall.by(hour=7), meeting_id=hall.meeting.pk)
        assert there(hall) == ["Leder", "Nord1", "Nord2", "Sor1"]
        assert (hall.row("sor1").is_remote, hall.row("sor1").present) == (True, False)
        left = hall.mark("nord1", "left", 8)
        assert left.left_at is not None and left.arrived_at is not None
        assert there(hall) == ["Leder", "Nord2", "Sor1"]
        back = hall.mark("nord1", "present", 9)
        assert (back.left_at, back.arrived_at) == (None, left.arrived_at)
        assert hall.mark("nord1", "absent").arrived_at is None
        with pytest.raises(Conflict):
            hall.mark("nord1", "left")

    def test_remote_only_where_the_rules_allow_it(self, elected: Committee) -> None:
        """kommuneloven § 11-7"""
        hall = Hall(elected)
        with pytest.raises(Invalid, match="11-7"):
            hall.mark("nord1", "remote")

    def test_a_substitute_has_the_seat_while_the_member_is_away(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open("leder", "nord1", "sor1")
        member, person = hall.row("nord2").pk, made.people[SUBSTITUTE].pk
        row = actions.call_substitute(**hall.by(), member_id=member, person_id=person)
        assert (row.capacity, row.stands_in_for, row.votes) == ("substitute", "Nord2", True)
        assert there(hall) == ["Leder", "Nord1", "Vara", "Sor1"]
        hall.mark("nord2")
        assert there(hall) == ["Leder", "Nord1", "Nord2", "Sor1"]
        with pytest.raises(Conflict):
            actions.call_substitute(**hall.by(), member_id=member, person_id=person)
        with pytest.raises(Invalid):
            actions.call_substitute(**hall.by(), member_id=hall.row("sor2").pk, person_id=made.people["nord1"].pk)

    def test_who_votes_stands_still_during_a_vote(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        hall.vote(hall.item(made.case()))
        with pytest.raises(Conflict):
            hall.mark("nord1", "left")
        with pytest.raises(Conflict):
            actions.change_chair(**hall.by(), meeting_id=hall.meeting.pk, leader_id=hall.row("nord1").pk)


class TestItems:
    def test_one_is_treated_at_a_time(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        first = hall.item()
        second = hall.item(title="Neste")
        first.refresh_from_db()
        assert (first.state, second.state) == ("waiting", "open")
        item = actions.write_discussion(**hall.by(), item_id=second.pk, version=second.version, text="Kort drøfting.")
        assert item.discussion == "Kort drøfting."
        with pytest.raises(Conflict):
            actions.write_discussion(**hall.by(), item_id=second.pk, version=second.version, text="Annet.")
        with pytest.raises(Conflict):
            actions.write_discussion(**hall.by(), item_id=first.pk, version=None, text="For tidlig.")

    def test_postponed_and_withdrawn_wait_still_for_the_body(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        step = made.case()
        item = hall.item(step)
        done = actions.postpone_item(**hall.by(), item_id=item.pk, withdrawn=True, reason="Trukket av eieren.")
        assert (done.state, done.decision) == ("withdrawn", "Trukket av eieren.")
        step.refresh_from_db()
        assert step.state == "active"
        assert actions.open_item(**hall.by(), item_id=item.pk).state == "open"
        with pytest.raises(Conflict):
            actions.open_item(**hall.by(), item_id=item.pk)

    def test_a_third_of_those_there_keeps_a_late_item_off(self, elected: Committee) -> None:
        """kommuneloven § 11-3"""
        hall = Hall(elected)
        hall.open("leder", "nord1", "sor1")
        item = hall.item(opened=False, late=True)
        with pytest.raises(Conflict, match="11-3"):
            actions.open_item(**hall.by(), item_id=item.pk, objecting=1)
        with pytest.raises(Invalid):
            actions.open_item(**hall.by(), item_id=item.pk, objecting=4)
        assert actions.open_item(**hall.by(), item_id=item.pk).state == "open"

    def test_an_administrative_body_has_no_such_rule(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open("leder", "nord1", "sor1")
        item = hall.item(opened=False, late=True)
        assert actions.open_item(**hall.by(), item_id=item.pk, objecting=3).state == "open"


class TestImpartiality:
    def test_the_body_decides_and_the_one_is_left_out_of_the_item_alone(self, elected: Committee) -> None:
        """forvaltningsloven §§ 6 and 8"""
        hall = Hall(elected)
        hall.open()
        item = hall.item(elected.case())
        with pytest.raises(Invalid):
            disqualify(hall, item, "nord1", votes_for=5)
        row = Disqualification.objects.get()
        done = actions.decide_impartiality(
            **hall.by(), disqualification_id=row.pk, disqualified=True, votes_for=3, votes_against=1
        )
        assert (done.law, done.raised_by) == ("forvaltningsloven § 6", "Nord1")
        assert done.decided_by == "Utvalget, 3 mot 1 for at vedkommende er inhabil"
        assert there(hall, item) == ["Leder", "Nord2", "Sor1", "Sor2"]
        assert len(there(hall)) == 5
        meeting = hall_of(hall.meeting.pk)
        assert meeting is not None
        assert [found.name for found in replaceable(meeting, meeting.items.all()[0])] == ["Nord1"]
        actions.call_substitute(
            **hall.by(), member_id=hall.row("nord1").pk, person_id=elected.people[SUBSTITUTE].pk, item_id=item.pk
        )
        assert "Vara" in there(hall, item) and "Vara" not in there(hall)

    def test_who_leads_decides_in_an_administrative_body_but_not_about_themselves(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        item = hall.item()
        assert disqualify(hall, item, "nord1", votes_for=0).decided_by == "møteleder Leder"
        with pytest.raises(Invalid):
            disqualify(hall, item, "leder", votes_for=0)
        own = Disqualification.objects.get(participant=hall.row("leder"))
        with pytest.raises(Refused):
            actions.decide_impartiality(**hall.by("leder"), disqualification_id=own.pk, disqualified=False)
        settled = actions.decide_impartiality(
            **hall.by(), disqualification_id=own.pk, disqualified=False, votes_for=0, votes_against=3
        )
        assert settled.outcome == "qualified"
        assert there(hall, item) == ["Leder", "Nord2", "Sor1", "Sor2"]

    def test_who_is_left_out_takes_no_part(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        item = hall.item(made.case())
        disqualify(hall, item, "leder")
        with pytest.raises(Refused, match="inhabil"):
            actions.write_discussion(**hall.by("leder"), item_id=item.pk, version=None, text="Jeg mener")
        with pytest.raises(Refused):
            actions.make_motion(**hall.by("leder"), item_id=item.pk, participant_id=hall.row("leder").pk, text="Avslå")
        voting = hall.vote(item)
        with pytest.raises(Refused):
            hall.cast(voting, "leder", "ja")

    def test_nothing_is_decided_before_it_is_settled(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        item = hall.item(made.case())
        actions.raise_impartiality(
            **hall.by("sor1"), item_id=item.pk, participant_id=hall.row("nord1").pk, ground="Slektning"
        )
        for attempt in (lambda: hall.vote(item), lambda: hall.decide(item, "agreed", outcome="ja")):
            with pytest.raises(Conflict, match="ikke avgjort om Nord1"):
                attempt()

    def test_not_by_somebody_outside_and_not_twice(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        item = hall.item()
        given = {"item_id": item.pk, "participant_id": hall.row("nord1").pk, "ground": "Slektning"}
        with pytest.raises(Refused):
            actions.raise_impartiality(**hall.by(OUTSIDER), **given)
        with pytest.raises(Invalid):
            actions.raise_impartiality(**hall.by("sor1"), **given | {"ground": " "})
        actions.raise_impartiality(**hall.by("sor1"), **given, law="forvaltningsloven (2025) § 10")
        with pytest.raises(Conflict):
            actions.raise_impartiality(**hall.by("sor2"), **given)


class TestDeciding:
    def test_the_outcome_stands_on_the_trail_at_once(self, elected: Committee) -> None:
        hall = Hall(elected)
        hall.open()
        step = elected.case()
        item = hall.item(step)
        disqualify(hall, item, "sor2")
        voting = hall.vote(item)
        for name, choice in (("leder", "ja"), ("nord1", "ja"), ("nord2", "ja"), ("sor1", "nei")):
            hall.cast(voting, name, choice)
        assert hall.close(voting).result == "ja"
        with pytest.raises(Invalid, match="annet utfall"):
            hall.decide(item, voting_id=voting.pk, outcome="nei", reason="Nei.")
        done = hall.decide(item, voting_id=voting.pk)
        assert (done.state, done.decision) == ("decided", "Vi går inn for felles innlogging.")
        treatment = Treatment.objects.get()
        assert done.treatment == treatment
        assert (treatment.outcome, treatment.decided_on, treatment.text) == ("ja", MEETING_DAY, done.decision)
        assert {row["name"]: row["choice"] for row in treatment.votes} == {
            "Leder": "ja", "Nord1": "ja", "Nord2": "ja", "Sor1": "nei",
        }  # fmt: skip
        out = next(row for row in treatment.present if row["name"] == "Sor2")
        assert (out["votes"], out["note"]) == (False, "inhabil")
        case = Case.objects.get()
        assert case.state != "open"
        with pytest.raises(Conflict):
            hall.decide(item, voting_id=voting.pk)

    def test_all_agreed_is_entered_as_a_vote_where_the_law_counts_votes(self, elected: Committee) -> None:
        """kommuneloven § 11-9: present and having voted."""
        hall = Hall(elected)
        hall.open()
        item = hall.item(elected.case())
        with pytest.raises(Invalid, match="alene"):
            hall.decide(item, "chair", outcome="ja")
        hall.decide(item, "agreed", outcome="ja")
        voting = Voting.objects.get()
        assert (voting.result, voting.counts, voting.why) == ("ja", {"ja": 5}, "Enstemmig.")
        assert Ballot.objects.filter(voting=voting, by_secretary=True).count() == 5
        assert len(Treatment.objects.get().votes) == 5

    def test_an_administrative_body_agrees_without_a_vote_or_leaves_it_to_who_leads(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open("leder", "nord1")
        agreed = hall.decide(hall.item(made.case()), "agreed", outcome="ja")
        settled = hall.decide(hall.item(made.case("Andre")), "chair", outcome="nei", reason="For dyrt.")
        assert (agreed.treatment and agreed.treatment.votes, Voting.objects.count()) == ([], 0)
        assert settled.treatment is not None and settled.treatment.reason == "For dyrt."

    def test_what_the_outcome_requires_is_asked_for_and_nothing_is_half_done(self, elected: Committee) -> None:
        hall = Hall(elected)
        hall.open()
        item = hall.item(elected.case())
        with pytest.raises(Invalid) as told:
            hall.decide(item, "agreed", outcome="nei")
        assert told.value.errors[0].field == "reason"
        item.refresh_from_db()
        assert (item.state, Voting.objects.count(), Treatment.objects.count()) == ("open", 0, 0)

    def test_without_quorum_nothing_is_decided(self, elected: Committee) -> None:
        """kommuneloven § 11-9"""
        hall = Hall(elected)
        hall.open("leder", "nord1")
        item = hall.item(elected.case())
        for attempt in (lambda: hall.vote(item), lambda: hall.decide(item, "agreed", outcome="ja")):
            with pytest.raises(Conflict, match="11-9") as told:
                attempt()
            assert told.value.rule == "meeting.quorum"
        hall.mark("sor1")
        assert hall.decide(item, "agreed", outcome="ja").state == "decided"

    def test_one_who_is_disqualified_may_take_the_quorum_away(self, elected: Committee) -> None:
        hall = Hall(elected)
        hall.open("leder", "nord1", "sor1")
        item = hall.item(elected.case())
        disqualify(hall, item, "sor1", votes_for=2)
        meeting = hall_of(hall.meeting.pk)
        assert meeting is not None
        assert not quorum_at(meeting, meeting.items.all()[0]).met
        with pytest.raises(Conflict):
            hall.decide(item, "agreed", outcome="ja")
        actions.call_substitute(
            **hall.by(), member_id=hall.row("sor1").pk, person_id=elected.people[SUBSTITUTE].pk, item_id=item.pk
        )
        assert hall.decide(item, "agreed", outcome="ja").state == "decided"

    def test_an_administrative_body_has_no_quorum_unless_its_model_says(self, db: None) -> None:
        with committee(quorum_percent=60) as made:
            hall = Hall(made)
            hall.open("leder", "nord1")
            item = hall.item(made.case())
            with pytest.raises(Conflict, match="styringsmodellen"):
                hall.decide(item, "agreed", outcome="ja")

    def test_outside_the_mandate_nothing_is_decided(self, made: Committee) -> None:
        content = copy.deepcopy(model(mandate=[{"kind": "discuss"}]))
        made.adopt(content, TODAY)
        hall = Hall(made)
        hall.open()
        item = hall.item(made.case(day=TODAY))
        with pytest.raises(Conflict, match="mandatet til Utvalget") as told:
            hall.decide(item, "agreed", outcome="ja")
        assert told.value.rule == "meeting.mandate"

    def test_an_item_without_a_case_gets_its_text(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        item = hall.item(kind="other", title="Eventuelt")
        with pytest.raises(Invalid):
            hall.decide(item, "agreed")
        done = hall.decide(item, "agreed", text="Neste møte er i oktober.")
        assert (done.state, done.treatment, done.decision) == ("decided", None, "Neste møte er i oktober.")

    def test_a_case_that_has_moved_on_is_told(self, made: Committee) -> None:
        from samstyr.procedure.casework import actions as casework

        hall = Hall(made)
        hall.open()
        step = made.case()
        item = hall.item(step)
        casework.treat(**hall.by(), case_step_id=step.pk, version=None, outcome="ja")
        with pytest.raises(Conflict):
            hall.decide(item, "agreed", outcome="ja")

    def test_who_may_hold_the_meeting_but_not_treat_the_step_enters_what_the_body_decided(
        self, made: Committee
    ) -> None:
        content = model()
        content["roles"].append({"key": "arkiv", "name": "Arkiv", "rights": [{"act": "case.administer"}]})
        made.adopt(content, TODAY)
        made.person("arkivar", "nord", "arkiv")
        hall = Hall(made)
        hall.open()
        item = hall.item(made.case(day=TODAY))
        actions.decide_item(**hall.by("arkivar"), item_id=item.pk, how="agreed", outcome="ja")
        assert Treatment.objects.get().person == made.people["arkivar"]


class TestMotions:
    def test_a_member_moves_and_the_motion_wins(self, elected: Committee) -> None:
        hall = Hall(elected)
        hall.open()
        item = hall.item(elected.case())
        motion = actions.make_motion(
            **hall.by("nord1"), item_id=item.pk, participant_id=hall.row("nord1").pk, text="Vi sier nei.", outcome="nei"
        )
        other = actions.make_motion(
            **hall.by(), item_id=item.pk, participant_id=hall.row("sor1").pk, text="Utsett.", outcome="utsatt"
        )
        actions.withdraw_motion(**hall.by("sor1"), motion_id=other.pk)
        with pytest.raises(Conflict):
            actions.withdraw_motion(**hall.by(), motion_id=other.pk)
        voting = hall.vote(item, about="motions", contenders=(), proposal_outcome="ja")
        assert [one["label"] for one in voting.choices] == ["Innstillingen", "Forslag 1 fra Nord1"]
        with pytest.raises(Conflict):
            actions.withdraw_motion(**hall.by("nord1"), motion_id=motion.pk)
        for name in MEMBERS:
            hall.cast(voting, name, "_proposal" if name == "sor2" else motion.pk.hex)
        hall.close(voting)
        done = hall.decide(item, voting_id=voting.pk, reason="Flertallet mente det var for dyrt.")
        assert done.decision == "Vi sier nei."
        treatment = Treatment.objects.get()
        assert treatment.outcome == "nei"
        assert sorted(row["choice"] for row in treatment.votes) == ["ja", "nei", "nei", "nei", "nei"]

    def test_only_for_those_with_a_vote_in_the_item(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open("leder", SECRETARY)
        item = hall.item(made.case())
        for by, whose in (("nord1", "nord1"), (SECRETARY, SECRETARY), ("nord1", "leder")):
            with pytest.raises(Refused):
                actions.make_motion(**hall.by(by), item_id=item.pk, participant_id=hall.row(whose).pk, text="Nei")
        with pytest.raises(Invalid):
            actions.make_motion(**hall.by("leder"), item_id=item.pk, text="Ja", outcome="finnes_ikke")


def test_a_meeting_of_another_state_is_told(made: Committee) -> None:
    hall = Hall(made)
    item = hall.item(opened=False)
    with pytest.raises(Conflict, match="ikke i gang"):
        actions.open_item(**hall.by(), item_id=item.pk)
    assert Meeting.objects.get().state == "called"
