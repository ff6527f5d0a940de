"""Who there is: organisations as slots, roles with rights, bodies with dated composition, hearing bodies."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from samstyr.foundation.access import GRANTABLE, Reach

from .meeting import MeetingRules
from .words import Condition, Key, Part, Text


class OrganisationSlot(Part):
    """A place for an organisation; a tenant binds an actual one to it at adoption."""

    key: Key
    kind: Literal[
        "municipality", "county_council", "it_service", "company", "national", "network", "agency", "other"
    ] = "municipality"
    name: Text
    host: bool = False


GrantedAct = Literal[GRANTABLE]  # type: ignore[valid-type]


class Right(Part):
    """One right and how far it goes."""

    act: GrantedAct  # type: ignore[valid-type]
    reach: Reach = Reach.TENANT


class RequiredHolder(Part):
    """That a role must be held, by how many, in each place: each organisation, area, or unit of some kinds (A-103).

    `organisations` limits it to some slots; none means all.
    """

    per: Literal["tenant", "organisation", "area", "unit"]
    unit_kinds: tuple[Key, ...] = ()
    organisations: tuple[Key, ...] = ()
    at_least: int = Field(default=1, ge=1, le=100)


Owned = Literal["project_method", "plan", "guide", "training", "interaction_rooms", "model"]


class Role(Part):
    """A role: what it is called, what it does, what it may, who gives it.

    `required_per` says where somebody must hold it; `owns` what it alone answers for.
    """

    key: Key
    name: Text
    aliases: tuple[Text, ...] = ()
    scope: Literal["tenant", "organisation", "area", "unit"] = "tenant"
    tasks: tuple[Text, ...] = ()
    rights: tuple[Right, ...] = ()
    appointed_by: Key | None = None
    deputy: bool = True
    required_per: tuple[RequiredHolder, ...] = ()
    owns: tuple[Owned, ...] = ()


class SeatGroup(Part):
    """A group of seats: how many, whose, given by whom, with what weight and voice.

    `one_per: area` means one seat for each area of the organisation (B-08); `count` is then the expected number.
    `region` and `organisation_kind` say where a holder comes from. Those in `consults` are asked before an
    appointment, those in `may_consult` if one wishes; `direct_responsibility` asks for a reason for a person without it.
    `at_least` is how many must sit where `count` is not told (A-110); `cross_party` asks for more than one list (N-038).
    With `substitutes_for` these are no members but the substitutes of another group, in the order of their numbers.
    """

    key: Key
    name: Text
    count: int | None = Field(default=None, ge=0, le=500)
    at_least: int | None = Field(default=None, ge=0, le=500)
    cross_party: bool = False
    one_per: Literal["area", "organisation", "unit"] | None = None
    organisation: Key | None = None
    organisation_kind: str | None = None
    region: str | None = None
    office: Key | None = None
    appointed_by: Key | None = None
    consults: tuple[Text, ...] = ()
    may_consult: tuple[Text, ...] = ()
    direct_responsibility: bool = False
    votes: bool = True
    speaks: bool = True
    weight: int = Field(default=1, ge=0)
    term_years: int | None = Field(default=None, ge=1, le=12)
    proxies: bool = False
    substitutes_for: Key | None = None


class Composition(Part):
    """A body as it is put together in a period; both dates included."""

    valid_from: date | None = None
    valid_to: date | None = None
    size: int | None = Field(default=None, ge=0)
    groups: tuple[SeatGroup, ...] = ()
    attendees: tuple[Key, ...] = ()


class Frequency(Part):
    """How often a body meets: so many times in each month, quarter or year, give or take."""

    times: int = Field(ge=0, le=400)
    per: Literal["month", "quarter", "year"] = "year"
    tolerance: int = Field(default=0, ge=0)
    at_most: int | None = None


class Mandate(Part):
    """What a body may do with a kind of thing."""

    kind: Literal["assess", "advise", "propose", "treat", "adopt", "discuss", "manage"]
    subjects: tuple[str, ...] = ()
    text: Text | None = None


class BeforeMeeting(Part):
    """A deadline of a body's own, so many working days before each meeting of another body (D-29)."""

    key: Key
    name: Text
    body: Key
    working_days: int = Field(ge=1, le=120)
    text: Text | None = None


class Body(Part):
    """A body: its composition by date, who leads, serves and convenes it, and what it may decide.

    `per: organisation` means one in each organisation; `exists_for` limits which, `optional` lets each choose.
    Who chairs holds a seat in the group `chair_from`. A term's end is told `term_notice_months` ahead.
    `chair_in` is the organisation whose holder of the role chairs: a slot, or `host` for the cooperation's host, so
    that the chair moves when the host does (N-190). `must_include` are offices without which the body is not whole
    (N-011). `covers` are codes of the units whose matters are the body's (N-183). `standing_items` are on every
    agenda; what has waited more than `queue_days` is warned of (A-81).
    Its meetings show the guidelines of the bodies in `aligned_with`, and when it last consulted them; more than
    `align_months` ago is too long.
    """

    key: Key
    name: Text
    aliases: tuple[Text, ...] = ()
    kind: Literal[
        "standing", "strategic_council", "political", "professional_group", "working_group", "project_group"
    ] = "standing"
    purpose: Text | None = None
    per: Literal["tenant", "organisation"] = "tenant"
    exists_for: tuple[Key, ...] | None = None
    optional: bool = False
    parents: tuple[Key, ...] = ()
    chair: Key | None = None
    chair_from: Key | None = None
    chair_in: Key | None = None
    secretary: Key | None = None
    convener: Key | None = None
    term_notice_months: int = Field(default=2, ge=0, le=36)
    versions: tuple[Composition, ...] = ()
    frequency: Frequency | None = None
    rules: Literal["administrative", "elected", "own"] = "administrative"
    quorum_percent: int | None = Field(default=None, ge=0, le=100)
    written_procedure_days: int | None = Field(default=None, ge=0)
    meetings: MeetingRules = MeetingRules()
    covers: tuple[str, ...] = ()
    aligned_with: tuple[Key, ...] = ()
    align_months: int | None = Field(default=None, ge=1, le=60)
    mandate: tuple[Mandate, ...] = ()
    tasks: tuple[Text, ...] = ()
    must_include: tuple[Key, ...] = ()
    standing_items: tuple[Text, ...] = ()
    queue_days: int | None = Field(default=None, ge=1, le=1000)
    before: tuple[BeforeMeeting, ...] = ()

    def in_force(self, day: date) -> bool:
        """Whether the body is there on the day. A group for a time is over when its compositions are; others stay."""
        lasting = self.kind not in ("working_group", "project_group")
        return lasting or not self.versions or self.composition_on(day) is not None

    def exists_in(self, slot: str) -> bool:
        """Whether the organisation in the slot has the body at all."""
        return self.exists_for is None or slot in self.exists_for

    def composition_on(self, day: date) -> Composition | None:
        """How the body is put together on the day."""
        for version in self.versions:
            if (version.valid_from or date.min) <= day <= (version.valid_to or date.max):
                return version
        return None

    @property
    def recorders(self) -> tuple[str, ...]:
        """The roles that chair and serve the body, and enter what it has decided; each once."""
        return tuple(dict.fromkeys(key for key in (self.chair, self.secretary) if key))

    @property
    def officers(self) -> tuple[str, ...]:
        """Those and the one who calls it together; each once."""
        return tuple(dict.fromkeys((*self.recorders, *((self.convener,) if self.convener else ()))))

    def may_adopt(self, subject: str) -> bool:
        """Whether the mandate lets the body adopt this kind of thing."""
        return any(item.kind == "adopt" and (not item.subjects or subject in item.subjects) for item in self.mandate)


class HearingBody(Part):
    """Somebody to be heard: in which organisations, when, and which role answers.

    `organisations: null` means that every organisation may have it; `example` that it may be removed (B-32).
    """

    key: Key
    name: Text
    role: Key
    organisations: tuple[Key, ...] | None = None
    when: Condition | None = None
    example: bool = True
    unit_of: Key | None = None
