"""The year's pages: looked at by month, body, role and as one's own; made, moved, ended; and its report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from samstyr.foundation.kernel import clock
from samstyr.procedure.year import actions
from samstyr.procedure.year.models import PeriodMove, WheelYear, YearPeriod
from samstyr.wheel.portfolio.models import PlanLine
from tests.requirements.joint import ASSESSMENT, FORUM, INTAKE, Joint, at, joint
from tests.requirements.test_wheel_year import by

OnDay = Callable[[date], None]
DIRECTOR = "sector_director:birkenes:helse"


@pytest.fixture
def made(db: None) -> Iterator[Joint]:
    with joint() as ready:
        yield ready


@pytest.fixture(autouse=True)
def on_day(monkeypatch: pytest.MonkeyPatch) -> OnDay:
    def move(day: date) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(day))

    move(ASSESSMENT)
    return move


def get(made: Joint, who: str, address: str = "", status: int = 200) -> Any:
    answer = made.client(who).get(f"/o/{made.tenant.slug}/aarshjul/{address}")
    assert answer.status_code == status, answer.status_code
    return answer


def page(made: Joint, who: str, address: str = "") -> str:
    return str(get(made, who, address).content.decode()).split("<main", 1)[1].split("</main>", 1)[0]


def post(made: Joint, who: str, address: str, **values: Any) -> Any:
    return made.client(who).post(f"/o/{made.tenant.slug}/aarshjul/{address}", values)


def period(key: str) -> YearPeriod:
    row: YearPeriod = YearPeriod.objects.get(key=key, of__year=2025)
    return row


class TestLooking:
    def test_rings_and_rows_say_the_same(self, made: Joint) -> None:
        shown = page(made, "it_lead")
        assert shown.count('class="wheel-period wheel-period-') == 5
        assert shown.count('class="wheel-beside"') == 3
        for words in (
            "A · Budsjettårshjulet",
            "A1 ",
            "Innspill til rammer",
            "1 Innspill til kommunalsjefer: 01.02.–28.02.2025",
        ):
            assert words in shown
        assert "Året er ikke laget ennå" in shown
        assert "wheel-now" in shown and "wheel-now" not in page(made, "it_lead", "?ar=2026")

    def test_what_happens_in_april(self, made: Joint) -> None:
        made.plan_meeting("digitaliseringsforum", date(2025, 4, 24))
        made.plan_meeting("digitaliseringsforum", date(2025, 6, 3))
        shown = page(made, "it_lead", "?maned=4")
        assert "April 2025" in shown
        assert "Behandling i digitaliseringsforum" in shown
        assert "Innspill til kommunalsjefer" not in shown
        assert "24.04.2025" in shown and "03.06.2025" not in shown
        assert "Ingen møter" in page(made, "it_lead", "?maned=7")

    def test_ones_own_tasks_stand_in_their_month_and_nobody_elses(self, made: Joint) -> None:
        made.need(title="Varsling ved fall")
        assert "Varsling ved fall" in page(made, DIRECTOR, "?maned=3")
        assert "Varsling ved fall" not in page(made, "sector_director:lillesand:helse", "?maned=3")
        assert "Varsling ved fall" not in page(made, DIRECTOR, "?maned=4")

    def test_one_body_one_role_or_only_mine(self, made: Joint) -> None:
        made.plan_meeting("digitaliseringsforum", date(2025, 4, 24))
        made.plan_meeting("samarbeidsorganet", date(2025, 5, 20))

        def marks(query: str, who: str = "it_lead") -> list[str]:
            context = get(made, who, query).context
            return [row.line.mark for group in context["groups"] for row in group.rows]

        assert marks("?organ=digitaliseringsforum") == ["3"]
        assert marks("?rolle=sector_director") == ["2"]
        assert marks("?mine=on", DIRECTOR) == ["2"]
        assert "20.05.2025" not in page(made, "it_lead", "?organ=digitaliseringsforum")
        assert "Ingen perioder passer" in page(made, "it_lead", "?organ=digitaliseringsforum&rolle=sector_director")

    @pytest.mark.parametrize(
        "query", ["?ar=x", "?ar=99999", "?maned=13", "?maned=-1", "?organ=finnes-ikke", "?ar=٢٠٢٥"]
    )
    def test_nonsense_in_the_address_shows_the_year(self, made: Joint, query: str) -> None:
        assert "Årshjulet 2025" in page(made, "it_lead", query)

    def test_for_the_wall(self, made: Joint) -> None:
        shown = get(made, "it_lead", "utskrift/?ar=2026").content.decode()
        assert "Årshjulet 2026" in shown and "<svg" in shown and "Innspill til rammer" in shown

    def test_who_has_no_right_to_the_model_is_refused(self, made: Joint) -> None:
        for address in ("", "utskrift/", "rapport/"):
            get(made, "archive_manager:birkenes", address, 403)


class TestKeeping:
    def test_the_next_year_is_shown_before_it_is_made(self, made: Joint) -> None:
        shown = page(made, "it_lead", "nytt/?ar=2026")
        assert "01.02.–28.02.2026" in shown and "Digitaliseringsforum" in shown
        proposed = get(made, "it_lead", "nytt/?ar=2026").context["bodies"]
        assert [len(one["proposed"]) for one in proposed if one["body"].key == "digitaliseringsforum"] == [4]
        assert not WheelYear.objects.exists()
        assert post(made, "it_lead", "nytt/", ar="2026").status_code == 303
        assert WheelYear.objects.get().year == 2026
        assert "er laget allerede" in page(made, "it_lead", "nytt/?ar=2026")
        assert post(made, "it_lead", "nytt/", ar="2026").status_code == 409
        assert get(made, DIRECTOR, "nytt/", 403)

    def test_a_newer_model_gives_the_year_what_it_lacks_and_leaves_the_rest(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        assert post(made, "it_lead", "nytt/", ar="2025", renew="1").status_code == 409
        YearPeriod.objects.get(key="mai").delete()
        actions.move_period(
            **by(made), period_id=period("mars").pk, version=1, starts_on=date(2025, 3, 1), ends_on=date(2025, 4, 4),
            reason="Påsken",
        )  # fmt: skip
        assert "Ta dem inn i året" in page(made, "it_lead") and "Ta dem inn i året" not in page(made, DIRECTOR)
        assert post(made, "it_lead", "nytt/", ar="2024", renew="1").status_code == 404
        assert post(made, DIRECTOR, "nytt/", ar="2025", renew="1").status_code == 403
        assert post(made, "it_lead", "nytt/", ar="2025", renew="1").status_code == 303
        assert period("mai").starts_on == date(2025, 5, 1) and period("mars").moved
        assert "Ta dem inn i året" not in page(made, "it_lead")

    def test_a_move_is_shown_before_it_is_done_and_can_be_taken_back(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        made.need(title="Varsling ved fall")
        row = period("mars")
        values = {"starts_on": "2025-03-01", "ends_on": "2025-06-30", "reason": "Påsken", "_version": "1"}
        shown = post(made, "it_lead", f"perioder/{row.pk}/flytt/", **values, preview="1").content.decode()
        assert "1 frist flyttes" in shown and "Varsling ved fall" in shown and "31.03.2025 → 30.06.2025" in shown
        assert "ligger før «Kommunalsjef vurderer" in shown
        assert not PeriodMove.objects.exists()
        assert post(made, "it_lead", f"perioder/{row.pk}/flytt/", **values).status_code == 303
        shown = page(made, "it_lead", f"perioder/{row.pk}/")
        assert (
            "Styringsmodellen sier 01.03.–31.03.2025" in shown and "Påsken" in shown and "Angre siste flytting" in shown
        )
        assert "Angre siste flytting" not in page(made, DIRECTOR, f"perioder/{row.pk}/")
        move = PeriodMove.objects.get()
        assert post(made, DIRECTOR, f"flyttinger/{move.pk}/angre/").status_code == 403
        assert post(made, "it_lead", f"flyttinger/{move.pk}/angre/").status_code == 303
        assert "Flyttingen ble angret" in page(made, "it_lead", f"perioder/{row.pk}/")
        assert not period("mars").moved

    def test_faults_stand_at_their_fields(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        answer = post(
            made,
            "it_lead",
            f"perioder/{period('mars').pk}/flytt/",
            starts_on="2024-03-01",
            ends_on="2025-03-31",
            reason="x",
        )
        assert answer.status_code == 422
        assert "Perioden må begynne i 2025" in answer.content.decode()
        for more in ({}, {"preview": "1"}):
            answer = post(
                made, "it_lead", f"perioder/{period('mars').pk}/flytt/", starts_on="2025-03-31", ends_on="2025-03-01",
                reason="x", **more,
            )  # fmt: skip
            assert answer.status_code == 422
            assert "Siste dag kan ikke være før første dag" in answer.content.decode()

    def test_the_owner_ends_the_period_and_ticks_off(self, made: Joint, on_day: OnDay) -> None:
        actions.make_year(**by(made), year=2025)
        row, february = period("mars"), period("februar")
        assert "Er perioden ferdig?" not in page(made, "unit_manager", f"perioder/{row.pk}/")
        answer = post(made, DIRECTOR, f"perioder/{row.pk}/", done_on="2025-03-10", note="Sendt", _version="1")
        assert answer.status_code == 303
        assert "Ferdig" in page(made, DIRECTOR, f"perioder/{row.pk}/")
        wrong = post(made, DIRECTOR, f"perioder/{row.pk}/", dropped="on", note="", _version="2")
        assert wrong.status_code == 422 and "Skriv hvorfor det ikke ble gjort" in wrong.content.decode()
        activity = february.activities.get()
        who = "representative:birkenes:helse"
        assert post(made, who, f"aktiviteter/{activity.pk}/", done="1", _version="1").status_code == 303
        assert "Gjort 10.03.2025" in page(made, who, f"perioder/{february.pk}/")
        on_day(date(2025, 12, 1))
        rows = {
            row.line.placed.laid.key: str(row.status.label) for row in get(made, "it_lead").context["groups"][0].rows
        }
        assert rows == {
            "februar": "For sent", "mars": "Ferdig", "april": "For sent", "mai": "For sent", "budsjett": "Pågår",
        }  # fmt: skip
        assert post(made, who, f"aktiviteter/{activity.pk}/", _version="1").status_code == 409

    def test_a_period_that_cases_follow_ends_with_the_last_of_them(self, made: Joint, on_day: OnDay) -> None:
        actions.make_year(**by(made), year=2025)
        need = made.need()

        def mars() -> str:
            rows = {row.line.placed.laid.key: row for row in get(made, "it_lead").context["groups"][0].rows}
            return str(rows["mars"].status.label)

        on_day(date(2025, 4, 2))
        assert mars() == "For sent"
        made.move(need, DIRECTOR, "send", date(2025, 4, 2), reason="Viktig.")
        assert mars() == "Ferdig"


class TestReport:
    def test_b_39_both_years_beside_each_other_and_as_a_file(self, made: Joint, on_day: OnDay) -> None:
        for year in (2024, 2025):
            actions.make_year(**by(made), year=year)
        row = period("mars")
        actions.save_period(
            **by(made, DIRECTOR, ASSESSMENT), period_id=row.pk, version=1, done_on=ASSESSMENT, dropped=False, note=""
        )
        made.move(made.need(), DIRECTOR, "send", date(2025, 4, 2))
        on_day(date(2025, 12, 1))
        context = get(made, "it_lead", "rapport/?ar=2025").context
        figures = {one.label: (one.now, one.before) for one in context["figures"]}
        assert figures["Perioder i rute"] == (1, 0)
        assert figures["Perioder ikke gjort"] == (0, 5)
        assert figures["Steg for sent"] == (1, 0)
        sheet = load_workbook(BytesIO(get(made, "it_lead", "rapport/?ar=2025&format=xlsx").content)).active
        assert sheet is not None
        lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
        assert any(
            line[:2] == ["Periode", "Kommunalsjef vurderer og sender videre"] and line[3] == "Ferdig" for line in lines
        )


@pytest.mark.slow
@pytest.mark.everywhere
def test_n_046_the_measures_stand_in_each_of_four_years(made: Joint, on_day: OnDay) -> None:
    from tests.pages.growing import live

    on_day(FORUM)
    live(made)
    line = PlanLine.objects.get()
    PlanLine.objects.filter(pk=line.pk).update(starts_on=date(2026, 3, 1), ends_on=date(2028, 6, 30))
    (_plan, _version, rows) = get(made, "it_lead", "flere-aar/?fra=2025").context["groups"][0]
    assert [cell.words for cell in rows[0].cells] == ["", "Fra 01.03.", "Hele året", "Til 30.06."]
    assert "Ingen tiltak i disse årene" in page(made, "it_lead", "flere-aar/?fra=2040")
    PlanLine.objects.filter(pk=line.pk).update(starts_on=None, ends_on=None)
    context = get(made, "it_lead", "flere-aar/?fra=2026").context
    assert context["groups"][0][2][0].cells[0].words == "Penger i planen, ingen datoer"


def test_the_frame_and_the_front_page_go_by_the_years_own_days(made: Joint, on_day: OnDay) -> None:
    on_day(INTAKE)
    assert "til og med 28.02." in get(made, "it_lead").content.decode()
    actions.make_year(**by(made), year=2025)
    row = period("februar")
    actions.move_period(
        **by(made), period_id=row.pk, version=1, starts_on=date(2025, 2, 1), ends_on=date(2025, 3, 7), reason="Ferie"
    )
    assert "til og med 07.03." in get(made, "it_lead").content.decode()
