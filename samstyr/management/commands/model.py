"""``samstyr model lint FILE``, ``show FILE`` and ``schema``: the same checker and pictures as on the pages."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules import picture
from samstyr.foundation.governance.rules.lint import Finding, lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.schema import GovernanceModel, json_schema
from samstyr.foundation.kernel import clock

SEVERITIES = {"error": "feil", "warning": "advarsel", "info": "opplysning"}


class Command(BaseCommand):
    """Check a governance model, draw it, or print the format's JSON Schema. Leaves with 1 when there are errors."""

    help = "Kontroller en styringsmodell, tegn den, eller skriv ut formatets JSON Schema."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """lint and show take a file or the name of a model that comes with the product."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("lint", help="Finn feil, hull og motsigelser.")
        check.add_argument("file", help="En YAML-fil, eller navnet på en mal.")
        check.add_argument("--json", action="store_true", help="Skriv funnene som JSON.")
        show = verbs.add_parser("show", help="Vis veiene og årshjulet.")
        show.add_argument("file", help="En YAML-fil, eller navnet på en mal.")
        show.add_argument("--svg-dir", type=Path, help="Legg tegninger som SVG-filer her.")
        show.add_argument("--date", type=date.fromisoformat, help="Dagen årshjulet vises for (ÅÅÅÅ-MM-DD).")
        verbs.add_parser("schema", help="Skriv ut formatets JSON Schema.")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        """Do the verb."""
        if verb == "schema":
            self.stdout.write(schema_text(), ending="")
        elif verb == "lint":
            self._lint(options["file"], as_json=options["json"])
        else:
            self._show(options["file"], options["svg_dir"], options["date"] or clock.oslo_date(clock.now()))

    def _lint(self, file: str, *, as_json: bool) -> None:
        loaded = load_text(_read(file))
        if loaded.model is None:
            for error in loaded.errors:
                self.stdout.write(str(error))
            raise SystemExit(1)
        findings = lint(loaded.model, loaded.positions)
        if as_json:
            self.stdout.write(json.dumps([_plain(item) for item in findings], ensure_ascii=False, indent=2))
        else:
            for item in findings:
                self._tell(item)
            self.stdout.write(f"{loaded.model.name}: {_sum(findings)}")
        if any(item.blocks() for item in findings):
            raise SystemExit(1)

    def _tell(self, item: Finding) -> None:
        place = f"linje {item.line}" if item.line else item.path
        self.stdout.write(f"{item.identity} {SEVERITIES[item.severity]}, {place}: {item.message}")
        if item.chosen:
            self.stdout.write(f"    Modellen går ut fra: {item.chosen}")
        elif item.remedy:
            self.stdout.write(f"    {item.remedy}")

    def _show(self, file: str, svg_dir: Path | None, day: date) -> None:
        model = _model(file)
        self.stdout.write(str(model.name))
        for line in picture.wheel_list(model, day):
            owner = f" ({line.owner})" if line.owner else ""
            self.stdout.write(f"  {line.number}. {line.name}: {line.when}{owner}{' <- nå' if line.current else ''}")
        for path in model.paths:
            self.stdout.write(f"\n{path.name}")
            for number, step in enumerate(picture.path_list(model, path), 1):
                due = f", frist {step.due}" if step.due else ""
                self.stdout.write(f"  {number}. {step.name} [{step.who}]{due}")
                for name, target in step.outcomes:
                    self.stdout.write(f"       {name} → {target}")
        if svg_dir is not None:
            self._draw(model, svg_dir, day)

    def _draw(self, model: GovernanceModel, folder: Path, day: date) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        drawings = {f"path-{path.key}": picture.path_svg(model, path) for path in model.paths}
        if model.wheel:
            drawings["wheel"] = picture.wheel_svg(model, day)
        for name, svg in drawings.items():
            target = folder / f"{name}.svg"
            target.write_text(svg, encoding="utf-8")
            self.stdout.write(f"Skrev {target}")


def schema_text() -> str:
    """The JSON Schema as it is published in docs/."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _read(file: str) -> str | bytes:
    if file in bundles.names():
        return bundles.text_of(file)
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"Kan ikke lese {file}: {error.strerror}") from None


def _model(file: str) -> GovernanceModel:
    loaded = load_text(_read(file))
    if loaded.model is None:
        raise CommandError("\n".join(str(error) for error in loaded.errors))
    return loaded.model


def _plain(item: Finding) -> dict[str, Any]:
    return {
        "rule": item.code, "finding": item.identity, "severity": item.severity, "path": item.path, "line": item.line,
        "message": str(item.message), "remedy": str(item.remedy), "blocks": item.blocks(),
    }  # fmt: skip


def _sum(findings: list[Finding]) -> str:
    counts = [(sum(1 for item in findings if item.severity == name), word) for name, word in SEVERITIES.items()]
    told = ", ".join(f"{count} {word}" for count, word in counts if count) or "ingen funn"
    blocking = sum(1 for item in findings if item.blocks())
    return f"{told}. " + (f"{blocking} hindrer vedtak." if blocking else "Ingen hindrer vedtak.")
