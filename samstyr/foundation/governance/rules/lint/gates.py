"""What must stand before a step (S-41), questions lifted and answered (S-42), decisions that bind (S-43), guides (S-44)."""

from __future__ import annotations

from collections.abc import Iterator

from samstyr.foundation.kernel.text import gettext_noop, say

from ..gates import Requirement
from ..paths import Path, Step
from ..schema import GovernanceModel
from .finding import Hit, Place, check, rule
from .graph import following, reachable
from .routes import all_steps

rule(
    "S-41",
    gettext_noop("Det som må foreligge"),
    gettext_noop(
        "Et steg kan kreve råd, rådføring, drøfting eller høring først. Det må kunne skaffes, ellers stanser alt."
    ),
    gettext_noop("Rett hvem som skal spørres, eller hva steget krever."),
)
rule(
    "S-42",
    gettext_noop("Løft til neste nivå"),
    gettext_noop("Et spørsmål kan løftes til neste nivå når det er tvil. På det øverste nivået må noen svare."),
    gettext_noop("Legg til et nivå over, eller la steget svare."),
)
rule(
    "S-43",
    gettext_noop("Beslutning som binder flere"),
    gettext_noop("En felles beslutning binder bare dem som er i samme rettsfellesskap, og hver av dem må stemme."),
    gettext_noop("Beskriv rettsfellesskapet under cooperation, og la utfallet kreve stemmer (requires: [votes])."),
)
rule(
    "S-44",
    gettext_noop("Veileder og beslutningsvei"),
    gettext_noop("Veilederen må fortelle om de samme stegene, i samme rekkefølge, som beslutningsveien har."),
    gettext_noop("Rett veilederen, eller rett beslutningsveien."),
)
rule(
    "S-45",
    gettext_noop("Flere organer med samme oppgave"),
    gettext_noop("Når flere organer deler en oppgave etter område, må hvert område ligge hos ett av dem."),
    gettext_noop("Skriv områdene under covers på hvert organ."),
)

SAID_BY = frozenset({"advice", "consultation", "discussion"})


@check("S-41")
def requirements(model: GovernanceModel) -> Iterator[Hit]:
    """What a step requires names somebody who is there and can give it before the step."""
    parties = {item.key for item in model.bodies} | {item.key for item in model.roles}
    heard = {item.key for item in model.hearing_bodies}
    for path, step, place in all_steps(model):
        for number, item in enumerate(step.requires):
            where = (*place, "requires", number)
            known = parties if item.kind == "advice" else parties | heard
            for key in item.of:
                if key not in known:
                    yield Hit("error", where, say(gettext_noop("«%(key)s» finnes ikke, og kan ikke spørres."), key=key))
            yield from _fits(model, path, item, where)


def _fits(model: GovernanceModel, path: Path, item: Requirement, where: Place) -> Iterator[Hit]:
    if item.kind in SAID_BY and not item.of:
        yield Hit("error", where, say(gettext_noop("«%(name)s» sier ikke hvem som skal spørres (of)."), name=item.name))
    if item.kind in ("hearing", "answers") and not any(step.kind == "hearing" for step in path.steps):
        yield Hit(
            "error",
            where,
            say(gettext_noop("«%(name)s» krever høring, men veien har ikke noe høringssteg."), name=item.name),
        )
    if item.kind == "first_meeting" and not any(other.subject == item.after for other in model.paths):
        yield Hit(
            "error", where,
            say(gettext_noop("«%(name)s» venter på et vedtak som ingen vei i modellen fører til (after)."), name=item.name),
        )  # fmt: skip
    if item.affected and not any((body := model.body(key)) and body.covers for key in item.of):
        yield Hit(
            "warning", where,
            say(gettext_noop("«%(name)s» gjelder bare berørte organer, men ingen av dem har områder."), name=item.name),
        )  # fmt: skip


@check("S-41")
def order_of_phases(model: GovernanceModel) -> Iterator[Hit]:
    """What must be done before a step opens is on the path, is another step, and does not wait for the step itself."""
    for path, step, place in all_steps(model):
        keys = {item.key: item for item in path.steps}
        for key in step.opens_after:
            if key not in keys or key == step.key:
                yield Hit(
                    "error",
                    (*place, "opens_after"),
                    say(gettext_noop("«%(key)s» er ikke et annet steg på veien."), key=key),
                )
            elif step.key in keys[key].opens_after:
                yield Hit(
                    "error", (*place, "opens_after"),
                    say(gettext_noop("«%(one)s» og «%(other)s» venter på hverandre."), one=step.name, other=keys[key].name),
                )  # fmt: skip


@check("S-41")
def checklists(model: GovernanceModel) -> Iterator[Hit]:
    """A checklist is answered by somebody with a role, not by a whole body."""
    for _path, step, place in all_steps(model):
        if step.checklist and step.actor.every_body:
            yield Hit(
                "warning", (*place, "checklist"),
                say(gettext_noop("«%(step)s» har sjekkliste, men behandles av et organ."), step=step.name),
                say(gettext_noop("La en rolle gå gjennom sjekklisten i et eget steg før organet.")),
            )  # fmt: skip


@check("S-42")
def escalation(model: GovernanceModel) -> Iterator[Hit]:
    """Somebody stands above a step that can lift a question, and the top level answers."""
    for path, step, place in all_steps(model):
        for number, outcome in enumerate(step.outcomes):
            if outcome.effect == "escalate" and outcome.to is None and following(path, step.key) is None:
                yield Hit(
                    "error", (*place, "outcomes", number),
                    say(gettext_noop("«%(name)s» løfter saken, men ingen nivåer står over."), name=outcome.name),
                )  # fmt: skip
            if outcome.precedent and not {"text", "reason"} & set(outcome.requires):
                yield Hit(
                    "warning", (*place, "outcomes", number),
                    say(gettext_noop("«%(name)s» skal kunne finnes igjen, men krever ikke at svaret skrives."), name=outcome.name),
                    say(gettext_noop("Legg til requires: [text].")),
                )  # fmt: skip


@check("S-43")
def binding(model: GovernanceModel) -> Iterator[Hit]:
    """What binds several names a legal community, is decided by a body, and has the votes on record."""
    known = {item.key for item in model.cooperation.legal_communities} if model.cooperation else set()
    for _path, step, place in all_steps(model):
        for number, outcome in enumerate(step.outcomes):
            if outcome.binds is None:
                continue
            where = (*place, "outcomes", number)
            if outcome.binds not in known:
                yield Hit(
                    "error",
                    where,
                    say(gettext_noop("Rettsfellesskapet «%(key)s» er ikke beskrevet."), key=outcome.binds),
                )
            if "votes" not in outcome.requires or not step.actor.body:
                yield Hit(
                    "error",
                    where,
                    say(
                        gettext_noop("«%(name)s» binder flere, men krever ikke at hver av dem stemmer."),
                        name=outcome.name,
                    ),
                )
    members = set(model.cooperation.members) if model.cooperation else set()
    for number, item in enumerate(model.cooperation.legal_communities if model.cooperation else ()):
        if outside := sorted(set(item.members) - members):
            yield Hit(
                "error", ("cooperation", "legal_communities", number),
                say(gettext_noop("«%(name)s» har medlemmer som ikke er med i samarbeidet: %(who)s."), name=item.name, who=", ".join(outside)),
            )  # fmt: skip


@check("S-44")
def guides(model: GovernanceModel) -> Iterator[Hit]:
    """A guide tells of the path's steps, all of them, and in the path's order."""
    for index, guide in enumerate(model.guides):
        path = model.path(guide.path)
        if path is None:
            continue
        named = {step.key: step for step in path.steps if step.key in reachable(path)}
        told = [item.step for item in guide.steps if item.step is not None]
        for number, item in enumerate(guide.steps):
            if item.step not in named:
                yield Hit(
                    "warning", ("guides", index, "steps", number),
                    say(gettext_noop("Veilederen «%(guide)s» har steget «%(step)s», som beslutningsveien ikke har."), guide=guide.name, step=item.name),
                )  # fmt: skip
        for key, step in named.items():
            if key not in told:
                yield Hit(
                    "warning", ("guides", index),
                    say(gettext_noop("Veilederen «%(guide)s» mangler steget «%(step)s»."), guide=guide.name, step=step.name),
                )  # fmt: skip
        common = [key for key in told if key in named]
        if common != [key for key in named if key in common]:
            yield Hit(
                "warning", ("guides", index),
                say(gettext_noop("Veilederen «%(guide)s» har stegene i en annen rekkefølge enn beslutningsveien."), guide=guide.name),
            )  # fmt: skip


@check("S-45")
def shared_tasks(model: GovernanceModel) -> Iterator[Hit]:
    """Bodies that share a task by area have areas, and no area lies with two of them."""
    told: set[tuple[str, ...]] = set()
    for _path, step, place in all_steps(model):
        if not step.actor.bodies or step.actor.bodies in told:
            continue
        told.add(step.actor.bodies)
        yield from _areas(model, step, place)


def _areas(model: GovernanceModel, step: Step, place: Place) -> Iterator[Hit]:
    seen: dict[str, str] = {}
    for key in step.actor.bodies:
        body = model.body(key)
        if body is None:
            continue
        if not body.covers:
            yield Hit(
                "warning",
                (*place, "actor"),
                say(
                    gettext_noop("«%(body)s» har ingen områder, og får bare saker som ikke hører til noen."),
                    body=body.name,
                ),
            )
        for area in body.covers:
            if area in seen:
                yield Hit(
                    "warning",
                    (*place, "actor"),
                    say(
                        gettext_noop("«%(area)s» ligger både hos «%(one)s» og «%(other)s»."),
                        area=area,
                        one=seen[area],
                        other=body.name,
                    ),
                )
            seen[area] = str(body.name)
