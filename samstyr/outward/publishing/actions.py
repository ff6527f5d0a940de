"""The only writes to publications."""

from __future__ import annotations

from uuid import UUID

from django.utils import translation

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.queries import lists as people
from samstyr.outward.exports import pdf, tables
from samstyr.outward.exports.content import PlanContent
from samstyr.outward.exports.plan import content_of
from samstyr.outward.exports.public import public_content
from samstyr.wheel.portfolio import queries as plans

from . import queries
from .models import Publication

KIND = "publication"
READY = ("adopted", "superseded")


@action("publication.publish", kind=KIND)
def publish(ctx: Context, *, version_id: UUID, language: str = "nb") -> Publication:
    """Let anybody read the adopted version as it is today, at an address that lasts; again to bring it up to date.

    Raises NotFound, Refused, and Conflict for a version that is not adopted.
    """
    version = plans.version_by_id(version_id)
    if version is None:
        raise NotFound
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, plans.plan_facts()))
    if version.state not in READY:
        raise Conflict(
            say(gettext_noop("Bare en vedtatt versjon kan publiseres.")),
            remedy=say(gettext_noop("Vent til planen er vedtatt.")),
            rule="publication.adopted",
        )
    with translation.override(language):
        content = content_of(version, ctx.today, arrangement=version.tenant.name)
        content = public_content(content, people.titles())
        sheet, document = tables.xlsx(content), pdf.pdf(content, language)
    row = queries.publication_of(version_id)
    if row is None:
        row = Publication(
            plan_version_id=version_id, slug=f"handlingsplan-{version.plan.first_year}-versjon-{version.number}"
        )
        before = None
    else:
        row = ctx.load(Publication, row.pk)
        before = row.snapshot()
    old = [key for key in (row.pdf_id, row.workbook_id) if key]
    row.content, row.language = content.model_dump(mode="json"), language
    row.published_on, row.published_by_id, row.withdrawn_on = ctx.today, ctx.actor.person, None  # type: ignore[attr-defined]
    row.pdf_id = _kept(ctx, row, content, "pdf", document)
    row.workbook_id = _kept(ctx, row, content, "xlsx", sheet)
    if before is None:
        ctx.create(row)
    else:
        ctx.save(row)
    _remove(ctx, old)
    ctx.record("publication.published", row, before=before)
    return row


@action("publication.withdraw", kind=KIND)
def withdraw(ctx: Context, *, version_id: UUID, version: int | None) -> Publication:
    """Take the published version off the net. Raises NotFound, Refused and Conflict."""
    found = queries.publication_of(version_id)
    if found is None:
        raise NotFound
    row = ctx.load(Publication, found.pk, version=version)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, plans.plan_facts()))
    if row.withdrawn_on is not None:
        raise Conflict(say(gettext_noop("Versjonen er allerede trukket tilbake.")), rule="publication.withdrawn")
    before = row.snapshot()
    row.withdrawn_on = ctx.today
    ctx.save(row)
    ctx.record("publication.withdrawn", row, before=before)
    return row


def _kept(ctx: Context, row: Publication, content: PlanContent, ending: str, data: bytes) -> UUID:
    stored = documents.store(
        actor=ctx.actor,
        now=ctx.now,
        owner_kind=KIND,
        owner_id=row.pk,
        owner_facts=plans.plan_facts(),
        act=Act.PLAN_EDIT,
        content=data,
        file_name=content.file_name(ending),
    )
    return stored.pk


def _remove(ctx: Context, keys: list[UUID]) -> None:
    for key in keys:
        documents.remove(
            actor=ctx.actor, now=ctx.now, document_id=key, owner_facts=plans.plan_facts(), act=Act.PLAN_EDIT
        )
