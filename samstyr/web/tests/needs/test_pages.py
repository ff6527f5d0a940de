"""The needs' pages: they render, they show only what one may see, and they lose no text."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samstyr.procedure.casework import actions as casework
from samstyr.wheel.needs import actions, queries
from samstyr.wheel.needs.models import Need, NeedState
from samstyr.wheel.needs.tests.factories import NOW, World

Browse = Callable[[str], Any]


def at(made: World, name: str, *keys: object) -> str:
    return reverse(name, args=[made.tenant.slug, *keys])


def text_of(response: Any) -> str:
    return response.content.decode()


def followed(client: Any, answer: Any) -> Any:
    """The page one is sent on to."""
    return client.get(answer.headers["Location"])


def typed(made: World, **changes: Any) -> dict[str, Any]:
    """What a person types into the form."""
    return {
        "title": "Dokumentasjon hjemme hos brukeren",
        "unit": str(made.units["hjemme"].pk),
        "need": "Vi skriver notater på papir og fører dem inn på kontoret etterpå.",
        "affected": "85 ansatte",
        "effect": "Neste vakt har oppdaterte opplysninger.",
        "investment_cost": "900 000",
        "operating_cost": "240 000",
        "price_year": "2026",
        "wanted_year": "2027",
        **changes,
    }


class TestWriting:
    def test_from_an_empty_form_to_the_receipt(self, made: World, browse: Browse) -> None:
        client = browse("ansatt")
        page = client.get(at(made, "need-create"))
        assert page.status_code == 200
        assert "ikke hvilket produkt" in text_of(page)
        answer = client.post(at(made, "need-create"), {**typed(made), "_next": "review", "_key": "a1"})
        need = Need.objects.get()
        assert answer.headers["Location"] == at(made, "need-submit", need.pk)
        assert (need.investment_cost, need.unit, need.state) == (900_000, made.units["hjemme"], NeedState.DRAFT)
        review = client.get(at(made, "need-submit", need.pk))
        assert "Send inn behovet" in text_of(review)
        assert "900\xa0000\xa0kr" in text_of(review)
        answer = client.post(at(made, "need-submit", need.pk), {"_version": need.version, "_key": "a2"})
        assert answer.headers["Location"] == at(made, "need-receipt", need.pk)
        receipt = text_of(client.get(answer.headers["Location"]))
        assert "nummer 1" in receipt
        assert "Områdelederen vurderer" in receipt
        assert "Områdeleder helse, Fjord" in receipt
        assert "31." in receipt

    def test_what_is_missing_is_listed_with_links_to_the_fields(self, made: World, browse: Browse) -> None:
        client = browse("ansatt")
        need = made.draft(effect="", need="Vi trenger Mobil Omsorg")
        page = client.get(at(made, "need-submit", need.pk))
        assert "2 ting må på plass" in text_of(page)
        assert "#id_effect" in text_of(page)
        answer = client.post(at(made, "need-submit", need.pk), {"_version": need.version})
        assert answer.status_code == 422
        assert "ikke hva dere trenger det til" in text_of(answer)

    def test_a_draft_may_lack_almost_everything(self, made: World, browse: Browse) -> None:
        answer = browse("ansatt").post(at(made, "need-create"), {"title": "", "need": "Noe", "_next": "save"})
        assert answer.status_code == 303
        assert Need.objects.get().need == "Noe"

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("investment_cost", "-5", "ikke være under null"),
            ("investment_cost", "mye", "ikke et beløp"),
            ("investment_cost", "1,5", "hele kroner"),
            ("wanted_year", "31.02.2027", "årstallet med fire sifre"),
            ("wanted_year", "1999", "mellom 2025 og 2036"),
            ("title", "x" * 201, "plass til 200"),
            ("unit", "ingen", "gyldig valg"),
        ],
    )
    def test_impossible_values_are_told_and_what_was_typed_stays(
        self, made: World, browse: Browse, field: str, value: str, said: str
    ) -> None:
        answer = browse("ansatt").post(at(made, "need-create"), typed(made, **{field: value}))
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert "fører dem inn på kontoret" in text_of(answer)
        assert not Need.objects.exists()

    def test_nul_bytes_are_refused_and_nothing_is_written(self, made: World, browse: Browse) -> None:
        answer = browse("ansatt").post(at(made, "need-create"), typed(made, need="Noe\x00 mer"))
        assert answer.status_code == 422
        assert not Need.objects.exists()

    def test_two_writers_lose_no_text(self, made: World, browse: Browse) -> None:
        need = made.draft()
        actions.add_co_author(actor=made.actor("ansatt"), now=NOW, need_id=need.pk, person_id=made.people["kollega"].pk)
        first, second = browse("ansatt"), browse("kollega")
        seen = need.version
        edit = at(made, "need-edit", need.pk)
        assert first.post(edit, {**typed(made, affected="Mine ord"), "_version": seen}).status_code == 303
        clash = second.post(edit, {**typed(made, affected="Deres ord"), "_version": seen})
        assert clash.status_code == 409
        page = text_of(clash)
        assert "Mine ord" in page
        assert page.count("Deres ord") >= 2, "in the comparison and still in the form"
        need.refresh_from_db()
        assert need.affected == "Mine ord"
        assert f'name="_version" value="{need.version}"' in page
        assert second.post(edit, {**typed(made, affected="Deres ord"), "_version": need.version}).status_code == 303
        need.refresh_from_db()
        assert need.affected == "Deres ord"

    def test_saving_by_itself_renews_the_version(self, made: World, browse: Browse) -> None:
        need = made.draft()
        client = browse("ansatt")
        where = at(made, "need-autosave", need.pk)
        answer = client.post(
            where,
            {**typed(made, effect="Noe nytt"), "_version": need.version, "_key": "x"},
            headers={"HX-Request": "true"},
        )
        need.refresh_from_db()
        assert need.effect == "Noe nytt"
        assert f'value="{need.version}"' in text_of(answer)
        assert "Lagret" in text_of(answer)
        stale = client.post(where, {**typed(made, effect="For sent"), "_version": 1}, headers={"HX-Request": "true"})
        assert "Ikke lagret automatisk" in text_of(stale)
        need.refresh_from_db()
        assert need.effect == "Noe nytt"

    def test_alike_is_a_part_of_its_page_and_works_without_javascript(self, made: World, browse: Browse) -> None:
        made.submitted("kollega")
        client = browse("representant")
        asked = {"title": "Dokumentere hjemme hos brukerne", "need": ""}
        part = client.post(at(made, "need-similar"), asked, headers={"HX-Request": "true"})
        assert "Dokumentasjon hjemme hos brukeren" in text_of(part)
        assert "<html" not in text_of(part)
        whole = client.post(at(made, "need-similar"), asked)
        assert text_of(part).strip() in text_of(whole)
        other = browse("annen").post(at(made, "need-similar"), asked)
        assert "Dokumentasjon hjemme" not in text_of(other)

    def test_a_representative_registers_for_a_service(self, made: World, browse: Browse) -> None:
        """B-23."""
        client = browse("representant")
        assert "Hvem kommer behovet fra?" in text_of(client.get(at(made, "need-create")))
        client.post(at(made, "need-create"), typed(made, submitter=str(made.people["ansatt"].pk)))
        need = Need.objects.get()
        assert (need.submitter, need.registered_by) == (made.people["ansatt"], made.people["representant"])
        assert "Hvem kommer behovet fra?" not in text_of(browse("ansatt").get(at(made, "need-create")))

    def test_who_may_write_nothing_is_told_so(self, made: World, browse: Browse) -> None:
        answer = browse("leser").get(at(made, "need-create"))
        assert answer.status_code == 403


class TestReading:
    def test_one_need_as_different_people(self, made: World, browse: Browse) -> None:
        draft, sent = made.draft(), made.submitted()
        seen = {
            role: [
                browse(role).get(at(made, name, need.pk)).status_code
                for need in (draft, sent)
                for name in ("need-detail", "need-print")
            ]
            for role in ("ansatt", "kollega", "representant", "leder", "skoleleder", "annen", "leser")
        }
        assert seen == {
            "ansatt": [200, 200, 200, 200],
            "kollega": [404, 404, 404, 404],
            "representant": [404, 404, 200, 200],
            "leder": [404, 404, 200, 200],
            "skoleleder": [404, 404, 404, 404],
            "annen": [404, 404, 404, 404],
            "leser": [404, 404, 404, 404],
        }

    def test_hidden_and_missing_look_the_same(self, made: World, browse: Browse) -> None:
        need = made.draft()
        client = browse("annen")
        hidden = client.get(at(made, "need-detail", need.pk))
        missing = client.get(at(made, "need-detail", made.tenant.pk))
        assert (hidden.status_code, missing.status_code) == (404, 404)
        pages = [
            re.sub(r'value="\w{64}"', "", text_of(page)).replace(str(key), "")
            for page, key in ((hidden, need.pk), (missing, made.tenant.pk))
        ]
        assert pages[0] == pages[1]

    def test_a_joint_need_is_read_from_both_organisations(self, made: World, browse: Browse) -> None:
        """B-01."""
        alone, joint = made.submitted(), made.submitted(joint=True, title="Felles journal")
        client = browse("leser")
        assert client.get(at(made, "need-detail", alone.pk)).status_code == 404
        assert client.get(at(made, "need-detail", joint.pk)).status_code == 200
        page = text_of(client.get(at(made, "need-list") + "?vis=alle"))
        assert "Felles journal" in page
        assert "Dokumentasjon hjemme" not in page

    def test_markup_in_every_field_is_only_text(self, made: World, browse: Browse) -> None:
        nasty = "<script>alert(1)</script><b onclick='x'>"
        need = made.submitted(
            **dict.fromkeys(
                ("title", "need", "affected", "effect", "compels"), nasty + " og dette er et helt vanlig behov"
            ),
            product=nasty,
            personal_data=True,
            answers={"vern": nasty, "antall": nasty},
            goals=(nasty,),
        )
        other = made.draft(title=nasty + " igjen")
        client = browse("ansatt")
        for address in (
            at(made, "need-detail", need.pk),
            at(made, "need-print", need.pk),
            at(made, "need-receipt", need.pk),
            at(made, "need-withdraw", need.pk),
            at(made, "need-edit", other.pk),
            at(made, "need-submit", other.pk),
            at(made, "need-list"),
        ):
            page = text_of(client.get(address))
            assert "<script>alert" not in page, address
            assert "<b onclick" not in page, address
            assert escape("<script>alert(1)</script>") in page or "&lt;script&gt;" in page, address

    def test_withdrawing_asks_and_tells(self, made: World, browse: Browse) -> None:
        need = made.submitted()
        client = browse("ansatt")
        where = at(made, "need-withdraw", need.pk)
        assert "kan ikke angres" in text_of(client.get(where))
        empty = client.post(where, {"_version": need.version, "reason": " "})
        assert empty.status_code == 422
        assert "Skriv hvorfor" in text_of(empty)
        assert client.post(where, {"_version": need.version, "reason": "Løst på annen måte"}).status_code == 303
        assert "Løst på annen måte" in text_of(client.get(at(made, "need-detail", need.pk)))
        assert client.get(where).status_code == 409

    def test_what_a_body_has_treated_is_not_the_writers_to_withdraw(self, made: World, browse: Browse) -> None:
        need = made.submitted()
        for role, outcome in (("leder", "videre"), ("sekretaer", "senere")):
            (step,) = queries.next_steps(need)
            casework.treat(actor=made.actor(role), now=NOW, case_step_id=step.pk, version=step.version, outcome=outcome)
        need.refresh_from_db()
        page = text_of(browse("ansatt").get(at(made, "need-detail", need.pk)))
        assert "har alt tatt stilling til behovet" in page
        answer = browse("ansatt").post(at(made, "need-withdraw", need.pk), {"_version": need.version, "reason": "Nei"})
        assert answer.status_code == 409
        need.refresh_from_db()
        assert need.state == NeedState.SUBMITTED


class TestList:
    def titles(self, response: Any) -> list[str]:
        return [str(need) for need, _status in response.context["rows"]]

    def test_tabs_filters_search_and_order(self, made: World, browse: Browse) -> None:
        made.submitted(title="Byggesak uten papir", need="Søknader kommer inn på mange ulike måter.", investment_cost=5)
        made.submitted(
            "kollega", title="Varsling ved fall", need="Vi oppdager fall for sent om natten.", investment_cost=70
        )
        made.draft(title="Et utkast")
        client = browse("ansatt")
        home = at(made, "need-list")
        assert set(self.titles(client.get(home))) == {"Byggesak uten papir", "Et utkast"}
        client = browse("representant")
        assert self.titles(client.get(home)) == []
        assert set(self.titles(client.get(home + "?vis=alle"))) == {"Byggesak uten papir", "Varsling ved fall"}
        for query, expected in {
            "q=søknaden": ["Byggesak uten papir"],
            "q=papir fall": [],
            "q=2": ["Varsling ved fall"],
            "sort=kostnad": ["Byggesak uten papir", "Varsling ved fall"],
            "sort=-kostnad": ["Varsling ved fall", "Byggesak uten papir"],
            f"enhet={made.units['helse'].pk}&sort=tittel": ["Byggesak uten papir", "Varsling ved fall"],
            f"organisasjon={made.organisations['vidde'].pk}": [],
            "status=draft": [],
            "ar=2026&sort=tittel": ["Byggesak uten papir", "Varsling ved fall"],
            "sent=ja": [],
            "sent=nei&sort=tittel": ["Byggesak uten papir", "Varsling ved fall"],
        }.items():
            assert self.titles(client.get(f"{home}?vis=alle&{query}")) == expected, query

    @pytest.mark.parametrize(
        "query",
        ["sort=submitter__account__password", "status=x", "enhet=x", "ar=x", "page=-4", "vis=x", "q=%00", "q=%25_"],
    )
    def test_strange_addresses_are_harmless(self, made: World, browse: Browse, query: str) -> None:
        made.submitted()
        assert browse("ansatt").get(f"{at(made, 'need-list')}?{query}").status_code == 200

    def test_rows_are_a_part_of_the_page(self, made: World, browse: Browse) -> None:
        made.submitted()
        client = browse("ansatt")
        part = client.get(at(made, "need-list"), headers={"HX-Request": "true"})
        assert text_of(part).strip() in text_of(client.get(at(made, "need-list")))
        assert "<html" not in text_of(part)

    def test_the_filters_keep_the_tab(self, made: World, browse: Browse) -> None:
        page = text_of(browse("ansatt").get(at(made, "need-list") + "?vis=alle"))
        assert '<input type="hidden" name="vis" value="alle"' in page

    def test_an_empty_list_says_what_to_do(self, made: World, browse: Browse) -> None:
        assert "ikke meldt inn noen behov" in text_of(browse("ansatt").get(at(made, "need-list")))

    @pytest.mark.parametrize("ending", ["xlsx", "csv"])
    def test_the_list_leaves_as_a_file(self, made: World, browse: Browse, ending: str) -> None:
        from samstyr.foundation.tables.reading import read_table

        made.submitted(title="=1+1 og mer til")
        made.submitted("kollega", title="Skjult for meg")
        answer = browse("ansatt").get(at(made, "need-export", ending))
        table = read_table(answer.content, f"x.{ending}")
        assert len(table.rows) == 1
        row = dict(zip(table.header, table.rows[0][1], strict=False))
        assert str(row["Tittel"]).lstrip("'") == "=1+1 og mer til"
        assert str(row["Investering"]) == "900000"

    def queries_with(self, made: World, browse: Browse, address: str) -> int:
        client = browse("representant")
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    @pytest.mark.slow
    @pytest.mark.everywhere
    def test_as_many_queries_for_sixty_as_for_five(self, made: World, browse: Browse) -> None:
        for _ in range(5):
            made.submitted(joint=True)
        address = at(made, "need-list") + "?vis=alle"
        few = self.queries_with(made, browse, address)
        for _ in range(55):
            made.submitted(joint=True)
        assert self.queries_with(made, browse, address) == few
        assert few < 50


class TestTogether:
    def test_files_and_co_authors_on_the_form(self, made: World, browse: Browse) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        need = made.draft()
        client = browse("ansatt")
        file = SimpleUploadedFile("notat.txt", b"Notat i ren tekst.\n")
        answer = client.post(at(made, "need-attachment-add", need.pk), {"file": file, "title": "<b>Notat</b>"})
        page = text_of(followed(client, answer))
        assert "Vedlegget er lagret" in page
        assert "&lt;b&gt;Notat" in page
        document = queries.files_of(need)[0]
        wrong = SimpleUploadedFile("virus.exe", b"MZ\x90\x00\x03")
        refused = client.post(at(made, "need-attachment-add", need.pk), {"file": wrong})
        assert "notice" in text_of(followed(client, refused))
        assert len(queries.files_of(need)) == 1
        client.post(at(made, "need-attachment-remove", need.pk, document.pk))
        assert queries.files_of(need) == []
        kollega = str(made.people["kollega"].pk)
        client.post(at(made, "need-co-author-add", need.pk), {"person": kollega})
        assert browse("kollega").get(at(made, "need-edit", need.pk)).status_code == 200
        answer = browse("kollega").post(at(made, "need-co-author-remove", need.pk), {"person": kollega})
        assert answer.headers["Location"] == at(made, "need-list")
        assert browse("kollega").get(at(made, "need-edit", need.pk)).status_code == 404

    def test_a_draft_is_thrown_away(self, made: World, browse: Browse) -> None:
        need = made.draft()
        assert browse("annen").post(at(made, "need-delete", need.pk), {"_version": 1}).status_code == 404
        assert browse("ansatt").post(at(made, "need-delete", need.pk), {"_version": 1}).status_code == 303
        assert not Need.objects.exists()


class TestImport:
    def upload(self, made: World, client: Any, rows: list[list[Any]]) -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        from samstyr.foundation.tables.spreadsheet import SheetOut, workbook
        from samstyr.wheel.needs.tests.test_import_needs import HEADER

        file = SimpleUploadedFile("behov.xlsx", workbook([SheetOut("Behov", [*HEADER, "Fargen"], rows)]))
        return client.post(at(made, "need-import"), {"file": file, "money": "1000", "sending": "0", "_key": "i1"})

    def test_upload_preview_and_confirm(self, made: World, browse: Browse) -> None:
        from samstyr.wheel.needs.tests.test_import_needs import row

        client = browse("representant")
        assert "Kolonner filen kan ha" in text_of(client.get(at(made, "need-import")))
        rows = [row("Varsling ved fall"), row("<i>Kart</i> over stier"), row("Feil rad", Investering=-5)]
        answer = self.upload(made, client, rows)
        where = answer.headers["Location"]
        page = text_of(client.get(where))
        assert "Fargen" in page, "a column that is not read is named"
        assert "&lt;i&gt;Kart" in page
        assert "Investering" in page
        assert "-5" in page
        assert "under null" in page
        assert not Need.objects.exists()
        assert "Varsling" not in text_of(client.get(where + "&vis=faulty"))
        refused = client.post(where, {"_key": "i2"})
        assert refused.status_code == 422
        assert "Rad 4" in text_of(refused)
        assert not Need.objects.exists()
        answer = client.post(where, {"_key": "i3", "only_right": "on"})
        assert "lagret som utkast" in text_of(followed(client, answer))
        assert sorted(Need.objects.values_list("investment_cost", flat=True)) == [250_000, 250_000]
        assert client.get(where).status_code == 404

    def test_an_unreadable_file_is_told_at_once(self, made: World, browse: Browse) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile("behov.pdf", b"%PDF-1.7 ikke en tabell")
        answer = browse("representant").post(at(made, "need-import"), {"file": file, "money": "1", "sending": "0"})
        assert answer.status_code == 422
        assert "lagre den som xlsx eller CSV" in text_of(answer)

    def test_who_may_and_the_template(self, made: World, browse: Browse) -> None:
        from samstyr.foundation.tables.reading import read_table
        from samstyr.wheel.needs.rules.columns import COLUMNS
        from samstyr.wheel.needs.rules.importing import columns_of

        assert browse("ansatt").get(at(made, "need-import")).status_code == 403
        answer = browse("representant").get(at(made, "need-import-template"))
        assert len(columns_of(read_table(answer.content, "mal.xlsx").header)) == len(COLUMNS)


@pytest.mark.slow
def test_as_many_queries_for_five_thousand_as_for_fifty(made: World, browse: Browse) -> None:
    from samstyr.wheel.needs.tests.factories import many

    address = at(made, "need-list") + "?vis=alle&sort=tittel&q=behov"
    client = browse("representant")
    counts = []
    for more in (50, 4950):
        many(made, more)
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_asking_services_and_seeing_who_has_answered(made: World, browse: Browse) -> None:
    """B-23."""
    from samstyr.wheel.needs.models import IntakeCall

    where, client = at(made, "need-intake"), browse("representant")
    assert "Ingen tjenester er spurt" in text_of(client.get(where))
    assert client.post(where, {"due_on": "2026-02-31"}).status_code == 422
    asked = {"due_on": "2026-02-28", "message": "<b>Hva</b>", "units": [str(made.units["hjemme"].pk)]}
    assert client.post(where, asked).status_code == 303
    page = text_of(client.get(where))
    assert "1 tjeneste har ikke svart" in page
    assert "&lt;b&gt;Hva" in page
    assert browse("ansatt").post(where, asked).status_code == 403
    call = IntakeCall.objects.get()
    answer = browse("ansatt").post(at(made, "need-intake-none", call.pk), {"_version": call.version})
    assert answer.status_code == 303
    assert "Ingen behov nå" in text_of(client.get(where))
