"""Who writes a report, who receives it, and who may read it: the facts that `may` is asked with."""

from __future__ import annotations

from datetime import date

from samstyr.foundation.access import Act, Actor, Facts, Holder, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.bodies import Body
from samstyr.foundation.tenancy.scope import require_tenant_id

from ..models import Report, ReportState


def write_facts(sender: str, day: date) -> Facts:
    """Who writes: the sender's role; for a body its secretary, else its chair. Ask REPORT_WRITE."""
    return Facts("report", require_tenant_id(), holders=_holders(sender, day, writes=True))


def receive_facts(receiver: str, day: date) -> Facts:
    """Who receives: the role; for a body its members and who leads and serves it. Ask REPORT_RECEIVE."""
    return Facts("report", require_tenant_id(), holders=_holders(receiver, day, writes=False))


def read_facts(sender: str, receiver: str, day: date) -> Facts:
    """Who reads what is sent: who wrote it, who received it, and who reads all cases. Ask CASE_READ."""
    holders = (*_holders(sender, day, writes=True), *_holders(receiver, day, writes=False))
    return Facts("report", require_tenant_id(), holders=holders)


def may_write(actor: Actor, sender: str, day: date) -> bool:
    """Whether the actor writes reports from the sender."""
    return bool(may(actor, Act.REPORT_WRITE, write_facts(sender, day)))


def may_read(actor: Actor, row: Report, day: date) -> bool:
    """Whether the actor may read the report: a draft is for those who write it."""
    if may_write(actor, row.sender, day):
        return True
    sent = row.state == ReportState.SENT
    return sent and bool(may(actor, Act.CASE_READ, read_facts(row.sender, row.receiver, day)))


def party_name(key: str, day: date) -> str:
    """What the role or body is called in the model in force; its key when it is no more."""
    model = governance.current_model(day)
    return model.party_name(key) if model else key


def _holders(key: str, day: date, *, writes: bool) -> tuple[Holder, ...]:
    model = governance.current_model(day)
    body = model.body(key) if model else None
    if model is None or body is None:
        role = model.role(key) if model else None
        return (Holder(key, str(role.name) if role else key),)
    roles = [model.role(name) for name in _offices(body, writes)]
    offices = tuple(Holder(role.key, str(role.name)) for role in roles if role is not None)
    return offices if writes else (Holder(f"seat:{key}", str(body.name)), *offices)


def _offices(body: Body, writes: bool) -> list[str]:
    if writes:
        return [key for key in (body.secretary or body.chair,) if key]
    return list(body.recorders)
