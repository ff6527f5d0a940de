"""The components, grouped by what they are for."""
