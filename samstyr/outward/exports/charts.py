"""The two charts of a plan as plain figures, for the document, the picture and the page; each says itself in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samstyr.foundation.ui.formats import thousand_kroner

from .content import PlanContent


@dataclass(frozen=True)
class Series:
    """One colour of the bars: its name and a figure a year."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """Stacked bars, one a year. `alt` says the same in words."""

    title: str
    years: tuple[int, ...]
    series: tuple[Series, ...]
    alt: str

    @property
    def totals(self) -> tuple[int, ...]:
        """The height of each bar."""
        return tuple(sum(one.values[at] for one in self.series) for at in range(len(self.years)))

    @property
    def most(self) -> int:
        """The highest bar."""
        return max(self.totals, default=0)


def charts_of(content: PlanContent) -> list[Chart]:
    """Cost per year by account type, and by municipality; none for a plan that costs nothing."""
    if not content.total:
        return []
    kinds = (Series(_("Investering"), content.investment), Series(_("Drift"), content.operating))
    payers = tuple(Series(row.name, row.amounts) for row in content.by_organisation if row.total)
    return [
        _chart(_("Kostnad per år etter type"), content.years, kinds),
        _chart(_("Kostnad per år etter kommune"), content.years, payers),
    ]


def _chart(title: str, years: tuple[int, ...], series: tuple[Series, ...]) -> Chart:
    said = "; ".join(
        f"{year}: " + ", ".join(f"{one.name} {thousand_kroner(one.values[at])}" for one in series)
        for at, year in enumerate(years)
    )
    alt = _("%(title)s, i 1000 kroner. %(said)s.") % {"title": title, "said": said}
    return Chart(title, years, series, alt)
