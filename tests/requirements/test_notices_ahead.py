"""Who is told of advice, of what is followed up in the ledgers, and of a period that begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from samstyr.foundation.kernel import clock
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.outward.notices import queries
from samstyr.outward.notices.models import Notice
from samstyr.outward.notices.texts import sentence
from samstyr.procedure.counsel import actions as counsel
from samstyr.procedure.counsel.models import Addressee
from samstyr.procedure.mandates import actions as mandates
from samstyr.procedure.mandates.rules import EntryValues
from samstyr.procedure.year import actions as years

from .du_world import TODAY, Du, committee_of_the_regions
from .places import Place, at, place
from .workflow import browser, said

DAY = date(2025, 9, 1)
ADVISER, LEAD, CHIEF = "digitalisation_adviser", "it_lead", "municipal_director"


@pytest.fixture
def made(db: None) -> Iterator[Place]:
    with place("birkenes-lillesand") as ready:
        yield ready


@pytest.fixture
def du(db: None) -> Iterator[Du]:
    with committee_of_the_regions() as ready:
        yield ready


def slug_of() -> str:
    return Tenant.objects.get(pk=require_tenant_id()).slug


def daily(slug: str, *days: date, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in days:
        monkeypatch.setattr(clock, "now", lambda day=day: at(day))
        call_command("daily", tenant=slug)


def told(kind: str, **more: object) -> list[tuple[str, bool]]:
    rows = Notice.objects.filter(kind=kind, **more).order_by("given_at", "person__name")
    return [(row.person.name, row.reminder) for row in rows]


def test_b_19_the_leaders_of_the_body_are_told_and_reminded_until_there_is_a_reply(
    made: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaders = {slot: made.actor(CHIEF, DAY, slot) for slot in ("birkenes", "lillesand")}
    to = tuple(("lederteam", made.organisations[slot].pk) for slot in leaders)
    row = said(
        made, "advice", "digitaliseringsforum", ADVISER, DAY, to=to, subject="Samle drift",
        reply_by=DAY + timedelta(days=14),
    )  # fmt: skip
    first = Notice.objects.filter(kind="advice")
    assert {one.person_id for one in first} == {actor.person for actor in leaders.values()}
    assert {sentence(one) for one in first} == {"Dere har fått et råd som skal besvares, fra Digitaliseringsforum"}
    reply = Addressee.objects.get(counsel=row, organisation=made.organisations["lillesand"])
    counsel.reply(
        **made.by(CHIEF, DAY + timedelta(days=3), "lillesand"), addressee_id=reply.pk, version=reply.version, text="Ja."
    )
    answered = Notice.objects.get(kind="advised")
    assert answered.person_id == row.given_by_id and sentence(answered).startswith(
        "Svar på rådet fra Kommunedirektørens lederteam, Lillesand"
    )
    daily(slug_of(), *(DAY + timedelta(days=one) for one in range(5, 20)), monkeypatch=monkeypatch)
    reminders = Notice.objects.filter(kind="advice", reminder=True)
    assert {one.person_id for one in reminders} == {leaders["birkenes"].person}, "who has replied is left in peace"
    assert reminders.count() == 3, "a week before, the day before, and once after"
    late = DAY + timedelta(days=16)
    waiting = reminders.order_by("given_at").last()
    assert queries.still_wanted(waiting, made.actor(CHIEF, late, "birkenes"), at(late)) is not None
    gone = first.get(person_id=leaders["lillesand"].person)
    assert queries.still_wanted(gone, made.actor(CHIEF, DAY, "lillesand"), at(DAY)) is None
    client, start = browser(made, CHIEF, DAY)
    seen = Notice.objects.filter(person_id=leaders["birkenes"].person, kind="advice", reminder=False).get()
    assert f"raad/svar/{seen.object_id}/" in client.get(f"{start}varsler/{seen.pk}/")["Location"]


def test_d_08_who_follows_up_is_reminded_before_on_and_after_the_day(du: Du, monkeypatch: pytest.MonkeyPatch) -> None:
    due = TODAY + timedelta(days=10)
    values = EntryValues("Nettverk for arkiv", owner=du.people["trondelag"].pk, next_action="Kalle inn", due_on=due)
    row = mandates.add(**du.by("trondelag"), ledger="initiativ", values=values)
    daily(du.tenant.slug, *(TODAY + timedelta(days=one) for one in range(14)), monkeypatch=monkeypatch)
    assert told("entry") == [("trondelag", True)] * 4
    notice = Notice.objects.filter(kind="entry").first()
    assert notice is not None and "Nettverk for arkiv" in notice.title and "Initiativ" in sentence(notice)
    actor = du.actor("trondelag")
    assert queries.still_wanted(notice, actor, notice.given_at) is not None
    mandates.move(**du.by(), entry_id=row.pk, version=row.version, to="ferdig", note="Nettverket møtes.")
    assert queries.still_wanted(notice, actor, notice.given_at) is None
    daily(du.tenant.slug, TODAY + timedelta(days=20), monkeypatch=monkeypatch)
    assert len(told("entry")) == 4


def test_who_has_a_period_is_told_once_when_it_begins(made: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    chief = made.actor("sector_director", DAY, "birkenes")
    years.make_year(**made.by(ADVISER, DAY), year=2026)
    daily(slug_of(), *(date(2026, 2, 27) + timedelta(days=one) for one in range(6)), monkeypatch=monkeypatch)
    rows = Notice.objects.filter(kind="begun", person_id=chief.person)
    assert [(row.title, row.what, row.reminder) for row in rows] == [
        ("Kommunalsjef vurderer og sender videre", "01.03.2026–31.03.2026", False)
    ]
    assert Notice.objects.filter(kind="begun", due_on=date(2026, 2, 28)).count() == 0, "begun too long ago to be news"


def test_search_finds_advice_and_what_stands_in_the_ledgers(du: Du) -> None:
    mandates.add(
        **du.by(),
        ledger="initiativ",
        values=EntryValues("Nettverk for arkiv", owner=du.people["agder"].pk, due_on=TODAY),
    )
    client = du.client("nordland")
    page = client.get(du.address("sok/"), {"q": "nettverk arkiv"})
    assert [row.title for row, _ledger in page.context["entries"]] == ["Nettverk for arkiv"]
    assert client.get(du.address("sok/"), {"q": "nettverk romfart"}).context["entries"] == []
    assert client.get(du.address("sok/"), {"q": ""}).context["entries"] == []


def test_search_finds_advice(made: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    said(made, "advice", "digitaliseringsforum", ADVISER, DAY, to=(("samarbeidsorganet", None),), subject="Samle drift")
    client, start = browser(made, LEAD, DAY)
    page = client.get(f"{start}sok/", {"q": "samle"})
    assert [row.subject for row in page.context["counsel"]] == ["Samle drift"]
    assert client.get(f"{start}sok/", {"q": "spre"}).context["counsel"] == []
