"""Pages of notices, and the page behind a link in a mail."""
