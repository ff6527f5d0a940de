"""What several pages of the model show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samstyr.foundation.access import Act, Facts, Verdict, may
from samstyr.foundation.governance import queries
from samstyr.foundation.governance.rules.lint import RULES
from samstyr.foundation.governance.rules.picture import (
    StepLine,
    Svg,
    path_list,
    path_svg,
)
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.kernel.text import say
from samstyr.foundation.ui.pieces import Status, Tab, Tone
from samstyr.foundation.ui.shell import Crumb

SEVERITIES = {
    "error": (gettext_noop("Feil"), Tone.DANGER),
    "warning": (gettext_noop("Advarsel"), Tone.WARNING),
    "info": (gettext_noop("Til opplysning"), Tone.INFO),
}


@dataclass(frozen=True)
class PathPage:
    """A path as drawn and as a list."""

    key: str
    name: str
    picture: Svg
    steps: list[StepLine]


def url(request: Any, name: str, *args: Any) -> str:
    """An address of the tenant."""
    return reverse(name, args=(request.tenant.slug, *args))


def version_or_404(key: UUID) -> Any:
    """The version. Raises NotFound."""
    row = queries.version(key)
    if row is None:
        raise NotFound
    return row


def crumbs(request: Any, row: Any = None) -> list[Crumb]:
    """The way down to a page under the model, or under one of its versions."""
    way = [Crumb(_("Styringsmodell"), url(request, "model"))]
    if row is not None:
        way.append(Crumb(_("Versjon %(number)s") % {"number": row.number}, url(request, "model-detail", row.pk)))
    return way


def manage_verdict(request: Any) -> Verdict:
    """Whether the person may change the model."""
    return may(request.actor, Act.MODEL_MANAGE, Facts("model", request.tenant.pk))


def status_of(row: Any, in_force: Any, today: date) -> Status:
    """What a version is today."""
    if in_force is not None and row.pk == in_force.pk:
        return Status(_("Gjelder nå"), Tone.SUCCESS)
    if row.state == "draft":
        return Status(_("Utkast"), Tone.NEUTRAL)
    if row.state == "proposed":
        return Status(_("Til behandling"), Tone.INFO)
    if row.state == "withdrawn":
        return Status(_("Trukket"), Tone.NEUTRAL)
    if row.valid_from and row.valid_from > today:
        return Status(_("Vedtatt, gjelder senere"), Tone.INFO)
    return Status(_("Avløst"), Tone.NEUTRAL)


def tabs(request: Any, row: Any, current: str) -> list[Tab]:
    """The pages of one version."""
    names = (
        ("model-detail", _("Veier og årshjul")),
        ("model-version-chart", _("Organisasjonskart")),
        ("model-version-roles", _("Roller og organer")),
        ("model-version-matrix", _("Ansvar")),
        ("model-findings", _("Funn")),
        ("model-rehearsal", _("Prøvekjøring")),
        ("model-difference", _("Forskjeller")),
    )
    return [Tab(label, url(request, name, row.pk), name == current) for name, label in names]


def drawn(model: GovernanceModel) -> list[PathPage]:
    """Every path, drawn and as a list."""
    return [PathPage(path.key, str(path.name), path_svg(model, path), path_list(model, path)) for path in model.paths]


def severity_of(name: str) -> Status:
    """A finding's severity as a tag."""
    label, tone = SEVERITIES[name]
    return Status(_(label), tone)


def rule_name(code: str) -> str:
    """What a rule is called."""
    return str(say(RULES[code].name)) if code in RULES else code
