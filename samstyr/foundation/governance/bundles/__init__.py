"""The models that come with the product, each one a file; a tenant begins from one and changes it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of the models, in order."""
    return tuple(sorted(file.stem for file in HERE.glob("*.yaml")))


def text_of(name: str) -> str:
    """A model's YAML by its name. Raises KeyError for one that does not exist."""
    if name not in names():
        raise KeyError(name)
    return (HERE / f"{name}.yaml").read_text(encoding="utf-8")
