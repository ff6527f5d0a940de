"""The columns of a list of needs, and the headings each is known by."""

from __future__ import annotations

from dataclasses import dataclass

from samstyr.foundation.kernel.text import gettext_noop


@dataclass(frozen=True)
class Column:
    """One column of the template: the field it fills, its heading, other headings it is known by, and help."""

    name: str
    heading: str
    others: tuple[str, ...] = ()
    help: str = ""


COLUMNS = (
    Column(
        "reference",
        gettext_noop("Referanse"),
        ("ref", "id", "nr", "nummer"),
        gettext_noop("Valgfritt. Eget nummer på raden. Samme referanse leses bare inn én gang."),
    ),
    Column(
        "title",
        gettext_noop("Tittel"),
        ("navn", "behovets navn", "tiltak"),
        gettext_noop("Kort navn på behovet, høyst 200 tegn."),
    ),
    Column(
        "organisation",
        gettext_noop("Organisasjon"),
        ("kommune",),
        gettext_noop("Trengs når flere har en tjeneste med samme navn."),
    ),
    Column(
        "unit",
        gettext_noop("Tjeneste"),
        ("enhet", "avdeling", "sektor", "tjenesteområde"),
        gettext_noop("Navn eller kode på tjenesten behovet gjelder."),
    ),
    Column(
        "need",
        gettext_noop("Behov"),
        ("beskrivelse", "beskrivelse av behovet"),
        gettext_noop("Hva tjenesten mangler eller strever med, med egne ord."),
    ),
    Column(
        "affected",
        gettext_noop("Hvem berøres"),
        ("berørte", "målgruppe"),
        gettext_noop("Hvem som merker dette, og omtrent hvor mange."),
    ),
    Column(
        "effect",
        gettext_noop("Ønsket effekt"),
        ("effekt", "gevinst", "nytte"),
        gettext_noop("Hva som blir bedre når behovet er dekket."),
    ),
    Column(
        "compels",
        gettext_noop("Lov eller risiko"),
        ("hjemmel", "lovkrav", "risiko"),
        gettext_noop("Hvilken lov eller risiko som gjør dette nødvendig."),
    ),
    Column("statutory", gettext_noop("Lovpålagt"), (), gettext_noop("ja eller nei")),
    Column(
        "product",
        gettext_noop("Kjent produkt"),
        ("produkt", "system", "løsning"),
        gettext_noop("Valgfritt. Teller ikke i vurderingen."),
    ),
    Column("goals", gettext_noop("Mål"), ("målsetting",), gettext_noop("Ett eller flere mål med semikolon mellom.")),
    Column(
        "joint",
        gettext_noop("Felles"),
        ("gjelder begge", "samarbeid"),
        gettext_noop("ja hvis behovet gjelder flere organisasjoner"),
    ),
    Column(
        "investment_cost",
        gettext_noop("Investering"),
        ("investeringskostnad", "engangskostnad", "kostnad"),
        gettext_noop("Engangskostnad, i den enheten du velger når du laster opp."),
    ),
    Column(
        "operating_cost",
        gettext_noop("Drift per år"),
        ("drift", "driftskostnad", "årlig kostnad"),
        gettext_noop("Årlig kostnad, i den enheten du velger når du laster opp."),
    ),
    Column("price_year", gettext_noop("Prisår"), (), gettext_noop("Året kostnadene er regnet i.")),
    Column(
        "wanted_year",
        gettext_noop("Ønsket år"),
        ("år", "oppstartsår", "ønsket oppstart"),
        gettext_noop("Året behovet bør være dekket."),
    ),
    Column("personal_data", gettext_noop("Personopplysninger"), (), gettext_noop("ja eller nei")),
    Column("archive", gettext_noop("Arkiv"), ("arkivverdig",), gettext_noop("ja eller nei")),
    Column("work_changes", gettext_noop("Endrer arbeidet"), (), gettext_noop("ja eller nei")),
    Column(
        "submitter",
        gettext_noop("Innmelder (e-post)"),
        ("innmelder", "e-post", "epost"),
        gettext_noop("E-posten til den behovet kommer fra. Tomt betyr deg selv."),
    ),
)
