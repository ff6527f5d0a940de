"""Cases of the national committee on the shipped model: who asked, which clause, and what follows (walk W2, 9 and 10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.organisations.tests.factories import make_unit
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import Case
from samstyr.procedure.matters import actions, queries
from samstyr.procedure.matters.models import Matter
from samstyr.procedure.matters.rules import MatterValues
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.meetings.queries.proposed import proposals_to

from .du_world import TODAY, Du, at, committee_of_the_regions, waiting

ASKED = MatterValues(
    path="sak", title="Felles innlogging", background="Kommunene har hver sin.", question="Bør løsningen felles?",
    requested_by="KommIT-rådet", requested_on=date(2022, 2, 14), goals=("o3",),
)  # fmt: skip

FORM: dict[str, Any] = {
    "path": "sak", "title": "Felles innlogging", "background": "Hver sin.", "question": "Bør den felles?",
    "requested_by": "KommIT-rådet", "requested_on": "2022-02-14", "goals": ["o3"],
}  # fmt: skip


@pytest.fixture
def du(db: None) -> Iterator[Du]:
    with committee_of_the_regions() as ready:
        yield ready


@pytest.fixture
def browser(du: Du, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    return du.client("trondelag")


def sent(du: Du, values: MatterValues = ASKED, who: str = "sekretariat") -> Case:
    matter = actions.create_draft(**du.by(who), values=values)
    actions.send(**du.by(who), matter_id=matter.pk, version=matter.version)
    case = queries.case_of(matter)
    assert case is not None
    return case


def treated(du: Du, case: Case, outcome: str, who: str, **more: Any) -> Case:
    row = waiting(case)
    casework.treat(**du.by(who), case_step_id=row.pk, version=row.version, outcome=outcome, **more)
    case.refresh_from_db()
    return case


def test_d_09_a_case_carries_who_asked_and_when(du: Du) -> None:
    case = sent(du)
    assert (case.subject_kind, waiting(case).step) == ("advice", "bestilling")
    matter = Matter.objects.get()
    assert (matter.requested_by, matter.requested_on, matter.state) == ("KommIT-rådet", date(2022, 2, 14), "open")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"requested_by": "", "requested_on": None}, "requested_by"),
        ({"requested_on": None}, "requested_on"),
        ({"requested_on": date(2022, 3, 2)}, "requested_on"),
        ({"requested_by": "Utvalget selv"}, "requested_by"),
        ({"question": "  "}, "question"),
        ({"goals": ("o9",)}, "goals"),
    ],
)
def test_d_09_d_20_what_is_missing_keeps_it_a_draft(du: Du, change: dict[str, Any], field: str) -> None:
    matter = actions.create_draft(**du.by("trondelag"), values=replace(ASKED, **change))
    with pytest.raises(Invalid) as fault:
        actions.send(**du.by("trondelag"), matter_id=matter.pk, version=matter.version)
    assert field in {error.field for error in fault.value.errors}
    matter.refresh_from_db()
    assert matter.state == "draft"
    assert not Case.objects.exists()


def test_d_20_an_own_case_cites_a_clause(du: Du) -> None:
    own = replace(ASKED, requested_by="", requested_on=None)
    matter = actions.create_draft(**du.by("trondelag"), values=own)
    with pytest.raises(Invalid) as fault:
        actions.send(**du.by("trondelag"), matter_id=matter.pk, version=matter.version)
    assert "KommIT-rådets mandat" in str(fault.value.errors[0])
    saved = actions.save_draft(
        **du.by("trondelag"), matter_id=matter.pk, version=matter.version, values=replace(own, clause="Punkt 3 b")
    )
    actions.send(**du.by("trondelag"), matter_id=matter.pk, version=saved.version)
    assert Case.objects.get().title == "Felles innlogging"


def test_d_03_d_17_from_the_council_to_the_committee_and_back(du: Du) -> None:
    case = treated(du, sent(du), "mote", "sekretariat", text="Til møtet i mars.")
    case = treated(du, case, "anbefalt", "du_leder", text="Vi anbefaler felles innlogging.", decided_on=TODAY)
    assert waiting(case).actor_body == "kommit-radet"
    case = treated(du, case, "vedtatt", "radet_leder", text="Rådet slutter seg til.", decided_on=TODAY)
    assert (case.state, Matter.objects.get().state, Matter.objects.get().outcome) == ("ended", "ended", "vedtatt")


def test_a_draft_is_its_writers_alone_and_what_is_sent_is_fixed(du: Du) -> None:
    matter = actions.create_draft(**du.by("trondelag"), values=ASKED)
    with pytest.raises(NotFound):
        queries.get_matter(du.actor("sekretariat"), matter.pk)
    with pytest.raises(NotFound):
        actions.send(**du.by("nordland"), matter_id=matter.pk, version=matter.version)
    actions.add_attachment(
        **du.by("trondelag"), matter_id=matter.pk, content=b"Grunnlag.\n", file_name="grunnlag.txt", title="Grunnlag"
    )
    actions.send(**du.by("trondelag"), matter_id=matter.pk, version=matter.version)
    matter.refresh_from_db()
    assert [one.frozen for one in queries.attachments_of(du.actor("nordland"), matter)] == [True]
    for refused in (actions.save_draft, actions.send):
        with pytest.raises(Conflict):
            more = {"values": ASKED} if refused is actions.save_draft else {}
            refused(**du.by("trondelag"), matter_id=matter.pk, version=None, **more)
    with pytest.raises(Conflict):
        actions.delete_draft(**du.by("trondelag"), matter_id=matter.pk)
    with pytest.raises(Refused):
        actions.withdraw(**du.by("nordland"), matter_id=matter.pk, version=None, reason="Nei.")


def test_a_member_without_the_right_raises_nothing(du: Du) -> None:
    with pytest.raises(Refused):
        actions.create_draft(**du.by("nettverk_leder"), values=ASKED)


@pytest.mark.parametrize("path", ["innspill", "plan", "finnes-ikke", ""])
def test_only_paths_for_matters_are_taken(du: Du, path: str) -> None:
    with pytest.raises(Invalid) as fault:
        actions.create_draft(**du.by(), values=replace(ASKED, path=path))
    assert fault.value.errors[0].field == "path"


def test_it_comes_back_and_goes_on_where_it_was(du: Du) -> None:
    case = treated(du, sent(du, who="trondelag"), "mote", "sekretariat", text="Til møtet.")
    treated(du, case, "mer", "du_leder", reason="Tallene mangler.", decided_on=TODAY)
    assert waiting(case).step == "bestilling"


def test_it_is_withdrawn_with_a_reason(du: Du) -> None:
    sent(du, who="trondelag")
    matter = Matter.objects.get()
    with pytest.raises(Invalid):
        actions.withdraw(**du.by("trondelag"), matter_id=matter.pk, version=matter.version, reason=" ")
    actions.withdraw(**du.by("trondelag"), matter_id=matter.pk, version=matter.version, reason="Løst på annet vis.")
    matter.refresh_from_db()
    assert (matter.state, Case.objects.get().outcome) == ("withdrawn", "withdrawn")


def test_a_need_that_is_lifted_becomes_the_councils_case(du: Du) -> None:
    """The path for needs goes on with the path for the council: the words and the case it follows go along."""
    from samstyr.wheel.needs import actions as needs
    from samstyr.wheel.needs.rules.values import NeedValues

    service = make_unit(du.ks, "Innbyggertjenester")
    given = NeedValues(
        unit=service.pk,
        title="Felles innsyn", need="Innbyggerne spør mange steder.", affected="Innbyggere", effect="Ett sted å spørre",
        goals=("o3",), answers={"oppdrag": "3"},
    )  # fmt: skip
    need = needs.create_draft(**du.by("trondelag"), values=given)
    needs.submit(**du.by("trondelag"), need_id=need.pk, version=need.version)
    first = Case.objects.get()
    treated(du, first, "lofte", "du_leder", text="Bør inn i Fiks.", decided_on=TODAY)
    matter = Matter.objects.get()
    case = queries.case_of(matter)
    assert case is not None
    assert (matter.title, matter.follows_id, case.path) == ("Felles innsyn", first.pk, "sak")
    assert "Innbyggerne spør mange steder." in matter.background
    assert matter.question == "Bør inn i Fiks."
    assert matter.requested_by


class TestPages:
    def test_from_the_list_to_the_case(self, du: Du, browser: Any) -> None:
        listed = browser.get(du.address("saker/")).content.decode()
        assert "Reis en sak" in listed
        answer = browser.post(du.address("saker/ny/"), {**FORM, "question": ""})
        matter = Matter.objects.get()
        assert answer.headers["Location"] == du.address(f"saker/emne/{matter.pk}/rediger/")
        assert "Utkastene dine" in browser.get(du.address("saker/")).content.decode()
        page = browser.post(
            du.address(f"saker/emne/{matter.pk}/rediger/"),
            {**FORM, "question": "", "_next": "send", "_version": matter.version},
        )
        assert page.status_code == 422
        assert "Fyll ut dette før saken sendes inn" in page.content.decode()
        matter.refresh_from_db()
        done = browser.post(
            du.address(f"saker/emne/{matter.pk}/rediger/"),
            {**FORM, "_next": "send", "_version": matter.version},
        )
        case = Case.objects.get()
        assert done.headers["Location"] == du.address(f"saker/{case.pk}/")
        read = du.client("agder").get(du.address(f"saker/emne/{matter.pk}/")).content.decode()
        assert "KommIT-rådet, 14.02.2022" in read

    def test_files_and_throwing_away(self, du: Du, browser: Any) -> None:
        browser.post(du.address("saker/ny/"), FORM)
        matter = Matter.objects.get()
        file = SimpleUploadedFile("grunnlag.txt", b"Tall.\n")
        browser.post(du.address(f"saker/emne/{matter.pk}/vedlegg/"), {"file": file, "title": "Grunnlag"})
        (document,) = queries.files_of(matter)
        assert browser.get(du.address(f"filer/{document.pk}/")).content == b"Tall.\n"
        assert du.client("agder").get(du.address(f"filer/{document.pk}/")).status_code == 404
        browser.post(du.address(f"saker/emne/{matter.pk}/vedlegg/{document.pk}/fjern/"))
        assert not queries.files_of(matter)
        browser.post(du.address(f"saker/emne/{matter.pk}/slett/"))
        assert not Matter.objects.exists()

    def test_somebody_elses_draft_is_not_found(self, du: Du, browser: Any) -> None:
        browser.post(du.address("saker/ny/"), FORM)
        matter = Matter.objects.get()
        for rest in ("", "rediger/", "trekk/"):
            assert du.client("agder").get(du.address(f"saker/emne/{matter.pk}/{rest}")).status_code == 404

    def test_an_old_version_is_told(self, du: Du, browser: Any) -> None:
        browser.post(du.address("saker/ny/"), FORM)
        matter = Matter.objects.get()
        browser.post(du.address(f"saker/emne/{matter.pk}/rediger/"), {**FORM, "_version": matter.version})
        late = browser.post(du.address(f"saker/emne/{matter.pk}/rediger/"), {**FORM, "_version": matter.version})
        assert late.status_code == 409

    def test_taking_back(self, du: Du, browser: Any) -> None:
        browser.post(du.address("saker/ny/"), {**FORM, "_next": "send"})
        matter = Matter.objects.get()
        assert browser.post(du.address(f"saker/emne/{matter.pk}/trekk/"), {"reason": ""}).status_code == 422
        browser.post(du.address(f"saker/emne/{matter.pk}/trekk/"), {"reason": "Løst.", "_version": str(matter.version)})
        matter.refresh_from_db()
        assert matter.state == "withdrawn"


class TestProposals:
    """D-21: what the committee proposes for the council's agenda, and how much of it is taken up."""

    def test_d_21_proposed_taken_up_and_declined_with_the_rate(self, du: Du) -> None:
        own = replace(ASKED, requested_by="", requested_on=None, clause="Punkt 3")
        cases = []
        for title in ("Arkiv", "Innsyn", "Språk"):
            case = treated(du, sent(du, replace(own, title=title)), "mote", "sekretariat", text="Til møtet.")
            cases.append(treated(du, case, "anbefalt", "du_leder", text="Tas opp.", decided_on=TODAY))
        first = proposals_to("kommit-radet", du.actor())
        assert ({row.state for row in first.rows}, first.rate) == ({"waiting"}, None)
        assert {row.by for row in first.rows} == {"du"}
        day = casework.plan_meeting(**du.by(), body="kommit-radet", held_on=date(2022, 5, 10))
        meeting = meetings.prepare_meeting(**du.by(), day_id=day.pk)
        meetings.add_cases(**du.by(), meeting_id=meeting.pk, case_step_ids=[waiting(cases[0]).pk])
        treated(du, cases[1], "avvist", "radet_leder", reason="Ikke nå.", decided_on=TODAY)
        found = proposals_to("kommit-radet", du.actor())
        told = {row.case.title: (row.state, row.meets_on, row.reason) for row in found.rows}
        assert told == {
            "Arkiv": ("accepted", date(2022, 5, 10), ""),
            "Innsyn": ("declined", None, "Ikke nå."),
            "Språk": ("waiting", None, ""),
        }
        assert (found.answered, found.rate) == (2, 50.0)
        assert not proposals_to("du", du.actor()).rows
        assert not proposals_to("kommit-radet", du.actor("nettverk_leder")).rows

    def test_the_page(self, du: Du, browser: Any) -> None:
        assert "Ingen forslag" in browser.get(du.address("moeter/forslag/")).content.decode()
        case = treated(du, sent(du), "mote", "sekretariat", text="Til møtet.")
        treated(du, case, "anbefalt", "du_leder", text="Tas opp.", decided_on=TODAY)
        page = browser.get(du.address("moeter/forslag/?organ=kommit-radet")).content.decode()
        assert "Foreslått" in page
        assert "Digitaliseringsutvalget" in page


def test_a_roles_step_that_asks_for_a_text_is_treated_on_its_page(du: Du, browser: Any) -> None:
    case = sent(du)
    row, secretary = waiting(case), du.client()
    page = secretary.get(du.address(f"oppgaver/{row.pk}/")).content.decode()
    assert "Hva er avgjort?" in page
    given = {"outcome": "mote", "text": "Settes på sakslisten.", "_version": str(row.version)}
    assert secretary.post(du.address(f"oppgaver/{row.pk}/"), given).status_code == 302
    case.refresh_from_db()
    assert waiting(case).step == "utvalget"
