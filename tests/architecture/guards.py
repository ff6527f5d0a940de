"""What imports do not show, as functions over a source tree, so that each can be run on a tree with a planted fault."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ORDER = (
    "foundation.kernel", "foundation.access", "foundation.tables", "foundation.ui", "foundation.tenancy",
    "foundation.audit", "foundation.organisations", "foundation.jobs", "foundation.documents", "foundation.governance",
    "procedure.announcements", "procedure.year", "procedure.casework", "procedure.sources", "procedure.counsel", "procedure.hearings", "procedure.meetings", "registers.systems", "registers.services",
    "wheel.strategy", "wheel.needs", "wheel.prioritisation", "wheel.portfolio", "wheel.scenarios", "wheel.projects", "wheel.benefits",
    "wheel.maturity", "wheel.reporting", "wheel.handovers", "outward", "web", "demo",
)  # fmt: skip

# Files longer than the limit, with their length when listed: the number may only fall.
LONG_FILES: dict[str, int] = {}
# Functions longer than the limit, likewise: lint rules that are long lists of sentences.
LONG_FUNCTIONS = {"each_and_join": 67, "empty_parts": 65, "targets_exist": 63}
FILE_LIMIT, FUNCTION_LIMIT, TEMPLATE_LIMIT = 500, 60, 150

WRITES = {"save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Where writing is the file's own business, with the reason.
MAY_WRITE = {
    "samstyr/foundation/tenancy/models.py": "the base tables and the account manager",
    "samstyr/foundation/audit/action.py": "the one shape of a write",
}
FORBIDDEN = {
    r"\bmark_safe\(": "use format_html, or ui/markdown.py for people's text",
    r"\bcsrf_exempt\b": "every form has its token",
    r"\.extra\(": "write the query with expressions",
    r"\.raw\(": "write the query with expressions",
    r"\bpickle\b": "use JSON",
    r"yaml\.load\(": "use governance/rules/loading.py",
    r"(?<![\w.])eval\(": "there is no expression language",
    r"fields\s*=\s*[\"']__all__": "name the fields",
    r"datetime\.now\(|timezone\.now\(|date\.today\(": "the clock is an argument; kernel/clock.py is the only one",
    r"\bos\.environ\b": "settings/environment.py is the only reader",
    r"\bTODO\b(?!.*#\d)": "a TODO carries an issue's number",
}
MAY_USE = {
    ("samstyr/foundation/ui/markdown.py", r"\bmark_safe\("): "the one renderer, after nh3",
    ("samstyr/foundation/kernel/clock.py", r"datetime\.now\(|timezone\.now\(|date\.today\("): "the clock itself",
    ("samstyr/settings/environment.py", r"\bos\.environ\b"): "the reader itself",
    ("samstyr/wsgi.py", r"\bos\.environ\b"): "names the settings before Django starts",
    ("samstyr/__main__.py", r"\bos\.environ\b"): "names the settings before Django starts",
}
# Names that only model files, demonstration and tests may know. The domain words of the model's findings are data.
DOCUMENTS = re.compile(r"birkenes|lillesand|gjøvik|gjovik|brønnøy|bronnoy|aurskog|kommit|samarbeidsorgan", re.I)


def python_files(root: Path = ROOT, *, tests: bool = False) -> Iterator[tuple[str, str]]:
    """Every source file below samstyr with its text; tests and migrations only when asked for."""
    for path in sorted((root / "samstyr").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if "/migrations/" in name or (not tests and "/tests/" in name):
            continue
        yield name, path.read_text("utf-8")


def templates(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Every page template with its text."""
    for path in sorted((root / "samstyr").rglob("*.html")):
        name = path.relative_to(root).as_posix()
        if "/tests/" not in name:
            yield name, path.read_text("utf-8")


def writes_outside_actions(root: Path = ROOT) -> list[str]:
    """Calls that write rows, outside the rooms' actions."""
    found = []
    for name, text in python_files(root):
        inside = "/actions/" in name or name.endswith("/actions.py") or name in MAY_WRITE
        if inside or name.startswith("samstyr/demo/") or "manage" in name:
            continue
        for node in ast.walk(ast.parse(text)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
                continue
            owner = ast.unparse(node.func.value)
            on_rows = (
                owner.endswith("objects")
                or ".objects." in owner
                or re.fullmatch(r"(row|obj|need|case|plan|\w+_row)", owner)
            )
            if on_rows:
                found.append(f"{name}:{node.lineno}: {owner}.{node.func.attr}() outside actions")
    return found


def forbidden_code(root: Path = ROOT) -> list[str]:
    """Code that the house does without, with what to use instead."""
    found = []
    for name, text in python_files(root):
        for pattern, remedy in FORBIDDEN.items():
            if (name, pattern) in MAY_USE:
                continue
            for match in re.finditer(pattern, text):
                line = text[: match.start()].count("\n") + 1
                if not text.splitlines()[line - 1].lstrip().startswith("#"):
                    found.append(f"{name}:{line}: {match.group()} – {remedy}")
    for name, text in templates(root):
        found += [f"{name}: |safe – {FORBIDDEN[next(iter(FORBIDDEN))]}"] if re.search(r"\|\s*safe\b", text) else []
    return found


def inline_code(root: Path = ROOT) -> list[str]:
    """Scripts, styles and handlers inside pages, which the content policy blocks."""
    pattern = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.I)
    return [f"{name}: {match.group().strip()}" for name, text in templates(root) for match in pattern.finditer(text)]


def components_with_rooms(root: Path = ROOT) -> list[str]:
    """Components that take in a room's template: the roof under the floor."""
    pattern = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)")
    return [
        f"{name}: {match}"
        for name, text in templates(root)
        if "/foundation/ui/" in name
        for match in pattern.findall(text)
        if not match.startswith("ui/")
    ]


def foreign_keys_ahead(root: Path = ROOT) -> list[str]:
    """Foreign keys, given as text or class, from a room to one that stands above it."""
    homes: dict[str, str] = {}
    keys: list[tuple[str, str, str]] = []
    for name, text in python_files(root):
        if not name.endswith("models.py"):
            continue
        room = ".".join(name.removeprefix("samstyr/").split("/")[:2])
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                homes[node.name] = room
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).endswith(("ForeignKey", "OneToOneField"))
                and node.args
            ):
                first = node.args[0]
                target = first.value if isinstance(first, ast.Constant) else ast.unparse(first)
                keys.append((name, room, str(target).rsplit(".", 1)[-1]))
    return [
        f"{name}: a foreign key to {target}, which stands above"
        for name, room, target in keys
        if target in homes and _height(homes[target]) > _height(room)
    ]


def _height(room: str) -> int:
    return next(
        (
            at
            for at, name in enumerate(ORDER)
            if room == name or room.startswith(f"{name}.") or room.split(".")[0] == name
        ),
        99,
    )


def too_long(root: Path = ROOT) -> list[str]:
    """Files, functions and templates beyond the limits."""
    found = []
    for name, text in python_files(root, tests=False):
        lines = text.count("\n")
        if lines > LONG_FILES.get(name, FILE_LIMIT):
            found.append(f"{name}: {lines} lines, at most {LONG_FILES.get(name, FILE_LIMIT)}")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                if length > LONG_FUNCTIONS.get(node.name, FUNCTION_LIMIT):
                    found.append(f"{name}:{node.lineno}: {node.name} is {length} lines, at most {FUNCTION_LIMIT}")
    found += [
        f"{name}: {text.count(chr(10))} lines" for name, text in templates(root) if text.count("\n") > TEMPLATE_LIMIT
    ]
    return found


def documents_in_code(root: Path = ROOT) -> list[str]:
    """Names out of the five documents, outside model files, demonstration and tests. Docstrings may cite them."""
    found = []
    for name, text in python_files(root):
        if name.startswith("samstyr/demo/"):
            continue
        for node in ast.walk(ast.parse(text)):
            names = isinstance(node, ast.Constant) and isinstance(node.value, str) and DOCUMENTS.search(node.value)
            if names and not _is_docstring(node, text):
                found.append(f"{name}:{node.lineno}: {node.value[:60]}")
    found += [f"{name}: names a document's own" for name, text in templates(root) if DOCUMENTS.search(text)]
    return found


def _is_docstring(node: ast.Constant, text: str) -> bool:
    return text.splitlines()[node.lineno - 1].lstrip().startswith(('"""', 'r"""'))


GUARDS = {
    "writes": writes_outside_actions,
    "forbidden": forbidden_code,
    "inline": inline_code,
    "components": components_with_rooms,
    "foreign keys": foreign_keys_ahead,
    "sizes": too_long,
    "documents": documents_in_code,
}
