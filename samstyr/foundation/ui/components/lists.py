"""Tables that sort by link, pages, and filters that live in the address."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.forms import BaseForm
from django.http import QueryDict
from django.template import Context
from django.utils.safestring import SafeString

from samstyr.foundation.ui.library import component, register


def _query(context: Context, **changes: str | None) -> str:
    """The page's address query with some parts changed; None takes a part out."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return "?" + query.urlencode()


@register.simple_block_tag
def table(
    content: SafeString,
    caption: str,
    *,
    hide_caption: bool = False,
    cards: bool = True,
    id: str = "",
) -> SafeString:
    """A table with its caption; the content is ``<thead>`` and ``<tbody>``.

    With `cards` each row becomes a card on a narrow screen, and each cell needs ``data-label``; without, the
    table scrolls sideways.
    """
    return component("table", locals())


@register.simple_tag(takes_context=True)
def th(
    context: Context,
    label: str,
    *,
    sort: str = "",
    numeric: bool = False,
    parameter: str = "sort",
    note: str = "",
) -> SafeString:
    """A column heading. With `sort` it is a link that sorts by that name, and back to front when pressed again.

    The address holds ``?sort=name`` or ``?sort=-name``; filters are kept and the page number is dropped.
    """
    request = context.get("request")
    now = request.GET.get(parameter, "") if request is not None else ""
    order = ""
    if sort and now.removeprefix("-") == sort:
        order = "descending" if now.startswith("-") else "ascending"
    target = f"-{sort}" if order == "ascending" else sort
    return component(
        "th",
        {
            "label": label,
            "sort": sort,
            "numeric": numeric,
            "order": order,
            "note": note,
            "url": _query(context, **{parameter: target, "page": None}) if sort else "",
        },
    )


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], *, parameter: str = "page") -> SafeString:
    """Links to the pages of a list, and which of how many are shown; the filters are kept."""
    numbers = [
        (
            number if isinstance(number, int) else None,
            _query(context, **{parameter: str(number)}),
        )
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return component(
        "pagination",
        {
            "page": page,
            "numbers": numbers,
            "previous": _query(context, **{parameter: str(page.number - 1)}) if page.has_previous() else "",
            "next": _query(context, **{parameter: str(page.number + 1)}) if page.has_next() else "",
        },
    )


@register.simple_tag(takes_context=True)
def filters(
    context: Context,
    form: BaseForm,
    *,
    target: str = "",
    label: str = "",
    sort_parameter: str = "sort",
) -> SafeString:
    """A form's fields as filters in the address. `target` is the id of the list that htmx then replaces."""
    request = context.get("request")
    path = request.path if request is not None else ""
    sort = request.GET.get(sort_parameter, "") if request is not None else ""
    active = [name for name in form.fields if any(request.GET.getlist(name))] if request is not None else []
    return component(
        "filters",
        {
            "form": form,
            "target": target,
            "path": path,
            "sort": sort,
            "sort_parameter": sort_parameter,
            "active": len(active),
            "label": label,
        },
    )
