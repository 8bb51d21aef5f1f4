"""Targets of fuzzing, what makes inputs for them, and the loops that watch them."""
