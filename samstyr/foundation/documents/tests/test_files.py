"""Stored files: names, kinds, quota, exemption, freezing, and that the bytes are sealed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from samstyr.foundation.access import Act, Facts
from samstyr.foundation.audit.models import AuditEvent
from samstyr.foundation.documents import actions, files, queries
from samstyr.foundation.documents.models import Document
from samstyr.foundation.documents.rules import clean_file_name, content_type_of
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.organisations.tests.factories import (
    make_actor,
    make_person,
    make_tenant,
)
from samstyr.foundation.tables.spreadsheet import SheetOut, workbook
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope

NOW = datetime(2026, 2, 10, 11, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
def tenant(db: None, settings: Any, tmp_path: Any) -> Iterator[Tenant]:
    settings.MEDIA_ROOT = str(tmp_path)
    made = make_tenant()
    with tenant_scope(made.pk):
        yield made


def store(tenant: Tenant, content: bytes = b"tekst", file_name: str = "notat.txt", **more: Any) -> Document:
    person = more.pop("person", None) or make_person()
    facts = more.pop("facts", None) or Facts("need", tenant.pk, owners=frozenset({person.pk}))
    return actions.store(
        actor=make_actor(person=person, holds=False),
        now=NOW,
        owner_kind="need",
        owner_id=more.pop("owner_id", uuid4()),
        owner_facts=facts,
        content=content,
        file_name=file_name,
        **more,
    )


def zipped(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\a\\notat.pdf", "notat.pdf"),
        ("faktura\u202efdp.exe", "fakturafdp.exe"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ('<a href="x">.md', "_a href=_x__.md"),
        ("  ", "fil"),
        ("...", "fil"),
        ("Blå Ås.docx", "Blå Ås.docx"),
    ],
)
def test_names_are_cleaned(given: str, clean: str) -> None:
    assert clean_file_name(given) == clean


def test_long_names_keep_their_kind() -> None:
    name = clean_file_name("å" * 300 + ".docx")
    assert len(name) == 100
    assert name.endswith(".docx")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"tekst", "a.txt"),
        (b"# Hei", "a.md"),
        (b"%PDF-1.7 x", "a.PDF"),
        (PNG, "a.png"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 32, "a.jpg"),
        (workbook([SheetOut("A", ["x"])]), "a.xlsx"),
        (zipped(**{"[Content_Types].xml": "x", "word__document.xml": "x"}), "a.docx"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "a.odt"),
    ],
)
def test_the_kinds_we_take(content: bytes, name: str) -> None:
    assert content_type_of(content, name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.txt"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.txt"),
        (b"<svg onload='x'/>", "a.svg"),
        (b"<html><script>", "a.html"),
        (b"  <!DOCTYPE html>", "a.txt"),
        (b"MZ\x90\x00", "a.exe"),
        (b"MZ\x90\x00", "a.txt"),
        (PNG, "a.pdf"),
        (b"%PDF-1.7", "a.png"),
        (b"PK\x03\x04", "a.docx"),
        (zipped(**{"[Content_Types].xml": "x", "word__document.xml": "x"}), "a.xlsx"),
        (zipped(**{"[Content_Types].xml": "x", "word__document.xml": "x", "word__vbaProject.bin": "x"}), "a.docx"),
        (b"x", "uten-type"),
        (b"x", "a.docm"),
    ],
)
def test_the_kinds_we_refuse(content: bytes, name: str) -> None:
    with pytest.raises(Invalid) as fault:
        content_type_of(content, name)
    assert fault.value.errors[0].field == "file"


@pytest.mark.django_db
def test_a_stored_file_is_sealed_and_told_of(tenant: Tenant) -> None:
    row = store(tenant, b"innhold")
    assert files.read_bytes(row) == b"innhold"
    assert files.path_of(row).parent.name == str(tenant.pk)
    assert "notat" not in row.stored_name
    assert AuditEvent.objects.filter(action="document.stored", object_id=row.pk).exists()
    files.path_of(row).write_bytes(b"byttet")
    with pytest.raises(NotFound):
        files.read_bytes(row)


@pytest.mark.django_db
def test_a_stored_name_never_leaves_the_folder(tenant: Tenant) -> None:
    row = replace_name(store(tenant), "../../../etc/passwd")
    with pytest.raises(NotFound):
        files.read_bytes(row)


def replace_name(row: Document, name: str) -> Document:
    row.stored_name = name
    return row


@pytest.mark.django_db
def test_without_the_right_nothing_is_stored(tenant: Tenant) -> None:
    with pytest.raises(Refused):
        store(tenant, facts=Facts("need", tenant.pk, owners=frozenset({uuid4()})))
    assert not Document.objects.exists()
    assert not files.folder_of(tenant.pk).exists()


@pytest.mark.django_db
def test_the_quota_is_the_tenants(tenant: Tenant, settings: Any) -> None:
    settings.SAMSTYR_FILE_QUOTA = 10
    store(tenant, b"12345")
    with pytest.raises(Invalid, match="fullt"):
        store(tenant, b"123456")
    store(tenant, b"12345")


@pytest.mark.django_db
def test_exempt_needs_its_legal_basis_and_hides_the_file(tenant: Tenant) -> None:
    with pytest.raises(Invalid) as fault:
        store(tenant, exempt=True, basis=" ")
    assert fault.value.errors[0].field == "legal_basis"
    row = store(tenant, exempt=True, basis="offl. § 13", public_title="Vedlegg")
    owner = Facts("need", tenant.pk)
    assert row.facts(owner).exempt
    assert not replace(row.facts(owner), exempt=False).exempt
    assert row.public_title == "Vedlegg"


@pytest.mark.django_db
def test_removed_until_frozen(tenant: Tenant, django_capture_on_commit_callbacks: Any) -> None:
    person = make_person()
    actor = make_actor(person=person, holds=False)
    facts = Facts("need", tenant.pk, owners=frozenset({person.pk}))
    kept, gone = store(tenant, person=person), store(tenant, person=person)
    actions.freeze(actor=actor, now=NOW, document_id=kept.pk, owner_facts=facts)
    with pytest.raises(Conflict):
        actions.remove(actor=actor, now=NOW, document_id=kept.pk, owner_facts=facts)
    stranger = make_actor(holds=False)
    with pytest.raises(Refused):
        actions.remove(actor=stranger, now=NOW, document_id=gone.pk, owner_facts=facts)
    path, key = files.path_of(gone), gone.pk
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(actor=actor, now=NOW, document_id=key, owner_facts=facts)
    assert queries.document(key) is None
    assert not path.exists()
    assert files.read_bytes(kept)
    assert AuditEvent.objects.filter(action="document.removed", object_id=key).exists()


@pytest.mark.django_db
def test_an_old_version_is_a_conflict(tenant: Tenant) -> None:
    person = make_person()
    row = store(tenant, person=person)
    facts = Facts("need", tenant.pk, owners=frozenset({person.pk}))
    with pytest.raises(Conflict):
        actions.remove(
            actor=make_actor(person=person, holds=False), now=NOW, document_id=row.pk, version=7, owner_facts=facts,
            act=Act.NEED_EDIT,
        )  # fmt: skip
