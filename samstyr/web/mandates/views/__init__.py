"""Pages of ledgers, of what cases serve, and of competence."""
