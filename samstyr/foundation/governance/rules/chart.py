"""The organisation chart drawn from the model, as SVG with a text twin. Classes and attributes only, as in `picture`.

Source: D-02 and the charts of the documents. What the tenant has today (seats, next meeting, address) comes as data.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from samstyr.foundation.kernel.text import gettext_noop, say

from .picture import Svg
from .schema import GovernanceModel
from .structure import Relation
from .structure_graph import ASIDE, SHORT, End, layers, over_under, related, sentence, standing

BOX, GAP_X, GAP_Y, LINE, PAD, MARGIN, PER_ROW = 216, 26, 62, 17, 11, 12, 5


@dataclass(frozen=True)
class Today:
    """What is true of a body today: a line or two in the chart, and where its page is."""

    lines: tuple[str, ...] = ()
    address: str = ""
    warning: bool = False


@dataclass(frozen=True)
class Node:
    """One box: who it is, where it stands, and what is written in it."""

    end: End
    left: int
    top: int
    height: int
    name: tuple[str, ...]
    small: tuple[str, ...]
    today: Today = Today()

    @property
    def middle(self) -> int:
        return self.left + BOX // 2

    @property
    def bottom(self) -> int:
        return self.top + self.height


@dataclass(frozen=True)
class Line:
    """One arrow from the one who has the relation to whom it is with, and the word that stands on it."""

    relation: Relation
    points: tuple[tuple[int, int], ...]
    word: str
    label: tuple[int, int]
    dashed: bool


@dataclass(frozen=True)
class Chart:
    """The whole drawing in numbers, for SVG and for documents."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


@dataclass
class Entry:
    """The text twin: one who stands in the structure, what is true today, relations in words, and who stands under."""

    end: End
    today: Today
    relations: list[str] = field(default_factory=list)
    below: list[Entry] = field(default_factory=list)


def laid_out(model: GovernanceModel, day: date, today: Mapping[str, Today] | None = None) -> Chart:
    """Everybody who stands in the structure on the day, in rows from the top, with an arrow for each relation."""
    known = today or {}
    ends = {end.key: end for end in standing(model, day)}
    relations = related(model, day)
    rows = [row[at : at + PER_ROW] for row in layers(ends, relations) for at in range(0, len(row), PER_ROW)]
    rows = _ordered(rows, relations)
    width = max((len(row) for row in rows), default=1) * (BOX + GAP_X) - GAP_X + 2 * MARGIN
    nodes: dict[str, Node] = {}
    top = MARGIN
    for row in rows:
        boxes = [_written(ends[key], known.get(key, Today())) for key in row]
        height = max(PAD * 2 + LINE * (len(name) + len(small)) for name, small in boxes)
        left = (width - len(row) * (BOX + GAP_X) + GAP_X) // 2
        for key, (name, small) in zip(row, boxes, strict=True):
            nodes[key] = Node(ends[key], left, top, height, name, small, known.get(key, Today()))
            left += BOX + GAP_X
        top += height + GAP_Y
    lines = _lines(nodes, relations)
    lowest = max((y for line in lines for _x, y in line.points), default=0)
    return Chart(tuple(nodes.values()), tuple(lines), width, max(top - GAP_Y, lowest) + MARGIN)


def _written(end: End, today: Today) -> tuple[tuple[str, ...], tuple[str, ...]]:
    small = today.lines or ((end.text,) if end.text else ())
    return tuple(textwrap.wrap(end.name, 25) or [""]), tuple(part for line in small for part in textwrap.wrap(line, 31))


def _ordered(rows: list[list[str]], relations: list[Relation]) -> list[list[str]]:
    """The boxes of each row beside the middle of those they are related to above, so that fewer arrows cross."""
    above: dict[str, list[str]] = {}
    for relation in relations:
        over, under = over_under(relation)
        above.setdefault(under, []).append(over)
    done: list[list[str]] = []
    places: dict[str, float] = {}
    for row in rows:
        weights = {}
        for at, key in enumerate(row):
            known = [places[one] for one in above.get(key, ()) if one in places]
            weights[key] = sum(known) / len(known) if known else (at + 0.5) / len(row)
        done.append(sorted(row, key=lambda key, weights=weights: weights[key]))  # type: ignore[misc]
        places |= {key: (at + 0.5) / len(row) for at, key in enumerate(done[-1])}
    return done


def _lines(nodes: Mapping[str, Node], relations: list[Relation]) -> list[Line]:
    """The arrows. Those between the same two boxes, and those that end at the same side of a box, stand apart."""
    ports = _ports(nodes, relations)
    found = []
    for number, relation in enumerate(relations):
        source, target = nodes[relation.source], nodes[relation.target]
        upper, lower = (source, target) if source.top <= target.top else (target, source)
        dashed = relation.kind in ASIDE
        if upper.top == lower.top:
            depth = source.bottom + 18 + 8 * (number % 3)
            points = (
                (ports[number, "source"], source.bottom), (ports[number, "source"], depth),
                (ports[number, "target"], depth), (ports[number, "target"], target.bottom),
            )  # fmt: skip
            label = ((points[1][0] + points[2][0]) // 2, depth)
        else:
            low, high = ports[number, "lower"], ports[number, "upper"]
            middle = lower.top - GAP_Y // 2 - 6 + 6 * (number % 3)
            way = ((low, lower.top), (low, middle), (high, middle), (high, upper.bottom))
            points = way if source is lower else tuple(reversed(way))  # type: ignore[assignment]
            label = (low, lower.top - 14)
        found.append(Line(relation, points, str(say(SHORT[relation.kind])), label, dashed))
    return found


def _ports(nodes: Mapping[str, Node], relations: list[Relation]) -> dict[tuple[int, str], int]:
    """Where on its side each arrow meets each box, spread evenly in the order of where they go."""
    sides: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for number, relation in enumerate(relations):
        source, target = nodes[relation.source], nodes[relation.target]
        if source.top == target.top:
            sides.setdefault((source.end.key, "bottom"), []).append((target.middle, number, "source"))
            sides.setdefault((target.end.key, "bottom"), []).append((source.middle, number, "target"))
            continue
        upper, lower = (source, target) if source.top < target.top else (target, source)
        sides.setdefault((upper.end.key, "bottom"), []).append((lower.middle, number, "upper"))
        sides.setdefault((lower.end.key, "top"), []).append((upper.middle, number, "lower"))
    found = {}
    for (key, _side), ends in sides.items():
        for at, (_goal, number, which) in enumerate(sorted(ends)):
            found[number, which] = nodes[key].left + (at + 1) * BOX // (len(ends) + 1)
    return found


def chart_svg(model: GovernanceModel, chart: Chart, *, title: str) -> Svg:
    """The chart as SVG; each box with an address is a link."""
    told = "; ".join(sentence(model, line.relation) for line in chart.lines)
    parts = [
        (
            f'<svg class="chart-picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {chart.width} {chart.height}" '
            f'width="{chart.width}" height="{chart.height}" role="group" aria-labelledby="chart-title chart-desc">'
        ),
        f'<title id="chart-title">{escape(title)}</title><desc id="chart-desc">{escape(told)}</desc>',
        (
            '<defs><marker id="chart-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
            'orient="auto"><path class="path-arrow-head" d="M0 0 10 5 0 10z"/></marker></defs>'
        ),
    ]
    parts += [_drawn_line(line) for line in chart.lines]
    parts += [_drawn_word(line) for line in chart.lines]
    parts += [_drawn_node(node) for node in chart.nodes]
    return Svg("".join(parts) + "</svg>")


def _drawn_line(line: Line) -> str:
    way = "".join(f"{'M' if at == 0 else 'L'}{x} {y}" for at, (x, y) in enumerate(line.points))
    css = "path-arrow path-arrow-back" if line.dashed else "path-arrow"
    return f'<path class="{css}" d="{way}" marker-end="url(#chart-head)"/>'


def _drawn_word(line: Line) -> str:
    x, y = line.label
    width = len(line.word) * 6.4 + 8
    return (
        f'<rect class="chart-word-ground" x="{x - width / 2:g}" y="{y - 9}" width="{width:g}" height="15"/>'
        f'<text class="chart-word" x="{x}" y="{y + 3}">{escape(line.word)}</text>'
    )


def _drawn_node(node: Node) -> str:
    css = {"body": "chart-body", "outside": "chart-outside"}.get(node.end.kind, "chart-other")
    box = f'<rect class="chart-box {css}" x="{node.left}" y="{node.top}" width="{BOX}" height="{node.height}" rx="6"/>'
    y = node.top + PAD + 12
    texts = []
    for text, name in [*((t, True) for t in node.name), *((t, False) for t in node.small)]:
        texts.append(
            f'<text class="{"chart-name" if name else "chart-small"}" x="{node.middle}" y="{y}">{escape(text)}</text>'
        )
        y += LINE
    inner = box + "".join(texts)
    return f"<a href={quoteattr(node.today.address)}>{inner}</a>" if node.today.address else f"<g>{inner}</g>"


def nested(model: GovernanceModel, day: date, today: Mapping[str, Today] | None = None) -> list[Entry]:
    """The text twin: each once, under the first that stands over it, with every relation it has in words."""
    known = today or {}
    ends = {end.key: end for end in standing(model, day)}
    relations = related(model, day)
    entries = {key: Entry(end, known.get(key, Today())) for key, end in ends.items()}
    depth = {key: at for at, row in enumerate(layers(ends, relations)) for key in row}
    over: dict[str, str] = {}
    for relation in relations:
        entries[relation.source].relations.append(_told(model, relation))
        above, under = over_under(relation)
        if relation.kind not in ASIDE and depth[above] < depth[under] and under not in over:
            over[under] = above
    for key, above in over.items():
        entries[above].below.append(entries[key])
    return [entry for key, entry in entries.items() if key not in over]


def _told(model: GovernanceModel, relation: Relation) -> str:
    words = sentence(model, relation)
    return str(say(gettext_noop("%(what)s: %(text)s"), what=words, text=relation.text)) if relation.text else words
