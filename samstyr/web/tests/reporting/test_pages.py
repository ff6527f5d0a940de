"""The pages of reports as people meet them: who sees what, what they say, and what a wrong form answers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from samstyr.foundation.kernel import clock
from samstyr.procedure.meetings.tests.committee import OUTSIDER, SECRETARY, at
from samstyr.wheel.reporting import actions
from samstyr.wheel.reporting.models import Report
from samstyr.wheel.reporting.tests.factories import FIGURES, LIGHTS, MONTHLY, OWN, TODAY, Office, office


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    with office() as ready:
        yield ready


def to(made: Office, name: str, *keys: object) -> str:
    return reverse(name, args=[made.tenant.slug, *keys])


def get(made: Office, who: str, name: str, *keys: object, query: str = "") -> tuple[int, str]:
    answer = made.client(who).get(to(made, name, *keys) + query)
    return answer.status_code, answer.content.decode()


def test_the_list_says_how_far_each_report_has_come(made: Office) -> None:
    made.sent()
    status, page = get(made, SECRETARY, "report-list")
    assert status == 200
    for words in ("Månedsrapport", "september 2026", "Sendt", "Rapporter mangler", "august 2026", "Venter på deg"):
        assert words in page
    assert "Kan skrives fra 01.11.2026" in page
    _status, other = get(made, "nord1", "report-list")
    assert "Venter på deg" not in other and "Begynn" not in other and "Sammenlign med forrige" in other


def test_from_begun_to_sent(made: Office) -> None:
    client = made.client(SECRETARY)
    answer = client.post(to(made, "report-open"), {"report": MONTHLY, "period": "2026-09"})
    row = Report.objects.get()
    assert answer["Location"] == to(made, "report-edit", row.pk)
    page = client.get(answer["Location"]).content.decode()
    assert "Hva er nådd?" in page and "Hentet 05.10.2026" in page
    lacking = client.post(to(made, "report-send", row.pk), {"_version": row.version})
    assert lacking.status_code == 422 and "«Milepæler» er ikke skrevet." in lacking.content.decode()
    part = row.parts.get(key=OWN)
    written = client.post(to(made, "report-part", part.pk), {"_version": part.version, "text": "**Nådd.**"})
    assert written["Location"].endswith(f"#del-{part.pk}")
    assert "3 personer" not in client.get(to(made, "report-send", row.pk)).content.decode()
    row.refresh_from_db()
    sent = client.post(to(made, "report-send", row.pk), {"_version": row.version})
    assert sent["Location"] == to(made, "report-detail", row.pk)
    read = made.client("nord1").get(sent["Location"]).content.decode()
    assert "<strong>Nådd.</strong>" in read and "Kvitter" in read
    assert client.get(to(made, "report-edit", row.pk))["Location"] == sent["Location"]
    assert client.get(to(made, "report-send", row.pk))["Location"] == sent["Location"]


def test_a_part_written_by_two_shows_both_texts(made: Office) -> None:
    part = made.begun().parts.get(key=OWN)
    client = made.client(SECRETARY)
    client.post(to(made, "report-part", part.pk), {"_version": 1, "text": "Den ene teksten."})
    answer = client.post(to(made, "report-part", part.pk), {"_version": 1, "text": "Den andre teksten."})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Den ene teksten." in page and "Den andre teksten." in page
    again = client.post(to(made, "report-part", part.pk), {"_version": 2, "text": "Flettet."})
    assert again.status_code == 302


def test_a_light_without_a_sentence_is_sent_back(made: Office) -> None:
    row = made.begun(LIGHTS, "2026-k3")
    part = row.parts.get(key="tid")
    client = made.client(SECRETARY)
    answer = client.post(to(made, "report-part", part.pk), {"_version": 1, "light": "red", "text": ""})
    assert answer.status_code == 422 and "Fargen alene sier for lite." in answer.content.decode()
    figures = row.parts.get(key=FIGURES)
    answer = client.post(to(made, "report-part", figures.pk), {"_version": 1, "tall_0": "mange"})
    assert answer.status_code == 422 and "Skriv et tall" in answer.content.decode()
    client.post(to(made, "report-part", figures.pk), {"_version": 1, "tall_0": "2,5"})
    assert row.parts.get(key=FIGURES).figures == {"avvik": 2.5}


def test_autosave_says_when_and_renews_the_version(made: Office) -> None:
    part = made.begun().parts.get(key=OWN)
    client = made.client(SECRETARY)
    address = to(made, "report-autosave", part.pk)
    answer = client.post(
        address, {"_version": 1, "text": "Underveis."}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Lagret" in answer and 'value="2"' in answer
    late = client.post(address, {"_version": 1, "text": "For sent."}, headers={"HX-Request": "true"}).content.decode()
    assert "Ikke lagret automatisk" in late
    part.refresh_from_db()
    assert part.written == "Underveis."


def test_a_draft_is_as_if_it_never_was_for_others(made: Office) -> None:
    row = made.begun()
    for name in ("report-detail", "report-edit", "report-send", "report-compare"):
        assert get(made, "nord1", name, row.pk)[0] == 404
    assert get(made, "nord1", "report-part", row.parts.get(key=OWN).pk)[0] == 404
    assert get(made, SECRETARY, "report-detail", row.pk)[0] == 200


def test_only_those_it_concerns_read_what_is_sent(made: Office) -> None:
    row = made.sent()
    assert get(made, OUTSIDER, "report-detail", row.pk)[0] == 404
    assert get(made, OUTSIDER, "report-export", row.pk, "pdf")[0] == 404
    assert get(made, "nord1", "report-edit", row.pk)[0] == 403
    assert (
        made.client("nord1").post(to(made, "report-correct", row.pk), {"text": "x", "reason": "y"}).status_code == 403
    )


def test_receipt_and_addendum(made: Office) -> None:
    row = made.sent()
    made.client("nord1").post(to(made, "report-receive", row.pk), {"note": "Lest i møtet."})
    client = made.client(SECRETARY)
    wrong = client.post(to(made, "report-correct", row.pk), {"text": "", "reason": ""})
    assert wrong.status_code == 422
    client.post(to(made, "report-correct", row.pk), {"text": "Tre, ikke to.", "reason": "Talt feil."})
    page = get(made, SECRETARY, "report-detail", row.pk)[1]
    for words in ("Lest i møtet.", "Tillegg 05.10.2026", "Tre, ikke to.", "Talt feil."):
        assert words in page


def test_the_report_beside_the_one_before_it(made: Office) -> None:
    made.sent("2026-08", date(2026, 9, 5), "Alt i rute.")
    row = made.sent(text="Én måned forsinket.")
    status, page = get(made, "nord1", "report-compare", row.pk)
    assert status == 200
    for words in ("september 2026 mot august 2026", "Alt i rute.", "Én måned forsinket.", "Behandlet i tide"):
        assert words in page
    first = Report.objects.get(period="2026-08")
    assert "ingen tidligere rapport" in get(made, "nord1", "report-compare", first.pk)[1]


def test_each_audience_has_its_own_view_and_its_own_file(made: Office) -> None:
    row = made.sent()
    assert "Oppfølging</h2>" in get(made, "nord1", "report-detail", row.pk)[1]
    assert "Oppfølging</h2>" not in get(made, "nord1", "report-detail", row.pk, query="?for=public")[1]
    assert "Oppfølging</h2>" in get(made, "nord1", "report-detail", row.pk, query="?for=ukjent")[1]


def test_the_files_say_the_same_as_the_page(made: Office) -> None:
    row = made.sent(text="Første punkt er **nådd**.")
    client = made.client("nord1")
    pdf = PdfReader(io.BytesIO(client.get(to(made, "report-export", row.pk, "pdf")).content))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "Første punkt er nådd" in text and row.digest[:20] in text.replace("\n", "")
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"] and pdf.trailer["/Root"]["/Lang"].startswith("nb")
    word = Document(io.BytesIO(client.get(to(made, "report-export", row.pk, "docx")).content))
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert headings == ["Sakene", "Milepæler", "Oppfølging"]
    public = client.get(to(made, "report-export", row.pk, "docx") + "?for=public").content
    assert "Oppfølging" not in [one.text for one in Document(io.BytesIO(public)).paragraphs]
    sheet = load_workbook(io.BytesIO(client.get(to(made, "report-export", row.pk, "xlsx")).content)).active
    assert any(row_[0].value == "Sakene" for row_ in sheet.iter_rows())
    assert client.get(to(made, "report-export", row.pk, "exe")).status_code == 404


def test_the_archive_is_filtered_in_the_address(made: Office) -> None:
    made.sent("2026-08", date(2026, 9, 20), "Alt i rute.")
    made.sent()
    page = get(made, "nord1", "report-archive", query="?q=rute")[1]
    assert "august 2026" in page and "september 2026" not in page and "For sent" in page
    assert "Ingen rapporter passer" in get(made, "nord1", "report-archive", query="?q=finnes-ikke")[1]
    assert get(made, "nord1", "report-archive", query="?ar=abc&rapport=x&q=%00&sort=hei")[0] == 200
    book = made.client("nord1").get(to(made, "report-archive-export")).content
    assert load_workbook(io.BytesIO(book)).active.max_row == 3


def test_anybody_reads_what_is_published_until_it_is_withdrawn(made: Office) -> None:
    row = made.sent(text="Skriv til post@eksempel.no.")
    client, visitor = made.client(SECRETARY), Client()
    address = reverse("public-report", args=[made.tenant.slug, row.pk])
    assert visitor.get(address).status_code == 404
    client.post(to(made, "report-publish", row.pk), {"_version": row.version})
    page = visitor.get(address).content.decode()
    assert "[utelatt]" in page and "post@" not in page and "Oppfølging" not in page
    assert "september 2026" in visitor.get(reverse("public-reports", args=[made.tenant.slug])).content.decode()
    row.refresh_from_db()
    client.post(to(made, "report-withdraw", row.pk), {"_version": row.version})
    assert visitor.get(address).status_code == 404


def test_what_waits_stands_among_my_tasks_and_notices_lead_there(made: Office) -> None:
    actions.open_due(actor=made.actor(SECRETARY, TODAY).on_behalf("daily"), now=at(TODAY))
    page = get(made, SECRETARY, "start")[1]
    assert "Rapporter du skal skrive" in page and "september 2026" in page
    assert "Rapporter du skal skrive" not in get(made, "nord1", "start")[1]


def test_a_model_without_reports_says_so(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    with office([]) as bare:
        assert "Styringsmodellen har ingen rapporter" in get(bare, SECRETARY, "report-list")[1]


@pytest.mark.parametrize("view", ["prosjekter", "investeringer", "arkitektur", "ikt", "ukjent"])
def test_the_overview_has_four_views_with_the_day_they_are_from(made: Office, view: str) -> None:
    made.case()
    status, page = get(made, SECRETARY, "overview", query=f"?visning={view}&omrade=ikke-en-nokkel")
    assert status == 200 and "Tallene er fra 05.10.2026" in page
    assert "Ingenting å vise" in get(made, OUTSIDER, "overview", query=f"?visning={view}")[1]
    book = made.client(SECRETARY).get(to(made, "overview-export") + f"?visning={view}")
    assert load_workbook(io.BytesIO(book.content)).active.max_row > 1


def test_the_list_asks_as_often_with_many_reports_as_with_few(made: Office) -> None:
    client = made.client(SECRETARY)
    client.get(to(made, "report-list"))
    made.sent()
    with CaptureQueriesContext(connection) as few:
        client.get(to(made, "report-list"))
        client.get(to(made, "report-archive"))
    for month in range(1, 9):
        made.sent(f"2026-{month:02}", date(2026, month + 1, 5))
    with CaptureQueriesContext(connection) as many:
        client.get(to(made, "report-list"))
        client.get(to(made, "report-archive"))
    assert len(many) <= len(few) + 4
