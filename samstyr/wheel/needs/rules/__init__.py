"""What makes a need complete, late, alike another, or right in an import. Pure: no Django, no clock."""
