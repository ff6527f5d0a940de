"""Advice with replies, the strategy on its way, and architecture on the forum's agenda (walk W1, 10 and 18)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samstyr.foundation.access import Act
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.procedure.announcements import actions as announcements
from samstyr.procedure.announcements.rules import AnnouncementValues
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import BodyMeeting, CaseStep
from samstyr.procedure.casework.queries import case_facts
from samstyr.procedure.counsel import actions
from samstyr.procedure.counsel.models import Addressee, Counsel
from samstyr.procedure.counsel.queries import listing
from samstyr.procedure.counsel.rules import CounselValues
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.meetings.models import AgendaItem
from samstyr.procedure.sources import actions as sources
from samstyr.wheel.strategy import actions as strategy
from samstyr.wheel.strategy.models import StrategyVersion

from .places import Place, at, place
from .workflow import browser, draft, raised, said, source, strategy_raised, treated, waiting

DAY = date(2025, 9, 1)
ADVISER, LEAD, CHIEF = "digitalisation_adviser", "it_lead", "municipal_director"


def later(days: int) -> date:
    return DAY + timedelta(days=days)


@pytest.fixture
def made(db: None) -> Iterator[Place]:
    """The two municipalities with their joint service."""
    with place("birkenes-lillesand") as ready:
        yield ready


def advice(made: Place, *slots: str, **more: Any) -> Counsel:
    to = tuple(("lederteam", made.organisations[slot].pk) for slot in slots)
    return said(made, "advice", "digitaliseringsforum", ADVISER, DAY, to=to, **more)


class TestAdvice:
    def test_b_19_advice_to_one_or_both_is_replied_to_and_what_waits_is_listed(self, made: Place) -> None:
        both = advice(made, "birkenes", "lillesand", subject="Samle drift", reply_by=later(10))
        one = advice(made, "birkenes", subject="Kurs for ledere")
        reader = made.actor(LEAD, DAY)
        assert set(listing(reader, state="waiting", today=DAY)) == {both, one}
        assert list(listing(reader, state="overdue", today=later(11))) == [both]
        row = Addressee.objects.get(counsel=both, organisation=made.organisations["lillesand"])
        with pytest.raises(Refused):
            actions.reply(**made.by(CHIEF, later(3), "birkenes"), addressee_id=row.pk, version=row.version, text="Ja.")
        actions.reply(**made.by(CHIEF, later(3), "lillesand"), addressee_id=row.pk, version=row.version, text="Ja.")
        assert both in listing(reader, state="waiting", today=DAY)  # the other has not replied
        row.refresh_from_db()
        assert (row.reply, row.replied_on) == ("Ja.", later(3))
        with pytest.raises(Conflict):
            actions.reply(
                **made.by(CHIEF, later(4), "lillesand"), addressee_id=row.pk, version=row.version, text="Nei."
            )
        other = Addressee.objects.get(counsel=both, organisation=made.organisations["birkenes"])
        actions.reply(**made.by(CHIEF, later(4), "birkenes"), addressee_id=other.pk, version=other.version, text="Ja.")
        assert list(listing(reader, state="waiting", today=DAY)) == [one]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"subject": " "}, "subject"), ({"text": ""}, "text"), ({"on": date(2025, 9, 2)}, "on"),
            ({"reply_by": date(2025, 8, 1)}, "reply_by"), ({"to": ()}, "to"), ({"to": (("ukjent", None),)}, "to"),
            ({"to": (("lederteam", None),)}, "to"), ({"to": (("digitaliseringsforum", None),)}, "to"),
        ],
    )  # fmt: skip
    def test_b_19_what_is_missing_is_told(self, made: Place, change: dict[str, Any], field: str) -> None:
        given = {"to": (("samarbeidsorganet", None),), **change}
        on = given.pop("on", DAY)
        with pytest.raises(Invalid) as fault:
            said(made, "advice", "digitaliseringsforum", ADVISER, DAY, **given, **({"on": on} if on != DAY else {}))
        assert field in {error.field for error in fault.value.errors}

    def test_only_who_serves_the_body_speaks_for_it(self, made: Place) -> None:
        with pytest.raises(Refused):
            said(made, "advice", "digitaliseringsforum", "budget_officer", DAY, to=(("samarbeidsorganet", None),))

    def test_a_correction_takes_the_place_of_what_it_corrects(self, made: Place) -> None:

        first = advice(made, "birkenes", subject="Samle drift")
        to = (("lederteam", made.organisations["birkenes"].pk),)
        values = CounselValues("advice", "digitaliseringsforum", "Samle driften", "Sagt.", DAY, to=to)
        actions.give(**made.by(ADVISER, later(1)), values=values, replaces=first.pk)
        reader = made.actor(LEAD, DAY)
        assert [row.subject for row in listing(reader, today=DAY)] == ["Samle driften"]
        with pytest.raises(Conflict):
            actions.give(**made.by(ADVISER, later(1)), values=values, replaces=first.pk)
        old = first.addressees.get()
        with pytest.raises(Conflict, match="rettet"):
            actions.reply(**made.by(CHIEF, later(3)), addressee_id=old.pk, version=old.version, text="Ja.")

    def test_b_19_in_the_browser(self, made: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(DAY))
        client, start = browser(made, ADVISER, DAY)
        assert "Et råd" in client.get(f"{start}raad/nytt/").content.decode()
        place_ = made.organisations["birkenes"].pk
        form = {
            "party": "digitaliseringsforum", "subject": "Samle drift", "on": DAY.isoformat(), "text": "Vi rår til det.",
            "to": [f"lederteam:{place_}"], "reply_by": later(5).isoformat(),
        }  # fmt: skip
        assert client.post(f"{start}raad/nytt/?slag=advice", {**form, "to": []}).status_code == 422
        assert client.post(f"{start}raad/nytt/?slag=advice", form).status_code == 303
        row = Addressee.objects.get()
        leader, _start = browser(made, CHIEF, DAY)
        monkeypatch.setattr(clock, "now", lambda: at(later(6)))
        assert "Ubesvart, over fristen" in leader.get(f"{start}raad/?svar=overdue").content.decode()
        assert f"raad/svar/{row.pk}/" in leader.get(f"{start}raad/{row.counsel_id}/").content.decode()
        reply = leader.post(f"{start}raad/svar/{row.pk}/", {"text": "Vi følger rådet.", "_version": row.version})
        assert reply.status_code == 303
        client, _start = browser(made, ADVISER, DAY)  # the first login has run out
        page = client.get(f"{start}raad/{row.counsel_id}/").content.decode()
        assert "Vi følger rådet." in page and "Besvart" in page
        assert "Samle drift" not in client.get(f"{start}raad/?svar=waiting").content.decode()
        assert client.get(f"{start}raad/liste.xlsx").status_code == 200


def test_lists_ask_no_more_when_there_are_many_rows(made: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    client, start = browser(made, ADVISER, DAY)
    case = raised(made, "arkitektur", LEAD, DAY)
    source(made, ADVISER, DAY, "law", "Arkivlova")
    pages = ("raad/", "kilder/", "presedenser/", "kunngjoringer/", f"saker/{case.pk}/", "")

    def counts() -> dict[str, int]:
        found = {}
        for page in pages:
            client.get(f"{start}{page}")  # warm
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"{start}{page}").status_code == 200
            found[page] = len(asked)
        return found

    for at_, count in enumerate((1, 12)):
        for number in range(count):
            advice(made, "birkenes", "lillesand", subject=f"Råd {at_}-{number}", case=case.pk)
            row = source(made, ADVISER, DAY, "law", f"Lov {at_}-{number}")
            announcements.publish(**made.by(LEAD, DAY), values=AnnouncementValues(f"Nytt {at_}-{number}", "Les."))
            sources.cite(
                **made.by(LEAD, DAY), source_id=row.pk, owner_kind="case", owner_id=case.pk,
                owner_facts=case_facts(case), act=Act.CASE_COMMENT,
            )  # fmt: skip
        if at_ == 0:
            few = counts()
    assert counts() == few


def test_b_18_w1_18_draft_proposal_and_adopted_strategy_are_told_apart(made: Place) -> None:
    with pytest.raises(Invalid, match="hva slags sak"):  # the strategy is drafted in its own room, not as a matter
        draft(made, "strategi", LEAD, DAY, title="Digitaliseringsstrategi")
    row = strategy.open_draft(**made.by(LEAD, DAY), beginning="empty")
    assert (row.state, CaseStep.objects.count()) == ("draft", 0)
    strategy.discard(**made.by(LEAD, DAY), version_id=row.pk, version=row.version, reason="Vi begynner på nytt.")
    case = strategy_raised(made, LEAD, DAY)
    version = StrategyVersion.objects.get(pk=case.subject_id)
    assert (version.state, waiting(case).actor_body) == ("proposed", "digitaliseringsforum")
    treatment = treated(made, case, "foreslatt", LEAD, later(1), text="Forslaget.")
    assert treatment.kind == "propose"
    rows = CaseStep.objects.filter(case=case, state="active")
    assert {row.organisation.slot for row in rows} == {"birkenes", "lillesand"}
    for row in list(rows):
        casework.treat(
            **made.by(CHIEF, later(2), row.organisation.slot), case_step_id=row.pk, version=row.version,
            outcome="slutter-seg-til", decided_on=later(2),
        )  # fmt: skip
    case.refresh_from_db()
    assert treated(made, case, "vedtatt", "cooperation_chair", later(3), text="Vedtatt.").kind == "adopt"
    assert (case.state, case.outcome) == ("ended", "vedtatt")
    version.refresh_from_db()
    assert (version.state, version.adopted_on) == ("adopted", later(3))


def test_b_17_an_architecture_matter_is_put_on_the_agenda_and_the_contribution_is_kept(made: Place) -> None:

    case = raised(made, "arkitektur", LEAD, DAY, title="Felles integrasjonsplattform")
    row = waiting(case)
    casework.plan_meeting(**made.by(LEAD, DAY), body="digitaliseringsforum", held_on=later(14))
    meeting = meetings.prepare_meeting(**made.by(LEAD, DAY), day_id=BodyMeeting.objects.get().pk)
    meetings.add_cases(**made.by(LEAD, DAY), meeting_id=meeting.pk, case_step_ids=[row.pk])
    assert AgendaItem.objects.get().case_id == case.pk
    treatment = treated(made, case, "bidrag", LEAD, later(14), text="Vi foreslår hendelser framfor filer.")
    assert (treatment.kind, case.state, case.subject_kind) == ("advise", "ended", "architecture")
