"""What only a browser can tell: accessibility, narrow screens, the policy, and what JavaScript adds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = [
    "komponenter/",
    "sample/list/?sort=title",
    "sample/detail/",
    "sample/form/",
    "sample/login/",
    "problem/409/",
]
WIDTHS = [1600, 390, 320]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The sample pages, served without the product's own settings and database."""
    port = 18000 + os.getpid() % 2000
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "samstyr.foundation.ui.tests.settings",
    }
    command = [
        sys.executable,
        "-m",
        "django",
        "runserver",
        "--noreload",
        "--skip-checks",
        f"127.0.0.1:{port}",
    ]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(found + "sample/login/", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        yield found
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A clean desktop window."""
    opened = chromium.new_page(viewport={"width": 1440, "height": 900})
    yield opened
    opened.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_accessible_and_within_the_screen(page: Any, address: str, path: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if "Content Security" in message.text else None,
    )
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
    assert not complaints


def test_a_question_is_asked_before_sending(page: Any, address: str) -> None:
    page.goto(address + "komponenter/")
    sent: list[str] = []
    page.on(
        "request",
        lambda request: sent.append(request.url) if request.method == "POST" else None,
    )
    page.locator("#sample").get_by_role("button", name="Send inn").click()
    assert page.get_by_role("dialog").get_by_text("Vil du sende inn behovet?").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Send inn"
    assert not sent
    page.locator("#sample").get_by_role("button", name="Send inn").click()
    with page.expect_request(lambda request: request.method == "POST"):
        page.get_by_role("button", name="Ja, fortsett").click()


def test_a_form_is_sent_once(page: Any, address: str) -> None:
    page.goto(address + "sample/form/")
    sent: list[str] = []

    def hold(route: Any) -> None:
        sent.append(route.request.method)
        time.sleep(0.2)
        route.abort()

    page.route("**/sample/form/", hold)
    page.evaluate("""() => {
      const button = [...document.querySelectorAll('main button')].find(b => b.name === 'draft');
      button.click(); button.click(); button.click();
    }""")
    page.wait_for_timeout(700)
    assert sent == ["POST"]


def test_the_summary_of_faults_has_focus_and_leads_to_the_field(page: Any, address: str) -> None:
    page.goto(address + "sample/form/")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.get_by_role("link", name="Hva er behovet?").click()
    assert page.evaluate("document.activeElement.id") == "id_title"


def test_characters_left_are_counted(page: Any, address: str) -> None:
    page.goto(address + "sample/form/")
    page.locator("#id_description").fill("x" * 1990)
    assert page.locator("[data-counter-for=id_description]").inner_text() == "10 tegn igjen"


def test_a_refused_button_does_nothing_but_can_be_reached(page: Any, address: str) -> None:
    page.goto(address + "sample/detail/")
    button = page.get_by_role("button", name="Send til forumet")
    button.focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-disabled')") == "true"
    before = page.url
    button.click(force=True)
    assert page.url == before


def test_a_menu_closes_by_escape_and_by_leaving(page: Any, address: str) -> None:
    page.goto(address + "sample/detail/")
    menu = page.locator("main details[data-menu]")
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    menu.locator("summary").click()
    page.locator("h1").click()
    assert menu.get_attribute("open") is None


def test_leaving_unsaved_text_warns(page: Any, address: str) -> None:
    page.goto(address + "sample/form/")
    asked: list[str] = []

    def leave(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.locator("#id_title").press_sequentially("Nytt behov")
    page.goto(address + "sample/list/")
    assert asked == ["beforeunload"]


def test_filters_replace_the_list_and_change_the_address(page: Any, address: str) -> None:
    page.goto(address + "sample/list/")
    page.evaluate("document.querySelector('h1').dataset.kept = '1'")
    page.select_option("#id_state", "draft")
    page.wait_for_url("**state=draft**")
    assert page.evaluate("document.querySelector('h1').dataset.kept") == "1", "the page was loaded anew"
    assert page.locator("#rows #rows").count() == 0
    page.locator("#live", has_text="5 behov i listen").wait_for(state="attached")


def test_cards_on_a_phone_are_still_a_table(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(address + "sample/list/")
    assert page.get_by_role("table").count() == 1
    assert page.get_by_role("rowheader").count() == 5


def test_everything_is_reached_without_javascript(chromium: Any, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(address + "sample/list/")
    page.locator(".nav-phone summary").click()
    assert page.get_by_role("link", name="Handlingsplan").is_visible()
    page.select_option("#id_state", "draft")
    page.get_by_role("button", name="Vis").click()
    assert "state=draft" in page.url
    context.close()
