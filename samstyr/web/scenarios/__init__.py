"""Pages of candidates and scenarios."""
