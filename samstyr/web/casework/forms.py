"""Forms of casework: treating a step, commenting, parking, merging, planning meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONG = forms.Textarea(attrs={"rows": 5})


class DateField(forms.DateField):
    """A date, typed as 24.12.2026 or chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y"])
        kwargs.setdefault(
            "error_messages",
            {"invalid": _("Dette er ikke en dato som finnes. Skriv dag, måned og år, for eksempel 24.12.2026.")},
        )
        super().__init__(**kwargs)


class TreatForm(forms.Form):
    """The outcome of a step with its text; a body's also with day, who was present and votes."""

    outcome = forms.ChoiceField(label=_("Utfall"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("Tekst"), widget=LONG, required=False, max_length=20_000)
    reason = forms.CharField(label=_("Begrunnelse"), widget=LONG, required=False, max_length=20_000)
    conditions = forms.CharField(label=_("Vilkår"), widget=LONG, required=False, max_length=20_000)
    until = DateField(label=_("Parkeres til"), required=False)
    decided_on = DateField(label=_("Møtedato"), required=False)
    override = forms.CharField(
        label=_("Hvorfor avgjøres saken uten det som mangler?"),
        help_text=_("Fyll ut bare når noe mangler og saken likevel må avgjøres. Grunnen blir stående i sporet."),
        widget=LONG,
        required=False,
        max_length=20_000,
    )

    def __init__(
        self,
        *args: Any,
        outcomes: Sequence[Any],
        body: bool,
        checklist: Sequence[tuple[str, str]] = (),
        overridable: bool = False,
        parts: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if parts:
            self.fields["parts"] = forms.MultipleChoiceField(
                label=_("Hvilke felles tiltak står dere ikke bak?"),
                help_text=_(
                    "De går videre for de andre alene. Slutter dere dere ikke til, og velger ingen, gjelder det alle."
                ),
                choices=list(parts),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        if not overridable:
            del self.fields["override"]
        self.points = [f"check-{key}" for key, _name in checklist]
        for key, name in checklist:
            self.fields[f"check-{key}"] = forms.ChoiceField(
                label=name, choices=[("ja", _("Oppfylt")), ("nei", _("Ikke oppfylt"))], widget=forms.RadioSelect
            )
        self.fields["outcome"].choices = [(item.key, item.name) for item in outcomes]  # type: ignore[attr-defined]
        required = {name for item in outcomes for name in item.requires}
        effects = {item.effect for item in outcomes}
        if "conditions" not in required and "conditions" not in effects:
            del self.fields["conditions"]
        if not effects & {"park", "pause"} and "date" not in required:
            del self.fields["until"]
        if body:
            self.fields["text"].label = _("Vedtak eller uttalelse")
        else:
            del self.fields["decided_on"]
            self.fields["reason"].label = _("Vurdering og begrunnelse")
            if "text" in required:
                self.fields["text"].label = _("Hva er avgjort?")
            else:
                del self.fields["text"]

    @property
    def checkpoints(self) -> list[Any]:
        """The fields of the checklist, as they are shown."""
        return [self[name] for name in self.points]

    def checks(self) -> dict[str, bool]:
        """Which points of the checklist are met."""
        return {name.removeprefix("check-"): self.cleaned_data.get(name) == "ja" for name in self.points}


class ConcernForm(forms.Form):
    """Which bodies a case is about."""

    bodies = forms.MultipleChoiceField(
        label=_("Hvem berøres i tillegg?"),
        help_text=_("De som dekker området saken kommer fra, er med uansett."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bodies"].choices = list(bodies)  # type: ignore[attr-defined]


class CiteForm(forms.Form):
    """Which source something points to, and why."""

    source = forms.ChoiceField(label=_("Kilde"))
    note = forms.CharField(
        label=_("Hva bruker dere den til?"),
        help_text=_("For eksempel punktet det gjelder."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, sources: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one} ({one.get_kind_display()})") for one in sources
        ]


class PrecedentFilter(forms.Form):
    """Which precedents to show; kept in the address."""

    q = forms.CharField(label=_("Søk"), required=False, max_length=200)
    vei = forms.ChoiceField(label=_("Beslutningsvei"), required=False)
    organ = forms.ChoiceField(label=_("Hvem som svarte"), required=False)
    ar = forms.IntegerField(label=_("År"), required=False, min_value=2000, max_value=2100)

    def __init__(self, *args: Any, model: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paths, bodies = (model.paths, model.bodies) if model else ((), ())
        self.fields["vei"].choices = [("", _("Alle")), *((one.key, str(one.name)) for one in paths)]  # type: ignore[attr-defined]
        self.fields["organ"].choices = [("", _("Alle")), *((one.key, str(one.name)) for one in bodies)]  # type: ignore[attr-defined]


class CommentForm(forms.Form):
    """A comment in Markdown."""

    text = forms.CharField(
        label=_("Kommentar"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        help_text=_("Skriv @[navn] for å varsle noen, for eksempel @[IT-leder]."),
    )


class ReasonForm(forms.Form):
    """A reason and nothing more."""

    reason = forms.CharField(label=_("Begrunnelse"), widget=LONG, max_length=2000)


class ParkForm(ReasonForm):
    """Until when a case rests, and why."""

    until = DateField(label=_("Parkeres til"))


class MergeForm(ReasonForm):
    """Which case this one becomes part of."""

    into = forms.ChoiceField(label=_("Slås sammen med"))

    def __init__(self, *args: Any, cases: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            (str(case.pk), f"{case.year}/{case.number} {case.title}") for case in cases
        ]


class MeetingForm(forms.Form):
    """A day a body meets."""

    body = forms.ChoiceField(label=_("Organ"))
    organisation = forms.ChoiceField(label=_("Kommune"), required=False)
    held_on = DateField(label=_("Dato"))
    title = forms.CharField(label=_("Merknad"), required=False, max_length=200)

    def __init__(self, *args: Any, bodies: Sequence[Any], organisations: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [(body.key, str(body.name)) for body in bodies]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            ("", _("Felles")),
            *((str(item.pk), str(item)) for item in organisations),
        ]


class CaseFilter(forms.Form):
    """What to show in the list of cases; kept in the address."""

    q = forms.CharField(label=_("Ord eller saksnummer"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("Status"), required=False)
    path = forms.ChoiceField(label=_("Beslutningsvei"), required=False)
    organisation = forms.ChoiceField(label=_("Kommune"), required=False)
    year = forms.IntegerField(label=_("År"), required=False, min_value=2000, max_value=2100)
    merke = forms.ChoiceField(label=_("Merke"), required=False)

    def __init__(self, *args: Any, model: Any, organisations: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("Alle"))
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            every,
            ("open", _("Under behandling")),
            ("overdue", _("Over fristen")),
            ("parked", _("Parkert")),
            ("ended", _("Avsluttet")),
        ]
        self.fields["path"].choices = [every, *((p.key, str(p.name)) for p in (model.paths if model else ()))]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [every, *((str(o.pk), str(o)) for o in organisations)]  # type: ignore[attr-defined]
        sets = model.tags if model else ()
        if sets:
            self.fields["merke"].choices = [  # type: ignore[attr-defined]
                every,
                *((f"{one.key}:{value.key}", str(value.name)) for one in sets for value in one.values),
                *((f"{one.key}:", _("Uten %(name)s") % {"name": one.name}) for one in sets),
            ]
        else:
            del self.fields["merke"]
