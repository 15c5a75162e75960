"""The global generators: carried from the first seeding on, fresh before."""

from pathlib import Path

import pytest

from .flows import run_flow

DRAW = "import random, numpy as np; print(random.random(), np.random.rand())"
PRELOAD = ("random", "numpy.random")


def test_forked_processes_draw_different_numbers(tmp_path: Path) -> None:
    flow = run_flow(tmp_path / "flow", [DRAW] * 3, "fork", PRELOAD)
    numbers = [number for text in flow.printed for number in text.split()]
    assert len(set(numbers)) == 6
    assert flow.changed == [{}, {}, {}]
    assert all({"%random", "%numpy.random"} <= set(read) for read in flow.read)


ONLY_DRAWN = {
    "little": "random.random(); np.random.rand()",
    "much": "[random.random() for _ in range(100_000)]; np.random.rand(1000, 1000)",
    "shuffles": "x = list(range(9999)); random.shuffle(x); np.random.shuffle(x); random.sample(x, 50); np.random.permutation(7)",
    "normal numbers": "random.gauss(0, 1); np.random.randn(); np.random.standard_normal(7); random.normalvariate(0, 1)",
    "odd distributions": "np.random.beta(1, 2, 99); np.random.choice(9, 4, False); random.choices('abc', k=9); np.random.randint(5)",
    "a generator of its own": "np.random.default_rng(3).random(); random.Random(3).random(); np.random.RandomState(3).rand()",
}


@pytest.mark.parametrize("name", ONLY_DRAWN)
def test_drawing_is_not_seeding(tmp_path: Path, name: str) -> None:
    flow = run_flow(tmp_path / "flow", ["import random, numpy as np\n" + ONLY_DRAWN[name]], "fork", PRELOAD)
    assert flow.changed == [{}]
    assert ("%random" in flow.read[0], "%numpy.random" in flow.read[0]) == ((False, False) if "own" in name else (True, True))
    assert flow.problems == [[]]


SEEDED = {
    "by a cell": ["random.seed(1); np.random.seed(2)", DRAW, DRAW, "random.seed(1); np.random.seed(2)", DRAW],
    "after drawing": [
        "random.random(); np.random.rand(); random.seed(1); np.random.seed(2); np.random.randn(); random.gauss(0, 1)",
        DRAW,
        DRAW,
    ],
    "by a library, deep inside": ["import seeds; seeds.seed_everything(4)", DRAW, "import seeds; print(seeds.noise())", DRAW],
    "by set_state": [
        "random.setstate(random.Random(1).getstate()); np.random.set_state(np.random.RandomState(1).get_state())", DRAW, DRAW,
    ],
    "a state put back is a draw undone": [
        "random.seed(1); np.random.seed(2)",
        "a, b = random.getstate(), np.random.get_state(); "
        "print(random.random(), np.random.rand()); random.setstate(a); np.random.set_state(b)",
        DRAW,
    ],
}


@pytest.mark.parametrize("name", SEEDED)
def test_seeded_processes_equal_one(tmp_path: Path, name: str) -> None:
    steps = ["import random, numpy as np\n" + step for step in SEEDED[name]]
    flows = {}
    for mode in ("fork", "together"):
        (tmp_path / mode).mkdir()
        (tmp_path / mode / "seeds.py").write_text(
            "import random, numpy\ndef seed_everything(n):\n    random.seed(n); "
            "numpy.random.seed(n)\ndef noise():\n    return numpy.random.randn(2)\n"
        )
        flows[mode] = run_flow(tmp_path / mode, steps, mode, PRELOAD)
    assert flows["fork"].printed == flows["together"].printed
    assert sorted(flows["fork"].changed[0]) == ["%numpy.random", "%random"]


def test_a_seeded_generator_is_read_only_when_it_moves(tmp_path: Path) -> None:
    flow = run_flow(tmp_path / "flow", ["import random; random.seed(1)", "x = 1", "import random; random.random()"], "fork", PRELOAD)
    assert ["%random" in read for read in flow.read] == [True, False, True]
    assert [sorted(changed) for changed in flow.changed] == [["%random"], [], ["%random"]]
