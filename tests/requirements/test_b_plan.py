"""The plan under the shipped joint model: who owns, treats and adopts it, and when (B-20, B-21, B-35, B-44, B-47)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Invalid, Refused
from samstyr.procedure.casework.models import Case, Treatment
from samstyr.web.plan import presenting
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.rules.lines import Cost
from samstyr.wheel.portfolio.tests.factories import ADOPTION, FORUM, TEAM, at

from .joint import Joint


def test_b_06_what_the_forum_proposes_belongs_to_both_municipalities(made: Joint) -> None:
    version = made.propose(made.draft(made.line("Bare i Birkenes", slots=("birkenes",)), made.line("Felles")))
    case = queries.case_of_version(version)
    assert case is not None
    assert sorted(str(row.organisation.slot) for row in case.participants.all()) == ["birkenes", "lillesand"]
    for who in ("representative:birkenes:helse", "representative:lillesand:kultur"):
        page = made.client(who).get(f"/o/{made.tenant.slug}/saker/{case.pk}/")
        assert page.status_code == 200


def test_b_20_each_owner_sees_its_own_part_and_the_common_part_with_its_sums(made: Joint) -> None:
    version = made.adopted(
        made.line("Felles", cost_key="equal"),
        made.line("Bare B", slots=("birkenes",)),
        made.line("Bare L", slots=("lillesand",)),
    )
    for slot, own in (("birkenes", "Bare B"), ("lillesand", "Bare L")):
        whole = presenting.whole(version, ADOPTION, organisation=made.organisations[slot].pk)
        assert [row.row.title for row in whole.rows] == ["Felles", own]
        shares = {name: total for name, _years, total in whole.shares}
        assert shares[slot.capitalize()] == 500_000 + 1_000_000


def test_b_21_a_lederteam_treats_a_proposal_and_never_before_it_was_made(made: Joint) -> None:
    draft = made.draft()
    assert queries.case_of_version(draft) is None
    version = made.propose(draft)
    with pytest.raises(Invalid) as refusal:
        made.treat(version, "municipal_director:birkenes", "slutter-seg-til", TEAM, decided_on=date(2025, 4, 23))
    assert [error.field for error in refusal.value.errors] == ["decided_on"]
    assert not Treatment.objects.exists()
    made.treat(version, "municipal_director:birkenes", "slutter-seg-til", TEAM, decided_on=FORUM)


def test_b_35_four_budget_years_with_a_sum_for_each(made: Joint) -> None:
    version = made.draft(made.line(), made.line("To"))
    whole = presenting.whole(version, FORUM)
    assert whole.years == (2026, 2027, 2028, 2029)
    assert whole.totals == (800_000, 400_000, 400_000, 400_000)
    with pytest.raises(Invalid):
        made.add(version, made.line("Utenfor", costs=(Cost(2030, "operating", "operating_budget", 1),)))


def test_b_37_only_samarbeidsorganet_adopts_and_the_decision_is_of_the_sealed_version(made: Joint) -> None:
    version = made.propose(made.draft())
    seal = version.content_hash
    for slot in ("birkenes", "lillesand"):
        made.treat(version, f"municipal_director:{slot}", "slutter-seg-til", TEAM)
    for who in ("it_lead", "representative:birkenes:helse", "municipal_director:birkenes", "administrator"):
        with pytest.raises(Refused):
            made.treat(version, who, "vedtatt", ADOPTION)
    made.treat(version, "cooperation_chair", "vedtatt", ADOPTION)
    version.refresh_from_db()
    assert (version.state, version.number, version.content_hash) == ("adopted", 1, seal)
    assert version.decision is not None
    assert Case.objects.get(pk=version.decision.case_id).facts_given["seal"] == seal


def test_b_45_on_31_december_what_nobody_has_settled_is_listed(made: Joint, monkeypatch: pytest.MonkeyPatch) -> None:
    version = made.adopted(made.line("Bevilget"), made.line("Sendt"), made.line("Ingen har svart"))
    end = date(2026, 12, 31)
    first, second, _third = queries.lines_of(version)
    for line, state in ((first, "granted"), (second, "sent")):
        for slot in ("birkenes", "lillesand"):
            actions.set_budget_state(
                actor=made.actor(f"budget_officer:{slot}", end), now=at(end), plan_id=version.plan_id,
                line_key=line.line_key, year=2026, state=state, organisation_id=made.organisations[slot].pk,
            )  # fmt: skip
    assert [(item.line.title, item.amount) for item in queries.undecided(version.plan, 2026)] == [
        ("Sendt", 400_000), ("Ingen har svart", 400_000),
    ]  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: at(end))
    page = made.client("budget_officer:birkenes").get(
        reverse("plan-version-detail", args=[made.tenant.slug, version.pk])
    )
    assert "Uavklart i årets budsjett" in page.content.decode()


def test_b_47_a_start_four_months_after_plan_stands_in_the_plan(made: Joint) -> None:
    version = made.adopted(
        made.line("I tide", starts_on=date(2026, 4, 20)), made.line("Sent", starts_on=date(2026, 1, 5))
    )
    day = date(2026, 5, 5)
    for line in queries.lines_of(version):
        for slot in ("birkenes", "lillesand"):
            actions.set_budget_state(
                actor=made.actor(f"budget_officer:{slot}", day), now=at(day), plan_id=version.plan_id,
                line_key=line.line_key, year=2026, state="granted", organisation_id=made.organisations[slot].pk,
            )  # fmt: skip
        actions.start_measure(
            actor=made.actor("it_lead", day), now=at(day), plan_id=version.plan_id, line_key=line.line_key
        )
    told = {row.row.title: str(row.deviation or "") for row in presenting.whole(version, day).rows}
    assert told == {"I tide": "", "Sent": "Startet 120 dager etter planen."}
