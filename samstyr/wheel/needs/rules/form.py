"""What the tenant's governance model asks of a need: mandatory fields, extra questions and the intake window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

# B-24: without these a need says nothing, whatever the model adds.
ALWAYS_MANDATORY = frozenset({"title", "unit", "need", "affected", "effect"})


@dataclass(frozen=True)
class Question:
    """One question the model adds.

    `kind` is text, long_text, yes_no, choice, amount (whole kroner) or year. `choices` are value and words.
    `when` is the model's condition on the need's facts; without one the question is always asked.
    """

    key: str
    label: str
    help: str = ""
    kind: str = "text"
    mandatory: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    when: Any = None


@dataclass(frozen=True)
class Window:
    """The days on which needs are taken in, both included (B-40)."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class FormSpec:
    """The model's form. `horizon` is the number of years of the economic plan (B-35)."""

    mandatory: frozenset[str] = ALWAYS_MANDATORY
    questions: tuple[Question, ...] = ()
    goals: tuple[tuple[str, str], ...] = ()
    horizon: int = 4


def is_late(on: date, window: Window | None) -> bool:
    """Whether a need sent in on `on` comes after the year's intake has closed; it is accepted all the same.

    Before and in the window it is in time. Without a window nothing is late. The window is that of the year
    of `on`: what comes in December is late for the year that is ending.

    Source: B-40.
    """
    return window is not None and on > window.ends_on
