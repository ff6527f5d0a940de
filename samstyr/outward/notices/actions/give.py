"""Tell people something, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action

from ..models import Kind, MailState, Notice
from ..queries import known_keys
from ..rules import once_key


@dataclass(frozen=True)
class News:
    """What there is to tell: the thing, its title, what is asked and by when.

    `stage` marks a reminder. `about` is what happened, where the same kind of thing may happen again.
    """

    kind: str
    object_kind: str
    object_id: UUID
    title: str
    what: str = ""
    due_on: date | None = None
    stage: str = ""
    about: UUID | None = None

    @property
    def once(self) -> str:
        """What makes it the same news."""
        return once_key(self.kind, self.about or self.object_id, self.due_on, self.stage)


def advice_news(addressee: Any, stage: str = "") -> News:
    """That a body has been given advice it should reply to."""
    said = addressee.counsel
    return News("advice", "addressee", addressee.pk, said.subject, said.party_name, said.reply_by, stage)


@action("notice.give", kind="notice")
def give_notices(ctx: Context, *, news: News, people: Sequence[Any]) -> int:
    """Tell each person, unless told already; those with an e-mail address get it by mail too. The number told.

    Only the system gives notices, in consequence of something else.
    """
    ctx.require(may(ctx.actor, Act.NOTICE_GIVE, Facts("notice", ctx.actor.tenant)))
    known = known_keys([news.once], [person.pk for person in people])
    rows = [
        Notice(
            person_id=person.pk,
            kind=Kind(news.kind),
            object_kind=news.object_kind,
            object_id=news.object_id,
            title=news.title[:300],
            what=news.what[:300],
            due_on=news.due_on,
            reminder=bool(news.stage),
            once=news.once,
            given_at=ctx.now,
            mail_state=MailState.WAITING if person.email else MailState.NONE,
        )
        for person in people
        if (person.pk, news.once) not in known
    ]
    if not rows:
        return 0
    ctx.create_many(Notice, rows)
    ctx.record("notice.given", rows[0], to=[person.name for person in people if (person.pk, news.once) not in known])
    return len(rows)
