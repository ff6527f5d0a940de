"""Forms of measurements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.web.casework.forms import DateField
from samstyr.wheel.strategy.rules.measuring import MeasurementValues


class FigureField(forms.DecimalField):
    """A figure as people write it: 1 234,5 or 1234.5, perhaps with its sign for per cent."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        kwargs.setdefault("error_messages", {"invalid": _("Dette er ikke et tall. Skriv for eksempel 99,7.")})
        super().__init__(max_digits=None, decimal_places=None, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The figure without spaces, with the decimal sign that Python knows."""
        text = str(value or "").replace("\u2212", "-").replace("%", "")
        return super().to_python("".join(text.split()).replace(",", "."))


class MeasurementForm(forms.Form):
    """A figure, the day it holds for, and where it is from."""

    value = FigureField(label=_("Tallet"))
    on = DateField(label=_("Dagen tallet gjelder"))
    source = forms.CharField(
        label=_("Hvor kommer tallet fra?"), max_length=200,
        help_text=_("For eksempel driftssystemet, en undersøkelse eller en opptelling."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Merknad"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_start = forms.BooleanField(
        label=_("Dette er utgangspunktet, som målet regnes fra"), required=False,
    )  # fmt: skip

    def values(self) -> MeasurementValues:
        """The form as the rules take it."""
        given = self.cleaned_data
        return MeasurementValues(
            given["on"], given["value"], given["source"], given["note"], bool(given.get("is_start"))
        )


class CorrectionForm(MeasurementForm):
    """Another figure in the place of one, and why."""

    reason = forms.CharField(label=_("Hvorfor rettes tallet?"), max_length=500)
    field_order = ("reason", "value", "on", "source", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_start"]


class TargetFilter(forms.Form):
    """Which targets to show."""

    q = forms.CharField(label=_("Søk"), required=False, max_length=200)
    stand = forms.ChoiceField(label=_("Hvordan det står til"), required=False)

    def __init__(self, *args: Any, states: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stand"].choices = [("", _("Alle")), *states]  # type: ignore[attr-defined]
