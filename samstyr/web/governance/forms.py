"""Forms of the model's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGEST = 200_000


class CheckForm(forms.Form):
    """A model to check: pasted or uploaded."""

    text = forms.CharField(
        label=_("Modellen som YAML"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "code"}),
        help_text=_("Lim inn teksten, eller velg en fil under."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Fil"), required=False, help_text=_("En YAML-fil på høyst 200 kB, lagret som UTF-8.")
    )
    reason = forms.CharField(
        label=_("Hva er endret, og hvorfor?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, and not too large."""
        data = super().clean() or {}
        file = data.get("file")
        if file is not None and file.size > LARGEST:
            raise ValidationError({"file": _("Filen er for stor. Den kan være på høyst 200 kB.")})
        if file is None and not data.get("text", "").strip():
            raise ValidationError({"text": _("Lim inn en modell, eller velg en fil.")})
        return data

    def content(self) -> str | bytes:
        """What to read; a chosen file goes before the pasted text."""
        file = self.cleaned_data.get("file")
        return file.read() if file is not None else str(self.cleaned_data["text"])


class AcceptForm(forms.Form):
    """Why a finding can stand."""

    finding = forms.CharField(widget=forms.HiddenInput, max_length=300)
    reason = forms.CharField(
        label=_("Hvorfor kan funnet aksepteres?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AdoptForm(forms.Form):
    """Who adopted, and from when."""

    adopted_by = forms.CharField(
        label=_("Vedtatt av"),
        max_length=200,
        help_text=_("Organet eller rollen som har vedtatt modellen, ikke en person."),
    )
    valid_from = forms.DateField(
        label=_("Gjelder fra"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Saker som er i gang, fortsetter etter den versjonen de begynte under."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Merknad"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class KeeperForm(AdoptForm):
    """As above, and who may change the model from then on, where nobody has the version's role for it."""

    keeper = forms.ChoiceField(
        label=_("Hvem skal kunne endre styringsmodellen?"),
        help_text=_("Ingen har rollen som gir rett til det i denne versjonen. Personen får den fra første dag."),
        error_messages={"required": _("Velg en person.")},
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].choices = [("", _("Velg person")), *people]  # type: ignore[attr-defined]


class ComparisonForm(forms.Form):
    """Which version to compare with."""

    other = forms.ChoiceField(label=_("Sammenlign med"))

    def __init__(self, *args: Any, others: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            (str(row.pk), _("Versjon %(number)s") % {"number": row.number}) for row in others
        ]


class RehearsalForm(forms.Form):
    """The imagined case."""

    path = forms.ChoiceField(label=_("Beslutningsvei"))
    start = forms.DateField(label=_("Meldt inn"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    total_cost = forms.IntegerField(label=_("Samlet kostnad i kroner"), required=False, min_value=0, max_value=10**12)
    joint = forms.BooleanField(label=_("Gjelder alle kommunene"), required=False)
    personal_data = forms.BooleanField(label=_("Behandler personopplysninger"), required=False)
    archive = forms.BooleanField(label=_("Gjelder arkiv"), required=False)
    work_changes = forms.BooleanField(label=_("Endrer arbeidet for ansatte"), required=False)

    def __init__(self, *args: Any, model: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["path"].choices = [(path.key, str(path.name)) for path in model.paths]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the path's conditions may ask."""
        data = self.cleaned_data
        cost = data["total_cost"] or 0
        return {
            "total_cost": cost,
            "first_year_cost": cost,
            "investment_cost": cost,
            "operating_cost": 0,
            "scope": "joint" if data["joint"] else "single",
            "shared": data["joint"],
            "personal_data": data["personal_data"],
            "archive": data["archive"],
            "work_changes": data["work_changes"],
            "statutory": False,
            "has_product": False,
            "late": False,
            "subject": data["path"],
        }
