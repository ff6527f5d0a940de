"""Ways of governing beside each other: one capability, and how each model does it, read from the models alone.

A model that says nothing about a capability has an empty cell; the product then works with it switched off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .describe import SUBJECTS, actor_of, condition_words, period_words
from .lint import lint
from .paths import Path
from .schema import GovernanceModel

Words = Sentence | str
DECIDED = ("need", "plan", "plan_revision", "strategy", "change_request", "opt_out", "advice", "appointment")
METHODS = {
    "arguments": gettext_noop("Argumenter, uten tall"),
    "weighted": gettext_noop("Vektet sum"),
    "sort_keys": gettext_noop("Fast rekkefølge"),
}
KEYS = {
    "focus_area": gettext_noop("satsingsområde"),
    "kind": gettext_noop("slag tiltak"),
    "statutory": gettext_noop("lovpålagt"),
    "score": gettext_noop("poeng"),
    "value_per_krone": gettext_noop("verdi per krone"),
    "benefit_per_cost": gettext_noop("nytte mot kostnad"),
    "area_rank": gettext_noop("områdets egen rangering"),
}
FORMS = {
    "host": gettext_noop("Vertskommune"),
    "task_community": gettext_noop("Oppgavefellesskap"),
    "political_council": gettext_noop("Politisk råd"),
    "company": gettext_noop("Selskap"),
    "agreement": gettext_noop("Avtale"),
    "merger": gettext_noop("Sammenslåing"),
    "network": gettext_noop("Nettverk"),
    "unstated": gettext_noop("Ikke oppgitt"),
}
EVERY = {
    "month": gettext_noop("hver måned"),
    "quarter": gettext_noop("hvert kvartal"),
    "tertial": gettext_noop("hvert tertial"),
    "half_year": gettext_noop("hvert halvår"),
    "year": gettext_noop("hvert år"),
    "meeting": gettext_noop("til hvert møte"),
    "round": gettext_noop("etter hver runde"),
}
PER = {
    "month": gettext_noop("%(name)s, møter i måneden: %(times)s"),
    "quarter": gettext_noop("%(name)s, møter i kvartalet: %(times)s"),
    "year": gettext_noop("%(name)s, møter i året: %(times)s"),
}


@dataclass(frozen=True)
class Cell:
    """How one model does it, line by line; empty where the model is silent."""

    lines: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines)


@dataclass(frozen=True)
class Row:
    """A capability, and a cell for each of the models compared, by the model's own name in the comparison."""

    key: str
    name: Sentence
    cells: Mapping[str, Cell]

    @property
    def differs(self) -> bool:
        """Whether the models do it in more than one way."""
        return len({cell.lines for cell in self.cells.values()}) > 1


def compare(models: Mapping[str, GovernanceModel]) -> list[Row]:
    """The capabilities of the dialect table, with how each of the models does it (W10; B-04, D-09, A-121, G-110)."""
    return [
        Row(
            key,
            say(name),
            {label: Cell(tuple(str(line) for line in say_it(model))) for label, model in models.items()},
        )
        for key, name, say_it in CAPABILITIES
    ]


def gates_of(model: GovernanceModel) -> list[str]:
    """The decision points of the project model, by name, with who decides."""
    phases = model.project_model.phases if model.project_model else ()
    return [
        ": ".join(part for part in (str(phase.gate.name), _named(model, phase.gate.decided_by)) if part)
        for phase in phases
        if phase.gate
    ]


def _named(model: GovernanceModel, key: str | None) -> str:
    """A role or body by its name; empty for none."""
    return model.party_name(key) if key else ""


def _intake(model: GovernanceModel) -> Iterator[Words]:
    form = model.need_form
    if form is None:
        return
    path = model.path(form.path)
    yield str(path.name) if path else form.path
    period = model.wheel.period(form.period) if model.wheel and form.period else None
    if period is not None:
        yield say(gettext_noop("Åpent %(when)s"), when=period_words(period))
    yield say(
        gettext_noop("Felt som må fylles ut: %(fields)s. Egne spørsmål: %(questions)s."), fields=len(form.mandatory),
        questions=len(form.questions),
    )  # fmt: skip


def _weights(model: GovernanceModel) -> Iterator[Words]:
    for stage in model.criteria:
        yield say(
            gettext_noop("%(stage)s: %(weights)s"), stage=stage.name,
            weights="/".join(str(item.weight) for item in stage.criteria),
        )  # fmt: skip
        yield ", ".join(f"{item.name} {item.weight}" for item in stage.criteria)
    if model.criteria and model.criteria[0].scale:
        yield say(
            gettext_noop("Skala: %(levels)s"), levels=", ".join(str(level.name) for level in model.criteria[0].scale)
        )


def _hearing(model: GovernanceModel) -> Iterator[Words]:
    for path in model.paths:
        for step in path.steps:
            if step.kind == "hearing":
                yield f"{path.name}: {step.name}"
    if model.hearing_bodies:
        yield say(
            gettext_noop("Kan høres: %(names)s"),
            names=", ".join(str(item.name) for item in model.hearing_bodies),
        )  # fmt: skip


def _ranking(model: GovernanceModel) -> Iterator[Words]:
    ranking = model.ranking
    if ranking is None:
        return
    yield say(METHODS[ranking.method])
    if ranking.keys:
        yield " → ".join(str(say(KEYS[item.by])) for item in ranking.keys)
    if ranking.capacity:
        words = gettext_noop("Prosjekter over streken: %(count)s")
        hours = gettext_noop("Timer over streken: %(count)s")
        yield say(words if ranking.capacity_unit == "projects" else hours, count=ranking.capacity)


def _deciders(model: GovernanceModel) -> Iterator[Words]:
    for subject in DECIDED:
        path = model.path_for(subject)
        names = list(dict.fromkeys(_who_decides(model, path))) if path else []
        if names:
            yield f"{str(say(SUBJECTS[subject])).capitalize()}: {', '.join(names)}"


def _who_decides(model: GovernanceModel, path: Path) -> Iterator[str]:
    for step in path.steps:
        if step.decides == "adopt":
            yield actor_of(model, step)


def _stages(model: GovernanceModel) -> Iterator[Words]:
    path = model.path_for("need")
    if path is not None:
        yield say(gettext_noop("Steg: %(count)s"), count=len(path.steps))
        for step in path.steps:
            yield f"{step.name} ({actor_of(model, step)})"


def _wheel(model: GovernanceModel) -> Iterator[Words]:
    for period in model.wheel.periods if model.wheel else ():
        yield f"{period.name}: {period_words(period)}"
    for overlay in model.wheel.overlays if model.wheel else ():
        yield say(gettext_noop("Ligger over: %(name)s"), name=overlay.name)


def _money(model: GovernanceModel) -> Iterator[Words]:
    plan = model.plan
    if plan is None:
        return
    yield say(gettext_noop("%(name)s, %(years)s år"), name=plan.name, years=plan.years)
    for source in plan.sources:
        until = source.valid_to_year
        yield (
            say(gettext_noop("%(name)s, til og med %(year)s"), name=source.name, year=until)
            if until
            else str(source.name)
        )
    if plan.cost_keys:
        yield say(gettext_noop("Deles: %(keys)s"), keys=", ".join(str(item.name) for item in plan.cost_keys))


def _project(model: GovernanceModel) -> Iterator[Words]:
    found = model.project_model
    if found is None:
        return
    yield str(found.name)
    yield " → ".join(str(phase.name) for phase in found.phases)
    for size in found.sizes:
        when = condition_words(size.when) if size.when else ""
        yield ": ".join(part for part in (str(size.name), when) if part)


def _gates(model: GovernanceModel) -> Iterator[Words]:
    if model.project_model is None:
        return
    gates = gates_of(model)
    yield say(gettext_noop("Antall: %(count)s"), count=len(gates))
    yield from gates


def _maturity(model: GovernanceModel) -> Iterator[Words]:
    for item in model.maturity:
        yield say(
            gettext_noop("%(name)s. Områder: %(areas)s. Nivåer: %(levels)s."), name=item.name, areas=len(item.areas),
            levels=len(item.levels),
        )  # fmt: skip
    for level in getattr(model, "service_levels", ()):
        percent = f"{level.target_percent:g} %".replace(".", ",") if level.target_percent is not None else ""
        yield " ".join(part for part in (str(level.name), percent) if part)


def _strategy_of(model: GovernanceModel) -> Any:
    """Where the model keeps its goals, principles and focus areas: in a part of their own, or in itself."""
    return getattr(model, "strategy", model)


def _principles(model: GovernanceModel) -> Iterator[Words]:
    principles = _strategy_of(model).principles
    if principles:
        gates = [item for item in principles if item.effect == "gate"]
        yield say(
            gettext_noop("Antall: %(count)s. Stanser: %(gates)s."), count=len(principles),
            gates=len(gates),
        )  # fmt: skip
        yield from (str(item.name) for item in principles)


def _reports(model: GovernanceModel) -> Iterator[Words]:
    for item in model.reports:
        yield say(
            gettext_noop("%(name)s: fra %(sender)s til %(receiver)s, %(every)s"), name=item.name,
            sender=_named(model, item.sender), receiver=_named(model, item.receiver), every=say(EVERY[item.every]),
        )  # fmt: skip


def _cooperation(model: GovernanceModel) -> Iterator[Words]:
    found = model.cooperation
    if found is not None:
        yield say(FORMS[found.form])
        if found.until:
            yield say(gettext_noop("Til %(day)s"), day=found.until.strftime("%d.%m.%Y"))
        if found.may_opt_out:
            yield say(gettext_noop("Kan reservere seg"))
    if len(model.organisations) > 1 or found is not None:
        yield ", ".join(str(slot.name) for slot in model.organisations)


def _strategy(model: GovernanceModel) -> Iterator[Words]:
    content = _strategy_of(model)
    if content.goals:
        depth, count, national = _shape(content.goals)
        yield say(gettext_noop("Mål: %(count)s. Nivåer: %(depth)s."), count=count, depth=depth)
        if national:
            yield say(gettext_noop("Nasjonale mål: %(count)s"), count=national)
    if content.focus_areas:
        areas = sorted(content.focus_areas, key=lambda item: item.order or 0)
        yield say(gettext_noop("Satsingsområder: %(names)s"), names=", ".join(str(item.name) for item in areas))


def _shape(goals: Sequence[object]) -> tuple[int, int, int]:
    """How deep the goals go, how many they are, and how many are somebody else's."""
    depth, count, national = 0, 0, 0
    for goal in goals:
        below = _shape(getattr(goal, "goals", ()))
        depth = max(depth, 1 + below[0])
        count += 1 + below[1]
        national += bool(getattr(goal, "national", False)) + below[2]
    return depth, count, national


def _bodies(model: GovernanceModel) -> Iterator[Words]:
    for body in model.bodies:
        sizes = {version.size or sum(group.count or 0 for group in version.groups) for version in body.versions}
        size = max(sizes, default=0)
        if body.frequency:
            yield say(PER[body.frequency.per], name=body.name, times=body.frequency.times)
        elif size:
            yield say(gettext_noop("%(name)s, plasser: %(size)s"), name=body.name, size=size)
        else:
            yield str(body.name)


def _terms(model: GovernanceModel) -> Iterator[Words]:
    years = sorted(
        {group.term_years for body in model.bodies for version in body.versions for group in version.groups} - {None},
        key=lambda value: value or 0,
    )
    yield from (say(gettext_noop("%(years)s år"), years=value) for value in years)


def _findings(model: GovernanceModel) -> Iterator[Words]:
    told = lint(model)
    open_ones = [item for item in told if not item.resolved]
    counts = {name: sum(item.severity == name for item in open_ones) for name in ("error", "warning", "info")}
    yield say(gettext_noop("Åpne feil: %(error)s. Advarsler: %(warning)s. Til opplysning: %(info)s."), **counts)
    chosen = len(told) - len(open_ones)
    if chosen:
        yield say(gettext_noop("Med valgt tolkning: %(count)s"), count=chosen)


Speaker = Callable[[GovernanceModel], Iterator[Words]]
CAPABILITIES: tuple[tuple[str, str, Speaker], ...] = (
    ("decide", gettext_noop("Hvem vedtar"), _deciders),
    ("intake", gettext_noop("Innmelding"), _intake),
    ("stages", gettext_noop("Veien for et behov"), _stages),
    ("weights", gettext_noop("Kriterier og vekter"), _weights),
    ("ranking", gettext_noop("Hva som rangerer"), _ranking),
    ("hearing", gettext_noop("Høring"), _hearing),
    ("wheel", gettext_noop("Årshjul"), _wheel),
    ("money", gettext_noop("Plan og penger"), _money),
    ("phases", gettext_noop("Prosjektfaser"), _project),
    ("gates", gettext_noop("Beslutningspunkter"), _gates),
    ("maturity", gettext_noop("Modenhet og måltall"), _maturity),
    ("principles", gettext_noop("Prinsipper"), _principles),
    ("strategy", gettext_noop("Mål og satsinger"), _strategy),
    ("bodies", gettext_noop("Organer"), _bodies),
    ("terms", gettext_noop("Funksjonstid"), _terms),
    ("reports", gettext_noop("Rapporter"), _reports),
    ("cooperation", gettext_noop("Samarbeid"), _cooperation),
    ("findings", gettext_noop("Funn i modellen"), _findings),
)
