"""How cells are run: with IPython's semantics when it is there, as plain Python when not."""
