"""A report from the day it can be written until it is received, corrected, and compared with the next one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.procedure.casework.actions import plan_meeting
from samstyr.procedure.casework.models import BodyMeeting
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.meetings.models import AgendaItem, Paper
from samstyr.procedure.meetings.tests.committee import OUTSIDER, model
from samstyr.wheel.reporting import actions, queries
from samstyr.wheel.reporting.models import Report, ReportPart
from samstyr.wheel.reporting.rules.content import changes
from samstyr.wheel.reporting.rules.periods import Standing
from samstyr.wheel.reporting.rules.writing import seal

from .factories import BEFORE, BODY, FIGURES, LIGHTS, MONTHLY, OWN, SECRETARY, TODAY, Office


def standings(day: date = TODAY, key: str = MONTHLY) -> dict[str, Standing]:
    return {one.period.key: one.standing for one in queries.expected(day, [key])}


def test_the_model_says_which_reports_are_expected(made: Office) -> None:
    found = standings()
    assert (max(found), min(found)) == ("2026-10", "2026-01")
    assert (found["2026-10"], found["2026-09"]) == (Standing.UPCOMING, Standing.DUE)
    assert found["2026-01"] is found["2026-08"] is Standing.MISSING
    assert found["2026-08"] is Standing.MISSING


def test_n_112_eleven_of_twelve_months_make_one_missing_report(made: Office) -> None:
    """W7 step 14: the IT leader's monthly report, eleven sent of twelve."""
    for month in range(1, 13):
        if month != 5:
            day = date(2026 + month // 12, month % 12 + 1, 8)
            made.sent(f"2026-{month:02}", day)
    lacking = queries.missing(date(2027, 1, 15), [MONTHLY])
    assert [one.period.key for one in lacking] == ["2026-05"]
    late = made.begun(MONTHLY, "2026-05", date(2027, 1, 15))
    made.write(late, OWN, "Kom bort.", date(2027, 1, 15))
    actions.send(**made.by(day=date(2027, 1, 15)), report_id=late.pk, version=None)
    assert queries.missing(date(2027, 1, 15), [MONTHLY]) == []
    assert standings(date(2027, 1, 15))["2026-05"] is Standing.SENT_LATE


def test_nobody_owes_a_report_from_before_the_model_had_it(made: Office) -> None:
    assert "2025-12" not in standings()


def test_a_report_is_begun_with_its_figures_and_the_day_they_are_from(made: Office) -> None:
    made.case(day=date(2026, 9, 1))
    row = made.begun()
    assert (row.state, row.data_on, row.due_on) == ("draft", TODAY, date(2026, 10, 10))
    parts = {part.key: part for part in row.parts.all()}
    assert parts["saker"].drafted["source"] == "compliance" and parts[OWN].drafted == {}
    assert made.begun() == row, "asked again it answers the same"
    with pytest.raises(Conflict):
        made.begun(period="2026-10")
    with pytest.raises(NotFound):
        made.begun(period="2019-01")
    with pytest.raises(Refused):
        actions.open_report(**made.by("nord1", TODAY), report=MONTHLY, period="2026-08")


def test_what_is_written_stays_when_the_figures_are_fetched_anew(made: Office) -> None:
    row = made.begun()
    made.write(row, "saker", "To saker venter på oss.")
    made.case(day=TODAY)
    later = TODAY + timedelta(days=3)
    fresh = actions.redraft(**made.by(day=later), report_id=row.pk, version=row.version)
    part = fresh.parts.get(key="saker")
    assert (fresh.data_on, part.written) == (later, "To saker venter på oss.")
    assert part.drafted["on"] == later.isoformat()


def test_two_who_write_the_same_part_never_overwrite_each_other(made: Office) -> None:
    part = made.begun().parts.get(key=OWN)
    actions.write_part(**made.by(day=TODAY), part_id=part.pk, version=part.version, text="Den ene.")
    with pytest.raises(Conflict):
        actions.write_part(**made.by(day=TODAY), part_id=part.pk, version=part.version, text="Den andre.")
    part.refresh_from_db()
    assert part.written == "Den ene."


def test_only_the_sender_writes_and_reads_a_draft(made: Office) -> None:
    row = made.begun()
    part = row.parts.get(key=OWN)
    for who in ("leder", "nord1", OUTSIDER):
        assert not queries.may_read(made.actor(who, TODAY), row, TODAY)
        assert not queries.visible_to(made.actor(who, TODAY), TODAY).exists()
        with pytest.raises(NotFound):
            actions.write_part(**made.by(who, TODAY), part_id=part.pk, version=None, text="x")
        with pytest.raises(NotFound):
            actions.send(**made.by(who, TODAY), report_id=row.pk, version=None)


def test_what_is_lacking_is_told_at_once(made: Office) -> None:
    row = made.begun(LIGHTS, "2026-k3")
    made.write(row, "tid", "Vi er på plan.", light="green")
    with pytest.raises(Invalid) as lacking:
        actions.send(**made.by(day=TODAY), report_id=row.pk, version=None)
    assert [fault.field for fault in lacking.value.errors] == ["risiko"]
    with pytest.raises(Invalid):
        made.write(row, "risiko", "", light="red")
    monthly = made.begun()
    with pytest.raises(Invalid) as lacking:
        actions.send(**made.by(day=TODAY), report_id=monthly.pk, version=None)
    assert [fault.field for fault in lacking.value.errors] == [OWN]


def test_a_report_that_is_sent_is_sealed_and_never_changed(made: Office) -> None:
    row = made.sent()
    assert (row.state, row.sent_on, row.sent_as) == ("sent", TODAY, "Sekretær")
    assert row.digest == seal(Report.objects.get(pk=row.pk).content)
    assert row.content["data_on"] == TODAY.isoformat() and row.content["receiver"] == "Utvalget"
    with pytest.raises(Conflict):
        made.write(row, OWN, "Etterpå.")
    with pytest.raises(Conflict):
        actions.redraft(**made.by(day=TODAY), report_id=row.pk, version=None)
    with pytest.raises(Conflict):
        actions.send(**made.by(day=TODAY), report_id=row.pk, version=None)


def test_members_who_serve_and_who_read_all_cases_may_read_what_is_sent(made: Office) -> None:
    row = made.sent()
    for who, reads in (
        (SECRETARY, True),
        ("leder", True),
        ("nord1", True),
        (OUTSIDER, False),
        ("administrator", False),
    ):
        actor = made.actor(who, TODAY)
        assert queries.may_read(actor, row, TODAY) is reads
        assert queries.visible_to(actor, TODAY).filter(pk=row.pk).exists() is reads


def test_a_92_the_receiver_leaves_a_receipt_once(made: Office) -> None:
    row = made.sent()
    receipt = actions.receive(**made.by("nord1", TODAY), report_id=row.pk, note="Lest.")
    assert (receipt.note, receipt.person) == ("Lest.", made.people["nord1"])
    with pytest.raises(Conflict):
        actions.receive(**made.by("nord1", TODAY), report_id=row.pk)
    with pytest.raises(NotFound):
        actions.receive(**made.by(OUTSIDER, TODAY), report_id=row.pk)


def test_a_correction_stands_beside_the_report(made: Office) -> None:
    row = made.sent()
    with pytest.raises(Invalid):
        actions.correct(**made.by(day=TODAY), report_id=row.pk, text=" ", reason="")
    with pytest.raises(Refused):
        actions.correct(**made.by("nord1", TODAY), report_id=row.pk, text="Nei.", reason="Feil.")
    actions.correct(**made.by(day=TODAY), report_id=row.pk, text="Tre saker, ikke to.", reason="Talt feil.")
    fresh = queries.report_by_id(row.pk)
    assert fresh is not None and [one.text for one in fresh.addenda.all()] == ["Tre saker, ikke to."]
    assert fresh.content == row.content
    with pytest.raises(Conflict):
        actions.correct(**made.by(day=TODAY), report_id=made.begun(LIGHTS, "2026-k3").pk, text="x", reason="y")


def test_last_times_words_come_along_until_they_are_changed(made: Office) -> None:
    made.sent("2026-08", date(2026, 9, 5), "Alt i rute.")
    row = made.begun()
    part = row.parts.get(key=OWN)
    assert (part.written, part.carried) == ("Alt i rute.", True)
    made.write(row, OWN, "Alt i rute.")
    assert row.parts.get(key=OWN).carried
    made.write(row, OWN, "Forsinket.")
    assert not row.parts.get(key=OWN).carried


def test_a_light_is_judged_anew_each_time_but_its_sentence_comes_along(made: Office) -> None:
    before = made.begun(LIGHTS, "2026-k2", date(2026, 7, 3))
    made.write(before, "tid", "På plan.", date(2026, 7, 3), light="green")
    made.write(before, "risiko", "Lite folk.", date(2026, 7, 3), light="yellow")
    made.write(before, FIGURES, "", date(2026, 7, 3), figures={"avvik": "3"})
    before = actions.send(**made.by(day=date(2026, 7, 3)), report_id=before.pk, version=None)
    row = made.begun(LIGHTS, "2026-k3")
    shown = {one.part.key: one for one in queries.to_write(queries.report_by_id(row.pk))}  # type: ignore[arg-type]
    assert (shown["risiko"].part.light, shown["risiko"].part.written) == ("", "Lite folk.")
    assert shown["risiko"].before_light == "yellow" and shown["tid"].grounds == ("Tiltak",)
    assert [(one.value, one.before) for one in shown[FIGURES].fields] == [(None, 3)]
    made.write(row, "tid", "Etter plan.", light="red")
    made.write(row, "risiko", "Lite folk.", light="yellow")
    made.write(row, FIGURES, "", figures={"avvik": "1,5"})
    row = actions.send(**made.by(day=TODAY), report_id=row.pk, version=None)
    found = changes(before.content, row.content)
    assert [one.arrow for one in found.dimensions] == ["worse", "same"]
    figures = next(one for one in found.sections if one.title == "Tall").figures
    assert [(cell.before, cell.now, cell.change) for cell in figures.rows[0].cells[:1]] == [(3, 1.5, -1.5)]


def test_a_figure_that_is_none_is_told_with_its_name(made: Office) -> None:
    row = made.begun(LIGHTS, "2026-k3")
    with pytest.raises(Invalid) as wrong:
        made.write(row, FIGURES, "", figures={"avvik": "tre", "ukjent": "1"})
    assert [fault.field for fault in wrong.value.errors] == ["avvik"]


def test_it_comes_on_the_agenda_of_the_next_meeting_with_the_file(made: Office) -> None:
    """N-112: attached to the meeting."""
    day = plan_meeting(**made.by(day=TODAY), body=BODY, held_on=date(2026, 10, 20))
    meeting = meetings.prepare_meeting(**made.by(day=TODAY), day_id=day.pk)
    row = made.sent()
    item = AgendaItem.objects.get(meeting=meeting)
    assert (item.kind, item.title) == ("report", "Månedsrapport, september 2026")
    assert Report.objects.get(pk=row.pk).item == item
    paper = Paper.objects.get(item=item)
    assert paper.document.file_name.endswith(".pdf")


def test_a_report_waits_for_a_meeting_that_nobody_has_begun_to_prepare(made: Office) -> None:
    row = made.sent()
    assert queries.waiting_for_meeting(BODY, TODAY) == [row]
    day = plan_meeting(**made.by(day=TODAY), body=BODY, held_on=date(2026, 10, 20))
    assert AgendaItem.objects.count() == 0
    meetings.prepare_meeting(**made.by(day=TODAY), day_id=day.pk)
    assert Report.objects.get(pk=row.pk).item is not None
    assert queries.waiting_for_meeting(BODY, TODAY) == []


def test_after_the_call_it_is_late_on_the_agenda_and_says_why(made: Office) -> None:
    day = plan_meeting(**made.by(day=TODAY), body=BODY, held_on=date(2026, 10, 20))
    meeting = meetings.prepare_meeting(**made.by(day=TODAY), day_id=day.pk)
    meetings.add_item(**made.by(day=TODAY), meeting_id=meeting.pk, kind="other", title="Eventuelt")
    meetings.call_meeting(**made.by(day=TODAY), meeting_id=meeting.pk, version=None, short_reason="Haster.")
    made.sent()
    item = AgendaItem.objects.get(kind="report")
    assert item.late and "sakslisten" in item.late_reason


def test_a_report_before_each_meeting_follows_the_calendar(made: Office) -> None:
    plan_meeting(**made.by(day=TODAY), body=BODY, held_on=date(2026, 10, 20))
    day = BodyMeeting.objects.get()
    (only,) = queries.expected(TODAY, [BEFORE])
    assert (only.period.key, only.period.due_on) == (f"mote-{day.pk}", date(2026, 10, 13))
    row = made.begun(BEFORE, only.period.key)
    numbers = {one["key"]: one["value"] for one in row.parts.get(key="organ").drafted["numbers"]}
    assert (numbers["filled"], numbers["vacant"]) == (5, 0)


def test_what_waits_for_the_sender(made: Office) -> None:
    made.sent("2026-08", date(2026, 9, 5))
    waits = queries.mine_to_write(made.actor(SECRETARY, TODAY), TODAY)
    assert {(one.form.key, one.period.key) for one in waits} >= {(MONTHLY, "2026-09"), (LIGHTS, "2026-k3")}
    assert (MONTHLY, "2026-08") not in {(one.form.key, one.period.key) for one in waits}
    assert queries.mine_to_write(made.actor("nord1", TODAY), TODAY) == []


def test_the_archive_is_searched_and_narrowed(made: Office) -> None:
    for month in (7, 8, 9):
        made.sent(f"2026-{month:02}", date(2026, month + 1, 5), f"Ord nummer {month}.")
    made.begun(LIGHTS, "2026-k3")
    reader = made.actor("nord1", TODAY)
    assert queries.archive(reader, TODAY).count() == 3
    assert [row.period for row in queries.archive(reader, TODAY, text="nummer 8")] == ["2026-08"]
    assert queries.archive(reader, TODAY, year=2025).count() == 0
    assert queries.archive(reader, TODAY, key=LIGHTS).count() == 0
    newest = queries.archive(reader, TODAY)[0]
    previous = queries.previous_of(newest)
    assert previous is not None and (newest.period, previous.period) == ("2026-09", "2026-08")


def test_the_form_that_was_in_force_stays_with_the_report(made: Office) -> None:
    row = made.begun()
    made.adopt(model(), TODAY)
    again = queries.report_by_id(row.pk)
    assert again is not None
    assert [part["title"] for part in queries.content_of(again, TODAY)["sections"]] == [
        "Sakene",
        "Milepæler",
        "Oppfølging",
    ]
    assert queries.expected(TODAY) == []


def test_expecting_reports_asks_the_database_as_often_with_many_as_with_few(made: Office) -> None:
    with CaptureQueriesContext(connection) as few:
        queries.expected(TODAY)
    for month in range(1, 10):
        made.sent(f"2026-{month:02}", date(2026, month + 1, 5))
    with CaptureQueriesContext(connection) as many:
        queries.expected(TODAY)
    assert len(many) <= len(few)


def test_parts_are_in_the_order_of_the_model(made: Office) -> None:
    row = made.begun(LIGHTS, "2026-k3")
    assert list(ReportPart.objects.filter(report=row).values_list("key", flat=True)) == [
        "tid",
        "risiko",
        "tiltak",
        FIGURES,
    ]


def test_g_03_a_report_for_the_public_is_published_without_what_is_for_others(made: Office) -> None:
    row = made.sent(text="Ring 22 33 44 55 eller skriv til post@eksempel.no.")
    with pytest.raises(Refused):
        actions.publish(**made.by("nord1", TODAY), report_id=row.pk, version=None)
    row = actions.publish(**made.by(day=TODAY), report_id=row.pk, version=None)
    shown = queries.published_by_id(row.pk).published
    assert [part["title"] for part in shown["sections"]] == ["Sakene", "Milepæler"]
    assert shown["sections"][1]["written"] == "Ring [utelatt] eller skriv til [utelatt]."
    assert all(line["link"] is None for line in shown["sections"][0]["block"]["rows"])
    assert row.content["sections"][1]["written"].startswith("Ring 22")
    row = actions.withdraw(**made.by(day=TODAY), report_id=row.pk, version=None)
    with pytest.raises(NotFound):
        queries.published_by_id(row.pk)
    with pytest.raises(Conflict):
        actions.withdraw(**made.by(day=TODAY), report_id=row.pk, version=None)
    for key, light in (("tid", "green"), ("risiko", "red")):
        made.write(made.begun(LIGHTS, "2026-k3"), key, "Fordi.", light=light)
    inner = actions.send(**made.by(day=TODAY), report_id=made.begun(LIGHTS, "2026-k3").pk, version=None)
    with pytest.raises(Conflict):
        actions.publish(**made.by(day=TODAY), report_id=inner.pk, version=None)


def test_what_was_sent_before_the_body_last_met_comes_on_no_later_agenda(made: Office) -> None:
    made.sent("2026-07", date(2026, 8, 5))
    plan_meeting(**made.by(day=date(2026, 8, 6)), body=BODY, held_on=date(2026, 9, 1))
    row = made.sent("2026-08", date(2026, 9, 5))
    assert queries.waiting_for_meeting(BODY, TODAY) == [row]
