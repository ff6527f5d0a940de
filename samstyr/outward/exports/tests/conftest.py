"""A world in scope, and a plan's content without a database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samstyr.outward.exports.content import PlanContent
from samstyr.outward.exports.word import sample
from samstyr.wheel.portfolio.tests.factories import World, world


@pytest.fixture
def made(db: None) -> Iterator[World]:
    """Two municipalities under the joint model."""
    with world() as ready:
        yield ready


@pytest.fixture
def content() -> PlanContent:
    """A small plan with something in every place, and markup of four kinds in its texts."""
    hostile = "#let x = 1 *feit* $x$ <b>&amp;</b> {{ segl }} {% for %} =1+1 @navn [y](z)"
    whole = sample()
    (measure,) = whole.measures
    return whole.model_copy(
        update={"measures": (measure.model_copy(update={"title": hostile, "argument": f"{hostile}\nlinje to"}),)}
    )
