"""A page as a browser reads it: its words, its attributes, its links, what runs, and what is told to be wrong."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


class Page(HTMLParser):
    """What the parser has seen; `faults` are the words inside what tells of errors, with the links there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.values: list[str] = []
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.faults: list[str] = []
        self.labels: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self._label = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.values += given.values()
        self.handlers += [f"{tag} {name}={value}" for name, value in given.items() if name.startswith("on")]
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
            if self._telling:
                self.faults.append(given["href"])
        if tag == "input" and "aria-label" in given:
            self.labels[given.get("name", "")] = given["aria-label"]
        if tag == "label":
            self._label = given.get("for", "")
        if tag not in VOID:
            self._open.append((tag, given.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in [name for name, _css in self._open]:
            if self._open.pop()[0] == tag:
                break
        if tag == "label":
            self._label = ""

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "script":
            self.scripts.append(data)
            return
        self.words.append(data)
        if self._label:
            self.labels[self._label] = self.labels.get(self._label, "") + data.strip()
        if self._telling and data.strip():
            self.faults.append(data.strip())

    @property
    def _telling(self) -> bool:
        return any({"error-summary", "fault", "notice", "problem"} & set(css.split()) for _tag, css in self._open)

    @property
    def text(self) -> str:
        """All words."""
        return "".join(self.words)

    def shows(self, text: str) -> bool:
        """Whether the text stands there whole, in the page or in an attribute."""
        return text in self.text or any(text in value for value in self.values)

    def names(self, field: str, label: str = "") -> bool:
        """Whether what is wrong links to the field, or says its label; the one on the page unless told."""
        links = {f"#id_{field}", f"#id_{field}_0"}
        label = label or self.labels.get(f"id_{field}") or self.labels.get(field) or ""
        told = " ".join(self.faults)
        return bool(links & set(self.faults)) or bool(label and label in told)


def read(answer: Any) -> Page:
    """The page of an answer."""
    page = Page()
    page.feed(answer.content.decode())
    page.close()
    return page
