"""The pages about the plan's money: they tell, they write through the actions, they refuse, and they hold still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.foundation.tables.reading import read_table
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.actions import GrantValues
from samstyr.wheel.portfolio.models import PlanVersion
from samstyr.wheel.portfolio.rules.lines import Cost
from samstyr.wheel.portfolio.tests.factories import World, at, world

TODAY = date(2026, 6, 1)
PAGES = ("money", "carry", "appropriations", "grants", "nominations", "check")
OFFICER = "budget_officer:birkenes"
KEYS = count()


@pytest.fixture
def made(db: None) -> Iterator[World]:
    """Two municipalities under the joint model."""
    with world() as ready:
        yield ready


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day in the plan's first year."""
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


def place(made: World, name: str, *keys: object) -> str:
    return reverse(name, args=[made.tenant.slug, *keys])


def text_of(response: Any) -> str:
    return response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def post(made: World, who: str, address: str, **given: Any) -> Any:
    return made.client(who).post(address, {"_key": f"k{next(KEYS)}", **given})


def line_of(version: PlanVersion, at_: int = 0) -> Any:
    return queries.lines_of(version)[at_]


def framed(made: World, version: PlanVersion, amount: int = 500_000, year: int = 2026) -> None:
    actions.set_frame(
        actor=made.actor("budget_officer", TODAY), now=at(TODAY), plan_id=version.plan_id, source="operating_budget",
        year=year, amount=amount,
    )  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_readers_of_the_plan_read_its_money_and_are_offered_nothing_to_write(made: World, name: str) -> None:
    version = made.adopted()
    answer = made.client("unit_manager:lillesand").get(place(made, f"plan-{name}", version.pk))
    assert answer.status_code == 200
    assert 'name="verb"' not in text_of(answer)


def test_frames_and_bookings_are_entered_and_reported(made: World) -> None:
    version = made.adopted()
    address = place(made, "plan-money", version.pk)
    frame = {"verb": "frame", "source": "operating_budget", "year": "2026", "organisation": "", "amount": "500 000"}
    assert post(made, OFFICER, address, **frame).status_code == 302
    booking = {
        "verb": "book", "line": str(line_of(version).line_key), "source": "operating_budget", "organisation": "",
        "booked_on": "01.05.2026", "amount": "120 000", "note": "",
    }  # fmt: skip
    assert post(made, OFFICER, address, **booking).status_code == 302
    page = text_of(made.client("unit_manager").get(address))
    assert "380 000" in page
    refused = post(made, OFFICER, address, **{**booking, "amount": "380 001"})
    assert refused.status_code == 422
    assert "Det er bare 380 000 kroner igjen" in text_of(refused)
    assert post(made, "it_lead", address, **frame).status_code == 403
    assert post(made, OFFICER, address, **{**frame, "amount": "mye"}).status_code == 422


def test_the_money_leaves_as_a_workbook(made: World) -> None:
    version = made.adopted()
    framed(made, version)
    data = made.client("unit_manager").get(place(made, "plan-money-export", version.pk)).content
    read = read_table(data, "penger.xlsx")
    assert read.rows[-1][1][2:4] == (500_000, 1_000_000)


def test_unspent_money_is_carried_on_the_page(made: World) -> None:
    version = made.adopted()
    line = line_of(version).line_key
    own = made.organisations["birkenes"].pk
    actions.set_budget_state(
        actor=made.actor("budget_officer", TODAY), now=at(TODAY), plan_id=version.plan_id, line_key=line, year=2026,
        state="granted", amount=100_000, organisation_id=own,
    )  # fmt: skip
    address = place(made, "plan-carry", version.pk) + "?year=2026"
    given = {"verb": "carry", "line": str(line), "organisation": str(own), "reason": "Leverandøren er forsinket."}
    assert "100 000" in text_of(made.client("unit_manager").get(address))
    assert post(made, OFFICER, address, **given, amount="100 001").status_code == 422
    assert post(made, OFFICER, address, **given, amount="60 000").status_code == 302
    assert "Leverandøren er forsinket" in text_of(made.client("unit_manager").get(address))
    assert "40 000" in text_of(made.client("unit_manager").get(address))


def test_granted_and_proposed_stand_apart_and_a_contribution_is_reckoned(made: World) -> None:
    version = made.adopted()
    address = place(made, "plan-appropriations", version.pk)
    given = {"verb": "appropriate", "year": "2026", "purpose": "Digitalisering", "decided_on": ""}
    assert (
        post(made, OFFICER, address, **given, body="Kommunestyret", granted="1", amount="4 000 000").status_code == 302
    )
    assert post(made, OFFICER, address, **given, body="Rådmannen", granted="", amount="2 000 000").status_code == 302
    own = str(made.organisations["birkenes"].pk)
    share = {
        "verb": "contribute", "receiver": "DigiFin", "organisation": own, "year": "2026", "rate": "20",
        "population": "5300", "population_on": "01.01.2026", "population_source": "SSB",
    }  # fmt: skip
    assert post(made, OFFICER, address, **share).status_code == 302
    page = text_of(made.client("unit_manager").get(address))
    assert "4 000 000 kr" in page
    assert "2 000 000 kr" in page
    assert "6 000 000" not in page
    assert "106 000" in page


def test_an_application_is_written_advised_on_sent_and_answered(made: World) -> None:
    version = made.adopted()
    address = place(made, "plan-grants", version.pk)
    given = {"fund": "DigiFin", "title": "Felles arkiv", "year": "2026", "applied": "900 000", "own_share": "500 000"}
    assert post(made, "it_lead", address, verb="write", **given, line="").status_code == 302
    (row,) = queries.grants_of(version.plan)
    one = place(made, "plan-grant", version.pk, row.pk)
    assert "Knytt den til et tiltak" in text_of(made.client("it_lead").get(one))
    assert post(made, "it_lead", one, verb="send", _version="1").status_code == 403
    key = str(line_of(version).line_key)
    assert (
        post(made, "it_lead", one, verb="save", _version="1", **{**given, "own_share": "400 000"}, line=key).status_code
        == 302
    )
    advice = {"verb": "advise", "advice": "recommended", "advice_order": "1", "advice_reason": "Bred nytte."}
    assert post(made, "it_lead", one, **advice, _version="2").status_code == 302
    assert post(made, "it_lead", one, verb="send", _version="3").status_code == 302
    answer = {"verb": "settle", "decided_on": "01.06.2026", "_version": "4"}
    assert post(made, "it_lead", one, **answer, granted="10", used="11").status_code == 422
    assert post(made, "it_lead", one, **answer, granted="700 000", used="0").status_code == 302
    page = text_of(made.client("unit_manager").get(address))
    assert "700 000" in page
    assert "Anbefalt" in page
    assert post(made, "unit_manager", one, **advice, _version="5").status_code == 403
    assert made.client("it_lead").get(place(made, "plan-grant", version.pk, UUID(int=1))).status_code == 404


def test_a_project_is_pointed_out_and_taken_into_the_draft(made: World) -> None:
    version = made.draft()
    address = place(made, "plan-nominations", version.pk)
    given = {
        "verb": "nominate",
        "source": "grant",
        "year": "2027",
        "title": "Velferdsteknologi",
        "nominated_by": "Helse",
    }
    assert post(made, "it_lead", address, **given).status_code == 302
    (row,) = queries.nominations_of(version.plan)
    assert post(made, "it_lead", address, verb="take", nomination=str(row.pk)).status_code == 302
    assert line_of(version, 1).title == "Velferdsteknologi"
    assert post(made, "it_lead", address, verb="take", nomination="tull").status_code == 404


def test_the_control_page_tells_and_an_overrun_is_decided_there(made: World) -> None:
    version = made.draft()
    framed(made, version, 300_000)
    address = place(made, "plan-check", version.pk)
    assert "Stopper forslaget" in text_of(made.client("it_lead").get(address))
    assert "går ut over rammen" in text_of(made.client("it_lead").get(place(made, "plan-version-detail", version.pk)))
    given = {
        "verb": "overrun",
        "frame": "2026-operating_budget",
        "decided_by": "Samarbeidsorganet",
        "reason": "Lovkrav.",
    }
    assert post(made, "it_lead", address, **given, amount="99 999").status_code == 422
    assert post(made, "it_lead", address, **given, amount="100 000").status_code == 302
    page = text_of(made.client("it_lead").get(address))
    assert "Stopper forslaget" not in page
    assert "Samarbeidsorganet" in page


def test_a_measure_is_put_off_and_taken_up_again_on_the_pages(made: World) -> None:
    version = made.draft(made.line("Portal"), made.line("Arkiv"))
    row = line_of(version)
    address = place(made, "plan-line-defer", version.pk, row.pk)
    assert made.client("it_lead").get(address).status_code == 200
    given = {"reason": "Område 1 først.", "review_on": "01.12.2026", "_version": "1"}
    assert post(made, "it_lead", address, **{**given, "review_on": "01.01.2020"}).status_code == 422
    assert post(made, "it_lead", address, **given).status_code == 302
    check = place(made, "plan-check", version.pk)
    assert "Område 1 først" in text_of(made.client("it_lead").get(check))
    (kept,) = queries.deferrals_of(version.plan)
    assert post(made, "it_lead", check, verb="take_up", deferral=str(kept.pk)).status_code == 302
    assert [item.title for item in queries.lines_of(version)] == ["Arkiv", "Portal"]
    assert post(made, "it_lead", check, verb="take_up", deferral="borte").status_code == 404


def test_unfinished_measures_are_rolled_on_the_page(made: World) -> None:
    earlier = made.adopted()
    version = actions.open_draft(actor=made.actor("it_lead", TODAY), now=at(TODAY), first_year=2027)
    key = line_of(earlier).line_key
    address = place(made, "plan-check", version.pk)
    assert f"roll-{key}" in text_of(made.client("it_lead").get(address))
    empty = post(made, "it_lead", address, verb="roll", **{f"roll-{key}": "1", f"reason-{key}": ""})
    assert empty.status_code == 422
    done = post(made, "it_lead", address, verb="roll", **{f"roll-{key}": "1", f"reason-{key}": "Forsinket."})
    assert done.status_code == 302
    assert line_of(version).rolled_reason == "Forsinket."
    measure = place(made, "plan-measure", version.pk, line_of(version).pk)
    assert "Ført videre fra forrige plan" in text_of(made.client("it_lead").get(measure))


def test_municipalities_are_asked_and_answer_for_themselves(made: World) -> None:
    version = made.draft()
    row = line_of(version)
    address = place(made, "plan-participation", version.pk, row.pk)
    both = [str(made.organisations[slot].pk) for slot in ("birkenes", "lillesand")]
    assert post(made, "it_lead", address, verb="ask", deadline="01.09.2026", organisations=both).status_code == 302
    answer = {"verb": "answer", "organisation": both[0], "answer": "join"}
    assert post(made, OFFICER, address, **answer).status_code == 302
    assert post(made, OFFICER, address, **{**answer, "organisation": both[1]}).status_code == 403
    other = {"verb": "answer", "organisation": both[1], "answer": "reserve"}
    assert post(made, "budget_officer:lillesand", address, **other).status_code == 302
    page = text_of(made.client("unit_manager").get(address))
    assert "Reserverer seg" in page
    assert "100 %" in page
    contract = {"verb": "contract", "contract_on": "01.06.2026", "_version": "1"}
    assert post(made, "it_lead", address, **contract).status_code == 302
    assert post(made, "budget_officer:lillesand", address, **{**other, "answer": "join"}).status_code == 403


def budget_file(rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("budsjett.csv", f"Tiltak;Kommune;År;Beløp\n{rows}".encode(), "text/csv")


def test_the_adopted_budget_is_previewed_and_then_entered(made: World) -> None:
    version = made.adopted(made.line("Meldinger"), made.line("Bare her", slots=("birkenes",)))
    address = place(made, "plan-adopted-budget", version.pk)
    assert made.client("unit_manager").get(address).status_code == 403
    rows = "Bare her;Birkenes;2026;400000\nSvømmehall;Birkenes;2026;9\n"
    answer = post(made, OFFICER, address, verb="preview", unit="1", file=budget_file(rows))
    page = text_of(answer)
    assert answer.status_code == 200
    assert "I planen, uten penger" in page
    assert "Penger uten tiltak" in page
    assert queries.budget_of(version.plan) == {}
    wrong = post(made, OFFICER, address, verb="preview", unit="1", file=budget_file("Bare her;Oslo;2026;1\n"))
    assert wrong.status_code == 422
    assert "Rad 2: «Oslo»" in text_of(wrong)
    table = '[["Bare her", "Lillesand", 2026, 400000, 2]]'
    assert post(made, OFFICER, address, verb="take", table=table).status_code == 403
    only = made.client(OFFICER)
    assert only.post(address, {"verb": "take", "table": "tull", "_key": "t"}).status_code == 422


def test_the_budget_of_one_municipality_is_entered_by_its_officer(made: World) -> None:
    version = made.adopted(made.line("Felles"), made.line("Bare her", slots=("birkenes",)))
    address = place(made, "plan-adopted-budget", version.pk)
    table = '[["Bare her", "Birkenes", 2026, 300000, 2]]'
    assert post(made, OFFICER, address, verb="take", table=table).status_code == 302
    budget = queries.budget_of(version.plan)
    joint, own = queries.lines_of(version)
    (entry,) = budget[own.line_key, 2026]
    assert (entry.state, entry.amount) == ("partly", 300_000)
    assert [(item.state, str(item.organisation)) for item in budget[joint.line_key, 2026]] == [("refused", "Birkenes")]


def test_a_measure_tells_effort_benefit_and_purchase_date(made: World) -> None:
    version = made.draft()
    row = line_of(version)
    given = {
        "title": row.title, "owner": "IT-leder", "argument": "Trengs", "cost_key": "per_capita", "benefit": "Spart tid",
        "organisations": [str(made.organisations[slot].pk) for slot in ("birkenes", "lillesand")],
        "purchase_on": "01.10.2026", "effort-2026": "120", "_version": "1", "cost-2026-operating-operating_budget": "5",
    }  # fmt: skip
    address = place(made, "plan-line-edit", version.pk, row.pk)
    assert post(made, "it_lead", address, **{**given, "effort-2026": "mye"}).status_code == 422
    assert post(made, "it_lead", address, **given).status_code == 302
    page = text_of(made.client("it_lead").get(place(made, "plan-measure", version.pk, row.pk)))
    for words in ("Spart tid", "01.10.2026", "2026: 120"):
        assert words in page
    assert "120" in text_of(made.client("it_lead").get(address))


def fill(made: World, version: PlanVersion, count: int) -> None:
    costs = (Cost(2026, "operating", "operating_budget", 1_000), Cost(2026, "investment", "loan", 1_000))
    for number in range(count):
        made.add(version, made.line(f"Tiltak {number}", costs=costs))
        actions.write_grant(
            actor=made.actor("it_lead"), now=at(TODAY), plan_id=version.plan_id,
            values=GrantValues("DigiFin", f"Søknad {number}", 2026, 1),
        )  # fmt: skip
        actions.nominate(
            actor=made.actor("it_lead"), now=at(TODAY), plan_id=version.plan_id, source="loan", year=2026,
            title=f"Prosjekt {number}", nominated_by="Helse",
        )  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_the_number_of_queries_does_not_grow(made: World, name: str) -> None:
    version = made.draft()
    fill(made, version, 1)
    client = made.client("it_lead")

    def asked(ask: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert ask().status_code == 200
        return len(seen)

    def ask() -> Any:
        return client.get(place(made, f"plan-{name}", version.pk))

    asked(ask)
    few = asked(ask)
    version.refresh_from_db()
    for number in range(8):
        made.add(version, made.line(f"Nytt {number}"))
    assert asked(ask) == few
