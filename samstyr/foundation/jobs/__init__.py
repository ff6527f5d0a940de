"""Long work in the background: queued in the tenant, carried out by `samstyr worker`, with progress and cancelling."""
