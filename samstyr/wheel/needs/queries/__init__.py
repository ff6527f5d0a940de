"""Reading needs: who sees which, the lists, what is alike, and what the model asks.

`reading` holds what one may see, `lists` filters and order, `form` the model's form, `alike` the similar.
"""

from .alike import Alike, similar_to
from .form import form_spec, intake_window, path_key
from .lists import MOST_EXPORTED, SORTS, Criteria, Tab, counts, listed, ordered, years
from .reading import (
    decided_by,
    get_need,
    needs_by_ids,
    next_steps,
    organisations_to_choose,
    people_to_ask,
    read_facts,
    units_to_choose,
    values_of,
    visible_to,
    with_parts,
)

__all__ = [
    "MOST_EXPORTED",
    "SORTS",
    "Alike",
    "Criteria",
    "Tab",
    "counts",
    "decided_by",
    "form_spec",
    "get_need",
    "intake_window",
    "listed",
    "needs_by_ids",
    "next_steps",
    "ordered",
    "organisations_to_choose",
    "path_key",
    "people_to_ask",
    "read_facts",
    "similar_to",
    "units_to_choose",
    "values_of",
    "visible_to",
    "with_parts",
    "years",
]
