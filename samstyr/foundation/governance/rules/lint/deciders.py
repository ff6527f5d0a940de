"""Who decides: one adopter of each thing, within mandate, and nobody alone from own need to adoption."""

from __future__ import annotations

from collections.abc import Iterator

from samstyr.foundation.access import Act
from samstyr.foundation.kernel.text import gettext_noop, say

from ..describe import actor_of
from ..paths import Path, Step
from ..schema import GovernanceModel
from .finding import Hit, Place, check, rule
from .graph import always_met, edges
from .naming import kind_word, subject_word

rule(
    "R-01",
    gettext_noop("Én som vedtar"),
    gettext_noop("Det må være ett organ som vedtar, ellers vet ingen hvilket vedtak som gjelder."),
    gettext_noop("Bestem hvem som vedtar, og la de andre foreslå, behandle eller gi råd."),
)
rule(
    "S-08",
    gettext_noop("Utenfor mandatet"),
    gettext_noop("Et organ kan bare gjøre det mandatet gir det lov til."),
    gettext_noop("Utvid mandatet, eller la et annet organ ha steget."),
)
rule(
    "S-12",
    gettext_noop("Egen sak fra ende til annen"),
    gettext_noop("Ingen bør kunne føre sitt eget behov fram til vedtak alene."),
    gettext_noop("La en annen rolle eller et organ ha minst ett av stegene."),
)

# Kinds of subject that end with somebody adopting something.
ADOPTED = frozenset(
    {
        "plan",
        "plan_revision",
        "strategy",
        "governance",
        "gate",
        "exemption",
        "appointment",
        "change_request",
    }
)


def actor_name(model: GovernanceModel, step: Step) -> str:
    """Who acts, in words."""
    return actor_of(model, step) or "?"


@check("R-01")
def one_adopter_on_path(model: GovernanceModel) -> Iterator[Hit]:
    """Of the steps that always take place on a path, one adopts at most; and somebody does."""
    for index, path in enumerate(model.paths):
        adopting = [(number, step) for number, step in enumerate(path.steps) if step.decides == "adopt"]
        plain = always_met(path)
        always = {step.actor.body or step.actor.role: (number, step) for number, step in adopting if step.key in plain}
        if len(always) > 1:
            last = max(number for number, _step in always.values())
            names = ", ".join(actor_name(model, step) for _number, step in always.values())
            yield Hit(
                "error",
                ("paths", index, "steps", last),
                say(
                    gettext_noop("Flere vedtar det samme i løpet «%(path)s»: %(names)s."),
                    path=path.name,
                    names=names,
                ),
            )
        if not adopting and path.subject in ADOPTED and path.then is None:
            yield Hit(
                "error",
                ("paths", index),
                say(gettext_noop("Ingen vedtar i løpet «%(path)s»."), path=path.name),
            )


@check("R-01")
def one_adopter_by_mandate(model: GovernanceModel) -> Iterator[Hit]:
    """Of the bodies, one may adopt each kind of thing, unless conditions on the path choose between them."""
    adopters: dict[str, list[tuple[int, int]]] = {}
    proposed: dict[str, tuple[int, int]] = {}
    for index, body in enumerate(model.bodies):
        for number, item in enumerate(body.mandate):
            for subject in item.subjects:
                if item.kind == "adopt":
                    adopters.setdefault(subject, []).append((index, number))
                elif item.kind == "propose":
                    proposed.setdefault(subject, (index, number))
    on_path: dict[str, set[str | None]] = {
        path.subject: {step.actor.body for step in path.steps if step.decides == "adopt"} - always_bodies(path)
        for path in model.paths
    }
    for subject, places in adopters.items():
        rivals = [model.bodies[index] for index, _number in places]
        unchosen = [body for body in rivals if body.key not in on_path.get(subject, set())]
        if len(rivals) > 1 and len(unchosen) > 1:
            index, number = places[-1]
            yield Hit(
                "error",
                ("bodies", index, "mandate", number),
                say(
                    gettext_noop("Flere organer har rett til å vedta «%(subject)s»: %(names)s."),
                    subject=subject_word(subject),
                    names=", ".join(str(body.name) for body in rivals),
                ),
            )
    for subject, (index, number) in proposed.items():
        role_adopts = any(
            step.decides == "adopt" and step.actor.role
            for path in model.paths
            if path.subject == subject
            for step in path.steps
        )
        if subject in ADOPTED and subject not in adopters and not role_adopts:
            yield Hit(
                "warning",
                ("bodies", index, "mandate", number),
                say(
                    gettext_noop("«%(body)s» foreslår «%(subject)s», men ingen har rett til å vedta det."),
                    body=model.bodies[index].name,
                    subject=subject_word(subject),
                ),
            )


def always_bodies(path: Path) -> set[str | None]:
    """The bodies that adopt on the path whatever the case's facts are."""
    plain = always_met(path)
    return {step.actor.body for step in path.steps if step.decides == "adopt" and step.key in plain}


@check("R-01")
def parallel_adopters_agree(model: GovernanceModel) -> Iterator[Hit]:
    """When each organisation adopts, the model says what disagreement leads to."""
    for index, path in enumerate(model.paths):
        for number, step in enumerate(path.steps):
            if step.each and step.decides == "adopt" and len(model.organisations) > 1 and not step.join.disagreement:
                yield Hit(
                    "warning",
                    ("paths", index, "steps", number, "join"),
                    say(
                        gettext_noop(
                            "Flere vedtar «%(step)s» hver for seg, og modellen sier ikke hva uenighet fører til."
                        ),
                        step=step.name,
                    ),
                    say(gettext_noop("Oppgi utfallet ved uenighet (join: disagreement).")),
                )


@check("S-08")
def within_mandate(model: GovernanceModel) -> Iterator[Hit]:
    """A body that proposes, treats or adopts on a path has that in its mandate."""
    for index, path in enumerate(model.paths):
        for number, step in enumerate(path.steps):
            body = model.body(step.actor.body or "")
            if body is None or step.decides is None or not body.mandate:
                continue
            if any(
                item.kind == step.decides and (not item.subjects or path.subject in item.subjects)
                for item in body.mandate
            ):
                continue
            yield Hit(
                "error",
                ("paths", index, "steps", number, "decides"),
                say(
                    gettext_noop("«%(body)s» skal %(kind)s i steget «%(step)s», men mandatet gir ikke rett til det."),
                    body=body.name,
                    kind=kind_word(step.decides),
                    step=step.name,
                ),
            )


@check("S-12")
def nobody_alone(model: GovernanceModel) -> Iterator[Hit]:
    """No single role can take a need it made itself all the way to its end without anybody else."""
    path = model.path(model.need_form.path) if model.need_form else model.path_for("need")
    if path is None:
        return
    chain = [path]
    while chain[-1].then and (following := model.path(chain[-1].then)) and following not in chain:
        chain.append(following)
    place: Place = ("paths", model.paths.index(path))
    for role in model.roles:
        if any(right.act is Act.NEED_CREATE for right in role.rights) and all(
            _alone(model, one, role.key) for one in chain
        ):
            yield Hit(
                "error",
                place,
                say(
                    gettext_noop("«%(role)s» kan melde et behov og føre det fram til vedtak helt alene."),
                    role=role.name,
                ),
            )


def _alone(model: GovernanceModel, path: Path, role: str) -> bool:
    def gives(step: Step) -> bool:
        if step.kind == "hearing" or (step.optional and step.silence):
            return True
        if step.actor.role:
            return step.actor.role == role
        body = model.body(step.actor.body or "")
        return bool(body and body.chair == role and step.decision and step.decision.rule in ("single", "chair"))

    steps = {step.key: step for step in path.steps}
    out: dict[str, set[str | None]] = {}
    for edge in edges(path):
        if edge.outcome.effect == "end_positive" or (edge.to is None and edge.outcome.effect == "advance"):
            out.setdefault(edge.step.key, set()).add(None)
        elif edge.to is not None and edge.outcome.effect != "return":
            out.setdefault(edge.step.key, set()).add(edge.to)
    seen: set[str] = set()
    queue = [path.start]
    while queue:
        key = queue.pop()
        if key in seen or key not in steps or not gives(steps[key]):
            continue
        seen.add(key)
        for to in out.get(key, ()):
            if to is None:
                return True
            queue.append(to)
    return False
