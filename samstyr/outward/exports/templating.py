"""What a Word template may hold and say. Pure checks: the file's parts, and the codes in it.

A template is code from outside. It gets loops, conditions and names from a known list, and nothing else: no calls,
no arithmetic, no attributes of anything but the content itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateError
from jinja2.runtime import LoopContext, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from samstyr.foundation.documents.rules import content_type_of
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tables.archives import open_safely

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024
MOST_TURNS = 200_000
DEEPEST = 3
FILTERS = ("upper", "lower", "capitalize", "trim", "default", "length", "first", "last", "join")
LOOP = ("index", "index0", "first", "last", "length")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.For,
    nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Filter, nodes.Test,
)  # fmt: skip
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_EXTERNAL = re.compile(r"TargetMode\s*=\s*[\"']\s*External", re.I)
_LINK = re.compile(r"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_WEB = re.compile(r"Target\s*=\s*[\"'](?:https?://|mailto:)", re.I)
_FIELD = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE)\b", re.I)
_FIELD_TEXT = re.compile(r"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr\s*=\s*[\"']([^\"']*)")
_ACTIVE = re.compile(r"(?:vbaProject|vbaData|activeX|/embeddings/|oleObject|/afchunk|\.bin$)", re.I)


class CodeFault(TemplateError):
    """A code in the template that we do not know or do not run; `code` is how it is written there."""

    def __init__(self, code: str, known: bool = False) -> None:
        super().__init__(code)
        self.code, self.known = code, known


class TooMuch(TemplateError):
    """The template goes round more times than a plan has room for."""


class Turns:
    """How many turns all loops of one filling may take together."""

    def __init__(self, left: int = MOST_TURNS) -> None:
        self.left = left


class Rows(list[Any]):
    """A list that counts how often it is gone through."""

    turns: Turns

    def __iter__(self) -> Iterator[Any]:
        for item in super().__iter__():
            self.turns.left -= 1
            if self.turns.left < 0:
                raise TooMuch
            yield item


def counted(value: Any, turns: Turns) -> Any:
    """The content with lists that count their turns; what is no list or mapping is as it was."""
    if isinstance(value, Mapping):
        return {key: counted(item, turns) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        rows = Rows(counted(item, turns) for item in value)
        rows.turns = turns
        return rows
    return value


class Box(SandboxedEnvironment):
    """Runs a template with the known names only. `shape` is content with every name in it."""

    def __init__(self, shape: Mapping[str, Any]) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, cache_size=0)
        self.shape = shape
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {"defined": self.tests["defined"]}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Reader().walk(tree, dict(self.shape), 0)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A name in a mapping, or where one is in a loop; never an attribute of a Python object."""
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        raise CodeFault(attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same as with a point."""
        return self.getattr(obj, str(argument))

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Nothing can be called."""
        raise CodeFault("()", known=True)


class _Reader:
    """Goes through the codes before any is run, with what each name stands for."""

    def walk(self, node: nodes.Node, scope: dict[str, Any], depth: int) -> None:
        if not isinstance(node, _ALLOWED):
            raise CodeFault(_written(node), known=True)
        if isinstance(node, nodes.For):
            self._loop(node, scope, depth)
            return
        if isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
            self.stands_for(node, scope)
            return
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise CodeFault(f"|{node.name}")
        if isinstance(node, nodes.Test) and node.name != "defined":
            raise CodeFault(f"is {node.name}")
        for child in node.iter_child_nodes():
            self.walk(child, scope, depth)

    def _loop(self, node: nodes.For, scope: dict[str, Any], depth: int) -> None:
        if depth >= DEEPEST or node.recursive or not isinstance(node.target, nodes.Name):
            raise CodeFault(f"for {_written(node.iter)}", known=True)
        if not isinstance(node.iter, (nodes.Name, nodes.Getattr, nodes.Getitem)):
            raise CodeFault(_written(node.iter), known=True)
        rows = self.stands_for(node.iter, scope)
        if not isinstance(rows, (list, tuple)):
            raise CodeFault(f"for … in {_written(node.iter)}")
        inner = {**scope, node.target.name: rows[0] if rows else "", "loop": dict.fromkeys(LOOP, "")}
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            self.walk(child, inner, depth + 1)

    def stands_for(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        """What the name or the name within a name is in the shape. Raises CodeFault."""
        if isinstance(node, nodes.Name):
            if node.name not in scope:
                raise CodeFault(node.name)
            return scope[node.name]
        if isinstance(node, nodes.Getattr):
            inner, name = self.stands_for(node.node, scope), node.attr
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            inner, name = self.stands_for(node.node, scope), str(node.arg.value)
        else:
            raise CodeFault(_written(node), known=True)
        if not isinstance(inner, Mapping) or name not in inner:
            raise CodeFault(_written(node))
        return inner[name]


def _written(node: nodes.Node) -> str:
    """About how the code is written in the template."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Const):
        return repr(node.value)[:40]
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_written(node.node)}[{_written(node.arg)}]"
    if isinstance(node, nodes.Call):
        return f"{_written(node.node)}()"
    return type(node).__name__.lower()


def require_safe(data: bytes, file_name: str) -> None:
    """Raises Invalid unless it is a Word document with nothing that runs, fetches or swells."""
    if not file_name.lower().endswith(".docx"):
        raise fault(gettext_noop("Malen må være en Word-fil (docx)."))
    if len(data) > MOST_BYTES:
        raise fault(gettext_noop("Malen er større enn 5 MB."), gettext_noop("Gjør bildene mindre."))
    content_type_of(data, file_name)
    with open_safely(data, file_name) as archive:
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
            raise fault(gettext_noop("Malen blir for stor når den pakkes ut."), gettext_noop("Gjør bildene mindre."))
        for name in archive.namelist():
            if _ACTIVE.search(name):
                raise fault(gettext_noop("Malen har makroer eller innebygde filer."), gettext_noop("Ta dem ut."))
            if name.endswith((".xml", ".rels")):
                _require_plain_part(archive.read(name), name)


def _require_plain_part(part: bytes, name: str) -> None:
    try:
        text = part.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise fault(gettext_noop("Malen er skrevet på en uvanlig måte."), _RESAVE) from None
    if "\0" in text or "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise fault(gettext_noop("Malen er skrevet på en uvanlig måte."), _RESAVE)
    if name.endswith(".rels"):
        for relation in _RELATION.findall(text):
            if _EXTERNAL.search(relation) and not (_LINK.search(relation) and _WEB.search(relation)):
                raise fault(
                    gettext_noop("Malen henter noe utenfra, for eksempel et bilde eller en annen mal."),
                    gettext_noop("Sett bildet inn i selve dokumentet, og ta bort koblinger til andre filer."),
                )
    if any(_FIELD.search(one or other) for one, other in _FIELD_TEXT.findall(text)):
        raise fault(gettext_noop("Malen har et felt som henter innhold utenfra."), gettext_noop("Ta bort feltet."))


_RESAVE = gettext_noop("Åpne den i Word, lagre den på nytt som docx, og last opp igjen.")


def fault(message: str, remedy: str = "") -> Invalid:
    """A refusal of the template, in words."""
    return Invalid.field("file", say(message), remedy=say(remedy) if remedy else "")


def code_fault(found: CodeFault) -> Invalid:
    """The refusal that names the code."""
    message = (
        gettext_noop("Malen bruker «%(code)s». Det kan en mal ikke gjøre.")
        if found.known
        else gettext_noop("Malen bruker koden «%(code)s», som ikke finnes.")
    )
    return Invalid.field(
        "file",
        say(message, code=found.code),
        value=found.code,
        remedy=say(gettext_noop("Rett koden etter listen over koder, og last opp på nytt.")),
    )
