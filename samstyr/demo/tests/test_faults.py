"""A contradiction planted in the shipped files is found and its place named."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from samstyr.demo.reading import DATA, DemoDataError, parse
from samstyr.demo.records import Demo
from samstyr.demo.rules import faults

Whole = dict[str, Any]
SHIPPED: Whole = parse().model_dump(by_alias=True)


def row(whole: Whole, kind: str, key: str) -> Whole:
    return next(each for each in whole[kind] if each["key"] == key)


def step(whole: Whole, need: str, event: str) -> Whole:
    return next(each for each in row(whole, "needs", need)["history"] if each["event"] == event)


def version(whole: Whole, first_year: int, number: int) -> Whole:
    return next(each for each in whole["plans"] if each["first_year"] == first_year)["versions"][number - 1]


def line(whole: Whole, need: str, first_year: int = 2027, number: int = 1) -> Whole:
    return next(each for each in version(whole, first_year, number)["lines"] if each["need"] == need)


def put(place: Callable[[Whole], Whole], **values: Any) -> Callable[[Whole], None]:
    """A mutation that changes some values of one row."""
    return lambda whole: place(whole).update(values)


PLANTED = [
    ("dangling unit", put(lambda w: row(w, "needs", "renhold"), unit="x"), "no unit has the key x"),
    ("dangling person", put(lambda w: step(w, "renhold", "returned"), by="x"), "no person has the key x"),
    ("dangling scope", put(lambda w: row(w, "people", "admin")["roles"][0], scope="x"), "no place has the key x"),
    ("dangling line", put(lambda w: line(w, "gjestehavn"), need="x"), "no need has the key x"),
    ("key twice", put(lambda w: row(w, "needs", "renhold"), key="gjestehavn"), "key is used 2 times"),
    ("parent elsewhere", put(lambda w: row(w, "units", "b-dagsenter"), parent="b-vann"), "in another sector"),
    (
        "two in one seat",
        put(lambda w: row(w, "seats", "forum-l-kultur")["terms"][1], **{"from": date(2025, 7, 1)}),
        "before l-kulturkonsulent has left",
    ),
    (
        "no director",
        put(lambda w: row(w, "people", "b-ks-stab")["roles"][0], to=date(2026, 1, 1)),
        "not exactly one kommunalsjef",
    ),
    ("absent stranger", put(lambda w: row(w, "meetings", "forum-2024-02"), absent=["b-hr"]), "without a seat: b-hr"),
    ("held tomorrow", put(lambda w: row(w, "meetings", "forum-2026-11"), status="held"), "held, but it is on"),
    (
        "out of order",
        put(lambda w: step(w, "renhold", "forwarded"), on=date(2025, 3, 4)),
        "forwarded on 2025-03-04 comes before resubmitted",
    ),
    ("unlawful step", put(lambda w: step(w, "renhold", "forwarded"), event="included"), "cannot follow submitted"),
    ("wrong end", put(lambda w: row(w, "needs", "matsvinn"), state="submitted"), "its history ends in returned"),
    (
        "another area's director",
        put(lambda w: step(w, "renhold", "forwarded"), by="b-ks-helse"),
        "by b-ks-helse, who may not",
    ),
    (
        "substitute after the absence",
        put(lambda w: step(w, "digitalt-tilsyn", "forwarded"), by="b-rektor"),
        "by b-rektor, who may not",
    ),
    ("no reason", put(lambda w: step(w, "fotballbane", "stopped"), text=""), "has no reason"),
    ("late unmarked", put(lambda w: row(w, "needs", "innsyn-postliste"), late=False), "but late is False"),
    (
        "treated without a meeting",
        put(lambda w: step(w, "kommuneapp", "rejected"), on=date(2024, 4, 25)),
        "not on a day when the forum met",
    ),
    (
        "statement after closing",
        put(lambda w: row(w, "needs", "gjestehavn")["hearing"]["statements"][0], on=date(2025, 4, 16)),
        "dated outside it",
    ),
    (
        "asked the other municipality",
        put(lambda w: row(w, "needs", "gjestehavn")["hearing"], asked=["it", "b-pvo", "l-kommunetorg"]),
        "asked outside the lists: b-pvo",
    ),
    (
        "answer unasked",
        put(lambda w: row(w, "needs", "gjestehavn")["hearing"], asked=["it", "l-pvo"]),
        "answered twice or unasked",
    ),
    (
        "hearing ends too late",
        lambda w: (
            row(w, "meetings", "forum-2026-11").update(on=date(2026, 11, 26)),
            row(w, "needs", "selvhjelp-psykisk")["hearing"].update(deadline=date(2026, 11, 23)),
            step(w, "selvhjelp-psykisk", "hearing_closed").update(on=date(2026, 11, 23)),
        ),
        "too close to the forum on 2026-11-26",
    ),
    (
        "no section",
        put(lambda w: row(w, "needs", "nodstrom")["hearing"]["statements"][0]["exempt"], basis="hemmelig"),
        "names no section",
    ),
    ("unknown part", put(lambda w: step(w, "barnehage-foreldre", "split"), into=["barnehage-dialog"]), "as its part"),
    (
        "lederteam before the forum",
        put(lambda w: row(w, "meetings", "lederteam-birkenes-2025-05"), on=date(2025, 4, 10)),
        "before the proposal or after the deadline",
    ),
    (
        "adopted before the waiver",
        put(lambda w: row(w, "meetings", "samarbeidsorganet-2025-05"), on=date(2025, 5, 12)),
        "before both lederteam have answered or waived",
    ),
    (
        "waived too soon",
        put(lambda w: version(w, 2027, 2)["treatments"][1], outcome="waived"),
        "has waived before its deadline",
    ),
    (
        "one lederteam only",
        put(lambda w: version(w, 2026, 1)["treatments"][1], body="lederteam-birkenes"),
        "not both lederteam",
    ),
    (
        "adopted by the forum",
        put(lambda w: version(w, 2026, 1)["decision"], meeting="forum-2025-09"),
        "not adopted at a meeting that samarbeidsorganet has held",
    ),
    ("adopted undecided", put(lambda w: version(w, 2027, 2), state="adopted"), "does not fit its decision"),
    (
        "sums",
        put(lambda w: line(w, "gjestehavn")["costs"][0], years={2027: 180_001}),
        "the control sums are wrong",
    ),
    (
        "outside the period",
        put(lambda w: line(w, "gjestehavn")["costs"][0], years={2031: 180_000}),
        "outside the plan's years",
    ),
    (
        "shares",
        put(lambda w: line(w, "ledningskart")["cost_key"], percent={"birkenes": 40, "lillesand": 61}),
        "does not add up to 100",
    ),
    (
        "paid by the neighbour",
        put(lambda w: line(w, "gjestehavn")["cost_key"], percent={"birkenes": 100, "lillesand": 0}),
        "not paid by it alone",
    ),
    ("rank", put(lambda w: line(w, "gjestehavn"), rank=1), "ranks are not"),
    (
        "not yet taken in",
        put(lambda w: line(w, "gjestehavn"), need="renhold"),
        "had not taken the need in when it proposed",
    ),
    (
        "started in December",
        put(lambda w: line(w, "felles-meldingslosning", 2026, 2), started_on=date(2025, 12, 15)),
        "started before its budget year",
    ),
    (
        "more than applied for",
        put(lambda w: line(w, "skjema-ansatte", 2026, 2)["budget"], granted=350_000),
        "not between nothing and all",
    ),
    (
        "not in any plan",
        put(lambda w: line(w, "renhold", 2027, 2), need="digital-byggesak"),
        "need renhold: is portfolio, which does not fit the plans",
    ),
]


@pytest.mark.parametrize(("plant", "sentence"), [(each[1], each[2]) for each in PLANTED], ids=[e[0] for e in PLANTED])
def test_a_planted_fault_is_found(plant: Callable[[Whole], Any], sentence: str) -> None:
    whole = copy.deepcopy(SHIPPED)
    plant(whole)
    found = faults(Demo.model_validate(whole))
    assert [fault for fault in found if sentence in fault], found


def test_the_shipped_files_have_no_fault() -> None:
    assert faults(Demo.model_validate(SHIPPED)) == []


@pytest.mark.parametrize(
    ("line_added", "sentence"),
    [
        ("usikker: ja\n", "usikker"),
        ("goals: [\n", "zz.yaml"),
        ("as_of: 2026-11-24\n", "another file"),
        ("", "no named"),
    ],
)
def test_a_broken_file_is_refused_and_the_place_named(tmp_path: Path, line_added: str, sentence: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "zz.yaml").write_text(line_added, encoding="utf-8")
    with pytest.raises(DemoDataError, match=sentence):
        parse(folder)
