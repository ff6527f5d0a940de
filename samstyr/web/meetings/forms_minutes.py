"""Forms of minutes and of what is to be followed up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.web.casework.forms import DateField


class SectionForm(forms.Form):
    """What the secretary writes in one part."""

    text = forms.CharField(
        label=_("Det du fører selv"),
        help_text=_("Står under det som er hentet fra møtet. Du kan bruke Markdown."),
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
        max_length=50_000,
    )


class RemarkForm(forms.Form):
    """What must be put right before one approves."""

    text = forms.CharField(label=_("Hva må rettes?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000)


class MeetingForm(forms.Form):
    """The meeting that approved the minutes."""

    in_meeting = forms.ChoiceField(label=_("Møtet som godkjente møteboken"))

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["in_meeting"].choices = list(meetings)  # type: ignore[attr-defined]


class AddendumForm(forms.Form):
    """A correction beside approved minutes."""

    text = forms.CharField(
        label=_("Hva er riktig?"),
        help_text=_("Alle som leser møteboken, ser tillegget. Skriv ikke noe som er unntatt offentlighet."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
    )
    reason = forms.CharField(
        label=_("Hvorfor rettes møteboken?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=20_000
    )


EVERYBODY = "alle"


class FollowUpForm(forms.Form):
    """Something that a body asks somebody to do."""

    body = forms.ChoiceField(label=_("Organ"))
    title = forms.CharField(label=_("Hva skal gjøres?"), max_length=300)
    owner = forms.ChoiceField(label=_("Hvem har ansvaret?"))
    due_on = DateField(label=_("Frist"))

    def __init__(
        self, *args: Any, bodies: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", _("Velg en person")),
            (EVERYBODY, _("Alle som sitter i organet, hver i sitt eget område")),
            *people,
        ]


class DoneForm(forms.Form):
    """A word about what was done, or why it is taken up again."""

    note = forms.CharField(
        label=_("Merknad"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=5_000
    )


class FollowUpFilter(forms.Form):
    """Which to show."""

    body = forms.ChoiceField(label=_("Organ"), required=False)
    owner = forms.ChoiceField(label=_("Ansvarlig"), required=False)
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=(
            ("", _("Ikke ferdig")),
            ("overdue", _("Over fristen")),
            ("done", _("Ferdig")),
            ("all", _("Alle")),
        ),
    )

    def __init__(
        self, *args: Any, bodies: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [("", _("Alle")), *bodies]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", _("Alle")), *people]  # type: ignore[attr-defined]
