"""What members bring to a body and take home from it: initiatives, perspectives on cases, and anchoring in their region."""
