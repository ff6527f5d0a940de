"""Every kind of page, as seen by different people, looked at in a real browser with axe."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .conftest import Person, look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
PEOPLE = [
    "IT-leder", "Administrator", "Leder sykehjemmet, Lillesand", "Leder IT, Brønnøy",
    "Digitaliserings- og innovasjonssjef", "Leder for digitalisering", "Sekretariatsleder",
]  # fmt: skip
HOME = re.compile(r"/o/[a-z-]+/")
MOST = 60


def visit(page: Any, address: str) -> Any:
    """The answer, or None for a file that the browser saves instead of showing."""
    try:
        return page.goto(address)
    except Exception as fault:
        if "Download is starting" in str(fault):
            return None
        raise


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_that_links_lead_to(person: Person, name: str) -> None:
    """Follows links from the landing page; one of each kind of address is looked at."""
    page = person(name)
    home = HOME.search(page.url)
    assert home is not None, page.url
    waiting, seen, faults = [home[0]], set(), []
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        kind = KEY.sub("*", address.split("?")[0])
        if kind in seen:
            continue
        seen.add(kind)
        answer = visit(page, address)
        if answer is None:
            continue
        if answer.status in (403, 404):
            continue
        if answer.status != 200:
            faults.append(f"{address}: {answer.status}")
            continue
        try:
            look(page, f"side-{PEOPLE.index(name)}-{len(seen):02}")
        except AssertionError as fault:
            faults.append(str(fault))
        links = page.eval_on_selector_all("a[href^='/o/']", "all => all.map(one => one.getAttribute('href'))")
        waiting += [link.split("#")[0] for link in links]
    assert faults == []
    assert len(seen) > 12
