"""A thing of the draft as the fields of a form, whatever class the format gives it. Reads values; asks no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel

from samstyr.foundation.governance.rules.editing import facts
from samstyr.foundation.governance.rules.editing.changing import LANGUAGES, ROUTES, how_of, pair_of, shown_line
from samstyr.foundation.governance.rules.editing.checking import Remark
from samstyr.foundation.governance.rules.editing.kinds import Shape, class_of, shapes, variant_names
from samstyr.foundation.governance.rules.editing.places import Place, Tree, at, shape_at, title_of, written
from samstyr.foundation.governance.rules.editing.references import LOOSE, Option, kind_of, options
from samstyr.foundation.governance.rules.words import Condition

from .. import labels
from .fields import Entry, Item

SMALL = 8
OWN_PAGE_AS_WELL = frozenset({"Goal"})
HIDDEN = frozenset({"format"})
LANGUAGE_NAMES = {"nb": gettext_lazy("Bokmål"), "nn": gettext_lazy("Nynorsk"), "en": gettext_lazy("Engelsk")}
# Lists of references whose order means something: each gets a number.
RANKED = frozenset({("SortKey", "order"), ("Ranking", "tie_break")})
# What few need: folded away until it says something.
RARE = {
    "Step": {"each", "only_if_exists", "join", "when", "optional", "late", "reminders_days", "silence", "before", "routines"},
    "Body": {"aliases", "per", "exists_for", "optional", "parents", "chair_from", "term_notice_months", "quorum_percent", "written_procedure_days"},
    "SeatGroup": {"one_per", "organisation_kind", "region", "office", "consults", "may_consult", "direct_responsibility", "speaks", "weight", "proxies"},
    "Path": {"requesters", "own_initiative", "then"},
    "Role": {"aliases", "deputy"},
    "Criterion": {"veto", "measures", "requires", "questions", "anchors"},
    "CriteriaStage": {"when", "source", "threshold", "valid_months", "free_text", "mandatory"},
    "Period": {"activities", "depends_on", "steps"},
    "PlanForm": {"start_tolerance_days", "account_fields", "line_questions", "required_lines", "lead_time_days", "strategy_first_year", "strategy_last_year"},
    "Frequency": {"tolerance", "at_most"},
}  # fmt: skip
HOWS = ("compare", "all", "any", "not")


@dataclass(frozen=True)
class Builder:
    """What the fields of a page are made from. `address` is the editor's own, `new` the place of what was just added."""

    tree: Tree
    by_place: Mapping[Place, tuple[Remark, ...]]
    address: str
    new: Place = ()
    languages: bool = False

    def entries(self, place: Place, part: type[BaseModel]) -> list[Entry]:
        """All the fields of the thing at the place, in the format's order; what few need comes last, folded away."""
        found = [
            self.entry((*place, name), shape)
            for name, shape in shapes(part).items()
            if name not in HIDDEN and not (name == "kind" and self._is_variant(place)) and not shape.is_key
        ]
        rare = RARE.get(part.__name__, set())
        folded = [entry for entry in found if entry.place[-1] in rare]
        if not folded:
            return found
        more = Entry((*place, "…"), written((*place, "…")), "more", _("Flere valg"), children=folded)
        thing = at(self.tree, place)
        told = {where[: len(place) + 1] for where in self.by_place if len(where) > len(place)}
        more.open = (
            any(entry.place[-1] in thing or entry.place in told for entry in folded)
            if isinstance(thing, dict)
            else False
        )
        return [*(entry for entry in found if entry.place[-1] not in rare), more]

    def _is_variant(self, place: Place) -> bool:
        shape = shape_at(self.tree, place) if place else None
        return shape is not None and "variants" in (shape.form, shape.inner)

    def entry(self, place: Place, shape: Shape) -> Entry:
        """One field."""
        made = Entry(
            place, written(place), "input", labels.label_of(shape), labels.help_of(shape), optional=shape.optional,
            remarks=self.by_place.get(place, ()),
        )  # fmt: skip
        return self.filled(made, shape, at(self.tree, place))

    def filled(self, made: Entry, shape: Shape, value: Any) -> Entry:
        """The entry with its value and widget."""
        match shape.form:
            case "condition":
                return self._condition(made, value)
            case "variants":
                return self._variants(made, shape, value)
            case "part":
                return self._part(made, shape, value)
            case "parts":
                return self._list(made, shape, value)
            case "either":
                return self._either(made, shape, value)
            case "mapping":
                return self._mapping(made, shape, value)
        return self._simple(made, shape, value)

    def _simple(self, made: Entry, shape: Shape, value: Any) -> Entry:
        kind = kind_of(shape).replace(LOOSE, "")
        known = self._options(kind, made.place)
        if shape.form == "text" and (self.languages or isinstance(value, dict)):
            return self._text_in_languages(made, shape, value)
        if shape.form == "words" and (shape.owner.__name__, shape.name) in RANKED:
            return self._ranked(made, known, value if isinstance(value, list) else [])
        if shape.form == "words" and (known or kind):
            return _checks(made, known, value if isinstance(value, list) else [])
        if shape.form == "choices":
            words = [
                Option(one, labels.choice_label(shape.owner.__name__, shape.name, one), ()) for one in shape.choices
            ]
            return _checks(made, words, value if isinstance(value, list) else shape.default or [])
        if shape.form in ("choice", "yes_no") or known or shape.choices or kind:
            return self._select(made, shape, value, known)
        made.value = _shown(shape, value)
        if shape.form in ("lines", "words") or shape.long or len(made.value) > 90:
            made.widget = "area"
        made.input = {"date": "date"}.get(shape.form, "text")
        made.size = "short" if shape.form in ("number", "decimal", "date", "numbers") else ""
        if shape.form == "number" and value is None and shape.default is not None:
            made.value = str(shape.default)
        return made

    def _ranked(self, made: Entry, known: list[Option], chosen: list[Any]) -> Entry:
        made.widget = "mapping"
        made.help = made.help or _("Skriv 1 for den første, 2 for den neste. Tomt betyr at den ikke er med.")
        names = {one.key: one.name for one in known} | {
            str(key): str(key) for key in chosen if key not in {o.key for o in known}
        }
        for key, name in names.items():
            child = Entry(made.place, f"{written(made.place)}#rank:{key}", "input", name, size="short")
            child.value = str(chosen.index(key) + 1) if key in chosen else ""
            made.children.append(child)
        return made

    def _options(self, kind: str, place: Place) -> list[Option]:
        found = options(self.tree, kind, place) if kind else []
        if kind in ("subject", "organisation_kind"):
            owner, name = ("Mandate", "subjects") if kind == "subject" else ("OrganisationSlot", "kind")
            return [Option(one.key, labels.choice_label(owner, name, one.key), ()) for one in found]
        return found

    def _select(self, made: Entry, shape: Shape, value: Any, known: list[Option]) -> Entry:
        made.widget = "select"
        owner, name = shape.owner.__name__, shape.name
        if shape.form == "yes_no":
            pairs = [("true", _("Ja")), ("false", _("Nei"))]
            value = (
                str(shape.default if value is None else value).lower()
                if value is not None or shape.default is not None
                else ""
            )
        else:
            pairs = [(one, labels.choice_label(owner, name, one)) for one in shape.choices]
            pairs += [(one.key, one.name) for one in known]
            value = shape.default if value is None else value
        default_told = shape.default is not None
        empty = [] if default_told and shape.form in ("choice", "yes_no") else [("", _empty_word(shape))]
        shown = str(value) if value is not None else ""
        if shown and shown not in {key for key, _word in pairs}:
            pairs.append((shown, _("%(key)s (finnes ikke)") % {"key": shown}))
        made.choices = [(key, word, key == shown) for key, word in [*empty, *pairs]]
        made.value = next((word for _key, word, chosen in made.choices if chosen), "")
        return made

    def _text_in_languages(self, made: Entry, shape: Shape, value: Any) -> Entry:
        made.widget = "languages"
        told = value if isinstance(value, dict) else {"nb": value}
        for language in LANGUAGES:
            made.children.append(
                Entry(
                    made.place, f"{written(made.place)}#{language}", "area" if shape.long else "input",
                    str(LANGUAGE_NAMES[language]), value=str(told.get(language) or ""),
                )
            )  # fmt: skip
        return made

    def _condition(self, made: Entry, value: Any) -> Entry:
        how = how_of(value)
        words = {
            "": _("Alltid"), "compare": _("Når noe er slik"), "all": _("Når alt dette stemmer"),
            "any": _("Når noe av dette stemmer"), "not": _("Når dette ikke stemmer"),
        }  # fmt: skip
        allowed = HOWS if isinstance(made.place[-1], int) else ("", *HOWS)
        made.widget, made.refresh, made.name = "variant", True, f"{written(made.place)}#how"
        made.choices = [(one, words[one], one == how) for one in allowed]
        if how == "compare":
            made.children = self._comparison(made.place, value)
        elif how == "not":
            inner = shapes_of_condition()["not"]
            made.children = [
                self._condition(Entry((*made.place, "not"), "", "variant", labels.label_of(inner)), value["not"])
            ]
        elif how:
            shape = shapes_of_condition()[how]
            made.children = [
                self._list(
                    Entry((*made.place, how), written((*made.place, how)), "list", labels.label_of(shape)),
                    shape,
                    value[how],
                )
            ]
        return made

    def _comparison(self, place: Place, value: dict[str, Any]) -> list[Entry]:
        known = shapes_of_condition()
        fact = self.entry((*place, "fact"), known["fact"])
        fact.refresh = True
        sort = facts.sort_of(value.get("fact"))
        operator, answer = self.entry((*place, "op"), known["op"]), self.entry((*place, "value"), known["value"])
        several = value.get("op") == "in" or isinstance(value.get("value"), list)
        present = value.get("value", True)
        shown = (
            str(present).lower()
            if isinstance(present, bool)
            else ", ".join(map(str, present))
            if isinstance(present, list)
            else str(present)
        )
        answer.value, answer.widget = shown, "input"
        pairs = facts.answers(self.tree, str(value.get("fact"))) if not several else []
        if sort == "subject":
            pairs = [(key, labels.choice_label("Path", "subject", key)) for key, _name in pairs]
        if sort == "yes_no":
            pairs, answer.help = [("true", _("Ja")), ("false", _("Nei"))], ""
        if sort == "scope":
            pairs = [("joint", _("flere organisasjoner")), ("single", _("én organisasjon"))]
        if sort == "amount":
            answer.help = _("Hele kroner.")
        if pairs and not several:
            answer.widget, answer.help = "select", ""
            pairs = pairs if shown in {key for key, _word in pairs} else [*pairs, (shown, shown)]
            answer.choices = [(key, word, key == shown) for key, word in pairs]
        return [fact, operator, answer]

    def _variants(self, made: Entry, shape: Shape, value: Any) -> Entry:
        names = variant_names(shape)
        kind = str(value.get("kind")) if isinstance(value, dict) else ""
        pairs = [(one, labels.deadline_label(one)) for one in names]
        if shape.optional and shape.form == "variants":
            pairs = [("", _("Ingen")), *pairs]
        made.widget, made.refresh, made.name = "variant", True, f"{written(made.place)}#kind"
        made.choices = [(one, word, one == kind) for one, word in pairs]
        part = names.get(kind)
        made.children = self.entries(made.place, part) if part else []
        return made

    def _part(self, made: Entry, shape: Shape, value: Any) -> Entry:
        part = shape.parts[0]
        there = isinstance(value, dict) or shape.required or shape.default == {}
        if part.__name__ == "MonthDay":
            made.widget, made.children = "row", self.entries(made.place, part)
            return made
        made.widget = "group" if there else "absent"
        made.add = labels.add_label(shape.owner.__name__, shape.name, part.__name__)
        made.children = self.entries(made.place, part) if there else []
        made.note = "keep" if shape.required or shape.default == {} else ""
        made.open = shape.required or bool(value) or self.new[: len(made.place)] == made.place
        return made

    def _either(self, made: Entry, shape: Shape, value: Any) -> Entry:
        known = options(self.tree, kind_of(shape), made.place)
        now = ROUTES if isinstance(value, list) else str(value or "")
        pairs = [
            ("", _("Som virkningen sier, ellers neste steg")),
            *((one.key, one.name) for one in known),
            (ROUTES, _("Avhengig av saken")),
        ]
        if now and now not in {key for key, _word in pairs}:
            pairs.append((now, _("%(key)s (finnes ikke)") % {"key": now}))
        made.widget, made.refresh, made.name = "variant", True, f"{written(made.place)}#to"
        made.choices = [(key, word, key == now) for key, word in pairs]
        if isinstance(value, list):
            listed = Entry(made.place, written(made.place), "list", _("Veier videre"))
            made.children = [self._list(listed, shape, value)]
        return made

    def _mapping(self, made: Entry, shape: Shape, value: Any) -> Entry:
        told = value if isinstance(value, dict) else {}
        known = {one.key: one.name for one in options(self.tree, kind_of(shape), made.place)}
        known |= {key: key for key in told if key not in known}
        made.widget = "mapping"
        second = self._options(kind_of(shape), made.place) if shape.name == "feeds" else []
        for key, name in known.items():
            child = Entry(
                (*made.place, key),
                written((*made.place, key)),
                "input",
                name,
                value=shown_line(told.get(key, "")) if shape.inner == "text" else str(told.get(key, "")),
            )
            child.size = "short" if shape.inner == "number" or shape.name == "cells" else ""
            child.remarks = self.by_place.get(child.place, ())
            if second:
                child.widget = "select"
                child.choices = [
                    ("", "–", not child.value),
                    *((one.key, one.name, one.key == child.value) for one in second),
                ]
            made.children.append(child)
        return made

    def _list(self, made: Entry, shape: Shape, value: Any) -> Entry:
        present = value if isinstance(value, list) else []
        pair = pair_of(shape)
        if pair is not None and _no_twice(present, pair[0].name):
            return self._pairs(made, pair, present)
        part = shape.parts[0]
        known = shapes(part)
        made.add = labels.add_label(shape.owner.__name__, shape.name, part.__name__)
        made.named = shape.inner == "part" and "key" in known
        own_page = shape.inner == "part" and has_page(part)
        made.widget = "pages" if own_page else "grid" if self._is_grid(made.place, part) else "list"
        for index, value_ in enumerate(present):
            made.items.append(self._item((*made.place, index), shape, value_, len(present), own_page))
        if made.widget == "grid" and made.items:
            made.columns = [(entry.id, entry.label) for entry in _flat(made.items[0].entries)]
        if own_page and _is_share(known.get("weight")):
            weights = (one.get("weight") for one in present if isinstance(one, dict))
            total = sum(weight for weight in weights if isinstance(weight, int))
            made.note = _("Vektene blir %(total)s av 100.") % {"total": total}
        return made

    def _item(self, place: Place, shape: Shape, value: Any, count: int, own_page: bool) -> Item:
        part = class_of(shape, value) or shape.parts[0]
        index = int(place[-1])
        inside = sum(len(told) for where, told in self.by_place.items() if where[: len(place)] == place)
        made = Item(
            place, title_of(value) or labels.thing_label(part.__name__),
            str(value.get("key", "")) if isinstance(value, dict) else "",
            remarks=inside, first=index == 0, last=index == count - 1, open=self.new[: len(place)] == place or inside > 0,
        )  # fmt: skip
        if own_page:
            made.url = f"{self.address}?sted={written(place)}"
            made.entries = [
                self.entry((*place, name), one)
                for name, one in shapes(part).items()
                if name == "weight" and _is_share(one)
            ]
        elif "condition" in (shape.form, shape.inner):
            made.entries = [
                self._condition(Entry(place, written(place), "variant", labels.thing_label("Condition")), value)
            ]
            made.open = True
        elif shape.inner == "variants":
            made.entries = [
                self._variants(
                    Entry(place, written(place), "variant", labels.thing_label("DaysDeadline")), shape, value
                )
            ]
            made.open = True
        else:
            made.entries = self.entries(place, part)
            made.open = made.open or len(made.entries) <= 3
        return made

    def _is_grid(self, place: Place, part: type[BaseModel]) -> bool:
        """Whether each thing is a row of a matrix: a mapping to known keys is most of it."""
        maps = [shape for shape in shapes(part).values() if shape.form == "mapping"]
        return (
            len(maps) == 1
            and len(shapes(part)) <= 3
            and bool(options(self.tree, kind_of(maps[0]), (*place, 0, maps[0].name)))
        )

    def _pairs(self, made: Entry, pair: tuple[Shape, Shape], present: list[Any]) -> Entry:
        made.widget = "pairs"
        told = {
            item.get(pair[0].name): item.get(pair[1].name, pair[1].default)
            for item in present
            if isinstance(item, dict)
        }
        owner = pair[0].owner.__name__
        words = [(one, labels.choice_label(owner, pair[1].name, one)) for one in pair[1].choices]
        for one in pair[0].choices:
            now = str(told.get(one) or "")
            child = Entry(
                made.place, f"{written(made.place)}#set:{one}", "select", labels.choice_label(owner, pair[0].name, one)
            )
            child.choices = [("", _("Nei"), not now), *((key, word, key == now) for key, word in words)]
            made.children.append(child)
        made.columns = [("", labels.label_of(pair[0])), ("", labels.label_of(pair[1]))]
        return made


def _is_share(shape: Shape | None) -> bool:
    """Whether the weights of a list are shares of a hundred, and not votes."""
    return shape is not None and shape.most == 100


def _flat(entries: list[Entry]) -> list[Entry]:
    return [child for entry in entries for child in (entry.children if entry.widget == "mapping" else [entry])]


def _no_twice(present: list[Any], name: str) -> bool:
    keys = [item.get(name) for item in present if isinstance(item, dict)]
    return len(keys) == len(set(map(str, keys))) == len(present)


def shapes_of_condition() -> dict[str, Shape]:
    """The fields of a condition."""
    return shapes(Condition)


def has_page(part: type[BaseModel]) -> bool:
    """Whether a thing of the class has so much to it that it gets a page of its own."""
    known = shapes(part).values()
    nested = any(shape.form == "parts" and shape.inner == "part" for shape in known)
    return len(known) > SMALL or nested or part.__name__ in OWN_PAGE_AS_WELL


def _checks(made: Entry, known: list[Option], chosen: list[Any]) -> Entry:
    made.widget = "checks"
    keys = {one.key for one in known}
    strangers = [Option(str(one), _("%(key)s (finnes ikke)") % {"key": one}, ()) for one in chosen if one not in keys]
    made.choices = [(one.key, one.name, one.key in chosen) for one in [*known, *strangers]]
    return made


def _empty_word(shape: Shape) -> str:
    if shape.required:
        return _("Velg")
    return _("Som vanlig") if shape.owner.__name__ in ("MeetingRules", "WrittenRules") else _("Ikke valgt")


def _shown(shape: Shape, value: Any) -> str:
    if value is None:
        value = shape.default
    if value is None:
        return ""
    if shape.form in ("lines", "words"):
        return "\n".join(shown_line(item) for item in value) if isinstance(value, list) else str(value)
    if shape.form == "numbers":
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
