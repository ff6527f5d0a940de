"""People's text never becomes anything but text, lists, tables and safe links."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samstyr.foundation.ui.markdown import TAGS, is_safe_link, render

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "![bilde](https://ond.example/x.png)",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html,x)",
    "[a](//ond.example)",
    "[a](/\\ond.example)",
    "[a](/&#9;/ond.example)",
    "[a](/&#10;/ond.example)",
    "[a](http://ond.example)",
    "[a](ftp://ond.example)",
    "[a](vbscript:x)",
    '<https://ond.example" onclick="x>',
    "[a]: //ond.example\n\n[a]",
    '<a href="https://ond.example" style="position:fixed">x</a>',
    "<svg/onload=alert(1)>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_comes_through(text: str) -> None:
    html = render(text)
    assert not re.search(r"<(?!/?(?:p|a|br|em|strong|code)\b)", html)
    for attribute in re.findall(r"<[a-z]+[^>]*?\s([a-z-]+)=", html):
        assert attribute in {"href", "rel"}
    for link in re.findall(r'href="([^"]*)"', html):
        assert link.startswith("https://"), html


@pytest.mark.parametrize("link", ["https://www.ks.no/", "https://ks.no", "/o/agder/behov/1/", "/", "#sporet"])
def test_safe_links_are_kept(link: str) -> None:
    assert is_safe_link(link)
    assert f'href="{link}"' in render(f"[se her]({link})")


@pytest.mark.parametrize(
    "link",
    [
        "//a",
        "/\\a",
        "/\t/a",
        "\\\\a",
        "http://a",
        "https:a",
        "https:///a",
        "",
        "a",
        " /a",
        "/a\n",
    ],
)
def test_other_links_are_not(link: str) -> None:
    assert not is_safe_link(link)


def test_links_do_not_vouch_for_where_they_lead() -> None:
    assert 'rel="noopener noreferrer nofollow"' in render("[ks](https://www.ks.no/)")


def test_headings_leave_the_outline_to_the_page() -> None:
    html = render("# A\n\n#### B\n\n## C")
    assert re.findall(r"<h(\d)>(\w)", html) == [("3", "A"), ("4", "B"), ("4", "C")]


def test_a_text_that_starts_low_does_not_jump() -> None:
    assert re.findall(r"<h(\d)>", render("##### A\n\n# B")) == ["3", "3"]


def test_tables_and_lists() -> None:
    html = render("| År | Timer |\n|---|---|\n| 2025 | 400 |\n\n3. tre\n4. fire")
    assert "<td>400</td>" in html
    assert '<ol start="3">' in html


def test_nothing_gives_nothing() -> None:
    assert render("") == render(None) == ""


def test_nul_bytes_disappear() -> None:
    assert "\x00" not in render("a\x00b")


@settings(max_examples=150)
@given(st.text(alphabet="<>[]()!`*#|&;:/\\\"'=ahref javscript\n\t1", max_size=80))
def test_no_text_gives_an_unknown_tag_or_a_foreign_link(text: str) -> None:
    html = render(text)
    for tag in re.findall(r"<\s*/?\s*([a-zA-Z][\w:-]*)", html):
        assert tag in TAGS
    for link in re.findall(r'href="([^"]*)"', html):
        assert is_safe_link(link.replace("&amp;", "&"))
