"""The trail's page: who reads it, what it tells, and that the chain can be checked there."""

from __future__ import annotations

import re
from typing import Any

import pytest

from samstyr.foundation.audit.models import AuditDetail, AuditEvent
from tests.requirements.joint import INTAKE, Joint
from tests.support import as_owner


@pytest.fixture
def auditor(made: Joint) -> Joint:
    """The world with somebody to verify it."""
    made.person("auditor", organisation=made.organisations["birkenes"])
    return made


def get(made: Joint, query: str = "", who: str = "auditor") -> Any:
    return made.client(who).get(f"/o/{made.tenant.slug}/revisjon/{query}")


def numbers(answer: Any) -> list[int]:
    """The events shown, by number."""
    return [entry.sequence for entry in answer.context["entries"]]


def test_it_is_read_by_those_with_the_right_alone(auditor: Joint) -> None:
    assert get(auditor).status_code == 200
    for who in ("it_lead", "administrator", "service:birkenes"):
        assert get(auditor, who=who).status_code == 403


def test_the_newest_stands_first_with_who_did_what_by_which_rule(auditor: Joint) -> None:
    auditor.move(auditor.need(), "sector_director:birkenes:helse", "send", INTAKE, reason="Viktig.")
    answer = get(auditor)
    shown = answer.content.decode()
    assert numbers(answer) == sorted(numbers(answer), reverse=True)
    assert "case.treated" in shown and "innspill/vurdering/send" in shown and "sector_director:birkenes:helse" in shown


def test_one_goes_back_page_by_page_without_missing_or_repeating_any(auditor: Joint) -> None:
    for number in range(20):
        auditor.need(title=f"Behov {number}")
    seen: list[int] = []
    query = ""
    while True:
        answer = get(auditor, query)
        assert numbers(answer), "no older page is empty"
        seen += numbers(answer)
        further = re.search(r'href="(\?fra=\d+)"', answer.content.decode())
        if further is None:
            break
        query = further[1]
    assert len(seen) >= 100
    assert seen == sorted(AuditEvent.objects.values_list("sequence", flat=True), reverse=True)


def test_one_kind_alone_stays_chosen_on_older_pages(auditor: Joint) -> None:
    for number in range(55):
        auditor.need(title=f"Behov {number}")
    answer = get(auditor, "?type=need")
    assert {entry.kind for entry in answer.context["entries"]} == {"need"}
    assert re.search(r'href="\?fra=\d+&amp;type=need"', answer.content.decode())


def test_a_whole_chain_is_called_whole(auditor: Joint) -> None:
    auditor.need()
    answer = get(auditor, "?kontroller=1")
    assert "Kjeden er hel" in answer.content.decode()
    assert answer.context["verified"] == AuditEvent.objects.count()
    assert "Kjeden er hel" not in get(auditor).content.decode()


@pytest.mark.parametrize("query", ["?fra=abc", "?fra=-1", "?fra=0", "?fra=%C2%B2", "?type=%00", "?type=tull", "?fra="])
def test_an_address_typed_by_hand_is_answered(auditor: Joint, query: str) -> None:
    auditor.need()
    assert get(auditor, query).status_code == 200


def test_an_erased_detail_leaves_its_event_in_the_list(auditor: Joint) -> None:
    auditor.need()
    last = AuditEvent.objects.order_by("-sequence").first()
    assert last is not None
    with as_owner():
        AuditDetail.objects.filter(sequence=last.sequence).delete()
    answer = get(auditor, "?kontroller=1")
    assert numbers(answer)[0] == last.sequence
    assert "Kjeden er hel" in answer.content.decode()
