"""Writing a candidate: facts, and rows for costs, staff and links."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.ui import htmx
from samstyr.web.posting import perform
from samstyr.web.posting import version_of as version_posted
from samstyr.web.scenarios.fields import converted, unit_of
from samstyr.web.scenarios.forms import CandidateForm, CostForm, LinkForm, StaffForm
from samstyr.web.scenarios.rows import Rows, typed
from samstyr.wheel.scenarios import actions, queries
from samstyr.wheel.scenarios.rules.values import CandidateValues, CostRow, LinkRow, StaffRow

from .parts import candidate_crumbs, candidate_of, choices, key_of, may_edit, url

TELLING = {"costs": ("amount",), "staff": ("role", "hours"), "links": ("other", "group")}


class Sheet:
    """The whole form: the facts and the three kinds of rows."""

    def __init__(self, request: Any, candidate: Any = None) -> None:
        self.request, self.candidate = request, candidate
        self.choices = choices(request)
        data = request.POST if request.method == "POST" else None
        self.unit = unit_of((data or request.GET).get("unit"))
        self.verb = (data or {}).get("verb", "save") if data is not None else ""
        if data is None:
            self._show(initial_of(candidate, self.choices))
        elif self.verb == "save":
            self._bind(data)
        else:
            self._again(data)

    def _options(self, part: str) -> dict[str, Any]:
        more: dict[str, dict[str, Any]] = {
            "costs": {"unit": self.unit, "choices": self.choices},
            "staff": {},
            "links": {"choices": self.choices},
        }
        return {"telling": TELLING[part], **more[part]}

    def _show(self, initial: dict[str, Any]) -> None:
        self.form = CandidateForm(initial=initial, choices=self.choices)
        for part, form_class in PARTS.items():
            setattr(self, part, Rows(part, form_class, initial=initial.get(part, []), **self._options(part)))

    def _bind(self, data: Any) -> None:
        self.form = CandidateForm(data, initial=initial_of(self.candidate, self.choices), choices=self.choices)
        for part, form_class in PARTS.items():
            setattr(self, part, Rows(part, form_class, data=data, **self._options(part)))

    def _again(self, data: Any) -> None:
        """As it was typed, with a row more or less, or with the amounts in the other unit."""
        shares = {key: data.get(f"share-{key}", "")[:3] for key, _name in self.choices.organisations}
        saved = initial_of(self.candidate, self.choices)
        form = typed(CandidateForm, data, choices=self.choices, initial=saved)
        self.form = CandidateForm(initial={**form, "own_shares": shares}, choices=self.choices)
        for part, form_class in PARTS.items():
            setattr(self, part, Rows.shown_again(part, form_class, data, verb=self.verb, **self._options(part)))
        if self.verb.startswith("unit-"):
            before, self.unit = self.unit, unit_of(self.verb.removeprefix("unit-"))
            rows = [{**row.initial, "amount": converted(row.initial.get("amount") or "", before, self.unit)}
                    for row in self.costs]  # fmt: skip
            self.costs = Rows("costs", CostForm, initial=rows, **self._options("costs"))

    costs: Rows
    staff: Rows
    links: Rows

    def is_valid(self) -> bool:
        """Whether all of it is right, every part being looked at."""
        self.shares = self.form.own_shares() if self.form.is_valid() else {}
        return all([self.form.is_valid(), *(getattr(self, part).is_valid() for part in PARTS)])

    def values(self) -> CandidateValues:
        """What was filled in, as the rules and actions take it."""
        data = self.form.cleaned_data
        texts = ("title", "focus_area", "kind", "owner", "description", "value_reason", "mandatory_reason", "cost_key")
        return CandidateValues(
            **{name: data.get(name, "") for name in texts},
            need=self.candidate.need_id if self.candidate else None,
            area=key_of(data.get("area", "")),
            goals=tuple(data.get("goals", ())),
            value=self._value(data.get("value")),
            risk=data.get("risk") or 0,
            mandatory=bool(data.get("mandatory")),
            earliest=data.get("earliest"),
            latest=data.get("latest"),
            duration=data["duration"],
            own_shares=self.shares,
            organisations=tuple(UUID(key) for key in data.get("organisations", ())),
            costs=tuple(
                CostRow(_number(row["offset"]), row["kind"], row["source"], row["amount"], row["continues"])
                for row in self.costs.values()
            ),
            staff=tuple(
                StaffRow(row["role"], _number(row["offset"]), row["hours"], row["continues"])
                for row in self.staff.values()
            ),
            links=tuple(_link(row) for row in self.links.values()),
        )

    def _value(self, given: int | None) -> int:
        if given is not None:
            return given
        return queries.value_of(self.candidate) if self.candidate else 0

    def told(self, fault: FieldError) -> None:
        """Put a fault from the rules at its field: ``costs.2.amount`` is the third filled row of the costs."""
        part, _dot, rest = fault.field.partition(".")
        if part in PARTS and rest:
            place, _dot, name = rest.partition(".")
            rows: Rows = getattr(self, part)
            if place.isdigit() and rows.add_fault(int(place), name, str(fault)):
                return
        self.form.add_error(fault.field if fault.field in self.form.fields else None, str(fault))

    def faults(self) -> list[tuple[str, str]]:
        """Every fault with a link to its field."""
        found = _faults(self.form)
        for part in PARTS:
            for at, row in getattr(self, part).filled():
                found += [(target, f"{row_name(part)} {at + 1}, {words}") for target, words in _faults(row)]
        return found


PARTS: dict[str, Any] = {"costs": CostForm, "staff": StaffForm, "links": LinkForm}


def row_name(part: str) -> str:
    """What a row of the part is called in the list of faults."""
    return {"costs": _("Kostnad, rad"), "staff": _("Bemanning, rad"), "links": _("Sammenheng, rad")}[part]


def _number(text: Any) -> int:
    return int(text or 0)


def _link(row: dict[str, Any]) -> LinkRow:
    grouped = row["kind"] == "one_of"
    return LinkRow(row["kind"], None if grouped else row["other"], row["group"] if grouped else "")


def _faults(form: BaseForm) -> list[tuple[str, str]]:
    if not form.is_bound:
        return []
    found = []
    for name, words in form.errors.items():
        for message in words:
            if name in form.fields:
                bound = form[name]
                found.append((f"#{bound.auto_id}", f"{bound.label}: {message}"))
            else:
                found.append(("", str(message)))
    return found


def initial_of(candidate: Any, offered: Any) -> dict[str, Any]:
    """The candidate as the form shows it."""
    if candidate is None:
        everybody = [key for key, _name in offered.organisations]
        return {"organisations": everybody, "risk": 0, "costs": [{}]}
    numbers = {key: number for number, key in offered.numbers.items()}
    names = (
        "title", "description", "owner", "kind", "focus_area", "goals", "cost_key", "value", "value_reason", "risk",
        "mandatory", "mandatory_reason", "earliest", "latest", "duration", "own_shares",
    )  # fmt: skip
    return {
        **{name: getattr(candidate, name) for name in names},
        "area": str(candidate.area_id or ""),
        "organisations": [str(part.organisation_id) for part in candidate.participants.all()],
        "costs": [
            {"offset": row.offset, "kind": row.kind, "source": row.source, "amount": row.amount, "continues": row.continues}
            for row in candidate.costs.all()
        ],
        "staff": [
            {"role": row.role, "offset": row.offset, "hours": row.hours, "continues": row.continues}
            for row in candidate.staff.all()
        ],
        "links": [
            {"kind": row.kind, "other": numbers.get(row.other_id, ""), "group": row.group}
            for row in candidate.links.all()
        ],
    }  # fmt: skip


def create(request: Any) -> HttpResponse:
    """A new candidate."""
    may_edit(request).require()
    sheet = Sheet(request)
    return _saved(request, sheet, actions.create_candidate) or _page(request, sheet)


def edit(request: Any, key: UUID) -> HttpResponse:
    """Change a candidate."""
    candidate = candidate_of(request, key)
    may_edit(request).require()
    sheet = Sheet(request, candidate)
    place = {"candidate_id": key, "version": version_posted(request)}
    return _saved(request, sheet, actions.save_candidate, **place) or _page(request, sheet)


def _saved(request: Any, sheet: Sheet, action: Any, **place: Any) -> HttpResponse | None:
    if request.method != "POST" or sheet.verb != "save" or not sheet.is_valid():
        return None
    try:
        candidate = perform(request, action, values=sheet.values(), **place)
    except Invalid as invalid:
        for fault in invalid.errors:
            sheet.told(fault)
        return None
    messages.success(request, _("Kandidaten er lagret."))
    return htmx.redirect_client(request, url(request, "candidate-detail", candidate.pk))


def _page(request: Any, sheet: Sheet) -> HttpResponse:
    candidate = sheet.candidate
    faults = sheet.faults()
    back = url(request, "candidate-detail", candidate.pk) if candidate else url(request, "candidate-list")
    context = {
        "candidate": candidate,
        "form": sheet.form,
        "costs": sheet.costs,
        "staff": sheet.staff,
        "links": sheet.links,
        "unit": sheet.unit,
        "choices": sheet.choices,
        "faults": faults,
        "back_url": back,
        "crumbs": candidate_crumbs(request, candidate),
    }
    return htmx.render(request, "scenarios/candidate_form.html", "whole", context, status=422 if faults else 200)
