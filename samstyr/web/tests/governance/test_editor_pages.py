"""The editor's pages as requests: begun, saved with and without htmx, moved about, renamed, undone, exported."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.governance.rules.editing.checking import tree_of
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.tenancy.scope import tenant_scope

from .conftest import TEXT, Room, keep

Browse = Callable[..., Client]
HTMX = {"HX-Request": "true"}


def body(response: Any) -> str:
    return response.content.decode()


@pytest.fixture
def draft(room: Room) -> ModelVersion:
    with tenant_scope(room.tenant.pk):
        return keep(TEXT, 2, ModelState.DRAFT)


def fresh(room: Room, row: ModelVersion) -> ModelVersion:
    with tenant_scope(room.tenant.pk):
        return ModelVersion.objects.get(pk=row.pk)


def at(room: Room, row: ModelVersion, rest: str = "") -> str:
    return room.address(f"{row.pk}/rediger/{rest}")


@pytest.mark.parametrize("origin", ["tom", "gjeldende", "mal:gjovik", "fil"])
def test_a_draft_begins_with_what_one_chooses(room: Room, browse: Browse, origin: str) -> None:
    client = browse()
    assert "Malen «" in body(client.get(room.address("utkast/")))
    sent: dict[str, Any] = {"origin": origin, "name": "Vår modell"}
    if origin == "fil":
        assert client.post(room.address("utkast/"), sent).status_code == 422
        sent["file"] = SimpleUploadedFile("m.yaml", b"key: halv\nname: Halvferdig\n")
    answer = client.post(room.address("utkast/"), sent)
    assert answer.status_code == 303
    with tenant_scope(room.tenant.pk):
        row = ModelVersion.objects.get(number=2)
    assert row.origin.startswith(origin[:4] if origin != "gjeldende" else "versjon:1")
    assert row.name in body(client.get(answer.headers["Location"]))
    assert row.name in body(client.get(room.address("utkast/")))
    if origin == "tom":
        assert [one["key"] for one in tree_of(row.text)["organisations"]] == [
            "birkenes",
            "it-tjenesten",
            "lillesand",
            "struktur1",
        ]
    if origin == "fil":
        for page in ("", "roller/", "funn/", "proeve/", "forskjell/", "vedta/"):
            assert "Utkastet er ikke en hel modell ennå" in body(client.get(room.address(f"{row.pk}/{page}"))), page


def test_a_file_that_cannot_be_read_is_refused_at_the_field(room: Room, browse: Browse) -> None:
    for content in (b"\xff\xfe", b"- liste", b"a: &b 1", b"x" * 200_001):
        answer = browse().post(
            room.address("utkast/"), {"origin": "fil", "file": SimpleUploadedFile("m.yaml", content)}
        )
        assert answer.status_code == 422, content[:10]


def test_a_page_is_saved_by_the_button(room: Room, browse: Browse, draft: ModelVersion) -> None:
    client, page = browse(), f"{at(room, draft)}?sted=roles.0"
    shown = body(client.get(page))
    assert 'name="v.roles.0.name"' in shown
    assert 'style="' not in shown
    answer = client.post(page, {"_version": draft.version, "_page": "a", "v.roles.0.name": "Leder i tjenesten"})
    assert answer.status_code == 303
    assert "Utkastet er lagret" in body(client.get(answer.headers["Location"]))
    assert tree_of(fresh(room, draft).text)["roles"][0]["name"] == "Leder i tjenesten"
    late = client.post(page, {"_version": draft.version, "_page": "b", "v.roles.0.name": "Annet"})
    assert late.status_code == 409


def test_typing_saves_and_tells_what_the_check_says(room: Room, browse: Browse, draft: ModelVersion) -> None:
    client, page = browse(), f"{at(room, draft)}?sted=bodies.0"
    answer = client.post(
        page, {"_version": draft.version, "_page": "a", "v.bodies.0.secretary": "finnes-ikke"}, headers=HTMX
    )
    told = body(answer)
    assert answer.status_code == 200
    assert 'id="editor-saved"' in told and "Lagret" in told
    assert f'name="_version" value="{fresh(room, draft).version}" hx-swap-oob="true"' in told
    assert re.search(r'id="f-bodies-0-secretary_told"[^>]*hx-swap-oob="true"><p class="told-error">', told)
    again = client.post(page, {"_version": draft.version, "_page": "a", "v.bodies.0.name": "Forum"}, headers=HTMX)
    assert "Ikke lagret" not in body(again)
    other = client.post(page, {"_version": draft.version, "_page": "b", "v.bodies.0.name": "Mitt"}, headers=HTMX)
    assert "Ikke lagret" in body(other)
    assert tree_of(fresh(room, draft).text)["bodies"][0]["name"] == "Forum"


def test_a_missing_thing_is_told_at_its_field_and_the_page_works(
    room: Room, browse: Browse, draft: ModelVersion
) -> None:
    client, page = browse(), f"{at(room, draft)}?sted=roles.0"
    client.post(page, {"_version": draft.version, "v.roles.0.name": ""})
    shown = body(client.get(page))
    assert "Fyll ut dette feltet." in shown
    overview = body(client.get(at(room, draft)))
    assert "hindrer at modellen vedtas" in overview
    assert 'href="' + f"{at(room, draft)}?sted=roles.0#f-roles-0-name" in overview


def operate(client: Client, room: Room, row: ModelVersion, page: str, op: str, **more: str) -> Any:
    return client.post(
        f"{at(room, row)}?sted={page}", {"_version": fresh(room, row).version, "_page": "a", "op": op, **more}
    )


def test_things_are_added_moved_copied_and_removed(room: Room, browse: Browse, draft: ModelVersion) -> None:
    client = browse()
    answer = operate(client, room, draft, "roles", "add|roles", **{"new|roles": "Arkivar"})
    number = len(tree_of(fresh(room, draft).text)["roles"]) - 1
    assert answer.headers["Location"].endswith(f"?sted=roles.{number}")
    operate(client, room, draft, "roles", f"up|roles.{number}")
    assert tree_of(fresh(room, draft).text)["roles"][number - 1]["key"] == "arkivar"
    answer = operate(client, room, draft, f"roles.{number - 1}", f"remove|roles.{number - 1}")
    assert answer.headers["Location"].endswith("?sted=roles#f-roles")
    assert "Du kan angre" in body(client.get(answer.headers["Location"]))
    inline = operate(client, room, draft, "hearing_bodies", "copy|hearing_bodies.0")
    assert "ny=hearing_bodies.1" in inline.headers["Location"]
    assert client.get(inline.headers["Location"].partition("#")[0]).status_code == 200
    wrong = operate(client, room, draft, "roles", "remove|roles.999")
    assert wrong.status_code == 303


def test_what_others_refer_to_is_asked_about_before_it_goes(room: Room, browse: Browse, draft: ModelVersion) -> None:
    client = browse()
    answer = operate(client, room, draft, "bodies", "remove|bodies.0")
    where = answer.headers["Location"]
    assert "/fjern/?sted=bodies.0" in where
    asked = body(client.get(where))
    assert "Her brukes den" in asked and "Beslutningsveier" in asked
    bodies = len(tree_of(fresh(room, draft).text)["bodies"])
    assert client.post(where, {"_version": fresh(room, draft).version}).status_code == 303
    assert len(tree_of(fresh(room, draft).text)["bodies"]) == bodies - 1


def test_a_key_is_renamed_with_its_references(room: Room, browse: Browse, draft: ModelVersion) -> None:
    client, page = browse(), at(room, draft, "nokkel/?sted=bodies.0")
    assert "Endre henvisningene også" in body(client.get(page))
    bad = client.post(page, {"_version": draft.version, "key": "Ikke Slik", "references": "on"})
    assert bad.status_code == 422
    good = client.post(page, {"_version": draft.version, "key": "forum", "references": "on"})
    assert good.status_code == 303
    text = fresh(room, draft).text
    assert tree_of(text)["bodies"][0]["key"] == "forum"
    assert load_text(text).require().body("forum") is not None
    assert client.get(at(room, draft, "nokkel/?sted=name")).status_code == 404


def test_steps_are_undone_and_done_again(room: Room, browse: Browse, draft: ModelVersion) -> None:
    client, page = browse(), f"{at(room, draft)}?sted=om"
    client.post(page, {"_version": draft.version, "v.text": "Ny tekst"})
    shown = body(client.get(page))
    assert "Angre" in shown and "Gjør om igjen" not in shown
    back = client.post(at(room, draft, "steg/?sted=om"), {"_version": fresh(room, draft).version, "number": "1"})
    assert back.status_code == 303
    assert fresh(room, draft).text == TEXT
    assert "Gjør om igjen" in body(client.get(page))
    history = body(client.get(at(room, draft, "historikk/")))
    assert "Fylte ut" in history and "Du er her" in history
    assert (
        client.post(at(room, draft, "steg/"), {"_version": fresh(room, draft).version, "number": "x"}).status_code
        == 303
    )


def test_a_draft_is_thrown_away_after_a_question(room: Room, browse: Browse, draft: ModelVersion) -> None:
    client = browse()
    assert "Kast utkastet?" in body(client.get(room.address(f"{draft.pk}/kast/")))
    assert client.post(room.address(f"{draft.pk}/kast/"), {"_version": draft.version}).status_code == 303
    assert fresh(room, draft).state == ModelState.WITHDRAWN
    assert client.get(at(room, draft)).status_code == 409


def test_places_that_are_no_pages_are_not_found(room: Room, browse: Browse, draft: ModelVersion) -> None:
    client = browse()
    for place in ("finnes", "roles.999", "roles.0.name", "format", "roles.0.rights", "..", "%00", "wheel.periods"):
        assert client.get(at(room, draft), {"sted": place}).status_code == 404, place
    assert client.get(at(room, draft), {"sted": "wheel"}).status_code == 200


def test_only_drafts_are_edited_and_only_by_those_who_keep_the_model(
    room: Room, browse: Browse, draft: ModelVersion
) -> None:
    with tenant_scope(room.tenant.pk):
        adopted = ModelVersion.objects.get(number=1)
    assert browse().get(at(room, adopted)).status_code == 409
    for rest in ("rediger/", "rediger/historikk/", "rediger/nokkel/?sted=roles.0", "kast/", "foreslaa/"):
        assert browse("unit_manager").get(room.address(f"{draft.pk}/{rest}")).status_code == 403


def test_the_drawing_leads_to_the_steps_and_has_a_list(room: Room, browse: Browse, draft: ModelVersion) -> None:
    page = body(browse().get(at(room, draft), {"sted": "paths.0.steps.1"}))
    assert re.search(r'<a class="path-link" href="[^"]*\?sted=paths.0.steps.0">', page)
    assert "path-step-current" in page
    assert "Veien som tegning og liste" in page


def test_languages_are_shown_when_asked_for(room: Room, browse: Browse, draft: ModelVersion) -> None:
    client = browse()
    assert 'name="v.name#nn"' not in body(client.get(at(room, draft), {"sted": "om"}))
    assert 'name="v.name#nn"' in body(client.get(at(room, draft), {"sted": "om", "sprak": "alle"}))


def test_what_is_different_from_the_start_is_told(room: Room, browse: Browse) -> None:
    client = browse()
    answer = client.post(room.address("utkast/"), {"origin": "mal:gjovik"})
    with tenant_scope(room.tenant.pk):
        row = ModelVersion.objects.get(number=2)
    client.post(
        f"{answer.headers['Location']}?sted=roles.0", {"_version": row.version, "v.roles.0.name": "Helt ny tittel"}
    )
    page = body(client.get(room.address(f"{row.pk}/forskjell/"), {"other": "start"}))
    assert "Helt ny tittel" in page
    assert page.count("<tr>") < 5
    against = body(client.get(room.address(f"{row.pk}/forskjell/")))
    assert "Fra versjon 1 til versjon 2" in against


def test_the_dry_run_asks_what_the_conditions_ask_and_follows_the_choices(
    room: Room, browse: Browse, draft: ModelVersion
) -> None:
    client, page = browse(), room.address(f"{draft.pk}/proeve/")
    shown = body(client.get(page))
    assert "Behandler personopplysninger" in shown
    assert 'class="timeline-picture"' in shown
    name = re.search(r'name="(valg:innspill/[^"]+)"', shown)
    assert name is not None
    value = re.search(r'<option value="([^"]+)">[^<]*→ Meldes|<option value="(tilbake|stopp[^"]*)"', shown)
    chosen = client.get(
        page,
        {
            "path": "innspill",
            "start": "2026-02-10",
            name.group(1): value.group(1) or value.group(2) if value else "stopp",
        },
    )
    assert chosen.status_code == 200
    assert body(chosen) != shown


def test_without_a_path_for_it_a_draft_is_not_sent_but_entered(room: Room, browse: Browse, draft: ModelVersion) -> None:
    client = browse()
    assert "har ingen vei for dette" in body(client.get(room.address(f"{draft.pk}/foreslaa/")))
    answer = client.post(room.address(f"{draft.pk}/foreslaa/"), {"_version": draft.version, "valid_from": "2026-03-01"})
    assert answer.status_code == 409
    assert "Send til behandling" not in body(client.get(at(room, draft)))


def test_the_list_of_drafts_asks_no_more_for_many_than_for_few(room: Room, browse: Browse, draft: ModelVersion) -> None:
    client = browse()

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(room.address("utkast/")).status_code == 200
        return len(asked)

    questions()
    few = questions()
    with tenant_scope(room.tenant.pk):
        for number in range(3, 12):
            keep(TEXT, number, ModelState.DRAFT)
    assert questions() == few
