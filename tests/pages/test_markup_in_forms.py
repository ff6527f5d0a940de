"""Markup typed into any form comes out as the letters it was typed with, on every page that shows it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.pages.filled import Set
from tests.pages.reading import Page, read

pytestmark = pytest.mark.slow

MARKUP = "<script>alert(1)</script>\"'&"
THING = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}/")
# No address holds such a text; it is refused in both.
NEVER = {"person: email"}
# Kept with the row or in the trail's details, and on no page.
UNSHOWN = {"role: reason", "role ended: reason", "seat ended: reason", "substitute: note"}
WHO = (
    "it_lead", "administrator", "auditor", "service:birkenes", "representative:birkenes:helse",
    "sector_director:birkenes:helse", "service_centre_manager:birkenes", "budget_officer:birkenes",
)  # fmt: skip


def marked(name: str, field: str) -> str:
    """A text that tells which field it was typed into."""
    return f"{re.sub('[^a-z]', '', name)[:9]}-{field[:9]} {MARKUP}"


def typed(ready: Set) -> dict[str, str]:
    """Every text of every form sent in with markup; the texts by form and field."""
    sent: dict[str, str] = {}
    for name, form in ready.forms.items():
        limits = {"code": 40, "organisation_number": 20, "municipality_number": 10, "short_name": 60}
        texts = {
            field: marked(name, field)
            for field in form.texts
            if f"{name}: {field}" not in NEVER and limits.get(field, 60) >= 40
        }
        answer = form.send(ready.made.client(form.who), **texts)
        assert answer.status_code in (302, 303), f"{name}: {read(answer).faults}"
        sent |= {f"{name}: {field}": text for field, text in texts.items()}
    return sent


def pages(client: Client, start: str, others: set[str]) -> dict[str, Page]:
    """The pages that links lead to; pages of one thing that `others` have looked at are passed over."""
    waiting, seen = [start], {}
    while waiting:
        address = waiting.pop(0).split("#")[0]
        if (
            address in seen
            or (address in others and THING.search(address))
            or not address.startswith(start)
            or "?" in address.replace("?vis=alle", "")
        ):
            continue
        answer = client.get(address)
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        seen[address] = read(answer)
        waiting += [link for link in seen[address].links if link not in seen]
    return seen


def test_it_is_read_whole_and_nothing_of_it_runs(ready: Set) -> None:
    sent = typed(ready)
    assert len(sent) > 40
    unseen, looked_at = set(sent), set[str]()
    for who in WHO:
        found = pages(ready.made.client(who), f"/o/{ready.made.tenant.slug}/", looked_at)
        looked_at |= set(found)
        for address, page in found.items():
            assert not [script for script in page.scripts if "alert(1)" in script], f"{who}: {address}"
            assert not [value for value in page.handlers if "alert(1)" in value], f"{who}: {address}"
            unseen -= {place for place in unseen if page.shows(sent[place])}
    assert not unseen - UNSHOWN, ", ".join(sorted(unseen - UNSHOWN))


def test_a_refused_form_gives_it_back_as_it_was_typed(ready: Set) -> None:
    """A year that is none makes each of these forms come back."""
    for name in ("need", "organisation", "measure"):
        form = ready.forms[name]
        answer = form.send(
            ready.made.client(form.who), **{field: marked(name, field) for field in (*form.texts, *form.days)}
        )
        page = read(answer)
        assert answer.status_code == 422
        assert not [script for script in page.scripts if "alert(1)" in script]
        assert [field for field in (*form.texts, *form.days) if not page.shows(marked(name, field))] == []
