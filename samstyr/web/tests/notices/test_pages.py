"""The pages of notices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samstyr.outward.notices.models import Notice
from samstyr.wheel.needs.tests.factories import NOW, World

Browse = Callable[[str], Any]


def at(made: World, name: str, *keys: object) -> str:
    return reverse(name, args=[made.tenant.slug, *keys])


def test_from_the_notice_to_what_it_is_about(made: World, browse: Browse) -> None:
    need, client = made.submitted(), browse("leder")
    page = client.get(at(made, "notice-list")).content.decode()
    assert need.title in page and "Venter på deg: Områdelederen vurderer" in page
    notice = Notice.objects.get()
    answer = client.get(at(made, "notice-detail", notice.pk))
    assert answer.status_code == 302
    assert client.get(answer.headers["Location"]).status_code == 200
    assert Notice.objects.get().seen_at is None


def test_all_are_marked_as_read(made: World, browse: Browse) -> None:
    made.submitted()
    client = browse("leder")
    assert "Merk alle som lest" in client.get(at(made, "notice-list")).content.decode()
    client.post(at(made, "notice-seen"))
    page = client.get(at(made, "notice-list")).content.decode()
    assert "Merk alle som lest" not in page and "merket som lest" in page
    assert "Ingen varsler å vise" in client.get(at(made, "notice-list"), {"vis": "nye"}).content.decode()
    assert client.post(at(made, "notice-seen"), {"notice": "tull"}).status_code == 404


def test_anothers_notice_is_not_found(made: World, browse: Browse) -> None:
    made.submitted()
    assert browse("ansatt").get(at(made, "notice-detail", Notice.objects.get().pk)).status_code == 404
    assert "Ingen varsler å vise" in browse("ansatt").get(at(made, "notice-list")).content.decode()


def test_the_list_asks_the_same_number_of_questions_however_long(made: World, browse: Browse) -> None:
    client = browse("leder")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(made, "notice-list")).status_code == 200
        return len(queries)

    add(made, 30)
    # The model is read once a process.
    count()
    few = count()
    add(made, 600)
    assert count() == few < 30


def add(made: World, number: int) -> None:
    Notice.objects.bulk_create(
        Notice(
            person=made.people["leder"], kind="co_author", object_kind="need", object_id=uuid4(), title="Behov",
            once=str(uuid4()), given_at=NOW,
        )
        for _ in range(number)
    )  # fmt: skip
