"""Publishing: only what is adopted, frozen as it was, without names, and gone when it is withdrawn."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from samstyr.foundation.audit.models import AuditEvent
from samstyr.foundation.kernel.errors import Conflict, NotFound, Refused
from samstyr.foundation.tenancy.scope import current_tenant_id
from samstyr.outward.publishing import actions, queries
from samstyr.outward.publishing.models import Publication
from samstyr.wheel.portfolio import actions as portfolio
from samstyr.wheel.portfolio import queries as plans
from samstyr.wheel.portfolio.models import PlanVersion
from samstyr.wheel.portfolio.tests.factories import ADOPTION, World, at, world

LATER = date(2026, 3, 2)


@pytest.fixture
def made(db: None) -> Iterator[World]:
    """Two municipalities under the joint model."""
    with world() as ready:
        yield ready


def publish(made: World, version: PlanVersion, day: date = ADOPTION) -> Publication:
    return actions.publish(actor=made.actor("it_lead", day), now=at(day), version_id=version.pk)


def withdraw(made: World, row: Publication) -> Publication:
    return actions.withdraw(
        actor=made.actor("it_lead"), now=at(ADOPTION), version_id=row.plan_version_id, version=row.version
    )


def test_only_an_adopted_version_is_published_and_by_who_makes_the_plan(made: World) -> None:
    version = made.draft()
    with pytest.raises(Conflict):
        publish(made, version)
    version = made.decide(made.propose(version))
    with pytest.raises(Refused):
        actions.publish(actor=made.actor("unit_manager"), now=at(ADOPTION), version_id=version.pk)
    row = publish(made, version)
    assert row.slug == "handlingsplan-2026-versjon-1"
    assert AuditEvent.objects.filter(action="publication.published", object_id=row.pk).exists()
    assert "content" not in row.snapshot()


def test_what_is_published_stands_as_it_was_until_it_is_published_again(made: World) -> None:
    version = made.adopted()
    row = publish(made, version)
    (line,) = plans.lines_of(version)
    portfolio.record_progress(
        actor=made.actor("it_lead", LATER), now=at(LATER), plan_id=version.plan_id, line_key=line.line_key,
        state="paused", happened_on=LATER,
    )  # fmt: skip
    assert queries.content_of(queries.published_at(row.slug)).measures[0].status == "Ikke startet"
    again = publish(made, version, LATER)
    assert (again.pk, again.slug) == (row.pk, row.slug)
    assert queries.content_of(queries.published_at(row.slug)).measures[0].status == "På vent"
    assert queries.file_of(again, "pdf").startswith(b"%PDF")
    assert queries.file_of(again, "xlsx").startswith(b"PK")
    with pytest.raises(NotFound):
        queries.file_of(again, "docx")


def test_it_holds_nobodys_name(made: World) -> None:
    """I-22."""
    person = made.who("unit_manager")
    person.name = "Prøve Leder"
    person.save()
    version = made.adopted(made.line(owner="Prøve Leder", argument="Prøve Leder ba om det."))
    row = publish(made, version)
    assert "Prøve Leder" not in str(row.content)
    book = load_workbook(io.BytesIO(queries.file_of(row, "xlsx")))
    cells = [cell.value for sheet in book for line in sheet.iter_rows() for cell in line]
    assert "[navn utelatt] ba om det." in cells
    assert not any("Prøve Leder" in str(cell) for cell in cells)


def test_a_withdrawn_version_is_as_one_that_never_was(made: World) -> None:
    row = publish(made, made.adopted())
    gone = withdraw(made, row)
    with pytest.raises(NotFound):
        queries.published_at(row.slug)
    with pytest.raises(Conflict):
        withdraw(made, gone)
    assert queries.publication_of(row.plan_version_id) is not None
    assert AuditEvent.objects.filter(action="publication.withdrawn").exists()
    assert publish(made, PlanVersion.objects.get(pk=row.plan_version_id)).withdrawn_on is None


def test_withdrawing_what_was_never_published_is_not_found(made: World) -> None:
    with pytest.raises(NotFound):
        actions.withdraw(actor=made.actor("it_lead"), now=at(ADOPTION), version_id=made.adopted().pk, version=None)


def test_the_scope_is_entered_for_what_is_published_and_left_again(made: World) -> None:
    publish(made, made.adopted())
    slug = made.tenant.slug
    before = current_tenant_id()
    with queries.public_scope(slug) as tenant:
        assert (tenant.pk, current_tenant_id()) == (made.tenant.pk, made.tenant.pk)
    assert current_tenant_id() == before
    with pytest.raises(NotFound), queries.public_scope("finnes-ikke"):
        pass


def test_the_pages_answer_anybody_and_mark_their_content(made: World) -> None:
    row = publish(made, made.adopted())
    client = Client()
    address = reverse("public-plan", args=[made.tenant.slug, row.slug])
    answer = client.get(address)
    assert answer.status_code == 200
    assert "1 000 000 kr" in answer.content.decode().replace("\xa0", " ")
    assert answer.headers["X-Robots-Tag"] == "all"
    assert answer.headers["Cache-Control"].startswith("public")
    assert answer.headers["Content-Language"] == "nb"
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert not answer.cookies
    assert client.get(address, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304
    assert client.get(address).headers["ETag"] == answer.headers["ETag"]
    assert client.post(address).status_code == 405
    for ending, start in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{")):
        file = client.get(reverse("public-plan-file", args=[made.tenant.slug, row.slug, ending]))
        assert file.content.startswith(start)
        assert "attachment" in file.headers["Content-Disposition"]
    assert client.get(reverse("public-plan-file", args=[made.tenant.slug, row.slug, "docx"])).status_code == 404
    listed = client.get(reverse("public-plans", args=[made.tenant.slug])).content.decode()
    assert address in listed
