"""One headless Chromium for all the tests of a run: its driver can be started only once in a process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser; `SAMSTYR_BROWSER` names another than Debian's, or ``playwright`` for Playwright's own."""
    # The driver runs a loop of its own in this thread, which Django takes for asynchronous code.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    from playwright.sync_api import sync_playwright

    path = os.environ.get("SAMSTYR_BROWSER", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=None if path == "playwright" else path, args=FLAGS)
        yield browser
        browser.close()
