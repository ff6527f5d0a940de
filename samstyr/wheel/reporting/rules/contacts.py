"""Contact details taken out of what anybody may read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Eight digits in pairs, as 3-2-3, or together, with or without the country's own before them.
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:(?:\+|00)47[ ]?)?(?:\d{8}|\d{2}(?:[ ]\d{2}){3}|\d{3}[ ]\d{2}[ ]\d{3})(?![\w/-]|[.,]\d)"
)


def without_contacts(content: Mapping[str, Any], word: str) -> dict[str, Any]:
    """The report with e-mail addresses and telephone numbers in people's own words replaced by `word`."""

    def clean(text: str) -> str:
        return _PHONE.sub(word, _MAIL.sub(word, text))

    return {
        **content,
        "dimensions": [{**one, "sentence": clean(one["sentence"])} for one in content["dimensions"]],
        "sections": [{**one, "written": clean(one["written"])} for one in content["sections"]],
    }
