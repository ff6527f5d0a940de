"""What is different between two versions of a model, in words. Order alone is told only where it means something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .describe import condition_words, day_words, deadline_words
from .schema import GovernanceModel
from .structure import Relation
from .structure_graph import sentence
from .weighing import Ranking
from .words import Condition, Part, Text
from .year import MonthDay

DEADLINES = ("deadline", "use", "otherwise")
LISTS = frozenset(
    {"versions", "rights", "tasks", "mandate", "routines", "letters", "rows", "activities", "aliases", "keys"}
    | {"relations", "units", "combinations", "extra_roles", "forum_texts", "required_per", "covers", "standing_items"}
)
ORDERED = ("steps", "outcomes", "scale", "levels", "phases", "focus_areas", "criteria", "principles", "directions")
SKIPPED = frozenset({"format", "version"})
LABELS = {
    "organisations": gettext_noop("organisasjon"), "roles": gettext_noop("rolle"), "bodies": gettext_noop("organ"),
    "hearing_bodies": gettext_noop("høringsinstans"), "paths": gettext_noop("beslutningsvei"), "steps": gettext_noop("steg"),
    "outcomes": gettext_noop("utfall"), "periods": gettext_noop("periode"), "overlays": gettext_noop("overlagt årshjul"),
    "criteria": gettext_noop("kriterium"), "stages": gettext_noop("prioriteringstrinn"),
    "goals": gettext_noop("mål"), "principles": gettext_noop("prinsipp"),
    "phases": gettext_noop("fase"), "documents": gettext_noop("dokument"), "sizes": gettext_noop("størrelse"),
    "maturity": gettext_noop("modenhetsmåling"), "areas": gettext_noop("område"), "levels": gettext_noop("nivå"),
    "reports": gettext_noop("rapport"), "focus_areas": gettext_noop("satsingsområde"),
    "strategy": gettext_noop("strategi"), "targets": gettext_noop("måltall"), "strategies": gettext_noop("lokal strategi"),
    "drivers": gettext_noop("driver"), "sections": gettext_noop("kapittel"), "values": gettext_noop("verdi"),
    "guidelines": gettext_noop("politisk føring"), "directions": gettext_noop("strategisk retning"),
    "priorities": gettext_noop("prioritert felt"), "gaps": gettext_noop("akseptert mangel"),
    "tags": gettext_noop("merke"), "cells": gettext_noop("deltakelse"), "fields": gettext_noop("felt"),
    "positions": gettext_noop("nasjonale mål"), "links": gettext_noop("koblet til"), "vision": gettext_noop("visjon"),
    "title": gettext_noop("tittel"), "first_year": gettext_noop("første år"), "last_year": gettext_noop("siste år"),
    "revision_months": gettext_noop("måneder mellom revisjonene"), "signed_by": gettext_noop("underskrives av"),
    "process": gettext_noop("prosess"), "level": gettext_noop("nivå"), "category": gettext_noop("kategori"),
    "description": gettext_noop("beskrivelse"), "national": gettext_noop("nasjonalt"), "due_year": gettext_noop("frist"),
    "value": gettext_noop("måltall"), "baseline": gettext_noop("utgangspunkt"), "milestones": gettext_noop("på veien"),
    "unit": gettext_noop("enhet"), "operator": gettext_noop("krav til tallet"), "focus_area": gettext_noop("satsingsområde"),
    "held_in": gettext_noop("står i"), "no_goal_reason": gettext_noop("hvorfor uten styringsmål"),
    "from_state": gettext_noop("fra"), "to_state": gettext_noop("til"), "area": gettext_noop("område"),
    "confirmed": gettext_noop("bekreftet"), "quote": gettext_noop("sitat"), "goal": gettext_noop("mål"),
    "findings": gettext_noop("funn i kilden"),
    "sources": gettext_noop("finansieringskilde"), "cost_keys": gettext_noop("fordelingsnøkkel"),
    "questions": gettext_noop("spørsmål"), "groups": gettext_noop("plassgruppe"), "scale": gettext_noop("skala"),
    "rights": gettext_noop("rett"), "tasks": gettext_noop("oppgave"), "activities": gettext_noop("aktivitet"),
    "letters": gettext_noop("bokstav"), "rows": gettext_noop("rad"), "mandate": gettext_noop("mandat"),
    "versions": gettext_noop("sammensetning"), "wheel": gettext_noop("årshjul"), "need_form": gettext_noop("behovsskjema"),
    "plan": gettext_noop("plan"), "project_model": gettext_noop("prosjektmodell"), "cooperation": gettext_noop("samarbeid"),
    "responsibility": gettext_noop("ansvarsmatrise"), "routines": gettext_noop("rutiner"), "name": gettext_noop("navn"),
    "text": gettext_noop("tekst"), "scope": gettext_noop("omfang"), "actor": gettext_noop("hvem som handler"),
    "deadline": gettext_noop("frist"), "window": gettext_noop("periode"), "when": gettext_noop("vilkår"),
    "optional": gettext_noop("frivillig"), "silence": gettext_noop("når ingen svarer"), "join": gettext_noop("når flere behandler"),
    "decision": gettext_noop("beslutningsregel"), "decides": gettext_noop("slags behandling"), "effect": gettext_noop("virkning"),
    "to": gettext_noop("går til"), "requires": gettext_noop("krever"), "start": gettext_noop("første steg"),
    "then": gettext_noop("følges av"), "chair": gettext_noop("leder"), "secretary": gettext_noop("sekretær"),
    "convener": gettext_noop("innkaller"), "frequency": gettext_noop("møtehyppighet"), "size": gettext_noop("antall plasser"),
    "count": gettext_noop("antall"), "weight": gettext_noop("vekt"), "votes": gettext_noop("stemmerett"),
    "starts": gettext_noop("begynner"), "ends": gettext_noop("slutter"), "owner": gettext_noop("ansvarlig"),
    "owner_body": gettext_noop("ansvarlig organ"), "depends_on": gettext_noop("avhenger av"),
    "appointed_by": gettext_noop("oppnevnes av"), "valid_from": gettext_noop("gjelder fra"),
    "valid_to": gettext_noop("gjelder til"), "years": gettext_noop("antall år"), "mandatory": gettext_noop("må fylles ut"),
    "chosen": gettext_noop("valgt løsning"), "severity": gettext_noop("alvorlighet"), "kind": gettext_noop("slag"),
    "shares": gettext_noop("andeler"), "polarity": gettext_noop("retning"), "reach": gettext_noop("rekkevidde"),
    "chair_from": gettext_noop("lederen kommer fra"), "term_notice_months": gettext_noop("måneder varsel før et verv går ut"),
    "may_consult": gettext_noop("kan spørres før oppnevning"), "consults": gettext_noop("skal spørres før oppnevning"),
    "direct_responsibility": gettext_noop("direkte ansvar"), "region": gettext_noop("region"),
    "organisation_kind": gettext_noop("slags organisasjon"),
    "exists_for": gettext_noop("finnes hos"), "term_years": gettext_noop("antall år i vervet"),
    "ranking": gettext_noop("rangering"), "threshold": gettext_noop("terskel"), "scorers": gettext_noop("hvem som vurderer"),
    "blind": gettext_noop("skjult vurdering"), "valid_months": gettext_noop("antall måneder vurderingen gjelder"),
    "free_text": gettext_noop("begrunnelse i fritekst"), "guidance": gettext_noop("veiledning"), "source": gettext_noop("kilde"),
    "anchors": gettext_noop("hva nivåene betyr"), "veto": gettext_noop("stopper ved dårligste nivå"),
    "measures": gettext_noop("hva kriteriet måler"), "tie_break": gettext_noop("avgjør ved lik sum"),
    "capacity": gettext_noop("kapasitet"), "capacity_unit": gettext_noop("kapasiteten regnes i"),
    "method": gettext_noop("metode"), "keys": gettext_noop("sorteres etter"), "order": gettext_noop("rekkefølge"), "number": gettext_noop("tall"),
    "serves": gettext_noop("oppgaver som svarer på"),
    "ledgers": gettext_noop("oversikt"), "states": gettext_noop("tilstand"),
    "kept_by": gettext_noop("føres av"), "notes": gettext_noop("notat"), "spread": gettext_noop("utbredelse"),
    "after": gettext_noop("kommer etter"), "competences": gettext_noop("kompetanse"), "given_by": gettext_noop("gitt av"),
    "follow": gettext_noop("følges opp"), "held": gettext_noop("har innehaver"), "ordered": gettext_noop("har rekkefølge"),
    "input_from": gettext_noop("innspill fra"), "advice_in": gettext_noop("råd føres i"), "expected": gettext_noop("ventes"),
    "members_add": gettext_noop("medlemmene legger til"), "spread_of": gettext_noop("telles av"),
    "structure": gettext_noop("struktur"), "relations": gettext_noop("relasjon"), "outside": gettext_noop("utenfor organene"),
    "units": gettext_noop("enhet"), "unit_kinds": gettext_noop("slags enhet"), "combinations": gettext_noop("kombinasjon av roller"),
    "extra_roles": gettext_noop("tilleggsroller"), "forum_texts": gettext_noop("det teksten sier"), "forums": gettext_noop("forum"),
    "required_per": gettext_noop("skal finnes"), "owns": gettext_noop("eier"), "purpose": gettext_noop("formål"),
    "covers": gettext_noop("dekker"), "chair_in": gettext_noop("lederen er fra"), "must_include": gettext_noop("må ha plass"),
    "standing_items": gettext_noop("fast på sakslisten"), "queue_days": gettext_noop("dager før det varsles om saker som venter"),
    "at_least": gettext_noop("minst"), "highest": gettext_noop("øverste administrative organ"), "parties": gettext_noop("parter"),
    "party_names": gettext_noop("navn på parter"),
    "unmet": gettext_noop("ikke oppfylt"), "binding": gettext_noop("hva som binder"), "yearly": gettext_noop("føres videre etter"),
    "to_need": gettext_noop("kan bli til behov"), "spans": gettext_noop("antall dager"), "narrows": gettext_noop("kan velges ut"),
    "sector": gettext_noop("sektor"), "aims": gettext_noop("ønsket virkning"), "indicator": gettext_noop("indikator"),
    "reminders_days": gettext_noop("påminnelser"), "aliases": gettext_noop("andre navn"), "act": gettext_noop("rett"),
}  # fmt: skip

VALUES = {
    ("polarity", "positive"): gettext_noop("høyt er bra"), ("polarity", "negative"): gettext_noop("høyt er dårlig"),
    ("evidence", "goal_link"): gettext_noop("knyttet til et mål"),
    ("evidence", "owner_committed"): gettext_noop("eier som har satt av folk"),
    ("method", "arguments"): gettext_noop("argumenter"), ("method", "weighted"): gettext_noop("vektet sum"),
    ("method", "sort_keys"): gettext_noop("fast rekkefølge"),
    ("capacity_unit", "projects"): gettext_noop("prosjekter"), ("capacity_unit", "hours"): gettext_noop("timer"),
    ("by", "focus_area"): gettext_noop("satsingsområde"), ("by", "kind"): gettext_noop("slag"),
    ("by", "statutory"): gettext_noop("lovpålagt"), ("by", "score"): gettext_noop("vektet sum"),
    ("by", "value_per_krone"): gettext_noop("verdi per krone"), ("by", "benefit_per_cost"): gettext_noop("nytte per krone"),
    ("by", "area_rank"): gettext_noop("fagområdets egen rekkefølge"),
    ("measures", "goals"): gettext_noop("mål"), ("measures", "benefit"): gettext_noop("gevinst"),
    ("measures", "cost"): gettext_noop("kostnad"), ("measures", "risk"): gettext_noop("risiko"),
    ("measures", "effort"): gettext_noop("innsats"),
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One difference: added, removed or changed; where it stands in words; and the sentence."""

    kind: Literal["added", "removed", "changed"]
    place: str
    text: Sentence
    before: str = ""
    after: str = ""


def difference(old: GovernanceModel, new: GovernanceModel) -> list[Change]:
    """Every difference from the old to the new, in the order of the format."""
    return list(_parts(old, new, (), (old, new)))


def part_difference(old: Part, new: Part, model: GovernanceModel | None) -> list[Change]:
    """Every difference between two parts of one kind; roles and bodies are named as the model does, if there is one."""
    return list(_parts(old, new, ("",), (model, model)))  # type: ignore[arg-type]


def _parts(
    old: Part, new: Part, place: tuple[str, ...], models: tuple[GovernanceModel, GovernanceModel]
) -> Iterator[Change]:
    for name in type(new).model_fields:
        if name in SKIPPED and not place:
            continue
        before, after = getattr(old, name, None), getattr(new, name)
        if before == after:
            continue
        yield from _values(name, before, after, place, models)


def _values(
    name: str, before: Any, after: Any, place: tuple[str, ...], models: tuple[GovernanceModel, GovernanceModel]
) -> Iterator[Change]:
    if _keyed(before) and _keyed(after) and (before or after):
        yield from _lists(name, before, after, place, models)
    elif name not in DEADLINES and type(before) is type(after) and _is_branch(after):
        yield from _parts(before, after, (*place, _label(name)), models)
    elif name in LISTS and before and after:
        yield from _items(name, before, after, place, models)
    else:
        yield _changed(name, before, after, place, models)


def _items(
    name: str, before: Any, after: Any, place: tuple[str, ...], models: tuple[GovernanceModel, GovernanceModel]
) -> Iterator[Change]:
    """Lists of things without keys: one for one when a single thing has changed, else what is gone and what is new."""
    gone, new = [item for item in before if item not in after], [item for item in after if item not in before]
    if len(gone) == len(new) == 1 and isinstance(new[0], Part) and not isinstance(new[0], Text):
        yield from _parts(gone[0], new[0], (*place, _label(name)), models)
        return
    for item in gone:
        was = in_words(name, item, models[0])
        yield Change(
            "removed", _where(place), say(gettext_noop("Fjernet %(what)s «%(name)s»."), what=_label(name), name=was)
        )
    for item in new:
        now = in_words(name, item, models[1])
        yield Change(
            "added", _where(place), say(gettext_noop("Nytt: %(what)s «%(name)s»."), what=_label(name), name=now)
        )


def _keyed(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, Part) and hasattr(item, "key") for item in value)


def _is_branch(part: Any) -> bool:
    return isinstance(part, Ranking) or (
        isinstance(part, Part)
        and not isinstance(part, Condition)
        and any(isinstance(value, tuple) and value and isinstance(value[0], Part) for _name, value in part)
    )


def _lists(
    name: str, before: Any, after: Any, place: tuple[str, ...], models: tuple[GovernanceModel, GovernanceModel]
) -> Iterator[Change]:
    old, new = {item.key: item for item in before}, {item.key: item for item in after}
    label = _label(
        ("stages" if not place else name) if name == "criteria" else "tiltak" if name == "measures" else name
    )
    for key, item in old.items():
        if key not in new:
            yield Change(
                "removed",
                _where(place),
                say(gettext_noop("Fjernet %(what)s «%(name)s»."), what=label, name=_title(item)),
            )
    for key, item in new.items():
        if key not in old:
            yield Change(
                "added", _where(place), say(gettext_noop("Nytt: %(what)s «%(name)s»."), what=label, name=_title(item))
            )
        elif item != old[key]:
            yield from _parts(old[key], item, (*place, f"{label} «{_title(item)}»"), models)
    kept_before, kept_after = [k for k in old if k in new], [k for k in new if k in old]
    if kept_before != kept_after and name in ORDERED:
        yield Change("changed", _where(place), say(gettext_noop("Rekkefølgen er endret for %(what)s."), what=label))


def _changed(
    name: str, before: Any, after: Any, place: tuple[str, ...], models: tuple[GovernanceModel, GovernanceModel]
) -> Change:
    was, now = in_words(name, before, models[0]), in_words(name, after, models[1])
    if before in (None, (), {}):
        text = say(gettext_noop("%(what)s er satt til «%(after)s»."), what=_label(name).capitalize(), after=now)
        return Change("added", _where(place), text, "", now)
    if after in (None, (), {}):
        text = say(gettext_noop("%(what)s «%(before)s» er fjernet."), what=_label(name).capitalize(), before=was)
        return Change("removed", _where(place), text, was, "")
    text = say(
        gettext_noop("%(what)s var «%(before)s», og er nå «%(after)s»."),
        what=_label(name).capitalize(),
        before=was,
        after=now,
    )
    return Change("changed", _where(place), text, was, now)


def in_words(name: str, value: Any, model: GovernanceModel) -> str:
    """A value as people would say it, in the light of the model it stands in."""
    if value is None:
        return str(say(gettext_noop("ikke satt")))
    if isinstance(value, bool):
        return str(say(gettext_noop("ja") if value else gettext_noop("nei")))
    if isinstance(value, Condition):
        return condition_words(value)
    if isinstance(value, MonthDay):
        return day_words(value)
    if name in DEADLINES and isinstance(value, Part):
        return str(deadline_words(model, value))  # type: ignore[arg-type]
    if isinstance(value, Relation):
        return sentence(model, value)
    if isinstance(value, tuple):
        return ", ".join(in_words(name, item, model) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {in_words(name, item, model)}" for key, item in value.items())
    if isinstance(value, Part) and not isinstance(value, Text):
        shown = [(key, item) for key, item in value if item not in (None, (), {}, False)]
        return ", ".join(in_words(key, item, model) for key, item in shown)
    return _known_name(name, str(value), model)


def _known_name(name: str, value: str, model: GovernanceModel) -> str:
    if (name, value) in VALUES:
        return str(say(VALUES[name, value]))
    found: Any = None
    if model is None:
        return value
    if name in ("body", "owner_body"):
        found = model.body(value)
    elif name in ("role", "owner", "chair", "secretary", "convener", "appointed_by", "signed_by"):
        found = model.role(value)
    elif name in ("then", "path", "revision_path"):
        found = model.path(value)
    elif name == "window" and model.wheel:
        found = model.wheel.period(value)
    return str(found.name) if found else value


def _label(name: str) -> str:
    return str(say(LABELS[name])) if name in LABELS else name.replace("_", " ")


def _title(item: Any) -> str:
    return str(getattr(item, "name", None) or getattr(item, "text", None) or item.key)


def _where(place: tuple[str, ...]) -> str:
    return ", ".join(filter(None, place))
