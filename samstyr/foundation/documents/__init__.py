"""Stored files: checked on the way in, under random names, served as attachments. Knows no owner."""
