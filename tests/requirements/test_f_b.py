"""The document's own contradictions: each is told with its rule, and the checks behind them see it planted."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse

from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Refused
from samstyr.procedure.casework.models import StepState
from samstyr.procedure.casework.queries import trail_of
from samstyr.wheel.portfolio import queries
from samstyr.wheel.portfolio.rules.narrowing import Stand, narrowed
from samstyr.wheel.portfolio.tests.factories import ADOPTION, TEAM, TEXT, at

from .joint import Joint
from .test_b_bodies_and_year import model, replaced

# Part 1.6 of the requirements.
CATALOGUE = {
    "F-B1": ("R-01", "error"), "F-B2": ("R-02", "warning"), "F-B3": ("R-03", "info"), "F-B4": ("R-03", "warning"),
    "F-B5": ("R-04", "warning"), "F-B6": ("R-05", "warning"), "F-B7": ("R-06", "info"), "F-B8": ("R-07", "info"),
    "F-B9": ("R-08", "warning"), "F-B10": ("R-16", "warning"), "F-B11": ("R-01", "warning"),
}  # fmt: skip


def test_every_finding_of_the_document_is_told_with_its_rule_severity_and_place() -> None:
    told = {item.key: item for item in lint(model()) if item.from_source}
    assert {key: (item.code, item.severity) for key, item in told.items() if key.startswith("F-B")} == CATALOGUE
    assert all(str(item.source_place) for item in told.values())


def test_taken_out_of_the_file_a_finding_is_no_longer_told() -> None:
    start = TEXT.index("  - {key: F-B8")
    text = TEXT[:start] + TEXT[TEXT.index("\n", start) + 1 :]
    assert {item.key for item in lint(model(text)) if item.key.startswith("F-B")} == set(CATALOGUE) - {"F-B8"}


# (finding, rule, what is changed in the model, into what, a word of the place where the check finds it)
PLANTED = [
    (
        "F-B1",
        "R-01",
        "{kind: treat, subjects: [plan, plan_revision, strategy]}",
        "{kind: adopt, subjects: [plan, plan_revision, strategy]}",
        "samarbeidsorganet",
    ),
    ("F-B2", "R-02", "        silence: {outcome: waived}\n", "", "lederteam"),
    (
        "F-B4",
        "R-03",
        "steps: [innspill/mottak, innspill/horing, innspill/forum]",
        "steps: [innspill/mottak, innspill/forum]",
        "horing",
    ),
    (
        "F-B5",
        "R-04",
        "count: 5, one_per: area, organisation: birkenes, appointed_by: sector_director",
        "count: 5, one_per: area, organisation: birkenes",
        "birkenes",
    ),
    (
        "F-B6",
        "R-05",
        "name: Personvernombud, role: data_protection_officer, organisations",
        "name: Personvernombud, role: data_protection_officer, unit_of: struktur1, organisations",
        "personvernombud",
    ),
    (
        "F-B7",
        "R-06",
        "{times: 4, per: year, tolerance: 1}",
        "{times: 4, per: year, tolerance: 1, at_most: 2}",
        "frequency",
    ),
    ("F-B8", "R-07", "default_cost_key: per_capita", "default_cost_key: modellen-til-hoyre", "cost_key"),
    ("F-B9", "R-08", "    chair: cooperation_chair\n", "", "samarbeidsorganet"),
    (
        "F-B10",
        "R-16",
        "count: 5, one_per: area, organisation: birkenes",
        "one_per: area, organisation: birkenes",
        "birkenes",
    ),
]


@pytest.mark.parametrize(("finding", "rule", "old", "new", "where"), PLANTED, ids=[row[0] for row in PLANTED])
def test_the_rule_behind_a_finding_sees_it_planted(finding: str, rule: str, old: str, new: str, where: str) -> None:
    def hits(text: str) -> set[str]:
        return {
            item.path for item in lint(model(text)) if item.code == rule and where in item.path and not item.from_source
        }

    assert hits(replaced(old, new)) - hits(TEXT), [str(item) for item in lint(model(replaced(old, new)))]


def test_f_b1_two_that_adopt_stand_in_the_way_of_adoption() -> None:
    text = replaced(
        "{kind: treat, subjects: [plan, plan_revision, strategy]}",
        "{kind: adopt, subjects: [plan, plan_revision, strategy]}",
    )
    assert any(item.blocks() for item in lint(model(text)) if item.code == "R-01")
    assert not any(item.blocks() for item in lint(model()))


def test_f_b11_disagreeing_lederteam_are_on_record_beside_each_other_and_the_case_goes_on(made: Joint) -> None:
    version = made.propose(made.draft())
    made.treat(version, "municipal_director:birkenes", "slutter-seg-til", TEAM)
    with pytest.raises(Refused):
        made.treat(version, "cooperation_chair", "vedtatt", TEAM)
    made.treat(version, "municipal_director:lillesand", "ikke", TEAM, reason="For dyrt.")
    case = queries.case_of_version(version)
    assert case is not None
    said = {str(stage.row.organisation): stage.row.outcome for stage in trail_of(case) if stage.row.step == "lederteam"}
    assert said == {"Birkenes": "slutter-seg-til", "Lillesand": "ikke"}
    assert [stage.row.step for stage in trail_of(case) if stage.row.state == StepState.ACTIVE] == ["samarbeidsorgan"]
    made.treat(version, "cooperation_chair", "vedtatt", ADOPTION)


class TestNarrowing:
    """F-B11: a shared measure goes on for the owners that stand behind it."""

    def adopted(self, made: Joint, outcome: str, named: tuple[str, ...] = (), **more: str) -> dict[str, list[str]]:
        version = made.propose(made.draft(made.line(title="Felles portal"), made.line(title="Felles arkiv")))
        keys = [str(line.pk) for line in queries.lines_of(version) if line.title in named]
        sealed = version.content_hash
        made.treat(version, "municipal_director:birkenes", "slutter-seg-til", TEAM)
        said = made.treat(version, "municipal_director:lillesand", outcome, TEAM, parts=keys, **more)
        assert queries.titles_of_lines(said.parts) == list(named)
        made.treat(version, "cooperation_chair", "vedtatt", ADOPTION)
        version.refresh_from_db()
        assert version.state == "adopted"
        found = {
            line.title: sorted(part.organisation.slot for part in line.participants.all())
            for line in queries.lines_of(version)
        }
        narrowed_ = [title for title, slots in found.items() if len(slots) == 1]
        assert (version.content_hash != sealed) == bool(narrowed_)
        return found

    def test_f_b11_who_does_not_stand_behind_the_plan_leaves_the_shared_measures(self, made: Joint) -> None:
        found = self.adopted(made, "ikke", reason="For dyrt.")
        assert found == {"Felles portal": ["birkenes"], "Felles arkiv": ["birkenes"]}

    def test_f_b11_or_only_the_measures_it_names(self, made: Joint) -> None:
        found = self.adopted(made, "ikke", ("Felles arkiv",), reason="Har nytt arkiv.")
        assert found == {"Felles portal": ["birkenes", "lillesand"], "Felles arkiv": ["birkenes"]}

    def test_f_b11_the_shared_measures_are_ticked_on_the_page(
        self, made: Joint, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        version = made.propose(made.draft(made.line(title="Felles portal"), made.line(title="Felles arkiv")))
        monkeypatch.setattr(clock, "now", lambda: at(TEAM))
        case = queries.case_of_version(version)
        assert case is not None
        row = case.steps.get(state=StepState.ACTIVE, organisation__slot="lillesand")
        client = made.client("municipal_director:lillesand")
        address = reverse("step-treat", args=[made.tenant.slug, row.pk])
        page = client.get(address).content.decode()
        assert "Hvilke felles tiltak står dere ikke bak?" in page and "Felles arkiv" in page
        [archive] = [str(line.pk) for line in queries.lines_of(version) if line.title == "Felles arkiv"]
        given = {"outcome": "ikke", "reason": "Har nytt arkiv.", "parts": [archive], "decided_on": TEAM.isoformat()}
        assert client.post(address, {**given, "_version": row.version}).status_code == 302
        shown = client.get(reverse("case-detail", args=[made.tenant.slug, case.pk])).content.decode()
        assert "Står ikke bak" in shown

    def test_f_b11_agreement_narrows_nothing(self, made: Joint) -> None:
        found = self.adopted(made, "slutter-seg-til")
        assert found == {"Felles portal": ["birkenes", "lillesand"], "Felles arkiv": ["birkenes", "lillesand"]}


A, B, C = (UUID(int=number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("stands", "expected"),
    [
        ([], {}),
        ([Stand(A, True), Stand(B, True)], {}),
        ([Stand(A, True), Stand(B, False)], {"felles": [A], "tre": [A, C]}),
        ([Stand(B, False, frozenset({"felles"}))], {"felles": [A]}),
        ([Stand(B, True, frozenset({"tre"}))], {"tre": [A, C]}),
        ([Stand(A, False), Stand(B, False)], {"tre": [C]}),  # nobody is left with the first: it stays as it was
        ([Stand(A, True, frozenset({"egen"}))], {}),
    ],
)
def test_f_b11_the_rule(stands: list[Stand], expected: dict[str, list[UUID]]) -> None:
    assert narrowed({"felles": [A, B], "egen": [A], "tre": [A, B, C]}, stands) == expected
