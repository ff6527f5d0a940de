"""Every kind of page, as seen by different people, looked at in a real browser with axe."""

from __future__ import annotations

import re

import pytest

from .conftest import Person, look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
PEOPLE = ["IT-leder", "Administrator", "Leder sykehjemmet, Lillesand"]
MOST = 60


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_that_links_lead_to(person: Person, name: str) -> None:
    """Follows links from the landing page; one of each kind of address is looked at."""
    page = person(name)
    waiting, seen = ["/o/birkenes-lillesand/"], set()
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        kind = KEY.sub("*", address.split("?")[0])
        if kind in seen or re.search(r"\.(xlsx|csv|json|yaml|ods)$|/fil\.", kind):
            continue
        seen.add(kind)
        answer = page.goto(address)
        assert answer is not None
        if answer.status in (403, 404):
            continue
        assert answer.status == 200, f"{address}: {answer.status}"
        look(page, f"side-{PEOPLE.index(name)}-{len(seen):02}")
        links = page.eval_on_selector_all("a[href^='/o/']", "all => all.map(one => one.getAttribute('href'))")
        waiting += [link.split("#")[0] for link in links]
    assert len(seen) > 12
