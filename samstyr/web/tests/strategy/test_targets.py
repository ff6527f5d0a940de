"""The pages of targets under a shipped model: a figure is entered, corrected and taken back; the list, the export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.organisations.tests.factories import log_in
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.wheel.strategy.actions import measuring as actions
from samstyr.wheel.strategy.models import Measurement
from samstyr.wheel.strategy.queries import measuring as queries
from samstyr.wheel.strategy.rules.measuring import MeasurementValues, State
from tests.requirements.places import Place, place

DAY = date(2017, 6, 1)
EDITOR, READER = "it_leder", "virksomhetsleder"
TRAVEL, UPTIME = "reisemoter", "oppetid"


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setattr(clock, "now", lambda: datetime(2017, 6, 1, 10, tzinfo=ZoneInfo("Europe/Oslo")))
    with place("bronnoy") as ready:
        yield ready


def enter(made: Place, target: str, value: str, on: date, **more: Any) -> Measurement:
    return actions.measure(
        **made.by(EDITOR, DAY), target=target, values=MeasurementValues(on, Decimal(value), "Reiseregninger", **more)
    )


def how(target: str) -> Any:
    line = queries.target_line(target, DAY)
    assert line is not None
    return line.standing


def browser(made: Place, role: str) -> Client:
    made.actor(role, DAY)
    return log_in(Client(), next(person for name, person in made.people.items() if name.startswith(f"{role}:")))


def page(name: str, *keys: object) -> str:
    from samstyr.foundation.tenancy.models import Tenant

    return reverse(name, args=[Tenant.objects.get(pk=require_tenant_id()).slug, *keys])


def test_w9_10_the_travel_target_is_reckoned_from_the_start_that_was_entered(made: Place) -> None:
    enter(made, TRAVEL, "130", date(2016, 12, 31))
    assert how(TRAVEL).state is State.NO_START
    enter(made, TRAVEL, "240", date(2013, 12, 31), is_start=True)
    assert (how(TRAVEL).aim, round(how(TRAVEL).per_cent, 1)) == (Decimal(120), Decimal("-45.8"))
    enter(made, TRAVEL, "118", date(2017, 5, 31))
    assert how(TRAVEL).state is State.MET


def test_a_wrong_figure_is_corrected_once_and_the_old_one_stays(made: Place) -> None:
    wrong = enter(made, UPTIME, "9.97", date(2017, 1, 31))
    by = made.by(EDITOR, DAY)
    right = MeasurementValues(date(2017, 1, 31), Decimal("99.7"), "Driftslogg")
    with pytest.raises(Invalid):
        actions.correct_measurement(**by, measurement_id=wrong.pk, reason=" ", values=right)
    actions.correct_measurement(**by, measurement_id=wrong.pk, reason="Komma på feil sted.", values=right)
    assert how(UPTIME).state is State.MET
    with pytest.raises(Conflict):
        actions.correct_measurement(**by, measurement_id=wrong.pk, reason="Igjen.", values=right)
    latest = Measurement.objects.get(corrects=wrong)
    actions.correct_measurement(**by, measurement_id=latest.pk, reason="Målt i feil måned.", values=None)
    assert how(UPTIME).state is State.UNMEASURED
    assert Measurement.objects.count() == 3


def test_only_those_who_edit_the_strategy_enter_figures(made: Place) -> None:
    values = MeasurementValues(date(2017, 1, 31), Decimal(1), "Logg")
    with pytest.raises(Refused):
        actions.measure(**made.by(READER, DAY), target=UPTIME, values=values)
    with pytest.raises(NotFound):
        actions.measure(**made.by(EDITOR, DAY), target="finnes-ikke", values=values)
    assert not Measurement.objects.exists()


def test_from_the_list_to_a_figure_and_its_correction_on_the_pages(made: Place) -> None:
    client = browser(made, EDITOR)
    listed = client.get(page("strategy-targets")).content.decode()
    assert "Ikke målt" in listed
    assert page("strategy-target-detail", UPTIME) in listed
    bad = client.post(page("strategy-measure", UPTIME), {"value": "mye", "on": "2017-05-31", "source": ""})
    assert bad.status_code == 422
    assert "Dette er ikke et tall" in bad.content.decode()
    given = {"value": "99,79 %", "on": "2017-05-31", "source": "Driftslogg", "note": "Åpningstid 8–15.30"}
    assert client.post(page("strategy-measure", UPTIME), given).status_code == 303
    shown = client.get(page("strategy-target-detail", UPTIME)).content.decode().replace("\xa0", " ")
    assert "99,79 %" in shown
    assert "Nådd" in shown
    assert "<polyline" in shown
    row = Measurement.objects.get()
    corrected = {"reason": "Natt regnet med.", "value": "99,63", "on": "2017-05-31", "source": "Driftslogg"}
    client.post(page("strategy-measurement-correct", row.pk), corrected)
    after = client.get(page("strategy-target-detail", UPTIME)).content.decode().replace("\xa0", " ")
    assert "99,63 %" in after
    assert "Natt regnet med." in after
    client.post(
        page("strategy-measurement-correct", Measurement.objects.get(corrects=row).pk),
        {"verb": "take_back", "reason": "Feil måned."},
    )
    assert "Tatt tilbake" in client.get(page("strategy-target-detail", UPTIME)).content.decode()


def test_a_reader_sees_and_is_refused(made: Place) -> None:
    client = browser(made, READER)
    assert client.get(page("strategy-target-detail", UPTIME)).status_code == 200
    assert client.get(page("strategy-measure", UPTIME)).status_code == 403
    assert client.get(page("strategy-target-detail", "finnes-ikke")).status_code == 404


def test_the_list_is_narrowed_and_taken_home(made: Place) -> None:
    enter(made, UPTIME, "99.9", date(2017, 5, 31))
    client = browser(made, READER)
    narrowed = client.get(page("strategy-targets") + "?stand=met").content.decode()
    assert "Oppetid" in narrowed
    assert "Løst i førstelinjen" not in narrowed
    assert "Ingen måltall passer" in client.get(page("strategy-targets") + "?q=finnesikke").content.decode()
    response = client.get(page("strategy-targets-export", "xlsx") + "?stand=met")
    body = b"".join(response) if response.streaming else response.content
    sheet = openpyxl.load_workbook(BytesIO(body)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert any("Oppetid" in row and 99.9 in row for row in rows)


def test_the_list_asks_the_same_of_many_measurements(made: Place, django_assert_max_num_queries: Any) -> None:
    for month in range(1, 6):
        enter(made, UPTIME, "99.9", date(2017, month, 1))
    with django_assert_max_num_queries(4):
        queries.target_lines(DAY)
