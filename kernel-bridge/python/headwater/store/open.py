"""The store a URL names."""

from __future__ import annotations

from headwater.store.disk import DiskStore
from headwater.store.place import is_remote


def open_store(url: str, prefix: str, carrier: str | None = None) -> DiskStore:
    """A store for one run, whose keys begin with `prefix`. `carrier` is the address of one that runs already, where the store is remote."""
    if not is_remote(url):
        return DiskStore(url, prefix)
    # Only who has such a store pays for loading this.
    from headwater.store.remote import RemoteStore

    return RemoteStore(url, prefix, carrier)
