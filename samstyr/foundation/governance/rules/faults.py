"""What pydantic says, in plain Norwegian with place and remedy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .reading import Place
from .schema import GovernanceModel


@dataclass(frozen=True)
class LoadError:
    """One fault: where in the file, where in the model, what is wrong, and how to mend it."""

    line: int
    column: int
    path: str
    message: Sentence | str
    remedy: Sentence | str = ""

    def __str__(self) -> str:
        where = say(
            gettext_noop("Linje %(line)s, kolonne %(column)s"),
            line=self.line,
            column=self.column,
        )
        place = f" ({self.path})" if self.path else ""
        return " ".join(str(part) for part in (f"{where}{place}:", self.message, self.remedy) if str(part))


def faults_of(error: ValidationError, positions: Mapping[Place, tuple[int, int]]) -> list[LoadError]:
    """Every fault, in the file's order; one for each place."""
    faults: dict[tuple[int, int, str], LoadError] = {}
    for fault in error.errors(include_url=False, include_context=True):
        place: Place = tuple(part for part in fault["loc"] if isinstance(part, (str, int)))
        if fault["type"] == "union_tag_invalid":
            place = (*place, "kind")
        known, shown = _nearest(place, positions)
        line, column = positions.get(known, (1, 1))
        path = ".".join(str(part) for part in shown)
        message, remedy = _explain(fault["type"], fault, shown)
        faults.setdefault((line, column, path), LoadError(line, column, path, message, remedy))
    return sorted(faults.values(), key=lambda item: (item.line, item.column))


def _nearest(place: Place, positions: Mapping[Place, tuple[int, int]]) -> tuple[Place, Place]:
    """The part of the place that stands in the file; pydantic adds names of union members in between."""
    known: Place = ()
    for part in place:
        if (*known, part) in positions:
            known = (*known, part)
    last = place[-1] if place else ""
    missing = isinstance(last, str) and known and known[-1] != last and last in _all_keys()
    return known, (*known, last) if missing or not known else known


def _explain(kind: str, fault: Any, place: Place) -> tuple[Sentence, Sentence | str]:
    last = str(place[-1]) if place else ""
    value = str(fault.get("input", ""))[:60]
    context = fault.get("ctx", {})
    if kind == "extra_forbidden" and " " in last:
        return (
            say(
                gettext_noop("«%(key)s» er ikke en nøkkel i formatet her."),
                key=last[:60],
            ),
            say(gettext_noop("Tekst med komma eller kolon må stå i anførselstegn.")),
        )
    if kind == "extra_forbidden":
        close = process.extractOne(last, _all_keys(), scorer=fuzz.ratio, score_cutoff=60)
        remedy = (
            say(gettext_noop("Mente du «%(close)s»?"), close=close[0])
            if close
            else say(gettext_noop("Ta den bort, eller se hvilke nøkler formatet har."))
        )
        return say(gettext_noop("«%(key)s» er ikke en nøkkel i formatet her."), key=last), remedy
    if kind in ("missing", "union_tag_not_found"):
        key = "kind" if kind == "union_tag_not_found" else last
        return say(gettext_noop("«%(key)s» mangler."), key=key), say(gettext_noop("Legg til «%(key)s»."), key=key)
    if kind in ("literal_error", "enum", "union_tag_invalid"):
        allowed = str(context.get("expected") or context.get("expected_tags") or "").replace("'", "")
        shown = context.get("tag", value) if kind == "union_tag_invalid" else value
        return (
            say(
                gettext_noop("«%(value)s» er ikke et av valgene for «%(key)s»."),
                value=shown,
                key=last,
            ),
            say(
                gettext_noop("Velg mellom %(allowed)s."),
                allowed=allowed.replace(" or ", ", "),
            ),
        )
    if kind == "string_pattern_mismatch":
        return (
            say(gettext_noop("«%(value)s» er ikke en gyldig nøkkel."), value=value),
            say(gettext_noop("Bruk små bokstaver a–z, tall, bindestrek og understrek.")),
        )
    return _explain_type(kind, last, value, context)


def _explain_type(kind: str, last: str, value: str, context: Any) -> tuple[Sentence, Sentence | str]:
    if kind.startswith("date"):
        return (
            say(gettext_noop("«%(value)s» er ikke en dato som finnes."), value=value),
            say(gettext_noop("Skriv datoer som 2026-02-28.")),
        )
    if kind in ("greater_than_equal", "less_than_equal"):
        return (
            say(
                gettext_noop("«%(value)s» er utenfor det tillatte for «%(key)s»."),
                value=value,
                key=last,
            ),
            say(gettext_noop("Minst %(least)s."), least=context["ge"])
            if "ge" in context
            else say(gettext_noop("Høyst %(most)s."), most=context.get("le", "")),
        )
    if kind.startswith(("int", "float")):
        return say(gettext_noop("«%(value)s» er ikke et tall."), value=value), say(
            gettext_noop("Skriv «%(key)s» som et helt tall uten anførselstegn."),
            key=last,
        )
    if kind.startswith("bool"):
        return say(gettext_noop("«%(value)s» er verken ja eller nei."), value=value), say(
            gettext_noop("Skriv true eller false.")
        )
    if kind in ("too_short", "string_too_short"):
        return say(gettext_noop("«%(key)s» kan ikke være tom."), key=last), say(
            gettext_noop("Fyll ut, eller ta bort nøkkelen.")
        )
    if kind.startswith("string"):
        return say(
            gettext_noop("«%(value)s» er ikke tekst som passer for «%(key)s»."),
            value=value,
            key=last,
        ), say(gettext_noop("Skriv tekst, i anførselstegn om nødvendig, og ikke for lang."))
    if kind in ("tuple_type", "list_type"):
        return say(gettext_noop("«%(key)s» skal være en liste."), key=last), say(
            gettext_noop("Begynn hver linje med en bindestrek, eller bruk [a, b].")
        )
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return say(gettext_noop("«%(key)s» skal ha egne nøkler under seg."), key=last), say(
            gettext_noop("Skriv «nøkkel: verdi» på linjene under, eller bruk {nøkkel: verdi}.")
        )
    return say(
        gettext_noop("«%(value)s» passer ikke som verdi for «%(key)s»."),
        value=value,
        key=last,
    ), say(gettext_noop("Se hva formatet tillater her."))


@lru_cache(maxsize=1)
def _all_keys() -> tuple[str, ...]:
    keys: set[str] = set()
    seen: set[type[BaseModel]] = set()

    def visit(model: type[BaseModel]) -> None:
        if model in seen:
            return
        seen.add(model)
        for name, info in model.model_fields.items():
            keys.add(info.alias or name)
            _visit_types(info.annotation, visit)

    visit(GovernanceModel)
    return tuple(sorted(keys))


def _visit_types(annotation: Any, visit: Callable[[type[BaseModel]], None]) -> None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        visit(annotation)
    for inner in (
        *getattr(annotation, "__args__", ()),
        *getattr(annotation, "__metadata__", ()),
    ):
        _visit_types(inner, visit)
