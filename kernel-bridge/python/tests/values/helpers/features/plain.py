"""Numbers, text, containers, and what is done to names."""

from __future__ import annotations

from tests.values.helpers.maker import Maker, feature, show


@feature
def numbers(m: Maker) -> str:
    return f"{m.new('int')} = {m.rng.choice(['3', '10**30', '-7', '2.5', '1j', 'True', 'None'])}"


@feature
def text(m: Maker) -> str:
    return f"{m.new('str')} = {m.rng.choice(['abc', 'x y', 'é', ''])!r} * {m.n(3)}"


@feature
def new_list(m: Maker) -> str:
    return f"{m.new('list')} = list(range({m.n()}))"


@feature
def list_of_values(m: Maker) -> str:
    values = ", ".join(filter(None, (m.any_value() for _ in range(m.n(3)))))
    return f"{m.new('list')} = [{values}]"


@feature
def new_dict(m: Maker) -> str:
    return f"{m.new('dict')} = {{'a': {m.any_value()}, 'b': {m.any_value()}, {m.n()}: None}}"


@feature
def alias(m: Maker) -> str:
    old = m.old()
    return f"{m.new(m.kinds[old])} = {old}" if old else ""


@feature
def equal_copy(m: Maker) -> str:
    old = m.old("list", "dict", "set")
    return f"{old} = type({old})({old})" if old else ""


@feature
def append(m: Maker) -> str:
    old = m.old("list")
    return f"{old}.append({m.rng.choice([str(m.n()), m.any_value()])})" if old else ""


@feature
def set_item(m: Maker) -> str:
    old = m.old("dict")
    return f"{old}[{m.rng.choice(['1', repr('a'), repr('k')])}] = {m.any_value()}" if old else ""


@feature
def swap(m: Maker) -> str:
    a, b = m.old("list"), m.old("list")
    return f"{a}, {b} = {b}, {a}" if a and b else ""


@feature
def delete(m: Maker) -> str:
    old = m.old("list", "int", "dict", "array", "instance", "str", "set", "series", "big")
    if old and m.rng.random() < 0.5:
        del m.kinds[old]
        return f"del {old}"
    return ""


@feature
def tuple_of_values(m: Maker) -> str:
    return f"{m.new('tuple')} = ({m.any_value()}, {m.any_value()}, 'x')"


@feature
def named_tuple(m: Maker) -> str:
    name = m.new("tuple")
    return f"_P = collections.namedtuple('_P', 'x y')\n{name} = _P({m.any_value()}, {m.n()})"


@feature
def set_of_numbers(m: Maker) -> str:
    name = m.new("set")
    return f"{name} = {{i * 37 % 1009 for i in range({m.n(60)})}}\nfor _i in list({name})[::3]: {name}.discard(_i)"


@feature
def set_of_strings(m: Maker) -> str:
    return f"{m.new('set')} = {{f'k{{i}}' for i in range({m.n(40)})}}"


@feature
def change_set(m: Maker) -> str:
    old = m.old("set")
    return f"{old}.add({m.n(999)})" if old else ""


@feature
def collections_(m: Maker) -> str:
    how = m.rng.choice(["collections.deque([1, {}], maxlen=5)", "collections.deque([{}])"])
    return f"{m.new('deque')} = {how.format(m.any_value())}"


@feature
def special_dicts(m: Maker) -> str:
    how = m.rng.choice(
        [
            "collections.defaultdict(list, a=[1])",
            "collections.OrderedDict(a=1, b={})",
            "collections.Counter('abca')",
            "collections.ChainMap({{'q': {}}})",
        ]
    )
    return f"{m.new('mapping')} = {how.format(m.any_value())}"


@feature
def immutable_objects(m: Maker) -> str:
    how = m.rng.choice(
        [
            "__import__('datetime').date(2020, 1, 2)",
            "__import__('decimal').Decimal('1.5')",
            "__import__('pathlib').Path('a/b')",
            "re.search('b+', 'abbc')",
            "re.compile('x')",
        ]
    )
    return f"{m.new('plain')} = {how}"


@feature
def nested(m: Maker) -> str:
    name = m.new("nested")
    return f"{name} = []\nfor _ in range({m.rng.choice([10, 600])}): {name} = [{name}]"


@feature
def not_a_number(m: Maker) -> str:
    name = m.new("nan")
    return f"{name} = {m.rng.choice(['float(chr(110) + chr(97) + chr(110))', 'np.nan', 'math.nan'])}\n{m.new('list')} = [{name}]"


@feature
def print_values(m: Maker) -> str:
    old = m.old()
    return show(old, m.kinds[old]) if old else ""
