"""What every document holds: figures to the krone, decisions, what has changed, and nobody's name."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import jsonschema
from django.conf import settings
from pypdf import PdfReader

from samstyr.outward.exports import pdf, tables, word
from samstyr.outward.exports.content import PlanContent, published_schema
from samstyr.outward.exports.plan import content_of
from samstyr.outward.exports.public import names_in, public_content
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.rules.lines import Cost
from samstyr.wheel.portfolio.tests.factories import ADOPTION, FORUM, World, at
from samstyr.wheel.prioritisation.models import Round

SCHEMA = Path(settings.BASE_DIR) / "docs" / "plan.schema.json"


def test_the_published_schema_is_the_codes_own() -> None:
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert published == published_schema(), "run: script/plan_schema"


def test_the_data_file_meets_the_schema_and_reads_back_the_same(made: World) -> None:
    content = content_of(made.adopted(), ADOPTION, arrangement="Vi")
    data = json.loads(tables.json(content))
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(data)
    assert PlanContent.model_validate(data) == content


def test_what_the_municipalities_pay_by_kind_and_source_is_the_cost_to_the_krone(made: World) -> None:
    costs = (
        Cost(2026, "operating", "operating_budget", 100_001),
        Cost(2026, "investment", "operating_budget", 77),
        Cost(2028, "operating", "operating_budget", 333_333),
    )
    content = content_of(made.draft(made.line(costs=costs), made.line("Alene", slots=("birkenes",))), ADOPTION)
    first, second = content.measures
    assert [sum(paid.amounts[at] for paid in first.paid) for at in range(4)] == [100_078, 0, 333_333, 0]
    assert {paid.organisation for paid in second.paid} == {"Birkenes"}
    assert (first.investment, first.operating) == ((77, 0, 0, 0), (100_001, 0, 333_333, 0))
    assert sum(first.shares.values()) == first.total == 433_411
    assert (
        content.total
        == sum(row.total for row in content.by_organisation)
        == sum(row.total for row in content.by_source)
    )


def test_a_revision_says_what_has_changed(made: World) -> None:
    first = made.adopted()
    revision = actions.open_draft(actor=made.actor("it_lead"), now=at(ADOPTION), first_year=2026, reason="Nytt krav")
    made.add(revision, made.line("Nytt tiltak"))
    content = content_of(queries.version_by_id(revision.pk), ADOPTION)
    assert (content.previous_version, [row.title for row in content.differences]) == (first.number, ["Nytt tiltak"])


def test_those_present_are_counted_and_named_only_on_request(made: World) -> None:
    """I-22."""
    version = made.propose(made.draft())
    seats = [{"name": "Møtende Medlem", "votes": True}]
    made.treat(version, "municipal_director:birkenes", "slutter-seg-til", ADOPTION, present=seats)
    bare, named = (content_of(version, ADOPTION, with_names=wanted) for wanted in (False, True))
    assert bare.decisions[0].present == named.decisions[0].present == 1
    assert "Møtende" not in tables.json(bare).decode()
    assert named.decisions[0].present_names == ("Møtende Medlem",)


def test_what_is_public_names_no_known_person_and_no_need(content: PlanContent) -> None:
    """I-22."""
    (measure,) = content.measures
    told = measure.model_copy(
        update={
            "owner": "Prøve Person",
            "argument": "Ifølge prøve\nperson, ikke Prøve Personsen.",
            "need_text": "Hemmelig",
            "status": "Annen Person",
        }
    )
    hidden = content.model_copy(update={"measures": (told,)})
    public = public_content(hidden, {"Prøve Person": "", "Vedtatt": "x", "": "x", "Annen Person": "Rådgiver"})
    (row,) = public.measures
    assert (row.owner, row.need_text, row.status) == ("[navn utelatt]", "", "Rådgiver")
    assert names_in(hidden, {"Prøve Person": "", "Annen Person": "Rådgiver"}) == 3
    assert row.argument == "Ifølge [navn utelatt], ikke Prøve Personsen."
    assert (public.state, public.seal, public.decision) == ("adopted", content.seal, "Vedtatt")


def test_the_criteria_are_those_of_the_newest_closed_round_before_the_proposal(made: World) -> None:
    stage = {
        "key": "grov", "name": "Grovsiling", "scale": [{"key": "lav", "name": "Lav", "number": 1}],
        "criteria": [{"key": "nytte", "name": "Nytte", "weight": 60, "questions": [{"key": "hvem", "text": "For hvem?"}]},
                     {"key": "risiko", "name": "Risiko", "weight": 40}],
    }  # fmt: skip
    for name, state, closed in (("Vårens", "closed", FORUM), ("Åpen", "open", None), ("For sent", "closed", ADOPTION)):
        Round(name=name, year=2026, stage="grov", criteria=stage, state=state, opened_on=FORUM, closed_on=closed).save()
    content = content_of(made.propose(made.draft()), ADOPTION)
    assert content.criteria_from == "Vårens"
    assert [(row.name, row.weight, row.questions) for row in content.criteria] == [
        ("Nytte", 60, ("For hvem?",)), ("Risiko", 40, ()),
    ]  # fmt: skip


def test_what_the_model_asks_of_a_measure_stands_in_every_document(made: World) -> None:
    line = made.line("Selvbetjening", benefit="20 timer spart i måneden", effort={"2026": 120})
    content = content_of(made.draft(line), ADOPTION)
    told = {fact.name: fact.text for fact in content.measures[0].facts}
    assert told == {"Gevinst": "20 timer spart i måneden", "Innsats i timer": "2026: 120"}
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.pdf(content))).pages)
    paper = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word.filled(content))).paragraphs)
    assert "20 timer spart i måneden" in text
    assert "Gevinst: 20 timer spart i måneden" in paper
