"""Which Word template is in use."""

from __future__ import annotations


def template_in_use() -> bytes | None:
    return None
