"""How minutes write themselves: plain values in, Markdown out."""

from __future__ import annotations

import pytest

from samstyr.foundation.ui.markdown import render
from samstyr.procedure.meetings.rules.drafting import (
    Attendance,
    Item,
    LeftOut,
    Moved,
    Opening,
    Task,
    Vote,
    Written,
    closing,
    item,
    opening,
    plain,
)

MEETING = Opening("Utvalget", "", "1/2026", "22.09.2026", "09:00", "11:10", "Rådhuset", False, "Leder", 50, 4, ())
PEOPLE = (
    Attendance("Leder", "Lederen", "medlem", votes=True, leads=True, came=True, at_opening=True),
    Attendance("Nord1", "fra nord", "medlem", votes=True),
    Attendance("Vara", "fra nord", "vara", votes=True, came=True, at_opening=True, stands_in_for="Nord1"),
    Attendance("Sør1", "fra sør", "medlem", votes=True, came=True, remote=True, arrived="09:25", left="10:30"),
    Attendance("Sør2", "fra sør", "medlem", votes=True),
)


def opened(**changes: object) -> str:
    return opening(Opening(**{**MEETING.__dict__, "people": PEOPLE, **changes}))


class TestOpening:
    def test_it_tells_what_when_and_where(self) -> None:
        text = opened(remote=True)
        for line in (
            "- **Organ:** Utvalget", "- **Møte:** 1/2026", "- **Dato:** 22.09.2026", "- **Møtet ble satt:** 09.00",
            "- **Møtet ble hevet:** 11.10", "- **Sted:** Rådhuset, fjernmøte", "- **Møteleder:** Leder",
        ):  # fmt: skip
            assert line in text

    def test_those_present_have_seat_capacity_and_whom_they_stand_in_for(self) -> None:
        text = opened()
        assert "- Leder (Lederen, medlem)" in text
        assert "- Vara (fra nord, vara, for Nord1)" in text
        assert "- Sør1 (fra sør, medlem, på nett)" in text

    def test_the_absent_have_their_substitute(self) -> None:
        absent = opened().partition("### Ikke til stede")[2]
        assert "- Nord1 (fra nord). Vara: Vara" in absent
        assert "- Sør2 (fra sør)" in absent
        assert "- Leder" not in absent

    def test_who_came_late_and_left_early_stands_in_order(self) -> None:
        changes = opened().partition("### Endringer underveis")[2]
        assert changes.index("09.25: Sør1 kom") < changes.index("10.30: Sør1 gikk")

    @pytest.mark.parametrize(
        ("percent", "seats", "words"),
        [(50, 4, "så organet var vedtaksført"), (60, 4, "ikke vedtaksført"), (0, 4, "2 av 4 med stemmerett")],
    )
    def test_the_quorum_is_those_with_a_vote_when_it_was_opened(self, percent: int, seats: int, words: str) -> None:
        assert words in opened(quorum_percent=percent, seats=seats)

    def test_nobody_present_is_said(self) -> None:
        assert "Ingen er ført som til stede." in opened(people=())


class TestItem:
    def test_a_late_item_has_its_reason(self) -> None:
        assert "sto ikke i innkallingen. Grunn: Haster" in item(Item("decided", late=True, late_reason="Haster"))

    def test_proposal_discussion_and_decision_stand_in_that_order(self) -> None:
        text = item(Item("decided", proposal="FORSLAG", discussion="DRØFTING", decision="VEDTATT", outcome="Anbefalt"))
        assert text.index("FORSLAG") < text.index("DRØFTING") < text.index("VEDTATT") < text.index("Utfall: Anbefalt")

    def test_who_was_left_out_why_by_what_law_and_who_decided(self) -> None:
        out = LeftOut("Sør1", "Eier i firmaet.", "forvaltningsloven § 6", "Leder", True)
        text = item(Item("decided", left_out=(out, LeftOut("Sør2", "Nabo", "§ 6", "Leder", False))))
        assert "Sør1 var inhabil og deltok ikke. Grunn: Eier i firmaet. Lovgrunnlag: forvaltningsloven § 6. " in text
        assert "Avgjort av: Leder." in text
        assert "Sør2 var habil." in text

    def test_what_is_not_decided_about_impartiality_is_said(self) -> None:
        assert "ikke avgjort" in item(Item("waiting", left_out=(LeftOut("Sør1", "Nabo", "§ 6", "", None),)))

    def test_motions_keep_their_text_and_who_made_them(self) -> None:
        text = item(Item("decided", motions=(Moved("Sør1", "En *tekst*\n\ni to avsnitt"), Moved("Sør2", "B", True))))
        assert "**Forslag 1 fra Sør1:**\n\nEn *tekst*\n\ni to avsnitt" in text
        assert "Forslag 2 fra Sør2 (trukket):" in text

    def test_a_vote_tells_counts_dissent_by_name_and_why(self) -> None:
        vote = Vote(
            "A mot B", "ved håndsopprekning", "A", "Stemmelikhet; møteleders stemme avgjorde.",
            (("A", 2), ("B", 2)), (("Sør1", "B"),),
        )  # fmt: skip
        text = item(Item("decided", votes=(vote,)))
        for words in (
            "A: 2 stemmer",
            "B: 2 stemmer",
            "Resultat: A",
            "møteleders stemme avgjorde",
            "Sør1 stemte for: B",
        ):
            assert words in text

    def test_all_for_one_is_unanimous_and_no_result_is_said(self) -> None:
        assert "A ble enstemmig vedtatt." in item(
            Item("decided", votes=(Vote("A?", "", "A", "", (("A", 5), ("B", 0))),))
        )
        assert "intet vedtak" in item(Item("decided", votes=(Vote("A?", "", "", "", (("A", 1),)),)))

    @pytest.mark.parametrize(
        ("state", "words"),
        [("postponed", "Saken ble utsatt."), ("withdrawn", "Saken ble trukket."), ("waiting", "ble ikke behandlet")],
    )
    def test_what_was_not_decided_says_so(self, state: str, words: str) -> None:
        assert words in item(Item(state))

    def test_what_is_to_be_followed_up_has_owner_and_day(self) -> None:
        text = item(Item("decided", tasks=(Task("Hente inn tilbud.", "Nord1", "01.10.2026"),)))
        assert "Hente inn tilbud. Ansvarlig: Nord1. Frist: 01.10.2026." in text


def test_the_closing_part_has_what_was_decided_in_writing_with_why_the_time_was_short() -> None:
    text = closing(
        [Written("2/2026", "Felles vakt", "Anbefalt", "Fristen hos staten"), Written("3/2026", "B", "C")], "11:10"
    )
    assert "2/2026 Felles vakt: Anbefalt. Kortere frist enn vanlig: Fristen hos staten" in text
    assert "Møtet ble hevet klokken 11.10." in text
    assert closing([], "") == ""


@pytest.mark.parametrize(
    "name", ["# Ola", "1. Ola", "- Ola", "*Ola* [x](https://a.no)", "<b>Ola</b>", "Ola\n\n# Kari", "a|b`c`"]
)
def test_a_name_is_nothing_but_text(name: str) -> None:
    html = str(render(f"- {plain(name)}"))
    assert html.count("<") == 4, html  # a list with one line, and no other tag


def test_what_people_wrote_is_rendered_as_their_markdown() -> None:
    assert "<strong>viktig</strong>" in str(render(item(Item("decided", decision="**viktig**"))))
