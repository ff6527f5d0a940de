"""Ledgers that serve goals: demands of others, what is tried, and what is shared, on the shipped models."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.procedure.mandates import actions, queries
from samstyr.procedure.mandates.models import LedgerEntry
from samstyr.procedure.mandates.rules import EntryValues
from samstyr.web.mandates.forms import EntryFilter
from samstyr.wheel.handovers.entry_to_need import raise_need
from samstyr.wheel.needs.models import Need

from .places import Place, at, place
from .workflow import browser, changed

DAY = date(2019, 1, 15)
KEEPER = {"gjovik": "digitaliseringsleder", "aurskog-holand": "digitaliseringssjef", "bronnoy": "it_leder"}


@pytest.fixture
def here(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    with place(request.param) as made:
        yield made


def of(bundle: str) -> Any:
    """The municipality that the test is about."""
    return pytest.mark.parametrize("here", [bundle], indirect=True)


def keeper(made: Place) -> str:
    return KEEPER[str(made.model.key)]


def entry(made: Place, ledger: str, title: str, day: date = DAY, **more: Any) -> LedgerEntry:
    row: LedgerEntry = actions.add(**made.by(keeper(made), day), ledger=ledger, values=EntryValues(title, **more))
    return row


def moved(made: Place, row: LedgerEntry, to: str, **more: Any) -> LedgerEntry:
    row.refresh_from_db()
    done: LedgerEntry = actions.move(
        **made.by(keeper(made), DAY), entry_id=row.pk, version=row.version, to=to, note="Slik er det.", **more
    )
    return done


def demand(made: Place, title: str, year: int = 2018, force: str = "Krav", **more: Any) -> LedgerEntry:
    return entry(made, "krav", title, answers={"ar": str(year), "bindende": force, "kilde": "rundskriv"}, **more)


def text_of(made: Place, rest: str, role: str = "", status: int = 200) -> str:
    client, start = browser(made, role or keeper(made), DAY)
    answer = client.get(start + rest)
    assert answer.status_code == status, (rest, answer.status_code)
    text: str = answer.content.decode()
    return text


class TestDemands:
    @of("aurskog-holand")
    def test_a_12_each_demand_has_a_state_an_owner_and_evidence(self, here: Place) -> None:
        boss = here.by(keeper(here), DAY)["actor"].person
        row = demand(here, "Bruk ID-porten", owner=boss, due_on=date(2019, 6, 1))
        moved(here, row, "delvis")
        row.refresh_from_db()
        actions.save(
            **here.by(keeper(here), DAY), entry_id=row.pk, version=row.version,
            values=EntryValues(row.title, answers={**row.answers, "bevis": "Tre av fire skjema"}, owner=boss, due_on=date(2019, 6, 1)),
        )  # fmt: skip
        page = text_of(here, f"oversikter/oppfoering/{row.pk}/")
        assert "Delvis oppfylt" in page and "Tre av fire skjema" in page and "Digitaliseringsrundskrivet" in page
        with pytest.raises(Invalid):
            entry(here, "krav", "Uten år", answers={"bindende": "Krav"})
        with pytest.raises(Invalid):
            entry(here, "krav", "Ukjent kilde", answers={"ar": "2018", "bindende": "Krav", "kilde": "ukjent"})

    @of("aurskog-holand")
    def test_a_12_what_is_open_is_carried_on_to_the_next_year_and_counted_once(self, here: Place) -> None:
        boss = here.by(keeper(here), DAY)["actor"].person
        half = moved(here, demand(here, "Bruk ID-porten", owner=boss, due_on=date(2018, 6, 1)), "delvis")
        moved(here, demand(here, "Ta i bruk digital postkasse"), "oppfylt")
        demand(here, "Følg anbefalingen", force="Anbefaling")
        assert len(queries.own_entries(here.actor(keeper(here), DAY), DAY)) == 1
        made = actions.carry(**here.by(keeper(here), DAY), ledger="krav", year=2019)
        assert [(row.title, row.state, row.answers["ar"], row.about_id is not None) for row in made] == [
            ("Bruk ID-porten", "delvis", "2019", True),
            ("Følg anbefalingen", "uvurdert", "2019", True),
        ]
        assert (made[0].due_on, made[0].owner_id, made[0].number) == (date(2019, 6, 1), boss, 4)
        # The year before stands as it was, and is nothing to look at any more.
        half.refresh_from_db()
        assert (half.state, half.answers["ar"]) == ("delvis", "2018")
        [summary] = queries.summaries(DAY, goal="dm4")
        assert (summary.entries, summary.open, summary.binding, summary.watched) == (5, 2, 1, 1)
        assert [row.pk for row in queries.own_entries(here.actor(keeper(here), DAY), DAY)] == [made[0].pk]
        assert "Ført videre" in text_of(here, f"oversikter/oppfoering/{half.pk}/")
        assert "Ført videre fra" in text_of(here, f"oversikter/oppfoering/{made[0].pk}/")
        with pytest.raises(Conflict):
            actions.carry(**here.by(keeper(here), DAY), ledger="krav", year=2019)
        with pytest.raises(Conflict):
            actions.remove(**here.by(keeper(here), DAY), entry_id=half.pk)

    @of("aurskog-holand")
    def test_a_12_only_whoever_keeps_it_carries_on_and_only_where_there_are_years(self, here: Place) -> None:
        demand(here, "Bruk ID-porten")
        with pytest.raises(Refused):
            actions.carry(**here.by("sektorleder", DAY), ledger="krav", year=2019)
        with pytest.raises(Invalid):
            actions.carry(**here.by(keeper(here), DAY), ledger="krav", year=2025)
        with pytest.raises(NotFound):
            actions.carry(**here.by(keeper(here), DAY), ledger="fiks", year=2019)

    @of("aurskog-holand")
    def test_a_12_in_the_browser(self, here: Place) -> None:
        demand(here, "Bruk ID-porten")
        assert "1 oppføring fra tidligere år står åpen" in text_of(here, "oversikter/krav/")
        assert "oppføring fra tidligere år" not in text_of(here, "oversikter/krav/", "sektorleder")
        assert "Bruk ID-porten" in text_of(here, "oversikter/krav/foer-videre/")
        client, start = browser(here, keeper(here), DAY)
        assert client.post(f"{start}oversikter/krav/foer-videre/", {"year": "2030"}).status_code == 422
        done = client.post(f"{start}oversikter/krav/foer-videre/", {"year": "2019"})
        assert done.status_code == 303 and LedgerEntry.objects.count() == 2
        assert "1 oppføring er ført videre." in client.get(done.headers["Location"]).content.decode()
        listed = text_of(here, "oversikter/krav/?svar_ar=2019")
        assert listed.count("Bruk ID-porten</a>") == 1
        assert text_of(here, "oversikter/fiks/foer-videre/", status=404)

    @of("aurskog-holand")
    def test_n_039_an_unmet_demand_is_an_error_and_the_rest_are_warnings(self, here: Place) -> None:
        moved(here, demand(here, "Bruk ID-porten"), "ikke")
        moved(here, demand(here, "Følg anbefalingen", force="Anbefaling"), "ikke")
        ledger = queries.ledger_on("krav", DAY)
        assert ledger is not None
        marks = {row.title: queries.marks_of(row, ledger, DAY) for row in queries.listing(ledger, DAY, state="unmet")}
        assert marks == {"Bruk ID-porten": ("binding",), "Følg anbefalingen": ("unmet",)}
        assert "1 krav er ikke oppfylt" in text_of(here, "oversikter/krav/")
        assert "Kravene i digitaliseringsrundskrivet: 1 krav er ikke oppfylt" in text_of(here, "strategi/")
        narrowed = text_of(here, "oversikter/krav/?tilstand=unmet&svar_bindende=Anbefaling")
        assert "Følg anbefalingen</a>" in narrowed and "Bruk ID-porten</a>" not in narrowed

    @of("bronnoy")
    def test_n_052_n_054_a_guidance_is_assessed_and_used_with_how_it_is_taken_into_account(self, here: Place) -> None:
        answers = {"bindende": "Anbefaling", "virkeomrade": "Hele kommunen", "kilde": "ks", "fra": "2014-06-01"}
        row = entry(here, "foringer", "Digitalt førstevalg", answers={**answers, "hensyn": "Ligger i målene."})
        assert "Ikke vurdert" in text_of(here, f"oversikter/oppfoering/{row.pk}/")
        moved(here, row, "brukes")
        page = text_of(here, f"oversikter/oppfoering/{row.pk}/")
        assert "Vurdert og i bruk" in page and "Ligger i målene." in page and "01.06.2014" in page
        with pytest.raises(Invalid) as told:
            entry(here, "foringer", "Feil dag", answers={**answers, "fra": "i går"})
        assert [fault.field for fault in told.value.errors] == ["answer_fra"]

    @of("bronnoy")
    def test_n_075_recommendations_are_mapped_to_focus_areas_and_the_unmapped_are_shown(self, here: Place) -> None:
        entry(here, "anbefalinger", "Felles drift", answers={"kilde": "ks-kostnad", "satsing": "f1"})
        entry(here, "anbefalinger", "Felles innkjøp", answers={"kilde": "ks-kostnad"})
        listed = text_of(here, "oversikter/anbefalinger/?tilstand=watch")
        assert "Felles innkjøp</a>" in listed and "Mangler svar" in listed and "Felles drift</a>" not in listed
        assert "Felles drift</a>" in text_of(here, "oversikter/anbefalinger/?svar_satsing=f1")
        with pytest.raises(Invalid):
            entry(here, "anbefalinger", "Annet", answers={"kilde": "ks-kostnad", "satsing": "f9"})


class TestGoals:
    @of("gjovik")
    def test_a_goal_shows_its_ledgers_and_the_ledger_its_goal_and_who_keeps_it(self, here: Place) -> None:
        entry(here, "rpa", "Fakturamottak", answers={"egnethet": "høy"})
        page = text_of(here, "strategi/maal/s2/")
        assert "Prosesser som kan automatiseres" in page and "/oversikter/rpa/" in page
        listed = text_of(here, "oversikter/rpa/")
        assert "/strategi/maal/s2/" in listed and "Leder for digitalisering" in listed
        assert "Leder for digitalisering" in text_of(here, "oversikter/")

    @of("gjovik")
    def test_a_ledger_without_a_body_is_kept_by_its_roles_alone(self, here: Place) -> None:
        row = entry(here, "rpa", "Fakturamottak")
        assert text_of(here, "oversikter/rpa/ny/", "sektorleder", 403)
        assert text_of(here, f"oversikter/oppfoering/{row.pk}/tilstand/", "sektorleder", 403)
        assert "Fakturamottak" in text_of(here, "oversikter/rpa/", "sektorleder")
        assert moved(here, row, "ikke").state == "ikke"

    @of("gjovik")
    def test_g_43_candidates_have_volume_and_fit_and_are_picked_out_by_it(self, here: Place) -> None:
        entry(here, "rpa", "Fakturamottak", answers={"volum": "12000", "egnethet": "høy"})
        entry(here, "rpa", "Tilsynsrapport", answers={"egnethet": "lav"})
        listed = text_of(here, "oversikter/rpa/?svar_egnethet=h%C3%B8y")
        assert "Fakturamottak</a>" in listed and "Tilsynsrapport</a>" not in listed

    @of("gjovik")
    def test_g_48_a_dataset_has_licence_update_and_a_link(self, here: Place) -> None:
        values = {"lisens": "NLOD", "oppdateres": "daglig", "adresse": "https://data.norge.no/"}
        row = entry(here, "datasett", "Trafikktall", answers=values)
        assert 'href="https://data.norge.no/"' in text_of(here, f"oversikter/oppfoering/{row.pk}/")
        with pytest.raises(Invalid):
            entry(here, "datasett", "Støy", answers={"adresse": "javascript:alert(1)"})

    @of("gjovik")
    def test_g_49_an_experiment_ends_with_its_result(self, here: Place) -> None:
        row = entry(here, "forsok", "Sensorer i vannledninger", answers={"resultat": "Færre lekkasjer."})
        moved(here, row, "avsluttet")
        assert "Færre lekkasjer." in text_of(here, f"oversikter/oppfoering/{row.pk}/")

    @of("gjovik")
    def test_g_54_a_29_the_days_from_release_to_use(self, here: Place) -> None:
        row = entry(here, "piloter", "eSignering", answers={"lansert": "2018-12-01", "i-bruk-fra": "2019-01-10"})
        assert "40 dager" in text_of(here, f"oversikter/oppfoering/{row.pk}/")
        client, start = browser(here, keeper(here), DAY)
        sheet = load_workbook(BytesIO(client.get(f"{start}oversikter/piloter/liste.xlsx").content)).active
        heading, line = [[cell.value for cell in cells] for cells in sheet.iter_rows()][-2:]
        assert str(dict(zip(heading, line, strict=True))["Dager fra lansering til bruk"]) == "40"
        with pytest.raises(Invalid):
            entry(here, "piloter", "Baklengs", answers={"lansert": "2019-01-10", "i-bruk-fra": "2018-12-01"})

    @of("gjovik")
    def test_dates_are_written_and_shown_again_in_the_form(self, here: Place) -> None:
        client, start = browser(here, keeper(here), DAY)
        given = {"title": "eSignering", "answer_lansert": "2018-12-01", "answer_i-bruk-fra": ""}
        assert client.post(f"{start}oversikter/piloter/ny/", given).status_code == 303
        row = LedgerEntry.objects.get()
        assert row.answers == {"lansert": "2018-12-01"}
        page = client.get(f"{start}oversikter/oppfoering/{row.pk}/rediger/").content.decode()
        assert "2018-12-01" in page or "01.12.2018" in page

    @of("gjovik")
    def test_g_57_a_consultation_is_followed_up_until_it_is_answered(self, here: Place) -> None:
        boss = here.by(keeper(here), DAY)["actor"].person
        row = entry(
            here, "horinger", "Endring i forvaltningsloven", owner=boss, due_on=DAY - timedelta(days=1),
            answers={"avsender": "Et departement", "ar": "2019"},
        )  # fmt: skip
        assert "Over fristen" in text_of(here, "oversikter/horinger/")
        moved(here, row, "besvart")
        assert "Over fristen" not in text_of(here, "oversikter/horinger/")

    @of("gjovik")
    def test_g_58_g_61_contributions_and_shared_results(self, here: Place) -> None:
        moved(here, entry(here, "bidrag", "ID-porten", answers={"bidrag": "Testet for andre."}), "bidratt")
        row = entry(here, "delt", "Erfaringer med robot", answers={"arena": "Fagdag", "dato": "2018-11-02"})
        assert "02.11.2018" in text_of(here, f"oversikter/oppfoering/{row.pk}/")
        assert "Erfaringer med robot</a>" in text_of(here, "oversikter/delt/?svar_arena=Fagdag")
        with pytest.raises(Invalid):
            entry(here, "delt", "Uten arena")

    @of("gjovik")
    def test_g_55_an_exception_has_its_reason(self, here: Place) -> None:
        with pytest.raises(Invalid):
            entry(here, "unntak", "Byggesak")
        row = entry(here, "unntak", "Byggesak", answers={"grunn": "Store tegninger."})
        assert "Store tegninger." in text_of(here, f"oversikter/oppfoering/{row.pk}/")

    @of("aurskog-holand")
    def test_a_28_national_technology_is_watched_until_somebody_decides(self, here: Place) -> None:
        row = entry(here, "teknologi", "Felles journal", answers={"omrade": "helse"})
        with pytest.raises(Invalid):
            moved(here, row, "prove")
        moved(here, row, "prove", decided_by="Programstyret", decided_on=date(2019, 1, 10))
        page = text_of(here, f"oversikter/oppfoering/{row.pk}/")
        assert "Prøve ut" in page and "Programstyret" in page and "10.01.2019" in page

    @of("aurskog-holand")
    def test_a_14_guidance_is_narrowed_by_issuer_and_sector(self, here: Place) -> None:
        listed = text_of(here, "strategi/grunnlag/?sektor=Helse")
        assert "Én innbygger – én journal" in listed and "Digitaliseringsrundskrivet" not in listed
        assert "Føringer for digitalisering i opplæringen" in text_of(
            here, "strategi/grunnlag/?utgiver=Kunnskapsdepartementet"
        )

    @of("aurskog-holand")
    def test_a_26_the_strategy_says_which_part_was_taken_from_whom(self, here: Place) -> None:
        assert "Hentet fra: Digitaliseringsstrategien til Bærum kommune" in text_of(here, "strategi/")
        assert "Hentet fra" not in text_of(here, "strategi/retning/")
        changed(here, ("FIKS-samarbeidet, goals: [dm1-2]}", "FIKS-samarbeidet, goals: [dm1-2], source: baerum}"))
        assert "Hentet fra: Digitaliseringsstrategien til Bærum kommune" in text_of(here, "strategi/retning/")

    @of("gjovik")
    def test_queries_do_not_grow_with_the_entries(self, here: Place) -> None:
        entry(here, "rpa", "Nr. 0")
        client, start = browser(here, keeper(here), DAY)
        counted = []
        for number in range(2):
            client.get(f"{start}oversikter/rpa/")
            with CaptureQueriesContext(connection) as asked:
                client.get(f"{start}oversikter/rpa/")
                client.get(f"{start}strategi/maal/s2/")
            counted.append(len(asked))
            for more in range(8):
                entry(here, "rpa", f"Nr. {number} {more}", answers={"egnethet": "lav"})
        assert counted[0] == counted[1]

    @of("gjovik")
    def test_only_what_the_model_says_can_be_narrowed_by(self, here: Place) -> None:
        ledger = here.model.ledger("rpa")
        assert ledger is not None
        form = EntryFilter({}, ledger=ledger, sets=[], answers={})
        assert set(form.fields) == {"q", "tilstand", "svar_egnethet"}


class TestNeeds:
    @of("gjovik")
    def test_a_32_an_entry_becomes_a_need_and_each_shows_the_other(self, here: Place) -> None:
        row = entry(here, "rpa", "Fakturamottak", text="Mange like oppgaver.")
        client, start = browser(here, keeper(here), DAY)
        assert "Lag behov" in client.get(f"{start}oversikter/oppfoering/{row.pk}/").content.decode()
        done = client.post(f"{start}oversikter/oppfoering/{row.pk}/behov/")
        assert done.status_code == 303 and client.get(done.headers["Location"]).status_code == 200
        need = Need.objects.get()
        assert (need.title, need.need, need.state, list(need.goals)) == (
            "Fakturamottak", "Mange like oppgaver.", "draft", ["s2"],
        )  # fmt: skip
        assert f"/behov/{need.pk}/" in client.get(f"{start}oversikter/oppfoering/{row.pk}/").content.decode()
        page = client.get(f"{start}behov/{need.pk}/").content.decode()
        assert "Kommer fra" in page and f"/oversikter/oppfoering/{row.pk}/" in page
        with pytest.raises(Conflict):
            actions.remove(**here.by(keeper(here), DAY), entry_id=row.pk)

    @of("gjovik")
    def test_a_32_only_where_the_model_says_so_and_by_whoever_writes_needs(self, here: Place) -> None:
        row = entry(here, "datasett", "Trafikktall")
        with pytest.raises(Conflict):
            raise_need(**here.by(keeper(here), DAY), entry_id=row.pk)
        assert "Lag behov" not in text_of(here, f"oversikter/oppfoering/{row.pk}/")
        other = entry(here, "rpa", "Fakturamottak")
        with pytest.raises(Refused):
            raise_need(**here.by("ikt_leder", DAY), entry_id=other.pk)
        assert "Lag behov" not in text_of(here, f"oversikter/oppfoering/{other.pk}/", "ikt_leder")
