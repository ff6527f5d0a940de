"""Views of the governance model, by what they are for."""
