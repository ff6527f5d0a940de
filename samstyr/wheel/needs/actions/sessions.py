"""Choose how a year's ideas are gathered, and keep its sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Unit

from ..models import IdeaSession, IdeaYear, Need, SessionIdea, SessionSector
from ..queries import sessions as queries
from ..queries.reading import visible_to
from ..rules.sessions import MOST_PEOPLE, SessionValues, faults


@action("ideas.choose_mode", kind="idea_year")
def choose_mode(ctx: Context, *, year: int, mode: str) -> IdeaYear:
    """Choose the year's way of working (G-117), and plan the sessions it asks for that are not there yet.

    Sessions that are there stay, whatever the mode. Raises Invalid for a mode the model does not have, Refused.
    """
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, Facts("year", ctx.actor.tenant)))
    settings = queries.settings_on(ctx.today)
    found = next((one for one in settings.modes if one.key == mode), None) if settings else None
    if found is None:
        raise Invalid.field("mode", say(gettext_noop("Velg en av arbeidsmåtene i styringsmodellen.")), value=mode)
    if abs(year - ctx.today.year) > 5:
        raise Invalid.field("year", say(gettext_noop("Velg et år nærmere i tid.")), value=year)
    row = IdeaYear.objects.select_for_update(of=("self",)).filter(year=year).first()
    if row is None:
        row = ctx.create(IdeaYear(year=year, mode=mode, mode_name=str(found.name)))
        ctx.record("ideas.mode_chosen", row)
    elif row.mode != mode:
        before = row.snapshot()
        row.mode, row.mode_name = mode, str(found.name)
        ctx.save(row)
        ctx.record("ideas.mode_chosen", row, before=before)
    sectors, present = queries.sectors(), queries.sessions_of(year)
    if found.per_sector:
        have = {sector.unit_id for one in present if not one.joint for sector in one.sectors.all()}
        for unit in sectors:
            if unit.pk not in have:
                _plan(
                    ctx, year, str(say(gettext_noop("Idémyldring, %(sector)s"), sector=unit.name)), [unit], joint=False
                )
    if found.joint and sectors and not any(one.joint for one in present):
        _plan(ctx, year, str(say(gettext_noop("Felles samling %(year)s"), year=year)), sectors, joint=True)
    return row


def _plan(ctx: Context, year: int, title: str, units: Sequence[Unit], *, joint: bool) -> None:
    row = ctx.create(
        IdeaSession(
            year=year, title=title[:200], joint=joint, prioritises=joint, registered_by_id=ctx.actor.person
        )
    )  # fmt: skip
    ctx.create_many(SessionSector, [SessionSector(session=row, unit=unit) for unit in units])
    ctx.record("ideas.session_planned", row)


@action("ideas.save_session", kind="idea_session")
def save_session(
    ctx: Context, *, values: SessionValues, session_id: UUID | None = None, version: int | None = None
) -> IdeaSession:
    """Keep a session, new or changed: when, who, how. Raises Invalid with every fault, Refused for another's sector."""
    settings = queries.settings_on(ctx.today)
    if settings is None:
        raise Conflict(say(gettext_noop("Styringsmodellen har ingen idémyldring.")))
    row = ctx.load(IdeaSession, session_id) if session_id else None
    if row is not None:
        _require(ctx, queries.may_keep(ctx.actor, row))
        row = ctx.load(IdeaSession, session_id, version=version)
    own = {unit.pk: unit for unit in queries.sectors_of(ctx.actor)}
    _require(ctx, bool(own) and all(key in own for key in values.sectors))
    found = faults(values, [group.key for group in settings.groups], ctx.today)
    if found:
        raise Invalid(*found)
    before = row.snapshot() if row else None
    row = row or IdeaSession(year=values.year, registered_by_id=ctx.actor.person)
    row.title, row.held_on, row.joint = values.title.strip(), values.held_on, values.joint
    row.prioritises, row.technique = values.prioritises, values.technique.strip()
    row.participants = {key: count for key, count in values.participants.items() if count}
    row.note = values.note.replace("\r\n", "\n").strip()
    if before is None:
        ctx.create(row)
    else:
        ctx.save(row)
    present = {sector.unit_id: sector for sector in SessionSector.objects.filter(session=row)}
    for key, sector in present.items():
        if key not in values.sectors:
            ctx.delete(sector)
    ctx.create_many(
        SessionSector, [SessionSector(session=row, unit_id=key) for key in values.sectors if key not in present]
    )
    ctx.record("ideas.session_saved", row, before=before, sectors=[str(key) for key in values.sectors])
    return row


@action("ideas.remove_session", kind="idea_session")
def remove_session(ctx: Context, *, session_id: UUID) -> IdeaSession:
    """Take away a session that no ideas came out of. Raises Conflict when some did, Refused."""
    row = ctx.load(IdeaSession, session_id)
    _require(ctx, queries.may_keep(ctx.actor, row))
    if SessionIdea.objects.filter(session=row).exists():
        raise Conflict(
            say(gettext_noop("Samlingen har ideer.")), remedy=say(gettext_noop("Ta ideene ut av samlingen først."))
        )
    ctx.record("ideas.session_removed", row)
    key = row.pk
    ctx.delete(row)
    row.pk = key
    return row


@action("ideas.add", kind="idea_session")
def add_ideas(ctx: Context, *, session_id: UUID, needs: Sequence[UUID]) -> IdeaSession:
    """Say that these needs came out of the session. Raises NotFound for one that the actor may not see, Refused."""
    row = ctx.load(IdeaSession, session_id)
    _require(ctx, queries.may_keep(ctx.actor, row))
    if not needs:
        raise Invalid.field("needs", say(gettext_noop("Velg minst ett behov.")))
    present = set(SessionIdea.objects.filter(session=row).values_list("need_id", flat=True))
    found = set(visible_to(ctx.actor).filter(pk__in=list(needs)).values_list("pk", flat=True))
    if found != set(needs):
        raise NotFound
    fresh = [key for key in dict.fromkeys(needs) if key not in present]
    ctx.create_many(SessionIdea, [SessionIdea(session=row, need_id=key) for key in fresh])
    ctx.record("ideas.added", row, needs=[str(key) for key in fresh])
    return row


@action("ideas.remove", kind="session_idea")
def remove_idea(ctx: Context, *, idea_id: UUID) -> SessionIdea:
    """Say that a need did not come out of the session after all; the need stays. Raises Refused, NotFound."""
    row = ctx.load(SessionIdea, idea_id)
    _require(ctx, queries.may_keep(ctx.actor, row.session))
    if not visible_to(ctx.actor).filter(pk=row.need_id).exists():
        raise NotFound
    ctx.record("ideas.removed", row)
    key = row.pk
    ctx.delete(row)
    row.pk = key
    return row


@action("ideas.vote", kind="session_idea")
def save_votes(ctx: Context, *, idea_id: UUID, version: int | None, votes: Mapping[str, int]) -> SessionIdea:
    """How many of each group voted for the idea: advice, kept apart from what is decided (G-118).

    Raises Conflict in a session that does not prioritise, Invalid for more votes than the group had people, Refused.
    """
    row = ctx.load(SessionIdea, idea_id)
    session = row.session
    _require(ctx, queries.may_keep(ctx.actor, session))
    if not Need.objects.filter(pk__in=visible_to(ctx.actor).filter(pk=row.need_id).values("pk")).exists():
        raise NotFound
    row = ctx.load(SessionIdea, idea_id, version=version)
    if not session.prioritises:
        raise Conflict(say(gettext_noop("Samlingen prioriterer ikke.")))
    settings = queries.settings_on(ctx.today)
    names = {group.key: str(group.name) for group in settings.groups} if settings else {}
    for key, count in votes.items():
        most = session.participants.get(key, 0) if key in names else 0
        if not 0 <= count <= min(most, MOST_PEOPLE):
            raise Invalid.field(
                f"group_{key}",
                say(
                    gettext_noop("%(group)s: %(most)s deltok, så de kan ikke ha gitt %(count)s stemmer."),
                    group=names.get(key, key), most=most, count=count,
                ),
                value=count,
            )  # fmt: skip
    before = row.snapshot()
    row.votes = {key: count for key, count in votes.items() if count}
    ctx.save(row)
    ctx.record("ideas.voted", row, before=before)
    return row


def _require(ctx: Context, allowed: bool) -> None:
    if not allowed:
        raise Refused(
            say(gettext_noop("Bare den som representerer sektoren, eller styrer året, kan gjøre dette.")),
            rule="ideas.sector",
        )
    ctx.rule = ctx.rule or "ideas.sector"
