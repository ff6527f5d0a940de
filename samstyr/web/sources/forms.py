"""Forms of sources."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.procedure.sources.rules import SourceValues
from samstyr.web.casework.forms import DateField

KINDS = [
    ("political_case", _("Politisk sak")),
    ("guidance", _("Krav eller anbefaling")),
    ("strategy", _("Strategi")),
    ("trend", _("Trend")),
    ("guide", _("Veileder")),
    ("law", _("Lov eller forskrift")),
    ("other", _("Annet")),
]
AVAILABLE = [
    ("", _("Ikke aktuelt")),
    ("now", _("Tilgjengelig nå")),
    ("soon", _("Tilgjengelig om ett til tre år")),
    ("later", _("Tilgjengelig senere")),
]


class SourceForm(forms.Form):
    """A source: what it is, who stands behind it, and where to read it."""

    kind = forms.ChoiceField(label=_("Hva slags kilde er det?"), choices=KINDS)
    title = forms.CharField(label=_("Tittel"), max_length=300)
    issuer = forms.CharField(
        label=_("Organ eller utgiver"), help_text=_("For en politisk sak: organet som behandlet den."), max_length=200,
        required=False,
    )  # fmt: skip
    number = forms.CharField(label=_("Saksnummer"), help_text=_("For eksempel 48/13."), max_length=60, required=False)
    dated = DateField(label=_("Dato"), required=False)
    availability = forms.ChoiceField(
        label=_("Når kan det tas i bruk?"), help_text=_("For trender."), choices=AVAILABLE, required=False
    )
    address = forms.CharField(label=_("Nettadresse"), max_length=500, required=False)
    text = forms.CharField(
        label=_("Kort om innholdet"), widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000, required=False
    )

    def values(self) -> SourceValues:
        """The form as the rules take it."""
        return SourceValues(**self.cleaned_data)


class SourceFilter(forms.Form):
    """Which sources to show; kept in the address."""

    q = forms.CharField(label=_("Søk"), required=False, max_length=200)
    slag = forms.ChoiceField(label=_("Hva"), required=False, choices=[("", _("Alt")), *KINDS])


def initial_of(source: Any) -> dict[str, Any]:
    """What the form holds when it is opened with a source."""
    names = ("kind", "title", "issuer", "number", "dated", "availability", "address", "text")
    return {name: getattr(source, name) for name in names}
