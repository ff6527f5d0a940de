"""A path with its steps, and what has happened on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.safestring import SafeString

from samstyr.foundation.ui import formats
from samstyr.foundation.ui.library import component, register
from samstyr.foundation.ui.pieces import Phase, TrailEntry


@register.simple_tag
def phases(items: Iterable[Phase], label: str) -> SafeString:
    """The phase arrow: arrows for steps and diamonds for decision points, each with its state in words."""
    return component("phases", {"items": list(items), "label": label})


@register.simple_tag
def timeline(entries: Iterable[TrailEntry], *, level: int = 3) -> SafeString:
    """The trail, in the order it is given."""
    return component("timeline", {"entries": list(entries), "level": level})


@register.filter
def when(value: object) -> str:
    """A date or an instant, each in its own form."""
    if isinstance(value, datetime):
        return formats.moment(value)
    return formats.day(value) if isinstance(value, date) else str(value)
