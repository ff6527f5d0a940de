"""How alike two needs are, and the words that make them so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from .wording import STOP, stem, words

Key = TypeVar("Key", bound=Hashable)

ALIKE = 60
DUPLICATE = 85
SAME_TITLE = 90
MOST_WORDS = 400


@dataclass(frozen=True)
class Likeness:
    """How alike, from 0 to 100, and the words in common, in the first text's spelling and order."""

    score: int
    common: tuple[str, ...]


@dataclass(frozen=True)
class Boiled:
    """A text ready to be compared: its title's stems, all its stems, and a spelling for each stem."""

    title: str
    stems: frozenset[str]
    spelling: Mapping[str, str]


def boil(title: str, text: str = "") -> Boiled:
    """Make a title with its text ready to be compared; only the first 400 words count."""
    spelling: dict[str, str] = {}
    title_stems = []
    for word in words(title):
        if word not in STOP:
            title_stems.append(stem(word))
            spelling.setdefault(stem(word), word)
    for word in words(text)[:MOST_WORDS]:
        if word not in STOP:
            spelling.setdefault(stem(word), word)
    return Boiled(" ".join(title_stems), frozenset(spelling), spelling)


def likeness(mine: Boiled, other: Boiled) -> Likeness:
    """How alike two texts are.

    Titles weigh most: 60 per cent is how well one title's stems are found in the other's, regardless of
    order (token set); 40 per cent is how large a part of the shorter text's stems the two share. A shared
    word is needed for any likeness at all, and a single shared word never makes more than 50. Two titles of
    the same stems, at least two, are at least 90: whatever the texts say, a person should look.
    """
    shared = mine.stems & other.stems
    common = tuple(word for one, word in mine.spelling.items() if one in shared)
    if not shared:
        return Likeness(0, ())
    titles = fuzz.token_set_ratio(mine.title, other.title) if mine.title and other.title else 0.0
    overlap = 100 * len(shared) / max(1, min(len(mine.stems), len(other.stems)))
    score = round(0.6 * titles + 0.4 * overlap)
    if len(set(mine.title.split())) > 1 and set(mine.title.split()) == set(other.title.split()):
        score = max(score, SAME_TITLE)
    return Likeness(min(score, 50) if len(shared) == 1 else score, common)


class Shelf(Generic[Key]):
    """Texts arranged by stem, so that one is compared only with those it shares words with."""

    def __init__(self, texts: Iterable[tuple[Key, Boiled]] = ()) -> None:
        self.texts: dict[Key, Boiled] = {}
        self._by_stem: dict[str, list[Key]] = defaultdict(list)
        for key, boiled in texts:
            self.add(key, boiled)

    def add(self, key: Key, boiled: Boiled) -> None:
        """Put a text on the shelf."""
        self.texts[key] = boiled
        for one in dict.fromkeys(boiled.title.split()):
            self._by_stem[one].append(key)

    def closest(self, boiled: Boiled, *, least: int = DUPLICATE, candidates: int = 30) -> tuple[Key, Likeness] | None:
        """The most alike text that reaches `least`, or None. The first put on the shelf wins a tie.

        Only the `candidates` that share most title stems are compared; the rarest stems are asked first, so
        that words everybody uses do not make the search slow.
        """
        counts: dict[Key, int] = {}
        title = sorted(dict.fromkeys(boiled.title.split()), key=lambda one: len(self._by_stem.get(one, ())))
        for one in title:
            holders = self._by_stem.get(one, ())
            if counts and len(holders) > 10 * candidates:
                break
            for key in holders[: 10 * candidates]:
                counts[key] = counts.get(key, 0) + 1
        best: tuple[Key, Likeness] | None = None
        for key in sorted(counts, key=lambda one: -counts[one])[:candidates]:
            found = likeness(boiled, self.texts[key])
            if found.score >= least and (best is None or found.score > best[1].score):
                best = (key, found)
        return best
