"""The guards run on the toys too; importing them here gives them tables in the test database."""

import tests.toys.actions
import tests.toys.models  # noqa: F401
