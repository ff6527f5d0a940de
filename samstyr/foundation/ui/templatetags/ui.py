"""``{% load ui %}``: every component and filter. See ui/README.md for how each is used."""

from samstyr.foundation.ui.components import (  # noqa: F401  (importing registers them)
    actions,
    figures,
    forms,
    layout,
    lists,
    messages,
    submitted,
    trail,
    words,
)
from samstyr.foundation.ui.library import register

__all__ = ["register"]
