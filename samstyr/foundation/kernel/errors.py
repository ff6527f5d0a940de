"""What can go wrong, as one tree. Pages, API and commands turn it into answers in one place each.

Problem
├── NotFound   404  no such thing, or none you may know of (same words for both)
├── Refused    403  you may see it but not do this; says why and who can
├── Conflict   409  the thing has moved on: newer version, other state, or key used for something else
└── Invalid    422  what you sent is wrong: every fault with field, value and remedy
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .text import Sentence, gettext_noop, say

Words = Sentence | str


class Problem(Exception):
    """A refusal that a person can understand and act on."""

    status = 400

    def __init__(self, message: Words, *, remedy: Words = "", rule: str = "", **details: Any) -> None:
        super().__init__(str(message))
        self.message = message
        self.remedy = remedy
        self.rule = rule
        self.details = details


class NotFound(Problem):
    """The thing does not exist for this person."""

    status = 404

    def __init__(self, message: Words = "") -> None:
        super().__init__(message or say(gettext_noop("Vi finner ikke det du leter etter.")))


class Refused(Problem):
    """The person may not do this. `rule` names the rule that refuses; `remedy` says who could."""

    status = 403


class Conflict(Problem):
    """The thing is no longer as the person saw it."""

    status = 409


@dataclass(frozen=True)
class FieldError:
    """One fault: where it is, what was given, what is wrong and how to mend it."""

    field: str
    message: Words
    value: str = ""
    remedy: Words = ""

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.message, self.remedy) if part)


class Invalid(Problem):
    """The input breaks one or more rules; nothing has been written."""

    status = 422

    def __init__(self, *errors: FieldError, message: Words = "") -> None:
        super().__init__(message or " ".join(str(error) for error in errors))
        self.errors = list(errors)

    @classmethod
    def field(cls, name: str, message: Words, *, value: object = "", remedy: Words = "") -> Invalid:
        """A single fault in one field."""
        return cls(FieldError(name, message, str(value)[:200], remedy))
