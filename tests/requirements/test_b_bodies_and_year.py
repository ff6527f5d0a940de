"""Bodies, roles and the year as the shipped joint model has them (B-04, B-06, B-11 to B-13, B-16, B-38, B-39)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samstyr.foundation.access import Act, may
from samstyr.foundation.governance import actions as governance_actions
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules import picture
from samstyr.foundation.governance.rules.difference import difference
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.errors import Refused
from samstyr.foundation.organisations.tests.factories import make_seat, make_seat_holding
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.queries import lists
from samstyr.procedure.casework.queries.table import seats_at
from samstyr.web.casework import presenting
from samstyr.web.home import year
from samstyr.wheel.portfolio.tests.factories import TEXT, at

from .joint import ASSESSMENT, FORUM, INTAKE, Joint


def model(text: str = TEXT) -> GovernanceModel:
    return load_text(text.encode()).require()


def replaced(old: str, new: str) -> str:
    """The model's text with one change, which must be there to be made."""
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def test_b_04_another_model_draws_another_path_without_code() -> None:
    def drawn(text: str) -> str:
        found = model(text)
        return "".join(picture.path_svg(found, path) for path in found.paths)

    before = drawn(TEXT)
    found = model()
    path = found.path("innspill")
    assert path is not None
    told = {line.key: (line.who, line.when, line.decides) for line in picture.path_list(found, path)}
    assert told["vurdering"] == ("Kommunalsjef", "1. mars–31. mars", "vurderer")
    assert told["forum"] == ("Digitaliseringsforum", "1. april–30. april", "foreslår")
    assert dict(picture.path_list(found, path)[0].outcomes)["Send videre til digitaliseringsforum"].startswith(
        "IT-tjenesten"
    )
    after = drawn(
        replaced(
            "name: Vedtak i IT-tjenestens samarbeidsorgan\n        kind", "name: Endelig ja eller nei\n        kind"
        )
    )
    assert "Endelig ja" in after
    assert "Endelig ja" not in before


def test_b_06_the_forum_belongs_to_both() -> None:
    forum = model().body("digitaliseringsforum")
    assert forum is not None
    assert forum.parents == ("birkenes", "lillesand")


def test_b_11_the_chair_is_a_role_and_whoever_holds_it_records_for_the_body(made: Joint) -> None:
    need = made.at_forum()
    forum = model().body("digitaliseringsforum")
    assert forum is not None and forum.chair == "it_lead"
    with pytest.raises(Refused):
        made.move(need, "representative:birkenes:helse", "inn", FORUM)
    holding = made.people["it_lead:it-tjenesten"]
    made.people["it_lead:it-tjenesten"], made.people["other"] = made.people["archive_manager:birkenes"], holding
    with pytest.raises(Refused):
        made.move(need, "it_lead", "inn", FORUM)
    treatment = made.move(need, "other", "inn", FORUM)
    assert (treatment.role, treatment.actor_name) == ("it_lead", "Digitaliseringsforum")


@pytest.mark.parametrize(
    ("held", "word"),
    [(2, "For få møter"), (3, "I tråd med modellen"), (5, "I tråd med modellen"), (6, "For mange møter")],
)
def test_b_12_about_four_meetings_a_year_and_a_warning_outside(made: Joint, held: int, word: str) -> None:
    rows = [made.plan_meeting("digitaliseringsforum", date(2025, month, 11)) for month in range(2, 2 + held)]
    rows.append(made.plan_meeting("digitaliseringsforum", date(2025, 12, 16)))
    casework.cancel_meeting(actor=made.actor("it_lead", INTAKE), now=at(INTAKE), meeting_id=rows[-1].pk, version=None)
    (shown,) = presenting.frequencies(model(), 2025)
    assert (shown["planned"], shown["target"], shown["status"].label) == (held, 4, word)
    with pytest.raises(Refused):
        made.plan_meeting("digitaliseringsforum", date(2025, 11, 1), who="representative:birkenes:helse")


def test_b_13_an_adviser_attends_without_a_seat_and_is_no_representative(made: Joint) -> None:
    forum = model().body("digitaliseringsforum")
    composition = forum.composition_on(FORUM) if forum else None
    assert composition is not None
    assert composition.attendees == ("digitalisation_adviser",)
    assert "digitalisation_adviser" not in {group.office for group in composition.groups}
    need = made.at_forum()
    member = make_seat("digitaliseringsforum", "it-tjenesten", organisation=made.organisations["it-tjenesten"])
    make_seat_holding(member, made.people["hearing_it"])
    assert seats_at(made.step(need), FORUM) == [(member, made.people["hearing_it"])], (
        "the adviser has no place to vote from"
    )
    adviser = made.actor("digitalisation_adviser")
    assert may(adviser, Act.CASE_READ, cases.case_facts(made.case(need)))


def test_b_16_versions_with_who_proposed_and_adopted_them_from_when_and_what_differs(made: Joint) -> None:
    text = replaced("{times: 4, per: year, tolerance: 1}", "{times: 6, per: year, tolerance: 1}")
    by = {"actor": made.actor("administrator"), "now": at(FORUM)}
    draft = governance_actions.draft_version(**by, text=text, reason="Forumet vil møtes oftere.")
    row = governance_actions.adopt(
        **by,
        version_id=draft.pk,
        version=draft.version,
        adopted_by="IT-tjenestens samarbeidsorgan",
        valid_from=date(2026, 1, 1),
    )
    assert (row.number, row.proposed_by, row.adopted_by) == (2, "Administrator", "IT-tjenestens samarbeidsorgan")
    in_force = [governance.version_in_force(day) for day in (date(2025, 12, 31), date(2026, 1, 1))]
    assert [version.number for version in in_force if version] == [1, 2]
    (change,) = difference(model(), model(text))
    assert "møtehyppighet" in str(change).lower()


def test_b_38_another_wheel_stands_beside_and_warns_when_ours_ends_too_late(made: Joint) -> None:
    page = made.client("unit_manager").get(f"/o/{made.tenant.slug}/aarshjul/").content.decode()
    for words in ("Budsjettårshjulet", "Innspill til rammer"):
        assert words in page
    late = replaced(
        "name: Innspill til rammer, starts: {month: 6, day: 1}, ends: {month: 8, day: 31}",
        "name: Innspill til rammer, starts: {month: 4, day: 1}, ends: {month: 5, day: 1}",
    )
    told = [item for item in lint(model(late)) if "Budsjettårshjulet" in str(item.message)]
    assert [item.severity for item in told] == ["warning"]
    assert [item for item in lint(model()) if "Budsjettårshjulet" in str(item.message)] == []


def test_b_39_each_year_has_its_own_periods_and_a_report_of_what_came_late(made: Joint) -> None:
    first = year.stretches(model(), FORUM)
    assert [(row.key, row.first, row.last) for row in first[:2]] == [
        ("februar", date(2025, 2, 1), date(2025, 2, 28)), ("mars", date(2025, 3, 1), date(2025, 3, 31)),
    ]  # fmt: skip
    assert [(row.owner, row.current, row.past) for row in first[1:3]] == [
        ("Kommunalsjef", False, True),
        ("Digitaliseringsforum", True, False),
    ]
    assert year.stretches(model(), date(2024, 2, 29))[0].last == date(2024, 2, 29)
    in_time, late, _open = made.need(), made.need(title="Sent"), made.need(title="Åpen")
    made.move(in_time, "sector_director:birkenes:helse", "send", ASSESSMENT)
    made.move(late, "sector_director:birkenes:helse", "send", date(2025, 4, 2))
    report = {row.key: row for row in lists.wheel_report(model(), 2025, date(2025, 4, 2))}
    row = report["innspill/vurdering"]
    assert (row.on_time, row.late, row.open, row.overdue) == (1, 1, 1, 1)
    missing = {
        row.key: (row.on_time, row.late, row.open, row.overdue) for row in lists.wheel_report(model(), 2024, FORUM)
    }
    assert missing["innspill/forum"] == missing["plan/samarbeidsorgan"] == (0, 0, 0, 0)
    assert "revisjon/samarbeidsorgan" not in missing, "the wheel does not wait for a revision"


def test_b_42_the_period_before_31_march_reminds_whoever_has_not_assessed(made: Joint) -> None:
    from samstyr.outward.notices import actions as notices
    from samstyr.outward.notices.models import Notice

    made.need()
    day = date(2025, 3, 31) - timedelta(days=7)
    notices.remind(actor=made.system(day), now=at(day))
    (notice,) = Notice.objects.filter(reminder=True)
    assert (notice.person, notice.due_on) == (made.people["sector_director:birkenes:helse"], date(2025, 3, 31))
