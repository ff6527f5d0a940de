"""The plan's money: frames, bookings, carry-over, appropriations, contributions and who is pointed out for what."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.money import LIMIT
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Organisation
from samstyr.wheel.needs.models import Need

from ..models import Appropriation, Booking, CarryOver, Contribution, Nomination, Plan, PlanLine, SourceFrame
from ..queries import (
    booked,
    cost_keys,
    frames,
    funding,
    lines_of,
    money_of_year,
    open_version,
    parties,
    plan_facts,
    standing_lines,
    years_of,
)
from ..rules.lines import Line
from ..rules.money import Booked, booking_faults, carry_faults, contribution, nomination_fault, validity_fault
from .drafting import add_line

# Keys that share a cost without anything told for the measure.
SIMPLE = ("per_capita", "equal", "fixed")


def payers_or(organisation_id: UUID | None) -> set[UUID]:
    """The organisation, or all that pay, for what concerns them together."""
    return {organisation_id} if organisation_id else {party.key for party in parties()}


def require_budget(ctx: Context, organisation_id: UUID | None) -> None:
    """Whether the actor keeps the budget of the organisation, or of any that pays."""
    ctx.require(may(ctx.actor, Act.BUDGET_MANAGE, plan_facts(payers_or(organisation_id))))
    if organisation_id is not None:
        ctx.load(Organisation, organisation_id)


def measure_of(plan: Plan, line_key: UUID, *, drafts: bool = False) -> PlanLine:
    """The measure as it stands in the plan, or else in the version under way. Raises Conflict when it does not."""
    rows = standing_lines(plan)
    under_way = open_version(plan) if drafts else None
    rows = [*rows, *(lines_of(under_way) if under_way else [])]
    row = next((row for row in rows if row.line_key == line_key), None)
    if row is None:
        raise Conflict(say(gettext_noop("Tiltaket står ikke i planen.")), rule="plan.not_in_plan")
    return row


def entered_by(ctx: Context) -> UUID | None:
    """The person, unless the system does it."""
    return ctx.actor.person if not ctx.actor.automatic else None


def _require_amount(amount: int) -> None:
    if not 0 <= amount <= LIMIT:
        raise Invalid.field("amount", say(gettext_noop("Beløpet kan ikke være negativt.")), value=amount)


@action("plan.set_frame", kind="plan")
def set_frame(
    ctx: Context, *, plan_id: UUID, source: str, year: int, amount: int, organisation_id: UUID | None = None
) -> SourceFrame:
    """Enter what a source has in a year, or what the whole plan may cost (`source` empty). A later entry replaces it.

    Raises Invalid for a source that is unknown or not valid in the year.
    """
    plan = ctx.load(Plan, plan_id)
    require_budget(ctx, organisation_id)
    _require_amount(amount)
    if year not in years_of(plan):
        raise Invalid.field("year", say(gettext_noop("Året ligger utenfor planperioden.")), value=year)
    if source:
        known = funding(ctx.today).get(source)
        if known is None:
            raise Invalid.field(
                "source", say(gettext_noop("Finansieringskilden finnes ikke i modellen.")), value=source
            )
        late = validity_fault(known, year)
        if late is not None:
            raise Invalid.field("year", late, value=year)
    place = {"plan": plan, "source": source, "year": year, "organisation_id": organisation_id}
    row = SourceFrame.objects.select_for_update().filter(**place).first()
    if row is None:
        row = ctx.create(SourceFrame(**place, amount=amount))
        ctx.record("plan.frame_set", row)
        return row
    before = row.snapshot()
    row.amount = amount
    ctx.save(row)
    ctx.record("plan.frame_set", row, before=before)
    return row


@action("plan.book", kind="plan")
def book(
    ctx: Context,
    *,
    plan_id: UUID,
    line_key: UUID,
    source: str,
    booked_on: date,
    amount: int,
    organisation_id: UUID | None = None,
    note: str = "",
) -> Booking:
    """Book money of a source on a measure (A-128). A correction is negative, with a reason in `note`.

    Raises Invalid outside the source's time, beyond its sum of the year, or ahead in time (I-16).
    """
    plan = ctx.load(Plan, plan_id)
    require_budget(ctx, organisation_id)
    row = measure_of(plan, line_key)
    wanted = Booked(line_key, source, booked_on, amount, organisation_id)
    faults = booking_faults(wanted, funding(ctx.today), frames(plan), booked(plan), note)
    if faults:
        raise Invalid(*faults)
    if booked_on > ctx.today:
        raise Invalid.field("booked_on", say(gettext_noop("Datoen kan ikke ligge fram i tid.")), value=booked_on)
    entry = ctx.create(
        Booking(
            plan=plan, line_key=line_key, source=source, booked_on=booked_on, amount=amount,
            organisation_id=organisation_id, note=note.strip()[:500], entered_by_id=entered_by(ctx),
        )
    )  # fmt: skip
    ctx.record("plan.booked", entry, measure=row.title)
    return entry


@action("plan.carry_over", kind="plan")
def carry_over(
    ctx: Context,
    *,
    plan_id: UUID,
    line_key: UUID,
    year: int,
    amount: int,
    reason: str,
    organisation_id: UUID | None = None,
) -> CarryOver:
    """Carry money that a measure was granted in `year` and has not used to the year after, as a decision.

    Raises Invalid for more than is unspent, or without a reason.
    """
    plan = ctx.load(Plan, plan_id)
    require_budget(ctx, organisation_id)
    row = measure_of(plan, line_key)
    faults = carry_faults(amount, money_of_year(plan, row, year, organisation_id, ctx.today), reason)
    if faults:
        raise Invalid(*faults)
    entry = ctx.create(
        CarryOver(
            plan=plan, line_key=line_key, year=year, organisation_id=organisation_id, amount=amount,
            reason=reason.strip(), entered_by_id=entered_by(ctx),
        )
    )  # fmt: skip
    ctx.record("plan.carried_over", entry, measure=row.title)
    return entry


@action("plan.appropriate", kind="plan")
def appropriate(
    ctx: Context,
    *,
    plan_id: UUID,
    body: str,
    granted: bool,
    year: int,
    amount: int,
    purpose: str,
    decided_on: date | None = None,
) -> Appropriation:
    """Enter what a body has granted, or proposed, for a purpose in a year (G-32)."""
    plan = ctx.load(Plan, plan_id)
    require_budget(ctx, None)
    _require_amount(amount)
    _require_words({"body": body, "purpose": purpose})
    entry = ctx.create(
        Appropriation(
            plan=plan, body=body.strip()[:200], granted=granted, year=year, amount=amount,
            purpose=purpose.strip()[:500], decided_on=decided_on, entered_by_id=entered_by(ctx),
        )
    )  # fmt: skip
    ctx.record("plan.appropriated", entry)
    return entry


def _require_words(texts: dict[str, str]) -> None:
    empty = [name for name, text in texts.items() if not text.strip()]
    if empty:
        raise Invalid.field(empty[0], say(gettext_noop("Fyll ut feltet.")))


@action("plan.contribute", kind="plan")
def contribute(
    ctx: Context,
    *,
    plan_id: UUID,
    organisation_id: UUID,
    receiver: str,
    year: int,
    rate: int,
    population: int,
    population_on: date,
    population_source: str,
    purpose: str = "",
    paid_on: date | None = None,
) -> Contribution:
    """Enter a contribution by inhabitants; the amount is reckoned (G-12)."""
    plan = ctx.load(Plan, plan_id)
    require_budget(ctx, organisation_id)
    _require_words({"receiver": receiver, "population_source": population_source})
    if rate < 0 or population < 0:
        raise Invalid.field("rate", say(gettext_noop("Tallet kan ikke være negativt.")))
    row = ctx.create(
        Contribution(
            plan=plan, organisation_id=organisation_id, receiver=receiver.strip()[:200], purpose=purpose.strip()[:500],
            year=year, rate=rate, population=population, population_on=population_on,
            population_source=population_source.strip()[:200], amount=contribution(rate, population), paid_on=paid_on,
        )
    )  # fmt: skip
    ctx.record("plan.contribution", row)
    return row


@action("plan.nominate", kind="plan")
def nominate(
    ctx: Context,
    *,
    plan_id: UUID,
    source: str,
    year: int,
    title: str,
    nominated_by: str,
    reason: str = "",
    need_id: UUID | None = None,
) -> Nomination:
    """Point out a project that a source is to pay for in a year (A-129). The model may limit the years (A-130)."""
    plan = ctx.load(Plan, plan_id)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, plan_facts()))
    known = funding(ctx.today).get(source)
    if known is None:
        raise Invalid.field("source", say(gettext_noop("Finansieringskilden finnes ikke i modellen.")), value=source)
    late = nomination_fault(known, year)
    if late is not None:
        raise Invalid.field("year", late, value=year)
    _require_words({"title": title, "nominated_by": nominated_by})
    if need_id is not None:
        ctx.load(Need, need_id)
    row = ctx.create(
        Nomination(
            plan=plan, source=source, year=year, title=title.strip()[:200], need_id=need_id,
            nominated_by=nominated_by.strip()[:200], reason=reason.strip(),
        )
    )  # fmt: skip
    ctx.record("plan.nominated", row)
    return row


@action("plan.take_nomination", kind="plan")
def take_nomination(ctx: Context, *, nomination_id: UUID, version_id: UUID) -> PlanLine:
    """Put a project that was pointed out into the draft, for those that pay; its money is filled in there."""
    row = ctx.load(Nomination, nomination_id)
    if row.line_key is not None:
        raise Conflict(say(gettext_noop("Prosjektet er allerede tatt inn i planen.")))
    everybody = tuple(party.key for party in parties())
    line = Line(
        UUID(int=0),
        0,
        row.title,
        need=row.need_id,
        owner=row.nominated_by,
        argument=row.reason,
        organisations=everybody,
        cost_key=next((key for key, item in cost_keys(ctx.today).items() if item.kind in SIMPLE), ""),
    )
    added = add_line(actor=ctx.actor, now=ctx.now, version_id=version_id, line=line)
    before = row.snapshot()
    row.line_key = added.line_key
    ctx.save(row)
    ctx.record("plan.nomination_taken", row, before=before)
    return added
