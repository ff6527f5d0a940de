"""Which version of the model is in force, and the model as typed values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import cast
from uuid import UUID

from django.db.models import F, Q, QuerySet

from samstyr.foundation.access import Act
from samstyr.foundation.organisations.models import Organisation, RoleHolding
from samstyr.foundation.organisations.rules import RoleTable
from samstyr.foundation.tenancy.scope import remembered, require_tenant_id

from . import bundles
from .models import DraftStep, ModelState, ModelVersion
from .rules.bodies import Body, Role
from .rules.editing.checking import checked
from .rules.host import chair_slot
from .rules.lint import Finding, lint
from .rules.loading import load_text
from .rules.schema import GovernanceModel
from .rules.strategy import StrategyContent


def versions() -> QuerySet[ModelVersion]:
    """All versions of the tenant's model, newest first."""
    return ModelVersion.objects.order_by("-number")


def version_in_force(day: date) -> ModelVersion | None:
    """The adopted version that applies on the day: the newest whose first day has come. Asked once on a page."""
    return remembered(ModelVersion, ("in force", day), lambda: _in_force(day))


def _in_force(day: date) -> ModelVersion | None:
    rows = ModelVersion.objects.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day), state=ModelState.ADOPTED)
    return cast("ModelVersion | None", rows.order_by(F("valid_from").desc(nulls_last=True), "-number").first())


def version(key: UUID) -> ModelVersion | None:
    """One version by its id."""
    return cast("ModelVersion | None", ModelVersion.objects.filter(pk=key).first())


def typed(row: ModelVersion) -> GovernanceModel:
    """The version's text as typed values; parsed once per text, since an adopted text never changes."""
    return _parsed(row.sha256, row.text)


@lru_cache(maxsize=64)
def _parsed(sha256: str, text: str) -> GovernanceModel:
    return load_text(text).require()


@lru_cache(maxsize=1)
def shipped_models() -> dict[str, GovernanceModel]:
    """The models that come with the product, by name; read once, since they change only with the product."""
    return {name: load_text(bundles.text_of(name)).require() for name in bundles.names()}


def current_model(day: date) -> GovernanceModel | None:
    """The model that applies on the day, or None before the first adoption."""
    row = version_in_force(day)
    return typed(row) if row else None


StrategySource = Callable[[date], StrategyContent | None]
_strategy_sources: list[StrategySource] = []


def strategy_told_by(source: StrategySource) -> None:
    """Let a room above tell the adopted strategy of a day; the switchboard connects it. Safe to repeat."""
    if source not in _strategy_sources:
        _strategy_sources.append(source)


def strategy_on(day: date) -> StrategyContent:
    """The strategy that holds on the day: the adopted one, else what the model itself says, else an empty one."""
    for source in _strategy_sources:
        found = source(day)
        if found is not None:
            return found
    model = current_model(day)
    return model.strategy if model else StrategyContent()


def role_table(day: date) -> RoleTable:
    """Roles and rights as they are on the day; empty before the first adoption."""
    model = current_model(day)
    return model.role_table() if model else {}


def roles_with(act: Act, day: date) -> list[str]:
    """The roles that the model in force gives the right to, however far it goes."""
    return [key for key, (_name, rights) in role_table(day).items() if any(one is act for one, _reach in rights)]


_labels: dict[tuple[UUID, UUID], str] = {}


def label_of(version_id: UUID) -> str:
    """Key and number of a version, as the audit trail cites it: ``birkenes-lillesand@2``."""
    place = (require_tenant_id(), version_id)
    if place not in _labels:
        row = ModelVersion.objects.only("key", "number").get(pk=version_id)
        _labels[place] = f"{row.key}@{row.number}"
    return _labels[place]


def adopted_models() -> list[GovernanceModel]:
    """Every model that a case may still be on. A text is read from the database only when it is not yet parsed."""
    seals = list(ModelVersion.objects.filter(state=ModelState.ADOPTED).values_list("pk", "sha256"))
    tenant, known = require_tenant_id(), dict(_models)
    unread = [key for key, seal in seals if (tenant, seal) not in known]
    if unread:
        known |= {(tenant, row.sha256): typed(row) for row in ModelVersion.objects.filter(pk__in=unread)}
        if len(_models) > MOST_REMEMBERED:
            _models.clear()
        _models.update({place: model for place, model in known.items() if place[0] == tenant})
    return [known[tenant, seal] for _key, seal in seals]


MOST_REMEMBERED = 200
# By tenant and seal, so that what one tenant has had parsed says nothing to another.
_models: dict[tuple[UUID, str], GovernanceModel] = {}


def bodies_recorded_by(roles: Iterable[str]) -> dict[str, set[str]]:
    """For each role, the bodies whose outcome it records, in any version that a case may still be on."""
    wanted = set(roles)
    found: dict[str, set[str]] = {}
    for model in adopted_models():
        for body in model.bodies:
            for role in body.recorders:
                if role in wanted:
                    found.setdefault(role, set()).add(body.key)
    return found


def chair_place(model: GovernanceModel, body: Body, organisation: UUID | None = None) -> UUID | None:
    """In which organisation who chairs the body holds the role (N-190); `organisation` where the model does not say.

    The slot of an organisation never changes, so what it stands for is looked up once.
    """
    slot = chair_slot(model, body)
    if slot is None:
        return organisation
    place = (require_tenant_id(), slot)
    if place not in _places:
        found = Organisation.objects.filter(slot=slot).values_list("pk", flat=True).first()
        if found is None:
            return organisation
        _places[place] = found
    return _places[place]


_places: dict[tuple[UUID, str], UUID] = {}


def keeping_roles(row: ModelVersion) -> list[Role]:
    """The version's roles that may change the model; those for the whole arrangement first."""
    roles = [role for role in typed(row).roles if any(right.act is Act.MODEL_MANAGE for right in role.rights)]
    return sorted(roles, key=lambda role: role.scope != "tenant")


def held_on(day: date, roles: Iterable[str]) -> bool:
    """Whether somebody active holds one of the roles on the day or later."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return bool(RoleHolding.objects.filter(lasting, role__in=list(roles), person__is_active=True).exists())


def findings_of(row: ModelVersion) -> list[Finding]:
    """What the checker finds in the version, with lines in its file; found once per text."""
    return list(_found(row.sha256, row.text))


@lru_cache(maxsize=64)
def _found(sha256: str, text: str) -> tuple[Finding, ...]:
    loaded = load_text(text)
    return tuple(lint(loaded.require(), loaded.positions))


def drafts() -> QuerySet[ModelVersion]:
    """Versions that are being made or treated, the one last worked on first."""
    rows = ModelVersion.objects.filter(state__in=(ModelState.DRAFT, ModelState.PROPOSED)).order_by("-updated_at")
    return cast("QuerySet[ModelVersion]", rows.select_related("created_by"))


def steps_of(row: ModelVersion) -> QuerySet[DraftStep]:
    """The draft's history, the last step first; without the texts."""
    found = DraftStep.objects.filter(draft=row).defer("text").select_related("made_by").order_by("-number")
    return cast("QuerySet[DraftStep]", found)


def neighbouring_steps(row: ModelVersion) -> tuple[DraftStep | None, DraftStep | None]:
    """The step before the one the draft stands at, and the one after."""
    near = DraftStep.objects.filter(draft=row).defer("text")
    earlier = near.filter(number__lt=row.step).order_by("-number").first()
    return earlier, near.filter(number__gt=row.step).order_by("number").first()


def origin_model(row: ModelVersion) -> GovernanceModel | None:
    """The model that the draft began as; None for one that was not begun in the browser, or not with a whole model."""
    text = DraftStep.objects.filter(draft=row, number=1).values_list("text", flat=True).first()
    return checked(text).model if text else None


def is_readable(row: ModelVersion) -> bool:
    """Whether the version's text is a whole model; a draft may be unfinished."""
    return checked(row.text).model is not None
