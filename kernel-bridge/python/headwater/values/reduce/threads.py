"""Free locks. What is built of them (conditions, events, semaphores, queues) is Python code and needs nothing more."""

from __future__ import annotations

import queue
import threading
from typing import Any

from headwater.values.errors import Unstorable
from headwater.values.reduce.registry import reduces, stored_name


@reduces(type(threading.Lock()))
def reduce_lock(saver: Any, lock: Any) -> Any:
    if lock.locked():
        raise Unstorable("a held lock")
    return new_lock, ()


@reduces(type(threading.RLock()))
def reduce_rlock(saver: Any, lock: Any) -> Any:
    if lock._is_owned() or not lock.acquire(False):
        raise Unstorable("a held lock")
    lock.release()
    return new_rlock, ()


@reduces(queue.SimpleQueue)
def reduce_simple_queue(saver: Any, q: Any) -> Any:
    """Its items can only be taken out; they go back at once."""
    items = [q.get_nowait() for _ in range(q.qsize())]
    for item in items:
        q.put(item)
    return new_simple_queue, (), items, None, None, fill_queue


@stored_name
def new_lock() -> Any:
    return threading.Lock()


@stored_name
def new_rlock() -> Any:
    return threading.RLock()


@stored_name
def new_simple_queue() -> Any:
    return queue.SimpleQueue()


@stored_name
def fill_queue(q: Any, items: Any) -> None:
    for item in items:
        q.put(item)
