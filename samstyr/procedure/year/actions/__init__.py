"""Making years, moving and ending what is in them, and duties."""

from .duties import do_duty, undo_duty
from .keeping import save_activity, save_period
from .making import make_year, renew_year
from .moving import move_period, undo_move

__all__ = [
    "do_duty",
    "make_year",
    "move_period",
    "renew_year",
    "save_activity",
    "save_period",
    "undo_duty",
    "undo_move",
]
