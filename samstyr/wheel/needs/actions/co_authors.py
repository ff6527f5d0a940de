"""Let somebody write along on a need, and end it."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Person

from ..events import CoAuthorAdded
from ..models import CoAuthor, Need
from ._writing import EDITABLE, own_need, require_state

MOST = 20


@action("needs.add_co_author", kind="need")
def add_co_author(ctx: Context, *, need_id: UUID, person_id: UUID) -> Need:
    """Let an active person write along; somebody who already does is left as is.

    Raises Invalid for a person who is not here, or beyond twenty.
    """
    need = own_need(ctx, need_id, None)
    require_state(need, EDITABLE, gettext_noop("Behovet er sendt inn og kan ikke endres nå."))
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        raise Invalid.field("person", say(gettext_noop("Vi finner ikke personen du valgte.")))
    present = {row.person_id for row in need.co_authors.all()}
    if person.pk in present | {need.submitter_id}:
        return need
    if len(present) >= MOST:
        raise Invalid.field("person", say(gettext_noop("Et behov kan ha høyst %(most)s medforfattere."), most=MOST))
    ctx.create(CoAuthor(need=need, person=person))
    ctx.record("need.co_author_added", need, before=need.snapshot(), co_author=person.name)
    ctx.publish(CoAuthorAdded(need.pk, person.pk))
    return need


@action("needs.remove_co_author", kind="need")
def remove_co_author(ctx: Context, *, need_id: UUID, person_id: UUID) -> Need:
    """End somebody's writing along; one may also take oneself off. Raises NotFound when they do not."""
    need = own_need(ctx, need_id, None)
    require_state(need, EDITABLE, gettext_noop("Behovet er sendt inn og kan ikke endres nå."))
    row = CoAuthor.objects.filter(need=need, person_id=person_id).select_related("person").first()
    if row is None:
        raise NotFound
    name = row.person.name
    ctx.delete(row)
    ctx.record("need.co_author_removed", need, before=need.snapshot(), co_author=name)
    return need
