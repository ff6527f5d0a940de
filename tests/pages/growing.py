"""Many needs at every stage, made by copying a few that have been lived through, rows and all."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import connection

from samstyr.outward.notices.models import Notice
from samstyr.procedure.casework.models import Case, CaseOrganisation, CaseStep, Comment, Treatment
from samstyr.procedure.hearings.models import Consultee, Hearing, Statement
from samstyr.wheel.needs.models import CoAuthor, Need, NeedOrganisation
from samstyr.wheel.portfolio.models import LineCost, LineOrganisation, PlanLine
from tests.requirements.joint import Joint
from tests.support import POSTGRESQL, as_owner

# Parents before children, with how each row finds its place.
TABLES: tuple[type[Any], ...] = (
    Need, NeedOrganisation, CoAuthor, Case, CaseOrganisation, CaseStep, Treatment, Comment, Hearing, Consultee,
    Statement, Notice, PlanLine, LineOrganisation, LineCost,
)  # fmt: skip


class Herd:
    """The lived-through needs as rows, ready to be copied."""

    def __init__(self) -> None:
        self.rows = {table: list(table.objects.all()) for table in TABLES}
        self.size = len(self.rows[Need])
        self.copies = 0

    def grow_to(self, count: int) -> None:
        """Copy the whole herd until there are at least so many needs."""
        while self.size * (self.copies + 1) < count:
            self.copies += 1
            keys = {row.pk: uuid.uuid4() for rows in self.rows.values() for row in rows}
            for table, rows in self.rows.items():
                table.objects.bulk_create([self._copy(row, keys) for row in rows], batch_size=500)
        if connection.vendor == POSTGRESQL:
            # As the database does by itself in time: without knowing its tables it plans for empty ones.
            with as_owner(), connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def _copy(self, row: Any, keys: dict[Any, Any]) -> Any:
        values = {}
        for column in row._meta.concrete_fields:
            value = getattr(row, column.attname)
            values[column.attname] = keys.get(value, value) if column.attname.endswith("id") else value
        if values.get("number"):
            values["number"] += 1000 * self.copies
        if "line_key" in values:
            values["line_key"] = uuid.uuid4()
            values["rank"] += 1000 * self.copies
        if "once" in values:
            values["once"] = f"{values['once']}:{self.copies}"[:160]
        return type(row)(**values)


def live(made: Joint, said: str = "Husk samtykke.") -> dict[str, Need]:
    """Needs at each stage: to be assessed, with IT-tjenesten, on hearing, taken in, stopped. `said` is what people say."""
    from tests.requirements.joint import ASSESSMENT, FORUM, RECEIPT

    found = {
        "assessed": made.need(title="Varsling ved fall"),
        "received": made.received(title="Kart over stier"),
        "waiting": made.on_hearing_step(title="Byggesak uten papir"),
        "heard": made.on_hearing_step(title="Lånekort på mobil", personal_data=True),
        "joint": made.on_hearing_step(title="Vaktplan for vikarer", joint=True),
        "taken": made.on_hearing_step(title="Felles meldingsløsning"),
        "stopped": made.need("lillesand", title="Egen app"),
    }
    # Most needs of three years have been treated to their end.
    ended = [found["stopped"], *(made.need("lillesand", title=f"Ønske {number}") for number in range(14))]
    for need in ended:
        made.move(need, "sector_director:lillesand:helse", "stopp", ASSESSMENT, reason=said)
    for name in ("heard", "taken"):
        made.ask(found[name], day=RECEIPT)
    for consultee in Consultee.objects.filter(hearing__case=made.case(found["taken"])):
        made.answer(_who(made, consultee), consultee, "remarks", text=said)
    made.move(found["taken"], "it_lead", "ferdig", date(2025, 4, 15))
    made.move(found["taken"], "it_lead", "inn", FORUM)
    return found


def _who(made: Joint, consultee: Consultee) -> str:
    slot = consultee.organisation.slot if consultee.organisation else ""
    return next(key for key in made.people if key.split(":")[0] == consultee.role and key.endswith(slot))
