"""Norwegian words boiled down to stems, so that «brukere», «brukeren» and «bruker» are found by each other."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
LONGEST_WORD = 60

# Words that say nothing of what a text is about.
STOP = frozenset(
    [
        "alle",
        "alt",
        "at",
        "av",
        "ble",
        "bli",
        "blir",
        "bør",
        "da",
        "de",
        "den",
        "denne",
        "der",
        "det",
        "dette",
        "du",
        "eller",
        "en",
        "enn",
        "er",
        "et",
        "etter",
        "for",
        "fra",
        "få",
        "får",
        "før",
        "ha",
        "han",
        "har",
        "hun",
        "hva",
        "hver",
        "hvor",
        "hvordan",
        "i",
        "ikke",
        "ingen",
        "inn",
        "jeg",
        "kan",
        "kunne",
        "man",
        "med",
        "men",
        "mer",
        "mot",
        "må",
        "ned",
        "noe",
        "noen",
        "når",
        "nå",
        "og",
        "også",
        "om",
        "opp",
        "oss",
        "over",
        "på",
        "seg",
        "selv",
        "sin",
        "skal",
        "skulle",
        "slik",
        "som",
        "så",
        "til",
        "ut",
        "ved",
        "vi",
        "vil",
        "vår",
        "våre",
        "vårt",
        "være",
        "å",
    ]
)

_local = threading.local()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word in lower case.

    Snowball leaves «brukere» as «bruker» and «brukerne» as «brukern»; stemmed till it stands still, and with
    «-erne» cut to «-er» first, all forms become one.
    """
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = snowballstemmer.stemmer("norwegian")
    before, now = "", word.removesuffix("ne") if word.endswith("erne") else word
    while now != before:
        before, now = now, str(stemmer.stemWord(now))
    return now


def words(text: str) -> list[str]:
    """The words of a text in lower case, in order; overlong runs of letters are cut."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(text.casefold())]


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order, each as often as it occurs."""
    return [stem(word) for word in words(text) if word not in STOP]


def search_text(parts: Iterable[str]) -> str:
    """What a search looks in: every distinct stem of the parts, each with a space before it.

    The space lets `" stem"` match at the start of a word only.
    """
    return "".join(f" {one}" for one in dict.fromkeys(one for part in parts for one in stems(part))) + " "


def search_terms(text: str) -> list[str]:
    """The stems to look for, at most eight; all must be found."""
    return list(dict.fromkeys(stems(text[:500])))[:8]
