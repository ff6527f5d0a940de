"""How a cell's name and content are told to people."""

from __future__ import annotations

from collections.abc import Mapping

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .cells import Names
from .columns import CODES, SHEETS
from .flat import SEPARATOR
from .judging import label


def cell_name(name: str, names: Names, numbers: Mapping[str, int]) -> Sentence | str:
    """What the cell is: a column's heading, or the sheet and what the row is about. `numbers` are by key."""
    part, *keys = name.split(SEPARATOR)
    if not keys:
        return label(part)
    if part == "costs":
        what = say(CODES["cost_kinds"].get(keys[0], keys[0]))
        source = names.name("sources", keys[1]) if keys[1] else ""
        told = [what, source, say(gettext_noop("år %(year)s"), year=int(keys[2]) + 1)]
    elif part == "staff":
        told = [keys[0], say(gettext_noop("år %(year)s"), year=int(keys[1]) + 1)]
    else:
        other = say(gettext_noop("ny kandidat")) if keys[1] and keys[1] not in numbers else numbers.get(keys[1], "")
        told = [say(CODES["link_kinds"].get(keys[0], keys[0])), other, keys[2]]
    words = ", ".join(str(one) for one in told if str(one))
    return say("%(sheet)s: %(what)s", sheet=say(SHEETS[part]), what=words)


def cell_text(name: str, text: str, names: Names, needs: Mapping[str, int]) -> str:
    """What stands in the cell, as people read it. `needs` are numbers by key."""
    part = name.partition(SEPARATOR)[0]
    if not text:
        return str(say(CODES["yes_no"][""])) if name == "mandatory" else ""
    if part in ("costs", "staff"):
        figure = spaced(int(text.removesuffix("+")))
        if part == "costs":
            figure = str(say(gettext_noop("%(amount)s kr"), amount=figure))
        else:
            figure = str(say(gettext_noop("%(hours)s timer"), hours=figure))
        return str(say(gettext_noop("%(figure)s, hvert år"), figure=figure)) if text.endswith("+") else figure
    if part == "links" or name == "mandatory":
        return str(say(CODES["yes_no"]["1"]))
    if name == "value":
        whole, rest = divmod(int(text), 100)
        return f"{whole},{rest:02}".rstrip("0").rstrip(",")
    if name == "organisations":
        return ", ".join(sorted(names.name("organisations", key) for key in text.split(",")))
    kind = {"area": "areas", "focus_area": "focus_areas", "cost_key": "cost_keys"}.get(name)
    if kind:
        return names.name(kind, text)
    if name == "need":
        return str(needs.get(text, ""))
    return text


def spaced(number: int) -> str:
    """A whole number with thin groups of three, as it is written in Norwegian."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
