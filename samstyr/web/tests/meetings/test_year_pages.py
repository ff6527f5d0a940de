"""The pages of a year's meetings, a moved day, the order of an agenda, and who comes instead."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samstyr.procedure.casework.models import BodyMeeting
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import AgendaItem, Meeting
from samstyr.procedure.meetings.tests.committee import BODY, MEETING_DAY, SUBSTITUTE, Committee, model

from .test_planning_pages import made, place, prepared, text_of

__all__ = ["made"]
YEAR = {"body": BODY, "organisation": "", "year": "2027", "count": "6"}


def monthly(made: Committee) -> None:
    """The committee meets once or twice a month."""
    content: dict[str, Any] = model()
    content["bodies"][0]["frequency"] = {"times": 1, "per": "month", "at_most": 2}
    made.adopt(content, date(2026, 1, 1))


def test_a_years_days_are_proposed_changed_and_planned_all_or_none(made: Committee) -> None:
    client, page = made.client(), place(made, "meeting-year")
    assert "Planlegg et helt år" in text_of(client.get(place(made, "meeting-list")))
    assert "Møtedager" not in text_of(client.get(page))
    proposed = client.get(page, YEAR)
    days = proposed.context["form"].initial["days"].splitlines()
    assert len(days) == 6 and all(day.endswith(".2027") for day in days)
    address = f"{page}?body={BODY}&year=2027&count=6"
    for wrong, told in (("32.01.2027", "ingen dag"), ("", "minst én dag"), ("01.08.2026", "passert")):
        answer = client.post(address, {"days": "\n".join([days[0], wrong]) if wrong else ""})
        assert answer.status_code == 422
        assert told in text_of(answer)
    assert not BodyMeeting.objects.exists()
    assert client.post(address, {"days": "\n".join(days)}).status_code == 302
    assert BodyMeeting.objects.count() == len(days)
    # What is planned is not proposed again.
    assert client.get(page, YEAR).context["form"].initial["days"] == ""
    assert made.client("nord1").get(page).status_code == 403


def test_months_outside_the_models_rule_are_named(made: Committee) -> None:
    monthly(made)
    for day in (date(2027, 5, 4), date(2027, 5, 11), date(2027, 5, 25), date(2027, 6, 1)):
        BodyMeeting(body=BODY, held_on=day).save()
    text = text_of(made.client().get(place(made, "meeting-list"), {"year": "2027"}))
    assert "mai 3" in text and "juli 0" in text
    assert "juni" not in text.split("Utenfor modellen:")[1].split("</span>")[0]


def test_a_meeting_is_moved_by_a_page_that_says_what_is_wrong(made: Committee) -> None:
    meeting = prepared(made)
    client, page = made.client(), place(made, "meeting-move", meeting.day_id)
    shown = client.get(page)
    assert "22. september 2026" in text_of(shown)
    version = shown.context["row"].version
    for wrong, told in (("2026-08-01", "passert"), ("2027-01-12", "sitt eget år")):
        answer = client.post(page, {"held_on": wrong, "_version": version})
        assert answer.status_code == 422
        assert told in text_of(answer)
    assert client.post(page, {"held_on": "2026-09-29", "_version": version}).status_code == 302
    assert Meeting.objects.get().held_on == date(2026, 9, 29)
    assert client.post(page, {"held_on": "2026-10-06", "_version": version}).status_code == 409
    assert made.client("nord1").get(page).status_code == 403


def test_the_order_of_the_whole_agenda(made: Committee) -> None:
    meeting = prepared(made)
    keys = [
        actions.add_item(**made.by(), meeting_id=meeting.pk, kind="other", title=title).pk for title in ("A", "B", "C")
    ]
    client, page = made.client(), place(made, "agenda-order", meeting.pk)
    assert "Sett rekkefølgen" in text_of(client.get(place(made, "meeting-detail", meeting.pk)))
    assert client.get(page).status_code == 200
    seen = " ".join(map(str, keys))
    given = dict(zip(map(str, keys), ("2", "3", "1"), strict=True))
    assert client.post(page, {**given, "seen": seen}).status_code == 302
    titles = [row.title for row in AgendaItem.objects.filter(meeting=meeting).order_by("order")]
    assert titles == ["C", "A", "B"]
    # From a page that was opened before somebody moved the items, nothing is written.
    assert client.post(page, {**given, "seen": seen}).status_code == 409
    assert client.post(page, {**given, str(keys[0]): "x", "seen": seen}).status_code == 422
    assert made.client("nord1").get(page).status_code == 403


@pytest.fixture
def with_proxies(made: Committee) -> Committee:
    content: dict[str, Any] = model()
    content["bodies"][0]["versions"][0]["groups"][1]["proxies"] = True
    made.adopt(content, date(2026, 1, 1))
    return made


def test_who_comes_instead_is_chosen_with_the_answer_or_by_the_secretary(with_proxies: Committee) -> None:
    made, meeting = with_proxies, prepared(with_proxies, MEETING_DAY)
    actions.add_item(**made.by(), meeting_id=meeting.pk, kind="other", title="A")
    actions.call_meeting(**made.by(), meeting_id=meeting.pk, version=None)
    mine = meeting.participants.get(name="Nord1")
    member, page = made.client("nord1"), place(made, "meeting-answer", mine.pk)
    assert "Hvem kommer i stedet?" in text_of(member.get(place(made, "meeting-detail", meeting.pk)))
    chosen = {"answer": "absent", "substitute": str(made.people[SUBSTITUTE].pk)}
    assert member.post(page, chosen).status_code == 302
    assert meeting.participants.get(person=made.people[SUBSTITUTE]).stands_in_for == "Nord1"
    # The secretary takes it back for the member.
    secretary = made.client()
    assert "Før svar" in text_of(secretary.get(place(made, "meeting-detail", meeting.pk)))
    assert "Svar for Nord1" in text_of(secretary.get(page))
    assert secretary.post(page, {"answer": "comes"}).status_code == 302
    assert not meeting.participants.filter(person=made.people[SUBSTITUTE]).exists()
    assert secretary.post(page, {"answer": "perhaps"}).status_code == 422
    assert made.client("sor1").post(page, {"answer": "comes"}).status_code == 403
    other = meeting.participants.get(name="Sor1")
    assert "Hvem kommer i stedet?" not in text_of(secretary.get(place(made, "meeting-answer", other.pk)))
