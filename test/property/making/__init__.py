"""Plain notebooks at random, from a seed."""
