"""The committee's document: each of its own findings is told with its rule, and the checks behind them see it planted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.schema import GovernanceModel

TEXT = Path("samstyr/foundation/governance/bundles/ks-du.yaml").read_text(encoding="utf-8")
# Part 1.6 of the requirements. F-D4 is a control that holds, and so is silent.
CATALOGUE = {
    "F-D1": ("R-09", "error"), "F-D2": ("R-10", "info"), "F-D3": ("R-11", "warning"), "F-D5": ("R-12", "warning"),
    "F-D6": ("R-09", "info"), "F-D7": ("R-13", "warning"), "F-D8": ("R-13", "warning"), "F-D9": ("R-17", "info"),
    "F-X1": ("R-22", "error"),
}  # fmt: skip


def model(text: str = TEXT) -> GovernanceModel:
    return load_text(text).require()


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) >= 1, old
    return TEXT.replace(old, new, 1)


def found(text: str, rule: str, word: str) -> bool:
    return any(not one.from_source and one.code == rule and word in one.path for one in lint(model(text)))


def test_every_finding_is_told_with_its_rule_severity_and_place() -> None:
    told = {item.key: item for item in lint(model()) if item.from_source}
    assert {key: (item.code, item.severity) for key, item in told.items()} == CATALOGUE
    assert all(str(item.source_place) for item in told.values())


def test_f_d1_the_error_has_a_reading_and_stops_nothing() -> None:
    (told,) = [item for item in lint(model()) if item.key == "F-D1"]
    assert told.resolved
    assert not told.blocks()
    without = changed(", chosen: Mandatets sytten plasser gjelder.", "")
    (told,) = [item for item in lint(model(without)) if item.key == "F-D1"]
    assert told.blocks()


def test_f_d4_the_sums_hold_and_nothing_is_told_of_them() -> None:
    (stored,) = [item for item in model().findings if item.key == "F-D4"]
    assert stored.severity == "ok"
    composition: Any = model().body("du").versions[0]  # type: ignore[union-attr]
    counts = {group.key: group.count for group in composition.groups}
    lines = sum(number for key, number in counts.items() if key not in ("ks", "oslo", "fylker"))
    assert (counts["ks"], counts["oslo"], counts["fylker"], lines, composition.size) == (3, 1, 2, 11, 17)


@pytest.mark.parametrize(
    ("finding", "rule", "old", "new", "word"),
    [
        ("F-D1", "R-09", "size: 17", "size: 14", "versions"),
        ("F-D2", "R-10", "{key: agder, name", "{key: viken, name", "groups"),
        (
            "F-D5", "R-12", "\n    mandate:\n      - {kind: propose",
            "\n      - {valid_from: 2023-06-01, size: 1, groups: [{key: ny, name: Ny, count: 1}]}\n    mandate:\n      - {kind: propose",
            "versions",
        ),
        ("F-D7", "R-13", "        deadline: {kind: working_days, days: 10}\n", "", "bestilling"),
    ],
)  # fmt: skip
def test_the_rule_behind_a_finding_sees_it_planted(finding: str, rule: str, old: str, new: str, word: str) -> None:
    assert finding in CATALOGUE
    assert not found(TEXT, rule, word)
    assert found(changed(old, new), rule, word)
