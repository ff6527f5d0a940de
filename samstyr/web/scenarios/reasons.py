"""Why a candidate is in or out, what more of a limit is worth, and what cannot be met together, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samstyr.wheel.scenarios.rules.instance import Instance

from .fields import points
from .figures import amount_words, whole_points


class Names:
    """Names of candidates, limits and links of a question; what is no longer in it is told of as that."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.limits = {limit.key: limit for limit in instance.limits}
        self.links = {link.key: link for link in instance.links}

    def candidate(self, key: str) -> str:
        """A candidate's title in quotes."""
        found = self.instance.by_key.get(UUID(str(key)))
        return f"«{found.title}»" if found else _("et tiltak som er tatt ut")

    def candidates(self, keys: Any) -> str:
        """Several titles."""
        return ", ".join(self.candidate(key) for key in keys)

    def limit(self, key: str) -> str:
        """What a limit is called."""
        found = self.limits.get(key)
        return f"«{found.name}»" if found else _("en ramme som er fjernet")

    def amount(self, key: str, amount: int) -> str:
        """An amount of what the limit counts."""
        found = self.limits.get(key)
        return amount_words(found.measure if found else "", amount, "kr")

    def growths(self, pairs: Any) -> str:
        """Limits with how much each must grow."""
        return _(" og ").join(
            _("%(limit)s øker med %(amount)s") % {"limit": self.limit(key), "amount": self.amount(key, amount)}
            for key, amount in pairs
        )


def sentences(found: Mapping[str, Any], instance: Instance) -> list[str]:
    """An explanation as sentences: why, what stands in the way, and what would change it."""
    names = Names(instance)
    return [*_because(found, names), *_in_the_way(found, names), *_changes(found, names)]


def _because(found: Mapping[str, Any], names: Names) -> list[str]:
    words = {
        "mandatory": _("Med fordi lov eller avtale krever det."),
        "pinned": _("Med fordi det er festet inn."),
        "value": _("Med fordi det gir mer verdi enn det som ellers hadde fått plass."),
        "indispensable": _("Med fordi kravene ikke kan oppfylles uten."),
        "pinned_out": _("Ikke med fordi det er festet ut."),
        "no_start": _("Ikke med fordi det ikke kan starte i noen av årene."),
        "impossible": _("Ikke med fordi det ikke går sammen med de andre kravene."),
        "crowded_out": _("Ikke med fordi andre tiltak gir mer verdi innenfor rammene."),
    }
    because = words.get(str(found.get("because", "")), "")
    told = [because] if because else []
    if found.get("needed_by"):
        told.append(_("Det er forutsatt av %(names)s.") % {"names": names.candidates(found["needed_by"])})
    return told


def _in_the_way(found: Mapping[str, Any], names: Names) -> list[str]:
    told = [
        _("%(limit)s mangler %(amount)s for at det skal få plass ved siden av det som er valgt.")
        % {"limit": names.limit(key), "amount": names.amount(key, lack)}
        for key, lack in found.get("in_the_way", ())
    ]
    if found.get("wants"):
        told.append(_("Det forutsetter %(names)s, som ikke er med.") % {"names": names.candidates(found["wants"])})
    if found.get("shuts_out"):
        told.append(
            _("Det kan ikke velges sammen med %(names)s, som er med.") % {"names": names.candidates(found["shuts_out"])}
        )
    if found.get("conflict"):
        told.append(_("Dette går ikke sammen med det:"))
        told += [demand(key, names) for key in found["conflict"]]
    return told


def _changes(found: Mapping[str, Any], names: Names) -> list[str]:
    told = []
    value = points(int(found.get("value") or 0))
    if found.get("enters_with"):
        told.append(_("Det kommer med hvis %(growth)s.") % {"growth": names.growths(found["enters_with"])})
    if found.get("enters_at") is not None:
        told.append(
            _("Det kommer med hvis verdien øker fra %(now)s til %(then)s.")
            % {"now": value, "then": points(found["enters_at"])}
        )
    if found.get("leaves_at") is not None:
        told.append(
            _("Det faller ut hvis verdien synker fra %(now)s til %(then)s.")
            % {"now": value, "then": points(found["leaves_at"])}
        )
    return told


def worth(found: Mapping[str, Any], instance: Instance) -> str:
    """What a step more of a limit is worth."""
    names = Names(instance)
    key, step, gain = found["limit"], found["step"], found["gain"]
    if not gain:
        return _("%(amount)s mer i %(limit)s gir ikke høyere verdi.") % {
            "amount": names.amount(key, step),
            "limit": names.limit(key),
        }
    return _("%(amount)s mer i %(limit)s gir %(gain)s poeng mer.") % {
        "amount": names.amount(key, step),
        "limit": names.limit(key),
        "gain": whole_points(gain),
    }


def demand(key: str, names: Names) -> str:
    """A demand by its key: a limit, a link, or that a candidate must be in."""
    limit = names.limits.get(key)
    if limit is not None:
        direction = _("minst") if limit.at_least else _("høyst")
        return _("Rammen %(limit)s: %(direction)s %(amount)s.") % {
            "limit": names.limit(key),
            "direction": direction,
            "amount": names.amount(key, limit.amount),
        }
    link = names.links.get(key)
    if link is not None:
        return link_words(link.kind, [names.candidate(str(member)) for member in link.members])
    return _("%(title)s må være med.") % {"title": names.candidate(key)}


def link_words(kind: str, quoted: list[str]) -> str:
    """A tie between candidates."""
    if kind == "needs" and len(quoted) == 2:
        return _("%(first)s forutsetter at %(second)s er startet senest samme år.") % {
            "first": quoted[0],
            "second": quoted[1],
        }
    if kind == "excludes":
        return _("%(names)s kan ikke velges sammen.") % {"names": _(" og ").join(quoted)}
    return _("Minst ett av %(names)s må være med.") % {"names": ", ".join(quoted)}


def is_key(text: str) -> bool:
    """Whether a demand's key is a candidate's."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
