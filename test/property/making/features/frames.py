"""More of NumPy and pandas: views, copies on write, structured arrays, labels."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker


@feature()
def structured(m: FlowMaker) -> str:
    name = m.new("structured")
    return f"{name} = np.zeros(3, [('a', 'i4'), ('b', 'f8', 2)])\n{name}['a'] = range(3)"


@feature(2)
def field_of_structured(m: FlowMaker) -> str:
    old = m.old("structured")
    return m.rng.choice([f"{m.new('array')} = {old}['b']", f"{old}['a'][0] += 1", f"{m.new('record')} = {old}[1]"]) if old else ""


@feature(2)
def view_chain(m: FlowMaker) -> str:
    old = m.old("array")
    return f"_base = np.arange({m.n() + 4}.)\n{m.new('array')} = _base[1:][::-1][:2]\n_base[2] = 77" if m.rng.random() < 0.5 or not old else f"{m.new('array')} = np.broadcast_to({old}.ravel()[:1], (3,))"


@feature(2)
def writes_through_view(m: FlowMaker) -> str:
    old = m.old("array", "big")
    return f"if {old}.size and {old}.flags.writeable: {old}.ravel()[-1] = {m.n()}" if old else ""


@feature()
def masked(m: FlowMaker) -> str:
    return f"{m.new('masked')} = np.ma.masked_array([1., 2., 3.], [0, {m.rng.randint(0, 1)}, 1])"


@feature()
def subclassed(m: FlowMaker) -> str:
    name = m.new("meters")
    return f"class _Meters(np.ndarray):\n    unit = 'm'\n{name} = np.arange(3.).view(_Meters)"


@feature()
def frame_of_draws(m: FlowMaker) -> str:
    return f"{m.new('frame')} = pd.DataFrame({{'x': range(4), 'y': np.random.rand(4), 's': list('abab')}})"


@feature()
def rich_frame(m: FlowMaker) -> str:
    how = m.rng.choice(
        [
            "pd.DataFrame({'x': [1, 2, 3], 'y': [1.5, None, 2.5]}, index=pd.date_range('2020-01-01', periods=3))",
            "pd.DataFrame({'x': range(4), 'y': pd.Categorical(list('abca'))})",
            "pd.DataFrame({'x': range(4), 'y': 1}, index=pd.MultiIndex.from_product([[0, 1], ['a', 'b']]))",
            "pd.DataFrame({'x': [1, 2], 'y': ['é', None]})",
        ]
    )
    return f"{m.new('rich')} = {how}"


@feature(2)
def rich_frame_changed(m: FlowMaker) -> str:
    old = m.old("rich")
    how = m.rng.choice(["{}['z'] = 1", "{}.iloc[0, 0] = 9", "{}.sort_index(ascending=False, inplace=True)", "{}.insert(0, 'i' + str({}.shape[1]), 5)", "{}.columns = [str(_c) + '_' for _c in {}.columns]"])
    return how.replace("{}", old) if old else ""


@feature(2)
def rich_frame_shown(m: FlowMaker) -> str:
    old = m.old("rich")
    return f"print({old}.to_string())" if old else ""


@feature(2)
def copy_on_write(m: FlowMaker) -> str:
    old = m.old("frame")
    return f"{m.new('frame')} = {old}[['x', 'y']] if {{'x', 'y'}} <= set({old}.columns) else {old}.copy()\n{old}['w'] = {m.n()}" if old else ""


@feature()
def piped(m: FlowMaker) -> str:
    old = m.old("frame")
    return f"def _widen(df):\n    df['p'] = len(df)\n    return df\nprint({old}.pipe(_widen) is {old})" if old else ""


@feature()
def queried(m: FlowMaker) -> str:
    frame, old = m.old("frame"), m.old("int")
    return f"_limit = {m.n(3)}\nif 'x' in {frame}: print(len({frame}.query('x > @_limit')))" if frame and old else ""


@feature()
def merged(m: FlowMaker) -> str:
    a, b = m.old("frame"), m.old("frame")
    return f"if 'x' in {a} and 'x' in {b}: print({a}.merge({b}, on='x').shape)" if a and b else ""


@feature()
def popped(m: FlowMaker) -> str:
    old = m.old("frame")
    return f"{m.new('popped')} = {old}.pop('s') if 's' in {old} else None" if old else ""


@feature()
def column_kept(m: FlowMaker) -> str:
    frame, kept = m.old("frame"), m.old("dict")
    return f"if 'x' in {frame}: {kept}['column'] = {frame}['x']" if frame and kept else ""


@feature()
def array_of_frame(m: FlowMaker) -> str:
    old = m.old("frame")
    return f"{m.new('array')} = {old}.index.to_numpy()" if old else ""
