"""The same request several times: one effect, and the same answer to all. For the rooms' own tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps

from samstyr.foundation.access import Actor
from samstyr.foundation.audit.queries import verify_chain
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.tenancy.scope import require_tenant_id, tenant_scope
from samstyr.foundation.tenancy.walls import tenant_models
from tests.support import at_once


def table_counts() -> dict[str, int]:
    """How many rows each tenant table has in this tenant."""
    return {model.__name__: model.objects.count() for model in tenant_models()}


def assert_double_submit(action: Callable[..., Any], *, actor: Actor, now: datetime, **arguments: Any) -> Any:
    """Call `action` twice with one key, inside a tenant scope: one effect, the same result; other content conflicts.

    Returns the result. The action must succeed with `arguments`.
    """
    key = uuid4().hex
    first = action(actor=actor, now=now, key=key, **arguments)
    counts, versions = table_counts(), _versions()
    second = action(actor=actor, now=now, key=key, **arguments)
    assert getattr(second, "pk", second) == getattr(first, "pk", None), "the second press got another answer"
    assert table_counts() == counts, "the second press wrote rows"
    assert _versions() == versions, "the second press changed rows"
    try:
        action(actor=actor, now=now, key=key, **{**arguments, next(iter(arguments)): uuid4()})
    except Conflict:
        pass
    else:
        raise AssertionError("the key was accepted for other content")
    assert isinstance(verify_chain(), int)
    return first


def assert_five_at_once(
    action: Callable[..., Any], *, tenant: UUID, actor: Actor, now: datetime, **arguments: Any
) -> Any:
    """Five threads send the same request at the same moment; needs a test with `transaction=True`.

    All five get the same answer and the tenant's chain has grown as by one.
    """
    key = uuid4().hex
    with tenant_scope(tenant, writing=False):
        before = verify_chain()

    def press() -> Any:
        with tenant_scope(tenant):
            result = action(actor=actor, now=now, key=key, **arguments)
            return getattr(result, "pk", result)

    answers = at_once(*[press] * 5)
    assert not [answer for answer in answers if isinstance(answer, BaseException)], answers
    assert len(set(map(repr, answers))) == 1, answers
    with tenant_scope(tenant, writing=False):
        after = verify_chain()
        from samstyr.foundation.audit.models import IdempotencyKey

        assert isinstance(before, int) and isinstance(after, int) and after > before
        assert IdempotencyKey.objects.filter(key=key).count() == 1
    return answers[0]


def _versions() -> dict[str, list[Any]]:
    require_tenant_id()
    return {
        model.__name__: list(model.objects.order_by("pk").values_list("pk", "version"))
        for model in apps.get_app_config("samstyr").get_models()
        if hasattr(model, "version") and model in tenant_models()
    }
