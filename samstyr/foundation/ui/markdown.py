"""The one renderer of people's text: Markdown in, a small and safe part of HTML out.

Two nets: markdown-it never lets HTML through, and nh3 keeps only the tags listed here. Links go to https or
to an address on this site; ``//host`` and everything a browser would read as such are refused. No images.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "h3",
        "h4",
        "h5",
        "h6",
        "strong",
        "em",
        "s",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
LONGEST = 200_000
HIGHEST_HEADING = 3

# A browser drops tabs and line breaks and reads a backslash as a slash, so "/\host" and "/<tab>/host" leave us.
_SAFE = re.compile(r"(?:https://[^\s\\/]+(?:/[^\s\\]*)?|/(?![/\\%])[^\s\\]*|#[^\s\\]*)", re.ASCII)


def is_safe_link(address: str) -> bool:
    """Whether a link may be shown: https, a path on this site, or a place on the page."""
    return bool(_SAFE.fullmatch(address)) and not re.search(r"[\x00-\x20\x7f]", address)


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if tag == "a" and attribute == "href":
        return value if is_safe_link(value) else None
    return value


class _Renderer(MarkdownIt):
    """CommonMark with tables and strikethrough, without HTML and images."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "linkify": False, "maxNesting": 20})
        self.enable(["table", "strikethrough"]).disable("image")

    def validateLink(self, url: str) -> bool:
        return is_safe_link(url)


def _lower_headings(tokens: Sequence[Token]) -> None:
    """The page owns h1 and h2, and no level is jumped over: a text cannot break the page's outline."""
    written = sorted({token.tag for token in tokens if token.type == "heading_open"})
    level = HIGHEST_HEADING - 1
    for token in tokens:
        if token.type == "heading_open":
            level = min(HIGHEST_HEADING + written.index(token.tag), level + 1, 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"


_renderer = _Renderer()


def parse(text: str | None) -> list[Token]:
    """The text by the same grammar as `render`, for documents that are not HTML."""
    return _renderer.parse((text or "")[:LONGEST].replace("\x00", ""), {})


def render(text: str | None) -> SafeString:
    """Markdown as HTML that is safe to put in a page; empty for nothing.

    Text beyond 200 000 characters is cut: the fields that hold it are limited well below.
    """
    source = (text or "")[:LONGEST].replace("\x00", "")
    environment: dict[str, Any] = {}
    tokens = _renderer.parse(source, environment)
    _lower_headings(tokens)
    html = _renderer.renderer.render(tokens, _renderer.options, environment)
    clean = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_keep,
        url_schemes={"https"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308  # nh3 has just cleaned it
