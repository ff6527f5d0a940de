"""A model's parts in words: who acts, when a step is due, on what conditions, and what each outcome leads to."""

from __future__ import annotations

from typing import Any

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .paths import Deadline, Outcome, Path, Step
from .schema import GovernanceModel
from .words import Condition
from .year import MonthDay, Period

Words = Sentence | str

MONTHS = (
    gettext_noop("januar"), gettext_noop("februar"), gettext_noop("mars"), gettext_noop("april"),
    gettext_noop("mai"), gettext_noop("juni"), gettext_noop("juli"), gettext_noop("august"),
    gettext_noop("september"), gettext_noop("oktober"), gettext_noop("november"), gettext_noop("desember"),
)  # fmt: skip
FACTS = {
    "total_cost": gettext_noop("samlet kostnad"),
    "first_year_cost": gettext_noop("kostnad første år"),
    "investment_cost": gettext_noop("investering"),
    "operating_cost": gettext_noop("årlig driftskostnad"),
    "scope": gettext_noop("omfang"),
    "personal_data": gettext_noop("behandler personopplysninger"),
    "archive": gettext_noop("gjelder arkiv"),
    "work_changes": gettext_noop("endrer arbeidet for ansatte"),
    "statutory": gettext_noop("er pålagt"),
    "has_product": gettext_noop("nevner et produkt"),
    "shared": gettext_noop("er felles"),
    "organisation": gettext_noop("organisasjon"),
    "subject": gettext_noop("sakstype"),
    "size_class": gettext_noop("størrelse"),
    "document_type": gettext_noop("dokumenttype"),
    "late": gettext_noop("kom inn for sent"),
}
SIGNS = {"eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥", "in": "∈"}
EFFECTS = {
    "advance": gettext_noop("går videre"),
    "escalate": gettext_noop("løftes til neste nivå"),
    "goto": gettext_noop("går til et bestemt steg"),
    "conditions": gettext_noop("går videre med vilkår"),
    "return": gettext_noop("går tilbake"),
    "reject": gettext_noop("avsluttes uten å komme med"),
    "park": gettext_noop("parkeres til en dato"),
    "pause": gettext_noop("settes på pause"),
    "end_positive": gettext_noop("avsluttes med ja"),
    "defer": gettext_noop("utsettes"),
    "refer": gettext_noop("vises til en annen behandling"),
    "rerank": gettext_noop("får ny plass i rekkefølgen"),
    "stay": gettext_noop("blir stående"),
    "merge": gettext_noop("slås sammen med en annen sak"),
    "split": gettext_noop("deles i flere saker"),
}
DECIDES = {
    "assess": gettext_noop("vurderer"),
    "advise": gettext_noop("gir råd"),
    "propose": gettext_noop("foreslår"),
    "treat": gettext_noop("behandler"),
    "adopt": gettext_noop("vedtar"),
    "discuss": gettext_noop("drøfter"),
    "manage": gettext_noop("forvalter"),
}
SUBJECTS = {
    "need": gettext_noop("behov"),
    "plan": gettext_noop("plan"),
    "plan_revision": gettext_noop("revisjon av planen"),
    "strategy": gettext_noop("strategi"),
    "architecture": gettext_noop("arkitektur"),
    "appointment": gettext_noop("oppnevning"),
    "exemption": gettext_noop("unntak"),
    "opt_out": gettext_noop("reservasjon"),
    "gate": gettext_noop("beslutningspunkt i prosjekt"),
    "change_request": gettext_noop("endringsønske"),
    "governance": gettext_noop("styringsmodell"),
    "advice": gettext_noop("råd"),
    "report": gettext_noop("rapport"),
    "question": gettext_noop("spørsmål ved tvil"),
    "conflict": gettext_noop("motstrid mellom føringer"),
    "replacement": gettext_noop("påtvunget utskifting"),
    "purchase": gettext_noop("anskaffelse"),
    "deviation": gettext_noop("avvik"),
    "operations": gettext_noop("drift og utvikling av IT"),
    "guide": gettext_noop("veileder"),
}
ACTS = {
    "need.create": gettext_noop("melde behov"),
    "need.read": gettext_noop("lese behov"),
    "need.edit": gettext_noop("endre behov"),
    "need.import": gettext_noop("hente inn behov fra regneark"),
    "case.read": gettext_noop("lese saker"),
    "case.create": gettext_noop("reise saker"),
    "case.comment": gettext_noop("kommentere saker"),
    "case.administer": gettext_noop("administrere saker og møter"),
    "hearing.manage": gettext_noop("styre høringer"),
    "statement.read_exempt": gettext_noop("lese uttalelser unntatt offentlighet"),
    "plan.read": gettext_noop("lese planen"),
    "plan.edit": gettext_noop("endre planen"),
    "plan.progress": gettext_noop("føre framdrift"),
    "budget.manage": gettext_noop("føre budsjett"),
    "strategy.read": gettext_noop("lese strategien"),
    "strategy.edit": gettext_noop("skrive strategien"),
    "strategy.adopt": gettext_noop("føre inn vedtak av strategien"),
    "organisation.manage": gettext_noop("endre organisasjonen"),
    "people.manage": gettext_noop("endre personer"),
    "role.appoint": gettext_noop("gi roller"),
    "model.read": gettext_noop("lese styringsmodellen"),
    "model.manage": gettext_noop("endre styringsmodellen"),
    "audit.read": gettext_noop("lese revisjonssporet"),
}
REACHES = {
    "own": gettext_noop("egne"),
    "unit": gettext_noop("egen enhet"),
    "area": gettext_noop("eget område"),
    "organisation": gettext_noop("egen organisasjon"),
    "tenant": gettext_noop("hele styringsordningen"),
}


def actor_of(model: GovernanceModel, step: Step) -> str:
    """Who acts at the step: the body's name or the role's, or the bare key when the model lacks it."""
    if step.actor.every_body:
        bodies = [(key, model.body(key)) for key in step.actor.every_body]
        return ", ".join(str(body.name) if body else key for key, body in bodies)
    role = model.role(step.actor.role) if step.actor.role else None
    return str(role.name) if role else step.actor.role or ""


def holders_each(model: GovernanceModel, step: Step) -> list[str]:
    """The organisations that each hold the step, by name; empty when it is held once for all."""
    if step.actor.bodies:
        return [str(body.name) if (body := model.body(key)) else key for key in step.actor.bodies]
    body = model.body(step.actor.body) if step.actor.body else None
    if step.each != "organisation" and not (body and body.per == "organisation"):
        return []
    return [
        str(slot.name)
        for slot in model.organisations
        if (body.exists_in(slot.key) if body else slot.kind == "municipality")
    ]


def day_words(day: MonthDay | Any) -> str:
    """``1. mai``."""
    return str(say(gettext_noop("%(day)s. %(month)s"), day=day.day, month=say(MONTHS[day.month - 1])))


def period_words(period: Period) -> str:
    """From and to: ``1. mai–31. mai``."""
    return f"{day_words(period.starts)}–{day_words(period.ends)}"


def deadline_words(model: GovernanceModel, deadline: Deadline | None) -> Words:
    """When a step is due, in words; empty without a deadline."""
    if deadline is None:
        return ""
    match deadline.kind:
        case "date":
            return day_words(deadline)
        case "period_start" | "period_end":
            return _period_deadline(model, deadline)
        case "days":
            return say(gettext_noop("%(days)s dager etter at steget begynner"), days=deadline.days)
        case "working_days":
            return say(gettext_noop("%(days)s virkedager etter at steget begynner"), days=deadline.days)
        case "meeting":
            return _meeting_deadline(model, deadline)
        case "first_of" | "last_of":
            parts = "; ".join(str(deadline_words(model, part)) for part in deadline.of)
            first = gettext_noop("det som kommer først av: %(parts)s")
            return say(
                first if deadline.kind == "first_of" else gettext_noop("det som kommer sist av: %(parts)s"), parts=parts
            )
        case _:
            return _conditional_deadline(model, deadline)


def _period_deadline(model: GovernanceModel, deadline: Any) -> Sentence:
    period = model.wheel.period(deadline.period) if model.wheel else None
    name = str(period.name) if period else deadline.period
    if deadline.kind == "period_start":
        return say(
            gettext_noop("%(day)s, første dag i «%(period)s»"),
            day=day_words(period.starts) if period else "?",
            period=name,
        )
    return say(
        gettext_noop("%(day)s, siste dag i «%(period)s»"), day=day_words(period.ends) if period else "?", period=name
    )


def _meeting_deadline(model: GovernanceModel, deadline: Any) -> Sentence:
    body = model.body(deadline.body)
    name = str(body.name) if body else deadline.body
    if deadline.working_days < 0:
        return say(gettext_noop("%(days)s virkedager før møtet i %(body)s"), days=-deadline.working_days, body=name)
    if deadline.working_days > 0:
        return say(gettext_noop("%(days)s virkedager etter møtet i %(body)s"), days=deadline.working_days, body=name)
    return say(gettext_noop("møtet i %(body)s"), body=name)


def _conditional_deadline(model: GovernanceModel, deadline: Any) -> str:
    parts = [
        str(
            say(
                gettext_noop("%(deadline)s hvis %(condition)s"),
                deadline=deadline_words(model, case.use),
                condition=condition_words(case.when),
            )
        )
        for case in deadline.cases
    ]
    if deadline.otherwise is not None:
        parts.append(str(say(gettext_noop("ellers %(deadline)s"), deadline=deadline_words(model, deadline.otherwise))))
    return "; ".join(parts)


def condition_words(condition: Condition | None) -> str:
    """A condition in words: ``samlet kostnad ≥ 1000000 og ikke (er pålagt)``."""
    if condition is None:
        return ""
    if condition.all is not None:
        return f" {say(gettext_noop('og'))} ".join(_bracketed(part) for part in condition.all)
    if condition.any is not None:
        return f" {say(gettext_noop('eller'))} ".join(_bracketed(part) for part in condition.any)
    if condition.not_ is not None:
        return f"{say(gettext_noop('ikke'))} {_bracketed(condition.not_)}"
    name = str(say(FACTS[condition.fact])) if condition.fact else ""
    if condition.value is True and condition.op == "eq":
        return name
    if condition.value is False and condition.op == "eq":
        return f"{say(gettext_noop('ikke'))} {name}"
    value = ", ".join(map(str, condition.value)) if isinstance(condition.value, list | tuple) else str(condition.value)
    return f"{name} {SIGNS[condition.op]} {value}"


def _bracketed(condition: Condition) -> str:
    text = condition_words(condition)
    return f"({text})" if condition.all or condition.any else text


def outcome_words(path: Path, outcome: Outcome) -> str:
    """An outcome with what it leads to: ``Send på høring → Høringsinstansene uttaler seg``."""
    return f"{outcome.name} → {target_words(path, outcome)}"


def target_words(path: Path, outcome: Outcome) -> str:
    """Where an outcome leads: the step's name, each route with its condition, or its effect in words."""
    if isinstance(outcome.to, tuple):
        parts = []
        for route in outcome.to:
            words = condition_words(route.when)
            parts.append(
                f"{step_name(path, route.to)} ({say(gettext_noop('hvis'))} {words})"
                if words
                else step_name(path, route.to)
            )
        return "; ".join(parts)
    if outcome.to is not None:
        return step_name(path, outcome.to)
    return str(say(EFFECTS[outcome.effect]))


def step_name(path: Path, key: str) -> str:
    """The step's name, or its key when the path lacks it."""
    return next((str(step.name) for step in path.steps if step.key == key), key)


def words_for(key: str, words: dict[str, str]) -> str:
    """The word for a key of the format, or the key itself when there is none."""
    return str(say(words[key])) if key in words else key
