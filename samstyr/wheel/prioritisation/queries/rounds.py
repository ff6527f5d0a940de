"""Who may see and score which rounds, who the scorers are, and what the model lets one open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Count, QuerySet

from samstyr.foundation.access import Act, Actor, Facts, Holder, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.models import Person, Substitution
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.needs.models import Need, NeedState

from ..models import Entry, Round, RoundState
from ..rules.scoring import Sheet

SEAT = "seat:"
# Needs that can be weighed: sent in, and neither withdrawn nor back with their writer.
WEIGHED = (NeedState.SUBMITTED, NeedState.ENDED)


@dataclass(frozen=True)
class Scorer:
    """One who is to score: as what, and whether they are away with somebody standing in."""

    person: Person
    role: str
    away: bool = False
    stand_ins: tuple[str, ...] = ()


def round_facts(row: Round | None = None) -> Facts:
    """A round belongs to the whole arrangement; its scorers are its holders."""
    holders = tuple(Holder(str(key), str(key)) for key in row.scorers) if row else ()
    return Facts("round", require_tenant_id(), holders=holders)


def named_facts(row: Round, day: date) -> Facts:
    """The same with the scorers' roles in words, for telling who could."""
    names = dict(scorer_choices(day))
    holders = tuple(Holder(str(key), names.get(str(key), str(key))) for key in row.scorers)
    return Facts("round", require_tenant_id(), holders=holders)


def may_read(actor: Actor, row: Round) -> bool:
    """Whoever reads plans reads the rounds behind them; whoever scores reads the round."""
    return bool(may(actor, Act.PLAN_READ, round_facts())) or bool(may(actor, Act.SCORE_GIVE, round_facts(row)))


def rounds() -> QuerySet[Round]:
    """All rounds with how many needs they weigh, newest first."""
    return cast("QuerySet[Round]", Round.objects.annotate(size=Count("entries")).order_by("-opened_on", "name"))


def visible_to(actor: Actor) -> list[Round]:
    """The rounds the actor may read."""
    return [row for row in rounds() if may_read(actor, row)]


def round_by_id(key: UUID) -> Round | None:
    """One round with the one before it."""
    return cast("Round | None", Round.objects.select_related("previous").filter(pk=key).first())


def entry_by_id(key: UUID) -> Entry | None:
    """One need's place in a round."""
    return cast("Entry | None", Entry.objects.select_related("round").filter(pk=key).first())


def entries_of(row: Round) -> QuerySet[Entry]:
    """The round's needs in the order people meet them."""
    return cast("QuerySet[Entry]", Entry.objects.filter(round=row).order_by("title", "pk"))


def sheet_of_round(row: Round) -> Sheet:
    """The criteria the round was opened with."""
    return Sheet.from_json(row.criteria, row.ranking)


def shows_scores(row: Round) -> bool:
    """Whether what each has said may be seen by others now."""
    return not row.blind or row.state != RoundState.OPEN


def stages(day: date) -> list[Any]:
    """The model's stages of prioritisation, in order."""
    model = governance.current_model(day)
    return list(model.criteria) if model else []


def ranking_rules(day: date) -> Any:
    """What the model says ranks: arguments, weights or sort keys; None when it says nothing."""
    model = governance.current_model(day)
    return model.ranking if model else None


def scorer_choices(day: date) -> list[tuple[str, str]]:
    """Who can be asked to score: the model's bodies by their seats, and its roles."""
    model = governance.current_model(day)
    if model is None:
        return []
    bodies = [(f"{SEAT}{body.key}", str(body.name)) for body in model.bodies]
    return [*bodies, *((role.key, str(role.name)) for role in model.roles)]


def scorers_of(row: Round, day: date) -> list[Scorer]:
    """The people who hold what the round names, each once, with who stands in for those away."""
    names = dict(scorer_choices(day))
    found: dict[UUID, tuple[Person, str]] = {}
    for key in map(str, row.scorers):
        if key.startswith(SEAT):
            people = [person for _seat, person in organisations.seats_of(key.removeprefix(SEAT), on=day) if person]
        else:
            people = organisations.holders_of(key, on=day)
        for person in people:
            if person.is_active:
                found.setdefault(person.pk, (person, names.get(key, key)))
    away = _away(found, day)
    scorers = [Scorer(person, role, key in away, tuple(away.get(key, ()))) for key, (person, role) in found.items()]
    return sorted(scorers, key=lambda scorer: (scorer.person.name, str(scorer.person.pk)))


def _away(people: Iterable[UUID], day: date) -> dict[UUID, list[str]]:
    rows = Substitution.objects.filter(organisations.on_day(day), person_id__in=list(people))
    found: dict[UUID, list[str]] = {}
    for row in rows.select_related("substitute").order_by("substitute__name"):
        found.setdefault(row.person_id, []).append(row.substitute.name)
    return found


def needs_to_weigh(actor: Actor, *, earlier: frozenset[UUID] | None = None) -> QuerySet[Need]:
    """The needs the actor may read that a round can take; for a later stage those that passed the one before."""
    found = needs.visible_to(actor).filter(state__in=WEIGHED)
    if earlier is not None:
        found = found.filter(pk__in=list(earlier))
    return cast("QuerySet[Need]", found)


def latest_of(stage_keys: Iterable[str]) -> QuerySet[Round]:
    """Rounds at these stages, newest first: what a later stage can build on."""
    keys: Any = list(stage_keys)
    return cast("QuerySet[Round]", Round.objects.filter(stage__in=keys).order_by("-year", "-opened_on", "name"))
