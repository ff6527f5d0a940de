"""Forms of organisations, people, roles, seats and stand-ins. Field names are the actions' own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Choices = Iterable[tuple[str, str]]

ORGANISATION_KINDS = (
    ("municipality", _("Kommune")),
    ("county_council", _("Fylkeskommune")),
    ("it_service", _("IT-tjeneste")),
    ("company", _("Selskap")),
    ("national", _("Nasjonal virksomhet")),
    ("network", _("Nettverk")),
    ("agency", _("Etat")),
    ("other", _("Annet")),
)
NOTHING = ("", "–")


class DateField(forms.DateField):
    """A day, with the browser's own calendar; also read as 01.02.2026."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y"], **options)


class KeyChoice(forms.ChoiceField):
    """A choice among things; gives the key as a UUID, or None when nothing is chosen."""

    def clean(self, value: Any) -> UUID | None:
        """The key chosen."""
        text = super().clean(value)
        return UUID(text) if text else None


class PeopleFilter(forms.Form):
    """Which people the list shows; everything is in the address."""

    q = forms.CharField(
        label=_("Navn, stilling eller e-post"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    organisation = KeyChoice(label=_("Organisasjon"), required=False)
    role = forms.ChoiceField(label=_("Rolle"), required=False)
    active = forms.ChoiceField(
        label=_("Aktive"),
        required=False,
        choices=(("", _("Bare aktive")), ("no", _("Bare avsluttede")), ("all", _("Alle"))),
    )

    def __init__(self, data: Any = None, *, organisations: Choices = (), roles: Choices = ()) -> None:
        super().__init__(data)
        self.fields["organisation"].choices = [("", _("Alle")), *organisations]  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("Alle")), *roles]  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        """The text without characters that no database takes."""
        return str(self.cleaned_data["q"]).replace("\0", "").strip()


class OrganisationForm(forms.Form):
    """An organisation. `slot` is asked for a new one only."""

    name = forms.CharField(label=_("Navn"), max_length=200)
    short_name = forms.CharField(label=_("Kort navn"), max_length=60, required=False)
    slot = forms.ChoiceField(
        label=_("Plass i styringsmodellen"),
        help_text=_("Styringsmodellen bruker denne plassen når den nevner organisasjonen. Den kan ikke endres siden."),
    )
    kind = forms.ChoiceField(label=_("Type"), choices=ORGANISATION_KINDS)
    organisation_number = forms.CharField(label=_("Organisasjonsnummer"), max_length=20, required=False)
    municipality_number = forms.CharField(label=_("Kommunenummer"), max_length=10, required=False)
    region = forms.CharField(
        label=_("Region"),
        max_length=100,
        required=False,
        help_text=_("Fylles ut når styringsmodellen har plasser for regioner, med det navnet regionen har der."),
    )
    population = forms.IntegerField(label=_("Innbyggertall"), required=False, min_value=0, max_value=100_000_000)
    population_year = forms.IntegerField(
        label=_("Innbyggertall per 1. januar"), required=False, min_value=1900, max_value=2200
    )

    chart_address = forms.URLField(
        label=_("Adressen til organisasjonskartet"), required=False, max_length=500, assume_scheme="https"
    )
    chart_verified_on = DateField(
        label=_("Sist sammenlignet med organisasjonskartet"),
        required=False,
        help_text=_("Etter tolv måneder minner vi om at det bør gjøres på nytt."),
    )

    def __init__(self, *args: Any, slots: Choices | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if slots is None:
            del self.fields["slot"]
            return
        known = list(slots)
        if known:
            self.fields["slot"].choices = known  # type: ignore[attr-defined]
        else:
            self.fields["slot"] = forms.SlugField(label=_("Plass i styringsmodellen"), max_length=60)


class UnitForm(forms.Form):
    """A unit in an organisation."""

    name = forms.CharField(label=_("Navn"), max_length=200)
    code = forms.CharField(
        label=_("Kode"), max_length=40, required=False, help_text=_("For eksempel ansvarskoden i regnskapet.")
    )
    parent = KeyChoice(label=_("Ligger under"), required=False)
    kind = forms.ChoiceField(
        label=_("Slags enhet"),
        required=False,
        help_text=_("Styringsmodellen kan kreve roller i noen slags enheter, for eksempel i hver skole."),
    )
    is_area = forms.BooleanField(
        label=_("Dette er et virksomhetsområde"),
        required=False,
        help_text=_("Et område ledes av en kommunalsjef, og har sin egen representant."),
    )

    def __init__(self, *args: Any, parents: Choices = (), kinds: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].choices = [("", _("Øverst i organisasjonen")), *parents]  # type: ignore[attr-defined]
        known = list(kinds)
        if known:
            self.fields["kind"].choices = [NOTHING, *known]  # type: ignore[attr-defined]
        else:
            del self.fields["kind"]


class PersonForm(forms.Form):
    """A person and where they work."""

    name = forms.CharField(label=_("Navn"), max_length=200)
    title = forms.CharField(label=_("Stilling"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-post"), required=False)
    organisation = KeyChoice(label=_("Organisasjon"), required=False)
    unit = KeyChoice(label=_("Tjeneste"), required=False)

    def __init__(self, *args: Any, organisations: Choices = (), units: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].choices = [NOTHING, *organisations]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [NOTHING, *units]  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """A role to give, where, and from when to when."""

    role = forms.ChoiceField(label=_("Rolle"))
    organisation = KeyChoice(
        label=_("Organisasjon"), required=False, help_text=_("Trengs for roller som gjelder en organisasjon.")
    )
    unit = KeyChoice(
        label=_("Tjeneste eller område"),
        required=False,
        help_text=_("Trengs for roller som gjelder en tjeneste eller et område."),
    )
    starts_on = DateField(label=_("Første dag"))
    ends_on = DateField(label=_("Siste dag"), required=False, help_text=_("Tomt betyr inntil videre."))
    reason = forms.CharField(label=_("Begrunnelse"), max_length=500, required=False)

    def __init__(
        self, *args: Any, roles: Choices = (), organisations: Choices = (), units: Choices = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [("", _("Velg rolle")), *roles]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [NOTHING, *organisations]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [NOTHING, *units]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of a role or a term, and why."""

    ends_on = DateField(label=_("Siste dag"))
    reason = forms.CharField(label=_("Begrunnelse"), max_length=500, required=False)


class SeatForm(forms.Form):
    """A new seat in a body."""

    group = forms.ChoiceField(label=_("Gruppe"))
    organisation = KeyChoice(label=_("Organisasjon"), required=False)
    unit = KeyChoice(label=_("Område"), required=False)

    def __init__(
        self, *args: Any, groups: Choices = (), organisations: Choices = (), areas: Choices = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["group"].choices = groups  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [NOTHING, *organisations]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [NOTHING, *areas]  # type: ignore[attr-defined]


class FillForm(forms.Form):
    """Who takes a seat, and from when to when."""

    person = KeyChoice(label=_("Hvem"))
    starts_on = DateField(label=_("Første dag"))
    ends_on = DateField(label=_("Siste dag"), required=False, help_text=_("Tomt betyr inntil videre."))
    replace = forms.BooleanField(
        label=_("Erstatt den som har plassen"), required=False, help_text=_("Perioden til den andre slutter dagen før.")
    )
    responsible = forms.BooleanField(label=_("Har direkte ansvar for digitaliseringen der personen er"), required=False)
    exception_reason = forms.CharField(
        label=_("Hvorfor det gjøres unntak"),
        max_length=500,
        required=False,
        help_text=_(
            "Fylles ut når personen er utenfra eller perioden er kortere eller lengre enn styringsmodellen sier."
        ),
    )

    def __init__(
        self,
        *args: Any,
        people: Choices = (),
        responsibility: bool = False,
        term_years: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if term_years:
            self.fields["ends_on"].help_text = ngettext(
                "Tomt betyr ett år fra den første dagen, slik styringsmodellen sier.",
                "Tomt betyr %(years)s år fra den første dagen, slik styringsmodellen sier.",
                term_years,
            ) % {"years": term_years}
        if not responsibility:
            del self.fields["responsible"]
        self.fields["person"].choices = [("", _("Velg person")), *people]  # type: ignore[attr-defined]


class ExtendForm(forms.Form):
    """Until when a term lasts, and why."""

    ends_on = DateField(label=_("Ny siste dag"))
    reason = forms.CharField(label=_("Hvorfor"), max_length=500, help_text=_("For eksempel for å sikre kontinuitet."))


class ConsultForm(forms.Form):
    """Who was asked before an appointment, when, and by when they answer."""

    consulted = forms.ChoiceField(label=_("Hvem ble spurt"))
    asked_on = DateField(label=_("Spurt"))
    answer_by = DateField(label=_("Frist for å svare"))

    def __init__(self, *args: Any, bodies: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["consulted"].choices = list(bodies)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What they answered."""

    answered_on = DateField(label=_("Svarte"))
    answer = forms.CharField(label=_("Svar"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class SubstituteForm(forms.Form):
    """Who stands in, and from when to when."""

    substitute = KeyChoice(label=_("Stedfortreder"))
    starts_on = DateField(label=_("Første dag borte"))
    ends_on = DateField(label=_("Siste dag borte"))
    note = forms.CharField(
        label=_("Merknad"), max_length=300, required=False, help_text=_("Ikke skriv hvorfor du er borte.")
    )

    def __init__(self, *args: Any, people: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["substitute"].choices = [("", _("Velg person")), *people]  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """A list to bring in."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("Excel (xlsx), OpenDocument (ods) eller CSV, høyst 10 MB. Overskrifter i første rad, én per rad."),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.ods,.csv"}),
    )


class ConfirmForm(forms.Form):
    """Bring in what has been looked through."""

    only_right = forms.BooleanField(label=_("Les bare inn radene uten feil"), required=False)
