"""The only writes to organisations, people and what they hold."""

from .consult import answer_consultation, consult
from .deactivate_person import deactivate_person, reactivate_person
from .deactivate_unit import deactivate_unit, reactivate_unit
from .end_role import end_role
from .end_seat import end_seat
from .end_substitute import end_substitute
from .extend_seat import extend_seat
from .fill_seat import fill_seat
from .give_role import give_role
from .import_people import import_people
from .import_units import import_units
from .invite import invite
from .lay_seats import lay_seats
from .lay_units import lay_units
from .renew_login import renew_login
from .save_organisation import save_organisation
from .save_person import save_person
from .save_seat import save_seat
from .save_unit import save_unit
from .set_substitute import set_substitute

__all__ = [
    "answer_consultation",
    "consult",
    "deactivate_person",
    "deactivate_unit",
    "end_role",
    "end_seat",
    "end_substitute",
    "extend_seat",
    "fill_seat",
    "give_role",
    "import_people",
    "import_units",
    "invite",
    "lay_seats",
    "lay_units",
    "reactivate_person",
    "reactivate_unit",
    "renew_login",
    "save_organisation",
    "save_person",
    "save_seat",
    "save_unit",
    "set_substitute",
]
