"""A case paper that writes itself, on the shipped joint model: from the need and the hearing to the file sent out."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from docx import Document as Word
from pypdf import PdfReader

from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.organisations.tests.factories import log_in, make_seat, make_seat_holding
from samstyr.outward.exports.case_paper import edition_of, pdf, word
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.meetings.models import AgendaItem, CasePaperPart, Paper
from samstyr.procedure.meetings.queries import agenda
from samstyr.procedure.meetings.queries import case_paper as reading
from samstyr.wheel.handovers import case_to_paper

from .joint import HEARING_END, Joint, at

SECRETARY = "digitalisation_adviser"
PREPARED, HELD = HEARING_END + timedelta(days=1), date(2025, 5, 8)
SECRET = "Det hemmelige ved leverandørens tilbud."


def by(made: Joint, who: str = SECRETARY, day: date = PREPARED) -> dict[str, Any]:
    return {"actor": made.actor(who, day), "now": at(day)}


@pytest.fixture
def item(made: Joint) -> AgendaItem:
    """A joint need that has been heard, on the agenda of the forum's coming meeting."""
    area = made.units["birkenes:helse"]
    seat = make_seat("digitaliseringsforum", "birkenes", 1, organisation=made.organisations["birkenes"], unit=area)
    make_seat_holding(seat, made.who("representative:birkenes:helse"))
    need = made.on_hearing_step(joint=True, statutory=True)
    hearing = made.ask(need)
    asked = {(one.role, one.organisation.slot): one for one in hearing.consultees.all() if one.organisation}
    made.answer(
        "archive_manager:birkenes",
        asked["archive_manager", "birkenes"],
        "no_remarks",
        text="Arkivplanen må oppdateres.",
    )
    made.answer(
        "data_protection_officer:birkenes", asked["data_protection_officer", "birkenes"], "no_remarks", text=SECRET,
        exempt=True, legal_basis="offl. § 13",
    )  # fmt: skip
    made.move(need, "it_lead", "ferdig", PREPARED)
    planned = made.plan_meeting("digitaliseringsforum", HELD, PREPARED)
    meeting = meetings.prepare_meeting(**by(made), day_id=planned.pk)
    (row,) = meetings.add_cases(**by(made), meeting_id=meeting.pk, case_step_ids=[made.step(need).pk])
    found = agenda.item_by_id(row.pk)
    assert found is not None
    return found


def drafted(made: Joint, item: AgendaItem) -> dict[str, str]:
    paper = case_to_paper.draft(**by(made), item_id=item.pk)
    return {part.key: part.drafted for part in paper.parts.all()}


def test_it_drafts_itself_from_what_is_known_and_leaves_the_exempt_out(made: Joint, item: AgendaItem) -> None:
    found = drafted(made, item)
    assert "Dokumentasjon hjemme hos brukeren" in found["case"]
    assert "Digitaliseringsforum" in found["case"]
    assert "Birkenes" in found["case"]
    assert "Vi skriver på papir i bilen" in found["need"]
    assert "Lovpålagt" in found["need"]
    assert "10.03.2025" in found["earlier"]
    assert "Viktig." in found["earlier"]
    assert "Arkivplanen må oppdateres." in found["statements"]
    assert "Unntatt offentlighet (offl. § 13)" in found["statements"]
    assert "Har ikke svart:" in found["statements"]
    assert "400 000" in found["costs"]
    assert found["assessment"] == ""
    assert SECRET not in "".join(found.values())


def test_what_is_written_stands_when_the_facts_are_fetched_anew(made: Joint, item: AgendaItem) -> None:
    drafted(made, item)
    part = CasePaperPart.objects.get(key="assessment")
    written = {"part_id": part.pk, "version": part.version, "text": "Vi tilrår at behovet tas inn."}
    meetings.write_case_paper(**by(made), **written)
    with pytest.raises(Conflict):  # a second secretary with the old text before them
        meetings.write_case_paper(**by(made), **{**written, "text": "Noe annet"})
    with pytest.raises(Invalid):
        meetings.write_case_paper(**by(made), part_id=part.pk, version=part.version + 1, text="x" * 50_001)
    row = agenda.item_by_id(item.pk)
    assert row is not None
    meetings.save_item(
        **by(made), item_id=item.pk, version=row.version, title=row.title, text=row.text,
        proposal="Forumet foreslår at behovet tas inn i planen.", minutes_long=15, closed=False, legal_basis="",
    )  # fmt: skip
    row = agenda.item_by_id(item.pk)
    paper = reading.case_paper_of(item)
    assert row is not None and paper is not None
    stale = reading.shown_parts(paper, case_to_paper.parts_of(row, made.actor(SECRETARY, PREPARED), PREPARED))
    assert [one.part.key for one in stale if one.stale] == ["proposal"]
    assert "tas inn i planen" in drafted(made, item)["proposal"]
    part.refresh_from_db()
    assert part.written == "Vi tilrår at behovet tas inn."


def test_only_who_prepares_the_meeting_writes_it(made: Joint, item: AgendaItem) -> None:
    with pytest.raises((Refused, NotFound)):
        case_to_paper.draft(**by(made, "representative:birkenes:helse"), item_id=item.pk)
    drafted(made, item)
    part = CasePaperPart.objects.get(key="assessment")
    for who in ("representative:birkenes:helse", "service:lillesand"):
        with pytest.raises((Refused, NotFound)):
            meetings.write_case_paper(**by(made, who), part_id=part.pk, version=part.version, text="Nei")
    report = meetings.add_item(**by(made), meeting_id=item.meeting_id, kind="report", title="Orientering")
    with pytest.raises(Conflict, match="ingen sak"):
        case_to_paper.draft(**by(made), item_id=report.pk)


def test_a_treated_case_keeps_its_paper(made: Joint, item: AgendaItem) -> None:
    drafted(made, item)
    AgendaItem.objects.filter(pk=item.pk).update(state="decided")
    with pytest.raises(Conflict, match="behandlet"):
        drafted(made, item)


def test_word_and_tagged_pdf_say_the_same(made: Joint, item: AgendaItem) -> None:
    drafted(made, item)
    part = CasePaperPart.objects.get(key="assessment")
    meetings.write_case_paper(
        **by(made), part_id=part.pk, version=part.version, text="## Personvern\n\n| A | B |\n| --- | --- |\n| 1 | 2 |"
    )
    paper = reading.case_paper_of(item)
    assert paper is not None
    edition = edition_of(paper, item, arrangement="Prøven")
    file = PdfReader(io.BytesIO(pdf(edition)))
    text = " ".join("".join(page.extract_text() for page in file.pages).split())
    document = Word(io.BytesIO(word(edition)))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    # A part that says nothing is left out, but for the proposal.
    assert headings == [
        "Saken", "Bakgrunn og behov", "Behandlet til nå", "Uttalelser", "Kostnader og fordeling", "Vurdering",
        "Forslag til vedtak",
    ]  # fmt: skip
    places = [text.rindex(heading) for heading in headings]
    assert places == sorted(places)
    root = file.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"][:2]) == (True, "nb")
    assert SECRET not in text
    assert "Arkivplanen må oppdateres." in text
    assert "Arkivplanen må oppdateres." in "\n".join(one.text for one in document.paragraphs)
    assert pdf(edition) == pdf(edition)


def test_from_the_page_to_the_paper_that_is_sent(
    made: Joint, item: AgendaItem, client: Any, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    from samstyr.foundation.kernel import clock

    monkeypatch.setattr(clock, "now", lambda: at(PREPARED))
    log_in(client, made.who(SECRETARY))
    place = f"/o/{made.tenant.slug}/moeter/sak/{item.pk}/saksframlegg/"
    assert "ikke begynt" in client.get(place).content.decode()
    assert client.get(f"{place}fil.pdf").status_code == 404
    assert client.post(place).status_code == 302
    with django_assert_max_num_queries(70):
        shown = client.get(place).content.decode()
    assert "Arkivplanen må oppdateres." in shown and SECRET not in shown
    part = CasePaperPart.objects.get(key="assessment")
    page = f"/o/{made.tenant.slug}/moeter/saksframlegg/{part.pk}/"
    assert client.post(page, {"text": "Vi tilrår det.", "_version": part.version}).status_code == 302
    late = client.post(page, {"text": "Jeg mener noe annet.", "_version": part.version})
    assert late.status_code == 409
    assert "Vi tilrår det." in late.content.decode() and "Jeg mener noe annet." in late.content.decode()
    for ending in ("pdf", "docx"):
        answer = client.get(f"{place}fil.{ending}")
        assert answer.status_code == 200 and ending in answer["Content-Disposition"]
    assert client.get(f"{place}fil.html").status_code == 404
    assert client.post(f"{place}legg-ved/").status_code == 302
    assert [row.supplement for row in Paper.objects.filter(item=item)] == [False]
    meetings.call_meeting(**by(made, "it_lead"), meeting_id=item.meeting_id, version=None)
    assert client.post(f"{place}legg-ved/").status_code == 302
    assert sorted(row.supplement for row in Paper.objects.filter(item=item)) == [False, True]
