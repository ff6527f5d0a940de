"""The plan as a Word document, filled into the municipality's own template or the one that comes along."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr
from zipfile import BadZipFile

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx.opc.exceptions import OpcError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2.exceptions import TemplateError
from lxml import etree

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop
from samstyr.foundation.ui.formats import day, kroner, thousand_kroner

from . import pdf
from .charts import charts_of
from .content import Cost, Criterion, Decision, Difference, Fact, Measure, PaidCost, PlanContent, Sum
from .templating import Box, CodeFault, TooMuch, Turns, code_fault, counted, fault, require_safe

DEFAULT = Path(__file__).parent / "files" / "plan.docx"
# What no XML can hold, and the signs that docxtpl reads as new paragraphs and pages.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
PICTURES = ("figur_type", "figur_kommune")


def filled(content: PlanContent, template: bytes | None = None) -> bytes:
    """The document. Raises Invalid when the template has a code that does not exist."""
    return _fill(content, template if template is not None else DEFAULT.read_bytes())


def require_fillable(template: bytes, file_name: str) -> None:
    """Raises Invalid, with the code that is wrong, unless the template is safe and can be filled with everything."""
    require_safe(template, file_name)
    _fill(sample(), template)


def _fill(content: PlanContent, template: bytes) -> bytes:
    charts = charts_of(content)
    images = pdf.pictures(charts, (get_language() or "nb")[:2])

    def values(document: DocxTemplate) -> dict[str, Any]:
        drawn = {
            name: Picture(document, image, chart.alt)
            for name, image, chart in zip(PICTURES, images, charts, strict=False)
        }
        return {**codes(content), **{name: drawn.get(name, "") for name in PICTURES}}

    shape = {**codes(sample()), **dict.fromkeys(PICTURES, "")}
    return fill_template(template, values, shape, title=content.plan, author=content.arrangement)


def fill_template(
    template: bytes,
    values: Callable[[DocxTemplate], dict[str, Any]],
    shape: dict[str, Any],
    *,
    title: str,
    author: str,
) -> bytes:
    """The template with its codes filled in. `shape` is content with every name in it, by which the codes are tried.

    Raises Invalid when the template cannot be read, or has a code that does not exist.
    """
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.init_docx()
        document.render(counted(values(document), Turns()), Box(shape), True)
        properties = document.docx.core_properties
        properties.title, properties.author = clean(title)[:255], clean(author)[:255]
        out = io.BytesIO()
        document.save(out)
    except CodeFault as found:
        raise code_fault(found) from found
    except TooMuch as found:
        raise fault(gettext_noop("Malen gjentar så mye at dokumentet blir for stort.")) from found
    except TemplateError as found:
        raise Invalid.field(
            "file",
            _("Malen har en feil i en kode: %(fault)s") % {"fault": str(found)[:200]},
            remedy=_("Se etter koder som ikke er lukket, for eksempel en «for» uten «endfor»."),
        ) from found
    except (OpcError, BadZipFile, KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as found:
        raise fault(
            gettext_noop("Malen kan ikke leses."), gettext_noop("Åpne den i Word, og lagre den på nytt.")
        ) from found
    return out.getvalue()


class Picture(InlineImage):  # type: ignore[misc]
    """A chart with its words for those who do not see it."""

    def __init__(self, document: DocxTemplate, image: bytes, alt: str, width: int = 150) -> None:
        super().__init__(document, io.BytesIO(image), width=Mm(width))
        self.alt = alt

    def _insert_image(self) -> str:
        xml: str = super()._insert_image()
        return re.sub(r"<wp:docPr\b", lambda _tag: f"<wp:docPr descr={quoteattr(clean(self.alt))}", xml, count=1)


def clean(text: str) -> str:
    """The text without what no XML can hold."""
    return _UNWRITABLE.sub("", text)


def codes(content: PlanContent) -> dict[str, Any]:
    """Every code that a template may use, with its value. Amounts are in 1000 kroner but where the name ends in _kr."""
    return each_text(
        {
            "plan": content.plan,
            "styringsordning": content.arrangement,
            "periode": pdf.period(content),
            "versjon": str(content.version or ""),
            "tilstand": content.state_name,
            "vedtak": content.decision or _("Ikke vedtatt"),
            "vedtaksdato": day(content.adopted_on) if content.adopted_on else "",
            "begrunnelse": content.reason,
            "segl": content.seal or _("ikke forseglet"),
            "prisaar": ", ".join(map(str, content.price_years)),
            "antall_tiltak": str(len(content.measures)),
            "aar": [str(year) for year in content.years],
            "investering": {"aar": _tkr(content.investment), "sum": thousand_kroner(sum(content.investment))},
            "drift": {"aar": _tkr(content.operating), "sum": thousand_kroner(sum(content.operating))},
            "samlet": {"aar": _tkr(content.totals), "sum": thousand_kroner(content.total)},
            "sum_kr": kroner(content.total),
            "kommuner": [_sum(row) for row in content.by_organisation],
            "kilder": [_sum(row) for row in content.by_source],
            "tiltak": [_measure(row) for row in content.measures],
            "behandlinger": [_decision(row) for row in content.decisions],
            "kriterier_fra": content.criteria_from,
            "kriterier": [
                {"navn": row.name, "vekt": "" if row.weight is None else str(row.weight), "sporsmaal": [*row.questions]}
                for row in content.criteria
            ],
            "forrige_versjon": str(content.previous_version or ""),
            "endringer": [{"tittel": row.title, "endringer": [*row.words]} for row in content.differences],
        },
        clean,
    )


def listed_codes(shape: dict[str, Any] | None = None, pictures: Sequence[str] = PICTURES) -> list[tuple[str, str]]:
    """Every code as it is written in a template, with what it gives for the trial plan; lists show what is in them.

    `shape` and `pictures` are another document's.
    """
    found: list[tuple[str, str]] = [(name, _("bilde")) for name in pictures]

    def walk(value: Any, name: str) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                walk(item, f"{name}.{key}" if name else key)
        elif isinstance(value, list):
            found.append((f"{name}[ ]", ", ".join(value) if value and isinstance(value[0], str) else _("liste")))
            if value and isinstance(value[0], dict):
                walk(value[0], f"{name}[ ]")
        else:
            found.append((name, value))

    walk(codes(sample()) if shape is None else shape, "")
    return found


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """A tree of mappings and lists with every text changed."""
    if isinstance(value, dict):
        return {key: each_text(item, change) for key, item in value.items()}
    return [each_text(item, change) for item in value] if isinstance(value, list) else change(value)


def _sum(row: Sum) -> dict[str, Any]:
    return {"navn": row.name, "aar": _tkr(row.amounts), "sum": thousand_kroner(row.total)}


def _measure(row: Measure) -> dict[str, Any]:
    return {
        "nr": str(row.rank),
        "tittel": row.title,
        "behov": row.need_text,
        "behov_nr": str(row.need or ""),
        "eier": row.owner,
        "gjelder_for": row.scope,
        "start": day(row.starts_on) if row.starts_on else "",
        "slutt": day(row.ends_on) if row.ends_on else "",
        "status": row.status,
        "budsjett": ", ".join(row.budget),
        "begrunnelse": row.argument,
        "fakta": [{"navn": fact.name, "tekst": fact.text} for fact in row.facts],
        "aar": _tkr(row.years),
        "sum": thousand_kroner(row.total),
        "sum_kr": kroner(row.total),
        "fordeling": ", ".join(f"{name} {kroner(total)}" for name, total in row.shares.items()),
        "kostnader": [
            {"navn": name, "aar": amounts, "sum": total} for name, *amounts, total in pdf.costs_by_source(row)
        ],
    }


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "organ": row.body,
        "kommune": row.organisation,
        "dato": day(row.decided_on),
        "utfall": row.outcome,
        "tekst": "\n".join(part for part in (row.text, row.reason, row.conditions) if part),
        "til_stede": ", ".join(row.present_names) or (str(row.present) if row.present else ""),
    }


def _tkr(amounts: Sequence[int]) -> list[str]:
    return [thousand_kroner(amount) for amount in amounts]


def sample() -> PlanContent:
    """A small plan with something in every place, to try a template on."""
    day_of = date(2026, 6, 1)
    years = (2027, 2028, 2029, 2030)
    paid = PaidCost(
        organisation=_("Kommunen"), kind="operating", source="a", source_name=_("Rammen"), amounts=(100_000,) * 4
    )
    whole = Sum(name=_("Kommunen"), amounts=(100_000,) * 4, total=400_000)
    measure = Measure(
        rank=1, title=_("Prøvetiltak"), need=1, need_text=_("Et behov."), owner=_("Leder"), scope=_("Kommunen"),
        organisations=(_("Kommunen"),), starts_on=day_of, ends_on=day_of, status=_("I gang"), budget=("2027",),
        argument=_("En begrunnelse."),
        facts=(Fact(name=_("Gevinst"), text=_("Tid spart.")),), years=paid.amounts, operating=paid.amounts, investment=(0,) * 4, total=400_000,
        costs=(Cost(year=2027, kind="operating", source="a", source_name=_("Rammen"), amount=100_000),), paid=(paid,),
        shares={_("Kommunen"): 400_000},
    )  # fmt: skip
    said = Decision(body=_("Organet"), organisation=_("Kommunen"), decided_on=day_of, outcome=_("Vedtatt"), present=5)
    return PlanContent(
        arrangement=_("Styringsordningen"), plan=_("Prøveplan"), first_year=2027, years=years, version=2,
        state="adopted", state_name=_("vedtatt"), reason=_("Revisjon"), adopted_on=day_of, decision=_("Vedtatt"),
        seal="0" * 64, price_years=(2026,), measures=(measure,), totals=paid.amounts, operating=paid.amounts,
        investment=(0,) * 4, total=400_000, by_organisation=(whole,), by_source=(whole,), decisions=(said,),
        criteria=(Criterion(name=_("Nytte"), weight=40, questions=("?",)),), criteria_from=_("Runden"),
        previous_version=1, differences=(Difference(kind="added", title="T", words=(_("Nytt."),)),),
    )  # fmt: skip
