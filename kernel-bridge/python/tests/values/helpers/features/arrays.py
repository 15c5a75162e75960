"""NumPy and pandas."""

from __future__ import annotations

import pandas as pd

from tests.values.helpers.maker import Maker, feature


@feature
def new_array(m: Maker) -> str:
    how = m.rng.choice(
        [
            "np.arange(12.).reshape(3, 4)",
            "np.zeros(5, int)",
            "np.asfortranarray(np.ones((2, 3)))",
            "np.array([True, False, True])",
            "np.random.rand(4)",
        ]
    )
    return f"{m.new('array')} = {how}"


@feature
def view(m: Maker) -> str:
    old = m.old("array", "big")
    how = m.rng.choice(["{}[1:]", "{}.T", "{}[::-1]", "{}.reshape(-1)", "{}.view()"])
    return f"{m.new(m.kinds[old])} = {how.format(old)}" if old else ""


@feature
def change_array(m: Maker) -> str:
    old = m.old("array", "big")
    return f"{old}.flat[0] = {m.n()} if {old}.size else 0" if old else ""


@feature
def big_array(m: Maker) -> str:
    return f"{m.new('big')} = np.full({m.rng.choice([9000, 20000])}, {m.n()}.)"


@feature
def rebind_array(m: Maker) -> str:
    old = m.old("array", "big")
    return f"{old} = {old}.copy()" if old else ""


@feature
def odd_arrays(m: Maker) -> str:
    how = m.rng.choice(
        [
            "np.zeros(3, [('a', 'i4'), ('b', 'f8')])['b']",
            "np.array(['2020-01-01', '2021-02-02'], 'M8[D]').astype('i8')",
            "np.frombuffer(bytearray(b'abcdefgh'), 'u1')",
            "np.array([np.nan, 1.0])",
        ]
    )
    return f"{m.new('array')} = {how}"


@feature
def object_array(m: Maker) -> str:
    return f"{m.new('objects')} = np.array([{m.any_value()}, None], dtype=object)" if m.old("list") else ""


@feature
def new_frame(m: Maker) -> str:
    name = m.new("frame")
    return f"{name} = pd.DataFrame({{'x': range({m.n(5)}), 'y': 1.5}})\n{name}['s'] = 'a'"


OF_ITS_OWN = "" if int(pd.__version__.split(".")[0]) >= 3 else ".copy(deep=False)"
"""Older pandas gives the same object for a column every time, in one process (a row of docs/promise.md)."""


@feature
def column(m: Maker) -> str:
    old = m.old("frame")
    return f"{m.new('series')} = {old}['x']{OF_ITS_OWN}" if old else ""


@feature
def change_frame(m: Maker) -> str:
    old = m.old("frame")
    how = m.rng.choice(["{}['z'] = 7", "{}.loc[0, 'x'] = 9", "{}.attrs['k'] = 1", "{} = {}[{}['x'] > 0]", "{}['y'] += 1"])
    return how.replace("{}", old) if old else ""


@feature
def change_series(m: Maker) -> str:
    old = m.old("series")
    return f"if len({old}): {old}.iloc[0] = {m.n()}" if old else ""


@feature
def grouped(m: Maker) -> str:
    old = m.old("frame")
    return f"{m.new('series')} = {old}.groupby('x')['y'].sum()" if old else ""


@feature
def buffers(m: Maker) -> str:
    name = m.new("bytes")
    return f"{name} = bytearray(b'12345678')\n{m.new('array')} = np.frombuffer({name}, 'i4')\n{name}[0] = {m.n()}"
