"""The year as calendar programs read it: one's own part of it, or a body's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid5

from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.access import Actor
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.queries import lists, own_deadlines
from samstyr.procedure.meetings import queries as meetings
from samstyr.procedure.meetings.queries import calendar
from samstyr.procedure.meetings.rules.calendar import DayEntry, Entry
from samstyr.procedure.year import queries as years

BACK, AHEAD = timedelta(days=365), timedelta(days=730)
Fits = Callable[[str, str], bool]
Url = Callable[..., str]


def meeting_entries(actor: Actor, today: date, slug: str, url: Url) -> list[Entry]:
    """The meetings that the person is called to."""
    return [
        calendar.entry_of(actor, one, url("meeting-detail", slug, one.pk), list(one.items.all()))
        for one in calendar.own_meetings(actor, today)
    ]


def own_entries(
    actor: Actor, model: GovernanceModel | None, today: date, slug: str, url: Url
) -> list[Entry | DayEntry]:
    """All that concerns the person: meetings, periods and duties that are theirs, deadlines of their bodies, tasks."""
    found: list[Entry | DayEntry] = list(meeting_entries(actor, today, slug, url))
    found += [_task(row, slug, url) for row in casework.tasks_of(actor) if row.due_on]
    found += [
        DayEntry(
            str(row.pk), row.version, _("Oppfølging: %(what)s") % {"what": row.title}, row.due_on, row.due_on,
            page=url("follow-up-done", slug, row.pk),
        )
        for row in meetings.follow_ups.own_follow_ups(actor)
    ]  # fmt: skip
    if model is None:
        return found

    def mine(role: str, body: str) -> bool:
        return years.is_mine(actor, role, body, today, model)

    bodies = [body.key for body in model.bodies if mine("", body.key)]
    return found + _year(actor, model, today, slug, url, mine, bodies)


def body_entries(
    actor: Actor, model: GovernanceModel, body: str, today: date, slug: str, url: Url
) -> list[Entry | DayEntry]:
    """A body's year: its meetings, its periods, duties and deadlines, and what waits for it that the reader may see."""
    called = {one.day_id: one for one in calendar.body_meetings(body, today)}
    names = {one.key: str(one.name) for one in model.bodies}
    found: list[Entry | DayEntry] = []
    for row in casework.meetings_of(body, since=today - BACK, until=today + AHEAD):
        meeting, title = called.get(row.pk), names.get(body, body)
        if row.organisation_id:
            title = f"{title}, {row.organisation}"
        if meeting is None:
            page = url("meeting-list", slug)
            found.append(DayEntry(str(row.pk), row.version, title, row.held_on, row.held_on, "", page, row.cancelled))
        else:
            found.append(
                Entry(
                    str(row.pk), row.version + meeting.sequence, title, meeting.held_on, meeting.starts_at, meeting.ends_at,
                    meeting.place, page=url("meeting-detail", slug, meeting.pk), cancelled=row.cancelled,
                )
            )  # fmt: skip
    found += [_task(row, slug, url) for row in lists.waiting_for_body(actor, body)]
    return found + _year(actor, model, today, slug, url, lambda _role, owner: owner == body, [body])


def _year(
    actor: Actor, model: GovernanceModel, today: date, slug: str, url: Url, fits: Fits, bodies: Iterable[str]
) -> list[Entry | DayEntry]:
    """Periods of this year and the next, duties, and the bodies' own deadlines."""
    wheel = url("wheel", slug)
    periods = {
        (one.laid.wheel, one.laid.key, one.year): one
        for year in (today.year, today.year + 1)
        for one in years.placed(model, year)
        if fits(one.laid.owner_role, one.laid.owner_body)
    }
    found: list[Entry | DayEntry] = [
        DayEntry(
            str(uuid5(actor.tenant, f"period {'/'.join(map(str, key))}")), one.row.version if one.row else 0,
            one.laid.name, *one.span, one.laid.text,
            url("year-period", slug, one.row.pk) if one.row else wheel, bool(one.row and one.row.dropped),
        )
        for key, one in periods.items()
    ]  # fmt: skip
    found += [
        DayEntry(
            str(uuid5(actor.tenant, f"duty {one.duty.key} {one.due_on}")), 0, str(one.duty.name), one.due_on, one.due_on,
            str(one.duty.text or ""), url("year-duty", slug, one.duty.key, one.due_on.isoformat()),
        )
        for one in years.duties_in(model, today - BACK, today + AHEAD, today)
        if one.done_on is None and fits(one.duty.owner or "", one.duty.owner_body or "")
    ]  # fmt: skip
    found += [
        DayEntry(
            str(one.key), one.meeting.version,
            _("Frist: %(what)s") % {"what": one.rule.name}, one.due_on, one.due_on,
            _("%(body)s, før møtet i %(other)s %(day)s")
            % {"body": one.body.name, "other": one.other, "day": one.meeting.held_on.strftime("%d.%m.%Y")},
            wheel, one.meeting.cancelled,
        )
        for one in own_deadlines.own_deadlines(model, today - BACK, today + AHEAD, bodies=set(bodies))
    ]  # fmt: skip
    return found


def _task(row: Any, slug: str, url: Url) -> DayEntry:
    title = _("Frist: %(what)s") % {"what": row.case.title}
    return DayEntry(str(row.pk), row.version, title, row.due_on, row.due_on, row.name, url("step-treat", slug, row.pk))


def absolute(request: Any) -> Url:
    """Addresses as a calendar program needs them."""
    return lambda name, *args: request.build_absolute_uri(reverse(name, args=args))
