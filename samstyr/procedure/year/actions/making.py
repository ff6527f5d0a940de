"""Make a year from the model's wheel."""

from __future__ import annotations

from collections.abc import Sequence

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from .. import queries
from ..models import WheelYear, YearActivity, YearPeriod
from ..rules.laying import Laid, lay

# So far back and ahead of the present year a year can be made.
BACK, AHEAD = 10, 5


@action("year.make", kind="year")
def make_year(ctx: Context, *, year: int) -> WheelYear:
    """Lay the model's wheel and those over it out over the year (B-39). Days are the model's until somebody moves them.

    Raises Conflict for a year that is made and for a model without a wheel, Invalid for a year too far off.
    """
    ctx.require(queries.may_keep(ctx.actor))
    version = governance.version_in_force(ctx.today)
    model = governance.typed(version) if version else None
    if version is None or model is None or model.wheel is None:
        raise Conflict(say(gettext_noop("Styringsmodellen har ikke noe årshjul.")))
    if not ctx.today.year - BACK <= year <= ctx.today.year + AHEAD:
        raise Invalid.field("year", say(gettext_noop("Velg et år nærmere i tid.")), value=year)
    if WheelYear.objects.filter(year=year).exists():
        raise Conflict(say(gettext_noop("Året er laget allerede.")), rule="year.made")
    made = ctx.create(WheelYear(year=year, model_version=version))
    count = _lay_out(ctx, made, lay(model, year))
    ctx.record("year.made", made, periods=count)
    return made


@action("year.renew", kind="year")
def renew_year(ctx: Context, *, year: int) -> WheelYear:
    """Take in the periods that the model in force has and the year lacks; those that are there stay as they are.

    Raises NotFound for a year that is not made, Conflict when it lacks nothing.
    """
    ctx.require(queries.may_keep(ctx.actor))
    found = queries.year_of(year)
    version = governance.version_in_force(ctx.today)
    if found is None or version is None:
        raise NotFound
    made = ctx.load(WheelYear, found.pk)
    lacking = queries.lacking(governance.typed(version), year)
    if not lacking:
        raise Conflict(say(gettext_noop("Året har alle periodene i styringsmodellen.")), rule="year.whole")
    before = made.snapshot()
    made.model_version = version
    ctx.save(made)
    ctx.record("year.renewed", made, before=before, periods=_lay_out(ctx, made, lacking))
    return made


def _lay_out(ctx: Context, made: WheelYear, laid: Sequence[Laid]) -> int:
    rows = [
        YearPeriod(
            of=made, wheel=one.wheel, key=one.key, name=one.name, order=one.order, starts_on=one.starts_on,
            ends_on=one.ends_on, model_starts_on=one.starts_on, model_ends_on=one.ends_on, owner_role=one.owner_role,
            owner_body=one.owner_body, pdca=one.pdca, text=one.text,
        )
        for one in laid
    ]  # fmt: skip
    ctx.create_many(YearPeriod, rows)
    ctx.create_many(
        YearActivity,
        [
            YearActivity(period=row, order=number, name=name)
            for row, one in zip(rows, laid, strict=True)
            for number, name in enumerate(one.activities, 1)
        ],
    )
    return len(rows)
