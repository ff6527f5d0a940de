"""Labels and help: goals, projects, maturity, reports, responsibility, cooperation and service levels."""

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, dict[str, tuple[Any, Any]]] = {
    "Goal": {
        "text": (_("Målet"), ""),
        "level": (_("Nivå"), _("Hva dere kaller slike mål, for eksempel «hovedmål».")),
        "national": (_("Er et nasjonalt mål"), ""),
        "unit": (_("Måles i"), ""),
        "target": (_("Ønsket resultat"), ""),
        "due_year": (_("Skal være nådd i"), ""),
        "links": (_("Henger sammen med"), ""),
        "goals": (_("Delmål"), ""),
    },
    "Principle": {
        "text": (_("Forklaring"), ""),
        "question": (_("Spørsmålet prosjektene svarer på"), ""),
        "effect": (_("Et nei"), ""),
    },
    "ProjectModel": {
        "phases": (_("Faser"), ""),
        "documents": (_("Dokumenter"), ""),
        "sizes": (_("Størrelser"), ""),
        "demands": (_("Det hvert prosjekt må svare på"), _("Ett per linje.")),
        "steering": (_("Styres av"), ""),
    },
    "Phase": {"gate": (_("Beslutningspunkt før fasen"), ""), "text": (_("Hva som skjer i fasen"), "")},
    "Gate": {
        "decided_by": (_("Avgjøres av"), ""),
        "documents": (_("Dokumenter som skal foreligge"), ""),
        "questions": (_("Spørsmål som skal besvares"), _("Ett per linje.")),
    },
    "DocumentKind": {"demands": (_("Krav til innholdet"), _("Ett per linje."))},
    "SizeClass": {"when": (_("Gjelder når"), ""), "documents": (_("Dokumenter som må lages"), "")},
    "Maturity": {
        "areas": (_("Områder"), ""),
        "levels": (_("Nivåer"), ""),
        "answered_per": (_("Besvares én gang for hver"), ""),
        "aggregate": (_("Svarene samles til"), ""),
        "every_years": (_("Antall år mellom målingene"), ""),
    },
    "MaturityArea": {"questions": (_("Spørsmål"), _("Ett per linje."))},
    "Report": {
        "sender": (_("Fra"), ""),
        "receiver": (_("Til"), ""),
        "every": (_("Hvor ofte"), ""),
        "contents": (_("Innhold"), _("Ett punkt per linje.")),
    },
    "Responsibility": {
        "letters": (_("Bokstaver"), _("Hva hver bokstav i matrisen betyr.")),
        "parties": (_("Parter"), _("Kolonnene i matrisen: én nøkkel per linje, helst en rolle eller et organ.")),
        "rows": (_("Aktiviteter"), _("En rad i matrisen for hver.")),
    },
    "LetterMeaning": {
        "letter": (_("Bokstav"), ""),
        "name": (_("Betyr"), ""),
        "same_as": (_("Tilsvarer"), ""),
    },
    "MatrixRow": {
        "activity": (_("Aktivitet"), ""),
        "cells": (_("Bokstav for hver part"), ""),
        "confirmed": (_("Lesingen er bekreftet"), _("Nei når raden er lest av en figur der oppsettet var uklart.")),
    },
    "Cooperation": {
        "form": (_("Samarbeidsform"), ""),
        "members": (_("Deltakere"), ""),
        "host": (_("Vert"), ""),
        "may_opt_out": (_("Kan reservere seg mot tiltak"), ""),
        "opt_out_days": (_("Dager å reservere seg på"), ""),
        "opt_out_until": (_("Svaret kan endres til"), ""),
        "until": (_("Varer til"), ""),
    },
    "FocusArea": {
        "order": (_("Plass i rekkefølgen"), ""),
        "goals": (_("Mål"), ""),
        "units": (_("Tjenester det gjelder"), _("Én per linje.")),
        "confirmed": (_("Lesingen er bekreftet"), ""),
    },
    "ServiceLevel": {
        "target_percent": (_("Mål i prosent"), ""),
        "target_text": (_("Mål med ord"), ""),
        "measured_in": (_("Måles i"), ""),
        "baseline": (_("Slik er det i dag"), ""),
    },
}  # fmt: skip
