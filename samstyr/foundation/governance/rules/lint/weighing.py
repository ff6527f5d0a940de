"""Criteria can be scored by, and a ranking by what there is: scales, references, and sort keys that say enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from samstyr.foundation.kernel.text import gettext_noop, say

from ..schema import GovernanceModel
from ..weighing import CriteriaStage, Criterion, Ranking
from .finding import Hit, Place, check
from .references import LOST

SEAT = "seat:"


@check("R-09")
def scales_rise(model: GovernanceModel) -> Iterator[Hit]:
    """Every level of a scale has a number, and each is above the one before it."""
    for index, stage in enumerate(model.criteria):
        place: Place = ("criteria", index, "scale")
        numbers = [level.number for level in stage.scale]
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers):
            yield Hit(
                "error", place, say(gettext_noop("Skalaen i «%(stage)s» har nivåer uten tall."), stage=stage.name)
            )
        elif len(known) < 2:
            yield Hit(
                "error",
                place,
                say(gettext_noop("«%(stage)s» har ingen skala med minst to nivåer."), stage=stage.name),
                say(gettext_noop("Legg til scale med nivåene fra lavt til høyt.")),
            )
        elif any(high <= low for low, high in pairwise(known)):
            yield Hit(
                "error",
                place,
                say(gettext_noop("Tallene på skalaen i «%(stage)s» stiger ikke."), stage=stage.name),
                say(gettext_noop("Skriv nivåene fra lavt til høyt, med stigende tall.")),
            )
        elif stage.threshold is not None and not known[0] <= stage.threshold <= known[-1]:
            yield Hit(
                "error",
                ("criteria", index, "threshold"),
                say(
                    gettext_noop("Terskelen %(threshold)s ligger utenfor skalaen, som går fra %(low)s til %(high)s."),
                    threshold=f"{stage.threshold:g}".replace(".", ","),
                    low=known[0],
                    high=known[-1],
                ),
            )


@check("R-07")
def levels_exist(model: GovernanceModel) -> Iterator[Hit]:
    """Anchors and demands of evidence name levels of the stage's own scale."""
    for index, stage in enumerate(model.criteria):
        for number, criterion in enumerate(stage.criteria):
            yield from _levels(stage, criterion, ("criteria", index, "criteria", number))


def _levels(stage: CriteriaStage, criterion: Criterion, place: Place) -> Iterator[Hit]:
    known = {level.key for level in stage.scale}
    for at, demand in enumerate(criterion.requires):
        if demand.above not in known:
            yield Hit("error", (*place, "requires", at), say(LOST, key=demand.above))
    for key in criterion.anchors:
        if key not in known:
            yield Hit("error", (*place, "anchors"), say(LOST, key=key))
    for at, question in enumerate(criterion.questions):
        for key in question.anchors:
            if key not in known:
                yield Hit("error", (*place, "questions", at, "anchors"), say(LOST, key=key))


@check("R-08")
def scorers_exist(model: GovernanceModel) -> Iterator[Hit]:
    """Those who score are roles, or sit in a body, of the model."""
    roles = {role.key for role in model.roles}
    seats = {f"{SEAT}{body.key}" for body in model.bodies}
    for index, stage in enumerate(model.criteria):
        for key in stage.scorers:
            if key not in roles | seats:
                words = (
                    say(gettext_noop("Organet «%(key)s» finnes ikke i modellen."), key=key.removeprefix(SEAT))
                    if key.startswith(SEAT)
                    else say(gettext_noop("Rollen «%(key)s» finnes ikke i modellen."), key=key)
                )
                yield Hit("error", ("criteria", index, "scorers"), words)


@check("R-07")
def ranking_refers(model: GovernanceModel) -> Iterator[Hit]:
    """The ranking names criteria, focus areas and kinds of measure that there are, and a method that has its means."""
    ranking = model.ranking
    if ranking is None:
        return
    criteria = {criterion.key for stage in model.criteria for criterion in stage.criteria}
    for key in ranking.tie_break:
        if key not in criteria:
            yield Hit("error", ("ranking", "tie_break"), say(LOST, key=key))
    if ranking.method == "weighted" and not model.criteria:
        yield Hit(
            "error",
            ("ranking", "method"),
            say(gettext_noop("Rangeringen skal følge vektede kriterier, men modellen har ingen.")),
            say(gettext_noop("Legg til criteria, eller velg en annen metode.")),
        )
    if ranking.method == "sort_keys" and not ranking.keys:
        yield Hit(
            "error",
            ("ranking", "keys"),
            say(gettext_noop("Rangeringen skal følge en fast rekkefølge, men sier ikke hvilken.")),
            say(gettext_noop("Legg til keys.")),
        )
    yield from _orders(model, ranking)


def _orders(model: GovernanceModel, ranking: Ranking) -> Iterator[Hit]:
    """A key by focus area or kind says in which order, by what the model has."""
    kinds = {kind.key for kind in model.plan.measure_kinds} if model.plan else set()
    allowed = {"focus_area": {area.key for area in model.strategy.focus_areas}, "kind": kinds}
    for number, sort_key in enumerate(ranking.keys):
        place: Place = ("ranking", "keys", number, "order")
        if sort_key.by in allowed and not sort_key.order:
            yield Hit(
                "error",
                place,
                say(gettext_noop("Rangeringen etter «%(by)s» sier ikke i hvilken rekkefølge."), by=sort_key.by),
                say(gettext_noop("Legg til order, med den viktigste først.")),
            )
        for key in sort_key.order:
            if sort_key.by not in allowed or key not in allowed[sort_key.by]:
                yield Hit("error", place, say(LOST, key=key))
