"""The walls are tried on the toys."""

import tests.toys.actions  # noqa: F401
