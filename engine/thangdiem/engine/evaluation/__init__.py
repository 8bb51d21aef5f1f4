"""The plain interpreter: exact, slow, and the law that everything faster is held to."""
