"""The making of a version in the browser: begun, filled in part by part, taken back, and thrown away."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import DraftStep, ModelState, ModelVersion
from ..rules.editing import references
from ..rules.editing.changing import Operation, applied, operated
from ..rules.editing.checking import tree_of
from ..rules.editing.dumping import dump
from ..rules.editing.places import Place, Tree, at, copied, read_place, title_of, written
from ..rules.loading import LARGEST
from ..rules.reading import Unreadable, read
from ..rules.schema import GovernanceModel
from .adopt import model_facts

MOST_STEPS = 300
ONE_GO = timedelta(minutes=10)
KEY_PATTERN = GovernanceModel.model_fields["key"].metadata[0].pattern


@action("model.start_draft", kind="model")
def start_draft(ctx: Context, *, text: str, origin: str, reason: str = "") -> ModelVersion:
    """Begin a version to work on. The text may be unfinished, but must be YAML with keys; `origin` tells where it is from.

    Raises Invalid for a text that is no YAML, or too large.
    """
    ctx.require(may(ctx.actor, Act.MODEL_MANAGE, model_facts(ctx)))
    try:
        tree = read(text).value
    except Unreadable as fault:
        raise Invalid.field(
            "text", say(gettext_noop("Linje %(line)s: %(what)s"), line=fault.line, what=fault.message)
        ) from None
    if not isinstance(tree, dict) or len(text) > LARGEST:
        raise Invalid.field("text", say(gettext_noop("Dette er ikke en styringsmodell som kan leses.")))
    last = ModelVersion.objects.select_for_update().order_by("-number").values_list("number", flat=True).first()
    row = ModelVersion(
        number=(last or 0) + 1,
        origin=origin[:120],
        reason=reason.strip(),
        step=1,
        created_by_id=ctx.actor.person,
        proposed_by=", ".join(dict.fromkeys(held.name for held in ctx.actor.roles))[:200],
    )
    ctx.create(_with_text(row, text, tree))
    _add_step(ctx, row, "start")
    ctx.record("model.draft_started", row, sha256=row.sha256)
    return row


def _with_text(row: ModelVersion, text: str, tree: Tree) -> ModelVersion:
    row.text, row.sha256 = text, hashlib.sha256(text.encode()).hexdigest()
    row.key = str(tree.get("key") or "utkast")[:60]
    row.name = (title_of({"name": tree.get("name")}) or row.key)[:200]
    return row


def _add_step(ctx: Context, row: ModelVersion, verb: str, place: str = "", title: str = "", page: str = "") -> None:
    ctx.create(
        DraftStep(
            draft=row, number=row.step, text=row.text, verb=verb, place=place[:300], title=title[:200], page=page[:40],
            after=row.version, made_by_id=ctx.actor.person, made_at=ctx.now,
        )
    )  # fmt: skip


@action("model.edit_draft", kind="model")
def edit_draft(
    ctx: Context,
    *,
    version_id: UUID,
    version: int | None,
    place: str = "",
    fields: tuple[tuple[str, tuple[str, ...]], ...] = (),
    operation: tuple[str, str, str] | None = None,
    page: str = "",
) -> ModelVersion:
    """Put what a form says into the draft, and then carry out an operation (verb, place, name).

    Whoever has saved from the same page since `version` is oneself, so that it is no conflict. Raises Conflict when
    somebody else has, or when the version is no draft; Invalid for an operation that cannot be done.
    """
    row = _own_draft(ctx, version_id, version, page)
    tree = applied(tree_of(row.text), fields)
    verb, where, title = "fields", place, title_of(at(tree, read_place(place)))
    if operation is not None:
        verb, where = operation[0], operation[1]
        told = title_of(at(tree, read_place(where)))
        tree, _shown = operated(tree, Operation(verb, read_place(where), operation[2]))
        title = operation[2].strip() or told
    return _keep(ctx, row, tree, verb, where, title, page)


@action("model.rename_key", kind="model")
def rename_key(
    ctx: Context, *, version_id: UUID, version: int | None, place: str, new_key: str, references_too: bool = True
) -> ModelVersion:
    """Give a thing of the draft another key, and everything that refers to it. Raises Invalid for a key that cannot be."""
    row = _own_draft(ctx, version_id, version, "")
    tree, where = copied(tree_of(row.text)), read_place(place)
    thing = at(tree, where)
    if not isinstance(thing, dict):
        raise Invalid.field("key", say(gettext_noop("Dette finnes ikke i utkastet lenger.")))
    _key_fits(tree, where, new_key)
    thing.setdefault("key", new_key)
    references.rename(tree, where, new_key, references=references_too)
    return _keep(ctx, row, tree, "rename", place, f"{title_of(thing)} ({new_key})", "")


def _key_fits(tree: Tree, where: Place, key: str) -> None:
    siblings = at(tree, where[:-1]) if where and isinstance(where[-1], int) else []
    others = [item.get("key") for index, item in enumerate(siblings) if isinstance(item, dict) and index != where[-1]]
    if key in others:
        raise Invalid.field("key", say(gettext_noop("Nøkkelen «%(key)s» er allerede i bruk her."), key=key), value=key)
    if where[:1] != ("findings",) and not _is_key(key):
        raise Invalid.field(
            "key",
            say(gettext_noop("«%(value)s» er ikke en gyldig nøkkel."), value=key[:60]),
            value=key,
            remedy=say(gettext_noop("Bruk små bokstaver a–z, tall, bindestrek og understrek.")),
        )


def _is_key(key: str) -> bool:
    return bool(re.fullmatch(str(KEY_PATTERN).rstrip("$"), key))


@action("model.go_to_step", kind="model")
def go_to_step(ctx: Context, *, version_id: UUID, version: int | None, number: int) -> ModelVersion:
    """Let the draft be as it was after a step of its history, earlier or later. The steps after it stay until the next
    change. Raises Invalid for a step that is not there."""
    row = _own_draft(ctx, version_id, version, "")
    step = DraftStep.objects.filter(draft=row, number=number).first()
    if step is None:
        raise Invalid.field("number", say(gettext_noop("Det finnes ikke noe å gå tilbake eller fram til.")))
    before = row.snapshot()
    row.step = number
    ctx.save(_with_text(row, step.text, tree_of(step.text)))
    ctx.record("model.went_to_step", row, before=before, sha256=row.sha256)
    return row


@action("model.discard_draft", kind="model")
def discard_draft(ctx: Context, *, version_id: UUID, version: int | None) -> ModelVersion:
    """Throw a draft away: it is kept as withdrawn, and never comes into force. Raises Conflict for what is no draft."""
    row = _own_draft(ctx, version_id, version, "")
    before = row.snapshot()
    row.state = ModelState.WITHDRAWN
    ctx.save(row)
    ctx.record("model.draft_discarded", row, before=before)
    return row


def _own_draft(ctx: Context, version_id: UUID, version: int | None, page: str) -> ModelVersion:
    ctx.require(may(ctx.actor, Act.MODEL_MANAGE, model_facts(ctx)))
    row = ctx.load(ModelVersion, version_id)
    if version is not None and row.version != version:
        # After an operation things stand elsewhere, so that what was sent before it no longer fits.
        since = DraftStep.objects.filter(draft=row, after__gt=version).values_list("page", "verb")
        if not page or row.version < version or set(since) != {(page[:40], "fields")}:
            ctx.load(ModelVersion, version_id, version=version)
    if row.state != ModelState.DRAFT:
        raise Conflict(say(gettext_noop("Denne versjonen er ikke lenger et utkast og kan ikke endres.")))
    return row


def _keep(ctx: Context, row: ModelVersion, tree: Tree, verb: str, place: str, title: str, page: str) -> ModelVersion:
    """The draft with its new values, and the step in its history; nothing is written when nothing has changed."""
    text = dump(tree)
    if tree == tree_of(row.text):
        return row
    if len(text) > LARGEST:
        raise Invalid.field("text", say(gettext_noop("Modellen er for stor. Den kan være på høyst 200 kB.")))
    before = row.snapshot()
    if row.step == 0:
        # A draft that came as a file has no history until it is first changed here.
        row.step = 1
        _add_step(ctx, row, "start")
    DraftStep.objects.filter(draft=row, number__gt=row.step).delete()
    last = DraftStep.objects.filter(draft=row, number=row.step).first()
    goes_on = (
        last is not None and verb == "fields" == last.verb and page and last.page == page[:40]
        and ctx.now - last.made_at < ONE_GO
    )  # fmt: skip
    row.step += 0 if goes_on else 1
    ctx.save(_with_text(row, text, tree))
    if goes_on and last is not None:
        last.text, last.after, last.title = row.text, row.version, title[:200]
        ctx.save(last)
    else:
        _add_step(ctx, row, verb, written(read_place(place)), title, page)
        DraftStep.objects.filter(draft=row, number__lt=row.step - MOST_STEPS, number__gt=1).delete()
    ctx.record("model.draft_edited", row, before=before, sha256=row.sha256, place=place[:300], verb=verb)
    return row
