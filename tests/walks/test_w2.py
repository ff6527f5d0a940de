"""W2: the national committee, from an empty committee to its positions, in a real browser and on the shipped model."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from .conftest import ROOT, Person, look, serving
from .du_world import (
    ADMINISTRATOR,
    CHAIR,
    COLLEGE,
    COUNCIL,
    DIRECTOR,
    KS_THREE,
    KS_TWO,
    NETWORKS,
    SECRETARY,
    SLUG,
    member,
)
from .test_w1 import follow, press, says

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TENANT = f"/o/{SLUG}/"
DU = f"{TENANT}organisasjon/organer/du/"
TODAY = date.today()
# Two years on, so that no day near today falls in it.
NEXT = TODAY.year + 2
FIRST = date(TODAY.year, 1, 1)
ASKED, OWN, IN_WRITING, STRUCTURE = (
    "Prosjekter til DigiFin",
    "Felles arkiv",
    "Felles opplæring",
    "Nettverkene får møterett",
)
WORLD = [sys.executable, "-m", "tests.walks.du_world"]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps its database."""
    return tmp_path_factory.mktemp("du")


@pytest.fixture(scope="module")
def address(var: Path) -> Iterator[str]:
    """A server with the national committee alone."""
    with serving(var, [*WORLD, "make"]) as served:
        yield served


def test_w2_from_an_empty_committee_to_its_positions(person: Person, var: Path) -> None:
    lay_the_seats(person)
    fill_the_seats(person, var)
    choose_the_chair(person)
    appoint(person)
    extend_a_term(person)
    note_competence_and_appointments(person)
    plan_the_year(person)
    recommend(person)
    raise_an_own_case(person)
    bring_initiatives(person)
    decide_in_writing(person)
    order_the_solutions(person)
    advise(person)
    anchor(person)
    serve_the_mandate(person)
    take_a_position(person)
    open_the_agenda(person)


def lay_the_seats(person: Person) -> None:
    """1. The empty committee is 3 + 1 + 2 + 11 = 17, by regional line; the document's own fault in letters is told."""
    page = person(ADMINISTRATOR)
    page.goto(DU)
    press(page, "Opprett plassene styringsmodellen sier")
    page.goto(DU)
    look(page, "w2-01-tomt-utvalg")
    says(page, "Kommuner i Viken", "Kommune i Troms og Finnmark", "Oslo som kommune og fylkeskommune")
    total = page.locator("main").inner_text()
    assert re.search(r"I alt\s+0 av 17", total), total[:1500]
    page.goto(f"{TENANT}styringsmodell/")
    follow(page, re.compile("[Ff]unn"))
    says(page, "Bokstavene i listen går a, b, c, c, d, d, e, e, f, g.")
    look(page, "w2-01-funn")


def fill_the_seats(person: Person, var: Path) -> None:
    """2. The printed list takes its seats; a shared service on a municipal seat is flagged, and Volda is not of Viken."""
    env = {**os.environ, "SAMSTYR_VAR": str(var), "SAMSTYR_MODE": "demo", "DJANGO_SETTINGS_MODULE": "samstyr.settings"}
    subprocess.run([*WORLD, "fill"], env=env, cwd=ROOT, check=True, capture_output=True)
    page = person(DIRECTOR)
    page.goto(DU)
    assert re.search(r"I alt\s+11 av 17", page.locator("main").inner_text())
    says(page, "Hedmark IKT", "Arbeider for kommunene i regionen.")
    consult(page, "viken", 2, NETWORKS)
    fill(page, "Volda", "viken", 2, responsible=True)
    says(page, "Viken")
    assert page.locator("main").get_by_text("Viken").count()
    assert "oppnevn" in page.url, "a municipality of another region was appointed"
    fill(page, "Lillestrøm", "viken", 2, responsible=True)
    assert "oppnevn" not in page.url, page.locator("main").inner_text()[:1500]


GROUPS = {
    "viken": "Kommuner i Viken", "nordland": "Kommune i Nordland", "fylker": "Fylkeskommuner utenom Oslo", "ks": "KS",
}  # fmt: skip


def open_seat(page: Any, group: str, number: int) -> None:
    """The page where the seat is filled."""
    page.goto(DU)
    table = page.get_by_role("table", name=GROUPS[group], exact=True)
    row = table.get_by_role("row").nth(number)
    row.get_by_role("link", name=re.compile("^(Oppnevn|Erstatt)")).click()
    page.wait_for_load_state()


def consult(page: Any, group: str, number: int, who: str) -> None:
    """Somebody is asked before the appointment, and answers."""
    open_seat(page, group, number)
    says(page, "Noen skal spørres først", who)
    follow(page, "Noter at noen er spurt")
    page.get_by_label("Hvem ble spurt").select_option(label=who)
    page.get_by_label("Spurt", exact=True).fill((TODAY - timedelta(days=20)).isoformat())
    page.get_by_label("Frist for å svare").fill(TODAY.isoformat())
    press(page, "Lagre")
    open_seat(page, group, number)
    follow(page, re.compile("Skriv svaret"))
    page.get_by_label("Svarte").fill(TODAY.isoformat())
    page.get_by_label("Svar", exact=True).fill("Tilrås.")
    press(page, "Lagre")


def fill(page: Any, place: str, group: str, number: int, *, responsible: bool, name: str = "") -> None:
    """Try to give somebody the seat from the beginning of the year."""
    open_seat(page, group, number)
    people = page.get_by_label("Hvem", exact=True)
    wanted = re.compile(re.escape(name or member(place)))
    labels = [text for text in people.locator("option").all_inner_texts() if wanted.search(text)]
    people.select_option(label=labels[0])
    page.get_by_label("Første dag").fill(FIRST.isoformat())
    box = page.get_by_label(re.compile("direkte ansvar"))
    if box.count() and responsible:
        box.check()
    press(page, "Lagre")


def choose_the_chair(person: Person) -> None:
    """3. The chair is from KS; an ordinary member cannot let a case be decided in writing (tried in step 12)."""
    page, director = person(ADMINISTRATOR), person(DIRECTOR)
    give_role(page, member("Bergen"))
    says(page, "plassene fra KS")
    for number, name in enumerate((CHAIR, KS_TWO, KS_THREE), start=1):
        fill(director, "", "ks", number, responsible=False, name=name)
    give_role(page, CHAIR)
    assert "gi-rolle" not in page.url, page.locator("main").inner_text()[:1500]


def give_role(page: Any, name: str) -> None:
    """Try to make somebody the chair."""
    page.goto(f"{TENANT}organisasjon/personer/?q={name}")
    follow(page, name)
    page.goto(f"{page.url.split('?')[0]}gi-rolle/")
    page.get_by_label("Rolle", exact=True).select_option(label="Leder for utvalget fra KS")
    page.get_by_label("Første dag").fill(FIRST.isoformat())
    press(page, "Lagre")


def appoint(person: Person) -> None:
    """4 and 5. Nobody before the network or the college is asked; the right director, the right kind, and a reason."""
    page = person(DIRECTOR)
    fill(page, "Bodø", "nordland", 1, responsible=True)
    says(page, NETWORKS)
    consult(page, "nordland", 1, NETWORKS)
    look(page, "w2-04-oppnevning")
    fill(page, "Bodø", "nordland", 1, responsible=False)
    says(page, "direkte ansvar")
    page.get_by_label("Hvorfor det gjøres unntak").fill("Leder det regionale samarbeidet.")
    press(page, "Lagre")
    assert "oppnevn" not in page.url, page.locator("main").inner_text()[:1500]
    other = person(SECRETARY)
    other.goto(DU)
    table = other.get_by_role("table", name=GROUPS["fylker"], exact=True)
    assert table.get_by_role("link", name=re.compile("^Oppnevn")).count() == 0
    consult(page, "fylker", 2, COLLEGE)
    fill(page, "Kristiansand", "fylker", 2, responsible=True)
    assert "oppnevn" in page.url, "a municipality took a county's seat"
    fill(page, "Møre og Romsdal", "fylker", 2, responsible=True)
    page.goto(DU)
    assert re.search(r"I alt\s+17 av 17", page.locator("main").inner_text())
    look(page, "w2-05-fullt-utvalg")


def extend_a_term(person: Person) -> None:
    """6. Terms are four years; one is longer to keep continuity, and is told as an exception."""
    page = person(DIRECTOR)
    page.goto(DU)
    says(page, f"31.12.{TODAY.year + 3}", "Verv som går ut")
    page.get_by_role("table", name=GROUPS["viken"], exact=True).get_by_role(
        "link", name=re.compile("^Forleng")
    ).first.click()
    page.get_by_label("Ny siste dag").fill(f"{TODAY.year + 4}-12-31")
    page.get_by_label("Hvorfor").fill("For å sikre kontinuitet.")
    press(page, "Lagre")
    page.goto(DU)
    says(page, "Unntak fra reglene", "For å sikre kontinuitet.", f"{TODAY.year + 4}: 1 verv")


def note_competence_and_appointments(person: Person) -> None:
    """7. One competence that nobody has; one vacancy and one expiry among the sector's representatives."""
    page = person(SECRETARY)
    known = {"Levanger": ["Strategisk ledelse", "Samstyring"], "Bodø": ["felles løsninger"], "Bergen": ["regelverk"]}
    page.goto(f"{TENANT}oversikter/kompetanse/du/")
    look(page, "w2-07-kompetanse")
    for place, names in known.items():
        part = page.locator("details", has=page.locator("summary", has_text=member(place)))
        part.locator("summary").click()
        for name in names:
            part.get_by_label(re.compile(name)).check()
        part.get_by_role("button", name="Lagre").click()
        page.wait_for_load_state()
    says(page, "Ingen av medlemmene har dette", "Standarder og virksomhetsarkitektur")
    add(page, "representasjon", "Standardiseringsrådet", {"Hva vervet er i": "Råd"})
    term = {"Rollen til den som har vervet": "Digitaliseringssjef", "Fra": FIRST, "Til": TODAY + timedelta(days=60)}
    add(page, "representasjon", "Utvalget for data", {"Hva vervet er i": "Utvalg", **term})
    page.goto(f"{TENANT}oversikter/representasjon/")
    says(page, "2 oppføringer trenger oppmerksomhet", "Ledig", "Går ut snart")
    look(page, "w2-07-representanter")


def add(page: Any, ledger: str, title: str, given: dict[str, Any], *, tags: tuple[str, ...] = ()) -> str:
    """Add an entry to a ledger; its address."""
    page.goto(f"{TENANT}oversikter/{ledger}/ny/")
    page.get_by_label("Hva gjelder det?", exact=True).fill(title)
    for label, value in given.items():
        field = page.get_by_label(re.compile(rf"^{re.escape(label)}")).first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value.isoformat() if isinstance(value, date) else value)
    for tag in tags:
        page.get_by_label(tag, exact=True).check()
    press(page, "Lagre")
    assert "/oppfoering/" in page.url, page.locator("main").inner_text()[:1500]
    return str(page.url)


def move(page: Any, entry: str, to: str, *, note: str = "", by: str = "") -> None:
    """Give an entry another state."""
    page.goto(f"{entry}tilstand/")
    page.get_by_label(to, exact=True).check()
    if by:
        page.get_by_label(re.compile("^Hvem har avgjort det")).fill(by)
    if note:
        page.get_by_label(re.compile("^Hva er skjedd")).fill(note)
    press(page, "Lagre")


def plan_the_year(person: Person) -> None:
    """8. The council's four days and the committee's own; three in May and none in July are told; a day that moves."""
    page = person(SECRETARY)
    council = [date(NEXT, month, 12) for month in (3, 6, 9, 12)]
    plan(page, "kommit-radet", [*council, TODAY + timedelta(days=60)])
    own = [date(NEXT, month, 3) for month in range(1, 13) if month != 7]
    plan(page, "du", [*own, date(NEXT, 5, 10), date(NEXT, 5, 24), date(NEXT, 9, 20), TODAY + timedelta(days=30)])
    page.goto(f"{TENANT}moeter/?year={NEXT}")
    look(page, "w2-08-moter")
    says(page, "juli 0", "mai 3", "KommIT-rådet: 4 planlagt", "Digitaliseringsutvalget: 14 planlagt")
    page.get_by_role("link", name=re.compile(f"Flytt.*KommIT-rådet 12.03.{NEXT}")).click()
    page.get_by_label("Ny dag").fill(date(NEXT, 3, 19).isoformat())
    press(page, "Flytt møtet")
    page.goto(f"{TENANT}moeter/?year={NEXT}")
    says(page, f"19.03.{NEXT}")


def plan(page: Any, body: str, days: list[date]) -> None:
    """Plan a body's days at once."""
    year = max(day.year for day in days)
    page.goto(f"{TENANT}moeter/aaret/?body={body}&organisation=&year={year}&count=2")
    for wanted in sorted({day.year for day in days}):
        page.goto(f"{TENANT}moeter/aaret/?body={body}&organisation=&year={wanted}&count=2")
        lines = [day.strftime("%d.%m.%Y") for day in sorted(days) if day.year == wanted]
        page.get_by_label("Møtedager").fill("\n".join(lines))
        press(page, "Planlegg alle")


def raise_case(page: Any, title: str, *, asked: str = "", clause: str = "", kind: str = "Sak for KommIT-rådet") -> None:
    """Write a case and send it in."""
    page.goto(f"{TENANT}saker/ny/")
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("Tittel", exact=True).fill(title)
    page.get_by_label(re.compile("^Bakgrunn")).fill("Kommunene har bedt om det.")
    page.get_by_label(re.compile("^Hva skal det tas stilling til")).fill("Hva bør gjøres?")
    if asked:
        page.get_by_label("Hvem har bedt om saken?").select_option(label=asked)
        page.get_by_label("Når ble den bedt om?").fill(TODAY.isoformat())
    if clause:
        page.get_by_label(re.compile("^Punkt i mandatet")).fill(clause)
    press(page, "Send inn")


def treat(page: Any, title: str, outcome: str, text: str) -> None:
    """Give the case's open step its outcome."""
    open_case(page, title)
    follow(page, re.compile("Behandle"))
    page.get_by_label(outcome, exact=True).check()
    for label in ("^Vedtak eller uttalelse", "^Hva er avgjort", "^Vurdering og begrunnelse", "^Begrunnelse"):
        if page.get_by_label(re.compile(label)).count():
            page.get_by_label(re.compile(label)).first.fill(text)
    press(page, "Registrer")
    says(page, "Sporet")
    assert "/saker/" in page.url, page.locator("main").inner_text()[:1500]


def open_case(page: Any, title: str) -> None:
    """The page of the case."""
    page.goto(f"{TENANT}saker/?q={title}")
    page.locator("#rows").get_by_role("link", name=title).first.click()
    page.wait_for_load_state()


def recommend(person: Person) -> None:
    """9. The council asks for a recommendation on candidates; four are ordered and two are not; the scheme decides."""
    council, secretary, chair = person(COUNCIL), person(SECRETARY), person(CHAIR)
    raise_case(council, ASKED)
    says(council, "Saken må være bedt om av KommIT-rådet, KS")
    council.get_by_label("Hvem har bedt om saken?").select_option(label="KommIT-rådet")
    council.get_by_label("Når ble den bedt om?").fill(TODAY.isoformat())
    press(council, "Send inn")
    secretary.goto(f"{TENANT}plan/")
    secretary.get_by_label(re.compile("^Første")).fill(str(NEXT))
    press(secretary, "Åpne")
    version = secretary.url
    for number in range(1, 7):
        candidate(secretary, version, number)
    secretary.goto(f"{version}tilskudd/")
    says(secretary, "Anbefalt, nr. 4", "Ikke anbefalt")
    look(secretary, "w2-09-kandidater")
    treat(secretary, ASKED, "Til møte i utvalget", "Settes på sakslisten.")
    open_case(secretary, ASKED)
    look(secretary, "w2-09-sak")
    treat(chair, ASKED, "Anbefalt", "Fire prosjekter, i denne rekkefølgen.")
    open_case(council, ASKED)
    says(council, "Fire prosjekter, i denne rekkefølgen.", "KommIT-rådet avgjør")


def candidate(page: Any, version: str, number: int) -> None:
    """A candidate for the scheme is written and advised on; what it gets is the scheme's answer, and stays open."""
    page.goto(f"{version}tilskudd/")
    for label, value in {
        "Ordning": "DigiFin", "Hva søkes det om?": f"Prosjekt {number}", "Søker": "En kommune", "År": str(NEXT),
        "Søknadsbeløp i kroner": "1000000",
    }.items():  # fmt: skip
        page.get_by_label(re.compile(rf"^{re.escape(label)}")).first.fill(value)
    press(page, "Lagre søknaden")
    page.goto(f"{version}tilskudd/")
    follow(page, f"Prosjekt {number}")
    good = number <= 4
    page.get_by_label("Vurdering", exact=True).select_option(label="Anbefalt" if good else "Ikke anbefalt")
    if good:
        page.get_by_label(re.compile("^Rekkefølge")).fill(str(number))
    page.get_by_label(re.compile("^Begrunnelse")).first.fill("Mange har nytte av det." if good else "Angår få.")
    press(page, "Lagre vurderingen")


def raise_an_own_case(person: Person) -> None:
    """10. An own case cites the mandate, is sent to the council, and is taken up at one of its meetings."""
    page, secretary, chair, council = person(member("Levanger")), person(SECRETARY), person(CHAIR), person(COUNCIL)
    raise_case(page, OWN)
    says(page, "vise til et punkt i KommIT-rådets mandat")
    page.get_by_label(re.compile("^Punkt i mandatet")).fill("Punkt 2")
    press(page, "Send inn")
    says(page, OWN)
    treat(secretary, OWN, "Til møte i utvalget", "Settes på sakslisten.")
    treat(chair, OWN, "Anbefalt", "Rådet bør ta den opp.")
    council.goto(f"{TENANT}moeter/forslag/?organ=kommit-radet")
    says(council, OWN, "Foreslått")
    put_on_agenda(council, "KommIT-rådet", OWN)
    council.goto(f"{TENANT}moeter/forslag/?organ=kommit-radet")
    look(council, "w2-10-forslag")
    says(council, "Møtet", "100")


def put_on_agenda(page: Any, body: str, title: str) -> str:
    """The body's next meeting is prepared with the case on its agenda; the meeting's address."""
    days = {"KommIT-rådet": 60, "Digitaliseringsutvalget": 30}
    day = TODAY + timedelta(days=days[body])
    page.goto(f"{TENANT}moeter/?year={day.year}")
    row = page.get_by_role("row", name=re.compile(day.strftime(r"%d\.%m\.%Y"))).filter(has_text=body)
    row.get_by_role("button", name="Forbered").click()
    page.wait_for_url(re.compile(r"/moeter/[0-9a-f-]{36}/$"))
    if title:
        page.get_by_label(re.compile(title)).check()
        press(page, "Sett på sakslisten")
    return str(page.url)


def bring_initiatives(person: Person) -> None:
    """11. Members tell of initiatives; one region says how a case looks from there, and the silent ones are listed."""
    page = person(member("Levanger"))
    page.goto(f"{TENANT}bidrag/nytt/?slag=initiative")
    page.get_by_label("Hva er initiativet?").fill("Felles innsyn")
    press(page, "Lagre")
    says(page, "Felles innsyn")
    raise_case(person(SECRETARY), IN_WRITING, asked="KS")
    open_case(page, IN_WRITING)
    follow(page, "Legg til et perspektiv")
    page.get_by_label("Kort sagt").fill("Vi har tid i høst")
    page.get_by_label(re.compile("^Hvordan ser saken ut")).fill("Opplæringen passer best før jul.")
    press(page, "Lagre")
    says(page, "Vi har tid i høst", "Ikke noe fra: Agder")
    look(page, "w2-11-perspektiv")


def decide_in_writing(person: Person) -> None:
    """12. Three working days are too few; with a longer deadline it is sent, some reply, and the rates are told."""
    page = person(SECRETARY)
    treat(page, IN_WRITING, "Til skriftlig saksbehandling", "Raskere enn møte.")
    outsider = person(member("Bodø"))
    open_case(outsider, IN_WRITING)
    assert outsider.get_by_role("link", name="Avgjør skriftlig").count() == 0
    open_case(page, IN_WRITING)
    follow(page, "Avgjør skriftlig")
    page.get_by_label("Anbefalt", exact=True).check()
    page.get_by_label(re.compile("^Forslaget til vedtak")).fill("Opplæringen anbefales.")
    page.get_by_label(re.compile("^Hvorfor avgjøres saken skriftlig")).fill("Det går raskere enn et møte.")
    page.get_by_label("Svarfrist").fill((TODAY + timedelta(days=3)).isoformat())
    press(page, "Send til medlemmene")
    says(page, "5 virkedager")
    look(page, "w2-12-for-kort-frist")
    page.get_by_label("Svarfrist").fill((TODAY + timedelta(days=16)).isoformat())
    press(page, "Send til medlemmene")
    procedure = str(page.url)
    for place in ("Levanger", "Bergen", "Bodø"):
        replier = person(member(place))
        replier.goto(procedure)
        follow(replier, "Svar")
        replier.get_by_label(re.compile("^Jeg er for forslaget")).check()
        press(replier, "Send svaret")
    page.goto(procedure)
    look(page, "w2-12-skriftlig")
    assert page.get_by_text(re.compile("3 av 17")).count(), page.locator("main").inner_text()[:1500]
    page.goto(f"{TENANT}skriftlig/")
    look(page, "w2-12-svar")


def order_the_solutions(person: Person) -> None:
    """13. The order of five solutions in two versions, eight of ten networks asked; how they are spread."""
    page = person(SECRETARY)
    first, *_others = [add(page, "losninger", f"Løsning {number}", {}) for number in range(1, 6)]
    address = f"{TENANT}oversikter/losninger/rekkefoelge/"
    page.goto(address)
    page.get_by_label(re.compile("^Hvorfor denne rekkefølgen")).fill("Den første.")
    press(page, "Lagre ny utgave")
    page.goto(address)
    page.get_by_label("Løsning 5", exact=True).fill("1")
    for number in range(1, 5):
        page.get_by_label(f"Løsning {number}", exact=True).fill(str(number + 1))
    for number in range(8):
        page.get_by_label(re.compile(f"^Nettverk {number}: spurt")).fill((TODAY - timedelta(days=20)).isoformat())
        page.get_by_label(re.compile(f"^Nettverk {number}: svarte")).fill((TODAY - timedelta(days=5)).isoformat())
    page.get_by_label(re.compile("^Hvorfor denne rekkefølgen")).fill("Nettverkene vil ha den siste først.")
    press(page, "Lagre ny utgave")
    says(page, "Utgave 2", "Ikke spurt", "Nettverk 8, Nettverk 9", "var nr. 5")
    look(page, "w2-13-rekkefolge")
    for region, total, numbers in (("Agder", 25, (5, 10, 5)), ("Trøndelag", 38, (6, 12, 10))):
        page.goto(f"{first}utbredelse/")
        page.get_by_label("Region", exact=True).select_option(label=region)
        page.get_by_label("Kommuner i alt i regionen").fill(str(total))
        for state, number in zip(("Besluttet", "I bruk", "Ikke planlagt"), numbers, strict=True):
            page.get_by_label(state, exact=True).fill(str(number))
        press(page, "Lagre")
    says(page, "Alle regionene", "22 (34,9")
    look(page, "w2-13-utbredelse")


def advise(person: Person) -> None:
    """14. The portfolio is KS' own; a member reads it and gives advice on it, and KS responds."""
    keeper, page = person(SECRETARY), person(member("Bodø"))
    part = add(keeper, "portefolje", "Meldingstjenesten", {"Del av Fiks-plattformen": "Ja"})
    move(keeper, part, "I drift")
    page.goto(part)
    assert page.get_by_role("link", name="Rediger").count() == 0
    follow(page, "Gi råd om dette")
    page.get_by_label("Hva gjelder det?", exact=True).fill("Prøv i små kommuner")
    page.get_by_label("Nivå").select_option(label="Oppfølging")
    press(page, "Lagre")
    advice = str(page.url)
    move(keeper, advice, "Besvart", note="Det gjør vi fra høsten.")
    page.goto(advice)
    says(page, "Oppfølging", "Det gjør vi fra høsten.", "Meldingstjenesten")
    look(page, "w2-14-rad")


def anchor(person: Person) -> None:
    """15. Anchoring in two regions; one with politicians alone is warned of."""
    for place, kinds in (
        ("Levanger", ("Administrasjonen", "Administrasjonen", "Politikere")),
        ("Bodø", ("Politikere",)),
    ):
        page = person(member(place))
        for number, kind in enumerate(kinds):
            page.goto(f"{TENANT}bidrag/nytt/?slag=anchoring")
            page.get_by_label("Hva handlet det om?").fill(f"Fiks {number}")
            page.get_by_label(re.compile("^Hvor")).first.fill("Nettverksmøte")
            page.get_by_label(kind, exact=True).check()
            press(page, "Lagre")
    page = person(SECRETARY)
    page.goto(f"{TENANT}bidrag/dekning/?organ=du")
    says(page, "Bare politisk")
    look(page, "w2-15-dekning")


def serve_the_mandate(person: Person) -> None:
    """16. What cases serve, with one assignment that none does; registers; and the structure as a case."""
    page = person(SECRETARY)
    raise_case(page, STRUCTURE, asked="", kind="Endring av samstyringsstrukturen")
    assignments = {ASKED: ["3. ", "Samordning"], OWN: ["2. ", "Helhetlige"], STRUCTURE: ["1. ", "Økt gjennomføring"]}
    for title, tags in assignments.items():
        open_case(page, title)
        follow(page, "Endre hva saken tjener")
        for tag in tags:
            page.get_by_label(re.compile(f"^{re.escape(tag)}")).check()
        press(page, "Lagre")
    look(page, "w2-16-sak-med-merker")
    page.goto(f"{TENANT}oversikter/merker/")
    says(page, "Ingen saker tjener dette", "4. Digitaliseringsvennlig regelverk")
    look(page, "w2-16-merker")
    add(
        page, "regelverk", "Krav om papir", {"Lov": "En forskrift", "Hva er problemet": "Papir.", "Hvem kan": "En etat"}
    )
    given = {"Standard": "Adresser", "Utgave": "1", "Avsender": "Utvalget", "Mottaker": "En etat"}
    add(page, "standarder", "Felles adresser", given)
    project = add(page, "prosjekter", "Felles plan", {"Hvorfor det er strategisk viktig": "Angår alle kommuner."})
    move(page, project, "Strategisk viktig", by="Digitaliseringsutvalget")
    page.goto(f"{project}notat/")
    page.get_by_label("Hva er det?").select_option(label="Ressurser")
    page.get_by_label("Tekst").fill("To rådgivere i et halvt år.")
    press(page, "Lagre")
    says(page, "Strategisk viktig", "To rådgivere i et halvt år.")
    page.goto(f"{TENANT}oversikter/")
    look(page, "w2-16-oversikter")
    open_case(page, STRUCTURE)
    says(page, "De regionale nettverkene uttaler seg")


def take_a_position(person: Person) -> None:
    """17. A position toward a ministry from draft to delivered, found again by its tags."""
    page = person(SECRETARY)
    given = {"Departement": "Departementet", "Posisjonen": "Én innlogging for alle.", "Utgave": "1"}
    position = add(page, "posisjoner", "Felles innlogging", given, tags=("Innbyggere", "Få barn"))
    move(page, position, "Vedtatt", by="Digitaliseringsutvalget")
    move(page, position, "Overlevert", note="Sendt departementet.")
    says(page, "Overlevert", "Vedtatt", "Digitaliseringsutvalget", "Få barn")
    look(page, "w2-17-posisjon")
    page.goto(f"{TENANT}oversikter/posisjoner/?merke=tjenestekjede:barn")
    says(page, "Felles innlogging")


def open_the_agenda(person: Person) -> None:
    """18. What is overdue stands above the agenda."""
    page, chair = person(SECRETARY), person(CHAIR)
    overdue = {"Neste steg": "Kalle inn", "Når skal det": TODAY - timedelta(days=4)}
    page.goto(f"{TENANT}oversikter/initiativ/ny/")
    owner = page.get_by_label("Hvem har ansvaret?").locator("option").filter(has_text=member("Bergen")).inner_text()
    add(page, "initiativ", "Nettverk for arkiv", {"Hvem har ansvaret": owner, **overdue})
    meeting = put_on_agenda(page, "Digitaliseringsutvalget", "")
    chair.goto(meeting)
    says(chair, "Over fristen i oversiktene", "Nettverk for arkiv: Kalle inn")
    text = chair.locator("main").inner_text()
    assert text.index("Nettverk for arkiv") < text.index("Saksliste")
    look(chair, "w2-18-saksliste")
