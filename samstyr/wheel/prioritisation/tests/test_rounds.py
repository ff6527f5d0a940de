"""Rounds from opening to closing: what the criteria decide, who scores, what is hidden, and what stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samstyr.foundation.audit.models import AuditDetail, AuditEvent
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.organisations.models import Substitution
from samstyr.wheel.needs.models import NeedState
from samstyr.wheel.prioritisation import actions, queries
from samstyr.wheel.prioritisation.models import Consensus, Entry, Round, Score, ScorerNote

from .factories import CHIEF, COARSE, DAY, EMPLOYEE, IDEAS, LEADER, SECTORS, TEXT, TOTALS, World, at, coarse

FINE = {
    "kostnad": "lav", "gevinst.kunde": "middels", "gevinst.virksomhet": "hoy", "gjennomforing.redesign": "middels",
    "gjennomforing.ressurser": "middels", "gjennomforing.teknisk": "hoy", "risiko": "lav",
}  # fmt: skip


def logged(name: str) -> int:
    return AuditEvent.objects.filter(action=name).count()


def faults(caught: pytest.ExceptionInfo[Invalid]) -> set[str]:
    return {error.field for error in caught.value.errors}


def ranking(row: Round, day: date = DAY) -> list[tuple[int | None, str]]:
    return [(one.rank, one.entry.title) for one in queries.results(row, day).ranked]


def test_a_round_keeps_the_criteria_it_was_opened_with(made: World) -> None:
    """G-73, G-101: a later change of weights leaves the round as it was."""
    row = made.closed()
    changed = TEXT.replace("weight: 40, polarity: positive}", "weight: 35, polarity: positive}", 1).replace(
        "weight: 30, polarity", "weight: 35, polarity", 1
    )
    made.adopt(changed, date(2026, 5, 13))
    sheet = queries.sheet_of_round(Round.objects.get(pk=row.pk))
    assert dict(sheet.weights) == {"strategisk": 40, "gevinst": 30, "eier": 15, "nytt": 15}
    assert row.model_key == "gjovik@1"
    later = made.round(made.need("En til"), day=date(2026, 5, 14))
    assert dict(queries.sheet_of_round(later).weights)["strategisk"] == 35
    assert later.model_key == "gjovik@2"


def test_weights_that_are_not_a_hundred_and_questions_without_polarity_are_refused(made: World) -> None:
    """G-103, G-109, I-07: 40/30/20/15 is 105."""
    broken = TEXT.replace("forplikter ressurser, weight: 15", "forplikter ressurser, weight: 20", 1)
    made.adopt(broken.replace("weight: 30, polarity: positive", "weight: 30", 1))
    with pytest.raises(Invalid) as caught:
        made.round(made.need("A"))
    words = [str(error) for error in caught.value.errors]
    assert any("105" in text for text in words)
    assert any("høyt nivå" in text for text in words)
    assert not Round.objects.exists()


def test_the_model_must_have_the_stage(made: World) -> None:
    with pytest.raises(Conflict):
        made.round(made.need("A"), stage="ukjent")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"year": 2050}, "year"),
        ({"capacity": 0}, "capacity"),
        ({"due_on": date(2026, 5, 1)}, "due_on"),
        ({"scorers": ()}, "scorers"),
        ({"scorers": ("ukjent",)}, "scorers"),
    ],
)
def test_every_detail_is_judged(made: World, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        made.round(made.need("A"), **values)
    assert faults(caught) == {field}


def test_only_those_who_edit_plans_open_rounds_and_only_of_needs_they_read(made: World) -> None:
    need = made.need("A")
    with pytest.raises(Refused):
        actions.open_round(
            **made.by("helse"), name="B", year=2027, stage="grov", need_ids=(need.pk,), scorers=("sektorleder",)
        )
    with pytest.raises(NotFound):
        made.round(made.need("Utkast", state=NeedState.DRAFT, number=None))
    with pytest.raises(Invalid) as caught:
        actions.open_round(**made.by(), name="B", year=2027, stage="grov", need_ids=(), scorers=("sektorleder",))
    assert faults(caught) == {"needs"}
    made.round(need, name="Runden")
    with pytest.raises(Invalid) as caught:
        made.round(need, name="Runden")
    assert faults(caught) == {"name"}


def test_only_the_rounds_scorers_score(made: World) -> None:
    row = made.round()
    entry = made.entry(row, "Innbyggerportal")
    for who in (CHIEF, LEADER, EMPLOYEE):
        with pytest.raises(Refused):
            made.score(entry, {"nytt": "lav"}, who)
    made.score(entry, {"nytt": "lav"})
    assert Score.objects.get().person == made.people["helse"]
    assert logged("round.scored") == 1


def test_a_sheet_is_kept_as_it_is_filled_in(made: World) -> None:
    row = made.round()
    entry = made.entry(row, "Innbyggerportal")
    made.score(entry, {"nytt": "hoy"}, note=" Ny tjeneste. ")
    made.score(entry, {"gevinst": "lav"})
    made.score(entry, {"gevinst": "hoy"})
    (found,) = [one for one in queries.sheet_of(row, made.people["helse"].pk) if one.entry == entry]
    assert (found.levels, found.note, found.done) == ({"nytt": "hoy", "gevinst": "hoy"}, "Ny tjeneste.", False)
    made.score(entry, {"gevinst": ""}, note="")
    assert set(Score.objects.values_list("question", flat=True)) == {"nytt"}
    assert ScorerNote.objects.get().text == ""
    for wrong in ({"ukjent": "lav"}, {"nytt": "ukjent"}):
        with pytest.raises(Invalid):
            made.score(entry, wrong)
    with pytest.raises(Invalid):
        made.score(entry, {}, note="x" * 6_000)


def test_progress_tells_who_is_missing_and_who_is_away(made: World) -> None:
    """G-102."""
    row = made.round()
    entry = made.commit(made.entry(row, "Innbyggerportal"))
    made.score(entry, coarse((3, 3, 2, 3)))
    Substitution(
        person=made.people["kultur"], substitute=made.people["samfunn"], starts_on=DAY, ends_on=DAY, note="Ferie"
    ).save()
    found = {one.scorer.person.name: one for one in queries.progress_of(row, DAY)}
    assert len(found) == len(SECTORS)
    own = found[made.people["helse"].name]
    assert (own.done, own.size, own.missing) == (1, 5, True)
    away = found[made.people["kultur"].name]
    assert (away.scorer.away, away.scorer.stand_ins) == (True, (made.people["samfunn"].name,))


def test_nobody_sees_what_others_have_said_before_it_is_shown(made: World) -> None:
    row = made.round()
    entry = made.entry(row, "Innbyggerportal")
    made.score(entry, {"nytt": "hoy"}, note="Hemmelig")
    assert queries.said_of(row, [entry.pk]) == {}
    assert queries.notes_of(row, entry.pk) == []
    assert queries.sheet_rows(row, made.people["kultur"].pk, [entry])[0].levels == {}
    trail = [str(row.details) for row in AuditDetail.objects.all() if row.details["label"] == entry.title]
    assert len(trail) == 1
    assert not [text for text in trail if "Hemmelig" in text or "hoy" in text]
    with pytest.raises(Conflict):
        actions.set_consensus(**made.by(), entry_id=entry.pk, levels={"nytt": "hoy"})
    with pytest.raises(Conflict):
        actions.accept_unanimous(**made.by(), round_id=row.pk, version=None)
    with pytest.raises(Conflict):
        made.close(row)
    row = made.reveal(row)
    assert queries.said_of(row, [entry.pk])[entry.pk]["nytt"].by_level == {"hoy": (made.people["helse"].name,)}
    assert [note.text for note in queries.notes_of(row, entry.pk)] == ["Hemmelig"]
    with pytest.raises(Conflict):
        made.reveal(row)
    made.score(entry, {"nytt": "middels"})


def test_whoever_stands_aside_is_left_out_of_that_need(made: World) -> None:
    row = made.round()
    entry, other = made.entry(row, "Innbyggerportal"), made.entry(row, "Åpne data fra byen")
    made.score(entry, {"nytt": "hoy"})
    with pytest.raises(Invalid):
        actions.stand_aside(**made.by("helse"), entry_id=entry.pk, reason=" ")
    actions.stand_aside(**made.by("helse"), entry_id=entry.pk, reason="Jeg har meldt det inn.")
    assert not Score.objects.exists()
    with pytest.raises(Conflict):
        made.score(entry, {"nytt": "hoy"})
    made.score(other, {"nytt": "hoy"})
    assert queries.done_by(row) == {made.people["helse"].pk: 1}
    actions.step_in(**made.by("helse"), entry_id=entry.pk)
    made.score(entry, {"nytt": "hoy"})
    with pytest.raises(Conflict):
        actions.step_in(**made.by("helse"), entry_id=entry.pk)


def test_what_differs_from_most_needs_a_reason(made: World) -> None:
    row = made.round()
    entry = made.entry(row, "Innbyggerportal")
    for who, level in (("helse", "hoy"), ("kultur", "hoy"), ("oppvekst", "lav")):
        made.score(entry, {"nytt": level}, who)
    made.reveal(row)
    say = {**made.by(), "entry_id": entry.pk}
    with pytest.raises(Invalid) as caught:
        actions.set_consensus(**say, levels={"nytt": "lav"})
    assert faults(caught) == {"nytt"}
    actions.set_consensus(**say, levels={"nytt": "hoy"})
    version = Entry.objects.get(pk=entry.pk).version
    actions.set_consensus(**say, version=version, levels={"nytt": "lav"}, reasons={"nytt": "Løsningen finnes alt."})
    cell = Consensus.objects.get()
    assert (cell.level, cell.reason) == ("lav", "Løsningen finnes alt.")
    with pytest.raises(Conflict):
        actions.set_consensus(**say, version=version, levels={"nytt": "hoy"})
    actions.set_consensus(**say, levels={"nytt": ""})
    assert not Consensus.objects.exists()
    with pytest.raises(Invalid):
        actions.set_consensus(**say, levels={"nytt": "ukjent"})


def test_what_all_have_said_alike_is_agreed_on_at_once(made: World) -> None:
    row = made.scored()
    made.score(made.entry(row, "Innbyggerportal"), {"nytt": "lav"}, "kultur")
    row = made.reveal(row)
    row = actions.accept_unanimous(**made.by(), round_id=row.pk, version=row.version)
    assert Consensus.objects.count() == len(IDEAS) * len(COARSE) - 1
    assert Entry.objects.filter(consensus__question="nytt").count() == len(IDEAS) - 1


def test_a_level_that_asks_for_evidence_is_refused_without_it(made: World) -> None:
    """G-105, G-107: for the scorers, and for what is agreed on."""
    row = made.round(made.need("Uten mål", goals=()))
    entry = made.entry(row, "Uten mål")
    with pytest.raises(Invalid) as caught:
        made.score(entry, {"strategisk": "middels", "eier": "hoy"})
    assert faults(caught) == {"strategisk", "eier"}
    made.score(entry, {"strategisk": "lav", "eier": "middels"})
    made.reveal(row)
    with pytest.raises(Invalid):
        actions.set_consensus(**made.by(), entry_id=entry.pk, levels={"eier": "hoy"}, reasons={"eier": "Ny eier."})
    made.commit(entry)
    actions.set_consensus(**made.by(), entry_id=entry.pk, levels={"eier": "hoy"}, reasons={"eier": "Ny eier."})
    assert Consensus.objects.get().reason == "Ny eier."


def test_the_five_ideas_are_ranked_as_by_hand(made: World) -> None:
    """G-104..G-108, I-08, walk W3: 2,85, 2,40, 2,25, 2,25, 1,90; the tie is broken by the criteria's order."""
    row = made.closed(made.round(capacity=3))
    found = queries.results(row, DAY)
    assert {one.entry.title: one.ranked.total.shown for one in found.ranked if one.ranked} == TOTALS
    assert [one.entry.title for one in found.ranked] == list(IDEAS)
    passed = [one.entry.title for one in queries.over_the_line(row, found)]
    assert passed == list(IDEAS)[:3]
    assert logged("round.closed") == 1


def test_three_of_four_is_not_ranked_and_stops_a_mandatory_stage(made: World) -> None:
    """G-104, I-09."""
    row = made.agreed()
    entry = made.entry(row, "Innbyggerportal")
    actions.set_consensus(**made.by(), entry_id=entry.pk, levels={"nytt": ""})
    assert "Innbyggerportal" not in [title for _place, title in ranking(row)]
    with pytest.raises(Invalid) as caught:
        made.close(row)
    assert "Innbyggerportal" in str(caught.value)
    with pytest.raises(Invalid):
        actions.leave_out(**made.by(), entry_id=entry.pk, version=None, reason="")
    actions.leave_out(**made.by(), entry_id=entry.pk, version=None, reason="Venter på leverandøren.")
    actions.take_back(**made.by(), entry_id=entry.pk, version=None)
    with pytest.raises(Conflict):
        actions.take_back(**made.by(), entry_id=entry.pk, version=None)
    actions.leave_out(**made.by(), entry_id=entry.pk, version=None, reason="Venter på leverandøren.")
    row = made.close(row)
    found = queries.results(row, DAY)
    assert [one.entry.title for one in found.left_out] == ["Innbyggerportal"]
    assert len(found.ranked) == 4


def test_a_closed_round_stands_until_it_is_opened_with_a_reason(made: World) -> None:
    row = made.closed()
    entry = made.entry(row, "Innbyggerportal")
    with pytest.raises(Conflict):
        made.score(entry, {"nytt": "lav"})
    with pytest.raises(Conflict):
        actions.set_consensus(**made.by(), entry_id=entry.pk, levels={"nytt": "lav"})
    with pytest.raises(Conflict):
        made.close(row)
    with pytest.raises(Invalid):
        actions.reopen(**made.by(), round_id=row.pk, version=row.version, reason="")
    row = actions.reopen(**made.by(), round_id=row.pk, version=row.version, reason="Feil i tallene.")
    assert row.state == "revealed"
    made.score(entry, {"nytt": "lav"})
    with pytest.raises(Conflict):
        actions.reopen(**made.by(), round_id=row.pk, version=None, reason="En gang til.")


def test_a_later_stage_takes_what_passed_the_earlier_with_a_reason(made: World) -> None:
    """G-110..G-115, walk W3: 2,63 for the robot."""
    first = made.agreed(made.round(capacity=3))
    robot, below = made.entry(first, "Robotisert rutinearbeid").need, made.entry(first, "Flyt av sykemeldinger").need
    later = {"stage": "fin", "previous": first.pk, "reason": "For mange kom over streken."}
    with pytest.raises(Invalid) as caught:
        made.round(robot, **later)
    assert faults(caught) == {"previous"}
    first = made.close(first)
    for wrong, field in (
        ({"reason": ""}, "reason"),
        ({"previous": None}, "previous"),
    ):
        with pytest.raises(Invalid) as caught:
            made.round(robot, **{**later, **wrong})
        assert faults(caught) == {field}
    with pytest.raises(Invalid) as caught:
        made.round(robot, below, **later)
    assert faults(caught) == {"needs"}
    with pytest.raises(Invalid) as caught:
        made.round(robot, previous=first.pk)
    assert faults(caught) == {"previous"}
    second = made.round(robot, **later)
    with pytest.raises(Invalid):
        actions.add_needs(**made.by(), round_id=second.pk, need_ids=(below.pk,))
    with pytest.raises(Conflict):
        actions.reopen(**made.by(), round_id=first.pk, version=None, reason="Feil.")
    second = made.reveal(second)
    actions.set_consensus(**made.by(), entry_id=second.entries.get().pk, levels=FINE)
    (found,) = queries.results(second, DAY).ranked
    assert found.ranked is not None
    assert found.ranked.total.shown == "2,63"


def test_assessments_age_and_are_renewed(made: World) -> None:
    """G-73, I-08: thirteen months later they no longer count."""
    row = made.closed()
    needs = [entry.need_id for entry in queries.entries_of(row)]
    later = date(2027, 6, 12)
    assert len(queries.value_of_needs(needs, DAY)) == 5
    assert queries.value_of_needs(needs, later) == {}
    assert len(queries.value_of_needs(needs)) == 5
    assert all(one.expired for one in queries.results(row, later).ranked)
    assert {one.expires for one in queries.results(row, DAY).ranked} == {date(2027, 5, 12)}
    row = actions.reopen(**made.by(day=later), round_id=row.pk, version=row.version, reason="Fornyes.")
    entry = made.entry(row, "Innbyggerportal")
    actions.set_consensus(**made.by(day=later), entry_id=entry.pk, levels=coarse(IDEAS["Innbyggerportal"]))
    made.close(row, later)
    assert queries.value_of_needs(needs, later) == {entry.need_id: 9_250}


def test_the_newest_closed_round_gives_the_value(made: World) -> None:
    row = made.closed()
    need = made.entry(row, "Innbyggerportal").need
    assert queries.value_of_needs([need.pk], DAY) == {need.pk: 9_250}
    later = date(2026, 5, 20)
    again = made.reveal(made.round(need, day=later))
    entry = again.entries.get()
    actions.set_consensus(**made.by(day=later), entry_id=entry.pk, levels=coarse((1, 1, 1, 1)))
    assert queries.value_of_needs([need.pk], later) == {need.pk: 9_250}
    made.close(again, later)
    assert queries.value_of_needs([need.pk], later) == {need.pk: 0}
    assert [one.round.pk for one in queries.standing_of_need(need.pk)] == [again.pk, row.pk]


def test_needs_come_and_go_while_the_round_is_open(made: World) -> None:
    row = made.round(made.need("A"))
    extra = made.need("B")
    actions.add_needs(**made.by(), round_id=row.pk, need_ids=(extra.pk,))
    with pytest.raises(Invalid):
        actions.add_needs(**made.by(), round_id=row.pk, need_ids=(extra.pk,))
    made.score(made.entry(row, "A"), {"nytt": "lav"})
    with pytest.raises(Conflict):
        actions.remove_need(**made.by(), entry_id=made.entry(row, "A").pk, version=None)
    actions.remove_need(**made.by(), entry_id=made.entry(row, "B").pk, version=None)
    assert [entry.title for entry in queries.entries_of(row)] == ["A"]


def test_a_rounds_details_can_change_but_not_its_criteria(made: World) -> None:
    row = made.round(made.need("A"))
    values = {"round_id": row.pk, "name": "Nytt navn", "scorers": ("sektorleder", "seat:ledergruppen")}
    changed = actions.change_round(**made.by(), version=row.version, capacity=7, due_on=date(2026, 6, 1), **values)
    assert (changed.name, changed.capacity, changed.scorers) == ("Nytt navn", 7, list(values["scorers"]))
    with pytest.raises(Conflict):
        actions.change_round(**made.by(), version=row.version, **values)
    made.round(made.need("B"), name="Den andre")
    with pytest.raises(Invalid):
        actions.change_round(**made.by(), version=None, **{**values, "name": "Den andre"})


def test_focus_areas_are_the_models(made: World) -> None:
    row = made.round(made.need("A"))
    entry = made.entry(row, "A")
    with pytest.raises(Invalid):
        actions.describe_entry(**made.by(), entry_id=entry.pk, version=None, focus_area="ukjent")
    entry = actions.describe_entry(**made.by(), entry_id=entry.pk, version=entry.version, kind="new")
    assert entry.kind == "new"


def test_who_reads_rounds(made: World) -> None:
    row = made.round(made.need("A"))
    assert {name for name in (*SECTORS, LEADER, CHIEF, EMPLOYEE) if queries.may_read(made.actor(name), row)} == {
        *SECTORS, LEADER, CHIEF,
    }  # fmt: skip
    assert queries.visible_to(made.actor(EMPLOYEE)) == []
    assert [one.pk for one in queries.visible_to(made.actor("helse"))] == [row.pk]


def test_results_ask_as_much_for_many_as_for_few(made: World, django_assert_num_queries: Any) -> None:
    row = made.agreed(made.round(*made.ideas(), *(made.need(f"Behov {number}") for number in range(20))))
    with django_assert_num_queries(2):
        queries.results(row, DAY)
    assert at(DAY).hour == 11
