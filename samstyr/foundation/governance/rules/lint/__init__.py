"""The model checked like code: dead ends, holes and contradictions, each with rule, place and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from samstyr.foundation.kernel.text import say

from ..schema import GovernanceModel
from . import (
    bodies,
    coverage,
    deadlines,
    deciders,
    duties,
    gates,
    ledgers,
    people,
    references,
    reporting,
    routes,
    strategy,
    sums,
    texts,
    ties,
    weighing,
    wheel,
    wording,
    year,
)
from .finding import RULES, SEVERITIES, Finding, Place, Rule, found, line_of

__all__ = ["RULES", "SEVERITIES", "Finding", "Rule", "lint"]
THEMES = (
    bodies,
    coverage,
    deadlines,
    deciders,
    duties,
    gates,
    ledgers,
    people,
    references,
    reporting,
    routes,
    strategy,
    sums,
    texts,
    ties,
    weighing,
    wheel,
    wording,
    year,
)


def lint(model: GovernanceModel, positions: Mapping[Place, tuple[int, int]] | None = None) -> list[Finding]:
    """All findings, gravest first: the document's own as stored, and what the rules find.

    A stored finding that names what it `covers` takes in those that the rules found there, so that one thing
    is told once. Stored controls (severity ok) are silent.
    """
    places = positions or {}
    computed = {item.identity: item for item in _computed(model, places)}
    stored = []
    for index, item in enumerate(model.findings):
        if item.severity == "ok":
            continue
        confirmed = tuple(name for name in dict.fromkeys(item.covers) if name in computed)
        for name in confirmed:
            computed.pop(name)
        info = RULES.get(item.rule)
        stored.append(
            Finding(
                item.rule,
                item.severity,
                item.text,
                f"findings/{item.key}",
                line_of(("findings", index), places),
                say(info.explanation) if info else "",
                say(info.remedy) if info else "",
                key=item.key,
                resolved=item.chosen is not None,
                chosen=item.chosen or "",
                why=item.why or "",
                source_place=item.place or "",
                confirmed_by=confirmed,
            )
        )
    order = {name: number for number, name in enumerate(SEVERITIES)}
    return sorted(
        [*stored, *computed.values()],
        key=lambda item: (order[item.severity], not item.key, item.line or 0),
    )


def _computed(model: GovernanceModel, positions: Mapping[Place, tuple[int, int]]) -> list[Finding]:
    findings: dict[str, Finding] = {}
    for rule in RULES.values():
        for check in rule.checks:
            for hit in check(model):
                finding = found(model, rule, hit, positions)
                number = 2
                while finding.identity in findings:
                    if str(findings[finding.identity].message) == str(finding.message):
                        break
                    finding = replace(finding, path=f"{finding.path.split('#')[0]}#{number}")
                    number += 1
                findings.setdefault(finding.identity, finding)
    return list(findings.values())
