"""The one shape of a write: load in scope, lock, may, state, validate, write, event; in one transaction."""

from __future__ import annotations

import functools
import hashlib
import json
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from samstyr.foundation.access import Actor, Verdict
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid, NotFound, Refused
from samstyr.foundation.kernel.events import Event, handlers_of
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy.models import EditableModel, FactModel, TenantModel
from samstyr.foundation.tenancy.scope import forget, require_tenant_id

from .models import AuditDetail, AuditEvent, AuditHead, IdempotencyKey
from .rules import GENESIS, canonical, chain_hash, commitment

Row = TypeVar("Row", bound=TenantModel)
Result = TypeVar("Result")

request_id: ContextVar[str] = ContextVar("samstyr_request_id", default="")


@dataclass(frozen=True)
class Pending:
    """An audit event waiting for the end of the outermost action, when the chain's head is locked."""

    action: str
    kind: str
    object_id: UUID
    rule: str
    model_version: str
    details: dict[str, Any]


@dataclass
class Context:
    """What an action has at hand: who, when, and the only ways to load, write and tell."""

    action: str
    kind: str
    actor: Actor
    now: datetime
    pending: list[Pending] = field(default_factory=list)
    rule: str = ""
    recorded: int = 0

    @property
    def today(self) -> date:
        """The date in Norway."""
        return oslo_date(self.now)

    def load(self, model: type[Row], key: UUID | None, *, version: int | None = None) -> Row:
        """The row, locked. Raises NotFound; Conflict when `version` is given and is not the present one.

        A fact is never changed, and PostgreSQL lets the application lock only what it may change: facts are not locked.
        """
        rows = model.objects.all() if issubclass(model, FactModel) else model.objects.select_for_update(of=("self",))
        row = cast("Row | None", rows.filter(pk=key).first())
        if row is None:
            raise NotFound
        if version is not None and isinstance(row, EditableModel) and row.version != version:
            raise Conflict(
                say(gettext_noop("Noen andre har endret dette etter at du åpnet siden.")),
                remedy=say(gettext_noop("Se hva som er endret, og prøv igjen.")),
                rule="version",
                yours=version,
                present=row.version,
                row=row,
            )
        return row

    def require(self, verdict: Verdict) -> Verdict:
        """Go on if the verdict is yes, and remember the rule that said so; raise Refused otherwise."""
        verdict.require()
        self.rule = self.rule or verdict.rule
        return verdict

    def create(self, row: Row) -> Row:
        """Write a new row."""
        if hasattr(row, "recorded_at") and row.recorded_at is None:
            row.recorded_at = self.now
        _check_columns(row)
        row.save(force_insert=True)
        return row

    def create_many(self, model: type[Row], rows: list[Row]) -> list[Row]:
        """Write many new rows of one table at once."""
        for row in rows:
            row.enter_tenant()
            if hasattr(row, "recorded_at") and row.recorded_at is None:
                row.recorded_at = self.now
        return cast("list[Row]", model.objects.bulk_create(rows, batch_size=500))

    def save(self, row: Row) -> Row:
        """Write a changed row; its version rises."""
        if isinstance(row, EditableModel):
            row.version += 1
        _check_columns(row)
        row.save(force_update=True)
        return row

    def delete(self, row: TenantModel) -> None:
        """Remove a row that is not part of the record (a draft, a binding)."""
        row.delete()

    def record(
        self,
        action: str,
        row: TenantModel,
        *,
        before: dict[str, Any] | None = None,
        rule: str = "",
        model_version: str = "",
        **more: Any,
    ) -> None:
        """Leave an audit event with what changed; written when the outermost action ends."""
        after = row.snapshot()
        if before is not None:
            changed = {name for name in after if before.get(name) != after[name]}
            before = {name: before.get(name) for name in sorted(changed)}
            after = {name: after[name] for name in sorted(changed)}
        self.recorded += 1
        self.pending.append(
            Pending(
                action,
                self.kind,
                row.pk,
                (self.actor.automatic or rule or self.rule)[:200],
                model_version,
                {"actor": self.actor.name, "label": str(row), "before": before, "after": after, **more},
            )
        )

    def publish(self, event: Event) -> None:
        """Tell the rooms that have asked, inside this transaction."""
        for handler in handlers_of(type(event)):
            handler(event, actor=self.actor, now=self.now)


def _check_columns(row: TenantModel) -> None:
    """Let the columns judge their values; a foreign key to another tenant's row is as one to nothing."""
    absent = {
        column.name for column in row._meta.concrete_fields if column.null and getattr(row, column.attname) is None
    }
    try:
        row.full_clean(exclude={"tenant", *absent}, validate_unique=False, validate_constraints=False)
    except ValidationError as fault:
        raise Invalid(
            *(FieldError(name, message) for name, messages in fault.message_dict.items() for message in messages)
        ) from fault


@dataclass(frozen=True)
class Spec:
    """An action as the registry knows it."""

    name: str
    kind: str
    function: Callable[..., Any]


ACTIONS: dict[str, Spec] = {}
_surrounding: ContextVar[Context | None] = ContextVar("samstyr_action", default=None)


def action(name: str, *, kind: str = "") -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Register `function(ctx, *, …)` as the action `name`; callers give `actor`, `now` and perhaps `key`.

    `kind` is the kind of thing it changes; it is taken from the name's first part when left out.
    """

    def register(function: Callable[..., Result]) -> Callable[..., Result]:
        if name in ACTIONS:
            raise RuntimeError(f"two actions are called {name}")
        spec = ACTIONS[name] = Spec(name, kind or name.partition(".")[0], function)

        @functools.wraps(function)
        def run(*, actor: Actor, now: datetime, key: str | None = None, **arguments: Any) -> Result:
            return cast("Result", _run(spec, actor, now, key, arguments))

        run.action = spec  # type: ignore[attr-defined]
        return run

    return register


def _run(spec: Spec, actor: Actor, now: datetime, key: str | None, arguments: dict[str, Any]) -> Any:
    if actor.tenant != require_tenant_id():
        raise Refused(say(gettext_noop("Du er ikke med i denne styringsordningen.")), rule="access.tenant")
    now = now.astimezone(UTC)
    try:
        return _attempt(spec, actor, now, key, arguments)
    except IntegrityError as clash:
        if not _is_duplicate(clash):
            raise
        raise Conflict(
            say(gettext_noop("Noe med samme nummer, navn eller plass ble registrert samtidig.")),
            remedy=say(gettext_noop("Last siden på nytt, og prøv igjen.")),
            rule="unique",
        ) from clash


def _is_duplicate(clash: IntegrityError) -> bool:
    """Whether a unique constraint refused: somebody came first between the check and the write."""
    cause = clash.__cause__
    return getattr(cause, "sqlstate", "") == "23505" or "UNIQUE constraint failed" in str(clash)


def _attempt(spec: Spec, actor: Actor, now: datetime, key: str | None, arguments: dict[str, Any]) -> Any:
    outer = _surrounding.get()
    if outer is not None and outer.actor.tenant != actor.tenant:
        raise RuntimeError("An action cannot run inside one of another tenant: each has its own chain.")
    context = Context(spec.name, spec.kind, actor, now)
    token = _surrounding.set(context)
    if outer is None:
        forget()  # what the page read may be older than what this is about to judge by
    try:
        with transaction.atomic():
            if outer is not None:
                # Handed to the nearest action, so that what that one rolls back leaves no events either.
                result = spec.function(context, **arguments)
                outer.pending.extend(context.pending)
                return result
            if key:
                done = _claim_key(spec, actor, key, arguments)
                if done is not None:
                    return _earlier_result(done)
            result = spec.function(context, **arguments)
            if key:
                _store_result(actor, now, key, spec, arguments, result)
            _write_chain(actor, now, context.pending)
            return result
    except BaseException:
        forget()  # it may have been read among writes that are now taken back
        raise
    finally:
        _surrounding.reset(token)


def _request_hash(arguments: dict[str, Any]) -> str:
    return hashlib.sha256(canonical({name: _plain(value) for name, value in arguments.items()})).hexdigest()


def _plain(value: Any) -> Any:
    """The value in a form that is the same in every process: sets in order, files by their hash."""
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, (set, frozenset)):
        return sorted(repr(_plain(item)) for item in value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {column.name: _plain(getattr(value, column.name)) for column in fields(value)}
    return repr(value)


def _claim_key(spec: Spec, actor: Actor, key: str, arguments: dict[str, Any]) -> IdempotencyKey | None:
    """What the key has already done; the same request sent twice at once waits here for the first to end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{actor.tenant} {actor.person} {key}"]
            )
    done = cast("IdempotencyKey | None", IdempotencyKey.objects.filter(person_id=actor.person, key=key).first())
    if done and (done.action != spec.name or done.request_hash != _request_hash(arguments)):
        raise Conflict(
            say(gettext_noop("Dette skjemaet er allerede sendt inn med annet innhold.")),
            remedy=say(gettext_noop("Last siden på nytt, og gjør endringen en gang til.")),
            rule="idempotency",
        )
    return done


def _store_result(actor: Actor, now: datetime, key: str, spec: Spec, arguments: dict[str, Any], result: Any) -> None:
    row = result if isinstance(result, models.Model) else None
    IdempotencyKey(
        person_id=actor.person,
        key=key,
        action=spec.name,
        request_hash=_request_hash(arguments),
        result_kind=row._meta.label if row is not None else "",
        result_id=row.pk if row is not None else None,
        recorded_at=now,
    ).save(force_insert=True)


def _earlier_result(done: IdempotencyKey) -> Any:
    if not done.result_kind:
        return None
    model = cast("type[TenantModel]", apps.get_model(done.result_kind))
    return model.objects.filter(pk=done.result_id).first()


def _write_chain(actor: Actor, now: datetime, pending: list[Pending]) -> None:
    """Append the events to the tenant's chain. The head's row lock is the last lock a transaction takes."""
    if not pending:
        return
    head = AuditHead.objects.select_for_update().first()
    if head is None:
        AuditHead.objects.bulk_create([AuditHead(hash=GENESIS).enter_tenant()], ignore_conflicts=True)
        head = AuditHead.objects.select_for_update().get()
    events, details = [], []
    for event in pending:
        head.sequence += 1
        salt = secrets.token_hex(16)
        # As the database will give it back: dates and identifiers as text, tuples as lists, and floats as
        # text too, since jsonb writes some of them otherwise than they were hashed.
        stored = json.loads(canonical(event.details), parse_float=str, parse_constant=str)
        sealed = commitment(salt, stored)
        envelope = {
            "tenant": str(actor.tenant),
            "sequence": head.sequence,
            "at": now.isoformat(),
            "action": event.action,
            "kind": event.kind,
            "object": str(event.object_id),
            "actor": str(actor.person),
            "rule": event.rule,
            "model": event.model_version,
            "request": request_id.get(),
        }
        previous, head.hash = head.hash, chain_hash(head.hash, {**envelope, "details": sealed})
        events.append(
            AuditEvent(
                sequence=head.sequence,
                action=event.action,
                kind=event.kind,
                object_id=event.object_id,
                actor_id=actor.person,
                rule=event.rule,
                model_version=event.model_version,
                request_id=request_id.get(),
                recorded_at=now,
                details_commitment=sealed,
                previous_hash=previous,
                hash=head.hash,
            ).enter_tenant()
        )
        details.append(AuditDetail(sequence=head.sequence, salt=salt, details=stored).enter_tenant())
    AuditEvent.objects.bulk_create(events)
    AuditDetail.objects.bulk_create(details)
    head.save(force_update=True)
