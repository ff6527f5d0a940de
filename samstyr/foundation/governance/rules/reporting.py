"""Reports that recur: who writes what to whom, how often, and from which data each section is drafted."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from pydantic import Field

from .words import Key, Part, Text

# What a section can be drafted from. `projects`, `benefits` and `maturity` come with their own rooms.
Source = Literal[
    "cases",
    "needs",
    "decisions",
    "measures",
    "money",
    "follow_ups",
    "goals",
    "meetings",
    "wheel",
    "compliance",
    "areas",
    "reports",
    "ranking",
    "anchoring",
    "indicators",
]
SOURCES: tuple[str, ...] = get_args(Source)
Cycle = Literal["month", "quarter", "tertial", "half_year", "year", "meeting", "round"]
Audience = Literal["administration", "politicians", "public"]
AUDIENCES: tuple[str, ...] = get_args(Audience)
# How many of each there are in a year.
TIMES_A_YEAR = {"month": 12, "quarter": 4, "tertial": 3, "half_year": 2, "year": 1}


class ReportIndicator(Part):
    """A figure that the sender enters each time, for the whole arrangement or for each area or unit."""

    key: Key
    name: Text
    unit: Text | None = None
    target: float | None = None
    better: Literal["higher", "lower"] = "higher"
    per: Literal["tenant", "area", "unit"] = "tenant"


class ReportSection(Part):
    """A section: what is asked, and the data it is drafted from. Without a source the sender writes all of it.

    `audience` narrows who it is for; left out, it is for all whom the report is for. `stale_days` is how old the
    newest note may be before a measure or an area counts as not followed up.
    """

    key: Key
    title: Text
    question: Text | None = None
    source: Source | None = None
    indicators: tuple[ReportIndicator, ...] = ()
    audience: tuple[Audience, ...] = ()
    stale_days: int = Field(default=60, ge=1, le=1000)


class ReportDimension(Part):
    """Something that is judged each time, as green, yellow or red with a sentence.

    `sources` and `indicator` are what it is judged from; without any of them there is nothing to judge by.
    """

    key: Key
    name: Text
    question: Text | None = None
    sources: tuple[Source, ...] = ()
    indicator: Key | None = None


class ReportDue(Part):
    """When it is to be there: so many days after the period, or working days before the receiver's meeting."""

    days_after: int | None = Field(default=None, ge=0, le=366)
    working_days_before: int | None = Field(default=None, ge=0, le=60)


class Report(Part):
    """A report that recurs: from whom, to whom, how often, by when, for whom, and what it holds.

    `every` is a part of the year, each `meeting` of the receiving body, or each `round` of prioritisation that is
    closed. `starts_on` is the first day that is reported on; left out, reports are expected from when the model with
    the report was adopted. `contents` is the short form of sections: titles alone.
    """

    key: Key
    name: Text
    sender: Key
    receiver: Key
    every: Cycle
    kind: Literal["status", "compliance", "evaluation", "wheel", "note", "regional", "other"] = "status"
    text: Text | None = None
    due: ReportDue | None = None
    audience: tuple[Audience, ...] = ("administration",)
    sections: tuple[ReportSection, ...] = ()
    dimensions: tuple[ReportDimension, ...] = ()
    contents: tuple[Text, ...] = ()
    starts_on: date | None = None

    def parts(self) -> tuple[ReportSection, ...]:
        """The sections; the titles in `contents` as sections that are written, where there are no others."""
        if self.sections:
            return self.sections
        return tuple(ReportSection(key=f"del-{at}", title=title) for at, title in enumerate(self.contents, start=1))
