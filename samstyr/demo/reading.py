"""The demonstration files, read, typed and checked before anything is done with them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from samstyr.demo.records import Demo
from samstyr.demo.rules import faults
from samstyr.foundation.governance.rules.reading import Unreadable
from samstyr.foundation.governance.rules.reading import read as read_yaml

DATA = Path(__file__).parent / "data"


class DemoDataError(ValueError):
    """The demonstration files contradict themselves; `faults` says where and how."""

    def __init__(self, found: list[str]) -> None:
        super().__init__("\n".join(found))
        self.faults = found


def parse(folder: Path = DATA) -> Demo:
    """Every file of the folder as one typed whole, not yet cross-checked.

    A list that stands in several files (the needs, one file a year) is joined in the order of the file names.

    Raises DemoDataError for broken YAML, or an unknown, missing or mistyped key.
    """
    whole: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        for key, value in content(path).items():
            if key in whole and not isinstance(value, list):
                raise DemoDataError([f"{path.name}: {key} stands in another file too"])
            whole[key] = whole[key] + value if key in whole else value
    try:
        return Demo.model_validate(whole)
    except ValidationError as error:
        raise DemoDataError([f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]) from error


def content(path: Path) -> dict[str, Any]:
    """One file as plain values. Raises DemoDataError for broken YAML."""
    try:
        tree = read_yaml(path.read_text("utf-8"))
    except Unreadable as error:
        raise DemoDataError([f"{path.name}:{error.line}:{error.column}: {error.message}"]) from error
    found = tree.value
    if tree.repeated:
        raise DemoDataError([f"{path.name}:{line}: {place[-1]} stands twice" for place, line, _column in tree.repeated])
    if not isinstance(found, dict):
        raise DemoDataError([f"{path.name}: holds no named lists"])
    return found


@cache
def read() -> Demo:
    """The demonstration as shipped, checked.

    Raises DemoDataError with every contradiction found.
    """
    demo = parse()
    if found := faults(demo):
        raise DemoDataError(found)
    return demo
