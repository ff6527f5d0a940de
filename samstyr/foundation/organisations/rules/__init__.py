"""What holds of organisations and people, on plain values. No Django."""

from .terms import Holding, RoleTable, build_actor, in_force, overlaps, with_descendants

__all__ = ["Holding", "RoleTable", "build_actor", "in_force", "overlaps", "with_descendants"]
