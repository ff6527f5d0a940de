"""The pages of the strategy: what they show, writing a draft from start to adoption, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from samstyr.foundation.kernel import clock
from samstyr.foundation.organisations.tests.factories import log_in
from samstyr.wheel.strategy import queries
from tests.requirements.places import Place, at, place

DAY = date(2019, 1, 15)
OWNER = "digitaliseringsleder"


@pytest.fixture
def gjovik(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A municipality with two goal trees that cross."""
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    with place("gjovik") as made:
        yield made


@pytest.fixture
def bronnoy(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A municipality with focus areas, directions and guidelines."""
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    with place("bronnoy") as made:
        yield made


def client_of(made: Place, role: str = OWNER) -> Client:
    made.actor(role, DAY)
    client: Client = log_in(
        Client(), next(person for name, person in made.people.items() if name.startswith(f"{role}:"))
    )
    return client


def slug(made: Place) -> str:
    return next(iter(made.organisations.values())).tenant.slug


def at_(made: Place, name: str, *keys: object) -> str:
    return reverse(name, args=[slug(made), *keys])


def shown(client: Client, made: Place, name: str, *keys: object, query: str = "") -> str:
    answer = client.get(at_(made, name, *keys) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return str(answer.content.decode())


def posted(client: Client, made: Place, page: str, /, *keys: object, status: int = 302, **given: Any) -> Any:
    answer = client.post(at_(made, page, *keys), given)
    assert answer.status_code in (status, 303 if status == 302 else status), answer.content.decode()[:3000]
    return answer


def test_the_models_own_strategy_is_read_before_any_is_adopted(gjovik: Place) -> None:
    client = client_of(gjovik, "prosjekteier")
    page = shown(client, gjovik, "strategy-overview")
    assert "slik den står i styringsmodellen" in page and "22 av 25 posisjoner" in page
    assert "Nytt utkast" not in page
    page = shown(client, gjovik, "strategy-crossing")
    for number in ("2.2", "3.1", "5.5"):
        assert f"<li>{number} " in page
    assert "Står i Strategisk plan for velferdsteknologi" in page
    page = shown(client, gjovik, "strategy-documents")
    assert "IKT-arkitektur i Gjøvik kommune" in page and "Administrativt dokument" in page and "Internt" in page
    page = shown(client, gjovik, "strategy-basis")
    assert "Slutter midt i perioden" in page and "Gjentar målene i" in page
    for name in (
        "strategy-goals",
        "strategy-print",
        "strategy-versions",
        "strategy-lost",
        "strategy-compare",
        "strategy-direction",
    ):
        shown(client, gjovik, name)
    page = shown(client, gjovik, "strategy-goal", "n2-5")
    assert "kan bare leses her" in page and "Strategisk plan for velferdsteknologi følges" in page
    page = shown(client, gjovik, "strategy-goal", "s7")
    assert "Nasjonale mål den svarer på" in page
    assert client.get(at_(gjovik, "strategy-goal", "finnes-ikke")).status_code == 404


def test_direction_and_basis_of_a_strategy_with_focus_areas(bronnoy: Place) -> None:
    client = client_of(bronnoy, "systemeier")
    page = shown(client, bronnoy, "strategy-direction")
    for words in ("Intern fokus og bruk", "<strong>8</strong>", "Satse på velferdsteknologi", "ikke bekreftet"):
        assert words in page
    assert [page.index(f"{number}. ") for number in (1, 2, 3, 4)] == sorted(
        page.index(f"{number}. ") for number in (1, 2, 3, 4)
    )
    page = shown(client, bronnoy, "strategy-basis")
    assert "Ikke knyttet til noe mål" in page and "Kommunestyrets eUtvalg" in page and "Lovpålagt" in page
    assert "0 mål, 1 tiltak" in page and "ikke i bruk" in page
    page = shown(client, bronnoy, "strategy-basis", query="?bindende=statutory")
    assert "Forvaltningsloven § 15 a" in page and "0 mål, 1 tiltak" not in page
    page = shown(client, bronnoy, "strategy-basis", query="?utgiver=KS&bindende=statutory")
    assert "Ingen kilder passer" in page
    page = shown(client, bronnoy, "strategy-goal", "g1-1")
    assert "Minst 99,7 %" in page
    assert "−50" in shown(client, bronnoy, "strategy-goal", "g3-4") or "-50" in shown(
        client, bronnoy, "strategy-goal", "g3-4"
    )
    assert "Kvalitet" in shown(client, bronnoy, "strategy-overview")


def test_goals_leave_as_excel(gjovik: Place) -> None:
    answer = client_of(gjovik).get(at_(gjovik, "strategy-export"))
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    text = "\n".join(str(row) for row in rows)
    assert "Kommunal sektor deler" not in text and "Innovasjonen i tjenestene har økt" in text
    assert sum("Lokal strategi" in str(row) for row in rows) == 19


def begun(client: Client, made: Place, beginning: str = "model") -> Any:
    posted(client, made, "strategy-start", beginning=beginning)
    return queries.open_version()


def test_a_draft_is_written_part_by_part_and_adopted(gjovik: Place) -> None:
    client = client_of(gjovik)
    shown(client, gjovik, "strategy-start")
    row = begun(client, gjovik)
    assert client.get(at_(gjovik, "strategy-start")).status_code == 302
    page = shown(client, gjovik, "strategy-draft", row.pk)
    assert "Før inn vedtak" in page and "Nasjonale mål, som bare kan leses her" in page
    posted(
        client,
        gjovik,
        "strategy-head",
        row.pk,
        title="Vår strategi",
        first_year=2019,
        last_year=2022,
        revision_months=12,
        owner=OWNER,
    )
    shown(client, gjovik, "strategy-goal-add", row.pk, query="?under=sm1")
    posted(client, gjovik, "strategy-goal-add", row.pk, under="sm1", text="Tjenestene er enklere", level="Delmål")
    shown(client, gjovik, "strategy-goal-edit", row.pk, "tjenestene-er-enklere")
    posted(
        client,
        gjovik,
        "strategy-goal-edit",
        row.pk,
        "tjenestene-er-enklere",
        text="Tjenestene er enkle",
        links=["n1-1"],
    )
    posted(client, gjovik, "strategy-goal-move", row.pk, "tjenestene-er-enklere", til="opp")
    shown(client, gjovik, "strategy-goal-move", row.pk, "sm1-1")
    posted(client, gjovik, "strategy-goal-move", row.pk, "sm1-1", parent="sm1-2")
    shown(client, gjovik, "strategy-goal-remove", row.pk, "sm1-3")
    posted(client, gjovik, "strategy-goal-remove", row.pk, "sm1-3", reason="Dekkes av et annet mål")
    row.refresh_from_db()
    content = queries.content_of(row)
    assert [goal.key for goal in content.goal("sm1").goals] == ["sm1-2", "tjenestene-er-enklere"]  # type: ignore[union-attr]
    assert content.goal("tjenestene-er-enklere").links == ("n1-1",)  # type: ignore[union-attr]
    for part in ("sources", "drivers", "gaps", "targets", "priorities", "documents", "focus_areas", "directions"):
        shown(client, gjovik, "strategy-part", row.pk, part)
        shown(client, gjovik, "strategy-row-add", row.pk, part)
    posted(client, gjovik, "strategy-row-add", row.pk, "gaps", goal="n2-2", reason="Ikke i denne perioden", owner=OWNER)
    posted(
        client, gjovik, "strategy-row-add", row.pk, "targets", name="Digitale skjemaer", goal="sm1", operator="at_least",
        value="60,5", unit="%", baseline_value="35", baseline_quality="measured", baseline_year=2018,
        milestones="2020: 45\n2021: 50,5",
    )  # fmt: skip
    shown(client, gjovik, "strategy-row-edit", row.pk, "targets", "digitale-skjemaer")
    posted(
        client, gjovik, "strategy-row-add", row.pk, "priorities", name="Helse",
        aims="Frigjorte ressurser; timer i året\nEn trygg hverdag",
    )  # fmt: skip
    shown(client, gjovik, "strategy-row-edit", row.pk, "priorities", "helse")
    posted(client, gjovik, "strategy-row-move", row.pk, "documents", "ikt-styring", til="opp")
    posted(client, gjovik, "strategy-row-remove", row.pk, "documents", "velferdsteknologi")
    row.refresh_from_db()
    content = queries.content_of(row)
    (target,) = content.targets
    assert (target.value, target.baseline.value, [one.value for one in target.milestones]) == (60.5, 35, [45, 50.5])  # type: ignore[union-attr]
    aims = content.priorities[-1].aims
    assert [(str(aim.name), str(aim.indicator or "")) for aim in aims] == [
        ("Frigjorte ressurser", "timer i året"),
        ("En trygg hverdag", ""),
    ]
    assert content.documents[0].key == "ikt-styring"
    assert all(item.key != "velferdsteknologi" for item in content.documents)
    assert content.gaps[0].goal == "n2-2"
    posted(client, gjovik, "strategy-history", row.pk)
    page = shown(client, gjovik, "strategy-history", row.pk)
    assert "Tilbake til" in page and "Gå tilbake hit" in page
    file = SimpleUploadedFile("mer.yaml", b"vision: En enklere hverdag\n")
    posted(client, gjovik, "strategy-load", row.pk, file=file)
    shown(client, gjovik, "strategy-fates", row.pk)
    page = shown(client, gjovik, "strategy-decide", row.pk)
    assert "ingen beslutningsvei" in page
    page = posted(
        client, gjovik, "strategy-decide", row.pk, status=422, body="Rådet", on="2019-01-10", reference="1"
    ).content
    assert "viser til «sm1-3», som ikke lenger finnes" in page.decode()
    posted(client, gjovik, "strategy-row-edit", row.pk, "drivers", "arbeidstakere", text="Færre hender", kind="economy")
    posted(client, gjovik, "strategy-decide", row.pk, status=422, body="Kommunestyret", on="2019-01-10", reference="")
    posted(client, gjovik, "strategy-decide", row.pk, body="Kommunestyret", on="2019-01-10", reference="5/19")
    page = shown(client, gjovik, "strategy-overview")
    assert "Vedtatt 10.01.2019 av Kommunestyret i sak 5/19" in page and "10.01.2020" in page
    assert "Vår strategi" in shown(client_of(gjovik, "prosjekteier"), gjovik, "strategy-detail", row.pk)
    posted(client, gjovik, "strategy-versions", assessment="God nok", proposals="Færre mål")
    assert "God nok" in shown(client, gjovik, "strategy-versions")


def test_a_revision_tells_what_is_changed_and_asks_why(gjovik: Place) -> None:
    client = client_of(gjovik)
    first = begun(client, gjovik)
    posted(client, gjovik, "strategy-decide", first.pk, body="Kommunestyret", on="2019-01-10", reference="5/19")
    row = begun(client, gjovik, "revise")
    posted(client, gjovik, "strategy-row-remove", row.pk, "strategies", "s14")
    assert "uten begrunnelse" in shown(client, gjovik, "strategy-draft", row.pk)
    assert "Tatt ut" in shown(client, gjovik, "strategy-fates", row.pk)
    answer = posted(client, gjovik, "strategy-decide", row.pk, status=422, body="x", on="2019-01-11", reference="y")
    assert "Skriv hvorfor" in answer.content.decode()
    shown(client, gjovik, "strategy-fate", row.pk, "s14")
    posted(client, gjovik, "strategy-fate", row.pk, "s14", reason="Det er gjort", lesson="Evaluering")
    posted(client, gjovik, "strategy-decide", row.pk, body="Kommunestyret", on="2019-01-12", reference="9/19")
    page = shown(client, gjovik, "strategy-detail", row.pk)
    assert "Fjernet lokal strategi" in page and "Det er gjort" in page
    page = shown(client, gjovik, "strategy-compare", query=f"?fra={first.pk}&til={row.pk}")
    assert "Fjernet lokal strategi" in page


def test_what_cannot_be_done_says_why(gjovik: Place) -> None:
    client = client_of(gjovik)
    posted(client, gjovik, "strategy-start", status=422, beginning="file")
    posted(
        client, gjovik, "strategy-start", status=422, beginning="file", file=SimpleUploadedFile("x.yaml", b"title: [\n")
    )
    posted(
        client, gjovik, "strategy-start", status=422, beginning="file", file=SimpleUploadedFile("x.yaml", b"\xff\xfe")
    )
    row = begun(client, gjovik)
    answer = posted(client, gjovik, "strategy-goal-edit", row.pk, "n1-1", status=403, text="Noe annet")
    assert "nasjonalt mål" in answer.content.decode()
    posted(client, gjovik, "strategy-head", row.pk, status=422, title="")
    posted(
        client,
        gjovik,
        "strategy-row-add",
        row.pk,
        "targets",
        status=422,
        name="X",
        operator="at_least",
        baseline_quality="unknown",
        milestones="snart",
    )
    assert client.get(at_(gjovik, "strategy-part", row.pk, "ukjent")).status_code == 404
    assert client.get(at_(gjovik, "strategy-row-edit", row.pk, "targets", "ukjent")).status_code == 404
    posted(client, gjovik, "strategy-load", row.pk, status=422, file=SimpleUploadedFile("x.yaml", b"goals: 7\n"))
    posted(client, gjovik, "strategy-head", row.pk, title="Ny tittel")
    posted(client, gjovik, "strategy-goal-add", row.pk, status=409, text="Nytt", _version="1")
    posted(client, gjovik, "strategy-discard", row.pk, status=422, reason="")
    posted(client, gjovik, "strategy-discard", row.pk, reason="Feil utgangspunkt")
    assert client_of(gjovik, "prosjekteier").get(at_(gjovik, "strategy-detail", row.pk)).status_code == 403


def test_phases_and_adoption_of_a_strategy_with_a_process(bronnoy: Place) -> None:
    client = client_of(bronnoy, "it_leder")
    row = begun(client, bronnoy)
    assert "Må avsluttes" in shown(client, bronnoy, "strategy-draft", row.pk)
    answer = posted(client, bronnoy, "strategy-phase", row.pk, "innstilling", status=422, on="2019-01-10")
    assert "«Høring» må være avsluttet først." in answer.content.decode()
    shown(client, bronnoy, "strategy-phase", row.pk, "horing")
    posted(client, bronnoy, "strategy-phase", row.pk, "horing", on="2019-01-10", note="Ni svar")
    page = shown(client, bronnoy, "strategy-head", row.pk)
    assert "Kommunestyrets vedtak i sak 48/13" in page and "Høring; må avsluttes" in page
    posted(
        client, bronnoy, "strategy-head", row.pk, title="Ny", first_year=2014, last_year=2017, mandate="sak 48/13",
        starts="2013-12-01", phases="Forberedelser\nHøring; må avsluttes",
    )  # fmt: skip
    row.refresh_from_db()
    process = queries.content_of(row).process
    assert process is not None and [phase.key for phase in process.phases] == ["forberedelser", "horing"]
    shown(client, bronnoy, "strategy-row-edit", row.pk, "focus_areas", "f1")
    posted(
        client,
        bronnoy,
        "strategy-row-edit",
        row.pk,
        "focus_areas",
        "f4",
        name="Digital forvaltning",
        order=4,
        cells=["plut", "vo1"],
    )
    row.refresh_from_db()
    cells = queries.content_of(row).focus_areas[3].cells
    assert [(cell.area, cell.confirmed, bool(cell.quote)) for cell in cells] == [
        ("plut", False, True),
        ("vo1", True, False),
    ]
    shown(client, bronnoy, "strategy-row-edit", row.pk, "sources", "ks")
    posted(
        client,
        bronnoy,
        "strategy-row-edit",
        row.pk,
        "sources",
        "ks",
        title="KS",
        tags="Helse og velferd\nKompetanse; på tvers\nNytt merke",
    )
    row.refresh_from_db()
    tags = next(item for item in queries.content_of(row).sources if item.key == "ks").tags
    assert [(tag.key, tag.kind) for tag in tags] == [
        ("helse-velferd", "sector"),
        ("kompetanse", "across"),
        ("nytt-merke", "sector"),
    ]


def test_an_overdue_revision_is_told(gjovik: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(gjovik)
    row = begun(client, gjovik)
    posted(client, gjovik, "strategy-head", row.pk, title="X", first_year=2019, revision_months=12)
    posted(client, gjovik, "strategy-decide", row.pk, body="Kommunestyret", on="2019-01-10", reference="5/19")
    monkeypatch.setattr(clock, "now", lambda: at(date(2020, 1, 20)))
    assert "for 10 dager siden" in shown(client_of(gjovik), gjovik, "strategy-overview")


def test_a_need_that_points_at_a_dropped_goal_is_listed_as_lost(gjovik: Place) -> None:
    draft = gjovik.draft(
        OWNER, DAY, 2020, gjovik.line("Klarspråk i alle brev", {2020: 100_000}, source="enhet", goals=("s4", "borte"))
    )
    gjovik.adopt(draft)
    client = client_of(gjovik)
    page = shown(client, gjovik, "strategy-lost")
    assert "borte" in page and "Klarspråk i alle brev" in page and "<h2>s4" not in page
    page = shown(client, gjovik, "strategy-goals", query="?vis=stotte")
    assert "Målene etter støtte" in page
    page = shown(client, gjovik, "strategy-goal", "s4")
    assert "Klarspråk i alle brev" in page and "100 000" in page.replace("\xa0", " ")


def test_more_versions_are_no_more_questions(gjovik: Place) -> None:
    client = client_of(gjovik)

    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as found:
            shown(client, gjovik, name)
        return len(found)

    def adopted(beginning: str, on: str) -> None:
        row = begun(client, gjovik, beginning)
        posted(client, gjovik, "strategy-decide", row.pk, body="Kommunestyret", on=on, reference="5/19")

    adopted("model", "2019-01-10")
    pages = ("strategy-overview", "strategy-goals", "strategy-crossing", "strategy-versions", "strategy-compare")
    shown(client, gjovik, pages[0])
    before = {name: asked(name) for name in pages}
    for on in ("2019-01-11", "2019-01-12", "2019-01-13"):
        adopted("revise", on)
    assert {name: asked(name) for name in pages} == before
