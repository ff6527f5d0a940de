"""Whether a need can be sent in: everything mandatory is said, and it is a need and not only a product."""

from __future__ import annotations

from collections.abc import Iterator

from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.money import parse_kroner
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework.rules.movement import holds

from .facts import case_facts
from .form import FormSpec, Question
from .values import NeedValues, limit_faults, money_faults, year_faults
from .wording import stem, words

FEWEST_WORDS = 3
YES_NO = ("ja", "nei")

_MISSING = {
    "title": gettext_noop("Gi behovet en kort tittel."),
    "unit": gettext_noop("Velg hvilken tjeneste behovet gjelder."),
    "need": gettext_noop("Beskriv hva tjenesten mangler eller strever med."),
    "affected": gettext_noop("Skriv hvem som merker dette, og omtrent hvor mange de er."),
    "effect": gettext_noop("Skriv hva som blir bedre når behovet er dekket."),
    "compels": gettext_noop("Skriv hvilken lov eller risiko som gjør dette nødvendig."),
    "investment_cost": gettext_noop("Anslå hva det koster å få på plass. Skriv 0 hvis det ikke koster noe."),
    "operating_cost": gettext_noop("Anslå hva det koster i året. Skriv 0 hvis det ikke koster noe."),
    "wanted_year": gettext_noop("Velg hvilket år behovet bør være dekket."),
    "goals": gettext_noop("Velg minst ett mål som behovet støtter."),
}

# Words that surround a product name without telling of a need.
_FILLER = frozenset(
    stem(word)
    for word in [
        "vi",
        "jeg",
        "oss",
        "vår",
        "våre",
        "vårt",
        "tjenesten",
        "avdelingen",
        "enheten",
        "kommunen",
        "trenger",
        "trengs",
        "behov",
        "behovet",
        "for",
        "ønsker",
        "vil",
        "ønske",
        "å",
        "ha",
        "få",
        "kjøpe",
        "kjøp",
        "anskaffe",
        "anskaffelse",
        "innføre",
        "ta",
        "bruke",
        "bruk",
        "i",
        "til",
        "et",
        "en",
        "ei",
        "den",
        "det",
        "nytt",
        "ny",
        "nye",
        "nyeste",
        "system",
        "systemet",
        "program",
        "programmet",
        "programvare",
        "løsning",
        "løsningen",
        "produkt",
        "produktet",
        "lisens",
        "lisenser",
        "verktøy",
        "app",
        "appen",
        "versjon",
        "modul",
        "abonnement",
        "og",
        "av",
        "på",
        "fra",
        "med",
        "er",
        "som",
        "gjerne",
        "snart",
        "må",
        "bør",
        "skal",
        "kunne",
        "heter",
    ]
)


def submit_faults(values: NeedValues, spec: FormSpec, *, this_year: int) -> list[FieldError]:
    """Everything that must be mended before the need can be sent in; empty when it can.

    Source: B-24 (service, need, affected and effect are mandatory; a product name alone is refused).
    """
    faults = limit_faults(values, this_year=this_year)
    found = {fault.field for fault in faults}
    for name, words_for in _MISSING.items():
        if name in spec.mandatory and name not in found and getattr(values, name) in (None, "", ()):
            faults.append(FieldError(name, say(words_for)))
    if values.need and "need" not in found and only_a_product(values.need, values.product):
        faults.append(_product_fault(values.need))
    return [*faults, *answer_faults(values, spec, this_year=this_year)]


def answer_faults(values: NeedValues, spec: FormSpec, *, this_year: int) -> Iterator[FieldError]:
    """What is wrong with the answers to the model's questions; those that do not concern the need are not asked."""
    facts = case_facts(values, horizon=spec.horizon)
    for question in spec.questions:
        answer, field = values.answers.get(question.key, ""), f"answer_{question.key}"
        if not answer:
            if question.mandatory and holds(question.when, facts):
                yield FieldError(field, say(gettext_noop("Svar på «%(question)s»."), question=question.label))
            continue
        yield from _answer_fault(question, field, answer, this_year)


def _answer_fault(question: Question, field: str, answer: str, this_year: int) -> Iterator[FieldError]:
    match question.kind:
        case "choice" if answer not in {value for value, _label in question.choices}:
            yield FieldError(field, say(gettext_noop("Velg et av svarene som står i listen.")), answer[:40])
        case "yes_no" if answer not in YES_NO:
            yield FieldError(field, say(gettext_noop("Svar ja eller nei.")), answer[:40])
        case "year":
            year = int(answer) if answer.isascii() and answer.isdigit() and len(answer) < 6 else 0
            yield from year_faults(field, year, this_year)
        case "amount":
            try:
                amount: int | None = parse_kroner(answer, field=field)
            except Invalid as invalid:
                yield from invalid.errors
            else:
                yield from money_faults(field, amount)


def only_a_product(need: str, product: str = "") -> bool:
    """Whether the text names something to buy but no need: too little is left when fillers and names are gone.

    What is left must be at least three words; that figure is ours, the rule is B-24's.
    """
    named = {stem(word) for word in words(product)}
    left = [word for word in words(need) if (one := stem(word)) not in _FILLER and one not in named]
    return len(left) < FEWEST_WORDS


def _product_fault(need: str) -> FieldError:
    return FieldError(
        "need",
        say(gettext_noop("Dette sier hva dere vil ha, men ikke hva dere trenger det til.")),
        need[:200],
        say(
            gettext_noop(
                "Beskriv hva som er vanskelig i dag, med egne ord. Navnet på et produkt kan du skrive i feltet"
                " «Kjent produkt»."
            )
        ),
    )
