"""The page of a body tells what its meetings go by, each rule with its source; chapter 11 binds elected bodies alone."""

from __future__ import annotations

from dataclasses import fields
from html import unescape

import pytest

from samstyr.foundation.governance.rules.bodies import Body
from samstyr.foundation.governance.rules.meeting import Settings
from samstyr.foundation.kernel import clock
from samstyr.procedure.meetings.tests.committee import BODY, TODAY, at, committee
from samstyr.web.organisations.views.meeting_rules import ROWS, rules_of


def of(**body: object) -> dict[str, tuple[str, str]]:
    made = Body.model_validate({"key": "organ", "name": "Organet", **body})
    return {label: (value, source) for label, value, source in rules_of(made)}


def test_every_rule_but_the_usual_time_is_told() -> None:
    assert {row.name for row in fields(Settings)} - {name for name, _label, _say in ROWS} == {
        "starts_at",
        "minutes_long",
    }


def test_an_elected_body_has_the_laws_rules_with_their_sections() -> None:
    found = of(rules="elected")
    assert found["Vedtaksført når så mange er til stede"] == ("50 prosent", "Kommuneloven § 11-9")
    assert found["Slik avgjøres en sak"] == ("Alminnelig flertall", "Kommuneloven § 11-9")
    assert found["Ved stemmelikhet"] == ("Møtelederens stemme avgjør", "Kommuneloven § 11-9")
    assert found["Hvem avgjør om noen er inhabil"] == ("Organet selv", "Forvaltningsloven § 8")
    assert found["Slik avgjøres en skriftlig sak"] == ("Alle må være enige", "Kommuneloven § 11-8")


def test_an_administrative_body_has_custom_and_the_model_may_say_otherwise() -> None:
    found = of()
    assert found["Vedtaksført når så mange er til stede"][0] == "Ikke noe krav"
    assert not any("11-" in source for _value, source in found.values())
    own = of(quorum_percent=60, meetings={"tie": "fails"}, written_procedure_days=5)
    assert own["Vedtaksført når så mange er til stede"] == ("60 prosent", "Styringsmodellen")
    assert own["Ved stemmelikhet"] == ("Forslaget faller", "Styringsmodellen")
    assert own["Korteste frist for å svare skriftlig"] == ("5 virkedager", "Styringsmodellen")


def test_they_stand_on_the_page_of_the_body(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    with committee(rules="elected") as made:
        page = unescape(made.client().get(f"/o/{made.tenant.slug}/organisasjon/organer/{BODY}/").content.decode())
    assert "Slik møtes organet" in page
    assert "Kommuneloven § 11-9" in page
