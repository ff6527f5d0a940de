"""The front door: who gets in, who is told what, and whether the house is up."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings

from samstyr.foundation.tenancy import actions as tenancy
from samstyr.foundation.tenancy.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "tolv-lange-ord-7"


@pytest.fixture
def account() -> Account:
    return tenancy.create_account(username="leder@prove.example", name="Leder", password=PASSWORD)


def test_the_health_address_tells_whether_the_database_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/helse/").status_code == 200

    def broken(*_: Any) -> Any:
        raise OperationalError("borte")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", broken)
        answer = Client().get("/helse/")
    assert (answer.status_code, "borte" in answer.content.decode()) == (503, False)


def test_a_password_lets_in_and_a_wrong_one_tells_nothing(account: Account) -> None:
    client = Client()
    wrong = client.post("/logg-inn/", {"username": account.username, "password": "feil"})
    unknown = client.post("/logg-inn/", {"username": "finnes@ikke.example", "password": "feil"})
    assert wrong.status_code == unknown.status_code == 200
    for answer in (wrong, unknown):
        assert "Brukernavn og passord" in answer.content.decode() or "passord" in answer.content.decode().lower()
    right = client.post("/logg-inn/", {"username": account.username.upper(), "password": PASSWORD})
    assert right.status_code == 302


@override_settings(AXES_ENABLED=True)
def test_after_ten_wrong_passwords_also_the_right_one_is_refused(account: Account) -> None:
    client = Client()
    for _ in range(10):
        client.post("/logg-inn/", {"username": account.username, "password": "feil"})
    answer = client.post("/logg-inn/", {"username": account.username, "password": PASSWORD})
    assert answer.status_code == 429
    assert "15 minutter" in answer.content.decode()


def test_one_click_exists_in_the_demonstration_alone(account: Account) -> None:
    tenancy.open_to_demo(account=account, password=None)
    given = {"account": str(account.pk)}
    with override_settings(SAMSTYR_DEMO=False):
        assert Client().post("/logg-inn/demo/", given).status_code == 404
        assert account.name not in Client().get("/logg-inn/").content.decode()
    with override_settings(SAMSTYR_DEMO=True):
        assert Client().post("/logg-inn/demo/", given).status_code == 302
        assert Client().post("/logg-inn/demo/", {"account": "tull"}).status_code == 404


def test_the_way_on_after_login_never_leaves_the_house(account: Account) -> None:
    given = {"username": account.username, "password": PASSWORD, "next": "https://ond.example/"}
    answer = Client().post("/logg-inn/", given)
    assert answer.headers["Location"].startswith("/")


def test_the_language_is_chosen_before_one_is_in() -> None:
    client = Client()
    assert "Logg inn" in client.get("/logg-inn/").content.decode()
    client.post("/sprak/", {"language": "en"}, headers={"referer": "http://testserver/logg-inn/"})
    page = client.get("/logg-inn/").content.decode()
    assert "Log in" in page and 'lang="nn"' in page
