"""Reading counsel: lists, what is unanswered, what stands in a case, and how a body is aligned with others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samstyr.foundation.access import Act, Actor, Facts, Holder, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.organisations.models import Organisation
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case
from samstyr.procedure.casework.rules.standing import Said

from .models import Addressee, Counsel
from .rules import CONSULTATION, GUIDELINE, KINDS, alignment_overdue


def party_facts(party: str, day: date, organisation: UUID | None = None) -> Facts:
    """Who may enter what a party says: a body's chair, secretary and convener, a role itself, and who administers cases.

    Ask with COUNSEL_GIVE.
    """
    return _facts_in(governance.current_model(day), party, organisation)


def _facts_in(model: GovernanceModel | None, party: str, organisation: UUID | None = None) -> Facts:
    if model is None:
        return Facts("counsel", require_tenant_id())
    body, heard = model.body(party), model.hearing_body(party)
    keys = list(body.officers) if body else []
    keys += [heard.role] if heard else []
    keys += [party] if model.role(party) else []
    keys += [role.key for role in model.roles if any(right.act == Act.CASE_ADMINISTER for right in role.rights)]
    roles = [role for role in (model.role(key) for key in dict.fromkeys(keys)) if role is not None]
    return Facts(
        "counsel", require_tenant_id(), organisations=frozenset({organisation} if organisation else set()),
        holders=tuple(Holder(role.key, str(role.name), organisation=organisation) for role in roles),
    )  # fmt: skip


def parties(model: GovernanceModel | None) -> dict[str, str]:
    """Everybody who can say something, by key: bodies, those who are heard, and roles."""
    if model is None:
        return {}
    found = {item.key: str(item.name) for item in model.bodies}
    others: tuple[Any, ...] = (*model.hearing_bodies, *model.roles)
    for item in others:
        found.setdefault(item.key, str(item.name))
    return found


def parties_of(actor: Actor, day: date) -> list[tuple[str, str]]:
    """Those that the actor may enter something for."""
    model = governance.current_model(day)
    return [(key, name) for key, name in parties(model).items() if may(actor, Act.COUNSEL_GIVE, _facts_in(model, key))]


def addressees_to_choose(day: date) -> list[tuple[str, str]]:
    """Bodies that advice can be given to, one for each organisation that has its own: (key, name).

    The key is the body's, with the organisation's after a colon.
    """
    model = governance.current_model(day)
    places = list(Organisation.objects.order_by("name"))
    found: list[tuple[str, str]] = []
    for body in model.bodies if model else ():
        if body.per == "tenant":
            found.append((body.key, str(body.name)))
        else:
            kinds = ("municipality", "county_council")
            found += [
                (f"{body.key}:{one.pk}", f"{body.name}, {one}")
                for one in places
                if body.exists_in(one.slot) and (body.exists_for or one.kind in kinds)
            ]
    return found


def addressee_facts(row: Addressee, day: date) -> Facts:
    """Who may reply for the addressee. Ask with COUNSEL_GIVE."""
    return party_facts(row.body, day, row.organisation_id)


def addressee_officers(row: Addressee, day: date) -> tuple[Holder, ...]:
    """The body's chair, secretary and convener: those who are told that a reply is waited for."""
    model = governance.current_model(day)
    body = model.body(row.body) if model else None
    roles = [model.role(key) for key in body.officers] if model and body else []
    return tuple(Holder(one.key, str(one.name), organisation=row.organisation_id) for one in roles if one)


def may_reply(actor: Actor, row: Addressee, day: date) -> bool:
    """Whether the actor may reply, and see what is to be replied to."""
    case = row.counsel.case
    seen = case is None or bool(may(actor, Act.CASE_READ, casework.case_facts(case)))
    return seen and bool(may(actor, Act.COUNSEL_GIVE, addressee_facts(row, day)))


def unanswered_by(day: date) -> list[Addressee]:
    """Advice that should have a reply by the day and has none, the soonest due first."""
    rows = Addressee.objects.filter(
        replied_on__isnull=True, counsel__replaced_by__isnull=True, counsel__reply_by__lte=day
    ).select_related("counsel", "counsel__case", "organisation")
    return list(rows.order_by("counsel__reply_by", "pk"))


def present() -> QuerySet[Counsel]:
    """All that has not been replaced by a correction."""
    return Counsel.objects.filter(replaced_by__isnull=True)


def visible_to(actor: Actor) -> QuerySet[Counsel]:
    """What stands by itself, and in cases that the actor may read."""
    return present().filter(Q(case__isnull=True) | Q(case__in=casework.visible_to(actor)))


def listing(
    actor: Actor, *, kind: str = "", party: str = "", text: str = "", state: str = "", today: date
) -> QuerySet[Counsel]:
    """Counsel the actor may read: all, or advice that waits for a reply (`waiting`) or should have had one (`overdue`)."""
    rows = visible_to(actor).select_related("case", "given_by").prefetch_related("addressees__organisation")
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    if party:
        rows = rows.filter(party=party)
    for word in text.split()[:10]:
        rows = rows.filter(Q(subject__icontains=word) | Q(text__icontains=word) | Q(party_name__icontains=word))
    if state in ("waiting", "overdue"):
        waits = Addressee.objects.filter(counsel=OuterRef("pk"), replied_on__isnull=True)
        rows = rows.filter(Exists(waits))
        if state == "overdue":
            rows = rows.filter(reply_by__lt=today)
    return cast("QuerySet[Counsel]", rows.order_by("-on", "-recorded_at"))


def by_id(actor: Actor, key: UUID) -> Counsel | None:
    """One that the actor may read, also one that has been replaced."""
    rows = Counsel.objects.filter(Q(case__isnull=True) | Q(case__in=casework.visible_to(actor)), pk=key)
    return cast("Counsel | None", rows.select_related("case", "given_by", "replaces").first())


def addressees_of(row: Counsel) -> list[Addressee]:
    """Those it is given to, by name."""
    return list(row.addressees.select_related("organisation", "replied_by").order_by("name", "organisation__name"))


def waiting_for(actor: Actor) -> list[Addressee]:
    """Advice that waits for a reply from a body that the actor leads or serves, soonest due first."""
    bodies = governance.bodies_recorded_by({held.role for held in actor.roles})
    mine = Q(pk__isnull=True)
    for held in actor.roles:
        where = Q(organisation__isnull=True) if held.organisation is None else Q(organisation_id=held.organisation)
        mine |= Q(body__in=bodies.get(held.role, ())) & (where | Q(organisation__isnull=True))
    rows = Addressee.objects.filter(mine, replied_on__isnull=True, counsel__replaced_by__isnull=True)
    rows = rows.filter(Q(counsel__case__isnull=True) | Q(counsel__case__in=casework.visible_to(actor)))
    return list(rows.select_related("counsel", "organisation").order_by("counsel__reply_by", "counsel__on"))


def addressee_by_id(key: UUID) -> Addressee | None:
    """One addressee with what was said to it."""
    rows = Addressee.objects.filter(pk=key).select_related("counsel", "counsel__case", "organisation")
    return cast("Addressee | None", rows.first())


def on_case(case: Case) -> list[Counsel]:
    """What has been said beside the steps of the case, oldest first."""
    return list(present().filter(case=case).select_related("given_by").order_by("on", "recorded_at"))


def evidence(case: Case) -> list[Said]:
    """The same as requirements ask for it; the switchboard connects it."""
    rows = present().filter(case=case).values_list("kind", "party", "on", "text")
    return [Said(kind, party, on, text) for kind, party, on, text in rows]


@dataclass(frozen=True)
class Alignment:
    """How a body stands to another it is to be aligned with: its valid guidelines, and when it was last consulted."""

    body: str
    name: str
    guidelines: list[Counsel]
    last: date | None
    overdue: bool


def valid_guidelines(parties_: Iterable[str], day: date) -> list[Counsel]:
    """Guidelines of the parties that are valid on the day, the newest first."""
    rows = present().filter(kind=GUIDELINE, party__in=list(parties_), on__lte=day)
    rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    return list(rows.order_by("-on", "-recorded_at"))


def alignments_of(body: str, day: date) -> list[Alignment]:
    """For each body that this one is to be aligned with (N-181); nothing, and no question asked, for others."""
    model = governance.current_model(day)
    found = model.body(body) if model else None
    if model is None or found is None or not found.aligned_with:
        return []
    guidelines = valid_guidelines(found.aligned_with, day)
    rows = present().filter(kind=CONSULTATION, party__in=found.aligned_with, on__lte=day, asked_by__in=("", body))
    consulted = dict(rows.order_by("on").values_list("party", "on"))
    names = parties(model)
    return [
        Alignment(
            key, names.get(key, key), [row for row in guidelines if row.party == key], consulted.get(key),
            alignment_overdue(consulted.get(key), found.align_months, day),
        )
        for key in found.aligned_with
    ]  # fmt: skip
