"""Pages of organisations, people, roles, bodies and lists brought in."""
