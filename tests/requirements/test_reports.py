"""Reports under the shipped models: what they are drafted from, and what they tell (class report of the requirements)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.kernel import clock
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.actions import plan_meeting
from samstyr.procedure.casework.models import Case, CaseStep, StepState
from samstyr.procedure.contributions import actions as contributions
from samstyr.procedure.contributions.rules import ContributionValues
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.meetings.models import AgendaItem
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs.models import Need
from samstyr.wheel.portfolio import queries as plans
from samstyr.wheel.portfolio.models import ProgressEntry
from samstyr.wheel.portfolio.tests.factories import ADOPTION, TEAM, at
from samstyr.wheel.prioritisation.tests import factories as rounds
from samstyr.wheel.reporting import actions, queries
from samstyr.wheel.reporting.queries.drafting import delivered
from samstyr.wheel.reporting.queries.sources import Asked, draft
from samstyr.wheel.reporting.rules.blocks import Block

from .du_world import Du, committee_of_the_regions
from .joint import FORUM, RECEIPT, Joint

DAY = date(2025, 7, 1)


def shipped(name: str) -> Any:
    """A shipped model."""
    return load_text((Path(bundles.__path__[0]) / f"{name}.yaml").read_bytes()).require()


def asked(day: date = DAY, since: date = date(2025, 1, 1), **more: Any) -> Asked:
    """The period up to the day, under the model in force."""
    model = governance.current_model(day)
    assert model is not None
    return Asked(since, day, day, model, **more)


def rows(block: Block) -> dict[str, tuple[Any, ...]]:
    """The rows by their name."""
    return {str(row.cells[0]): row.cells[1:] for row in block.rows}


def value(block: Block, key: str) -> Any:
    """One of the figures."""
    return block.value(key)


def planned(made: Joint, **more: Any) -> Any:
    """A plan in force with one measure, to start in March 2026."""
    version = made.adopted(made.line(starts_on=date(2026, 3, 1), ends_on=date(2026, 12, 31), **more))
    return version, plans.lines_of(version)[0]


def test_a_90_demands_per_sector_with_how_long_they_have_waited(made: Joint) -> None:
    made.need("birkenes")
    second = made.need("birkenes", title="Kart over ledninger")
    made.need("lillesand", title="Skjema for barnehage")
    made.move(second, "sector_director:birkenes:helse", "stopp", date(2025, 3, 15), reason="Finnes alt.")
    block = draft("cases", asked())
    received, included, done, waiting, wait, open_wait = rows(block)["Helse, Birkenes"]
    assert (received, included, done, waiting) == (2, 0, 0, 1)
    assert (wait, open_wait) == ((date(2025, 3, 15) - date(2025, 2, 3)).days, (DAY - date(2025, 2, 3)).days)
    assert rows(block)["Kultur, Lillesand"][:4] == (0, 0, 0, 0)
    assert (value(block, "received"), value(block, "open")) == (3, 2)
    outside = draft("cases", asked(since=date(2025, 6, 1)))
    assert (value(outside, "received"), value(outside, "wait")) == (0, None)


def test_a_90_what_is_included_and_carried_out_counts(made: Joint) -> None:
    need = made.at_forum()
    made.move(need, "it_lead", "inn", FORUM)
    version = plans.open_version(plans.plans()[0])
    assert version is not None
    version = made.propose(version)
    made.treat(version, "municipal_director:birkenes", "slutter-seg-til", TEAM)
    made.treat(version, "cooperation_chair", "vedtatt", ADOPTION)
    line = plans.lines_of(version)[0]
    assert line.need_id == need.pk
    block = draft("cases", asked())
    assert rows(block)["Helse, Birkenes"][1:3] == (1, 0)
    ProgressEntry(
        plan_id=version.plan_id, line_key=line.line_key, state="done", happened_on=date(2025, 6, 20),
        recorded_at=at(date(2025, 6, 20)),
    ).save()  # fmt: skip
    assert rows(draft("cases", asked()))["Helse, Birkenes"][1:3] == (1, 1)


def test_n_212_measures_with_the_day_they_were_last_told_of(made: Joint) -> None:
    planned(made)
    fresh = draft("measures", asked(date(2025, 7, 1)))
    name, cells = next(iter(rows(fresh).items()))
    assert name == "Felles meldingsløsning"
    assert cells[1:] == ("Ikke startet", None, "Ja", "Ingen")
    late = draft("measures", asked(date(2026, 5, 10), since=date(2026, 4, 1)))
    assert rows(late)[name][3:] == ("Utdatert", "Skulle ha startet for 70 dager siden")
    assert (value(late, "off"), value(late, "stale"), value(late, "all")) == (1, 1, 1)
    later = draft("measures", asked(date(2027, 1, 10), since=date(2027, 1, 1)))
    assert rows(later)[name][4] == "Skulle ha vært ferdig for 10 dager siden"


def test_a_75_money_by_source_and_for_one_area(made: Joint) -> None:
    planned(made)
    block = draft("money", asked(date(2026, 6, 1), since=date(2026, 1, 1)))
    assert value(block, "committed") == 400_000
    (row,) = block.rows
    assert row.cells[2] == 400_000
    area = made.units["birkenes:helse"].pk
    assert value(draft("money", asked(date(2026, 6, 1), since=date(2026, 1, 1), area=area)), "committed") == 0
    assert "Ingen plan" in draft("money", asked()).remarks[0] if not plans.plans() else True


def test_n_030_silent_areas_with_goals_needs_contact_and_last_activity(made: Joint) -> None:
    made.need("birkenes")
    block = draft("areas", asked(stale_days=180))
    found = rows(block)
    goals, asked_for, measures, contact, last, silent = found["Helse, Birkenes"]
    assert (asked_for, measures, last, silent) == (1, 0, "2025-02-03", "Nei")
    assert "Kommunalsjef" in contact
    assert found["Kultur, Lillesand"][4:] == (None, "Ja")
    assert (value(block, "silent"), value(block, "no_contact")) == (3, 0)
    assert "Kultur, Lillesand" in block.remarks[0]
    assert goals == 0
    assert value(draft("areas", asked(date(2026, 7, 1))), "silent") == 4


def test_decisions_of_the_period_and_nothing_of_what_is_closed(made: Joint) -> None:
    version, _line = planned(made)
    block = draft("decisions", asked())
    assert [row.cells[2] for row in block.rows] == ["IT-tjenestens samarbeidsorgan"]
    assert value(block, "yes") == 1
    assert draft("decisions", asked(since=date(2025, 6, 1))).rows == ()
    case = plans.case_of_version(version)
    assert case is not None and case.title in str(block.rows[0].cells[1])
    day = made.plan_meeting("digitaliseringsforum", date(2025, 9, 10))
    meeting = meetings.prepare_meeting(actor=made.actor("it_lead"), now=at(FORUM), day_id=day.pk)
    AgendaItem(
        meeting=meeting, case=Case.objects.get(pk=case.pk), order=1, title="Lukket", closed=True, legal_basis="§ 13"
    ).save()
    assert case.title not in str(draft("decisions", asked()).rows[0].cells[1])


def test_needs_per_sector_and_where_they_stand(made: Joint) -> None:
    need = made.need("birkenes")
    needs.create_draft(actor=made.actor("service:birkenes"), now=at(FORUM), values=made.values(title="Et utkast"))
    block = draft("needs", asked())
    assert rows(block)["Helse, Birkenes"][:3] == (1, 1, 1)
    assert need.title and value(block, "sent") == 1, "a draft is nobody's business yet"


def test_b_39_the_wheel_in_a_report(made: Joint) -> None:
    made.need("birkenes")
    block = draft("wheel", asked(date(2025, 5, 1)))
    assert rows(block)["Kommunalsjef vurderer innspillet"] == (0, 0, 1, 1)
    assert value(block, "overdue") == 1 and "Ingenting er gjort" in block.remarks[0]


def test_compliance_counts_what_is_late_and_the_models_open_findings(made: Joint) -> None:
    made.need("birkenes")
    block = draft("compliance", asked(date(2025, 5, 1)))
    assert value(block, "overdue") == 1 and len(block.rows) == 1
    assert value(block, "errors") == sum(
        item.severity == "error" and not item.resolved
        for item in lint(governance.current_model(DAY))  # type: ignore[arg-type]
    )
    moved = made.need("birkenes", title="I tide")
    made.move(moved, "sector_director:birkenes:helse", "send", date(2025, 3, 10))
    assert value(draft("compliance", asked(date(2025, 5, 1))), "on_time") == 1


def test_a_83_the_share_of_goals_with_needs_and_those_that_nothing_serves(city: rounds.World) -> None:
    city.need("Robot", goals=("s2", "s9"))
    block = draft("goals", asked(rounds.DAY))
    assert rows(block)["Det er kartlagt om RPA kan automatisere rutineoppgaver"][0] == 1
    assert (value(block, "all"), value(block, "served"), value(block, "moving")) == (22, 2, 0), "3 goals, 19 strategies"
    assert "Klarspråkprosjektet" in block.remarks[0]
    sources = [part.source for part in shipped("aurskog-holand").reports[0].parts()]
    assert {"goals", "compliance", "reports"} <= set(sources)


def test_a_83_reports_delivered_late_and_missing(made: Joint) -> None:
    day = date(2026, 4, 1)
    row = actions.open_report(actor=made.actor("it_lead", day), now=at(day), report="arsevaluering", period="2025")
    block = delivered(asked(date(2026, 12, 31), since=date(2026, 1, 1)))
    assert [line.cells[3] for line in block.rows] == ["Over fristen"]
    actions.send(actor=made.actor("it_lead", day), now=at(day), report_id=row.pk, version=None)
    block = delivered(asked(date(2026, 12, 31), since=date(2026, 1, 1)))
    assert (value(block, "due"), value(block, "late"), value(block, "missing")) == (1, 1, 0)
    assert delivered(asked(date(2026, 12, 31), since=date(2026, 1, 1), report="arsevaluering")).rows == ()


def test_meetings_and_seats(made: Joint) -> None:
    made.plan_meeting("digitaliseringsforum", date(2025, 5, 7))
    block = draft("meetings", asked())
    assert rows(block)["Digitaliseringsforum"][2:] == ("4 i året", 1, 0)


def test_g_02_four_views_from_all_to_one_area(made: Joint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    planned(made)
    made.need("birkenes")
    client = made.client("it_lead")
    base = reverse("overview", args=[made.tenant.slug])
    seen = {view: client.get(f"{base}?visning={view}").content.decode() for view in queries.VIEWS}
    assert "Felles meldingsløsning" in seen["prosjekter"]
    assert "Bundet i planen" in seen["investeringer"]
    assert "Saker om arkitektur" in seen["arkitektur"]
    assert "Helse, Birkenes" in seen["ikt"] and "Tallene er fra 01.07.2025" in seen["ikt"]
    area = made.units["lillesand:kultur"].pk
    one = client.get(f"{base}?visning=prosjekter&omrade={area}").content.decode()
    assert "Felles meldingsløsning" not in one and "Kultur, Lillesand ·" in one


def test_w1_14_the_wheels_report_goes_to_the_forum_before_its_meeting(made: Joint) -> None:
    day = made.plan_meeting("digitaliseringsforum", date(2025, 9, 10), today=RECEIPT)
    today = date(2025, 8, 27)
    (one,) = [one for one in queries.expected(today, ["arshjul"]) if one.standing == "due"]
    by = {"actor": made.actor("it_lead", today), "now": at(today)}
    row = actions.open_report(**by, report="arshjul", period=one.period.key)
    assert (row.due_on, row.period) == (date(2025, 9, 3), f"mote-{day.pk}")
    meeting = meetings.prepare_meeting(**by, day_id=day.pk)
    sent = actions.send(**by, report_id=row.pk, version=None)
    item = AgendaItem.objects.get(meeting=meeting)
    assert queries.report_by_id(sent.pk).item == item  # type: ignore[union-attr]


def test_a_77_a_dimension_without_indicator_is_a_gap_finding() -> None:
    findings = [item for item in lint(shipped("aurskog-holand")) if item.code == "S-25"]
    assert [item.path for item in findings] == ["reports/virksomhetsstyring/dimensions/beredskap"]
    assert [item.severity for item in findings] == ["warning"]


def test_a_76_a_77_a_101_the_dimensions_of_the_three_reports() -> None:
    sets = {one.key: [str(part.name) for part in one.dimensions] for one in shipped("aurskog-holand").reports}
    assert sets["programstatus"] == ["Tid", "Kostnad", "Kvalitet", "Risiko", "Gevinst"]
    assert sets["styringsinformasjon"] == ["Kvalitet", "Tjenestesikkerhet", "Ressursutnyttelse"]
    assert len(sets["virksomhetsstyring"]) == 5


def test_n_112_n_213_the_monthly_report_asks_the_same_every_month() -> None:
    report = next(one for one in shipped("bronnoy").reports if one.key == "maned")
    assert (report.every, report.receiver, report.sender) == ("month", "styringsgruppen", "it_leder")
    titles = {str(part.title) for part in report.parts()}
    assert {"Gjennomføring av strategien", "Etterlevelse", "Kostnader", "Milepæler og leveranser"} <= titles


def test_n_154_documented_routines_per_unit_in_per_cent() -> None:
    report = next(one for one in shipped("bronnoy").reports if one.key == "evaluering")
    (figure,) = [one for part in report.parts() for one in part.indicators]
    assert (figure.per, str(figure.unit), figure.target) == ("unit", "prosent", 100)


@pytest.fixture
def du(db: None) -> Iterator[Du]:
    with committee_of_the_regions() as ready:
        yield ready


def test_d_26_d_27_the_quarters_anchoring_per_region(du: Du) -> None:
    given = ContributionValues("anchoring", "Fiks", date(2022, 2, 1), arena="Nettverksmøte", audience_kind="political")
    contributions.add(**du.by("trondelag"), body="du", values=given)
    block = draft("anchoring", asked(date(2022, 3, 31), since=date(2022, 1, 1), body="du"))
    assert rows(block)["Trøndelag"] == (0, 1)
    assert "Agder" in block.remarks[0]
    assert value(draft("anchoring", asked(date(2022, 6, 30), since=date(2022, 4, 1), body="du")), "all") == 0


@pytest.fixture
def city(db: None) -> Iterator[rounds.World]:
    with rounds.world() as ready:
        yield ready


def test_g_116_the_note_of_a_closed_round_brings_its_projects_to_the_body(city: rounds.World) -> None:
    """W3 step 12: a note with places, points, benefits, cost and goals; a decision for each project."""
    city.close(city.agreed(city.round(capacity=3)))
    by = city.by()
    for title in ("Robotisert rutinearbeid", "Innbyggerportal"):
        waiting_for_the_body(city, Need.objects.get(title=title))
    day = plan_meeting(**by, body="ledergruppen", held_on=date(2026, 6, 9))
    meeting = meetings.prepare_meeting(**by, day_id=day.pk)
    (one,) = queries.expected(rounds.DAY, ["notat"])
    note = actions.open_report(**by, report="notat", period=one.period.key)
    block = Block.from_json(note.parts.get(key="prosjekter").drafted)
    assert block is not None
    assert [line.cells[1] for line in block.rows][:2] == ["Innbyggerportal", "Robotisert rutinearbeid"]
    assert block.rows[0].cells[2] == "2,85"
    assert [line.cells[7] for line in block.rows] == ["Over streken"] * 3 + ["Under streken"] * 2
    assert value(block, "above") == 3
    for part in ("gevinster", "kostnad", "forslag"):
        found = note.parts.get(key=part)
        actions.write_part(**by, part_id=found.pk, version=found.version, text="Se tabellen.")
    sent = actions.send(**by, report_id=note.pk, version=None)
    told = queries.decisions_of_note(sent, rounds.DAY)
    assert [(row_.place, row_.title) for row_ in told][:2] == [(1, "Innbyggerportal"), (2, "Robotisert rutinearbeid")]
    assert {row_.waits_at for row_ in told[:2]} == {"Ledergruppen behandler notatet"}
    items = AgendaItem.objects.filter(meeting=meeting).order_by("order")
    assert [item.kind for item in items] == ["report", "case", "case"]
    assert [item.title for item in items[1:]] == ["Innbyggerportal", "Robotisert rutinearbeid"]
    step = items[1].case_step
    assert step is not None
    casework.treat(
        **city.by(rounds.CHIEF), case_step_id=step.pk, version=None, outcome="prosjekt", text="Vi gjennomfører det."
    )
    assert [one_.outcome for one_ in queries.decisions_of_note(sent, rounds.DAY)][:2] == ["Blir prosjekt", ""]


def waiting_for_the_body(city: rounds.World, need: Need) -> None:
    """The need's case, brought to the step where the body decides."""
    case = casework.open_case(
        **city.by(), subject_kind="need", subject_id=need.pk, path="ide", title=need.title, facts={},
        organisations=[city.organisation.pk],
    )  # fmt: skip
    for outcome in ("grovscreening", "videre"):
        step = CaseStep.objects.get(case=case, state=StepState.ACTIVE)
        casework.treat(**city.by(), case_step_id=step.pk, version=None, outcome=outcome)


def test_g_92_the_five_indicators_are_figures_that_are_entered(city: rounds.World) -> None:
    day = date(2027, 1, 20)
    by = city.by(day=day)
    row = actions.open_report(**by, report="indikatorer", period="2026")
    part = row.parts.get(key="indikatorer")
    given = {"styring": "2,4", "mennesker": "2", "kapasitet": "2,2", "innovasjon": "1,8", "teknologi": "3"}
    actions.write_part(**by, part_id=part.pk, version=part.version, text="", figures=given)
    content = queries.content_of(queries.report_by_id(row.pk), day)  # type: ignore[arg-type]
    block = Block.from_json(content["sections"][0]["block"])
    assert block is not None
    assert [line.cells[1] for line in block.rows] == [2.4, 2, 2.2, 1.8, 3]
    assert content["audience"] == ["administration", "politicians", "public"]


def test_a_planned_meeting_without_an_agenda_is_left_alone(made: Joint) -> None:
    plan_meeting(actor=made.actor("it_lead"), now=at(FORUM), body="digitaliseringsforum", held_on=date(2025, 9, 10))
    assert queries.next_meeting_of("digitaliseringsforum", FORUM) is None
