"""Top-level await, sleeps, threads that end within their cell."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker


@feature()
def awaits(m: FlowMaker) -> str:
    return f"import asyncio\nasync def _later(x):\n    await asyncio.sleep(0.001)\n    return x\n{m.new('list')} = await asyncio.gather(*[_later(_i) for _i in range({m.n(3)})])"


@feature()
def async_for(m: FlowMaker) -> str:
    return "async def _ticks():\n    for _i in range(3):\n        yield _i\nasync for _t in _ticks():\n    print(_t)"


@feature()
def async_function(m: FlowMaker) -> str:
    name, old = m.new("coroutine"), m.old("list")
    return f"async def {name}():\n    {old}.append('async')\n    return len({old})" if old else ""


@feature(2)
def await_function(m: FlowMaker) -> str:
    old = m.old("coroutine")
    return f"print(await {old}())" if old else ""


@feature()
def threads(m: FlowMaker) -> str:
    old = m.old("list")
    return f"import threading\n_t = threading.Thread(target={old}.append, args=('thread',))\n_t.start(); _t.join()\ndel _t" if old else ""


@feature()
def pool(m: FlowMaker) -> str:
    return f"from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as _pool:\n    print(list(_pool.map(abs, [-1, -{m.n()}])))\ndel _pool"


@feature(2)
def sleeps(m: FlowMaker) -> str:
    return f"time.sleep({m.rng.choice([0.02, 0.05, 0.1])})"
