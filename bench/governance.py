"""Workload of the governance room: read and lint the shipped models; the floor is the YAML parser's events alone."""

from __future__ import annotations

from pathlib import Path

from yaml import CSafeLoader, parse

import samstyr.foundation.governance as room
from bench.needs import Workload
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text

BUNDLES = Path(room.__file__).parent / "bundles"


def lint_workload() -> Workload:
    """Read every shipped model from text and lint it, as when a file is checked on the page."""
    texts = [file.read_text("utf-8") for file in sorted(BUNDLES.glob("*.yaml"))]

    def run() -> int:
        found = 0
        for text in texts:
            loaded = load_text(text)
            found += len(lint(loaded.require(), loaded.positions))
        return found

    return Workload("model lint", run, len(texts), "model")


def floor_workload() -> Workload:
    """The same texts through the YAML parser, with nothing kept."""
    texts = [file.read_text("utf-8") for file in sorted(BUNDLES.glob("*.yaml"))]

    def run() -> int:
        return sum(1 for text in texts for _event in parse(text, Loader=CSafeLoader))

    return Workload("model lint, floor", run, len(texts), "model")
