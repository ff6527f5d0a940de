"""What the pages of a round share: finding it, its tabs and its state."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.pieces import Status, Tab, Tone
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.shell import address
from samstyr.wheel.prioritisation import queries

TONES = {"open": Tone.INFO, "revealed": Tone.WARNING, "closed": Tone.SUCCESS}


def url(request: Any, name: str, *keys: Any) -> str:
    """The address in the request's arrangement."""
    return address(name, request.tenant.slug, *keys)


def round_of(request: Any, key: UUID) -> Any:
    """The round, if the person may read it. Raises NotFound."""
    row = queries.round_by_id(key)
    if row is None or not queries.may_read(request.actor, row):
        raise NotFound
    return row


def entry_of(request: Any, key: UUID, entry: UUID) -> Any:
    """A need's place in the round, if the person may read the round. Raises NotFound."""
    row = queries.entry_by_id(entry)
    if row is None or row.round_id != key or not queries.may_read(request.actor, row.round):
        raise NotFound
    return row


def may_manage(request: Any) -> Any:
    """Whether the person may lead rounds."""
    return may(request.actor, Act.PLAN_EDIT, queries.round_facts())


def may_score(request: Any, row: Any) -> Any:
    """Whether the person scores in the round."""
    return may(request.actor, Act.SCORE_GIVE, queries.named_facts(row, request.today))


def state_of(row: Any) -> Status:
    """The round's state in words."""
    return Status(row.get_state_display().capitalize(), TONES[row.state])


def frame(request: Any, row: Any, here: str) -> dict[str, Any]:
    """What every page of the round shows around its content; `here` is the address that is current."""
    score, manage, keyed = may_score(request, row), may_manage(request), queries.is_keyed(row)
    pages = [("round-detail", _("Behovene") if keyed else _("Møtet"))]
    if score and not keyed:
        pages.append(("round-score", _("Min vurdering")))
    pages.append(("round-ranking", _("Rangering")))
    if not keyed:
        pages.append(("round-robustness", _("Robusthet")))
    if manage:
        pages.append(("round-manage", _("Innstillinger")))
    return {
        "round": row,
        "state": state_of(row),
        "stage": stage_name(row),
        "keyed": keyed,
        "may_manage": manage,
        "may_score": score,
        "shown": queries.shows_scores(row),
        "tabs": [Tab(label, url(request, name, row.pk), name == here) for name, label in pages],
        "crumbs": crumbs(request, row if here == "round-agree" else None),
    }


def crumbs(request: Any, row: Any | None = None) -> list[Crumb]:
    """The way down to a round, or to a page below it."""
    found = [Crumb(_("Prioritering"), url(request, "round-list"))]
    if row is not None:
        found.append(Crumb(row.name, url(request, "round-detail", row.pk)))
    return found


def stage_name(row: Any) -> str:
    """The stage's name as it was when the round was opened."""
    if queries.is_keyed(row):
        return _("Fast rekkefølge")
    name = row.criteria.get("name") or row.stage
    return str(name if isinstance(name, str) else name.get("nb") or next(iter(name.values()), row.stage))
