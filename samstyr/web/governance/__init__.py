"""Pages of the governance model: pictures, roles, findings, differences, checking, dry run and adoption."""
