"""What a body keeps to live up to its mandate: tags on cases, ledgers with dates and states, and its competence."""
