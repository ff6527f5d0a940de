"""What the national committee keeps to live up to its mandate, on the shipped model (walk W2, 7, 13, 14, 16, 17 and 18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.organisations.tests.factories import make_organisation
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.mandates import actions, queries
from samstyr.procedure.mandates.models import LedgerEntry, LedgerNote, LedgerOrder
from samstyr.procedure.mandates.queries import serving
from samstyr.procedure.mandates.rules import EntryValues, months_after, spread_on
from samstyr.procedure.matters.rules import MatterValues
from samstyr.procedure.meetings import actions as meetings

from .du_world import TODAY, Du, at, committee_of_the_regions, waiting
from .test_d_cases import ASKED, sent, treated

POSITION = EntryValues(
    "Felles innlogging for innbyggere", answers={"mottaker": "Departementet", "posisjon": "Én innlogging.", "utgave": "1"},
    tags=("brukere:innbyggere", "tjenestekjede:barn"),
)  # fmt: skip
OBSTACLE = EntryValues(
    "Krav om signatur på papir",
    answers={"lov": "En forskrift", "problem": "Skjema må skrives ut.", "adressat": "En etat"},
)
STANDARD = EntryValues(
    "Adresser", answers={"standard": "Adressestandarden", "utgave": "2", "avsender": "Utvalget", "mottaker": "En etat"}
)


@pytest.fixture
def du(db: None) -> Iterator[Du]:
    with committee_of_the_regions() as ready:
        yield ready


@pytest.fixture
def browser(du: Du, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    return du.client()


def entry(du: Du, ledger: str, values: EntryValues, who: str = "sekretariat", **more: Any) -> LedgerEntry:
    row: LedgerEntry = actions.add(**du.by(who), ledger=ledger, values=values, **more)
    return row


def moved(du: Du, row: LedgerEntry, to: str, hour: int = 10, **more: Any) -> LedgerEntry:
    done: LedgerEntry = actions.move(**du.by(hour=hour), entry_id=row.pk, version=row.version, to=to, **more)
    return done


def text_of(browser: Any, du: Du, rest: str, status: int = 200) -> str:
    answer = browser.get(du.address(rest))
    assert answer.status_code == status, answer.status_code
    text: str = answer.content.decode()
    return text


class TestServing:
    def test_d_05_d_10_cases_by_purpose_and_assignment_and_what_none_serves(self, du: Du, browser: Any) -> None:
        case, other = sent(du), sent(du, replace(ASKED, title="Felles arkiv", goals=()))
        actions.tag_case(**du.by(), case_id=case.pk, tags=["formal:samordning", "formal:tjenester"])
        by_key = {use.tags.key: use for use in serving.uses(du.actor(), TODAY)}
        purposes, assignments = by_key["formal"], by_key["oppdrag"]
        assert {use.value.key: len(use.cases) for use in purposes.uses if use.cases} == {
            "samordning": 1,
            "tjenester": 1,
        }
        assert purposes.without == {other.pk}
        # The matter's goal is the Landsting's third assignment, and counts without anybody tagging it again.
        assert [len(use.cases) for use in assignments.uses] == [0, 0, 1, 0]
        assert [value.key for value in assignments.unserved] == ["1", "2", "4"]
        actions.tag_case(**du.by(), case_id=other.pk, tags=["oppdrag:1", "oppdrag:2"])
        assert [value.key for value in serving.uses(du.actor(), TODAY, "oppdrag")[0].unserved] == ["4"]
        page = text_of(browser, du, "oversikter/merker/")
        assert "Ingen saker tjener dette" in page
        assert "Gitt av Landstinget i KS i 2020." in page
        listed = text_of(browser, du, "saker/?merke=formal:tjenester")
        assert "Felles innlogging" in listed
        assert "Felles arkiv" not in listed
        assert "Felles arkiv" in text_of(browser, du, "saker/?merke=formal:")

    def test_d_10_each_task_of_the_body_is_tied_to_an_assignment(self, du: Du, browser: Any) -> None:
        tags = serving.set_on("oppdrag", TODAY)
        assert tags is not None
        assert sorted(one.task for one in tags.serves) == [1, 2, 3, 4, 5]
        assert "Er pådriver for felles løsninger for kommunal sektor: 3. Pådriver" in text_of(
            browser, du, "oversikter/merker/"
        )

    def test_who_serves_the_body_tags_and_members_do_not(self, du: Du, browser: Any) -> None:
        case = sent(du)
        with pytest.raises(Refused):
            actions.tag_case(**du.by("trondelag"), case_id=case.pk, tags=["formal:tjenester"])
        with pytest.raises(Invalid):
            actions.tag_case(**du.by(), case_id=case.pk, tags=["formal:ukjent"])
        address = du.address(f"saker/{case.pk}/merker/")
        answer = browser.post(address, {"tags_formal": ["formal:forankring"], "tags_brukere": ["brukere:naringsliv"]})
        assert answer.status_code == 303, answer.content
        page = text_of(browser, du, f"saker/{case.pk}/")
        assert "Forankring og oppfølging" in page
        assert "Næringsliv" in page
        assert "Følger allerede av målene i saken: 3. Pådriver" in text_of(browser, du, f"saker/{case.pk}/merker/")
        browser.post(address, {"tags_formal": ["formal:tjenester"]})
        assert serving.stored_tags(case) == ["formal:tjenester"]


class TestPositions:
    def test_d_06_d_07_a_position_from_draft_to_delivered_with_its_tags(self, du: Du, browser: Any) -> None:
        case, row = sent(du), entry(du, "posisjoner", POSITION)
        assert (row.state, row.number) == ("utkast", 1)
        with pytest.raises(Invalid):
            moved(du, row, "overlevert", note="Sendt.")
        with pytest.raises(Invalid) as missing:
            moved(du, row, "vedtatt")
        assert {error.field for error in missing.value.errors} == {"decided_by", "decided_on"}
        row = moved(
            du,
            row,
            "vedtatt",
            decided_by="Digitaliseringsutvalget",
            decided_on=TODAY - timedelta(days=1),
            case_id=case.pk,
        )
        with pytest.raises(Invalid):
            moved(du, row, "overlevert")
        row = moved(du, row, "overlevert", hour=11, note="Sendt departementet.")
        actions.note(**du.by(hour=12), entry_id=row.pk, kind="resultat", on=TODAY, text="Fulgt opp i ny strategi.")
        assert [one.state or one.kind for one in queries.notes_of(row)] == ["resultat", "overlevert", "vedtatt"]
        page = text_of(browser, du, f"oversikter/oppfoering/{row.pk}/")
        for said in (
            "Departementet",
            "Digitaliseringsutvalget",
            "Overlevert",
            "Innbyggere",
            "Få barn",
            "Fulgt opp i ny",
        ):
            assert said in page, said
        entry(du, "posisjoner", replace(POSITION, title="Uten merker", tags=()))
        listed = text_of(browser, du, "oversikter/posisjoner/?merke=tjenestekjede:barn")
        assert "Felles innlogging for innbyggere" in listed
        assert "Uten merker" not in listed

    def test_two_who_move_the_same_entry_get_one_state(self, du: Du) -> None:
        row = entry(du, "posisjoner", POSITION)
        decided: dict[str, Any] = {"decided_by": "Utvalget", "decided_on": TODAY}
        moved(du, row, "vedtatt", **decided)
        with pytest.raises(Conflict):
            actions.move(**du.by(), entry_id=row.pk, version=1, to="vedtatt", **decided)
        assert LedgerNote.objects.filter(entry=row).count() == 1


class TestFollowing:
    def test_d_08_overdue_initiatives_stand_on_the_agenda(self, du: Du, browser: Any) -> None:
        owner = du.people["trondelag"].pk
        late = EntryValues("Nettverk for arkiv", owner=owner, next_action="Kalle inn", due_on=TODAY - timedelta(days=3))
        row = entry(du, "initiativ", late, who="trondelag")
        entry(du, "initiativ", replace(late, title="Har god tid", due_on=TODAY + timedelta(days=3)))
        with pytest.raises(Invalid):
            entry(du, "initiativ", replace(late, owner=None))
        assert [one.pk for one in queries.overdue_for("du", TODAY)] == [row.pk]
        day = casework.plan_meeting(**du.by(), body="du", held_on=TODAY + timedelta(days=20))
        meeting = meetings.prepare_meeting(**du.by(), day_id=day.pk)
        page = text_of(browser, du, f"moeter/{meeting.pk}/")
        assert "Over fristen i oversiktene" in page
        assert "Nettverk for arkiv" in page
        assert "Har god tid" not in page
        assert page.index("Over fristen i oversiktene") < page.index('id="saksliste"')
        assert "Nettverk for arkiv" in du.client("trondelag").get(du.address("")).content.decode()
        assert "Nettverk for arkiv" not in du.client("agder").get(du.address("")).content.decode()
        moved(du, row, "ferdig", note="Nettverket møtes.")
        assert "Nettverk for arkiv" not in du.client("trondelag").get(du.address("")).content.decode()
        assert queries.overdue_for("du", TODAY) == []


class TestAppointments:
    def test_d_12_vacancies_and_expiries_are_listed(self, du: Du, browser: Any) -> None:
        kind = {"slag": "Utvalg"}
        home = du.people["trondelag"].organisation_id
        held = EntryValues(
            "Standardiseringsrådet", answers=kind, holder="Digitaliseringssjef", organisation=home, starts_on=date(2019, 1, 1),
            ends_on=months_after(TODAY, 3),
        )  # fmt: skip
        ending = entry(du, "representasjon", held, who="omradedirektor")
        entry(du, "representasjon", replace(held, title="Langt fram", ends_on=months_after(TODAY, 30)))
        over = entry(du, "representasjon", replace(held, title="Over", ends_on=TODAY - timedelta(days=1)))
        vacant = entry(du, "representasjon", EntryValues("Ledig verv", answers=kind))
        assert {row.pk for row in queries.watched(_ledger("representasjon"), TODAY)} == {ending.pk, over.pk, vacant.pk}
        page = text_of(browser, du, "oversikter/representasjon/")
        for said in ("Går ut snart", "Har gått ut", "Ledig"):
            assert said in page, said
        shown = text_of(browser, du, "oversikter/representasjon/?tilstand=watch")
        assert "Langt fram" not in shown.split('id="rows"')[1]
        moved(du, vacant, "nedlagt", note="Utvalget er lagt ned.")
        assert vacant.pk not in {row.pk for row in queries.watched(_ledger("representasjon"), TODAY)}
        for wrong, field in (
            ({"ends_on": date(2018, 1, 1)}, "ends_on"), ({"holder": ""}, "holder"), ({"starts_on": None}, "starts_on"),
        ):  # fmt: skip
            with pytest.raises(Invalid) as fault:
                entry(du, "representasjon", replace(held, **wrong))
            assert field in {error.field for error in fault.value.errors}

    def test_an_appointment_has_who_decided_it(self, du: Du) -> None:
        row = entry(du, "representasjon", EntryValues("Et verv", answers={"slag": "Råd"}))
        with pytest.raises(Invalid):
            moved(du, row, "oppnevnt", decided_by="KS", decided_on=TODAY + timedelta(days=1))
        row = moved(du, row, "oppnevnt", decided_by="KS", decided_on=TODAY)
        assert (row.decided_by, row.decided_on) == ("KS", TODAY)


def _ledger(key: str) -> Any:
    found = queries.ledger_on(key, TODAY)
    assert found is not None
    return found


class TestCommonSolutions:
    def test_d_13_spread_by_state_region_and_over_time(self, du: Du, browser: Any) -> None:
        row = entry(du, "losninger", EntryValues("Felles søknad", tags=("brukere:innbyggere",)))
        assert queries.regions(_ledger("losninger"), TODAY) == ["Agder", "Nordland", "Trøndelag"]

        def told(region: str, on: date, total: int, *numbers: int) -> None:
            counts = dict(zip(("besluttet", "i-bruk", "ikke-planlagt"), numbers, strict=True))
            actions.count(**du.by(), entry_id=row.pk, region=region, on=on, total=total, counts=counts)

        told("Trøndelag", date(2022, 1, 10), 38, 4, 2, 20)
        told("Agder", date(2022, 2, 1), 25, 5, 10, 5)
        told("Trøndelag", date(2022, 2, 20), 38, 6, 12, 10)
        states = ["besluttet", "i-bruk", "ikke-planlagt"]
        rows, total = spread_on(states, queries.counts_of(row), TODAY)
        assert [(one.region, one.numbers, one.unknown) for one in rows] == [
            ("Agder", (5, 10, 5), 5), ("Trøndelag", (6, 12, 10), 10),
        ]  # fmt: skip
        assert (total.total, total.numbers) == (63, (11, 22, 15))
        assert spread_on(states, queries.counts_of(row), date(2022, 1, 31))[1].numbers == (4, 2, 20)
        page = text_of(browser, du, f"oversikter/oppfoering/{row.pk}/")
        assert "22 (34,9" in page
        assert "Over tid" in page
        for wrong in (
            ("Trøndelag", TODAY, 38, 30, 8, 1),
            ("Oslo", TODAY, 1, 1, 0, 0),
            ("Agder", date(2030, 1, 1), 25, 1, 1, 1),
        ):
            with pytest.raises(Invalid):
                told(*wrong)  # type: ignore[arg-type]

    def test_d_22_d_23_an_order_in_versions_with_who_was_asked(self, du: Du, browser: Any) -> None:
        networks = [make_organisation(f"Nettverk {number}", f"n{number}", kind="network") for number in range(10)]
        rows = [entry(du, "losninger", EntryValues(f"Løsning {number}")) for number in range(5)]
        keys = [row.pk for row in rows]
        actions.order(**du.by(), ledger="losninger", entries=keys, reason="Først slik.")
        asked = {
            one.pk: (date(2022, 1, 10), date(2022, 2, 1) if place < 7 else None)
            for place, one in enumerate(networks[:8])
        }
        row = actions.order(
            **du.by(),
            ledger="losninger",
            entries=[keys[4], *keys[:4]],
            reason="Nettverkene vil ha den først.",
            asked=asked,
        )
        assert row.number == 2
        page = text_of(browser, du, "oversikter/losninger/rekkefoelge/")
        newest = page[: page.index("Utgave 1,")]
        assert "Ikke spurt" in newest
        assert "Nettverk 8, Nettverk 9" in newest
        assert "Spurt, ikke svart: Nettverk 7" in " ".join(newest.split())
        assert "var nr. 5" in newest
        assert "Nettverkene vil ha den først." in newest
        for wrong in ({"entries": keys[:4]}, {"reason": " "}, {"asked": {networks[0].pk: (None, TODAY)}}):
            with pytest.raises(Invalid):
                actions.order(**{**du.by(), "ledger": "losninger", "entries": keys, "reason": "Ny.", **wrong})
        with pytest.raises(NotFound):
            actions.order(**du.by(), ledger="posisjoner", entries=[], reason="Ny.")
        with pytest.raises(Refused):
            actions.order(**du.by("trondelag"), ledger="losninger", entries=keys, reason="Ny.")
        assert LedgerOrder.objects.count() == 2
        actions.note(**du.by(), entry_id=keys[0], kind="rad", on=TODAY, text="Begynn i det små.")
        with pytest.raises(Conflict):
            actions.remove(**du.by(), entry_id=keys[1])

    def test_the_order_is_given_by_numbers_alone(self, du: Du, browser: Any) -> None:
        rows = [entry(du, "losninger", EntryValues(f"Løsning {number}")) for number in range(3)]
        network = make_organisation("Nettverk", "nettet", kind="network")
        address = du.address("oversikter/losninger/rekkefoelge/")
        places = {f"place_{row.pk}": place for row, place in zip(rows, (2, 2, 1), strict=True)}
        assert browser.post(address, {**places, "reason": "Slik."}).status_code == 422
        places[f"place_{rows[1].pk}"] = 3
        days = {f"asked_{network.pk}": "2022-02-01", f"answered_{network.pk}": "2022-02-10"}
        assert browser.post(address, {**places, **days, "reason": "Slik."}).status_code == 303
        saved = LedgerOrder.objects.get()
        assert saved.entries == [str(rows[place].pk) for place in (2, 0, 1)]
        assert saved.inputs[0]["answered"] == "2022-02-10"


class TestImportantProjects:
    def test_d_14_with_reason_who_decided_and_the_support_given(self, du: Du, browser: Any) -> None:
        row = entry(du, "prosjekter", EntryValues("Felles plan for arkiv", answers={"grunn": "Angår alle kommuner."}))
        with pytest.raises(Invalid):
            entry(du, "prosjekter", EntryValues("Uten grunn"))
        moved(du, row, "viktig", decided_by="Digitaliseringsutvalget", decided_on=TODAY)
        for kind in ("rad", "finansiering", "ressurs"):
            actions.note(**du.by(), entry_id=row.pk, kind=kind, on=TODAY, text=f"Støtte: {kind}.")
        with pytest.raises(Invalid):
            actions.note(**du.by(), entry_id=row.pk, kind="ukjent", on=TODAY, text="Nei.")
        page = text_of(browser, du, f"oversikter/oppfoering/{row.pk}/")
        for said in ("Angår alle kommuner.", "Anbefalt finansiering", "Støtte: ressurs.", "Digitaliseringsutvalget"):
            assert said in page, said


class TestRegulationAndStandards:
    def test_d_15_an_obstacle_with_the_cases_that_showed_it(self, du: Du, browser: Any) -> None:
        case = sent(du)
        row = entry(du, "regelverk", replace(OBSTACLE, cases=(case.pk,)), who="trondelag")
        page = text_of(browser, du, f"oversikter/oppfoering/{row.pk}/")
        assert "En forskrift" in page
        assert "Felles innlogging" in page
        saved = actions.save(**du.by("trondelag"), entry_id=row.pk, version=1, values=replace(OBSTACLE, title="Papir"))
        assert (saved.title, saved.cases.count()) == ("Papir", 0)
        moved(du, saved, "sendt", note="Brev til etaten.")
        with pytest.raises(Refused):
            actions.save(**du.by("trondelag"), entry_id=row.pk, version=3, values=OBSTACLE)

    def test_d_16_input_to_a_standard_has_version_sender_recipient_and_result(self, du: Du) -> None:
        with pytest.raises(Invalid) as missing:
            entry(du, "standarder", EntryValues("Adresser"))
        assert len(missing.value.errors) == 4
        row = entry(du, "standarder", STANDARD)
        row = moved(du, moved(du, row, "sendt", note="Sendt."), "delvis", note="To av tre forslag.")
        assert row.state == "delvis"
        assert [one.ledger.key for one in queries.summaries(TODAY) if one.entries] == ["standarder"]


class TestAdvice:
    def test_d_24_d_25_the_portfolio_is_read_and_comments_become_advice(self, du: Du, browser: Any) -> None:
        part = entry(du, "portefolje", EntryValues("Meldingstjenesten", answers={"fiks": "ja"}))
        part = moved(du, part, "drift")
        with pytest.raises(Refused):
            actions.save(**du.by("trondelag"), entry_id=part.pk, version=part.version, values=EntryValues("Endret"))
        member = du.client("trondelag")
        page = member.get(du.address(f"oversikter/oppfoering/{part.pk}/")).content.decode()
        assert "I drift" in page
        assert "Gi råd om dette" in page
        assert "Ny tilstand" not in page
        assert f"{part.pk}/rediger/" not in page
        address = du.address(f"oversikter/oppfoering/{part.pk}/raad/")
        assert member.post(address, {"title": "Prøv i små kommuner"}).status_code == 422
        given = {"title": "Prøv i små kommuner", "answer_niva": "Oppfølging", "answer_enhet": "Fiks"}
        assert member.post(address, given).status_code == 303
        advice = LedgerEntry.objects.get(ledger="rad")
        assert (advice.about_id, advice.answers["niva"]) == (part.pk, "Oppfølging")
        moved(du, advice, "besvart", note="Det gjør vi fra høsten.")
        read = text_of(browser, du, f"oversikter/oppfoering/{advice.pk}/")
        assert "Det gjør vi fra høsten." in read
        assert "Meldingstjenesten" in read
        assert "Prøv i små kommuner" in text_of(browser, du, f"oversikter/oppfoering/{part.pk}/")
        with pytest.raises(Invalid):
            entry(du, "standarder", STANDARD, about_id=part.pk)


class TestCompetence:
    def test_d_37_what_nobody_knows_is_reported(self, du: Du, browser: Any) -> None:
        known = {"trondelag": ["ledelse", "samstyring"], "nordland": ["losninger"], "agder": ["regelverk"]}
        for who, keys in known.items():
            actions.note_competence(**du.by(), body="du", person_id=du.people[who].pk, competences=keys)
        found = serving.competence_of("du", TODAY)
        assert [one.key for one in found.uncovered] == ["arkitektur"]
        assert [person.name for person in found.holders("losninger")] == ["nordland"]
        assert "Ingen av medlemmene har denne kompetansen" in text_of(browser, du, "organisasjon/organer/du/")
        address = du.address("oversikter/kompetanse/du/")
        person = str(du.people["agder"].pk)
        answer = browser.post(address, {"person": person, "competences": ["regelverk", "arkitektur"]})
        assert answer.status_code == 303
        assert serving.competence_of("du", TODAY).uncovered == ()
        assert "Organet har den kompetansen" in text_of(browser, du, "oversikter/kompetanse/du/")
        with pytest.raises(Refused):
            actions.note_competence(**du.by("trondelag"), body="du", person_id=du.people["agder"].pk, competences=[])
        for wrong in ({"person_id": du.people["sekretariat"].pk}, {"competences": ["ukjent"]}):
            given = {"person_id": du.people["agder"].pk, "competences": [], **wrong}
            with pytest.raises(Invalid):
                actions.note_competence(**du.by(), body="du", **given)


class TestStructure:
    def test_d_11_a_change_of_the_structure_is_a_case_with_the_networks_heard(self, du: Du) -> None:
        change = MatterValues(
            path="struktur", title="Nettverkene får møterett", background="De spør.", question="Skal de møte?", goals=("o1",),
            requested_by="KS", requested_on=date(2022, 2, 1),
        )  # fmt: skip
        case = sent(du, change)
        row = waiting(case)
        assert (row.step, row.kind) == ("horing", "hearing")
        case = treated(du, case, "ferdig", "sekretariat")
        case = treated(du, case, "anbefalt", "du_leder", text="Anbefales.", decided_on=TODAY)
        case = treated(du, case, "vedtatt", "radet_leder", text="Vedtas.", decided_on=TODAY)
        assert case.outcome == "vedtatt"


class TestPages:
    def test_an_entry_is_written_moved_noted_and_taken_away(self, du: Du, browser: Any) -> None:
        assert "Felles posisjoner" in text_of(browser, du, "oversikter/")
        add = du.address("oversikter/posisjoner/ny/")
        assert browser.get(add).status_code == 200
        assert browser.post(add, {"title": ""}).status_code == 422
        given = {
            "title": "=1+1",
            "answer_mottaker": "Etaten",
            "answer_posisjon": "Slik.",
            "tags_brukere": ["brukere:innbyggere"],
        }
        assert browser.post(add, given).status_code == 303
        row = LedgerEntry.objects.get()
        here = f"oversikter/oppfoering/{row.pk}/"
        edited = browser.post(du.address(f"{here}rediger/"), {**given, "title": "=2+2", "_version": "1"})
        assert edited.status_code == 303
        assert browser.post(du.address(f"{here}rediger/"), {**given, "_version": "1"}).status_code == 409
        for rest in ("tilstand/", "notat/", "rediger/"):
            assert browser.get(du.address(here + rest)).status_code == 200
        for rest in ("utbredelse/", "raad/"):
            assert browser.get(du.address(here + rest)).status_code == 404
        sheet = load_workbook(BytesIO(browser.get(du.address("oversikter/posisjoner/liste.xlsx")).content)).active
        assert sheet is not None
        assert [cell.data_type for cell in sheet[2]].count("f") == 0
        assert "Posisjonen" in [cell.value for cell in sheet[1]]
        assert browser.post(du.address(f"{here}fjern/")).status_code == 303
        assert LedgerEntry.objects.count() == 0

    def test_counts_and_notes_are_given_in_the_browser(self, du: Du, browser: Any) -> None:
        row = entry(du, "losninger", EntryValues("Felles søknad"))
        here = du.address(f"oversikter/oppfoering/{row.pk}/")
        given = {"region": "Agder", "on": "2022-02-01", "total": "25", "count_besluttet": "20", "count_i-bruk": "5"}
        assert browser.post(f"{here}utbredelse/", {**given, "count_ikke-planlagt": "1"}).status_code == 422
        assert browser.post(f"{here}utbredelse/", {**given, "count_ikke-planlagt": "0"}).status_code == 303
        noted = browser.post(f"{here}notat/", {"kind": "rad", "on": "2022-02-01", "text": "Begynn i det små."})
        assert noted.status_code == 303
        assert browser.post(f"{here}tilstand/", {"to": "anbefalt", "_version": "1"}).status_code == 422
        decided = {"to": "anbefalt", "decided_by": "Utvalget", "decided_on": "2022-02-01", "_version": "1"}
        assert browser.post(f"{here}tilstand/", decided).status_code == 303
        assert "Begynn i det små." in text_of(browser, du, f"oversikter/oppfoering/{row.pk}/")

    def test_members_read_and_do_not_keep(self, du: Du, browser: Any) -> None:
        member = du.client("trondelag")
        row = entry(du, "posisjoner", POSITION)
        assert member.get(du.address("oversikter/posisjoner/ny/")).status_code == 403
        assert (
            member.post(du.address(f"oversikter/oppfoering/{row.pk}/tilstand/"), {"to": "vedtatt"}).status_code == 403
        )
        assert member.get(du.address("oversikter/finnes-ikke/")).status_code == 404

    def test_a_case_one_may_not_read_is_not_told(self, du: Du) -> None:
        case = sent(du)
        row = entry(du, "regelverk", replace(OBSTACLE, cases=(case.pk,)))
        reader = du.client("nettverk_leder")
        page = reader.get(du.address(f"oversikter/oppfoering/{row.pk}/")).content.decode()
        assert "Krav om signatur" in page
        assert "Felles innlogging" not in page

    def test_no_page_asks_more_when_there_is_more(self, du: Du, browser: Any) -> None:
        row = entry(du, "losninger", EntryValues("Felles søknad", tags=("brukere:innbyggere",)))
        case = sent(du)
        pages = [
            "oversikter/", "oversikter/losninger/", "oversikter/losninger/rekkefoelge/", "oversikter/merker/",
            f"oversikter/oppfoering/{row.pk}/", f"saker/{case.pk}/", "oversikter/initiativ/?tilstand=watch",
        ]  # fmt: skip

        def asked(rest: str) -> int:
            browser.get(du.address(rest))
            with CaptureQueriesContext(connection) as found:
                assert browser.get(du.address(rest)).status_code == 200
            return len(found)

        def more(count: int) -> None:
            actions.note(**du.by(), entry_id=row.pk, kind="rad", on=TODAY, text="Begynn i det små.")
            start = LedgerEntry.objects.count() + 1
            LedgerEntry.objects.bulk_create(
                LedgerEntry(
                    ledger=ledger, number=start + number, title=f"Nr. {number}", state=state, written_by=du.people["agder"],
                    owner=du.people["agder"], due_on=date(2022, 1, 1), tags=["brukere:innbyggere"],
                )
                for number in range(count)
                for ledger, state in (("losninger", "initiativ"), ("initiativ", "apent"))
            )  # fmt: skip
            actions.tag_case(**du.by(), case_id=case.pk, tags=["formal:tjenester", "brukere:innbyggere"])

        more(3)
        few = {rest: asked(rest) for rest in pages}
        more(60)
        many = {rest: asked(rest) for rest in pages}
        assert few == many
        assert max(many.values()) <= 90, many
