"""Forms about the plan's money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.money import parse_kroner
from samstyr.web.casework.forms import DateField


class KronerField(forms.CharField):
    """Whole kroner as people write them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, **options)

    def clean(self, value: Any) -> int | None:
        """The amount, or nothing where it may be empty."""
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            return parse_kroner(text)
        except Invalid as invalid:
            raise forms.ValidationError(str(invalid)) from None


def reason_field(label: Any) -> forms.CharField:
    """A reason of a few lines."""
    return forms.CharField(label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class ChoosingForm(forms.Form):
    """A form whose choices are given by name: years, sources, organisations, measures."""

    def __init__(self, *args: Any, choices: Mapping[str, Iterable[tuple[Any, Any]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, given in choices.items():
            if name in self.fields:
                self.fields[name].choices = list(given)  # type: ignore[attr-defined]


class FrameForm(ChoosingForm):
    """What a source has in a year."""

    source = forms.ChoiceField(label=_("Kilde"), required=False)
    year = forms.TypedChoiceField(label=_("År"), coerce=int)
    organisation = forms.ChoiceField(label=_("Kommune"), required=False)
    amount = KronerField(label=_("Ramme i kroner"))


class BookingForm(ChoosingForm):
    """Money used on a measure."""

    line = forms.ChoiceField(label=_("Tiltak"))
    source = forms.ChoiceField(label=_("Kilde"))
    organisation = forms.ChoiceField(label=_("Kommune"), required=False)
    booked_on = DateField(label=_("Dato"))
    amount = KronerField(label=_("Beløp i kroner"), help_text=_("En rettelse er negativ og må ha en merknad."))
    note = forms.CharField(label=_("Merknad"), required=False, max_length=500)


class CarryForm(ChoosingForm):
    """Money that is carried to the next year."""

    line = forms.ChoiceField(label=_("Tiltak"))
    organisation = forms.ChoiceField(label=_("Kommune"), required=False)
    amount = KronerField(label=_("Beløp i kroner"))
    reason = reason_field(_("Hvorfor overføres pengene?"))


class AppropriationForm(ChoosingForm):
    """What a body has granted or proposed."""

    body = forms.CharField(label=_("Organ"), max_length=200)
    granted = forms.TypedChoiceField(
        label=_("Hva er gjort?"), choices=(("1", _("Bevilget")), ("", _("Foreslått"))), coerce=bool, required=False
    )
    year = forms.TypedChoiceField(label=_("År"), coerce=int)
    amount = KronerField(label=_("Beløp i kroner"))
    purpose = forms.CharField(label=_("Formål"), max_length=500)
    decided_on = DateField(label=_("Dato"), required=False)


class ContributionForm(ChoosingForm):
    """A contribution by inhabitants."""

    receiver = forms.CharField(label=_("Mottaker"), max_length=200)
    organisation = forms.ChoiceField(label=_("Kommune"))
    year = forms.IntegerField(label=_("År"), min_value=2000, max_value=2100)
    rate = forms.IntegerField(label=_("Kroner per innbygger"), min_value=0, max_value=100_000)
    population = forms.IntegerField(label=_("Innbyggere"), min_value=0, max_value=10_000_000)
    population_on = DateField(label=_("Folketallet gjelder"))
    population_source = forms.CharField(label=_("Kilde for folketallet"), max_length=200)
    purpose = forms.CharField(label=_("Formål"), required=False, max_length=500)
    paid_on = DateField(label=_("Betalt"), required=False)


class GrantForm(ChoosingForm):
    """An application for outside money."""

    fund = forms.CharField(label=_("Ordning"), max_length=200)
    title = forms.CharField(label=_("Hva søkes det om?"), max_length=200)
    applicant = forms.CharField(label=_("Søker"), required=False, max_length=200)
    year = forms.IntegerField(label=_("År"), min_value=2000, max_value=2100)
    applied = KronerField(label=_("Søknadsbeløp i kroner"))
    own_share = KronerField(label=_("Egenandel i kroner"), required=False)
    line = forms.ChoiceField(label=_("Tiltak som dekker egenandelen"), required=False)
    purpose = forms.CharField(
        label=_("Formål"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AdviceForm(forms.Form):
    """The advisory body's word on an application."""

    advice = forms.ChoiceField(
        label=_("Vurdering"), choices=(("recommended", _("Anbefalt")), ("not_recommended", _("Ikke anbefalt")))
    )
    advice_order = forms.IntegerField(label=_("Rekkefølge"), required=False, min_value=1, max_value=999)
    advice_reason = reason_field(_("Begrunnelse"))


class SettleForm(forms.Form):
    """The fund's answer, and what has been used."""

    granted = KronerField(label=_("Innvilget i kroner"), help_text=_("Skriv 0 når søknaden er avslått."))
    decided_on = DateField(label=_("Dato for svaret"))
    used = KronerField(label=_("Brukt i kroner"), required=False)


class NominationForm(ChoosingForm):
    """A project that a source is to pay for."""

    source = forms.ChoiceField(label=_("Kilde"))
    year = forms.TypedChoiceField(label=_("År"), coerce=int)
    title = forms.CharField(label=_("Prosjekt"), max_length=200)
    nominated_by = forms.CharField(label=_("Pekt ut av"), max_length=200)
    reason = forms.CharField(
        label=_("Begrunnelse"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class OverrunForm(ChoosingForm):
    """A decision that a frame may be exceeded."""

    frame = forms.ChoiceField(label=_("Ramme"))
    amount = KronerField(label=_("Kan overskrides med inntil (kroner)"))
    decided_by = forms.CharField(label=_("Besluttet av"), max_length=200)
    reason = reason_field(_("Begrunnelse"))


class DeferForm(forms.Form):
    """Why a measure is put off, and when it is looked at again."""

    reason = reason_field(_("Hvorfor utsettes tiltaket?"))
    review_on = DateField(label=_("Vurderes på nytt"))


class AskForm(ChoosingForm):
    """Who is asked to take part, and by when."""

    deadline = DateField(label=_("Svarfrist"))
    organisations = forms.MultipleChoiceField(label=_("Kommuner"), widget=forms.CheckboxSelectMultiple)


class AnswerForm(ChoosingForm):
    """A municipality's answer."""

    organisation = forms.ChoiceField(label=_("Kommune"))
    answer = forms.ChoiceField(label=_("Svar"), choices=(("join", _("Deltar")), ("reserve", _("Reserverer seg"))))


class ContractForm(forms.Form):
    """The day the contract was signed."""

    contract_on = DateField(label=_("Kontrakten ble inngått"))


class BudgetFileForm(forms.Form):
    """The adopted budget as a spreadsheet."""

    file = forms.FileField(
        label=_("Vedtatt budsjett"),
        help_text=_("Excel eller CSV med kolonnene Tiltak, Kommune, År og Beløp, eller en kolonne for hvert år."),
        error_messages={"required": _("Velg en fil."), "empty": _("Filen er tom.")},
    )
    unit = forms.TypedChoiceField(
        label=_("Beløpene er i"), coerce=int, choices=((1, _("Kroner")), (1000, _("1000 kroner")))
    )
