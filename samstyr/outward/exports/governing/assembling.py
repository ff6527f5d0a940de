"""Reads a model and what is held under it today into the content. A fixed number of queries, whatever there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules import chart, forums, picture, structure_graph
from samstyr.foundation.governance.rules.chart import Today
from samstyr.foundation.governance.rules.describe import ACTS, REACHES, condition_words, period_words, words_for
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.responsibility import party_name
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.ui.formats import day as day_words
from samstyr.procedure.casework.queries import bodies as casework

from .content import (
    BodyPart,
    FindingPart,
    Governing,
    GroupPart,
    Holder,
    MatrixPart,
    Meeting,
    PathPart,
    RolePart,
    SeatPart,
    StagePart,
)

KINDS = {
    "standing": gettext_noop("fast organ"),
    "strategic_council": gettext_noop("strategisk råd"),
    "political": gettext_noop("politisk utvalg"),
    "professional_group": gettext_noop("faggruppe"),
    "working_group": gettext_noop("arbeidsgruppe"),
    "project_group": gettext_noop("prosjektgruppe"),
}
OWNED = {
    "project_method": gettext_noop("prosjektmetodikk og maler"),
    "plan": gettext_noop("planen"),
    "guide": gettext_noop("veilederen"),
    "training": gettext_noop("opplæring"),
    "interaction_rooms": gettext_noop("samhandlingsrom"),
    "model": gettext_noop("styringsmodellen"),
}
EVERY = {
    "month": gettext_noop("hver måned"),
    "quarter": gettext_noop("hvert kvartal"),
    "tertial": gettext_noop("hvert tertial"),
    "half_year": gettext_noop("hvert halvår"),
    "year": gettext_noop("hvert år"),
}


@dataclass(frozen=True)
class Live:
    """What is held and planned on the day."""

    day: date
    holders: Mapping[str, list[Holder]]
    placed: Mapping[tuple[str, UUID | None], list[Holder]]
    seats: Mapping[tuple[str, UUID | None], list[Any]]
    places: Mapping[UUID, Any]
    meetings: Mapping[tuple[str, UUID | None], date]
    queues: Mapping[str, casework.Queue]
    names: bool


def content_of(row: Any, day: date, *, arrangement: str, names: bool, slug: str = "") -> Governing:
    """The version as it is told on the day; with `names` people by name, else by title and place.

    `slug` gives the boxes of the chart their addresses.
    """
    model = governance.typed(row)
    in_force = governance.version_in_force(day)
    live = in_force is not None and in_force.pk == row.pk
    now = _live(model, day, names) if live else Live(day, {}, {}, {}, {}, {}, {}, names)
    accepted = {item["finding"]: item["reason"] for item in row.accepted}
    told = told_of(model, day, now, live=live, slug=slug, findings=governance.findings_of(row), accepted=accepted)
    return replace(
        told, arrangement=arrangement, title=row.name, number=row.number, state=str(row.get_state_display()),
        valid_from=row.valid_from, adopted_by=row.adopted_by, adopted_on=row.adopted_on, seal=row.sha256,
    )  # fmt: skip


def told_of(
    model: GovernanceModel,
    day: date,
    now: Live | None = None,
    *,
    live: bool = False,
    slug: str = "",
    findings: Sequence[Any] | None = None,
    accepted: Mapping[str, str] | None = None,
) -> Governing:
    """A model as it is told on the day, with what is held when `now` is given. Reads no rows."""
    now = now or Live(day, {}, {}, {}, {}, {}, {}, names=False)
    bodies = tuple(_body(model, body, now) for body in model.bodies if body.in_force(day))
    today = {body.key: _today(body, slug, live=live) for body in bodies}
    return Governing(
        arrangement="", title=str(model.name), number=model.version, state="", valid_from=model.valid_from,
        adopted_by="", adopted_on=None, seal="", source=_source(model), text=str(model.text or ""), day=day,
        names=now.names, live=live, bodies=bodies, roles=tuple(_role(model, role, now) for role in model.roles),
        forums=tuple(forums.forums(model, day)), hearing_bodies=_hearing_bodies(model),
        paths=tuple(PathPart(p.key, str(p.name), tuple(picture.path_list(model, p))) for p in model.paths),
        wheel=tuple(picture.wheel_list(model, day)), stages=_stages(model),
        ranking=str(model.ranking.text or "") if model.ranking else "",
        principles=tuple((str(p.name), str(p.question or p.text or "")) for p in model.strategy.principles),
        matrix=matrix_of(model), reports=_reports(model),
        findings=_findings(lint(model) if findings is None else findings, accepted or {}),
        unowned=tuple(_unowned(model)), chart=chart.laid_out(model, day, today),
        structure=tuple(chart.nested(model, day, today)), model=model,
    )  # fmt: skip


def _live(model: GovernanceModel, day: date, names: bool) -> Live:
    away = lists.substitutions_on(day)
    holders: dict[str, list[Holder]] = {}
    placed: dict[tuple[str, UUID | None], list[Holder]] = {}
    roles = {role.key: str(role.name) for role in model.roles}
    for held in lists.holdings_on(day):
        substitute = away.get(held.person_id)
        place = held.unit or held.organisation
        holder = Holder(
            held.person.title or roles.get(held.role, held.role), str(place or ""), held.person.name if names else "",
            held.person_id if names else None,
            (substitute.name if names else substitute.title) if substitute else "",
        )  # fmt: skip
        holders.setdefault(held.role, []).append(holder)
        placed.setdefault((held.role, held.organisation_id), []).append(holder)
    return Live(
        day, holders, placed, lists.seat_rows([body.key for body in model.bodies], on=day),
        {one.pk: one for one in organisations.organisations()}, casework.next_meetings(day), casework.queues(), names,
    )  # fmt: skip


def _body(model: GovernanceModel, body: Any, now: Live) -> BodyPart:
    composition = body.composition_on(now.day)
    queue = now.queues.get(body.key)
    days = queue.days(now.day) if queue else 0
    return BodyPart(
        key=body.key, name=str(body.name), aliases=tuple(map(str, body.aliases)), kind=words_for(body.kind, KINDS),
        purpose=str(body.purpose or ""),
        places=tuple(str(s.name) for s in model.organisations if body.per == "organisation" and body.exists_in(s.key)),
        chair=forums.chair_words(model, body), chairs=_chairs(model, body, now),
        secretary=forums.role_name(model, body.secretary), secretaries=tuple(now.holders.get(body.secretary or "", ())),
        convener=forums.role_name(model, body.convener), powers=forums.powers(body), tasks=tuple(map(str, body.tasks)),
        steps=_steps(model, "body", body.key), groups=_groups(model, body, composition, now),
        attendees=tuple(forums.role_name(model, key) for key in (composition.attendees if composition else ())),
        frequency=forums.frequency_words(body.frequency),
        meetings=tuple(
            Meeting(on, str(now.places.get(place, "")) if place else "")
            for (key, place), on in sorted(now.meetings.items(), key=lambda item: item[1])
            if key == body.key
        ),
        relations=tuple(
            structure_graph.sentence(model, one)
            for one in structure_graph.related(model, now.day)
            if body.key in (one.source, one.target)
        ),
        covers=_covered(model, body), standing_items=tuple(map(str, body.standing_items)),
        waiting=queue.number if queue else 0, waiting_days=days,
        waits_too_long=bool(body.queue_days and queue and days > body.queue_days),
    )  # fmt: skip


def _chairs(model: GovernanceModel, body: Any, now: Live) -> tuple[Holder, ...]:
    if not body.chair:
        return ()
    if body.chair_in:
        place = governance.chair_place(model, body) if now.holders else None
        return (*now.placed.get((body.chair, place), ()), *now.placed.get((body.chair, None), ()))
    return tuple(now.holders.get(body.chair, ()))


def _groups(model: GovernanceModel, body: Any, composition: Any, now: Live) -> tuple[GroupPart, ...]:
    if composition is None:
        return ()
    rows = [(place, row) for (key, place), found in now.seats.items() if key == body.key for row in found]
    return tuple(
        GroupPart(
            forums.group_words(model, group),
            tuple(_seat(row, place, now) for place, row in rows if row.seat.group == group.key),
        )
        for group in composition.groups
    )


def _seat(row: Any, place: UUID | None, now: Live) -> SeatPart:
    seat = row.seat
    where = seat.unit or seat.organisation or (now.places.get(place) if place else None)
    name = f"{seat.number}, {where}" if where else str(seat.number)
    person = row.now.person if row.now and row.now.person.is_active else None
    if person is None:
        return SeatPart(name, None)
    home = str(person.organisation or "")
    return SeatPart(
        name,
        Holder(person.title or _("Medlem"), home, person.name if now.names else "", person.pk if now.names else None),
    )


def _role(model: GovernanceModel, role: Any, now: Live) -> RolePart:
    return RolePart(
        key=role.key, name=str(role.name), aliases=tuple(map(str, role.aliases)), tasks=tuple(map(str, role.tasks)),
        steps=_steps(model, "role", role.key),
        rights=tuple((words_for(one.act, ACTS), words_for(one.reach, REACHES)) for one in role.rights),
        owns=tuple(words_for(what, OWNED) for what in role.owns),
        bodies=tuple(_offices(model, role.key, now.day)),
        required=tuple(required_words(model, need) for need in role.required_per),
        combinations=tuple(combination_words(model, item) for item in model.structure.combinations if role.key in item.roles),
        appointed_by=forums.role_name(model, role.appointed_by), deputy=role.deputy,
        holders=tuple(now.holders.get(role.key, ())),
    )  # fmt: skip


def _offices(model: GovernanceModel, key: str, day: date) -> list[str]:
    found = []
    for body in model.bodies:
        if not body.in_force(day):
            continue
        for office, words in (
            ("chair", _("leder %(body)s")), ("secretary", _("er sekretær for %(body)s")), ("convener", _("innkaller %(body)s")),
        ):  # fmt: skip
            if getattr(body, office) == key:
                found.append(words % {"body": body.name})
    return found


def required_words(model: GovernanceModel, need: Any) -> str:
    """Where a role must be held, in words: «minst 1 i hver enhet av typen skole»."""
    kinds = {item.key: str(item.name).lower() for item in model.structure.unit_kinds}
    names = {slot.key: str(slot.name) for slot in model.organisations}
    told = {
        "tenant": _("minst %(n)s i alt"), "organisation": _("minst %(n)s i hver organisasjon"),
        "area": _("minst %(n)s i hvert område"), "unit": _("minst %(n)s i hver enhet"),
    }[need.per] % {"n": need.at_least}  # fmt: skip
    if need.unit_kinds:
        told += _(" av typen %(kinds)s") % {"kinds": _(" eller ").join(kinds.get(key, key) for key in need.unit_kinds)}
    if need.organisations:
        told += f" ({', '.join(names.get(key, key) for key in need.organisations)})"
    return told


def combination_words(model: GovernanceModel, item: Any) -> str:
    """What the model says of combining roles."""
    names = " + ".join(forums.role_name(model, key) for key in item.roles)
    words = {
        "excluded": _("Kan ikke ha flere av disse: %(roles)s."),
        "expected": _("Skal kombineres: %(roles)s."),
        "not_own": _("Kan kombineres, men ikke for egne saker: %(roles)s."),
    }[item.rule] % {"roles": names}
    return f"{words} {item.text}" if item.text else words


def _steps(model: GovernanceModel, who: str, key: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            f"{path.name}: {step.name}"
            for path in model.paths
            for step in path.steps
            if getattr(step.actor, who) == key
        )
    )


def _covered(model: GovernanceModel, body: Any) -> tuple[str, ...]:
    names = {unit.code: str(unit.name) for unit in model.structure.units}
    return tuple(f"{code} {names[code]}" if code in names else code for code in body.covers)


def _today(body: BodyPart, slug: str, *, live: bool) -> Today:
    lines = []
    if body.seats:
        lines.append(_("%(filled)s av %(seats)s plasser fylt") % {"filled": body.filled, "seats": body.seats})
    elif live:
        lines.append(_("Ingen plasser er lagt inn"))
    if body.meetings:
        lines.append(_("Neste møte %(date)s") % {"date": day_words(body.meetings[0].on)})
    return Today(tuple(lines), _address(slug, body.key) if live else "", bool(body.vacant))


def _address(slug: str, body: str) -> str:
    try:
        return reverse("body-detail", args=(slug, body)) if slug else ""
    except NoReverseMatch:
        return ""


def _source(model: GovernanceModel) -> tuple[tuple[str, str], ...]:
    source = model.source
    if source is None:
        return ()
    pairs = ((_("Tittel"), source.title), (_("Utgiver"), source.issuer), (_("Datert"), source.dated))
    return tuple((name, str(value)) for name, value in pairs if value)


def _hearing_bodies(model: GovernanceModel) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (str(one.name), forums.role_name(model, one.role), condition_words(one.when)) for one in model.hearing_bodies
    )


def _stages(model: GovernanceModel) -> tuple[StagePart, ...]:
    return tuple(
        StagePart(
            str(stage.name), str(stage.source or ""),
            tuple((str(one.name), one.weight, tuple(str(q.text) for q in one.questions)) for one in stage.criteria),
        )
        for stage in model.criteria
    )  # fmt: skip


def matrix_of(model: GovernanceModel) -> MatrixPart | None:
    """The responsibility matrix with names, or None."""
    matrix = model.responsibility
    if matrix is None:
        return None
    return MatrixPart(
        tuple((item.letter, str(item.name)) for item in matrix.letters),
        tuple(party_name(model, key) for key in matrix.parties),
        tuple((str(row.activity), tuple(row.cells.get(key, "") for key in matrix.parties)) for row in matrix.rows),
    )


def _reports(model: GovernanceModel) -> tuple[tuple[str, str, str, str, str], ...]:
    def who(key: str) -> str:
        end = structure_graph.end_of(model, key)
        return end.name if end else key

    return tuple(
        (
            str(one.name),
            who(one.sender),
            who(one.receiver),
            words_for(one.every, EVERY),
            ", ".join(map(str, one.contents)),
        )
        for one in model.reports
    )


def _findings(found: Sequence[Any], accepted: Mapping[str, str]) -> tuple[FindingPart, ...]:
    names = {"error": _("Feil"), "warning": _("Advarsel"), "info": _("Til opplysning")}
    return tuple(
        FindingPart(
            item.key or item.code, names[item.severity], str(item.message), str(item.source_place), str(item.chosen),
            str(item.why), accepted.get(item.identity, ""),
        )
        for item in found
    )  # fmt: skip


def _unowned(model: GovernanceModel) -> list[str]:
    """Work that no role or body has: steps without an actor in the model, and periods without an owner."""
    found = [
        f"{path.name}: {step.name}"
        for path in model.paths
        for step in path.steps
        if not (model.role(step.actor.role or "") or any(map(model.body, step.actor.every_body)))
    ]
    for period in model.wheel.periods if model.wheel else ():
        if not (model.role(period.owner or "") or model.body(period.owner_body or "")):
            found.append(f"{period.name} ({period_words(period)})")
    return found
