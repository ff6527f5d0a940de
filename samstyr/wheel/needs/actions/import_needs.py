"""Bring in a list of needs from a file that has been looked through."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.documents.models import Document
from samstyr.foundation.kernel.errors import FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Organisation, Person, Unit

from .. import queries
from ..models import CoAuthor, Need, NeedOrganisation
from ..rules.importing import Options, Row, Standing
from ._writing import Place, fill, lateness, next_numbers
from .submit import send_in

MOST_SENT = 300
AS_DRAFTS = Options()
MOST_FAULTS_TOLD = 20


@action("needs.import", kind="need")
def import_needs(
    ctx: Context,
    *,
    document_id: UUID,
    options: Options = AS_DRAFTS,
    only_right: bool = False,
    with_alike: bool = False,
) -> Document:
    """Write the file's new rows as drafts, or send them in when the options say so; all or nothing.

    Rows brought in before are passed over, so the same file twice is once. Rows that resemble something are
    passed over too, unless `with_alike`. Raises Invalid when a row is faulty and not `only_right`: then
    nothing is written. The kept file is removed afterwards: its needs are their own record.
    """
    ctx.require(may(ctx.actor, Act.NEED_IMPORT, queries.import_facts(ctx.actor)))
    document = queries.kept_file(ctx.actor, document_id)
    seen = queries.preview_file(ctx.actor, document_id, options, day=ctx.today)
    chosen = _chosen(seen, only_right=only_right, with_alike=with_alike)
    if options.sending and len(chosen) > MOST_SENT:
        raise Invalid.field(
            "file",
            say(gettext_noop("Du kan sende inn høyst %(most)s behov på én gang."), most=MOST_SENT),
            remedy=say(gettext_noop("Les dem inn som utkast, eller del filen.")),
        )
    needs = _write(ctx, chosen)
    if options.sending:
        spec, late = queries.form_spec(ctx.today), lateness(ctx)
        for need, number in zip(needs, next_numbers(ctx, len(needs)), strict=True):
            send_in(ctx, need, spec, number=number, late=late)
    documents.remove(
        actor=ctx.actor,
        now=ctx.now,
        document_id=document.pk,
        version=document.version,
        owner_facts=queries.import_facts(ctx.actor),
        act=Act.NEED_IMPORT,
    )
    return document


def _chosen(seen: queries.Preview, *, only_right: bool, with_alike: bool) -> list[Row]:
    faulty = seen.of(Standing.FAULTY)
    if faulty and not only_right:
        errors = [
            FieldError(
                "file",
                say(
                    gettext_noop("Rad %(row)s, kolonne «%(column)s»: %(message)s"),
                    row=row.number,
                    column=fault.field,
                    message=fault.message,
                ),
                fault.value,
                fault.remedy,
            )
            for row in faulty
            for fault in row.faults
        ]
        raise Invalid(
            *errors[:MOST_FAULTS_TOLD],
            message=say(gettext_noop("%(count)s rader må rettes. Ingenting er lest inn."), count=len(faulty)),
        )
    chosen = seen.of(Standing.NEW) + (seen.of(Standing.ALIKE) if with_alike else [])
    if not chosen:
        raise Invalid.field(
            "file",
            say(gettext_noop("Filen har ingen nye behov å lese inn.")),
            remedy=say(gettext_noop("Se gjennom listen for å finne ut hvorfor.")),
        )
    return sorted(chosen, key=lambda row: row.number)


def _write(ctx: Context, rows: list[Row]) -> list[Need]:
    units = {unit.pk: unit for unit in Unit.objects.select_related("organisation")}
    people = {person.pk: person for person in Person.objects.filter(is_active=True)}
    everyone = tuple(sorted(Organisation.objects.values_list("pk", flat=True)))
    actor = people[ctx.actor.person]
    needs, participants, writers = [], [], []
    for row in rows:
        unit = units[row.values.unit]
        concerned = everyone if row.values.joint else (unit.organisation_id,)
        submitter = people[row.submitter] if row.submitter else actor
        need = Need(submitter=submitter, registered_by=actor, import_key=row.key, version=1)
        fill(need, row.values, Place(unit, unit.organisation, concerned))
        needs.append(need)
        participants += [NeedOrganisation(need=need, organisation_id=key) for key in concerned]
        if submitter.pk != actor.pk:
            writers.append(CoAuthor(need=need, person=actor))
    ctx.create_many(Need, needs)
    ctx.create_many(NeedOrganisation, participants)
    ctx.create_many(CoAuthor, writers)
    for need in needs:
        ctx.record("need.imported", need)
    return needs
