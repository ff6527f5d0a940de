"""What no field may hold is refused with the field's name, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from samstyr.foundation.audit.models import AuditEvent
from tests.pages.filled import NO_DAY, Filled, Set
from tests.pages.reading import read

pytestmark = pytest.mark.slow

NUL, NEGATIVE = "Noe\0 mer", "-5"


def refusal_of(ready: Set, form: Filled, field: str, value: str) -> str:
    """What is wrong with how the form answers to the value; nothing when it refuses rightly."""
    before = AuditEvent.objects.count()
    client = ready.made.client(form.who)
    answer = form.send(client, **{field: value})
    if AuditEvent.objects.count() != before:
        return "written"
    page = read(answer)
    if answer.status_code in (302, 303):
        page = read(client.get(answer.headers["Location"]))
    elif answer.status_code != 422:
        return f"answered {answer.status_code}"
    return "" if page.names(field, form.labels.get(field, "")) else f"does not name it: {page.faults}"


def faults(ready: Set, kind: str, value: str) -> dict[str, str]:
    found = {
        f"{name}: {field}": refusal_of(ready, form, field, value)
        for name, form in ready.forms.items()
        for field in getattr(form, kind)
    }
    assert len(found) > 3
    return {place: fault for place, fault in found.items() if fault}


def test_a_nul_byte_is_refused_in_every_text(ready: Set) -> None:
    assert faults(ready, "texts", NUL) == {}


def test_a_day_that_does_not_exist_is_refused_in_every_date(ready: Set) -> None:
    assert faults(ready, "days", NO_DAY) == {}


def test_nothing_costs_less_than_nothing(ready: Set) -> None:
    assert faults(ready, "amounts", NEGATIVE) == {}


def test_every_form_filled_in_rightly_is_accepted(ready: Set) -> None:
    """Else the refusals above could be for another reason."""

    def refused(form: Filled) -> Any:
        before = AuditEvent.objects.count()
        answer = form.send(ready.made.client(form.who))
        written = AuditEvent.objects.count() > before
        return None if answer.status_code in (302, 303) and written else (answer.status_code, read(answer).faults)

    found = {name: refused(form) for name, form in ready.forms.items()}
    assert {name: fault for name, fault in found.items() if fault} == {}
