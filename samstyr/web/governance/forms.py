"""Forms of the model's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.governance.rules.describe import FACTS
from samstyr.foundation.governance.rules.editing.facts import answers, facts_asked, sort_of

LARGEST = 200_000
# The version to compare with that is none: what the draft began as.
START = "start"


class CheckForm(forms.Form):
    """A model to check: pasted or uploaded."""

    text = forms.CharField(
        label=_("Modellen som YAML"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "code"}),
        help_text=_("Lim inn teksten, eller velg en fil under."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Fil"), required=False, help_text=_("En YAML-fil på høyst 200 kB, lagret som UTF-8.")
    )
    reason = forms.CharField(
        label=_("Hva er endret, og hvorfor?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, and not too large."""
        data = super().clean() or {}
        file = data.get("file")
        if file is not None and file.size > LARGEST:
            raise ValidationError({"file": _("Filen er for stor. Den kan være på høyst 200 kB.")})
        if file is None and not data.get("text", "").strip():
            raise ValidationError({"text": _("Lim inn en modell, eller velg en fil.")})
        return data

    def content(self) -> str | bytes:
        """What to read; a chosen file goes before the pasted text."""
        file = self.cleaned_data.get("file")
        return file.read() if file is not None else str(self.cleaned_data["text"])


class DialectForm(forms.Form):
    """Which models to lay beside each other; none chosen is all."""

    modell = forms.MultipleChoiceField(
        label=_("Modeller"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Velger du ingen, vises alle."),
    )  # fmt: skip
    ulike = forms.BooleanField(label=_("Vis bare det som er ulikt"), required=False)

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        """`names` are the models by their key in the comparison."""
        super().__init__(*args, **kwargs)
        self.fields["modell"].choices = list(names.items())  # type: ignore[attr-defined]


class AcceptForm(forms.Form):
    """Why a finding can stand."""

    finding = forms.CharField(widget=forms.HiddenInput, max_length=300)
    reason = forms.CharField(
        label=_("Hvorfor kan funnet aksepteres?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AdoptForm(forms.Form):
    """Who adopted, and from when."""

    adopted_by = forms.CharField(
        label=_("Vedtatt av"),
        max_length=200,
        help_text=_("Organet eller rollen som har vedtatt modellen, ikke en person."),
    )
    valid_from = forms.DateField(
        label=_("Gjelder fra"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Saker som er i gang, fortsetter etter den versjonen de begynte under."),
    )  # fmt: skip
    decided_on = forms.DateField(
        label=_("Vedtatt dato"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Uten dato regnes vedtaket som fattet i dag."),
    )  # fmt: skip
    case_number = forms.CharField(
        label=_("Saksnummer"),
        required=False,
        max_length=60,
        help_text=_("Nummeret saken har i organets egen sakliste."),
    )
    reason = forms.CharField(
        label=_("Merknad"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class KeeperForm(AdoptForm):
    """As above, and who may change the model from then on, where nobody has the version's role for it."""

    keeper = forms.ChoiceField(
        label=_("Hvem skal kunne endre styringsmodellen?"),
        help_text=_("Ingen har rollen som gir rett til det i denne versjonen. Personen får den fra første dag."),
        error_messages={"required": _("Velg en person.")},
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].choices = [("", _("Velg person")), *people]  # type: ignore[attr-defined]


class ComparisonForm(forms.Form):
    """Which version to compare with."""

    other = forms.ChoiceField(label=_("Sammenlign med"))

    def __init__(self, *args: Any, others: list[Any], origin: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = [(str(row.pk), _("Versjon %(number)s") % {"number": row.number}) for row in others]
        first = [(START, _("Slik utkastet begynte: %(origin)s") % {"origin": origin})] if origin else []
        self.fields["other"].choices = [*versions, *first]  # type: ignore[attr-defined]


class StartForm(forms.Form):
    """What a draft begins with."""

    origin = forms.ChoiceField(label=_("Begynn med"), widget=forms.RadioSelect, initial="tom")
    name = forms.CharField(
        label=_("Navn på modellen"), required=False, max_length=200,
        help_text=_("Brukes når du begynner med ingenting. Du kan endre det senere."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Fil"), required=False, help_text=_("En YAML-fil på høyst 200 kB. Den kan være uferdig.")
    )

    def __init__(self, *args: Any, origins: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin"].choices = origins  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A file when one begins with a file, and readable as text."""
        data = super().clean() or {}
        file = data.get("file")
        if data.get("origin") != "fil":
            return data
        if file is None:
            raise ValidationError({"file": _("Velg en fil.")})
        if file.size > LARGEST:
            raise ValidationError({"file": _("Filen er for stor. Den kan være på høyst 200 kB.")})
        try:
            data["text"] = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError({"file": _("Filen er ikke lagret som UTF-8.")}) from None
        return data

    def text_of_file(self) -> str:
        """The file's text."""
        return str(self.cleaned_data["text"])


class DiscardForm(forms.Form):
    """A yes to what is asked."""


class RenameForm(forms.Form):
    """Another key, and whether those who refer to the thing follow."""

    key = forms.CharField(
        label=_("Ny nøkkel"), max_length=59, help_text=_("Små bokstaver a–z, tall, bindestrek og understrek.")
    )
    references = forms.BooleanField(label=_("Endre henvisningene også"), required=False)

    def __init__(self, *args: Any, uses: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not uses:
            del self.fields["references"]


class ProposeForm(forms.Form):
    """When the version is to be in force, and why it is proposed."""

    valid_from = forms.DateField(
        label=_("Skal gjelde fra"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Vedtas den senere enn dette, gjelder den fra vedtaket."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Hvorfor endres modellen?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Står øverst i saken. Alle endringene legges ved, i ord."),
    )  # fmt: skip


class RehearsalForm(forms.Form):
    """The imagined case: what the model's conditions ask of one, and nothing else."""

    path = forms.ChoiceField(label=_("Beslutningsvei"))
    start = forms.DateField(label=_("Meldt inn"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, model: Any, tree: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["path"].choices = [(path.key, str(path.name)) for path in model.paths]  # type: ignore[attr-defined]
        if len(model.organisations) > 1:
            slots = [("", _("Alle")), *((slot.key, str(slot.name)) for slot in model.organisations)]
            self.fields["organisation"] = forms.ChoiceField(label=_("Gjelder"), required=False, choices=slots)
        for fact in facts_asked(tree):
            if fact not in ("organisation", "subject"):
                self.fields[fact] = _fact_field(tree, fact)

    def facts(self) -> dict[str, Any]:
        """What the path's conditions may ask; what was not asked for is as in the simplest case."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("path", "start")}
        cost = data.get("total_cost") or data.get("investment_cost") or 0
        whole = not data.get("organisation")
        given = {name: value for name, value in data.items() if value not in (None, "")}
        return {
            "total_cost": cost, "first_year_cost": cost, "investment_cost": cost, "operating_cost": 0,
            "scope": "joint" if whole else "single", "shared": whole, "statutory": False, "has_product": False,
            "personal_data": False, "archive": False, "work_changes": False, "late": False,
            "subject": self.cleaned_data["path"], **given,
        }  # fmt: skip


def _fact_field(tree: dict[str, Any], fact: str) -> forms.Field:
    """A field for what a condition asks, by what its answers look like."""
    label = gettext(FACTS[fact]).capitalize() if fact in FACTS else fact
    match sort_of(fact):
        case "yes_no":
            return forms.BooleanField(label=label, required=False)
        case "amount":
            return forms.IntegerField(
                label=label, required=False, min_value=0, max_value=10**12, help_text=_("Hele kroner.")
            )
        case "scope":
            choices = [("", _("Følger av hvem det gjelder")), ("joint", _("Flere organisasjoner")), ("single", _("Én"))]
            return forms.ChoiceField(label=label, required=False, choices=choices)
        case "size_class":
            return forms.ChoiceField(label=label, required=False, choices=[("", _("Ikke satt")), *answers(tree, fact)])
    return forms.CharField(label=label, required=False, max_length=200)


class MatrixForm(forms.Form):
    """Why the matrix is changed; its cells are read by the view."""

    reason = forms.CharField(
        label=_("Hva er endret, og hvorfor?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class MatrixImportForm(forms.Form):
    """A matrix in a spreadsheet, and by which letters it was written."""

    file = forms.FileField(
        label=_("Regneark"),
        help_text=_("Oppgavene i første kolonne, og én kolonne for hver part. Excel, OpenDocument eller CSV."),
    )
    alphabet = forms.ChoiceField(
        label=_("Hvilke bokstaver er brukt i filen?"),
        choices=(
            ("english", _("Engelsk RACI: Responsible, Accountable, Consulted, Informed")),
            ("own", _("Våre egne")),
        ),
        widget=forms.RadioSelect,
        initial="english",
        help_text=_("R er «responsible» på engelsk, men kan bety «rådføres» hos dere. Derfor spør vi."),
    )


class DocumentTemplateForm(forms.Form):
    """The arrangement's own Word template for the governing model."""

    file = forms.FileField(
        label=_("Wordmal"),
        help_text=_("En docx-fil på høyst 5 MB, uten makroer. Den prøves før den tas i bruk."),
        error_messages={"required": _("Velg en fil."), "empty": _("Filen er tom.")},
    )
