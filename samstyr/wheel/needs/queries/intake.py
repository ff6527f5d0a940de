"""Which services have been asked for their needs, and which have answered (B-23)."""

from __future__ import annotations

from dataclasses import dataclass

from samstyr.foundation.access import Act, Actor, Facts, may
from samstyr.foundation.organisations.models import Unit
from samstyr.foundation.organisations.queries import unit_tree

from ..models import IntakeCall, Need, NeedState
from .reading import is_own_place, unit_facts


@dataclass(frozen=True)
class CallStanding:
    """A call with how many needs the service has sent in since it was asked."""

    call: IntakeCall
    sent: int

    @property
    def answered(self) -> bool:
        """Whether the service has sent a need, or said that it has none."""
        return self.sent > 0 or self.call.none_said_at is not None


def call_facts(actor: Actor, call: IntakeCall) -> Facts:
    """A need for the service that was asked."""
    return unit_facts(actor, call.unit, own=is_own_place(actor, call.unit_id))


def calls(actor: Actor) -> list[CallStanding]:
    """The calls to services that the actor may write needs for, unanswered first, then by deadline and name."""
    rows = IntakeCall.objects.select_related("unit", "unit__organisation", "opened_by", "none_said_by")
    mine = [row for row in rows if may(actor, Act.NEED_CREATE, call_facts(actor, row))]
    tree = unit_tree()
    below = {unit for row in mine for unit in tree.get(row.unit_id, frozenset())}
    sent = list(
        Need.objects.filter(unit_id__in=below, submitted_at__isnull=False)
        .exclude(state=NeedState.WITHDRAWN)
        .values_list("unit_id", "submitted_at")
    )
    found = [
        CallStanding(
            row,
            sum(unit in tree.get(row.unit_id, frozenset()) and at >= row.opened_at for unit, at in sent),
        )
        for row in mine
    ]
    return sorted(found, key=lambda one: (one.answered, one.call.due_on, one.call.unit.name))


def answered(call: IntakeCall) -> bool:
    """Whether the service has answered the call."""
    units = unit_tree().get(call.unit_id, frozenset())
    sent = Need.objects.filter(unit_id__in=units, submitted_at__gte=call.opened_at).exclude(state=NeedState.WITHDRAWN)
    return call.none_said_at is not None or bool(sent.exists())


def units_to_call(actor: Actor) -> list[Unit]:
    """The services that the actor may ask, by organisation and name: those represented, not only one's own."""
    units = Unit.objects.filter(is_active=True).select_related("organisation").order_by("organisation__name", "name")
    return [unit for unit in units if may(actor, Act.NEED_CREATE, unit_facts(actor, unit, own=False))]
