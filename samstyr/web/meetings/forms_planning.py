"""Forms of preparing a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.web.casework.forms import DateField

KINDS = (
    ("report", _("Orientering")),
    ("round", _("Runde rundt bordet")),
    ("minutes", _("Godkjenning av møtebok")),
    ("other", _("Eventuelt")),
)


class TimeField(forms.TimeField):
    """A time of day, typed as 09.00 or chosen in the browser's own clock."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        kwargs.setdefault("input_formats", ["%H:%M", "%H.%M"])
        kwargs.setdefault("error_messages", {"invalid": _("Skriv klokkeslettet som 09.00.")})
        super().__init__(**kwargs)


class MeetingForm(forms.Form):
    """When and where."""

    use_required_attribute = False

    starts_at = TimeField(label=_("Begynner"))
    ends_at = TimeField(label=_("Slutter"))
    place = forms.CharField(label=_("Sted"), required=False, max_length=200)
    remote = forms.BooleanField(label=_("Det går an å delta på nett"), required=False)
    link = forms.CharField(
        label=_("Adresse til nettmøtet"), required=False, max_length=500, widget=forms.TextInput({"inputmode": "url"})
    )
    note = forms.CharField(
        label=_("Beskjed til dem som er innkalt"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea({"rows": "3"}),
    )


class BodyForm(forms.Form):
    """Which body's year is planned; kept in the address."""

    use_required_attribute = False

    body = forms.ChoiceField(label=_("Organ"))
    organisation = forms.ChoiceField(label=_("Kommune"), required=False)
    year = forms.IntegerField(label=_("År"), min_value=2000, max_value=2100)
    count = forms.IntegerField(
        label=_("Antall møter i året"),
        help_text=_("Tomt betyr så mange som styringsmodellen sier."),
        required=False,
        min_value=1,
        max_value=60,
    )

    def __init__(self, *args: Any, bodies: Any, organisations: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [(body.key, str(body.name)) for body in bodies]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            ("", _("Felles")),
            *((str(one.pk), str(one)) for one in organisations),
        ]
        self.fields["year"].initial = year


class YearForm(forms.Form):
    """The days of a year's meetings, one a line."""

    use_required_attribute = False

    days = forms.CharField(
        label=_("Møtedager"),
        help_text=_("Én dag per linje, som 12.01.2027. Endre, ta bort og legg til som du vil."),
        error_messages={"required": _("Skriv minst én dag.")},
        max_length=2_000,
        widget=forms.Textarea({"rows": "12"}),
    )

    def clean_days(self) -> list[date]:
        """The days; a line that is none is named."""
        found = []
        for line in self.cleaned_data["days"].splitlines():
            if not line.strip():
                continue
            try:
                found.append(datetime.strptime(line.strip(), "%d.%m.%Y").date())  # noqa: DTZ007 - a day has no zone
            except ValueError:
                told = _("«%(line)s» er ingen dag. Skriv den som 12.01.2027.")
                raise forms.ValidationError(told, params={"line": line.strip()[:40]}) from None
        return found


class MoveForm(forms.Form):
    """The new day of a meeting."""

    use_required_attribute = False

    held_on = DateField(label=_("Ny dag"))


class OrderForm(forms.Form):
    """The number that each item is to have; the same number keeps the order they had."""

    use_required_attribute = False

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [str(item.pk) for item in items]
        for place, item in enumerate(items, 1):
            self.fields[str(item.pk)] = forms.IntegerField(
                label=item.title,
                initial=place,
                min_value=1,
                max_value=999,
                widget=forms.TextInput({"inputmode": "numeric"}),
            )
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, initial=" ".join(self.keys), max_length=40_000)

    def wanted(self) -> list[UUID]:
        """The items in the order that was asked for."""
        return [UUID(key) for key in sorted(self.keys, key=lambda key: (self.cleaned_data[key], self.keys.index(key)))]

    def seen(self) -> list[UUID]:
        """The order that the form was made from."""
        try:
            return [UUID(key) for key in self.cleaned_data["seen"].split()]
        except ValueError:
            return []


class ItemForm(forms.Form):
    """An item on the agenda."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("Hva slags punkt"), choices=KINDS, widget=forms.RadioSelect, initial="report")
    title = forms.CharField(label=_("Tittel"), max_length=300, required=False)
    text = forms.CharField(
        label=_("Saksframstilling"),
        help_text=_("Det de som møter, trenger å vite. Du kan bruke Markdown."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": "7"}),
    )
    proposal = forms.CharField(
        label=_("Forslag til vedtak"), required=False, max_length=20_000, widget=forms.Textarea({"rows": "4"})
    )
    minutes_long = forms.IntegerField(
        label=_("Tid i minutter"),
        initial=15,
        min_value=0,
        max_value=600,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    closed = forms.BooleanField(label=_("Punktet er unntatt offentlighet"), required=False)
    legal_basis = forms.CharField(
        label=_("Hjemmel"),
        help_text=_("For eksempel offentleglova § 13 eller kommuneloven § 11-5."),
        required=False,
        max_length=200,
    )
    late_reason = forms.CharField(
        label=_("Hvorfor kommer saken sent?"),
        help_text=_("Sakslisten er sendt ut. Grunnen følger med i møteboken."),
        required=False,
        max_length=500,
    )

    def __init__(self, *args: Any, new: bool, called: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["kind"]
        if not (new and called):
            del self.fields["late_reason"]


class AnswerForm(forms.Form):
    """Whether one comes."""

    use_required_attribute = False

    answer = forms.ChoiceField(label=_("Kommer du?"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Beskjed"), required=False, max_length=500)

    substitute = forms.ChoiceField(
        label=_("Hvem kommer i stedet?"),
        help_text=_("Fylles ut når du ikke kan komme. Den du velger, får innkallingen."),
        required=False,
    )

    def __init__(
        self, *args: Any, remote: bool, substitutes: Sequence[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if substitutes is None:
            del self.fields["substitute"]
        else:
            self.fields["substitute"].choices = [("", _("Ingen")), *substitutes]  # type: ignore[attr-defined]
        choices = [("comes", _("Jeg kommer")), ("absent", _("Jeg kan ikke komme"))]
        if remote:
            choices.insert(1, ("remote", _("Jeg deltar på nett")))
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]

    def clean_substitute(self) -> UUID | None:
        """Who was chosen, as a key."""
        return UUID(self.cleaned_data["substitute"]) if self.cleaned_data["substitute"] else None


class CallForm(forms.Form):
    """Why the call is later than the body's own rule."""

    use_required_attribute = False

    short_reason = forms.CharField(
        label=_("Hvorfor er innkallingen senere enn vanlig?"), required=False, max_length=500
    )


class CasesForm(forms.Form):
    """The cases to put on the agenda."""

    use_required_attribute = False

    cases = forms.MultipleChoiceField(
        label=_("Saker som venter på organet"), required=False, widget=forms.CheckboxSelectMultiple
    )
    late_reason = forms.CharField(label=_("Hvorfor kommer sakene sent?"), required=False, max_length=500)

    def __init__(self, *args: Any, waiting: list[tuple[str, str]], called: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = waiting  # type: ignore[attr-defined]
        if not called:
            del self.fields["late_reason"]


class PaperForm(forms.Form):
    """A paper to an item."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("Dokument"), error_messages={"required": _("Velg en fil."), "empty": _("Filen er tom.")}
    )
    title = forms.CharField(label=_("Navn på dokumentet"), required=False, max_length=200)


class TextForm(forms.Form):
    """A question, an answer, or a reason."""

    use_required_attribute = False

    text = forms.CharField(label=_("Tekst"), max_length=5_000, required=False, widget=forms.Textarea({"rows": "3"}))


class QuestionForm(TextForm):
    """A question about an item."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Spørsmål")
