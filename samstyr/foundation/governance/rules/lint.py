"""Placeholder until the rules stand; see the package of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samstyr.foundation.kernel.text import Sentence

from .schema import GovernanceModel


@dataclass(frozen=True)
class Finding:
    """One thing the linter found: rule code, severity, place, explanation and remedy."""

    code: str
    severity: str
    path: str
    message: Sentence | str
    remedy: Sentence | str = ""
    line: int = 0

    @property
    def identity(self) -> str:
        """The same finding in the next version has the same identity."""
        return f"{self.code}:{self.path}"


def lint(model: GovernanceModel, positions: Mapping[Any, tuple[int, int]] | None = None) -> list[Finding]:
    """Every finding of the model."""
    return []
