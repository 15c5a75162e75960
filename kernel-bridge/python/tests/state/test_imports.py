"""What imports do to state: to themselves, to everybody, and only once in a run."""

from pathlib import Path

from .flows import run_both, run_flow

MODULES = {
    "site-packages/polite.py": (
        "import os, sys, warnings, logging\nclass PoliteWarning(UserWarning): pass\n"
        "warnings.simplefilter('always', PoliteWarning)\nwarnings.filterwarnings('ignore', message='polite size changed')\n"
        "warnings.filterwarnings('always', category=DeprecationWarning, module='^polite')\n"
        "os.environ.setdefault('POLITE', '1'); sys.path.append('/polite/vendor'); logging.getLogger('polite.inner').setLevel(10)\n"
    ),
    "site-packages/rude.py": "import warnings, sys\nwarnings.filterwarnings('ignore')\nsys.setrecursionlimit(3333)\nimport polite\n",
    "helpers.py": "import random, polite\nrandom.seed(3)\ndef draw(): return random.random()\n",
}
PATH = "import sys; sys.path.insert(1, FOLDER + '/site-packages')"


def run(tmp_path: Path, steps: list, mode: str = "fresh"):
    return run_both(tmp_path, MODULES, steps, mode)


def test_a_librarys_own_share_is_not_carried(tmp_path: Path) -> None:
    apart, _ = run(
        tmp_path, [PATH, "import polite", "import os; print(os.environ.get('POLITE'))", "import polite, os; print(os.environ['POLITE'])"]
    )
    assert [sorted(changed) for changed in apart.changed] == [["%path"], [], [], []]
    assert apart.printed[2:] == ["None", "1"]


def test_what_cells_said_about_a_library_holds_when_it_is_imported_again(tmp_path: Path) -> None:
    steps = [
        PATH,
        "import polite, os, logging, warnings; os.environ['POLITE'] = '2'; logging.getLogger('polite.inner').setLevel(40)\n"
        "warnings.simplefilter('error', polite.PoliteWarning)",
        "import polite, os, logging, warnings; print(os.environ['POLITE'], logging.getLogger('polite.inner').level)\n"
        "try:\n    warnings.warn('w', polite.PoliteWarning)\nexcept polite.PoliteWarning:\n    print('raised')",
    ]
    apart, together = run(tmp_path, steps)
    assert apart.printed == together.printed == ["", "", "2 40\nraised"]
    assert sorted(apart.changed[1]) == ["%env", "%logging", "%warnings"]
    assert apart.changed[2] == {}


def test_what_an_import_does_to_everybody_is_carried_and_happens_once(tmp_path: Path) -> None:
    silent = "any(f[0] == 'ignore' and f[1:4] == (None, Warning, None) for f in warnings.filters)"
    show = f"import sys, warnings; print(sys.getrecursionlimit(), {silent})"
    steps = [PATH, "import rude", show, "import rude, sys; sys.setrecursionlimit(4444)", "import rude\n" + show]
    apart, together = run(tmp_path, steps)
    assert apart.printed == together.printed
    expected = [["%path"], ["%imported", "%recursionlimit", "%warnings"], [], ["%recursionlimit"], []]
    assert [sorted(changed) for changed in apart.changed] == expected
    assert ["%imported" in read for read in apart.read] == [False, True, False, False, True]


def test_a_module_that_seeds_does_so_once(tmp_path: Path) -> None:
    steps = [
        PATH,
        "import helpers; print(helpers.draw())",
        "import helpers; print(helpers.draw())",
        {"code": "import sys; print(sys.modules['helpers'].draw())", "load": ["helpers"]},
        "import random; print(random.random())",
    ]
    apart, _ = run(tmp_path, steps)
    together = run_flow(tmp_path / "together", [each if isinstance(each, str) else each["code"] for each in steps], "together")
    assert apart.printed == together.printed
    assert [sorted(changed) for changed in apart.changed] == [["%path"], ["%imported", "%random"], ["%random"], ["%random"], ["%random"]]


def test_failing_and_missing_imports_are_pythons_own(tmp_path: Path) -> None:
    (tmp_path / "apart").mkdir()
    (tmp_path / "together").mkdir()
    for place in ("apart", "together"):
        (tmp_path / place / "broken.py").write_text("import os\n1 / 0\n")
    code = (
        "import sys, traceback, importlib.util, inspect\n"
        "for name in ('broken', 'nowhere', 'os.nothing'):\n"
        "    try:\n        __import__(name)\n    except Exception:\n        print(traceback.format_exc())\n"
        "print('broken' in sys.modules, importlib.util.find_spec('nowhere'))\n"
        "import colorsys\n"
        "print(type(colorsys.__spec__), colorsys.__spec__.origin, vars(colorsys.__spec__).keys(), inspect.getsource(colorsys)[:20])\n"
        "import importlib; print(importlib.reload(colorsys) is colorsys, type(colorsys.__spec__))\n"
    )
    apart, together = run_flow(tmp_path / "apart", [code], "fresh"), run_flow(tmp_path / "together", [code], "together")
    assert [text.replace("/apart/", "/together/") for text in apart.printed] == together.printed


def test_scikit_learn_and_its_friends_change_nothing(tmp_path: Path) -> None:
    apart, _ = run(tmp_path, ["import sklearn.linear_model, pandas, matplotlib.pyplot as plt; plt.figure()"])
    assert apart.changed == [{}]
    assert apart.problems == [[]]
