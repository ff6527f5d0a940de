"""Say something about a case."""

from __future__ import annotations

import re
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Person

from ..events import PersonMentioned
from ..models import Case, Comment
from ..queries import case_facts

LONGEST = 10_000
_MENTION = re.compile(r"@\[([^\]]{1,200})\]")


@action("case.comment", kind="case")
def comment(ctx: Context, *, case_id: UUID, text: str) -> Comment:
    """Add a comment in Markdown. ``@[Name]`` mentions an active person, who is told if they may see the case.

    Raises Invalid when the text is empty, too long, or mentions nobody known.
    """
    case = ctx.load(Case, case_id)
    ctx.require(may(ctx.actor, Act.CASE_COMMENT, case_facts(case)))
    if case.merged_into_id:
        raise Conflict(
            say(gettext_noop("Saken er slått sammen med en annen.")),
            remedy=say(gettext_noop("Skriv kommentaren i saken den ble slått sammen med.")),
        )
    text = text.strip()
    if not text or len(text) > LONGEST or "\0" in text:
        raise Invalid.field("text", say(gettext_noop("Skriv en kommentar på mellom 1 og %(most)s tegn."), most=LONGEST))
    people = mentioned(text)
    row = ctx.create(
        Comment(case=case, author_id=ctx.actor.person, text=text, mentions=[str(person.pk) for person in people])
    )
    ctx.record("case.commented", row, case=str(case.pk))
    for person in people:
        ctx.publish(
            PersonMentioned(case.pk, case.subject_kind, case.subject_id, case.path, person.pk, ctx.actor.name, row.pk)
        )
    return row


def mentioned(text: str) -> list[Person]:
    """The active people named in the text, each once. Raises Invalid for a name that nobody has."""
    names = list(dict.fromkeys(_MENTION.findall(text)))
    if not names:
        return []
    found = {person.name: person for person in Person.objects.filter(name__in=names, is_active=True)}
    missing = [name for name in names if name not in found]
    if missing:
        raise Invalid.field(
            "text",
            say(gettext_noop("Vi finner ingen som heter %(names)s."), names=", ".join(missing)),
            remedy=say(gettext_noop("Velg navnet fra listen som kommer opp når du skriver @.")),
        )
    return [found[name] for name in names]
