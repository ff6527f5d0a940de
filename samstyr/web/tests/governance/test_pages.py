"""The model's pages: what they show, what they refuse, and the way from a pasted text to an adopted version."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.governance.queries import findings_of
from samstyr.foundation.tenancy.scope import tenant_scope

from .conftest import TEXT, Room, keep

Browse = Callable[..., Client]


def body(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_the_model_page_draws_path_and_wheel_with_their_lists(room: Room, browse: Browse) -> None:
    """W1 step 1: the whole chain is drawn, and told in words beside it."""
    page = body(browse("unit_manager").get(room.address()))
    for name in (
        "Leder for tjenesten", "Kommunalsjef vurderer innspillet", "IT-tjenesten tar imot", "Personvernombud",
        "Behandling i digitaliseringsforum", "Kommunedirektørens lederteam: Birkenes kommune, Lillesand kommune",
        ">Birkenes kommune</text>", ">Lillesand kommune</text>", "Vedtak i IT-tjenestens samarbeidsorgan",
    ):  # fmt: skip
        assert name in page, name
    assert page.count('class="path-picture"') == 5
    assert 'class="wheel"' in page
    assert "<ol" in page
    assert 'style="' not in page
    assert "Lag ny versjon" not in page
    assert "Lag ny versjon" in body(browse().get(room.address()))


def test_roles_show_tasks_holders_and_what_nobody_has(room: Room, browse: Browse) -> None:
    """B-02: every task has a role; a role without a holder is shown as vacant."""
    page = body(browse("unit_manager").get(room.address("roller/")))
    assert "Melder behov fra tjenesten" in page
    assert "Unit_manager, Birkenes" in page
    assert "Alle oppgaver har en rolle eller et organ." in page
    assert "Ledig" in page
    with tenant_scope(room.tenant.pk):
        row = keep(TEXT.replace("      owner: budget_officer\n", "").replace("      owner: representative\n", ""), 2)
    page = body(browse("unit_manager").get(room.address(f"{row.pk}/roller/")))
    assert "Alle oppgaver har en rolle eller et organ." not in page


def test_findings_are_accepted_with_a_reason_and_stand_in_the_way_until_then(room: Room, browse: Browse) -> None:
    """W1 step 2."""
    broken = TEXT.replace("chosen: Lederteamene behandler. Samarbeidsorganet vedtar.\n    ", "")
    with tenant_scope(room.tenant.pk):
        row = keep(broken, 2, ModelState.DRAFT)
    client = browse()
    page = body(client.get(room.address(f"{row.pk}/funn/")))
    assert "F-B1" in page
    assert "F-B11" in page
    assert "Modellen kan ikke vedtas ennå" in page
    adopt = {"adopted_by": "Samarbeidsorganet", "valid_from": "2026-03-01", "_version": row.version}
    refused = client.post(room.address(f"{row.pk}/vedta/"), adopt)
    assert refused.status_code == 409
    assert "må rettes eller aksepteres" in body(refused)
    address = room.address(f"{row.pk}/funn/aksepter/")
    assert "Lederteamet" in body(client.get(address, {"funn": "F-B1"}))
    assert client.post(address, {"finding": "F-B1", "reason": "", "_version": row.version}).status_code == 422
    told = {"finding": "F-B1", "reason": "Samarbeidsorganet vedtar.", "_version": row.version}
    assert client.post(address, told).status_code == 303
    with tenant_scope(room.tenant.pk):
        row.refresh_from_db()
        still = [item.identity for item in findings_of(row) if item.blocks({a["finding"] for a in row.accepted})]
    assert still == []
    assert client.post(room.address(f"{row.pk}/vedta/"), {**adopt, "_version": row.version}).status_code == 303
    with tenant_scope(room.tenant.pk):
        row.refresh_from_db()
    assert row.state == ModelState.ADOPTED
    assert client.get(address, {"funn": "F-Q9"}).status_code == 404


def test_a_pasted_model_is_checked_and_only_then_kept(room: Room, browse: Browse) -> None:
    client, address = browse(), room.address("kontroll/")
    wrong = client.post(
        address, {"text": TEXT.replace("size: 13", "size: mange").replace("kind: adopt", "kind: vedta")}
    )
    assert wrong.status_code == 422
    assert body(wrong).count("Linje ") >= 2
    assert client.post(address, {"text": " "}).status_code == 422
    good = client.post(address, {"text": TEXT})
    assert good.status_code == 200
    assert "F-B1" in body(good)
    assert "Lagre som utkast" in body(good)
    with tenant_scope(room.tenant.pk):
        assert ModelVersion.objects.count() == 1
    kept = client.post(address, {"text": TEXT, "reason": "Ny runde", "save": "1"})
    assert kept.status_code == 303
    with tenant_scope(room.tenant.pk):
        row = ModelVersion.objects.get(number=2)
        assert (row.state, row.text, row.reason) == (ModelState.DRAFT, TEXT, "Ny runde")


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00k", "navn: Brønnøy".encode("cp1252"), b"a: &b 1\nc: *b\n", b"- 1\n", b"\0"]
)
def test_a_file_that_is_no_model_is_told_so(room: Room, browse: Browse, content: bytes) -> None:
    answer = browse().post(room.address("kontroll/"), {"file": SimpleUploadedFile("m.yaml", content)})
    assert answer.status_code == 422
    assert "Modellen kan ikke leses" in body(answer)
    with tenant_scope(room.tenant.pk):
        assert ModelVersion.objects.count() == 1


def test_markup_in_a_model_is_shown_as_text(room: Room, browse: Browse) -> None:
    text = TEXT.replace("name: Kommunalsjef vurderer innspillet", 'name: "<script>alert(1)</script>"')
    page = body(browse().post(room.address("kontroll/"), {"text": text}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_differences_are_told_in_words(room: Room, browse: Browse) -> None:
    with tenant_scope(room.tenant.pk):
        row = keep(TEXT.replace("working_days: -8", "working_days: -10"), 2, ModelState.DRAFT)
        keep(TEXT, 3, ModelState.DRAFT)
    page = body(browse().get(room.address(f"{row.pk}/forskjell/")))
    assert "8 virkedager før møtet i Digitaliseringsforum" in page
    assert "10 virkedager før møtet i Digitaliseringsforum" in page
    assert "Fra versjon 1 til versjon 2" in page


def test_the_dry_run_gives_dates_by_month(room: Room, browse: Browse) -> None:
    with tenant_scope(room.tenant.pk):
        row = ModelVersion.objects.get()
    page = body(
        browse("unit_manager").get(room.address(f"{row.pk}/proeve/"), {"start": "2026-02-10", "path": "innspill"})
    )
    assert "mars 2026" in page.lower()
    assert "Vedtak i IT-tjenestens samarbeidsorgan" in page
    assert browse().get(room.address(f"{row.pk}/proeve/"), {"start": "31.02.", "path": "x"}).status_code == 200


def test_the_file_is_the_text_as_kept(room: Room, browse: Browse) -> None:
    with tenant_scope(room.tenant.pk):
        row = ModelVersion.objects.get()
    answer = browse("unit_manager").get(room.address(f"{row.pk}/yaml/"))
    assert answer.content.decode() == TEXT
    assert "attachment" in answer.headers["Content-Disposition"]
    assert browse().get(room.address("maler/birkenes-lillesand/")).content.decode() == TEXT
    assert browse().get(room.address("maler/finnes-ikke/")).status_code == 404


@pytest.mark.parametrize("rest", ["kontroll/", "maler/birkenes-lillesand/", "{pk}/vedta/", "{pk}/funn/aksepter/"])
def test_those_who_only_read_may_not_manage(room: Room, browse: Browse, rest: str) -> None:
    with tenant_scope(room.tenant.pk):
        row = ModelVersion.objects.get()
    assert browse("unit_manager").get(room.address(rest.format(pk=row.pk))).status_code == 403


def test_every_rule_is_explained(room: Room, browse: Browse) -> None:
    page = body(browse("unit_manager").get(room.address("regler/")))
    for number in range(1, 24):
        assert f"R-{number:02d}" in page


def test_without_a_model_in_force_the_page_says_so(room: Room, browse: Browse) -> None:
    client = browse()
    with tenant_scope(room.tenant.pk):
        ModelVersion.objects.update(valid_from=None, state=ModelState.DRAFT)
    assert client.get(room.address()).status_code == 403
