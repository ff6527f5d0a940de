"""All shipped models end to end on the real engine: every outcome of every step of every path is given at least once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from samstyr.foundation.governance import bundles
from samstyr.procedure.casework.models import Case, Treatment

from .every_path import Walk
from .places import place

BUNDLES = sorted(file.stem for file in Path(bundles.__path__[0]).glob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("bundle", BUNDLES)
def test_every_outcome_of_every_step_is_reached(db: None, bundle: str) -> None:
    with place(bundle) as here:
        day = date(2026, 1, 5)
        never = {}
        for path in here.model.paths:
            walk = Walk(here, path, day)
            if missing := walk.cover():
                never[path.key] = sorted(missing)
            day = walk.day
        assert never == {}
        assert not Case.objects.exclude(state="ended").exists()
        told = set(Treatment.objects.values_list("case__path", "case_step__step", "outcome"))
        assert told >= {
            (path.key, step.key, out.key) for path in here.model.paths for step in path.steps for out in step.outcomes
        }


def test_a_step_that_no_outcome_leads_to_is_told(db: None) -> None:
    """The walk can fail: an outcome taken out of the graph is one that is never given."""
    with place(BUNDLES[0]) as here:
        path = here.model.paths[-1]
        walk = Walk(here, path, date(2026, 1, 5))
        walk.wanted.add(("finnes-ikke", "ja"))
        assert walk.cover() == {("finnes-ikke", "ja")}
