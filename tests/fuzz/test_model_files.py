"""Whatever a model file holds, it gives a model with findings, or faults that say where: no traceback, and no hang.

The everyday run tries some files; ``script/fuzz`` tries ten thousand, or as many as it is told.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

import pytest

from samstyr.foundation.governance import bundles, tests
from samstyr.foundation.governance.rules import picture
from samstyr.foundation.governance.rules.difference import difference
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.rehearsal import assumed_meetings, rehearse

from .mutating import hostile, mutated

COUNT = int(os.environ.get("SAMSTYR_FUZZ", "240"))
FIRST = int(os.environ.get("SAMSTYR_FUZZ_FIRST", "0"))
BATCHES = 8
PATIENCE = 60
DAY = date(2026, 2, 10)
TEXTS = [bundles.text_of(name) for name in bundles.names()] + [
    file.read_text(encoding="utf-8") for file in sorted((Path(tests.__file__).parent / "models").glob("*.yaml"))
]

pytestmark = pytest.mark.pure


@contextmanager
def patience(what: str) -> Iterator[None]:
    """A file that takes a minute would take for ever."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"{what} has not ended in {PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def tell(text: str) -> str:
    """What the product says of the file: «faults» or «findings», after everything that reads a model has read it."""
    loaded = load_text(text)
    if loaded.model is None:
        assert loaded.errors, "neither a model nor a fault"
        for error in loaded.errors:
            assert error.line >= 1
            assert error.column >= 1
            assert str(error.message).strip()
        return "faults"
    model = loaded.model
    for finding in lint(model, loaded.positions):
        assert finding.code
        assert str(finding.message).strip()
    for path in model.paths:
        ElementTree.fromstring(picture.path_svg(model, path))
        picture.path_list(model, path)
        rehearse(model, DAY, path=path.key)
    if model.wheel:
        ElementTree.fromstring(picture.wheel_svg(model, DAY))
    for body in model.bodies:
        assumed_meetings(model, body, DAY.year)
    difference(model, SOUND)
    return "findings"


SOUND = load_text(TEXTS[0]).require()


@pytest.mark.parametrize("name", hostile())
def test_a_hostile_file_is_refused_with_words(name: str) -> None:
    with patience(name):
        assert tell(hostile()[name]) == "faults"


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_file_gone_wrong_is_told_of(batch: int) -> None:
    told = set()
    for seed in range(FIRST + batch, FIRST + COUNT, BATCHES):
        with patience(f"seed {seed}"):
            try:
                told.add(tell(mutated(TEXTS, seed)))
            except Exception as fault:
                raise AssertionError(f"seed {seed}: {type(fault).__name__}: {fault}") from fault
    assert told == {"faults", "findings"}
