"""May this person do this to that? One function answers, explains and greys the button.

Rights come from the tenant's governance model as grants on the roles a person holds today. What is done
*on a decision path* comes from the path's step instead: the facts name its holders. Default is no.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from samstyr.foundation.kernel.errors import Refused
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say


class Act(StrEnum):
    """Everything a person can be allowed to do; the first group is granted by the governance model."""

    NEED_CREATE = "need.create"
    NEED_READ = "need.read"
    NEED_EDIT = "need.edit"
    NEED_IMPORT = "need.import"
    CASE_READ = "case.read"
    CASE_CREATE = "case.create"
    CASE_COMMENT = "case.comment"
    CASE_ADMINISTER = "case.administer"
    HEARING_MANAGE = "hearing.manage"
    EXEMPT_READ = "statement.read_exempt"
    PLAN_READ = "plan.read"
    PLAN_EDIT = "plan.edit"
    PLAN_PROGRESS = "plan.progress"
    BUDGET_MANAGE = "budget.manage"
    STRATEGY_READ = "strategy.read"
    STRATEGY_EDIT = "strategy.edit"
    STRATEGY_ADOPT = "strategy.adopt"
    ORGANISATION_MANAGE = "organisation.manage"
    PEOPLE_MANAGE = "people.manage"
    ROLE_APPOINT = "role.appoint"
    MODEL_READ = "model.read"
    MODEL_MANAGE = "model.manage"
    AUDIT_READ = "audit.read"
    # Not granted by roles but by the thing itself.
    NEED_WITHDRAW = "need.withdraw"
    CASE_WRITE = "case.write"
    CASE_TREAT = "case.treat"
    STATEMENT_GIVE = "statement.give"
    SEAT_FILL = "seat.fill"
    SCORE_GIVE = "score.give"
    TARGET_MEASURE = "target.measure"
    MEETING_MANAGE = "meeting.manage"
    MEETING_CALL = "meeting.call"
    MEETING_TAKE_PART = "meeting.take_part"
    REPORT_WRITE = "report.write"
    REPORT_RECEIVE = "report.receive"
    COUNSEL_GIVE = "counsel.give"
    NOTICE_READ = "notice.read"
    TENANT_ENTER = "tenant.enter"
    # The system alone.
    NOTICE_GIVE = "notice.give"


# What a role can be given; the rest lies in the thing itself, or with the system.
GRANTABLE = tuple(Act)[: tuple(Act).index(Act.NEED_WITHDRAW)]


class Reach(StrEnum):
    """How far a right goes, from one's own things to the whole arrangement."""

    OWN = "own"
    UNIT = "unit"
    AREA = "area"
    ORGANISATION = "organisation"
    TENANT = "tenant"


@dataclass(frozen=True)
class HeldRole:
    """A role a person holds today. `units` is the unit held in with all below it; empty means no limit.

    `substitute_for` names the person stood in for, when the role is held only while somebody is away.
    """

    role: str
    name: str
    organisation: UUID | None = None
    units: frozenset[UUID] = frozenset()
    own_units: frozenset[UUID] = frozenset()
    substitute_for: str = ""


@dataclass(frozen=True)
class Grant:
    """One right with its reach, by virtue of one held role."""

    act: Act
    reach: Reach
    held: HeldRole


@dataclass(frozen=True)
class Actor:
    """A person acting in one tenant on one date, with all that gives rights there."""

    person: UUID
    tenant: UUID
    name: str
    roles: tuple[HeldRole, ...] = ()
    grants: tuple[Grant, ...] = ()
    unit: UUID | None = None
    stands_in_for: frozenset[UUID] = frozenset()
    automatic: str = ""

    def holds(self, role: str) -> bool:
        """Whether the person has `role` anywhere."""
        return any(held.role == role for held in self.roles)

    def on_behalf(self, rule: str) -> Actor:
        """The same person as the cause of what the system does by itself under the named rule."""
        return replace(self, automatic=rule)

    @property
    def people(self) -> frozenset[UUID]:
        """The persons one acts as: oneself, and those one stands in for."""
        return self.stands_in_for | {self.person}


@dataclass(frozen=True)
class Holder:
    """Somebody the path or the thing itself names: a role, limited to an organisation or a unit or not."""

    role: str
    name: str = ""
    organisation: UUID | None = None
    unit: UUID | None = None
    person: UUID | None = None

    def is_met_by(self, actor: Actor) -> HeldRole | None:
        """The held role that makes `actor` this holder, or None."""
        if self.person is not None:
            return HeldRole(self.role, self.name) if self.person in actor.people else None
        for held in actor.roles:
            if held.role != self.role:
                continue
            if self.organisation and held.organisation and held.organisation != self.organisation:
                continue
            if self.unit and held.units and self.unit not in held.units:
                continue
            return held
        return None


@dataclass(frozen=True)
class Facts:
    """What the decision needs to know of a thing; each model gives its own.

    owners: persons whose own it is. organisations, units: where it belongs (none: to the tenant).
    holders: who the path's step, the body or the thing itself names for what HOLDER_ACTS holds.
    barred: persons whose own matter it is, where the model lets nobody treat their own (A-123).
    private: seen by owners only (a draft). exempt: exempt from public access; needs EXEMPT_READ or `invited`.
    """

    kind: str
    tenant: UUID
    owners: frozenset[UUID] = frozenset()
    organisations: frozenset[UUID] = frozenset()
    units: frozenset[UUID] = frozenset()
    holders: tuple[Holder, ...] = ()
    invited: frozenset[UUID] = frozenset()
    private: bool = False
    exempt: bool = False
    named: dict[str, str] = field(default_factory=dict, compare=False)
    barred: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """The answer with its reason, the rule that gave it, and, when it is no, who could."""

    allowed: bool
    reason: Sentence
    rule: str = ""
    who: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> Verdict:
        """Itself when allowed; raises Refused otherwise."""
        if not self.allowed:
            raise Refused(self.reason, rule=self.rule, remedy=self.remedy)
        return self

    @property
    def remedy(self) -> Sentence | str:
        """Who could do it instead, as a sentence."""
        if self.allowed or not self.who:
            return ""
        return say(gettext_noop("Dette kan gjøres av: %(who)s."), who=", ".join(self.who))


OWN_ACTS = frozenset(
    {Act.NEED_READ, Act.NEED_EDIT, Act.NEED_WITHDRAW, Act.CASE_READ, Act.CASE_COMMENT, Act.CASE_WRITE, Act.NOTICE_READ}
)
HOLDER_ACTS = frozenset(
    {
        Act.CASE_TREAT,
        Act.STATEMENT_GIVE,
        Act.SEAT_FILL,
        Act.SCORE_GIVE,
        Act.TARGET_MEASURE,
        Act.MEETING_MANAGE,
        Act.MEETING_CALL,
        Act.MEETING_TAKE_PART,
        Act.REPORT_WRITE,
        Act.REPORT_RECEIVE,
        Act.COUNSEL_GIVE,
    }
)
READ_ACTS = frozenset({Act.NEED_READ, Act.CASE_READ, Act.CASE_COMMENT})

_NO_TENANT = gettext_noop("Du er ikke med i denne styringsordningen.")
_PRIVATE = gettext_noop("Utkastet er bare synlig for dem som skriver det.")
_EXEMPT = gettext_noop("Innholdet er unntatt offentlighet, og du har ikke rett til å se det.")
_NO_RIGHT = gettext_noop("Rollene dine i styringsmodellen gir ikke rett til dette.")
_OWN_MATTER = gettext_noop("Saken er din egen. Styringsmodellen lar deg ikke vurdere den selv.")
_NOT_HOLDER = gettext_noop("Dette steget hører til en annen rolle.")


def may(actor: Actor | None, act: Act, facts: Facts) -> Verdict:
    """Whether `actor` may do `act` to the thing that `facts` describe; no unless something says yes."""
    if actor is None or actor.tenant != facts.tenant:
        return Verdict(False, say(_NO_TENANT), "access.tenant")
    if act is Act.TENANT_ENTER:
        return Verdict(True, say(gettext_noop("Du er med i denne styringsordningen.")), "access.member")
    if actor.automatic:
        return Verdict(True, say(gettext_noop("Systemet gjør dette selv.")), actor.automatic)
    owner = bool(actor.people & facts.owners)
    if facts.private and not owner:
        return Verdict(False, say(_PRIVATE), "access.private")
    if facts.exempt and not (owner or actor.people & facts.invited or _granted(actor, Act.EXEMPT_READ, facts)):
        return Verdict(False, say(_EXEMPT), "access.exempt")
    if owner and act in OWN_ACTS:
        return Verdict(True, say(gettext_noop("Det er ditt eget.")), "access.own")
    if act in HOLDER_ACTS and actor.person in facts.barred:
        return Verdict(False, say(_OWN_MATTER), "access.own_matter", tuple(h.name or h.role for h in facts.holders))
    if act in HOLDER_ACTS or (act in READ_ACTS and facts.holders):
        for holder in facts.holders:
            held = holder.is_met_by(actor)
            if held:
                return Verdict(True, _because(held), f"role:{held.role}")
        if act in HOLDER_ACTS:
            return Verdict(False, say(_NOT_HOLDER), "access.holder", tuple(h.name or h.role for h in facts.holders))
    if act in READ_ACTS and actor.people & facts.invited:
        return Verdict(True, say(gettext_noop("Du er bedt om å uttale deg.")), "access.invited")
    grant = _granted(actor, act, facts)
    if grant:
        return Verdict(True, _because(grant.held), f"role:{grant.held.role}:{act}")
    return Verdict(False, say(_NO_RIGHT), f"access.{act}")


def may_enter(actor: Actor | None, act: Act, tenant: UUID) -> Verdict:
    """Whether `actor` may do `act` to anything at all in the tenant: asked at the door, before the thing is known.

    Never no where `may` says yes of some thing; the page and its actions ask again with the thing's facts.
    """
    plain = may(actor, act, Facts("tenant", tenant))
    if actor is None or plain or actor.tenant != tenant:
        return plain
    if act in OWN_ACTS | HOLDER_ACTS or any(grant.act is act for grant in actor.grants):
        return Verdict(True, say(gettext_noop("Det avhenger av hva det gjelder.")), "access.door")
    return plain


def _because(held: HeldRole) -> Sentence:
    if held.substitute_for:
        return say(
            gettext_noop("Du er stedfortreder for %(person)s som %(role)s."),
            person=held.substitute_for,
            role=held.name,
        )
    return say(gettext_noop("Du er %(role)s."), role=held.name)


def _granted(actor: Actor, act: Act, facts: Facts) -> Grant | None:
    for grant in actor.grants:
        if grant.act is act and reaches(grant, actor, facts):
            return grant
    return None


def reaches(grant: Grant, actor: Actor, facts: Facts) -> bool:
    """Whether the grant's reach covers where the thing belongs.

    A thing of several organisations is reached from each of them (B-01: both municipalities read it).
    """
    held = grant.held
    match grant.reach:
        case Reach.TENANT:
            return True
        case Reach.ORGANISATION:
            return held.organisation is None or held.organisation in facts.organisations
        case Reach.AREA:
            return (
                bool(held.units & facts.units)
                if held.units
                else (held.organisation is None or held.organisation in facts.organisations)
            )
        case Reach.UNIT:
            units = held.own_units or held.units
            return bool(units & facts.units)
        case Reach.OWN:
            return bool(actor.people & facts.owners) or not facts.owners
