"""What must hold across the demonstration files. Each check yields sentences that name the place and the fault."""

from __future__ import annotations

from samstyr.demo.records import Demo
from samstyr.demo.rules.needs import need_faults
from samstyr.demo.rules.people import people_faults
from samstyr.demo.rules.plans import plan_faults
from samstyr.demo.rules.references import reference_faults

__all__ = ["faults"]


def faults(demo: Demo) -> list[str]:
    """Every contradiction, empty when all is well. Dangling references are told alone: the rest builds on them."""
    if dangling := list(reference_faults(demo)):
        return dangling
    return [*people_faults(demo), *need_faults(demo), *plan_faults(demo)]
