"""Figures that stand out, and how far something has come."""

from __future__ import annotations

from django.utils.safestring import SafeString

from samstyr.foundation.ui import formats
from samstyr.foundation.ui.library import component, fresh_id, register


@register.simple_block_tag
def stats(content: SafeString) -> SafeString:
    """A row of key figures; the content is ``{% stat %}`` tags."""
    return component("stats", {"content": content})


@register.simple_tag
def stat(label: str, value: object, *, note: str = "", url: str = "", tone: str = "") -> SafeString:
    """One key figure; `url` leads to its parts."""
    return component("stat", locals())


@register.simple_tag
def progress(value: int, of: int, label: str, *, unit: str = "") -> SafeString:
    """How many of how many, in words and as a bar."""
    return component(
        "progress",
        {
            "id": fresh_id("progress"),
            "value": value,
            "of": max(of, 1),
            "label": label,
            "shown": formats.number(value),
            "total": formats.number(of),
            "unit": unit,
        },
    )
