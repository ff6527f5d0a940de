"""What a body's meetings go by, who sits there, and who may do what."""

from __future__ import annotations

from samstyr.foundation.access import Act, may
from samstyr.procedure.meetings import queries

from .committee import BODY, MEMBERS, OUTSIDER, SECRETARY, TODAY, Committee


def test_an_elected_body_follows_the_law_and_says_where(elected: Committee) -> None:
    settings = queries.settings_on(BODY, TODAY)
    assert settings.quorum_percent.value == 50
    assert "11-9" in str(settings.quorum_percent.source)
    assert settings.value("decision") == "simple_majority"
    assert settings.value("written_agreement") == "all"
    # What the model says goes before the law's silence.
    assert settings.written_days.value == 5
    assert str(settings.written_days.source) == "styringsmodellen"


def test_an_administrative_body_has_no_quorum_unless_told(made: Committee) -> None:
    settings = queries.settings_on(BODY, TODAY)
    assert settings.value("quorum_percent") == 0
    assert settings.value("decision") == "consensus_else_chair"


def test_the_members_with_their_chair(made: Committee) -> None:
    members = queries.members_of(BODY, TODAY)
    assert [one.person.name for one in members if one.person] == [name.capitalize() for name in MEMBERS]
    assert [one.leads for one in members] == [True, False, False, False, False]
    assert members[1].name == "Medlemmer fra nord, Nord kommune"


def test_what_waits_for_the_body(made: Committee) -> None:
    step = made.case()
    assert [row.pk for row in queries.waiting_for(BODY)] == [step.pk]
    assert queries.waiting_for("et-annet") == []


def test_the_secretary_prepares_and_members_do_not(made: Committee) -> None:
    facts = queries.manage_facts(BODY, TODAY)
    assert may(made.actor(SECRETARY), Act.MEETING_MANAGE, facts)
    assert may(made.actor("leder"), Act.MEETING_MANAGE, facts)
    assert not may(made.actor("nord1"), Act.MEETING_MANAGE, facts)
    assert not may(made.actor(OUTSIDER), Act.MEETING_MANAGE, facts)
    # Only the convener calls.
    assert may(made.actor(SECRETARY), Act.MEETING_CALL, queries.call_facts(BODY, TODAY))
    assert not may(made.actor("leder"), Act.MEETING_CALL, queries.call_facts(BODY, TODAY))
