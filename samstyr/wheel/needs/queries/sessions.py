"""Idea sessions of a year: held and planned, sectors without one, and the long list of ideas (G-76, G-94..G-98, G-117)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from samstyr.foundation.access import Act, Actor, Facts, Reach, may
from samstyr.foundation.access.rules import reaches
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.year import Sessions
from samstyr.foundation.organisations.models import Unit
from samstyr.foundation.organisations.queries import unit_tree
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.casework.models import Case

from ..models import IdeaSession, IdeaYear, Need, NeedState, SessionIdea, SessionSector
from ..rules.sessions import sectors_without
from .reading import KIND, unit_facts, visible_to, with_parts


def settings_on(day: date) -> Sessions | None:
    """What the model in force says of idea sessions; None when it has none."""
    model = governance.current_model(day)
    return model.need_form.sessions if model and model.need_form else None


def sectors() -> list[Unit]:
    """The active areas, by organisation and name."""
    rows = Unit.objects.filter(is_area=True, is_active=True).select_related("organisation")
    return list(rows.order_by("organisation__name", "name"))


def keeps_year(actor: Actor) -> bool:
    """Whether the actor chooses how the year works, and keeps joint sessions."""
    return bool(may(actor, Act.CASE_ADMINISTER, Facts("year", require_tenant_id())))


def sectors_of(actor: Actor) -> list[Unit]:
    """The sectors that the actor may keep sessions for: those represented, or all for who keeps the year."""
    rows = sectors()
    if keeps_year(actor):
        return rows
    gathers = [
        grant for grant in actor.grants if grant.act is Act.NEED_CREATE and grant.reach not in (Reach.OWN, Reach.UNIT)
    ]
    return [row for row in rows if any(reaches(grant, actor, unit_facts(actor, row, own=False)) for grant in gathers)]


def may_keep(actor: Actor, session: IdeaSession) -> bool:
    """Whether the actor may change the session: who keeps the year, or represents every sector in it."""
    own = {row.pk for row in sectors_of(actor)}
    return all(row.unit_id in own for row in session.sectors.all())


def idea_year(year: int) -> IdeaYear | None:
    """How the year's ideas are gathered, when it has been chosen."""
    return cast("IdeaYear | None", IdeaYear.objects.filter(year=year).first())


def sessions_of(year: int) -> list[IdeaSession]:
    """The year's sessions, by day, with their sectors and how many ideas came of each."""
    rows = IdeaSession.objects.filter(year=year).prefetch_related(
        Prefetch("sectors", SessionSector.objects.select_related("unit", "unit__organisation")), "ideas"
    )
    return sorted(rows, key=lambda row: (row.held_on is None, row.held_on or date.max, row.title))


def session_by_id(key: UUID) -> IdeaSession | None:
    """One session with its sectors."""
    rows = IdeaSession.objects.prefetch_related(
        Prefetch("sectors", SessionSector.objects.select_related("unit", "unit__organisation"))
    )
    return cast("IdeaSession | None", rows.filter(pk=key).first())


def without_session(rows: list[IdeaSession], units: list[Unit]) -> list[Unit]:
    """The sectors that no session has been held for this year (G-94)."""
    held = [sector.unit_id for row in rows if row.held_on for sector in row.sectors.all()]
    lacking = set(sectors_without([unit.pk for unit in units], held))
    return [unit for unit in units if unit.pk in lacking]


@dataclass(frozen=True)
class Idea:
    """A line of the long list: the need, everyone who proposed it or one merged into it, and the sessions it came from."""

    need: Need
    proposers: tuple[str, ...]
    merged: int
    sessions: tuple[str, ...]

    @property
    def linked(self) -> bool:
        """Whether it serves a goal."""
        return bool(self.need.goals)


MOST_IDEAS = 500


def long_list(actor: Actor, year: int) -> list[Idea]:
    """The year's ideas that the actor may see: sent in that year, or out of its sessions (G-98).

    One that was merged into another stands there with its proposers, and not on a line of its own.
    """
    rows = visible_to(actor).filter(
        Q(submitted_at__year=year) | Q(sessions__session__year=year)
    ).exclude(state__in=(NeedState.DRAFT, NeedState.WITHDRAWN)).distinct()  # fmt: skip
    needs = {need.pk: need for need in with_parts(rows).order_by("number")[:MOST_IDEAS]}
    into = _merged(needs)
    came: dict[UUID, list[str]] = {}
    for need_id, title in SessionIdea.objects.filter(need_id__in=needs).values_list("need_id", "session__title"):
        came.setdefault(into.get(need_id, need_id), []).append(title)
    people: dict[UUID, list[str]] = {}
    count: dict[UUID, int] = {}
    for key, need in needs.items():
        place = into.get(key, key)
        people.setdefault(place, []).extend([need.submitter.name, *(row.person.name for row in need.co_authors.all())])
        count[place] = count.get(place, 0) + (place != key)
    return [
        Idea(
            need, tuple(dict.fromkeys(people.get(key, ()))), count.get(key, 0), tuple(dict.fromkeys(came.get(key, ())))
        )
        for key, need in needs.items()
        if key not in into
    ]


def _merged(needs: dict[UUID, Need]) -> dict[UUID, UUID]:
    """Where each need that was merged has gone, followed to the end, among these needs."""
    rows = Case.objects.filter(subject_kind=KIND, subject_id__in=needs, merged_into__isnull=False)
    step = dict(rows.values_list("subject_id", "merged_into__subject_id"))
    found: dict[UUID, UUID] = {}
    for key in step:
        end = step[key]
        for _turn in range(len(step)):
            if end not in step:
                break
            end = step[end]
        if end in needs and end != key:
            found[key] = end
    return found


def ideas_of(session: IdeaSession, actor: Actor) -> list[SessionIdea]:
    """The ideas out of the session that the actor may see, by number."""
    rows: QuerySet[SessionIdea] = SessionIdea.objects.filter(session=session, need__in=visible_to(actor))
    return list(rows.select_related("need", "need__unit", "need__submitter").order_by("need__number"))


def idea_by_id(key: UUID) -> SessionIdea | None:
    """One idea of a session."""
    return cast("SessionIdea | None", SessionIdea.objects.select_related("session", "need").filter(pk=key).first())


def needs_to_add(session: IdeaSession, actor: Actor) -> list[Need]:
    """The needs that could have come out of the session: of its sectors, sent in that year, not added yet."""
    tree = unit_tree()
    units = {key for row in session.sectors.all() for key in tree.get(row.unit_id, frozenset())}
    rows = visible_to(actor).filter(submitted_at__year=session.year, unit_id__in=units)
    rows = rows.exclude(pk__in=SessionIdea.objects.filter(session=session).values("need_id"))
    return list(rows.exclude(state=NeedState.WITHDRAWN).order_by("number")[:MOST_IDEAS])


def years_with_sessions() -> list[Any]:
    """The years that have sessions, newest first."""
    return list(IdeaSession.objects.order_by("-year").values_list("year", flat=True).distinct())
