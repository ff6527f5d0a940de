"""The governing model as tagged PDF (PDF/UA-1), and its drawings as pictures for Word. Texts are data, never markup."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from samstyr.foundation.governance.rules.structure_graph import sentence
from samstyr.foundation.kernel.clock import OSLO

from ..typesetting import typeset
from . import words
from .content import Governing, PathPart


def pdf(content: Governing, language: str = "nb") -> bytes:
    """The document; the same content gives the same bytes."""
    made = datetime.combine(content.day, time(12), OSLO)
    data = document(content, language)
    ((file,),) = typeset("governing.typ", [data], format="pdf", pdf_standards=["ua-1"], timestamp=int(made.timestamp()))
    return file


def pictures(content: Governing, language: str = "nb") -> dict[str, tuple[bytes, str]]:
    """The chart and each path as a picture with its words: «kart», and «vei-» with the path's key."""
    drawn = {f"vei-{path.key}": {"path": path_drawing(path), "chart": None} for path in content.paths}
    if content.chart.nodes:
        drawn["kart"] = {"chart": chart_drawing(content), "path": None}
    if not drawn:
        return {}
    data = [{"lang": language, **one} for one in drawn.values()]
    made = typeset("governing_picture.typ", data, format="png", ppi=150)
    alts = {"kart": chart_alt(content), **{f"vei-{path.key}": path_alt(path) for path in content.paths}}
    return {name: (page, alts[name]) for name, (page,) in zip(drawn, made, strict=True)}


def document(content: Governing, language: str) -> dict[str, Any]:
    """The words and drawings in the order they stand in."""
    return {
        "lang": language,
        "title": content.title,
        "arrangement": content.arrangement,
        "running": words.running(content),
        "date": _date(content.day),
        "facts": words.facts_of(content),
        "text": content.text,
        "chart": chart_drawing(content) if content.chart.nodes else None,
        "relations": [sentence(content.model, line.relation) for line in content.chart.lines],
        "bodies": [
            _entry(one.name, one.purpose, words.body_facts(one), words.body_lists(one)) for one in content.bodies
        ],
        "roles": [
            _entry(one.name, "", words.role_facts(one, live=content.live), [("", one.tasks)] if one.tasks else [])
            for one in content.roles
        ],
        "forums": [[one.name, one.chair, "\n".join(one.participants), one.secretary] for one in content.forums],
        "paths": [_path(one) for one in content.paths],
        "wheel": [[one.name, one.when, one.owner, one.text] for one in content.wheel],
        "months": [
            {"name": one.name, "first": _of_year(one.first), "last": _of_year(one.last)} for one in content.wheel
        ],
        "stages": [
            {
                "name": one.name,
                "source": one.source,
                "rows": [[name, str(weight), "\n".join(questions)] for name, weight, questions in one.criteria],
            }
            for one in content.stages
        ],
        "ranking": content.ranking,
        "hearing": [list(one) for one in content.hearing_bodies],
        "principles": [list(one) for one in content.principles],
        "matrix": _matrix(content),
        "reports": [list(one) for one in content.reports],
        "findings": [{"heading": heading, "facts": facts} for heading, facts in words.finding_facts(content)],
        "seal": _("Segl for modellens tekst (SHA-256): %(seal)s") % {"seal": content.seal},
        "words": _words(content),
    }


def chart_drawing(content: Governing) -> dict[str, Any]:
    """The chart in numbers."""
    chart = content.chart
    return {
        "alt": chart_alt(content),
        "width": chart.width,
        "height": chart.height,
        "nodes": [
            {
                "x": one.left, "y": one.top, "h": one.height, "name": list(one.name), "small": list(one.small),
                "body": one.end.kind == "body",
            }
            for one in chart.nodes
        ],
        "lines": [
            {"points": [list(point) for point in one.points], "word": one.word, "label": list(one.label), "dashed": one.dashed}
            for one in chart.lines
        ],
    }  # fmt: skip


def chart_alt(content: Governing) -> str:
    """The chart in words."""
    names = ", ".join(one.end.name for one in content.chart.nodes)
    told = "; ".join(sentence(content.model, line.relation) for line in content.chart.lines)
    return _("Organisasjonskart med %(names)s. %(told)s.") % {"names": names, "told": told or _("Ingen relasjoner")}


def path_drawing(path: PathPart) -> dict[str, Any]:
    """A path as its boxes from top to bottom."""
    return {
        "alt": path_alt(path),
        "steps": [
            {"name": step.name, "who": step.who, "decides": step.decides, "optional": step.optional}
            for step in path.steps
        ],
    }


def path_alt(path: PathPart) -> str:
    """The path in words."""
    return _("Beslutningsveien %(name)s: %(steps)s.") % {
        "name": path.name,
        "steps": "; ".join(f"{step.name} ({step.who})" for step in path.steps),
    }


def step_lines(step: Any) -> list[str]:
    """What is told of a step beside its name and who acts."""
    told = [
        (_("Frist"), step.due), (_("Når"), step.when), (_("Bare hvis"), step.condition),
        (_("Spørres"), ", ".join(step.consulted)), (_("Hver for seg"), ", ".join(step.each)),
        (_("Utfall"), "; ".join(f"{name} → {target}" for name, target in step.outcomes)),
    ]  # fmt: skip
    return [
        *(f"{name}: {value}" for name, value in told if value),
        *(text for text in (step.silence, step.text) if text),
    ]


def _path(path: PathPart) -> dict[str, Any]:
    return {
        "name": path.name,
        "drawing": path_drawing(path),
        "steps": [
            {"name": f"{number}. {step.name}", "who": step.who, "lines": step_lines(step)}
            for number, step in enumerate(path.steps, 1)
        ],
    }


def _entry(
    name: str, lead: str, facts: Sequence[words.Pair], lists: Sequence[tuple[str, Sequence[str]]]
) -> dict[str, Any]:
    return {
        "name": name,
        "lead": lead,
        "facts": list(facts),
        "lists": [{"title": title, "items": list(items)} for title, items in lists],
    }


def _matrix(content: Governing) -> dict[str, Any] | None:
    matrix = content.matrix
    if matrix is None:
        return None
    return {
        "key": " · ".join(f"{letter} {name}" for letter, name in matrix.letters),
        "head": [_("Oppgave"), *matrix.parties],
        "rows": [[activity, *cells] for activity, cells in matrix.rows],
    }


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _of_year(day: date) -> float:
    """How far into the year the day is, from 0 to 1."""
    return (day.timetuple().tm_yday - 1) / 366


def _words(content: Governing) -> dict[str, Any]:
    return {
        "contents": _("Innhold"),
        "purpose": _("Formål"),
        "chart": _("Organisasjonskart"),
        "bodies": _("Organene"),
        "forums": _("Forumene"),
        "forum_head": [_("Forum"), _("Ledes av"), _("Deltakere"), _("Sekretær")],
        "roles": _("Rollene"),
        "paths": _("Beslutningsveiene"),
        "wheel": _("Årshjulet"),
        "wheel_head": [_("Periode"), _("Når"), _("Ansvarlig"), _("Innhold")],
        "wheel_alt": _("Årshjulet gjennom året: %(periods)s.")
        % {"periods": "; ".join(f"{one.name} {one.when}" for one in content.wheel)},
        "months": [_("jan"), _("feb"), _("mar"), _("apr"), _("mai"), _("jun"), _("jul"), _("aug"), _("sep"), _("okt"),
                   _("nov"), _("des")],
        "criteria": _("Kriterier og vekter"),
        "criteria_head": [_("Kriterium"), _("Vekt i prosent"), _("Spørsmål")],
        "hearing": _("Høringsinstanser"),
        "hearing_head": [_("Instans"), _("Rolle som svarer"), _("Når")],
        "principles": _("Prinsipper"),
        "principle_head": [_("Prinsipp"), _("Spørsmål")],
        "matrix": _("Ansvarsmatrise"),
        "reports": _("Rapporter"),
        "report_head": [_("Rapport"), _("Fra"), _("Til"), _("Hvor ofte"), _("Innhold")],
        "findings": _("Funn og valg"),
        "no_findings": _("Det er ingen funn i modellen."),
        "about": _("Om dokumentet"),
        "about_text": _("Laget av Samstyr fra styringsmodellen. Dokumentet og systemet bygger på den samme versjonen."),
    }  # fmt: skip
