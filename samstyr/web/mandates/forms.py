"""Forms of ledgers, made from what the governance model says of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.governance.rules.ledgers import Ledger, LedgerField, TagSet
from samstyr.procedure.mandates.queries import UNMET, WATCH
from samstyr.procedure.mandates.rules import LONGEST_LINE, LONGEST_TEXT, EntryValues, day_of
from samstyr.web.casework.forms import DateField

Choices = Sequence[tuple[str, Any]]
YES_NO = [("ja", _("Ja")), ("nei", _("Nei"))]


Named = Mapping[str, Mapping[str, str]]


def question_field(question: LedgerField, named: Named, *, required: bool) -> forms.Field:
    """The field that a question of the model is answered in; `named` are the things of the strategy to choose among."""
    common: dict[str, Any] = {"label": str(question.name), "help_text": str(question.help or ""), "required": required}
    match question.kind:
        case "choice":
            choices = [(str(one), str(one)) for one in question.choices]
            return forms.ChoiceField(choices=choices if required else [("", "–"), *choices], **common)
        case "focus_area" | "source":
            return forms.ChoiceField(choices=[("", "–"), *named.get(question.kind, {}).items()], **common)
        case "date":
            return DateField(**common)
        case "address":
            return forms.URLField(max_length=LONGEST_LINE, assume_scheme="https", **common)
        case "yes_no":
            return forms.ChoiceField(choices=[("", "–"), *YES_NO], **common)
        case "long_text":
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST_TEXT, **common)
        case _:
            return forms.CharField(max_length=LONGEST_LINE, **common)


def tag_fields(sets: Iterable[TagSet]) -> dict[str, forms.Field]:
    """A group of checkboxes for each set of tags."""
    return {
        f"tags_{one.key}": forms.MultipleChoiceField(
            label=str(one.name),
            choices=[(f"{one.key}:{value.key}", str(value.name)) for value in one.values],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        for one in sets
    }


class EntryForm(forms.Form):
    """An entry of a ledger: its title and text, the ledger's own fields, and what the ledger keeps beside them."""

    def __init__(
        self, *args: Any, ledger: Ledger, sets: Sequence[TagSet], people: Choices, organisations: Choices,
        cases: Choices, named: Named, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.ledger = ledger
        self.fields["title"] = forms.CharField(label=_("Hva gjelder det?"), max_length=LONGEST_LINE)
        for question in ledger.fields:
            required = question.mandatory or question.key == ledger.yearly
            self.fields[f"answer_{question.key}"] = question_field(question, named, required=required)
        self.fields["text"] = forms.CharField(
            label=_("Mer om det"), widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST_TEXT, required=False
        )
        if ledger.follow:
            self._following(people)
        if ledger.held:
            self._holding(organisations)
        self.fields.update(tag_fields(sets))
        if cases:
            self.fields["cases"] = forms.MultipleChoiceField(
                label=_("Saker det henger sammen med"), choices=cases, required=False,
                widget=forms.SelectMultiple(attrs={"size": 6}),
            )  # fmt: skip

    def _following(self, people: Choices) -> None:
        self.fields["owner"] = forms.ChoiceField(
            label=_("Hvem har ansvaret?"), choices=[("", _("Ingen ennå")), *people], required=False
        )
        self.fields["next_action"] = forms.CharField(label=_("Neste steg"), max_length=LONGEST_LINE, required=False)
        self.fields["due_on"] = DateField(label=_("Når skal det være gjort?"), required=False)

    def _holding(self, organisations: Choices) -> None:
        self.fields["holder"] = forms.CharField(
            label=_("Rollen til den som har vervet"),
            help_text=_("Skriv rollen, ikke navnet. La det stå tomt når vervet er ledig."), max_length=200,
            required=False,
        )  # fmt: skip
        self.fields["organisation"] = forms.ChoiceField(
            label=_("Organisasjon"), choices=[("", "–"), *organisations], required=False
        )
        self.fields["starts_on"] = DateField(label=_("Fra"), required=False)
        self.fields["ends_on"] = DateField(label=_("Til"), required=False)

    def values(self) -> EntryValues:
        """The form as the rules take it."""
        given = self.cleaned_data
        tags = [tag for name, value in given.items() if name.startswith("tags_") for tag in value]
        return EntryValues(
            title=given["title"],
            text=given["text"],
            answers={one.key: _written(given.get(f"answer_{one.key}")) for one in self.ledger.fields},
            tags=tuple(tags),
            owner=_key(given.get("owner")),
            next_action=given.get("next_action", ""),
            due_on=given.get("due_on"),
            holder=given.get("holder", ""),
            organisation=_key(given.get("organisation")),
            starts_on=given.get("starts_on"),
            ends_on=given.get("ends_on"),
            cases=tuple(UUID(key) for key in given.get("cases", ())),
        )


def _written(answer: Any) -> str:
    return answer.isoformat() if isinstance(answer, date) else str(answer or "")


def _key(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def initial_of(entry: Any, cases: Iterable[UUID]) -> dict[str, Any]:
    """What the form holds when it is opened with an entry."""
    own = {
        name: getattr(entry, name)
        for name in ("title", "text", "next_action", "due_on", "holder", "starts_on", "ends_on")
    }
    for key, text in entry.answers.items():
        own[f"answer_{key}"] = day_of(text) or text
    for tag in entry.tags:
        own.setdefault(f"tags_{tag.partition(':')[0]}", []).append(tag)
    own["owner"], own["organisation"] = str(entry.owner_id or ""), str(entry.organisation_id or "")
    return own | {"cases": [str(key) for key in cases]}


class EntryFilter(forms.Form):
    """Which entries to show."""

    q = forms.CharField(label=_("Søk"), required=False, max_length=200)
    tilstand = forms.ChoiceField(label=_("Tilstand"), required=False)
    merke = forms.ChoiceField(label=_("Merke"), required=False)

    def __init__(
        self, *args: Any, ledger: Ledger, sets: Sequence[TagSet], answers: Mapping[str, Choices], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ledger = ledger
        unmet = any(one.unmet for one in ledger.states)
        looked_at = unmet or ledger.follow or ledger.held or any(one.expected for one in ledger.fields)
        watch = [(WATCH, _("Trenger oppmerksomhet"))] if looked_at else []
        watch += [(UNMET, _("Ikke oppfylt eller fulgt"))] if unmet else []
        states = [(one.key, str(one.name)) for one in ledger.states]
        self.fields["tilstand"].choices = [("", _("Alle")), *watch, *states]  # type: ignore[attr-defined]
        tags = [(f"{one.key}:{value.key}", str(value.name)) for one in sets for value in one.values]
        if tags:
            self.fields["merke"].choices = [("", _("Alle")), *tags]  # type: ignore[attr-defined]
        else:
            del self.fields["merke"]
        for one in ledger.fields:
            if one.narrows:
                choices = YES_NO if one.kind == "yes_no" else [(str(text), str(text)) for text in one.choices]
                self.fields[f"svar_{one.key}"] = forms.ChoiceField(
                    label=str(one.name), required=False, choices=[("", _("Alle")), *answers.get(one.key, choices)]
                )

    def answers(self) -> dict[str, str]:
        """What the fields must hold, by key."""
        given = ((one.key, self.cleaned_data.get(f"svar_{one.key}", "")) for one in self.ledger.fields if one.narrows)
        return {key: answer for key, answer in given if answer}


class CarryForm(forms.Form):
    """The year that what is open is carried on to."""

    year = forms.ChoiceField(label=_("Før videre til"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(one), str(one)) for one in years]  # type: ignore[attr-defined]
        self.fields["year"].initial = str(years[0]) if years else None


class MoveForm(forms.Form):
    """Another state for an entry."""

    to = forms.ChoiceField(label=_("Ny tilstand"), widget=forms.RadioSelect)
    decided_by = forms.CharField(label=_("Hvem har avgjort det?"), max_length=200, required=False)
    decided_on = DateField(label=_("Når ble det avgjort?"), required=False)
    case = forms.ChoiceField(label=_("I hvilken sak?"), required=False)
    note = forms.CharField(
        label=_("Hva er skjedd?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_TEXT, required=False
    )

    def __init__(self, *args: Any, ledger: Ledger, state: str, cases: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reachable = ledger.reachable(state)
        self.fields["to"].choices = [(one.key, str(one.name)) for one in reachable]  # type: ignore[attr-defined]
        deciding = [str(one.name) for one in reachable if "decision" in one.requires]
        noting = [str(one.name) for one in reachable if "note" in one.requires]
        if deciding:
            self.fields["decided_by"].help_text = _("Trengs for: %(states)s.") % {"states": ", ".join(deciding)}
            self.fields["case"].choices = [("", _("Ingen sak her")), *cases]  # type: ignore[attr-defined]
        else:
            del self.fields["decided_by"], self.fields["decided_on"], self.fields["case"]
        if noting:
            self.fields["note"].help_text = _("Trengs for: %(states)s.") % {"states": ", ".join(noting)}

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        return given | {"case_id": _key(given.pop("case", ""))}


class NoteForm(forms.Form):
    """Something dated about an entry."""

    kind = forms.ChoiceField(label=_("Hva er det?"))
    on = DateField(label=_("Dato"))
    text = forms.CharField(label=_("Tekst"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_TEXT)

    def __init__(self, *args: Any, ledger: Ledger, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.key, str(one.name)) for one in ledger.notes]  # type: ignore[attr-defined]


class CountForm(forms.Form):
    """How many in a region are in each state."""

    region = forms.ChoiceField(label=_("Region"))
    on = DateField(label=_("Talt den"))
    total = forms.IntegerField(min_value=1, max_value=100_000)

    def __init__(self, *args: Any, ledger: Ledger, regions: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ledger = ledger
        self.fields["region"].choices = [(name, name) for name in regions]  # type: ignore[attr-defined]
        self.fields["total"].label = _("%(what)s i alt i regionen") % {
            "what": str(ledger.spread_of or _("Antall")).capitalize()
        }
        for one in ledger.spread:
            self.fields[f"count_{one.key}"] = forms.IntegerField(label=str(one.name), min_value=0, max_value=100_000)

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        counts = {one.key: given[f"count_{one.key}"] for one in self.ledger.spread}
        return {"region": given["region"], "on": given["on"], "total": given["total"], "counts": counts}


class OrderForm(forms.Form):
    """A place for each entry, why, and when each was asked and answered."""

    reason = forms.CharField(
        label=_("Hvorfor denne rekkefølgen?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_TEXT
    )

    def __init__(self, *args: Any, entries: Sequence[Any], organisations: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries, self.organisations = entries, organisations
        for place, entry in enumerate(entries, start=1):
            self.fields[f"place_{entry.pk}"] = forms.IntegerField(
                label=entry.title, min_value=1, max_value=len(entries), initial=place
            )
        for one in organisations:
            name = str(one)
            self.fields[f"asked_{one.pk}"] = DateField(label=_("%(who)s: spurt") % {"who": name}, required=False)
            self.fields[f"answered_{one.pk}"] = DateField(label=_("%(who)s: svarte") % {"who": name}, required=False)

    def clean(self) -> None:
        """Each place is used once."""
        places = [place for entry in self.entries if (place := self.cleaned_data.get(f"place_{entry.pk}"))]
        if len(places) == len(self.entries) and sorted(places) != list(range(1, len(places) + 1)):
            raise forms.ValidationError(
                _("Gi hver sin plass: 1, 2, 3 og så videre, uten å bruke samme tall to ganger.")
            )

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        ordered = sorted(self.entries, key=lambda entry: given[f"place_{entry.pk}"])
        asked = {
            one.pk: (given.get(f"asked_{one.pk}"), given.get(f"answered_{one.pk}"))
            for one in self.organisations
        }  # fmt: skip
        return {"entries": [entry.pk for entry in ordered], "reason": given["reason"], "asked": asked}

    @property
    def places(self) -> list[Any]:
        """The fields of the places."""
        return [self[f"place_{entry.pk}"] for entry in self.entries]

    @property
    def inputs(self) -> list[tuple[Any, Any]]:
        """The fields of when each was asked and answered."""
        return [(self[f"asked_{one.pk}"], self[f"answered_{one.pk}"]) for one in self.organisations]


class TagForm(forms.Form):
    """What a case serves."""

    def __init__(self, *args: Any, sets: Sequence[TagSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(tag_fields(sets))

    def tags(self) -> list[str]:
        """All that is chosen, as «set:value»."""
        return [tag for value in self.cleaned_data.values() for tag in value]


class CompetenceForm(forms.Form):
    """What one member knows."""

    competences = forms.MultipleChoiceField(
        label=_("Kompetanse"), widget=forms.CheckboxSelectMultiple, required=False
    )  # fmt: skip

    def __init__(self, *args: Any, needed: Sequence[Any], who: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["competences"].label = who
        self.fields["competences"].choices = [(one.key, str(one.name)) for one in needed]  # type: ignore[attr-defined]
