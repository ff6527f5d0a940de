"""The governing model as a Word document, filled into the municipality's own template or the one that comes along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docxtpl import DocxTemplate

from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.ui.formats import day

from ..templating import require_safe
from ..word import Picture, clean, each_text, fill_template
from . import pdf, words
from .assembling import told_of
from .content import Governing

DEFAULT = Path(__file__).parents[1] / "files" / "governing.docx"
PICTURES = ("kart",)


def filled(content: Governing, template: bytes | None = None) -> bytes:
    """The document. Raises Invalid when the template has a code that does not exist."""
    data = template if template is not None else DEFAULT.read_bytes()
    drawn = pdf.pictures(content, (get_language() or "nb")[:2])

    def values(document: DocxTemplate) -> dict[str, Any]:
        found = codes(content)
        broad = 165 if content.chart.width > 500 else 100
        found["kart"] = Picture(document, *drawn["kart"], width=broad) if "kart" in drawn else ""
        for path, told in zip(content.paths, found["veier"], strict=True):
            told["tegning"] = Picture(document, *drawn[f"vei-{path.key}"], width=100)
        return found

    shape = {**codes(sample()), "kart": ""}
    return fill_template(data, values, shape, title=content.title, author=content.arrangement)


def require_fillable(template: bytes, file_name: str) -> None:
    """Raises Invalid, with the code that is wrong, unless the template is safe and can be filled with everything."""
    require_safe(template, file_name)
    filled(sample(), template)


def codes(content: Governing) -> dict[str, Any]:
    """Every code that a template may use, with its value."""
    return each_text(
        {
            "tittel": content.title,
            "styringsordning": content.arrangement,
            "versjon": str(content.number),
            "tilstand": content.state,
            "gjelder_fra": day(content.valid_from) if content.valid_from else "",
            "vedtatt_av": content.adopted_by,
            "vedtatt": day(content.adopted_on) if content.adopted_on else "",
            "dato": day(content.day),
            "utgave": "" if content.names else _("Uten navn"),
            "segl": content.seal,
            "formaal": content.text,
            "fakta": _facts(words.facts_of(content)),
            "organer": [
                {
                    "navn": one.name,
                    "formaal": one.purpose,
                    "fakta": _facts(words.body_facts(one)),
                    "lister": [{"navn": title, "punkter": list(items)} for title, items in words.body_lists(one)],
                }
                for one in content.bodies
            ],
            "forum": [
                {
                    "navn": one.name,
                    "leder": one.chair,
                    "deltakere": "\n".join(one.participants),
                    "sekretaer": one.secretary,
                }
                for one in content.forums
            ],
            "roller": [
                {
                    "navn": one.name,
                    "oppgaver": list(one.tasks),
                    "fakta": _facts(words.role_facts(one, live=content.live)),
                }
                for one in content.roles
            ],
            "veier": [
                {
                    "navn": one.name,
                    "tegning": "",
                    "steg": [
                        {"navn": f"{at}. {step.name}", "hvem": step.who, "punkter": pdf.step_lines(step)}
                        for at, step in enumerate(one.steps, 1)
                    ],
                }
                for one in content.paths
            ],
            **_rules(content),
            "funn": [{"tekst": heading, "fakta": _facts(facts)} for heading, facts in words.finding_facts(content)],
        },
        clean,
    )  # type: ignore[no-any-return]


def _rules(content: Governing) -> dict[str, Any]:
    """The codes of the wheel, criteria, hearings, principles, matrix and reports."""
    matrix = content.matrix
    return {
        "aarshjul": [
            {"navn": one.name, "naar": one.when, "ansvarlig": one.owner, "innhold": one.text} for one in content.wheel
        ],
        "rangering": content.ranking,
        "trinn": [
            {
                "navn": one.name,
                "kilde": one.source,
                "kriterier": [
                    {"navn": name, "vekt": str(weight), "sporsmaal": " ".join(questions)}
                    for name, weight, questions in one.criteria
                ],
            }
            for one in content.stages
        ],
        "hoering": [{"navn": name, "rolle": role, "naar": when} for name, role, when in content.hearing_bodies],
        "prinsipper": [{"navn": name, "sporsmaal": text} for name, text in content.principles],
        "bokstaver": [{"bokstav": letter, "betyr": name} for letter, name in (matrix.letters if matrix else ())],
        "parter": list(matrix.parties) if matrix else [],
        "matrise": [{"oppgave": activity, "ruter": list(cells)} for activity, cells in (matrix.rows if matrix else ())],
        "rapporter": [
            {"navn": name, "fra": sender, "til": receiver, "naar": every, "innhold": contents}
            for name, sender, receiver, every, contents in content.reports
        ],
    }


def _facts(pairs: list[words.Pair]) -> list[dict[str, str]]:
    return [{"navn": name, "tekst": text} for name, text in pairs]


_TRIAL = """
format: 1
key: prove
name: Prøvemodell
valid_from: 2026-01-01
text: Formålet.
source: {title: Dokumentet}
organisations: [{key: en, name: Kommunen}]
roles:
  - {key: leder, name: Leder, tasks: [Leder arbeidet], rights: [{act: model.manage}], required_per: [{per: tenant}]}
bodies:
  - key: organ
    name: Organet
    purpose: Avgjør.
    chair: leder
    secretary: leder
    versions: [{groups: [{key: alle, name: Medlemmer, count: 1, appointed_by: leder}]}]
    mandate: [{kind: adopt, subjects: [need]}, {kind: propose, subjects: [plan]}, {kind: discuss, subjects: [strategy]}]
    tasks: [Avgjør saker]
structure: {relations: [{from: leder, kind: chairs, to: organ}]}
hearing_bodies: [{key: vern, name: Personvern, role: leder}]
paths:
  - key: vei
    name: Veien
    subject: need
    start: steg
    steps:
      - key: steg
        name: Organet avgjør
        kind: decide
        actor: {body: organ}
        decides: adopt
        deadline: {kind: days, days: 10}
        outcomes: [{key: ja, name: Ja, effect: end_positive}]
wheel: {periods: [{key: var, name: Våren, starts: {month: 1, day: 1}, ends: {month: 5, day: 1}, owner: leder}]}
criteria:
  - {key: trinn, name: Trinnet, source: Kilden, criteria: [{key: k, name: Nytte, weight: 100, questions: [{key: q, text: Hva?}]}]}
ranking: {method: weighted, text: Vektet sum.}
principles: [{key: p, name: Prinsippet, question: Er det fulgt?}]
responsibility:
  letters: [{letter: A, name: Ansvarlig, same_as: accountable}, {letter: U, name: Utfører, same_as: responsible}]
  parties: [leder, organ]
  rows: [{activity: Drift, cells: {leder: A, organ: U}}]
reports: [{key: r, name: Rapport, sender: leder, receiver: organ, every: year, contents: [Status]}]
findings: [{key: F-T1, rule: R-14, text: Noe mangler., chosen: Dette gjelder., why: Det er best.}]
"""


def sample() -> Governing:
    """A small model with something in every place, to try a template on; reads nothing but its own text."""
    content = told_of(load_text(_TRIAL).require(), date(2026, 6, 1))
    return replace(content, arrangement=_("Styringsordningen"), adopted_by=_("Organet"), adopted_on=date(2026, 6, 1))
