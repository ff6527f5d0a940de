"""What the frame round every page needs to know.

The web shell gives two variables to every page, usually from a context processor:

``navigation``
    A list of NavigationItem in the order of the governance loop. Items that stand after one another with the
    same `group` are shown under one heading; an empty group has no heading. At most one is `current`.
``shell``
    A Shell: who is logged in, in which arrangement, and where the frame's own links lead. Outside an
    arrangement it may hold only languages and the accessibility statement, which then stand in the footer.
    A refusal takes the frame when there is a navigation, else ``ui/bare.html``.

A page gives ``crumbs``, a list of Crumb from the top and down to but not including the page itself, or fills
the block ``breadcrumbs``.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class NavigationItem:
    """One entry in the rail. `count` is what waits for the person there; None shows no figure."""

    label: str
    url: str
    group: str = ""
    current: bool = False
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True)
class Crumb:
    """One step on the way down to a page."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Choice:
    """One entry in a menu of the frame: another arrangement, another language, a page about oneself."""

    label: str
    url: str
    current: bool = False
    note: str = ""


@dataclass(frozen=True)
class Shell:
    """The frame round a page for one person in one arrangement.

    Every address may be empty: its link is then left out. `demo` shows a strip that says that the figures
    are invented. `season` is a short sentence on where in the annual wheel we are, with `season_url`.
    `logout_url` and the choices in `languages` are sent by POST; a language's `note` is its code.
    """

    person_name: str = ""
    person_roles: tuple[str, ...] = ()
    tenant_name: str = ""
    home_url: str = "/"
    tenants: tuple[Choice, ...] = ()
    person_menu: tuple[Choice, ...] = ()
    languages: tuple[Choice, ...] = ()
    search_url: str = ""
    search_text: str = ""
    help_url: str = ""
    accessibility_url: str = ""
    logout_url: str = ""
    season: str = ""
    season_url: str = ""
    demo: bool = False
    footer_links: tuple[Choice, ...] = field(default=())
