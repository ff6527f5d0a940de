"""How a need's state is shown, and the values of a need as label and text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samstyr.foundation.ui import formats
from samstyr.foundation.ui.pieces import ChangedText, Status, Tone
from samstyr.wheel.needs import texts
from samstyr.wheel.needs.rules.form import FormSpec
from samstyr.wheel.needs.rules.values import NeedValues

TONES = {
    "draft": Tone.NEUTRAL,
    "submitted": Tone.INFO,
    "returned": Tone.WARNING,
    "withdrawn": Tone.NEUTRAL,
    "ended": Tone.SUCCESS,
}


def status_of(need: Any, step: str = "", outcomes: dict[str, str] | None = None) -> Status:
    """The state in the reader's words: the open step, or what came of it, where there is one."""
    label = str(texts.state(need.state))
    if need.state == "submitted" and need.parked_until:
        label = _("Hviler til %(date)s") % {"date": formats.day(need.parked_until)}
    elif need.state == "submitted" and step:
        label = step
    elif need.state == "ended" and need.outcome:
        label = (outcomes or {}).get(need.outcome, need.outcome)
    return Status(label, TONES.get(need.state, Tone.NEUTRAL))


@dataclass(frozen=True)
class Shown:
    """One field of a need as it is read."""

    name: str
    label: str
    text: str
    long: bool = False


LONG = ("need", "affected", "effect", "compels")
MONEY = ("investment_cost", "operating_cost")


def shown(values: NeedValues, spec: FormSpec, *, unit: str, organisations: list[str]) -> list[Shown]:
    """Every field in the form's order, as text; an en dash where nothing is said."""
    goals = dict(spec.goals)
    written = {
        "unit": unit,
        "organisations": ", ".join(organisations),
        "goals": ", ".join(goals.get(goal, goal) for goal in values.goals),
    }
    rows = []
    for name in texts.FIELDS:
        text = written[name] if name in written else text_of(name, getattr(values, name))
        if name == "organisations" and not values.joint:
            continue
        rows.append(Shown(name, str(texts.field(name)), text or formats.NOTHING, name in LONG))
    for question in spec.questions:
        answer = values.answers.get(question.key, "")
        rows.append(Shown(f"answer_{question.key}", question.label, answer or formats.NOTHING))
    return rows


def text_of(name: str, value: Any) -> str:
    """One value as text."""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    if name in MONEY:
        return formats.kroner(value)
    return "" if value is None else str(value)


def changes(
    mine: NeedValues, theirs: NeedValues, spec: FormSpec, *, units: dict[str, str], organisations: dict[str, str]
) -> list[ChangedText]:
    """The fields in which two versions of the same need differ."""
    sides = [
        shown(
            side,
            spec,
            unit=units.get(str(side.unit), ""),
            organisations=[organisations.get(str(key), "") for key in side.organisations],
        )
        for side in (mine.tidy(), theirs.tidy())
    ]
    theirs_by_name = {row.name: row.text for row in sides[1]}
    return [
        ChangedText(row.label, row.text, theirs_by_name.get(row.name, formats.NOTHING))
        for row in sides[0]
        if row.text != theirs_by_name.get(row.name, formats.NOTHING)
    ]
