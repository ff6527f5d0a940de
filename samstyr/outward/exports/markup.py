"""People's Markdown as blocks of runs, for documents that are not HTML. No text is lost; nesting is flattened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from markdown_it.token import Token

from samstyr.foundation.ui.markdown import parse


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    strong: bool = False
    em: bool = False


@dataclass
class Block:
    """A paragraph, heading, list or table. `items` are a list's lines; `rows` a table's, the first its heading."""

    kind: Literal["p", "h", "list", "table"]
    runs: list[Run] = field(default_factory=list)
    ordered: bool = False
    items: list[list[Run]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """The blocks of a text, in order."""
    return _Walk().over(parse(text))


def text_of(runs: Sequence[Run]) -> str:
    """The words without their style."""
    return "".join(run.text for run in runs)


def plain(found: Sequence[Block]) -> list[dict[str, Any]]:
    """The blocks as JSON for the typesetter."""
    return [
        {
            "kind": one.kind,
            "ordered": one.ordered,
            "runs": [_run(run) for run in one.runs],
            "items": [[_run(run) for run in item] for item in one.items],
            "rows": one.rows,
        }
        for one in found
    ]


def _run(run: Run) -> dict[str, Any]:
    return {"text": run.text, "strong": run.strong, "em": run.em}


class _Walk:
    def __init__(self) -> None:
        self.found: list[Block] = []
        self.lists: list[Block] = []
        self.table: Block | None = None
        self.heading = self.fresh = False

    def over(self, tokens: Sequence[Token]) -> list[Block]:
        for token in tokens:
            self._see(token)
        return self.found

    def _see(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._open_list(token)
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.lists[0].items.append([])
                self.fresh = True
            case "heading_open" | "heading_close":
                self.heading = token.type == "heading_open"
            case "table_open":
                self.table = Block("table")
                self.found.append(self.table)
            case "table_close":
                self.table = None
            case "tr_open" if self.table is not None:
                self.table.rows.append([])
            case "inline":
                self._put(_runs(token.children or ()))
            case "fence" | "code_block":
                self._put([Run(token.content.rstrip("\n"))])

    def _open_list(self, token: Token) -> None:
        block = Block("list", ordered=token.type.startswith("ordered"))
        if not self.lists:
            self.found.append(block)
        self.lists.append(block)

    def _put(self, runs: list[Run]) -> None:
        if self.table is not None:
            self.table.rows[-1].append(text_of(runs))
        elif self.lists:
            item = self.lists[0].items[-1]
            if not self.fresh and item:
                item.append(Run("\n"))
            item.extend(runs)
            self.fresh = False
        elif runs:
            self.found.append(Block("h" if self.heading else "p", runs))


def _runs(tokens: Sequence[Token]) -> list[Run]:
    found: list[Run] = []
    strong = em = 0
    link = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                em += token.nesting
            case "link_open":
                link = str(token.attrGet("href") or "")
            case "link_close":
                if link.startswith("https://") and (not found or found[-1].text != link):
                    found.append(Run(f" ({link})"))
            case "softbreak":
                found.append(Run(" ", strong > 0, em > 0))
            case "hardbreak":
                found.append(Run("\n", strong > 0, em > 0))
            case _ if token.content:
                found.append(Run(token.content, strong > 0, em > 0))
    return found
