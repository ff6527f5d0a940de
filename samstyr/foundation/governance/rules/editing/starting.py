"""What a model begins with when it begins with nothing: a small one that holds together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .changing import free_key

KEEPER_RIGHTS = (
    "organisation.manage", "people.manage", "role.appoint", "case.read", "need.read", "plan.read", "model.read",
    "model.manage", "audit.read",
)  # fmt: skip


def empty_model(name: str, organisations: Sequence[tuple[str, str, str]], role: str, task: str) -> dict[str, Any]:
    """A model with the organisations (key, kind, name) and one role that keeps it; paths and bodies are for people to make.

    `role` and `task` are the words for who looks after the model, in the language of whoever begins.
    """
    own = [{"key": key, "kind": kind, "name": title} for key, kind, title in organisations]
    return {
        "format": 1,
        "key": free_key(name, ()),
        "name": name,
        "organisations": own or [{"key": free_key(name, ()), "kind": "municipality", "name": name}],
        "roles": [
            {
                "key": "administrator",
                "name": role,
                "tasks": [task],
                "rights": [{"act": act, "reach": "tenant"} for act in KEEPER_RIGHTS],
            }
        ],
    }
