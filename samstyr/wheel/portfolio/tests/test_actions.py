"""The plan's verbs, from a draft to an adopted version, its revision, its money and its progress."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

import pytest

from samstyr.foundation.audit.models import AuditEvent
from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import CaseStep, StepState
from samstyr.wheel.needs.models import Need, NeedState
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.models import (
    BudgetEntry,
    PlanLine,
    PlanVersion,
    ProgressEntry,
)
from samstyr.wheel.portfolio.rules.difference import difference
from samstyr.wheel.portfolio.rules.lines import Cost

from .factories import ADOPTION, FORUM, TEAM, TEXT, World, at

NEW_YEAR = date(2026, 1, 2)


def logged(name: str) -> int:
    return AuditEvent.objects.filter(action=name).count()


def titles(version: PlanVersion) -> list[str]:
    return [row.title for row in queries.lines_of(version)]


_moments = count()


def later(day: date) -> datetime:
    """A little later than the last time asked: of two facts the newer counts."""
    return at(day) + timedelta(microseconds=next(_moments))


def budget(
    made: World, version: PlanVersion, slot: str = "birkenes", state: str = "granted", **more: Any
) -> BudgetEntry:
    values = {"year": 2026, "organisation_id": made.organisations[slot].pk, **more}
    (line,) = queries.lines_of(version)
    return actions.set_budget_state(
        actor=made.actor(f"budget_officer:{slot}", NEW_YEAR), now=later(NEW_YEAR), plan_id=version.plan_id,
        line_key=line.line_key, state=state, **values,
    )  # fmt: skip


def start(made: World, version: PlanVersion, day: date = NEW_YEAR) -> ProgressEntry:
    (line,) = queries.lines_of(version)
    return actions.start_measure(
        actor=made.actor("it_lead", day), now=at(day), plan_id=version.plan_id, line_key=line.line_key
    )


def test_only_the_forum_writes_the_draft(made: World) -> None:
    with pytest.raises(Refused):
        actions.open_draft(actor=made.actor("unit_manager"), now=at(FORUM), first_year=2026)
    version = made.draft()
    with pytest.raises(Refused):
        actions.add_line(actor=made.actor("unit_manager"), now=at(FORUM), version_id=version.pk, line=made.line("B"))
    with pytest.raises(Conflict):
        actions.open_draft(actor=made.actor("it_lead"), now=at(FORUM), first_year=2026)
    with pytest.raises(Invalid):
        made.add(version, made.line("", slots=()))
    assert titles(version) == ["Felles meldingsløsning"]


def test_ranking_is_whole_and_knows_its_version(made: World) -> None:
    version = made.draft(made.line("A"), made.line("B"), made.line("C"))
    keys = [row.pk for row in queries.lines_of(version)]
    order: dict[str, Any] = {"actor": made.actor("it_lead"), "now": at(FORUM), "version_id": version.pk}
    with pytest.raises(Conflict):
        actions.rank_lines(**order, version=1, order=keys[:2])
    actions.rank_lines(**order, version=1, order=[keys[2], keys[0], keys[1]])
    assert titles(version) == ["C", "A", "B"]
    with pytest.raises(Conflict):
        actions.rank_lines(**order, version=1, order=keys)
    actions.remove_line(actor=made.actor("it_lead"), now=at(FORUM), line_id=keys[0], version=None)
    assert [(row.title, row.rank) for row in queries.lines_of(version)] == [("C", 1), ("B", 2)]


def test_both_treat_before_the_body_adopts_and_the_version_is_sealed(made: World) -> None:
    """B-14, B-21, B-36, B-37, B-44, B-49, W1 steps 10-12."""
    version = made.propose(made.draft())
    assert (version.state, version.number) == ("proposed", None)
    with pytest.raises(Refused):
        made.treat(version, "it_lead", "vedtatt", FORUM)
    made.treat(version, "municipal_director:birkenes", "merknader", TEAM, text="Start med helse.")
    with pytest.raises(Refused):
        made.treat(version, "cooperation_chair", "vedtatt", TEAM)
    made.treat(version, "municipal_director:lillesand", "ikke", TEAM, reason="For dyrt for oss.")
    with pytest.raises(Invalid):
        made.treat(version, "cooperation_chair", "vedtatt", ADOPTION, decided_on=date(2025, 5, 1))
    made.treat(version, "cooperation_chair", "vedtatt", ADOPTION)
    version.refresh_from_db()
    assert (version.state, version.number, version.adopted_on) == ("adopted", 1, ADOPTION)
    assert version.decision is not None
    assert version.decision.kind == "adopt"
    said = {(row.organisation_id, row.outcome) for row in queries.treatments_of_version(version)}
    assert (made.organisations["birkenes"].pk, "merknader") in said
    assert (made.organisations["lillesand"].pk, "ikke") in said
    assert logged("plan.adopted") == 1


@pytest.mark.parametrize("state", ["proposed", "adopted"])
def test_a_frozen_version_cannot_be_edited_by_any_verb(made: World, state: str) -> None:
    """I-02."""
    version = made.propose(made.draft()) if state == "proposed" else made.adopted()
    (row,) = queries.lines_of(version)
    by: dict[str, Any] = {"actor": made.actor("it_lead"), "now": at(ADOPTION)}
    for call in (
        lambda: actions.add_line(**by, version_id=version.pk, line=made.line("B")),
        lambda: actions.save_line(**by, line_id=row.pk, version=None, line=made.line("B")),
        lambda: actions.remove_line(**by, line_id=row.pk, version=None),
        lambda: actions.rank_lines(**by, version_id=version.pk, version=None, order=[row.pk]),
        lambda: actions.propose(**by, version_id=version.pk, version=None),
    ):
        with pytest.raises(Conflict):
            call()
    assert titles(version) == ["Felles meldingsløsning"]


def test_lines_changed_behind_the_seal_are_not_adopted(made: World) -> None:
    """I-02: even a change in the database is seen."""
    version = made.propose(made.draft())
    PlanLine.objects.filter(version_of=version).update(title="Noe annet")
    with pytest.raises(Conflict, match="endret etter"):
        made.decide(version)


def test_sent_back_is_a_draft_again(made: World) -> None:
    version = made.decide(made.propose(made.draft()), "tilbake")
    assert (version.state, version.number, version.content_hash) == ("draft", None, "")
    assert logged("plan.given_back") == 1
    made.add(version, made.line("B"))


def test_a_revision_becomes_the_next_number(made: World) -> None:
    """B-46, W1 step 17."""
    first = made.adopted()
    day = date(2025, 9, 10)
    by: dict[str, Any] = {"actor": made.actor("it_lead", day), "now": at(day)}
    with pytest.raises(Invalid):
        actions.open_draft(**by, first_year=2026)
    second = actions.open_draft(**by, first_year=2026, reason="Ny pris fra leverandøren.")
    assert second.based_on_id == first.pk
    actions.add_line(**by, version_id=second.pk, line=made.line("Nytt tiltak", slots=("lillesand",)))
    second = made.decide(made.propose(second, day), team=date(2025, 9, 20), day=date(2025, 9, 30))
    first.refresh_from_db()
    assert (second.state, second.number, first.state, first.number) == ("adopted", 2, "superseded", 1)
    changes = difference(*([queries.plain(row) for row in queries.lines_of(v)] for v in (first, second)), {})
    assert [(change.kind, change.title) for change in changes] == [("added", "Nytt tiltak")]


def test_a_joint_measure_starts_only_when_each_that_pays_has_money(made: World) -> None:
    """B-41, I-10, W1 step 16."""
    version = made.adopted()
    with pytest.raises(Refused, match="ikke bekreftet"):
        start(made, version)
    budget(made, version, "birkenes")
    with pytest.raises(Refused, match="ikke avgjort"):
        start(made, version)
    assert [item.year for item in queries.undecided(version.plan, 2026)] == [2026]
    budget(made, version, "lillesand", "partly", amount=100_000)
    assert queries.undecided(version.plan, 2026) == []
    with pytest.raises(Refused, match="1. januar 2026"):
        start(made, version, date(2025, 12, 15))
    assert start(made, version).state == "started"
    assert logged("plan.started") == 1
    budget(made, version, "lillesand", "refused")
    with pytest.raises(Refused, match="fikk ikke penger"):
        start(made, version)


def test_budget_states_are_checked_and_belong_to_the_municipality(made: World) -> None:
    """B-45."""
    version = made.adopted()
    for wrong in ({"state": "partly"}, {"amount": -1}, {"year": 2031}, {"state": "kanskje"}):
        with pytest.raises(Invalid):
            budget(made, version, **wrong)
    with pytest.raises(Refused):
        budget(made, version, "birkenes", organisation_id=made.organisations["lillesand"].pk)
    assert BudgetEntry.objects.count() == 0


def test_progress_takes_status_and_text_only(made: World) -> None:
    """B-15."""
    version = made.adopted()
    (line,) = queries.lines_of(version)
    by: dict[str, Any] = {"now": at(NEW_YEAR), "plan_id": version.plan_id, "line_key": line.line_key}
    lead = made.actor("it_lead", NEW_YEAR)
    with pytest.raises(Refused):
        actions.record_progress(actor=made.actor("unit_manager"), **by, state="paused", happened_on=NEW_YEAR)
    with pytest.raises(Conflict, match="ikke startet"):
        actions.record_progress(actor=lead, **by, state="started", happened_on=NEW_YEAR)
    with pytest.raises(Invalid):
        actions.record_progress(actor=lead, **by, state="paused", happened_on=date(2026, 1, 3))
    actions.record_progress(actor=lead, **by, state="paused", happened_on=NEW_YEAR, note="Venter på anbud.")
    assert [row.note for row in queries.progress_history(version.plan, line)] == ["Venter på anbud."]
    assert logged("plan.progress") == 1


def test_silence_in_a_lederteam_is_waived_and_never_consent(made: World) -> None:
    """B-36, B-44, W1 step 12: no earlier decision than the waiting, and the silence stands in the record."""
    version = made.propose(made.draft())
    lead = made.actor("it_lead")
    casework.plan_meeting(actor=lead, now=at(FORUM), body="samarbeidsorganet", held_on=ADOPTION)
    made.treat(version, "municipal_director:birkenes", "slutter-seg-til", TEAM)
    early = date(2025, 5, 12)
    casework.expire_steps(actor=made.actor("it_lead", early).on_behalf("daily"), now=at(early))
    with pytest.raises(Refused):
        made.treat(version, "cooperation_chair", "vedtatt", early)
    casework.expire_steps(actor=made.actor("it_lead", ADOPTION).on_behalf("daily"), now=at(ADOPTION))
    made.treat(version, "cooperation_chair", "vedtatt", ADOPTION)
    version.refresh_from_db()
    assert version.state == "adopted"
    said = {row.organisation_id: row for row in queries.treatments_of_version(version) if row.body == "lederteam"}
    silent = said[made.organisations["lillesand"].pk]
    assert (silent.effect, silent.automatic, silent.outcome) == ("waived", True, "waived")


def test_a_proposal_sent_back_is_a_draft_again_and_goes_on_in_the_same_case(made: World) -> None:
    """B-37, in a model whose body may return a plan."""
    row = ModelVersion.objects.get()
    text = TEXT.replace(
        "name: Sendt tilbake til digitaliseringsforum, effect: reject", "name: Send tilbake, effect: return", 1
    )
    ModelVersion.objects.update(text=text, sha256=sha256(text.encode()).hexdigest())
    assert text != row.text
    version = made.propose(made.draft())
    case = queries.case_of_version(version)
    for team in ("birkenes", "lillesand"):
        made.treat(version, f"municipal_director:{team}", "slutter-seg-til", TEAM)
    made.treat(version, "cooperation_chair", "tilbake", ADOPTION, reason="For dyrt.")
    version.refresh_from_db()
    assert (version.state, version.content_hash) == ("draft", "")
    (line,) = queries.lines_of(version)
    cheaper = replace(queries.plain(line), costs=(Cost(2026, "operating", "operating_budget", 100_000),))
    actions.save_line(
        actor=made.actor("it_lead", ADOPTION), now=at(ADOPTION), line_id=line.pk, version=None, line=cheaper
    )
    made.propose(version, ADOPTION)
    version.refresh_from_db()
    again = queries.case_of_version(version)
    assert (version.state, again.pk) == ("proposed", case.pk)
    made.treat(version, "cooperation_chair", "vedtatt", ADOPTION)
    version.refresh_from_db()
    assert (version.state, version.number) == ("adopted", 1)


def test_progress_follows_the_measure_into_the_next_plan(made: World) -> None:
    """A measure that has started in one plan has started in the next, where it stands for the same need."""
    need = a_need(made)
    version = made.adopted(made.line(need=need.pk))
    for slot in ("birkenes", "lillesand"):
        budget(made, version, slot)
    start(made, version)
    later = actions.open_draft(actor=made.actor("it_lead", NEW_YEAR), now=at(NEW_YEAR), first_year=2027)
    costs = (Cost(2027, "operating", "operating_budget", 1000),)
    made.add(later, made.line(need=need.pk, costs=costs))
    (line,) = queries.lines_of(later)
    assert queries.started_on(later.plan) == {line.line_key: NEW_YEAR}
    assert queries.progress_of(later.plan)[line.line_key].state == "started"
    assert queries.progress_history(later.plan, line).count() == 1


class TestDecidedWhileAProposalIsTreated:
    def test_the_need_waits_for_the_next_draft(self, made: World) -> None:
        version = made.propose(made.draft())
        need = a_need(made)
        decide(made, need)
        assert queries.lines_of_needs([need.pk]) == {}
        assert queries.needs_without_line(version.plan) == [need.pk]
        for team in ("birkenes", "lillesand"):
            made.treat(version, f"municipal_director:{team}", "slutter-seg-til", TEAM)
        made.treat(version, "cooperation_chair", "vedtatt", ADOPTION)
        revision = actions.open_draft(
            actor=made.actor("it_lead", ADOPTION), now=at(ADOPTION), first_year=2026, reason="Nytt behov."
        )
        assert titles(revision) == ["Felles meldingsløsning", need.title]
        assert queries.needs_without_line(version.plan) == []

    def test_with_a_draft_open_it_goes_straight_in(self, made: World) -> None:
        version = made.draft()
        need = a_need(made)
        decide(made, need)
        assert titles(version) == ["Felles meldingsløsning", need.title]


def a_need(made: World) -> Need:
    """A need that has been sent in."""
    lead = made.who("it_lead")
    need = Need(
        title="Varsling ved fall", need="Vi får ikke vite om fall.", affected="40", effect="Trygghet", number=1,
        state=NeedState.SUBMITTED, submitter=lead, organisation=made.organisations["birkenes"], submitted_at=at(FORUM),
        operating_cost=50_000,
    )  # fmt: skip
    need.save()
    return need


def decide(made: World, need: Need) -> None:
    """The forum takes the need in."""
    case = casework.open_case(
        actor=made.actor("it_lead"), now=at(FORUM), subject_kind="need", subject_id=need.pk, path="innspill",
        title=need.title, facts={}, organisations=[need.organisation_id],
    )  # fmt: skip
    CaseStep.objects.filter(case=case).update(state=StepState.DONE)
    step = CaseStep(
        case=case, step="forum", name="Behandling i forumet", kind="propose", order=9, opened_on=FORUM,
        actor_body="digitaliseringsforum",
    )  # fmt: skip
    step.save()
    casework.treat(
        actor=made.actor("it_lead"),
        now=at(FORUM),
        case_step_id=step.pk,
        version=step.version,
        outcome="inn",
        text="Inn.",
    )
