"""Cases of the third document: purchases through the programme, quality assurance by somebody else, trends into needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.organisations.tests.factories import make_holding, make_unit
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import Case, Treatment
from samstyr.procedure.casework.rules.standing import check_faults
from samstyr.procedure.sources.models import Citation
from samstyr.procedure.sources.rules import SourceValues, faults
from samstyr.wheel.handovers.trend_to_need import raise_need
from samstyr.wheel.needs.models import Need

from .places import Place, at, place
from .workflow import browser, draft, raised, send, source, treated, waiting

DAY = date(2018, 10, 1)
PROGRAMME, SECTOR, QUALITY = "digitaliseringssjef", "sektorleder", "kvalitetssikrer"
PURCHASE = {"slag": "Programvare", "hva": "Lisenser til skolene", "belop": "40000"}
POINTS = ("prosess", "mal", "gevinst", "finansiering", "ressurser")


def later(days: int) -> date:
    return DAY + timedelta(days=days)


@pytest.fixture
def made(db: None) -> Iterator[Place]:
    """The two municipalities that become one."""
    with place("aurskog-holand") as ready:
        yield ready


class TestPurchase:
    def test_a_56_no_order_before_the_programme_has_approved(self, made: Place) -> None:
        matter = draft(made, "anskaffelse", SECTOR, DAY, answers={"slag": "Programvare", "hva": "Lisenser"})
        with pytest.raises(Invalid) as fault:
            send(made, matter, SECTOR, DAY)
        assert {error.field for error in fault.value.errors} == {"q-belop"}
        case = raised(made, "anskaffelse", SECTOR, DAY, answers=PURCHASE)
        row = waiting(case)
        assert row.actor_role == PROGRAMME
        with pytest.raises(Invalid):  # there is no ordering at the step where it stands
            treated(made, case, "bestilt", PROGRAMME, later(1), reason="Ordre 17.")
        with pytest.raises(Refused):
            treated(made, case, "godkjent", SECTOR, later(1))
        treated(made, case, "deltar", PROGRAMME, later(2), reason="Vi er med i konkurransen.")
        treated(made, case, "bestilt", SECTOR, later(9), reason="Ordre 17.")
        assert (case.state, case.outcome) == ("ended", "bestilt")

    def test_a_56_what_was_bought_without_the_programme_is_a_deviation(self, made: Place) -> None:
        answers = {"hva": "Et kartprogram", "funnet": "Faktura"}
        case = raised(made, "avvik", PROGRAMME, DAY, answers=answers)
        treated(made, case, "avvikles", PROGRAMME, later(1), reason="Finnes fra før.")
        assert case.subject_kind == "deviation" and case.outcome_effect == "reject"


class TestQuality:
    def proposal(self, made: Place) -> Case:
        case = casework.open_case(
            **made.by("innmelder", DAY), subject_kind="rehearsal", subject_id=made.organisations["romskog"].pk,
            path="initiativ", title="Min side", facts={}, organisations=[made.organisations["aurskog-holand"].pk],
        )  # fmt: skip
        treated(made, case, "videre", SECTOR, later(1))
        treated(made, case, "godkjent", "digital_arkitekt", later(2))
        return case

    def test_a_99_returned_with_remarks_against_the_checklist_and_approved_after(self, made: Place) -> None:
        case = self.proposal(made)
        checks = dict.fromkeys(POINTS, True) | {"gevinst": False, "ressurser": False}
        with pytest.raises(Invalid, match="Gevinstene er beskrevet"):
            treated(made, case, "godkjent", QUALITY, later(3), checks=checks)
        with pytest.raises(Invalid, match="Svar på punktet"):
            treated(made, case, "merknader", QUALITY, later(3), text="Mangler to.", checks={})
        treatment = treated(made, case, "merknader", QUALITY, later(3), text="Mangler to.", checks=checks)
        assert [one["met"] for one in treatment.checks] == [True, True, False, True, False]
        treated(made, case, "videre", SECTOR, later(4))
        treated(made, case, "godkjent", "digital_arkitekt", later(5))
        treated(made, case, "godkjent", QUALITY, later(6), checks=dict.fromkeys(POINTS, True))
        assert waiting(case).actor_body == "programstyret"

    def test_a_99_never_by_somebody_who_has_had_a_part_in_it(self, made: Place) -> None:
        case = self.proposal(made)
        mine = made.people[f"{SECTOR}:aurskog-holand"]
        make_holding(mine, QUALITY)
        with pytest.raises(Refused, match="en annen"):
            treated(made, case, "godkjent", SECTOR, later(3), checks=dict.fromkeys(POINTS, True))
        assert Treatment.objects.filter(case=case, case_step__step="kvalitetssikring").count() == 0

    def test_a_99_a_refusal_needs_no_full_list(self, made: Place) -> None:
        step = made.model.path("initiativ").step("kvalitetssikring")
        assert check_faults(step, dict.fromkeys(POINTS, False), "return", "") == []
        assert check_faults(step, dict.fromkeys(POINTS, False), "advance", "Prøves likevel.") == []

    def test_the_checklist_is_answered_in_the_browser(self, made: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(later(3)))
        case = self.proposal(made)
        client, start = browser(made, QUALITY, DAY)
        row = waiting(case)
        address = f"{start}oppgaver/{row.pk}/"
        assert "Linjen har sagt ja til å avgi ressurser" in client.get(address).content.decode()
        form = {"outcome": "merknader", "text": "To mangler.", "_version": row.version}
        assert client.post(address, form).status_code == 422
        given = {f"check-{point}": "nei" for point in POINTS}
        assert client.post(address, {**form, **given}).status_code == 302
        page = client.get(f"{start}saker/{case.pk}/").content.decode()
        assert "Ikke oppfylt" in page and "To mangler." in page


class TestTrends:
    def test_a_32_a_trend_says_when_and_becomes_a_need_that_points_back(self, made: Place) -> None:
        assert {fault.field for fault in faults(SourceValues("trend", "IoT-plattform"), DAY)} == {"availability"}
        row = source(made, SECTOR, DAY, "trend", "IoT-plattform")
        unit = make_unit(made.organisations["aurskog-holand"], "Helse", is_area=True)
        actor = made.actor(SECTOR, DAY)
        person = made.people[f"{SECTOR}:aurskog-holand"]
        person.unit = unit
        person.save()
        need = raise_need(actor=actor, now=at(later(1)), source_id=row.pk)
        assert (need.title, need.state, Need.objects.count()) == ("IoT-plattform", "draft", 1)
        [link] = Citation.objects.all()
        assert (link.owner_kind, link.owner_id, link.source_id) == ("need", need.pk, row.pk)

    def test_a_32_only_a_trend(self, made: Place) -> None:
        row = source(made, SECTOR, DAY, "law", "Arkivlova")
        with pytest.raises(Conflict):
            raise_need(actor=made.actor(SECTOR, DAY), now=at(later(1)), source_id=row.pk)

    def test_a_32_on_the_page(self, made: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(later(1)))
        row = source(made, SECTOR, DAY, "trend", "IoT-plattform")
        client, start = browser(made, SECTOR, DAY)
        assert "Meld som behov" in client.get(f"{start}kilder/{row.pk}/").content.decode()
        assert "tilgjengelig nå" in client.get(f"{start}kilder/?slag=trend").content.decode()
        done = client.post(f"{start}kilder/{row.pk}/behov/")
        assert done.status_code == 303 and client.get(done.headers["Location"]).status_code == 200
        assert Need.objects.get().title in client.get(f"{start}kilder/{row.pk}/").content.decode()
