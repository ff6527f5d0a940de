"""Terms that end are told of ahead, and shared services come first among candidates (D-39, D-51)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db.models import QuerySet

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel import clock
from samstyr.foundation.organisations.models import SeatHolding
from samstyr.foundation.organisations.tests.factories import make_organisation, make_person, make_seat_holding
from samstyr.outward.notices import actions, queries, texts
from samstyr.outward.notices.models import Notice

from .du_world import TODAY, Du, at, committee_of_the_regions

ENDS = date(2022, 12, 31)


@pytest.fixture
def du(db: None) -> Iterator[Du]:
    with committee_of_the_regions() as ready:
        SeatHolding.objects.filter(person=ready.people["trondelag"]).update(ends_on=ENDS)
        yield ready


def remind(du: Du, day: date) -> int:
    daily = Actor(UUID(int=0), du.tenant.pk, "Samstyr", automatic="daily")
    before = terms().count()
    actions.remind(actor=daily, now=at(day))
    return terms().count() - before


def terms() -> QuerySet[Notice]:
    return Notice.objects.filter(kind="term")


def test_d_51_the_appointing_role_is_told_once_six_months_ahead(du: Du) -> None:
    assert remind(du, date(2022, 6, 30)) == 0
    assert remind(du, date(2022, 7, 1)) == 1
    for days in (0, 1, 40):
        assert remind(du, date(2022, 7, 1) + timedelta(days=days)) == 0
    notice = terms().get()
    assert (notice.person, notice.due_on) == (du.people["omradedirektor"], ENDS)
    assert "trondelag" in texts.sentence(notice)
    assert queries.still_wanted(notice, du.actor("omradedirektor"), at(date(2022, 7, 1))) is not None


def test_d_51_a_seat_that_is_filled_again_is_no_news(du: Du) -> None:
    remind(du, date(2022, 7, 1))
    make_seat_holding(du.seats["trondelag"], du.people["agder"], starts_on=date(2023, 1, 1))
    notice = terms().get()
    assert queries.still_wanted(notice, du.actor("omradedirektor"), at(date(2022, 7, 1))) is None
    terms().delete()
    assert remind(du, date(2022, 7, 2)) == 0


def test_d_51_an_extended_term_is_told_of_anew(du: Du) -> None:
    remind(du, date(2022, 7, 1))
    SeatHolding.objects.filter(person=du.people["trondelag"]).update(ends_on=date(2023, 6, 30))
    assert remind(du, date(2022, 12, 30)) == 1
    assert terms().count() == 2


def test_d_39_shared_services_come_first_for_a_municipal_seat(du: Du, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    service = make_organisation("Regionens IKT-tjeneste", kind="it_service", region="Nordland")
    make_person("Årsvikar fra tjenesten", organisation=service)
    page = (
        du.client("omradedirektor")
        .get(du.address(f"organisasjon/plasser/{du.seats['nordland'].pk}/oppnevn/"))
        .content.decode()
    )
    assert page.index("Årsvikar fra tjenesten") < page.index(">administrator")
    other = (
        du.client("omradedirektor")
        .get(du.address(f"organisasjon/plasser/{du.seats['du_leder'].pk}/oppnevn/"))
        .content.decode()
    )
    assert other.index("Årsvikar fra tjenesten") > other.index(">administrator")
