"""The catalogues: script/catalogues [--check]

Gathers what the source marks for translation, updates samstyr/locale and compiles it. With --check nothing is written:
it fails if a catalogue lacks a sentence, keeps one that is gone, or is not compiled. Pure Python, so that no machine
needs gettext. A sentence that changes in the source must be translated anew; nothing is guessed from a similar one.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "samstyr"
LANGUAGES = ("en", "nn")
HEAD = "# Samstyr, under the EUPL-1.2. Made by script/catalogues: only msgstr is written by hand."

# What marks a sentence, and which of its arguments are the sentence, as xgettext has it.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "say"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    "npgettext": ((1, "c"), 2, 3),
}
# A sentence, or its singular and plural, and its context.
Marked = tuple[str | tuple[str, ...], str | None]


class Samstyr(Catalog):
    """A catalogue whose head has neither clock nor version of a tool, so that a run without news changes nothing."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return [
            ("Project-Id-Version", "Samstyr"),
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def po_file(language: str) -> Path:
    return SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_python(text: str) -> Iterator[Marked]:
    """Each marked sentence of a module, however deep it stands, with its context."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        if name not in KEYWORDS:
            continue
        context, words = None, []
        for spec in KEYWORDS[name] or (1,):
            place = spec if isinstance(spec, int) else spec[0]
            literal = _literal(node.args[place - 1]) if len(node.args) >= place else None
            if isinstance(spec, tuple):
                context = literal
            else:
                words.append(literal)
        if words and all(words):
            found = tuple(word for word in words if word)
            yield (found if len(found) > 1 else found[0]), context


_TEXT = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(?:_|n?p?gettext)\(({_TEXT}(?:, ?{_TEXT})*)(, ?count)?\)")


def in_template(text: str, name: str) -> Iterator[Marked]:
    """Each marked sentence of a template, as Django reads it."""
    for call in _CALL.finditer(templatize(text, origin=name)):
        yield from in_python(call[0])


def forms(words: object) -> tuple[str, ...]:
    """One form or several, as several."""
    return tuple(words) if isinstance(words, tuple | list) else (str(words or ""),)


def gather(below: tuple[str, ...] = ("samstyr/",)) -> Catalog:
    """Every sentence that the source below these places marks, with the files it stands in."""
    found = Catalog(fuzzy=False)
    for path in sorted(SOURCE.rglob("*")):
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith(below):
            continue
        if "/tests/" in place or "/migrations/" in place or path.suffix not in (".py", ".html", ".txt"):
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            messages = in_python(text)
        elif "/templates/" in place or "/components/" in place:
            messages = in_template(text, place)
        else:
            continue
        for message, context in messages:
            found.add(message, locations=[(place, 1)], context=context)
    return found


def read(language: str) -> Catalog:
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str, found: Catalog) -> Catalog:
    """The sentences of the source with the translations there are."""
    old = read(language) if po_file(language).exists() else Catalog(locale=language)
    new = Samstyr(locale=language, domain="django", fuzzy=False, header_comment=HEAD)
    for message in found:
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        same = known is not None and known.id == message.id
        places = sorted({place for place, _line in message.locations})
        new.add(
            message.id,
            known.string if same and known else None,
            locations=[(place, 1) for place in places],
            flags=known.flags if same and known else (),
            context=message.context,
        )
    return new


def as_po(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=120, include_lineno=False, sort_by_file=True)
    return out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main(words: list[str]) -> int:
    if words not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    found, stale = gather(), []
    for language in LANGUAGES:
        path = po_file(language)
        catalog = updated(language, found)
        for target, content in ((path, as_po(catalog)), (path.with_suffix(".mo"), as_mo(catalog))):
            if target.exists() and target.read_bytes() == content:
                continue
            if words:
                stale.append(target.relative_to(ROOT).as_posix())
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        done = sum(1 for message in catalog if message.id and all(forms(message.string)))
        print(f"{language}: {done} of {len(catalog)} sentences translated")
    if stale:
        print("Out of date, run script/catalogues: " + ", ".join(stale), file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
