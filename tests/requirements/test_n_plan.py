"""The yearly plan of one strategy: frames, what each measure answers, order, rolling, deferral, and who takes part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.models import ParticipationCall, PlanVersion
from samstyr.wheel.portfolio.rules.findings import (
    effort_by_kind,
    left_out,
    missing_lines,
    out_of_order,
    stopping,
    unanswered,
    without_benefit,
    without_goal,
    years_without_plan,
)
from samstyr.wheel.portfolio.rules.lines import Cost, Line, Party
from samstyr.wheel.portfolio.rules.participation import answer_fault, shares_left

from .places import Place, place

DAY = date(2014, 9, 1)
LEAD = "it_leder"
FOUR = ("behov", "utvikling", "ressurser", "verdi")
ANSWERED = dict.fromkeys(FOUR, "Svar.")


@pytest.fixture
def made(db: None) -> Iterator[Place]:
    """The host and the four municipalities that it works with."""
    with place("bronnoy", (7_900, 2_000, 1_500, 1_200, 500)) as ready:
        yield ready


def said(version: PlanVersion, rule: str, day: date = DAY) -> list[str]:
    return [str(item.text) for item in queries.findings_of(version, day) if item.rule == rule]


def frame(made: Place, version: PlanVersion, year: int, amount: int, source: str = "") -> None:
    by = made.by("okonomi", DAY)
    actions.set_frame(**by, plan_id=version.plan_id, source=source, year=year, amount=amount)


def measure(made: Place, title: str, amounts: dict[int, int], **more: Any) -> Line:
    return made.line(title, amounts, source="drift", **{"answers": ANSWERED, **more})


def test_n_017_i_18_each_year_of_the_strategy_has_exactly_one_plan(made: Place) -> None:
    made.draft(LEAD, DAY, 2014)
    made.draft(LEAD, DAY, 2016)
    assert [str(item.text) for item in queries.missing_years(DAY)] == [
        "2015 har ingen handlingsplan.",
        "2017 har ingen handlingsplan.",
    ]
    with pytest.raises(Conflict, match="allerede"):
        made.draft(LEAD, DAY, 2016)
    assert years_without_plan(None, 2017, []) == []


def test_n_211_the_plans_total_against_its_frame_and_n_008_an_overrun_is_decided_or_swapped_away(made: Place) -> None:
    version = made.draft(LEAD, DAY, 2015, measure(made, "A", {2015: 4_000_000}), measure(made, "B", {2015: 2_000_000}))
    frame(made, version, 2015, 5_000_000)
    assert said(version, "frame") == [
        "2015: 6\u00a0000\u00a0000 kroner mot en ramme på 5\u00a0000\u00a0000 (hele planen). Overskridelse: 1\u00a0000\u00a0000."
    ]
    with pytest.raises(Invalid, match="kan ikke foreslås"):
        actions.propose(**made.by(LEAD, DAY), version_id=version.pk, version=None)
    wanted = {"version_id": version.pk, "source": "", "year": 2015, "decided_by": "IKT-styringsgruppen"}
    with pytest.raises(Invalid):
        actions.decide_overrun(**made.by(LEAD, DAY), **wanted, amount=999_999, reason="Lovkrav")
    with pytest.raises(Invalid, match="Fyll ut"):
        actions.decide_overrun(**made.by(LEAD, DAY), **wanted, amount=1_000_000, reason="")
    actions.decide_overrun(**made.by(LEAD, DAY), **wanted, amount=1_000_000, reason="Lovkrav")
    assert len(said(version, "frame")) == 1
    assert stopping(queries.findings_of(version, DAY)) == []
    (row,) = queries.overrun_decisions(version)
    assert (row.decided_by, row.reason) == ("IKT-styringsgruppen", "Lovkrav")


def test_n_008_moving_a_measure_out_brings_the_plan_within_its_frame_without_a_decision(made: Place) -> None:
    version = made.draft(LEAD, DAY, 2015, measure(made, "A", {2015: 4_000_000}), measure(made, "B", {2015: 2_000_000}))
    frame(made, version, 2015, 5_000_000)
    actions.remove_line(**made.by(LEAD, DAY), line_id=queries.lines_of(version)[1].pk, version=None)
    assert said(version, "frame") == []
    with pytest.raises(Conflict, match="ikke overskredet"):
        actions.decide_overrun(
            **made.by(LEAD, DAY), version_id=version.pk, source="", year=2015, amount=1, decided_by="X", reason="Y"
        )


def test_n_201_each_measure_answers_the_four_questions_of_the_plan(made: Place) -> None:
    version = made.draft(LEAD, DAY, 2015, measure(made, "A", {2015: 1}, answers={"behov": "Ja"}))
    assert len(said(version, "answers")) == 3
    assert stopping(queries.findings_of(version, DAY)) == []


def test_n_059_an_investment_needs_its_analysis_of_quality_and_benefit(made: Place) -> None:
    line = made.line(
        "A", {2015: 9}, source="investering", cost_kind="investment", answers=ANSWERED, benefit="Mindre reise"
    )
    version = made.draft(LEAD, DAY, 2015, line)
    with pytest.raises(Invalid, match="kan ikke foreslås"):
        actions.propose(**made.by(LEAD, DAY), version_id=version.pk, version=None)
    (row,) = queries.lines_of(version)
    answers = {**ANSWERED, "kvalitet": "God", "gevinst": "Stor"}
    actions.save_line(**made.by(LEAD, DAY), line_id=row.pk, version=row.version, line=replace(line, answers=answers))
    assert stopping(queries.findings_of(version, DAY)) == []
    running = queries.questions_of(measure(made, "B", {2015: 1}), queries.plan_form(DAY))
    assert [item.key for item in running] == list(FOUR)


def test_n_045_w8_3_a_purchase_three_weeks_after_it_came_in_is_warned_of(made: Place) -> None:
    version = made.draft(
        LEAD, DAY, 2015, measure(made, "Læringsplattform", {2015: 1}, purchase_on=date(2014, 9, 22)),
        measure(made, "I tide", {2015: 1}, purchase_on=date(2015, 6, 1)),
    )  # fmt: skip
    assert said(version, "lead_time") == [
        "«Læringsplattform» skal kjøpes om 21 dager. Fristen i modellen er 180 dager."
    ]


def test_n_127_a_measure_is_put_off_with_reason_and_review_date_and_taken_up_again(made: Place) -> None:
    version = made.draft(LEAD, DAY, 2015, measure(made, "Ny portal", {2015: 300_000}, kind="nytt"))
    (row,) = queries.lines_of(version)
    wanted = {"line_id": row.pk, "version": None, "reason": "Satsingsområde 1 går foran"}
    with pytest.raises(Invalid, match="fram i tid"):
        actions.defer(**made.by(LEAD, DAY), **wanted, review_on=DAY)
    with pytest.raises(Invalid, match="utsettes"):
        actions.defer(**made.by(LEAD, DAY), **{**wanted, "reason": ""}, review_on=date(2015, 3, 1))
    kept = actions.defer(**made.by(LEAD, DAY), **wanted, review_on=date(2015, 3, 1))
    assert queries.lines_of(version) == []
    assert [(item.title, item.reason) for item in queries.deferrals_of(version.plan)] == [
        ("Ny portal", "Satsingsområde 1 går foran")
    ]
    line = actions.take_up(**made.by(LEAD, DAY), deferral_id=kept.pk, version_id=version.pk)
    assert (line.title, line.kind, [cost.amount for cost in line.costs.all()]) == ("Ny portal", "nytt", [300_000])
    assert queries.deferrals_of(version.plan) == []
    with pytest.raises(Conflict, match="tatt opp"):
        actions.take_up(**made.by(LEAD, DAY), deferral_id=kept.pk, version_id=version.pk)


def test_n_142_every_year_has_money_for_competence(made: Place) -> None:
    version = made.draft(LEAD, DAY, 2015, measure(made, "Kurs", {2015: 50_000, 2016: 50_000}, kind="kompetanse"))
    assert said(version, "required") == [
        "2017 har ingen penger til Kompetanseheving.",
        "2018 har ingen penger til Kompetanseheving.",
    ]


def test_n_195_steering_stands_before_operations_and_the_share_of_effort_is_shown(made: Place) -> None:
    running = measure(made, "Drift", {2015: 1}, kind="drift", argument="", effort={"2015": 300})
    steering = measure(made, "Veileder", {2015: 3}, kind="styring", effort={"2015": 100})
    version = made.draft(LEAD, DAY, 2015, running, steering)
    assert said(version, "order") == [
        "«Drift» (Løpende drift) står foran «Veileder» (Styring og struktur) uten begrunnelse."
    ]
    rows = effort_by_kind([running, steering])
    assert [(row.kind, row.hours_percent, row.money_percent) for row in rows] == [
        ("drift", 75, 25),
        ("styring", 25, 75),
    ]
    argued = replace(running, argument="Står stille uten.")
    assert out_of_order([replace(argued, rank=1), replace(steering, rank=2)], queries.measure_kinds(DAY)) == []


def test_w8_7_unfinished_measures_are_rolled_with_a_reason_and_keep_their_progress(made: Place) -> None:
    by = made.by(LEAD, date(2014, 10, 1))
    earlier = made.draft(
        LEAD, DAY, 2014, measure(made, "Pågår", {2014: 5, 2015: 7}), measure(made, "Ferdig", {2014: 5}),
        measure(made, "Ikke begynt", {2014: 5}),
    )  # fmt: skip
    made.adopt(earlier)
    ongoing, done, idle = queries.lines_of(earlier)
    for row in (ongoing, done):
        actions.set_budget_state(
            **made.by("okonomi", DAY), plan_id=earlier.plan_id, line_key=row.line_key, year=2014, state="granted"
        )
        actions.start_measure(**by, plan_id=earlier.plan_id, line_key=row.line_key)
    actions.record_progress(
        **by, plan_id=earlier.plan_id, line_key=done.line_key, state="done", happened_on=date(2014, 10, 1)
    )
    version = made.draft(LEAD, DAY, 2015)
    assert said(version, "ongoing") == ["«Pågår» pågår, men står ikke i planen."]
    with pytest.raises(Invalid, match="føres videre"):
        actions.roll(**by, version_id=version.pk, reasons={ongoing.line_key: ""})
    with pytest.raises(Conflict, match="ikke uferdig"):
        actions.roll(**by, version_id=version.pk, reasons={done.line_key: "Mer å gjøre"})
    actions.roll(**by, version_id=version.pk, reasons={ongoing.line_key: "Forsinket", idle.line_key: "Ventet"})
    rolled = queries.lines_of(version)
    assert [(row.title, row.rolled_reason) for row in rolled] == [("Pågår", "Forsinket"), ("Ikke begynt", "Ventet")]
    assert [cost.amount for cost in rolled[0].costs.all()] == [7]
    assert queries.progress_of(version.plan)[rolled[0].line_key].state == "started"
    assert said(version, "ongoing") == []
    with pytest.raises(Conflict, match="allerede"):
        actions.roll(**by, version_id=version.pk, reasons={ongoing.line_key: "Igjen"})


def test_n_203_w8_8_no_start_before_the_money_is_granted(made: Place) -> None:
    version = made.adopt(made.draft(LEAD, DAY, 2015, measure(made, "A", {2015: 100_000})))
    (row,) = queries.lines_of(version)
    day = date(2015, 2, 1)
    where = {"plan_id": version.plan_id, "line_key": row.line_key}
    for state in ("sent", "in_proposal"):
        actions.set_budget_state(**made.by("okonomi", day), **where, year=2015, state=state)
        with pytest.raises(Refused, match="ikke avgjort"):
            actions.start_measure(**made.by(LEAD, day), **where)
    actions.set_budget_state(**made.by("okonomi", day), **where, year=2015, state="granted")
    assert actions.start_measure(**made.by(LEAD, day), **where).state == "started"


def asked(made: Place) -> tuple[PlanVersion, ParticipationCall]:
    """A regional measure of one million, where all five are asked by 1 November."""
    line = made.line(
        "Felles sak og arkiv", {2015: 1_000_000}, source="drift", slots=tuple(made.organisations), cost_key="folketall"
    )
    version = made.draft(LEAD, DAY, 2015, line)
    call = actions.ask_participation(
        **made.by(LEAD, DAY), plan_id=version.plan_id, line_key=queries.lines_of(version)[0].line_key,
        deadline=date(2014, 11, 1), organisations=tuple(row.pk for row in made.organisations.values()),
    )  # fmt: skip
    return version, call


def answer(made: Place, call: ParticipationCall, slot: str, text: str, day: date = DAY) -> None:
    key = made.organisations[slot].pk
    actions.answer_participation(**made.by("okonomi", day, slot), call_id=call.pk, organisation_id=key, answer=text)


def shares(made: Place, version: PlanVersion) -> dict[str, tuple[int, int]]:
    (row,) = queries.lines_of(version)
    call = queries.call_of(version.plan, row.line_key)
    assert call is not None
    found = queries.shares_of_call(call, row, DAY)
    slots = {place_.pk: slot for slot, place_ in made.organisations.items()}
    return {slots[key]: (percent, sum(kroner.values())) for key, (percent, kroner) in found.items()}


def test_n_193_i_19_w10_3_shares_are_over_those_that_take_part_until_the_contract(made: Place) -> None:
    version, call = asked(made)
    for slot in ("bronnoy", "somna", "bindal", "vega"):
        answer(made, call, slot, "join")
    answer(made, call, "vevelstad", "reserve")
    found = shares(made, version)
    assert found["vevelstad"] == (0, 0)
    assert sum(percent for percent, _kroner in found.values()) == 10_000
    assert sum(kroner for _percent, kroner in found.values()) == 1_000_000
    assert found["bronnoy"][0] == 6270
    with pytest.raises(Refused):
        actions.answer_participation(
            **made.by("okonomi", DAY, "bindal"),
            call_id=call.pk,
            organisation_id=made.organisations["vega"].pk,
            answer="join",
        )
    after = date(2014, 12, 1)
    answer(made, call, "vega", "reserve", after)
    assert shares(made, version)["vega"] == (0, 0)
    assert sum(kroner for _percent, kroner in shares(made, version).values()) == 1_000_000
    answer(made, call, "vega", "join", after)
    actions.note_contract(**made.by(LEAD, after), call_id=call.pk, version=None, contract_on=after)
    with pytest.raises(Refused, match="Kontrakten"):
        answer(made, call, "vega", "reserve", after)


def test_a_first_answer_comes_by_the_deadline_and_the_draft_follows_the_answers(made: Place) -> None:
    version, call = asked(made)
    answer(made, call, "vevelstad", "reserve")
    (row,) = queries.lines_of(version)
    assert made.organisations["vevelstad"].pk not in {part.organisation_id for part in row.participants.all()}
    answer(made, call, "vevelstad", "join")
    (row,) = queries.lines_of(version)
    assert len(row.participants.all()) == 5
    with pytest.raises(Refused, match="Svarfristen"):
        answer(made, call, "vega", "join", date(2014, 11, 2))
    rule = {"deadline": DAY, "contract_on": None, "today": date(2014, 9, 2)}
    assert answer_fault(before="join", until="deadline", **rule) is not None
    assert answer_fault(before="join", until="contract", **rule) is None


@given(
    st.lists(st.integers(1, 9_000), min_size=1, max_size=8),
    st.lists(st.booleans(), min_size=8, max_size=8),
    st.integers(0, 10**9),
)
def test_i_19_shares_of_those_left_are_the_whole_and_of_others_nothing(
    people: list[int], joins: list[bool], amount: int
) -> None:
    parties = [Party(UUID(int=at + 1), f"s{at}", count) for at, count in enumerate(people)]
    answers = {party.key: "join" if join else "reserve" for party, join in zip(parties, joins, strict=False)}
    line = Line(UUID(int=99), 1, "A", cost_key="k", costs=(Cost(2015, "operating", "", amount),))
    found = shares_left(line, answers, parties, {"k": SimpleNamespace(kind="per_capita")})
    some = "join" in answers.values()
    assert sum(percent for percent, _kroner in found.values()) == (10_000 if some else 0)
    assert sum(kroner.get(2015, 0) for _percent, kroner in found.values()) == (amount if some else 0)
    assert all(found[key] == (0, {}) for key, said_ in answers.items() if said_ == "reserve")


def test_n_200_a_decided_need_that_stands_in_no_plan_is_a_finding() -> None:
    (row,) = left_out([], {}, {UUID(int=1): "Nytt arkiv"})
    assert "Nytt arkiv" in str(row.text)
    assert (
        left_out([Line(UUID(int=2), 1, "A", need=UUID(int=1))], {UUID(int=2): "A"}, {UUID(int=1): "Nytt arkiv"}) == []
    )


def test_i_11_money_without_a_goal_is_told_and_can_stop_the_proposal() -> None:
    line = Line(UUID(int=1), 1, "A", costs=(Cost(2015, "operating", "", 5),))
    assert without_goal([line], ["so1"], "none") == []
    assert [item.stops for item in without_goal([line], ["so1"], "warn")] == [False]
    assert [item.stops for item in without_goal([replace(line, goals=("borte",))], ["so1"], "gate")] == [True]
    assert without_goal([replace(line, goals=("so1",))], ["so1"], "gate") == []


def test_a_91_an_investment_without_a_benefit_is_flagged() -> None:
    line = Line(UUID(int=1), 1, "A", costs=(Cost(2015, "investment", "", 5),))
    assert [item.line for item in without_benefit([line, replace(line, benefit="Spart tid")])] == [line.key]


def test_a_kind_that_is_required_counts_only_with_money() -> None:
    line = Line(UUID(int=1), 1, "A", kind="kurs", costs=(Cost(2015, "operating", "", 0),))
    required = [SimpleNamespace(name="Kurs", kind="kurs")]
    assert len(missing_lines([line], [2015], required)) == 1
    assert unanswered([line], {}) == []
