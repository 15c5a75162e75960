"""Large arrays: mapped, writable, and known to be clean without being read."""

from __future__ import annotations

import hashlib
import os
import sys

import pytest

from headwater.store import hashing
from headwater.store.disk import DiskStore
from headwater.values.buffers import Buffers

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells which pages were written")


@pytest.fixture
def stored(tmp_path):
    store = DiskStore(str(tmp_path), "run")
    return store, store.put_blob([memoryview(os.urandom(3 << 20))])


@LINUX
def test_reading_leaves_a_mapping_clean(stored):
    store, key = stored
    buffers = Buffers(store)
    memory = buffers.open(key)
    assert sum(memory[::4096]) > 0
    assert buffers.loaded_key(memoryview(memory)) == key
    assert buffers.key(memoryview(memory)) == key


@LINUX
@pytest.mark.parametrize("at", [0, 1 << 20, (3 << 20) - 1])
def test_one_written_byte_is_seen(stored, at):
    store, key = stored
    buffers = Buffers(store)
    memory = buffers.open(key)
    memory[at] = memory[at] ^ 1
    assert buffers.key(memoryview(memory)) != key


def test_the_store_is_never_changed(stored):
    store, key = stored
    with open(store.open_blob(key), "rb") as f:
        before = hashlib.md5(f.read()).hexdigest()
    memory = Buffers(store).open(key)
    memory[:100] = b"x" * 100
    memory.flush()
    with open(store.open_blob(key), "rb") as f:
        assert hashlib.md5(f.read()).hexdigest() == before


def test_a_mapping_that_is_gone_is_forgotten(stored):
    """Its address may be taken by another."""
    store, key = stored
    buffers = Buffers(store)
    memory = buffers.open(key)
    del memory
    assert buffers._at == {} and buffers._maps == {}


def test_without_pagemap_bytes_decide(stored, monkeypatch):
    monkeypatch.setattr("headwater.values.buffers.PAGEMAP", "/nonexistent")
    store, key = stored
    buffers = Buffers(store)
    memory = buffers.open(key)
    assert buffers.key(memoryview(memory)) == key
    memory[7] ^= 1
    buffers.begin_save()
    assert buffers.key(memoryview(memory)) != key


ARRAYS = "import numpy as np\nA = np.arange(50000.)\nF = np.asfortranarray(A.reshape(100, 500))\nR = A * 2\nR.flags.writeable = False"


def test_arrays_come_back_writable_and_shared(run):
    run.step("a.0", ARRAYS + "\nv = A[10:20]\nw = F[3]")
    code = "A[12] = -1\nF[3, 7] = -2\nprint(v[2], w[7], R.flags.writeable, A.flags.writeable, F.flags.f_contiguous, v.base is A)"
    assert run.step("b.0", code)["printed"] == "-1.0 -2.0 False True True True\n"


def test_unchanged_arrays_are_not_written(run):
    run.step("a.0", ARRAYS)
    answer = run.step("b.0", "print(A.sum(), (F + 1).shape)")
    assert (answer["groups"], answer["counts"]["clean"]) == ([], 3)


def test_one_array_in_two_names_is_one_blob(run):
    groups = run.step("a.0", "import numpy as np\nA = np.zeros(50000)\nB = {'a': A}\nC = np.zeros(50000)")["groups"]
    keys = [key for group in groups for key in group["buffers"]]
    assert (len(keys), len(set(keys))) == (2, 1)


def test_dates_and_records(run):
    code = "D = np.arange('2000-01-01', '2040-01-01', dtype='M8[D]')\nS = np.zeros(9000, [('a', 'i4'), ('b', 'f8')])\nb = S['b']"
    run.step("a.0", "import numpy as np\n" + code)
    assert run.step("b.0", "b[5] = 3\nprint(D[-1], S[5][1])")["printed"] == "2039-12-31 3.0\n"


def test_a_view_that_outlives_the_lock_of_its_owner(run):
    """Made before its owner was locked, it can still be written to."""
    run.step("a.0", "import numpy as np\nA = np.zeros(5)\nv = A[1:]\nA.flags.writeable = False")
    assert run.step("b.0", "v[0] = 3\nprint(A, A.flags.writeable)")["printed"] == "[0. 3. 0. 0. 0.] False\n"


def test_a_frame_with_large_columns(run):
    run.step("a.0", "import numpy as np, pandas as pd\ndf = pd.DataFrame({'x': np.arange(20000.), 'y': np.arange(20000), 's': 'a'})")
    assert run.step("b.0", "print(df.x.sum(), len(df.groupby('s').sum()))")["counts"]["written"] == 0
    answer = run.step("c.0", "df.loc[3, 'x'] = -1.0\nprint(df.x[3])")
    assert (answer["printed"], answer["delta"]["binds"]["df"][0]) == ("-1.0\n", "c.0")


def test_pieces_have_the_address_of_the_whole(tmp_path):
    """However they are cut: what stands in one blob was joined before."""
    store = DiskStore(str(tmp_path), "run")
    data = os.urandom((17 << 20) + 5)
    edges = [0, 3, 8 << 20, (8 << 20) + 1, (16 << 20) + 9, len(data)]
    pieces = [data[a:b] for a, b in zip(edges, edges[1:])]
    key = store.put_blob(pieces)
    assert key == hashing.address(memoryview(data))
    with open(store.open_blob(key), "rb") as f:
        assert f.read() == data
