"""Organisations, units, people, roles held and seats with terms; builds the Actor."""
