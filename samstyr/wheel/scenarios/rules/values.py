"""What a candidate and a limit must hold, as plain values with every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.money import LIMIT as MOST_MONEY
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

MOST_VALUE, MOST_RISK, LONGEST = 10_000, 100, 20
MOST_ROWS, MOST_TEXT = 100, 10_000
MEASURES = ("money", "hours", "risk", "count")
COST_KINDS = ("investment", "operating")
LINK_KINDS = ("needs", "excludes", "one_of")


@dataclass(frozen=True)
class CostRow:
    """Whole kroner in the year `offset` years after the start (0 is the first), yearly from then if it `continues`."""

    offset: int
    kind: str
    source: str
    amount: int
    continues: bool = False


@dataclass(frozen=True)
class StaffRow:
    """Hours of a staff role in the year `offset` years after the start, yearly from then if it `continues`."""

    role: str
    offset: int
    hours: int
    continues: bool = False


@dataclass(frozen=True)
class LinkRow:
    """A tie to another candidate, or membership of a named group of which at least one is wanted (one_of)."""

    kind: str
    other: UUID | None = None
    group: str = ""


@dataclass(frozen=True)
class CandidateValues:
    """A candidate as it is filled in. `value` is hundredths of a point, `risk` 0-100, `duration` years."""

    title: str
    need: UUID | None = None
    area: UUID | None = None
    focus_area: str = ""
    goals: tuple[str, ...] = ()
    kind: str = ""
    owner: str = ""
    description: str = ""
    value: int = 0
    value_reason: str = ""
    risk: int = 0
    mandatory: bool = False
    mandatory_reason: str = ""
    earliest: int | None = None
    latest: int | None = None
    duration: int = 1
    cost_key: str = ""
    own_shares: Mapping[str, int] = field(default_factory=dict)
    organisations: tuple[UUID, ...] = ()
    costs: tuple[CostRow, ...] = ()
    staff: tuple[StaffRow, ...] = ()
    links: tuple[LinkRow, ...] = ()


@dataclass(frozen=True)
class LimitValues:
    """A limit as it is filled in; an empty field does not narrow. `amount`: kroner, hours, points of risk, measures."""

    measure: str
    amount: int
    at_least: bool = False
    year: int | None = None
    organisation: UUID | None = None
    kind: str = ""
    source: str = ""
    role: str = ""
    area: UUID | None = None
    focus_area: str = ""


@dataclass(frozen=True)
class Known:
    """What can be named, with what people call it; `numbers` are the candidates by number, `value` what the last
    prioritisation gave the candidate's need (None without one)."""

    areas: Mapping[UUID, str] = field(default_factory=dict)
    focus_areas: Mapping[str, str] = field(default_factory=dict)
    goals: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[UUID, str] = field(default_factory=dict)
    cost_keys: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    numbers: Mapping[int, UUID] = field(default_factory=dict)
    own_choice_keys: frozenset[str] = frozenset()

    @cached_property
    def candidates(self) -> frozenset[UUID]:
        """The candidates that a tie can name; gathered once, since a long file asks for each of its rows."""
        return frozenset(self.numbers.values())


def candidate_faults(
    values: CandidateValues, known: Known, *, itself: UUID | None = None, given_value: int | None = None
) -> list[FieldError]:
    """Everything that is wrong with a candidate. `itself` is its own key, `given_value` its prioritised value."""
    return [
        *_text_faults(values),
        *_number_faults(values),
        *_reason_faults(values, given_value),
        *_name_faults(values, known),
        *_row_faults(values, known),
        *_link_faults(values, known, itself),
    ]


def _fault(place: str, sentence: str, given: object = "", **words: object) -> FieldError:
    return FieldError(place, say(sentence, **words), str(given))


def _text_faults(values: CandidateValues) -> list[FieldError]:
    faults = []
    if not values.title.strip():
        faults.append(_fault("title", gettext_noop("Skriv hva kandidaten heter.")))
    elif len(values.title) > 200:
        faults.append(_fault("title", gettext_noop("Tittelen kan ha høyst 200 tegn."), values.title))
    short = {"owner": 200, "kind": 60, "focus_area": 60, "cost_key": 60}
    long = dict.fromkeys(("description", "value_reason", "mandatory_reason"), MOST_TEXT)
    for name, most in (short | long).items():
        text = getattr(values, name)
        if len(text) > most:
            faults.append(_fault(name, gettext_noop("Teksten kan ha høyst %(most)s tegn."), text[:40], most=most))
        elif "\0" in text:
            faults.append(_fault(name, gettext_noop("Teksten har tegn som ikke kan lagres.")))
    return faults


def _number_faults(values: CandidateValues) -> list[FieldError]:
    faults = []
    if not 0 <= values.value <= MOST_VALUE:
        faults.append(_fault("value", gettext_noop("Verdien må være fra 0 til 100 poeng."), values.value))
    if not 0 <= values.risk <= MOST_RISK:
        faults.append(_fault("risk", gettext_noop("Risikoen må være fra 0 til 100."), values.risk))
    if not 1 <= values.duration <= LONGEST:
        faults.append(_fault("duration", gettext_noop("Varigheten må være fra 1 til 20 år."), values.duration))
    for name in ("earliest", "latest"):
        year = getattr(values, name)
        if year is not None and not 2000 <= year <= 2100:
            faults.append(_fault(name, gettext_noop("Skriv et årstall mellom 2000 og 2100."), year))
    if values.earliest and values.latest and values.latest < values.earliest:
        faults.append(_fault("latest", gettext_noop("Seneste start kan ikke være før tidligste start."), values.latest))
    return faults


def _reason_faults(values: CandidateValues, given_value: int | None) -> list[FieldError]:
    faults = []
    by_hand = given_value is not None and values.value != given_value
    if by_hand and not values.value_reason.strip():
        faults.append(
            _fault(
                "value_reason",
                gettext_noop("Verdien er en annen enn prioriteringen ga. Skriv hvorfor."),
                values.value,
            )
        )
    if values.mandatory and not values.mandatory_reason.strip():
        faults.append(
            _fault("mandatory_reason", gettext_noop("Skriv hvilken lov eller avtale som gjør tiltaket nødvendig."))
        )
    return faults


def _name_faults(values: CandidateValues, known: Known) -> list[FieldError]:
    faults = []
    if not values.organisations:
        faults.append(_fault("organisations", gettext_noop("Velg hvilke kommuner tiltaket gjelder.")))
    unknown = gettext_noop("«%(value)s» finnes ikke i styringsmodellen. Velg et av valgene.")
    if set(values.organisations) - set(known.organisations):
        faults.append(_fault("organisations", gettext_noop("En av kommunene finnes ikke i denne styringsordningen.")))
    if values.area is not None and values.area not in known.areas:
        faults.append(_fault("area", gettext_noop("Området finnes ikke i denne styringsordningen."), values.area))
    if values.focus_area and values.focus_area not in known.focus_areas:
        faults.append(_fault("focus_area", unknown, values.focus_area, value=values.focus_area))
    if values.cost_key and values.cost_key not in known.cost_keys:
        faults.append(_fault("cost_key", unknown, values.cost_key, value=values.cost_key))
    faults += [_fault("goals", unknown, goal, value=goal) for goal in values.goals if goal not in known.goals]
    if values.cost_key in known.own_choice_keys and not any(values.own_shares.values()):
        faults.append(_fault("own_shares", gettext_noop("Skriv hvor mye hver kommune skal dekke.")))
    return faults


def _row_faults(values: CandidateValues, known: Known) -> list[FieldError]:
    faults, seen = [], set()
    for at, row in enumerate(values.costs):
        place = f"costs.{at}"
        if row.kind not in COST_KINDS:
            faults.append(_fault(f"{place}.kind", gettext_noop("Velg investering eller drift."), row.kind))
        if row.source and row.source not in known.sources:
            faults.append(_fault(f"{place}.source", gettext_noop("Kilden finnes ikke i styringsmodellen."), row.source))
        if not 0 <= row.amount <= MOST_MONEY:
            faults.append(
                _fault(f"{place}.amount", gettext_noop("Beløpet kan ikke være negativt eller så stort."), row.amount)
            )
        faults += _year_faults(place, row.offset)
        if (row.kind, row.source, row.offset) in seen:
            faults.append(
                _fault(f"{place}.offset", gettext_noop("Samme slags kostnad står to ganger for samme år."), row.offset)
            )
        seen.add((row.kind, row.source, row.offset))
    roles = set()
    for at, need in enumerate(values.staff):
        place = f"staff.{at}"
        if not need.role.strip() or len(need.role) > 60 or "\0" in need.role:
            faults.append(
                _fault(f"{place}.role", gettext_noop("Skriv hvilken rolle det gjelder, høyst 60 tegn."), need.role[:60])
            )
        if not 0 <= need.hours <= 1_000_000:
            faults.append(
                _fault(f"{place}.hours", gettext_noop("Skriv et antall timer fra 0 til 1 000 000."), need.hours)
            )
        faults += _year_faults(place, need.offset)
        if (need.role, need.offset) in roles:
            faults.append(
                _fault(f"{place}.offset", gettext_noop("Samme rolle står to ganger for samme år."), need.offset)
            )
        roles.add((need.role, need.offset))
    for name in ("costs", "staff", "links"):
        if len(getattr(values, name)) > MOST_ROWS:
            faults.append(_fault(name, gettext_noop("Det kan være høyst %(most)s rader."), most=MOST_ROWS))
    return faults


def _year_faults(place: str, offset: int) -> list[FieldError]:
    if 0 <= offset < LONGEST:
        return []
    return [_fault(f"{place}.offset", gettext_noop("Året må være fra 1 til 20, regnet fra starten."), offset + 1)]


def _link_faults(values: CandidateValues, known: Known, itself: UUID | None) -> list[FieldError]:
    if not values.links:
        return []
    faults, seen, keys = [], set(), known.candidates
    for at, row in enumerate(values.links):
        place = f"links.{at}"
        if row.kind not in LINK_KINDS:
            faults.append(_fault(f"{place}.kind", gettext_noop("Velg hva slags sammenheng det er."), row.kind))
        elif row.kind == "one_of":
            if not row.group.strip() or len(row.group) > 60:
                faults.append(_fault(f"{place}.group", gettext_noop("Skriv et navn på gruppen, høyst 60 tegn.")))
        elif row.other is None or row.other not in keys:
            faults.append(_fault(f"{place}.other", gettext_noop("Det finnes ingen kandidat med dette nummeret.")))
        elif row.other == itself:
            faults.append(_fault(f"{place}.other", gettext_noop("En kandidat kan ikke henge sammen med seg selv.")))
        if (row.kind, row.other, row.group) in seen:
            faults.append(_fault(f"{place}.other", gettext_noop("Den samme sammenhengen står to ganger.")))
        seen.add((row.kind, row.other, row.group))
    return faults


def circles(needs: Mapping[UUID, set[UUID]]) -> list[UUID]:
    """Candidates that presuppose themselves through others, in the order of one such circle; empty when none does."""
    done: set[UUID] = set()
    for first in needs:
        path: list[UUID] = []
        if first in done:
            continue
        found = _walk(first, needs, path, done)
        if found:
            return found
    return []


def _walk(first: UUID, needs: Mapping[UUID, set[UUID]], path: list[UUID], done: set[UUID]) -> list[UUID]:
    waiting = [(first, iter(sorted(needs.get(first, set()), key=str)))]
    path.append(first)
    while waiting:
        _key, after = waiting[-1]
        following = next(after, None)
        if following is None:
            waiting.pop()
            done.add(path.pop())
        elif following in path:
            return path[path.index(following) :]
        elif following not in done:
            path.append(following)
            waiting.append((following, iter(sorted(needs.get(following, set()), key=str))))
    return []


def limit_key(values: LimitValues) -> str:
    """What the limit counts, spelled out: two limits with the same key are the same limit."""
    parts = (
        "min" if values.at_least else "max", values.measure, values.year, values.organisation, values.kind,
        values.source, values.role, values.area, values.focus_area,
    )  # fmt: skip
    return "|".join("" if part is None else str(part) for part in parts)


def limit_faults(limits: tuple[LimitValues, ...], years: range, known: Known) -> list[FieldError]:
    """Everything that is wrong with a scenario's limits; places are ``limits.2.amount``."""
    faults, seen = [], set()
    for at, row in enumerate(limits):
        place = f"limits.{at}"
        if row.measure not in MEASURES:
            faults.append(_fault(f"{place}.measure", gettext_noop("Velg hva rammen skal telle."), row.measure))
        if not 0 <= row.amount <= MOST_MONEY:
            faults.append(
                _fault(f"{place}.amount", gettext_noop("Rammen kan ikke være negativ eller så stor."), row.amount)
            )
        if row.year is not None and row.year not in years:
            faults.append(_fault(f"{place}.year", gettext_noop("Året er ikke et av scenarioets år."), row.year))
        if row.organisation is not None and row.organisation not in known.organisations:
            faults.append(
                _fault(f"{place}.organisation", gettext_noop("Kommunen finnes ikke i denne styringsordningen."))
            )
        if row.kind and row.kind not in COST_KINDS:
            faults.append(_fault(f"{place}.kind", gettext_noop("Velg investering eller drift."), row.kind))
        if row.source and row.source not in known.sources:
            faults.append(_fault(f"{place}.source", gettext_noop("Kilden finnes ikke i styringsmodellen."), row.source))
        if row.measure != "money" and (row.organisation or row.kind or row.source):
            faults.append(_fault(f"{place}.measure", gettext_noop("Bare kroner kan deles på kommune, art og kilde.")))
        if len(row.role) > 60 or (row.role and row.measure != "hours"):
            faults.append(_fault(f"{place}.role", gettext_noop("Bare timer kan gjelde en rolle."), row.role[:60]))
        if row.area is not None and row.area not in known.areas:
            faults.append(_fault(f"{place}.area", gettext_noop("Området finnes ikke i denne styringsordningen.")))
        if row.focus_area and row.focus_area not in known.focus_areas:
            faults.append(
                _fault(f"{place}.focus_area", gettext_noop("Satsingsområdet finnes ikke i styringsmodellen."))
            )
        if limit_key(row) in seen:
            faults.append(_fault(f"{place}.amount", gettext_noop("Den samme rammen står to ganger.")))
        seen.add(limit_key(row))
    return faults


def limit_name(values: LimitValues, known: Known) -> Sentence:
    """What people call the limit: «Drift 2028, Lillesand»-like, with what narrows it."""
    kinds = {"investment": gettext_noop("Investering"), "operating": gettext_noop("Drift")}
    wholes = {
        "money": gettext_noop("Kroner i alt"), "hours": gettext_noop("Timer"), "risk": gettext_noop("Samlet risiko"),
        "count": gettext_noop("Antall tiltak"),
    }  # fmt: skip
    what: object = say(kinds.get(values.kind) or wholes.get(values.measure, gettext_noop("Ramme")))
    if values.at_least:
        what = say(gettext_noop("Minst: %(what)s"), what=what)
    where = [
        str(values.year) if values.year is not None else "",
        known.organisations.get(values.organisation, "") if values.organisation else "",
        known.sources.get(values.source, values.source) if values.source else "",
        values.role,
        known.areas.get(values.area, "") if values.area else "",
        known.focus_areas.get(values.focus_area, values.focus_area) if values.focus_area else "",
    ]
    return say(gettext_noop("%(what)s %(where)s"), what=what, where=", ".join(str(part) for part in where if part))
