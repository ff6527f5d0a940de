"""An adopted plan becomes documents and a page for everybody, in a real browser, also without login."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Person, look
from .test_w1 import LEAD, TENANT, follow, press, says

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_plan_is_published_and_read_by_anybody(person: Person, address: str, chromium: Any) -> None:
    page = person(LEAD)
    page.goto(f"{TENANT}plan/")
    follow(page, "Wordmal for planen")
    says(page, "Malen som følger med, er i bruk", "styringsordning")
    look(page, "plan-mal")
    page.goto(f"{TENANT}plan/")
    version = page.locator("tbody tr", has_text="Vedtatt").first.get_by_role("link").first
    version.click()
    page.wait_for_load_state()
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("budsjett.xlsx", b"PK"), ("json", b"{")):
        answer = page.request.get(f"{page.url.rstrip('/')}/fil.{ending}")
        assert answer.status == 200
        assert answer.body().startswith(start)
    follow(page, "Publisering")
    look(page, "plan-publisering")
    press(page, "Publiser for alle")
    public = page.locator("main").get_by_role("link", name="/offentlig/").get_attribute("href")
    look(page, "plan-publisert")

    visitor = chromium.new_context(base_url=address)
    try:
        seen = visitor.new_page()
        assert seen.goto(public).status == 200
        says(seen, "Slik leser du tallene", "Behandling og vedtak")
        look(seen, "offentlig-plan")
        with seen.expect_download() as file:
            seen.get_by_role("link", name="Last ned som PDF").click()
        assert file.value.suggested_filename.endswith(".pdf")
        seen.get_by_role("banner").get_by_role("link").first.click()
        says(seen, "Vedtatte planer")
        look(seen, "offentlig-liste")
        page.once("dialog", lambda dialog: dialog.accept())
        press(page, "Trekk tilbake")
        if page.get_by_role("dialog").count():
            page.get_by_role("dialog").get_by_role("button").first.click()
            page.wait_for_load_state()
        says(page, "Versjonen er trukket tilbake")
        assert seen.goto(public).status == 404
    finally:
        visitor.close()
