"""What can come of a scale: from a rulebook and what is known of a unit to the values still possible."""
