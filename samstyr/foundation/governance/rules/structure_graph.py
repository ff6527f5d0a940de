"""Who stands in the structure and how they are related: the ends of relations, named, and in layers from the top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samstyr.foundation.kernel.text import gettext_noop, say

from .schema import GovernanceModel
from .structure import Relation

# What a relation is called between its ends: «A gir mandat til B».
RELATIONS = {
    "mandates": gettext_noop("gir mandat til"),
    "outranks": gettext_noop("går foran"),
    "prepares_for": gettext_noop("forbereder saker for"),
    "advises": gettext_noop("gir råd til"),
    "consults": gettext_noop("rådfører seg med"),
    "reports_to": gettext_noop("rapporterer til"),
    "represents": gettext_noop("representerer"),
    "chairs": gettext_noop("leder"),
}
# The same in a word or two, for an arrow.
SHORT = {
    "mandates": gettext_noop("mandat"),
    "outranks": gettext_noop("går foran"),
    "prepares_for": gettext_noop("forbereder"),
    "advises": gettext_noop("råd"),
    "consults": gettext_noop("rådføring"),
    "reports_to": gettext_noop("rapport"),
    "represents": gettext_noop("representerer"),
    "chairs": gettext_noop("leder"),
}
DOWN = frozenset({"mandates", "outranks", "represents", "chairs"})
# Who asks whom says nothing of who stands above.
ASIDE = frozenset({"consults"})
# Relations by which one end is over the other.
BINDING = frozenset({"mandates", "outranks", "reports_to"})


@dataclass(frozen=True)
class End:
    """One who stands in the structure: the key, what it is, its name, and a line about it."""

    key: str
    kind: str
    name: str
    text: str = ""


def end_of(model: GovernanceModel, key: str) -> End | None:
    """Whom a relation's key names: a body, an outside party, an organisation, a hearing body, else a role."""
    body = model.body(key)
    if body:
        return End(key, "body", str(body.name), str(body.purpose or ""))
    outside = next((one for one in model.structure.outside if one.key == key), None)
    if outside:
        return End(key, "outside", str(outside.name), str(outside.text or ""))
    for kind, found in (
        ("organisation", model.slot(key)),
        ("hearing", model.hearing_body(key)),
        ("role", model.role(key)),
    ):
        if found:
            return End(key, kind, str(found.name))
    return None


def standing(model: GovernanceModel, day: date) -> list[End]:
    """Everybody in the structure on the day: the bodies in force, and those that relations name, in the model's order."""
    keys = [body.key for body in model.bodies if body.in_force(day)]
    gone = {body.key for body in model.bodies} - set(keys)
    for relation in model.structure.relations:
        keys += [key for key in (relation.source, relation.target) if key not in gone]
    found = (end_of(model, key) for key in dict.fromkeys(keys))
    return [end for end in found if end]


def related(model: GovernanceModel, day: date) -> list[Relation]:
    """The relations whose both ends stand in the structure on the day."""
    keys = {end.key for end in standing(model, day)}
    return [one for one in model.structure.relations if one.source in keys and one.target in keys]


def sentence(model: GovernanceModel, relation: Relation) -> str:
    """A relation in words: «DU forbereder saker for KommIT-rådet»."""
    source, target = end_of(model, relation.source), end_of(model, relation.target)
    return str(
        say(
            gettext_noop("%(from)s %(relation)s %(to)s"),
            **{
                "from": source.name if source else relation.source,
                "relation": say(RELATIONS[relation.kind]),
                "to": target.name if target else relation.target,
            },
        )
    )


def over_under(relation: Relation) -> tuple[str, str]:
    """Which end is drawn above, and which below."""
    pair = (relation.source, relation.target)
    return pair if relation.kind in DOWN else (pair[1], pair[0])


def layers(keys: Iterable[str], relations: Iterable[Relation]) -> list[list[str]]:
    """The keys in layers from the top. A relation that would close a ring is passed over, so that it always ends."""
    order = list(keys)
    below: dict[str, list[str]] = {key: [] for key in order}
    for relation in sorted(relations, key=lambda one: one.kind not in BINDING):
        over, under = over_under(relation)
        if relation.kind in ASIDE:
            continue
        if over != under and over in below and under in below and not _reaches(below, under, over):
            below[over].append(under)
    depth = dict.fromkeys(order, 0)
    for _round in order:
        for over in order:
            for under in below[over]:
                depth[under] = max(depth[under], depth[over] + 1)
    found: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for key in order:
        found[depth[key]].append(key)
    return [layer for layer in found if layer]


def ring(relations: Iterable[Relation]) -> list[str]:
    """The keys of a ring in which each is over the next, if the binding relations make one."""
    below: dict[str, list[str]] = {}
    for relation in relations:
        if relation.kind in BINDING:
            over, under = over_under(relation)
            if over != under and _reaches(below, under, over):
                return [over, under]
            below.setdefault(over, []).append(under)
    return []


def _reaches(below: dict[str, list[str]], start: str, goal: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        for key in below.get(here, ()):
            if key not in seen:
                seen.add(key)
                waiting.append(key)
    return False
