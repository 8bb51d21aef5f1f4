"""Long runs that hold the project to what it says of itself: too slow for the suite, each a command."""
