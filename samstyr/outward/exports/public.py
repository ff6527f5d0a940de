"""What leaves the house: no persons' names, and no text from the need behind a measure (I-22)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from .content import PlanContent, mapped

_WORD = re.compile(r"\w+")


def public_content(content: PlanContent, people: Mapping[str, str]) -> PlanContent:
    """The content for everybody: those present as counts, and each known person's full name out of the texts.

    `people` are names with the title that stands there instead; without one it says that a name is left out.
    Names of one word are left, since they are words and places as often as people.
    """
    bare = content.model_copy(
        update={
            "measures": tuple(row.model_copy(update={"need_text": ""}) for row in content.measures),
            "decisions": tuple(row.model_copy(update={"present_names": ()}) for row in content.decisions),
        }
    )
    words = set(_WORD.findall(" ".join(_texts(bare.model_dump(mode="json"))).casefold()))
    titles = {
        _plain(name): title.strip()
        for name, title in people.items()
        if len(name.split()) > 1 and words.issuperset(_WORD.findall(name.casefold()))
    }
    if not titles:
        return bare
    longest = sorted(titles, key=len, reverse=True)
    names = re.compile(
        r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest) + r")(?!\w)", re.I
    )

    def instead(found: re.Match[str]) -> str:
        title = titles.get(_plain(found.group()), "")
        return title if title and not names.search(title) else _("[navn utelatt]")

    return mapped(bare, lambda text: names.sub(instead, text))


def names_in(content: PlanContent, people: Mapping[str, str]) -> int:
    """In how many texts a known person's name is left out or replaced."""
    before, after = (
        plan.model_dump(mode="json") for plan in (public_content(content, {}), public_content(content, people))
    )
    return sum(1 for one, other in zip(_texts(before), _texts(after), strict=True) if one != other)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
