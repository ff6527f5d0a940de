"""The forms of the needs' pages. Labels and help tell why each question is asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.money import parse_kroner
from samstyr.foundation.ui import formats
from samstyr.wheel.needs import texts
from samstyr.wheel.needs.rules.form import FormSpec, Question
from samstyr.wheel.needs.rules.values import LONGEST, LONGEST_ANSWER, NeedValues

NARROW = {"autocomplete": "off"}
TEXTS = ("need", "affected", "effect", "compels", "product")
FLAGS = ("statutory", "joint", "personal_data", "archive", "work_changes")
NUMBERS = ("investment_cost", "operating_cost", "price_year", "wanted_year")


def _label(name: str) -> Any:
    """The field's label, put into the reader's language each time it is shown."""
    return lazystr(texts.field(name))


class KronerField(forms.CharField):
    """Whole kroner, written as people write them; None for blank."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, max_length=40, widget=forms.TextInput({"inputmode": "numeric", **NARROW}), **options
        )

    def clean(self, value: Any) -> int | None:
        """The amount. Raises ValidationError with the same words as an import."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_kroner(text)
        except Invalid as invalid:
            raise forms.ValidationError([str(error) for error in invalid.errors]) from None

    def prepare_value(self, value: Any) -> Any:
        """A stored amount with spaces between the thousands; what was typed stays as typed."""
        return formats.number(value) if isinstance(value, int) else value


class YearField(forms.IntegerField):
    """A year with four digits."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.TextInput({"inputmode": "numeric", "maxlength": "4", **NARROW}),
            error_messages={"invalid": _("Skriv årstallet med fire sifre.")},
            **options,
        )


def _long(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": str(rows)})


def _text(name: str, help_text: Any, rows: int = 4) -> forms.CharField:
    """A text field without its limit enforced here: the rules say it with a remedy, and drafts keep the text."""
    field = forms.CharField(required=False, label=_label(name), help_text=help_text, widget=_long(rows), strip=True)
    field.max_length = LONGEST[name]
    return field


class NeedForm(forms.Form):
    """A need in its writer's words. Nothing is mandatory here: a draft may lack anything, sending in may not."""

    use_required_attribute = False

    title = forms.CharField(
        required=False,
        label=_label("title"),
        help_text=_("En kort setning om behovet, ikke navnet på et system. Den står i lister og på sakskart."),
    )
    unit = forms.ChoiceField(
        required=False,
        label=_label("unit"),
        help_text=_("Vi spør for å vite hvem som skal vurdere behovet først."),
    )
    submitter = forms.ChoiceField(
        required=False,
        label=_("Hvem kommer behovet fra?"),
        help_text=_("Velg en i tjenesten hvis du melder på vegne av dem. De kan da følge behovet videre."),
    )
    need = _text(
        "need",
        _("Fortell hva som er vanskelig i dag, og hvorfor. De som vurderer, kjenner ikke alltid tjenesten din."),
        7,
    )
    affected = _text(
        "affected",
        _("Ansatte, brukere, innbyggere eller andre, og omtrent hvor mange. Det viser hvor mye det betyr."),
        3,
    )
    effect = _text(
        "effect",
        _(
            "Tid, kvalitet, trygghet eller penger. Det brukes når behov veies mot hverandre, og når vi senere ser om det virket."
        ),
    )
    compels = _text("compels", _("Skriv loven eller risikoen hvis det er noe vi må gjøre. La stå tomt hvis ikke."), 3)
    statutory = forms.BooleanField(required=False, label=_label("statutory"))
    product = forms.CharField(
        required=False,
        label=_label("product"),
        help_text=_("Kjenner dere en løsning, kan dere nevne den. Den teller ikke når behovet vurderes."),
    )
    joint = forms.BooleanField(
        required=False,
        label=_label("joint"),
        help_text=_("Da ser alle som deltar, behovet, og høringsinstanser hos alle blir spurt."),
    )
    organisations = forms.MultipleChoiceField(
        required=False, label=_label("organisations"), widget=forms.CheckboxSelectMultiple
    )
    investment_cost = KronerField(
        label=_label("investment_cost"),
        help_text=_("Et grovt anslag holder. Beløpet kan avgjøre hvem som må behandle saken."),
    )
    operating_cost = KronerField(
        label=_label("operating_cost"), help_text=_("Lisenser, drift og tid som går med hvert år.")
    )
    price_year = YearField(label=_label("price_year"), help_text=_("Året kostnadene er regnet i."))
    wanted_year = YearField(
        label=_label("wanted_year"), help_text=_("Når bør dette være på plass? Det brukes når planen settes sammen.")
    )
    personal_data = forms.BooleanField(
        required=False, label=_label("personal_data"), help_text=_("Da spør vi personvernombudet.")
    )
    archive = forms.BooleanField(required=False, label=_label("archive"), help_text=_("Da spør vi arkivet."))
    work_changes = forms.BooleanField(
        required=False, label=_label("work_changes"), help_text=_("Da spør vi de tillitsvalgte og personal.")
    )
    goals = forms.MultipleChoiceField(
        required=False,
        label=_label("goals"),
        help_text=_("Velg de målene som passer. Det viser hvordan behovet henger sammen med det vi har vedtatt."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        spec: FormSpec,
        units: list[tuple[str, str]],
        organisations: list[tuple[str, str]],
        people: list[tuple[str, str]] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.spec = spec
        self.fields["title"].max_length = LONGEST["title"]  # type: ignore[attr-defined]
        self._choose("unit", [("", _("Velg tjeneste")), *units])
        self._choose("organisations", organisations)
        self._choose("submitter", [("", _("Meg selv")), *(people or [])])
        if not people:
            del self.fields["submitter"]
        if len(organisations) < 2:
            del self.fields["joint"], self.fields["organisations"]
        stored = self.initial.get("goals") or ()
        known = {value for value, _label in spec.goals}
        goals = [*spec.goals, *((goal, goal) for goal in stored if goal not in known)]
        if goals:
            self._choose("goals", goals)
        else:
            del self.fields["goals"]
        for question in spec.questions:
            self.fields[f"answer_{question.key}"] = _question_field(question)

    def _choose(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def questions(self) -> list[forms.BoundField]:
        """The model's own questions, in its order."""
        return [self[f"answer_{question.key}"] for question in self.spec.questions]

    def mark_mandatory(self) -> NeedForm:
        """Let the fields say what sending in demands; called after cleaning, since drafts demand nothing."""
        for name, field in self.fields.items():
            field.required = name in self.spec.mandatory or any(
                name == f"answer_{question.key}" and question.mandatory and question.when is None
                for question in self.spec.questions
            )
        return self

    def values(self) -> NeedValues:
        """What was filled in, as the rules and actions take it."""
        data = self.cleaned_data
        filled: dict[str, Any] = {
            **{name: data.get(name, "") for name in TEXTS},
            **{name: bool(data.get(name)) for name in FLAGS},
            **{name: data.get(name) for name in NUMBERS},
        }
        return NeedValues(
            title=data.get("title", ""),
            unit=UUID(data["unit"]) if data.get("unit") else None,
            goals=tuple(data.get("goals", ())),
            organisations=tuple(UUID(key) for key in data.get("organisations", ())),
            answers={question.key: data.get(f"answer_{question.key}", "") for question in self.spec.questions},
            **filled,
        )


def _question_field(question: Question) -> forms.Field:
    common: dict[str, Any] = {"required": False, "label": question.label, "help_text": question.help}
    match question.kind:
        case "choice":
            return forms.ChoiceField(choices=[("", _("Velg")), *question.choices], **common)
        case "yes_no":
            return forms.ChoiceField(choices=[("ja", _("Ja")), ("nei", _("Nei"))], widget=forms.RadioSelect, **common)
        case "long_text":
            field = forms.CharField(widget=_long(), **common)
            field.max_length = LONGEST_ANSWER
            return field
        case _:
            return forms.CharField(**common)


def initial_of(values: NeedValues) -> dict[str, Any]:
    """The values as the form shows them."""
    return {
        **{name: getattr(values, name) for name in texts.FIELDS if name not in ("unit", "organisations")},
        "unit": str(values.unit or ""),
        "organisations": [str(key) for key in values.organisations],
        "goals": list(values.goals),
        **{f"answer_{key}": text for key, text in values.answers.items()},
    }


class FilterForm(forms.Form):
    """What the list is narrowed to; lives in the address."""

    use_required_attribute = False

    vis = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(required=False, max_length=200, label=_("Søk"), widget=forms.TextInput({"type": "search"}))
    status = forms.ChoiceField(required=False, label=_("Status"))
    enhet = forms.ChoiceField(required=False, label=_("Tjeneste"))
    organisasjon = forms.ChoiceField(required=False, label=_("Organisasjon"))
    ar = forms.TypedChoiceField(required=False, label=_("Sendt inn i"), coerce=int, empty_value=None)
    utfall = forms.ChoiceField(required=False, label=_("Utfall"))
    sent = forms.ChoiceField(
        required=False, label=_("Innmeldt"), choices=[("", _("Alle")), ("ja", _("For sent")), ("nei", _("I rett tid"))]
    )

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, found in choices.items():
            if len(found) > 1 or name == "status":
                self.fields[name].choices = [("", _("Alle")), *found]  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class ReasonForm(forms.Form):
    """Why a need is withdrawn."""

    reason = forms.CharField(
        label=_("Hvorfor trekkes behovet?"),
        help_text=_("De som har fått saken, ser begrunnelsen."),
        widget=_long(3),
        required=True,
        error_messages={"required": _("Skriv hvorfor behovet trekkes.")},
    )


class SplitForm(forms.Form):
    """Title and need of each part, and why the need is divided."""

    title_1 = forms.CharField(label=_("Tittel på første del"), max_length=200)
    need_1 = forms.CharField(label=_("Behovet i første del"), widget=_long(4))
    title_2 = forms.CharField(label=_("Tittel på andre del"), max_length=200)
    need_2 = forms.CharField(label=_("Behovet i andre del"), widget=_long(4))
    title_3 = forms.CharField(label=_("Tittel på tredje del"), max_length=200, required=False)
    need_3 = forms.CharField(label=_("Behovet i tredje del"), widget=_long(4), required=False)
    reason = forms.CharField(label=_("Hvorfor deles behovet?"), widget=_long(3), max_length=2000)

    def clean(self) -> dict[str, Any]:
        """A third part needs both title and need."""
        given = super().clean() or {}
        if bool(given.get("title_3")) != bool(given.get("need_3")):
            missing = "need_3" if given.get("title_3") else "title_3"
            self.add_error(missing, _("Skriv både tittel og behov for den tredje delen, eller la begge stå tomme."))
        return given

    def parts(self) -> list[tuple[str, str]]:
        """The parts that are filled in."""
        data = self.cleaned_data
        return [(data[f"title_{n}"], data[f"need_{n}"]) for n in (1, 2, 3) if data[f"title_{n}"]]


class CoAuthorForm(forms.Form):
    """Who writes along."""

    person = forms.ChoiceField(
        label=_("Legg til medforfatter"), help_text=_("Medforfattere kan lese og endre utkastet.")
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [("", _("Velg person")), *people]  # type: ignore[attr-defined]


class AttachmentForm(forms.Form):
    """A file to go with the need."""

    file = forms.FileField(
        label=_("Legg ved en fil"),
        help_text=_("PDF, Word, Excel, OpenDocument, bilde eller ren tekst. Høyst 10 MB."),
        error_messages={"required": _("Velg en fil."), "empty": _("Filen er tom.")},
    )
    title = forms.CharField(required=False, max_length=200, label=_("Hva er det?"))


class ImportForm(forms.Form):
    """The file, and how its money is to be read."""

    file = forms.FileField(
        label=_("Fil med behov"),
        help_text=_("Excel (xlsx), OpenDocument (ods) eller CSV. Overskrifter i første rad, ett behov per rad."),
        error_messages={"required": _("Velg en fil."), "empty": _("Filen er tom.")},
    )
    money = forms.ChoiceField(
        label=_("Beløpene i filen er i"),
        choices=[("1", _("kroner")), ("1000", _("1 000 kroner"))],
        initial="1",
        widget=forms.RadioSelect,
    )
    sending = forms.ChoiceField(
        label=_("Hva skal skje med behovene?"),
        choices=[("0", _("Lagres som utkast, så kan du se over hvert enkelt")), ("1", _("Sendes inn med en gang"))],
        initial="0",
        widget=forms.RadioSelect,
    )


class ImportConfirmForm(forms.Form):
    """What the person says to the preview."""

    only_right = forms.BooleanField(required=False, label=_("Ta med bare radene som er riktige"))
    with_alike = forms.BooleanField(required=False, label=_("Ta også med radene som ligner på noe annet"))


class IntakeForm(forms.Form):
    """Which services are asked for their needs, and by when."""

    units = forms.MultipleChoiceField(
        label=_("Hvilke tjenester?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én tjeneste.")},
    )
    due_on = forms.DateField(
        label=_("Svarfrist"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Velg en frist."), "invalid": _("Datoen finnes ikke. Velg en dag i kalenderen.")},
    )
    message = forms.CharField(
        required=False,
        label=_("Melding til tjenestene"),
        help_text=_("Si gjerne hva dere særlig vil vite, og hvem de kan spørre."),
        widget=_long(3),
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["units"].choices = units  # type: ignore[attr-defined]
