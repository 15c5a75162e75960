"""What cells meet of a flow's course: failures that were caught, rows of frames, branches in their join."""
