"""Cases of the fifth document: the strategy's phases, advice before decisions, doubt and precedents, guide and council."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from samstyr.foundation.access import Act
from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.organisations.tests.factories import make_unit
from samstyr.procedure.announcements import actions as announcements
from samstyr.procedure.announcements.queries import share, unread_for
from samstyr.procedure.announcements.rules import AnnouncementValues
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import BodyMeeting, Case, CaseStep, Treatment
from samstyr.procedure.casework.queries import case_facts
from samstyr.procedure.casework.queries.standing import precedents, standings_of
from samstyr.procedure.counsel.queries import alignments_of
from samstyr.procedure.hearings import actions as hearings
from samstyr.procedure.hearings.actions.open_hearing import identity
from samstyr.procedure.hearings.models import Statement, StatementAnswer
from samstyr.procedure.hearings.queries import proposed_for
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.sources import actions as sources
from samstyr.procedure.sources.queries import cases_pointing_to, in_force_since
from samstyr.procedure.sources.rules import SourceValues, faults
from samstyr.wheel.needs.queries.form import form_spec
from samstyr.wheel.needs.rules.completeness import submit_faults
from samstyr.wheel.needs.rules.values import NeedValues
from samstyr.wheel.strategy.queries import coming, in_force

from .places import Place, at, place
from .workflow import (
    POLITICAL,
    browser,
    changed,
    cited,
    draft,
    raised,
    said,
    send,
    source,
    strategy_raised,
    treated,
    waiting,
)

DAY = date(2014, 1, 7)
IT, CHIEF = "it_leder", "radmann"


def later(days: int) -> date:
    return DAY + timedelta(days=days)


@pytest.fixture
def made(db: None) -> Iterator[Place]:
    """The host and the four municipalities that it works with."""
    with place("bronnoy") as ready:
        yield ready


def need_case(made: Place, area: str = "", cost: int = 0) -> Case:
    """A need's case at its first step, from a unit of that name."""
    unit = make_unit(made.organisations["bronnoy"], area, is_area=True) if area else None
    return casework.open_case(
        **made.by(CHIEF, DAY), subject_kind="rehearsal", subject_id=made.organisations["bronnoy"].pk, path="innmelding",
        title="Digital læringsplattform", facts={"total_cost": cost, "scope": "single"},
        organisations=[made.organisations["bronnoy"].pk], unit=unit.pk if unit else None,
    )  # fmt: skip


def to_hearing(made: Place) -> Case:
    case = strategy_raised(made, IT, DAY)
    for days, _phase in enumerate(("forberedelser", "arbeidsmoter", "dybdesamtaler"), 1):
        treated(made, case, "ferdig", CHIEF, later(days), reason="Resultatet er lagt ved.")
    return case


def heard(made: Place, case: Case, day: date, position: str = "remarks") -> Any:
    row = waiting(case)
    asked = [identity(item.body, org.pk if org else None) for item, org in proposed_for(row)][:1]
    hearing = hearings.open_hearing(
        **made.by(IT, day), case_step_id=row.pk, consultees=asked, question="Hva mener dere?",
        deadline=day + timedelta(days=14),
    )  # fmt: skip
    [consultee] = hearing.consultees.all()
    hearings.give_statement(
        **made.by("hovedtillitsvalgt", day), consultee_id=consultee.pk, position=position, text="Husk opplæring."
    )
    return hearing


CHECKED = dict.fromkeys(
    ("malsettinger", "leveranser", "omfang", "totalkostnad", "kostnytte", "gevinst", "tidsfrister"), True
)


class TestStrategy:
    def test_n_014_five_phases_in_order_and_no_recommendation_before_the_hearing_is_closed(self, made: Place) -> None:
        case = to_hearing(made)
        assert waiting(case).step == "horing"
        with pytest.raises(Invalid, match="ikke vært på høring"):
            treated(made, case, "ferdig", IT, later(4))
        hearing = heard(made, case, later(4))
        with pytest.raises(Invalid, match="ikke avsluttet"):
            treated(made, case, "ferdig", IT, later(5))
        hearings.close_hearing(**made.by(IT, later(19)), hearing_id=hearing.pk)
        treated(made, case, "ferdig", IT, later(20))
        assert waiting(case).step == "innstilling"
        done = CaseStep.objects.filter(case=case, state="done").order_by("order")
        assert [row.step for row in done] == ["forberedelser", "arbeidsmoter", "dybdesamtaler", "horing"]
        assert all(row.due_on for row in done)
        outputs = Treatment.objects.filter(case=case).exclude(case_step__step="horing")
        assert {row.reason for row in outputs} == {"Resultatet er lagt ved."}

    def test_n_014_not_by_any_other_way_either(self, made: Place) -> None:
        changed(made, ("effect: advance, to: dybdesamtaler", "effect: advance, to: innstilling"))
        case = strategy_raised(made, IT, DAY)
        treated(made, case, "ferdig", CHIEF, later(1), reason="Klar.")
        with pytest.raises(Conflict, match="«Innstilling» kan ikke åpnes før «Høring» er avsluttet"):
            treated(made, case, "ferdig", CHIEF, later(2), reason="Klar.")

    def test_n_007_every_remark_is_answered_followed_partly_or_not_with_a_reason(self, made: Place) -> None:
        case = to_hearing(made)
        hearing = heard(made, case, later(4))
        hearings.close_hearing(**made.by(IT, later(19)), hearing_id=hearing.pk)
        treated(made, case, "ferdig", IT, later(20))
        with pytest.raises(Invalid, match="1 innspill har ikke fått svar"):
            treated(made, case, "innstilt", CHIEF, later(21), reason="Innstilling.")
        [statement] = Statement.objects.all()
        with pytest.raises(Refused):
            hearings.answer_statement(
                **made.by("hovedtillitsvalgt", later(21)), statement_id=statement.pk, followed="followed"
            )
        for verdict in ("partly", "not"):
            with pytest.raises(Invalid, match="hvorfor"):
                hearings.answer_statement(**made.by(IT, later(21)), statement_id=statement.pk, followed=verdict)
        hearings.answer_statement(
            **made.by(IT, later(21)), statement_id=statement.pk, followed="partly", reason="Tas i handlingsplanen."
        )
        treated(made, case, "innstilt", CHIEF, later(22), reason="Innstilling.")
        assert waiting(case).actor_body == "kommunestyret"

    def test_n_015_no_political_treatment_before_a_discussion_with_the_unions(self, made: Place) -> None:
        case = at_the_council(made)
        with pytest.raises(Invalid, match="Arbeidstakerorganisasjonene"):
            treated(made, case, "vedtatt", "ordforer", later(30), text="Vedtatt.")
        said(made, "discussion", "tillitsvalgte", IT, later(30), case=case.pk)
        with pytest.raises(Invalid, match="før dagen"):
            treated(made, case, "vedtatt", "ordforer", later(30), text="Vedtatt.")
        treatment = treated(made, case, "vedtatt", "ordforer", later(31), text="Vedtatt.")
        assert [(one["key"], one["met"]) for one in treatment.evidence] == [("drofting", True)]
        version = coming(later(31))
        assert version is not None and (version.adopted_on, version.decision) == (later(31), treatment)
        assert in_force(later(31)) is None, "what the model says holds until the new period begins"
        assert in_force(date(later(31).year + 1, 1, 1)) == version

    def test_w7_2_sent_back_needs_no_discussion(self, made: Place) -> None:
        case = at_the_council(made)
        treated(made, case, "tilbake", "ordforer", later(30), reason="Mangler tall.")
        assert waiting(case).step == "innstilling"


def at_the_council(made: Place) -> Case:
    case = to_hearing(made)
    hearing = heard(made, case, later(4), position="no_remarks")
    hearings.close_hearing(**made.by(IT, later(19)), hearing_id=hearing.pk)
    treated(made, case, "ferdig", IT, later(20))
    treated(made, case, "innstilt", CHIEF, later(21), reason="Innstilling.")
    return case


class TestSources:
    def test_n_024_a_political_case_has_body_number_and_date_and_lists_what_points_to_it(self, made: Place) -> None:
        told = faults(SourceValues("political_case", "Innføring av SLA"), DAY)
        assert {fault.field for fault in told} == {"issuer", "number", "dated"}
        row = sources.add(**made.by(IT, DAY), values=POLITICAL)
        case = need_case(made)
        by = made.by(IT, DAY)
        sources.cite(
            **by,
            source_id=row.pk,
            owner_kind="case",
            owner_id=case.pk,
            owner_facts=case_facts(case),
            act=Act.CASE_COMMENT,
        )
        matter = draft(made, "utskifting", IT, DAY, answers={"system": "Notes", "grunn": "Mangler funksjoner"})
        cited(made, matter, IT, DAY, row)
        other = send(made, matter, IT, DAY)
        assert {one.case.pk for one in cases_pointing_to(row, by["actor"])} == {case.pk, other.pk}
        with pytest.raises(Conflict):
            cited(made, matter, IT, DAY, row)

    def test_n_040_a_conflict_goes_to_the_steering_group_and_the_answer_stands_on_both(self, made: Place) -> None:
        matter = draft(made, "motstrid", "omradesjef", DAY)
        guidance = source(made, "omradesjef", DAY, "guidance", "Krav til skjema")
        strategy = source(made, "omradesjef", DAY, "strategy", "Digitaliseringsstrategien")
        cited(made, matter, "omradesjef", DAY, guidance)
        with pytest.raises(Invalid) as fault:
            send(made, matter, "omradesjef", DAY)
        assert "strategi" in str(fault.value.errors[0])
        cited(made, matter, "omradesjef", DAY, strategy)
        case = send(made, matter, "omradesjef", DAY)
        assert waiting(case).actor_body == "styringsgruppen"
        treated(made, case, "foringen", CHIEF, later(3), text="Kravet går foran.")
        for row in (guidance, strategy):
            [one] = cases_pointing_to(row, made.actor(IT, DAY))
            assert one.answer is not None and one.answer.text == "Kravet går foran."


class TestDoubt:
    def test_n_111_a_question_is_lifted_level_by_level_and_the_answer_is_a_precedent(self, made: Place) -> None:
        case = raised(made, "tvil", "omradesjef", DAY, title="Kan en skole kjøpe nettbrett selv?")
        assert CaseStep.objects.filter(case=case, state="active").count() == 4  # nobody's area: all four are asked
        treated(made, case, "loft", IT, later(1), body="faggruppe_oppvekst", reason="Gjelder flere.")
        assert waiting(case).actor_body == "styringsgruppen"
        treated(made, case, "loft", CHIEF, later(2), reason="Et politisk spørsmål.")
        treated(made, case, "svar", "eutvalg_leder", later(3), text="Nei, alt kjøpes gjennom handlingsplanen.")
        reader = made.actor(IT, DAY)
        [answer] = precedents(reader, text="nettbrett")
        assert (answer.body, case.state) == ("eutvalget", "ended")
        assert not precedents(reader, text="velferdsteknologi") and not precedents(reader, body="styringsgruppen")

    def test_n_111_without_doubt_the_first_level_answers(self, made: Place) -> None:
        unit = make_unit(made.organisations["bronnoy"], "Salhus skole", is_area=True)
        case = raised(made, "tvil", "omradesjef", DAY, unit=unit.pk)
        assert waiting(case).actor_body == "faggruppe_oppvekst"
        treated(made, case, "svar", "fagradgiver_oppvekst", later(1), text="Ja.")
        assert Treatment.objects.get(case=case).precedent and case.state == "ended"

    def test_n_107_a_forced_replacement_has_its_reason_and_is_decided_by_itself(self, made: Place) -> None:
        matter = draft(made, "utskifting", IT, DAY, title="Notes byttes", answers={"system": "Lotus Notes"})
        with pytest.raises(Invalid, match=r"Saken kan ikke sendes inn") as fault:
            send(made, matter, IT, DAY)
        assert {error.field for error in fault.value.errors} == {"q-grunn"}
        answers = {"system": "Lotus Notes", "grunn": "Mangler funksjoner"}
        case = raised(made, "utskifting", IT, DAY, title="Notes byttes", answers=answers)
        other = raised(made, "utskifting", IT, DAY, title="Et annet", answers=answers)
        with pytest.raises(Conflict, match="hver for seg"):
            casework.merge(**made.by(IT, DAY), case_id=other.pk, version=other.version, into_id=case.pk, reason="Likt.")
        treated(made, case, "bytt", CHIEF, later(2), text="Byttes.")
        assert case.outcome == "bytt" and Case.objects.get(pk=other.pk).state == "open"
        with pytest.raises(Invalid):
            raised(made, "utskifting", IT, DAY, answers={**answers, "grunn": "Vi vil ha noe nytt"})


class TestAdvice:
    def test_n_185_the_group_whose_area_it_is_advises_and_missing_advice_is_shown(self, made: Place) -> None:
        case = need_case(made, "Salhus skole")
        treated(made, case, "faggruppe", IT, later(1), checks=CHECKED)
        assert waiting(case).actor_body == "faggruppe_oppvekst"
        case.refresh_from_db()
        casework.concern(**made.by(IT, later(1)), case_id=case.pk, version=case.version, bodies=["faggruppe_stab"])
        bodies = CaseStep.objects.filter(case=case, step="faggruppe", state="active").values_list(
            "actor_body", flat=True
        )
        assert set(bodies) == {"faggruppe_oppvekst", "faggruppe_stab"}
        treated(made, case, "rad", "fagradgiver_oppvekst", later(2), body="faggruppe_oppvekst", text="Vi rår til det.")
        assert CaseStep.objects.get(case=case, step="faggruppe", state="active").actor_body == "faggruppe_stab"
        CaseStep.objects.filter(case=case, state="active").update(due_on=later(3))
        casework.expire_steps(actor=made.actor(IT, later(9)).on_behalf("daily"), now=at(later(9)))
        case.refresh_from_db()
        row = waiting(case)
        [standing] = standings_of(row, later(10))
        assert (row.actor_body, standing.met, standing.missing) == ("styringsgruppen", False, ("faggruppe_stab",))
        assert "Faggruppe stabstjenester" in str(standing.why)
        treatment = treated(made, case, "inn", CHIEF, later(10), text="Inn.")
        assert treatment.evidence[0]["met"] is False  # told, and kept; it does not stop

    def test_n_185_advice_beside_the_step_counts_too(self, made: Place) -> None:
        case = need_case(made, "Tekniske tjenester")
        treated(made, case, "faggruppe", IT, later(1), checks=CHECKED)
        treated(made, case, "rad", "omradesjef_vo11", later(2), text="Ja.")
        casework.concern(**made.by(IT, later(2)), case_id=case.pk, bodies=["faggruppe_helse"])
        said(made, "advice", "faggruppe_helse", IT, later(3), case=case.pk)
        [standing] = standings_of(waiting(case), later(3))
        assert standing.met

    def test_n_191_no_decision_without_the_councils_advice_unless_overridden_with_a_reason(self, made: Place) -> None:
        case = raised(made, "drift", IT, DAY, answers={"slag": "Drift"})
        treated(made, case, "styringsgruppen", IT, later(1), reason="Haster.")
        with pytest.raises(Invalid, match="Råd fra samarbeidsrådet"):
            treated(made, case, "ja", CHIEF, later(2), text="Ja.")
        treatment = treated(
            made, case, "ja", CHIEF, later(2), text="Ja.", override="Serveren er nede, rådet møtes i mai."
        )
        assert treatment.override.startswith("Serveren") and treatment.evidence[0]["met"] is False

    def test_n_191_with_advice_no_reason_is_needed_or_kept(self, made: Place) -> None:
        case = raised(made, "drift", IT, DAY, answers={"slag": "Utvikling"})
        treated(made, case, "radet", IT, later(1))
        treated(made, case, "rad", CHIEF, later(2), text="Vi rår til det.")
        treatment = treated(made, case, "nei", CHIEF, later(3), reason="Ikke nå.", override="Unødig.")
        assert treatment.override == "" and treatment.evidence[0]["met"]

    def test_n_191_a_gate_that_cannot_be_lifted_is_not_lifted_by_a_reason(self, made: Place) -> None:
        changed(made, ("of: [samarbeidsradet], override: true", "of: [samarbeidsradet]"))
        case = raised(made, "drift", IT, DAY, answers={"slag": "Drift"})
        treated(made, case, "styringsgruppen", IT, later(1), reason="Haster.")
        with pytest.raises(Invalid):
            treated(made, case, "ja", CHIEF, later(2), text="Ja.", override="Det haster.")

    def test_n_192_a_joint_decision_binds_those_in_the_community_that_take_part_each_with_its_vote(
        self, made: Place
    ) -> None:
        three = tuple(made.organisations[key].pk for key in ("bronnoy", "somna", "vega"))
        case = raised(made, "reservasjon", CHIEF, DAY, organisations=three)
        votes = [{"voter": key, "choice": "felles", "slot": key} for key in ("bronnoy", "somna")]
        with pytest.raises(Invalid, match="Vega"):
            treated(made, case, "felles", CHIEF, later(1), text="Felles.", votes=votes)
        votes.append({"voter": "vega", "choice": "felles", "slot": "vega"})
        treatment = treated(made, case, "felles", CHIEF, later(1), text="Felles.", votes=votes)
        assert treatment.binds == ["bronnoy", "somna", "vega"] and len(treatment.votes) == 3

    def test_n_192_one_alone_is_no_community(self, made: Place) -> None:
        case = raised(made, "reservasjon", CHIEF, DAY, organisations=(made.organisations["vega"].pk,))
        votes = [{"voter": "vega", "choice": "felles", "slot": "vega"}]
        with pytest.raises(Invalid, match="minst to"):
            treated(made, case, "felles", CHIEF, later(1), text="Felles.", votes=votes)

    def test_n_181_the_steering_group_sees_valid_guidelines_and_when_it_last_consulted(self, made: Place) -> None:
        [before] = alignments_of("styringsgruppen", DAY)
        assert (before.body, before.last, before.overdue, before.guidelines) == ("eutvalget", None, True, [])
        said(made, "guideline", "eutvalget", IT, DAY, subject="Døgnåpen forvaltning")
        said(made, "guideline", "eutvalget", IT, DAY, subject="Utgått", valid_until=later(10))
        said(made, "consultation", "eutvalget", IT, DAY, asked_by="styringsgruppen")
        [then] = alignments_of("styringsgruppen", later(5))
        assert (then.last, then.overdue, len(then.guidelines)) == (DAY, False, 2)
        [now] = alignments_of("styringsgruppen", later(400))
        assert now.overdue and [str(row) for row in now.guidelines] == ["Døgnåpen forvaltning"]
        assert alignments_of("faggruppe_helse", DAY) == []


class TestGuide:
    def test_n_207_the_guide_applies_after_the_first_meeting_since_the_strategy(self, made: Place) -> None:
        matter = draft(made, "veileder", IT, DAY, title="Veileder versjon 1")
        guide = source(made, IT, DAY, "guide", "Veileder IKT-handlingsplan")
        cited(made, matter, IT, DAY, guide)
        case = send(made, matter, IT, DAY)
        treated(made, case, "klar", IT, later(1))
        with pytest.raises(Invalid, match="Vedtaket det ventes på"):
            treated(made, case, "vedtatt", CHIEF, later(2), text="Gjelder.")
        adopt_strategy(made)
        for day in (later(50), later(80)):
            casework.plan_meeting(**made.by(IT, later(40)), body="styringsgruppen", held_on=day)
        with pytest.raises(Invalid, match="Første møte etter vedtaket er"):
            treated(made, case, "vedtatt", CHIEF, later(80), text="Gjelder.")
        assert in_force_since(guide) is None
        treated(made, case, "vedtatt", CHIEF, later(50), text="Gjelder.")
        since = in_force_since(guide)
        assert since is not None and since[0] == later(50)

    def test_n_208_a_guide_in_another_order_than_the_path_is_a_finding(self, made: Place) -> None:
        def told() -> list[str]:
            return [
                str(item.message)
                for item in lint(load_text(ModelVersion.objects.get().text).require())
                if item.code == "S-44"
            ]

        assert told() == []
        changed(
            made, ("{name: Faggruppen gir råd, step: faggruppe}", "{name: Faggruppen gir råd, step: styringsgruppen}")
        )
        assert any("mangler steget" in text for text in told())


def adopt_strategy(made: Place) -> None:
    case = at_the_council(made)
    said(made, "discussion", "tillitsvalgte", IT, later(29), case=case.pk)
    treated(made, case, "vedtatt", "ordforer", later(30), text="Vedtatt.")


class TestIntake:
    def test_n_204_owner_and_finance_are_mandatory_and_any_kind_is_taken(self, made: Place) -> None:
        form = made.model.need_form
        asked = {question.key: question for question in form.questions}
        assert asked["eier"].mandatory and asked["finansiering"].mandatory
        assert len(asked["eier"].choices) > 3 and len(asked["finansiering"].choices) > 3
        spec = form_spec(DAY)
        whole = NeedValues(
            title="Læringsplattform", need="Elevene må nå oppgavene hjemmefra.", affected="Elever", effect="Bedre læring",
            investment_cost=10_000, operating_cost=0, price_year=2014, wanted_year=2015,
            unit=make_unit(made.organisations["bronnoy"], "Salhus skole").pk, answers={"slag": "Nytt"},
        )  # fmt: skip
        told = {fault.field for fault in submit_faults(whole, spec, this_year=2014)}
        assert told == {"answer_eier", "answer_finansiering"}
        answers = {"slag": "Nytt", "eier": "Andre", "finansiering": "Tilskudd"}
        assert submit_faults(replace(whole, answers=answers), spec, this_year=2014) == []

    def test_n_209_seven_of_seven_and_checked_by_another(self, made: Place) -> None:
        case = need_case(made, "Salhus skole")
        six = {key: value for key, value in CHECKED.items() if key != "tidsfrister"}
        with pytest.raises(Invalid, match="Tidsfristene framgår"):
            treated(made, case, "faggruppe", IT, later(1), checks=six)
        with pytest.raises(Invalid, match="Ikke oppfylt"):
            treated(made, case, "faggruppe", IT, later(1), checks={**CHECKED, "tidsfrister": False})
        own = casework.open_case(
            **made.by(IT, DAY), subject_kind="rehearsal", subject_id=case.pk, path="innmelding", title="Eget",
            facts={}, organisations=[made.organisations["bronnoy"].pk],
        )  # fmt: skip
        with pytest.raises(Refused, match="en annen"):
            treated(made, own, "faggruppe", IT, later(1), checks=CHECKED)

    def test_n_210_a_large_project_has_its_pre_project_first(self, made: Place) -> None:
        assert waiting(need_case(made, cost=1_000_000)).step == "forprosjekt"

    def test_n_210_a_small_one_goes_straight_to_the_analysis(self, made: Place) -> None:
        assert waiting(need_case(made, cost=999_999)).step == "analyse"


class TestAnnouncements:
    """N-113: who does what is known in the whole municipality."""

    def test_n_113_the_share_of_those_it_is_for_who_have_read_it(self, made: Place) -> None:
        for role in (IT, CHIEF, "omradesjef", "systemeier"):
            made.actor(role, DAY)
        row = announcements.publish(**made.by(IT, DAY), values=AnnouncementValues("Hvem gjør hva", page="model-roles"))
        assert (share(row, DAY).read, share(row, DAY).total, share(row, DAY).percent) == (0, 4, 0)
        for role in ("omradesjef", "systemeier", "systemeier"):
            announcements.read(**made.by(role, DAY), announcement_id=row.pk)
        assert (share(row, DAY).read, share(row, DAY).percent) == (2, 50)
        assert unread_for(made.actor(CHIEF, DAY), DAY) == [row] and unread_for(made.actor("omradesjef", DAY), DAY) == []

    def test_n_113_to_some_roles_alone(self, made: Place) -> None:
        for role in (IT, "omradesjef", "systemeier"):
            made.actor(role, DAY)
        values = AnnouncementValues("Ny rutine", "Les.", roles=("systemeier",), until=later(5))
        row = announcements.publish(**made.by(IT, DAY), values=values)
        announcements.read(**made.by("omradesjef", DAY), announcement_id=row.pk)  # read, but not of those it is for
        assert (share(row, DAY).read, share(row, DAY).total) == (0, 1)
        assert unread_for(made.actor("omradesjef", DAY), DAY) == []
        assert unread_for(made.actor("systemeier", DAY), DAY) == [row]
        assert unread_for(made.actor("systemeier", DAY), later(6)) == []
        with pytest.raises(Refused):
            announcements.publish(**made.by("systemeier", DAY), values=values)
        for wrong in (
            AnnouncementValues(" ", "Les."),
            AnnouncementValues("Tom"),
            AnnouncementValues("T", "L", roles=("ingen",)),
        ):
            with pytest.raises(Invalid):
                announcements.publish(**made.by(IT, DAY), values=wrong)

    def test_n_113_in_the_browser(self, made: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(DAY))
        client, start = browser(made, IT, DAY)
        assert client.post(f"{start}kunngjoringer/ny/", {"title": "Tom"}).status_code == 422
        given = {"title": "Hvem gjør hva", "page": "model-roles"}
        address = client.post(f"{start}kunngjoringer/ny/", given).headers["Location"]
        reader, _start = browser(made, "omradesjef", DAY)
        assert "Hvem gjør hva" in reader.get(start).content.decode()
        page = reader.get(address).content.decode()
        assert "Jeg har lest dette" in page and "0 av 2" in page and "styringsmodell/roller/" in page
        assert reader.post(f"{address}lest/").status_code == 303
        assert "1 av 2" in reader.get(address).content.decode()
        assert "Hvem gjør hva" not in reader.get(start).content.decode()
        assert client.get(f"{start}kunngjoringer/").status_code == 200


class TestPages:
    @pytest.fixture(autouse=True)
    def today(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(later(2)))

    def test_the_case_shows_what_stands_and_a_reason_lifts_it(self, made: Place) -> None:
        case = raised(made, "drift", IT, DAY, answers={"slag": "Drift"})
        treated(made, case, "styringsgruppen", IT, later(1), reason="Haster.")
        client, start = browser(made, CHIEF, DAY)
        page = client.get(f"{start}saker/{case.pk}/").content.decode()
        assert "Råd fra samarbeidsrådet" in page and "kan fravikes med grunn" in page
        row = waiting(case)
        form = {"outcome": "ja", "text": "Ja.", "decided_on": later(2).isoformat(), "_version": row.version}
        refused = client.post(f"{start}oppgaver/{row.pk}/", form)
        assert refused.status_code == 422 and "Mangler fra" in refused.content.decode()
        done = client.post(f"{start}oppgaver/{row.pk}/", {**form, "override": "Serveren er nede."})
        assert done.status_code == 302
        page = client.get(f"{start}saker/{case.pk}/").content.decode()
        assert "Avgjort uten, fordi" in page and "Serveren er nede." in page

    def test_a_conflict_is_reported_from_the_source(self, made: Place) -> None:
        guidance = source(made, "omradesjef", DAY, "guidance", "Krav til skjema")
        strategy = source(made, "omradesjef", DAY, "strategy", "Digitaliseringsstrategien")
        client, start = browser(made, "omradesjef", DAY)
        page = client.get(f"{start}kilder/{guidance.pk}/").content.decode()
        assert f"vei=motstrid&amp;kilde={guidance.pk.hex}" in page
        form = {"path": "motstrid", "title": "Motstrid", "background": "B.", "question": "Q?"}
        made_ = client.post(f"{start}saker/ny/?vei=motstrid&kilde={guidance.pk.hex}", form)
        edit = made_.headers["Location"]
        page = client.get(edit).content.decode()
        assert "Saken må vise til: strategi." in page and "Krav til skjema" in page
        client.post(edit.replace("rediger/", "kilder/"), {"source": str(strategy.pk)})
        sent = client.post(edit, {**form, "_next": "send", "_version": 1})
        assert sent.status_code == 303, sent.content.decode()[:2000]
        case = Case.objects.get()
        treated(made, case, "strategien", CHIEF, later(2), text="Strategien gjelder.")
        for row in (guidance, strategy):
            assert "Strategien gjelder." in client.get(f"{start}kilder/{row.pk}/").content.decode()
        assert "Strategien gjelder." in client.get(f"{start}presedenser/?q=motstrid").content.decode()

    def test_questions_of_the_path_are_asked(self, made: Place) -> None:
        client, start = browser(made, IT, DAY)
        page = client.get(f"{start}saker/ny/?vei=utskifting").content.decode()
        assert "Hvilket system må byttes?" in page and "Slutt på levetiden" in page
        form = {
            "path": "utskifting",
            "title": "Notes",
            "background": "B.",
            "question": "Q?",
            "q-system": "Notes",
            "_next": "send",
        }
        faulty = client.post(f"{start}saker/ny/?vei=utskifting", form)
        assert faulty.status_code == 422 and "Hvorfor må det byttes?" in faulty.content.decode()

    def test_the_meeting_shows_guidelines_and_last_alignment(self, made: Place) -> None:
        said(made, "guideline", "eutvalget", IT, DAY, subject="Døgnåpen forvaltning")
        casework.plan_meeting(**made.by(IT, DAY), body="styringsgruppen", held_on=later(20))
        meeting = meetings.prepare_meeting(**made.by(IT, DAY), day_id=BodyMeeting.objects.get().pk)
        client, start = browser(made, IT, DAY)
        page = client.get(f"{start}moeter/{meeting.pk}/").content.decode()
        assert "Døgnåpen forvaltning" in page and "Ingen rådføring er ført inn." in page

    def test_the_answer_to_a_remark_is_seen_by_who_gave_it(self, made: Place) -> None:
        case = to_hearing(made)
        heard(made, case, later(4))
        [statement] = Statement.objects.all()
        client, start = browser(made, IT, DAY)
        address = f"{start}hoeringer/uttalelse/{statement.pk}/svar/"
        assert client.post(address, {"followed": "not"}).status_code == 422
        assert client.post(address, {"followed": "not", "reason": "Ikke penger i år."}).status_code == 302
        assert StatementAnswer.objects.get().followed == "not"
        sender, _start = browser(made, "hovedtillitsvalgt", DAY)
        page = sender.get(f"{start}hoeringer/{statement.consultee.hearing_id}/").content.decode()
        assert "Ikke penger i år." in page and "Ikke fulgt" in page
