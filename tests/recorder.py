"""Notes, while tests run, which actions were carried out and how many audit events each left.

`tests/security/test_every_write_leaves_an_event.py` reads the notes at the end. Loaded by the root conftest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

import pytest

# Action name → for every successful run that wrote something and was no repetition, the number of events it left.
RUNS: dict[str, list[int]] = defaultdict(list)
_frames: ContextVar[tuple[dict[str, Any], ...]] = ContextVar("samstyr_recorder", default=())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `last` look at what all the others left behind."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers that the shared fixtures know."""
    config.addinivalue_line("markers", "last: run after all other tests")
    config.addinivalue_line("markers", "as_owner: run as the database's owner, outside row security")


@pytest.fixture(scope="session", autouse=True)
def _record_actions() -> Iterator[None]:
    """Wrap the one function that every action passes through."""
    from samstyr.foundation.audit import action as module

    attempt, record, earlier = module._attempt, module.Context.record, module._earlier_result
    writes = {name: getattr(module.Context, name) for name in ("create", "create_many", "save", "delete")}

    def noting_attempt(spec: Any, *args: Any) -> Any:
        frame = {"events": 0, "writes": 0, "repeated": False}
        token = _frames.set((*_frames.get(), frame))
        try:
            result = attempt(spec, *args)
        finally:
            _frames.reset(token)
        # A run that found nothing to change has nothing to tell.
        if not frame["repeated"]:
            RUNS[spec.name] += [frame["events"]] if frame["events"] or frame["writes"] else []
        return result

    def noting_write(write: Any) -> Any:
        def run(self: Any, *args: Any, **kwargs: Any) -> Any:
            if args[-1:] != ([],):
                for frame in _frames.get():
                    frame["writes"] += 1
            return write(self, *args, **kwargs)

        return run

    def noting_record(self: Any, *args: Any, **kwargs: Any) -> None:
        record(self, *args, **kwargs)
        for frame in _frames.get():
            frame["events"] += 1

    def noting_earlier(*args: Any) -> Any:
        _frames.get()[-1]["repeated"] = True
        return earlier(*args)

    module._attempt = noting_attempt  # type: ignore[assignment]
    module.Context.record = noting_record  # type: ignore[method-assign]
    module._earlier_result = noting_earlier
    for name, write in writes.items():
        setattr(module.Context, name, noting_write(write))
    yield
    for name, write in writes.items():
        setattr(module.Context, name, write)
    module._attempt, module.Context.record, module._earlier_result = attempt, record, earlier
