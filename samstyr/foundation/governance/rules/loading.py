"""From YAML text to a typed model, or every fault at once with line, column and remedy. Never a traceback."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .earlier import as_now
from .faults import LoadError, faults_of
from .reading import Place, Unreadable, read
from .schema import FORMAT, GovernanceModel

__all__ = ["LARGEST", "LoadError", "Loaded", "load_text"]
LARGEST = 200_000


@dataclass(frozen=True)
class Loaded:
    """A model with the line and column of each of its places, or the faults."""

    model: GovernanceModel | None
    errors: tuple[LoadError, ...] = ()
    positions: Mapping[Place, tuple[int, int]] = field(default_factory=dict)

    def require(self) -> GovernanceModel:
        """The model. Raises Invalid with every fault."""
        if self.model is None:
            raise Invalid(*(FieldError("text", str(error), error.path) for error in self.errors))
        return self.model


def load_text(text: str | bytes) -> Loaded:
    """Read a model. Limits: 200 kB, depth 40; no aliases, tags or repeated keys."""
    decoded = _decoded(text)
    if isinstance(decoded, Loaded):
        return decoded
    try:
        tree = read(decoded)
    except Unreadable as fault:
        return _failed(fault.line, fault.column, fault.message, fault.remedy)
    if not isinstance(tree.value, dict):
        return _failed(
            1,
            1,
            say(gettext_noop("Filen må begynne med nøkler som «format» og «key».")),
        )
    repeated = [
        LoadError(
            line,
            column,
            ".".join(map(str, place)),
            say(gettext_noop("Nøkkelen «%(key)s» står to ganger."), key=place[-1]),
            say(gettext_noop("Slett eller gi nytt navn til den ene.")),
        )
        for place, line, column in tree.repeated
    ]
    if tree.value.get("format", FORMAT) != FORMAT:
        line, column = tree.positions[("format",)]
        return _failed(
            line,
            column,
            say(
                gettext_noop("Filen er skrevet i format %(format)s. Denne utgaven av Samstyr leser format %(known)s."),
                format=str(tree.value["format"])[:20],
                known=FORMAT,
            ),
        )
    value, positions = as_now(tree.value, tree.positions)
    try:
        # JSON in between gives pydantic's strict mode: "5" is no number and yes is no bool, but dates are read.
        model = GovernanceModel.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        faults = [*repeated, *faults_of(error, positions)]
        return Loaded(
            None,
            tuple(sorted(faults, key=lambda item: (item.line, item.column))),
            positions,
        )
    return Loaded(None, tuple(repeated), positions) if repeated else Loaded(model, (), positions)


def _decoded(text: str | bytes) -> str | Loaded:
    if len(text) > LARGEST:
        return _failed(1, 1, say(gettext_noop("Filen er for stor. Den kan være på høyst 200 kB.")))
    if isinstance(text, bytes):
        try:
            return _plain_text(text.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            return _failed(
                text[: error.start].count(b"\n") + 1,
                1,
                say(gettext_noop("Filen er ikke lagret som UTF-8.")),
                say(gettext_noop("Velg «UTF-8» når du lagrer filen, og prøv igjen.")),
            )
    return _plain_text(text)


def _plain_text(text: str) -> str | Loaded:
    for index, sign in enumerate(text):
        if (sign < " " and sign not in "\n\r\t") or sign == "\x7f" or "\ud800" <= sign <= "\udfff":
            return _failed(
                text[:index].count("\n") + 1,
                index - text.rfind("\n", 0, index),
                say(gettext_noop("Filen inneholder et usynlig tegn (NUL eller lignende) som ikke er tekst.")),
                say(gettext_noop("Slett tegnet, og lagre filen som ren tekst.")),
            )
    return text


def _failed(line: int, column: int, message: Sentence, remedy: Sentence | str = "") -> Loaded:
    return Loaded(None, (LoadError(line, column, "", message, remedy),))
