"""A secretary runs a committee's meeting entirely in Samstyr, and lets a case be decided in writing, in a real browser."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from .committee_world import (
    ABSENT,
    CHAIR,
    IN_MEETING,
    IN_WRITING,
    NORTH,
    SECRETARY,
    SLUG,
    SOUTH,
    SUBSTITUTE,
)
from .conftest import Person, look, serving
from .test_w1 import follow, press, says

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TENANT = f"/o/{SLUG}/"
TODAY = date.today()
REPORT, SECRET = "Status for året", "Avtalen med leverandøren"
MOTION = "Innlogging utsettes til kostnaden er kjent."


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the committee alone."""
    with serving(tmp_path_factory.mktemp("utvalg"), [sys.executable, "-m", "tests.walks.committee_world"]) as served:
        yield served


def open_details(page: Any, summary: str) -> None:
    """Unfold a part of the page, if it is folded."""
    part = page.locator("details", has=page.locator("summary", has_text=summary)).first
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()


def test_a_meeting_from_the_years_plan_to_sealed_minutes(person: Person) -> None:
    secretary = person(SECRETARY)
    plan_the_year(secretary)
    meeting = prepare(secretary)
    set_the_agenda(secretary, meeting)
    write_the_case_paper(secretary, meeting)
    call(secretary, meeting)
    answer_and_ask(person, meeting)
    hold(person, meeting)
    write_the_minutes(person, meeting)


def plan_the_year(page: Any) -> None:
    """The year's days are proposed; the secretary adds today, and plans them all at once."""
    page.goto(f"{TENANT}moeter/aaret/?body=utvalg&organisation=&year={TODAY.year}&count=2")
    look(page, "moter-01-aaret")
    days = page.get_by_label("Møtedager")
    proposed = [line for line in days.input_value().splitlines() if line]
    days.fill("\n".join([*proposed, "i morgen"]))
    press(page, "Planlegg alle")
    says(page, "«i morgen» er ingen dag")
    days = page.get_by_label("Møtedager")
    days.fill("\n".join(sorted({*proposed, TODAY.strftime("%d.%m.%Y")})))
    press(page, "Planlegg alle")
    look(page, "moter-02-planlagt")


def prepare(page: Any) -> str:
    """Today's meeting is prepared; its address."""
    row = page.get_by_role("row", name=re.compile(TODAY.strftime(r"%d\.%m\.%Y")))
    row.get_by_role("button", name="Forbered").click()
    page.wait_for_url(re.compile(r"/moeter/[0-9a-f-]{36}/$"))
    meeting = str(page.url)
    look(page, "moter-03-forberedes")
    page.goto(f"{meeting}rediger/")
    look(page, "moter-04-tid-og-sted")
    page.get_by_label(re.compile("^Sted")).fill("Rådhuset, møterom 2")
    page.get_by_label("Begynner").fill("10:00")
    page.get_by_label("Slutter").fill("12:00")
    press(page, "Lagre")
    says(page, "Rådhuset, møterom 2", "10.00–12.00")
    return meeting


def add_item(page: Any, meeting: str, kind: str, title: str, **more: str) -> None:
    """Add an item of the kind."""
    page.goto(f"{meeting}ny-sak/")
    page.get_by_label(kind, exact=True).check()
    page.get_by_label(re.compile("^Tittel")).fill(title)
    if more.get("law"):
        page.get_by_label("Punktet er unntatt offentlighet").check()
        page.get_by_label(re.compile("^Hjemmel")).fill(more["law"])
    if more.get("proposal"):
        page.get_by_label(re.compile("^Forslag til vedtak")).fill(more["proposal"])
    press(page, "Lagre")


def set_the_agenda(page: Any, meeting: str) -> None:
    """Two items are added and a case is put on; the order is set by numbers alone, with the keyboard."""
    add_item(page, meeting, "Orientering", REPORT)
    add_item(page, meeting, "Orientering", SECRET, law="offentleglova § 23", proposal="HEMMELIG forslag.")
    page.goto(meeting)
    page.get_by_label(re.compile(IN_MEETING)).check()
    press(page, "Sett på sakslisten")
    look(page, "moter-05-saksliste")
    follow(page, "Sett rekkefølgen")
    look(page, "moter-06-rekkefolge")
    first = page.get_by_label(IN_MEETING)
    first.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/moeter/[0-9a-f-]{36}/(#.*)?$"))
    titles = page.locator("#saksliste tbody th a").all_inner_texts()
    assert titles.index(IN_MEETING) < titles.index(SECRET), titles


def write_the_case_paper(page: Any, meeting: str) -> None:
    """The case's own text and proposal; its paper is drafted, written in and attached."""
    page.goto(meeting)
    follow(page, IN_MEETING)
    look(page, "moter-07-sak")
    follow(page, "Rediger")
    page.get_by_label(re.compile("^Forslag til vedtak")).fill("Utvalget går inn for felles innlogging.")
    press(page, "Lagre")
    page.goto(meeting)
    follow(page, IN_MEETING)
    follow(page, "Saksframlegg")
    press(page, "Lag utkast")
    look(page, "moter-08-saksframlegg")
    says(page, "Utvalget går inn for felles innlogging.")
    follow(page, re.compile("Skriv i denne delen.*Vurdering"))
    page.locator("textarea").fill("Én innlogging sparer tid i begge kommunene.")
    look(page, "moter-09-vurdering")
    press(page, "Lagre")
    says(page, "Én innlogging sparer tid")
    press(page, "Legg ved saken som PDF")
    page.goto(meeting)
    says(page, "1 dokument")


def call(page: Any, meeting: str) -> None:
    """The call is late, so it must say why; then it is sent."""
    page.goto(meeting)
    press(page, "Kall inn til møtet")
    says(page, "Skriv hvorfor")
    page.get_by_label(re.compile("Hvorfor er innkallingen senere")).fill("Saken haster for begge kommunene.")
    press(page, "Kall inn til møtet")
    says(page, "Innkalt", "Send endringen")
    look(page, "moter-10-innkalt")


def answer_and_ask(person: Person, meeting: str) -> None:
    """Members answer; one cannot come and names a substitute; one asks about the case, and is answered."""
    for name in (CHAIR, NORTH, SOUTH):
        member = person(name)
        member.goto(meeting)
        member.get_by_label("Jeg kommer", exact=True).check()
        press(member, "Send svaret")
    absent = person(ABSENT)
    absent.goto(meeting)
    look(absent, "moter-11-svar")
    absent.get_by_label("Jeg kan ikke komme", exact=True).check()
    absent.get_by_label(re.compile("^Hvem kommer i stedet")).select_option(label=SUBSTITUTE)
    press(absent, "Send svaret")
    secretary = person(SECRETARY)
    secretary.goto(meeting)
    assert SUBSTITUTE in secretary.locator("aside, [class*=aside]").first.inner_text()
    member = person(SOUTH)
    member.goto(meeting)
    follow(member, IN_MEETING)
    member.get_by_label(re.compile("^Spørsmål")).fill("Hva koster det i året?")
    press(member, "Send spørsmålet")
    look(member, "moter-12-sporsmal")
    follow(secretary, IN_MEETING)
    secretary.get_by_label("Svar", exact=True).fill("Om lag 200 000 kroner.")
    press(secretary, "Svar")
    look(secretary, "moter-13-svart")
    member.reload()
    says(member, "Om lag 200 000 kroner.")


def hold(person: Person, meeting: str) -> None:
    """Attendance, the opening, impartiality, a motion, votes on screens with a casting vote, and the decisions."""
    page = person(SECRETARY)
    page.goto(f"{meeting}gjennomfoer/")
    press(page, "Før opp alle som har svart at de kommer")
    page.get_by_role("row", name=re.compile(SUBSTITUTE)).get_by_role("button", name=re.compile("^Her")).click()
    page.wait_for_load_state()
    look(page, "moter-14-oppmote")
    press(page, "Sett møtet")
    says(page, f"Møtet er satt. {CHAIR} leder.")
    follow(page, re.compile(IN_MEETING))
    press(page, "Ta opp saken")
    declare(person, page, meeting)
    propose(person, meeting)
    vote(person, page, meeting)
    decide(page, "Utsatt", "Utsettes til kostnaden er kjent.")
    close_the_rest(page)


def declare(person: Person, page: Any, meeting: str) -> None:
    """A member asks about their own impartiality; who leads finds them impartial."""
    member = person(NORTH)
    member.goto(f"{meeting}gjennomfoer/")
    look(member, "moter-15-medlem")
    follow(member, "Meld fra om habilitet")
    member.get_by_label(re.compile("Hva kan gjøre")).fill("Søsteren min arbeider hos en leverandør.")
    look(member, "moter-16-habilitet")
    press(member, "Send")
    page.reload()
    look(page, "moter-17-habilitet-avgjores")
    page.get_by_label("Habil", exact=True).check()
    press(page, "Før avgjørelsen")
    says(page, "Avgjort av")


def propose(person: Person, meeting: str) -> None:
    """A member moves something else from the own screen."""
    member = person(SOUTH)
    member.goto(f"{meeting}gjennomfoer/")
    follow(member, "Fremme et forslag")
    member.get_by_label("Forslaget", exact=True).fill(MOTION)
    member.get_by_label("Utfallet det fører til").select_option(label="Utsatt")
    look(member, "moter-18-forslag")
    press(member, "Fremme forslaget")
    says(member, MOTION)


def vote(person: Person, page: Any, meeting: str) -> None:
    """Two vote on their screens and two are entered; it is two to two, and the chair's vote decides."""
    page.reload()
    page.get_by_label("Forslagene mot hverandre").check()
    page.get_by_label("Hver på sin skjerm").check()
    press(page, "Åpne avstemningen")
    for name, choice in ((CHAIR, "Forslag"), (NORTH, "Innstillingen")):
        member = person(name)
        member.goto(f"{meeting}gjennomfoer/")
        if name == CHAIR:
            look(member, "moter-19-stem")
        member.locator(".hall-choices").get_by_role("button", name=re.compile(choice)).first.click()
        member.get_by_text(f"{name} har stemt:").wait_for()
    page.reload()
    open_details(page, "Før inn for dem som ikke får stemt på skjermen")
    for name, choice in ((SOUTH, "Forslag"), (SUBSTITUTE, "Innstillingen")):
        group = page.get_by_role("group", name=f"Hva {name} stemmer")
        group.get_by_label(re.compile(choice)).first.check()
    look(page, "moter-20-avstemning")
    press(page, "Før inn stemmene")
    press(page, "Lukk avstemningen og tell")
    look(page, "moter-21-resultat")
    says(page, "Vedtatt", "Stemmelikhet; møteleders stemme avgjorde.")


def decide(page: Any, outcome: str, reason: str) -> None:
    """The decision is recorded as the vote gave."""
    page.get_by_label(re.compile("^Behandlingen")).fill("Det ble spurt om kostnaden.")
    press(page, "Lagre behandlingen")
    if page.get_by_label(re.compile("^Begrunnelse")).count():
        page.get_by_label(re.compile("^Begrunnelse")).first.fill(reason)
    if page.get_by_label("Utsatt til").count():
        page.get_by_label("Utsatt til").fill((TODAY + timedelta(days=60)).isoformat())
    press(page, "Før vedtaket")
    says(page, "Vedtaket er ført")
    look(page, "moter-22-vedtak")


def close_the_rest(page: Any) -> None:
    """The other items are agreed on, and the meeting ends."""
    for title in (REPORT, SECRET):
        follow(page, re.compile(title))
        press(page, "Ta opp saken")
        page.get_by_label("Alle var enige").check()
        page.get_by_label(re.compile("^Vedtaket")).fill(
            "HEMMELIG vedtak." if title == SECRET else "Tatt til orientering."
        )
        press(page, "Før vedtaket")
        says(page, "Vedtaket er ført")
    look(page, "moter-23-alt-behandlet")
    press_and_confirm(page, "Hev møtet", "Nå kan møteboken skrives")
    says(page, "Møtet er hevet")


def write_the_minutes(person: Person, meeting: str) -> None:
    """Drafted, edited, sent back, sent again, approved and sealed; the public edition is without what is exempt."""
    page = person(SECRETARY)
    page.goto(f"{meeting}moetebok/")
    press(page, "Lag utkast")
    look(page, "moter-24-moetebok")
    says(page, "Det ble spurt om kostnaden.", MOTION)
    follow(page, re.compile(f"Skriv i denne delen.*{REPORT}"))
    page.locator("textarea").fill("Lederen takket for innsatsen.")
    look(page, "moter-25-del")
    press(page, "Lagre")
    follow(page, re.compile(f"Legg til oppfølging.*{IN_MEETING}"))
    look(page, "moter-26-oppfolging")
    page.get_by_label("Hva skal gjøres?").fill("Hente inn kostnaden")
    page.get_by_label("Hvem har ansvaret?").select_option(label=NORTH)
    page.get_by_label("Frist", exact=True).fill((TODAY + timedelta(days=21)).isoformat())
    press(page, "Legg til")
    page.goto(f"{TENANT}oppfoelging/")
    says(page, "Hente inn kostnaden", NORTH)
    look(page, "moter-27-oppfolginger")
    page.goto(f"{meeting}moetebok/")
    press(page, "Hent på nytt")
    press_and_confirm(page, "Send til godkjenning", "Last ned")
    chair = person(CHAIR)
    chair.goto(f"{meeting}moetebok/")
    look(chair, "moter-28-godkjenn")
    says(chair, "Lederen takket for innsatsen.", "Hente inn kostnaden")
    press_and_confirm(chair, "Godkjenn", "Uendret siden")
    page.goto(f"{meeting}moetebok/")
    says(page, "Uendret siden godkjenningen")
    look(page, "moter-29-forseglet")
    whole, public = download(page, "Møtebok som PDF"), download(page, "Offentlig utgave som PDF")
    assert "HEMMELIG" in whole
    assert "HEMMELIG" not in public
    assert SECRET not in public
    assert "offentleglova § 23" in public


def press_and_confirm(page: Any, name: str, then: str) -> None:
    """Press, say yes to the question, and wait for what the page then says."""
    page.get_by_role("button", name=name, exact=True).first.click()
    with page.expect_navigation():
        page.locator("dialog#confirm[open] button[value=yes]").click()
    page.get_by_text(then).first.wait_for()


def download(page: Any, name: str) -> str:
    """The text of a PDF that the page offers."""
    from pypdf import PdfReader

    with page.expect_download() as found:
        page.get_by_role("link", name=name).first.click()
    return "\n".join(part.extract_text() for part in PdfReader(found.value.path()).pages)


def test_a_case_is_decided_in_writing(person: Person) -> None:
    page = person(SECRETARY)
    page.goto(f"{TENANT}saker/")
    follow(page, re.compile(IN_WRITING))
    follow(page, re.compile("Avgjør skriftlig"))
    look(page, "moter-30-skriftlig")
    page.get_by_label("Anbefalt", exact=True).check()
    page.get_by_label("Forslaget til vedtak", exact=True).fill("Utvalget går inn for felles opplæring.")
    page.get_by_label("Hvorfor avgjøres saken skriftlig?").fill("Neste møte er først på nyåret.")
    least = page.get_by_label("Svarfrist").input_value()
    page.get_by_label("Svarfrist").fill((TODAY + timedelta(days=1)).isoformat())
    press(page, "Send til medlemmene")
    assert page.get_by_role("heading", name="Avgjør skriftlig").count(), "a deadline that is too short is refused"
    look(page, "moter-31-for-kort")
    page.get_by_label("Svarfrist").fill(least)
    press(page, "Send til medlemmene")
    procedure = str(page.url)
    look(page, "moter-32-ute-til-svar")
    for name in (CHAIR, NORTH, ABSENT, SOUTH, "Andre medlem fra sør"):
        member = person(name)
        member.goto(procedure)
        follow(member, "Svar")
        if name == CHAIR:
            look(member, "moter-33-svar")
        member.get_by_label(re.compile("^Jeg er for forslaget")).check()
        press(member, "Send svaret")
    page.goto(procedure)
    press_and_confirm(page, "Tell opp svarene", "Forslaget er vedtatt")
    says(page, "Forslaget er vedtatt")
    look(page, "moter-34-vedtatt")
    page.goto(f"{TENANT}skriftlig/")
    look(page, "moter-35-skriftlige-saker")
