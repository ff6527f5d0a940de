"""Minutes as documents: what each reader may have of them, as tagged PDF (PDF/UA-1).

The sealed content is the only source. What is closed is left out of the public edition, and for those who may not
read it: its number and the legal basis stand in its place (offentleglova, kommuneloven § 11-4).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.clock import OSLO, oslo_date
from samstyr.foundation.ui.formats import day
from samstyr.procedure.meetings.queries import minutes as reading

from .markup import blocks, plain
from .typesetting import typeset

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Norwegian numbers: eight digits in pairs, as 3-2-3, or together, with or without the country's own before them.
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:(?:\+|00)47[ ]?)?(?:\d{8}|\d{2}(?:[ ]\d{2}){3}|\d{3}[ ]\d{2}[ ]\d{3})(?![\w/-]|[.,]\d)"
)


@dataclass(frozen=True)
class Section:
    """One part. A hidden one has no texts and no title of its own."""

    heading: str
    drafted: str = ""
    written: str = ""
    hidden: bool = False
    legal_basis: str = ""


@dataclass(frozen=True)
class Correction:
    """What stands beside the approved minutes."""

    on: date
    name: str
    text: str
    reason: str


@dataclass(frozen=True)
class Edition:
    """Minutes as one reader, or everybody, may have them."""

    title: str
    arrangement: str
    language: str
    held_on: date
    state: str
    digest: str
    public: bool
    sections: tuple[Section, ...]
    approvals: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    file_name: str = "moetebok"


def edition_of(
    minutes: Any, meeting: Any, *, hidden: Collection[str] = (), public: bool = False, arrangement: str = ""
) -> Edition:
    """The minutes without the sections whose keys are `hidden`; the public edition without everything closed."""
    content = minutes.content or reading.content_of(minutes, meeting)
    language = reading.language_of(meeting)
    with translation.override(language):
        found = Edition(
            title=_("Møtebok %(body)s %(number)s") % {"body": content["body"], "number": content["number"]},
            arrangement=arrangement or meeting.tenant.name,
            language=language,
            held_on=meeting.held_on,
            state=_state(minutes),
            digest=minutes.digest,
            public=public,
            sections=tuple(_section(one, public=public, hidden=hidden) for one in content["sections"]),
            approvals=tuple(_approvals(minutes)),
            corrections=tuple(
                Correction(oslo_date(row.recorded_at), row.name, row.text, row.reason) for row in minutes.addenda.all()
            ),
            file_name=f"moetebok-{reading.file_number(meeting)}{'-offentlig' if public else ''}",
        )
        return without_contacts(found) if public else found


def without_contacts(edition: Edition) -> Edition:
    """The edition with e-mail addresses and telephone numbers taken out of every text."""

    clean = contacts_out
    return replace(
        edition,
        sections=tuple(
            replace(one, heading=clean(one.heading), drafted=clean(one.drafted), written=clean(one.written))
            for one in edition.sections
        ),
        approvals=tuple(clean(one) for one in edition.approvals),
        corrections=tuple(replace(one, text=clean(one.text), reason=clean(one.reason)) for one in edition.corrections),
    )


def contacts_out(text: str) -> str:
    """The text with e-mail addresses and telephone numbers taken out."""
    return _PHONE.sub(_("[kontaktopplysning utelatt]"), _MAIL.sub(_("[kontaktopplysning utelatt]"), text))


def pdf(edition: Edition) -> bytes:
    """The document; the same edition gives the same bytes."""
    made = datetime.combine(edition.held_on, time(12), OSLO)
    with translation.override(edition.language):
        data = _document(edition)
    ((file,),) = typeset("minutes.typ", [data], format="pdf", pdf_standards=["ua-1"], timestamp=int(made.timestamp()))
    return file


def facts_of(edition: Edition) -> list[tuple[str, str]]:
    """What stands at the top of the document."""
    rows = [
        (_("Styringsordning"), edition.arrangement),
        (_("Møtedato"), day(edition.held_on)),
        (_("Tilstand"), edition.state),
        (_("Utgave"), _("Offentlig utgave") if edition.public else ""),
    ]
    return [(name, value) for name, value in rows if value]


def hidden_words(section: Section) -> str:
    """What stands instead of what is closed."""
    basis = section.legal_basis or _("hjemmel er ikke oppgitt")
    return _("Unntatt offentlighet (%(basis)s).") % {"basis": basis}


def seal_words(edition: Edition) -> str:
    """What the seal is of."""
    if not edition.digest:
        return _("Møteboken er ikke forseglet ennå.")
    if edition.public:
        return _("Segl for den fullstendige møteboken (SHA-256): %(digest)s") % {"digest": edition.digest}
    return _("Segl (SHA-256): %(digest)s") % {"digest": edition.digest}


def _state(minutes: Any) -> str:
    if minutes.approved_at:
        return _("godkjent %(date)s") % {"date": day(oslo_date(minutes.approved_at))}
    return str(minutes.get_state_display())


def _section(one: Mapping[str, Any], *, public: bool, hidden: Collection[str]) -> Section:
    if one["closed"] and (public or one["key"] in hidden):
        heading = " ".join(part for part in (one["number"], _("Unntatt offentlighet")) if part)
        return Section(heading, hidden=True, legal_basis=one["legal_basis"])
    names = {reading.OPENING: _("Møtet"), reading.CLOSING: _("Avslutning")}
    heading = names.get(one["kind"]) or " ".join(part for part in (one["number"], one["title"]) if part)
    return Section(heading, one["drafted"], one["written"], legal_basis=one["legal_basis"] if one["closed"] else "")


def _approvals(minutes: Any) -> Sequence[str]:
    words = _("%(date)s: %(name)s godkjente. %(remark)s")
    return [
        (words % {"date": day(oslo_date(row.recorded_at)), "name": row.name, "remark": row.remark}).strip()
        for row in minutes.approvals.all()
        if row.approves and row.digest == minutes.digest
    ]


def _document(edition: Edition) -> dict[str, Any]:
    on = edition.held_on
    return {
        "lang": edition.language,
        "title": edition.title,
        "running": f"{edition.title} · {edition.state}",
        "arrangement": edition.arrangement,
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "facts": facts_of(edition),
        "sections": [
            {
                "heading": one.heading,
                "closed": hidden_words(one) if one.hidden or one.legal_basis else "",
                "drafted": plain(blocks(one.drafted)),
                "written": plain(blocks(one.written)),
            }
            for one in edition.sections
        ],
        "approvals": edition.approvals,
        "corrections": [
            {
                "heading": f"{day(one.on)}, {one.name}",
                "text": plain(blocks(one.text)),
                "reason": plain(blocks(one.reason)),
            }
            for one in edition.corrections
        ],
        "seal": seal_words(edition),
        "words": {
            "contents": _("Innhold"),
            "written": _("Ført av sekretæren"),
            "approvals": _("Godkjenning"),
            "not_approved": _("Møteboken er ikke godkjent ennå."),
            "corrections": _("Tillegg og rettelser"),
            "reason": _("Grunn:"),
        },
    }
