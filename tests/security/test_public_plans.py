"""Published plans are the one place where nobody logs in: what they reach, and what they never tell."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samstyr.foundation.tenancy.scope import current_tenant_id, tenant_scope
from samstyr.outward.publishing.models import Publication
from tests.security.objects import publication
from tests.security.test_id_swap import bare
from tests.security.world import World, build

pytestmark = pytest.mark.django_db

ADDRESSES = (("public-plan", ()), ("public-plan-file", ("json",)), ("public-plan-file", ("pdf",)))


@pytest.fixture
def worlds() -> tuple[World, World]:
    """Two arrangements, where the first has published a plan."""
    ours, theirs = build("vaare"), build("andres")
    with tenant_scope(ours.tenant.pk):
        publication(ours)
    return ours, theirs


def ask(name: str, *where: str) -> Any:
    return bare(Client().get(reverse(name, args=where)))


@pytest.mark.parametrize(("name", "more"), ADDRESSES)
def test_unknown_unpublished_withdrawn_and_foreign_answer_alike(
    worlds: tuple[World, World], name: str, more: tuple[str, ...]
) -> None:
    ours, theirs = worlds
    with tenant_scope(ours.tenant.pk):
        row = publication(ours)
    with tenant_scope(theirs.tenant.pk):
        hidden = publication(theirs)
        Publication.objects.filter(pk=hidden.pk).update(withdrawn_on="2026-03-01", slug="bare-deres")
    answers = [
        ask(name, "finnes-ikke", row.slug, *more),
        ask(name, ours.tenant.slug, "finnes-ikke", *more),
        ask(name, ours.tenant.slug, "bare-deres", *more),
        ask(name, theirs.tenant.slug, "bare-deres", *more),
        ask(name, theirs.tenant.slug, row.slug, *more),
    ]
    assert answers[0][0] == 404
    assert answers[0][2]["X-Robots-Tag"] == "noindex, nofollow"
    assert all(answer == answers[0] for answer in answers)


def test_an_arrangement_that_publishes_nothing_is_as_one_that_is_not(worlds: tuple[World, World]) -> None:
    _ours, theirs = worlds
    assert ask("public-plans", theirs.tenant.slug) == ask("public-plans", "finnes-ikke")


def test_a_visitor_reads_the_publication_and_no_other_table_of_the_arrangement(worlds: tuple[World, World]) -> None:
    ours, _theirs = worlds
    with tenant_scope(ours.tenant.pk):
        row = publication(ours)
    client = Client()
    client.get(reverse("public-plan", args=[ours.tenant.slug, row.slug]))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("public-plan", args=[ours.tenant.slug, row.slug])).status_code == 200
    tables = {
        word
        for query in captured.captured_queries
        for word in query["sql"].replace('"', " ").split()
        if word.startswith("samstyr_") and "." not in word
    }
    assert tables <= {"samstyr_tenant", "samstyr_publication"}
    assert not any(query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) for query in captured.captured_queries)
    assert current_tenant_id() is None
