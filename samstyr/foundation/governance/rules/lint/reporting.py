"""Reports that can be written, sent and received in time, and that have something to be judged by (S-24, S-25)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from samstyr.foundation.kernel.text import gettext_noop, say

from ..bodies import Body
from ..reporting import TIMES_A_YEAR, Report
from ..schema import GovernanceModel
from .finding import Hit, Place, check, rule

rule(
    "S-24",
    gettext_noop("Rapportens gang"),
    gettext_noop("En rapport må ha noen som skriver den, noen som tar imot, og en frist som kan holdes."),
    gettext_noop("Rett avsender, mottaker, hyppighet eller frist."),
)
rule(
    "S-25",
    gettext_noop("Rapportens innhold"),
    gettext_noop("Det som skal vurderes, må ha noe å vurderes etter. Ellers blir fargen bare en påstand."),
    gettext_noop("Oppgi hvilke data eller hvilken indikator det skal vurderes etter."),
)

DAYS_IN = {"month": 28, "quarter": 90, "tertial": 120, "half_year": 181, "year": 365}
MEETINGS_A_YEAR = {"month": 12, "quarter": 4, "year": 1}


@check("S-24")
def reports_have_a_way(model: GovernanceModel) -> Iterator[Hit]:
    """Somebody writes it; what hangs on meetings has a body that meets; what hangs on rounds has criteria."""
    for index, report in enumerate(model.reports):
        place: Place = ("reports", index)
        writer = model.body(report.sender)
        if writer is not None and not (writer.secretary or writer.chair):
            words = gettext_noop("«%(body)s» skal skrive «%(report)s», men har verken leder eller sekretær.")
            yield Hit("error", (*place, "sender"), say(words, body=writer.name, report=report.name))
        body = model.body(report.receiver)
        hangs = report.every == "meeting" or (report.due is not None and report.due.working_days_before is not None)
        if hangs and body is None:
            words = gettext_noop("«%(report)s» følger mottakerens møter, men mottakeren er en rolle.")
            yield Hit("error", (*place, "receiver"), say(words, report=report.name))
        if report.every == "round" and not model.criteria:
            words = gettext_noop("«%(report)s» skrives etter hver prioritering, men modellen har ingen kriterier.")
            yield Hit("error", (*place, "every"), say(words, report=report.name))
        if report.sender == report.receiver:
            words = gettext_noop("«%(report)s» har samme avsender og mottaker.")
            yield Hit("warning", place, say(words, report=report.name))


@check("S-24")
def reports_come_in_time(model: GovernanceModel) -> Iterator[Hit]:
    """The receiving body meets as often as it is reported to, and a report is due before the next one's period ends."""
    for index, report in enumerate(model.reports):
        place: Place = ("reports", index)
        body = model.body(report.receiver)
        if body is not None:
            yield from _seldom(report, body, (*place, "every"))
        days = report.due.days_after if report.due else None
        if days is not None and days > DAYS_IN.get(report.every, 366):
            words = gettext_noop("«%(report)s» har frist %(days)s dager etter perioden. Da er neste periode også over.")
            yield Hit("warning", (*place, "due", "days_after"), say(words, report=report.name, days=days))
        if report.due is None:
            words = gettext_noop("«%(report)s» har ingen frist.")
            remedy = gettext_noop("Oppgi en frist i dager etter perioden, eller før mottakerens møte.")
            yield Hit("info", place, say(words, report=report.name), say(remedy))


def _seldom(report: Report, body: Body, place: Place) -> Iterator[Hit]:
    if body.frequency is None or report.every not in TIMES_A_YEAR:
        return
    meets = body.frequency.times * MEETINGS_A_YEAR[body.frequency.per] + body.frequency.tolerance
    if meets < TIMES_A_YEAR[report.every]:
        words = gettext_noop("«%(report)s» kommer %(times)s ganger i året, men «%(body)s» møtes %(meets)s.")
        yield Hit(
            "warning", place,
            say(words, report=report.name, times=TIMES_A_YEAR[report.every], body=body.name, meets=meets),
            say(gettext_noop("La rapporten følge møtene (every: meeting), eller la organet møtes oftere.")),
        )  # fmt: skip


@check("S-25")
def dimensions_have_grounds(model: GovernanceModel) -> Iterator[Hit]:
    """Each dimension has data or an indicator that the report holds (A-77); figures to enter are named."""
    for index, report in enumerate(model.reports):
        place: Place = ("reports", index)
        figures = {one.key for part in report.parts() for one in part.indicators}
        for at, dimension in enumerate(report.dimensions):
            here: Place = (*place, "dimensions", at)
            if dimension.indicator and dimension.indicator not in figures:
                words = gettext_noop("«%(name)s» viser til indikatoren «%(key)s», som rapporten ikke har.")
                yield Hit("error", (*here, "indicator"), say(words, name=dimension.name, key=dimension.indicator))
            elif not dimension.sources and not dimension.indicator:
                words = gettext_noop("Dimensjonen «%(name)s» i «%(report)s» har verken data eller indikator.")
                yield Hit("warning", here, say(words, name=dimension.name, report=report.name))
        for at, part in enumerate(report.parts()):
            if (part.source == "indicators") != bool(part.indicators):
                words = gettext_noop("Delen «%(part)s» i «%(report)s» skal ha tall, men ingen tall er nevnt.")
                if part.indicators:
                    words = gettext_noop("Delen «%(part)s» i «%(report)s» har tall, men en annen kilde.")
                yield Hit("error", (*place, "sections", at), say(words, part=part.title, report=report.name))


@check("S-25")
def report_keys_once(model: GovernanceModel) -> Iterator[Hit]:
    """Sections, dimensions and figures have a key each, and nobody is left out of a section by the report itself."""
    for index, report in enumerate(model.reports):
        place: Place = ("reports", index)
        keys = [one.key for one in report.parts()] + [one.key for one in report.dimensions]
        keys += [one.key for part in report.parts() for one in part.indicators]
        for key, times in Counter(keys).items():
            if times > 1:
                words = gettext_noop("Nøkkelen «%(key)s» står %(times)s ganger i «%(report)s».")
                yield Hit("error", place, say(words, key=key, times=times, report=report.name))
        for at, part in enumerate(report.parts()):
            if part.audience and not set(part.audience) & set(report.audience):
                words = gettext_noop("Delen «%(part)s» er for noen som «%(report)s» ikke er for.")
                yield Hit("warning", (*place, "sections", at), say(words, part=part.title, report=report.name))
