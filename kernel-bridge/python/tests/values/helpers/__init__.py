"""Runs notebooks cell by cell through the value layer, each cell a process, and says what a namespace holds."""
