"""Forms: the frame with its key and version, fields with help and faults, and the summary of faults."""

from __future__ import annotations

import uuid

from django.forms import BaseForm, BoundField
from django.forms.widgets import (
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
    Textarea,
)
from django.template import Context
from django.utils.safestring import SafeString

from samstyr.foundation.ui.library import component, register


@register.simple_block_tag(takes_context=True)
def form(
    context: Context,
    content: SafeString,
    *,
    action: str = "",
    version: int | None = None,
    multipart: bool = False,
    id: str = "",
    unsaved: bool = True,
    css: str = "",
) -> SafeString:
    """A POST form with its CSRF token, a `_key` that makes it safe to send twice, and the `_version` it began from.

    `unsaved` warns before one leaves with unsaved text.
    """
    return component(
        "form",
        {
            "content": content,
            "action": action,
            "version": version,
            "multipart": multipart,
            "id": id,
            "unsaved": unsaved,
            "css": css,
            "key": uuid.uuid4().hex,
            "csrf_token": context.get("csrf_token"),
        },
    )


@register.simple_tag
def hidden_version(value: int) -> SafeString:
    """The `_version` alone, for a form that is written by hand."""
    return component("hidden_version", {"value": value})


def _is_group(field: BoundField) -> bool:
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.simple_tag
def field(
    bound: BoundField,
    *,
    help: str = "",
    prefix: str = "",
    suffix: str = "",
    size: str = "",
    counter: bool = True,
) -> SafeString:
    """One field: label, help, input and fault, tied together for screen readers.

    `help` replaces the field's own help text. `prefix` and `suffix` are units beside the input ("kr").
    `size` short or medium makes the input no wider than what belongs in it.
    """
    help_text = help or bound.help_text
    described = [f"{bound.auto_id}_help"] if help_text else []
    if bound.errors:
        described.append(f"{bound.auto_id}_fault")
    widget = bound.field.widget
    attributes: dict[str, str | bool] = {"class": f"ds-input {widget.attrs.get('class', '')}".strip()}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    limit = getattr(bound.field, "max_length", None)
    counted = bool(counter and limit and isinstance(widget, Textarea) and limit < 100_000)
    if counted:
        attributes["data-counter"] = str(limit)
    return component(
        "field",
        {
            "field": bound,
            "help": help_text,
            "input": _group(bound) if _is_group(bound) else bound.as_widget(attrs=attributes),
            "group": _is_group(bound),
            "described": " ".join(described),
            "check": isinstance(widget, CheckboxInput),
            "select": isinstance(widget, Select),
            "prefix": prefix,
            "suffix": suffix,
            "size": size,
            "limit": limit if counted else None,
        },
    )


def _group(bound: BoundField) -> SafeString:
    invalid = {"aria-invalid": "true"} if bound.errors else {}
    rows = []
    for choice in bound.subwidgets:
        choice.data["attrs"] = {**choice.data["attrs"], "class": "ds-input", **invalid}
        choice.data["wrap_label"] = False
        rows.append(
            {
                "input": choice.tag(),
                "id": choice.id_for_label,
                "label": choice.choice_label,
            }
        )
    return component("choices", {"rows": rows})


@register.simple_tag
def fields(whole: BaseForm) -> SafeString:
    """All the form's visible fields, one below the other, and its hidden ones."""
    return component("fields", {"form": whole})


@register.simple_tag
def error_summary(whole: BaseForm) -> SafeString:
    """Every fault in the form with a link to its field; takes focus when the page is shown. Nothing when none."""
    if not whole.is_bound or not whole.errors:
        return SafeString("")
    faults = [
        (f"#{_target(whole[name])}", _named(whole[name], str(message))) if name in whole.fields else ("", message)
        for name, messages in whole.errors.items()
        for message in messages
    ]
    return component("error_summary", {"faults": faults})


def _target(bound: BoundField) -> str:
    return f"{bound.auto_id}_0" if _is_group(bound) else str(bound.auto_id)


def _named(bound: BoundField, message: str) -> str:
    label = str(bound.label)
    return f"{label} {message}" if label.endswith(("?", ".", ":")) else f"{label}: {message}"
