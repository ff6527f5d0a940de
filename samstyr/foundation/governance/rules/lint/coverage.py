"""Lists that are empty (R-14) and trees that do not meet (R-16)."""

from __future__ import annotations

from collections.abc import Iterator

from samstyr.foundation.kernel.text import gettext_noop, say

from ..schema import GovernanceModel
from ..strategy import positions_of, served
from .finding import Hit, check, rule
from .naming import subject_word

rule(
    "R-14",
    gettext_noop("Tomt"),
    gettext_noop("Noe er varslet, men står tomt."),
    gettext_noop("Fyll ut, eller ta det bort."),
)
rule(
    "R-16",
    gettext_noop("Dekning"),
    gettext_noop("Det som står på den ene siden, må ha noe på den andre."),
    gettext_noop("Legg til det som mangler, eller skriv at det med vilje er tomt."),
)


@check("R-14")
def empty_parts(model: GovernanceModel) -> Iterator[Hit]:
    """Goals among goals with parts have parts; instruments, phases, reports and sources have contents."""
    goals = model.strategy.goals
    tops = [goal for goal in goals if not goal.national]
    for index, goal in enumerate(goals):
        if not goal.goals and not goal.national and any(other.goals and other.level == goal.level for other in tops):
            yield Hit(
                "warning",
                ("strategy", "goals", index),
                say(
                    gettext_noop("Målet «%(goal)s» har ingen delmål, slik de andre har."),
                    goal=goal.text,
                ),
            )
    for index, tool in enumerate(model.maturity):
        if not tool.areas or not tool.levels:
            yield Hit(
                "warning",
                ("maturity", index),
                say(
                    gettext_noop("«%(tool)s» mangler områder eller nivåer."),
                    tool=tool.name,
                ),
            )
    for index, report in enumerate(model.reports):
        if not report.parts():
            yield Hit(
                "info",
                ("reports", index),
                say(
                    gettext_noop("Rapporten «%(report)s» sier ikke hva den skal inneholde."),
                    report=report.name,
                ),
            )
    if model.project_model and not model.project_model.phases:
        yield Hit(
            "warning",
            ("project_model", "phases"),
            say(gettext_noop("Prosjektmodellen har ingen faser.")),
        )
    if model.plan and not model.plan.sources:
        yield Hit(
            "info",
            ("plan", "sources"),
            say(gettext_noop("Planen sier ikke hvor pengene kan komme fra.")),
        )
    for index, area in enumerate(model.strategy.focus_areas):
        if not area.goals and any(other.goals for other in model.strategy.focus_areas):
            yield Hit(
                "warning",
                ("strategy", "focus_areas", index),
                say(
                    gettext_noop("Satsingsområdet «%(area)s» har ingen mål, slik de andre har."),
                    area=area.name,
                ),
            )


_ONE_PER = {
    "area": gettext_noop("«%(group)s» har én plass for hvert område, men antallet er ikke oppgitt."),
    "organisation": gettext_noop("«%(group)s» har én plass for hver organisasjon, men antallet er ikke oppgitt."),
    "unit": gettext_noop("«%(group)s» har én plass for hver enhet, men antallet er ikke oppgitt."),
}


@check("R-16")
def seats_per_area(model: GovernanceModel) -> Iterator[Hit]:
    """One seat per area can only be checked when the number of areas is stated."""
    for index, body in enumerate(model.bodies):
        for number, version in enumerate(body.versions):
            for at, group in enumerate(version.groups):
                if group.one_per and group.count is None:
                    yield Hit(
                        "warning",
                        ("bodies", index, "versions", number, "groups", at),
                        say(_ONE_PER[group.one_per], group=group.name),
                    )


@check("R-16")
def national_goals_met(model: GovernanceModel) -> Iterator[Hit]:
    """Every national goal has something of one's own that serves it (G-41)."""
    answers = served(model.strategy)
    accepted = {gap.goal for gap in model.strategy.gaps}
    for one in positions_of(model.strategy):
        if not answers[one.goal.key] and one.goal.key not in accepted:
            yield Hit(
                "warning",
                ("strategy", *one.place),
                say(
                    gettext_noop("Ingen egen strategi svarer på «%(goal)s»."),
                    goal=str(one.goal.text)[:100],
                ),
            )


@check("R-16")
def strategies_rest_on_goals(model: GovernanceModel) -> Iterator[Hit]:
    """A local strategy rests on a steering goal of one's own where there are such goals, or says why not (G-40)."""
    content = model.strategy
    if all(goal.national for goal in content.goals):
        return
    loose = [item for item in content.strategies if not item.goals and not item.no_goal_reason]
    if loose:
        yield Hit(
            "info",
            ("strategy", "strategies"),
            say(
                gettext_noop("%(count)s av %(total)s strategier bygger ikke på noe eget styringsmål."),
                count=len(loose),
                total=len(content.strategies),
            ),
            say(gettext_noop("Knytt strategien til et styringsmål, eller skriv hvorfor den ikke bygger på noe.")),
        )


@check("R-16")
def paths_for_forms(model: GovernanceModel) -> Iterator[Hit]:
    """What has a form has a path for its kind of subject."""
    if model.need_form and (path := model.path(model.need_form.path)) and path.subject != "need":
        yield Hit(
            "error",
            ("need_form", "path"),
            say(gettext_noop("Skjemaet for behov fører inn i et løp som ikke er for behov.")),
        )
    if model.plan is None:
        return
    for name, subject in (("path", "plan"), ("revision_path", "plan_revision")):
        key = getattr(model.plan, name)
        if key and (path := model.path(key)) and path.subject != subject:
            yield Hit(
                "error",
                ("plan", name),
                say(
                    gettext_noop("Planen skal følge et løp for «%(subject)s», men «%(path)s» er ikke det."),
                    subject=subject_word(subject),
                    path=path.name,
                ),
            )
