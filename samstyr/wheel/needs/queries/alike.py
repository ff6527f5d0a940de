"""Needs like the one being written."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from samstyr.foundation.access import Actor

from ..models import Need
from ..rules.similarity import ALIKE, boil, likeness
from ..rules.wording import stems
from .reading import visible_to

MOST_COMPARED = 300
MOST_SHOWN = 5
LONGEST = 4_000


@dataclass(frozen=True)
class Alike:
    """A need like the text, with how alike from 0 to 100 and the words in common."""

    need: Need
    score: int
    common: tuple[str, ...]


def similar_to(
    actor: Actor, title: str, text: str = "", *, exclude: UUID | None = None, least: int = ALIKE
) -> list[Alike]:
    """At most five needs like the text, most alike first, among those the actor may read.

    The title's words choose the 300 newest candidates; without title words, the text's first ones do.
    An empty text is like nothing.
    """
    chosen = list(dict.fromkeys(stems(title[:200]) or stems(text[:LONGEST])))[:8]
    if not chosen:
        return []
    shares = Q()
    for one in chosen:
        shares |= Q(search_text__contains=f" {one}")
    rows = (
        visible_to(actor)
        .filter(shares)
        .exclude(pk__in=[exclude] if exclude else [])
        .select_related("unit", "organisation")
        .order_by("-created_at")[:MOST_COMPARED]
    )
    mine = boil(title[:200], text[:LONGEST])
    found = []
    for need in rows:
        same = likeness(mine, boil(need.title, f"{need.need} {need.effect}"))
        if same.score >= least:
            found.append(Alike(need, same.score, same.common[:8]))
    return sorted(found, key=lambda one: -one.score)[:MOST_SHOWN]
