"""From YAML text to a typed model, or every fault at once with line, column and remedy. Never a traceback."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.tokens import AliasToken, AnchorToken, TagToken

from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .schema import GovernanceModel

LARGEST = 1_000_000
DEEPEST = 40

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class LoadError:
    """One fault: where in the file, where in the model, what is wrong, and how to mend it."""

    line: int
    column: int
    path: str
    message: Sentence | str
    remedy: Sentence | str = ""

    def __str__(self) -> str:
        where = say(gettext_noop("Linje %(line)s, kolonne %(column)s"), line=self.line, column=self.column)
        place = f" ({self.path})" if self.path else ""
        return " ".join(str(part) for part in (f"{where}{place}:", self.message, self.remedy) if part)


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
    """Read a model. Limits: 1 MB, depth 40; no aliases, tags or repeated keys."""
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = text[: error.start].count(b"\n") + 1
            return _failed(
                line, 1,
                say(gettext_noop("Filen er ikke lagret som UTF-8.")),
                say(gettext_noop("Velg «UTF-8» når du lagrer filen, og prøv igjen.")),
            )
    if len(text) > LARGEST:
        return _failed(1, 1, say(gettext_noop("Filen er for stor. Den kan være på høyst 1 MB.")))
    nul = text.find("\0")
    if nul >= 0:
        return _failed(
            text[:nul].count("\n") + 1, 1, say(gettext_noop("Filen inneholder et usynlig tegn (NUL) som ikke er tekst."))
        )
    early = _scan(text)
    if early:
        return early
    try:
        tree = _yaml().load(text)
    except DuplicateKeyError as error:
        mark = error.problem_mark
        return _failed(
            mark.line + 1, mark.column + 1,
            say(gettext_noop("Den samme nøkkelen står to ganger.")),
            say(gettext_noop("Slett eller gi nytt navn til den ene.")),
        )
    except (YAMLError, ValueError, RecursionError, OverflowError) as error:
        return _unreadable(error)
    if not isinstance(tree, CommentedMap):
        return _failed(1, 1, say(gettext_noop("Filen må begynne med nøkler som «format» og «key».")))
    positions: dict[Place, tuple[int, int]] = {}
    _positions(tree, (), positions)
    try:
        return Loaded(GovernanceModel.model_validate(_plain(tree)), (), positions)
    except ValidationError as error:
        return Loaded(None, tuple(sorted(_faults(error, positions), key=lambda e: (e.line, e.column))), positions)
    except (RecursionError, OverflowError) as error:
        return _unreadable(error)


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.version = (1, 2)
    yaml.allow_duplicate_keys = False
    return yaml


def _scan(text: str) -> Loaded | None:
    """Refuse what could blow up before anything is built: aliases, tags, and depth."""
    depth = 0
    try:
        for token in _yaml().scan(text):
            name = type(token).__name__
            if isinstance(token, (AliasToken, AnchorToken, TagToken)):
                mark = token.start_mark
                return _failed(
                    mark.line + 1, mark.column + 1,
                    say(gettext_noop("Ankere, aliaser og merkelapper (&, *, !) er ikke tillatt.")),
                    say(gettext_noop("Skriv innholdet ut, eller sett teksten i anførselstegn.")),
                )
            if name in ("BlockMappingStartToken", "BlockSequenceStartToken", "FlowMappingStartToken", "FlowSequenceStartToken"):
                depth += 1
                if depth > DEEPEST:
                    mark = token.start_mark
                    return _failed(
                        mark.line + 1, mark.column + 1, say(gettext_noop("Filen er for dypt nøstet (høyst 40 nivåer)."))
                    )
            elif name in ("BlockEndToken", "FlowMappingEndToken", "FlowSequenceEndToken"):
                depth -= 1
    except (YAMLError, ValueError, RecursionError) as error:
        return _unreadable(error)
    return None


def _unreadable(error: Exception) -> Loaded:
    line = column = 1
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        if mark is not None:
            line, column = mark.line + 1, mark.column + 1
    if isinstance(error, ValueError) and not isinstance(error, YAMLError):
        return _failed(
            line, column,
            say(gettext_noop("Filen har en dato eller et tall som ikke finnes, for eksempel 31.02.")),
            say(gettext_noop("Skriv datoer som 2026-02-28.")),
        )
    return _failed(
        line, column,
        say(gettext_noop("Dette er ikke gyldig YAML.")),
        say(gettext_noop("Se etter innrykk, kolon uten mellomrom og anførselstegn som ikke er lukket.")),
    )


def _failed(line: int, column: int, message: Sentence, remedy: Sentence | str = "") -> Loaded:
    return Loaded(None, (LoadError(line, column, "", message, remedy),))


def _positions(node: Any, place: Place, found: dict[Place, tuple[int, int]]) -> None:
    if isinstance(node, (CommentedMap, CommentedSeq)):
        found.setdefault(place, (node.lc.line + 1, node.lc.col + 1))
    if isinstance(node, CommentedMap):
        for key, value in node.items():
            line, column = node.lc.key(key)
            found[(*place, _name(key))] = (line + 1, column + 1)
            _positions(value, (*place, _name(key)), found)
    elif isinstance(node, CommentedSeq):
        for index, value in enumerate(node):
            line, column = node.lc.item(index)
            found[(*place, index)] = (line + 1, column + 1)
            _positions(value, (*place, index), found)


def _name(key: Any) -> str | int:
    return key if isinstance(key, (str, int)) and not isinstance(key, bool) else str(key)


def _plain(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, (str, bytes)):
        return [_plain(value) for value in node]
    if isinstance(node, str):
        return str(node)
    return node


def _faults(error: ValidationError, positions: Mapping[Place, tuple[int, int]]) -> list[LoadError]:
    faults: dict[tuple[int, int, str], LoadError] = {}
    for fault in error.errors(include_url=False):
        place: Place = tuple(part for part in fault["loc"] if isinstance(part, (str, int)))
        known, shown = _nearest(place, positions)
        line, column = positions.get(known, (1, 1))
        path = ".".join(str(part) for part in shown)
        message, remedy = _explain(fault["type"], fault, place)
        faults.setdefault((line, column, path), LoadError(line, column, path, message, remedy))
    return list(faults.values())


def _nearest(place: Place, positions: Mapping[Place, tuple[int, int]]) -> tuple[Place, Place]:
    """The longest part of the place that stands in the file; pydantic adds names of union members in between."""
    known: Place = ()
    for part in place:
        if (*known, part) in positions:
            known = (*known, part)
    last = place[-1] if place else ""
    return known, known if not known or known[-1] == last or not isinstance(last, str) else (*known, last)


def _explain(kind: str, fault: Any, place: Place) -> tuple[Sentence, Sentence | str]:
    last = str(place[-1]) if place else ""
    value = str(fault.get("input", ""))[:60]
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(last, _all_keys(), 1)
        remedy = say(gettext_noop("Mente du «%(close)s»?"), close=close[0]) if close else ""
        return say(gettext_noop("«%(key)s» er ikke en nøkkel i formatet her."), key=last), remedy
    if kind == "missing":
        return say(gettext_noop("«%(key)s» mangler."), key=last), ""
    if kind in ("literal_error", "enum"):
        allowed = fault.get("ctx", {}).get("expected", "")
        return (
            say(gettext_noop("«%(value)s» er ikke et av valgene for «%(key)s»."), value=value, key=last),
            say(gettext_noop("Velg mellom %(allowed)s."), allowed=allowed),
        )
    if kind == "string_pattern_mismatch":
        return (
            say(gettext_noop("«%(value)s» er ikke en gyldig nøkkel."), value=value),
            say(gettext_noop("Bruk små bokstaver a–z, tall, bindestrek og understrek.")),
        )
    if kind.startswith("date"):
        return (
            say(gettext_noop("«%(value)s» er ikke en dato som finnes."), value=value),
            say(gettext_noop("Skriv datoer som 2026-02-28.")),
        )
    if kind.startswith(("int", "float", "greater", "less", "bool")):
        return say(gettext_noop("«%(value)s» passer ikke som verdi for «%(key)s»."), value=value, key=last), (
            say(gettext_noop("Det skal være et tall eller ja/nei innenfor det tillatte."))
        )
    if kind in ("too_short", "string_too_short"):
        return say(gettext_noop("«%(key)s» kan ikke være tom."), key=last), ""
    return say(gettext_noop("«%(value)s» passer ikke som verdi for «%(key)s»."), value=value, key=last), ""


@lru_cache(maxsize=1)
def _all_keys() -> tuple[str, ...]:
    keys: set[str] = set()
    seen: set[type[BaseModel]] = set()

    def walk(model: type[BaseModel]) -> None:
        if model in seen:
            return
        seen.add(model)
        for name, info in model.model_fields.items():
            keys.add(info.alias or name)
            _walk_types(info.annotation, walk)

    walk(GovernanceModel)
    return tuple(sorted(keys))


def _walk_types(annotation: Any, walk: Any) -> None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        walk(annotation)
    for inner in getattr(annotation, "__args__", ()):
        _walk_types(inner, walk)
    for inner in getattr(annotation, "__metadata__", ()):
        _walk_types(inner, walk)
