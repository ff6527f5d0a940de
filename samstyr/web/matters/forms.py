"""Forms of matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.governance.rules.paths import Path
from samstyr.foundation.governance.rules.year import Question
from samstyr.procedure.matters.rules import LONGEST_LINE, LONGEST_TEXT, LONGEST_TITLE, MatterValues
from samstyr.web.casework.forms import DateField

LONG = {"rows": 8}


class MatterForm(forms.Form):
    """What kind of case it is, what it is about, who asked, and whom it concerns."""

    path = forms.ChoiceField(label=_("Hva slags sak er det?"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Tittel"), max_length=LONGEST_TITLE)
    background = forms.CharField(
        label=_("Bakgrunn"),
        help_text=_("Hva har skjedd, og hvorfor kommer saken nå? Du kan bruke Markdown."),
        widget=forms.Textarea(attrs=LONG),
        max_length=LONGEST_TEXT,
        required=False,
    )
    question = forms.CharField(
        label=_("Hva skal det tas stilling til?"),
        help_text=_("Skriv spørsmålet slik at det kan besvares med ett vedtak eller én anbefaling."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_TEXT,
        required=False,
    )
    requested_by = forms.ChoiceField(label=_("Hvem har bedt om saken?"), required=False)
    requested_on = DateField(label=_("Når ble den bedt om?"), required=False)
    clause = forms.CharField(label=_("Punkt i mandatet"), max_length=LONGEST_LINE, required=False)
    goals = forms.MultipleChoiceField(
        label=_("Hvilke mål bidrar saken til?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    organisations = forms.MultipleChoiceField(
        label=_("Hvem gjelder saken?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        *args: Any,
        paths: Sequence[Path],
        goals: Sequence[tuple[str, str]],
        organisations: Iterable[Any],
        questions: Sequence[Question] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._questions = [question.key for question in questions]
        for question in questions:
            self.fields[f"q-{question.key}"] = field_of(question)
        self._choices("path", [(path.key, str(path.name)) for path in paths])
        if len(paths) == 1:
            self.fields["path"].initial = paths[0].key
        self._origin(paths)
        self._choices("goals", goals)
        known = [(str(one.pk), str(one)) for one in organisations]
        self._choices("organisations", known if len(known) > 1 else [])

    def _choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        if choices:
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def _origin(self, paths: Sequence[Path]) -> None:
        names = dict.fromkeys(str(name) for path in paths for name in path.requesters)
        sources = dict.fromkeys(str(path.own_initiative) for path in paths if path.own_initiative)
        self._choices("requested_by", [("", str(_("Ingen, vi tar saken opp selv"))), *((name, name) for name in names)])
        if not names:
            del self.fields["requested_by"], self.fields["requested_on"]
        if sources:
            self.fields["clause"].help_text = _(
                "Har ingen bedt om saken, viser du til punktet i %(source)s som dere bygger på."
            ) % {"source": ", ".join(sources)}
        else:
            del self.fields["clause"]

    @property
    def asked(self) -> list[Any]:
        """The fields of the path's own questions, as they are shown."""
        return [self[f"q-{key}"] for key in self._questions]

    def values(self) -> MatterValues:
        """The form as the rules take it."""
        given = self.cleaned_data
        return MatterValues(
            path=given.get("path", ""),
            title=given["title"],
            background=given["background"],
            question=given["question"],
            requested_by=given.get("requested_by", ""),
            requested_on=given.get("requested_on"),
            clause=given.get("clause", ""),
            goals=tuple(given.get("goals", ())),
            organisations=tuple(UUID(key) for key in given.get("organisations", ())),
            answers={key: given.get(f"q-{key}", "") for key in self._questions},
        )


def field_of(question: Question) -> forms.Field:
    """The field for one of the path's questions; a draft demands no answer, sending in does."""
    shown: dict[str, Any] = {"label": str(question.name), "help_text": str(question.help or ""), "required": False}
    if question.kind in ("choice", "yes_no"):
        words: list[tuple[str, Any]] = [(str(one), str(one)) for one in question.choices]
        words = words or [("ja", _("Ja")), ("nei", _("Nei"))]
        return forms.ChoiceField(choices=[("", _("Velg")), *words], **shown)
    if question.kind == "long_text":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST_TEXT, **shown)
    return forms.CharField(max_length=LONGEST_LINE, **shown)


def initial_of(matter: Any) -> dict[str, Any]:
    """What the form holds when it is opened with a matter."""
    names = ("path", "title", "background", "question", "requested_by", "requested_on", "clause", "goals")
    own = {name: getattr(matter, name) for name in names} | {f"q-{key}": text for key, text in matter.answers.items()}
    return own | {"organisations": [str(row.organisation_id) for row in matter.participants.all()]}


class WithdrawForm(forms.Form):
    """Why the case is taken back."""

    reason = forms.CharField(
        label=_("Hvorfor trekkes saken?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2_000
    )
