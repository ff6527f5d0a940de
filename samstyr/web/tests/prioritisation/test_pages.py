"""The pages of a round: they render, they hide what is blind, they save as one goes, and they ask no more for more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.wheel.prioritisation import actions, queries
from samstyr.wheel.prioritisation.models import Consensus, Entry, Round, Score, ScorerNote
from samstyr.wheel.prioritisation.tests.factories import (
    CHIEF,
    DAY,
    EMPLOYEE,
    IDEAS,
    LEADER,
    TEXT,
    TOTALS,
    World,
    at,
    coarse,
    world,
)
from tests.pages.reading import read

PAGES = ("round-detail", "round-ranking", "round-robustness")


@pytest.fixture
def made(db: None) -> Iterator[World]:
    """A municipality with five sectors under the model with two stages."""
    with world() as ready:
        yield ready


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the day of the rounds."""
    monkeypatch.setattr(clock, "now", lambda: at(DAY))


def place(made: World, name: str, *keys: object) -> str:
    return reverse(name, args=[made.tenant.slug, *keys])


def text_of(response: Any) -> str:
    text = response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
    assert " style=" not in text
    return text


def test_a_model_without_criteria_says_so(db: None) -> None:
    text = TEXT[: TEXT.index("\ncriteria:") + 1] + TEXT[TEXT.index("\nstrategy:") + 1 :]
    with world(text) as made:
        client = made.client()
        assert "har ingen kriterier" in text_of(client.get(place(made, "round-list")))
        assert "har ingen kriterier" in text_of(client.get(place(made, "round-open")))


def test_a_round_is_opened_from_a_list_of_needs(made: World) -> None:
    needs = made.ideas()
    client = made.client()
    page = text_of(client.get(place(made, "round-open")))
    assert all(title in page for title in IDEAS)
    assert "Strategisk viktig 40 %" in page
    only = text_of(client.get(place(made, "round-open") + "?q=innbyggerportal"))
    assert "Innbyggerportal" in only
    assert "sykemeldinger" not in only
    data = {"name": "Årets grovscreening", "year": "2027", "scorers": ["sektorleder"], "blind": "on", "capacity": "3"}
    refused = client.post(place(made, "round-open"), data)
    assert refused.status_code == 422
    assert "minst ett behov" in text_of(refused)
    answer = client.post(place(made, "round-open"), {**data, "needs": [str(needs[0].pk)]})
    assert answer.status_code == 302
    assert [entry.title for entry in queries.entries_of(Round.objects.get())] == ["Innbyggerportal"]
    client.post(place(made, "round-open") + "?q=innbyggerportal", {**data, "name": "Alle i listen", "all": "on"})
    assert Round.objects.get(name="Alle i listen").entries.count() == 1


def test_a_later_stage_is_opened_from_what_passed(made: World) -> None:
    first = made.closed(made.round(capacity=2))
    client = made.client()
    page = text_of(client.get(place(made, "round-open") + "?trinn=fin"))
    assert "Robotisert rutinearbeid" in page
    assert "Åpne data" not in page
    data = {
        "name": "Fin", "year": "2027", "scorers": ["sektorleder"], "all": "on", "reason": "For mange kom over streken.",
    }  # fmt: skip
    assert client.post(place(made, "round-open") + f"?trinn=fin&forrige={first.pk}", data).status_code == 302
    assert Round.objects.get(stage="fin").entries.count() == 2


def test_a_model_that_ranks_by_arguments_says_how(db: None) -> None:
    text = TEXT[: TEXT.index("\ncriteria:") + 1] + "ranking: {method: arguments, text: Forumet drøfter seg fram.}\n\n"
    with world(text + TEXT[TEXT.index("\nstrategy:") + 1 :]) as made:
        page = text_of(made.client().get(place(made, "round-list")))
        assert "Forumet drøfter seg fram." in page
        assert place(made, "plan-list") in page


KEYED = """ranking:
  method: sort_keys
  text: Satsingsområdene går i rekkefølge.
  keys:
    - {by: focus_area, order: [f1, f2]}
    - {by: kind, order: [etterslep, nytt]}

"""
AREAS = """strategy:
  focus_areas:
    - {key: f1, name: Ta igjen etterslepet}
    - {key: f2, name: Digitale tjenester}
"""


def test_a_model_that_ranks_by_keys_has_rounds_without_scores(db: None) -> None:
    """N-025, N-123: the focus area first, then the kind of measure; nobody scores."""
    strategy = TEXT[TEXT.index("\nstrategy:") + 1 :].replace("strategy:\n", AREAS, 1)
    text = TEXT[: TEXT.index("\ncriteria:") + 1] + KEYED + strategy
    kinds = "  measure_kinds: [{key: etterslep, name: Etterslep}, {key: nytt, name: Nye løsninger}]\n"
    with world(text.replace("  cost_keys: []\n", f"  cost_keys: []\n{kinds}")) as made:
        needs = [made.need(title) for title in ("En", "To", "Tre")]
        client = made.client()
        assert "Fast rekkefølge" in text_of(client.get(place(made, "round-open")))
        data = {"name": "Årets rekkefølge", "year": "2027", "capacity": "2", "needs": [str(need.pk) for need in needs]}
        answer = client.post(place(made, "round-open"), data)
        assert answer.status_code == 302, read(answer).faults
        row = Round.objects.get()
        for title, area, kind in (("En", "f2", "nytt"), ("To", "f1", "nytt"), ("Tre", "f1", "etterslep")):
            entry = made.entry(row, title)
            where = place(made, "round-agree", row.pk, entry.pk)
            posted = {"verb": "describe", "_version": "1", "focus_area": area, "kind": kind}
            assert client.get(where).status_code == 200
            assert client.post(where, posted).status_code == 302
        assert [one.entry.title for one in queries.by_keys(row, DAY)] == ["Tre", "To", "En"]
        page = text_of(client.get(place(made, "round-ranking", row.pk)))
        assert page.index("Tre</a>") < page.index("To</a>") < page.index("Her går streken") < page.index("En</a>")
        assert "Skilt på «Slags tiltak»." in page
        assert "Digitale tjenester" in page
        for name in ("round-detail", "round-robustness", "round-manage"):
            assert client.get(place(made, name, row.pk)).status_code == 200
        csv = client.get(place(made, "round-export", row.pk, "csv")).content.decode("utf-8-sig")
        assert "Ta igjen etterslepet" in csv
        row.refresh_from_db()
        change = {"verb": "change", "_version": str(row.version), "name": "Endret", "capacity": "1"}
        assert client.post(place(made, "round-manage", row.pk), change).status_code == 302


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_shown_at_every_state(made: World, name: str) -> None:
    row = made.round()
    client = made.client()
    for step in (lambda: None, lambda: made.agreed(row), lambda: made.close(row)):
        step()
        answer = client.get(place(made, name, row.pk))
        assert answer.status_code == 200
        assert row.name in text_of(answer)
    assert made.client(EMPLOYEE).get(place(made, name, row.pk)).status_code == 404


def test_the_sheet_saves_every_row_at_once_without_javascript(made: World) -> None:
    row = made.round()
    client, where = made.client("helse"), place(made, "round-score", row.pk)
    first, second = list(queries.entries_of(row))[:2]
    assert "0 av 5" in text_of(client.get(where))
    data = {f"level-{first.pk}-{key}": level for key, level in coarse((1, 1, 1, 1)).items()}
    answer = client.post(where, {**data, f"level-{second.pk}-nytt": "lav", f"note-{second.pk}": "Et spørsmål."})
    assert answer.status_code == 302
    assert Score.objects.count() == 5
    page = text_of(client.get(where))
    assert "1 av 5" in page
    assert "Et spørsmål." in page
    assert first.title not in text_of(client.get(where + "?vis=mangler"))
    refused = client.post(where, {f"level-{second.pk}-nytt": "ukjent"})
    assert refused.status_code == 422
    assert "Velg et av nivåene" in text_of(refused)


def test_a_row_is_saved_as_one_goes(made: World) -> None:
    row = made.round()
    entry = made.entry(row, "Flyt av sykemeldinger")
    client = made.client("helse")
    where = place(made, "round-score-row", row.pk, entry.pk)
    answer = client.post(where, {f"level-{entry.pk}-nytt": "lav", "_key": "samme"}, headers={"HX-Request": "true"})
    assert "Lagret" in text_of(answer)
    assert 'hx-swap-oob="true"' in text_of(answer)
    client.post(where, {f"level-{entry.pk}-nytt": "hoy", "_key": "samme"}, headers={"HX-Request": "true"})
    assert Score.objects.get().level == "hoy"
    wrong = {f"level-{entry.pk}-nytt": "ukjent", f"level-{entry.pk}-gevinst": "middels"}
    assert "Ikke lagret" in text_of(client.post(where, wrong, headers={"HX-Request": "true"}))
    assert dict(Score.objects.values_list("question", "level")) == {"nytt": "hoy", "gevinst": "middels"}


def test_one_stands_aside_and_starts_over_on_the_sheet(made: World) -> None:
    row = made.round()
    entry = made.entry(row, "Innbyggerportal")
    client, where = made.client("helse"), place(made, "round-score", row.pk)
    made.score(entry, {"nytt": "hoy"})
    client.post(where, {"clear": str(entry.pk)})
    assert not Score.objects.exists()
    assert client.post(where, {"aside": str(entry.pk)}).status_code == 422
    client.post(where, {"aside": str(entry.pk), f"note-{entry.pk}": "Jeg meldte det inn."})
    assert ScorerNote.objects.get().conflict
    assert "Du står utenfor" in text_of(client.get(where))
    client.post(where, {"back": str(entry.pk)})
    assert not ScorerNote.objects.get().conflict


def test_the_sheet_belongs_to_the_scorers(made: World) -> None:
    row = made.round()
    assert made.client(LEADER).get(place(made, "round-score", row.pk)).status_code == 403
    assert made.client(EMPLOYEE).get(place(made, "round-score", row.pk)).status_code == 404
    assert made.client("kultur").get(place(made, "round-score", row.pk)).status_code == 200


def test_no_page_tells_what_others_have_said_while_it_is_blind(made: World) -> None:
    row = made.round(made.need("A"))
    entry = made.entry(row, "A")
    made.commit(entry)
    made.score(entry, {"nytt": "hoy", "gevinst": "lav"}, note="Min hemmelige grunn", who="helse")
    addresses = [place(made, name, row.pk) for name in (*PAGES, "round-score", "round-manage")]
    addresses += [place(made, "round-agree", row.pk, entry.pk), place(made, "round-export", row.pk, "csv")]
    for who in (LEADER, CHIEF, "kultur"):
        for address in addresses:
            answer = made.client(who).get(address)
            if answer.status_code == 200:
                text = answer.content.decode()
                assert "hemmelige" not in text, f"{who} {address}"
                assert " checked" not in text or "round-score" not in address
                assert "spread-dot" not in text
                assert "Lav 1" not in text
                assert "Høy 1" not in text
    sheet = text_of(made.client("kultur").get(place(made, "round-score", row.pk)))
    assert " checked" not in sheet
    made.reveal(row)
    shown = text_of(made.client(LEADER).get(place(made, "round-agree", row.pk, entry.pk)))
    assert "Min hemmelige grunn" in shown
    assert "Høy 1" in shown
    reader = text_of(made.client(CHIEF).get(place(made, "round-agree", row.pk, entry.pk)))
    assert "Høy 1" in reader
    assert made.people["helse"].name not in reader
    assert "hemmelige" not in reader


def test_the_meeting_from_blind_to_closed(made: World) -> None:
    row = made.scored(made.round(capacity=3))
    made.score(made.entry(row, "Innbyggerportal"), {"nytt": "lav"}, "kultur")
    client, manage = made.client(), place(made, "round-manage", row.pk)

    def press(verb: str, **more: str) -> Any:
        row.refresh_from_db()
        return client.post(manage, {"verb": verb, "_version": str(row.version), **more})

    page = text_of(client.get(place(made, "round-detail", row.pk)))
    assert "5 av 5" in page
    assert press("close").status_code == 409
    assert press("reveal").status_code == 302
    assert "1 av 4 spørsmål" in text_of(client.get(place(made, "round-detail", row.pk)))
    assert press("unanimous").status_code == 302
    refused = press("close")
    assert refused.status_code == 422
    assert "Innbyggerportal" in text_of(refused)
    entry = made.entry(row, "Innbyggerportal")
    where = place(made, "round-agree", row.pk, entry.pk)
    data = {"verb": "agree", "_version": str(entry.version), "level-nytt": "lav"}
    answer = client.post(where, data)
    assert answer.status_code == 422
    assert "annet nivå enn de fleste" in text_of(answer)
    following = list(queries.entries_of(row))[-1]
    answer = client.post(where, {**data, "level-nytt": "hoy", "go": str(following.pk)})
    assert answer.headers["Location"] == place(made, "round-agree", row.pk, following.pk)
    assert press("close").status_code == 302
    ranking = text_of(client.get(place(made, "round-ranking", row.pk)))
    assert all(total in ranking for total in TOTALS.values())
    assert "Her går streken" in ranking
    assert "40 % × 3,00 = <b>1,20</b>" in ranking
    assert press("reopen").status_code == 422
    assert press("reopen", reason="Feil tall.").status_code == 302
    row.refresh_from_db()
    assert row.state == "revealed"


def test_what_the_leader_says_of_a_need(made: World) -> None:
    row = made.round()
    entry = made.entry(row, "Innbyggerportal")
    client, where = made.client(), place(made, "round-agree", row.pk, entry.pk)

    def press(verb: str, **more: str) -> Any:
        version = Entry.objects.get(pk=entry.pk).version
        return client.post(where, {"verb": verb, "_version": str(version), **more})

    assert press("describe", owner_committed="on").status_code == 302
    assert press("leave_out").status_code == 422
    assert press("leave_out", reason="Venter.").status_code == 302
    assert "Venter." in text_of(client.get(where))
    assert press("take_back").status_code == 302
    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.owner_committed, entry.exception) == (True, "")
    assert made.client("helse").post(where, {"verb": "describe"}).status_code == 403
    assert press("remove").status_code == 302
    assert not Entry.objects.filter(pk=entry.pk).exists()


def test_the_round_is_changed_and_takes_in_more(made: World) -> None:
    row = made.round(made.need("A"))
    extra = made.need("B")
    client, where = made.client(), place(made, "round-manage", row.pk)
    assert "B" in text_of(client.get(where))
    assert client.post(where, {"verb": "add", "needs": [str(extra.pk)]}).status_code == 302
    data = {"verb": "change", "_version": "2", "name": "Nytt navn", "scorers": ["radmann"], "due_on": "2026-06-01"}
    assert client.post(where, data).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.scorers, row.entries.count()) == ("Nytt navn", ["radmann"], 2)
    assert client.post(where, {**data, "_version": str(row.version), "name": ""}).status_code == 422
    assert made.client("helse").get(where).status_code == 403


def test_how_robust_the_ranking_is(made: World) -> None:
    row = made.closed(made.round(capacity=3))
    client, where = made.client("kultur"), place(made, "round-robustness", row.pk)
    page = text_of(client.get(where))
    assert "Rekkefølgen holder så lenge vekten på «Strategisk viktig» er mellom" in page
    assert "Frø 1, 10 000 trekninger" in page
    assert page.count('class="range-now"') == len(IDEAS)
    assert page.count('class="tornado-') == 4
    again = text_of(client.get(where))
    assert again.split("<main")[1] == page.split("<main")[1]
    entries = {entry.title: entry.pk for entry in queries.entries_of(row)}
    robot, portal = entries["Robotisert rutinearbeid"], entries["Innbyggerportal"]
    looked = text_of(client.get(f"{where}?a={portal}&b={robot}&behov={robot}&fro=7"))
    assert "«Robotisert rutinearbeid» har 0,45 poeng mindre enn «Innbyggerportal»." in looked
    assert "Hva flytter summen til «Robotisert rutinearbeid»?" in looked
    assert "Frø 7" in looked
    assert "står ikke bak" in text_of(client.get(f"{where}?a={robot}&b={portal}"))
    for wrong in ("a=tull", f"a={made.tenant.pk}", "fro=-1", "fro=x", "fro=0"):
        assert client.get(f"{where}?{wrong}").status_code == 200
    few = made.round(made.need("Alene"))
    assert "For få behov" in text_of(client.get(place(made, "round-robustness", few.pk)))


def test_a_need_tells_where_it_stands(made: World) -> None:
    row = made.agreed()
    need = made.entry(row, "Robotisert rutinearbeid").need
    page = text_of(made.client().get(place(made, "need-detail", need.pk)))
    assert "Plass 2 av 5, sum 2,40" in page
    assert "vurderingene er vist" in page
    writer = text_of(made.client(EMPLOYEE).get(place(made, "need-detail", need.pk)))
    assert "Plass 2" not in writer


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_ranking_leaves_as_a_file(made: World, ending: str) -> None:
    row = made.closed()
    answer = made.client("kultur").get(place(made, "round-export", row.pk, ending))
    assert answer.status_code == 200
    if ending == "csv":
        text = answer.content.decode("utf-8-sig")
        assert "Innbyggerportal;2,85" in text.replace('"', "")
    assert made.client("kultur").get(place(made, "round-export", row.pk, "pdf")).status_code == 404


def test_pages_ask_no_more_for_more_needs(made: World) -> None:
    client = {"kultur": made.client("kultur"), LEADER: made.client()}

    def counts(row: Round) -> dict[str, int]:
        found = {}
        entry = queries.entries_of(row).first()
        assert entry is not None
        for who, name, keys in (
            *((LEADER, name, (row.pk,)) for name in (*PAGES, "round-manage")),
            ("kultur", "round-score", (row.pk,)),
            (LEADER, "round-agree", (row.pk, entry.pk)),
        ):
            client[who].get(place(made, name, *keys))
            with CaptureQueriesContext(connection) as asked:
                assert client[who].get(place(made, name, *keys)).status_code == 200
            found[name] = len(asked)
        return found

    few = made.agreed()
    before = counts(few)
    needs = [made.need(f"Behov {number}") for number in range(30)]
    actions.add_needs(**made.by(), round_id=few.pk, need_ids=tuple(need.pk for need in needs))
    for entry in queries.entries_of(few):
        if entry.title.startswith("Behov"):
            made.score(entry, coarse((1, 1, 1, 1)), "kultur")
            actions.set_consensus(**made.by(), entry_id=entry.pk, levels=coarse((1, 1, 1, 1)))
    assert Consensus.objects.count() == 35 * 4
    assert counts(few) == before


def test_a_meeting_begins_with_what_is_most_disputed(made: World) -> None:
    row = made.scored()
    disputed = "Åpne data fra byen"
    made.score(made.entry(row, disputed), coarse((1, 3, 1, 1)), "kultur")
    made.reveal(row)
    address = place(made, "round-detail", row.pk)
    order = [text_of(made.client().get(f"{address}?sort={sort}")).index(f">{disputed}<") for sort in ("", "-uenighet")]
    first = text_of(made.client().get(f"{address}?sort=-uenighet"))
    assert all(first.index(f">{disputed}<") < first.index(f">{title}<") for title in IDEAS if title != disputed)
    assert order[1] < order[0]
