"""Every form with text in it, filled in rightly, so that one field at a time can be filled in wrongly."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samstyr.foundation.organisations.models import RoleHolding, Seat
from samstyr.foundation.organisations.tests.factories import make_person, make_seat, make_seat_holding
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.portfolio import actions as planning
from samstyr.wheel.portfolio import queries as plans
from samstyr.wheel.portfolio.tests.factories import ADOPTION, FORUM, at
from tests.pages.filled_portfolio import portfolio_forms
from tests.pages.filled_year import year_forms
from tests.requirements.joint import INTAKE, Joint

LATER = "2025-06-16"
NO_DAY = "31.02.2025"


@dataclass(frozen=True)
class Filled:
    """A form that would be accepted: whose, where, with what, and which fields are free text, days and amounts.

    `labels` are the fields' names in words where the page that tells what is wrong no longer shows the form.
    """

    who: str
    address: str
    data: dict[str, Any]
    texts: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    file: bool = False
    labels: dict[str, str] = field(default_factory=dict)

    def send(self, client: Client, **changes: Any) -> Any:
        """The answer when these fields are filled in otherwise."""
        data = {**self.data, **changes}
        if self.file:
            data["file"] = SimpleUploadedFile("notat.txt", b"Et notat.", "text/plain")
        return client.post(self.address, data)


@dataclass
class Set:
    """A stage with something at every point where a form is offered."""

    made: Joint
    forms: dict[str, Filled]

    def add(self, name: str, who: str, where: str, keys: Any, data: dict[str, Any], **kinds: Any) -> None:
        """One form more."""
        address = reverse(where, args=[self.made.tenant.slug, *keys])
        self.forms[name] = Filled(who, address, {"_key": "", **data}, **kinds)


def stage(made: Joint) -> Set:
    """The world with everything in it that the forms are about, on the day of the plan's adoption."""
    ready = Set(made, {})
    for add in (_needs, _cases, _hearings, _plan, _organisations, portfolio_forms, year_forms):
        add(ready)
    return ready


def need_typed(made: Joint, **changes: str) -> dict[str, str]:
    """A need as it is typed."""
    return {
        "title": "Varsling ved fall", "unit": str(made.units["birkenes:hjemme"].pk), "need": "Vi ringer rundt.",
        "affected": "40 ansatte", "effect": "Raskere hjelp", "compels": "Helseloven", "product": "Et armbånd",
        "investment_cost": "1000", "operating_cost": "200", "price_year": "2025", "wanted_year": "2026", **changes,
    }  # fmt: skip


NEED_TEXTS = ("title", "need", "affected", "effect", "compels", "product")


def _needs(ready: Set) -> None:
    made, by = ready.made, {"actor": ready.made.actor("service:birkenes", INTAKE), "now": at(INTAKE)}
    kinds = {
        "texts": NEED_TEXTS,
        "days": ("wanted_year", "price_year"),
        "amounts": ("investment_cost", "operating_cost"),
    }
    ready.add("need", "service:birkenes", "need-create", [], {**need_typed(made), "_next": "save"}, **kinds)
    draft = needs.create_draft(**by, values=made.values(title="Utkast"))
    ready.add(
        "need changed", "service:birkenes", "need-edit", [draft.pk],
        {**need_typed(made), "_version": draft.version, "_next": "save"}, **kinds,
    )  # fmt: skip
    file = needs.create_draft(**by, values=made.values(title="Med vedlegg"))
    ready.add(
        "attachment", "service:birkenes", "need-attachment-add", [file.pk], {"title": "Et notat"},
        texts=("title",), file=True, labels={"title": "Hva er det?"},
    )  # fmt: skip
    taken_back = made.need(title="Trekkes")
    ready.add(
        "need withdrawn", "service:birkenes", "need-withdraw", [taken_back.pk],
        {"_version": taken_back.version, "reason": "Løst på annet vis."}, texts=("reason",),
    )  # fmt: skip
    divided = made.need(title="Deles")
    ready.add(
        "need divided", "it_lead", "need-split", [divided.pk],
        {"_version": divided.version, "title_1": "Første", "need_1": "En", "title_2": "Andre", "need_2": "To",
         "title_3": "Tredje", "need_3": "Tre", "reason": "To ting."},
        texts=("title_1", "need_1", "title_2", "need_2", "title_3", "need_3", "reason"),
    )  # fmt: skip
    ready.add(
        "intake", "representative:birkenes:helse", "need-intake", [],
        {"units": [str(made.units["birkenes:hjemme"].pk)], "due_on": LATER, "message": "Hva mangler dere?"},
        texts=("message",), days=("due_on",),
    )  # fmt: skip


def _cases(ready: Set) -> None:
    made = ready.made
    talked, rested = made.need(title="Snakkes om"), made.need(title="Hviler")
    one, other = made.need(title="Det ene"), made.need(title="Det andre")
    ready.add("comment", "it_lead", "case-comment", [made.case(talked).pk], {"text": "Husk arkivet."}, texts=("text",))
    step = made.step(made.need(title="Vurderes"))
    ready.add(
        "assessment", "sector_director:birkenes:helse", "step-treat", [step.pk],
        {"_version": step.version, "outcome": "send", "reason": "Viktig."}, texts=("reason",),
    )  # fmt: skip
    resting = made.step(made.need(title="Neste år"))
    ready.add(
        "assessment that rests", "sector_director:birkenes:helse", "step-treat", [resting.pk],
        {"_version": resting.version, "outcome": "parker", "reason": "Neste år.", "until": "2026-02-01"},
        texts=("reason",), days=("until",),
    )  # fmt: skip
    table = made.step(made.at_forum(title="Til forumet"))
    ready.add(
        "forum", "it_lead", "step-treat", [table.pk],
        {"_version": table.version, "outcome": "inn", "text": "Med.", "reason": "Samlet.", "decided_on": "2025-05-19"},
        texts=("text", "reason"), days=("decided_on",),
    )  # fmt: skip
    case = made.case(rested)
    ready.add(
        "rest", "it_lead", "case-park", [case.pk],
        {"_version": case.version, "until": "2026-02-01", "reason": "Venter."}, texts=("reason",), days=("until",),
    )  # fmt: skip
    case = made.case(one)
    ready.add(
        "merge", "it_lead", "case-merge", [case.pk],
        {"_version": case.version, "into": str(made.case(other).pk), "reason": "Samme sak."}, texts=("reason",),
    )  # fmt: skip
    put_off = made.at_forum(title="Utsatt")
    made.move(put_off, "it_lead", "utsatt", FORUM, reason="Vent.")
    case = made.case(put_off)
    ready.add(
        "reopening", "it_lead", "case-reopen", [case.pk],
        {"_version": case.version, "reason": "Nå er det råd."}, texts=("reason",),
    )  # fmt: skip
    ready.add(
        "meeting", "it_lead", "meeting-list", [],
        {"body": "digitaliseringsforum", "organisation": "", "held_on": "2025-09-18", "title": "Høstmøte"},
        texts=("title",), days=("held_on",),
    )  # fmt: skip


def _hearings(ready: Set) -> None:
    made = ready.made
    waiting = made.step(made.on_hearing_step(title="Sendes ut"))
    identity = f"servicetorg:{made.organisations['birkenes'].pk}"
    ready.add(
        "hearing", "it_lead", "hearing-open", [waiting.pk],
        {"question": "Hva mener dere?", "deadline": LATER, "consultees": [identity]},
        texts=("question",), days=("deadline",),
    )  # fmt: skip
    asked = made.ask(made.on_hearing_step(title="Er ute"), ("servicetorg", "birkenes"), deadline=date(2025, 6, 1))
    ready.add(
        "more time", "it_lead", "hearing-manage", [asked.pk],
        {"_version": asked.version, "verb": "extend", "deadline": LATER},
        days=("deadline",), labels={"deadline": "Ny svarfrist"},
    )  # fmt: skip
    ready.add(
        "statement", "service_centre_manager:birkenes", "statement-give", [asked.consultees.get().pk],
        {"position": "conditions", "text": "Husk skranken.", "conditions": "Opplæring", "exempt": "on",
         "legal_basis": "offl. § 14"},
        texts=("text", "conditions", "legal_basis"),
    )  # fmt: skip
    ready.add(
        "own body", "administrator", "hearing-choices", [],
        {"organisation": str(made.organisations["birkenes"].pk), "name": "Eldrerådet", "role": "archive_manager"},
        texts=("name",),
    )  # fmt: skip
    ready.add(
        "list changed", "administrator", "hearing-choice-set", [],
        {"organisation": str(made.organisations["birkenes"].pk), "body": "ungdomsraadet", "included": "1",
         "name": "Ungdomsrådet", "role": "archive_manager"},
        texts=("name",), labels={"name": "et navn"},
    )  # fmt: skip


def _plan(ready: Set) -> None:
    made = ready.made
    version = made.adopted(made.line())
    (row,) = plans.lines_of(version)
    ready.add(
        "budget", "budget_officer:birkenes", "plan-measure", [version.pk, row.pk],
        {"verb": "budget", "year": "2026", "organisation": str(made.organisations["birkenes"].pk), "state": "partly",
         "amount": "1000", "note": "Halvparten"},
        texts=("note",), amounts=("amount",),
    )  # fmt: skip
    ready.add(
        "progress", "it_lead", "plan-measure", [version.pk, row.pk],
        {"verb": "progress", "state": "not_started", "happened_on": "2025-05-20", "note": "Venter på midler"},
        texts=("note",), days=("happened_on",),
    )  # fmt: skip
    ready.add(
        "draft", "it_lead", "plan-list", [], {"first_year": "2028", "reason": "Ny lov"},
        texts=("reason",), days=("first_year",),
    )  # fmt: skip
    draft = planning.open_draft(actor=made.actor("it_lead", ADOPTION), now=at(ADOPTION), first_year=2027)
    ready.add(
        "measure", "it_lead", "plan-line-add", [draft.pk],
        {"title": "Nytt tiltak", "owner": "IT-leder", "argument": "Trengs.", "cost_key": "equal",
         "organisations": [str(made.organisations["birkenes"].pk)], "starts_on": "2027-02-01",
         "ends_on": "2027-03-01", "cost-2027-operating-operating_budget": "1000"},
        texts=("title", "owner", "argument"), days=("starts_on", "ends_on"),
        amounts=("cost-2027-operating-operating_budget",),
    )  # fmt: skip


def _organisations(ready: Set) -> None:
    made = ready.made
    place, unit = made.organisations["birkenes"], made.units["birkenes:helse"]
    ready.add(
        "organisation", "administrator", "organisation-edit", [place.pk],
        {"_version": place.version, "name": "Birkenes", "short_name": "Birkenes", "kind": "municipality",
         "organisation_number": "964964610", "municipality_number": "4216", "population": "5300",
         "population_year": "2025"},
        texts=("name", "short_name", "organisation_number", "municipality_number"), amounts=("population",),
        days=("population_year",),
    )  # fmt: skip
    ready.add(
        "unit", "administrator", "unit-create", [made.organisations["lillesand"].pk],
        {"name": "Biblioteket", "code": "370"}, texts=("name", "code"),
    )  # fmt: skip
    ready.add(
        "person", "administrator", "person-create", [],
        {"name": "Ny rådgiver", "title": "Rådgiver", "email": "ny@prove.example"}, texts=("name", "title", "email"),
    )  # fmt: skip
    newcomer = make_person("Nyansatt", organisation=place, unit=unit)
    ready.add(
        "role", "administrator", "role-give", [newcomer.pk],
        {"role": "archive_manager", "organisation": str(place.pk), "unit": "", "starts_on": "2025-05-20",
         "ends_on": "2026-05-20", "reason": "Ny i rollen"},
        texts=("reason",), days=("starts_on", "ends_on"),
    )  # fmt: skip
    holding = RoleHolding.objects.get(person=made.who("archive_manager:lillesand"))
    ready.add(
        "role ended", "administrator", "role-end", [holding.pk],
        {"_version": holding.version, "ends_on": LATER, "reason": "Slutter"}, texts=("reason",), days=("ends_on",),
    )  # fmt: skip
    ready.add(
        "substitute", "administrator", "substitute-set", [made.who("it_lead").pk],
        {"substitute": str(newcomer.pk), "starts_on": LATER, "ends_on": "2025-07-01", "note": "Ferie"},
        texts=("note",), days=("starts_on", "ends_on"),
    )  # fmt: skip
    empty = seat(made, 1)
    ready.add(
        "seat", "sector_director:birkenes:helse", "seat-fill", [empty.pk],
        {"_version": empty.version, "person": str(made.who("hr_manager:lillesand").pk), "starts_on": "2025-05-20",
         "ends_on": "", "exception_reason": "Kan fagfeltet"},
        texts=("exception_reason",), days=("starts_on", "ends_on"),
    )  # fmt: skip
    held = make_seat_holding(seat(made, 2), made.who("representative:birkenes:helse"))
    ready.add(
        "seat ended", "sector_director:birkenes:helse", "seat-end", [held.pk],
        {"_version": held.version, "ends_on": LATER, "reason": "Bytter"}, texts=("reason",), days=("ends_on",),
    )  # fmt: skip


def seat(made: Joint, number: int) -> Seat:
    """A seat of the forum for the area Helse in Birkenes."""
    return make_seat(
        "digitaliseringsforum", "birkenes", number,
        organisation=made.organisations["birkenes"], unit=made.units["birkenes:helse"],
    )  # fmt: skip
