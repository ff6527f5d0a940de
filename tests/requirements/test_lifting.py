"""A case lifted from one arrangement to the next and on, with its papers, and how it goes told back (issue: lifting)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from samstyr.foundation.documents.models import Document
from samstyr.foundation.jobs.running import run_one
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.outward.notices.models import Notice
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import Case
from samstyr.procedure.lifting import actions, carrying, queries
from samstyr.procedure.lifting.models import Channel, Lift, Received
from samstyr.procedure.lifting.rules import FileCopy, Package
from samstyr.procedure.matters import actions as matters
from samstyr.procedure.matters.models import Matter
from tests.support import make_tenant

from .du_world import TODAY, Du, at, waiting
from .test_d_cases import ASKED, sent, treated

PACKAGE = Package(
    title="Felles innlogging",
    background="Kommunene har hver sin.",
    question="Kan dere ta den nasjonalt?",
    priority="high",
    files=(FileCopy("Grunnlag", "grunnlag.txt", b"Tall.\n"),),
)


def arrangement(name: str) -> Du:
    tenant = make_tenant(name)
    with tenant_scope(tenant.pk):
        return Du(tenant)


def inside(made: Du) -> Any:
    return tenant_scope(made.tenant.pk)


def agreed(sender: Du, receiver: Du) -> Channel:
    """The sender may lift cases to the receiver."""
    with inside(receiver):
        secret = actions.invite(**receiver.by("administrator"), name="Naboen")
    with inside(sender):
        return carrying.connect(
            **sender.by("administrator"), code=f"{receiver.tenant.slug}.{secret}", own_name=sender.tenant.name
        )


def lifted(sender: Du, channel: Channel, package: Package = PACKAGE, case: Case | None = None) -> Lift:
    with inside(sender):
        found = case.pk if case else sent(sender).pk
        return carrying.lift_case(**sender.by(), case_id=found, channel_id=channel.pk, package=package)


def told(*made: Du) -> None:
    """The workers of the arrangements have done what waits."""
    for _round in made:
        for one in made:
            while run_one(one.tenant.pk):
                pass


@pytest.fixture
def pair(db: None, monkeypatch: pytest.MonkeyPatch) -> tuple[Du, Du]:
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    return arrangement("samarbeidet"), arrangement("utvalget")


class TestAgreement:
    def test_a_code_opens_both_sides(self, pair: tuple[Du, Du]) -> None:
        sender, receiver = pair
        agreed(sender, receiver)
        with inside(sender):
            assert [(row.direction, row.name, row.state) for row in queries.channels()] == [("out", "Utvalget", "open")]
        with inside(receiver):
            row = Channel.objects.get()
            assert (row.direction, row.name, row.state, row.digest) == ("in", "Samarbeidet", "open", "")

    @pytest.mark.parametrize(
        "code", ["", "utvalget", "utvalget.", ".x", "finnes-ikke.abc", "utvalget.feil", "utvalget.æ"]
    )
    def test_what_is_no_code_is_refused(self, pair: tuple[Du, Du], code: str) -> None:
        sender, _receiver = pair
        with inside(sender), pytest.raises(Invalid):
            carrying.connect(**sender.by("administrator"), code=code, own_name="X")
        with inside(sender):
            assert not Channel.objects.exists()

    def test_a_code_is_used_once_ends_and_is_taken_back(self, pair: tuple[Du, Du]) -> None:
        sender, receiver = pair
        with inside(receiver):
            secrets = [actions.invite(**receiver.by("administrator"), name="Naboen") for _ in range(2)]
        code = f"{receiver.tenant.slug}.{secrets[0]}"
        with inside(sender), pytest.raises(Invalid):
            late = sender.by("administrator", TODAY + timedelta(days=15))
            carrying.connect(**late, code=code, own_name="Samarbeidet")
        with inside(sender):
            carrying.connect(**sender.by("administrator"), code=code, own_name="Samarbeidet")
            with pytest.raises(Invalid):
                carrying.connect(**sender.by("administrator"), code=code, own_name="Samarbeidet")
            with pytest.raises(Conflict):
                carrying.connect(
                    **sender.by("administrator"), code=f"{receiver.tenant.slug}.{secrets[1]}", own_name="Samarbeidet"
                )
            assert Channel.objects.count() == 1
        with inside(receiver):
            row = Channel.objects.get(state="invited")
            actions.close_channel(**receiver.by("administrator"), channel_id=row.pk, version=row.version)
            with pytest.raises(Conflict):
                actions.close_channel(**receiver.by("administrator"), channel_id=row.pk, version=None)

    def test_only_who_manages_organisations_agrees(self, pair: tuple[Du, Du]) -> None:
        _sender, receiver = pair
        with inside(receiver), pytest.raises(Refused):
            actions.invite(**receiver.by("sekretariat"), name="Naboen")
        with inside(receiver), pytest.raises(Refused):
            carrying.connect(**receiver.by("sekretariat"), code="samarbeidet.x", own_name="Utvalget")


class TestLifting:
    def test_it_arrives_with_its_papers_and_somebody_is_told(self, pair: tuple[Du, Du]) -> None:
        sender, receiver = pair
        exempt = FileCopy("Lønnstall", "tall.txt", b"Hemmelig.\n", True, "offl. § 13", "Et vedlegg")
        row = lifted(
            sender, agreed(sender, receiver), replace(PACKAGE, files=(*PACKAGE.files, exempt), shielded=("X",))
        )
        assert [one["exempt"] for one in row.files] == [False, True]
        with inside(receiver):
            came = Received.objects.get()
            assert (came.title, came.priority, came.released_by, came.shielded) == (
                "Felles innlogging", "high", "sekretariat", ["X"],
            )  # fmt: skip
            assert [(one.exempt, one.legal_basis) for one in queries.files_of(came)] == [
                (False, ""),
                (True, "offl. § 13"),
            ]
            assert Notice.objects.get(kind="received").person == receiver.people["sekretariat"]

    def test_a_fault_there_leaves_nothing_here(self, pair: tuple[Du, Du]) -> None:
        sender, receiver = pair
        channel = agreed(sender, receiver)
        with inside(receiver):
            own = Channel.objects.get()
            actions.close_channel(**receiver.by("administrator"), channel_id=own.pk, version=own.version)
        with pytest.raises(Conflict):
            lifted(sender, channel)
        with inside(sender):
            assert not Lift.objects.exists()
        with inside(receiver):
            assert not Received.objects.exists()

    @pytest.mark.parametrize(
        "wrong", [{"question": " "}, {"title": ""}, {"background": "x\0"}, {"priority": "haster"}, {"title": "x" * 301}]
    )
    def test_what_is_missing_is_told(self, pair: tuple[Du, Du], wrong: dict[str, str]) -> None:
        sender, receiver = pair
        with pytest.raises(Invalid) as fault:
            lifted(sender, agreed(sender, receiver), replace(PACKAGE, **wrong))
        assert fault.value.errors[0].field == next(iter(wrong))

    def test_twice_is_refused_and_the_same_form_is_once(self, pair: tuple[Du, Du]) -> None:
        sender, receiver = pair
        channel = agreed(sender, receiver)
        with inside(sender):
            case = sent(sender)
            for _ in range(2):
                carrying.lift_case(**sender.by(), key="skjema", case_id=case.pk, channel_id=channel.pk, package=PACKAGE)
        with pytest.raises(Conflict):
            lifted(sender, channel, case=case)
        with inside(receiver):
            assert Received.objects.count() == 1

    def test_only_who_administers_a_case_they_see(self, pair: tuple[Du, Du]) -> None:
        sender, receiver = pair
        channel = agreed(sender, receiver)
        with inside(sender):
            case = sent(sender)
            with pytest.raises(Refused):
                carrying.lift_case(**sender.by("agder"), case_id=case.pk, channel_id=channel.pk, package=PACKAGE)
            with pytest.raises(NotFound):
                carrying.lift_case(
                    **sender.by("nettverk_leder"), case_id=case.pk, channel_id=channel.pk, package=PACKAGE
                )
        with inside(receiver):
            with pytest.raises(NotFound):
                carrying.lift_case(**receiver.by(), case_id=case.pk, channel_id=channel.pk, package=PACKAGE)


class TestAnswer:
    def test_it_is_taken_in_treated_and_told_back(self, pair: tuple[Du, Du]) -> None:
        sender, receiver = pair
        row = lifted(sender, agreed(sender, receiver))
        with inside(receiver):
            came = Received.objects.get()
            matter = actions.accept(**receiver.by(), received_id=came.pk, version=came.version, path="sak")
            assert "Samarbeidet, 01.03.2022" in matter.background
            assert Document.objects.filter(owner_kind="matter", owner_id=matter.pk).count() == 1
        told(receiver)
        with inside(sender):
            row.refresh_from_db()
            assert (row.state, row.standing) == ("accepted", "Under forberedelse")
        with inside(receiver):
            saved = matters.save_draft(
                **receiver.by(), matter_id=matter.pk, version=matter.version,
                values=replace(ASKED, background=matter.background),
            )  # fmt: skip
            matters.send(**receiver.by(), matter_id=matter.pk, version=saved.version)
            case = Case.objects.get()
            treated(receiver, case, "mote", "sekretariat", text="Til møtet.")
        told(receiver)
        with inside(sender):
            row.refresh_from_db()
            assert row.standing == "Utvalget gir sin anbefaling"
            assert not Notice.objects.filter(kind="lifted").exists()
        with inside(receiver):
            treated(receiver, case, "anbefalt", "du_leder", text="Vi anbefaler den.", decided_on=TODAY)
            treated(receiver, case, "vedtatt", "radet_leder", text="Rådet slutter seg til.", decided_on=TODAY)
        told(receiver)
        with inside(sender):
            row.refresh_from_db()
            assert (row.state, row.standing, row.answer) == ("ended", "Vedtatt", "Rådet slutter seg til.")
            assert Notice.objects.get(kind="lifted").person == sender.people["sekretariat"]

    def test_a_no_comes_back_with_its_reason_and_it_may_be_lifted_again(self, pair: tuple[Du, Du]) -> None:
        sender, receiver = pair
        channel = agreed(sender, receiver)
        row = lifted(sender, channel)
        with inside(receiver):
            came = Received.objects.get()
            with pytest.raises(Invalid):
                actions.decline(**receiver.by(), received_id=came.pk, version=came.version, reason=" ")
            with pytest.raises(Refused):
                actions.decline(**receiver.by("agder"), received_id=came.pk, version=came.version, reason="Nei.")
            actions.decline(**receiver.by(), received_id=came.pk, version=came.version, reason="Allerede løst.")
            with pytest.raises(Conflict):
                actions.accept(**receiver.by(), received_id=came.pk, version=None, path="sak")
        told(receiver)
        with inside(sender):
            row.refresh_from_db()
            assert (row.state, row.answer) == ("declined", "Allerede løst.")
            case = row.case
        lifted(sender, channel, case=case)
        with inside(receiver):
            assert queries.waiting_count() == 1

    def test_a_draft_thrown_away_can_be_taken_in_again(self, pair: tuple[Du, Du]) -> None:
        sender, receiver = pair
        lifted(sender, agreed(sender, receiver))
        with inside(receiver):
            came = Received.objects.get()
            matter = actions.accept(**receiver.by(), received_id=came.pk, version=came.version, path="sak")
            matters.delete_draft(**receiver.by(), matter_id=matter.pk)
            actions.accept(**receiver.by(), received_id=came.pk, version=None, path="sak")
            assert Matter.objects.count() == 1

    def test_the_words_of_a_closed_item_stay(self, pair: tuple[Du, Du]) -> None:
        from samstyr.procedure.meetings import actions as meetings
        from samstyr.procedure.meetings.models import AgendaItem

        sender, receiver = pair
        row = lifted(sender, agreed(sender, receiver))
        with inside(receiver):
            came = Received.objects.get()
            matter = actions.accept(**receiver.by(), received_id=came.pk, version=came.version, path="sak")
            saved = matters.save_draft(**receiver.by(), matter_id=matter.pk, version=matter.version, values=ASKED)
            matters.send(**receiver.by(), matter_id=matter.pk, version=saved.version)
            case = Case.objects.get()
            treated(receiver, case, "mote", "sekretariat", text="Til møtet.")
            day = casework.plan_meeting(**receiver.by(), body="du", held_on=date(2022, 3, 22))
            meeting = meetings.prepare_meeting(**receiver.by(), day_id=day.pk)
            (item,) = meetings.add_cases(**receiver.by(), meeting_id=meeting.pk, case_step_ids=[waiting(case).pk])
            AgendaItem.objects.filter(pk=item.pk).update(closed=True, legal_basis="offl. § 13")
            treated(receiver, case, "anbefalt", "du_leder", text="Hemmelig grunn.", decided_on=TODAY)
            treated(receiver, case, "vedtatt", "radet_leder", text="Hemmelig vedtak.", decided_on=TODAY)
        told(receiver)
        with inside(sender):
            row.refresh_from_db()
            assert (row.state, row.standing, row.answer) == ("ended", "Vedtatt", "")


def test_from_the_municipality_through_the_network_to_the_committee(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three arrangements in a row: each sees how it goes at the far end, and none sees another's rows."""
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    home, network, committee = (arrangement(name) for name in ("kommunen", "nettverket", "du"))
    first = lifted(home, agreed(home, network))
    channel = agreed(network, committee)
    with inside(network):
        came = Received.objects.get()
        matter = actions.accept(**network.by(), received_id=came.pk, version=came.version, path="sak")
        saved = matters.save_draft(**network.by(), matter_id=matter.pk, version=matter.version, values=ASKED)
        matters.send(**network.by(), matter_id=matter.pk, version=saved.version)
        case = Case.objects.get()
    second = lifted(network, channel, case=case)
    with inside(committee):
        came = Received.objects.get()
        actions.accept(**committee.by(), received_id=came.pk, version=came.version, path="sak")
        assert Case.objects.count() == 0
    told(home, network, committee)
    with inside(network):
        second.refresh_from_db()
        assert second.standing == "Under forberedelse"
    with inside(home):
        first.refresh_from_db()
        assert first.standing == "Sekretariatet tar imot bestillingen → Du: Under forberedelse"


class TestPages:
    def test_from_the_code_to_the_answer(self, pair: tuple[Du, Du]) -> None:
        sender, receiver = pair
        with inside(sender):
            case = sent(sender)
            matter = Matter.objects.get()
            keeper, secretary = sender.client("administrator"), sender.client()
        with inside(receiver):
            their_keeper, their_secretary = receiver.client("administrator"), receiver.client()
        refused = secretary.get(sender.address(f"saker/{case.pk}/loeft/"))
        assert refused.status_code == 409
        page = their_keeper.post(receiver.address("loeft/avtaler/"), {"name": "Samarbeidet"}).content.decode()
        code = page.split("<code>")[1].split("</code>")[0]
        assert keeper.post(sender.address("loeft/avtaler/koble/"), {"code": "utvalget.feil"}).status_code == 422
        assert keeper.post(sender.address("loeft/avtaler/koble/"), {"code": code}).status_code == 303
        form = secretary.get(sender.address(f"saker/{case.pk}/loeft/")).content.decode()
        assert "Kommunene har hver sin." in form
        with inside(sender):
            channel = Channel.objects.get()
        given = {
            "channel": str(channel.pk), "title": matter.title, "question": "Kan dere ta den?", "priority": "high",
            "background": "Kommunene har hver sin.",
        }  # fmt: skip
        assert secretary.post(sender.address(f"saker/{case.pk}/loeft/"), {**given, "question": ""}).status_code == 422
        assert secretary.post(sender.address(f"saker/{case.pk}/loeft/"), given).status_code == 303
        assert "Løftet til andre" in secretary.get(sender.address(f"saker/{case.pk}/")).content.decode()
        assert "Utvalget" in secretary.get(sender.address("loeft/?vis=herfra")).content.decode()
        assert "Samarbeidet" in their_secretary.get(receiver.address("loeft/")).content.decode()
        with inside(receiver):
            came = Received.objects.get()
        place = receiver.address(f"loeft/{came.pk}/")
        assert "Kan dere ta den?" in their_secretary.get(place).content.decode()
        assert their_secretary.post(f"{place}si-nei/", {"reason": ""}).status_code == 422
        done = their_secretary.post(f"{place}ta-imot/", {"path": "sak", "_version": came.version})
        assert done.status_code == 303
        assert "saker/emne/" in done.headers["Location"]
        assert their_keeper.get(place).status_code == 403
        assert secretary.get(sender.address(f"loeft/{came.pk}/")).status_code == 404
