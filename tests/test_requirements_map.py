"""docs/requirements.md says by which test each requirement is held; this holds it to its word."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.requirements.catalogue import known, owed

ROOT = Path(__file__).parents[1]
MAP = ROOT / "docs" / "requirements.md"
# The rooms that the import contract keeps a place for.
ROOMS = {"meetings", "projects", "benefits", "maturity", "strategy", "registers"}
CLAIMS = ("Met", "Met in part")


@dataclass(frozen=True)
class Row:
    """A line of one of the map's tables."""

    part: str
    id: str
    what: str
    how: str
    last: str

    @property
    def tests(self) -> list[str]:
        """The tests of a row that claims to be held."""
        return [name.strip(" `") for name in self.last.split(",") if name.strip(" `")]


def rows_of(text: str) -> list[Row]:
    """The map's rows, in order, each with the heading it stands under («Scoring: Met» is Met)."""
    found, part = [], ""
    for line in text.splitlines():
        if line.startswith("## "):
            part = line[3:].rpartition(": ")[2].strip()
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and re.fullmatch(r"(F-[BD]|[ABDGIN]-)\d+", cells[0]):
            found.append(Row(part, *[*cells, "", "", ""][:4]))
    return found


@cache
def named_in(path: Path) -> frozenset[str]:
    """The tests of a file as pytest names them, without running it: «test_x» and «TestY::test_x»."""
    if not path.is_file():
        return frozenset()
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            found.add(node.name)
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            methods = [item.name for item in node.body if isinstance(item, ast.FunctionDef)]
            found |= {f"{node.name}::{name}" for name in methods if name.startswith("test_")}
    return frozenset(found)


def faults(text: str) -> list[str]:
    """Everything that is wrong with the map."""
    rows = rows_of(text)
    times = Counter(row.id for row in rows)
    found = [f"{key} is not in the map" for key in sorted(owed() - set(times))]
    found += [f"{key} is no requirement of the range" for key in sorted(set(times) - known())]
    found += [f"{key} stands {count} times" for key, count in times.items() if count > 1]
    for row in rows:
        if not row.what or not row.how:
            found.append(f"{row.id} does not say what it is or how it is met")
        if row.part in CLAIMS:
            found += _claim_faults(row)
        elif row.part != "Later":
            found.append(f"{row.id} stands under «{row.part}», which is no part of the map")
        elif row.last not in ROOMS:
            found.append(f"{row.id} waits for «{row.last}», which is no room")
    return found


def _claim_faults(row: Row) -> list[str]:
    found = [] if row.tests else [f"{row.id} is claimed without a test"]
    if row.part == "Met in part" and "Missing:" not in row.how:
        found.append(f"{row.id} is met in part and does not say what is missing")
    if row.part == "Met" and "Missing:" in row.how:
        found.append(f"{row.id} misses something and is not met")
    for name in row.tests:
        file, _, test = name.partition("::")
        if test not in named_in(ROOT / file):
            found.append(f"{row.id} names the test {name}, which is not there")
    return found


def test_every_requirement_stands_once_and_every_claim_has_its_test() -> None:
    assert faults(MAP.read_text("utf-8")) == []


REAL = "tests/test_requirements_map.py::test_every_requirement_stands_once_and_every_claim_has_its_test"


def _with(row: str, part: str = "Met") -> str:
    return f"## {part}\n\n| id | what | how it is met | test |\n|---|---|---|---|\n{row}\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (_with("| B-01 | one | so | tests/test_requirements_map.py::test_nothing |"), "B-01 names the test"),
        (_with("| B-01 | one | so | tests/no_such_file.py::test_nothing |"), "B-01 names the test"),
        (_with(f"| B-01 | one | so | {REAL}, tests/a.py::test_b |"), "B-01 names the test tests/a.py::test_b"),
        (_with("| B-01 | one | so | |"), "B-01 is claimed without a test"),
        (_with("| B-01 | one | | x |"), "B-01 does not say"),
        (_with(f"| B-01 | one | so | {REAL} |\n| B-01 | one | so | {REAL} |"), "B-01 stands 2 times"),
        (_with(f"| B-51 | one | so | {REAL} |"), "B-51 is no requirement"),
        (_with(f"| N-999 | one | so | {REAL} |"), "N-999 is no requirement"),
        (_with(f"| B-01 | one | so | {REAL} |", "Wishes: Later"), "which is no room"),
        (_with("| B-01 | one | so | |", "Scoring: Met"), "B-01 is claimed without a test"),
        (_with(f"| F-B12 | one | so | {REAL} |"), "F-B12 is no requirement"),
        (_with(f"| B-01 | one | so | {REAL} |", "Met in part"), "does not say what is missing"),
        (_with(f"| B-01 | one | so. Missing: all | {REAL} |"), "misses something"),
        (_with(f"| B-01 | one | so | {REAL} |", "Wishes"), "is no part of the map"),
        (_with("| B-01 | one | not yet | the cellar |", "Later"), "which is no room"),
        (_with(f"| B-01 | one | so | {REAL} |"), "B-02 is not in the map"),
    ],
)
def test_a_planted_fault_is_noticed(text: str, sentence: str) -> None:
    assert any(sentence in fault for fault in faults(text)), faults(text)


def test_a_test_taken_away_from_the_true_map_is_noticed() -> None:
    text = MAP.read_text("utf-8")
    row = next(row for row in rows_of(text) if row.part == "Met")
    assert f"{row.id} is claimed without a test" in faults(text.replace(row.last, ""))
    assert any(f.startswith(f"{row.id} names") for f in faults(text.replace(row.last, row.last + "_gone")))


def test_a_sound_row_has_no_fault_of_its_own() -> None:
    assert not [fault for fault in faults(_with(f"| B-01 | one | so | {REAL} |")) if "B-01" in fault]
