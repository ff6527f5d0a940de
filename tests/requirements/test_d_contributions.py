"""What the committee's members bring and take home (walk W2, steps 11 and 15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.procedure.casework.models import Case
from samstyr.procedure.contributions import actions, queries
from samstyr.procedure.contributions.models import MemberContribution
from samstyr.procedure.contributions.rules import ContributionValues, coverage

from .du_world import TODAY, Du, at, committee_of_the_regions
from .test_d_cases import sent, treated

INITIATIVE = ContributionValues(
    "initiative", "Felles innsyn", date(2022, 2, 20), text="Vi prøver det i tre kommuner.", stage="Prøves ut",
    lesson="Begynn med arkivet.",
)  # fmt: skip
ANCHORING = ContributionValues("anchoring", "Fiks-plattformen", date(2022, 2, 1), arena="Nettverksmøte")


@pytest.fixture
def du(db: None) -> Iterator[Du]:
    with committee_of_the_regions() as ready:
        yield ready


@pytest.fixture
def browser(du: Du, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    return du.client("trondelag")


def add(du: Du, who: str, values: ContributionValues) -> MemberContribution:
    return actions.add(**du.by(who), body="du", values=values)


def test_d_19_members_tell_of_initiatives_and_find_them_again(du: Du) -> None:
    row = add(du, "trondelag", INITIATIVE)
    add(du, "agder", replace(INITIATIVE, title="Chatbot", text="Ny i år."))
    assert (row.region, str(row.organisation)) == ("Trøndelag", "Trøndelag prøvekommune")
    reader = du.actor("nordland")
    assert [one.title for one in queries.listing(reader, text="arkivet innsyn")] == ["Felles innsyn"]
    assert [one.title for one in queries.listing(reader, region="Agder")] == ["Chatbot"]
    assert {one.title for one in queries.listing(reader, kind="initiative")} == {"Felles innsyn", "Chatbot"}
    assert not queries.listing(reader, kind="anchoring")


def test_d_28_a_perspective_on_a_case_and_the_silent_regions(du: Du) -> None:
    case = sent(du)
    given = ContributionValues("perspective", "Små kommuner", date(2022, 3, 1), text="Vi har ikke folk.", case=case.pk)
    add(du, "trondelag", given)
    (seen,) = queries.perspectives_on(case, du.actor("agder"), TODAY)
    assert [one.region for one in seen.said] == ["Trøndelag"]
    assert seen.silent == ["Agder", "Nordland"]
    assert seen.may_add
    with pytest.raises(Invalid):
        add(du, "trondelag", replace(given, case=None))
    case = treated(du, case, "utenfor", "sekretariat", reason="Ikke for oss.")
    with pytest.raises(Conflict):
        add(du, "agder", given)
    with pytest.raises(Conflict):
        actions.remove(**du.by("trondelag"), contribution_id=MemberContribution.objects.get().pk)
    assert not queries.perspectives_on(case, du.actor("agder"), TODAY)[0].may_add


def test_d_26_d_27_anchoring_by_quarter_with_a_warning_for_politicians_alone(du: Du) -> None:
    add(du, "trondelag", ANCHORING)
    add(du, "trondelag", replace(ANCHORING, on=date(2022, 1, 9)))
    add(du, "trondelag", replace(ANCHORING, audience_kind="political", on=date(2022, 2, 9)))
    add(du, "nordland", replace(ANCHORING, audience_kind="political"))
    rows = {one.region: one for one in queries.covered("du", 2022, TODAY)}
    assert rows["Trøndelag"].quarters == (3, 0, 0, 0)
    assert (rows["Trøndelag"].administrative, rows["Trøndelag"].political) == (2, 1)
    assert not rows["Trøndelag"].only_political
    assert rows["Nordland"].only_political
    assert rows["Agder"].total == 0
    assert all(one.total == 0 for one in queries.covered("du", 2021, TODAY))


def test_coverage_counts_each_quarter_and_regions_that_are_no_more() -> None:
    rows = [("Nord", date(2022, month, 1), "administrative") for month in (3, 4, 9, 12)]
    (north, south) = coverage(["Sør"], rows, 2022)
    assert (north.region, north.quarters, south.total) == ("Nord", (1, 1, 1, 1), 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (replace(INITIATIVE, title=" "), "title"),
        (replace(INITIATIVE, on=date(2022, 3, 2)), "on"),
        (replace(INITIATIVE, on=None), "on"),
        (replace(INITIATIVE, lesson="x\0"), "lesson"),
        (replace(ANCHORING, arena=""), "arena"),
        (replace(ANCHORING, audience_kind="alle"), "audience_kind"),
    ],
)
def test_what_is_missing_is_told(du: Du, values: ContributionValues, field: str) -> None:
    with pytest.raises(Invalid) as fault:
        add(du, "agder", values)
    assert field in {error.field for error in fault.value.errors}
    assert not MemberContribution.objects.exists()


def test_only_members_and_their_secretariat_bring_something(du: Du) -> None:
    with pytest.raises(Refused):
        add(du, "nettverk_leder", INITIATIVE)
    with pytest.raises(Invalid):
        add(du, "sekretariat", INITIATIVE)
    assert add(du, "sekretariat", replace(INITIATIVE, region="Agder")).region == "Agder"
    row = add(du, "agder", INITIATIVE)
    with pytest.raises(Refused):
        actions.save(**du.by("trondelag"), contribution_id=row.pk, version=row.version, values=INITIATIVE)
    saved = actions.save(
        **du.by("agder"), contribution_id=row.pk, version=row.version, values=replace(INITIATIVE, title="Nytt navn")
    )
    assert (saved.title, saved.region) == ("Nytt navn", "Agder")
    actions.remove(**du.by("agder"), contribution_id=row.pk)
    assert MemberContribution.objects.count() == 1


class TestPages:
    def test_add_read_mend_remove_and_export(self, du: Du, browser: Any) -> None:
        assert "Ingen har lagt til noe" in browser.get(du.address("bidrag/")).content.decode()
        assert "slag=initiative" in browser.get(du.address("bidrag/nytt/")).content.decode()
        place = du.address("bidrag/nytt/?slag=initiative")
        assert "Trøndelag" in browser.get(place).content.decode()
        given = {"title": "Felles innsyn", "on": "2022-02-20", "stage": "Idé", "text": "", "lesson": ""}
        assert browser.post(place, {**given, "title": ""}).status_code == 422
        assert browser.post(place, given).status_code == 303
        row = MemberContribution.objects.get()
        assert "Felles innsyn" in browser.get(du.address("bidrag/?q=innsyn")).content.decode()
        assert "Ingen bidrag passer" in browser.get(du.address("bidrag/?q=finnes+ikke")).content.decode()
        assert browser.get(du.address("bidrag/liste.xlsx")).content[:2] == b"PK"
        own = du.address(f"bidrag/{row.pk}/")
        assert "Idé" in du.client("agder").get(own).content.decode()
        assert du.client("agder").post(own, given).status_code == 403
        changed = {**given, "title": "Innsyn", "_version": row.version}
        assert browser.post(own, changed).status_code == 303
        assert browser.post(own, changed).status_code == 409
        assert browser.post(f"{own}fjern/").status_code == 303
        assert not MemberContribution.objects.exists()

    def test_a_perspective_from_the_case(self, du: Du, browser: Any) -> None:
        case = sent(du)
        page = browser.get(du.address(f"saker/{case.pk}/")).content.decode()
        assert "Ikke noe fra: Agder, Nordland, Trøndelag" in page
        place = du.address(f"bidrag/nytt/?sak={case.pk}&organ=du")
        assert (
            browser.post(place, {"title": "Små kommuner", "on": "2022-03-01", "text": "Vi har ikke folk."}).status_code
            == 303
        )
        assert "Ikke noe fra: Agder, Nordland." in browser.get(du.address(f"saker/{case.pk}/")).content.decode()
        assert Case.objects.get().contributions.count() == 1

    def test_coverage(self, du: Du, browser: Any) -> None:
        add(du, "nordland", replace(ANCHORING, audience_kind="political"))
        assert "Bare politisk" in browser.get(du.address("bidrag/dekning/")).content.decode()
        assert "Bare politisk" not in browser.get(du.address("bidrag/dekning/?ar=2021")).content.decode()
        assert browser.get(du.address("bidrag/dekning/?ar=tull&organ=x")).status_code == 200

    def test_the_secretariat_chooses_a_region(self, du: Du, browser: Any) -> None:
        secretary = du.client()
        place = du.address("bidrag/nytt/?slag=anchoring&organ=du")
        given = {
            "title": "Fiks", "on": "2022-02-20", "arena": "Møte", "audience": "", "audience_kind": "administrative",
            "text": "",
        }  # fmt: skip
        assert secretary.post(place, given).status_code == 422
        assert secretary.post(place, {**given, "region": "Agder"}).status_code == 303
        assert du.client("nettverk_leder").get(place).status_code == 403
