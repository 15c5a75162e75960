"""The process around the values, and values that belong to one."""

from __future__ import annotations

from tests.values.helpers.maker import Maker, feature


@feature
def random_draw(m: Maker) -> str:
    return f"{m.new('int')} = {m.rng.choice(['random.random()', 'np.random.rand()', 'random.randint(0, 99)'])}"


@feature
def own_generator(m: Maker) -> str:
    return f"{m.new('random')} = {m.rng.choice(['random.Random(3)', 'np.random.default_rng(4)', 'np.random.RandomState(5)'])}"


@feature
def imported_function(m: Maker) -> str:
    return m.rng.choice(
        [
            "from random import random as rnd, seed",
            "from numpy.random import rand",
            "import xml.dom",
            "import os.path",
            "from math import *",
            "import xml.etree.ElementTree as ET",
        ]
    )


@feature
def process_state(m: Maker) -> str:
    return m.rng.choice(
        [
            "os.environ['HW_X'] = str(len(os.environ.get('HW_X', '')))",
            "sys.path.append('/nope')",
            "os.makedirs('sub', exist_ok=True)",
            "random.seed(4)",
        ]
    )


@feature
def stored_error(m: Maker) -> str:
    return f"try:\n    {m.rng.choice(['1/0', '{}[1]', 'int([])', 'open(chr(47) + chr(110))'])}\nexcept Exception as _x:\n    {m.new('error')} = _x"


@feature
def iterator(m: Maker) -> str:
    old = m.old("list")
    return (
        f"{m.new('iterator')} = {m.rng.choice(['iter({})', 'enumerate({})', 'reversed({})', 'zip({}, [1, 2])']).format(old)}" if old else ""
    )


@feature
def locks(m: Maker) -> str:
    return f"import threading, queue\n{m.new('lock')} = {m.rng.choice(['threading.Lock()', 'threading.Event()', 'queue.Queue()', 'threading.Condition()'])}"


@feature
def generator(m: Maker) -> str:
    if m.rng.random() < 0.7:  # they are slow: whatever reads one runs in its process
        return ""
    old = m.old("list")
    return f"{m.new('generator')} = (x for x in {old})" if old else ""
