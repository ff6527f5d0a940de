"""Forms of lifting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.procedure.lifting.rules import LONGEST_CODE, LONGEST_TEXT, LONGEST_TITLE

PRIORITIES = [("high", _("Høy")), ("normal", _("Vanlig")), ("low", _("Lav"))]


class LiftForm(forms.Form):
    """Where to, what is asked, and what goes along."""

    channel = forms.ChoiceField(label=_("Hvem løfter du saken til?"))
    title = forms.CharField(label=_("Tittel"), max_length=LONGEST_TITLE)
    question = forms.CharField(
        label=_("Hva ber dere dem om?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST_TEXT
    )
    priority = forms.ChoiceField(label=_("Hvor viktig er den for dere?"), choices=PRIORITIES, initial="normal")
    background = forms.CharField(
        label=_("Bakgrunn"),
        help_text=_("Skrevet av det som er kjent i saken. Rett det som ikke bør følge med, før du løfter den."),
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=LONGEST_TEXT,
    )
    attached = forms.MultipleChoiceField(
        label=_("Hvilke filer skal følge med?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, *args: Any, channels: Sequence[tuple[str, str]], files: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = list(channels)  # type: ignore[attr-defined]
        if files:
            self.fields["attached"].choices = list(files)  # type: ignore[attr-defined]
        else:
            del self.fields["attached"]


class AcceptForm(forms.Form):
    """Which path the case goes on here."""

    path = forms.ChoiceField(label=_("Hva slags sak er det her?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, paths: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["path"].choices = list(paths)  # type: ignore[attr-defined]
        if len(paths) == 1:
            self.fields["path"].initial = paths[0][0]


class DeclineForm(forms.Form):
    """Why the case is not taken in."""

    reason = forms.CharField(
        label=_("Hvorfor tar dere den ikke imot?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5_000
    )


class InviteForm(forms.Form):
    """Whom the code is for."""

    name = forms.CharField(label=_("Hvem skal kunne løfte saker hit?"), max_length=200)


class ConnectForm(forms.Form):
    """A code from another arrangement."""

    code = forms.CharField(label=_("Koden du har fått"), max_length=LONGEST_CODE)
