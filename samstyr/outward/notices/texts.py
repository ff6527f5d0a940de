"""The words of notices and mails, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .models import Kind, Notice


def sentence(notice: Notice) -> str:
    """What the notice says, in one line."""
    text = _plain(notice)
    return _("Påminnelse: %(text)s") % {"text": text} if notice.reminder else text


ALWAYS = {
    Kind.ANSWERED: gettext_lazy("Alle har svart på høringen"),
    Kind.RETURNED: gettext_lazy("Sendt tilbake til deg for å gjøres ferdig"),
    Kind.PARKED: gettext_lazy("Saken hviler, og tas opp igjen på datoen under"),
    Kind.SEASON: gettext_lazy("Innmeldingen er åpen. Spør tjenestene dine om behovene deres"),
    Kind.CO_AUTHOR: gettext_lazy("Du er bedt om å skrive med på et behov"),
    Kind.SCORING: gettext_lazy("Du er bedt om å vurdere behovene i en prioriteringsrunde"),
    Kind.SCORED: gettext_lazy("Prioriteringsrunden er avsluttet, og rangeringen er klar"),
    Kind.MINUTES: gettext_lazy("Møteboken er klar til godkjenning"),
}


def _plain(notice: Notice) -> str:
    if notice.kind in ALWAYS:
        return str(ALWAYS[Kind(notice.kind)])
    match notice.kind:
        case Kind.TASK:
            return _("Venter på deg: %(what)s") % {"what": notice.what}
        case Kind.HEARING:
            return _("Dere blir bedt om å uttale dere: %(what)s") % {"what": notice.what}
        case Kind.MENTION:
            return _("%(who)s nevnte deg i en kommentar") % {"who": notice.what}
        case Kind.OUTCOME:
            return _("Ferdig behandlet: %(what)s") % {"what": notice.what}
        case Kind.PROCEDURE:
            return _("Du blir bedt om å svare skriftlig på et forslag: %(what)s") % {"what": notice.what}
        case Kind.SETTLED:
            return _("Skriftlig behandling er avsluttet: %(what)s") % {"what": notice.what}
        case Kind.REMARKED:
            return _("Møteboken er sendt tilbake med en merknad fra %(who)s") % {"who": notice.what}
        case Kind.MINUTED:
            return _("Møteboken har fått et tillegg") if notice.what else _("Møteboken er godkjent")
        case Kind.MEETING:
            told = {"cancelled": _("Møtet er avlyst"), "changed": _("Møtet er endret")}
            return told.get(notice.what, _("Du er innkalt til møte"))
        case Kind.TERM:
            return _("Perioden til %(who)s går ut, og plassen må fylles på nytt") % {"who": notice.what}
        case Kind.STRATEGY:
            return _("Strategien skal revideres: %(what)s") % {"what": notice.what}
        case Kind.RECEIVED:
            return _("En sak er løftet hit fra %(who)s") % {"who": notice.what}
        case Kind.LIFTED:
            return _("Svar på saken som er løftet til %(who)s") % {"who": notice.what}
        case Kind.REPORT:
            return _("Du skal skrive en rapport: %(what)s") % {"what": notice.what}
        case Kind.REPORTED:
            told = {"addendum": _("En rapport dere har fått, har et tillegg")}
            return told.get(notice.what, _("En rapport er sendt til dere fra %(who)s") % {"who": notice.what})
        case Kind.OVERDUE:
            return _("En rapport som skulle ha kommet, mangler: %(what)s") % {"what": notice.what}
        case Kind.DEADLINE:
            return _("Fristen er flyttet: %(what)s") % {"what": notice.what}
        case Kind.PERIOD:
            return _("Perioden i årshjulet er flyttet: %(what)s") % {"what": notice.what}
        case Kind.DUTY:
            return _("Du har ansvaret for dette i årshjulet: %(what)s") % {"what": notice.what}
        case Kind.BEGUN:
            return _("Nå begynner perioden i årshjulet som du har ansvaret for: %(what)s") % {"what": notice.what}
        case Kind.ADVICE:
            return _("Dere har fått et råd som skal besvares, fra %(who)s") % {"who": notice.what}
        case Kind.ADVISED:
            return _("Svar på rådet fra %(who)s") % {"who": notice.what}
        case Kind.ENTRY:
            return _("Du har ansvaret for å følge opp noe i oversikten %(what)s") % {"what": notice.what}
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
        word = _("Møtedag: %(date)s") if line.get("meeting") else _("Frist: %(date)s")
        rows.append(word % {"date": line["due_on"].strftime("%d.%m.%Y")})
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
