"""A plan version as documents: Word, tagged PDF, budget workbook, CSV and JSON, all from one content object."""
