"""The governance model as data: schema, linter, versions, adoption."""
