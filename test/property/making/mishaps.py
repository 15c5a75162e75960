"""Ways for a notebook to end early: lines at the end of a cell."""

MISHAPS = [
    "1/0",
    "missing_name",
    "raise ValueError(3)",
    "{}[3]",
    "[].pop()",
    "def fall(n):\n    return fall(n - 1) if n else [][0]\nfall(3)",
    "class Trouble(Exception):\n    def __init__(self, a, b):\n        super().__init__(f'{a} and {b}')\n        self.a = a\nraise Trouble(1, 2)",
    "try:\n    1/0\nexcept ZeroDivisionError as _z:\n    raise KeyError('k') from _z",
    "assert len([1]) == 2, 'two are needed'",
    "kept = []\nfor _n in range(5):\n    kept.append(_n)\n    if _n == 3:\n        raise IndexError(_n)",
    "exec('1 +')",
    "int('x')",
    "pd.DataFrame({'x': [1]})['y']",
    "np.zeros(2) + np.zeros(3)",
    "os.remove('nothing.txt')",
    "with open('half.txt', 'w') as _f:\n    _f.write('half'); _f.flush(); raise RuntimeError('stopped')",
]
