"""Who may do what: one pure function over plain facts. No Django, no tables."""

from .rules import GRANTABLE, Act, Actor, Facts, Grant, HeldRole, Holder, Reach, Verdict, may, may_enter

__all__ = ["GRANTABLE", "Act", "Actor", "Facts", "Grant", "HeldRole", "Holder", "Reach", "Verdict", "may", "may_enter"]
