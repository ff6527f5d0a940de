"""A strategy from draft to adopted version: writing it, rolling it, and what holds on a day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from samstyr.foundation.access import Actor
from samstyr.foundation.audit.models import AuditEvent
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.outward.notices import actions as notices
from samstyr.outward.notices.models import Notice
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import CaseStep, StepState
from samstyr.wheel.needs.queries import form_spec
from samstyr.wheel.portfolio import queries as portfolio
from samstyr.wheel.strategy import actions, queries
from samstyr.wheel.strategy.models import StrategyVersion, VersionState
from samstyr.wheel.strategy.rules.crossing import crossing, tag_totals, unlinked_guidelines

from .places import Place, at, place
from .workflow import browser, changed

EARLY, DAY = date(2016, 1, 15), date(2019, 1, 15)
OWNER = "digitaliseringsleder"


def by(made: Place, day: date = DAY, role: str = OWNER) -> dict[str, Any]:
    return made.by(role, day)


def change(made: Place, row: StrategyVersion, verb: Any, **arguments: Any) -> StrategyVersion:
    row.refresh_from_db()
    found: StrategyVersion = verb(**by(made), version_id=row.pk, version=row.version, **arguments)
    return found


def adopt(made: Place, row: StrategyVersion, day: date, role: str = OWNER) -> StrategyVersion:
    row.refresh_from_db()
    return actions.adopt(
        **by(made, day, role), version_id=row.pk, version=row.version, body="Kommunestyret", on=day, reference="12/19"
    )


def earlier(made: Place) -> StrategyVersion:
    """The strategy for 2016-2019, adopted."""
    row = actions.open_draft(**by(made, EARLY), beginning="model")
    row = actions.save_head(
        **by(made, EARLY), version_id=row.pk, version=row.version,
        values={"title": "Digitaliseringsstrategi", "first_year": 2016, "last_year": 2019, "revision_months": 12},
    )  # fmt: skip
    return adopt(made, row, EARLY)


@pytest.mark.django_db
def test_g_005_g_006_f_g1_rolling_keeps_changes_and_drops_goals_with_reasons_and_lessons() -> None:
    with place("gjovik") as made:
        first = earlier(made)
        row = actions.open_draft(**by(made), beginning="roll")
        assert row.strategy.previous == first.strategy
        row = change(
            made, row, actions.save_head, values={"title": "Ny strategi", "first_year": 2019, "last_year": 2022}
        )
        assert "Perioden overlapper den forrige strategien i 2019." in [
            str(one.text) for one in queries.findings_of(row, DAY)
        ]
        row = change(made, row, actions.remove_row, part="strategies", row_key="s14")
        values = {"text": "RPA er tatt i bruk", "positions": ["n1-2"]}
        row = change(made, row, actions.save_row, part="strategies", row_key="s2", values=values)
        told = {one.key: one.word for one in queries.fates_of(row) if one.key in ("s1", "s2", "s14")}
        assert told == {"s1": "videreført", "s2": "endret", "s14": "tatt ut"}
        with pytest.raises(Invalid) as fault:
            adopt(made, row, DAY)
        assert [error.field for error in fault.value.errors] == ["fates", "fates"]
        for key in ("s2", "s14"):
            row = change(made, row, actions.say_why, goal=key, reason="Det er gjort.", lesson="Evaluering 2018")
        assert next(one.lesson for one in queries.fates_of(row) if one.key == "s14") == "Evaluering 2018"
        assert adopt(made, row, DAY).number == 1
        first.refresh_from_db()
        assert first.state == VersionState.SUPERSEDED


@pytest.mark.django_db
def test_i_11_a_dropped_goal_no_longer_holds_for_needs_and_plans() -> None:
    with place("gjovik") as made:
        assert "s14" in queries.goal_names(DAY)
        row = actions.open_draft(**by(made), beginning="model")
        row = change(made, row, actions.remove_row, part="strategies", row_key="s14")
        assert "s14" in portfolio.goals(DAY)
        adopt(made, row, DAY)
        assert "s14" not in portfolio.goals(DAY) and "s14" not in dict(form_spec(DAY).goals)
        assert "s14" in queries.goal_names(date(2018, 1, 1))


@pytest.mark.django_db
def test_g_039_i_25_national_goals_are_only_read_and_a_goal_has_its_parent() -> None:
    with place("gjovik") as made:
        row = actions.open_draft(**by(made), beginning="model")
        for verb, more in (
            (actions.save_goal, {"goal": "n1-1", "parent": None, "values": {"text": "Noe annet"}}),
            (actions.save_goal, {"goal": None, "parent": "n1", "values": {"text": "Under et nasjonalt"}}),
            (actions.remove_goal, {"goal": "n2"}),
            (actions.move_goal, {"goal": "n2-1", "step": 1}),
            (actions.move_goal, {"goal": "sm1-1", "parent": "n1"}),
        ):
            with pytest.raises(Refused):
                change(made, row, verb, **more)
        row = change(made, row, actions.save_goal, goal=None, parent="sm1-1", values={"text": "Et mål til"})
        row = change(made, row, actions.move_goal, goal="sm1-2", parent="et-mal-til")
        content = queries.content_of(row)
        assert [goal.key for goal in content.goal("et-mal-til").goals] == ["sm1-2"]  # type: ignore[union-attr]
        with pytest.raises(Conflict):
            change(made, row, actions.move_goal, goal="sm1-1", parent="sm1-2")
        row = change(made, row, actions.remove_goal, goal="sm1-1")
        assert {"sm1-1", "sm1-2", "et-mal-til"} & set(queries.content_of(row).goal_names()) == set()


@pytest.mark.django_db
def test_g_041_g_047_g_051_the_table_has_five_areas_25_positions_and_three_gaps_that_an_owner_may_accept() -> None:
    with place("gjovik") as made:
        row = actions.open_draft(**by(made), beginning="model")
        table = crossing(queries.content_of(row))
        assert [len(area.positions) for area in table.areas] == [4, 5, 2, 8, 6]
        assert (len(queries.content_of(row).strategies), table.covered, len(table.positions)) == (19, 22, 25)
        assert [one.placed.number for one in table.gaps] == ["2.2", "3.1", "5.5"]
        values = {"goal": "n2-2", "reason": "Vi har ikke kapasitet i perioden", "owner": OWNER}
        row = change(made, row, actions.save_row, part="gaps", row_key=None, values=values)
        table = crossing(queries.content_of(row))
        assert [one.placed.number for one in table.gaps] == ["3.1", "5.5"] and table.covered == 22
        with pytest.raises(Invalid):
            change(made, row, actions.save_row, part="gaps", row_key=None, values=values)


@pytest.mark.django_db
def test_g_040_a_strategy_without_a_steering_goal_is_told_and_stops_nothing() -> None:
    with place("gjovik") as made:
        row = actions.open_draft(**by(made), beginning="model")
        loose = [item.key for item in crossing(queries.content_of(row)).loose]
        assert "s1" in loose and "s5" not in loose
        values = {"text": "Alle prosjekter involverer brukere", "positions": ["n1-1"], "no_goal_reason": "Gjelder alle"}
        row = change(made, row, actions.save_row, part="strategies", row_key="s1", values=values)
        assert "s1" not in [item.key for item in crossing(queries.content_of(row)).loose]
        assert not [one for one in queries.findings_of(row, DAY) if one.stops]


@pytest.mark.django_db
def test_g_008_f_g14_a_source_that_ends_inside_the_period_is_told() -> None:
    with place("gjovik") as made:
        row = actions.open_draft(**by(made), beginning="model")
        said = [str(one.text) for one in queries.findings_of(row, DAY)]
        assert "«KS' digitaliseringsstrategi» gjelder bare til 2020, men strategien varer til 2022." in said


@pytest.mark.django_db
def test_a_draft_is_one_at_a_time_and_each_change_can_be_undone() -> None:
    with place("gjovik") as made:
        row = actions.open_draft(**by(made), beginning="empty")
        with pytest.raises(Conflict):
            actions.open_draft(**by(made), beginning="model")
        row = change(made, row, actions.save_goal, goal=None, parent=None, values={"text": "Første mål"})
        row = change(made, row, actions.save_goal, goal=None, parent=None, values={"text": "Andre mål"})
        row = change(made, row, actions.move_goal, goal="andre-mal", step=-1)
        assert list(queries.content_of(row).goal_names()) == ["andre-mal", "forste-mal"]
        row = change(made, row, actions.undo)
        assert list(queries.content_of(row).goal_names()) == ["forste-mal", "andre-mal"]
        row = change(made, row, actions.undo, to=1)
        assert queries.content_of(row).is_empty
        assert [step.number for step in queries.steps_of(row)] == [6, 5, 4, 3, 2, 1]
        stale = row.version - 1
        with pytest.raises(Conflict):
            actions.undo(**by(made), version_id=row.pk, version=stale)
        with pytest.raises(Invalid):
            change(made, row, actions.discard, reason=" ")
        row = change(made, row, actions.discard, reason="Vi begynner på nytt")
        assert row.state == VersionState.DISCARDED and queries.open_version() is None


@pytest.mark.django_db
def test_who_may_not_write_the_strategy_is_refused_and_sees_no_draft() -> None:
    with place("gjovik") as made:
        row = actions.open_draft(**by(made), beginning="model")
        other = made.actor("prosjekteier", DAY)
        with pytest.raises(Refused):
            actions.save_goal(
                actor=other, now=by(made)["now"], version_id=row.pk, version=row.version, goal=None, parent=None,
                values={"text": "x"},
            )  # fmt: skip
        assert list(queries.visible_to(other)) == []
        assert list(queries.visible_to(made.actor(OWNER, DAY))) == [row]


@pytest.mark.django_db
def test_n_001_n_004_n_019_the_shipped_strategy_has_vision_values_drivers_and_four_areas_in_order() -> None:
    with place("bronnoy"):
        content = queries.content_on(DAY)
        assert str(content.vision).startswith("Brønnøy kommune skal ha en digital forvaltning")
        assert [str(item.name) for item in content.values] == ["Kvalitet", "Effektivitet"]
        assert {item.kind for item in content.drivers} >= {"economy", "expectation"}
        assert all(item.goals for item in content.drivers)
        assert [(item.order, str(item.name)) for item in content.focus_areas] == [
            (1, "Sikre, stabile og effektive IKT-løsninger"),
            (2, "Satse på økt digital kompetanse for ansatte"),
            (3, "Økt samhandling"),
            (4, "Digital forvaltning"),
        ]
        assert len(content.measures) == 20
        assert all(item.focus_area for item in content.measures)
        assert sum(len(goal.goals) for goal in content.goals) == 16


@pytest.mark.django_db
def test_n_097_n_098_n_099_n_100_n_101_n_102_n_103_n_104_eight_directions_with_5_5_8_7_tags() -> None:
    with place("bronnoy"):
        content = queries.content_on(DAY)
        assert len(content.directions) == 8
        assert all(item.text for item in content.directions)
        tags = [[key.removeprefix("f") for key in item.focus_areas] for item in content.directions]
        assert ["".join(row) for row in tags] == ["134", "134", "123", "1234", "234", "234", "234", "134"]
        assert [number for _key, _name, number in tag_totals(content)] == [5, 5, 8, 7]


@pytest.mark.django_db
def test_n_031_n_032_n_033_n_034_three_guidelines_one_of_which_nothing_takes_up() -> None:
    with place("bronnoy") as made:
        content = queries.content_on(DAY)
        assert len(content.guidelines) == 3
        assert content.guidelines[0].focus_areas == ("f1",)
        assert unlinked_guidelines(content) == ["foring2"]
        row = actions.open_draft(**by(made, role="it_leder"), beginning="model")
        said = [str(one.text) for one in queries.findings_of(row, DAY)]
        assert any("Føringen «Alle ansatte og innbyggere" in text for text in said)


@pytest.mark.django_db
def test_n_009_n_010_n_014_n_015_the_work_has_phases_and_the_adoption_a_date_body_and_reference() -> None:
    """Where a strategy is adopted outside the system: the shipped model with its path for strategies taken away."""
    with place("bronnoy") as made:
        changed(
            made,
            ("    subject: strategy\n    start: forberedelser", "    subject: deviation\n    start: forberedelser"),
        )
        day = date(2014, 3, 12)

        def end(row: StrategyVersion, phase: str, on: date | None = day) -> StrategyVersion:
            row.refresh_from_db()
            return actions.end_phase(
                **by(made, day, "it_leder"), version_id=row.pk, version=row.version, phase=phase, on=on
            )

        row = actions.open_draft(**by(made, day, "it_leder"), beginning="model")
        process = queries.content_of(row).process
        assert process is not None and str(process.mandate) == "Kommunestyrets vedtak i sak 48/13"
        assert [phase.key for phase in process.phases][-3:] == ["horing", "drofting", "innstilling"]
        with pytest.raises(Invalid) as fault:
            end(row, "innstilling")
        assert {str(error) for error in fault.value.errors} == {
            "«Høring» må være avsluttet først.",
            "«Drøfting med arbeidstakerorganisasjonene» må være avsluttet først.",
        }
        row = end(row, "horing", date(2014, 2, 1))
        with pytest.raises(Invalid):
            adopt(made, row, day, "it_leder")
        with pytest.raises(Invalid):
            end(row, "drofting", date(2014, 4, 1))
        with pytest.raises(NotFound):
            end(row, "ukjent")
        row = end(row, "drofting", date(2014, 2, 15))
        row = adopt(made, row, day, "it_leder")
        assert (row.adopted_on, row.body, row.reference) == (day, "Kommunestyret", "12/19")
        assert queries.content_of(row).signed_by == "radmann"
        with pytest.raises(Conflict):
            end(row, "forberedelser")


@pytest.mark.django_db
def test_n_014_phases_that_the_path_holds_do_not_stop_the_proposal_and_the_path_alone_adopts() -> None:
    with place("bronnoy") as made:
        day = date(2014, 1, 7)
        row = actions.open_draft(**by(made, day, "it_leder"), beginning="model")
        assert [one for one in queries.findings_of(row, day) if one.stops] == []
        with pytest.raises(Conflict):
            adopt(made, row, day, "it_leder")
        changed(made, ("{key: drofting, name: Drøftet med", "{key: droftet, name: Drøftet med"))
        stops = [str(one.text) for one in queries.findings_of(row, day) if one.stops]
        assert stops == ["«Drøfting med arbeidstakerorganisasjonene» må være avsluttet før strategien kan foreslås."], (
            "a phase that the path does not hold"
        )


@pytest.mark.django_db
def test_n_122_a_leaders_own_assessment_is_kept_with_the_version() -> None:
    with place("gjovik") as made:
        row = earlier(made)
        told = actions.review(
            **by(made, DAY, "radmann"), version_id=row.pk, assessment="Vi er for trege.", proposals="Færre mål."
        )
        assert queries.reviews_of(row) == [told] and told.role
        with pytest.raises(Invalid):
            actions.review(**by(made), version_id=row.pk, assessment=" ")


@pytest.mark.django_db
def test_a_05_a_strategy_is_due_for_revision_after_its_interval() -> None:
    with place("gjovik") as made:
        earlier(made)
        due = queries.revision_on(date(2016, 12, 16))
        assert due is not None and (due.due, due.days, due.overdue) == (date(2017, 1, 15), 30, False)
        late = queries.revision_on(date(2017, 1, 20))
        assert late is not None and (late.days, late.overdue) == (-5, True)


@pytest.mark.django_db
def test_b_18_the_forum_writes_a_draft_both_lederteam_treat_the_proposal_and_the_body_adopts() -> None:
    with place("birkenes-lillesand") as made:
        day = date(2026, 4, 14)
        lead = {"role": "it_lead", "day": day}
        row = actions.open_draft(**by(made, **lead), beginning="model")  # type: ignore[arg-type]
        with pytest.raises(Invalid):
            actions.propose(**by(made, **lead), version_id=row.pk, version=row.version)  # type: ignore[arg-type]
        row = actions.save_head(
            **by(made, **lead), version_id=row.pk, version=row.version,  # type: ignore[arg-type]
            values={"title": "Digitaliseringsstrategi", "first_year": 2027, "last_year": 2030},
        )  # fmt: skip
        row = actions.save_goal(
            **by(made, **lead), version_id=row.pk, version=row.version, goal=None, parent=None,  # type: ignore[arg-type]
            values={"text": "Innbyggerne får svar digitalt"},
        )  # fmt: skip
        row = actions.propose(**by(made, **lead), version_id=row.pk, version=row.version)  # type: ignore[arg-type]
        assert row.state == VersionState.PROPOSED and row.seal
        with pytest.raises(Conflict):
            actions.discard(**by(made, **lead), version_id=row.pk, version=row.version, reason="x")  # type: ignore[arg-type]

        def treat(role: str, slot: str, outcome: str, **more: Any) -> None:
            case = queries.case_of_version(row)
            steps = CaseStep.objects.filter(case=case, state=StepState.ACTIVE)
            own = made.organisations[slot].pk
            step = next(one for one in steps if one.organisation_id in (None, own))
            casework.treat(
                actor=made.actor(role, day, slot), now=by(made, day, "it_lead")["now"], case_step_id=step.pk,
                version=None, outcome=outcome, text="Som foreslått.", **more,
            )  # fmt: skip

        treat("it_lead", "birkenes", "foreslatt")
        treat("municipal_director", "birkenes", "slutter-seg-til")
        treat("municipal_director", "lillesand", "merknader")
        treat("cooperation_chair", "birkenes", "tilbake", reason="Ta med skolene.")
        treat("it_lead", "birkenes", "mer", reason="Skolene mangler.")
        row.refresh_from_db()
        assert row.state == VersionState.DRAFT
        row = actions.propose(**by(made, **lead), version_id=row.pk, version=row.version)  # type: ignore[arg-type]
        case = queries.case_of_version(row)
        assert case is not None
        treat("it_lead", "birkenes", "foreslatt")
        while CaseStep.objects.filter(case=case, state=StepState.ACTIVE, organisation__isnull=False).exists():
            for slot in ("birkenes", "lillesand"):
                treat("municipal_director", slot, "slutter-seg-til")
        treat("cooperation_chair", "birkenes", "vedtatt")
        row.refresh_from_db()
        assert (row.state, row.number) == (VersionState.ADOPTED, 1)
        assert row.decision is not None and queries.in_force(day) == row
        assert AuditEvent.objects.filter(action="strategy.adopted").count() == 1


@pytest.mark.django_db
def test_where_the_model_has_a_path_an_adoption_is_not_entered_by_hand() -> None:
    with place("birkenes-lillesand") as made:
        row = actions.open_draft(**by(made, DAY, "it_lead"), beginning="model")
        with pytest.raises(Conflict):
            adopt(made, row, DAY, "it_lead")
    with place("gjovik") as made:
        row = actions.open_draft(**by(made), beginning="model")
        with pytest.raises(Conflict):
            actions.propose(**by(made), version_id=row.pk, version=row.version)


@pytest.mark.django_db
def test_a_file_brings_in_national_goals_and_tells_its_faults_with_lines() -> None:
    with place("gjovik") as made:
        row = actions.open_draft(**by(made), beginning="file", text="title: Vår strategi\nfirst_year: 2023\n")
        text = "goals:\n  - {key: x1, text: Nasjonalt, national: true}\n"
        row = change(made, row, actions.load_file, text=text)
        content = queries.content_of(row)
        assert str(content.title) == "Vår strategi" and content.goals[0].national
        for bad, line in (("title: Vår\nfirst_year: mange\n", "Linje 2"), ("title: [\n", "Linje"), ("- 1\n", "nøkler")):
            with pytest.raises(Invalid) as fault:
                change(made, row, actions.load_file, text=bad)
            assert line in str(fault.value)
        for bad in ("", "x\0", "a: &b [*b]\n", "t: 1\n" * 60_000):
            with pytest.raises(Invalid):
                change(made, row, actions.load_file, text=bad)


@pytest.mark.django_db
def test_a_05_the_owner_is_told_once_ahead_and_once_when_the_revision_is_overdue() -> None:
    with place("gjovik") as made:
        made.actor(OWNER, EARLY)
        earlier(made)

        def remind(day: date) -> int:
            """How many are told of the strategy; a report that is missing is told of, too."""
            before = Notice.objects.filter(kind="strategy").count()
            actor = Actor(UUID(int=0), next(iter(made.organisations.values())).tenant_id, "Samstyr", automatic="daily")
            notices.remind(actor=actor, now=at(day))
            return Notice.objects.filter(kind="strategy").count() - before

        assert [remind(day) for day in (date(2016, 12, 1), date(2016, 12, 20), date(2016, 12, 21))] == [0, 1, 0]
        assert [remind(day) for day in (date(2017, 1, 16), date(2017, 1, 17))] == [1, 0]
        told = Notice.objects.filter(kind="strategy").order_by("given_at")
        assert [(one.person_id, one.due_on) for one in told] == [
            (made.people[f"{OWNER}:gjovik"].pk, date(2017, 1, 15))
        ] * 2


@pytest.mark.django_db
def test_a_strategy_for_the_next_period_waits_until_it_begins_and_the_present_one_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with place("gjovik") as made:
        first = earlier(made)
        late = date(2019, 11, 20)
        row = actions.open_draft(**by(made, late), beginning="roll")
        row = actions.save_head(
            **by(made, late), version_id=row.pk, version=row.version,
            values={"title": "Neste strategi", "first_year": 2020, "last_year": 2023},
        )  # fmt: skip
        row = actions.remove_row(
            **by(made, late), version_id=row.pk, version=row.version, part="strategies", row_key="s14"
        )
        row = actions.say_why(
            **by(made, late), version_id=row.pk, version=row.version, goal="s14", reason="Gjort.", lesson="Begynn før."
        )
        next_one = adopt(made, row, late)
        held, waits = queries.in_force(late), queries.coming(late)
        assert held is not None and waits is not None
        assert (held.pk, waits.pk) == (first.pk, next_one.pk)
        assert "s14" in queries.goal_names(late) and "s14" not in queries.goal_names(date(2020, 1, 1))
        assert queries.standing_on(date(2020, 1, 1)).row == next_one and queries.coming(date(2020, 1, 1)) is None
        first.refresh_from_db()
        assert first.state == VersionState.ADOPTED
        for beginning in ("roll", "model", "empty"):
            with pytest.raises(Conflict, match="neste periode"):
                actions.open_draft(**by(made, late), beginning=beginning)
        revised = adopt(made, actions.open_draft(**by(made, late), beginning="revise", reason="Årlig."), late)
        first.refresh_from_db()
        assert first.state == VersionState.SUPERSEDED
        assert queries.in_force(late) == revised and queries.coming(late) == next_one
        assert queries.in_force(date(2020, 1, 1)) == next_one, (
            "the revised one is adopted later, and its period is over"
        )
        with pytest.raises(Conflict, match="som gjelder"):
            actions.review(**by(made, late), version_id=next_one.pk, assessment="God.")
        monkeypatch.setattr(clock, "now", lambda: at(late))
        client, start = browser(made, OWNER, late)
        assert "Neste strategi gjelder fra 2020" in client.get(f"{start}strategi/").content.decode()
        assert "Vedtatt, gjelder fra 2020" in client.get(f"{start}strategi/versjoner/").content.decode()
