"""Candidates' pages: the list with its sums, one candidate, and writing one without JavaScript."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samstyr.wheel.scenarios.models import Candidate

from .conftest import Made, text_of

READERS, WRITER = ("unit_manager:lillesand", "municipal_director:birkenes"), "it_lead"


def typed(made: Made, **changes: Any) -> dict[str, Any]:
    """What a person types into the form."""
    organisations = [str(made.world.organisations[slot].pk) for slot in ("birkenes", "lillesand")]
    return {
        "verb": "save", "unit": "tkr", "_key": "k1", "title": "Digital vaktplan", "organisations": organisations,
        "cost_key": "per_capita", "value": "62,5", "value_reason": "Forumet var enig.", "risk": "10", "duration": "2",
        "costs-rows": "2", "costs-0-offset": "0", "costs-0-kind": "investment", "costs-0-amount": "250",
        "costs-1-offset": "1", "costs-1-kind": "operating", "costs-1-amount": "40,5", "costs-1-continues": "on",
        "staff-rows": "1", "staff-0-role": "Prosjektleder", "staff-0-offset": "0", "staff-0-hours": "80",
        "links-rows": "0", **changes,
    }  # fmt: skip


class TestList:
    def test_it_shows_value_cost_and_sums_of_all_pages(self, made: Made) -> None:
        for number in range(55):
            made.candidate(f"Tiltak {number:02}")
        page = text_of(made.client().get(made.place("candidate-list")))
        assert "Tiltak 00" in page
        assert "Tiltak 54" not in page
        assert "62,5" in page
        assert "33 000" in page  # 55 times 300 and three times 100 thousand
        assert "Tiltak 54" in text_of(made.client().get(made.place("candidate-list") + "?page=2"))

    def test_filters_narrow_and_nonsense_does_not(self, made: Made) -> None:
        made.candidate("Bare her", slots=("birkenes",), kind="fagsystem", mandatory=True)
        made.candidate("Begge", kind="opplæring")
        made.candidate("Borte", dropped_reason="For dyr")
        place, client = made.place("candidate-list"), made.client()
        lillesand = made.world.organisations["lillesand"].pk

        def titles(query: str) -> list[str]:
            page = text_of(client.get(f"{place}?{query}"))
            return [title for title in ("Bare her", "Begge", "Borte") if f">{title}</a>" in page]

        assert titles("") == ["Bare her", "Begge"]
        assert titles(f"kommune={lillesand}") == ["Begge"]
        assert titles("slag=fagsystem") == ["Bare her"]
        assert titles("ma=ja") == ["Bare her"]
        assert titles("ma=nei") == ["Begge"]
        assert titles("vis=tatt-ut") == ["Borte"]
        assert titles("q=begge") == ["Begge"]
        assert titles("q=1") == ["Bare her"]
        assert titles("kommune=tull&ma=kanskje&vis=alt&sort=passord&page=x") == ["Bare her", "Begge"]
        assert titles("q=%00") == ["Bare her", "Begge"]

    @pytest.mark.parametrize(
        ("sort", "first"),
        [("nytte", "Dyr"), ("-nytte", "Verdifull"), ("risiko", "Dyr"), ("tittel", "Dyr"), ("-verdi", "Verdifull")],
    )
    def test_it_is_sorted(self, made: Made, sort: str, first: str) -> None:
        made.candidate("Dyr", value=100, risk=1)
        made.candidate("Verdifull", value=9_000, risk=50)
        page = text_of(made.client().get(made.place("candidate-list") + f"?sort={sort}"))
        assert page.index(f">{first}</a>") == min(page.index(">Dyr</a>"), page.index(">Verdifull</a>"))

    def test_it_leaves_as_a_file(self, made: Made) -> None:
        made.candidate("Digital post")
        client = made.client()
        assert client.get(made.place("candidate-export", "xlsx")).content[:2] == b"PK"
        assert "Digital post" in client.get(made.place("candidate-export", "csv")).content.decode("utf-8-sig")
        assert client.get(made.place("candidate-export", "exe")).status_code == 404

    def test_an_empty_list_leads_on(self, made: Made) -> None:
        page = text_of(made.client().get(made.place("candidate-list")))
        assert "Hent fra behov" in page
        assert "Hent fra gjeldende plan" in page

    def test_its_queries_do_not_grow(self, made: Made) -> None:
        client, place = made.client(), made.place("candidate-list")

        def count() -> int:
            client.get(place)
            with CaptureQueriesContext(connection) as queries:
                client.get(place)
            return len(queries)

        made.candidate("Første")
        few = count()
        for number in range(20):
            made.candidate(f"Tiltak {number}")
        assert count() == few


class TestOne:
    def test_it_opens_to_its_parts(self, made: Made) -> None:
        second = made.candidate("Felles pålogging")
        first = made.candidate("Digital post", description="En **viktig** sak", value_reason="Satt av forumet")
        made.needs(first, second)
        made.choose(made.scenario(), first, 2027, pin="in")
        page = text_of(made.client("unit_manager:lillesand").get(made.place("candidate-detail", first.pk)))
        for words in (
            "<strong>viktig</strong>",
            "Felles pålogging",
            "Satt for hånd",
            "Satt av forumet",
            "Grunnlag",
            "starter 2027, festet inn",
            "Prosjektleder",
        ):
            assert words in page
        assert "Rediger" not in page
        assert "300 000" in text_of(made.client().get(made.place("candidate-detail", first.pk) + "?unit=kr"))
        assert "Er forutsatt av" in text_of(made.client().get(made.place("candidate-detail", second.pk)))

    def test_what_is_not_there_is_not_found(self, made: Made) -> None:
        assert made.client().get(made.place("candidate-detail", uuid4())).status_code == 404

    def test_two_hundred_characters_are_room_enough(self, made: Made) -> None:
        row = made.candidate("å" * 200)
        assert "å" * 200 in text_of(made.client().get(made.place("candidate-detail", row.pk)))


class TestWriting:
    def test_a_row_is_added_and_nothing_is_saved(self, made: Made) -> None:
        answer = made.client().post(made.place("candidate-create"), typed(made, verb="add-costs", title=""))
        page = text_of(answer)
        assert answer.status_code == 200
        assert 'name="costs-2-amount"' in page
        assert 'value="40,5"' in page
        assert not Candidate.objects.exists()

    def test_the_unit_changes_what_is_written_and_nothing_is_saved(self, made: Made) -> None:
        page = text_of(made.client().post(made.place("candidate-create"), typed(made, verb="unit-kr")))
        assert 'value="40 500"' in page
        assert not Candidate.objects.exists()

    def test_a_candidate_is_made_with_its_rows(self, made: Made) -> None:
        answer = made.client().post(made.place("candidate-create"), typed(made))
        row = Candidate.objects.get()
        assert answer.headers["Location"] == made.place("candidate-detail", row.pk)
        assert (row.title, row.value, row.duration) == ("Digital vaktplan", 6_250, 2)
        costs = {(cost.offset, cost.kind, cost.amount, cost.continues) for cost in row.costs.all()}
        assert costs == {(0, "investment", 250_000, False), (1, "operating", 40_500, True)}
        assert [(staff.role, staff.hours) for staff in row.staff.all()] == [("Prosjektleder", 80)]

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"title": ""}, "Tittel:"),
            ({"title": "x" * 201}, "200"),
            ({"value": "101"}, "fra 0 til 100"),
            ({"risk": "mye"}, "helt tall"),
            ({"earliest": "i fjor"}, "fire sifre"),
            ({"earliest": "2028", "latest": "2027"}, "2027"),
            ({"costs-0-amount": "mye"}, "Kostnad, rad 1"),
            ({"staff-0-hours": "-5"}, "Bemanning, rad 1"),
            ({"links-rows": "1", "links-0-kind": "needs", "links-0-other": "77"}, "nummer 77"),
            ({"title": "Noe\x00"}, "Null"),
            ({"cost_key": "tull"}, "Kostnaden deles"),
        ],
    )
    def test_faults_are_told_at_the_field_and_what_was_typed_stays(
        self, made: Made, changes: dict[str, str], said: str
    ) -> None:
        answer = made.client().post(made.place("candidate-create"), typed(made, **changes))
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert "Forumet var enig." in text_of(answer)
        assert not Candidate.objects.exists()

    def test_it_is_changed_and_an_old_form_is_refused(self, made: Made) -> None:
        row = made.candidate("Digital post")
        place = made.place("candidate-edit", row.pk)
        assert 'value="Digital post"' in text_of(made.client().get(place))
        client = made.client()
        assert client.post(place, typed(made, _version=row.version)).status_code == 303
        row.refresh_from_db()
        assert row.title == "Digital vaktplan"
        assert client.post(place, typed(made, _version=row.version - 1, _key="k2", title="Annet")).status_code == 409

    def test_it_is_taken_out_with_a_reason_and_in_again(self, made: Made) -> None:
        row, client = made.candidate("Digital post"), made.client()
        place = made.place("candidate-drop", row.pk)
        assert client.post(place, {"_version": row.version, "reason": " ", "_key": "d1"}).status_code == 422
        assert client.post(place, {"_version": row.version, "reason": "For dyrt.", "_key": "d2"}).status_code == 303
        row.refresh_from_db()
        assert row.dropped_reason == "For dyrt."
        assert "Ta inn igjen" in text_of(client.get(made.place("candidate-detail", row.pk)))
        client.post(made.place("candidate-restore", row.pk), {"_version": row.version, "_key": "d3"})
        row.refresh_from_db()
        assert row.dropped_reason == ""

    def test_only_those_who_make_the_plan_write(self, made: Made) -> None:
        row = made.candidate("Digital post")
        for who in READERS:
            client = made.client(who)
            assert client.get(made.place("candidate-create")).status_code == 403
            assert client.post(made.place("candidate-edit", row.pk), typed(made)).status_code == 403
            assert client.post(made.place("candidate-drop", row.pk), {"reason": "Nei"}).status_code == 403
        row.refresh_from_db()
        assert row.title == "Digital post"


class TestFetching:
    def test_the_measures_of_the_plan_become_candidates_once(self, made: Made) -> None:
        made.world.adopted()
        client, place = made.client(), made.place("candidate-from-plan")
        assert "Felles meldingsløsning" in text_of(client.get(place))
        assert client.post(place, {"_key": "p1"}).status_code == 303
        row = Candidate.objects.get()
        assert row.title == "Felles meldingsløsning"
        assert "Alle tiltakene i planen er kandidater" in text_of(client.get(place))

    def test_without_a_plan_or_needs_it_says_so(self, made: Made) -> None:
        client = made.client()
        assert "Ingen plan gjelder ennå" in text_of(client.get(made.place("candidate-from-plan")))
        assert "Ingen behov å hente" in text_of(client.get(made.place("candidate-from-needs")))
        assert client.post(made.place("candidate-from-needs"), {}).status_code == 422
