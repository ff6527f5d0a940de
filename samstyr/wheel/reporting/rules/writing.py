"""What may be written in a report, and what must be there before it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samstyr.foundation.audit.rules import canonical
from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

LIGHTS = ("green", "yellow", "red")
# Always the word with the colour (product.md, convention 4).
LIGHT_WORDS = {
    "green": gettext_noop("Som planlagt"),
    "yellow": gettext_noop("Følg med"),
    "red": gettext_noop("Krever tiltak"),
    "": gettext_noop("Ikke vurdert"),
}
BETTER = {"red": 0, "yellow": 1, "green": 2}
MOST_TEXT, MOST_SENTENCE = 20_000, 500


def light_word(light: str) -> Sentence:
    """The light in words."""
    return say(LIGHT_WORDS.get(light, LIGHT_WORDS[""]))


def arrow(before: str, now: str) -> str:
    """Which way a light has gone since last time: better, worse, same, or nothing where one is not judged."""
    if before not in BETTER or now not in BETTER:
        return ""
    step = BETTER[now] - BETTER[before]
    return "better" if step > 0 else "worse" if step < 0 else "same"


@dataclass(frozen=True)
class Judged:
    """A dimension as it is about to be sent."""

    key: str
    name: str
    light: str
    sentence: str


def text_faults(text: str, *, field: str = "text", most: int = MOST_TEXT) -> list[FieldError]:
    """What is wrong with something written."""
    if "\0" in text:
        return [FieldError(field, say(gettext_noop("Teksten har tegn som ikke kan lagres.")))]
    if len(text) > most:
        return [FieldError(field, say(gettext_noop("Teksten er lengre enn %(most)s tegn."), most=most))]
    return []


def judgement_faults(light: str, sentence: str) -> list[FieldError]:
    """A light is one of three and always has its sentence; a sentence may stand while the light is not yet set."""
    faults = text_faults(sentence, field="sentence", most=MOST_SENTENCE)
    if light and light not in LIGHTS:
        faults.append(FieldError("light", say(gettext_noop("Velg grønt, gult eller rødt."))))
    if light and not sentence.strip():
        faults.append(
            FieldError("sentence", say(gettext_noop("Skriv en setning om hvorfor. Fargen alene sier for lite.")))
        )
    return faults


def sending_faults(
    judged: Sequence[Judged], written: Mapping[str, str], must_write: Collection[tuple[str, str]]
) -> list[FieldError]:
    """What is lacking: a dimension without light or sentence, and a section with no data that nobody has written.

    `must_write` is key and title of the sections that have no source.
    """
    faults = []
    for one in judged:
        if one.light not in LIGHTS or not one.sentence.strip():
            words = gettext_noop("«%(name)s» mangler farge eller setning.")
            faults.append(FieldError(one.key, say(words, name=one.name)))
    for key, title in must_write:
        if not written.get(key, "").strip():
            faults.append(FieldError(key, say(gettext_noop("«%(title)s» er ikke skrevet."), title=title)))
    return faults


def figure_of(text: str) -> float | None:
    """A figure as people write it: ``12``, ``12,5`` or ``1 200``; None for nothing. Raises ValueError."""
    plain = text.replace("\u00a0", "").replace(" ", "").replace(",", ".").replace("\u2212", "-")
    if not plain:
        return None
    value = float(plain)
    if value != value or abs(value) > 1e12:
        raise ValueError(text)
    return int(value) if value == int(value) else round(value, 4)


def seal(content: Mapping[str, Any]) -> str:
    """The digest of what was sent."""
    return hashlib.sha256(canonical(content)).hexdigest()
