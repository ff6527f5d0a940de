"""Those who score in a round are told that it is open, and that the ranking is ready."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from samstyr.outward.notices import queries, texts
from samstyr.outward.notices.models import Notice
from samstyr.wheel.prioritisation.tests.factories import DAY, LEADER, SECTORS, World, at, world


@pytest.fixture
def made(db: None) -> Iterator[World]:
    """A municipality with five sectors."""
    with world() as ready:
        yield ready


def test_those_who_score_are_told_and_nobody_else(made: World) -> None:
    row = made.round()
    told = Notice.objects.filter(kind="scoring", object_id=row.pk)
    assert {notice.person.name for notice in told} == {made.people[name].name for name in SECTORS}
    assert all("vurdere behovene" in texts.sentence(notice) for notice in told)
    made.closed(row)
    done = Notice.objects.filter(kind="scored", object_id=row.pk)
    assert done.count() == len(SECTORS)
    assert all("rangeringen er klar" in texts.sentence(notice) for notice in done)


def test_the_notice_is_news_only_while_one_may_score(made: World) -> None:
    row = made.round()
    notice = Notice.objects.get(kind="scoring", person=made.people["helse"])
    later = at(DAY) + timedelta(hours=1)
    assert queries.still_wanted(notice, made.actor("helse"), later)
    assert not queries.still_wanted(notice, made.actor(LEADER), later)
    made.closed(row)
    assert not queries.still_wanted(notice, made.actor("helse"), later)
