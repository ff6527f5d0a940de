"""The ranking that a note is about, with benefits, cost and goals, and what is decided of each project (G-116)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from samstyr.foundation.kernel.text import gettext_noop
from samstyr.procedure.casework.models import Case, CaseStep, StepState, Treatment
from samstyr.wheel.needs.models import Need
from samstyr.wheel.needs.queries.form import form_spec
from samstyr.wheel.prioritisation import queries as prioritisation
from samstyr.wheel.prioritisation.models import Round, RoundState

from ...rules.blocks import Block, Column, Number, Row, cut
from .asked import Asked, word
from .cases import more

LONGEST = 300


def round_of(asked: Asked) -> Round | None:
    """The round that is asked for; else the last one closed by the end of the period."""
    rows = Round.objects.filter(state=RoundState.CLOSED)
    if asked.round is not None:
        return rows.filter(pk=asked.round).first()  # type: ignore[no-any-return]
    return rows.filter(closed_on__lte=asked.ends_on).order_by("-closed_on", "-pk").first()  # type: ignore[no-any-return]


def order_of(row: Round, day: Any) -> list[tuple[int, str, UUID, str]]:
    """Place, title, need and sum as shown, best first; those without a place are left out."""
    if prioritisation.is_keyed(row):
        keyed = prioritisation.by_keys(row, day)
        return [
            (at, one.entry.title, one.entry.need_id, ", ".join(text for _by, text in one.shown))
            for at, one in enumerate(keyed, start=1)
        ]
    ranked = prioritisation.results(row, day).ranked
    return [
        (one.ranked.rank, one.entry.title, one.entry.need_id, one.ranked.total.shown)
        for one in ranked
        if one.ranked is not None
    ]


def ranking(asked: Asked) -> Block:
    """The projects in order, with sum, expected benefit, cost and goals, and which are above the line."""
    row = round_of(asked)
    if row is None:
        return Block("ranking", asked.day, remarks=(word(gettext_noop("Ingen prioriteringsrunde er avsluttet.")),))
    order = order_of(row, asked.day)
    needs = {need.pk: need for need in Need.objects.filter(pk__in=[key for _at, _title, key, _sum in order])}
    goals = dict(form_spec(asked.day).goals)
    capacity = row.capacity if row.capacity is not None else len(order)
    decided = decided_of(list(needs))
    rows = []
    for at, (place, title, key, total) in enumerate(order, start=1):
        need = needs[key]
        rows.append(
            Row(
                str(key),
                (
                    place, title, total, _short(need.effect), need.investment_cost, need.operating_cost,
                    "; ".join(goals.get(goal, goal) for goal in need.goals),
                    word(gettext_noop("Over streken") if at <= capacity else gettext_noop("Under streken")),
                    decided.get(key, ""),
                ),
                ("need", str(key)),
            )
        )  # fmt: skip
    shown, remarks = cut(rows, more())
    above = [row_.cells for row_ in rows[:capacity]]
    return Block(
        "ranking", asked.day,
        (
            Number("all", word(gettext_noop("Prosjekter i rangeringen")), len(order)),
            Number("above", word(gettext_noop("Over streken")), len(above)),
            Number("investment", word(gettext_noop("Investering over streken")), _total(above, 4), "kr"),
            Number("operating", word(gettext_noop("Drift per år over streken")), _total(above, 5), "kr"),
        ),
        (
            Column("place", word(gettext_noop("Plass")), "count"), Column("title", word(gettext_noop("Prosjekt"))),
            Column("total", word(gettext_noop("Poeng"))), Column("benefit", word(gettext_noop("Ventet gevinst"))),
            Column("investment", word(gettext_noop("Investering")), "kr"),
            Column("operating", word(gettext_noop("Drift per år")), "kr"), Column("goals", word(gettext_noop("Mål"))),
            Column("line", word(gettext_noop("Strek"))), Column("decided", word(gettext_noop("Avgjort"))),
        ),
        shown, (word(gettext_noop("Runden «%(round)s», %(year)s."), round=row.name, year=row.year), *remarks),
    )  # fmt: skip


def _total(rows: Sequence[tuple[Any, ...]], at: int) -> int:
    return sum(cells[at] or 0 for cells in rows)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST].rstrip()} …"


def decided_of(needs: Sequence[UUID]) -> dict[UUID, str]:
    """What has been decided of each need, in the model's words; those still waiting are left out."""
    cases = dict(Case.objects.filter(subject_kind="need", subject_id__in=needs).values_list("pk", "subject_id"))
    found = {}
    for case, outcome in (
        Treatment.objects.filter(case_id__in=list(cases), kind="adopt").order_by("recorded_at")
        .values_list("case_id", "outcome_name")
    ):  # fmt: skip
        found[cases[case]] = outcome
    return found


def waiting_steps(needs: Sequence[UUID], body: str) -> list[CaseStep]:
    """The active steps where these needs wait for the body, in the needs' order."""
    places = {key: at for at, key in enumerate(needs)}
    rows = CaseStep.objects.filter(
        actor_body=body, state=StepState.ACTIVE, case__state="open", case__subject_kind="need",
        case__subject_id__in=list(needs),
    ).select_related("case")  # fmt: skip
    return sorted(rows, key=lambda row: places[row.case.subject_id])
