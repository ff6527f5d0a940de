"""The document's own text on its forums against what the model says of them (N-194)."""

from __future__ import annotations

from collections.abc import Iterator

from samstyr.foundation.kernel.text import gettext_noop, say

from ..schema import GovernanceModel
from .finding import Hit, Place, check


def _names(model: GovernanceModel, keys: tuple[str, ...]) -> str:
    found = [model.role(key) or model.body(key) for key in keys]
    return ", ".join(str(one.name) if one else key for one, key in zip(found, keys, strict=True))


@check("R-08")
def texts_are_of_bodies(model: GovernanceModel) -> Iterator[Hit]:
    """What the text is held against is in the model."""
    for index, item in enumerate(model.structure.forum_texts):
        for key in (*item.chairs, *item.offices):
            if model.role(key) is None:
                yield Hit("error", _at(index), say(gettext_noop("Rollen «%(key)s» finnes ikke i modellen."), key=key))
        for key in item.prepares:
            if model.body(key) is None:
                yield Hit("error", _at(index), say(gettext_noop("Organet «%(key)s» finnes ikke i modellen."), key=key))


@check("R-17")
def chairs_in_the_text(model: GovernanceModel) -> Iterator[Hit]:
    """Who the text says chairs a body, and whose seats it says there are, is what the model has."""
    for index, item in enumerate(model.structure.forum_texts):
        body = model.body(item.body)
        if body is None:
            continue
        if item.chairs and body.chair not in item.chairs:
            yield Hit(
                "warning",
                (*_at(index), "chairs"),
                say(
                    gettext_noop("Teksten i %(place)s sier at %(said)s leder «%(body)s». I modellen er det %(chair)s."),
                    place=item.place, said=_names(model, item.chairs), body=body.name,
                    chair=_names(model, (body.chair,) if body.chair else ()) or "–",
                ),
                say(gettext_noop("Velg hvem som leder, og rett det andre stedet.")),
            )  # fmt: skip
        offices = {group.office for version in body.versions for group in version.groups if group.office}
        if item.offices and not set(item.offices) <= offices | {body.chair}:
            yield Hit(
                "warning",
                (*_at(index), "offices"),
                say(
                    gettext_noop("Teksten i %(place)s sier at «%(body)s» består av %(said)s. I modellen er det andre plasser."),
                    place=item.place, said=_names(model, item.offices), body=body.name,
                ),
                say(gettext_noop("Velg hvem som sitter i organet, og rett det andre stedet.")),
            )  # fmt: skip


@check("R-15")
def prepared_in_the_text(model: GovernanceModel) -> Iterator[Hit]:
    """A text on one body says that cases are prepared for that body, not for others."""
    for index, item in enumerate(model.structure.forum_texts):
        body = model.body(item.body)
        if body and item.prepares and item.body not in item.prepares:
            yield Hit(
                "warning",
                (*_at(index), "prepares"),
                say(
                    gettext_noop("Teksten om «%(body)s» i %(place)s sier at det forberedes saker for %(said)s."),
                    place=item.place, body=body.name, said=_names(model, item.prepares),
                ),
                say(gettext_noop("Skriv organet teksten handler om.")),
            )  # fmt: skip


def _at(index: int) -> Place:
    return ("structure", "forum_texts", index)
