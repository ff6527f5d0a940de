"""What the governance model in force asks of a need; the only place here that knows the model's shape."""

from __future__ import annotations

from datetime import date
from typing import Any

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.schema import days_of
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.year import queries as years
from samstyr.wheel.strategy import queries as strategy

from ..rules.form import ALWAYS_MANDATORY, FormSpec, Question, Window

HORIZON = 4

# What the engine calls its own ends.
OWN_OUTCOMES = {
    "completed": gettext_noop("Ferdig behandlet"),
    "withdrawn": gettext_noop("Trukket"),
    "merged": gettext_noop("Slått sammen med en annen sak"),
    "split": gettext_noop("Delt i flere saker"),
}


def form_spec(day: date) -> FormSpec:
    """The form of the model in force on the day; the plain one before any model is adopted."""
    model = governance.current_model(day)
    if model is None:
        return FormSpec()
    form = model.need_form
    goals = [(str(goal)[:200], str(goal)) for goal in form.goals] if form else []
    return FormSpec(
        mandatory=ALWAYS_MANDATORY | frozenset(form.mandatory if form else ()),
        questions=tuple(_question(one) for one in form.questions) if form else (),
        goals=(*goals, *strategy.goal_names(day).items()),
        horizon=model.plan.years if model.plan else HORIZON,
    )


def _question(one: Any) -> Question:
    choices = tuple((str(choice)[:200], str(choice)) for choice in one.choices)
    return Question(one.key, str(one.name), str(one.help or ""), one.kind, one.mandatory, choices, one.when)


def path_key(day: date) -> str | None:
    """The path that a need takes in the model in force, or None when there is none."""
    model = governance.current_model(day)
    if model is None:
        return None
    if model.need_form and model.path(model.need_form.path):
        return model.need_form.path
    path = model.path_for("need")
    return path.key if path else None


def intake_window(day: date) -> Window | None:
    """The intake window of the day's year, or None when the model has none (B-40)."""
    model = governance.current_model(day)
    if model is None or model.need_form is None or model.wheel is None or model.need_form.period is None:
        return None
    period = model.wheel.period(model.need_form.period)
    if period is None:
        return None
    made = years.dated([day.year]).get(period.key, {})
    return Window(*(made.get(day.year) or days_of(period, day.year)))


def outcome_names(day: date) -> dict[str, str]:
    """The model's words for what can come of a need, by key."""
    model = governance.current_model(day)
    names = (
        {one.key: str(one.name) for path in model.paths for step in path.steps for one in step.outcomes}
        if model
        else {}
    )
    return {**names, **{key: str(say(words)) for key, words in OWN_OUTCOMES.items() if key not in names}}
