"""Drafts, co-authors, attachments, withdrawal, and who sees what."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samstyr.foundation.access import Act, Actor, may
from samstyr.foundation.audit.models import AuditDetail, AuditEvent
from samstyr.foundation.documents.models import Document
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.models import CaseState
from samstyr.wheel.needs import actions, queries
from samstyr.wheel.needs.actions.outcomes import end_need
from samstyr.wheel.needs.models import CoAuthor, Need, NeedState
from samstyr.wheel.needs.queries import Criteria, Tab
from samstyr.wheel.needs.rules.values import NeedValues

from .factories import NOW, World

TEXT = b"Notat om behovet, i ren tekst.\n"


class TestDraft:
    def test_the_unit_decides_who_may_write_for_it(self, made: World) -> None:
        """B-23: own unit by one's own right, the area by a representative's."""
        elsewhere = made.values(unit=made.units["sykehjem"].pk)
        with pytest.raises(Refused):
            actions.create_draft(actor=made.actor("ansatt"), now=NOW, values=elsewhere)
        assert actions.create_draft(actor=made.actor("representant"), now=NOW, values=elsewhere).pk
        with pytest.raises(Refused):
            actions.create_draft(
                actor=made.actor("representant"), now=NOW, values=made.values(unit=made.units["teknisk"].pk)
            )
        with pytest.raises(Refused):
            actions.create_draft(actor=made.actor("leser"), now=NOW, values=made.values())

    def test_a_unit_that_does_not_exist_here(self, made: World) -> None:
        with pytest.raises(Invalid) as refusal:
            made.draft(unit=made.tenant.pk)
        assert refusal.value.errors[0].field == "unit"

    def test_saving_what_is_the_same_writes_nothing(self, made: World) -> None:
        need = made.draft()
        saved = actions.save_draft(
            actor=made.actor("ansatt"), now=NOW, need_id=need.pk, version=1, values=made.values()
        )
        assert saved.version == 1
        assert list(AuditEvent.objects.values_list("action", flat=True)) == ["need.drafted"]

    def test_saving_tells_before_and_after(self, made: World) -> None:
        need = made.draft()
        actions.save_draft(
            actor=made.actor("ansatt"), now=NOW, need_id=need.pk, version=1, values=made.values(effect="Annet")
        )
        details = AuditDetail.objects.order_by("-sequence").first()
        assert details is not None
        assert details.details["before"]["effect"] == "Neste vakt har oppdaterte opplysninger."
        assert details.details["after"]["effect"] == "Annet"

    def test_refusals(self, made: World) -> None:
        need = made.draft()
        arguments = {"now": NOW, "need_id": need.pk, "values": made.values(effect="Annet")}
        with pytest.raises(Conflict):
            actions.save_draft(actor=made.actor("ansatt"), version=7, **arguments)
        with pytest.raises(NotFound):
            actions.save_draft(actor=made.actor("kollega"), version=1, **arguments)
        with pytest.raises(Invalid):
            actions.save_draft(
                actor=made.actor("ansatt"),
                now=NOW,
                need_id=need.pk,
                version=1,
                values=made.values(investment_cost=-1),
            )
        with pytest.raises(Refused):
            actions.save_draft(
                actor=made.actor("ansatt"),
                now=NOW,
                need_id=need.pk,
                version=1,
                values=made.values(unit=made.units["teknisk"].pk),
            )
        sent = made.submitted()
        with pytest.raises(Conflict) as refusal:
            actions.save_draft(
                actor=made.actor("ansatt"),
                now=NOW,
                need_id=sent.pk,
                version=sent.version,
                values=made.values(effect="x"),
            )
        assert "kan ikke endres nå" in str(refusal.value.message)

    def test_joint_means_the_others_too_and_can_be_undone(self, made: World) -> None:
        need = made.draft(joint=True)
        assert {row.organisation for row in need.participants.all()} == set(made.organisations.values())
        need = actions.save_draft(
            actor=made.actor("ansatt"), now=NOW, need_id=need.pk, version=need.version, values=made.values(joint=False)
        )
        assert [row.organisation for row in need.participants.all()] == [made.organisations["fjord"]]

    def test_deleting_is_for_who_it_comes_from_and_only_drafts(self, made: World) -> None:
        need = made.draft()
        actions.add_co_author(actor=made.actor("ansatt"), now=NOW, need_id=need.pk, person_id=made.people["kollega"].pk)
        with pytest.raises(Refused) as refusal:
            actions.delete_draft(actor=made.actor("kollega"), now=NOW, need_id=need.pk, version=1)
        assert "Fagleder" in str(refusal.value.remedy)
        actions.delete_draft(actor=made.actor("ansatt"), now=NOW, need_id=need.pk, version=1)
        assert not Need.objects.exists()
        assert not CoAuthor.objects.exists()
        sent = made.submitted()
        with pytest.raises(Conflict):
            actions.delete_draft(actor=made.actor("ansatt"), now=NOW, need_id=sent.pk, version=sent.version)


class TestTogether:
    def test_a_co_author_reads_and_writes_until_removed(self, made: World) -> None:
        need = made.draft()
        who = {"now": NOW, "need_id": need.pk, "person_id": made.people["kollega"].pk}
        for _ in range(2):
            actions.add_co_author(actor=made.actor("ansatt"), **who)
        assert CoAuthor.objects.count() == 1
        assert queries.get_need(made.actor("kollega"), need.pk) == need
        actions.save_draft(
            actor=made.actor("kollega"), now=NOW, need_id=need.pk, version=1, values=made.values(effect="Vårt")
        )
        actions.remove_co_author(actor=made.actor("kollega"), **who)
        with pytest.raises(NotFound):
            queries.get_need(made.actor("kollega"), need.pk)
        with pytest.raises(NotFound):
            actions.remove_co_author(actor=made.actor("ansatt"), **who)

    def test_who_is_not_here_and_who_may_not(self, made: World) -> None:
        need = made.draft()
        with pytest.raises(Invalid):
            actions.add_co_author(actor=made.actor("ansatt"), now=NOW, need_id=need.pk, person_id=made.tenant.pk)
        sent = made.submitted()
        with pytest.raises(Refused):
            actions.add_co_author(
                actor=made.actor("leder"), now=NOW, need_id=sent.pk, person_id=made.people["leder"].pk
            )

    def test_attachments_come_and_go_with_the_draft(self, made: World) -> None:
        need = made.draft()
        add = {"now": NOW, "need_id": need.pk, "content": TEXT, "file_name": "notat.txt", "title": "Notat"}
        document = actions.add_attachment(actor=made.actor("ansatt"), **add)
        assert [row.title for row in queries.attachments_of(made.actor("ansatt"), need)] == ["Notat"]
        with pytest.raises(NotFound):
            actions.add_attachment(actor=made.actor("kollega"), **add)
        with pytest.raises(Invalid):
            actions.add_attachment(
                actor=made.actor("ansatt"), **{**add, "content": b"MZ\x90\x00", "file_name": "x.exe"}
            )
        other = made.draft()
        with pytest.raises(NotFound):
            actions.remove_attachment(actor=made.actor("ansatt"), now=NOW, need_id=other.pk, document_id=document.pk)
        actions.remove_attachment(actor=made.actor("ansatt"), now=NOW, need_id=need.pk, document_id=document.pk)
        assert not Document.objects.exists()
        actions.add_attachment(actor=made.actor("ansatt"), **add)
        actions.delete_draft(actor=made.actor("ansatt"), now=NOW, need_id=need.pk, version=need.version)
        assert not Document.objects.exists()


class TestWithdraw:
    def test_the_case_ends_with_it(self, made: World) -> None:
        need = made.submitted()
        gone = actions.withdraw(
            actor=made.actor("ansatt"), now=NOW, need_id=need.pk, version=need.version, reason=" Løst på annen måte "
        )
        assert (gone.state, gone.withdrawn_reason) == (NeedState.WITHDRAWN, "Løst på annen måte")
        case = cases.case_of("need", need.pk)
        assert case is not None
        assert case.state == CaseState.ENDED
        gone.refresh_from_db()
        assert gone.state == NeedState.WITHDRAWN

    def test_refusals(self, made: World) -> None:
        need = made.submitted()
        arguments = {"now": NOW, "need_id": need.pk, "version": need.version}
        with pytest.raises(Invalid):
            actions.withdraw(actor=made.actor("ansatt"), reason="  ", **arguments)
        with pytest.raises(Refused):
            actions.withdraw(actor=made.actor("representant"), reason="Nei", **arguments)
        with pytest.raises(NotFound):
            actions.withdraw(actor=made.actor("annen"), reason="Nei", **arguments)
        draft = made.draft()
        with pytest.raises(Conflict):
            actions.withdraw(actor=made.actor("ansatt"), now=NOW, need_id=draft.pk, version=1, reason="Nei")

    def test_not_after_a_body_has_treated_it(self, made: World) -> None:
        need = made.submitted()
        for role, outcome in (("leder", "videre"), ("sekretaer", "senere")):
            (step,) = queries.next_steps(need)
            casework.treat(actor=made.actor(role), now=NOW, case_step_id=step.pk, version=step.version, outcome=outcome)
        need.refresh_from_db()
        with pytest.raises(Conflict) as refusal:
            actions.withdraw(actor=made.actor("ansatt"), now=NOW, need_id=need.pk, version=need.version, reason="Nei")
        assert "tatt stilling" in str(refusal.value.message)


def test_only_the_case_ends_a_need(made: World) -> None:
    need = made.submitted()
    with pytest.raises(RuntimeError):
        end_need(actor=made.actor("ansatt"), now=NOW, need_id=need.pk, outcome="inn")


class TestSight:
    """The list and the question agree: what a list shows is what one may read."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["ansatt", "kollega", "representant", "annen"]),
                st.booleans(),
                st.booleans(),
                st.sampled_from(["", "kollega", "leser"]),
            ),
            max_size=4,
        )
    )
    def test_the_list_is_the_twin_of_the_question(self, made: World, needs: list[tuple[str, bool, bool, str]]) -> None:
        Need.objects.all().delete()
        for role, joint, sent, co_author in needs:
            unit = {"annen": "teknisk", "representant": "sykehjem"}.get(role, "hjemme")
            need = made.draft(role, unit=made.units[unit].pk, joint=joint)
            if co_author and co_author != role:
                CoAuthor(need=need, person=made.people[co_author]).save()
            if sent:
                # Without its case, whose readers are asked of the case.
                need.state = NeedState.SUBMITTED
                need.save()
        for role in ("ansatt", "kollega", "representant", "leder", "skoleleder", "annen", "leser", "sekretaer"):
            actor = made.actor(role)
            listed = set(queries.visible_to(actor))
            assert listed == {need for need in Need.objects.all() if may(actor, Act.NEED_READ, need.facts())}, role

    def test_nobody_from_another_tenant(self, made: World) -> None:
        need = made.submitted()
        actor = made.actor("ansatt")
        stranger = Actor(actor.person, made.people["ansatt"].pk, actor.name, actor.roles, actor.grants)
        assert not may(stranger, Act.NEED_READ, need.facts())

    def test_filters_over_late_and_outcome(self, made: World) -> None:
        from .factories import AFTER_INTAKE

        late = made.submitted(now=AFTER_INTAKE, title="For sent")
        stopped = made.submitted(title="Stoppet")
        (step,) = queries.next_steps(stopped)
        casework.treat(
            actor=made.actor("leder"),
            now=NOW,
            case_step_id=step.pk,
            version=step.version,
            outcome="stopp",
            reason="Dekket fra før",
        )
        actor = made.actor("ansatt")
        assert list(queries.listed(actor, Tab.ALL, Criteria(late=True))) == [late]
        assert list(queries.listed(actor, Tab.ALL, Criteria(outcome="stopp"))) == [stopped]
        assert queries.outcomes(queries.visible_to(actor)) == ["stopp"]
        assert queries.years(queries.visible_to(actor)) == [2026]

    def test_similar_says_why_and_leaves_out_what_is_hidden(self, made: World) -> None:
        made.submitted("kollega")
        made.draft("kollega", title="Dokumentasjon hjemme hos brukeren også")
        found = queries.similar_to(made.actor("representant"), "Dokumentere hjemme hos brukerne")
        assert [one.need.title for one in found] == ["Dokumentasjon hjemme hos brukeren"]
        assert {"hjemme", "hos"} <= set(found[0].common)
        assert queries.similar_to(made.actor("representant"), "og i er") == []
        assert queries.similar_to(made.actor("skoleleder"), "Dokumentere hjemme hos brukerne") == []


def test_an_empty_draft_is_a_draft(made: World) -> None:
    need = actions.create_draft(actor=made.actor("ansatt"), now=NOW, values=NeedValues())
    assert str(need) == "Behov uten tittel"
    assert need.organisation == made.organisations["fjord"]
