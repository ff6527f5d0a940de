"""Open, change, reveal, close and reopen a round, and say which needs it weighs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.wheel.needs.models import Need

from .. import queries
from ..events import RoundOpened, ScoringClosed
from ..models import Entry, Round, RoundState, Score
from ..rules.rounds import Earlier, opening_faults, stage_faults
from ._loading import managed, managed_entry, managed_open

LONGEST_NAME = 200


@action("round.open", kind="round")
def open_round(
    ctx: Context,
    *,
    name: str,
    year: int,
    stage: str,
    need_ids: tuple[UUID, ...],
    previous: UUID | None = None,
    reason: str = "",
    capacity: int | None = None,
    due_on: date | None = None,
    scorers: tuple[str, ...] = (),
    blind: bool = True,
) -> Round:
    """Open a round at a stage of the model, on the criteria as they are today (G-101, G-102).

    Where the model ranks by keys without criteria, the stage is its method and nobody scores. A later stage needs the earlier round closed and a reason, and takes only what passed it (G-110). Raises Conflict
    when the model has no such stage, Invalid for weights that are not 100 or questions without polarity (I-07).
    """
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, queries.round_facts()))
    version, ranking = governance.version_in_force(ctx.today), queries.ranking_rules(ctx.today)
    stages = {item.key: item.model_dump(mode="json") for item in queries.stages(ctx.today)}
    if not stages and ranking is not None and ranking.method == queries.METHOD:
        stages = {queries.METHOD: dict(queries.NO_STAGE)}
    criteria = stages.get(stage)
    if criteria is None or version is None:
        raise Conflict(
            say(gettext_noop("Styringsmodellen har ikke dette trinnet.")),
            remedy=say(gettext_noop("Legg kriteriene inn i styringsmodellen først.")),
        )
    needs = list(dict.fromkeys(need_ids))
    faults = _detail_faults(ctx, name, year, capacity, due_on, scorers if stage != queries.METHOD else None)
    faults += opening_faults(list(stages), stage, needs, _earlier(ctx, previous), reason)
    faults += stage_faults(criteria) if stage != queries.METHOD else []
    if Round.objects.filter(year=year, name=name.strip()).exists():
        faults.append(FieldError("name", say(gettext_noop("Det finnes alt en runde med dette navnet for året."))))
    if faults:
        raise Invalid(*faults)
    row = ctx.create(
        Round(
            name=name.strip(), year=year, stage=stage, criteria=criteria, model_key=governance.label_of(version.pk),
            previous_id=previous, reason=reason.strip(), blind=blind,
            ranking=ranking.model_dump(mode="json") if ranking else {}, scorers=list(dict.fromkeys(scorers)),
            capacity=capacity, due_on=due_on, opened_on=ctx.today,
        )
    )  # fmt: skip
    _take_in(ctx, row, needs)
    ctx.record("round.opened", row, model_version=row.model_key, needs=len(needs))
    ctx.publish(RoundOpened(row.pk))
    return row


@action("round.change", kind="round")
def change_round(
    ctx: Context,
    *,
    round_id: UUID,
    version: int | None,
    name: str,
    capacity: int | None = None,
    due_on: date | None = None,
    scorers: tuple[str, ...] = (),
) -> Round:
    """Change the round's name, capacity, last day and who scores; its criteria stay as they were."""
    row = managed_open(ctx, round_id, version)
    faults = _detail_faults(
        ctx,
        name,
        row.year,
        capacity,
        due_on if due_on != row.due_on else None,
        None if queries.is_keyed(row) else scorers,
    )
    if Round.objects.filter(year=row.year, name=name.strip()).exclude(pk=row.pk).exists():
        faults.append(FieldError("name", say(gettext_noop("Det finnes alt en runde med dette navnet for året."))))
    if faults:
        raise Invalid(*faults)
    before = row.snapshot()
    row.name, row.capacity, row.due_on, row.scorers = name.strip(), capacity, due_on, list(dict.fromkeys(scorers))
    ctx.save(row)
    ctx.record("round.changed", row, before=before)
    return row


@action("round.add_needs", kind="round")
def add_needs(ctx: Context, *, round_id: UUID, need_ids: tuple[UUID, ...]) -> Round:
    """Take more needs into the round; those already in it are passed over."""
    row = managed_open(ctx, round_id)
    known = set(Entry.objects.filter(round=row).values_list("need_id", flat=True))
    fresh = [key for key in dict.fromkeys(need_ids) if key not in known]
    if not fresh:
        raise Invalid.field("needs", say(gettext_noop("Velg minst ett behov som ikke er i runden fra før.")))
    if row.previous_id:
        faults = opening_faults(["", row.stage], row.stage, fresh, _earlier(ctx, row.previous_id, ""), row.reason)
        if faults:
            raise Invalid(*faults)
    _take_in(ctx, row, fresh)
    before = row.snapshot()
    ctx.save(row)
    ctx.record("round.needs_added", row, before=before, needs=len(fresh))
    return row


@action("round.remove_need", kind="round_entry")
def remove_need(ctx: Context, *, entry_id: UUID, version: int | None) -> Round:
    """Take a need out of the round with what has been said of it. Raises Conflict when somebody has scored it."""
    row, entry = managed_entry(ctx, entry_id, version)
    if Score.objects.filter(entry=entry).exists():
        raise Conflict(
            say(gettext_noop("Noen har alt vurdert behovet.")),
            remedy=say(gettext_noop("Hold det utenfor rangeringen med en begrunnelse i stedet.")),
        )
    ctx.record("round.need_removed", entry, before=entry.snapshot(), round=str(row.pk))
    ctx.delete(entry)
    return row


@action("round.reveal", kind="round")
def reveal(ctx: Context, *, round_id: UUID, version: int | None) -> Round:
    """Show everybody what each has said. Scores can be adjusted until the round is closed."""
    row = managed_open(ctx, round_id, version)
    if row.state != RoundState.OPEN:
        raise Conflict(say(gettext_noop("Vurderingene er alt vist.")))
    before = row.snapshot()
    row.state, row.revealed_on = RoundState.REVEALED, ctx.today
    ctx.save(row)
    ctx.record("round.revealed", row, before=before, scores=_all_scores(row))
    return row


@action("round.close", kind="round")
def close(ctx: Context, *, round_id: UUID, version: int | None) -> Round:
    """Fix what the round has found. Raises Invalid when a need at a mandatory stage lacks a level (I-09, G-104)."""
    row = managed_open(ctx, round_id, version)
    if not queries.shows_scores(row):
        raise Conflict(
            say(gettext_noop("Vis vurderingene før runden avsluttes.")),
            remedy=say(gettext_noop("Da kan alle se hva de andre har ment.")),
        )
    found = queries.results(row, ctx.today)
    lacking = [one for one in found.unranked if len(one.levels) < len(found.sheet.questions)]
    if lacking and row.criteria.get("mandatory", True):
        names = ", ".join(f"«{one.entry.title}»" for one in lacking[:5])
        raise Invalid(
            FieldError(
                "entries",
                say(gettext_noop("%(count)s behov mangler vurdering: %(names)s."), count=len(lacking), names=names),
                remedy=say(gettext_noop("Bli enige om nivåene, eller hold behovet utenfor med en begrunnelse.")),
            )
        )
    before = row.snapshot()
    row.state, row.closed_on = RoundState.CLOSED, ctx.today
    ctx.save(row)
    ranking = [
        {"rank": one.rank, "need": str(one.entry.need_id), "total": one.ranked.total.shown if one.ranked else ""}
        for one in found.ranked
    ]
    ctx.record("round.closed", row, before=before, ranking=ranking)
    ctx.publish(ScoringClosed(row.pk))
    return row


@action("round.reopen", kind="round")
def reopen(ctx: Context, *, round_id: UUID, version: int | None, reason: str) -> Round:
    """Open a closed round again, with a reason. Raises Conflict when a later round builds on it."""
    row = managed(ctx, round_id, version)
    if row.state != RoundState.CLOSED:
        raise Conflict(say(gettext_noop("Runden er ikke avsluttet.")))
    if Round.objects.filter(previous=row).exists():
        raise Conflict(say(gettext_noop("En senere runde bygger på denne, og den kan ikke gjenåpnes.")))
    if not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor runden gjenåpnes.")))
    before = row.snapshot()
    row.state, row.closed_on = RoundState.REVEALED, None
    row.revealed_on = row.revealed_on or ctx.today
    ctx.save(row)
    ctx.record("round.reopened", row, before=before, reason=reason.strip())
    return row


def _take_in(ctx: Context, row: Round, needs: list[UUID]) -> None:
    found = {need.pk: need for need in queries.needs_to_weigh(ctx.actor).filter(pk__in=needs)}
    if len(found) < len(needs):
        raise NotFound
    ctx.create_many(Entry, [_entry(row, found[key]) for key in needs])


def _entry(row: Round, need: Need) -> Entry:
    return Entry(round=row, need=need, title=str(need)[:LONGEST_NAME])


def _earlier(ctx: Context, previous: UUID | None, stage: str | None = None) -> Earlier | None:
    if previous is None:
        return None
    row = ctx.load(Round, previous)
    closed = row.state == RoundState.CLOSED
    passed = queries.passed_needs(row, ctx.today) if closed else frozenset()
    return Earlier(row.stage if stage is None else stage, closed, passed)


def _detail_faults(
    ctx: Context,
    name: str,
    year: int,
    capacity: int | None,
    due_on: date | None,
    scorers: tuple[str, ...] | None,
) -> list[FieldError]:
    faults = []
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        faults.append(
            FieldError("name", say(gettext_noop("Gi runden et navn på høyst %(most)s tegn."), most=LONGEST_NAME))
        )
    if not ctx.today.year - 3 <= year <= ctx.today.year + 5:
        faults.append(FieldError("year", say(gettext_noop("Velg et budsjettår i nærheten av i år.")), str(year)))
    if capacity is not None and not 1 <= capacity <= 10_000:
        faults.append(FieldError("capacity", say(gettext_noop("Kapasiteten må være minst 1.")), str(capacity)))
    if due_on is not None and due_on < ctx.today:
        faults.append(FieldError("due_on", say(gettext_noop("Fristen kan ikke være før i dag.")), str(due_on)))
    known = {key for key, _name in queries.scorer_choices(ctx.today)}
    if scorers is not None and (not scorers or not set(scorers) <= known):
        faults.append(FieldError("scorers", say(gettext_noop("Velg hvem som skal vurdere."))))
    return faults


def _all_scores(row: Round) -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    for score in Score.objects.filter(entry__round=row).select_related("person", "entry"):
        found.setdefault(score.entry.title, {}).setdefault(score.person.name, {})[score.question] = score.level
    return found
