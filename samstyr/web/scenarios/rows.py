"""Forms with rows that are added and taken away: by the server alone, so that they work without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

MOST_ROWS = 60


def number_of(text: str, most: int) -> int:
    """A whole number from a form, no higher than `most`; 0 when it is none."""
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def typed(form_class: type[forms.Form], data: QueryDict, prefix: str = "", **options: Any) -> dict[str, Any]:
    """What stands in the fields of the form as it was typed, to show it again before anything is checked."""
    plain = form_class(prefix=prefix or None, **options)
    return {
        name: field.widget.value_from_datadict(data, plain.files, plain.add_prefix(name))
        for name, field in plain.fields.items()
    }


class Rows:
    """The rows of one part of a form. Their number is sent as ``<prefix>-rows``.

    Unbound they show `initial`, and one empty row when there is none. Bound they check themselves; rows left
    blank, where none of the `telling` fields is filled in, are passed over.
    """

    def __init__(
        self,
        prefix: str,
        form_class: type[forms.Form],
        *,
        data: QueryDict | None = None,
        initial: Sequence[Mapping[str, Any]] = (),
        telling: Sequence[str],
        **options: Any,
    ) -> None:
        self.prefix, self.form_class, self.telling, self.options = prefix, form_class, tuple(telling), options
        self.bound = data is not None
        if data is not None:
            count = number_of(data.get(f"{prefix}-rows", ""), MOST_ROWS)
            self.forms = [form_class(data, prefix=f"{prefix}-{at}", **options) for at in range(count)]
        else:
            self.forms = [
                form_class(initial=dict(row), prefix=f"{prefix}-{at}", **options) for at, row in enumerate(initial)
            ]

    @classmethod
    def shown_again(
        cls, prefix: str, form_class: type[forms.Form], data: QueryDict, *, verb: str, **options: Any
    ) -> Rows:
        """The rows as they were typed, with one more or one less when `verb` is ``add-<prefix>`` or ``remove-<prefix>-2``."""
        telling = options.pop("telling")
        count = number_of(data.get(f"{prefix}-rows", ""), MOST_ROWS)
        values = [typed(form_class, data, f"{prefix}-{at}", **options) for at in range(count)]
        if verb == f"add-{prefix}" and count < MOST_ROWS:
            values.append({})
        if verb.startswith(f"remove-{prefix}-"):
            at = verb.removeprefix(f"remove-{prefix}-")
            values = [row for index, row in enumerate(values) if str(index) != at]
        return cls(prefix, form_class, initial=values, telling=telling, **options)

    def __iter__(self) -> Iterator[forms.Form]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    def filled(self) -> list[tuple[int, forms.Form]]:
        """The rows that somebody has written in, with their places."""
        return [(at, form) for at, form in enumerate(self.forms) if self._told(form)]

    def is_valid(self) -> bool:
        """Whether every row that is filled in is right; blank rows lose their faults."""
        right = True
        for form in self.forms:
            if not self._told(form):
                form.full_clean()
                form.errors.clear()
            elif not form.is_valid():
                right = False
        return right

    def values(self) -> list[dict[str, Any]]:
        """The filled rows' cleaned values; after `is_valid`."""
        return [form.cleaned_data for _at, form in self.filled()]

    def add_fault(self, order: int, field: str, message: str) -> bool:
        """Put a fault at the field of the `order`-th filled row. False when there is no such row or field."""
        filled = self.filled()
        if order >= len(filled):
            return False
        form = filled[order][1]
        name = field if field in form.fields else next(iter(form.fields))
        form.add_error(name, message)
        return True

    def _told(self, form: forms.Form) -> bool:
        return any(str(form[name].value() or "").strip() for name in self.telling)
