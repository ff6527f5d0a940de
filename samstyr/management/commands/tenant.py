"""`samstyr tenant`: make an arrangement with its first administrator, list them, and let somebody in again."""

from __future__ import annotations

from argparse import ArgumentParser
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email, validate_slug
from django.db import DatabaseError, connection, transaction

from samstyr.foundation.access import Act, Actor
from samstyr.foundation.governance import actions as governance
from samstyr.foundation.governance import queries as models
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Invalid, Problem
from samstyr.foundation.organisations import actions as organisations
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.organisations.rules.appointing import RoleSpec
from samstyr.foundation.tenancy import actions as tenancy
from samstyr.foundation.tenancy import queries as tenants
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.web.organisations import invitations

BUNDLES = files("samstyr.foundation.governance").joinpath("bundles")


class Command(BaseCommand):
    """An operator's work; on PostgreSQL run as the owner of the database."""

    help = "Oppretter en styringsordning med den første administratoren, viser dem som finnes, eller gir en ny innloggingslenke."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Three things to do, each with its arguments."""
        what = parser.add_subparsers(dest="what", required=True)
        create = what.add_parser(
            "create", help="Opprett en styringsordning. Skriver ut lenken der administratoren velger passord."
        )
        create.add_argument("slug", help="adressenavnet, for eksempel vestvik: små bokstaver, tall og bindestrek")
        create.add_argument("--name", required=True, help="navnet som vises")
        create.add_argument("--admin-name", default="Administrator", help="navnet på den første administratoren")
        create.add_argument("--admin-email", required=True, help="e-postadressen, som også blir brukernavnet")
        create.add_argument(
            "--model",
            required=True,
            help=f"en fil, eller en av modellene som følger med: {', '.join(_bundled())}",
        )
        create.add_argument("--adopted-by", default="Oppretting", help="hvem som har vedtatt styringsmodellen")
        create.add_argument(
            "--accept-findings", metavar="GRUNN", help="godta modellens feilfunn med denne begrunnelsen"
        )
        what.add_parser("list", help="Vis styringsordningene.")
        link = what.add_parser("link", help="Avslutt en persons passord, og skriv ut en lenke for å velge et nytt.")
        link.add_argument("slug")
        link.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked, whole or not at all; CommandError gives exit status 1."""
        what = {"create": self._create, "list": self._list, "link": self._link}[options["what"]]
        try:
            with transaction.atomic():
                what(options)
        except Problem as problem:
            faults = [str(error) for error in problem.errors] if isinstance(problem, Invalid) else [str(problem)]
            raise CommandError("\n".join([*faults, str(problem.remedy)] if problem.remedy else faults)) from problem
        except DatabaseError as fault:
            if "permission denied" not in str(fault):
                raise
            raise CommandError(
                "Databaserollen kan ikke opprette styringsordninger. Kjør kommandoen som eier: sett SAMSTYR_OWNER_DATABASE_URL."
            ) from fault

    def _create(self, options: dict[str, Any]) -> None:
        slug, email = _checked(options["slug"], options["admin_email"])
        if connection.vendor == "sqlite" and tenants.all_tenants().exists():
            raise CommandError(
                "SQLite-databasen har alt en styringsordning, og kan ikke selv holde flere fra hverandre. "
                "Bruk PostgreSQL for flere (docs/operations.md)."
            )
        text = _model_text(options["model"])
        model = load_text(text).require()
        tenant = tenancy.create_tenant(slug=slug, name=options["name"].strip())
        with tenant_scope(tenant.pk):
            person = _furnish(_operator(tenant), model, options["admin_name"].strip(), email)
            # Rows that say who made them are made in the first administrator's name.
            _adopt(
                Actor(person.pk, tenant.pk, person.name, automatic="operator"),
                text,
                options["adopted_by"],
                options["accept_findings"],
            )
            self.stdout.write(f"{tenant.name} er opprettet med styringsmodellen «{model.name}».")
            self.stdout.write(f"Administratoren velger passord her (virker i tre dager, én gang): {_address(person)}")

    def _list(self, options: dict[str, Any]) -> None:
        rows = list(tenants.all_tenants())
        for tenant in rows:
            with tenant_scope(tenant.pk, writing=False):
                version = models.version_in_force(clock.oslo_date(clock.now()))
                people = lists.people_to_choose().count()
            self.stdout.write(
                f"{tenant.slug:30} {tenant.name} · {version or 'ingen styringsmodell'} · {people} personer"
            )
        if not rows:
            self.stdout.write("Ingen styringsordninger.")

    def _link(self, options: dict[str, Any]) -> None:
        tenant = tenants.tenant_by_slug(options["slug"])
        if tenant is None:
            raise CommandError(f"Det finnes ingen styringsordning med adressenavnet «{options['slug']}».")
        with tenant_scope(tenant.pk):
            person = lists.person_by_email(options["email"])
            if person is None or person.account is None:
                raise CommandError(f"Ingen med innlogging har e-postadressen «{options['email']}».")
            person = organisations.renew_login(
                actor=_operator(tenant), now=clock.now(), person_id=person.pk, version=person.version
            )
            self.stdout.write(f"{person.name} velger passord her (virker i tre dager, én gang): {_address(person)}")


def _bundled() -> list[str]:
    return sorted(entry.name.removesuffix(".yaml") for entry in BUNDLES.iterdir() if entry.name.endswith(".yaml"))


def _operator(tenant: Tenant) -> Actor:
    return Actor(UUID(int=0), tenant.pk, "Drift", automatic="operator")


def _address(person: Any) -> str:
    return settings.SAMSTYR_ADDRESS.rstrip("/") + invitations.address_for(person.account)


def _checked(slug: str, email: str) -> tuple[str, str]:
    try:
        validate_slug(slug)
    except ValidationError:
        raise CommandError(f"«{slug}» kan ikke stå i en adresse. Bruk små bokstaver a–z, tall og bindestrek.") from None
    if slug != slug.lower() or len(slug) > 60:
        raise CommandError(f"«{slug}» kan ikke stå i en adresse. Bruk høyst 60 små bokstaver, tall og bindestreker.")
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"«{email}» er ikke en e-postadresse.") from None
    return slug, email.lower()


def _model_text(name: str) -> str:
    if name in _bundled():
        return BUNDLES.joinpath(f"{name}.yaml").read_text("utf-8")
    path = Path(name)
    if not path.is_file():
        raise CommandError(f"Det finnes ingen fil «{name}», og ingen modell med det navnet: {', '.join(_bundled())}.")
    return path.read_text("utf-8")


def _furnish(actor: Actor, model: GovernanceModel, name: str, email: str) -> Any:
    """The model's organisations, and a person with the roles that may change the model."""
    now = clock.now()
    for place in model.organisations:
        organisations.save_organisation(actor=actor, now=now, slot=place.key, name=str(place.name), kind=place.kind)
    person = organisations.save_person(actor=actor, now=now, name=name, email=email)
    person = organisations.invite(actor=actor, now=now, person_id=person.pk, version=person.version)
    given = 0
    for role in model.roles:
        rights = {right.act for right in role.rights}
        if role.scope == "tenant" and Act.MODEL_MANAGE in rights:
            spec = RoleSpec(role.key, str(role.name), role.scope, role.appointed_by or "")
            organisations.give_role(
                actor=actor,
                now=now,
                person_id=person.pk,
                role=spec,
                starts_on=clock.oslo_date(now),
                reason="Første administrator",
            )
            given += 1
    if not given:
        raise CommandError(f"Styringsmodellen «{model.name}» har ingen rolle som kan endre den (retten model.manage).")
    return person


def _adopt(actor: Actor, text: str, adopted_by: str, accept: str | None) -> None:
    now = clock.now()
    row = governance.draft_version(actor=actor, now=now, text=text, reason="Opprettet av drift.")
    for finding in models.findings_of(row) if accept else ():
        if str(finding.severity) == "error":
            row = governance.accept_finding(
                actor=actor,
                now=now,
                version_id=row.pk,
                version=row.version,
                finding=finding.identity,
                reason=accept or "",
            )
    governance.adopt(
        actor=actor,
        now=now,
        version_id=row.pk,
        version=row.version,
        adopted_by=adopted_by,
        valid_from=clock.oslo_date(now),
    )
