"""Meetings and written procedure: agenda, papers, attendance, votes, minutes. Decisions are casework's."""
