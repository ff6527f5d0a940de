"""`samstyr model`: exit status, what is told, drawings, and that the published schema is the code's own."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from ruamel.yaml import YAML

from samstyr.foundation.governance import bundles

PUBLISHED = Path(settings.BASE_DIR) / "docs" / "model.schema.json"


def run(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("model", *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_published_schema_is_the_codes_own() -> None:
    assert run("schema") == PUBLISHED.read_text(encoding="utf-8"), "run: samstyr model schema > docs/model.schema.json"


@pytest.mark.parametrize("name", bundles.names())
def test_every_model_that_comes_along_meets_the_published_schema(name: str) -> None:
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    model = json.loads(json.dumps(YAML(typ="safe").load(bundles.text_of(name)), default=str))
    jsonschema.Draft202012Validator(schema).validate(model)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate({**model, "roller": []})


def test_lint_leaves_with_0_when_nothing_stands_in_the_way() -> None:
    told = run("lint", "birkenes-lillesand")
    assert "F-B1 feil" in told
    assert "Ingen hindrer vedtak" in told
    assert {item["rule"] for item in json.loads(run("lint", "birkenes-lillesand", "--json"))} >= {"R-01", "R-08"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("start: vurdering", "start: finnes-ikke"), "finnes-ikke"),
        (("size: 13", "size: mange"), "Linje "),
        (("roles:", "roler:"), "roles"),
    ],
)
def test_lint_leaves_with_1_when_there_are_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], told: str
) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(bundles.text_of("birkenes-lillesand").replace(*change), encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("model", "lint", str(file), stdout=out)
    assert end.value.code == 1
    assert told in out.getvalue()


def test_show_tells_and_draws(tmp_path: Path) -> None:
    told = run("show", "birkenes-lillesand", "--svg-dir", str(tmp_path / "ut"), "--date", "2026-04-02")
    assert "Behandling i digitaliseringsforum: 1. april–30. april (Digitaliseringsforum) <- nå" in told
    assert "Send på høring → Høringsinstansene uttaler seg" in told
    files = sorted(file.name for file in (tmp_path / "ut").iterdir())
    paths = ["arkitektur", "innspill", "plan", "revisjon", "strategi"]
    assert files == [*(f"path-{key}.svg" for key in paths), "wheel.svg"]
    for file in (tmp_path / "ut").iterdir():
        root = ElementTree.fromstring(file.read_text(encoding="utf-8"))
        assert root.get("role") == "img"


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Kan ikke lese"):
        run("lint", str(tmp_path / "finnes-ikke.yaml"))
    with pytest.raises(CommandError, match="YAML"):
        (tmp_path / "x.yaml").write_text("a: [", encoding="utf-8")
        run("show", str(tmp_path / "x.yaml"))
