"""Scenarios' pages: figures, limits, pins, reasons, the work in the background, comparison, and the way into the plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samstyr.foundation.jobs.models import JobState
from samstyr.wheel.portfolio.models import PlanLine
from samstyr.wheel.portfolio.tests.factories import FORUM, at
from samstyr.wheel.scenarios.models import Choice, Limit, Scenario

from .conftest import Made, text_of


class TestListAndNew:
    def test_scenarios_stand_by_period_with_what_was_found(self, made: Made) -> None:
        first = made.scenario("Grunnlag")
        row = made.candidate()
        made.choose(first, row)
        made.solution(first, "feasible", value=1_000_000, bound=1_004_000)
        made.scenario("Senere", cost_percent=110)
        page = text_of(made.client("unit_manager:lillesand").get(made.place("scenario-list")))
        for words in ("2026–2029", "Grunnlag", "Høyst 0,4 % bedre er mulig.", "Ikke regnet ut", "kostnader på 110 %"):
            assert words in page
        assert "Nytt scenario" not in page

    def test_an_empty_one_is_made_and_its_limits_come_next(self, made: Made) -> None:
        given = {"name": "Grunnlag", "first_year": "2026", "years": "4", "_key": "n1"}
        answer = made.client().post(made.place("scenario-create"), given)
        row = Scenario.objects.get()
        assert answer.headers["Location"] == made.place("scenario-limits", row.pk)

    @pytest.mark.parametrize(
        ("start", "expected"),
        [
            ("copy", {("money", 2026, 1_000_000), ("hours", 2027, 80)}),
            ("cut", {("money", 2026, 900_000), ("hours", 2027, 80)}),
            ("leave", {("hours", 2027, 80)}),
            ("delay", {("money", 2026, 1_000_000), ("hours", 2027, 80), ("count", 2026, 0)}),
        ],
    )
    def test_a_copy_begins_with_one_thing_changed(self, made: Made, start: str, expected: set[Any]) -> None:
        source = made.scenario("Grunnlag")
        lillesand = made.world.organisations["lillesand"]
        made.limit(source, 1_000_000, organisation=lillesand)
        made.limit(source, 80, measure="hours", year=2027, role="Prosjektleder")
        given = {"name": "Prøve", "start": start, "copy_of": str(source.pk), "leaves": str(lillesand.pk), "_key": "c1"}
        client = made.client()
        assert client.post(made.place("scenario-create"), given).status_code == 303
        assert client.post(made.place("scenario-create"), given).status_code == 303
        (row,) = Scenario.objects.exclude(pk=source.pk)
        assert {(item.measure, item.year, item.amount) for item in row.limits.all()} == expected
        assert row.left == ([str(lillesand.pk)] if start == "leave" else [])

    def test_faults_are_told(self, made: Made) -> None:
        made.scenario("Grunnlag")
        answer = made.client().post(made.place("scenario-create"), {"name": "", "start": "cut"})
        assert answer.status_code == 422
        assert "Velg scenarioet som skal kopieres." in text_of(answer)

    def test_assumptions_change_and_a_scenario_is_deleted(self, made: Made) -> None:
        row, client = made.scenario("Grunnlag"), made.client()
        given = {
            "name": "Nytt navn", "first_year": "2026", "years": "4", "delay_percent": "0", "cost_percent": "110",
            "_version": row.version, "_key": "e1",
        }  # fmt: skip
        assert client.post(made.place("scenario-edit", row.pk), {**given, "years": "90"}).status_code == 422
        assert client.post(made.place("scenario-edit", row.pk), given).status_code == 303
        row.refresh_from_db()
        assert (row.name, row.cost_percent) == ("Nytt navn", 110)
        client.post(made.place("scenario-delete", row.pk), {"_version": row.version, "_key": "e2"})
        assert not Scenario.objects.exists()


class TestLimits:
    def sent(self, made: Made, scenario: Scenario, **more: Any) -> dict[str, Any]:
        return {
            "verb": "save", "unit": "tkr", "_version": scenario.version, "_key": "l1", "rows": "1", "row-0-measure": "money",
            "row-0-organisation": str(made.world.organisations["lillesand"].pk), "cell-0-2026": "1 250,5",
            "cell-0-all": "4 000", **more,
        }  # fmt: skip

    def test_the_grid_is_saved_in_whole_kroner(self, made: Made) -> None:
        row, client = made.scenario(), made.client()
        place = made.place("scenario-limits", row.pk)
        assert client.post(place, self.sent(made, row)).status_code == 303
        assert {(item.year, item.amount) for item in Limit.objects.all()} == {(2026, 1_250_500), (None, 4_000_000)}
        page = text_of(client.get(place))
        assert "Høyst kroner · Lillesand" in page
        assert 'value="1 250,5"' in page
        assert 'value="1 250 500"' in text_of(client.get(place + "?unit=kr"))

    def test_rows_and_units_change_before_anything_is_saved(self, made: Made) -> None:
        row, client = made.scenario(), made.client()
        place = made.place("scenario-limits", row.pk)
        added = client.post(place, self.sent(made, row, verb="add", measure="risk"))
        assert "Høyst samlet risiko" in text_of(added)
        again = client.post(
            place,
            self.sent(made, row, verb="add", measure="money", organisation=self.sent(made, row)["row-0-organisation"]),
        )
        assert again.status_code == 422
        assert "står der allerede" in text_of(again)
        assert "cell-0-2026" not in text_of(client.post(place, self.sent(made, row, verb="remove-0")))
        assert 'value="1 250 500"' in text_of(client.post(place, self.sent(made, row, verb="unit-kr")))
        assert not Limit.objects.exists()

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"cell-0-2026": "mye"}, "ikke et beløp"),
            ({"cell-0-2026": "-5"}, "negativ"),
            ({"row-0-organisation": str(uuid4())}, "finnes ikke"),
        ],
    )
    def test_faults_are_told_at_the_cell(self, made: Made, change: dict[str, str], said: str) -> None:
        row = made.scenario()
        answer = made.client().post(made.place("scenario-limits", row.pk), self.sent(made, row, **change))
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert 'href="#cell-0-2026"' in text_of(answer)
        assert not Limit.objects.exists()


class TestOne:
    def test_figures_use_and_breaches_are_told_in_words(self, made: Made) -> None:
        row = made.scenario()
        first, second = made.candidate("Digital post"), made.candidate("Felles pålogging")
        made.needs(first, second)
        made.limit(row, 200_000)
        made.limit(row, 100, measure="hours", role="Prosjektleder")
        made.choose(row, first, 2026, by_hand=True, reason="Haster")
        page = text_of(made.client().get(made.place("scenario-detail", row.pk)))
        for words in (
            "Overskredet med 100 tusen kr",
            "20 timer igjen",
            "«Digital post» forutsetter at «Felles pålogging»",
            "Valgt for hånd",
            "Haster",
            "ramme er brutt",
        ):
            assert words in page

    @pytest.mark.parametrize(
        ("shown", "there"),
        [
            ("", {"A", "B", "C"}),
            ("valgt", {"A"}),
            ("ute", {"B", "C"}),
            ("festet", {"B"}),
            ("hand", {"A"}),
            ("tull", {"A", "B", "C"}),
        ],
    )
    def test_the_candidates_are_narrowed(self, made: Made, shown: str, there: set[str]) -> None:
        row = made.scenario()
        rows = {name: made.candidate(f"Tiltak {name}") for name in "ABC"}
        made.choose(row, rows["A"], 2027, by_hand=True, reason="Haster")
        made.choose(row, rows["B"], None, pin="out")
        page = text_of(made.client().get(made.place("scenario-detail", row.pk) + f"?vis={shown}"))
        assert {name for name in "ABC" if f">Tiltak {name}</a>" in page} == there

    def test_a_solution_tells_its_proof_and_is_taken_into_use(self, made: Made) -> None:
        row, candidate, client = made.scenario(), made.candidate(), made.client()
        found = made.solution(row, outcome={"starts": {str(candidate.pk): 2027}})
        place = made.place("scenario-detail", row.pk)
        page = text_of(client.get(place))
        assert "Det er bevist at ingen annen portefølje" in page
        assert "foreldet" not in page
        answer = client.post(made.place("scenario-take", row.pk), {"solution": str(found.pk), "_key": "t1"})
        assert answer.status_code == 303
        assert Choice.objects.get().start == 2027
        assert "Løsningen er tatt i bruk." in text_of(client.get(place))

    def test_a_solution_of_other_content_is_stale(self, made: Made) -> None:
        row, candidate = made.scenario(), made.candidate()
        made.solution(row, outcome={"starts": {str(candidate.pk): 2027}})
        made.limit(row, 100)
        assert "Løsningen er foreldet" in text_of(made.client().get(made.place("scenario-detail", row.pk)))

    def test_what_cannot_be_met_together_leads_to_where_it_is_changed(self, made: Made) -> None:
        row, candidate = made.scenario(), made.candidate("Digital post", mandatory=True, mandatory_reason="Lov")
        limit = made.limit(row, 100)
        made.solution(row, "infeasible", {"conflict": [limit.key, str(candidate.pk)]}, value=0, bound=0)
        page = text_of(made.client().get(made.place("scenario-detail", row.pk)))
        assert f"{made.place('scenario-limits', row.pk)}#cell-0-2026" in page
        assert made.place("scenario-choice", row.pk, candidate.pk) in page
        assert "«Digital post» må være med." in page

    def test_its_queries_do_not_grow(self, made: Made) -> None:
        row, client = made.scenario(), made.client()
        pages = ("scenario-detail", "scenario-limits", "scenario-years", "scenario-edit", "scenario-handover")
        made.limit(row, 500_000)
        made.choose(row, made.candidate("Første"), 2026)

        def counts() -> dict[str, int]:
            return {name: asked(made.place(name, row.pk)) for name in pages} | {
                "compare": asked(f"{made.place('scenario-compare')}?s={row.pk}")
            }

        def asked(place: str) -> int:
            client.get(place)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(place).status_code == 200
            return len(queries)

        few = counts()
        for number in range(20):
            made.choose(row, made.candidate(f"Tiltak {number}"), 2026 + number % 4)
        assert counts() == few


class TestChoosing:
    def test_a_candidate_is_pinned_by_one_press_and_loosened_again(self, made: Made) -> None:
        row, candidate, client = made.scenario(), made.candidate(), made.client()
        place = made.place("scenario-pin", row.pk, candidate.pk)
        back = made.place("scenario-detail", row.pk) + "?vis=ute"
        answer = client.post(place, {"pin": "in", "back": back})
        assert answer.headers["Location"] == f"{back}#t-{candidate.pk}"
        assert Choice.objects.get().pin == "in"
        client.post(place, {"pin": "out"})
        assert Choice.objects.get().pin == "out"
        client.post(place, {"pin": "none"})
        assert not Choice.objects.exclude(pin="").exists()

    @pytest.mark.parametrize("back", ["https://example.com/", "//example.com", "/logg-inn/", "javascript:alert(1)"])
    def test_one_is_never_sent_away(self, made: Made, back: str) -> None:
        row, candidate = made.scenario(), made.candidate()
        answer = made.client().post(made.place("scenario-pin", row.pk, candidate.pk), {"pin": "in", "back": back})
        assert answer.headers["Location"] == made.place("scenario-choice", row.pk, candidate.pk)

    def test_a_choice_by_hand_needs_a_reason(self, made: Made) -> None:
        row, candidate, client = made.scenario(), made.candidate(), made.client()
        made.solution(row, outcome={"starts": {str(candidate.pk): 2026}})
        place = made.place("scenario-choice", row.pk, candidate.pk)
        assert client.post(place, {"start": "2027", "reason": ""}).status_code == 422
        assert client.post(place, {"start": "1999", "reason": "Fordi"}).status_code == 422
        assert (
            client.post(place, {"start": "2027", "reason": "Henger sammen med byggingen", "_key": "h1"}).status_code
            == 303
        )
        choice = Choice.objects.get()
        assert (choice.start, choice.by_hand, choice.reason) == (2027, True, "Henger sammen med byggingen")
        assert "Starter 2027" in text_of(client.get(place))

    def test_why_is_told_in_plain_words(self, made: Made) -> None:
        row, candidate, other = made.scenario(), made.candidate("Digital post"), made.candidate("Felles pålogging")
        limit = made.limit(row, 100_000, kind="operating", year=2028)
        why = {
            "because": "crowded_out", "in_the_way": [[limit.key, 310_000]], "wants": [str(other.pk)], "value": 6_200,
            "enters_at": 6_600, "enters_with": [[limit.key, 310_000]], "exact": True,
        }  # fmt: skip
        made.solution(row, outcome={"starts": {}, "explanations": {str(candidate.pk): why}})
        page = text_of(made.client().get(made.place("scenario-choice", row.pk, candidate.pk)))
        for words in ("mangler 310 000 kr", "forutsetter «Felles pålogging»", "øker med 310 000 kr", "fra 62 til 66"):
            assert words in page

    def test_a_candidate_that_is_not_there_is_not_found(self, made: Made) -> None:
        row, client = made.scenario(), made.client()
        assert client.get(made.place("scenario-choice", row.pk, uuid4())).status_code == 404
        assert client.post(made.place("scenario-pin", row.pk, uuid4()), {"pin": "in"}).status_code == 404


class TestSolving:
    def test_the_work_is_asked_for_once_and_followed(self, made: Made) -> None:
        row, client = made.scenario(), made.client()
        made.candidate()
        first = client.post(made.place("scenario-solve", row.pk), {"_key": "s1"})
        second = client.post(made.place("scenario-solve", row.pk), {"_key": "s2"})
        assert first.status_code == 303
        assert first.headers["Location"] == second.headers["Location"]
        page = text_of(client.get(first.headers["Location"]))
        assert "Beregningen venter på tur." in page
        assert "Ingen arbeider kjører" not in page
        assert 'hx-trigger="every 1s"' in page
        assert 'http-equiv="refresh"' in page

    def test_it_is_told_when_nobody_does_the_work(self, made: Made) -> None:
        row = made.scenario()
        job = made.job(row, JobState.QUEUED, asked_at=at(FORUM) - timedelta(hours=1))
        page = text_of(made.client().get(made.place("scenario-progress", row.pk, job.pk)))
        assert "Ingen arbeider kjører" in page
        assert "samstyr worker" in page

    def test_progress_tells_best_so_far_and_the_bound(self, made: Made) -> None:
        row = made.scenario()
        job = made.job(row, JobState.RUNNING, progress=37, arguments={"value": 41_230_000, "bound": 41_394_000})
        place = made.place("scenario-progress", row.pk, job.pk)
        fragment = text_of(made.client().get(place, headers={"hx-request": "true"}))
        assert "<html" not in fragment
        assert "Beste verdi så langt er 4 123. Høyst 0,4 % bedre er mulig." in fragment

    @pytest.mark.parametrize(
        ("state", "said"), [("done", "Se resultatet"), ("failed", "Prøv igjen"), ("cancelled", "ble avbrutt")]
    )
    def test_it_ends_in_words_and_asks_no_more(self, made: Made, state: str, said: str) -> None:
        row = made.scenario()
        page = text_of(made.client().get(made.place("scenario-progress", row.pk, made.job(row, state).pk)))
        assert said in page
        assert "every 1s" not in page

    def test_it_is_cancelled(self, made: Made) -> None:
        row, client = made.scenario(), made.client()
        made.candidate()
        place = client.post(made.place("scenario-solve", row.pk), {"_key": "s1"}).headers["Location"]
        assert client.post(f"{place}avbryt/", {"_key": "a1"}).status_code == 303
        page = text_of(client.get(place))
        assert "avbrutt" in page or "stanser" in page

    def test_another_scenarios_work_is_not_found(self, made: Made) -> None:
        job = made.job(made.scenario("Ett"), JobState.RUNNING)
        assert made.client().get(made.place("scenario-progress", made.scenario("To").pk, job.pk)).status_code == 404


class TestComparing:
    def test_they_stand_side_by_side(self, made: Made) -> None:
        first, second = made.scenario("Grunnlag"), made.scenario("Kutt")
        both, moved, out = (made.candidate(name, goals=["m"]) for name in ("Begge", "Flyttet", "Bare ett"))
        for scenario, year in ((first, 2026), (second, 2028)):
            made.choose(scenario, both, 2026)
            made.choose(scenario, moved, year)
        made.choose(first, out, 2027)
        query = f"?s={first.pk}&s={second.pk}&s={uuid4()}&s=tull"
        client = made.client()
        page = text_of(client.get(made.place("scenario-compare") + query))
        differences = page[page.index("ulikt valgt") :]
        assert "Flyttet</a>" in differences
        assert "Bare ett</a>" in differences
        assert "Begge</a>" not in differences
        assert "<svg" in page
        file = client.get(made.place("scenario-compare-export", "csv") + query).content.decode("utf-8-sig")
        assert "Flyttet" in file
        assert client.get(made.place("scenario-compare-export", "xlsx") + query).content[:2] == b"PK"

    def test_none_and_too_many(self, made: Made) -> None:
        client, place = made.client(), made.place("scenario-compare")
        assert "Velg inntil fire scenarier" in text_of(client.get(place))
        query = "&".join(f"s={made.scenario(f'Nr {number}').pk}" for number in range(5))
        page = text_of(client.get(f"{place}?{query}"))
        assert "Bare de fire første vises." in page

    def test_the_plan_over_years_is_drawn_and_tabled(self, made: Made) -> None:
        row = made.scenario()
        made.choose(row, made.candidate("Digital post"), 2027)
        page = text_of(made.client().get(made.place("scenario-years", row.pk)))
        assert "<svg" in page
        assert "Sum for alle valgte" in page
        assert "Ingen tiltak er valgt ennå" in text_of(
            made.client().get(made.place("scenario-years", made.scenario("Tom").pk))
        )


class TestIntoThePlan:
    def test_a_difference_needs_a_reason_and_then_the_draft_has_the_measures(self, made: Made) -> None:
        row, client = made.scenario(), made.client()
        chosen, left_out = made.candidate("Digital post"), made.candidate("Felles pålogging")
        made.choose(row, chosen, 2027)
        made.solution(row, outcome={"starts": {str(chosen.pk): 2027, str(left_out.pk): 2026}})
        place = made.place("scenario-handover", row.pk)
        page = text_of(client.get(place))
        assert "Felles pålogging" in page
        assert "Mangler" in page
        assert client.post(place, {"_version": row.version, "_key": "p1", "reason": ""}).status_code == 422
        answer = client.post(place, {"_version": row.version, "_key": "p2", "reason": "Forumet ville vente."})
        assert answer.status_code == 303
        line = PlanLine.objects.get()
        assert line.title == "Digital post"
        assert answer.headers["Location"] == made.place("plan-version-detail", line.version_of_id)


@pytest.mark.parametrize(
    "name",
    ["scenario-limits", "scenario-edit", "scenario-handover", "scenario-solve", "scenario-take", "scenario-delete"],
)
def test_only_those_who_make_the_plan_change_a_scenario(made: Made, name: str) -> None:
    row = made.scenario()
    client = made.client("unit_manager:lillesand")
    assert client.get(made.place("scenario-detail", row.pk)).status_code == 200
    assert client.post(made.place(name, row.pk), {"_version": row.version}).status_code == 403
