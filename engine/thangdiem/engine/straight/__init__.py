"""Straight code for single units, held equal to the plain interpreter by property tests."""
