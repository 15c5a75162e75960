"""The worker: runs the cells of one step in a process of its own, wherever that is."""
