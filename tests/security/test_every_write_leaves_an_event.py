"""Every action that is registered has been carried out by some test, and left a trace each time.

Runs last and looks at what the other tests did; says nothing when only a part of them was run.
"""

from __future__ import annotations

import pytest

from samstyr.foundation.audit.action import ACTIONS
from tests.recorder import RUNS

# Actions that may end without an event of their own, with the reason.
SILENT: dict[str, str] = {
    "model.edit_draft": "a form that was saved as it stood changes nothing",
    "model.rename_key": "likewise",
    "model.settle_proposal": "a case whose matter proposes no version",
    "model.take_up_proposal": "likewise",
}
# Actions that no test carries out, with the reason.
NOT_RUN: dict[str, str] = {}


@pytest.mark.last
def test_every_action_was_run(request: pytest.FixtureRequest) -> None:
    if not _whole_run(request):
        pytest.skip("only when all tests are run in one process")
    never = set(ACTIONS) - set(RUNS) - set(NOT_RUN)
    assert not never, f"no test carries out {sorted(never)}"
    assert set(NOT_RUN) <= set(ACTIONS), "left over in the list"


@pytest.mark.last
def test_every_run_left_an_event() -> None:
    silent = {name for name, counts in RUNS.items() if name in ACTIONS and 0 in counts} - set(SILENT)
    assert not silent, f"carried out without leaving an event: {sorted(silent)}"


def _whole_run(request: pytest.FixtureRequest) -> bool:
    chosen = {item.nodeid.partition("::")[0] for item in request.session.items}
    return (
        any("samstyr/wheel/needs" in path for path in chosen)
        and any("samstyr/foundation/audit" in path for path in chosen)
        and not hasattr(request.config, "workerinput")
    )


@pytest.mark.django_db
def test_a_silent_action_is_noticed() -> None:
    """The recorder sees an action that forgets its event, and does not count a repetition as silence."""
    from datetime import UTC, datetime

    from samstyr.foundation.audit.action import Context, action
    from samstyr.foundation.tenancy.scope import tenant_scope
    from tests.support import actor_in, make_tenant
    from tests.toys import actions as toys
    from tests.toys.models import ToyNote

    @action("toy.forgets")
    def forgets(ctx: Context) -> ToyNote:
        return ctx.create(ToyNote(title="glemt"))

    tenant = make_tenant()
    who = {"actor": actor_in(tenant), "now": datetime(2026, 2, 10, tzinfo=UTC)}
    try:
        with tenant_scope(tenant.pk):
            forgets(**who)
            before = len(RUNS["toy.write"])
            for _ in range(2):
                toys.write(**who, key="k", title="A")
        assert RUNS["toy.forgets"] == [0]
        assert RUNS["toy.write"][before:] == [1]
    finally:
        del ACTIONS["toy.forgets"], RUNS["toy.forgets"]
