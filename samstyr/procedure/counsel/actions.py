"""Enter what a party has said, correct it, and reply to advice."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Organisation
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case

from . import events, queries
from .models import Addressee, Counsel
from .rules import ADVICE, GUIDELINE, LONGEST_TEXT, CounselValues, faults


@action("counsel.give", kind="counsel")
def give(ctx: Context, *, values: CounselValues, replaces: UUID | None = None) -> Counsel:
    """Enter what a party has said, on a case or by itself. With `replaces` it corrects an earlier entry of the same party.

    Raises Refused for who cannot enter it for the party, Conflict for a case that is ended or an entry that has been
    replied to or replaced already, Invalid with every fault.
    """
    known = queries.parties(governance.current_model(ctx.today))
    if found := faults(values, known, ctx.today):
        raise Invalid(*found)
    ctx.require(may(ctx.actor, Act.COUNSEL_GIVE, queries.party_facts(values.party, ctx.today)))
    earlier = _earlier(ctx, replaces, values) if replaces else None
    row = ctx.create(
        Counsel(
            kind=values.kind, party=values.party, party_name=known[values.party][:200],
            asked_by=values.asked_by if values.asked_by in known else "", subject=values.subject.strip(),
            text=values.text.replace("\r\n", "\n").strip(), on=values.on or ctx.today,
            valid_until=values.valid_until if values.kind == GUIDELINE else None,
            reply_by=values.reply_by if values.kind == ADVICE else None,
            case=_case(ctx, values.case), given_by_id=ctx.actor.person, replaces=earlier,
        )
    )  # fmt: skip
    if values.kind == ADVICE:
        _address(ctx, row, values)
    ctx.record("counsel.given", row, case=str(row.case_id or ""))
    return row


def _earlier(ctx: Context, key: UUID, values: CounselValues) -> Counsel:
    row = ctx.load(Counsel, key)
    if row.case_id:
        ctx.load(Case, row.case_id)  # so that two corrections at once do not both take its place
    if row.party != values.party or row.kind != values.kind or row.case_id != values.case:
        raise Conflict(say(gettext_noop("En rettelse gjelder det samme, fra den samme.")))
    if row.replaced_by.exists():
        raise Conflict(say(gettext_noop("Dette er allerede rettet.")))
    if row.addressees.filter(replied_on__isnull=False).exists():
        raise Conflict(
            say(gettext_noop("Noen har svart på dette, og det blir stående.")),
            remedy=say(gettext_noop("Gi et nytt råd i stedet.")),
        )
    return row


def _case(ctx: Context, key: UUID | None) -> Case | None:
    if key is None:
        return None
    case = casework.case_by_id(key)
    if case is None or not may(ctx.actor, Act.CASE_READ, casework.case_facts(case)):
        raise Invalid.field("case", say(gettext_noop("Vi finner ikke saken.")), value=key)
    if case.state == "ended":
        raise Conflict(say(gettext_noop("Saken er avsluttet.")))
    return case


def _address(ctx: Context, row: Counsel, values: CounselValues) -> None:
    model = governance.current_model(ctx.today)
    names = {body.key: body for body in model.bodies} if model else {}
    places = {one.pk: one for one in Organisation.objects.all()}
    for body, organisation in dict.fromkeys(values.to):
        found = names.get(body)
        if (
            found is None
            or (organisation is None) != (found.per == "tenant")
            or (organisation and organisation not in places)
        ):
            raise Invalid.field("to", say(gettext_noop("Velg organer som står i styringsmodellen.")), value=body)
        asked = ctx.create(Addressee(counsel=row, body=body, name=str(found.name)[:200], organisation_id=organisation))
        ctx.publish(events.AdviceGiven(asked.pk))


@action("counsel.reply", kind="addressee")
def reply(ctx: Context, *, addressee_id: UUID, version: int | None, text: str) -> Addressee:
    """Reply to advice for one of those it was given to (B-19). Raises Refused for others, Conflict when it is answered."""
    row = ctx.load(Addressee, addressee_id, version=version)
    ctx.require(may(ctx.actor, Act.COUNSEL_GIVE, queries.addressee_facts(row, ctx.today)))
    if row.counsel.replaced_by.exists():
        raise Conflict(say(gettext_noop("Rådet er rettet. Svar på det nye.")))
    if row.replied_on is not None:
        raise Conflict(say(gettext_noop("Rådet er allerede besvart.")))
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST_TEXT or "\0" in text:
        raise Invalid.field("text", say(gettext_noop("Skriv svaret med høyst %(most)s tegn."), most=LONGEST_TEXT))
    before = row.snapshot()
    row.reply, row.replied_on, row.replied_by_id = text, ctx.today, ctx.actor.person
    ctx.save(row)
    ctx.record("counsel.replied", row, before=before)
    ctx.publish(events.AdviceAnswered(row.pk))
    return row
