"""The audit trail: append-only, hash-chained per tenant; and the one shape every write has."""
