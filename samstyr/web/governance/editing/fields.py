"""A field and a thing of a list as the editor's templates draw them."""

from __future__ import annotations

from dataclasses import dataclass, field

from samstyr.foundation.governance.rules.editing.checking import Remark
from samstyr.foundation.governance.rules.editing.places import Place, written


@dataclass
class Entry:
    """One field as the page shows it. `widget` names the part of the template that draws it."""

    place: Place
    name: str
    widget: str
    label: str
    help: str = ""
    value: str = ""
    choices: list[tuple[str, str, bool]] = field(default_factory=list)
    optional: bool = True
    refresh: bool = False
    remarks: tuple[Remark, ...] = ()
    children: list[Entry] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    add: str = ""
    named: bool = False
    note: str = ""
    open: bool = False
    input: str = "text"
    size: str = ""

    @property
    def id(self) -> str:
        """The field's id in the page; links to a place end in it."""
        return anchor(self.name)

    @property
    def described(self) -> str:
        """What describes the field to a screen reader."""
        return f"{self.id}_help {self.id}_told" if self.help else f"{self.id}_told"

    @property
    def at(self) -> str:
        """The place as operations name it."""
        return written(self.place)


@dataclass
class Item:
    """One thing of a list: on a page of its own (`url`), or with its fields here (`entries`)."""

    place: Place
    title: str
    key: str = ""
    url: str = ""
    entries: list[Entry] = field(default_factory=list)
    remarks: int = 0
    first: bool = False
    last: bool = False
    open: bool = False
    about: str = ""

    @property
    def at(self) -> str:
        """The place as operations name it."""
        return written(self.place)

    @property
    def id(self) -> str:
        """The thing's id in the page."""
        return anchor(written(self.place))


def anchor(name: str) -> str:
    """An id of a place or a field's name."""
    return "f-" + name.replace(".", "-").replace("#", "--").replace("%", "_").replace(":", "_").replace("=", "_")
