"""An invented committee in the walks' database: who meets, and two cases that wait. Run as a program."""

from __future__ import annotations

from datetime import date
from typing import Any

SLUG = "utvalget"
SECRETARY, CHAIR, NORTH, SOUTH = "Utvalgssekretær", "Utvalgsleder", "Medlem fra nord", "Medlem fra sør"
ABSENT, SUBSTITUTE = "Fraværende medlem fra nord", "Vara fra nord"
IN_MEETING, IN_WRITING = "Felles innlogging", "Felles opplæring"
NAMES = {
    "sekretar": SECRETARY,
    "leder": CHAIR,
    "nord1": NORTH,
    "nord2": ABSENT,
    "sor1": SOUTH,
    "vara": SUBSTITUTE,
    "sor2": "Andre medlem fra sør",
}


def rules() -> dict[str, Any]:
    """A committee that votes by simple majority, with the chair's casting vote and substitutes from the north."""
    groups = [
        {"key": "leder", "name": "Lederen", "count": 1},
        {"key": "nord", "name": "Medlemmer fra nord", "count": 2, "organisation": "nord", "proxies": True},
        {"key": "sor", "name": "Medlemmer fra sør", "count": 2, "organisation": "sor"},
    ]
    return {
        "versions": [{"size": 5, "groups": groups}],
        "quorum_percent": 50,
        "meetings": {"decision": "simple_majority", "tie": "chair", "approval": "chair"},
    }


def make() -> None:
    """Make the tenant, its people with logins for one click, and the cases."""
    from samstyr.foundation.tenancy import actions as tenancy
    from samstyr.foundation.tenancy.models import Account, Membership
    from samstyr.foundation.tenancy.scope import tenant_scope
    from samstyr.procedure.meetings.tests.committee import Committee

    tenant = tenancy.create_tenant(slug=SLUG, name="Prøveutvalget", is_demo=True)
    with tenant_scope(tenant.pk):
        made = Committee(tenant, **rules())
        for key, name in NAMES.items():
            person = made.people[key]
            person.account = Account.objects.create_user(f"{key}@{SLUG}.example", None, name=name, is_demo=True)
            Membership.objects.create(account=person.account, tenant=tenant)
            person.name = name
            person.save()
        for title in (IN_MEETING, IN_WRITING):
            made.case(title, date.today())


if __name__ == "__main__":
    import django

    django.setup()
    make()
