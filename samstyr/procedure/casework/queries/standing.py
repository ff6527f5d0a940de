"""What is on record in a case, and how a step's requirements stand. Rooms above tell what they know through `provide`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.db.models import Q, QuerySet

from samstyr.foundation.governance import queries as governance

from ..models import BodyMeeting, Case, CaseStep, Treatment
from ..rules.standing import Said, Standing, asked, standing
from . import bodies_concerned, path_of, visible_to
from .table import seats_at

Provider = Callable[[Case], list[Said]]
_PROVIDERS: list[Provider] = []


def provide(provider: Provider) -> None:
    """Let a room tell what it has on record in a case; the switchboard lists them."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def said_in(case: Case) -> list[Said]:
    """Everything on record in the case that a requirement can ask for."""
    advised = Treatment.objects.filter(case=case, kind="advise", automatic=False)
    found = [Said("advice", row.body or row.role, row.decided_on, row.text or row.reason) for row in advised]
    for provider in _PROVIDERS:
        found += provider(case)
    return found


def first_meeting_after(body: str, subject: str) -> date | None:
    """The body's first meeting after a case about the subject was last adopted; None before that, or when unplanned."""
    adopted = (
        Treatment.objects.filter(case__subject_kind=subject, kind="adopt", effect="end_positive")
        .order_by("-decided_on")
        .values_list("decided_on", flat=True)
        .first()
    )
    if adopted is None:
        return None
    later = BodyMeeting.objects.filter(body=body, held_on__gt=adopted, cancelled=False).order_by("held_on")
    return cast("date | None", later.values_list("held_on", flat=True).first())


def names_in(case: Case) -> dict[str, str]:
    """The names of bodies, roles, hearing bodies and organisations by their keys, in the case's model."""
    model = governance.typed(case.model_version)
    items: tuple[Any, ...] = (*model.organisations, *model.hearing_bodies, *model.roles, *model.bodies)
    return {item.key: str(item.name) for item in items}


def standings_of(row: CaseStep, day: date) -> list[Standing]:
    """How each thing that the instance's step requires stands for a decision on the day."""
    if row.step.startswith("_"):
        return []
    case = row.case
    items = asked(path_of(case).step(row.step), case.facts_given)
    if not items:
        return []
    said, names = said_in(case), names_in(case)
    affected = bodies_concerned(case, {key for item in items for key in item.of})
    return [
        standing(
            item, said, day, names=names, affected=affected,
            first_meeting=first_meeting_after(row.actor_body, str(item.after)) if item.kind == "first_meeting" else None,
        )
        for item in items
    ]  # fmt: skip


def bound_by(case: Case, outcome: Any) -> list[str]:
    """The organisations that the outcome binds: those of its legal community that take part, by slot."""
    model = governance.typed(case.model_version)
    communities = model.cooperation.legal_communities if model.cooperation else ()
    community = next((item for item in communities if item.key == outcome.binds), None)
    present = {row.organisation.slot for row in case.participants.all()}
    return [key for key in community.members if key in present] if community else []


def with_slots(row: CaseStep, votes: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    """The votes, each with the slot of the organisation it was given for: as told, else by the seat it came from."""
    seats = {
        str(seat.pk): (seat.organisation or (person.organisation if person else None))
        for seat, person in seats_at(row, day)
    }
    found = []
    for vote in votes:
        place = seats.get(str(vote.get("voter")))
        found.append({**vote, "slot": vote.get("slot") or (place.slot if place else "")})
    return found


def treated_by(case: Case, *, but: str) -> set[Any]:
    """Whoever has raised the case or treated it at other steps than `but`, as persons."""
    rows = Treatment.objects.filter(case=case, person__isnull=False).exclude(case_step__step=but)
    people = rows.values_list("person_id", flat=True)
    return {*people, *([case.opened_by_id] if case.opened_by_id else [])}


def precedents(
    actor: Any, *, text: str = "", path: str = "", body: str = "", year: int | None = None
) -> QuerySet[Treatment]:
    """Answers kept as precedents in cases that the actor may read, the newest first (N-111)."""
    rows = Treatment.objects.filter(precedent=True, case__in=visible_to(actor)).select_related("case", "organisation")
    for word in text.split()[:10]:
        rows = rows.filter(Q(case__title__icontains=word) | Q(text__icontains=word) | Q(reason__icontains=word))
    if path:
        rows = rows.filter(case__path=path)
    if body:
        rows = rows.filter(body=body)
    if year:
        rows = rows.filter(decided_on__year=year)
    return cast("QuerySet[Treatment]", rows.order_by("-decided_on", "-recorded_at"))
