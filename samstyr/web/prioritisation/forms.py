"""Forms of prioritisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.web.casework.forms import DateField

Choices = list[tuple[str, str]]


def _long(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ChooseForm(forms.Form):
    """Which stage a new round is at, which round it builds on, and which needs to choose among."""

    trinn = forms.ChoiceField(label=_("Trinn"), required=False)
    forrige = forms.ChoiceField(label=_("Bygger på runden"), required=False)
    enhet = forms.ChoiceField(label=_("Tjeneste"), required=False)
    q = forms.CharField(label=_("Søk i behovene"), required=False, max_length=200)

    def __init__(self, *args: Any, stages: Choices, rounds: Choices, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trinn"].choices = stages  # type: ignore[attr-defined]
        self.fields["forrige"].choices = [("", _("Ingen")), *rounds]  # type: ignore[attr-defined]
        self.fields["enhet"].choices = [("", _("Alle")), *units]  # type: ignore[attr-defined]
        if not rounds:
            del self.fields["forrige"]


class DetailsForm(forms.Form):
    """What can be changed of a round while it is under way."""

    name = forms.CharField(label=_("Navn på runden"), max_length=200)
    capacity = forms.IntegerField(
        label=_("Hvor mange tiltak er det plass til?"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Streken i rangeringen settes her."),
    )
    due_on = DateField(label=_("Frist for å vurdere"), required=False)
    scorers = forms.MultipleChoiceField(label=_("Hvem skal vurdere?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, scorers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scorers"].choices = scorers  # type: ignore[attr-defined]


class RoundForm(DetailsForm):
    """A new round. The needs are ticked in a list beside the form."""

    year = forms.IntegerField(label=_("Budsjettår"), min_value=2000, max_value=2100)
    reason = forms.CharField(
        label=_("Hvorfor et trinn til?"), required=False, max_length=5_000, widget=_long(),
        help_text=_("Må fylles ut når runden bygger på en tidligere runde."),
    )  # fmt: skip
    blind = forms.BooleanField(
        label=_("Skjul vurderingene for hverandre til de vises samlet"), required=False, initial=True
    )
    all = forms.BooleanField(label=_("Ta med alle behovene i listen"), required=False)
    field_order = ("name", "year", "reason", "due_on", "capacity", "scorers", "blind")


class DescribeForm(forms.Form):
    """What the ranking must know of a need beside its levels."""

    owner_committed = forms.BooleanField(label=_("Eieren er navngitt og har satt av folk"), required=False)
    kind = forms.ChoiceField(label=_("Slags tiltak"), required=False)
    focus_area = forms.ChoiceField(label=_("Satsingsområde"), required=False)

    def __init__(self, *args: Any, kinds: Choices, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("kind", kinds), ("focus_area", areas)):
            if choices:
                self.fields[name].choices = [("", _("Ikke oppgitt")), *choices]  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class ReasonForm(forms.Form):
    """A reason, where one is needed."""

    reason = forms.CharField(label=_("Begrunnelse"), max_length=5_000, widget=_long())


class LookForm(forms.Form):
    """Which needs to look closer at: whether one can pass another, and what moves one's total."""

    b = forms.ChoiceField(label=_("Hva skal til for at"), required=False)
    a = forms.ChoiceField(label=_("går forbi"), required=False)
    behov = forms.ChoiceField(label=_("Hva flytter summen til"), required=False)
    fro = forms.IntegerField(required=False, min_value=1, max_value=999_999, widget=forms.HiddenInput)

    def __init__(self, *args: Any, needs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("a", "b", "behov"):
            self.fields[name].choices = needs  # type: ignore[attr-defined]
