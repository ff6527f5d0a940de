"""The arrangement's own model beside those that come with the product: how each does the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samstyr.foundation.governance import queries
from samstyr.foundation.governance.rules.dialects import Row, compare
from samstyr.foundation.ui import htmx
from samstyr.web.saving import table_response

from ..forms import DialectForm
from .parts import crumbs

OWN = "egen"


def dialects(request: Any) -> HttpResponse:
    """The table, narrowed in the address to some of the models and to what they do differently."""
    form, names, rows = _chosen(request)
    context = {
        "filter_form": form,
        "names": names,
        "rows": [(row, [row.cells[key] for key in names]) for row in rows],
        "own": OWN if OWN in names else "",
        "query": request.GET.urlencode(),
        "crumbs": crumbs(request),
    }
    return htmx.render(request, "governance/dialects.html", "rows", context)


def export(request: Any) -> HttpResponse:
    """The table as it stands, as Excel: a column for each model, a line in the cell for each thing it says."""
    _form, names, rows = _chosen(request)
    lines = ([str(row.name), *("\n".join(row.cells[key].lines) for key in names)] for row in rows)
    return table_response(_("Sammenligning av styringsmodeller"), [_("Hva"), *names.values()], lines, ending="xlsx")


def _chosen(request: Any) -> tuple[DialectForm, dict[str, str], Sequence[Row]]:
    shipped = queries.shipped_models()
    models = dict(shipped)
    own = queries.current_model(request.today)
    names = {key: str(model.name) for key, model in shipped.items()}
    if own is not None:
        names = {OWN: _("%(name)s (deres egen)") % {"name": own.name}} | names
        models[OWN] = own
    form = DialectForm(request.GET, names=names)
    given = form.cleaned_data if form.is_valid() else {}
    wanted = given.get("modell") or list(names)
    names = {key: name for key, name in names.items() if key in wanted}
    rows = compare({key: models[key] for key in names})
    if given.get("ulike"):
        rows = [row for row in rows if row.differs]
    return form, names, rows
