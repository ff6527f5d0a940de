"""Forms of idea sessions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.web.casework.forms import DateField
from samstyr.wheel.needs.rules.sessions import MOST_PEOPLE, SessionValues


class ModeForm(forms.Form):
    """How the year works."""

    use_required_attribute = False

    mode = forms.ChoiceField(label=_("Arbeidsmåte"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, modes: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].choices = [(mode.key, str(mode.name)) for mode in modes]  # type: ignore[attr-defined]


class SessionForm(forms.Form):
    """One session; a field for each of the model's groups."""

    use_required_attribute = False

    title = forms.CharField(label=_("Navn på samlingen"), max_length=200)
    held_on = DateField(label=_("Holdt den"), required=False, help_text=_("La stå tomt til samlingen er holdt."))
    sectors = forms.MultipleChoiceField(label=_("Sektorer"), widget=forms.CheckboxSelectMultiple)
    joint = forms.BooleanField(label=_("Felles samling for flere sektorer"), required=False)
    prioritises = forms.BooleanField(label=_("Samlingen prioriterer også ideene"), required=False)
    technique = forms.CharField(label=_("Hvordan jobbet dere?"), max_length=300, required=False)
    note = forms.CharField(
        label=_("Merknad"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=10_000
    )

    def __init__(
        self,
        *args: Any,
        sectors: Sequence[tuple[str, str]],
        groups: Sequence[Any],
        techniques: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sectors"].choices = sectors  # type: ignore[attr-defined]
        if techniques:
            self.fields["technique"].help_text = _("For eksempel: %(names)s.") % {"names": ", ".join(techniques)}
        self.groups = [group.key for group in groups]
        for group in groups:
            self.fields[f"group_{group.key}"] = forms.IntegerField(
                label=str(group.name), required=False, min_value=0, max_value=MOST_PEOPLE
            )

    @property
    def group_fields(self) -> list[Any]:
        """The fields that count people."""
        return [self[f"group_{key}"] for key in self.groups]

    def values(self, year: int) -> SessionValues:
        """What the form holds."""
        data = self.cleaned_data
        return SessionValues(
            year, data["title"], data["held_on"], tuple(UUID(key) for key in data["sectors"]), data["joint"],
            data["prioritises"], data["technique"],
            {key: data[f"group_{key}"] for key in self.groups if data.get(f"group_{key}") is not None}, data["note"],
        )  # fmt: skip


class VotesForm(forms.Form):
    """How many of each group voted for an idea."""

    use_required_attribute = False

    def __init__(self, *args: Any, groups: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in groups:
            self.fields[f"group_{group.key}"] = forms.IntegerField(
                label=str(group.name), required=False, min_value=0, max_value=MOST_PEOPLE
            )

    @property
    def votes(self) -> dict[str, int]:
        """The votes by group."""
        return {name.removeprefix("group_"): count for name, count in self.cleaned_data.items() if count is not None}
