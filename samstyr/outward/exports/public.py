"""What leaves the house: no persons' names, and no text from the need behind a measure (I-22)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from .content import PlanContent, mapped


def public_content(content: PlanContent, people: Iterable[str]) -> PlanContent:
    """The content for everybody: those present as counts, and each known person's full name taken out of the texts.

    Names of one word are left, since they are words and places as often as people.
    """
    bare = content.model_copy(
        update={
            "measures": tuple(row.model_copy(update={"need_text": ""}) for row in content.measures),
            "decisions": tuple(row.model_copy(update={"present_names": ()}) for row in content.decisions),
        }
    )
    names = sorted({" ".join(name.split()) for name in people if len(name.split()) > 1}, key=len, reverse=True)
    if not names:
        return bare
    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in names) + r")(?!\w)", re.I
    )
    return mapped(bare, lambda text: pattern.sub(_("[navn utelatt]"), text))
