"""Forms of the year: what to look at, new days for a period, what is done, and duties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.web.casework.forms import DateField

LONG = forms.Textarea(attrs={"rows": 3})


class LookForm(forms.Form):
    """Which body's, role's or own part of the year is shown; kept in the address, in bokmål."""

    organ = forms.ChoiceField(label=_("Organ"), required=False)
    rolle = forms.ChoiceField(label=_("Rolle"), required=False)
    mine = forms.BooleanField(label=_("Bare mitt"), required=False)
    ar = forms.CharField(required=False, widget=forms.HiddenInput)
    maned = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, bodies: Sequence[Any], roles: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("organ", bodies), ("rolle", roles)):
            self.fields[name].choices = [("", _("Alle")), *((row.key, str(row.name)) for row in rows)]  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """New days for a period, and why."""

    use_required_attribute = False

    starts_on = DateField(label=_("Første dag"))
    ends_on = DateField(label=_("Siste dag"))
    reason = forms.CharField(
        label=_("Hvorfor flyttes perioden?"),
        help_text=_("De som blir berørt, ser dette på siden til perioden."),
        widget=LONG,
        max_length=2_000,
    )


class StandingForm(forms.Form):
    """Whether a period is done, and a note."""

    use_required_attribute = False

    done_on = DateField(label=_("Ferdig den"), required=False, help_text=_("La stå tomt til alt er gjort."))
    dropped = forms.BooleanField(label=_("Dette ble ikke gjort i år"), required=False)
    note = forms.CharField(label=_("Merknad"), widget=LONG, required=False, max_length=10_000)


class DutyForm(forms.Form):
    """When a duty was done."""

    use_required_attribute = False

    done_on = DateField(label=_("Gjort den"))
    note = forms.CharField(label=_("Merknad"), widget=LONG, required=False, max_length=2_000)


class NewYearForm(forms.Form):
    """Which year to make."""

    use_required_attribute = False

    year = forms.IntegerField(label=_("År"), min_value=2000, max_value=2100)
