"""An operator makes an arrangement, and its first administrator gets in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from samstyr.foundation.audit import queries as audit
from samstyr.foundation.governance import queries as models
from samstyr.foundation.kernel import clock
from samstyr.foundation.organisations.models import Organisation, Person
from samstyr.foundation.tenancy.models import Account, Tenant
from samstyr.foundation.tenancy.scope import tenant_scope

pytestmark = [pytest.mark.django_db, pytest.mark.as_owner]
GIVEN = {"name": "Vestvik", "admin_email": "admin@vestvik.example", "model": "birkenes-lillesand"}
PASSWORD = "tolv-lange-ord-7"


def create(slug: str = "vestvik", **changes: Any) -> None:
    call_command("tenant", "create", slug, **{**GIVEN, **changes})


def link_in(text: str) -> str:
    start = text.index("/invitasjon/")
    return text[start:].split()[0]


def test_from_the_command_to_the_first_page(capsys: pytest.CaptureFixture[str]) -> None:
    create()
    guest = Client()
    page = guest.get(link_in(capsys.readouterr().out), follow=True)
    here = page.redirect_chain[-1][0]
    assert guest.post(here, {"new_password1": PASSWORD, "new_password2": PASSWORD}).status_code == 302
    assert guest.login(username="admin@vestvik.example", password=PASSWORD)
    for path in ("", "styringsmodell/", "organisasjon/", "organisasjon/personer/ny/"):
        assert guest.get(f"/o/vestvik/{path}").status_code == 200, path
    with tenant_scope(Tenant.objects.get().pk):
        model = models.current_model(clock.oslo_date(clock.now()))
        assert model is not None
        assert set(Organisation.objects.values_list("slot", flat=True)) == {slot.key for slot in model.organisations}
        assert isinstance(audit.verify_chain(), int)


@pytest.mark.parametrize("name", ["birkenes-lillesand", "gjovik", "bronnoy", "aurskog-holand", "ks-du"])
def test_each_model_that_comes_with_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    create(model=name, accept_findings="Gjennomgått ved oppretting.")
    assert "/invitasjon/" in capsys.readouterr().out
    with tenant_scope(Tenant.objects.get().pk):
        assert models.current_model(clock.oslo_date(clock.now())).key == name  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("slug", "changes", "words"),
    [
        ("Vest vik", {}, "«Vest vik»"),
        ("VESTVIK", {}, "«VESTVIK»"),
        ("vestvik", {"admin_email": "ingen"}, "«ingen»"),
        ("vestvik", {"model": "finnes-ikke"}, "«finnes-ikke»"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_written(slug: str, changes: dict[str, str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        create(slug, **changes)
    assert not Tenant.objects.exists()
    assert not Account.objects.exists()


def test_a_faulty_model_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "modell.yaml"
    path.write_text("format: 1\nkey: x\nname: X\nroles: 3\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Linje"):
        create(model=str(path))
    assert not Tenant.objects.exists()


def test_the_same_again_is_refused() -> None:
    from django.db import connection

    create()
    with pytest.raises(CommandError, match="SQLite" if connection.vendor == "sqlite" else "«vestvik»"):
        create()
    assert Tenant.objects.count() == 1


def test_who_is_locked_out_gets_a_new_link(capsys: pytest.CaptureFixture[str]) -> None:
    create()
    account = Account.objects.get()
    account.set_password(PASSWORD)
    account.save()
    capsys.readouterr()
    call_command("tenant", "link", "vestvik", "Admin@vestvik.example")
    assert "/invitasjon/" in capsys.readouterr().out
    assert not Client().login(username=account.username, password=PASSWORD)
    for words in (("vestvik", "ukjent@vestvik.example"), ("ukjent", "a@b.no")):
        with pytest.raises(CommandError, match="«ukjent|ukjent»"):
            call_command("tenant", "link", *words)


def test_they_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("tenant", "list")
    assert "Ingen styringsordninger" in capsys.readouterr().out
    create()
    call_command("tenant", "list")
    out = capsys.readouterr().out
    assert "vestvik" in out and "1 personer" in out
    with tenant_scope(Tenant.objects.get().pk):
        assert Person.objects.count() == 1
