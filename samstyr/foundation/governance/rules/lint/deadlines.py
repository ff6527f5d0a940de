"""Time on the path: deadlines that exist, come in order, and lie inside the wheel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samstyr.foundation.kernel.text import gettext_noop, say

from ..paths import Step
from ..schema import GovernanceModel
from ..strategy import is_known
from ..year import MonthDay, Period
from .finding import Hit, check, rule
from .routes import all_steps

rule(
    "R-02",
    gettext_noop("Frivillig og påbudt"),
    gettext_noop("Det samme kan ikke være frivillig ett sted og et vilkår et annet."),
    gettext_noop("Oppgi hva som skjer når fristen går ut (silence), eller ta bort «optional»."),
)
rule(
    "R-03",
    gettext_noop("Årshjulet"),
    gettext_noop("Det som skal skje, må ha plass i årshjulet, i riktig rekkefølge."),
    gettext_noop("Flytt fristen inn i perioden, eller gi steget en periode."),
)
rule(
    "R-13",
    gettext_noop("Tall eller dato mangler"),
    gettext_noop("En regel uten tall eller dato kan ikke følges opp."),
    gettext_noop("Oppgi tallet eller datoen."),
)
rule(
    "S-06",
    gettext_noop("Taushet uten frist"),
    gettext_noop("Taushet kan bare bety noe når det finnes en frist å tie forbi."),
    gettext_noop("Gi steget en frist (deadline)."),
)
rule(
    "S-16",
    gettext_noop("Frister i feil rekkefølge"),
    gettext_noop("Et steg må være ferdig før det steget som venter på det."),
    gettext_noop("Flytt en av fristene."),
)
rule(
    "S-09",
    gettext_noop("Vedtak utenom møtene"),
    gettext_noop("En frist som henger på et møte, krever at organet faktisk møtes."),
    gettext_noop("Oppgi hvor ofte organet møtes (frequency), eller velg en annen frist."),
)


def deadlines_in(deadline: Any) -> Iterator[Any]:
    """The deadline and all that stand inside it."""
    if deadline is None:
        return
    yield deadline
    for inner in getattr(deadline, "of", ()):
        yield from deadlines_in(inner)
    for case in getattr(deadline, "cases", ()):
        yield from deadlines_in(case.use)
    yield from deadlines_in(getattr(deadline, "otherwise", None))


def _ordinal(day: MonthDay) -> int:
    return day.month * 32 + day.day


def inside(month: int, day: int, period: Period) -> bool:
    """Whether the day of the year lies in the period, which may pass new year."""
    at, first, last = month * 32 + day, _ordinal(period.starts), _ordinal(period.ends)
    return first <= at <= last if first <= last else at >= first or at <= last


@check("R-02")
def optional_and_awaited(model: GovernanceModel) -> Iterator[Hit]:
    """An optional step that another waits for says what silence means."""
    for _path, step, place in all_steps(model):
        if step.optional and step.before and not step.silence:
            yield Hit(
                "warning",
                (*place, "optional"),
                say(
                    gettext_noop("«%(step)s» er frivillig, men noe annet venter på det."),
                    step=step.name,
                ),
            )


@check("R-03")
def dates_inside_window(model: GovernanceModel) -> Iterator[Hit]:
    """A fixed date lies inside the step's own period."""
    for _path, step, place in all_steps(model):
        period = model.wheel.period(step.window) if model.wheel and step.window else None
        for deadline in deadlines_in(step.deadline) if period else ():
            if deadline.kind == "date" and period and not inside(deadline.month, deadline.day, period):
                yield Hit(
                    "warning",
                    (*place, "deadline"),
                    say(
                        gettext_noop("Fristen %(day)s.%(month)s. for «%(step)s» ligger utenfor perioden «%(period)s»."),
                        day=deadline.day,
                        month=deadline.month,
                        step=step.name,
                        period=period.name,
                    ),
                )


@check("R-03")
def dates_exist(model: GovernanceModel) -> Iterator[Hit]:
    """No deadline or period falls on a day that no year has."""
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    for _path, step, place in all_steps(model):
        for deadline in deadlines_in(step.deadline):
            if deadline.kind == "date" and deadline.day > longest[deadline.month - 1]:
                yield Hit(
                    "error",
                    (*place, "deadline"),
                    say(
                        gettext_noop("Datoen %(day)s.%(month)s. finnes ikke."),
                        day=deadline.day,
                        month=deadline.month,
                    ),
                )


@check("R-03")
def steps_have_a_period(model: GovernanceModel) -> Iterator[Hit]:
    """On a path that follows the wheel, every step has its own period."""
    if model.wheel is None:
        return
    listed = {step for period in model.wheel.periods for step in period.steps}
    for path, step, place in all_steps(model):
        follows = any(item.window for item in path.steps)
        if follows and not step.window and f"{path.key}/{step.key}" not in listed:
            yield Hit(
                "info" if step.deadline else "warning",
                place,
                say(
                    gettext_noop("«%(step)s» har ingen egen periode i årshjulet."),
                    step=step.name,
                ),
            )


@check("R-13")
def steps_have_deadlines(model: GovernanceModel) -> Iterator[Hit]:
    """Whoever is asked to do something is told by when."""
    for _path, step, place in all_steps(model):
        if step.deadline is None and step.kind in (
            "assess",
            "queue",
            "hearing",
            "treat",
            "advise",
        ):
            yield Hit(
                "warning",
                place,
                say(gettext_noop("«%(step)s» har ingen frist."), step=step.name),
            )


@check("R-13")
def loose_norms(model: GovernanceModel) -> Iterator[Hit]:
    """Written procedure, service levels, scales and opting out have their numbers."""
    for index, body in enumerate(model.bodies):
        if body.written_procedure_days == 0:
            yield Hit(
                "warning",
                ("bodies", index, "written_procedure_days"),
                say(
                    gettext_noop("Skriftlig saksbehandling i «%(body)s» har ingen minste frist."),
                    body=body.name,
                ),
            )
    for index, target in enumerate(model.strategy.targets):
        everything = target.value == 100 and target.unit is not None and str(target.unit) == "%" and not target.relative
        if target.value is not None and not everything and not (target.measured_in and is_known(target.baseline)):
            yield Hit(
                "warning",
                ("strategy", "targets", index),
                say(
                    gettext_noop("Målet «%(name)s» mangler utgangspunkt eller måleperiode."),
                    name=target.name,
                ),
            )
    for index, tool in enumerate(model.maturity):
        if any(level.number is None for level in tool.levels):
            yield Hit(
                "warning",
                ("maturity", index, "levels"),
                say(
                    gettext_noop("Skalaen i «%(tool)s» har nivåer uten tall."),
                    tool=tool.name,
                ),
            )


@check("S-06")
def silence_has_deadline(model: GovernanceModel) -> Iterator[Hit]:
    """A rule for silence stands on a step with a deadline."""
    for _path, step, place in all_steps(model):
        if step.silence and step.deadline is None:
            yield Hit(
                "error",
                (*place, "silence"),
                say(
                    gettext_noop("Taushet betyr noe i «%(step)s», men steget har ingen frist."),
                    step=step.name,
                ),
            )


@check("S-16")
def in_order(model: GovernanceModel) -> Iterator[Hit]:
    """A step that must be finished before a body's meeting is not due after it; periods follow one another."""
    for path, step, place in all_steps(model):
        ahead = next((item for item in path.steps if item.key == step.before), None)
        body = ahead.actor.body if ahead else step.before
        for deadline in deadlines_in(step.deadline):
            if step.before and deadline.kind == "meeting" and deadline.body == body and deadline.working_days > 0:
                yield Hit(
                    "error",
                    (*place, "deadline"),
                    say(
                        gettext_noop("«%(step)s» skal være ferdig før et møte, men fristen er etter møtet."),
                        step=step.name,
                    ),
                )
        if ahead and _ends_after(model, step, ahead):
            yield Hit(
                "error",
                (*place, "deadline"),
                say(
                    gettext_noop("Fristen for «%(step)s» er etter fristen for «%(ahead)s», som venter på det."),
                    step=step.name,
                    ahead=ahead.name,
                ),
            )
        for outcome in step.outcomes:
            onward = next((item for item in path.steps if item.key == outcome.to), None)
            if (
                outcome.effect == "advance"
                and onward
                and step.before != onward.key
                and _ends_after(model, step, onward)
            ):
                yield Hit(
                    "warning",
                    (*place, "deadline"),
                    say(
                        gettext_noop("«%(step)s» har senere frist enn «%(ahead)s», som kommer etterpå."),
                        step=step.name,
                        ahead=onward.name,
                    ),
                )


def _ends_after(model: GovernanceModel, earlier: Step, later: Step) -> bool:
    """Whether `earlier` is due after `later` in the wheel's year, where both have days that can be told."""
    one, two = _day(model, earlier), _day(model, later)
    return one is not None and two is not None and one > two


def _day(model: GovernanceModel, step: Step) -> int | None:
    deadline = step.deadline
    wheel = model.wheel
    if deadline is None or wheel is None:
        return None
    origin = _ordinal(wheel.periods[0].starts)
    if deadline.kind == "date":
        at = deadline.month * 32 + deadline.day
    elif deadline.kind in ("period_start", "period_end"):
        period = wheel.period(deadline.period)
        if period is None:
            return None
        at = _ordinal(period.starts if deadline.kind == "period_start" else period.ends)
    else:
        return None
    return (at - origin) % (12 * 32)


@check("S-09")
def bodies_meet(model: GovernanceModel) -> Iterator[Hit]:
    """A body whose meeting others wait for does meet; how often is asked once for each body."""
    awaited: set[str] = set()
    for _path, step, place in all_steps(model):
        for deadline in deadlines_in(step.deadline):
            body = model.body(deadline.body) if deadline.kind == "meeting" else None
            if body and body.frequency and body.frequency.times == 0:
                yield Hit(
                    "error",
                    (*place, "deadline"),
                    say(
                        gettext_noop("«%(step)s» venter på et møte i «%(body)s», som aldri møtes."),
                        step=step.name,
                        body=body.name,
                    ),
                )
            elif body and body.frequency is None and body.key not in awaited:
                awaited.add(body.key)
                yield Hit(
                    "info",
                    ("bodies", model.bodies.index(body)),
                    say(
                        gettext_noop(
                            "Frister venter på møter i «%(body)s», men modellen sier ikke hvor ofte det møtes."
                        ),
                        body=body.name,
                    ),
                )
