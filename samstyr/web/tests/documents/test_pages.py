"""Handing out files: as attachments that no browser runs, to those with the right at that moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from samstyr.foundation.documents import actions, files
from samstyr.foundation.documents.models import Document
from samstyr.foundation.organisations.tests.factories import log_in, make_person
from samstyr.wheel.needs.tests.factories import NOW, World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db: None, settings: Any, tmp_path: Any) -> Iterator[World]:
    """Two municipalities with needs, and a folder for files."""
    settings.MEDIA_ROOT = str(tmp_path)
    with world() as ready:
        yield ready


def attach(made: World, need: Any, **more: Any) -> Document:
    return actions.store(
        actor=made.actor("ansatt"), now=NOW, owner_kind="need", owner_id=need.pk, owner_facts=need.facts(),
        content=b"# Notat", file_name="Blå notat.md", **more,
    )  # fmt: skip


def path(made: World, key: Any) -> str:
    return f"/o/{made.tenant.slug}/filer/{key}/"


def test_a_file_comes_as_an_attachment_that_cannot_run(made: World) -> None:
    row = attach(made, made.draft())
    answer = made.log_in(Client(), "ansatt").get(path(made, row.pk))
    assert (answer.status_code, answer.content) == (200, b"# Notat")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


def test_the_right_is_asked_at_each_download(made: World) -> None:
    need = made.draft()
    row = attach(made, need)
    client = made.log_in(Client(), "kollega")
    assert client.get(path(made, row.pk)).status_code == 404
    leader = made.log_in(Client(), "leder")
    assert leader.get(path(made, row.pk)).status_code == 404  # still a draft
    sent = made.submitted()
    open_row = attach(made, sent)
    assert leader.get(path(made, open_row.pk)).status_code == 200
    stranger = log_in(Client(), make_person("Nyansatt"))
    assert stranger.get(path(made, open_row.pk)).status_code == 404
    assert Client().get(path(made, open_row.pk)).status_code == 302


def test_an_exempt_file_is_refused_where_its_owner_is_read(made: World) -> None:
    row = attach(made, made.submitted(), exempt=True, basis="offl. § 13")
    assert made.log_in(Client(), "leder").get(path(made, row.pk)).status_code == 403
    assert made.log_in(Client(), "ansatt").get(path(made, row.pk)).status_code == 200


def test_what_is_missing_unknown_or_tampered_with_is_not_found(made: World) -> None:
    client = made.log_in(Client(), "ansatt")
    row = attach(made, made.submitted())
    assert client.get(path(made, uuid4())).status_code == 404
    files.path_of(row).write_bytes(b"<script>")
    assert client.get(path(made, row.pk)).status_code == 404
    Document.objects.filter(pk=row.pk).update(owner_kind="ukjent")
    assert client.get(path(made, row.pk)).status_code == 404
    Document.objects.filter(pk=row.pk).update(owner_kind="need", owner_id=uuid4())
    assert client.get(path(made, row.pk)).status_code == 404
