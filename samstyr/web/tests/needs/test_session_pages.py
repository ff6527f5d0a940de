"""Idea sessions in the pages: the year's mode, sessions by sector, the long list, and votes by group (G-76, G-94..G-98)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.year import actions as years
from samstyr.procedure.year.models import YearPeriod
from samstyr.wheel.needs import actions
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.needs.models import IdeaSession, IdeaYear, Need, SessionIdea
from samstyr.wheel.needs.rules.sessions import SessionValues
from samstyr.wheel.needs.rules.values import NeedValues
from samstyr.wheel.prioritisation.tests.factories import DAY, EMPLOYEE, LEADER, SECTORS, TEXT, World, at, world

SPRING = date(2026, 3, 10)


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    with world() as ready:
        yield ready


def page(made: World, address: str = "", who: str = LEADER, status: int = 200) -> str:
    answer = made.client(who).get(f"/o/{made.tenant.slug}/behov/idemyldring/{address}")
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())


def post(made: World, address: str, who: str = LEADER, **values: Any) -> Any:
    return made.client(who).post(f"/o/{made.tenant.slug}/behov/idemyldring/{address}", values)


def values(made: World, *sectors: str, **more: Any) -> SessionValues:
    given: dict[str, Any] = {
        "year": 2026, "title": "Idédugnad", "held_on": SPRING, "sectors": tuple(made.sectors[one].pk for one in sectors),
        "technique": "Kreative teknikker", "participants": {"ansatte": 12, "ledere": 3},
    }  # fmt: skip
    return SessionValues(**{**given, **more})


def sent(made: World, title: str, who: str = EMPLOYEE, day: date = SPRING, **more: Any) -> Need:
    given: dict[str, Any] = {
        "title": title, "unit": made.sectors["helse"].pk, "need": "Vi skriver på papir i bilen og fører det inn på kontoret etterpå.", "affected": "40 ansatte",
        "effect": "Mer tid hos brukeren, og færre feil.", "goals": ("s2",), "answers": {"eier": "Helsesjefen"},
    }  # fmt: skip
    by = made.by(who, day)
    draft = actions.create_draft(**by, values=NeedValues(**{**given, **more}))
    return actions.submit(**by, need_id=draft.pk, version=draft.version)


class TestSessions:
    def test_g_76_g_95_technique_and_how_many_of_each_group_and_who_nobody_came_from(self, made: World) -> None:
        answer = post(
            made, "ny/?ar=2026", "helse", title="Dugnad", held_on="2026-03-10", sectors=[str(made.sectors["helse"].pk)],
            technique="Gruppearbeid", group_ansatte="14", group_ledere="2",
        )  # fmt: skip
        assert answer.status_code == 303, answer.content.decode()
        row = IdeaSession.objects.get()
        assert (row.technique, row.participants) == ("Gruppearbeid", {"ansatte": 14, "ledere": 2})
        shown = page(made, f"{row.pk}/")
        assert "Ingen deltok fra: Politikere, Innbyggere og brukere" in shown
        assert "Gruppearbeid" in shown and "14" in shown

    def test_g_94_sectors_without_one_that_has_been_held_are_listed(self, made: World) -> None:
        actions.save_session(**made.by("helse"), values=values(made, "helse"))
        actions.save_session(
            **made.by("kultur"), values=values(made, "kultur", title="Planlagt", held_on=None, participants={})
        )
        lacking = made.client().get(f"/o/{made.tenant.slug}/behov/idemyldring/?ar=2026").context["lacking"]
        assert sorted(unit.name for unit in lacking) == sorted(one.capitalize() for one in SECTORS if one != "helse"), (
            "one that is only planned has not been held"
        )
        assert "Sektorer uten idémyldring i år" in page(made, "?ar=2026")

    def test_a_sector_keeps_its_own_and_nobody_elses(self, made: World) -> None:
        with pytest.raises(Refused):
            actions.save_session(**made.by("helse"), values=values(made, "kultur"))
        with pytest.raises(Refused):
            actions.save_session(**made.by(EMPLOYEE), values=values(made, "helse"))
        row = actions.save_session(**made.by("helse"), values=values(made, "helse"))
        with pytest.raises(Refused):
            actions.save_session(**made.by("kultur"), values=values(made, "kultur"), session_id=row.pk, version=1)
        again = actions.save_session(
            **made.by("helse"), values=values(made, "helse", title="Nytt navn"), session_id=row.pk, version=1
        )
        assert (again.title, again.version) == ("Nytt navn", 2)
        with pytest.raises(Conflict):
            actions.save_session(**made.by("helse"), values=values(made, "helse"), session_id=row.pk, version=1)
        assert post(made, "ny/", EMPLOYEE, title="x").status_code == 403
        assert post(made, f"{row.pk}/", "kultur", title="x").status_code == 403

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"title": " "}, "title"),
            ({"sectors": ()}, "sectors"),
            ({"held_on": date(2026, 6, 1)}, "held_on"),
            ({"held_on": None}, "held_on"),
            ({"held_on": date(2020, 3, 1)}, "held_on"),
            ({"participants": {"ukjent": 3}}, "group_ukjent"),
            ({"participants": {"ansatte": -1}}, "group_ansatte"),
            ({"technique": "x" * 400}, "technique"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(self, made: World, more: dict[str, Any], field: str) -> None:
        with pytest.raises(Invalid) as told:
            actions.save_session(**made.by(), values=values(made, "helse", **more))
        assert field in {error.field for error in told.value.errors}

    def test_several_sectors_are_a_joint_session(self, made: World) -> None:
        with pytest.raises(Invalid):
            actions.save_session(**made.by(), values=values(made, "helse", "kultur"))
        row = actions.save_session(**made.by(), values=values(made, "helse", "kultur", joint=True))
        assert row.sectors.count() == 2
        again = actions.save_session(
            **made.by(), values=values(made, "kultur", "samfunn", joint=True), session_id=row.pk, version=1
        )
        assert {one.unit.name for one in again.sectors.all()} == {"Kultur", "Samfunn"}

    def test_one_without_ideas_can_be_taken_away(self, made: World) -> None:
        row = actions.save_session(**made.by("helse"), values=values(made, "helse"))
        need = sent(made, "Varsling")
        actions.add_ideas(**made.by("helse"), session_id=row.pk, needs=[need.pk])
        client = made.client("helse")
        client.post(f"/o/{made.tenant.slug}/behov/idemyldring/{row.pk}/fjern/")
        shown = client.get(f"/o/{made.tenant.slug}/behov/idemyldring/{row.pk}/").content.decode()
        assert "Ta ideene ut" in shown and "Varsling" in shown
        idea = SessionIdea.objects.get()
        assert post(made, f"ideer/{idea.pk}/", "helse", remove="1").status_code == 303
        assert post(made, f"{row.pk}/fjern/", "helse").status_code == 303
        assert not IdeaSession.objects.exists()
        assert Need.objects.filter(pk=need.pk).exists()


class TestModes:
    def test_g_117_the_mode_of_the_year_sets_up_its_sessions_and_may_be_another_next_year(self, made: World) -> None:
        assert post(made, "?ar=2026", mode="sektorvis").status_code == 303
        rows = list(IdeaSession.objects.filter(year=2026))
        assert len(rows) == 5 and not any(row.joint for row in rows)
        assert post(made, "?ar=2027", mode="felles").status_code == 303
        (joint,) = IdeaSession.objects.filter(year=2027)
        assert (joint.joint, joint.prioritises, joint.sectors.count()) == (True, True, 5)
        assert post(made, "?ar=2026", mode="grupper").status_code == 303
        assert IdeaSession.objects.filter(year=2026).count() == 6, "what is there stays, what lacked is added"
        assert dict(IdeaYear.objects.values_list("year", "mode")) == {2026: "grupper", 2027: "felles"}
        assert "Sektorvise grupper og felles samling til slutt" in page(made, "?ar=2026")

    def test_only_who_keeps_the_year_chooses_and_only_what_the_model_has(self, made: World) -> None:
        assert post(made, "?ar=2026", "helse", mode="felles").status_code == 403
        assert post(made, "?ar=2026", mode="ukjent").status_code == 422
        assert "Hvordan jobber dere" not in page(made, "?ar=2026", "helse")
        with pytest.raises(Invalid):
            actions.choose_mode(**made.by(), year=2060, mode="felles")

    def test_g_118_votes_by_group_stand_apart_from_the_decision(self, made: World) -> None:
        need = sent(made, "Varsling")
        case = cases.case_of("need", need.pk)
        row = actions.save_session(**made.by(), values=values(made, "helse", prioritises=True))
        actions.add_ideas(**made.by(), session_id=row.pk, needs=[need.pk])
        idea = SessionIdea.objects.get()
        assert post(made, f"ideer/{idea.pk}/", group_ansatte="9", group_ledere="1", _version="1").status_code == 303
        idea.refresh_from_db()
        assert idea.votes == {"ansatte": 9, "ledere": 1}
        wrong = post(made, f"ideer/{idea.pk}/", group_ansatte="13", _version="2")
        assert wrong.status_code == 422 and "12 deltok" in wrong.content.decode()
        assert "Hva som velges, avgjøres i saken" in page(made, f"{row.pk}/")
        later = cases.case_of("need", need.pk)
        assert case is not None and later is not None and (case.state, case.outcome) == (later.state, later.outcome)
        with pytest.raises(Refused):
            actions.save_votes(**made.by(EMPLOYEE), idea_id=idea.pk, version=2, votes={})
        other = actions.save_session(**made.by(), values=values(made, "helse", title="Bare ideer"))
        actions.add_ideas(**made.by(), session_id=other.pk, needs=[need.pk])
        with pytest.raises(Conflict):
            actions.save_votes(
                **made.by(), idea_id=SessionIdea.objects.get(session=other).pk, version=1, votes={"ansatte": 1}
            )


class TestLongList:
    def test_g_96_an_idea_without_a_goal_is_listed_before_the_screening(self, made: World) -> None:
        linked, loose = sent(made, "Med mål"), sent(made, "Uten mål i seg")
        Need.objects.filter(pk=loose.pk).update(goals=[])
        context = made.client().get(f"/o/{made.tenant.slug}/behov/idemyldring/?ar=2026&vis=liste").context
        assert {one.need.pk: one.linked for one, _goals in context["ideas"]} == {linked.pk: True, loose.pk: False}
        assert context["unlinked"] == 1
        assert "1 idé er ikke knyttet til noe mål" in page(made, "?ar=2026&vis=liste")
        with pytest.raises(Invalid):
            sent(made, "Ny uten mål", goals=())

    def test_g_97_g_98_alike_ideas_merged_keep_everyone_who_proposed_and_the_owning_sector(self, made: World) -> None:
        first, second = sent(made, "Varsling ved fall"), sent(made, "Fallvarsling", "helse")
        one, other = (cases.case_of("need", need.pk) for need in (first, second))
        assert one is not None and other is not None
        casework.merge(**made.by(), case_id=other.pk, version=None, into_id=one.pk, reason="Samme idé.")
        context = made.client().get(f"/o/{made.tenant.slug}/behov/idemyldring/?ar=2026&vis=liste").context
        ((idea, _goals),) = context["ideas"]
        assert (idea.need.pk, idea.merged) == (first.pk, 1)
        assert set(idea.proposers) == {made.people[EMPLOYEE].name, made.people["helse"].name}
        assert idea.need.unit == made.sectors["helse"]
        answer = made.client().get(f"/o/{made.tenant.slug}/behov/idemyldring/?ar=2026&format=xlsx")
        sheet = load_workbook(BytesIO(answer.content)).active
        assert sheet is not None and [cell.value for cell in sheet[2]][1] == "Varsling ved fall"

    def test_who_may_not_see_a_need_sees_no_idea_of_it(self, made: World) -> None:
        need = sent(made, "Hemmelig idé")
        row = actions.save_session(**made.by(), values=values(made, "helse"))
        actions.add_ideas(**made.by(), session_id=row.pk, needs=[need.pk])
        made._person("kulturansatt", EMPLOYEE, made.sectors["kultur"])
        assert "Hemmelig idé" in page(made, f"{row.pk}/", "helse")
        for address in (f"{row.pk}/", "?ar=2026&vis=liste"):
            assert "Hemmelig idé" not in page(made, address, "kulturansatt")
        page(made, f"ideer/{SessionIdea.objects.get().pk}/", "kulturansatt", 404)
        with pytest.raises(NotFound):
            actions.add_ideas(**made.by(), session_id=row.pk, needs=[row.pk])

    def test_the_page_asks_no_more_for_more(self, made: World) -> None:
        def asked() -> int:
            client = made.client()
            with CaptureQueriesContext(connection) as found:
                for query in ("?ar=2026", "?ar=2026&vis=liste"):
                    assert client.get(f"/o/{made.tenant.slug}/behov/idemyldring/{query}").status_code == 200
            return len(found)

        actions.save_session(**made.by(), values=values(made, "helse"))
        sent(made, "Idé")
        asked()
        few = asked()
        for number in range(5):
            row = actions.save_session(**made.by(), values=values(made, "helse", title=f"Dugnad {number}"))
            actions.add_ideas(**made.by(), session_id=row.pk, needs=[sent(made, f"Idé {number}").pk])
        assert asked() == few


def test_g_79_the_second_activity_opens_the_collection_and_closes_it_on_its_day(made: World) -> None:
    years.make_year(**made.by(), year=2026)
    row = YearPeriod.objects.get(key="idemyldring")
    years.move_period(
        **made.by(), period_id=row.pk, version=1, starts_on=date(2026, 3, 9), ends_on=date(2026, 4, 17), reason="Påske"
    )
    window = needs.intake_window(SPRING)
    assert window is not None and (window.starts_on, window.ends_on) == (date(2026, 3, 9), date(2026, 4, 17))
    assert [sent(made, "Idé", day=day).late for day in (date(2026, 4, 17), date(2026, 4, 18))] == [False, True]
    shown = made.client().get(f"/o/{made.tenant.slug}/aarshjul/perioder/{row.pk}/").content.decode()
    assert "Idémyldringene i 2026" in shown


def test_a_model_without_sessions_has_no_such_page(made: World) -> None:
    text = TEXT
    start, end = text.index("  sessions:\n"), text.index("  mandatory: [unit, need, affected, effect, goals]")
    made.adopt(text[:start] + text[end:], date(2021, 1, 1))
    page(made, "?ar=2026", status=404)
    assert "Idémyldring</a>" not in made.client().get(f"/o/{made.tenant.slug}/behov/").content.decode()
    with pytest.raises(Conflict):
        actions.save_session(**made.by(), values=values(made, "helse"))
