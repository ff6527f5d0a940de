"""The representative asks the services, and sees who has answered (B-23, W1 step 5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.wheel.needs import actions, queries
from samstyr.wheel.needs.models import IntakeCall

from .factories import NOW, World

DUE = date(2026, 2, 28)


def ask(made: World, *units: str, role: str = "representant", due_on: date = DUE) -> None:
    actions.open_intake(
        actor=made.actor(role), now=NOW - timedelta(days=1), due_on=due_on, message="Hva mangler dere?",
        units=tuple(made.units[unit].pk for unit in units),
    )  # fmt: skip


def standing(made: World, role: str = "representant") -> dict[str, bool]:
    return {one.call.unit.name: one.answered for one in queries.calls(made.actor(role))}


def test_those_that_have_not_answered_are_listed(made: World) -> None:
    ask(made, "hjemme", "sykehjem", "helse")
    made.draft(title="Et utkast er ikke et svar")
    assert standing(made) == {"Helse": False, "Hjemmetjenesten": False, "Sykehjemmet": False}
    made.submitted()
    assert standing(made) == {"Helse": True, "Hjemmetjenesten": True, "Sykehjemmet": False}
    assert next(iter(standing(made))) == "Sykehjemmet", "those that have not answered come first"
    assert standing(made, "ansatt") == {"Hjemmetjenesten": True}, "a service sees its own call"


def test_a_service_may_say_that_it_has_none(made: World) -> None:
    ask(made, "hjemme")
    call = IntakeCall.objects.get()
    with pytest.raises(Refused):
        actions.answer_none(actor=made.actor("annen"), now=NOW, call_id=call.pk, version=1)
    actions.answer_none(actor=made.actor("ansatt"), now=NOW, call_id=call.pk, version=1)
    assert standing(made) == {"Hjemmetjenesten": True}
    with pytest.raises(Conflict):
        actions.answer_none(actor=made.actor("ansatt"), now=NOW, call_id=call.pk, version=2)


def test_refusals(made: World) -> None:
    for role, unit in (("ansatt", "hjemme"), ("representant", "teknisk"), ("leser", "hjemme")):
        with pytest.raises(Refused):
            ask(made, unit, role=role)
    with pytest.raises(Invalid):
        ask(made)
    with pytest.raises(Invalid):
        ask(made, "hjemme", due_on=date(2026, 2, 1))
    with pytest.raises(NotFound):
        actions.open_intake(actor=made.actor("representant"), now=NOW, due_on=DUE, units=(made.tenant.pk,))
    assert not IntakeCall.objects.exists()


def test_asking_twice_is_once(made: World) -> None:
    ask(made, "hjemme")
    ask(made, "hjemme", "sykehjem")
    assert IntakeCall.objects.count() == 2
