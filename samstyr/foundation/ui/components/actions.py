"""What one can press: buttons, links that look like buttons, menus, and buttons greyed with their reason."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString

from samstyr.foundation.ui.icons import icon_svg
from samstyr.foundation.ui.library import component, fresh_id, register


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small picture beside a word; hidden from screen readers, so never alone."""
    return icon_svg(name)


@register.simple_tag
def button(
    label: str,
    variant: str = "primary",
    *,
    color: str = "accent",
    type: str = "submit",
    name: str = "",
    value: str = "",
    icon: str = "",
    form: str = "",
    confirm: str = "",
    size: str = "",
) -> SafeString:
    """A button. `variant` is primary, secondary or tertiary; `color` accent, neutral or danger.

    `confirm` is a question shown in a dialog before the form is sent.
    """
    return component("button", locals())


@register.simple_tag
def link_button(
    label: str,
    url: str,
    variant: str = "primary",
    *,
    color: str = "accent",
    icon: str = "",
    size: str = "",
) -> SafeString:
    """A link that looks like a button: for going somewhere, never for changing anything."""
    return component("link_button", locals())


@register.simple_tag
def verdict_button(
    verdict: Any,
    label: str,
    variant: str = "primary",
    *,
    url: str = "",
    color: str = "accent",
    name: str = "",
    value: str = "",
    icon: str = "",
    confirm: str = "",
    size: str = "",
) -> SafeString:
    """A button when the verdict allows it, else greyed with the reason and who could, in plain sight.

    With `url` it is a link, without it a submit button.
    """
    return component("verdict_button", {**locals(), "id": fresh_id("why")})


@register.simple_block_tag
def menu(content: SafeString, label: str, *, align: str = "end", icon: str = "") -> SafeString:
    """More actions behind one button; the content is ``<li>`` elements. Works without JavaScript."""
    return component("menu", {"content": content, "label": label, "align": align, "icon": icon})
