"""Sentences that rules hand upwards, translated only when a person reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


def gettext_noop(message: str) -> str:
    """Mark a sentence for the catalogues; rules know no framework, so nothing is translated here."""
    return message


_translate: Callable[[str], str] = gettext_noop


def use_translator(translate: Callable[[str], str]) -> None:
    """Install the function that turns a bokmål source sentence into the reader's language."""
    global _translate
    _translate = translate


@dataclass(frozen=True)
class Sentence:
    """A whole sentence in bokmål with named parameters, e.g. ``Sentence("Fristen er %(date)s.", date=…)``."""

    msgid: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        text = _translate(self.msgid)
        return text % {name: str(value) for name, value in self.params.items()} if self.params else text

    def __hash__(self) -> int:
        return hash((self.msgid, tuple(sorted((k, str(v)) for k, v in self.params.items()))))


def say(msgid: str, **params: Any) -> Sentence:
    """Shorthand for a sentence; wrap the literal in ``gettext_noop`` so that it reaches the catalogues."""
    return Sentence(msgid, params)


_language: Callable[[], str] = lambda: "nb"  # noqa: E731


def use_language(language: Callable[[], str]) -> None:
    """Install the function that tells which language the reader has chosen (nb, nn or en)."""
    global _language
    _language = language


def reader_language() -> str:
    """The reader's language code."""
    return _language()
