"""Bodies and their meetings, how the arrangement keeps its own rules, and what is anchored in the regions."""

from __future__ import annotations

from collections import Counter
from typing import Any

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.text import gettext_noop
from samstyr.foundation.organisations.queries import lists
from samstyr.procedure.casework.models import BodyMeeting
from samstyr.procedure.contributions import queries as contributions
from samstyr.procedure.contributions.models import ContributionKind, MemberContribution
from samstyr.procedure.meetings.models import Meeting, MeetingState

from ...rules.blocks import Block, Column, Number, Row, cut
from .asked import Asked, word
from .cases import late_steps, more, steps_of_period
from .plans import measures


def meetings(asked: Asked) -> Block:
    """Each body's seats, filled and vacant, and its meetings in the period, planned and held."""
    bodies = asked.model.bodies
    seats = lists.seat_rows([body.key for body in bodies], on=asked.day)
    filled: Counter[str] = Counter()
    vacant: Counter[str] = Counter()
    for (body, _place), held_by in seats.items():
        filled[body] += sum(row.now is not None and row.now.person.is_active for row in held_by)
        vacant[body] += sum(row.now is None or not row.now.person.is_active for row in held_by)
    planned, held = _meetings(asked)
    per = {
        "month": gettext_noop("%(times)s i måneden"),
        "quarter": gettext_noop("%(times)s i kvartalet"),
        "year": gettext_noop("%(times)s i året"),
    }
    rows = tuple(
        Row(
            body.key,
            (
                str(body.name), filled[body.key], vacant[body.key],
                word(per[body.frequency.per], times=body.frequency.times) if body.frequency else "",
                planned[body.key], held[body.key],
            ),
        )
        for body in bodies
    )  # fmt: skip
    return Block(
        "meetings", asked.day,
        (
            Number("filled", word(gettext_noop("Besatte plasser")), sum(filled.values())),
            Number("vacant", word(gettext_noop("Ledige plasser")), sum(vacant.values())),
            Number("planned", word(gettext_noop("Møter i perioden")), sum(planned.values())),
            Number("held", word(gettext_noop("Holdt")), sum(held.values())),
        ),
        (
            Column("body", word(gettext_noop("Organ"))), Column("filled", word(gettext_noop("Besatt")), "count"),
            Column("vacant", word(gettext_noop("Ledig")), "count"), Column("norm", word(gettext_noop("Skal møtes"))),
            Column("planned", word(gettext_noop("Møter i perioden")), "count"),
            Column("held", word(gettext_noop("Holdt")), "count"),
        ),
        rows,
    )  # fmt: skip


def _meetings(asked: Asked) -> tuple[Counter[str], Counter[str]]:
    days = BodyMeeting.objects.filter(held_on__gte=asked.starts_on, held_on__lte=asked.ends_on, cancelled=False)
    ended = Meeting.objects.filter(
        held_on__gte=asked.starts_on, held_on__lte=asked.ends_on, state=MeetingState.ENDED, day__cancelled=False
    )
    return Counter(days.values_list("body", flat=True)), Counter(ended.values_list("body", flat=True))


def compliance(asked: Asked) -> Block:
    """Whether what is decided is followed: deadlines kept, what is late now, measures nobody tells of, open findings."""
    ended, late = steps_of_period(asked), late_steps(asked)
    told = measures(asked)
    grave = _findings(asked)
    shown, remarks = cut(late, more())
    return Block(
        "compliance", asked.day,
        (
            Number("on_time", word(gettext_noop("Behandlet i tide")), ended["on_time"]),
            Number("late", word(gettext_noop("Behandlet for sent")), ended["late"]),
            Number("overdue", word(gettext_noop("Over fristen nå")), len(late)),
            Number("off", word(gettext_noop("Tiltak med avvik fra planen")), told.value("off") or 0),
            Number("stale", word(gettext_noop("Tiltak uten nytt")), told.value("stale") or 0),
            Number("errors", word(gettext_noop("Åpne feil i styringsmodellen")), grave["error"]),
            Number("warnings", word(gettext_noop("Åpne advarsler i styringsmodellen")), grave["warning"]),
        ),
        (
            Column("case", word(gettext_noop("Sak"))), Column("step", word(gettext_noop("Steg"))),
            Column("due", word(gettext_noop("Frist")), "date"), Column("days", word(gettext_noop("Over fristen")), "days"),
        ),
        shown, remarks,
    )  # fmt: skip


def _findings(asked: Asked) -> Counter[str]:
    """The model's findings that are neither settled by a choice nor accepted, by severity."""
    row = governance.version_in_force(asked.day)
    if row is None:
        return Counter()
    accepted = {str(one["finding"]) for one in row.accepted}
    found = governance.findings_of(row)
    return Counter(str(one.severity) for one in found if not one.resolved and one.identity not in accepted)


def anchoring(asked: Asked) -> Block:
    """How the body's work was anchored in each region in the period, by whom it was for (D-26, D-27)."""
    bodies = [body for body in contributions.bodies(asked.day) if contributions.regions_of(body.key, asked.day)]
    body = next((one for one in bodies if one.key == asked.body), bodies[0] if bodies else None)
    if body is None:
        return Block("anchoring", asked.day, remarks=(word(gettext_noop("Ingen organer har plasser for regioner.")),))
    found: dict[str, Counter[str]] = {region: Counter() for region in contributions.regions_of(body.key, asked.day)}
    rows = MemberContribution.objects.filter(
        body=body.key, kind=ContributionKind.ANCHORING, on__gte=asked.starts_on, on__lte=asked.ends_on
    )
    for region, kind in rows.values_list("region", "audience_kind"):
        found.setdefault(region, Counter())[kind] += 1
    silent = [region for region, cell in found.items() if not cell.total()]
    remark = word(gettext_noop("Ingenting er meldt fra: %(regions)s."), regions=", ".join(silent))
    return Block(
        "anchoring", asked.day,
        (
            Number("all", word(gettext_noop("Forankringer i perioden")), sum(cell.total() for cell in found.values())),
            Number("silent", word(gettext_noop("Regioner uten forankring")), len(silent)),
        ),
        (
            Column("region", word(gettext_noop("Region"))),
            Column("administrative", word(gettext_noop("Administrativt")), "count"),
            Column("political", word(gettext_noop("Politisk")), "count"),
        ),
        tuple(Row(name, (name, cell["administrative"], cell["political"])) for name, cell in sorted(found.items())),
        (remark,) if silent else (),
    )  # fmt: skip


def indicators(asked: Asked) -> Block:
    """The figures that the sender enters: a row for each, or for each area or unit it is counted in."""
    rows = []
    for one in asked.indicators:
        for key, place in places_of(one):
            value = asked.figures.get(f"{one.key}:{key}" if key else one.key)
            rows.append(
                Row(
                    f"{one.key}:{key}" if key else one.key,
                    (
                        f"{one.name}, {place}" if place else str(one.name),
                        value,
                        one.target,
                        str(one.unit or ""),
                        _met(one, value),
                    ),
                    ("unit", key) if key else None,
                )
            )
    return Block(
        "indicators",
        asked.day,
        (),
        (
            Column("name", word(gettext_noop("Indikator"))),
            Column("value", word(gettext_noop("Verdi")), "number"), Column("target", word(gettext_noop("Mål")), "number"),
            Column("unit", word(gettext_noop("Måles i"))), Column("met", word(gettext_noop("Målet nådd"))),
        ),
        tuple(rows),
    )  # fmt: skip


def places_of(indicator: Any) -> list[tuple[str, str]]:
    """Where the figure is counted: id and name of each area or unit; one without either for the whole arrangement."""
    if indicator.per == "tenant":
        return [("", "")]
    rows = lists.units(active=True)
    if indicator.per == "area":
        rows = rows.filter(is_area=True)
    return [(str(row.pk), row.name) for row in rows]


def _met(indicator: Any, value: Any) -> str:
    if value is None or indicator.target is None:
        return ""
    met = value >= indicator.target if indicator.better == "higher" else value <= indicator.target
    return word(gettext_noop("Ja") if met else gettext_noop("Nei"))
