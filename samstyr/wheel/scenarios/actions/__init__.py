"""The only writes to candidates and scenarios."""

from .candidates import create_candidate, drop_candidate, restore_candidate, save_candidate
from .choosing import choose, pin, take_solution
from .exchange import Imported, discard_portfolio_file, import_candidates, keep_portfolio_file
from .fetching import candidates_from_needs, candidates_from_plan, note_round_closed
from .scenarios import create_scenario, delete_scenario, mark_used, save_scenario, set_limits
from .solving import ask_to_solve, explain_candidate, store_explanation, store_solution

__all__ = [
    "Imported",
    "ask_to_solve",
    "candidates_from_needs",
    "candidates_from_plan",
    "choose",
    "create_candidate",
    "create_scenario",
    "delete_scenario",
    "discard_portfolio_file",
    "drop_candidate",
    "explain_candidate",
    "import_candidates",
    "keep_portfolio_file",
    "mark_used",
    "note_round_closed",
    "pin",
    "restore_candidate",
    "save_candidate",
    "save_scenario",
    "set_limits",
    "store_explanation",
    "store_solution",
    "take_solution",
]
