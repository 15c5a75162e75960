"""The process that carries bytes between a machine and a remote store, so that no other process has to."""
