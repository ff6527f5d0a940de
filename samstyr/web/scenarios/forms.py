"""Forms of candidates: what they are, what they cost year by year, whom they take, and what they hang together with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .fields import THOUSANDS, AmountField, PointsField

KINDS = (("investment", gettext_lazy("Investering")), ("operating", gettext_lazy("Drift")))
LINKS = (
    ("needs", gettext_lazy("Forutsetter et annet tiltak")),
    ("excludes", gettext_lazy("Kan ikke velges sammen med")),
    ("one_of", gettext_lazy("Minst ett av en gruppe")),
)
SHORT = {"inputmode": "numeric", "autocomplete": "off"}
YEAR_FAULT = {"invalid": gettext_lazy("Skriv årstallet med fire sifre.")}


def _place(text: str) -> int:
    return int(text or 0)


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": str(rows)})


def year_field(label: Any, help_text: Any = "") -> forms.IntegerField:
    """A year with four digits, or nothing."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput({**SHORT, "maxlength": "4"}),
        error_messages=YEAR_FAULT,
    )


@dataclass(frozen=True)
class Choices:
    """What there is to choose among in the forms of candidates."""

    areas: Sequence[tuple[str, str]] = ()
    focus_areas: Sequence[tuple[str, str]] = ()
    goals: Sequence[tuple[str, str]] = ()
    organisations: Sequence[tuple[str, str]] = ()
    cost_keys: Sequence[tuple[str, str]] = ()
    sources: Sequence[tuple[str, str]] = ()
    kinds: Sequence[str] = ()
    roles: Sequence[str] = ()
    numbers: Mapping[int, UUID] = field(default_factory=dict)


class CandidateForm(forms.Form):
    """The facts about a candidate; costs, staff and links are rows of their own."""

    use_required_attribute = False

    title = forms.CharField(
        label=gettext_lazy("Tittel"),
        max_length=200,
        help_text=gettext_lazy("Hva tiltaket er, slik det skal stå i planen."),
    )
    description = forms.CharField(label=gettext_lazy("Beskrivelse"), required=False, max_length=20_000, widget=_long(4))
    owner = forms.CharField(label=gettext_lazy("Eier"), required=False, max_length=200)
    kind = forms.CharField(
        label=gettext_lazy("Slag tiltak"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("For eksempel fagsystem, infrastruktur eller opplæring."),
        widget=forms.TextInput({"list": "kinds", "autocomplete": "off"}),
    )
    area = forms.ChoiceField(label=gettext_lazy("Tjenesteområde"), required=False)
    focus_area = forms.ChoiceField(label=gettext_lazy("Satsingsområde"), required=False)
    goals = forms.MultipleChoiceField(
        label=gettext_lazy("Mål tiltaket bidrar til"), required=False, widget=forms.CheckboxSelectMultiple
    )
    organisations = forms.MultipleChoiceField(
        label=gettext_lazy("Gjelder for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    cost_key = forms.ChoiceField(
        label=gettext_lazy("Kostnaden deles"),
        required=False,
        help_text=gettext_lazy("Velg når flere betaler."),
    )
    value = PointsField(
        label=gettext_lazy("Verdi"),
        help_text=gettext_lazy("Poeng fra 0 til 100. La stå tomt for å bruke siste prioriteringsrunde."),
    )
    value_reason = forms.CharField(
        label=gettext_lazy("Hvorfor denne verdien?"),
        required=False,
        max_length=5000,
        widget=_long(2),
        help_text=gettext_lazy("Fylles ut når verdien er satt for hånd."),
    )
    risk = forms.IntegerField(
        label=gettext_lazy("Risiko"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.TextInput(SHORT),
        help_text=gettext_lazy("0 er ingen risiko, 100 er svært høy."),
        error_messages={"invalid": gettext_lazy("Skriv et helt tall fra 0 til 100.")},
    )
    mandatory = forms.BooleanField(
        label=gettext_lazy("Må gjennomføres"),
        required=False,
        help_text=gettext_lazy("Når lov, forskrift eller avtale krever det. Tiltaket blir da med i alle løsninger."),
    )
    mandatory_reason = forms.CharField(
        label=gettext_lazy("Hva krever det?"), required=False, max_length=5000, widget=_long(2)
    )
    earliest = year_field(gettext_lazy("Tidligste startår"))
    latest = year_field(gettext_lazy("Seneste startår"))
    duration = forms.IntegerField(
        label=gettext_lazy("Varighet i år"),
        min_value=1,
        max_value=30,
        initial=1,
        widget=forms.TextInput(SHORT),
        error_messages={"invalid": gettext_lazy("Skriv et helt antall år.")},
    )

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        for name, empty, values in (
            ("area", _("Hele organisasjonen"), choices.areas),
            ("focus_area", _("Ingen"), choices.focus_areas),
            ("cost_key", _("Velg"), choices.cost_keys),
        ):
            self.fields[name].choices = [("", empty), *_with(values, self.initial.get(name))]  # type: ignore[attr-defined]
        self.fields["organisations"].choices = list(choices.organisations)  # type: ignore[attr-defined]
        goals = [*choices.goals]
        known = {key for key, _name in goals}
        goals += [(key, key) for key in self.initial.get("goals") or () if key not in known]
        self.fields["goals"].choices = goals  # type: ignore[attr-defined]
        if not goals:
            del self.fields["goals"]

    @property
    def shares(self) -> list[dict[str, Any]]:
        """One cell per paying organisation for agreed shares in whole per cent."""
        saved = self.initial.get("own_shares") or {}
        return [
            {
                "name": f"share-{key}",
                "label": name,
                "value": self.data.get(f"share-{key}", "") if self.is_bound else saved.get(key, ""),
            }
            for key, name in self.choices.organisations
        ]

    def own_shares(self) -> dict[str, int]:
        """The agreed shares as typed; a fault on the form for what is no whole per cent."""
        found = {}
        for key, name in self.choices.organisations:
            text = str(self.data.get(f"share-{key}", "")).strip()
            if not text:
                continue
            if text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= 100:
                found[key] = int(text)
            else:
                self.add_error(
                    "cost_key", _("Andelen for %(name)s må være et helt tall fra 0 til 100.") % {"name": name}
                )
        return found


def _with(values: Sequence[tuple[str, str]], present: Any) -> list[tuple[str, str]]:
    """The choices, and the present one also when it is no longer offered."""
    known = {key for key, _name in values}
    return [*values, *([(str(present), str(present))] if present and str(present) not in known else [])]


class CostForm(forms.Form):
    """What the candidate costs in one year after its start."""

    use_required_attribute = False

    offset = forms.TypedChoiceField(label=gettext_lazy("År"), coerce=_place, required=False, empty_value="")
    kind = forms.ChoiceField(label=gettext_lazy("Slag"), choices=KINDS)
    source = forms.ChoiceField(label=gettext_lazy("Kilde"), required=False)
    continues = forms.BooleanField(label=gettext_lazy("Hvert år etterpå"), required=False)

    def __init__(self, *args: Any, unit: str = THOUSANDS, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        label = _("Beløp i kroner") if unit == "kr" else _("Beløp i 1000 kroner")
        self.fields["amount"] = AmountField(label=label, unit=unit)
        self.fields["offset"].choices = offsets()  # type: ignore[attr-defined]
        given = self.initial.get("source")
        self.fields["source"].choices = [("", _("Uten kilde")), *_with(choices.sources, given)]  # type: ignore[attr-defined]
        self.order_fields(["offset", "kind", "source", "amount", "continues"])


class StaffForm(forms.Form):
    """Hours of one role in one year after the start."""

    use_required_attribute = False

    role = forms.CharField(
        label=gettext_lazy("Rolle"),
        max_length=60,
        widget=forms.TextInput({"list": "roles", "autocomplete": "off"}),
    )
    offset = forms.TypedChoiceField(label=gettext_lazy("År"), coerce=_place, required=False, empty_value="")
    hours = forms.IntegerField(
        label=gettext_lazy("Timer"),
        min_value=1,
        max_value=1_000_000,
        widget=forms.TextInput(SHORT),
        error_messages={"invalid": gettext_lazy("Skriv et helt antall timer.")},
    )
    continues = forms.BooleanField(label=gettext_lazy("Hvert år etterpå"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["offset"].choices = offsets()  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """One tie to another candidate, named by its number, or to a group."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=gettext_lazy("Sammenheng"), choices=LINKS)
    other = forms.CharField(
        label=gettext_lazy("Nummeret på tiltaket"),
        required=False,
        max_length=10,
        widget=forms.TextInput({**SHORT, "list": "numbers"}),
    )
    group = forms.CharField(label=gettext_lazy("Navnet på gruppen"), required=False, max_length=60)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.numbers = choices.numbers

    def clean_other(self) -> UUID | None:
        """The other candidate's key, found by its number."""
        text = str(self.cleaned_data["other"]).strip()
        if not text:
            return None
        found = self.numbers.get(int(text)) if text.isascii() and text.isdigit() else None
        if found is None:
            raise forms.ValidationError(_("Det finnes ingen kandidat med nummer %(number)s.") % {"number": text})
        return found

    def clean(self) -> dict[str, Any]:
        """A group has a name, another tie has a candidate."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == "one_of":
            if not data.get("group"):
                self.add_error("group", _("Gi gruppen et navn. Alle tiltak med samme navn hører til den."))
        elif not data.get("other") and "other" not in self.errors:
            self.add_error("other", _("Skriv nummeret på det andre tiltaket."))
        return data


def offsets() -> list[tuple[str, str]]:
    """The years after the start, in words."""
    return [(str(at), _("År %(number)s") % {"number": at + 1}) for at in range(10)]


class DropForm(forms.Form):
    """Why a candidate is taken out."""

    use_required_attribute = False

    reason = forms.CharField(label=gettext_lazy("Hvorfor tas kandidaten ut?"), max_length=5000, widget=_long(3))


class CandidateFilter(forms.Form):
    """What the list is narrowed to; lives in the address."""

    use_required_attribute = False

    q = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Søk"), widget=forms.TextInput({"type": "search"})
    )
    kommune = forms.ChoiceField(required=False, label=gettext_lazy("Kommune"))
    omrade = forms.ChoiceField(required=False, label=gettext_lazy("Tjenesteområde"))
    satsing = forms.ChoiceField(required=False, label=gettext_lazy("Satsingsområde"))
    slag = forms.ChoiceField(required=False, label=gettext_lazy("Slag"))
    ma = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Må gjennomføres"),
        choices=(("", gettext_lazy("Alle")), ("ja", gettext_lazy("Ja")), ("nei", gettext_lazy("Nei"))),
    )
    vis = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Vis"),
        choices=(("", gettext_lazy("Aktuelle")), ("tatt-ut", gettext_lazy("Tatt ut")), ("alle", gettext_lazy("Alle"))),
    )
    unit = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Beløp i"),
        choices=(("", gettext_lazy("1000 kroner")), ("kr", gettext_lazy("Kroner"))),
    )

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, values in (
            ("kommune", choices.organisations),
            ("omrade", choices.areas),
            ("satsing", choices.focus_areas),
            ("slag", [(kind, kind) for kind in choices.kinds]),
        ):
            if values:
                self.fields[name].choices = [("", _("Alle")), *values]  # type: ignore[attr-defined]
            else:
                del self.fields[name]


# No answer for all: each conflict is chosen for by itself.
EACH = "each"


class WorkbookForm(forms.Form):
    """The changed workbook."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("Arbeidsbok med endringer"),
        help_text=gettext_lazy("Excel-filen (xlsx) du har lastet ned her og endret i."),
        error_messages={"required": gettext_lazy("Velg en fil."), "empty": gettext_lazy("Filen er tom.")},
    )


class WorkbookConfirmForm(forms.Form):
    """What holds where both have changed the same, and the seal of what was seen."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    otherwise = forms.ChoiceField(
        label=gettext_lazy("Hva skal gjelde der du ikke velger selv?"),
        choices=[
            (EACH, gettext_lazy("Jeg velger for hvert felt")),
            ("system", gettext_lazy("Behold det som står i Samstyr")),
            ("mine", gettext_lazy("Bruk det som står i filen")),
        ],
        widget=forms.RadioSelect,
    )
