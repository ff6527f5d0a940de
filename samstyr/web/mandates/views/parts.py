"""What several of the pages need."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from samstyr.foundation.governance.rules.ledgers import Ledger, LedgerField
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui import formats
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.mandates import queries, rules

MARKS: dict[str, tuple[str, Tone]] = {
    rules.BINDING: (gettext_noop("Må oppfylles"), Tone.DANGER),
    rules.UNMET: (gettext_noop("Ikke fulgt"), Tone.WARNING),
    rules.MISSING: (gettext_noop("Mangler svar"), Tone.WARNING),
    rules.OVERDUE: (gettext_noop("Over fristen"), Tone.WARNING),
    rules.VACANT: (gettext_noop("Ledig"), Tone.WARNING),
    rules.EXPIRED: (gettext_noop("Har gått ut"), Tone.DANGER),
    rules.ENDING: (gettext_noop("Går ut snart"), Tone.WARNING),
}


def url(request: Any, name: str, *keys: object) -> str:
    """An address in the tenant."""
    return reverse(name, args=[request.tenant.slug, *keys])


def ledger_of(request: Any, key: str) -> Ledger:
    """The ledger of the model in force. Raises NotFound."""
    found = queries.ledger_on(key, request.today)
    if found is None:
        raise NotFound
    return found


def entry_of(request: Any, key: UUID) -> tuple[Any, Ledger]:
    """The entry with its ledger. Raises NotFound, also when the model no longer has the ledger."""
    row = queries.entry_by_id(key)
    if row is None:
        raise NotFound
    return row, ledger_of(request, row.ledger)


def crumbs(request: Any, ledger: Ledger | None = None, entry: Any = None) -> list[Crumb]:
    """The way here."""
    found = [Crumb(_("Oversikter"), url(request, "ledger-list"))]
    if ledger is not None:
        found.append(Crumb(str(ledger.name), url(request, "ledger-detail", ledger.key)))
    if entry is not None:
        found.append(Crumb(entry.title, url(request, "ledger-entry", entry.pk)))
    return found


def state_status(ledger: Ledger, key: str) -> Status:
    """The state as a tag; one the model no longer has is shown by its key."""
    state = ledger.state(key)
    return Status(str(state.name) if state else key, Tone.NEUTRAL if state and state.ends else Tone.INFO)


def marks(entry: Any, ledger: Ledger, request: Any) -> list[Status]:
    """What somebody should look at, as tags; and that the entry is carried on."""
    carried = [Status(_("Ført videre"), Tone.NEUTRAL)] if queries.is_carried(entry, ledger) else []
    return carried + [Status(_(MARKS[key][0]), MARKS[key][1]) for key in queries.marks_of(entry, ledger, request.today)]


def shown(field: LedgerField, answer: str, chosen: Any) -> str:
    """An answer as it is read: yes and no, days and what is chosen among things of the strategy by their names."""
    if field.kind == "yes_no":
        return {"ja": _("Ja"), "nei": _("Nei")}.get(answer, answer)
    if field.kind == "date":
        day = rules.day_of(answer)
        return formats.day(day) if day else answer
    return str(chosen.get(field.kind, {}).get(answer, answer))


def days_shown(ledger: Ledger, entry: Any) -> list[tuple[str, str]]:
    """The ledger's spans with the entry's days in words."""
    return [
        (name, "" if days is None else ngettext("%(n)s dag", "%(n)s dager", days) % {"n": days})
        for name, days in rules.days_of(ledger, entry.answers)
    ]
