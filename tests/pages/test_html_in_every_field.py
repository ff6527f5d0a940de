"""What people write is text on every page, whatever it looks like."""

from __future__ import annotations

import re
from html import escape

import pytest
from django.db import models
from django.test import Client

from samstyr.foundation.audit.models import IdempotencyKey
from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.kernel import clock
from samstyr.foundation.tenancy.models import FactModel
from samstyr.foundation.tenancy.walls import tenant_models
from samstyr.procedure.casework import actions as casework
from samstyr.wheel.portfolio.tests.factories import at
from tests.pages.growing import live
from tests.requirements.joint import FORUM, joint

PAYLOAD = "<img src=x onerror=alert(1)>\"'&{{7*7}}"
# Columns that name something in the model or the machinery, and are never a person's words.
KEYS = {
    "slot", "kind", "body", "role", "key", "step", "path", "state", "outcome", "outcome_effect", "subject_kind", "email",
    "once", "object_kind", "digest", "purpose", "cost_key", "source", "actor_role", "actor_body", "group", "mail_state",
    "organisation_number", "municipality_number", "content_hash", "import_key", "search_text", "sha256", "file_name",
    "stored_name", "content_type", "owner_kind", "effect", "code", "legal_basis", "hash", "seal",
}  # fmt: skip
LINK = re.compile(r'href="(/o/[^"#?]+)')
FILES = re.compile(r"\.(xlsx|csv|json|ods)$|/(xlsx|csv|json|yaml)/$|/filer/")
PEOPLE = ("it_lead", "administrator", "service:birkenes", "data_protection_officer:birkenes", "auditor")


def overwrite() -> set[str]:
    """Every column with people's words now holds the payload; the columns. What is append-only is said so instead."""
    done = set()
    for model in tenant_models():
        if issubclass(model, FactModel) or model in (ModelVersion, IdempotencyKey) or "toy" in model.__name__.lower():
            continue
        if model.__module__.startswith("samstyr.foundation.audit"):
            continue
        columns = [
            column
            for column in model._meta.concrete_fields
            if isinstance(column, models.CharField | models.TextField)
            and not column.choices
            and column.name not in (KEYS - ({"effect"} if model.__name__ == "Need" else set()))
            and (column.max_length or 999) >= len(PAYLOAD)
        ]
        if columns:
            model.objects.update(**{column.name: PAYLOAD for column in columns})
            done |= {f"{model.__name__}.{column.name}" for column in columns}
    return done


def crawl(client: Client, start: str, most: int) -> dict[str, str]:
    """The pages that links lead to, by address; one or a few of each kind."""
    waiting, seen, kinds = [start], {}, {}
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "*", address)
        if address in seen or kinds.get(kind, 0) >= 4 or FILES.search(address):
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(address)
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        seen[address] = answer.content.decode()
        waiting += LINK.findall(seen[address])
    return seen


@pytest.mark.slow
@pytest.mark.django_db
def test_it_is_shown_and_never_run(monkeypatch: pytest.MonkeyPatch) -> None:
    with joint() as made:
        monkeypatch.setattr(clock, "now", lambda: at(FORUM))
        made.person("auditor", organisation=made.organisations["birkenes"])
        found = live(made, said=PAYLOAD)
        case = made.case(found["heard"])
        casework.comment(actor=made.actor("it_lead"), now=at(FORUM), case_id=case.pk, text=PAYLOAD)
        columns = overwrite()
        assert {
            "Need.title",
            "Need.need",
            "Need.effect",
            "Hearing.question",
            "Person.name",
            "PlanLine.title",
            "Notice.title",
        } <= columns
        shown = 0
        for who in PEOPLE:
            pages = crawl(made.client(who), f"/o/{made.tenant.slug}/", 45)
            assert len(pages) > 5, who
            for address, html in pages.items():
                assert "<img src=x" not in html, f"{who}: {address}"
                assert "49}}" not in html and "&amp;49" not in html, f"{who}: {address}"
                shown += escape("<img src=x onerror=alert(1)>") in html
        assert shown > 40
