"""Whether the roles are filled as the model says: what is required where, combinations, extra roles and coverage.

Pure: the model, the units and what is held on the day go in; rows and findings come out. Source: A-98, A-103, A-105,
A-123, N-148 and N-183.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .bodies import RequiredHolder, Role
from .schema import GovernanceModel


@dataclass(frozen=True)
class Spot:
    """An active unit, or an organisation (`unit` None), where roles are held."""

    organisation: UUID
    slot: str
    name: str
    unit: UUID | None = None
    code: str = ""
    kind: str = ""
    is_area: bool = False


@dataclass(frozen=True)
class Held:
    """That a person holds a role on the day, and where."""

    role: str
    person: UUID
    organisation: UUID | None = None
    unit: UUID | None = None


@dataclass(frozen=True)
class Coverage:
    """One requirement in one place: how many hold the role there, and how many must. `spot` None is the whole."""

    role: Role
    spot: Spot | None
    number: int
    needed: int

    @property
    def lacks(self) -> bool:
        """Whether too few hold it."""
        return self.number < self.needed


@dataclass(frozen=True)
class Fault:
    """Something about the roles that is not as the model says, and whom it concerns."""

    rule: str
    message: Sentence
    remedy: Sentence | str = ""
    person: UUID | None = None
    expected: bool = False


def coverage(model: GovernanceModel, spots: Sequence[Spot], held: Iterable[Held]) -> list[Coverage]:
    """Every requirement of the model in every place it is for, in the model's order of roles."""
    holders: dict[str, list[Held]] = {}
    for one in held:
        holders.setdefault(one.role, []).append(one)
    found = []
    for role in model.roles:
        mine = holders.get(role.key, [])
        for need in role.required_per:
            for spot in _places(need, spots):
                people = {one.person for one in mine if _counts(one, spot)}
                found.append(Coverage(role, spot, len(people), need.at_least))
    return found


def _places(need: RequiredHolder, spots: Sequence[Spot]) -> list[Spot | None]:
    if need.per == "tenant":
        return [None]
    there = [spot for spot in spots if not need.organisations or spot.slot in need.organisations]
    if need.per == "organisation":
        return [spot for spot in there if spot.unit is None]
    units = [spot for spot in there if spot.unit is not None]
    if need.per == "area":
        return [spot for spot in units if spot.is_area]
    return [spot for spot in units if not need.unit_kinds or spot.kind in need.unit_kinds]


def _counts(one: Held, spot: Spot | None) -> bool:
    """A role in a unit counts for that unit alone; one for an organisation, or for all, counts for the organisation."""
    if spot is None:
        return True
    if spot.unit is None:
        return one.organisation in (None, spot.organisation)
    return one.unit == spot.unit


def faults(model: GovernanceModel, spots: Sequence[Spot], held: Sequence[Held]) -> list[Fault]:
    """Combinations that the model excludes or expects, extra roles that lack, and areas that no body covers."""
    return [*_combined(model, held), *_extra(model, spots, held), *_uncovered(model, spots)]


def _combined(model: GovernanceModel, held: Sequence[Held]) -> list[Fault]:
    roles: dict[UUID, set[str]] = {}
    for one in held:
        roles.setdefault(one.person, set()).add(one.role)
    found = []
    for item in model.structure.combinations:
        for person, mine in roles.items():
            both = [key for key in item.roles if key in mine]
            if item.rule == "excluded" and len(both) > 1:
                text = gettext_noop("Samme person har «%(one)s» og «%(two)s». Modellen skiller rollene.")
                remedy = say(gettext_noop("Avslutt den ene rollen."))
                message = say(text, one=_name(model, both[0]), two=_name(model, both[1]))
                found.append(Fault("combination.excluded", message, remedy, person))
            elif item.rule == "expected" and item.roles[0] in mine and len(both) < len(item.roles):
                lacking = next(key for key in item.roles if key not in mine)
                text = gettext_noop("Den som er «%(one)s», skal etter modellen også være «%(two)s».")
                message = say(text, one=_name(model, item.roles[0]), two=_name(model, lacking))
                found.append(Fault("combination.expected", message, "", person, expected=True))
    return found


def _extra(model: GovernanceModel, spots: Sequence[Spot], held: Sequence[Held]) -> list[Fault]:
    by_code = {spot.code: spot for spot in spots if spot.unit is not None and spot.code}
    roles: dict[UUID, set[str]] = {}
    for one in held:
        roles.setdefault(one.person, set()).add(one.role)
    found = []
    for item in model.structure.extra_roles:
        spot = by_code.get(item.unit)
        for one in held:
            if spot is None or one.role != item.role or one.unit != spot.unit:
                continue
            for key in item.also:
                if key not in roles[one.person]:
                    text = gettext_noop("«%(role)s» i %(unit)s skal også være «%(also)s».")
                    message = say(text, role=_name(model, item.role), unit=spot.name, also=_name(model, key))
                    found.append(Fault("role.extra", message, "", one.person, expected=True))
    return found


def _uncovered(model: GovernanceModel, spots: Sequence[Spot]) -> list[Fault]:
    covered = {code for body in model.bodies for code in body.covers}
    return [
        Fault(
            "body.covers",
            say(gettext_noop("Ingen organer dekker området «%(unit)s»."), unit=spot.name),
            say(gettext_noop("Skriv koden til området på ett av organene i modellen.")),
        )
        for spot in spots
        if covered and spot.is_area and spot.unit is not None and spot.code not in covered
        and spot.slot in {unit.organisation for unit in model.structure.units}
    ]  # fmt: skip


def _name(model: GovernanceModel, key: str) -> str:
    role = model.role(key)
    return str(role.name) if role else key


def excluded_by(model: GovernanceModel, role: str) -> tuple[str, ...]:
    """The roles that nobody may hold together with this one."""
    return tuple(
        dict.fromkeys(
            key
            for item in model.structure.combinations
            if item.rule == "excluded" and role in item.roles
            for key in item.roles
            if key != role
        )
    )


def not_on_own(model: GovernanceModel, role: str) -> bool:
    """Whether who holds the role may not treat an own matter in it (A-123)."""
    return any(item.rule == "not_own" and role in item.roles for item in model.structure.combinations)


def steering_group(model: GovernanceModel, codes: Iterable[str]) -> tuple[str, bool]:
    """Which body steers a project that concerns the units with these codes, and whether another must choose it (N-186).

    One body covers them all: that body steers. Several or none do: the model's `steering` chooses.
    """
    project = model.project_model
    if project is None:
        return "", True
    if not project.steering_by_area:
        return project.steering or "", project.steering is None
    wanted = set(codes)
    bodies = {body.key for body in model.bodies for code in body.covers if code in wanted}
    covered = {code for body in model.bodies for code in body.covers}
    if len(bodies) == 1 and wanted <= covered:
        return bodies.pop(), False
    return project.steering or "", True
