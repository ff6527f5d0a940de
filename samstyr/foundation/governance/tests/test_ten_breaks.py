"""Break the shipped model in ways people do, and get one clear sentence with its line for each (feature 2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from samstyr.foundation.governance.rules.lint import Finding, lint
from samstyr.foundation.governance.rules.loading import load_text

MODEL = (Path(__file__).parents[1] / "bundles" / "birkenes-lillesand.yaml").read_text("utf-8")

# (what is done, old, new, rule, the sentence)
BREAKS = [
    ("an outcome to a step that is not there", "effect: advance, to: mottak}", "effect: advance, to: motak}", "S-02",
     "«Send videre til digitaliseringsforum» peker på «motak», som ikke finnes i løpet."),
    ("a path that says yes to nothing", "{key: inn, name: Inn i porteføljen, effect: end_positive}", "{key: inn, name: Inn i porteføljen, effect: defer}",
     "S-15", "I løpet «Fra innspill til forslag» kan ingenting få ja."),
    ("a body that decides outside its mandate", "{kind: treat, subjects: [plan, plan_revision, strategy]}", "{kind: treat, subjects: [strategy]}",
     "S-08", "«Kommunedirektørens lederteam» skal behandle i steget «Behandling i kommunedirektørens lederteam», men mandatet gir ikke rett til det."),
    ("two bodies that adopt", "- {kind: treat, subjects: [plan, plan_revision, strategy]}", "- {kind: adopt, subjects: [strategy]}\n      - {kind: treat, subjects: [plan, plan_revision]}",
     "R-01", "Flere organer har rett til å vedta «strategi»: Kommunedirektørens lederteam, IT-tjenestens samarbeidsorgan."),
    ("seats that do not add up", "- size: 13", "- size: 17", "R-09", "«Digitaliseringsforum» skal ha 17 medlemmer, men gruppene har 13."),
    ("a chair that is no role", "chair: it_lead\n", "chair: it_chief\n", "R-08", "Rollen «it_chief» finnes ikke i modellen."),
    ("a hearing that ends after the meeting", "working_days: -3}\n        before: forum", "working_days: 3}\n        before: forum",
     "S-16", "«Høringsinstansene uttaler seg» skal være ferdig før et møte, men fristen er etter møtet."),
    ("shares that are not a hundred", "shares: {birkenes: 30, lillesand: 70}", "shares: {birkenes: 30, lillesand: 60}",
     "R-09", "Andelene i «Fast andel» blir 90 prosent, ikke 100."),
    ("a wheel that runs backwards", "depends_on: [mars]", "depends_on: [budsjett]", "S-17",
     "Perioden «Behandling i digitaliseringsforum» avhenger av seg selv."),
    ("a budget wheel that does not wait", "feeds: {mai: rammer}", "feeds: {budsjett: rammer}", "S-17",
     "«Behandling i budsjettprosessen» er ikke ferdig før «Innspill til rammer» i Budsjettårshjulet er over."),
    ("silence without a deadline", "deadline: {kind: meeting, body: samarbeidsorganet, working_days: -3}\n        silence", "silence",
     "S-06", "Taushet betyr noe i «Behandling i kommunedirektørens lederteam», men steget har ingen frist."),
    ("a refusal without a reason", "{key: stopp, name: Stopp innspillet, effect: reject, requires: [reason]}", "{key: stopp, name: Stopp innspillet, effect: reject}",
     "S-15", "«Stopp innspillet» krever ingen begrunnelse."),
    ("a case that can only go round", "{key: ferdig, name: Avslutt høringen, effect: advance, to: forum}", "{key: ferdig, name: Avslutt høringen, effect: goto, to: mottak}",
     "S-03", "Ingen sak kan komme til steget «Behandling i digitaliseringsforum»."),
]  # fmt: skip


def new_findings(old: str, new: str) -> tuple[str, list[Finding]]:
    assert MODEL.count(old) >= 1, old
    text = MODEL.replace(old, new, 1)
    loaded = load_text(text)
    before = {item.identity for item in lint(load_text(MODEL).require())}
    return text, [item for item in lint(loaded.require(), loaded.positions) if item.identity not in before]


@pytest.mark.parametrize(
    ("what", "old", "new", "code", "sentence"),
    list(BREAKS),
    ids=[b[0] for b in BREAKS],
)
def test_each_break_gives_its_sentence_with_a_line(what: str, old: str, new: str, code: str, sentence: str) -> None:
    text, findings = new_findings(old, new)
    told = {str(item.message): item for item in findings}
    assert sentence in told, (what, list(told))
    finding = told[sentence]
    assert finding.code == code
    assert finding.line and str(finding.remedy)
    assert text.splitlines()[finding.line - 1].strip()
