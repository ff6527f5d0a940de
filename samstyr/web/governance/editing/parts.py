"""The parts of a model as the editor's menu has them, and which page a place is on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samstyr.foundation.governance.rules.editing.checking import Checked, Remark
from samstyr.foundation.governance.rules.editing.kinds import Shape, shapes
from samstyr.foundation.governance.rules.editing.places import Place, Tree, at, class_at, shape_at, title_of, written
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.ui.pieces import Tone

from .. import labels
from .entries import has_page
from .fields import anchor

ABOUT = "om"
LONGEST_NAME = 60
# The menu's groups. A part that is new to the format comes under the last.
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (gettext_lazy("Hvem"), ("organisations", "roles", "bodies", "hearing_bodies", "cooperation", "responsibility")),
    (gettext_lazy("Hvordan"), ("paths", "routines", "need_form", "plan", "project_model")),
    (gettext_lazy("Når"), ("wheel", "reports")),
    (gettext_lazy("Hva som veier"), ("criteria", "ranking", "goals", "focus_areas", "principles", "service_levels", "maturity")),
    (gettext_lazy("Annet"), ("findings",)),
)  # fmt: skip
SEVERITIES = {
    "fault": (gettext_lazy("Mangler"), Tone.DANGER), "error": (gettext_lazy("Feil"), Tone.DANGER),
    "warning": (gettext_lazy("Advarsel"), Tone.WARNING), "info": (gettext_lazy("Til opplysning"), Tone.INFO),
}  # fmt: skip


@dataclass
class PartLink:
    """A part in the menu: how many things it holds, and how many remarks there are in it."""

    label: str
    url: str
    current: bool
    count: int | None = None
    faults: int = 0
    remarks: int = 0


@dataclass
class PartGroup:
    """A heading of the menu with its parts."""

    name: str
    parts: list[PartLink] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """A remark as the panel shows it, with a link to its place."""

    severity: str
    label: str
    tone: Tone
    where: str
    message: Any
    remedy: Any
    url: str
    code: str = ""
    accepted: bool = False


def is_part(shape: Shape) -> bool:
    """Whether a field of the model is a part with a page of its own."""
    return shape.form in ("parts", "part") and shape.name != "source"


def menu(checked: Checked, address: str, current: Place, page: str) -> list[PartGroup]:
    """The menu of parts. `page` is ``oversikt`` on the overview."""
    known = shapes(GovernanceModel)
    parts = [name for name, shape in known.items() if is_part(shape)]
    named = {name for _label, names in GROUPS for name in names}
    first = PartGroup(_("Modellen"))
    first.parts.append(PartLink(_("Oversikt"), address, page == "oversikt"))
    own = [item for item in checked.remarks if not item.place or item.place[0] not in parts]
    about = PartLink(_("Om modellen"), f"{address}?sted={ABOUT}", page == ABOUT)
    about.remarks, about.faults = _counts(own)
    first.parts.append(about)
    groups = [first]
    for label, names in GROUPS:
        group = PartGroup(str(label))
        more = [name for name in parts if name not in named] if label is GROUPS[-1][0] else []
        for name in [*(one for one in names if one in known), *more]:
            value = checked.tree.get(name)
            link = PartLink(labels.label_of(known[name]), f"{address}?sted={name}", current[:1] == (name,))
            link.count = len(value) if isinstance(value, list) and value else None
            link.remarks, link.faults = _counts(checked.within((name,)))
            group.parts.append(link)
        groups.append(group)
    return groups


def _counts(remarks: Iterable[Remark]) -> tuple[int, int]:
    told = list(remarks)
    grave = sum(
        1 for item in told if item.severity in ("fault", "error") and not (item.finding and item.finding.resolved)
    )
    return len(told), grave


def page_of(tree: Tree, place: Place) -> Place:
    """The place of the page that the place is shown on; empty for what is told of the model itself."""
    if not place or not is_part(shapes(GovernanceModel).get(str(place[0])) or shapes(GovernanceModel)["format"]):
        return ()
    for end in range(len(place), 1, -1):
        part = class_at(tree, place[:end]) if isinstance(place[end - 1], int) else None
        if part is not None and has_page(part) and _is_item(tree, place[:end]):
            return place[:end]
    return place[:1]


def _is_item(tree: Tree, place: Place) -> bool:
    shape = shape_at(tree, place[:-1])
    return shape is not None and shape.form == "parts" and shape.inner == "part"


def address_of(tree: Tree, address: str, place: Place) -> str:
    """The address of the place: its page, and the field in it."""
    page = page_of(tree, place)
    return f"{address}?sted={written(page) or ABOUT}#{anchor(written(place))}"


def where(tree: Tree, place: Place) -> str:
    """The place in words: ``Organer: Ledergruppen: Sammensetning``."""
    words: list[str] = []
    for end in range(1, len(place) + 1):
        if isinstance(place[end - 1], int):
            part = class_at(tree, place[:end])
            title = title_of(at(tree, place[:end])) or (labels.thing_label(part.__name__) if part else "")
            words.append(textwrap.shorten(title, LONGEST_NAME, placeholder="…"))
        else:
            shape = shape_at(tree, place[:end])
            words.append(
                labels.label_of(shape) if shape is not None and shape.name == place[end - 1] else str(place[end - 1])
            )
    return ": ".join(word for word in words if word)


def crumbs_of(tree: Tree, place: Place) -> list[tuple[str, Place]]:
    """The pages above the place's page, from the part down, without itself."""
    found: list[tuple[str, Place]] = []
    for end in range(1, len(place)):
        if page_of(tree, place[:end]) == place[:end]:
            name = where(tree, place[:end]).split(": ")[-1]
            found.append((name, place[:end]))
    return found


def told(checked: Checked, address: str, accepted: Iterable[str] = (), within: Place | None = None) -> list[Told]:
    """Every remark for the panel, gravest first; only those on one page when `within` is given."""
    known = set(accepted)
    found = []
    for item in checked.remarks:
        if within is not None and page_of(checked.tree, item.place) != within:
            continue
        label, tone = SEVERITIES[item.severity]
        taken = bool(item.finding and (item.finding.resolved or item.finding.identity in known))
        found.append(
            Told(
                item.severity, str(label), tone, where(checked.tree, item.place) or _("Modellen"), item.message, item.remedy,
                address_of(checked.tree, address, item.place), item.code, taken,
            )
        )  # fmt: skip
    order = list(SEVERITIES)
    return sorted(found, key=lambda one: (one.accepted, order.index(one.severity)))
