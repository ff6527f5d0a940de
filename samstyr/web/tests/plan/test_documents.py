"""The plan's documents and publishing from the pages: who gets them, in what form, and what the template says."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from samstyr.foundation.kernel import clock
from samstyr.outward.exports import templates, word
from samstyr.outward.publishing import queries as publications
from samstyr.wheel.portfolio.tests.factories import ADOPTION, TEAM, World, at, world


@pytest.fixture
def made(db: None) -> Iterator[World]:
    """Two municipalities under the joint model."""
    with world() as ready:
        yield ready


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the day of the adoption."""
    monkeypatch.setattr(clock, "now", lambda: at(ADOPTION))


def place(made: World, name: str, *keys: object) -> str:
    return reverse(name, args=[made.tenant.slug, *keys])


def text_of(response: Any) -> str:
    return response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def template(text: str) -> SimpleUploadedFile:
    """A Word file with the text."""
    made = docx.Document()
    made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile("vår mal.docx", out.getvalue())


@pytest.mark.parametrize(
    ("ending", "start", "name"),
    [
        ("docx", b"PK", "handlingsplan-2026-1.docx"),
        ("pdf", b"%PDF", "handlingsplan-2026-1.pdf"),
        ("budsjett.xlsx", b"PK", "budsjett-handlingsplan-2026-1.xlsx"),
        ("xlsx", b"PK", "handlingsplan-2026-1.xlsx"),
    ],
)
def test_who_reads_the_plan_gets_its_documents(made: World, ending: str, start: bytes, name: str) -> None:
    """B-50."""
    version = made.adopted()
    page = text_of(made.client("unit_manager").get(place(made, "plan-version-detail", version.pk)))
    address = place(made, "plan-export", version.pk, ending)
    assert address in page
    answer = made.client("unit_manager").get(address)
    assert answer.content.startswith(start)
    assert name in answer.headers["Content-Disposition"]


def test_those_present_are_named_only_to_who_may_read_the_case(made: World) -> None:
    """I-22."""
    version = made.propose(made.draft())
    seats = [{"name": "Møtende Medlem", "votes": True}]
    made.treat(version, "municipal_director:birkenes", "slutter-seg-til", TEAM, present=seats)
    address = place(made, "plan-export", version.pk, "xlsx")

    def decisions(name: str) -> list[Any]:
        book = load_workbook(io.BytesIO(made.client(name).get(address).content))
        return [cell.value for row in book["Vedtak"].iter_rows() for cell in row]

    assert "Møtende Medlem" in decisions("municipal_director:birkenes")
    assert "Møtende Medlem" not in decisions("unit_manager")
    assert 1 in decisions("unit_manager")


@pytest.mark.parametrize("ending", ["docx", "pdf", "budsjett.xlsx"])
def test_the_number_of_queries_does_not_grow_with_the_plan(made: World, ending: str) -> None:
    version = made.draft(made.line("A"))
    client, address = made.client("it_lead"), place(made, "plan-export", version.pk, ending)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        made.add(version, made.line(f"B {number}"))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_the_template_is_replaced_tried_and_taken_back(made: World) -> None:
    version = made.adopted()
    client, address = made.client("it_lead"), place(made, "plan-template")
    assert client.get(place(made, "plan-template-file")).content == word.DEFAULT.read_bytes()
    answer = client.post(address, {"file": template("Vårt: {{ plan }}"), "_key": "m1"})
    assert answer.status_code == 302
    assert "vår mal.docx" in text_of(client.get(address))
    made_of = docx.Document(io.BytesIO(client.get(place(made, "plan-export", version.pk, "docx")).content))
    assert [paragraph.text for paragraph in made_of.paragraphs] == [f"Vårt: {version.plan.name}"]
    assert client.post(address, {"file": template("Nyere: {{ plan }}"), "_key": "m2"}).status_code == 302
    assert len(templates.stored_templates()) == 1
    assert client.post(place(made, "plan-template-drop"), {"_key": "m3"}).status_code == 302
    assert templates.stored_templates() == []
    assert client.post(place(made, "plan-template-drop"), {"_key": "m4"}).status_code == 409


def test_a_template_with_an_unknown_code_is_refused_with_its_name_and_the_old_one_stays(made: World) -> None:
    client, address = made.client("it_lead"), place(made, "plan-template")
    client.post(address, {"file": template("Vårt: {{ plan }}"), "_key": "m1"})
    answer = client.post(address, {"file": template("{{ finnes_ikke }}"), "_key": "m2"})
    assert answer.status_code == 422
    assert "«finnes_ikke»" in text_of(answer)
    (stored,) = templates.stored_templates()
    assert stored.file_name == "vår mal.docx"


def test_a_plan_is_published_read_without_login_and_withdrawn(made: World) -> None:
    version = made.adopted()
    client, address = made.client("it_lead"), place(made, "plan-publication", version.pk)
    assert "Publiser for alle" in text_of(client.get(address))
    assert client.post(address, {"_key": "p1"}).status_code == 302
    row = publications.publication_of(version.pk)
    assert row is not None
    public = place(made, "public-plan", row.slug)
    assert public in text_of(client.get(address))
    assert Client().get(public).status_code == 200
    gone = client.post(place(made, "plan-withdraw", version.pk), {"_version": row.version, "_key": "p2"})
    assert gone.status_code == 302
    assert Client().get(public).status_code == 404
    assert "trukket tilbake" in text_of(client.get(address))


def test_a_draft_says_that_it_cannot_be_published(made: World) -> None:
    version = made.draft()
    client, address = made.client("it_lead"), place(made, "plan-publication", version.pk)
    assert "Bare en vedtatt versjon" in text_of(client.get(address))
    assert client.post(address, {"_key": "p1"}).status_code == 409
