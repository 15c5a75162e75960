"""Previews: what a value is and what it looks like, as JSON made when it is written, so that nobody has to unpickle to look."""
