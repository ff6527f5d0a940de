"""What the gallery page shows: every component with invented content, for developers and for the tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.access import Verdict
from samstyr.foundation.kernel.text import say
from samstyr.foundation.ui.pieces import (
    Phase,
    PhaseState,
    Status,
    Tab,
    Tone,
    TrailEntry,
)
from samstyr.foundation.ui.shell import Choice, Crumb, NavigationItem, Shell


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=_("Hva er behovet?"),
        max_length=120,
        help_text=_("Én setning, uten produktnavn."),
    )
    description = forms.CharField(
        label=_("Beskriv situasjonen i dag"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
    area = forms.ChoiceField(
        label=_("Tjenesteområde"),
        choices=[
            ("", _("Velg")),
            ("helse", "Helse og mestring"),
            ("skole", "Oppvekst"),
        ],
    )
    cost = forms.CharField(label=_("Omtrentlig kostnad"), required=False, help_text=_("Hele kroner."))
    year = forms.DateField(
        label=_("Når trengs det?"),
        required=False,
        help_text=_("For eksempel 01.08.2027."),
    )
    compels = forms.ChoiceField(
        label=_("Er det noe som tvinger det fram?"),
        widget=forms.RadioSelect,
        choices=[("law", _("En lov")), ("risk", _("En risiko")), ("none", _("Nei"))],
    )
    users = forms.MultipleChoiceField(
        label=_("Hvem berøres?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("residents", _("Innbyggere")),
            ("staff", _("Ansatte")),
            ("partners", _("Samarbeidsparter")),
        ],
    )
    attachment = forms.FileField(
        label=_("Vedlegg"),
        required=False,
        help_text=_("PDF, Word eller Excel, inntil 20 MB."),
    )
    sure = forms.BooleanField(label=_("Behovet er drøftet med nærmeste leder"))


class FilterForm(forms.Form):
    """What a list is narrowed by."""

    q = forms.CharField(label=_("Søk"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(
        label=_("Tilstand"),
        required=False,
        choices=[("", _("Alle")), ("draft", _("Utkast")), ("heard", _("På høring"))],
    )
    area = forms.ChoiceField(
        label=_("Tjenesteområde"),
        required=False,
        choices=[("", _("Alle")), ("helse", "Helse og mestring")],
    )


def navigation(current: str = "needs") -> list[NavigationItem]:
    """A rail that follows the loop."""
    rows = [
        ("", "home", "Mine oppgaver", "tasks", 3),
        ("Fra behov til plan", "needs", "Behov", "need", None),
        ("Fra behov til plan", "cases", "Saker", "case", None),
        ("Fra behov til plan", "hearings", "Høringer", "hearing", 1),
        ("Fra behov til plan", "plan", "Handlingsplan", "plan", None),
        ("Styringen", "wheel", "Årshjul", "calendar", None),
        ("Styringen", "model", "Styringsmodell", "model", None),
        ("Styringen", "organisation", "Organisasjon", "organisation", None),
    ]
    return [
        NavigationItem(label, f"#{key}", group, key == current, count, icon) for group, key, label, icon, count in rows
    ]


def shell() -> Shell:
    """A frame with everything in it."""
    return Shell(
        person_name="Kommunalsjef helse, Fjordby",
        person_roles=("Kommunalsjef", "Medlem av digitaliseringsforum"),
        tenant_name="Digitalt samarbeid Fjordby og Skogvik",
        tenants=(
            Choice("Digitalt samarbeid Fjordby og Skogvik", "#", True),
            Choice("Fylkesnettverket", "#"),
        ),
        person_menu=(Choice("Rollene mine", "#"), Choice("Stedfortreder", "#")),
        search_url="/sok/",
        help_url="#",
        accessibility_url="#",
        logout_url="#",
        season="Innmelding av behov er åpen til 1. april 2026",
        season_url="#",
        demo=True,
    )


def needs() -> list[dict[str, Any]]:
    """Rows for a list."""
    return [
        {"title": "Sammenhengende meldinger mellom fastlege og hjemmetjeneste", "unit": "Helse og mestring",
         "status": Status("På høring", Tone.INFO), "cost": 1_250_000, "sent": date(2026, 2, 10)},
        {"title": "Foreldre skal kunne søke barnehageplass på mobil", "unit": "Oppvekst",
         "status": Status("Vedtatt", Tone.SUCCESS), "cost": 480_000, "sent": date(2026, 1, 28)},
        {"title": "Felles arkivkjerne for byggesaker", "unit": "Samfunn og teknisk",
         "status": Status("Sendt tilbake", Tone.WARNING), "cost": None, "sent": date(2026, 1, 12)},
        {"title": "Innsyn i egen journal i pleie og omsorg", "unit": "Helse og mestring",
         "status": Status("Avslått", Tone.DANGER), "cost": 12_400_500, "sent": date(2025, 12, 3)},
        {"title": "Enklere vaktbytte i døgnturnus", "unit": "Helse og mestring",
         "status": Status("Utkast"), "cost": 90_000, "sent": None},
    ]  # fmt: skip


def trail() -> list[TrailEntry]:
    """What has happened to one need."""
    return [
        TrailEntry(datetime(2026, 2, 10, 12, 0, tzinfo=UTC), "Behovet ble sendt inn", "Virksomhetsleder hjemmetjenesten"),
        TrailEntry(
            datetime(2026, 2, 17, 9, 30, tzinfo=UTC), "Sendt tilbake med begrunnelse", "Kommunalsjef helse, Fjordby",
            "Vi trenger å vite **hvor mange** det gjelder, og om det finnes en [nasjonal løsning](https://www.ks.no/).",
            Tone.WARNING, rule="Steg 2: vurdering hos kommunalsjef",
        ),
        TrailEntry(date(2026, 3, 2), "Kostnaden ble endret", "Virksomhetsleder hjemmetjenesten",
                   facts=(("Før", "900\u00a0000 kr"), ("Nå", "1\u00a0250\u00a0000 kr"))),
        TrailEntry(date(2026, 5, 20), "Vedtatt tatt inn i handlingsplanen", "Styringsgruppen",
                   "Enstemmig. Kostnaden deles etter folketall.", Tone.SUCCESS, url="#"),
    ]  # fmt: skip


def path() -> list[Phase]:
    """Where one need stands."""
    return [
        Phase("Innmelding", PhaseState.DONE, "10.02.2026"),
        Phase("Vurdering", PhaseState.DONE, "Kommunalsjef"),
        Phase("Høring", PhaseState.SKIPPED, "Ingen berørte"),
        Phase("Digitaliseringsforum", PhaseState.CURRENT, "Frist 15.05.2026"),
        Phase("Lederteam", PhaseState.UPCOMING, "Begge kommuner"),
        Phase("Endelig vedtak", PhaseState.UPCOMING, "Styringsgruppen", gate=True),
    ]


def gallery_context(data: QueryDict | None = None) -> dict[str, Any]:
    """The context of ``ui/gallery.html``; `data` fills the filters."""
    faulty = SampleForm({"title": "", "description": "Vi skriver alt to ganger.", "compels": ""})
    faulty.is_valid()
    return {
        "shell": shell(),
        "navigation": navigation(),
        "crumbs": [Crumb("Behov", "#"), Crumb("Helse og mestring", "#")],
        "sample_form": SampleForm(prefix="b"),
        "faulty_form": faulty,
        "filter_form": FilterForm(data or None),
        "needs": needs(),
        "total": sum(row["cost"] or 0 for row in needs()),
        "page": Paginator(range(143), 10).page(3),
        "trail": trail(),
        "path": path(),
        "tones": [Status(str(label), tone) for label, tone in zip(
            ("Utkast", "På høring", "Vedtatt", "Frist i dag", "Avslått"), Tone, strict=True)],
        "tab_items": [Tab("Mine", "#", True, 4), Tab("Enhetens", "#", False, 12), Tab("Alle", "#")],
        "allowed": Verdict(True, say("Du er kommunalsjef.")),
        "refused": Verdict(False, say("Rollene dine i styringsmodellen gir ikke rett til dette."), "access.need.edit",
                           ("kommunalsjef",)),
        "today": date(2026, 2, 10),
        "deadline": date(2026, 2, 13),
        "moment": datetime(2026, 2, 10, 12, 0, tzinfo=UTC),
        "text": "## Bakgrunn\n\nVi skriver **alt** to ganger:\n\n1. i journalen\n2. i regnearket\n\n| År | Timer |\n|---|---|\n| 2025 | 400 |",
    }  # fmt: skip
