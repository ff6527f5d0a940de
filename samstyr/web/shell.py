"""What every page's frame shows: tenant, navigation, tasks waiting. Filled in with the shell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame's context."""
    return {}
