"""Votes: what can be voted, what comes of it, and that no ballot is lost or counted twice."""

from __future__ import annotations

from typing import Any

import pytest

from samstyr.foundation.audit.models import AuditDetail
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.organisations.tests.factories import make_person, make_seat, make_seat_holding
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import Ballot, Participant, Voting
from tests.support import at_once

from .committee import BODY, MEETING_DAY, MEMBERS, OUTSIDER, SECRETARY, Committee, committee, model
from .holding_world import Hall


def weighed(**decision: Any) -> dict[str, Any]:
    """The committee's model with a rule of the step's own."""
    content = model()
    content["paths"][0]["steps"][0]["decision"] = {"rule": "simple_majority", **decision}
    return content


class TestOneVote:
    def test_everybody_votes_and_may_change_until_it_is_closed(self, elected: Committee) -> None:
        hall = Hall(elected)
        hall.open()
        voting = hall.vote(hall.item(elected.case()))
        for name in MEMBERS:
            hall.cast(voting, name, "ja")
        for name in MEMBERS[2:]:
            hall.cast(voting, name, "nei")
        closed = hall.close(voting)
        assert (closed.result, closed.counts, closed.why) == ("nei", {"ja": 2, "nei": 3}, "3 av 5 stemmer.")
        assert Ballot.objects.count() == 5
        for late in (lambda: hall.cast(voting, "leder", "nei"), lambda: hall.close(voting)):
            with pytest.raises(Conflict, match="ikke talt"):
                late()

    def test_what_is_voted_is_no_part_of_the_trail_while_it_is_open(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        voting = hall.vote(hall.item(made.case()))
        hall.cast(voting, "nord1", "nei")
        newest = AuditDetail.objects.order_by("-sequence").first()
        assert newest is not None
        assert newest.details["voter"] == "Nord1"
        assert '"nei"' not in str(newest.details).replace("'", '"')

    @pytest.mark.parametrize("who", [SECRETARY, OUTSIDER, "sor1"])
    def test_nobody_votes_for_others(self, made: Committee, who: str) -> None:
        hall = Hall(made)
        hall.open()
        voting = hall.vote(hall.item(made.case()))
        with pytest.raises(Refused):
            actions.cast(**hall.by(who), voting_id=voting.pk, participant_id=hall.row("nord1").pk, choice="ja")

    def test_who_is_not_there_has_no_vote_and_neither_has_the_secretary(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open("leder", "nord1", SECRETARY)
        voting = hall.vote(hall.item(made.case()))
        for name in ("sor1", SECRETARY):
            with pytest.raises(Refused):
                hall.cast(voting, name, "ja")
        with pytest.raises(Invalid):
            hall.cast(voting, "nord1", "kanskje")

    def test_one_vote_at_a_time(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        item = hall.item(made.case())
        hall.vote(item)
        with pytest.raises(Conflict):
            hall.vote(item)
        with pytest.raises(Conflict):
            actions.open_item(**hall.by(), item_id=hall.item(opened=False).pk)

    def test_a_cancelled_vote_is_nothing(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        item = hall.item(made.case())
        voting = hall.vote(item)
        with pytest.raises(Invalid):
            actions.cancel_voting(**hall.by(), voting_id=voting.pk, reason=" ")
        gone = actions.cancel_voting(**hall.by(), voting_id=voting.pk, reason="Feil spørsmål.")
        assert (gone.cancelled, gone.why) == (True, "Feil spørsmål.")
        with pytest.raises(Invalid):
            hall.decide(item, voting_id=voting.pk, outcome="ja")
        assert hall.vote(item).order == 2

    def test_two_choices_at_least_and_known_words(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        item = hall.item(made.case())
        for wrong in (
            {"contenders": ["ja"]}, {"manner": "rop"}, {"about": "vær"}, {"about": "motions", "contenders": ()},
            {"about": "text", "proposal_outcome": "finnes_ikke"},
        ):  # fmt: skip
            with pytest.raises(Invalid):
                hall.vote(item, **wrong)
        assert Voting.objects.count() == 0


class TestEntering:
    def test_by_show_of_hands_all_but_some(self, elected: Committee) -> None:
        hall = Hall(elected)
        hall.open()
        voting = hall.vote(hall.item(elected.case()), manner="show")
        rows = {name: str(hall.row(name).pk) for name in MEMBERS}
        all_but = {key: "nei" if name == "sor2" else "ja" for name, key in rows.items()}
        actions.enter_ballots(**hall.by(), voting_id=voting.pk, ballots=all_but)
        actions.enter_ballots(**hall.by(), voting_id=voting.pk, ballots={rows["sor1"]: None})
        with pytest.raises(Conflict, match="håndsopprekning"):
            hall.cast(voting, "nord1", "nei")
        closed = hall.close(voting)
        assert closed.counts == {"ja": 3, "nei": 1}
        assert Ballot.objects.filter(by_secretary=True).count() == 4

    def test_a_wrong_row_enters_nothing(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        voting = hall.vote(hall.item(made.case()), manner="roll")
        good = str(hall.row("leder").pk)
        for bad in ({str(hall.row(SECRETARY).pk): "ja"}, {good: "kanskje"}):
            with pytest.raises(Invalid):
                actions.enter_ballots(**hall.by(), voting_id=voting.pk, ballots={good: "ja"} | bad)
        with pytest.raises(Refused):
            actions.enter_ballots(**hall.by("nord1"), voting_id=voting.pk, ballots={good: "ja"})
        assert Ballot.objects.count() == 0


class TestRules:
    def test_a_tie_is_the_chairs(self, elected: Committee) -> None:
        """kommuneloven § 11-9"""
        hall = Hall(elected)
        hall.open("leder", "nord1", "sor1", "sor2")
        voting = hall.vote(hall.item(elected.case()))
        for name in ("leder", "nord1"):
            hall.cast(voting, name, "nei")
        for name in ("sor1", "sor2"):
            hall.cast(voting, name, "ja")
        closed = hall.close(voting)
        assert (closed.result, closed.why) == ("nei", "Stemmelikhet; møteleders stemme avgjorde.")

    def test_a_tie_in_an_election_is_not(self, elected: Committee) -> None:
        hall = Hall(elected)
        hall.open("leder", "nord1", "sor1", "sor2")
        item = hall.item(elected.case())
        voting = hall.vote(item, election=True)
        for name, choice in (("leder", "ja"), ("nord1", "ja"), ("sor1", "nei"), ("sor2", "nei")):
            hall.cast(voting, name, choice)
        closed = hall.close(voting)
        assert closed.result == ""
        with pytest.raises(Conflict, match="ikke noe vedtak"):
            hall.decide(item, voting_id=voting.pk, outcome="ja")

    def test_blank_only_where_it_is_allowed(self, elected: Committee) -> None:
        """kommuneloven § 8-1: blank only in elections and appointments."""
        hall = Hall(elected)
        hall.open()
        item = hall.item(elected.case())
        voting = hall.vote(item)
        with pytest.raises(Invalid, match="8-1"):
            hall.cast(voting, "leder", "")
        actions.cancel_voting(**hall.by(), voting_id=voting.pk, reason="Det er et valg.")
        election = hall.vote(item, election=True)
        for name, choice in zip(MEMBERS, ("ja", "ja", "nei", "", ""), strict=True):
            hall.cast(election, name, choice)
        assert hall.close(election).counts == {"ja": 2, "nei": 1, "": 2}

    def test_an_administrative_body_may_vote_blank(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        voting = hall.vote(hall.item(made.case()))
        hall.cast(voting, "nord1", "")
        hall.cast(voting, "nord2", "ja")
        assert hall.close(voting).result == "ja"

    def test_too_few_who_vote_is_no_vote_in_an_elected_body(self, elected: Committee) -> None:
        hall = Hall(elected)
        hall.open()
        voting = hall.vote(hall.item(elected.case()))
        for name in MEMBERS[:2]:
            hall.cast(voting, name, "ja")
        with pytest.raises(Conflict, match="Bare 2 har stemt"):
            hall.close(voting)
        hall.cast(voting, MEMBERS[2], "ja")
        assert hall.close(voting).result == "ja"

    def test_without_agreement_it_is_left_to_who_leads(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        item = hall.item(made.case())
        voting = hall.vote(item)
        hall.cast(voting, "nord1", "ja")
        hall.cast(voting, "sor1", "nei")
        with pytest.raises(Invalid):
            hall.close(voting, chair_says="kanskje")
        assert hall.close(voting, chair_says="nei").result == "nei"
        assert hall.decide(item, voting_id=voting.pk, reason="For dyrt.").state == "decided"

    def test_votes_weigh_by_population(self, made: Committee) -> None:
        made.adopt(weighed(weights_by="population"), MEETING_DAY)
        hall = Hall(made)
        step = made.case(day=MEETING_DAY)
        hall.open("sor1", "sor2", "nord1")
        voting = hall.vote(hall.item(step))
        for name, choice in (("nord1", "ja"), ("sor1", "nei"), ("sor2", "nei")):
            hall.cast(voting, name, choice)
        closed = hall.close(voting)
        assert (closed.counts, closed.result) == ({"ja": 9_000, "nei": 8_000}, "ja")

    def test_for_or_against_one_text(self, made: Committee) -> None:
        hall = Hall(made)
        hall.open()
        item = hall.item(made.case())
        voting = hall.vote(item, about="text", proposal_outcome="ja", question="Innstillingen")
        for name in MEMBERS:
            hall.cast(voting, name, "_for")
        hall.close(voting)
        done = hall.decide(item, voting_id=voting.pk)
        assert done.treatment is not None
        assert (done.treatment.outcome, {row["choice"] for row in done.treatment.votes}) == ("ja", {"ja"})


class Crowd:
    """A meeting with fifty seats and an open vote, written for good, so that threads see it."""

    def __init__(self, size: int = 50) -> None:
        with committee(rules="elected") as made:
            self.tenant = made.tenant.pk
            self.hall = Hall(made)
            self.hall.open()
            self.item = self.hall.item(made.case())
            voters = [made.people[name] for name in MEMBERS]
            for number in range(3, size - 2):
                person = make_person(f"Medlem{number}", organisation=made.places["nord"])
                seat = make_seat(BODY, "nord", number, organisation=made.places["nord"])
                make_seat_holding(seat, person)
                Participant.objects.create(
                    meeting=self.hall.meeting, person=person, seat=seat, name=person.name, votes=True, present=True,
                    arrived_at=self.hall.by()["now"],
                )  # fmt: skip
                made.people[person.name] = person
                voters.append(person)
            self.voting = self.hall.vote(self.item)
            rows = {row.person_id: row.pk for row in Participant.objects.all()}
            who = {name: self.hall.by(name) for name, person in made.people.items() if person in voters}
            self.voters = [(who[name], rows[made.people[name].pk]) for name in who]
            self.secretary = self.hall.by()

    def ballot(self, at: int, choice: str) -> Any:
        """A call that votes."""
        who, participant = self.voters[at]

        def run() -> Any:
            with tenant_scope(self.tenant):
                return actions.cast(**who, voting_id=self.voting.pk, participant_id=participant, choice=choice)

        return run

    def closing(self) -> Any:
        """Close the vote."""
        with tenant_scope(self.tenant):
            return actions.close_voting(**self.secretary, voting_id=self.voting.pk)

    def opening(self) -> Any:
        """Open another vote."""
        with tenant_scope(self.tenant):
            return self.hall.vote(self.item)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    @pytest.mark.slow
    @pytest.mark.everywhere
    def test_fifty_vote_at_once_and_all_are_counted(self) -> None:
        crowd = Crowd()
        assert len(crowd.voters) == 50
        answers = at_once(*(crowd.ballot(at, "ja" if at % 5 else "nei") for at in range(50)))
        assert [type(one).__name__ for one in answers] == ["Ballot"] * 50, [
            a for a in answers if isinstance(a, Exception)
        ]
        closed = crowd.closing()
        assert closed.counts == {"ja": 40, "nei": 10}
        with tenant_scope(crowd.tenant, writing=False):
            assert Ballot.objects.count() == 50

    def test_one_who_clicks_twenty_times_has_one_ballot(self) -> None:
        crowd = Crowd(8)
        answers = at_once(*(crowd.ballot(0, "ja" if at % 2 else "nei") for at in range(20)))
        assert {type(one).__name__ for one in answers} == {"Ballot"}, answers
        with tenant_scope(crowd.tenant, writing=False):
            row = Ballot.objects.get()
        assert row.version == 20

    @pytest.mark.slow
    @pytest.mark.everywhere
    def test_a_ballot_while_it_is_closed_is_counted_or_refused(self) -> None:
        crowd = Crowd(30)
        first = at_once(*(crowd.ballot(at, "ja") for at in range(16)))
        assert {type(one).__name__ for one in first} == {"Ballot"}, first
        calls = [crowd.ballot(at, "nei") for at in range(16, 30)]
        answers = at_once(*calls[:7], crowd.closing, *calls[7:])
        closed = answers.pop(7)
        assert isinstance(closed, Voting), closed
        assert all(isinstance(one, (Ballot, Conflict)) for one in answers), answers
        taken = sum(isinstance(one, Ballot) for one in answers)
        assert closed.counts == {"ja": 16, "nei": taken}
        with tenant_scope(crowd.tenant, writing=False):
            assert Ballot.objects.count() == 16 + taken

    def test_two_closings_are_one(self) -> None:
        crowd = Crowd(6)
        for at in range(6):
            crowd.ballot(at, "ja")()
        answers = at_once(crowd.closing, crowd.closing)
        assert sorted(type(one).__name__ for one in answers) == ["Conflict", "Voting"], answers

    def test_two_openings_are_one(self) -> None:
        crowd = Crowd(6)
        with tenant_scope(crowd.tenant):
            actions.cancel_voting(**crowd.secretary, voting_id=crowd.voting.pk, reason="På nytt.")
        answers = at_once(crowd.opening, crowd.opening)
        assert sorted(type(one).__name__ for one in answers) == ["Conflict", "Voting"], answers
