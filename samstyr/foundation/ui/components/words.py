"""Filters that write figures, dates and people's text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.template import Context
from django.utils.safestring import SafeString

from samstyr.foundation.ui import formats, links
from samstyr.foundation.ui.library import register
from samstyr.foundation.ui.markdown import render


@register.filter
def kr(value: formats.Number) -> str:
    """``{{ 1250000|kr }}`` → 1 250 000 kr"""
    return formats.kroner(value)


@register.filter
def tkr(value: formats.Number) -> str:
    """``{{ 1250000|tkr }}`` → 1 250, under a heading that says "i 1000 kr"."""
    return formats.thousand_kroner(value)


@register.filter
def tall(value: formats.Number) -> str:
    """``{{ 10000.5|tall }}`` → 10 000,5"""
    return formats.number(value)


@register.filter
def prosent(value: formats.Number) -> str:
    """``{{ 20.5|prosent }}`` → 20,5 %"""
    return formats.percent(value)


@register.filter
def dato(value: date | None) -> str:
    """``{{ day|dato }}`` → 05.06.2014"""
    return formats.day(value)


@register.filter
def dato_lang(value: date | None) -> str:
    """``{{ day|dato_lang }}`` → 5. juni 2014"""
    return formats.long_day(value)


@register.filter
def dato_tid(value: datetime | None) -> str:
    """``{{ moment|dato_tid }}`` → 05.06.2014 kl. 13.00"""
    return formats.moment(value)


@register.filter
def frist(value: date | None, today: date) -> str:
    """``{{ deadline|frist:today }}`` → om 3 dager"""
    return formats.days_until(value, today)


@register.filter
def markdown(value: str | None) -> SafeString:
    """People's text as safe HTML; put it inside ``<div class="prose">``."""
    return render(value)


@register.simple_tag(takes_context=True)
def address(context: Context, kind: str, key: object) -> str:
    """``{% address "need" need.id %}``: the path of the page for one thing in the page's tenant."""
    request: Any = context["request"]
    return links.address_of(kind, key, tenant=request.tenant.slug)
