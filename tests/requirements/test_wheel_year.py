"""A year of its own: made, moved with all that hangs on it, told, taken back, and judged (B-38, B-39, G-69, G-82, D-29)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.outward.notices import actions as notices
from samstyr.outward.notices.models import Notice
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.queries import own_deadlines
from samstyr.procedure.casework.queries.hanging import Shift, moved_by
from samstyr.procedure.year import actions, queries
from samstyr.procedure.year.models import PeriodMove, YearPeriod
from samstyr.procedure.year.rules.findings import YearFacts, faults
from samstyr.procedure.year.rules.standing import Standing, days_of_duty, next_due
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs import queries as need_queries
from samstyr.wheel.needs.models import IntakeCall
from tests.requirements.du_world import Du, committee_of_the_regions
from tests.requirements.joint import INTAKE, Joint, at, joint

BUNDLES = Path("samstyr/foundation/governance/bundles")
DIRECTOR = "sector_director:birkenes:helse"


@pytest.fixture
def made(db: None) -> Iterator[Joint]:
    with joint() as ready:
        yield ready


def by(made: Joint, who: str = "it_lead", day: date = INTAKE) -> dict[str, Any]:
    return {"actor": made.actor(who, day), "now": at(day)}


def period(key: str, wheel: str = "") -> YearPeriod:
    row: YearPeriod = YearPeriod.objects.get(key=key, wheel=wheel, of__year=2025)
    return row


def move(made: Joint, key: str, first: date, last: date, day: date = INTAKE, **more: Any) -> YearPeriod:
    row = period(key)
    given = {"period_id": row.pk, "version": row.version, "starts_on": first, "ends_on": last, "reason": "Påsken"}
    return actions.move_period(**by(made, day=day), **{**given, **more})


def model(name: str) -> GovernanceModel:
    return load_text((BUNDLES / f"{name}.yaml").read_text(encoding="utf-8")).require()


def told(kind: str) -> list[tuple[str, str]]:
    return sorted(Notice.objects.filter(kind=kind).values_list("person__name", "what"))


class TestMaking:
    def test_the_years_periods_are_the_models_and_those_laid_over(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        rows = [(row.wheel, row.key, row.starts_on, row.ends_on) for row in queries.periods_of(2025)]
        assert rows[0] == ("", "februar", date(2025, 2, 1), date(2025, 2, 28))
        assert ("budsjettaarshjul", "rammer", date(2025, 6, 1), date(2025, 8, 31)) in rows
        assert period("mars").owner_role == "sector_director"
        assert [one.name for one in period("februar").activities.all()] == [
            "Godkjente prosjekter med budsjettdekning kan starte fra januar"
        ]

    def test_once_and_by_those_who_keep_the_year(self, made: Joint) -> None:
        with pytest.raises(Refused):
            actions.make_year(**by(made, DIRECTOR), year=2025)
        actions.make_year(**by(made), year=2025)
        with pytest.raises(Conflict):
            actions.make_year(**by(made), year=2025)
        with pytest.raises(Invalid):
            actions.make_year(**by(made), year=2050)

    def test_a_year_that_is_not_made_is_as_the_model_lays_it(self, made: Joint) -> None:
        found = queries.placed(model("birkenes-lillesand"), 2025)
        assert [(one.laid.key, one.row) for one in found[:2]] == [("februar", None), ("mars", None)]

    def test_a_period_over_the_turn_of_the_year_stands_in_both(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        move(made, "budsjett", date(2025, 6, 1), date(2026, 1, 20))
        keys = [one.laid.key for one in queries.placed(model("birkenes-lillesand"), 2026)]
        assert keys.count("budsjett") == 2


class TestMoving:
    def test_open_deadlines_move_along_and_their_holders_are_told_old_and_new(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        need = made.need()
        before = made.step(need)
        assert before.due_on == date(2025, 3, 31)
        shift = Shift("mars", 2025, (date(2025, 3, 1), date(2025, 3, 31)), (date(2025, 3, 1), date(2025, 4, 11)))
        assert [(one.row.pk, one.due.on) for one in moved_by(shift)] == [(before.pk, date(2025, 4, 11))], (
            "told beforehand"
        )
        move(made, "mars", date(2025, 3, 1), date(2025, 4, 11))
        assert made.step(need).due_on == date(2025, 4, 11)
        assert told("deadline") == [(DIRECTOR, f"{before.name}, fra 31.03.2025 til 11.04.2025")]
        assert (DIRECTOR, "01.03.2025–31.03.2025 → 01.03.2025–11.04.2025") in told("period")
        assert "service:birkenes" not in {who for who, _what in told("period") + told("deadline")}

    def test_what_comes_after_is_reckoned_by_the_new_days(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        move(made, "mars", date(2025, 3, 3), date(2025, 4, 4))
        assert made.step(made.need()).due_on == date(2025, 4, 4)

    def test_the_last_move_is_taken_back_with_its_deadlines_and_told_again(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        need = made.need()
        move(made, "mars", date(2025, 3, 1), date(2025, 4, 11))
        last = queries.last_move(period("mars").pk)
        assert last is not None
        actions.undo_move(**by(made), move_id=last.pk)
        assert (period("mars").moved, made.step(need).due_on) == (False, date(2025, 3, 31))
        assert len(told("deadline")) == 2
        for again in (last, PeriodMove.objects.get(undoes=last)):
            with pytest.raises(Conflict):
                actions.undo_move(**by(made), move_id=again.pk)

    def test_one_moved_to_end_before_a_step_opened_is_not_put_off_a_year(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        need = made.need(day=date(2025, 3, 20))
        move(made, "mars", date(2025, 3, 1), date(2025, 3, 19), day=date(2025, 3, 21))
        assert made.step(need).due_on == date(2025, 3, 19)

    def test_another_wheels_period_moves_nothing_of_ours(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        need, row = made.need(), period("rammer", "budsjettaarshjul")
        actions.move_period(
            **by(made), period_id=row.pk, version=row.version, starts_on=date(2025, 4, 1), ends_on=date(2025, 5, 1),
            reason="Kommunen har satt ny frist",
        )  # fmt: skip
        assert made.step(need).due_on == date(2025, 3, 31)

    @pytest.mark.parametrize(
        ("first", "last", "more", "field"),
        [
            (date(2024, 12, 1), date(2025, 3, 31), {}, "starts_on"),
            (date(2025, 3, 31), date(2025, 3, 1), {}, "ends_on"),
            (date(2025, 3, 1), date(2027, 1, 1), {}, "ends_on"),
            (date(2025, 3, 1), date(2025, 3, 31), {}, "starts_on"),
            (date(2025, 3, 1), date(2025, 4, 1), {"reason": " "}, "reason"),
            (date(2025, 3, 1), date(2025, 4, 1), {"reason": "x" * 3000}, "reason"),
        ],
    )
    def test_what_cannot_be_is_told_at_its_field(
        self, made: Joint, first: date, last: date, more: dict[str, Any], field: str
    ) -> None:
        actions.make_year(**by(made), year=2025)
        with pytest.raises(Invalid) as told_of:
            move(made, "mars", first, last, **more)
        assert field in {error.field for error in told_of.value.errors}

    def test_only_who_keeps_the_year_moves_and_nobody_overwrites(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        row = period("mars")
        with pytest.raises(Refused):
            actions.move_period(
                **by(made, DIRECTOR), period_id=row.pk, version=1, starts_on=date(2025, 3, 1),
                ends_on=date(2025, 4, 1), reason="Påsken",
            )  # fmt: skip
        move(made, "mars", date(2025, 3, 1), date(2025, 4, 1))
        with pytest.raises(Conflict):
            move(made, "mars", date(2025, 3, 1), date(2025, 4, 2), version=1)
        with pytest.raises(NotFound):
            actions.undo_move(**by(made), move_id=row.pk)


def test_b_40_g_79_a_moved_intake_opens_and_closes_and_those_asked_get_its_new_last_day(made: Joint) -> None:
    actions.make_year(**by(made), year=2025)
    unit = made.units["birkenes:hjemme"]
    needs.open_intake(**by(made, "representative:birkenes:helse"), units=(unit.pk,), due_on=date(2025, 2, 28))
    move(made, "februar", date(2025, 2, 1), date(2025, 3, 7))
    window = need_queries.intake_window(INTAKE)
    assert window is not None and window.ends_on == date(2025, 3, 7)
    assert [call.due_on for call in IntakeCall.objects.all()] == [date(2025, 3, 7)]
    assert ("service:birkenes", "Innspill fra tjenesten, fra 28.02.2025 til 07.03.2025") in told("deadline")
    assert "representative:lillesand:kultur" in {who for who, _what in told("period")}, "those who gather needs"
    assert made.need(day=date(2025, 3, 7)).late is False
    assert made.need(day=date(2025, 3, 8)).late is True


class TestStanding:
    def test_the_owner_says_what_is_done_and_nobody_else(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        row, day = period("mars"), date(2025, 3, 20)
        done = actions.save_period(
            **by(made, DIRECTOR, day), period_id=row.pk, version=1, done_on=day, dropped=False, note="Alt er sendt."
        )
        assert (done.done_on, done.note) == (day, "Alt er sendt.")
        with pytest.raises(Refused):
            actions.save_period(
                **by(made, "service:birkenes", day), period_id=row.pk, version=2, done_on=None, dropped=False, note=""
            )
        for wrong in (
            {"done_on": date(2025, 3, 21), "dropped": False, "note": ""},
            {"done_on": None, "dropped": True, "note": ""},
            {"done_on": day, "dropped": True, "note": "Nei"},
        ):
            with pytest.raises(Invalid):
                actions.save_period(**by(made, DIRECTOR, day), period_id=row.pk, version=2, **wrong)

    def test_an_activity_is_ticked_off_and_the_tick_taken_away(self, made: Joint) -> None:
        actions.make_year(**by(made), year=2025)
        activity = period("februar").activities.get()
        who = "representative:birkenes:helse"
        row = actions.save_activity(**by(made, who), activity_id=activity.pk, version=1, done=True)
        assert row.done_on == INTAKE
        assert actions.save_activity(**by(made, who), activity_id=activity.pk, version=2, done=False).done_on is None
        with pytest.raises(Refused):
            actions.save_activity(**by(made, DIRECTOR), activity_id=activity.pk, version=3, done=True)


def test_g_69_a_year_without_measurement_or_prioritisation_is_an_error() -> None:
    found = model("gjovik")
    empty = faults(found, YearFacts({}, {}, {}), date(2027, 12, 31))
    assert [str(one.message) for one in empty if one.severity == "error"] == [
        "Året mangler måling, som hvert år skal ha.",
        "Året mangler idémyldring, som hvert år skal ha.",
        "Året mangler prioritering, som hvert år skal ha.",
    ]
    full = {("", key): (date(2027, 1, 15), date(2027, 2, 28)) for key in ("maling", "idemyldring", "prioritering")}
    missed = YearFacts(full, {"maling": Standing.MISSED}, {"ledergruppen": [date(2027, 2, 1)]})
    told_of = [str(one.message) for one in faults(found, missed, date(2027, 12, 31)) if one.severity == "error"]
    assert told_of == ["Året mangler måling, som hvert år skal ha."]


def test_g_69_a_model_that_asks_for_what_its_wheel_lacks_is_found_wrong() -> None:
    text = (BUNDLES / "gjovik.yaml").read_text(encoding="utf-8")
    broken = load_text(text.replace("kind: measure, ", "")).require()
    assert ("S-36", "error") in {(item.code, item.severity) for item in lint(broken)}
    assert "S-36" not in {item.code for item in lint(model("gjovik"))}


def test_g_75_each_activity_has_its_letter_in_the_circle_of_improvement() -> None:
    wheel = model("gjovik").wheel
    assert wheel is not None
    assert {one.key: one.pdca for one in wheel.periods} == {
        "maling": "check", "idemyldring": "act", "prioritering": "plan", "prosjekt": "do",
    }  # fmt: skip


def test_g_82_b_38_a_move_past_what_the_budget_waits_for_is_warned_of(made: Joint) -> None:
    actions.make_year(**by(made), year=2025)
    shipped = model("birkenes-lillesand")

    def warnings() -> list[str]:
        spans = {(one.laid.wheel, one.laid.key): one.span for one in queries.placed(shipped, 2025)}
        facts = YearFacts(
            spans, {}, {"digitaliseringsforum": [date(2025, 4, 20)], "samarbeidsorganet": [date(2025, 5, 20)]}
        )
        return [str(one.message) for one in faults(shipped, facts, INTAKE)]

    assert warnings() == []
    row = period("rammer", "budsjettaarshjul")
    actions.move_period(
        **by(made),
        period_id=row.pk,
        version=1,
        starts_on=date(2025, 4, 1),
        ends_on=date(2025, 5, 1),
        reason="Tidligere",
    )
    (warning,) = warnings()
    assert "slutter 31.05.2025. Det er for sent for «Innspill til rammer» i Budsjettårshjulet" in warning
    move(made, "april", date(2025, 2, 1), date(2025, 2, 28))
    assert any("ligger før «Kommunalsjef vurderer" in one for one in warnings())


def test_a_bodys_own_period_without_a_meeting_is_warned_of() -> None:
    shipped = model("birkenes-lillesand")
    spans = {("", "april"): (date(2025, 4, 1), date(2025, 4, 30))}
    (warning,) = faults(shipped, YearFacts(spans, {}, {}), INTAKE)
    assert "har ikke noe møte i perioden" in str(warning.message)
    assert faults(shipped, YearFacts(spans, {}, {"digitaliseringsforum": [date(2025, 4, 24)]}), INTAKE) == []
    assert faults(shipped, YearFacts(spans, {}, {}), date(2025, 5, 1)) == [], "what is over is past mending"


class TestDeadlinesBeforeAnotherBody:
    @pytest.fixture
    def du(self, db: None) -> Iterator[Du]:
        with committee_of_the_regions() as ready:
            yield ready

    def own(self) -> list[tuple[date, bool]]:
        found = own_deadlines.own_deadlines(model("ks-du"), date(2022, 1, 1), date(2022, 12, 31))
        return [(one.due_on, one.meeting.cancelled) for one in found]

    def test_d_29_each_meeting_of_the_council_gives_the_committee_a_deadline_that_moves_with_it(self, du: Du) -> None:
        days = (date(2022, 3, 30), date(2022, 6, 15), date(2022, 9, 14), date(2022, 12, 7))
        rows = [casework.plan_meeting(**du.by(), body="kommit-radet", held_on=day) for day in days]
        assert [day for day, _off in self.own()] == [
            date(2022, 3, 16), date(2022, 5, 31), date(2022, 8, 31), date(2022, 11, 23),
        ]  # fmt: skip
        Notice.objects.all().delete()
        casework.move_meeting(**du.by(), meeting_id=rows[1].pk, version=None, held_on=date(2022, 6, 22))
        assert self.own()[1] == (date(2022, 6, 8), False)
        assert ("trondelag", "Utvalgets råd er klare, fra 31.05.2022 til 08.06.2022") in told("deadline")
        assert "radet_leder" not in {who for who, _what in told("deadline")}
        Notice.objects.all().delete()
        casework.cancel_meeting(**du.by(), meeting_id=rows[3].pk, version=None)
        assert ("agder", "Utvalgets råd er klare hadde frist 23.11.2022, som faller bort") in told("deadline")
        assert self.own()[3] == (date(2022, 11, 23), True)

    def test_a_deadline_before_ones_own_meetings_is_found_wrong(self) -> None:
        text = (BUNDLES / "ks-du.yaml").read_text(encoding="utf-8")
        broken = load_text(text.replace("body: kommit-radet, working_days: 10", "body: du, working_days: 10")).require()
        assert ("S-36", "error") in {(item.code, item.severity) for item in lint(broken)}


class TestDuties:
    DUTIES = """
  duties:
    - {key: register, name: Kontaktregisteret, available_from: 2025-01-15, due: 2025-04-01, owner: it_lead}
    - {key: gjennomgang, name: Årlig gjennomgang, due: 2024-03-01, every_months: 12, owner: sector_director}
"""

    @pytest.fixture
    def dutiful(self, made: Joint) -> Joint:
        row = ModelVersion.objects.get()
        text = row.text.replace("\nneed_form:", self.DUTIES + "\nneed_form:", 1)
        ModelVersion.objects.filter(pk=row.pk).update(text=text, sha256=sha256(text.encode()).hexdigest())
        return made

    def next(self, day: date) -> dict[str, tuple[date, int, bool]]:
        found = governance.current_model(day)
        assert found is not None
        return {one.duty.key: (one.due_on, one.days_left, one.overdue) for one in queries.duties_next(found, day)}

    def test_n_051_a_demand_counts_down_is_overdue_and_done(self, dutiful: Joint) -> None:
        assert self.next(INTAKE)["register"] == (date(2025, 4, 1), 57, False)
        assert self.next(date(2025, 4, 2))["register"] == (date(2025, 4, 1), -1, True)
        with pytest.raises(Invalid):
            actions.do_duty(**by(dutiful), duty="register", due_on=date(2025, 4, 1), done_on=date(2025, 1, 14))
        with pytest.raises(Refused):
            actions.do_duty(**by(dutiful, DIRECTOR), duty="register", due_on=date(2025, 4, 1), done_on=INTAKE)
        row = actions.do_duty(**by(dutiful), duty="register", due_on=date(2025, 4, 1), done_on=INTAKE)
        assert "register" not in self.next(INTAKE)
        with pytest.raises(Conflict):
            actions.do_duty(**by(dutiful), duty="register", due_on=date(2025, 4, 1), done_on=INTAKE)
        actions.undo_duty(**by(dutiful), done_id=row.pk)
        assert "register" in self.next(INTAKE)

    def test_one_that_comes_again_has_a_next_day_each_time(self, dutiful: Joint) -> None:
        assert self.next(date(2024, 8, 1))["gjennomgang"] == (date(2024, 3, 1), -153, True)
        assert self.next(INTAKE)["gjennomgang"] == (date(2025, 3, 1), 26, False), "what is long past is history"
        actions.do_duty(**by(dutiful), duty="gjennomgang", due_on=date(2024, 3, 1), done_on=date(2024, 3, 5))
        actions.do_duty(**by(dutiful), duty="gjennomgang", due_on=date(2025, 3, 1), done_on=INTAKE)
        assert self.next(INTAKE)["gjennomgang"][0] == date(2026, 3, 1)
        with pytest.raises(NotFound):
            actions.do_duty(**by(dutiful), duty="gjennomgang", due_on=date(2025, 3, 2), done_on=INTAKE)
        with pytest.raises(NotFound):
            actions.do_duty(**by(dutiful), duty="finnes-ikke", due_on=date(2025, 3, 1), done_on=INTAKE)

    def test_whoever_has_it_is_reminded(self, dutiful: Joint) -> None:
        day = date(2025, 3, 31)
        notices.remind(actor=dutiful.system(day), now=at(day))
        notices.remind(actor=dutiful.system(day), now=at(day))
        people = {name for name, _what in told("duty")}
        assert any(name.startswith("it_lead") for name in people)
        assert Notice.objects.filter(kind="duty", title="Kontaktregisteret").count() == 1

    @pytest.mark.parametrize(
        ("change", "severity"),
        [
            (("available_from: 2014-06-01", "available_from: 2016-06-01"), "error"),
            (("due: 2016-01-01, owner: it_leder", "due: 2016-01-01"), "warning"),
        ],
    )
    def test_n_051_one_that_cannot_be_met_or_that_nobody_has_is_found_wrong(
        self, change: tuple[str, str], severity: str
    ) -> None:
        text = (BUNDLES / "bronnoy.yaml").read_text(encoding="utf-8")
        assert change[0] in text
        broken = load_text(text.replace(*change)).require()
        assert ("S-36", severity) in {(item.code, item.severity) for item in lint(broken)}


def test_a_05_the_calendar_has_the_yearly_revision_with_days_to_go() -> None:
    wheel = model("aurskog-holand").wheel
    assert wheel is not None and wheel.yearly == ("revise",)
    (duty,) = wheel.duties
    assert duty.every_months == 12
    days = days_of_duty(duty, date(2020, 1, 1), date(2021, 12, 31))
    assert days == [date(2020, 3, 31), date(2021, 3, 31)]
    assert next_due(duty, {}, date(2020, 3, 1)).days_left == 30  # type: ignore[union-attr]


def test_n_205_the_guide_as_a_version_drives_form_wheel_and_deadlines_from_its_first_day(made: Joint) -> None:
    """Another version of the model asks for more and closes earlier; before its first day nothing changes."""
    first = ModelVersion.objects.get()
    text = first.text.replace(
        "mandatory: [unit, need, affected, effect]", "mandatory: [unit, need, affected, effect, goals]"
    )
    text = text.replace(
        "starts: {month: 3, day: 1}\n      ends: {month: 3, day: 31}",
        "starts: {month: 3, day: 1}\n      ends: {month: 3, day: 20}",
    )
    text = text.replace("ends: {month: 2, day: 29}", "ends: {month: 2, day: 20}")
    ModelVersion(
        key=first.key, number=2, name="Ny veileder", text=text, sha256=sha256(text.encode()).hexdigest(),
        state=first.state, valid_from=date(2025, 2, 10),
    ).save()  # fmt: skip
    before, after = date(2025, 2, 9), date(2025, 2, 10)

    def told_on(day: date) -> tuple[bool, date, date]:
        window = need_queries.intake_window(day)
        found = governance.current_model(day)
        assert window is not None and found is not None
        mars = next(one for one in queries.placed(found, 2025) if one.laid.key == "mars")
        return "goals" in need_queries.form_spec(day).mandatory, window.ends_on, mars.laid.ends_on

    assert told_on(before) == (False, date(2025, 2, 28), date(2025, 3, 31))
    assert told_on(after) == (True, date(2025, 2, 20), date(2025, 3, 20))
    old = made.need(day=before)
    with pytest.raises(Invalid):
        made.need(day=after)
    new = made.need(day=date(2025, 2, 21), goals=(need_queries.form_spec(after).goals[0][0],))
    assert (made.step(old).due_on, made.step(new).due_on) == (date(2025, 3, 31), date(2025, 3, 20))
    assert (old.late, new.late) == (False, True)
