"""The one template library behind ``{% load ui %}``; the components register themselves on it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = Library()

_counter = itertools.count(1)


def component(name: str, context: Mapping[str, Any]) -> SafeString:
    """The HTML of one component's template, ``ui/components/<name>.html``."""
    return render_to_string(f"ui/components/{name}.html", dict(context))


def fresh_id(prefix: str) -> str:
    """An id that no other element on the page has."""
    return f"{prefix}-{next(_counter)}"
