"""Reading years: their days for whoever reckons deadlines, their periods with how they stand, and duties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from samstyr.foundation.access import Act, Actor, Facts, Holder, Verdict, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.governance.rules.timing import Window
from samstyr.foundation.tenancy.scope import require_tenant_id

from ..models import DutyDone, PeriodMove, WheelYear, YearActivity, YearPeriod
from ..rules.laying import Laid, lay
from ..rules.standing import Due, dues, next_due

Span = tuple[date, date]
Dated = dict[str, dict[int, Span]]
KIND = "year"


def facts() -> Facts:
    """Of the year as a whole. Ask with CASE_ADMINISTER: who administers cases also keeps the year."""
    return Facts(KIND, require_tenant_id())


def may_keep(actor: Actor) -> Verdict:
    """Whether the actor may make years and move what is in them."""
    return may(actor, Act.CASE_ADMINISTER, facts())


def owner_facts(owner_role: str, owner_body: str, day: date) -> Facts:
    """Who has a period or a duty: its role, its body's members and officers, and who keeps the year.

    Ask with MEETING_TAKE_PART, the act of one who has a part in something.
    """
    return Facts(KIND, require_tenant_id(), holders=(*holders_of(owner_role, owner_body, day), *_keepers(day)))


def holders_of(owner_role: str, owner_body: str, day: date, model: GovernanceModel | None = None) -> tuple[Holder, ...]:
    """The role that has it, or the body: its officers and members. Give the `model` in force where many are asked for."""
    model = model or governance.current_model(day)
    if model is None:
        return ()
    if not owner_body:
        return (_holder(model, owner_role),) if owner_role else ()
    body = model.body(owner_body)
    officers = body.officers if body else ()
    seat = Holder(f"seat:{owner_body}", str(body.name) if body else owner_body)
    return (seat, *(_holder(model, key) for key in officers))


def _holder(model: GovernanceModel, key: str) -> Holder:
    role = model.role(key)
    return Holder(key, str(role.name) if role else key)


def _keepers(day: date) -> tuple[Holder, ...]:
    model = governance.current_model(day)
    return tuple(_holder(model, key) for key in governance.roles_with(Act.CASE_ADMINISTER, day)) if model else ()


def is_mine(actor: Actor, owner_role: str, owner_body: str, day: date, model: GovernanceModel | None = None) -> bool:
    """Whether the actor is among those who have it, and not only one who keeps the year."""
    return any(holder.is_met_by(actor) for holder in holders_of(owner_role, owner_body, day, model))


def dated(years: Iterable[int]) -> Dated:
    """The days of the model's own periods in the years that have been made, by period and year."""
    found: Dated = {}
    rows = YearPeriod.objects.filter(wheel="", of__year__in=list(years)).values_list(
        "key", "of__year", "starts_on", "ends_on"
    )
    for key, year, first, last in rows:
        found.setdefault(key, {})[year] = (first, last)
    return found


def window_of(model: GovernanceModel, known: Dated | None = None) -> Window:
    """What deadlines ask: the days of a period about a day, as the year has them where it is made.

    Give `known` where many are asked for.
    """

    def window(key: str, day: date) -> Span | None:
        found = known if known is not None else dated((day.year - 1, day.year, day.year + 1))
        return model.window_on(key, day, found.get(key))

    return window


def year_of(number: int) -> WheelYear | None:
    """The year, if it has been made."""
    return cast("WheelYear | None", WheelYear.objects.select_related("model_version").filter(year=number).first())


def years() -> list[int]:
    """The years that have been made, newest first."""
    return list(WheelYear.objects.order_by("-year").values_list("year", flat=True))


def period_by_id(key: UUID) -> YearPeriod | None:
    """One period with its year."""
    rows = YearPeriod.objects.select_related("of", "of__model_version").prefetch_related("activities")
    return cast("YearPeriod | None", rows.filter(pk=key).first())


def activity_by_id(key: UUID) -> YearActivity | None:
    """One activity with its period."""
    rows = YearActivity.objects.select_related("period", "period__of")
    return cast("YearActivity | None", rows.filter(pk=key).first())


def periods_of(year: int) -> QuerySet[YearPeriod]:
    """The periods of a year that has been made, the model's own first, with what is to be done in each."""
    rows = YearPeriod.objects.filter(of__year=year).select_related("of").prefetch_related("activities")
    return cast("QuerySet[YearPeriod]", rows.order_by("wheel", "order"))


def beginning(day: date, news_lasts: int = 3) -> QuerySet[YearPeriod]:
    """Periods of made years that have begun within so many days and are neither done nor dropped."""
    since = day - timedelta(days=news_lasts)
    rows = YearPeriod.objects.filter(starts_on__gt=since, starts_on__lte=day, done_on=None, dropped=False)
    return cast("QuerySet[YearPeriod]", rows.order_by("starts_on", "order"))


def moves_of(period: UUID) -> list[PeriodMove]:
    """How the period has been moved, newest first, each with whether it was taken back."""
    rows = PeriodMove.objects.filter(period_id=period).select_related("person").prefetch_related("undone_by")
    return list(rows.order_by("-recorded_at"))


def last_move(period: UUID) -> PeriodMove | None:
    """The move that can be taken back: the newest that is no taking back itself and has not been taken back."""
    rows = PeriodMove.objects.filter(period_id=period).order_by("-recorded_at")
    newest = cast("PeriodMove | None", rows.first())
    return newest if newest is not None and newest.undoes_id is None else None


def move_by_id(key: UUID) -> PeriodMove | None:
    """One move with its period."""
    return cast("PeriodMove | None", PeriodMove.objects.select_related("period", "period__of").filter(pk=key).first())


@dataclass(frozen=True)
class Placed:
    """A period in a year: as the year has it when it is made, else as the model lays it."""

    laid: Laid
    year: int
    row: YearPeriod | None
    activities: tuple[YearActivity, ...] = ()

    @property
    def span(self) -> Span:
        """Its first and last day."""
        return self.laid.starts_on, self.laid.ends_on


def placed(model: GovernanceModel, year: int) -> list[Placed]:
    """Every period of every wheel that has a day in the year, in the order of wheels and the model."""
    made = set(WheelYear.objects.filter(year__in=(year - 1, year)).values_list("year", flat=True))
    rows = (
        YearPeriod.objects.filter(of__year__in=(year - 1, year))
        .select_related("of", "of__model_version")
        .prefetch_related("activities")
        .order_by("of__year", "wheel", "order")
    )
    found = [_placed(row) for row in rows]
    for number in (year - 1, year):
        if number not in made:
            found += [Placed(one, number, None) for one in lay(model, number)]
    inside = [one for one in found if one.laid.ends_on.year >= year and one.laid.starts_on.year <= year]
    order = {
        key: at for at, key in enumerate(["", *(one.key for one in model.wheel.overlays)] if model.wheel else [""])
    }
    return sorted(inside, key=lambda one: (order.get(one.laid.wheel, len(order)), one.year, one.laid.order))


def lacking(model: GovernanceModel, year: int) -> list[Laid]:
    """The periods that the model has and a year that has been made lacks: the model is newer than the year."""
    rows = YearPeriod.objects.filter(of__year=year).values_list("wheel", "key")
    have = set(rows)
    return [one for one in lay(model, year) if (one.wheel, one.key) not in have]


def _placed(row: YearPeriod) -> Placed:
    model = governance.typed(row.of.model_version)
    wheel = model.wheel
    source = wheel.period(row.key) if wheel and not row.wheel else None
    activities = tuple(row.activities.all())
    laid = Laid(
        row.wheel, row.key, row.name, row.order, row.starts_on, row.ends_on, row.owner_role, row.owner_body, row.pdca,
        (source.kind or "") if source else "", row.text, tuple(one.name for one in activities),
    )  # fmt: skip
    return Placed(laid, row.of.year, row, activities)


def duties_done() -> dict[tuple[str, date], DutyDone]:
    """When each duty was done, by duty and the day it was due."""
    return {(row.duty, row.due_on): row for row in DutyDone.objects.select_related("person")}


def duties_in(model: GovernanceModel, since: date, until: date, today: date) -> list[Due]:
    """The model's duties on each day they are due in the stretch."""
    done = {key: row.done_on for key, row in duties_done().items()}
    return dues(model.wheel.duties, done, since, until, today) if model.wheel and model.wheel.duties else []


def duties_next(model: GovernanceModel, today: date) -> list[Due]:
    """The next day of each duty that is not done, soonest first."""
    if model.wheel is None or not model.wheel.duties:
        return []
    done = {key: row.done_on for key, row in duties_done().items()}
    found = [one for duty in model.wheel.duties if (one := next_due(duty, done, today)) is not None]
    return sorted(found, key=lambda one: one.due_on)
