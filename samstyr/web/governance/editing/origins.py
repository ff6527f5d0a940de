"""What a draft began with, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules.editing.checking import checked

EMPTY, FILE = "tom", "fil"


def template_title(name: str) -> str:
    """What one of the models that come with the product is called."""
    model = checked(bundles.text_of(name)).model
    return str(model.name) if model else name


def origin_words(row: Any) -> str:
    """What the draft began with, in words; empty for one that was not begun in the browser."""
    kind, _colon, name = row.origin.partition(":")
    if kind == "mal":
        return _("malen «%(name)s»") % {"name": template_title(name) if name in bundles.names() else name}
    if kind == "versjon":
        return _("versjon %(number)s") % {"number": name}
    return {FILE: _("filen det begynte med"), EMPTY: _("den tomme modellen")}.get(kind, "")
