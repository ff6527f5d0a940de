"""A finding, the rules that give findings, and what a rule has at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from samstyr.foundation.kernel.text import Sentence, say

from ..schema import GovernanceModel
from ..words import Text

Place = tuple[str | int, ...]
Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or unclear in a model.

    `path` names the place by keys and so stays the same when lines move; `line` is where it stands in the file,
    if it came from one. `key` is the source document's own finding (F-B1), empty for what a rule found.
    `resolved` means that the model says which reading it goes by (`chosen`), so that it does not block adoption.
    """

    code: str
    severity: Severity
    message: Sentence | Text | str
    path: str = ""
    line: int | None = None
    explanation: Sentence | str = ""
    remedy: Sentence | str = ""
    key: str = ""
    resolved: bool = False
    chosen: Text | str = ""
    why: Text | str = ""
    source_place: Text | str = ""
    confirmed_by: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """What an acceptance refers to: the document's own key, or rule and place."""
        return self.key or f"{self.code}@{self.path}"

    @property
    def from_source(self) -> bool:
        """Whether the finding was stored with the model as a fault of its source document."""
        return bool(self.key)

    def blocks(self, accepted: Iterable[str] = ()) -> bool:
        """Whether the model cannot be adopted because of this finding."""
        return self.severity == "error" and not self.resolved and self.identity not in set(accepted)

    def __str__(self) -> str:
        where = f"linje {self.line}" if self.line else self.path
        return " ".join(part for part in (f"{self.identity} [{self.severity}]", where, str(self.message)) if part)


@dataclass(frozen=True)
class Hit:
    """What a check yields: severity, place by indexes, message, and a remedy if other than the rule's own."""

    severity: Severity
    place: Place
    message: Sentence
    remedy: Sentence | None = None


@dataclass(frozen=True)
class Rule:
    """A rule with its code, a short name, and in plain words why it matters and how to mend it."""

    code: str
    name: str
    explanation: str
    remedy: str
    checks: list[Callable[[GovernanceModel], Iterator[Hit]]] = field(default_factory=list, compare=False)


RULES: dict[str, Rule] = {}


def rule(code: str, name: str, explanation: str, remedy: str) -> Rule:
    """Register a rule; its checks are added with `check`."""
    RULES[code] = Rule(code, name, explanation, remedy)
    return RULES[code]


Check = Callable[[GovernanceModel], Iterator[Hit]]


def check(code: str) -> Callable[[Check], Check]:
    """Mark a function as one of the checks of the rule."""

    def add(function: Check) -> Check:
        RULES[code].checks.append(function)
        return function

    return add


def path_of(model: GovernanceModel, place: Place) -> str:
    """The place by keys: ``paths/innspill/steps/horing/deadline``."""
    names: list[str] = []
    node: Any = model
    for part in place:
        if isinstance(part, int):
            node = node[part] if isinstance(node, tuple) and part < len(node) else None
            names.append(str(getattr(node, "key", part)))
        else:
            node = node.get(part) if isinstance(node, Mapping) else getattr(node, part, None)
            names.append(part)
    return "/".join(names)


def line_of(place: Place, positions: Mapping[Place, tuple[int, int]]) -> int | None:
    """The line of the place, or of the nearest thing around it that stands in the file."""
    for end in range(len(place), 0, -1):
        if place[:end] in positions:
            return positions[place[:end]][0]
    return None


def found(
    model: GovernanceModel,
    rule_: Rule,
    hit: Hit,
    positions: Mapping[Place, tuple[int, int]],
) -> Finding:
    """The finding that a hit makes."""
    return Finding(
        rule_.code,
        hit.severity,
        hit.message,
        path_of(model, hit.place),
        line_of(hit.place, positions),
        say(rule_.explanation),
        hit.remedy or say(rule_.remedy),
    )
