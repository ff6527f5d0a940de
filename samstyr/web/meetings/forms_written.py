"""Forms of written procedure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.web.casework.forms import DateField

ANSWERS = {
    "for": _("Jeg er for forslaget, og for at saken avgjøres skriftlig"),
    "against": _("Jeg er imot forslaget"),
    "abstain": _("Jeg avstår fra å stemme"),
    "meeting": _("Jeg krever at saken tas i møte"),
    "comment": _("Jeg har bare en merknad"),
}


class StartForm(forms.Form):
    """What is proposed, why in writing, until when, and who is not asked."""

    outcome = forms.ChoiceField(label=_("Utfallet dere foreslår"), widget=forms.RadioSelect)
    proposal = forms.CharField(
        label=_("Forslaget til vedtak"),
        help_text=_("Medlemmene svarer for eller imot nettopp denne teksten. Du kan bruke Markdown."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
    )
    reason = forms.CharField(
        label=_("Hvorfor avgjøres saken skriftlig?"),
        help_text=_("For eksempel at det er raskere enn å vente på neste møte. Grunnen følger med i møteboken."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
    )
    deadline = DateField(label=_("Svarfrist"))
    short_reason = forms.CharField(
        label=_("Hvorfor må fristen være kortere enn vanlig?"),
        help_text=_("Fylles ut når fristen er kortere enn organet skal ha. Grunnen følger med i møteboken."),
        required=False,
        max_length=500,
    )
    left_out = forms.MultipleChoiceField(
        label=_("Er noen inhabile i saken?"),
        help_text=_("Kryss av for dem som ikke skal spørres."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    left_out_reason = forms.CharField(label=_("Hvorfor er de inhabile?"), required=False, max_length=500)

    def __init__(
        self, *args: Any, outcomes: Sequence[tuple[str, str]], members: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = list(outcomes)  # type: ignore[attr-defined]
        self.fields["left_out"].choices = list(members)  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """What a member answers; only what the member can."""

    answer = forms.ChoiceField(label=_("Hva svarer du?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Merknad"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=10_000
    )

    def __init__(self, *args: Any, votes: bool, blank: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [key for key in ANSWERS if key != "abstain" or blank] if votes else ["comment"]
        self.fields["answer"].choices = [(key, ANSWERS[key]) for key in keys]  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why it is taken back."""

    reason = forms.CharField(label=_("Hvorfor trekkes saken?"), max_length=500)


class ProcedureFilter(forms.Form):
    """Which procedures to show."""

    body = forms.ChoiceField(label=_("Organ"), required=False)
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=(
            ("", _("Alle")),
            ("open", _("Ute til svar")),
            ("decided", _("Avgjort")),
            ("to_meeting", _("Tas i møte")),
            ("withdrawn", _("Trukket")),
        ),
    )
    due = forms.ChoiceField(
        label=_("Frist"),
        required=False,
        choices=(("", _("Alle")), ("soon", _("Innen en uke")), ("over", _("Over fristen"))),
    )

    since = DateField(label=_("Svar og frammøte fra"), required=False)
    until = DateField(label=_("Svar og frammøte til"), required=False)

    def clean(self) -> dict[str, Any]:
        """The period begins before it ends."""
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", _("Perioden må slutte etter at den begynner."))
        return given

    def __init__(self, *args: Any, bodies: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(body.key, str(body.name)) for body in bodies]
        self.fields["body"].choices = [("", _("Alle")), *named]  # type: ignore[attr-defined]
