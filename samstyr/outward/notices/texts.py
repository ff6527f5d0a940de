"""The words of notices and mails, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Kind, Notice


def sentence(notice: Notice) -> str:
    """What the notice says, in one line."""
    text = _plain(notice)
    return _("Påminnelse: %(text)s") % {"text": text} if notice.reminder else text


def _plain(notice: Notice) -> str:
    match notice.kind:
        case Kind.TASK:
            return _("Venter på deg: %(what)s") % {"what": notice.what}
        case Kind.HEARING:
            return _("Dere blir bedt om å uttale dere: %(what)s") % {"what": notice.what}
        case Kind.ANSWERED:
            return _("Alle har svart på høringen")
        case Kind.RETURNED:
            return _("Sendt tilbake til deg for å gjøres ferdig")
        case Kind.MENTION:
            return _("%(who)s nevnte deg i en kommentar") % {"who": notice.what}
        case Kind.OUTCOME:
            return _("Ferdig behandlet: %(what)s") % {"what": notice.what}
        case Kind.PARKED:
            return _("Saken hviler, og tas opp igjen på datoen under")
        case Kind.SEASON:
            return _("Innmeldingen er åpen. Spør tjenestene dine om behovene deres")
        case Kind.CO_AUTHOR:
            return _("Du er bedt om å skrive med på et behov")
        case Kind.SCORING:
            return _("Du er bedt om å vurdere behovene i en prioriteringsrunde")
        case Kind.SCORED:
            return _("Prioriteringsrunden er avsluttet, og rangeringen er klar")
        case Kind.PROCEDURE:
            return _("Du blir bedt om å svare skriftlig på et forslag: %(what)s") % {"what": notice.what}
        case Kind.SETTLED:
            return _("Skriftlig behandling er avsluttet: %(what)s") % {"what": notice.what}
        case Kind.MINUTES:
            return _("Møteboken er klar til godkjenning")
        case Kind.REMARKED:
            return _("Møteboken er sendt tilbake med en merknad fra %(who)s") % {"who": notice.what}
        case Kind.MINUTED:
            return _("Møteboken har fått et tillegg") if notice.what else _("Møteboken er godkjent")
        case Kind.MEETING:
            return _("Møtet er endret") if notice.what else _("Du er innkalt til møte")
        case Kind.FOLLOW_UP:
            return _("Du har ansvaret for en oppfølging: %(what)s") % {"what": notice.what}
        case _:
            return _("Tjenesten er bedt om å melde inn behovene sine")


def time_needed(notice: Notice) -> str:
    """How long it takes, where that is known."""
    return _("Det tar om lag fem minutter.") if notice.kind == Kind.HEARING else ""


def consequence(notice: Notice, silence: str) -> str:
    """What happens if nothing is done in time; `silence` is the model's outcome for a step, or ``waived``."""
    if notice.kind == Kind.HEARING:
        return _("Svarer dere ikke innen fristen, går saken videre uten uttalelse fra dere.")
    if notice.kind == Kind.PROCEDURE:
        return _("Svar etter fristen teller ikke.")
    if silence == "waived":
        return _("Blir det ikke behandlet innen fristen, går saken videre uten dere. Det regnes ikke som samtykke.")
    if silence:
        return _("Blir det ikke behandlet innen fristen, regnes det som «%(outcome)s».") % {"outcome": silence}
    return ""


def body(lines: list[dict[str, Any]], *, tenant: str, all_url: str) -> str:
    """The mail's text: what is asked, by when, what happens if not, and where."""
    parts = [_paragraph(line) for line in lines]
    parts.append(_("Alle varslene dine: %(url)s") % {"url": all_url})
    parts.append(_("Du får denne e-posten fordi du har en rolle i %(tenant)s.") % {"tenant": tenant})
    return "\n\n".join(parts) + "\n"


def _paragraph(line: dict[str, Any]) -> str:
    rows = [line["title"], line["sentence"] + "."]
    if line["due_on"]:
        rows.append(_("Frist: %(date)s") % {"date": line["due_on"].strftime("%d.%m.%Y")})
    rows += [text for text in (line["consequence"], line["time"]) if text]
    if line["quick"]:
        rows.append(_("Svar uten å logge inn: %(url)s") % {"url": line["quick"]})
    rows.append(_("Åpne i Samstyr: %(url)s") % {"url": line["url"]})
    return "\n".join(rows)


def subject(lines: list[dict[str, Any]]) -> str:
    """The mail's subject."""
    if len(lines) == 1:
        return f"{lines[0]['sentence']}: {lines[0]['title']}"[:150]
    return ngettext("%(count)s ting til deg i Samstyr", "%(count)s ting til deg i Samstyr", len(lines)) % {
        "count": len(lines)
    }
