"""Reading candidates, scenarios and solutions."""

from . import listing
from .reading import (
    build_instance,
    candidate_by_id,
    candidates_in_full,
    choices_of,
    known,
    latest_solution,
    limits_of,
    running_job,
    scenario_by_id,
    scenario_facts,
    scenario_of_version,
    scenarios,
    solution_by_id,
    value_of,
)

__all__ = [
    "build_instance",
    "candidate_by_id",
    "candidates_in_full",
    "choices_of",
    "known",
    "latest_solution",
    "limits_of",
    "listing",
    "running_job",
    "scenario_by_id",
    "scenario_facts",
    "scenario_of_version",
    "scenarios",
    "solution_by_id",
    "value_of",
]
