"""W1: one turn of the wheel, from a need in draft to an adopted plan, and on to a revision, in a real browser."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from typing import Any

import pytest

from .conftest import Person, look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Føre hjemmebesøk mens vi er der"
WRITER = "Leder hjemmetjenesten, Birkenes"
DIRECTOR = "Kommunalsjef helse, Birkenes"
OTHER_DIRECTOR = "Kommunalsjef kultur, Lillesand"
PATIENCE = 5.0  # seconds
LEAD = "IT-leder"
OFFICER = "Personvernombud, Lillesand"
TENANT = "/o/birkenes-lillesand/"


def press(page: Any, name: str) -> None:
    """Press the button, and wait for what comes of it."""
    button = page.get_by_role("button", name=name, exact=True)
    assert button.count(), f"no «{name}» on {page.url}:\n{page.locator('main').inner_text()[:3000]}"
    button.first.click()
    page.wait_for_load_state()


def follow(page: Any, name: str | re.Pattern[str]) -> None:
    """Follow the link."""
    link = page.get_by_role("link", name=name)
    assert link.count(), f"no «{name}» on {page.url}:\n{page.locator('main').inner_text()[:3000]}"
    link.first.click()
    page.wait_for_load_state()


def open_task(page: Any, title: str) -> None:
    """Open what waits for the person about the thing with the title."""
    page.goto(TENANT)
    page.locator("main").get_by_role("link", name=title).first.click()
    page.wait_for_load_state()


def says(page: Any, *texts: str) -> None:
    """The page shows each text, if need be when it has come: a form sent from a dialog leaves the old page a while."""
    until = time.monotonic() + PATIENCE
    while True:
        content = page.locator("main").inner_text()
        lacking = [text for text in texts if text not in content]
        if not lacking or time.monotonic() > until:
            break
        page.wait_for_timeout(100)
    assert not lacking, f"{lacking} not on {page.url}:\n{content[:1500]}"


def plan_meeting(page: Any, body: str, days: int) -> date:
    """Plan a meeting of the body so many days ahead."""
    day = date.today() + timedelta(days=days)
    page.goto(f"{TENANT}moeter/")
    page.get_by_label("Organ", exact=True).select_option(label=body)
    page.get_by_label("Dato", exact=True).fill(day.isoformat())
    press(page, "Planlegg")
    return day


def treat(page: Any, outcome: str, *, reason: str = "", text: str = "") -> None:
    """Give the open step its outcome."""
    page.get_by_label(outcome, exact=True).check()
    if reason:
        page.get_by_label(re.compile("egrunnelse")).first.fill(reason)
    if text:
        page.get_by_label(re.compile("^Vedtak eller uttalelse")).fill(text)
    press(page, "Registrer")


def test_from_need_to_adopted_plan_and_back(person: Person) -> None:
    lead = person(LEAD)
    look(lead, "w1-01-oppgaver")
    lead.goto(f"{TENANT}styringsmodell/")
    look(lead, "w1-02-styringsmodell")
    forum_day = plan_meeting(lead, "Digitaliseringsforum", 20)
    look(lead, "w1-03-moter")

    case = write_the_need(person)
    assess(person)
    hear(person, case, forum_day)
    include(person)
    adopt_what_waits(person)
    revise(person)
    follow_the_trail(person, case)


def write_the_need(person: Person) -> str:
    """A product alone is refused; the need is accepted, and marked late outside February. Returns the case's address."""
    writer = person(WRITER)
    writer.goto(f"{TENANT}behov/nytt/")
    look(writer, "w1-04-nytt-behov")
    writer.get_by_label(re.compile("^Tittel|^Hva trenger|^Kort")).first.fill(TITLE)
    writer.locator("#id_product").fill("MobilPleie 3000")
    press(writer, "Se over og send inn")
    says(writer, "må på plass før behovet kan sendes inn")
    assert writer.get_by_role("button", name="Send inn behovet", exact=True).count() == 0, "a product alone is no need"
    follow(writer, "Endre teksten")
    writer.locator("#id_need").fill("Vi skriver på papir i bilen og fører det inn på kontoret etterpå.")
    writer.locator("#id_affected").fill("42 ansatte og 260 brukere")
    writer.locator("#id_effect").fill("Mer tid hos brukeren, og færre feil.")
    writer.locator("#id_investment_cost").fill("400 000")
    writer.locator("#id_operating_cost").fill("200 000")
    for name in ("personal_data", "joint"):
        writer.locator(f"#id_{name}").check()
    for box in writer.locator("[name=organisations]").all():
        box.check()
    press(writer, "Se over og send inn")
    look(writer, "w1-05-se-over")
    press(writer, "Send inn behovet")
    look(writer, "w1-06-kvittering")
    writer.goto(f"{TENANT}behov/?vis=mine")
    writer.goto(f"{TENANT}sok/?q=Føre+hjemmebesøk")
    look(writer, "w1-07-sok")
    writer.locator("main").get_by_role("link", name=re.compile(r"\d{4}.\d+ " + TITLE)).first.click()
    writer.wait_for_load_state()
    return str(writer.url)


def assess(person: Person) -> None:
    """Another area's kommunalsjef cannot act; the right one returns it, gets it back, and forwards it."""
    stranger = person(OTHER_DIRECTOR)
    stranger.goto(TENANT)
    assert TITLE not in stranger.locator("main").inner_text()
    director = person(DIRECTOR)
    open_task(director, TITLE)
    look(director, "w1-08-vurder")
    address = director.url
    stranger.goto(address)
    assert stranger.get_by_role("button", name="Registrer", exact=True).count() == 0
    treat(director, "Send tilbake for fullføring")
    says(director, "må begrunnes")
    treat(director, "Send tilbake for fullføring", reason="Skriv hvor mange turer det gjelder.")
    writer = person(WRITER)
    open_task(writer, TITLE)
    follow(writer, "Skriv videre")
    writer.locator("#id_need").fill("Vi skriver på papir i bilen, rundt 120 turer om dagen, og fører det inn etterpå.")
    press(writer, "Se over og send inn")
    press(writer, "Send inn behovet")
    open_task(director, TITLE)
    treat(director, "Send videre til digitaliseringsforum", reason="Viktig for hjemmetjenesten i begge kommuner.")
    says(director, "IT-tjenesten tar imot")


def before_the_meeting(page: Any) -> date:
    """A week from now, or the day before the forum meets when that is sooner."""
    day, month, year = re.findall(r"møtes (\d\d)\.(\d\d)\.(\d{4})", page.inner_text("main"))[0]
    return min(date.today() + timedelta(days=7), date(int(year), int(month), int(day)) - timedelta(days=1))


def hear(person: Person, case: str, forum_day: date) -> None:
    """IT-leder sends it out; a deadline on the meeting's day is refused; answers come, one exempt and hidden."""
    lead = person(LEAD)
    open_task(lead, TITLE)
    treat(lead, "Send på høring")
    follow(lead, "Send på høring")
    lead.get_by_label("Svarfrist").fill(forum_day.isoformat())
    press(lead, "Send på høring")
    says(lead, "Fristen må være før møtet i Digitaliseringsforum")
    lead.get_by_label("Svarfrist").fill(before_the_meeting(lead).isoformat())
    for box in lead.locator("[name=consultees]").all():
        box.uncheck()
    lead.get_by_label(re.compile("^Personvernombud, Lillesand")).check()
    lead.get_by_label(re.compile("^IT-tjenesten")).check()
    look(lead, "w1-09-send-pa-horing")
    press(lead, "Send på høring")
    look(lead, "w1-10-horing")
    says(lead, "Ikke mottatt", "Rollesammenfall")
    officer = person(OFFICER)
    officer.goto(TENANT)
    officer.locator("main").get_by_role("link", name=TITLE).first.click()
    officer.get_by_label("Vi har merknader").check()
    officer.locator("#id_text").fill("Skjermene i bilene kan leses av andre. Se vedlagt risiko.")
    officer.get_by_label("Uttalelsen skal være unntatt offentlighet").check()
    press(officer, "Send uttalelsen")
    says(officer, "Oppgi hjemmelen")
    officer.get_by_label(re.compile("^Hjemmel")).fill("offl. § 24 tredje ledd")
    look(officer, "w1-11-uttalelse")
    press(officer, "Send uttalelsen")
    director = person(DIRECTOR)
    director.goto(case)
    says(director, "Unntatt offentlighet", "offl. § 24 tredje ledd")
    assert "Skjermene i bilene" not in director.content()
    lead.reload()
    lead.get_by_role("link", name=re.compile("Før inn svar fra IT-tjenesten|Før inn svar")).last.click()
    if "IT-tjenesten" not in lead.locator("h1 + p").inner_text():
        lead.go_back()
        lead.get_by_role("link", name=re.compile("Før inn svar")).first.click()
    lead.get_by_label("Ingen merknader", exact=True).check()
    press(lead, "Send uttalelsen")
    open_task(lead, TITLE)
    says(lead, "Skjermene i bilene")
    treat(lead, "Avslutt høringen")


def include(person: Person) -> None:
    """The forum takes the need in, with who was there; the forum cannot adopt anything."""
    lead = person(LEAD)
    open_task(lead, TITLE)
    assert lead.get_by_label("Vedtatt", exact=True).count() == 0
    for box in lead.locator("[name=present]").all()[:6]:
        box.check()
    look(lead, "w1-12-forum")
    treat(lead, "Inn i porteføljen", text="Tas inn som felles tiltak.")
    says(lead, "Inn i porteføljen", "Til stede")


def adopt_what_waits(person: Person) -> None:
    """The proposal that lies with Lillesand is treated there, and adopted by the joint body."""
    director = person("Kommunedirektør, Lillesand")
    open_task(director, re.compile("Revisjon av Portefølje"))
    look(director, "w1-13-lederteam")
    treat(director, "Slutter seg til med merknader")
    says(director, "må begrunnes")
    treat(director, "Slutter seg til med merknader", text="Ber om at oppstart samordnes.")
    open_task(director, re.compile("Revisjon av Portefølje"))
    treat(director, "Vedtatt", text="SO 9: Revidert portefølje vedtas.")
    says(director, "Vedtatt")


def revise(person: Person) -> None:
    """A change proposal: the need's line gets its costs, is ranked, proposed, treated in both, and adopted."""
    lead = person(LEAD)
    lead.goto(f"{TENANT}plan/")
    look(lead, "w1-14-planer")
    if lead.get_by_role("link", name=re.compile("^Endringsforslag|^Utkast")).count() == 0:
        lead.get_by_label("Første budsjettår").fill(str(date.today().year + 1))
        lead.get_by_label(re.compile("^Begrunnelse")).fill("Nytt felles behov fra hjemmetjenesten.")
        press(lead, "Åpne")
    else:
        follow(lead, re.compile("^Endringsforslag|^Utkast"))
    if lead.get_by_role("link", name=TITLE).count() == 0:
        follow(lead, "Nytt tiltak")
        lead.get_by_label("Tiltak", exact=True).fill(TITLE)
        lead.get_by_label(re.compile("^Begrunnelse for")).fill("Meldt av hjemmetjenesten, tatt inn av forumet.")
    else:
        follow(lead, re.compile(f"Rediger {TITLE}"))
    lead.get_by_label(re.compile("^Eier")).fill(DIRECTOR)
    for box in lead.locator("[name=organisations]").all():
        box.check()
    lead.get_by_label("Kostnaden deles").select_option(label="Etter folketall")
    first = date.today().year + 1
    for year, amount in zip(range(first, first + 4), ("400 000", "200 000", "200 000", "200 000"), strict=True):
        lead.locator(f"[name=cost-{year}-operating-operating_budget]").fill(amount)
        lead.locator(f"[name=cost-{year}-investment-operating_budget]").fill("")
    look(lead, "w1-15-tiltak")
    press(lead, "Lagre tiltaket")
    says(lead, TITLE)
    row = lead.get_by_role("row", name=re.compile(TITLE))
    row.locator("input.rank").fill("0")
    press(lead, "Lagre rekkefølgen")
    look(lead, "w1-16-utkast")
    draft = lead.url
    follow(lead, "Foreslå")
    look(lead, "w1-17-foresla")
    press(lead, "Send forslaget til behandling")
    says(lead, "Forslag", "Venter")
    for name in ("Kommunedirektør, Birkenes", "Kommunedirektør, Lillesand"):
        director = person(name)
        open_task(director, re.compile("Revisjon av Portefølje"))
        treat(director, "Slutter seg til endringene", text="Lederteamet slutter seg til.")
    chair = person("Kommunedirektør, Lillesand")
    open_task(chair, re.compile("Revisjon av Portefølje"))
    treat(chair, "Vedtatt", text="SO 10: Revidert portefølje vedtas.")
    lead.goto(draft)
    says(lead, "Vedtatt", "IT-tjenestens samarbeidsorgan")
    look(lead, "w1-18-vedtatt-plan")
    follow(lead, re.compile("^Versjon"))
    says(lead, TITLE, "Nytt")
    look(lead, "w1-19-hva-er-endret")
    lead.goto(draft)
    lead.locator("main").get_by_role("link", name=TITLE).first.click()
    lead.wait_for_load_state()
    look(lead, "w1-20-tiltaket")
    says(lead, "kan tidligst starte 1. januar")
    with lead.expect_download() as download:
        lead.goto(draft)
        lead.get_by_text("Last ned").first.click()
        lead.get_by_role("link", name="JSON").click()
    assert TITLE in download.value.path().read_text("utf-8")


def follow_the_trail(person: Person, case: str) -> None:
    """The submitter, and the auditor, see every stage; the chain holds."""
    writer = person(WRITER)
    writer.goto(case)
    says(
        writer,
        "Kommunalsjef vurderer innspillet: Send tilbake for fullføring",
        "Send videre til digitaliseringsforum",
        "Uttalelse:",
        "Inn i porteføljen",
    )
    look(writer, "w1-21-sporet")
    auditor = person("Kontrollutvalgssekretær")
    auditor.goto(f"{TENANT}revisjon/?kontroller=1")
    says(auditor, "Kjeden er hel")
    look(auditor, "w1-22-revisjon")
