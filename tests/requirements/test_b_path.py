"""From a need to the forum's outcome under the shipped joint model (B-21 to B-34, B-40 to B-43, B-48)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.models import CaseState, CaseStep, StepState
from samstyr.procedure.casework.queries import lists
from samstyr.procedure.hearings import actions as hearings
from samstyr.procedure.hearings.models import Consultee
from samstyr.procedure.hearings.queries import proposed_for, rounds_of
from samstyr.web.casework import presenting
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs.models import NeedState
from samstyr.wheel.portfolio import actions as plans
from samstyr.wheel.portfolio import queries as portfolio
from samstyr.wheel.portfolio.models import PlanVersion
from samstyr.wheel.portfolio.tests.factories import at

from .joint import ASSESSMENT, FORUM, HEARING_END, INTAKE, RECEIPT, Joint

SEVEN = {"it-tjenesten", "personvernombud", "arkiv", "struktur1", "servicetorg", "personal", "tillitsvalgte"}


def titles(rows: Any) -> list[str]:
    return sorted(row.case.title for row in rows)


def test_b_23_the_representative_asks_the_areas_services_and_writes_for_them(made: Joint) -> None:
    representative = made.actor("representative:birkenes:helse")
    units = (made.units["birkenes:hjemme"].pk,)
    needs.open_intake(actor=representative, now=at(INTAKE), units=units, due_on=date(2025, 2, 28))
    with pytest.raises(Refused):
        needs.open_intake(
            actor=representative, now=at(INTAKE), units=(made.units["lillesand:hjemme"].pk,), due_on=date(2025, 2, 28)
        )
    draft = needs.create_draft(actor=representative, now=at(INTAKE), values=made.values())
    sent = needs.submit(actor=representative, now=at(INTAKE), need_id=draft.pk, version=draft.version)
    assert (sent.state, sent.unit) == (NeedState.SUBMITTED, made.units["birkenes:hjemme"])


def test_b_24_a_product_is_no_need_and_b_25_never_counts(made: Joint) -> None:
    empty = {"need": "", "affected": "", "effect": "", "product": "MobilPleie 3000"}
    with pytest.raises(Invalid) as refusal:
        made.need(**empty)
    assert {"need", "affected", "effect"} <= {error.field for error in refusal.value.errors}
    with_product, without = made.need(product="MobilPleie 3000"), made.need(title="Et annet behov", product="")
    for need in (with_product, without):
        made.move(need, "sector_director:birkenes:helse", "send", ASSESSMENT)
        made.move(need, "it_lead", "horing", RECEIPT)
        made.move(need, "it_lead", "ferdig", RECEIPT)
        made.move(need, "it_lead", "inn", FORUM)
    ranked = portfolio.lines_of(PlanVersion.objects.get())
    assert [(row.rank, row.title) for row in ranked] == [(1, with_product.title), (2, without.title)]
    assert all("MobilPleie" not in f"{row.title} {row.argument}" for row in ranked)


def test_b_26_a_kommunalsjef_has_the_own_areas_needs_alone(made: Joint) -> None:
    made.need()
    made.need("lillesand", title="Fra den andre kommunen")
    own = "sector_director:birkenes:helse"
    assert titles(cases.tasks_of(made.actor(own))) == ["Dokumentasjon hjemme hos brukeren"]
    assert titles(cases.tasks_of(made.actor("sector_director:lillesand:helse"))) == ["Fra den andre kommunen"]
    assert cases.tasks_of(made.actor("sector_director:birkenes:kultur")) == []
    row = CaseStep.objects.get(case__title="Fra den andre kommunen")
    with pytest.raises(Refused) as refusal:
        casework.treat(actor=made.actor(own), now=at(ASSESSMENT), case_step_id=row.pk, version=1, outcome="send")
    assert "Kommunalsjef" in str(refusal.value.remedy)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("send", NeedState.SUBMITTED), ("tilbake", NeedState.RETURNED), ("stopp", NeedState.ENDED)],
)
def test_b_27_forward_return_and_stop_with_a_reason_the_submitter_sees(made: Joint, outcome: str, state: str) -> None:
    need = made.need()
    if outcome != "send":
        with pytest.raises(Invalid):
            made.move(need, "sector_director:birkenes:helse", outcome, ASSESSMENT)
    made.move(need, "sector_director:birkenes:helse", outcome, ASSESSMENT, reason="Skriv hvor mange turer.")
    need.refresh_from_db()
    assert need.state == state
    made.tenant.refresh_from_db()
    page = made.client("service:birkenes").get(f"/o/{made.tenant.slug}/saker/{made.case(need).pk}/")
    assert "Skriv hvor mange turer." in page.content.decode()


def test_b_28_forwarded_lies_with_it_tjenesten_which_does_not_decide(made: Joint) -> None:
    need = made.received()
    step = made.step(need)
    assert (step.step, step.opened_on, step.closed_at) == ("mottak", ASSESSMENT, None)
    assert titles(cases.tasks_of(made.actor("it_lead"))) == [need.title]
    choices = {choice.effect for choice in cases.outcomes_of(step, made.actor("it_lead"))}
    assert not choices & {"end_positive", "reject", "defer"}
    with pytest.raises(Invalid):
        made.move(need, "it_lead", "inn", RECEIPT)


def test_b_29_each_body_asked_gets_a_task_of_its_own(made: Joint) -> None:
    need = made.on_hearing_step()
    made.ask(need, ("it-tjenesten", ""), ("personvernombud", "birkenes"))
    from samstyr.procedure.hearings.queries import awaiting_statement

    for who in ("hearing_it", "data_protection_officer:birkenes"):
        (task,) = awaiting_statement(made.actor(who))
        assert (task.hearing.question, task.hearing.deadline) == ("Hva mener dere om behovet?", HEARING_END)
    assert awaiting_statement(made.actor("data_protection_officer:lillesand")) == []
    with pytest.raises(Refused):
        hearings.open_hearing(
            actor=made.actor("sector_director:birkenes:helse"), now=at(RECEIPT), case_step_id=made.step(need).pk,
            question="?", deadline=HEARING_END, consultees=["it-tjenesten:"],
        )  # fmt: skip


def test_b_29_several_needs_are_sent_out_together_each_to_its_own_bodies(made: Joint) -> None:
    first, second = made.on_hearing_step(), made.on_hearing_step("lillesand", title="Et behov i Lillesand")
    page = made.client("it_lead").get(f"/o/{made.tenant.slug}/hoeringer/ny/{made.step(first).pk}/").content.decode()
    assert "Send disse sakene på samme høring" in page and "Et behov i Lillesand" in page
    given = {
        "question": "Hva mener dere?", "deadline": HEARING_END, "case_step_ids": [made.step(first).pk, made.step(second).pk],
        "actor": made.actor("it_lead"), "now": at(RECEIPT),
    }  # fmt: skip
    officer = f"personvernombud:{made.organisations['birkenes'].pk}"
    with pytest.raises(Invalid):
        hearings.open_hearings(**given, consultees=[officer])
    assert not Consultee.objects.exists()
    hearings.open_hearings(**given, consultees=["it-tjenesten:", officer])
    asked = sorted((row.hearing.case.title, row.body) for row in Consultee.objects.all())
    assert asked == sorted(
        [(second.title, "it-tjenesten"), (first.title, "it-tjenesten"), (first.title, "personvernombud")]
    )  # fmt: skip


def test_b_30_a_joint_need_is_heard_by_the_union_and_a_single_one_by_its_own(made: Joint) -> None:
    def choose(slot: str, **more: Any) -> None:
        hearings.choose_consultee(
            actor=made.actor("administrator"), now=at(INTAKE), organisation_id=made.organisations[slot].pk, **more
        )

    choose("lillesand", body="servicetorg", included=False)
    choose("lillesand", body="eldreradet", included=True, name="Eldrerådet", role="unit_manager")
    single, joint = made.on_hearing_step("lillesand"), made.on_hearing_step(title="Felles", joint=True)
    own = made.lists(single)
    assert own == {
        ("it-tjenesten", ""),
        ("struktur1", ""),
        ("eldreradet", "lillesand"),
        *((body, "lillesand") for body in SEVEN - {"it-tjenesten", "struktur1", "servicetorg"}),
    }
    assert made.lists(joint) == own | {(body, "birkenes") for body in SEVEN - {"it-tjenesten", "struktur1"}}


def test_b_31_one_sees_the_routine_of_the_municipalities_that_take_part(made: Joint) -> None:
    version = ModelVersion.objects.get()
    version.text += (
        "\nroutines:\n"
        "  - {step: innspill/vurdering, organisation: birkenes, text: Ta det opp i ledermøtet på tirsdag.}\n"
        "  - {step: innspill/vurdering, organisation: lillesand, text: Bruk skjema L-4.}\n"
    )
    version.save()
    said = [
        presenting.routines_of(cases.case_by_id(made.case(need).pk)) for need in (made.need(), made.need("lillesand"))
    ]
    assert said == [[("Birkenes", "Ta det opp i ledermøtet på tirsdag.")], [("Lillesand", "Bruk skjema L-4.")]]


def test_b_32_seven_bodies_come_with_it_and_each_can_be_taken_out(made: Joint) -> None:
    need = made.on_hearing_step()
    assert {body for body, _slot in made.lists(need)} == SEVEN
    for body in SEVEN:
        hearings.choose_consultee(
            actor=made.actor("administrator"), now=at(INTAKE), organisation_id=made.organisations["birkenes"].pk,
            body=body, included=False,
        )  # fmt: skip
    assert made.lists(need) == set()


def test_b_33_the_case_shows_each_statement_and_silence(made: Joint) -> None:
    need = made.on_hearing_step(personal_data=True, work_changes=True)
    made.ask(
        need,
        ("personvernombud", "birkenes"),
        ("tillitsvalgte", "birkenes"),
        ("personal", "birkenes"),
        ("arkiv", "birkenes"),
    )
    row = {consultee.body: consultee for consultee in Consultee.objects.all()}
    made.answer(
        "data_protection_officer:birkenes", row["personvernombud"], "remarks", text="Skjermene kan leses av andre."
    )
    made.answer("union_representative:birkenes", row["tillitsvalgte"], "no_remarks")
    made.answer("hr_manager:birkenes", row["personal"], "against", text="For mange endringer i år.")
    with pytest.raises(Refused):
        made.answer("data_protection_officer:lillesand", row["arkiv"], "no_remarks")
    (shown,) = rounds_of(made.case(need), made.actor("it_lead"))
    lines = {
        line.consultee.body: (line.status.label, line.statement.text if line.statement else None)
        for line in shown.lines
    }
    assert lines == {
        "personvernombud": ("Merknader", "Skjermene kan leses av andre."),
        "tillitsvalgte": ("Ingen merknader", ""),
        "personal": ("Fraråder", "For mange endringer i år."),
        "arkiv": ("Ikke mottatt", None),
    }


def test_b_34_in_put_off_and_out_and_what_is_in_is_one_proposal(made: Joint) -> None:
    first, second = made.at_forum(title="Tas inn"), made.at_forum(title="Tas også inn")
    put_off, out = made.at_forum(title="Utsettes"), made.at_forum(title="Avslås")
    for need, outcome in ((put_off, "utsatt"), (out, "avslag")):
        with pytest.raises(Invalid):
            made.move(need, "it_lead", outcome, FORUM)
    for need, outcome in ((first, "inn"), (second, "inn"), (put_off, "utsatt"), (out, "avslag")):
        made.move(need, "it_lead", outcome, FORUM, reason="Etter en samlet vurdering.")
    assert [made.case(need).outcome for need in (first, second, put_off, out)] == ["inn", "inn", "utsatt", "avslag"]
    version = PlanVersion.objects.get()
    assert [row.title for row in portfolio.lines_of(version)] == ["Tas inn", "Tas også inn"]
    for row in portfolio.lines_of(version):
        line = portfolio.plain(row)
        values = {**line.__dict__, "owner": "IT-leder", "argument": "Fra forumet."}
        plans.save_line(
            actor=made.actor("it_lead"), now=at(FORUM), line_id=row.pk, version=None, line=type(line)(**values)
        )
    assert made.propose(version).state == "proposed"


def test_b_40_late_needs_are_taken_in_and_marked(made: Joint) -> None:
    in_time, late = made.need(day=date(2025, 2, 28)), made.need(day=date(2025, 3, 3), title="For sent ute")
    assert [made.case(need).opened_late for need in (in_time, late)] == [False, True]
    assert [need.late for need in (in_time, late)] == [False, True]


def test_b_42_assessment_is_due_on_31_march_and_it_leder_sees_what_is_open(
    made: Joint, monkeypatch: pytest.MonkeyPatch
) -> None:
    need, other = made.need(), made.need("lillesand", title="Fra den andre kommunen")
    assert made.step(need).due_on == date(2025, 3, 31)
    made.move(other, "sector_director:lillesand:helse", "send", ASSESSMENT)
    april = date(2025, 4, 1)
    assert [row.step for row in cases.overdue_steps(date(2025, 3, 31))] == ["mottak"]
    assert need.title in titles(cases.overdue_steps(april))
    seen = lists.listing(made.actor("it_lead", april), step="vurdering", overdue_on=april)
    assert [case.title for case in seen] == [need.title]
    assert not lists.listing(made.actor("it_lead", april), step="vurdering", overdue_on=date(2025, 3, 31)).exists()
    monkeypatch.setattr(clock, "now", lambda: at(april))
    page = made.client("it_lead").get(f"/o/{made.tenant.slug}/saker/?state=overdue").content.decode()
    assert need.title in page


def test_b_43_the_hearing_ends_before_the_forum_meets(made: Joint) -> None:
    need = made.on_hearing_step()
    made.plan_meeting("digitaliseringsforum", date(2025, 4, 15), RECEIPT)
    with pytest.raises(Invalid, match=r"15\.04\.2025"):
        made.ask(need, deadline=date(2025, 4, 20))
    meeting = cases.meetings_of("digitaliseringsforum").get()
    casework.cancel_meeting(actor=made.actor("it_lead", RECEIPT), now=at(RECEIPT), meeting_id=meeting.pk, version=None)
    made.plan_meeting("digitaliseringsforum", FORUM, RECEIPT)
    made.ask(need, deadline=date(2025, 4, 20))
    step = made.step(need)
    assert (step.step, step.due_on) == ("horing", date(2025, 4, 20))
    with pytest.raises(Conflict, match="ikke svart"):
        made.move(need, "it_lead", "ferdig", date(2025, 4, 10))


def test_b_43_a_meeting_elsewhere_leaves_the_hearings_deadline_alone(made: Joint) -> None:
    need = made.on_hearing_step()
    made.plan_meeting("digitaliseringsforum", FORUM, RECEIPT)
    made.ask(need, deadline=date(2025, 4, 10))
    made.plan_meeting("samarbeidsorganet", date(2025, 5, 20), RECEIPT)
    assert made.step(need).due_on == date(2025, 4, 10)


def test_b_43_a_meeting_moves_the_deadlines_that_hang_on_it_and_back(made: Joint) -> None:
    need = made.received()
    assert made.step(need).due_on == date(2025, 3, 24), "ten working days"
    meeting = made.plan_meeting("digitaliseringsforum", date(2025, 3, 27), ASSESSMENT)
    assert made.step(need).due_on == date(2025, 3, 17), "eight working days before the meeting"
    by = {"actor": made.actor("it_lead", ASSESSMENT), "now": at(ASSESSMENT)}
    casework.cancel_meeting(**by, meeting_id=meeting.pk, version=None)
    assert made.step(need).due_on == date(2025, 3, 24)


def test_b_43_no_meeting_is_planned_before_an_open_hearing_ends(made: Joint) -> None:
    need = made.on_hearing_step()
    made.ask(need, deadline=date(2025, 4, 20))
    with pytest.raises((Conflict, Invalid), match=r"20\.04\.2025"):
        made.plan_meeting("digitaliseringsforum", date(2025, 4, 15), RECEIPT)
    made.plan_meeting("digitaliseringsforum", date(2025, 4, 24), RECEIPT)
    made.plan_meeting("lederteam", date(2025, 4, 8), RECEIPT)


def test_b_48_a_unit_on_both_sides_is_shown_as_a_collision(made: Joint) -> None:
    need = made.on_hearing_step()
    collisions = {item.body: str(item.collision) for item, _place in proposed_for(made.step(need))}
    assert "sender også ut høringen og har også plass i Digitaliseringsforum" in collisions["it-tjenesten"]
    assert "har også plass i Digitaliseringsforum" in collisions["struktur1"]
    assert collisions["personvernombud"] == ""
    made.ask(need, ("it-tjenesten", ""), ("struktur1", ""))
    page = made.client("it_lead").get(f"/o/{made.tenant.slug}/saker/{made.case(need).pk}/").content.decode()
    assert page.count("Rollesammenfall") == 2


def test_b_03_every_station_is_in_the_trail_with_date_and_outcome_and_skipped_ones_are_marked(made: Joint) -> None:
    need = made.on_hearing_step(personal_data=True)
    made.ask(need, ("personvernombud", "birkenes"))
    made.answer("data_protection_officer:birkenes", Consultee.objects.get(), "remarks", text="Husk samtykke.")
    made.move(need, "it_lead", "ferdig", HEARING_END)
    made.move(need, "it_lead", "inn", FORUM)
    stations = [
        (stage.row.step, stage.treatments[0].outcome, stage.treatments[0].decided_on)
        for stage in cases.trail_of(made.case(need))
    ]
    assert stations == [
        ("vurdering", "send", ASSESSMENT), ("mottak", "horing", RECEIPT), ("horing", "ferdig", HEARING_END), ("forum", "inn", FORUM),
    ]  # fmt: skip
    stopped = made.need(title="Stoppes")
    made.move(stopped, "sector_director:birkenes:helse", "stopp", ASSESSMENT, reason="Dekket.")
    phases = presenting.phases_of(cases.case_by_id(made.case(stopped).pk))
    assert [str(phase.state) for phase in phases] == ["done", "skipped", "skipped", "skipped"]
    assert made.case(stopped).state == CaseState.ENDED
    assert not CaseStep.objects.filter(case=made.case(stopped), state=StepState.ACTIVE).exists()
