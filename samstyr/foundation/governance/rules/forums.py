"""The bodies in words: a table of forums with chair rule and participants, and each as a governing document tells it.

Source: N-194. Generated from the model alone, so that the table and the system never differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samstyr.foundation.kernel.text import gettext_noop, say

from .bodies import Body, Frequency, SeatGroup
from .describe import DECIDES, SUBJECTS, words_for
from .host import host_of
from .schema import GovernanceModel

# What a body may do with a thing, put together as people ask: what it decides, recommends and discusses.
DECIDING = ("adopt",)
RECOMMENDING = ("propose", "advise")
TREATING = ("treat", "assess", "discuss", "manage")
DOES = {
    "advise": gettext_noop("gir råd om %(subjects)s"),
    "propose": gettext_noop("foreslår %(subjects)s"),
    "treat": gettext_noop("behandler %(subjects)s"),
    "assess": gettext_noop("vurderer %(subjects)s"),
    "discuss": gettext_noop("drøfter %(subjects)s"),
    "manage": gettext_noop("forvalter %(subjects)s"),
}


@dataclass(frozen=True)
class Forum:
    """A line of the table: the forum, who chairs it and why, who takes part, and what the document's text says."""

    key: str
    name: str
    chair: str
    participants: tuple[str, ...]
    secretary: str
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Powers:
    """What a body may decide, recommend, and treat or discuss, in words."""

    decides: tuple[str, ...]
    recommends: tuple[str, ...]
    treats: tuple[str, ...]


def forums(model: GovernanceModel, day: date) -> list[Forum]:
    """The forums of the document's table, or every body in force, with what the text says of each."""
    named = [body for key in model.structure.forums if (body := model.body(key))]
    bodies = named or [body for body in model.bodies if body.in_force(day)]
    return [
        Forum(
            body.key,
            str(body.name),
            chair_words(model, body),
            participants(model, body, day),
            role_name(model, body.secretary),
            tuple((str(item.place), str(item.text)) for item in model.structure.forum_texts if item.body == body.key),
        )
        for body in bodies
    ]


def chair_words(model: GovernanceModel, body: Body) -> str:
    """Who chairs: the role, in which organisation, and from which seats; empty when nobody does."""
    role = model.role(body.chair or "")
    if role is None:
        return body.chair or ""
    if body.chair_in:
        slot = model.slot(host_of(model) or "") if body.chair_in == "host" else model.slot(body.chair_in)
        name = slot.name if slot else body.chair_in
        if body.chair_in == "host":
            return str(say(gettext_noop("%(role)s i vertskommunen (%(host)s)"), role=role.name, host=name))
        return str(say(gettext_noop("%(role)s i %(where)s"), role=role.name, where=name))
    return str(role.name)


def participants(model: GovernanceModel, body: Body, day: date) -> tuple[str, ...]:
    """The groups of seats on the day in words; the latest there were for a body that is over."""
    composition = body.composition_on(day) or (body.versions[-1] if body.versions else None)
    return tuple(group_words(model, group) for group in composition.groups) if composition else ()


def group_words(model: GovernanceModel, group: SeatGroup) -> str:
    """A group of seats: its name, how many, and who gives the seats or which office they follow."""
    told = [str(group.name)]
    if group.count is not None:
        told.append(str(group.count))
    elif group.at_least:
        told.append(str(say(gettext_noop("minst %(count)s"), count=group.at_least)))
    if group.appointed_by:
        told.append(str(say(gettext_noop("oppnevnes av %(who)s"), who=role_name(model, group.appointed_by))))
    if not group.votes:
        told.append(str(say(gettext_noop("uten stemme"))))
    return ", ".join(told)


def powers(body: Body) -> Powers:
    """The mandate as three lists."""

    def of(kinds: tuple[str, ...], *, verb: bool) -> tuple[str, ...]:
        found = []
        for item in body.mandate:
            if item.kind not in kinds:
                continue
            subjects = ", ".join(words_for(subject, SUBJECTS) for subject in item.subjects)
            words = subjects
            if verb:
                told = DOES[item.kind] if subjects else DECIDES[item.kind]
                words = str(say(told, subjects=subjects))
            found.append(". ".join(part for part in (words, str(item.text or "")) if part))
        return tuple(one for one in found if one)

    return Powers(of(DECIDING, verb=False), of(RECOMMENDING, verb=True), of(TREATING, verb=True))


def frequency_words(frequency: Frequency | None) -> str:
    """How often a body meets: «4 ganger i året»; empty when the model does not say."""
    if frequency is None:
        return ""
    per = {
        "month": gettext_noop("%(times)s i måneden"),
        "quarter": gettext_noop("%(times)s i kvartalet"),
        "year": gettext_noop("%(times)s i året"),
    }[frequency.per]
    times = (
        say(gettext_noop("én gang"))
        if frequency.times == 1
        else say(gettext_noop("%(count)s ganger"), count=frequency.times)
    )
    words = str(say(per, times=times))
    if frequency.at_most is not None:
        return str(say(gettext_noop("%(often)s, høyst %(most)s"), often=words, most=frequency.at_most))
    return words


def role_name(model: GovernanceModel, key: str | None) -> str:
    """What a role is called; its key when the model lacks it, nothing without one."""
    role = model.role(key) if key else None
    return str(role.name) if role else key or ""
