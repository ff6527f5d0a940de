"""The plan's pages: they render, they hold still, they leave as files, and their queries do not grow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.wheel.portfolio import queries
from samstyr.wheel.portfolio.models import PlanVersion
from samstyr.wheel.portfolio.tests.factories import ADOPTION, World, at, world


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


def test_everybody_who_reads_plans_sees_both_parts_and_the_sums(made: World) -> None:
    """B-01, B-05, B-35."""
    version = made.adopted(made.line(), made.line("Bare her", slots=("birkenes",)))
    client = made.client("unit_manager:lillesand")
    page = text_of(client.get(place(made, "plan-version-detail", version.pk)))
    assert "Felles meldingsløsning" in page
    assert "Bare her" in page
    assert "800" in page
    assert "800 000" in text_of(client.get(place(made, "plan-version-detail", version.pk) + "?unit=kr"))
    own = client.get(
        place(made, "plan-version-detail", version.pk) + f"?organisation={made.organisations['lillesand'].pk}"
    )
    assert "Bare her" not in text_of(own)


@pytest.mark.parametrize("name", ["plan-line-add", "plan-propose"])
def test_pages_for_writing_are_the_forums(made: World, name: str) -> None:
    version = made.draft()
    assert made.client("it_lead").get(place(made, name, version.pk)).status_code == 200
    assert made.client("unit_manager").get(place(made, name, version.pk)).status_code == 403


def test_a_frozen_version_refuses_every_address_that_writes(made: World) -> None:
    """I-02, B-14."""
    version = made.propose(made.draft())
    (row,) = queries.lines_of(version)
    client = made.client("it_lead")
    for name, keys in (
        ("plan-rank", [version.pk]),
        ("plan-propose", [version.pk]),
        ("plan-line-remove", [version.pk, row.pk]),
    ):
        assert client.post(place(made, name, *keys), {"_version": "", "_key": name}).status_code == 409
    assert [line.title for line in queries.lines_of(version)] == ["Felles meldingsløsning"]


def test_ranks_are_moved_by_number(made: World) -> None:
    version = made.draft(made.line("A"), made.line("B"))
    first, second = queries.lines_of(version)
    client = made.client("it_lead")
    answer = client.post(
        place(made, "plan-rank", version.pk),
        {"_version": "1", "_key": "r1", f"rank-{first.pk}": "2", f"rank-{second.pk}": "1"},
    )
    assert answer.status_code == 302
    assert [line.title for line in queries.lines_of(version)] == ["B", "A"]


def test_the_adopted_version_leaves_as_three_files(made: World) -> None:
    """B-50, W1 step 19: item, owner, scope, cost per year and the decision."""
    version = made.adopted()
    client = made.client("unit_manager")
    data = json.loads(client.get(place(made, "plan-export", version.pk, "json")).content)
    (measure,) = data["measures"]
    assert [cost["amount"] for cost in measure["costs"]] == [400_000, 200_000, 200_000, 200_000]
    assert (data["version"], measure["owner"], measure["scope"]) == (1, "IT-leder", "Birkenes, Lillesand")
    assert "20.05.2025" in data["decision"]
    assert sum(measure["shares"].values()) == 1_000_000
    assert b"Felles" in client.get(place(made, "plan-export", version.pk, "csv")).content
    assert client.get(place(made, "plan-export", version.pk, "xlsx")).content[:2] == b"PK"
    assert client.get(place(made, "plan-export", version.pk, "exe")).status_code == 404


def test_a_measure_opens_to_its_parts_and_says_why_it_may_not_start(made: World) -> None:
    """B-41."""
    version = made.adopted()
    (row,) = queries.lines_of(version)
    address = place(made, "plan-measure", version.pk, row.pk)
    page = text_of(made.client("it_lead").get(address))
    assert "Tiltaket kan tidligst starte 1. januar 2026" in page
    answer = made.client("it_lead").post(address, {"verb": "start", "_key": "s1"})
    assert "I gang" not in text_of(made.client("it_lead").get(address)).split("<form")[0]
    assert answer.status_code != 302


def test_queries_of_the_version_do_not_grow(made: World) -> None:
    version = made.draft(made.line("1"), made.line("2"))
    client = made.client("it_lead")

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(place(made, "plan-version-detail", version.pk)).status_code == 200
        return len(seen)

    count()
    few = count()
    for number in range(3, 12):
        made.add(version, made.line(str(number)))
    assert PlanVersion.objects.get().lines.count() == 11
    assert count() == few
