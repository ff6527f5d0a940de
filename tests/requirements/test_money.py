"""The money of the plan: sources with a time and a sum (A), grants and contributions (G), the adopted budget (B)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.audit.models import AuditDetail, AuditEvent
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.actions import GrantValues
from samstyr.wheel.portfolio.models import Booking, PlanVersion
from samstyr.wheel.portfolio.rules.adopted_budget import rows_of
from samstyr.wheel.portfolio.rules.lines import seal, split
from samstyr.wheel.portfolio.rules.money import Booked, Frame, YearsMoney, booking_faults, carry_faults, use_of_sources

from .places import Place, place

DAY = date(2018, 3, 1)
HEAD = "digitaliseringssjef"
SOURCES = ("linje", "sammenslaing", "program")


@pytest.fixture
def merger(db: None) -> Iterator[Place]:
    """The two municipalities that become one."""
    with place("aurskog-holand", (15_000, 700)) as ready:
        yield ready


def programme(made: Place) -> PlanVersion:
    """The plan from 2018 with a measure per source, adopted, and each source's frame: 3.0, 2.0 and 4.5 million."""
    lines = [
        made.line(f"Tiltak {source}", {2018: 400_000, 2019: 100_000}, source=source, goals=("dm1-1",))
        for source in SOURCES
    ]
    version = made.adopt(made.draft(HEAD, DAY, 2018, *lines))
    for source, amount in zip(SOURCES, (3_000_000, 2_000_000, 4_500_000), strict=True):
        for year in (2018, 2019):
            actions.set_frame(
                **made.by(HEAD, DAY), plan_id=version.plan_id, source=source, year=year, amount=amount // 2
            )
    return version


def book(made: Place, version: PlanVersion, source: str, amount: int, day: date = DAY, **more: Any) -> Booking:
    row = next(row for row in queries.lines_of(version) if row.title == f"Tiltak {source}")
    given_ = {
        "plan_id": version.plan_id,
        "line_key": row.line_key,
        "source": source,
        "booked_on": day,
        "amount": amount,
    }
    return actions.book(**made.by(HEAD, day), **{**given_, **more})


def test_w6_8_a_125_to_128_sources_report_budget_committed_and_used(merger: Place) -> None:
    version = programme(merger)
    book(merger, version, "sammenslaing", 250_000)
    use = {row.source: row for row in queries.use_of(version.plan, DAY) if row.year is None}
    assert [use[key].budget for key in (*SOURCES, "")] == [3_000_000, 2_000_000, 4_500_000, 9_500_000]
    assert [use[key].committed for key in (*SOURCES, "")] == [500_000, 500_000, 500_000, 1_500_000]
    assert (use["sammenslaing"].used, use["sammenslaing"].left, use[""].used) == (250_000, 1_750_000, 250_000)
    funding = queries.funding(DAY)
    assert [funding[key].kind for key in SOURCES] == ["line_budget", "project", "programme"]
    assert {funding[key].delegated_to for key in SOURCES} == {HEAD}


def test_a_128_i_16_no_booking_after_the_source_has_ended(merger: Place) -> None:
    version = programme(merger)
    book(merger, version, "sammenslaing", 1_000, date(2019, 12, 31))
    with pytest.raises(Invalid, match=r"etter 31\.12\.2019"):
        book(merger, version, "sammenslaing", 1_000, date(2020, 1, 1))


def test_i_16_bookings_never_exceed_the_sources_sum_and_a_correction_has_its_reason(merger: Place) -> None:
    version = programme(merger)
    book(merger, version, "sammenslaing", 900_000)
    with pytest.raises(Invalid, match="bare 100\u00a0000 kroner igjen"):
        book(merger, version, "sammenslaing", 100_001)
    with pytest.raises(Invalid, match="hvorfor"):
        book(merger, version, "sammenslaing", -50_000)
    with pytest.raises(Invalid, match="større enn"):
        book(merger, version, "sammenslaing", -900_001, note="Feilført")
    book(merger, version, "sammenslaing", -50_000, note="Feilført")
    book(merger, version, "sammenslaing", 150_000)
    assert sum(row.amount for row in queries.bookings_of(version.plan)) == 1_000_000


def test_a_booking_waits_for_a_frame_and_for_its_day(merger: Place) -> None:
    version = merger.adopt(merger.draft(HEAD, DAY, 2018, merger.line("Tiltak linje", {2018: 1}, source="linje")))
    with pytest.raises(Invalid, match="Ingen ramme"):
        book(merger, version, "linje", 1)
    programme_frame = {"plan_id": version.plan_id, "source": "linje", "year": 2018, "amount": 10}
    actions.set_frame(**merger.by(HEAD, DAY), **programme_frame)
    with pytest.raises(Invalid, match="fram i tid"):
        actions.book(
            **merger.by(HEAD, DAY), plan_id=version.plan_id, line_key=queries.lines_of(version)[0].line_key,
            source="linje", booked_on=date(2018, 12, 1), amount=1,
        )  # fmt: skip


def test_frames_are_entered_by_those_who_keep_the_budget_and_within_the_sources_time(merger: Place) -> None:
    version = programme(merger)
    place_ = {"plan_id": version.plan_id, "source": "linje", "amount": 1}
    with pytest.raises(Refused):
        actions.set_frame(**merger.by("sektorleder", DAY), year=2018, **place_)
    with pytest.raises(Invalid, match="etter"):
        actions.set_frame(**merger.by(HEAD, DAY), year=2020, **place_)
    with pytest.raises(Invalid, match="planperioden"):
        actions.set_frame(**merger.by(HEAD, DAY), year=2030, **place_)


def test_a_130_the_merger_names_projects_for_2018_and_2019_alone_and_a_129_marks_are_the_years_list(
    merger: Place,
) -> None:
    version = merger.draft(HEAD, DAY, 2018)
    mark = {"plan_id": version.plan_id, "nominated_by": "Sektor helse"}
    with pytest.raises(Invalid, match="2018, 2019"):
        actions.nominate(**merger.by(HEAD, DAY), source="sammenslaing", year=2020, title="For sent", **mark)
    row = actions.nominate(**merger.by(HEAD, DAY), source="linje", year=2019, title="Velferdsteknologi", **mark)
    assert [(item.year, item.title) for item in queries.nominations_of(version.plan)] == [(2019, "Velferdsteknologi")]
    line = actions.take_nomination(**merger.by(HEAD, DAY), nomination_id=row.pk, version_id=version.pk)
    assert line.title == "Velferdsteknologi"
    with pytest.raises(Conflict):
        actions.take_nomination(**merger.by(HEAD, DAY), nomination_id=row.pk, version_id=version.pk)


def test_a_124_competence_money_is_applied_for_granted_and_used(merger: Place) -> None:
    version = programme(merger)
    values = GrantValues("KS OU", "Prosjektledelse for ledergruppen", 2018, 300_000, purpose="Kompetanse")
    row = actions.write_grant(**merger.by(HEAD, DAY), plan_id=version.plan_id, values=values)
    with pytest.raises(Conflict, match="ikke sendt"):
        actions.settle_grant(**merger.by(HEAD, DAY), grant_id=row.pk, version=None, granted=1, decided_on=DAY)
    row = actions.send_grant(**merger.by(HEAD, DAY), grant_id=row.pk, version=None)
    answer = {"grant_id": row.pk, "version": None, "decided_on": DAY}
    with pytest.raises(Invalid, match="mer enn"):
        actions.settle_grant(**merger.by(HEAD, DAY), granted=200_000, used=200_001, **answer)
    row = actions.settle_grant(**merger.by(HEAD, DAY), granted=200_000, used=50_000, **answer)
    assert (row.state, row.applied, row.granted, row.used) == ("granted", 300_000, 200_000, 50_000)


def test_g_33_no_application_without_a_line_for_the_own_share(merger: Place) -> None:
    version = programme(merger)
    values = GrantValues("Skjønnsmidler", "Felles arkiv", 2018, 1_000_000, own_share=400_000)
    row = actions.write_grant(**merger.by(HEAD, DAY), plan_id=version.plan_id, values=values)
    with pytest.raises(Refused, match="egenandel"):
        actions.send_grant(**merger.by(HEAD, DAY), grant_id=row.pk, version=None)
    key = queries.lines_of(version)[0].line_key
    row = actions.save_grant(
        **merger.by(HEAD, DAY),
        grant_id=row.pk,
        version=row.version,
        values=replace(values, line_key=key, own_share=400_001),
    )
    with pytest.raises(Refused, match="400\u00a0000 kroner av egne"):
        actions.send_grant(**merger.by(HEAD, DAY), grant_id=row.pk, version=None)
    row = actions.save_grant(
        **merger.by(HEAD, DAY), grant_id=row.pk, version=row.version, values=replace(values, line_key=key)
    )
    assert actions.send_grant(**merger.by(HEAD, DAY), grant_id=row.pk, version=None).state == "sent"
    with pytest.raises(Conflict, match="sendt"):
        actions.save_grant(**merger.by(HEAD, DAY), grant_id=row.pk, version=None, values=values)


def test_d_18_digifin_candidates_are_advised_on_and_the_decision_is_the_schemes(db: None) -> None:
    with place("ks-du") as made:
        day = date(2021, 5, 1)
        version = made.draft("sekretariat", day, 2022)
        values = GrantValues("DigiFin", "DigiHelse", 2022, 5_000_000, applicant="Oslo kommune")
        row = actions.write_grant(**made.by("sekretariat", day), plan_id=version.plan_id, values=values)
        with pytest.raises(Invalid, match="begrunnelse"):
            actions.advise_grant(
                **made.by("sekretariat", day), grant_id=row.pk, version=None, advice="recommended", reason=""
            )
        row = actions.advise_grant(
            **made.by("sekretariat", day),
            grant_id=row.pk,
            version=None,
            advice="recommended",
            reason="Bred nytte",
            order=1,
        )
        assert (row.advice, row.advice_order, row.state, row.granted) == ("recommended", 1, "draft", None)
        with pytest.raises(Refused):
            actions.advise_grant(
                **made.by("du_medlem", day), grant_id=row.pk, version=None, advice="recommended", reason="Min"
            )


def test_d_22_the_list_of_common_solutions_has_an_order_and_a_change_leaves_its_reason(db: None) -> None:
    with place("ks-du") as made:
        day = date(2021, 5, 1)
        version = made.draft("sekretariat", day, 2022, made.line("A", {}), made.line("B", {}))
        first, second = queries.lines_of(version)
        actions.rank_lines(
            **made.by("sekretariat", day), version_id=version.pk, version=None, order=[second.pk, first.pk],
            reason="Haster mer for kommunene",
        )  # fmt: skip
        assert [row.title for row in queries.lines_of(version)] == ["B", "A"]
        event = AuditEvent.objects.get(action="plan.ranked")
        assert AuditDetail.objects.get(sequence=event.sequence).details["reason"] == "Haster mer for kommunene"


def test_g_32_granted_and_proposed_stand_apart(db: None) -> None:
    with place("gjovik", (30_000,)) as made:
        day = date(2019, 2, 1)
        version = made.draft("digitaliseringsleder", day, 2020)
        for body, granted, amount in (("Kommunestyret", True, 4_000_000), ("Rådmannen", False, 2_000_000)):
            actions.appropriate(
                **made.by("digitaliseringsleder", day), plan_id=version.plan_id, body=body, granted=granted, year=2020,
                amount=amount, purpose="Digitalisering",
            )  # fmt: skip
        rows = queries.appropriations_of(version.plan)
        assert [sum(row.amount for row in rows if row.granted is kind) for kind in (True, False)] == [
            4_000_000,
            2_000_000,
        ]


def test_g_12_a_contribution_is_the_rate_times_the_population_at_a_date(db: None) -> None:
    with place("gjovik", (30_319,)) as made:
        day = date(2019, 2, 1)
        version = made.draft("digitaliseringsleder", day, 2020)
        row = actions.contribute(
            **made.by("digitaliseringsleder", day), plan_id=version.plan_id, receiver="DigiFin", year=2019, rate=20,
            organisation_id=made.organisations["gjovik"].pk, population=30_319, population_on=date(2018, 1, 1),
            population_source="SSB", paid_on=day,
        )  # fmt: skip
        assert (row.amount, row.population_source, row.paid_on) == (606_380, "SSB", day)


def test_unspent_money_is_carried_to_the_next_year_to_the_krone(merger: Place) -> None:
    version = programme(merger)
    row = queries.lines_of(version)[0]
    organisation = merger.organisations["aurskog-holand"].pk
    place_ = {"plan_id": version.plan_id, "line_key": row.line_key, "year": 2018}
    actions.set_budget_state(
        **merger.by(HEAD, DAY), **place_, state="granted", amount=400_000, organisation_id=organisation
    )
    book(merger, version, "linje", 150_000, organisation_id=organisation)
    later = date(2019, 1, 10)
    with pytest.raises(Invalid, match="Bare 250\u00a0000"):
        actions.carry_over(
            **merger.by(HEAD, later), **place_, amount=250_001, reason="Forsinket", organisation_id=organisation
        )
    with pytest.raises(Invalid, match="hvorfor"):
        actions.carry_over(**merger.by(HEAD, later), **place_, amount=1, reason=" ", organisation_id=organisation)
    actions.carry_over(
        **merger.by(HEAD, later), **place_, amount=250_000, reason="Forsinket", organisation_id=organisation
    )
    left, brought = (queries.money_of_year(version.plan, row, year, organisation, later) for year in (2018, 2019))
    assert (left.unspent, brought.brought, brought.unspent) == (0, 250_000, 250_000)
    # What is carried on covers the next year too, for the one whose money it is.
    covered = {one.state for one in queries.coverage_of(version.plan, row, later) if one.year == 2019}
    assert "partly" in covered


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.integers(-10, 2 * 10**9))
def test_no_more_is_carried_than_is_unspent(granted: int, brought: int, used: int, amount: int) -> None:
    money = YearsMoney(granted, brought, used)
    allowed = not carry_faults(amount, money, "Forsinket")
    assert allowed == (0 < amount <= granted + brought - used)


@given(st.lists(st.integers(1, 5_000), max_size=12), st.integers(0, 20_000))
def test_bookings_that_are_let_through_never_exceed_the_frame(amounts: list[int], frame: int) -> None:
    """I-16 over any row of bookings."""
    from types import SimpleNamespace
    from uuid import UUID

    source = SimpleNamespace(name="Linje", valid_from_year=None, valid_to_year=2019)
    rows: list[Booked] = []
    for amount in amounts:
        wanted = Booked(UUID(int=1), "linje", DAY, amount)
        if not booking_faults(wanted, {"linje": source}, [Frame("linje", 2018, frame)], rows):
            rows.append(wanted)
    assert sum(row.amount for row in rows) <= frame
    (total,) = (row for row in use_of_sources(["linje"], [], [Frame("linje", 2018, frame)], [], rows) if not row.source)
    assert total.left == frame - sum(row.amount for row in rows) >= 0


def test_b_45_the_adopted_budget_names_what_got_no_money_and_money_without_a_measure(merger: Place) -> None:
    version = programme(merger)
    header = ("Tiltak", "Kommune", "År", "Beløp")
    file = [
        (2, ("Tiltak linje", "Aurskog-Høland kommune", 2018, 400_000)),
        (3, ("Tiltak program", "Aurskog-Høland kommune", 2018, 300_000)),
        (4, ("Ny svømmehall", "Aurskog-Høland kommune", 2018, 90_000)),
    ]
    found, faults = queries.budget_consequences(version, header, file, DAY)
    assert faults == []
    assert [(row.kind, row.title, row.planned, row.adopted) for row in found] == [
        ("unplanned", "Ny svømmehall", 0, 90_000),
        ("agrees", "Tiltak linje", 400_000, 400_000),
        ("changed", "Tiltak program", 400_000, 300_000),
        ("unfunded", "Tiltak sammenslaing", 400_000, 0),
    ]
    actions.take_budget(**merger.by(HEAD, DAY), plan_id=version.plan_id, consequences=found, note="Vedtatt 12.12.")
    states = {
        row.title: queries.budget_of(version.plan)[row.line_key, 2018][0].state for row in queries.lines_of(version)
    }
    assert states == {"Tiltak linje": "granted", "Tiltak program": "partly", "Tiltak sammenslaing": "refused"}
    with pytest.raises(Invalid, match="ingenting"):
        actions.take_budget(**merger.by(HEAD, DAY), plan_id=version.plan_id, consequences=found[:1], note="")


def test_a_budget_file_may_have_a_column_for_each_year_in_thousands() -> None:
    rows, faults = rows_of(
        ("Nr.", "Tiltak", "Kommune", "2026", "2027"),
        [(2, (1, "A", "Vega", 1.5, None)), (3, ("", "Sum", "", 2, 2))],
        unit=1000,
    )
    assert [(row.measure, row.place, row.year, row.amount) for row in rows] == [("A", "Vega", 2026, 1500)]
    assert faults == []
    assert rows_of(("Noe",), [])[1]
    assert rows_of(("Tiltak", "År", "Beløp"), [(2, ("A", 2026, "mye"))])[1]


COUNTS = st.lists(st.integers(0, 5_000), min_size=2, max_size=6).filter(any)


@given(COUNTS, st.integers(0, 10**9), st.integers(0, 100), st.sampled_from(["users", "mixed", "per_capita", "fixed"]))
def test_every_cost_key_shares_to_the_krone(counts: list[int], amount: int, percent: int, kind: str) -> None:
    from types import SimpleNamespace
    from uuid import UUID

    from samstyr.wheel.portfolio.rules.lines import Cost, Line, Party

    parties = [Party(UUID(int=at + 1), f"s{at}", count) for at, count in enumerate(counts)]
    key = SimpleNamespace(
        kind=kind, variable="users", fixed_percent=percent, shares={party.slot: party.population for party in parties}
    )
    users = {str(party.key): party.population for party in parties}
    keys = tuple(party.key for party in parties)
    line = Line(
        UUID(int=99),
        1,
        "A",
        organisations=keys,
        cost_key="k",
        own_shares=users,
        costs=(Cost(2026, "operating", "", amount),),
    )
    shares = split(line, parties, {"k": key})
    assert sum(part.get(2026, 0) for part in shares.values()) == amount
    assert all(part.get(2026, 0) >= 0 for part in shares.values())


def test_the_seal_of_an_older_version_stands_and_what_is_added_counts(merger: Place) -> None:
    line = merger.line("A", {2018: 1})
    assert seal([line]) == seal([replace(line, kind="", answers={})])
    assert seal([line]) != seal([replace(line, kind="drift")])
