"""The year without a database: laying it out, how things stand, what is wrong, and the drawing."""
