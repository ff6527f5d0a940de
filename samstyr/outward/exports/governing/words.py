"""The content's own words, as both documents have them: facts at the top, lines about bodies and roles, and chapters."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samstyr.foundation.ui.formats import day, long_day

from .content import BodyPart, Governing, Holder, RolePart

Pair = tuple[str, str]


def facts_of(content: Governing) -> list[Pair]:
    """What stands at the top of the document."""
    return _present(
        (_("Styringsordning"), content.arrangement),
        (_("Versjon"), str(content.number)),
        (_("Tilstand"), content.state),
        (_("Gjelder fra"), day(content.valid_from) if content.valid_from else ""),
        (_("Vedtatt av"), content.adopted_by),
        (_("Vedtak ført"), day(content.adopted_on) if content.adopted_on else ""),
        *content.source,
        (_("Utgave"), "" if content.names else _("Uten navn")),
        (_("Roller og plasser per"), long_day(content.day) if content.live else _("ikke vist, versjonen gjelder ikke")),
    )


def running(content: Governing) -> str:
    """What stands at the foot of every page."""
    return _("%(title)s · versjon %(number)s") % {"title": content.title, "number": content.number}


def people(holders: tuple[Holder, ...], *, most: int = 12) -> str:
    """Who hold something, in one line; beyond `most` as a count."""
    told = list(dict.fromkeys(str(one) for one in holders))
    if len(told) > most:
        return _("%(some)s og %(more)s til") % {"some": ", ".join(told[:most]), "more": len(told) - most}
    return ", ".join(told)


def body_facts(body: BodyPart) -> list[Pair]:
    """A body in short lines."""
    return _present(
        (_("Slag"), body.kind),
        (_("Kalles også"), ", ".join(body.aliases)),
        (_("Finnes i"), ", ".join(body.places)),
        (_("Leder"), _with(body.chair, body.chairs)),
        (_("Sekretær"), _with(body.secretary, body.secretaries)),
        (_("Innkaller"), body.convener),
        (_("Møter"), body.frequency),
        (_("Neste møte"), ", ".join(day(one.on) for one in body.meetings[:3])),
        (_("Fast på sakslisten"), ", ".join(body.standing_items)),
        (_("Dekker"), ", ".join(body.covers)),
        (_("Møter fast uten plass"), ", ".join(body.attendees)),
    )


def body_lists(body: BodyPart) -> list[tuple[str, tuple[str, ...]]]:
    """A body's lists with their titles."""
    lists = [
        (_("Avgjør"), body.powers.decides),
        (_("Anbefaler"), body.powers.recommends),
        (_("Behandler og drøfter"), body.powers.treats),
        (_("Oppgaver"), body.tasks),
        (_("Medlemmer"), member_lines(body)),
        (_("Forholdet til andre"), body.relations),
    ]
    return [(title, items) for title, items in lists if items]


def member_lines(body: BodyPart) -> tuple[str, ...]:
    """The groups of seats, each with who holds them and how many are vacant."""
    found = []
    for group in body.groups:
        held = people(tuple(seat.holder for seat in group.seats if seat.holder))
        vacant = len(group.seats) - group.filled
        told = [held] if held else []
        if vacant:
            told.append(_("%(n)s ledig") % {"n": vacant})
        found.append(f"{group.words}: {'; '.join(told)}" if told else group.words)
    return tuple(found)


def role_facts(role: RolePart, *, live: bool) -> list[Pair]:
    """A role in short lines."""
    vacant = _("ledig") if live else ""
    return _present(
        (_("Kalles også"), ", ".join(role.aliases)),
        (_("Har rollen"), people(role.holders) or vacant),
        (_("Gis av"), role.appointed_by),
        (_("I organene"), ", ".join(role.bodies)),
        (_("Eier"), ", ".join(role.owns)),
        (_("Skal finnes"), "; ".join(role.required)),
        (_("Sammen med andre roller"), " ".join(role.combinations)),
        (_("Kan"), ", ".join(f"{act} ({reach})" for act, reach in role.rights)),
    )


def finding_facts(content: Governing) -> list[tuple[str, list[Pair]]]:
    """Each finding with where it stands and the choice that was made."""
    return [
        (
            f"{one.key}: {one.text}",
            _present(
                (_("Alvorlighet"), one.severity), (_("Sted"), one.place), (_("Valgt løsning"), one.chosen),
                (_("Grunn"), one.why), (_("Akseptert fordi"), one.accepted),
            ),
        )
        for one in content.findings
    ]  # fmt: skip


def _with(office: str, holders: tuple[Holder, ...]) -> str:
    told = people(holders, most=4)
    return f"{office}: {told}" if office and told else office


def _present(*pairs: Pair) -> list[Pair]:
    return [(name, value) for name, value in pairs if value]
