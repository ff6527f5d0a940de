"""What a body asks somebody to do: given, read, reminded of, done and taken up again (D-08)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Problem, Refused
from samstyr.procedure.meetings import actions, queries
from samstyr.procedure.meetings.models import FollowUp

from .committee import BODY, OUTSIDER, SECRETARY, TODAY, Committee, at
from .minutes_world import closed_item, follow_up, held, item

DUE = date(2026, 10, 1)
reading = queries.follow_ups


def give(made: Committee, who: str = SECRETARY, **changes: Any) -> FollowUp:
    values = {"body": BODY, "title": " Hente  inn tilbud ", "owner_id": made.people["nord1"].pk, "due_on": DUE}
    return actions.add_follow_up(**made.by(who), **(values | changes))


def finish(made: Committee, row: FollowUp, who: str = "nord1", version: int | None = None) -> FollowUp:
    return actions.finish_follow_up(
        **made.by(who), follow_up_id=row.pk, version=version or row.version, note="Tilbudene er inne."
    )


class TestGiving:
    def test_the_title_is_one_line(self, made: Committee) -> None:
        assert give(made).title == "Hente inn tilbud"

    def test_from_an_item_of_the_same_body(self, made: Committee) -> None:
        row = item(held(made))
        assert give(made, item_id=row.pk).item == row
        with pytest.raises(NotFound):
            give(made, item_id=uuid4())

    def test_every_fault_is_told_at_once(self, made: Committee) -> None:
        with pytest.raises(Invalid) as refused:
            give(made, title=" ", owner_id=uuid4(), due_on=TODAY - timedelta(days=1))
        assert [error.field for error in refused.value.errors] == ["title", "owner", "due_on"]

    @pytest.mark.parametrize("who", ["nord1", OUTSIDER])
    def test_only_who_serves_the_body_gives(self, made: Committee, who: str) -> None:
        with pytest.raises(Refused):
            give(made, who)


class TestEverybody:
    def test_each_who_sits_there_has_a_task_of_their_own(self, made: Committee) -> None:
        actions.add_follow_up_for_all(**made.by(), body=BODY, title="Spre vedtaket i egen region", due_on=DUE)
        rows = reading.follow_ups_of(BODY)
        assert sorted(row.owner.name for row in rows) == ["Leder", "Nord1", "Nord2", "Sor1", "Sor2"]
        finish(made, next(row for row in rows if row.owner == made.people["nord1"]))
        assert len(reading.follow_ups_of(BODY)) == 4
        with pytest.raises(Invalid):
            actions.add_follow_up_for_all(**made.by(), body=BODY, title="", due_on=DUE)
        assert FollowUp.objects.count() == 5
        with pytest.raises(Refused):
            actions.add_follow_up_for_all(**made.by("nord1"), body=BODY, title="Spre vedtaket", due_on=DUE)

    def test_it_is_chosen_on_the_page(self, made: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(TODAY))
        address = f"/o/{made.tenant.slug}/oppfoelging/ny/"
        given = {"body": f"{BODY}:", "title": "Spre vedtaket", "owner": "alle", "due_on": DUE.isoformat()}
        browser = made.client()
        assert "Alle som sitter i organet" in browser.get(address).content.decode()
        assert browser.post(address, given).status_code == 302
        assert FollowUp.objects.count() == 5


class TestDone:
    def test_the_owner_says_so_and_it_can_be_taken_up_again(self, made: Committee) -> None:
        row = finish(made, give(made))
        assert (row.note, reading.follow_ups_of(BODY)) == ("Tilbudene er inne.", [])
        with pytest.raises(Conflict):
            finish(made, row)
        with pytest.raises(Invalid):
            actions.reopen_follow_up(**made.by(), follow_up_id=row.pk, version=row.version, note="")
        row = actions.reopen_follow_up(**made.by(), follow_up_id=row.pk, version=row.version, note="Ett mangler.")
        assert row.done_at is None
        with pytest.raises(Conflict):
            actions.reopen_follow_up(**made.by(), follow_up_id=row.pk, version=row.version, note="Igjen.")

    def test_an_older_version_is_a_conflict(self, made: Committee) -> None:
        row = give(made)
        with pytest.raises(Conflict):
            finish(made, row, version=7)

    @pytest.mark.parametrize(("who", "problem"), [("nord2", Refused), (OUTSIDER, NotFound)])
    def test_nobody_else(self, made: Committee, who: str, problem: type[Problem]) -> None:
        with pytest.raises(problem):
            finish(made, give(made), who)


class TestLists:
    def test_by_body_owner_and_how_it_stands(self, made: Committee) -> None:
        late = follow_up(made, title="Sen", due_on=TODAY - timedelta(days=3))
        follow_up(made, title="Kommer", owner=made.people["sor1"])
        follow_up(made, title="Gjort", done_at=at(TODAY))

        def titles(**wanted: Any) -> list[str]:
            return [row.title for row in reading.listing(made.actor(), TODAY, **wanted)]

        assert titles() == ["Sen", "Kommer"]
        assert titles(state="overdue") == ["Sen"]
        assert titles(state="done") == ["Gjort"]
        assert set(titles(state="all")) == {"Sen", "Kommer", "Gjort"}
        assert titles(owner=made.people["sor1"].pk) == ["Kommer"]
        assert titles(body="annet") == []
        assert [row.title for row in queries.minutes.follow_ups_of(BODY)] == ["Sen", "Kommer"]
        assert len(queries.minutes.follow_ups_of(BODY, None, open_only=False)) == 3
        assert reading.own_follow_ups(made.actor("nord1")) == [late]

    def test_what_comes_from_a_closed_item_is_for_those_who_read_it_and_the_owner(self, made: Committee) -> None:
        row = follow_up(made, closed_item(held(made)), owner=made.people[OUTSIDER])

        def seen(who: str) -> bool:
            return row in reading.listing(made.actor(who), TODAY)

        assert [who for who in ("leder", "nord1", "sor1", OUTSIDER, "administrator") if seen(who)] == [
            "leder", "nord1", OUTSIDER,
        ]  # fmt: skip

    def test_many_are_read_in_as_many_questions(self, made: Committee) -> None:
        def asked() -> int:
            actor = made.actor("nord2")
            with CaptureQueriesContext(connection) as asked:
                assert reading.listing(actor, TODAY)
            return len(asked)

        meeting = held(made)
        follow_up(made, closed_item(meeting))
        few = asked()
        for number in range(5):
            follow_up(made, closed_item(meeting), title=f"{number}")
        assert asked() == few
