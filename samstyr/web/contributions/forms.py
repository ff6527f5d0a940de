"""Forms of what members bring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.procedure.contributions.rules import ANCHORING, INITIATIVE, PERSPECTIVE, ContributionValues
from samstyr.web.casework.forms import DateField

KINDS = [
    (INITIATIVE, _("Et initiativ eller en erfaring")),
    (ANCHORING, _("Forankring i regionen")),
    (PERSPECTIVE, _("Et perspektiv på en sak")),
]
AUDIENCES = [("administrative", _("Administrasjonen")), ("political", _("Politikere"))]
# The fields of each kind, beside title, date and text.
FIELDS = {INITIATIVE: ("stage", "lesson"), ANCHORING: ("arena", "audience", "audience_kind"), PERSPECTIVE: ()}
TITLES = {
    INITIATIVE: _("Hva er initiativet?"),
    ANCHORING: _("Hva handlet det om?"),
    PERSPECTIVE: _("Kort sagt"),
}
TEXTS = {
    INITIATIVE: _("Fortell mer"),
    ANCHORING: _("Hva kom fram?"),
    PERSPECTIVE: _("Hvordan ser saken ut fra din region?"),
}


class ContributionForm(forms.Form):
    """One contribution of a kind; the kind decides the fields."""

    body = forms.ChoiceField(label=_("Organ"))
    region = forms.ChoiceField(label=_("Region"))
    title = forms.CharField(max_length=200)
    on = DateField(label=_("Dato"))
    stage = forms.CharField(
        label=_("Hvor langt er det kommet?"), max_length=200, required=False,
        help_text=_("For eksempel idé, prøves ut, i drift."),
    )  # fmt: skip
    arena = forms.CharField(
        label=_("Hvor?"), help_text=_("For eksempel nettverksmøte eller ledermøte."), max_length=200
    )
    audience = forms.CharField(label=_("Hvem var der?"), max_length=200, required=False)
    audience_kind = forms.ChoiceField(label=_("Hvem var det for?"), choices=AUDIENCES, widget=forms.RadioSelect)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000)
    lesson = forms.CharField(
        label=_("Hva kan andre lære?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=20_000, required=False
    )

    def __init__(
        self, *args: Any, kind: str, bodies: Sequence[tuple[str, str]], regions: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["title"].label, self.fields["text"].label = TITLES[kind], TEXTS[kind]
        self.fields["text"].required = kind == PERSPECTIVE
        for name in {field for fields in FIELDS.values() for field in fields} - set(FIELDS[kind]):
            del self.fields[name]
        if len(bodies) > 1:
            self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]
        else:
            del self.fields["body"]
        if regions:
            self.fields["region"].choices = [(name, name) for name in regions]  # type: ignore[attr-defined]
        else:
            del self.fields["region"]

    def values(self, case: UUID | None) -> ContributionValues:
        """The form as the rules take it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "body"}
        return ContributionValues(kind=self.kind, case=case, **given)


class ContributionFilter(forms.Form):
    """Which of them to show."""

    q = forms.CharField(label=_("Søk"), required=False, max_length=200)
    slag = forms.ChoiceField(label=_("Hva"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, regions: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slag"].choices = [("", _("Alt")), *KINDS]  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", _("Alle")), *((name, name) for name in regions)]  # type: ignore[attr-defined]
