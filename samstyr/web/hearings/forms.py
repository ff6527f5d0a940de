"""Forms of hearings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.procedure.hearings.rules import LEGAL_BASES
from samstyr.web.casework.forms import DateField

POSITIONS = (
    ("no_remarks", _("Ingen merknader")),
    ("support", _("Vi støtter behovet")),
    ("conditions", _("Vi støtter det på vilkår")),
    ("remarks", _("Vi har merknader")),
    ("against", _("Vi fraråder")),
)


class OpenForm(forms.Form):
    """Question, deadline and whom to ask."""

    question = forms.CharField(
        label=_("Hva vil dere ha uttalelse om?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000
    )
    deadline = DateField(label=_("Svarfrist"))
    consultees = forms.MultipleChoiceField(
        label=_("Hvem skal høres?"), widget=forms.CheckboxSelectMultiple, required=True
    )

    others = forms.MultipleChoiceField(
        label=_("Send disse sakene på samme høring"),
        help_text=_("De står på samme steg. Hver sak får sin egen høring med samme spørsmål og frist."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, offered: Sequence[tuple[str, str]], others: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultees"].choices = list(offered)  # type: ignore[attr-defined]
        if not others:
            del self.fields["others"]
            return
        named = [(str(row.pk), f"{row.case.year}/{row.case.number} {row.case.title}") for row in others]
        self.fields["others"].choices = named  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """Whether a statement was followed, and why or why not."""

    followed = forms.ChoiceField(
        label=_("Er innspillet fulgt?"),
        choices=[("followed", _("Fulgt")), ("partly", _("Delvis fulgt")), ("not", _("Ikke fulgt"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_("Må skrives når innspillet ikke er fulgt fullt ut."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
        required=False,
    )


class StatementForm(forms.Form):
    """What the body answers."""

    position = forms.ChoiceField(label=_("Hva svarer dere?"), choices=POSITIONS, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Uttalelse"), widget=forms.Textarea(attrs={"rows": 7}), required=False, max_length=20_000
    )
    conditions = forms.CharField(
        label=_("Vilkår"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=20_000,
        help_text=_("Fylles ut når dere støtter på vilkår."),
    )
    exempt = forms.BooleanField(label=_("Uttalelsen skal være unntatt offentlighet"), required=False)
    legal_basis = forms.CharField(
        label=_("Hjemmel"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "legal-bases"}),
        help_text=_("Må oppgis når uttalelsen er unntatt offentlighet."),
    )
    bases = LEGAL_BASES


class DeadlineForm(forms.Form):
    """A new deadline."""

    deadline = DateField(label=_("Ny svarfrist"))


class AddForm(forms.Form):
    """One more body to ask."""

    consultee = forms.ChoiceField(label=_("Høringsinstans"))

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultee"].choices = list(offered)  # type: ignore[attr-defined]


class OwnForm(forms.Form):
    """A hearing body of an organisation's own."""

    organisation = forms.ChoiceField(label=_("Kommune"))
    name = forms.CharField(label=_("Navn på høringsinstansen"), max_length=200)
    role = forms.ChoiceField(label=_("Rollen som svarer"))

    def __init__(self, *args: Any, organisations: Sequence[Any], roles: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(str(item.pk), str(item)) for item in organisations]  # type: ignore[attr-defined]
        self.fields["role"].choices = [(role.key, str(role.name)) for role in roles]  # type: ignore[attr-defined]


class HearingFilter(forms.Form):
    """Which hearings to show."""

    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=(("", _("Alle")), ("open", _("Åpne")), ("overdue", _("Over fristen")), ("closed", _("Avsluttet"))),
    )
