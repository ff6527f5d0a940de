"""Makes a row of any tenant table by looking at its columns, with a canary in every text that can hold one.

A table with rules of its own that a guessed row would break gets a line in `SPECIAL`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import models

from samstyr.foundation.tenancy.models import TenantModel

_numbers = itertools.count(1)
_ROOM_FOR_A_CANARY = 24
_SMALL = 32_000

# Model label → what to give instead of the guess, per column.
SPECIAL: dict[str, Callable[[], dict[str, Any]]] = {
    "samstyr.StrategyVersion": lambda: {"content": {"title": canary("strategi")}, "fates": {}, "process": {}},
    "samstyr.StrategyStep": lambda: {"content": {}},
    "samstyr.Meeting": lambda: {"starts_at": time(9), "ends_at": time(11)},
    "samstyr.Treatment": lambda: {"evidence": [], "checks": [], "binds": []},
}


def canary(word: str) -> str:
    """A text that occurs nowhere else, 24 characters or fewer, beginning with the tenant's own word."""
    return f"kanari-{word}-{next(_numbers):x}"


def fill(model: type[TenantModel], word: str, **values: Any) -> Any:
    """Save a row of `model`, with the rows it must point at, into the tenant in scope; `values` are not guessed."""
    given = SPECIAL.get(model._meta.label, dict)() | values
    row = model()
    for column in model._meta.concrete_fields:
        if column.name in ("id", "tenant", "version"):
            continue
        setattr(row, column.name, given[column.name] if column.name in given else _value(column, word))
    row.save(force_insert=True)
    return row


def _value(column: models.Field[Any, Any], word: str) -> Any:
    if isinstance(column, models.ForeignKey):
        target = column.related_model
        if column.null or not issubclass(target, TenantModel):  # type: ignore[arg-type]
            return None
        return fill(target, word)  # type: ignore[arg-type]
    if column.null and isinstance(column, (models.DateField, models.BooleanField)):
        return None  # not yet closed, ended, erased
    if column.choices:
        return column.choices[0][0]
    return _plain_value(column, word)


def _plain_value(column: models.Field[Any, Any], word: str) -> Any:
    match column:
        case models.JSONField():
            return [canary(word)] if column.default is list else {"canary": canary(word)}
        case models.DateTimeField():
            return datetime(2026, 2, 10, 11, 0, tzinfo=UTC)
        case models.DateField():
            return date(2026, 2, 10)
        case models.UUIDField():
            return uuid4()
        case models.BooleanField():
            return column.default if column.has_default() else False
        case models.SmallIntegerField() | models.PositiveSmallIntegerField():
            return next(_numbers) % _SMALL + 1  # a long run counts past what the column holds
        case models.IntegerField():
            return next(_numbers)
        case models.DecimalField():
            return Decimal(next(_numbers) % 1000)
        case models.URLField():
            return f"https://example.org/{canary(word)}"
        case models.EmailField():
            return f"{canary(word)}@example.org"
        case models.FileField():
            return canary(word)
        case models.CharField():
            return canary(word) if (column.max_length or 0) >= _ROOM_FOR_A_CANARY else _short(column.max_length or 1)
        case models.TextField():
            return canary(word)
        case models.BinaryField():
            return canary(word).encode()
    raise TypeError(f"no value for {column}; add the table to SPECIAL")


def _short(length: int) -> str:
    return f"{next(_numbers):x}"[-length:]


def texts_of(model: type[TenantModel]) -> list[str]:
    """The columns that can hold a canary."""
    return [
        column.attname
        for column in model._meta.concrete_fields
        if isinstance(column, (models.JSONField, models.TextField, models.FileField, models.BinaryField))
        or (isinstance(column, models.CharField) and (column.max_length or 0) >= _ROOM_FOR_A_CANARY)
        if not column.choices
    ]
