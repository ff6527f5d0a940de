"""How a page is laid out: cards, facts, tabs, the way down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from samstyr.foundation.ui import formats
from samstyr.foundation.ui.library import component, register
from samstyr.foundation.ui.pieces import Tab


@register.simple_block_tag
def card(
    content: SafeString,
    title: str = "",
    *,
    url: str = "",
    level: int = 2,
    tinted: bool = False,
    note: str = "",
) -> SafeString:
    """A framed part of a page; `level` is that of its heading."""
    return component("card", locals())


@register.simple_block_tag
def facts(content: SafeString, *, columns: int = 1) -> SafeString:
    """A list of label and value; the content is ``{% fact %}`` tags."""
    return component("facts", locals())


@register.simple_tag
def fact(label: str, value: Any = None) -> SafeString:
    """One label with its value; an en dash for nothing."""
    return component(
        "fact",
        {"label": label, "value": formats.NOTHING if value in (None, "") else value},
    )


@register.simple_block_tag
def fact_block(content: SafeString, label: str) -> SafeString:
    """As `fact`, with markup as the value."""
    return component("fact", {"label": label, "value": content})


@register.simple_tag
def tabs(items: Iterable[Tab], label: str) -> SafeString:
    """Views of the same thing, as links; `label` names the row to screen readers."""
    return component("tabs", {"items": list(items), "label": label})


@register.simple_tag
def breadcrumbs(crumbs: Any) -> SafeString:
    """The way down to the page; `crumbs` are shell.Crumb objects."""
    return component("breadcrumbs", {"crumbs": list(crumbs or ())})
