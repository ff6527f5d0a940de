"""Forms of a meeting while it is held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.web.casework.forms import DateField

Choices = Sequence[tuple[str, str]]
LONG = 20_000


def _set(form: forms.Form, name: str, choices: Choices, empty: Any = None) -> None:
    form.fields[name].choices = [*([("", empty)] if empty else []), *choices]  # type: ignore[attr-defined]


class LeaderForm(forms.Form):
    """Who leads the meeting."""

    leader = forms.ChoiceField(label=_("Møteleder"), required=False)

    def __init__(self, *args: Any, people: Choices, empty: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "leader", people, empty)


class SubstituteForm(forms.Form):
    """Who takes an empty seat."""

    member = forms.ChoiceField(label=_("Plassen til"))
    person = forms.ChoiceField(label=_("Vara"))

    def __init__(self, *args: Any, members: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "member", members)
        _set(self, "person", people, _("Velg vara"))


class ObjectingForm(forms.Form):
    """How many object to a late item."""

    objecting = forms.IntegerField(
        label=_("Hvor mange vil ikke behandle saken?"), min_value=0, max_value=500, initial=0, required=False
    )


class DiscussionForm(forms.Form):
    """What is to stand in the minutes of how the item went."""

    text = forms.CharField(
        label=_("Behandlingen"),
        help_text=_("Dette kommer i møteboken. Du kan bruke Markdown."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONG,
        required=False,
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Hvorfor?"), max_length=500, required=False)


class RaiseForm(forms.Form):
    """Whose impartiality is asked about, and why."""

    participant = forms.ChoiceField(label=_("Hvem gjelder det?"))
    ground = forms.CharField(
        label=_("Hva kan gjøre vedkommende inhabil?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    law = forms.CharField(
        label=_("Lovgrunnlag"),
        help_text=_("Skriv hvilken utgave av loven det er, hvis den er endret."),
        max_length=200,
        initial="forvaltningsloven § 6",
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "participant", people)


class ImpartialityForm(forms.Form):
    """What was decided."""

    outcome = forms.ChoiceField(
        label=_("Avgjørelsen"),
        choices=(("disqualified", _("Inhabil")), ("qualified", _("Habil"))),
        widget=forms.RadioSelect,
    )
    votes_for = forms.IntegerField(label=_("Stemte for inhabil"), min_value=0, max_value=500, required=False)
    votes_against = forms.IntegerField(label=_("Stemte for habil"), min_value=0, max_value=500, required=False)

    def __init__(self, *args: Any, by_body: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_body:
            del self.fields["votes_for"], self.fields["votes_against"]


class MotionForm(forms.Form):
    """What is proposed instead, by whom, and what the case would end with."""

    participant = forms.ChoiceField(label=_("Hvem fremmer forslaget?"))
    text = forms.CharField(label=_("Forslaget"), widget=forms.Textarea(attrs={"rows": 5}), max_length=LONG)
    outcome = forms.ChoiceField(label=_("Utfallet det fører til"), required=False)

    def __init__(self, *args: Any, people: Choices, outcomes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "participant", people)
        _set(self, "outcome", outcomes, _("Avgjøres når det vedtas"))
        if not outcomes:
            del self.fields["outcome"]


class VotingForm(forms.Form):
    """What is voted over, between what, and how."""

    about = forms.ChoiceField(label=_("Hva stemmes det over?"), widget=forms.RadioSelect)
    outcomes = forms.MultipleChoiceField(
        label=_("Utfall å velge mellom"), required=False, widget=forms.CheckboxSelectMultiple
    )
    motions = forms.MultipleChoiceField(
        label=_("Forslag å velge mellom"), required=False, widget=forms.CheckboxSelectMultiple
    )
    proposal_outcome = forms.ChoiceField(label=_("Utfallet hvis innstillingen vinner"), required=False)
    manner = forms.ChoiceField(
        label=_("Hvordan stemmes det?"),
        choices=(
            ("show", _("Ved håndsopprekning")),
            ("roll", _("Ved navneopprop")),
            ("browser", _("Hver på sin skjerm")),
        ),
        widget=forms.RadioSelect,
        initial="show",
    )
    question = forms.CharField(label=_("Spørsmålet, hvis det er et annet enn saken"), max_length=500, required=False)
    election = forms.BooleanField(
        label=_("Dette er et valg eller en ansettelse (blank stemme er lov, og ingen dobbeltstemme)"), required=False
    )

    def __init__(self, *args: Any, abouts: Choices, outcomes: Choices, motions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "about", abouts)
        self.initial.setdefault("about", abouts[0][0])
        for name, choices in (("outcomes", outcomes), ("motions", motions)):
            if choices:
                _set(self, name, choices)
                self.initial.setdefault(name, [key for key, _name in choices])
            else:
                del self.fields[name]
        if outcomes:
            _set(self, "proposal_outcome", outcomes, _("Avgjøres når det vedtas"))
        else:
            del self.fields["proposal_outcome"]


class EnterForm(forms.Form):
    """What those present vote, entered by who keeps the book: all alike, or one by one."""

    everybody = forms.ChoiceField(label=_("Alle andre stemmer"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "everybody", choices, _("Ikke før inn for andre"))


class CloseForm(forms.Form):
    """What who leads has settled on."""

    chair_says = forms.ChoiceField(label=_("Møteleder avgjør, hvis dere ikke er enige"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "chair_says", choices, _("Ingenting avgjort"))


class DecideForm(forms.Form):
    """How the item was decided, and what is decided."""

    how = forms.ChoiceField(label=_("Hvordan ble saken avgjort?"), widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("Utfall"), required=False)
    text = forms.CharField(
        label=_("Vedtaket"),
        help_text=_("Er feltet tomt, gjelder forslaget som fikk flertall."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONG,
        required=False,
    )
    reason = forms.CharField(
        label=_("Begrunnelse"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONG, required=False
    )
    conditions = forms.CharField(
        label=_("Vilkår"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONG, required=False
    )
    until = DateField(label=_("Utsatt til"), required=False)
    override = forms.CharField(
        label=_("Hvorfor avgjøres saken uten det som mangler?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONG,
        required=False,
    )

    def __init__(self, *args: Any, hows: Choices, outcomes: Choices, needs: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "how", hows)
        if hows:
            self.initial.setdefault("how", hows[0][0])
        if outcomes:
            _set(self, "outcome", outcomes, _("Som avstemningen ga"))
        for name in ("outcome", "reason", "conditions", "until", "override"):
            if name not in needs:
                del self.fields[name]
