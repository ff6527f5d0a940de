"""A strategy, or a part of one, from a YAML file."""

from __future__ import annotations

import json

from pydantic import ValidationError

from samstyr.foundation.governance.rules.loading import LARGEST
from samstyr.foundation.governance.rules.reading import Unreadable, read
from samstyr.foundation.governance.rules.strategy import StrategyContent
from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say


def read_strategy(text: str) -> StrategyContent:
    """The strategy in the file: its own keys at the top, or a whole governance model with a `strategy`.

    Raises Invalid with line and place of each fault. Limits as for models: 200 kB, depth 40.
    """
    if len(text) > LARGEST:
        raise Invalid.field("text", say(gettext_noop("Filen er for stor. Den kan være på høyst 200 kB.")))
    if not text.strip():
        raise Invalid.field("text", say(gettext_noop("Filen er tom.")))
    if "\0" in text:
        raise Invalid.field("text", say(gettext_noop("Filen inneholder tegn som ikke er tekst.")))
    try:
        tree = read(text)
    except Unreadable as fault:
        line = say(gettext_noop("Linje %(line)s: %(fault)s"), line=str(fault.line), fault=str(fault.message))
        raise Invalid.field("text", line) from fault
    value = tree.value
    if not isinstance(value, dict):
        raise Invalid.field("text", say(gettext_noop("Filen må begynne med nøkler som «title» og «goals».")))
    inner = value.get("strategy") if "strategy" in value else value
    prefix: tuple[str | int, ...] = ("strategy",) if "strategy" in value else ()
    try:
        return StrategyContent.model_validate_json(json.dumps(inner), strict=True)
    except ValidationError as error:
        faults = []
        for one in error.errors(include_url=False)[:20]:
            place: tuple[str | int, ...] = prefix
            for part in one["loc"]:
                if (*place, part) in tree.positions:
                    place = (*place, part)
            where = ".".join(str(part) for part in one["loc"])
            text_ = gettext_noop("Linje %(line)s: «%(where)s» kan ikke leses.")
            faults.append(
                FieldError("text", say(text_, line=str(tree.positions.get(place, (1, 1))[0]), where=where[:200]))
            )
        raise Invalid(*faults) from error
