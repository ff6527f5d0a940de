"""Figures, dates and percentages the way Norwegian public bodies write them.

Source: Språkrådet, "Tall, tid og dato" (domain.md section 10): 10 000, 20,5, 05.06.2014, kl. 13.00, 5 %.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.clock import OSLO

SPACE = "\u00a0"
MINUS = "\u2212"
NOTHING = "–"

Number = int | float | Decimal | str | None


def number(value: Number, decimals: int | None = None) -> str:
    """A figure with no-break spaces between thousands and a decimal comma; an en dash for nothing.

    `decimals` is how many to show; None shows those that the figure has, without trailing zeros.
    """
    if value is None or value == "":
        return NOTHING
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not exact.is_finite():
        return NOTHING
    text = f"{abs(exact):,.{decimals}f}" if decimals is not None else f"{abs(exact):,f}"
    whole, point, rest = text.partition(".")
    if decimals is None:
        rest = rest.rstrip("0")
    sign = MINUS if exact < 0 and (whole.strip("0,") or rest.strip("0")) else ""
    return sign + whole.replace(",", SPACE) + ("," + rest if point and rest else "")


def kroner(value: Number) -> str:
    """An amount in kroner with its unit: ``1 250 000 kr``."""
    text = number(value)
    return text if text == NOTHING else f"{text}{SPACE}kr"


def thousand_kroner(value: Number) -> str:
    """An amount in kroner shown in whole thousands without unit, which the heading must say.

    Exact: 1 250 500 kroner is ``1 250,5``, since rounded figures would not add up.
    """
    if value is None or value == "":
        return NOTHING
    return number(Decimal(str(value)) / 1000)


def percent(value: Number) -> str:
    """A figure that already is per cent, with a no-break space: ``20,5 %``."""
    text = number(value)
    return text if text == NOTHING else f"{text}{SPACE}%"


def _in_oslo(value: date) -> date:
    return value.astimezone(OSLO) if isinstance(value, datetime) and value.tzinfo else value


def day(value: date | None) -> str:
    """A date as ``05.06.2014``; an instant gives its date in Norway."""
    return f"{_in_oslo(value):%d.%m.%Y}" if value else NOTHING


def long_day(value: date | None) -> str:
    """A date in words: ``5. juni 2014``."""
    if not value:
        return NOTHING
    pattern = "j F Y" if (get_language() or "").startswith("en") else "j. F Y"
    return date_format(_in_oslo(value), pattern).replace(" ", SPACE)


def moment(value: datetime | None) -> str:
    """An instant in Norwegian time: ``05.06.2014 kl. 13.00``."""
    if not value:
        return NOTHING
    local = _in_oslo(value)
    return _("%(date)s kl. %(time)s") % {
        "date": f"{local:%d.%m.%Y}",
        "time": f"{local:%H.%M}",
    }


def days_until(value: date | None, today: date) -> str:
    """How far away a deadline is, in words: ``i dag``, ``om 3 dager``, ``2 dager over fristen``."""
    if not value:
        return NOTHING
    days = (value - today).days
    if days == 0:
        return _("i dag")
    if days == 1:
        return _("i morgen")
    if days > 1:
        return _("om %(days)s dager") % {"days": number(days)}
    if days == -1:
        return _("1 dag over fristen")
    return _("%(days)s dager over fristen") % {"days": number(-days)}
