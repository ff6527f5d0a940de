"""What an arrangement of the demonstration is lived through, a module for each concern.

Each gives the acts of its part of the file; a new concern is a module here, a field in the file, and a line in ACTS.
"""

from samstyr.demo.concerns import (
    cases,
    contributions,
    ledgers,
    meetings,
    plans,
    reports,
    rounds,
    strategies,
    weighings,
    years,
)

ACTS = (
    cases.acts,
    meetings.acts,
    rounds.acts,
    plans.acts,
    weighings.acts,
    contributions.acts,
    strategies.acts,
    reports.acts,
    ledgers.acts,
    years.acts,
)
