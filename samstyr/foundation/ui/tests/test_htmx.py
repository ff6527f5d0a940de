"""Page or fragment: the request decides, and no cache can mix them up."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory

from samstyr.foundation.ui.htmx import is_fragment, redirect_client


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_what_is_a_fragment(headers: dict[str, str], fragment: bool, visitor: Client) -> None:
    assert is_fragment(RequestFactory(headers=headers).get("/")) is fragment
    response = visitor.get("/sample/list/", headers=headers)
    assert (b"<html" in response.content) is not fragment
    assert b'id="rows"' in response.content
    assert "HX-Request" in response.headers["Vary"]


def test_the_fragment_is_a_part_of_the_page(visitor: Client) -> None:
    page: Any = visitor.get("/sample/list/").content.decode()
    fragment = visitor.get("/sample/list/", headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip()
    assert fragment.strip() in page


def test_the_browser_is_sent_on_after_a_write() -> None:
    plain = redirect_client(RequestFactory().post("/"), "/o/agder/")
    assert (plain.status_code, plain.headers["Location"]) == (303, "/o/agder/")
    live = redirect_client(RequestFactory(headers={"HX-Request": "true"}).post("/"), "/o/agder/")
    assert (live.status_code, live.headers["HX-Redirect"]) == (204, "/o/agder/")
