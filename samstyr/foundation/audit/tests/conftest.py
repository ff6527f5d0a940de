"""The action wrapper is tried on the toys."""

import tests.toys.actions  # noqa: F401
