"""The only place that reads the environment."""

from __future__ import annotations

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
MODE = os.environ.get("SAMSTYR_MODE", "demo")


def text(name: str, default: str = "") -> str:
    """A setting from the environment."""
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """A yes/no setting: 1, true, yes or ja."""
    value = os.environ.get(name)
    return default if value is None else value.lower() in {"1", "true", "yes", "ja"}


def listing(name: str) -> list[str]:
    """A comma-separated setting."""
    return [item.strip() for item in text(name).split(",") if item.strip()]


VAR_DIR = Path(text("SAMSTYR_VAR", str(BASE_DIR / "var")))
