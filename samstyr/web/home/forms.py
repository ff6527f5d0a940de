"""Forms of the front door."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """User name and password; the same answer for an unknown user and a wrong password."""

    error_messages = {  # noqa: RUF012
        "invalid_login": _("Brukernavnet eller passordet stemmer ikke. Sjekk begge, og prøv igjen."),
        "inactive": _("Brukernavnet eller passordet stemmer ikke. Sjekk begge, og prøv igjen."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = _("Brukernavn")
        self.fields["password"].label = _("Passord")


class SearchForm(forms.Form):
    """What to look for."""

    q = forms.CharField(label=_("Søk etter"), max_length=200, required=False)
