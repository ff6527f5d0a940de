"""Remind those who have not answered in writing."""

from __future__ import annotations

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.clock import oslo_date

from ...events import ProcedureSent
from ...models import Procedure, ProcedureMember, ProcedureState
from ...queries.written import open_ones
from ...rules.written import reminder_stage


@action("procedure.remind", kind="procedure")
def remind_members(ctx: Context) -> int:
    """Give today's reminders, two working days before the deadline and on the day; how many people. Run daily.

    Twice a day is once. Those who have answered are left in peace.
    """
    ctx.require(may(ctx.actor, Act.NOTICE_GIVE, Facts("procedure", ctx.actor.tenant)))
    return sum(_remind(ctx, ctx.load(Procedure, key)) for key in open_ones())


def _remind(ctx: Context, procedure: Procedure) -> int:
    if procedure.state != ProcedureState.OPEN:
        return 0
    sent_on, told, stage = oslo_date(procedure.sent_at), [], ""
    silent = ProcedureMember.objects.select_for_update(of=("self",)).filter(procedure=procedure, replies__isnull=True)
    for member in list(silent):
        due = reminder_stage(ctx.today, procedure.deadline, sent_on=sent_on, reminded_on=member.reminded_on)
        if due:
            stage, member.reminded_on = due, ctx.today
            ctx.save(member)
            told.append(member)
    if told:
        ctx.record("procedure.reminded", procedure, reminded=[one.name for one in told], stage=stage)
        ctx.publish(ProcedureSent(procedure.pk, tuple(one.person_id for one in told), stage))
    return len(told)
