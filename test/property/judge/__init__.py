"""What a run left, and what plain IPython gives for the same cells, as data that can be compared."""
