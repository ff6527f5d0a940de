"""A dry run: an imagined thing is led along its path with dates, before anything is adopted. Pure; no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.foundation.kernel.workdays import add_working_days, is_working_day

from .bodies import Body
from .describe import EFFECTS, actor_of, holders_each, target_words
from .paths import Outcome, Path, Step
from .schema import GovernanceModel
from .timing import Setting, due
from .walking import MOVING, RESTING, STAYING, default_next, holds, route

GUESS_DAYS = 14
LONGEST = 60
PER_YEAR = {"month": 12, "quarter": 4, "year": 1}


@dataclass(frozen=True)
class Rehearsed:
    """One station of the dry run: when it opens, when it is due and why, who acts, and how it is assumed to end.

    `visit` is what `chosen` calls it: ``path/step``, with ``#2`` the second time the case comes there. `choices` are the
    outcomes that could be chosen (key, name, what it leads to), `outcome_key` the one that was; none where nothing is chosen.
    """

    path: str
    step: str
    name: str
    who: str
    each: tuple[str, ...]
    opens: date
    done: date
    why: Sentence | str
    outcome: str
    skipped: bool = False
    warnings: tuple[Sentence, ...] = ()
    visit: str = ""
    outcome_key: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Rehearsal:
    """The whole dry run. `ended` is the day of the last outcome and `ending` what it was; `stopped` tells why it could
    not go further."""

    steps: tuple[Rehearsed, ...]
    ended: date | None = None
    stopped: Sentence | None = None
    ending: Sentence | None = None

    @property
    def warnings(self) -> list[Sentence]:
        """Everything that did not fit, in order."""
        return [
            *(warning for step in self.steps for warning in step.warnings),
            *([self.stopped] if self.stopped else []),
        ]


def rehearse(
    model: GovernanceModel,
    start: date,
    *,
    path: str = "",
    facts: Mapping[str, Any] | None = None,
    chosen: Mapping[str, str] | None = None,
) -> Rehearsal:
    """Lead an imagined case from `start` along the path (the need form's when left out) and those that follow it.

    Every step is taken to be treated on its deadline, bodies to meet as often as the model says. `chosen` gives
    outcomes by visit (``path/step`` → outcome, ``path/step#2`` the second time); otherwise each step ends with its first
    outcome that leads on. A case that is returned comes back after a while, one that stays is treated again.
    """
    known = dict(facts or {})
    first = path or (model.need_form.path if model.need_form else "") or (model.paths[0].key if model.paths else "")
    at = model.path(first)
    steps: list[Rehearsed] = []
    day, stopped, ending = start, None, None
    seen: set[str] = set()
    while at is not None and at.key not in seen and stopped is None:
        seen.add(at.key)
        day, last, stopped = _walk(model, at, day, known, chosen or {}, steps)
        ending = _ending(last) if last is not None else ending
        onwards = last is None or last.effect == "end_positive"
        at = model.path(at.then) if at.then and onwards else None
    return Rehearsal(tuple(steps), None if stopped else day, stopped, None if stopped else ending)


def _ending(outcome: Outcome) -> Sentence:
    if outcome.effect in RESTING:
        return say(gettext_noop("Saken hviler med «%(outcome)s». Datoen settes når det skjer."), outcome=outcome.name)
    return say(
        gettext_noop("Saken ender med «%(outcome)s»: %(effect)s."),
        outcome=outcome.name,
        effect=say(EFFECTS[outcome.effect]),
    )


def _walk(
    model: GovernanceModel,
    path: Path,
    day: date,
    facts: Mapping[str, Any],
    chosen: Mapping[str, str],
    steps: list[Rehearsed],
) -> tuple[date, Outcome | None, Sentence | None]:
    """Along one path: the day it ends, the outcome that ended it (None off the path's end), and why it could not."""
    key: str | None = path.start
    visits: Counter[str] = Counter()
    while key is not None:
        step = next((item for item in path.steps if item.key == key), None)
        if step is None or len(steps) >= LONGEST:
            return day, None, say(gettext_noop("Saken kommer ikke til en slutt på veien «%(path)s»."), path=path.name)
        visits[key] += 1
        visit = f"{path.key}/{key}" + (f"#{visits[key]}" if visits[key] > 1 else "")
        try:
            if not holds(step.when, facts):
                steps.append(_skipped(model, path, step, day))
                key = default_next(path, step, facts)
                continue
            station, outcome = _station(model, path, step, day, facts, visit, chosen)
            steps.append(station)
            day = station.done
            if outcome.effect == "return":
                day = _completed(path, day, steps) if outcome.to is None else day
                key = step.key if outcome.to is None else route(path, step, outcome, facts)
            elif outcome.effect in STAYING and chosen.get(visit) == outcome.key:
                day += timedelta(days=1)
            elif outcome.effect not in MOVING:
                return day, outcome, None
            else:
                key = route(path, step, outcome, facts)
        except Conflict as problem:
            return day, None, problem.message if isinstance(problem.message, Sentence) else say(str(problem.message))
    return day, None, None


def _completed(path: Path, day: date, steps: list[Rehearsed]) -> date:
    """A returned case is with its submitter for a while, and then comes back to the step that returned it."""
    done = day + timedelta(days=GUESS_DAYS)
    why = say(gettext_noop("modellen sier ikke når; her er det regnet %(days)s dager"), days=GUESS_DAYS)
    name, who = say(gettext_noop("Saken fylles ut på nytt")), say(gettext_noop("Den som meldte"))
    steps.append(
        Rehearsed(path.key, "", str(name), str(who), (), day, done, why, str(say(gettext_noop("Sendt inn igjen"))))
    )
    return done


def _skipped(model: GovernanceModel, path: Path, step: Step, day: date) -> Rehearsed:
    why = say(gettext_noop("Hoppes over: vilkåret gjelder ikke denne saken."))
    return Rehearsed(path.key, step.key, str(step.name), actor_of(model, step), (), day, day, why, "", skipped=True)


def _station(
    model: GovernanceModel,
    path: Path,
    step: Step,
    day: date,
    facts: Mapping[str, Any],
    visit: str,
    chosen: Mapping[str, str],
) -> tuple[Rehearsed, Outcome]:
    window = model.window_on(step.window, day) if step.window else None
    opens = max(day, window[0]) if window else day
    body = model.body(step.actor.every_body[0]) if step.actor.every_body else None
    end = due(step.deadline, _setting(model, opens, facts))
    warnings: list[Sentence] = []
    if end is None and body is not None:
        meeting = next_assumed_meeting(model, body.key, opens)
        done, why = (meeting, say(gettext_noop("neste antatte møte"))) if meeting else (None, None)
    else:
        done, why = (end.on, end.why) if end else (None, None)
    if done is None or why is None:
        done = opens + timedelta(days=GUESS_DAYS)
        why = say(gettext_noop("modellen sier ikke når; her er det regnet %(days)s dager"), days=GUESS_DAYS)
        warnings.append(say(gettext_noop("«%(step)s» har ingen frist som kan regnes ut."), step=step.name))
    if done < opens:
        warnings.append(say(gettext_noop("«%(step)s» har frist før steget begynner."), step=step.name))
        done = opens
    if window and done > window[1]:
        warnings.append(
            say(
                gettext_noop("«%(step)s» blir ferdig %(date)s, etter at perioden er slutt."),
                step=step.name,
                date=done.strftime("%d.%m.%Y"),
            )
        )
    outcome = _outcome(step, chosen.get(visit))
    return (
        Rehearsed(
            path.key, step.key, str(step.name), actor_of(model, step), tuple(holders_each(model, step)), opens, done, why,
            str(outcome.name), warnings=tuple(warnings), visit=visit, outcome_key=outcome.key,
            choices=tuple((item.key, str(item.name), target_words(path, item)) for item in step.outcomes),
        ),
        outcome,
    )  # fmt: skip


def _outcome(step: Step, wanted: str | None) -> Outcome:
    named = step.outcome(wanted) if wanted else None
    if named is not None:
        return named
    onwards = [item for item in step.outcomes if item.effect in ("advance", "conditions", "end_positive")]
    return onwards[0] if onwards else step.outcomes[0]


def _setting(model: GovernanceModel, opens: date, facts: Mapping[str, Any]) -> Setting:
    def meeting(body: str, after: date) -> date | None:
        return next_assumed_meeting(model, body, after)

    return Setting(opens, facts, meeting, model.window_on, {body.key: str(body.name) for body in model.bodies})


def next_assumed_meeting(model: GovernanceModel, key: str, after: date) -> date | None:
    """The first assumed meeting of the body on or after the day; None when nothing says when it meets."""
    body = model.body(key)
    if body is None:
        return None
    days = [day for year in (after.year, after.year + 1) for day in assumed_meetings(model, body, year)]
    return next((day for day in sorted(days) if day >= after), None)


def assumed_meetings(model: GovernanceModel, body: Body, year: int) -> list[date]:
    """Where nothing is planned: one meeting two thirds into each of its steps' periods, the rest evenly spread."""
    days: set[date] = set()
    for path in model.paths:
        for step in path.steps:
            if body.key in step.actor.every_body and step.window:
                window = model.window_on(step.window, date(year, 1, 1))
                if window:
                    days.add(_office_day(window[0] + (window[1] - window[0]) * 2 // 3))
    if body.frequency:
        times = body.frequency.times * PER_YEAR[body.frequency.per]
        for number in range(max(times - len(days), 0)):
            days.add(_office_day(date(year, 1, 1) + timedelta(days=int(365 * (number + 0.5) / times))))
    return sorted(days)


def _office_day(day: date) -> date:
    return day if is_working_day(day) else add_working_days(day, 1)
