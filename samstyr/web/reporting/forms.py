"""Forms of reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.wheel.reporting.queries import ToWrite
from samstyr.wheel.reporting.rules.writing import LIGHTS, MOST_SENTENCE, MOST_TEXT, light_word


class _Later(forms.CharField):
    """Must be there before the report is sent, but not before it is saved."""

    def validate(self, value: Any) -> None:
        """Nothing is demanded of a draft."""


class _LaterChoice(forms.ChoiceField):
    """As `_Later`, of a choice."""

    def validate(self, value: Any) -> None:
        """One of the choices, or nothing yet."""
        if value:
            super().validate(value)


class PartForm(forms.Form):
    """One part of a draft: words, and a light for what is judged, and figures where they are entered."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), max_length=MOST_TEXT, required=False)

    def __init__(self, one: ToWrite, data: Any = None) -> None:
        super().__init__(data, auto_id=f"id_{one.part.pk}_%s")
        self.names = {f"tall_{at}": field.name for at, field in enumerate(one.fields)}
        text = self.fields["text"]
        text.label, text.initial = _("Det du skriver selv"), one.part.written
        if one.section is not None and one.section.source is None:
            self.fields["text"] = _Later(
                label=_("Det du skriver selv"), widget=forms.Textarea(attrs={"rows": 5}), max_length=MOST_TEXT,
                initial=one.part.written, help_text=_("Må skrives før rapporten kan sendes."),
            )  # fmt: skip
        if one.is_dimension:
            self.fields["text"] = _Later(
                label=_("Hvorfor?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=MOST_SENTENCE,
                initial=one.part.written,
            )  # fmt: skip
            self.fields["light"] = _LaterChoice(
                label=_("Vurdering"), choices=[(key, str(light_word(key))) for key in LIGHTS],
                widget=forms.RadioSelect, initial=one.part.light,
            )  # fmt: skip
            self.order_fields(["light", "text"])
        for at, field in enumerate(one.fields):
            self.fields[f"tall_{at}"] = forms.CharField(
                label=field.label, max_length=40, required=False, initial=_plain(field.value), help_text=_before(field),
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )  # fmt: skip
        if one.fields:
            self.order_fields([*self.names, "text"])

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {
            "text": given.get("text", ""),
            "light": given.get("light", ""),
            "figures": {name: given.get(field, "") for field, name in self.names.items()},
        }

    def add_error(self, field: str | None, error: Any) -> None:
        """A fault of a figure or of the sentence belongs to the field that shows it."""
        shown = {name: key for key, name in self.names.items()} | {"sentence": "text"}
        super().add_error(shown.get(field or "", field), error)

    def figures(self) -> list[Any]:
        """The fields of the figures."""
        return [self[name] for name in self.names]


def _plain(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value) if value == int(value) else value).replace(".", ",")


def _before(field: Any) -> str:
    parts = []
    if field.unit:
        parts.append(str(_("Måles i %(unit)s.")) % {"unit": field.unit})
    if field.before is not None:
        parts.append(str(_("Sist: %(value)s.")) % {"value": _plain(field.before)})
    if field.target is not None:
        parts.append(str(_("Mål: %(value)s.")) % {"value": _plain(field.target)})
    return " ".join(parts)


class CorrectForm(forms.Form):
    """A correction to a report that was sent."""

    text = forms.CharField(label=_("Hva er rett?"), widget=forms.Textarea(attrs={"rows": 5}), max_length=MOST_TEXT)
    reason = forms.CharField(label=_("Hvorfor rettes rapporten?"), max_length=MOST_SENTENCE)


class ReceiptForm(forms.Form):
    """A receipt, with a word if one likes."""

    note = forms.CharField(label=_("Merknad"), max_length=MOST_SENTENCE, required=False)


class ArchiveFilter(forms.Form):
    """Which of the sent reports to show."""

    q = forms.CharField(label=_("Søk"), required=False, max_length=200)
    rapport = forms.ChoiceField(label=_("Rapport"), required=False)
    ar = forms.ChoiceField(label=_("År"), required=False)

    def __init__(self, *args: Any, keys: Sequence[tuple[str, str]], years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rapport"].choices = [("", _("Alle")), *keys]  # type: ignore[attr-defined]
        self.fields["ar"].choices = [("", _("Alle")), *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]
