"""Forms of counsel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.procedure.counsel.rules import ADVICE, CONSULTATION, DISCUSSION, GUIDELINE, CounselValues
from samstyr.web.casework.forms import DateField

KINDS = [
    (ADVICE, _("Råd")),
    (CONSULTATION, _("Rådføring")),
    (DISCUSSION, _("Drøfting")),
    (GUIDELINE, _("Politisk føring")),
]
PARTIES = {
    ADVICE: _("Hvem gir rådet?"),
    CONSULTATION: _("Hvem er rådført?"),
    DISCUSSION: _("Hvem er det drøftet med?"),
    GUIDELINE: _("Hvem har gitt føringen?"),
}
TEXTS = {
    ADVICE: _("Rådet"),
    CONSULTATION: _("Hva svarte de?"),
    DISCUSSION: _("Hva kom fram?"),
    GUIDELINE: _("Føringen"),
}


class CounselForm(forms.Form):
    """Counsel of one kind; the kind decides the fields."""

    party = forms.ChoiceField()
    asked_by = forms.ChoiceField(label=_("På vegne av hvem?"), required=False)
    subject = forms.CharField(label=_("Hva gjelder det?"), max_length=300)
    on = DateField(label=_("Dato"))
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000)
    to = forms.MultipleChoiceField(label=_("Hvem er rådet til?"), widget=forms.CheckboxSelectMultiple, required=False)
    reply_by = DateField(label=_("Svar ønskes innen"), required=False)
    valid_until = DateField(label=_("Gjelder til og med"), required=False)

    def __init__(
        self, *args: Any, kind: str, parties: Sequence[tuple[str, str]], bodies: Sequence[tuple[str, str]],
        to: Sequence[tuple[str, str]], on_case: bool, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["party"].choices = list(parties)  # type: ignore[attr-defined]
        self.fields["party"].label, self.fields["text"].label = PARTIES[kind], TEXTS[kind]
        self.fields["asked_by"].choices = [("", _("Ikke oppgitt")), *bodies]  # type: ignore[attr-defined]
        self.fields["to"].choices = list(to)  # type: ignore[attr-defined]
        drop = {
            ADVICE: {"asked_by", "valid_until"}, CONSULTATION: {"to", "reply_by", "valid_until"},
            DISCUSSION: {"asked_by", "to", "reply_by", "valid_until"}, GUIDELINE: {"asked_by", "to", "reply_by"},
        }[kind]  # fmt: skip
        for name in drop:
            del self.fields[name]
        if kind == ADVICE:
            self.fields["to"].required = not on_case
            self.fields["to"].help_text = _("Rådet ligger uansett ved saken.") if on_case else ""

    def values(self, case: UUID | None) -> CounselValues:
        """The form as the rules take it."""
        given = dict(self.cleaned_data)
        to = tuple(
            (body, UUID(place) if place else None)
            for body, _sep, place in (one.partition(":") for one in given.pop("to", ()))
        )
        return CounselValues(kind=self.kind, case=case, to=to, **given)


class ReplyForm(forms.Form):
    """What is replied to advice."""

    text = forms.CharField(label=_("Svar"), widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000)


class CounselFilter(forms.Form):
    """Which counsel to show; kept in the address."""

    q = forms.CharField(label=_("Søk"), required=False, max_length=200)
    slag = forms.ChoiceField(label=_("Hva"), required=False, choices=[("", _("Alt")), *KINDS])
    fra = forms.ChoiceField(label=_("Fra"), required=False)
    svar = forms.ChoiceField(
        label=_("Svar"), required=False,
        choices=[("", _("Alle")), ("waiting", _("Ubesvarte råd")), ("overdue", _("Over svarfristen"))],
    )  # fmt: skip

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fra"].choices = [("", _("Alle")), *parties]  # type: ignore[attr-defined]
