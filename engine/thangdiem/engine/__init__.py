"""The interpreter: a rulebook and unit data in, results and explanations out."""
