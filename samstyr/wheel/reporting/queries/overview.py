"""The overview: projects, investments, architecture and IKT in general, for all or for one area (G-02, A-75)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.access import Act, Actor, Facts, may
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.text import gettext_noop
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case, CaseStep, StepState

from ..rules.blocks import Block, Column, Number, Row, cut
from .sources import Areas, Asked, bodies, cases, plans, word
from .sources.asked import closed_cases

PROJECTS, INVESTMENTS, ARCHITECTURE, IKT = "prosjekter", "investeringer", "arkitektur", "ikt"
VIEWS = (PROJECTS, INVESTMENTS, ARCHITECTURE, IKT)
SUBJECT = "architecture"


@dataclass(frozen=True)
class Shown:
    """A block with its heading, and what it takes to see it."""

    title: str
    block: Block


@dataclass(frozen=True)
class Overview:
    """One of the four views on a day."""

    view: str
    on: date
    areas: list[tuple[UUID, str]]
    area: UUID | None
    blocks: list[Shown] = field(default_factory=list)


def overview(view: str, actor: Actor, model: GovernanceModel, day: date, area: UUID | None = None) -> Overview:
    """The view's blocks as they are now, from the beginning of the year; what the actor may not read is left out."""
    places = Areas()
    wanted = area if area in places.names else None
    asked = Asked(date(day.year, 1, 1), day, day, model, stale_days=60, area=wanted)
    made = Overview(view, day, list(places.names.items()), wanted)
    tenant = Facts("overview", require_tenant_id())
    for title, act, draft in BLOCKS[view]:
        if may(actor, act, tenant):
            made.blocks.append(Shown(word(title), draft(asked)))
    return made


def architecture(asked: Asked) -> Block:
    """Cases about architecture, and other cases that wait for a body that treats architecture."""
    treats = {body.key for body in asked.model.bodies if any(SUBJECT in one.subjects for one in body.mandate)}
    areas = Areas()
    waiting = {
        row.case_id: row.name
        for row in CaseStep.objects.filter(state=StepState.ACTIVE, actor_body__in=treats, case__state="open")
    }
    rows = Case.objects.filter(subject_kind=SUBJECT) | Case.objects.filter(pk__in=list(waiting))
    found = [
        row
        for row in casework.with_parts(rows).order_by("-year", "-number")
        if asked.area is None or areas.of(row.unit_id) == asked.area
    ]
    closed = closed_cases()
    shown, remarks = cut(
        [
            Row(
                str(row.pk),
                (
                    f"{row.year}/{row.number} {'' if row.pk in closed else row.title}".strip(),
                    areas.name(areas.of(row.unit_id)) if row.unit_id else "", str(row.get_state_display()).capitalize(),
                    waiting.get(row.pk) or next((step.name for step in row.steps.all() if step.state == "active"), ""),
                ),
                ("case", str(row.pk)),
            )
            for row in found
        ],
        cases.more(),
    )  # fmt: skip
    return Block(
        SUBJECT, asked.day,
        (
            Number("all", word(gettext_noop("Saker")), len(found)),
            Number("open", word(gettext_noop("Under behandling")), sum(row.state != "ended" for row in found)),
        ),
        (
            Column("case", word(gettext_noop("Sak"))), Column("area", word(gettext_noop("Område"))),
            Column("state", word(gettext_noop("Tilstand"))), Column("step", word(gettext_noop("Venter på"))),
        ),
        shown, remarks,
    )  # fmt: skip


BLOCKS: dict[str, tuple[tuple[str, Act, Callable[[Asked], Any]], ...]] = {
    PROJECTS: (
        (gettext_noop("Tiltakene i planen"), Act.PLAN_READ, plans.measures),
        (gettext_noop("Mål"), Act.PLAN_READ, plans.goals),
    ),
    INVESTMENTS: ((gettext_noop("Penger i året"), Act.PLAN_READ, plans.money),),
    ARCHITECTURE: (
        (gettext_noop("Saker om arkitektur"), Act.CASE_READ, architecture),
        (gettext_noop("Vedtak i år"), Act.CASE_READ, cases.decisions),
    ),
    IKT: (
        (gettext_noop("Behov og saker per område"), Act.CASE_READ, cases.cases),
        (gettext_noop("Områdene"), Act.CASE_READ, plans.areas),
        (gettext_noop("Oppfølging over fristen"), Act.CASE_READ, cases.follow_ups),
        (gettext_noop("Etterlevelse"), Act.CASE_READ, bodies.compliance),
    ),
}
