"""The programs: command lines, files and streams in, what the engine says about them out."""
