"""Bodies, roles and responsibility of the other documents, each under its own shipped model (walks W6, W8 and W10)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.governance import actions as models
from samstyr.foundation.governance import appointing, bundles, staffed
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.models import ModelState, ModelVersion
from samstyr.foundation.governance.rules.paths import Path
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.organisations import actions
from samstyr.foundation.organisations.models import Unit
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.organisations.rules.composition import check
from samstyr.foundation.organisations.rules.terms import chart_is_old
from samstyr.foundation.organisations.tests.factories import make_person, make_seat, make_seat_holding
from samstyr.outward.exports.governing.assembling import content_of
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import CaseStep, StepState
from samstyr.procedure.casework.queries import case_of, step_facts
from samstyr.procedure.meetings.queries.bodies import members_of
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs.rules.values import NeedValues

from .du_world import Du, committee_of_the_regions
from .roles_world import LONG_AGO, TODAY, Ruled, ruled


@pytest.fixture
def programme(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ruled]:
    """The merging municipalities' programme."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(TODAY, time(10), UTC))
    with ruled("aurskog-holand") as made:
        yield made


@pytest.fixture
def host(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ruled]:
    """The host municipality and its four partners."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(TODAY, time(10), UTC))
    with ruled("bronnoy") as made:
        yield made


@pytest.fixture
def committee(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Du]:
    """The national committee while its quotas last."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2022, 1, 10, 10, tzinfo=UTC))
    with committee_of_the_regions() as made:
        yield made


def text_of(response: Any) -> str:
    return str(response.content.decode())


def steps_of(path: Path) -> dict[str, set[str]]:
    """Where each step may lead."""
    found: dict[str, set[str]] = {}
    for step in path.steps:
        for outcome in step.outcomes:
            targets = [route.to for route in outcome.to] if isinstance(outcome.to, tuple) else [outcome.to or ""]
            found.setdefault(step.key, set()).update(target for target in targets if target)
    return found


def test_a_03_the_innovation_manager_sees_and_acts_across_both_municipalities(programme: Ruled) -> None:
    actor = programme.actor("digitaliseringssjef")
    for place in programme.places.values():
        facts = Facts("need", programme.tenant.pk, organisations=frozenset({place.pk}))
        assert all(
            may(actor, act, facts) for act in (Act.NEED_READ, Act.CASE_READ, Act.NEED_CREATE, Act.CASE_ADMINISTER)
        )
    narrow = programme.actor("prosjekteier") if "prosjekteier" in programme.people else programme.actor("metodeeier")
    assert not may(narrow, Act.CASE_READ, Facts("case", programme.tenant.pk))


def test_a_102_a_104_the_units_of_the_document_are_laid_once(programme: Ruled) -> None:
    school = programme.units["SKOLE3"]
    assert (school.name, school.kind, school.parent) == ("Setskog skole", "skole", programme.units["OPPVEKST"])
    assert programme.units["HELSE"].is_area and not school.is_area
    with pytest.raises(Conflict):
        actions.lay_units(**programme.by(), units=appointing.unit_specs(programme.model))
    before = Unit.objects.count()
    with pytest.raises(Refused):
        actions.lay_units(**programme.by("it_leder"), units=appointing.unit_specs(programme.model))
    assert Unit.objects.count() == before


def test_a_103_a_105_missing_unit_roles_are_findings_until_somebody_has_them(programme: Ruled) -> None:
    """W6: the coverage page and its list tell which schools lack an IT-kontakt or a digitalt fyrtårn."""
    programme.give("it_kontakt", unit="SKOLE1")
    client = programme.client()
    page = text_of(client.get(programme.address("dekning/")))
    assert "1 av 17" in page and "Setskog skole" in page
    file = text_of(client.get(programme.address("dekning/eksport/csv/")))
    assert "IT-kontakt;Haneborg skole;1;1;dekket" in file
    assert "IT-kontakt;Setskog skole;0;1;mangler" in file
    for code, unit in programme.units.items():
        if unit.kind in ("skole", "helseenhet") and code != "SKOLE1":
            programme.give("it_kontakt", unit=code)
    assert "17 av 17" in text_of(client.get(programme.address("dekning/")))


@pytest.mark.slow
def test_the_coverage_page_reads_no_more_with_more_units(programme: Ruled) -> None:
    client = programme.client()

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(programme.address("dekning/?vis=alle"))
            client.get(programme.address("roller/"))
            client.get(programme.address("organisasjonskart/"))
        return len(seen)

    first = make_seat("programstyret", "aurskog-holand", 1, organisation=programme.home)
    make_seat_holding(first, programme.people["radmann"], starts_on=LONG_AGO)
    client.get(programme.address("roller/"))
    before = queries()
    for code in list(programme.units):
        programme.give("innmelder", unit=code)
    for number in range(5):
        seat = make_seat("programstyret", "romskog", number + 1, organisation=programme.places["romskog"])
        make_seat_holding(seat, programme.people[f"innmelder:SKOLE{number + 1}"], starts_on=LONG_AGO)
    assert queries() == before


def test_a_110_in_the_interim_both_municipalities_must_sit_on_the_board_and_then_no_longer(programme: Ruled) -> None:
    body = programme.model.body("programstyret")

    def rules(day: date) -> set[str]:
        groups = appointing.groups_of(programme.model, body, day)
        rows = [row for found in lists.seat_rows(["programstyret"], on=day).values() for row in found]
        states = [lists.seat_state(row) for row in rows]
        return {str(one.message) for one in check(groups, states, []).findings if one.rule == "composition.least"}

    assert len(rules(TODAY)) == 2
    for slot in ("aurskog-holand", "romskog"):
        seat = make_seat("programstyret", slot, 1, organisation=programme.places[slot])
        make_seat_holding(seat, make_person(f"Medlem fra {slot}"), starts_on=LONG_AGO)
    assert rules(TODAY) == set()
    assert rules(date(2020, 1, 1)) == set(), "the rule ends at the cut-over"


def test_a_123_the_architect_may_lead_projects_but_does_not_review_an_own_matter(programme: Ruled) -> None:
    """W6: one person has both roles; the engine refuses the review of what the same person has proposed."""
    both = programme.people["digital_arkitekt"]
    programme.give("innmelder", unit="IT", person=both)
    programme.give("prosjektleder", person=both)
    programme.give("sektorleder", unit="IT", name="sektor")
    values = NeedValues(
        title="Ny integrasjon", unit=programme.units["IT"].pk, need="Vi fører alt to ganger.", affected="Alle",
        effect="Mindre dobbeltarbeid.", goals=("dm1-1",), answers={"endring": "Teknologi"},
    )  # fmt: skip
    draft = needs.create_draft(**programme.by("innmelder:IT"), values=values)
    needs.submit(**programme.by("innmelder:IT"), need_id=draft.pk, version=draft.version)
    case = case_of("need", draft.pk)
    assert case is not None
    step = CaseStep.objects.select_related("case__model_version").get(case=case, state=StepState.ACTIVE)
    step.actor_role, step.step = "digital_arkitekt", "arkitektur"
    refused = may(programme.actor("digital_arkitekt"), Act.CASE_TREAT, step_facts(step))
    assert not refused and refused.rule == "access.own_matter"
    other = programme.give("digital_arkitekt", name="en annen arkitekt")
    assert other and may(programme.actor("en annen arkitekt"), Act.CASE_TREAT, step_facts(step))


def test_roles_that_the_model_keeps_apart_are_not_given_to_one_person(db: None) -> None:
    text = bundles.text_of("aurskog-holand").replace(
        "  combinations:\n", "  combinations:\n    - {roles: [kvalitetssikrer, prosjektleder], rule: excluded}\n"
    )
    with ruled("aurskog-holand", text=text) as made:
        person = made.people["kvalitetssikrer"]
        spec = appointing.role_spec(made.model, "prosjektleder")
        assert spec is not None
        with pytest.raises(Invalid, match="lar ingen ha den rollen"):
            actions.give_role(
                **made.by(), person_id=person.pk, role=spec, organisation_id=made.home.pk, starts_on=TODAY
            )
        made.give("prosjektleder", person=person)
        _rows, faults = staffed.coverage_of(made.model, TODAY)
        assert [one.rule for one in faults if one.rule == "combination.excluded"] == ["combination.excluded"]
        assert "Modellen skiller rollene" in text_of(made.client().get(made.address("dekning/")))


def test_a_97_a_106_the_board_has_seats_mandate_and_status_and_it_is_a_party(programme: Ruled) -> None:
    body = programme.model.body("programstyret")
    assert body is not None and body.may_adopt("gate")
    assert {report.key: report.receiver for report in programme.model.reports} == {
        "programstatus": "programstyret", "styringsinformasjon": "ledergruppen", "virksomhetsstyring": "ledergruppen",
    }  # fmt: skip
    composition = body.composition_on(TODAY)
    assert composition is not None
    assert [group.office for group in composition.groups if group.key == "it-avdelingen"] == ["it_leder"]
    assert programme.model.plan is not None
    assert any(source.kind == "programme" for source in programme.model.plan.sources)


def test_a_89_a_100_a_111_the_model_says_what_projects_must_have_and_who_owns_the_method(programme: Ruled) -> None:
    project = programme.model.project_model
    assert project is not None and project.own_steering and project.steering == "programstyret"
    assert project.required_roles == ("prosjekteier", "prosjektleder", "linjemottaker", "endringsansvarlig")
    assert [role.key for role in programme.model.roles if "project_method" in role.owns] == ["metodeeier"]


def test_a_81_what_waits_for_the_leader_group_is_told_with_its_age(programme: Ruled) -> None:
    body = programme.model.body("ledergruppen")
    assert (
        body is not None and body.queue_days == 30 and [str(one) for one in body.standing_items] == ["Digitalisering"]
    )
    page = text_of(programme.client().get(programme.address("roller/")))
    assert "Fast på sakslisten" in page and "Digitalisering" in page


def test_n_056_an_organisation_chart_verified_more_than_a_year_ago_is_warned_of(host: Ruled) -> None:
    assert not chart_is_old(None, TODAY)
    assert not chart_is_old(date(2018, 3, 4), TODAY)
    assert chart_is_old(date(2018, 3, 3), TODAY)
    assert chart_is_old(date(2016, 2, 29), date(2017, 3, 1))
    row = host.home
    given = {"organisation_id": row.pk, "version": row.version, "name": row.name, "kind": row.kind}
    with pytest.raises(Invalid):
        actions.save_organisation(**host.by(), **given, chart_address="javascript:alert(1)")
    with pytest.raises(Invalid):
        actions.save_organisation(**host.by(), **given, chart_verified_on=date(2019, 3, 5))
    actions.save_organisation(
        **host.by(), **given, chart_address="https://example.no/kart.pdf", chart_verified_on=date(2018, 1, 1)
    )
    page = text_of(host.client().get(f"/o/{host.tenant.slug}/organisasjon/{row.pk}/"))
    assert "Organisasjonskartet bør kontrolleres" in page and "https://example.no/kart.pdf" in page


def test_n_092_no_need_reaches_a_decision_without_the_assessment_of_it(host: Ruled) -> None:
    path = host.model.path_for("need")
    assert path is not None and path.start == "forprosjekt"
    first = path.step("analyse")
    assert first is not None and first.actor.role == "it_leder"
    leads_to = steps_of(path)
    assert leads_to["forprosjekt"] == {"analyse"}, (
        "a large one has its pre-project first, and no way past the assessment"
    )
    before = {key for key, targets in leads_to.items() if "styringsgruppen" in targets}
    assert before and all(key in leads_to["analyse"] for key in before)


def test_n_180_others_than_the_chief_executive_cannot_change_the_steering_group(host: Ruled) -> None:
    seat = make_seat("styringsgruppen", "utpekte", 1, organisation=host.home)
    group = appointing.group_of(host.model, "styringsgruppen", "utpekte", TODAY)
    assert group is not None
    person = make_person("Den som utpekes", organisation=host.home)
    given = {"seat_id": seat.pk, "version": seat.version, "group": group, "person_id": person.pk, "starts_on": TODAY}
    for who in ("it_leder", "administrator"):
        with pytest.raises(Refused):
            actions.fill_seat(**host.by(who), **given)
    assert actions.fill_seat(**host.by("radmann"), **given).person == person


def test_n_182_n_188_one_secretary_prepares_for_all_the_bodies(host: Ruled) -> None:
    forums = [host.model.body(key) for key in host.model.structure.forums]
    assert {body.secretary for body in forums if body} == {"it_leder"}
    page = text_of(host.client("it_leder").get(host.address("mitt-ansvar/")))
    assert page.count("er sekretær for") == 7
    assert "Skriftlig månedsrapport" in page


def test_n_188_two_bodies_with_one_secretary_on_one_day_are_told_and_the_day_is_not_proposed(host: Ruled) -> None:
    client, start = host.client("it_leder"), host.address().removesuffix("styringsmodell/")
    year = TODAY.year + 1
    asked = f"{start}moeter/aaret/?body=faggruppe_helse&organisation=&year={year}&count=4"
    days = text_of(client.get(asked)).split("<textarea", 1)[1].split("</textarea>", 1)[0].split(">", 1)[1].split()
    first = datetime.strptime(days[0], "%d.%m.%Y").date()
    casework.plan_meeting(**host.by("it_leder"), body="faggruppe_oppvekst", held_on=first)
    assert "Samme sekretær, samme dag" not in text_of(client.get(f"{start}moeter/?year={year}"))
    assert days[0] not in text_of(client.get(asked))
    casework.plan_meeting(**host.by("it_leder"), body="faggruppe_helse", held_on=first)
    page = text_of(client.get(f"{start}moeter/?year={year}"))
    told = page.split("Samme sekretær, samme dag", 1)[1].split("</section>", 1)[0]
    assert days[0] in told and "IT-leder" in told
    assert all(str(host.model.party_name(key)) in told for key in ("faggruppe_helse", "faggruppe_oppvekst"))


def test_n_190_w10_1_the_chair_moves_when_the_host_does(host: Ruled) -> None:
    """A seat each; the chief executive of the host leads. A new version with another host moves the chair."""
    for slot in host.places:
        if slot != "bronnoy":
            host.give("radmann", place=slot)
        seat = make_seat("samarbeidsradet", slot, 1, organisation=host.places[slot])
        person = host.people["radmann" if slot == "bronnoy" else f"radmann:{slot}"]
        make_seat_holding(seat, person, starts_on=LONG_AGO)

    def leads(day: date) -> list[str]:
        return [one.seat.group for one in members_of("samarbeidsradet", day) if one.leads]

    assert leads(TODAY) == ["bronnoy"]
    told = content_of(host.version, TODAY, arrangement="", names=True)
    assert [str(one) for one in next(b for b in told.bodies if b.key == "samarbeidsradet").chairs] == [
        "Den i rollen radmann (Brønnøy kommune)"
    ]
    assert host.text.count("\n  host: bronnoy\n") == 1
    text = host.text.replace("\n  host: bronnoy\n", "\n  host: somna\n")
    ModelVersion(
        key="bronnoy", number=2, name="Ny vert", text=text, sha256=sha256(text.encode()).hexdigest(),
        state=ModelState.ADOPTED, valid_from=date(2019, 6, 1),
    ).save()  # fmt: skip
    assert leads(TODAY) == ["bronnoy"]
    assert leads(date(2019, 6, 1)) == ["somna"]


def test_n_194_w10_6_the_table_of_forums_beside_the_text(host: Ruled) -> None:
    page = text_of(host.client().get(host.address("forum/")))
    assert page.count('<tr><th scope="row"><a') == 6
    assert "F-N4" in page and "F-N5" in page
    assert "Rådmann i vertskommunen (Brønnøy kommune)" in page


def test_n_206_only_it_may_edit_the_plan(host: Ruled) -> None:
    facts = Facts("plan", host.tenant.pk)
    may_edit = [name for name in host.people if may(host.actor(name), Act.PLAN_EDIT, facts)]
    assert may_edit == ["it_leder"]
    assert [role.key for role in host.model.roles if {"plan", "guide"} <= set(role.owns)] == ["it_leder"]


def test_n_140_n_148_n_162_n_221_the_model_says_who_answers_for_training_rooms_and_method(host: Ruled) -> None:
    owned = {what: role.key for role in host.model.roles for what in role.owns}
    assert owned == {
        "plan": "it_leder", "guide": "it_leder", "project_method": "it_leder", "training": "systemeier",
        "interaction_rooms": "redaktor",
    }  # fmt: skip
    matrix = host.model.responsibility
    assert matrix is not None
    training = next(row for row in matrix.rows if str(row.activity) == "Opplæring")
    assert training.cells["systemeier"] == "A"
    host.give("superbruker", unit="VO1")
    rows = [row for row in staffed.coverage_of(host.model, TODAY)[0] if row.role.key == "superbruker"]
    assert (sum(not row.lacks for row in rows), len(rows)) == (1, 11)


def test_the_matrix_is_changed_as_a_draft_and_faults_are_refused(host: Ruled) -> None:
    present = host.model.responsibility
    assert present is not None
    wrong = present.model_copy(
        update={"rows": (present.rows[0].model_copy(update={"cells": {"systemeier": "A", "it-drift": "A"}}),)}
    )
    with pytest.raises(Invalid) as refused:
        models.change_matrix(**host.by(), version_id=host.version.pk, matrix=wrong)
    assert len(refused.value.errors) == 2
    with pytest.raises(Refused):
        models.change_matrix(**host.by("it_leder"), version_id=host.version.pk, matrix=present)
    fewer = present.model_copy(update={"rows": present.rows[1:]})
    made = models.change_matrix(**host.by(), version_id=host.version.pk, matrix=fewer, reason="Kortere.")
    assert (made.state, made.number) == (ModelState.DRAFT, 2)
    assert governance.typed(made).responsibility == fewer
    assert governance.current_model(TODAY) == host.model


def test_each_sees_what_their_own_role_answers_for_in_the_matrix(host: Ruled) -> None:
    page = text_of(host.client("systemeier").get(host.address("ansvar/")))
    assert page.index("Det du svarer for") < page.index("Ansvarlig: Opplæring")
    assert "Det du svarer for" not in text_of(host.client("it_leder").get(host.address("ansvar/")))


def test_the_matrix_is_brought_in_from_english_and_kept(host: Ruled) -> None:
    client = host.client()
    file = SimpleUploadedFile("raci.csv", b"Task;Systemeier;Help desk\nBackup;A;R\n", "text/csv")
    page = text_of(client.post(host.address("ansvar/hent/"), {"file": file, "alphabet": "english"}))
    assert "R → U" in page and "C → R" in page and 'value="help-desk"' in page
    posted = {
        "party": ["systemeier", "help-desk"], "name-help-desk": "Help desk", "row": ["0"], "activity-0": "Backup",
        "cell-0-systemeier": "A", "cell-0-help-desk": "U", "confirmed-0": "on", "reason": "Fra regneark",
    }  # fmt: skip
    bad = {**posted, "cell-0-help-desk": "A"}
    assert "2 ansvarlige" in text_of(client.post(host.address("ansvar/proev/"), bad))
    assert client.post(host.address("ansvar/rediger/"), bad).status_code == 422
    answer = client.post(host.address("ansvar/rediger/"), posted)
    assert answer.status_code == 303
    made = governance.typed(ModelVersion.objects.get(number=2)).responsibility
    assert (
        made is not None
        and made.parties == ("systemeier", "help-desk")
        and str(made.party_names["help-desk"]) == "Help desk"
    )
    assert made.rows[0].cells == {"systemeier": "A", "help-desk": "U"}


def test_d_01_the_public_list_has_organisation_kind_and_role_but_no_name(committee: Du) -> None:
    file = text_of(committee.client().get(committee.address("styringsmodell/organer/du/medlemmer/csv/")))
    assert "Trøndelag prøvekommune" in file and "Kommune" in file and "Nasjonal virksomhet" in file
    assert not [person.name for person in committee.people.values() if person.name and person.name in file]


def test_d_04_the_strategic_council_is_prepared_for(committee: Du) -> None:
    body = governance.current_model(date(2022, 1, 1))
    council = body.body("kommit-radet") if body else None
    assert (
        council is not None and council.kind == "strategic_council" and council.purpose and council.may_adopt("advice")
    )
    page = text_of(committee.client().get(committee.address("styringsmodell/organisasjonskart/")))
    assert "Digitaliseringsutvalget forbereder saker for KommIT-rådet: Innretter arbeidet etter rådets årsplan" in page
    assert 'class="chart-picture"' in page


@pytest.mark.slow
def test_the_governing_model_as_documents_with_and_without_names(host: Ruled) -> None:
    client = host.client()
    seat = make_seat("styringsgruppen", "radmann", 1, organisation=host.home)
    make_seat_holding(seat, host.people["radmann"], starts_on=LONG_AGO)

    def words(query: str = "", key: Any = host.version.pk) -> str:
        answer = client.get(host.address(f"{key}/dokument/pdf/{query}"))
        assert answer["Content-Type"] == "application/pdf"
        document = PdfReader(io.BytesIO(answer.content))
        assert document.trailer["/Root"]["/MarkInfo"]["/Marked"] and document.trailer["/Root"]["/Lang"] == "nb-NO"
        return " ".join("\n".join(page.extract_text() for page in document.pages).split())

    told = words()
    assert "Den i rollen radmann" in told and "Rådmann i Brønnøy kommune" in told
    public = words("?navn=nei")
    assert "Den i rollen" not in public and "Utgave: Uten navn" in public
    text = host.text.replace("name: IKT-styringsgruppen", "name: Den nye styringsgruppen")
    later = ModelVersion(
        key="bronnoy", number=2, name="Neste", text=text, sha256=sha256(text.encode()).hexdigest(),
        state=ModelState.ADOPTED, valid_from=date(2019, 1, 1),
    )  # fmt: skip
    later.save()
    assert "Den nye styringsgruppen" in words(key=later.pk)
    old = words()
    assert "Den nye styringsgruppen" not in old and "versjonen gjelder ikke" in old and "Den i rollen" not in old
