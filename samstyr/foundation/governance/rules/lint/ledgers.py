"""Tags and ledgers: what they refer to is there, and somebody keeps them."""

from __future__ import annotations

from collections.abc import Iterator

from samstyr.foundation.kernel.text import gettext_noop, say

from ..ledgers import Ledger, TagSet
from ..schema import GovernanceModel
from .finding import Hit, Place, check
from .references import LOST


@check("R-07")
def tag_references(model: GovernanceModel) -> Iterator[Hit]:
    """A tag's goal, and the tasks and values of an assignment, are in the model."""
    goals = set(model.strategy.goal_names())
    for index, tags in enumerate(model.tags):
        for number, value in enumerate(tags.values):
            if value.goal is not None and value.goal not in goals:
                yield Hit("error", ("tags", index, "values", number, "goal"), say(LOST, key=value.goal))
        yield from _lost_tasks(model, tags, ("tags", index, "serves"))


def _lost_tasks(model: GovernanceModel, tags: TagSet, place: Place) -> Iterator[Hit]:
    body = model.body(tags.body) if tags.body else None
    for index, one in enumerate(tags.serves):
        if body is None or one.task > len(body.tasks):
            message = gettext_noop("Oppgave %(number)s finnes ikke i organets oppgaver.")
            yield Hit("error", (*place, index, "task"), say(message, number=one.task))
        for key in one.values:
            if tags.value(key) is None:
                yield Hit("error", (*place, index, "values"), say(LOST, key=key))


@check("R-16")
def tasks_that_serve_nothing(model: GovernanceModel) -> Iterator[Hit]:
    """When a body's tasks are tied to what they serve, each of them is, and each value has a task."""
    for index, tags in enumerate(model.tags):
        body = model.body(tags.body) if tags.body else None
        if body is None or not tags.serves:
            continue
        for number, task in enumerate(body.tasks, start=1):
            if not tags.served_by(number):
                message = gettext_noop("Oppgaven «%(task)s» er ikke knyttet til noe i «%(set)s».")
                yield Hit("warning", ("tags", index, "serves"), say(message, task=task, set=tags.name))
        served = {key for one in tags.serves for key in one.values}
        for place, value in enumerate(tags.values):
            if value.key not in served:
                message = gettext_noop("Ingen av organets oppgaver er knyttet til «%(value)s».")
                yield Hit("warning", ("tags", index, "values", place), say(message, value=value.name))


@check("R-07")
def ledger_references(model: GovernanceModel) -> Iterator[Hit]:
    """A ledger's tags, states and the ledger that takes its advice are in the model."""
    goals = set(model.strategy.goal_names())
    for index, ledger in enumerate(model.ledgers):
        place: Place = ("ledgers", index)
        for number, key in enumerate(ledger.goals):
            if key not in goals:
                yield Hit("error", (*place, "goals", number), say(LOST, key=key))
        yield from _lost_fields(ledger, place)
        for number, key in enumerate(ledger.tags):
            if model.tag_set(key) is None:
                yield Hit("error", (*place, "tags", number), say(LOST, key=key))
        for number, state in enumerate(ledger.states):
            for key in state.after:
                if ledger.state(key) is None:
                    yield Hit("error", (*place, "states", number, "after"), say(LOST, key=key))
        other = model.ledger(ledger.advice_in) if ledger.advice_in else None
        if ledger.advice_in and (other is None or not other.members_add):
            message = gettext_noop("«%(key)s» er ingen oversikt som medlemmene kan legge til i.")
            yield Hit("error", (*place, "advice_in"), say(message, key=ledger.advice_in))


def _lost_fields(ledger: Ledger, place: Place) -> Iterator[Hit]:
    """What the ledger says of its fields is of fields that it has, of the right kind."""
    for number, span in enumerate(ledger.spans):
        for name, key in (("first", span.first), ("last", span.last)):
            field = ledger.field(key)
            if field is None or field.kind != "date":
                message = gettext_noop("«%(key)s» er ikke et felt med en dato.")
                yield Hit("error", (*place, "spans", number, name), say(message, key=key))
    year = ledger.field(ledger.yearly) if ledger.yearly else None
    if ledger.yearly and (year is None or year.kind != "year"):
        yield Hit(
            "error", (*place, "yearly"), say(gettext_noop("«%(key)s» er ikke et felt med et årstall."), key=ledger.yearly)
        )  # fmt: skip
    if ledger.binding is not None:
        field = ledger.field(ledger.binding.field)
        if field is None:
            yield Hit("error", (*place, "binding", "field"), say(LOST, key=ledger.binding.field))
        elif field.choices:
            for number, answer in enumerate(ledger.binding.answers):
                if str(answer) not in {str(choice) for choice in field.choices}:
                    yield Hit("error", (*place, "binding", "answers", number), say(LOST, key=str(answer)))
        if not any(state.unmet for state in ledger.states):
            message = gettext_noop("Ingen tilstand i «%(ledger)s» sier at noe ikke er oppfylt.")
            yield Hit(
                "warning", (*place, "binding"), say(message, ledger=ledger.name),
                say(gettext_noop("Sett unmet: true på tilstanden.")),
            )  # fmt: skip


@check("R-14")
def chosen_among_nothing(model: GovernanceModel) -> Iterator[Hit]:
    """A field that is chosen among things of the strategy has some to choose among."""
    present = {"focus_area": model.strategy.focus_areas, "source": model.strategy.sources}
    for index, ledger in enumerate(model.ledgers):
        for number, question in enumerate(ledger.fields):
            if question.kind in present and not present[question.kind]:
                message = gettext_noop("«%(field)s» har ingen svar å velge mellom.")
                yield Hit("warning", ("ledgers", index, "fields", number), say(message, field=question.name))


@check("R-08")
def nobody_keeps(model: GovernanceModel) -> Iterator[Hit]:
    """Somebody keeps each ledger, and members who add to it sit in a body."""
    for index, ledger in enumerate(model.ledgers):
        if ledger.body is None and not ledger.kept_by:
            message = gettext_noop("Ingen fører oversikten «%(ledger)s».")
            yield Hit(
                "error", ("ledgers", index), say(message, ledger=ledger.name),
                say(gettext_noop("Oppgi organet (body) eller rollene som fører den (kept_by).")),
            )  # fmt: skip
        if ledger.members_add and ledger.body is None:
            message = gettext_noop("Medlemmer kan ikke legge til i «%(ledger)s», som ikke har noe organ.")
            yield Hit("error", ("ledgers", index, "members_add"), say(message, ledger=ledger.name))


@check("R-13")
def shares_of_nothing(model: GovernanceModel) -> Iterator[Hit]:
    """What is counted is counted of something."""
    for index, ledger in enumerate(model.ledgers):
        if ledger.spread and ledger.spread_of is None:
            message = gettext_noop("«%(ledger)s» teller utbredelse, men sier ikke av hva.")
            yield Hit(
                "warning", ("ledgers", index, "spread"), say(message, ledger=ledger.name),
                say(gettext_noop("Oppgi hva som telles (spread_of), for eksempel kommuner.")),
            )  # fmt: skip


@check("R-14")
def choices_without_answers(model: GovernanceModel) -> Iterator[Hit]:
    """A field with fixed answers has answers."""
    for index, ledger in enumerate(model.ledgers):
        for number, question in enumerate(ledger.fields):
            if question.kind == "choice" and not question.choices:
                message = gettext_noop("«%(field)s» har ingen svar å velge mellom.")
                yield Hit("warning", ("ledgers", index, "fields", number), say(message, field=question.name))
