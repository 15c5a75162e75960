"""The process around the values: generators, folders, environment, settings of the interpreter."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker


@feature(2)
def seeds(m: FlowMaker) -> str:
    m.seeded = True
    return f"random.seed({m.n(99)}); np.random.seed({m.n(99)})"


@feature(3)
def draws(m: FlowMaker) -> str:
    return m.rng.choice(
        [
            f"{m.new('int')} = random.random()",
            f"{m.new('list')} = random.sample(range(50), 3)",
            f"{m.new('int')} = float(np.random.rand())",
            f"{m.new('list')} = np.random.permutation(5).tolist()",
            "print(random.randint(0, 999), np.random.randint(999))",
            f"{m.new('int')} = random.gauss(0, 1)",
            f"print(pd.Series(range(9)).sample({m.n(3)}).tolist())",
        ]
    )


@feature()
def shuffles(m: FlowMaker) -> str:
    old = m.old("list")
    return f"random.shuffle({old})" if old and m.seeded else ""


@feature()
def unseeded_draws(m: FlowMaker) -> str:
    return "_u = {random.random() for _ in range(5)}\nprint(len(_u))\ndel _u"


@feature()
def own_random(m: FlowMaker) -> str:
    old = m.old("random")
    return f"print(round(float({old}.random()), 9))" if old else ""


@feature()
def state_of_random(m: FlowMaker) -> str:
    return f"_s = random.getstate()\nrandom.random()\nrandom.setstate(_s)\ndel _s\nrandom.seed({m.n()})"


@feature()
def goes_into_folder(m: FlowMaker) -> str:
    return m.rng.choice(["os.makedirs('sub', exist_ok=True)\nos.chdir('sub')", "os.chdir('..' if os.path.basename(os.getcwd()) == 'sub' else '.')"])


@feature()
def says_where(m: FlowMaker) -> str:
    return "print(os.path.basename(os.getcwd()), os.path.exists('sub'))"


@feature(2)
def environment(m: FlowMaker) -> str:
    key = f"HW_{m.rng.choice('ABC')}"
    return m.rng.choice([f"os.environ['{key}'] = os.environ.get('{key}', '') + 'x'", f"os.environ.pop('{key}', None)", f"print(os.environ.get('{key}'))"])


@feature()
def search_path(m: FlowMaker) -> str:
    return m.rng.choice(["sys.path.append('lib')", "sys.path.insert(0, os.path.join(os.getcwd(), 'lib'))", "print(len([_p for _p in sys.path if _p.endswith('lib')]))"])


@feature()
def module_from_path(m: FlowMaker) -> str:
    m.files["lib/deep.py"] = "VALUE = 11\ndef depth(x):\n    return x + VALUE\n"
    return f"sys.path.append(os.path.join(os.path.dirname(os.path.abspath('x')).split('/sub')[0], 'lib'))\nimport deep\n{m.new('function')} = deep.depth"


@feature()
def decimals(m: FlowMaker) -> str:
    return m.rng.choice(["import decimal\ndecimal.getcontext().prec = 5", "import decimal\nprint(decimal.Decimal(1) / 7)"])


@feature()
def recursion_limit(m: FlowMaker) -> str:
    return m.rng.choice([f"sys.setrecursionlimit({m.rng.choice([2000, 3500])})", "print(sys.getrecursionlimit())"])


@feature()
def log_levels(m: FlowMaker) -> str:
    return m.rng.choice(
        ["import logging\nlogging.getLogger('hw').setLevel(logging.DEBUG)", "import logging\nprint(logging.getLogger('hw').getEffectiveLevel())", "import logging\nlogging.getLogger('hw').warning('careful')"]
    )


@feature()
def module_attribute(m: FlowMaker) -> str:
    return "import xml.dom.minidom\nprint(xml.dom.minidom.parseString('<a/>').documentElement.tagName)"
