"""The plan as tagged PDF (PDF/UA-1), typeset by typst without network or the machine's own fonts.

Texts reach the typesetter as JSON, never as markup. The same content gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from samstyr.foundation.kernel.clock import OSLO
from samstyr.foundation.ui.formats import day, kroner, thousand_kroner

from .charts import Chart, charts_of
from .content import Decision, Measure, PlanContent
from .tables import kind_name
from .typesetting import typeset

# A date for a draft, which has none: the bytes may not depend on when they were made.
UNDATED = date(2020, 1, 1)
Pair = tuple[str, str]


def pdf(content: PlanContent, language: str = "nb") -> bytes:
    """The document. Headings become bookmarks; tables have header rows; charts have their words and a table."""
    made = datetime.combine(content.dated or UNDATED, time(12), OSLO)
    data = document(content, language)
    ((file,),) = typeset("plan.typ", [data], format="pdf", pdf_standards=["ua-1"], timestamp=int(made.timestamp()))
    return file


def pages(content: PlanContent, language: str = "nb") -> list[bytes]:
    """The same pages as pictures, to be looked at."""
    (made,) = typeset("plan.typ", [document(content, language)], format="png", ppi=60)
    return made


def pictures(charts: Sequence[Chart], language: str = "nb") -> list[bytes]:
    """The charts as pictures."""
    if not charts:
        return []
    data = [{"lang": language, "chart": _drawn(chart)} for chart in charts]
    return [page for (page,) in typeset("chart.typ", data, format="png", ppi=160)]


def document(content: PlanContent, language: str) -> dict[str, Any]:
    """The words and figures in the order and form they stand in."""
    number = f"{_('Versjon')} {content.version}" if content.version else content.state_name.capitalize()
    dated = content.dated
    return {
        "lang": language,
        "title": content.plan,
        "running": f"{content.plan} · {number}",
        "arrangement": content.arrangement,
        "date": {"year": dated.year, "month": dated.month, "day": dated.day} if dated else None,
        "years": content.years,
        "facts": _present(
            (_("Styringsordning"), content.arrangement),
            (_("Periode"), period(content)),
            (_("Versjon"), str(content.version or _("uten nummer"))),
            (_("Tilstand"), content.state_name),
            (_("Vedtak"), content.decision or _("Ikke vedtatt")),
        ),
        "reason": content.reason,
        "charts": [_drawn(chart) for chart in charts_of(content)],
        "by_kind": [
            [_("Investering"), *_tkr(content.investment), thousand_kroner(sum(content.investment))],
            [_("Drift"), *_tkr(content.operating), thousand_kroner(sum(content.operating))],
            [_("Sum"), *_tkr(content.totals), thousand_kroner(content.total)],
        ],
        "by_organisation": [
            [row.name, *_tkr(row.amounts), thousand_kroner(row.total)] for row in content.by_organisation
        ],
        "by_source": [[row.name, *_tkr(row.amounts), thousand_kroner(row.total)] for row in content.by_source],
        "measures": [_measure(row) for row in content.measures],
        "criteria": [[row.name, "" if row.weight is None else str(row.weight), "\n".join(row.questions)]
                     for row in content.criteria],
        "criteria_text": _("Fra «%(round)s».") % {"round": content.criteria_from} if content.criteria_from else "",
        "decisions": [_decision(row) for row in content.decisions],
        "differences": [{"title": row.title, "words": row.words} for row in content.differences],
        "about": _present(
            (_("Segl (SHA-256)"), content.seal or _("ikke forseglet")),
            (_("Prisår"), ", ".join(map(str, content.price_years)) or _("ikke oppgitt")),
        ),
        "words": _words(content),
    }  # fmt: skip


def period(content: PlanContent) -> str:
    """The plan's years in short."""
    return f"{content.years[0]}–{content.years[-1]}" if content.years else str(content.first_year)


def _words(content: PlanContent) -> dict[str, Any]:
    """The document's own words in the reader's language."""
    years = [*map(str, content.years), _("Sum")]
    previous = content.previous_version
    count, total = len(content.measures), kroner(content.total)
    return {
        "contents": _("Innhold"),
        "summary": _("Sammendrag"),
        "summary_text": _("Planen har %(count)s tiltak til sammen %(total)s. Beløp i tabellene er i 1000 kroner.")
        % {"count": count, "total": total},
        "by_kind": _("Investering og drift"),
        "by_organisation": _("Fordeling mellom kommunene"),
        "by_source": _("Finansiering"),
        "measures": _("Tiltakene i rekkefølge"),
        "each": _("Hvert tiltak"),
        "criteria": _("Kriteriene"),
        "decisions": _("Behandling og vedtak"),
        "no_decisions": _("Versjonen er ikke behandlet ennå."),
        "differences": _("Endret siden versjon %(number)s") % {"number": previous} if previous else _("Endringer"),
        "about": _("Om dokumentet"),
        "about_text": _("Laget av Samstyr fra den forseglede versjonen. Seglet viser om innholdet er endret."),
        "money_head": [_("Type"), *years],
        "organisation_head": [_("Kommune"), *years],
        "source_head": [_("Kilde"), *years],
        "measure_head": [_("Nr."), _("Tiltak"), *years],
        "cost_head": [_("Type og kilde"), *years],
        "criteria_head": [_("Kriterium"), _("Vekt"), _("Spørsmål")],
    }


def _measure(row: Measure) -> dict[str, Any]:
    return {
        "rank": str(row.rank),
        "title": row.title,
        "heading": f"{row.rank}. {row.title}",
        "years": _tkr(row.years),
        "total": thousand_kroner(row.total),
        "need": row.need_text,
        "argument": row.argument,
        "facts": _present(
            (_("Eier"), row.owner),
            (_("Gjelder for"), row.scope),
            (_("Behov"), f"nr. {row.need}" if row.need else ""),
            (_("Tidsrom"), f"{day(row.starts_on)} – {day(row.ends_on)}" if row.starts_on or row.ends_on else ""),
            (_("Status"), row.status),
            (_("Budsjett"), ", ".join(row.budget)),
            (_("Fordeling"), ", ".join(f"{name} {kroner(total)}" for name, total in row.shares.items())),
            *((fact.name, fact.text) for fact in row.facts),
        ),
        "costs": costs_by_source(row),
    }


def costs_by_source(row: Measure) -> list[list[str]]:
    """The measure's costs, a line per account type and source, in 1000 kroner."""
    sums: dict[tuple[str, str], list[int]] = {}
    for paid in row.paid:
        place = sums.setdefault((paid.kind, paid.source_name), [0] * len(row.years))
        for at, amount in enumerate(paid.amounts):
            place[at] += amount
    return [
        [f"{kind_name(kind)}, {source}", *_tkr(amounts), thousand_kroner(sum(amounts))]
        for (kind, source), amounts in sums.items()
    ]


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "heading": f"{row.body}: {row.outcome}",
        "facts": _present(
            (_("Dato"), day(row.decided_on)),
            (_("Kommune"), row.organisation),
            (_("Til stede"), ", ".join(row.present_names) or (str(row.present) if row.present else "")),
        ),
        "text": "\n".join(part for part in (row.text, row.reason, row.conditions) if part),
    }


def _present(*pairs: Pair) -> list[Pair]:
    return [(name, value) for name, value in pairs if value]


def _tkr(amounts: Sequence[int]) -> list[str]:
    return [thousand_kroner(amount) for amount in amounts]


def _drawn(chart: Chart) -> dict[str, Any]:
    return {
        "alt": chart.alt,
        "years": [str(year) for year in chart.years],
        "totals": _tkr(chart.totals),
        "most": chart.most,
        "series": [{"name": one.name, "values": one.values} for one in chart.series],
    }
