"""One command a file: arguments in, one call of the engine, its result printed."""
