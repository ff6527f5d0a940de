"""A running Samstyr with the demonstration, a real browser, and a way to be one of its people."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
SHOTS = ROOT / "var" / "screenshots"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of its own, on a database of its own."""
    given = os.environ.get("SAMSTYR_WALK_ADDRESS")
    if given:
        yield given
        return
    with serving(tmp_path_factory.mktemp("var"), [str(BIN / "samstyr"), "demo", "load"]) as served:
        yield served


@contextmanager
def serving(var: Path, *fill: list[str]) -> Iterator[str]:
    """A server on a new database in the folder, filled by the commands: its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        **os.environ,
        "SAMSTYR_VAR": str(var),
        "SAMSTYR_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "samstyr.settings",
    }
    samstyr = str(BIN / "samstyr")
    for words in ([samstyr, "migrate", "-v0"], *fill, [samstyr, "collectstatic", "--noinput", "-v0"]):
        subprocess.run(words, env=env, cwd=ROOT, check=True, capture_output=True)
    command = [
        str(BIN / "granian"), "--interface", "wsgi", "samstyr.wsgi:application", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "1", "--no-access-log", "--log-level", "error",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        yield _awake(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(10)


def _awake(address: str) -> str:
    for _attempt in range(150):
        try:
            urllib.request.urlopen(f"{address}/logg-inn/", timeout=5).read()
        except OSError:
            time.sleep(0.2)
        else:
            return address
    raise RuntimeError("the server did not start")


Person = Callable[[str], Any]


@pytest.fixture
def person(address: str, chromium: Any) -> Iterator[Person]:
    """``person("IT-leder")`` logs in by one click and gives a page; the same person again gives the same page."""
    pages: dict[str, Any] = {}
    complaints: list[str] = []

    def be(name: str) -> Any:
        if name not in pages:
            context = chromium.new_context(viewport=DESKTOP, base_url=address, accept_downloads=True)
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.on("console", lambda message: complaints.append(f"{name}: {message.text}") if _bad(message) else None)
            page.on("pageerror", lambda error: complaints.append(f"{name}: {error}"))
            page.goto("/logg-inn/")
            # The arrangements after the first are folded together.
            page.eval_on_selector_all("details.demo-tenant", "all => all.forEach(one => one.open = true)")
            page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first.click()
            page.wait_for_url("**/o/**")
            pages[name] = page
        return pages[name]

    yield be
    for page in pages.values():
        page.context.close()
    assert complaints == [], "the browser complained"


def _bad(message: Any) -> bool:
    # A refusal's own status (403, 404, 409, 422) is told by the browser as an error, and is none.
    return message.type == "error" and "the server responded with a status of 4" not in message.text


def look(page: Any, name: str) -> None:
    """Look at the page as it stands: picture at desktop and phone width, axe, and nothing wider than the screen."""
    from axe_playwright_python.sync_playwright import Axe

    SHOTS.mkdir(parents=True, exist_ok=True)
    for width, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        page.screenshot(path=str(SHOTS / f"{name}-{width}.png"), full_page=True)
        faults = [
            f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in Axe().run(page).response["violations"]
        ]
        assert faults == [], f"{name} at {width}: {page.url}"
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
        assert not wide, f"{name} is wider than a {width}: {page.url}"
    page.set_viewport_size(DESKTOP)
