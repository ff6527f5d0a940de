"""What a reader of English or nynorsk is promised by the catalogues."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.conf import settings
from django.test import Client

from tests import catalogues

# The shell: what stands round every page, the way in, the front page and the refusals.
SHELL = (
    "samstyr/foundation/access/",
    "samstyr/foundation/kernel/",
    "samstyr/foundation/ui/",
    "samstyr/web/entrance.py",
    "samstyr/web/errors.py",
    "samstyr/web/home/",
    "samstyr/web/posting.py",
    "samstyr/web/shell.py",
    "samstyr/web/templates/home/",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{[^{}]*\}")


def _as_sources(words: object) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(str(words)))


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_shell_is_whole_in_every_language(language: str) -> None:
    catalogue = catalogues.read(language)
    missing = []
    for marked in catalogues.gather(SHELL):
        if not marked.id:
            continue
        known = catalogue.get(marked.id, marked.context)
        if known is None or known.fuzzy or not all(catalogues.forms(known.string)):
            missing.append(marked.id)
    assert not missing, "run script/catalogues and translate these"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_sentence(language: str) -> None:
    wrong = [
        (source, words)
        for message in catalogues.read(language)
        if message.id
        for source, words in zip(catalogues.forms(message.id), catalogues.forms(message.string), strict=True)
        if words and _as_sources(source) != _as_sources(words)
    ]
    assert not wrong


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_what_is_served_is_what_is_translated(language: str) -> None:
    compiled = catalogues.po_file(language).with_suffix(".mo").read_bytes()
    written = catalogues.as_mo(catalogues.updated(language, catalogues.read(language)))
    assert compiled == written, "run script/catalogues"


def test_no_translation_is_only_a_guess() -> None:
    assert [m.id for language in catalogues.LANGUAGES for m in catalogues.read(language) if m.id and m.fuzzy] == []


def test_every_language_that_can_be_chosen_has_a_catalogue() -> None:
    assert {code for code, _name in settings.LANGUAGES} == {settings.LANGUAGE_CODE, *catalogues.LANGUAGES}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('say(gettext_noop("Ett"), x=1)', [("Ett", None)]),
        ('say(gettext_noop("Ett") if x else gettext_noop("To"))', [("Ett", None), ("To", None)]),
        ('_("En " "setning")', [("En setning", None)]),
        ('ngettext("%(n)s sak", "%(n)s saker", n)', [(("%(n)s sak", "%(n)s saker"), None)]),
        ('pgettext("verb", "Svar")', [("Svar", "verb")]),
        ("say(words)", []),
    ],
)
def test_marked_sentences_are_found_in_modules(source: str, expected: list[catalogues.Marked]) -> None:
    assert list(catalogues.in_python(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "Ett" as title %}', [("Ett", None)]),
        ("{% tag _('Avlyst') 'neutral' %}", [("Avlyst", None)]),
        ("{% blocktranslate %}100 % av {{ x }}{% endblocktranslate %}", [("100 %% av %(x)s", None)]),
        (
            "{% blocktranslate count n=x %}{{ n }} sak{% plural %}{{ n }} saker{% endblocktranslate %}",
            [(("%(n)s sak", "%(n)s saker"), None)],
        ),
        ("<p>Ikke merket</p>", []),
    ],
)
def test_marked_sentences_are_found_in_templates(source: str, expected: list[catalogues.Marked]) -> None:
    assert list(catalogues.in_template("{% load i18n %}" + source, "sample.html")) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chosen", "shown", "words"),
    [
        (None, "nb", "Brukernavn"),
        ("nb", "nb", "Brukernavn"),
        ("nn", "nn", "Brukarnamn"),
        ("en", "en", "User name"),
        ("xx", "nb", "Brukernavn"),
    ],
)
def test_the_way_in_is_in_the_language_the_person_has_chosen(
    client: Client, chosen: str | None, shown: str, words: str
) -> None:
    if chosen:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen
    answer = client.get("/logg-inn/")
    page = answer.content.decode()
    assert words in page
    assert f'<html lang="{shown}"' in page
    assert answer.headers["Content-Language"] == shown
