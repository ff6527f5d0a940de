"""A solution in plain words: how good it is, what it takes, why, and what cannot be met together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samstyr.foundation.ui import formats
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.wheel.scenarios.rules.instance import Instance

from .reasons import link_words


@dataclass(frozen=True)
class Shown:
    """The newest solution for its page."""

    key: UUID
    status: Status
    words: str
    when: str
    stale: bool
    usable: bool
    taken: bool


def status_of(status: str) -> Status:
    """What was found."""
    match status:
        case "optimal":
            return Status(_("Best mulig"), Tone.SUCCESS)
        case "feasible":
            return Status(_("Beste funnet"), Tone.INFO)
        case "infeasible":
            return Status(_("Ikke mulig"), Tone.DANGER)
    return Status(_("Avbrutt"), Tone.WARNING)


def gap_words(value: int, bound: int) -> str:
    """How much better something unknown could at most be; rounded up, so that it never promises too much."""
    if value <= 0:
        return _("Det er ikke funnet noen løsning med verdi ennå.")
    gap = Decimal(max(0, bound - value)) * 100 / value
    step = Decimal("0.1") if gap >= Decimal("0.1") else Decimal("0.01")
    return _("Høyst %(gap)s bedre er mulig.") % {"gap": formats.percent(gap.quantize(step, ROUND_UP))}


def proof_words(status: str, value: int, bound: int) -> str:
    """How good a solution is, in plain words."""
    match status:
        case "optimal":
            return _("Det er bevist at ingen annen portefølje innenfor rammene har høyere verdi.")
        case "feasible":
            return _("Den beste porteføljen som ble funnet innen tiden.") + " " + gap_words(value, bound)
        case "infeasible":
            return _("Kravene kan ikke oppfylles samtidig, så det finnes ingen løsning.")
    return _("Beregningen ble avbrutt før noe var funnet.")


def short_words(status: str, value: int, bound: int) -> str:
    """A solution in the list."""
    if not status:
        return _("Ikke regnet ut")
    if status == "feasible":
        return gap_words(value, bound)
    return str(status_of(status).label)


def shown(solution: Any, stale: bool, starts: Mapping[UUID, int]) -> Shown:
    """The solution for the page of its scenario."""
    wanted = starts_of(solution)
    usable = solution.status in ("optimal", "feasible") or bool(wanted)
    return Shown(
        key=solution.pk,
        status=status_of(solution.status),
        words=proof_words(solution.status, solution.value, solution.bound),
        when=_("Regnet ut %(when)s.") % {"when": formats.moment(solution.solved_at)},
        stale=stale,
        usable=usable,
        taken=usable and wanted == dict(starts),
    )


def starts_of(solution: Any) -> dict[UUID, int]:
    """The start years that the solution says."""
    return {UUID(key): year for key, year in solution.outcome.get("starts", {}).items()}


def breach_words(instance: Instance, starts: Mapping[UUID, int]) -> list[str]:
    """What a choice breaks of links and demands; the limits are told with their use."""
    limits = {limit.key for limit in instance.limits}
    links = {link.key: link for link in instance.links}
    words = []
    for key in instance.breaches(starts):
        if key in limits:
            continue
        link = links.get(key)
        if link is not None:
            titles = [f"«{instance.by_key[member].title}»" for member in link.members if member in instance.by_key]
            words.append(link_words(link.kind, titles))
        else:
            words.append(_demand_words(instance, UUID(key), starts))
    return words


def _demand_words(instance: Instance, key: UUID, starts: Mapping[UUID, int]) -> str:
    candidate = instance.by_key[key]
    title = f"«{candidate.title}»"
    start = starts.get(key)
    if start is None:
        return _("%(title)s må være med.") % {"title": title}
    if candidate.pin == "out":
        return _("%(title)s er festet ut, men er valgt.") % {"title": title}
    return _("%(title)s kan ikke starte i %(year)s.") % {"title": title, "year": start}
