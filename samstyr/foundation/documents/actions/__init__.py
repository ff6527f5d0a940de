"""The only writes to stored files."""

from .remove import freeze, remove
from .store import store

__all__ = ["freeze", "remove", "store"]
