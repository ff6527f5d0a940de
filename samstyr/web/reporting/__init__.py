"""Pages of reports: which are due, writing, reading, comparing, the archive, and the overview."""
