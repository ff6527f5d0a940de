"""The demonstration's arrangements, lived from their files: every page opens for their main roles and has something to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from samstyr.demo import arrangement, founding
from samstyr.demo.arrangement import Arrangement
from samstyr.demo.concerns.rounds import questions
from samstyr.demo.living import World, at
from samstyr.demo.load import load_arrangement
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.tests.factories import log_in
from samstyr.foundation.tenancy import queries as tenancy
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.contributions import queries as contributions
from samstyr.procedure.meetings.models import Meeting, Minutes, MinutesState
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.portfolio import queries as plans
from samstyr.wheel.portfolio.models import Participation
from samstyr.wheel.prioritisation import actions as rounds
from samstyr.wheel.prioritisation import queries as scored
from samstyr.wheel.scenarios import queries as scenarios

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
LINK = re.compile(r'href="(/o/[^"#]+)"')
ROLES, MOST = 3, 90


class Lived:
    """An arrangement as lived, with its tenant in scope."""

    def __init__(self, slug: str) -> None:
        self.data: Arrangement = arrangement.read(slug)
        world = load_arrangement(slug)
        assert world is not None
        self.world: World = world
        found = tenancy.tenant_by_slug(slug)
        assert found is not None
        self.tenant = found
        self.day: date = self.data.as_of

    def logins(self) -> list[str]:
        return [key for key, person in self.data.people.items() if person.login]


@pytest.fixture(scope="module", params=arrangement.slugs())
def lived(request: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[Lived]:
    """Lived once for the module, and undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = Lived(request.param)
        with tenant_scope(made.tenant.pk):
            yield made
        transaction.set_rollback(True)


def test_every_page_that_links_lead_to_opens_for_the_main_roles(lived: Lived) -> None:
    """Follows links from the landing page as each role; one of each kind of address, and never a fault."""
    faults = []
    for key in lived.logins()[:ROLES]:
        client: Client = log_in(Client(), lived.world.people[key])
        waiting = [f"/o/{lived.tenant.slug}/"]
        seen: set[str] = set()
        while waiting and len(seen) < MOST:
            address = waiting.pop(0).replace("&amp;", "&")
            kind = KEY.sub("*", address.split("?")[0])
            if kind in seen:
                continue
            seen.add(kind)
            answer = client.get(address)
            if answer.status_code not in (200, 302, 303):
                faults.append(f"{key}: {address}: {answer.status_code}")
            elif "text/html" in answer.get("Content-Type", ""):
                waiting += LINK.findall(answer.content.decode())
        assert len(seen) > 20, f"{key} finds only {sorted(seen)}"
    assert faults == []


def test_there_is_history_for_every_room(lived: Lived) -> None:
    """Cases that have ended and cases that wait, held meetings with approved minutes, and what the model itself has."""
    system = lived.world.system()
    states = {case.state for case in cases.visible_to(system)}
    assert {"open", "ended"} <= states, states
    held = Meeting.objects.filter(state="ended")
    assert held.count() >= 3
    assert Minutes.objects.filter(state=MinutesState.APPROVED).count() >= 2
    assert Meeting.objects.filter(state="called").count() >= 1
    if lived.data.plans:
        assert needs.visible_to(system).count() >= 10
        adopted = [plan for plan in plans.plans() if plans.adopted_version(plan)]
        assert len(adopted) >= 2
        assert any(plans.progress_of(plan) for plan in adopted)
        assert list(scenarios.candidates_in_full())
    if lived.data.told:
        assert len(contributions.listing(system)) >= 5


def test_people_are_roles_and_their_arrangement_has_filled_seats(lived: Lived) -> None:
    for body in {seating.body for seating in lived.data.seats}:
        holders = [person for _seat, person in organisations.seats_of(body, on=lived.day)]
        assert any(holders), body
    titles = {str(person.name) for person in lived.world.people.values()}
    assert len(titles) == len(lived.world.people), "no two have the same name"


def totals(row: Any, day: date) -> list[tuple[str, Any]]:
    """What a round came to: each need with its total, in order."""
    return [(one.entry.title, one.ranked.total.value) for one in scored.results(row, day).ranked if one.ranked]


@pytest.mark.parametrize("lived", ["gjovik"], indirect=True)
def test_g_73_g_101_new_weights_leave_what_was_decided_on_the_old_ones(lived: Lived) -> None:
    """W10.8: 35/35/15/15 as version 2; the closed rounds and their totals stand at 40/30/15/15."""
    closed = [row for row in scored.rounds() if row.stage == "grov" and row.state == "closed"]
    before = {row.pk: totals(row, lived.day) for row in closed}
    assert all(before.values())
    labels = {case.pk: governance.label_of(case.model_version_id) for case in cases.visible_to(lived.world.system())}
    text = founding.text_of("gjovik", lived.data.moved_years)
    for old, new in (
        ("weight: 40, polarity: positive}", "weight: 35, polarity: positive}"),
        ("weight: 30", "weight: 35"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    with transaction.atomic():
        founding.adopt(
            lived.world, at(lived.day), text, by="Rådmannens ledergruppe", reason="Nye vekter.", valid_from=lived.day
        )
        assert [item.weight for item in governance.current_model(lived.day).criteria[0].criteria] == [35, 35, 15, 15]  # type: ignore[union-attr]
        fresh = rounds.open_round(
            **lived.world.by("digitalisering", at(lived.day, 5)), name="Etter endringen", year=2028, stage="grov",
            need_ids=(lived.world.needs["chatbot"],), scorers=("sektorleder",),
        )  # fmt: skip
        assert list(scored.sheet_of_round(fresh).weights.values()) == [35, 35, 15, 15]
        for row in closed:
            assert list(scored.sheet_of_round(row).weights.values()) == [40, 30, 15, 15]
            assert row.model_key.endswith("@1")
            assert totals(row, lived.day) == before[row.pk]
        on_record = cases.visible_to(lived.world.system())
        assert {case.pk: governance.label_of(case.model_version_id) for case in on_record} == labels
        transaction.set_rollback(True)


@pytest.mark.parametrize("lived", ["gjovik"], indirect=True)
def test_g_110_two_stages_are_closed_and_a_third_is_open_to_score(lived: Lived) -> None:
    states = [(row.stage, row.state) for row in scored.rounds()]
    assert states.count(("grov", "closed")) == 2
    assert states.count(("fin", "closed")) == 2
    assert ("grov", "open") in states
    assert len(questions(lived.world, "fin")) == 7


@pytest.mark.parametrize("lived", ["bronnoy"], indirect=True)
def test_n_193_one_municipality_has_reserved_itself_and_pays_nothing(lived: Lived) -> None:
    """W10.3: four join and one reserves; the shares over the four sum to all, and the fifth's is nought."""
    answers = {row.organisation.slot: row.answer for row in Participation.objects.select_related("organisation")}
    assert answers == {"bronnoy": "join", "somna": "join", "bindal": "join", "vega": "join", "vevelstad": "reserve"}
    plan = next(plan for plan in plans.plans() if plan.first_year == 2026)
    row = next(line for line in plans.lines_of(plans.adopted_version(plan)) if line.title == "Regional meldingsløsning")  # type: ignore[arg-type]
    call = plans.call_of(plan, row.line_key)
    assert call is not None
    shares = plans.shares_of_call(call, row, lived.day)
    assert sum(percent for percent, _years in shares.values()) == 10_000
    assert shares[lived.world.organisations["vevelstad"]][0] == 0


@pytest.mark.parametrize("lived", ["bronnoy"], indirect=True)
def test_n_190_the_holder_at_the_host_leads_the_cooperation(lived: Lived) -> None:
    for meeting in Meeting.objects.filter(body="samarbeidsradet").prefetch_related("participants"):
        leaders = [row.name for row in meeting.participants.all() if row.leads]
        assert leaders == ["Rådmann i Brønnøy"]
