"""What IPython adds to the language."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker


@feature()
def timed(m: FlowMaker) -> str:
    return f"%time {m.new('int')} = sum([{m.n()}, 2])"


@feature()
def captured(m: FlowMaker) -> str:
    return "from IPython.utils.capture import capture_output\nwith capture_output() as _cap:\n    print('inside')\nprint(len(_cap.stdout))"


@feature()
def environment_magic(m: FlowMaker) -> str:
    return m.rng.choice([f"%env HW_M={m.n()}", "print(os.environ.get('HW_M'))", "%env HW_M"])


@feature()
def shell(m: FlowMaker) -> str:
    old = m.old("int", "str")
    return m.rng.choice(["!echo hello", f"!echo {m.n()} | wc -c", "!ls *.txt 2>/dev/null | head -3", f"!echo {{{old}}}" if old else "!echo none"])


@feature()
def shell_assigned(m: FlowMaker) -> str:
    return f"{m.new('slist')} = !echo one two"


@feature()
def folder_magics(m: FlowMaker) -> str:
    return m.rng.choice(["_here = %pwd\nprint(os.path.basename(_here))", "%cd -q .", "%mkdir -p made"])


@feature()
def cell_magic(m: FlowMaker) -> str:
    return m.rng.choice(["%%time", "%%capture _out"]) if not any(line.startswith("%%") for line in m.cell_lines) else ""


@feature()
def write_file_magic(m: FlowMaker) -> str:
    return f"get_ipython().run_cell_magic('writefile', 'a.txt', 'magic {m.n()}\\n')"


@feature()
def system_call(m: FlowMaker) -> str:
    return m.rng.choice(["_code = os.system('echo below')", "import subprocess\nprint(subprocess.run(['echo', 'child'], capture_output=True, text=True).stdout)"])


@feature()
def asks_for_the_shell(m: FlowMaker) -> str:
    return "print(type(get_ipython()).__name__)"


@feature()
def who(m: FlowMaker) -> str:
    return "%who str"


@feature()
def bash_cell(m: FlowMaker) -> str:
    return f"get_ipython().run_cell_magic('bash', '', 'echo from bash {m.n()}')"
