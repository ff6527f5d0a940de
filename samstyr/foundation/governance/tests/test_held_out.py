"""Models nobody built the code for: they load, are clean, can be drawn, rehearsed and told apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules import picture
from samstyr.foundation.governance.rules.describe import condition_words, deadline_words
from samstyr.foundation.governance.rules.difference import difference
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.rehearsal import assumed_meetings, rehearse
from samstyr.foundation.governance.rules.schema import GovernanceModel

HELD_OUT = sorted((Path(__file__).parent / "models").glob("*.yaml"))
EVERY = {
    **{file.stem: file.read_text(encoding="utf-8") for file in HELD_OUT},
    **{n: bundles.text_of(n) for n in bundles.names()},
}
SHARED = EVERY["birkenes-lillesand"]
FEBRUARY = date(2026, 2, 10)


def model(text: str) -> GovernanceModel:
    return load_text(text).require()


@pytest.mark.parametrize("file", HELD_OUT, ids=lambda file: file.stem)
def test_a_held_out_model_is_clean(file: Path) -> None:
    loaded = load_text(file.read_bytes())
    assert [str(item) for item in lint(loaded.require(), loaded.positions) if item.severity != "info"] == []


@pytest.mark.parametrize("name", EVERY)
def test_every_model_is_drawn_and_told(name: str) -> None:
    found = model(EVERY[name])
    for path in found.paths:
        svg = picture.path_svg(found, path)
        root = ElementTree.fromstring(svg)
        told = " ".join(root.itertext())
        assert root.find("{*}title") is not None
        assert root.find("{*}desc") is not None
        assert "style" not in {name for node in root.iter() for name in node.attrib}
        lines = picture.path_list(found, path)
        assert [line.key for line in lines] == [step.key for step in path.steps]
        assert all(line.who and line.outcomes for line in lines)
        assert all(word in told for line in lines for word in line.name.split()[:1])
    if found.wheel:
        root = ElementTree.fromstring(picture.wheel_svg(found, FEBRUARY))
        assert len(root.findall(".//{*}path[@class]")) >= 12 + len(found.wheel.periods)
        assert len(picture.wheel_list(found, FEBRUARY)) == len(found.wheel.periods)


def test_texts_in_a_drawing_are_escaped() -> None:
    found = model(SHARED.replace("name: Kommunalsjef vurderer innspillet", 'name: "<b onload=x>&"'))
    svg = picture.path_svg(found, found.paths[0])
    assert "<b" not in svg
    assert "&lt;b onload=x&gt;&amp;" in svg


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)])
def test_the_wheel_can_be_drawn_on_any_day(day: date) -> None:
    assert "wheel-now" in picture.wheel_svg(model(SHARED), day)


def test_a_period_over_new_year_is_shown_as_the_one_we_are_in() -> None:
    winter = picture.wheel_list(model(EVERY["indre-fjord"]), date(2026, 1, 10))[1]
    assert (winter.first, winter.last, winter.current) == (date(2025, 12, 1), date(2026, 2, 28), True)


def test_the_dry_run_keeps_to_the_wheel() -> None:
    """Feature 2: a sample need is walked through with dates."""
    run = rehearse(model(SHARED), FEBRUARY)
    assert [step.step for step in run.steps] == [
        "vurdering",
        "mottak",
        "horing",
        "forum",
        "lederteam",
        "samarbeidsorgan",
    ]
    assert run.steps[0].opens == date(2026, 3, 1)
    assert run.steps[3].done.month == 4
    assert run.ended is not None
    assert run.ended.month == 5
    assert run.warnings == []
    assert run.steps[4].each == ("Birkenes kommune", "Lillesand kommune")
    assert all(a.done <= b.opens for a, b in zip(run.steps, run.steps[1:], strict=False))


def test_the_dry_run_takes_the_way_the_facts_give() -> None:
    found = model(EVERY["indre-fjord"])
    small = rehearse(found, FEBRUARY, facts={"total_cost": 100_000})
    large = rehearse(found, FEBRUARY, facts={"total_cost": 900_000})
    assert "direktormote" in [step.step for step in small.steps]
    assert "direktormote" not in [step.step for step in large.steps]
    cheap = rehearse(model(EVERY["ytre-kyst"]), FEBRUARY, facts={"total_cost": 10_000})
    assert [step.step for step in cheap.steps if step.skipped] == ["horing"]


def test_the_dry_run_tells_what_does_not_fit() -> None:
    late = rehearse(model(SHARED.replace("{kind: period_end, period: mars}", "{kind: days, days: 60}")), FEBRUARY)
    assert any("etter at perioden er slutt" in str(warning) for warning in late.warnings)
    cut = SHARED.replace("        deadline: {kind: period_end, period: mars}\n", "")
    assert any("ingen frist" in str(warning) for warning in rehearse(model(cut), FEBRUARY).warnings)
    again = {f"innspill/forum{visit}": "ny-horing" for visit in ("", *(f"#{number}" for number in range(2, 61)))}
    loop = rehearse(model(SHARED), FEBRUARY, chosen=again)
    assert loop.ended is None
    assert "kommer ikke til en slutt" in str(loop.stopped)
    stopped = rehearse(model(SHARED), FEBRUARY, chosen={"innspill/vurdering": "stopp"})
    assert [step.step for step in stopped.steps] == ["vurdering"]


def test_meetings_are_assumed_as_often_as_the_model_says_and_on_working_days() -> None:
    found = model(SHARED)
    body = found.body("digitaliseringsforum")
    assert body is not None
    days = assumed_meetings(found, body, 2026)
    assert len(days) == 4
    assert all(day.weekday() < 5 for day in days)


def test_a_version_does_not_differ_from_itself() -> None:
    for text in EVERY.values():
        assert difference(model(text), model(text)) == []


@pytest.mark.parametrize(
    ("old", "new", "kind", "told"),
    [
        ("size: 13", "size: 14", "changed", "Antall plasser var «13», og er nå «14»."),
        ("        window: mars\n", "", "removed", "Periode «Kommunalsjef vurderer og sender videre» er fjernet."),
        ("working_days: -8}", "working_days: -9}", "changed", "9 virkedager før møtet i Digitaliseringsforum"),
        ("          - {key: parker, name: Parker til neste år, effect: park, requires: [reason, date]}\n", "", "removed",
         "Fjernet utfall «Parker til neste år»."),
        ("chair: it_lead\n", "chair: digitalisation_adviser\n", "changed", "Leder var «IT-leder», og er nå «Rådgiver for digitalisering»."),
        ("starts: {month: 3, day: 1}", "starts: {month: 2, day: 20}", "changed", "Begynner var «1. mars», og er nå «20. februar»."),
        ("tasks: [Uttaler seg om personal]", "tasks: [Uttaler seg om lønn]", "both", "Nytt: oppgave «Uttaler seg om lønn»."),
        ("name: finnes ikke i modellen", "name: x", "none", ""),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_words(old: str, new: str, kind: str, told: str) -> None:
    changes = difference(model(SHARED), model(SHARED.replace(old, new)))
    if kind == "none":
        assert changes == []
        return
    assert {change.kind for change in changes} == ({"added", "removed"} if kind == "both" else {kind})
    assert any(told in str(change.text) for change in changes), [str(change.text) for change in changes]
    opposite = difference(model(SHARED.replace(old, new)), model(SHARED))
    assert len(opposite) == len(changes)


def test_deadlines_and_conditions_are_told_in_words() -> None:
    found = model(EVERY["indre-fjord"])
    check = found.paths[0].step("sjekk").deadline
    assert str(deadline_words(found, check)) == (
        "20 virkedager etter at steget begynner hvis samlet kostnad ≥ 5000000; ellers det som kommer først av: "
        "10 virkedager etter at steget begynner; 5 virkedager før møtet i Fagrådet"
    )
    privacy = model(EVERY["ytre-kyst"]).hearing_bodies[1].when
    assert condition_words(privacy) == "behandler personopplysninger eller ikke nevner et produkt"


def test_the_example_in_the_guide_is_complete_and_clean() -> None:
    guide = (Path(settings.BASE_DIR) / "docs" / "modellformat.md").read_text(encoding="utf-8")
    loaded = load_text(guide.split("```yaml\n")[1].split("```")[0])
    assert [str(item) for item in lint(loaded.require(), loaded.positions) if item.severity != "info"] == []
    assert rehearse(loaded.require(), FEBRUARY).ended is not None
