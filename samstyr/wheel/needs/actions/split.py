"""Make two or more needs out of one."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases

from .. import queries
from ..models import CoAuthor, Need, NeedState
from ..rules.wording import search_text
from ._writing import case_arguments, next_numbers, set_participants

KEPT = (
    "affected", "effect", "compels", "statutory", "goals", "organisation", "unit", "joint", "price_year",
    "wanted_year", "personal_data", "archive", "work_changes", "answers", "late", "submitted_at", "submitter",
    "registered_by",
)  # fmt: skip


@action("needs.split", kind="need")
def split_need(ctx: Context, *, need_id: UUID, version: int | None, parts: list[tuple[str, str]], reason: str) -> Need:
    """End the need as split; each part (title, need) becomes a need of its own where the whole stood.

    Costs are not carried over: nobody has said how they divide. Raises Invalid for fewer than two parts.
    """
    whole = ctx.load(Need, need_id, version=version)
    case = cases.case_of(queries.KIND, whole.pk)
    if case is None or whole.state != NeedState.SUBMITTED:
        raise Conflict(say(gettext_noop("Bare behov under behandling kan deles.")))
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, cases.case_facts(case)))
    given = [(title.strip(), text.strip()) for title, text in parts if title.strip()]
    if len(given) < 2 or any(not text for _title, text in given):
        raise Invalid.field("parts", say(gettext_noop("Skriv tittel og behov for minst to deler.")))
    spec = queries.form_spec(ctx.today)
    concerned = tuple(row.organisation_id for row in whole.participants.all())
    for number, (index, (title, text)) in zip(next_numbers(ctx, len(given)), enumerate(given, 1), strict=True):
        part = Need(number=number, state=NeedState.SUBMITTED, title=title[:200], need=text)
        for name in KEPT:
            setattr(part, name, getattr(whole, name))
        part.search_text = search_text((title, text, part.affected, part.effect, part.compels, str(part.unit or "")))
        ctx.create(part)
        set_participants(ctx, part, concerned)
        for author in CoAuthor.objects.filter(need=whole):
            ctx.create(CoAuthor(need=part, person_id=author.person_id))
        ctx.record("need.split_off", part, split_from=str(whole.pk))
        casework.split(
            actor=ctx.actor,
            now=ctx.now,
            case_id=case.pk,
            version=None,
            subject_id=part.pk,
            reason=reason,
            closes=index == len(given),
            **case_arguments(part, spec),
        )
    return ctx.load(Need, whole.pk)
