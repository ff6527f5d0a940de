"""Pages of prioritisation: rounds, the sheet, the meeting, the ranking and how robust it is."""
