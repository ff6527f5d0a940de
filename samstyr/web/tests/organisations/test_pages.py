"""Pages of organisations, people and bodies, as the people who use them meet them."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samstyr.foundation.audit.models import AuditEvent
from samstyr.foundation.documents.models import Document
from samstyr.foundation.kernel import clock
from samstyr.foundation.organisations.models import (
    Organisation,
    Person,
    RoleHolding,
    Seat,
    SeatHolding,
    Substitution,
    Unit,
)
from samstyr.foundation.organisations.tests.factories import make_person, make_tenant
from samstyr.foundation.tables.reading import read_table
from samstyr.foundation.tables.spreadsheet import SheetOut, workbook
from samstyr.foundation.tenancy.models import Membership

from .conftest import Place

pytestmark = pytest.mark.django_db


def pages(place: Place) -> list[str]:
    """Every page that shows something, for the administrator."""
    person, unit, fjord = place.people["leder"], place.units["helse"], place.organisations["fjord"]
    holding = RoleHolding.objects.get(person=person)
    return [
        "", "ny/", "personer/", "personer/ny/", f"personer/{person.pk}/", f"personer/{person.pk}/rediger/",
        f"personer/{person.pk}/gi-rolle/", f"personer/{person.pk}/stedfortreder/", f"roller/{holding.pk}/avslutt/",
        f"tjenester/{unit.pk}/", f"tjenester/{unit.pk}/rediger/", f"{fjord.pk}/", f"{fjord.pk}/rediger/",
        f"{fjord.pk}/ny-tjeneste/", "organer/", "organer/forum/", "organer/forum/ny-plass/", "les-inn/personer/",
        "les-inn/tjenester/", f"plasser/{place.seats['ikt'].pk}/oppnevn/", "tjenester/eksport/csv/",
        "personer/eksport/xlsx/", "organer/forum/eksport/xlsx/", "les-inn/personer/mal/xlsx/",
    ]  # fmt: skip


def test_every_page_opens_for_the_administrator(place: Place) -> None:
    client = place.client("admin")
    answers = {rest: client.get(place.path(rest)).status_code for rest in pages(place)}
    assert set(answers.values()) == {200}, answers


def test_a_reader_reads_but_changes_nothing(place: Place) -> None:
    client = place.client("leser")
    assert client.get(place.path("personer/")).status_code == 200
    assert "Ny person" not in client.get(place.path("personer/")).content.decode()
    fjord, unit = place.organisations["fjord"], place.units["helse"]
    for rest in ("ny/", "personer/ny/", f"{fjord.pk}/rediger/", f"tjenester/{unit.pk}/rediger/", "les-inn/personer/"):
        assert client.get(place.path(rest)).status_code == 403, rest
    answer = client.post(place.path(f"tjenester/{unit.pk}/avvikle/"), {"_version": unit.version})
    assert answer.status_code == 403
    unit.refresh_from_db()
    assert unit.is_active


def test_somebody_without_a_role_has_a_page_of_their_own_only(place: Place) -> None:
    client = place.client("ingenting")
    own, other = place.people["ingenting"], place.people["leder"]
    assert client.get(place.path(f"personer/{own.pk}/")).status_code == 200
    assert client.get(place.path(f"personer/{other.pk}/")).status_code == 404
    assert client.get(place.path("personer/")).status_code == 403


@pytest.mark.parametrize("rest", ["", "personer/", "organer/", "organer/forum/"])
def test_a_list_asks_as_many_questions_with_fifty_as_with_seven(place: Place, rest: str) -> None:
    client = place.client("admin")
    client.get(place.path(rest))

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(place.path(rest)).status_code == 200
        return len(queries)

    seven = asked()
    for number in range(50):
        person = make_person(
            f"Fagleder {number}", organisation=place.organisations["fjord"], unit=place.units["hjemme"]
        )
        RoleHolding(
            person=person, role="leser", organisation=place.organisations["fjord"], starts_on=date(2020, 1, 1)
        ).save()
        Unit(organisation=place.organisations["fjord"], name=f"Område {number}", is_area=True).save()
        Seat(body="forum", group="fjord", number=number + 5, organisation=place.organisations["fjord"]).save()
    assert asked() == seven


def test_the_list_is_filtered_sorted_and_paged_from_the_address(place: Place) -> None:
    client = place.client("admin")
    for number in range(60):
        make_person(f"Ansatt {number:02}", organisation=place.organisations["vidde"])
    first = client.get(place.path("personer/")).content.decode()
    assert "page=2" in first
    found = client.get(place.path("personer/?q=hjemmetjenesten")).content.decode()
    assert "Fagleder hjemmetjenesten" in found
    assert "Områdeleder teknisk" not in found
    held = client.get(place.path("personer/?role=leder")).content.decode()
    assert "Områdeleder teknisk" in held
    assert "Leser, Fjord" not in held
    vidde = place.organisations["vidde"].pk
    rows = client.get(place.path(f"personer/?organisation={vidde}&sort=-name")).content.decode()
    assert rows.index("Områdeleder teknisk") < rows.index("Ansatt 59") < rows.index("Ansatt 58")
    odd = client.get(place.path("personer/?organisation=drop&role=x&sort=password&page=zz&q=%00"))
    assert odd.status_code == 200


def test_the_export_follows_the_filter_and_can_be_read_in_again(place: Place) -> None:
    client = place.client("admin")
    make_person("=HYPERLINK(1)", email="formel@prove.example")
    answer = client.get(place.path("personer/eksport/xlsx/?q=formel"))
    assert "attachment" in answer["Content-Disposition"]
    table = read_table(answer.content, "personer.xlsx")
    assert [cells[0] for _number, cells in table.rows] == ["=HYPERLINK(1)"]
    assert client.get(place.path("personer/eksport/exe/")).status_code == 404


def test_the_administrator_makes_an_organisation_a_unit_and_a_person(place: Place) -> None:
    client = place.client("admin")
    Seat.objects.all().update(organisation=None)
    given = {
        "name": "Selskapet",
        "slot": "selskapet",
        "kind": "company",
        "organisation_number": "123456789",
        "_key": "a",
    }
    wrong = client.post(place.path("ny/"), given)
    assert wrong.status_code == 422
    assert "Kontrollsifferet" in wrong.content.decode()
    assert (
        client.post(place.path("ny/"), {**given, "organisation_number": "974 760 673", "_key": "b"}).status_code == 302
    )
    made = Organisation.objects.get(slot="selskapet")
    assert made.organisation_number == "974760673"
    answer = client.post(place.path(f"{made.pk}/ny-tjeneste/"), {"name": "Drift", "code": "1"})
    assert answer.status_code == 302
    unit = Unit.objects.get(organisation=made)
    answer = client.post(place.path("personer/ny/"), {"name": "Driftsleder", "email": "D@x.example", "unit": unit.pk})
    assert answer.status_code == 302
    person = Person.objects.get(email="d@x.example")
    assert (person.organisation_id, person.unit_id) == (made.pk, unit.pk)


def test_an_old_version_is_answered_with_a_conflict(place: Place) -> None:
    client = place.client("admin")
    unit = place.units["hjemme"]
    path = place.path(f"tjenester/{unit.pk}/rediger/")
    given = {"name": "Hjemmetjenester", "code": "21", "parent": unit.parent_id, "_version": unit.version}
    assert client.post(path, given).status_code == 302
    assert client.post(path, {**given, "name": "Noe annet"}).status_code == 409
    unit.refresh_from_db()
    assert unit.name == "Hjemmetjenester"


def test_only_the_areas_own_leader_fills_its_seat(place: Place) -> None:
    seat, person = place.seats["fjord"], place.people["ansatt"]
    path = place.path(f"plasser/{seat.pk}/oppnevn/")
    given = {"person": person.pk, "starts_on": "2026-01-01", "_version": seat.version}
    for other in ("admin", "annen", "leser"):
        assert place.client(other).post(path, given).status_code == 403, other
    before = place.client("leder").get(place.path("organer/forum/")).content.decode()
    assert "Helse har 0 representanter" in before
    assert place.client("leder").post(path, given).status_code == 302
    held = SeatHolding.objects.get(seat=seat)
    assert (held.person_id, held.appointed_by) == (person.pk, "Områdeleder, Helse")
    after = place.client("leder").get(place.path("organer/forum/")).content.decode()
    assert "Helse har 0 representanter" not in after
    assert AuditEvent.objects.filter(action="seat.filled", object_id=held.pk).exists()


def test_the_page_of_a_body_counts_groups_and_areas(place: Place) -> None:
    text = place.client("admin").get(place.path("organer/forum/")).content.decode()
    assert "Fjord kommune: 0 av 1 områder" in text
    assert "Vidde kommune: 1 av 1 områder" in text
    assert "Plass 1 i Fra Felles IKT er ledig" in text


def test_a_role_is_given_and_ended(place: Place) -> None:
    client, person = place.client("leder"), place.people["ansatt"]
    given = {"role": "representant", "unit": place.units["helse"].pk, "starts_on": "2026-01-01"}
    assert client.post(place.path(f"personer/{person.pk}/gi-rolle/"), given).status_code == 302
    held = RoleHolding.objects.get(person=person)
    assert held.organisation_id == place.organisations["fjord"].pk
    twice = client.post(place.path(f"personer/{person.pk}/gi-rolle/"), given)
    assert twice.status_code == 422
    assert "har denne rollen her" in twice.content.decode()
    refused = client.post(place.path(f"personer/{person.pk}/gi-rolle/"), {**given, "role": "administrator", "unit": ""})
    assert refused.status_code == 403
    ended = client.post(place.path(f"roller/{held.pk}/avslutt/"), {"ends_on": "2026-02-01", "_version": held.version})
    assert ended.status_code == 302
    held.refresh_from_db()
    assert held.ends_on == date(2026, 2, 1)


def test_everybody_sets_their_own_stand_in(place: Place) -> None:
    client = place.client("ingenting")
    own, other = place.people["ingenting"], place.people["ansatt"]
    today = date.today()
    given = {"substitute": other.pk, "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=5)).isoformat()}
    assert client.post(place.path(f"personer/{own.pk}/stedfortreder/"), given).status_code == 302
    row = Substitution.objects.get()
    assert client.get(place.path(f"personer/{place.people['leder'].pk}/stedfortreder/")).status_code == 403
    answer = client.post(place.path(f"stedfortredere/{row.pk}/avslutt/"), {"_version": row.version})
    assert answer.status_code == 302
    assert not Substitution.objects.exists()


def test_an_invitation_is_shown_once_and_chooses_a_password_once(place: Place) -> None:
    client, person = place.client("admin"), place.people["ansatt"]
    answer = client.post(place.path(f"personer/{person.pk}/inviter/"), {"_version": person.version}, follow=True)
    text = answer.content.decode()
    start = text.index("/invitasjon/")
    path = text[start : text.index("<", start)]
    assert path not in client.get(place.path(f"personer/{person.pk}/")).content.decode()
    guest = Client()
    page = guest.get(path, follow=True)
    assert page.status_code == 200
    here = page.redirect_chain[-1][0]
    chosen = {"new_password1": "tolv-lange-ord-7", "new_password2": "tolv-lange-ord-7"}
    assert guest.post(here, chosen).status_code == 302
    assert "virker ikke lenger" in Client().get(path, follow=True).content.decode()
    person.refresh_from_db()
    assert guest.login(username=person.email, password="tolv-lange-ord-7")


def test_who_has_lost_the_password_gets_a_new_link_and_the_old_one_ends(place: Place) -> None:
    client, person = place.client("admin"), place.people["ansatt"]
    visitor = place.client("ansatt")
    person.refresh_from_db()
    person.account.set_password("tolv-lange-ord-7")
    person.account.save()
    assert Client().login(username=person.account.username, password="tolv-lange-ord-7")
    here = place.path(f"personer/{person.pk}/ny-lenke/")
    assert visitor.post(here, {"_version": person.version}).status_code in (302, 403)
    page = client.post(here, {"_version": person.version}, follow=True).content.decode()
    assert "/invitasjon/" in page
    assert not Client().login(username=person.account.username, password="tolv-lange-ord-7")


def test_a_login_that_others_use_too_is_not_ended_from_here(place: Place) -> None:
    client, person = place.client("admin"), place.people["ansatt"]
    place.client("ansatt")
    person.refresh_from_db()
    Membership.objects.create(account=person.account, tenant=make_tenant())
    answer = client.post(place.path(f"personer/{person.pk}/ny-lenke/"), {"_version": person.version})
    assert answer.status_code == 409
    assert "annen styringsordning" in answer.content.decode()


def test_a_session_ends_after_twelve_hours_however_busy(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    client, now = place.client("admin"), clock.now()
    for hours, status in ((0, 200), (11, 200), (13, 302), (13, 302)):
        monkeypatch.setattr(clock, "now", lambda hours=hours: now + timedelta(hours=hours))
        assert client.get(place.path("personer/")).status_code == status


def upload(place: Place, client: Client, kind: str, data: bytes, name: str) -> Any:
    return client.post(place.path(f"les-inn/{kind}/"), {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_people_are_brought_in_only_when_confirmed(place: Place) -> None:
    client = place.client("admin")
    rows = [
        ["Ny rådgiver", "ny@prove.example", "Rådgiver", "Fjord kommune", "21"],
        ["Fagleder", "ansatt@prove.example", "Fagleder", "", ""],
        ["Feil", "ikke en adresse", "", "", ""],
    ]
    data = workbook([SheetOut("Ansatte", ["Navn", "E-post", "Stilling", "Organisasjon", "Tjeneste"], rows)])
    seen = upload(place, client, "personer", data, "ansatte.xlsx")
    text = seen.content.decode()
    assert seen.status_code == 200
    assert "Dette er ikke en e-postadresse" in text
    assert not Person.objects.filter(email="ny@prove.example").exists()
    here = seen.redirect_chain[-1][0]
    refused = client.post(here, {})
    assert refused.status_code == 422
    assert "ansatte.xlsx, rad 4, kolonne E-post" in refused.content.decode()
    assert not Person.objects.filter(email="ny@prove.example").exists()
    assert client.post(here, {"only_right": "on"}).status_code == 302
    assert Person.objects.get(email="ny@prove.example").unit_id == place.units["hjemme"].pk
    assert Person.objects.get(email="ansatt@prove.example").name == "Fagleder"
    assert not Document.objects.exists()


def test_a_file_that_cannot_be_read_is_explained(place: Place) -> None:
    seen = upload(place, place.client("admin"), "personer", b'Navn;E-post\nA;a@b.no;"x\n', "liste.csv")
    assert seen.status_code == 422
    assert "liste.csv" in seen.content.decode()


def test_somebody_elses_upload_is_not_found(place: Place) -> None:
    client = place.client("admin")
    seen = upload(place, client, "personer", b"Navn;E-post\nAnsatt;x@prove.example\n", "liste.csv")
    here = seen.redirect_chain[-1][0]
    assert client.get(here).status_code == 200
    place.people["annen"].refresh_from_db()
    assert place.client("annen").get(here).status_code == 404


def test_units_go_out_and_in_without_change(place: Place) -> None:
    client = place.client("admin")
    data = client.get(place.path("tjenester/eksport/xlsx/")).content
    seen = upload(place, client, "tjenester", data, "tjenester.xlsx")
    text = seen.content.decode()
    assert "Det er ingenting å lese inn" in text, text
    assert io.BytesIO(data).read(2) == b"PK"
