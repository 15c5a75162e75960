// Parameters: found in their cells, given other values in place, and values from the command line made Python.

import type { Parameter } from '@headwater/protocol';
import { describe, expect, it } from 'vitest';
import { applyParameters, findParameters, parseParameterValue } from '../parameters.ts';

const find = (source: string) => findParameters([{ index: 0, source }]);
const show = (source: string) => find(source).map(({ name, type, optional, choices, default: value, help }) => [name, type, optional ? 'optional' : '', choices?.join('/') ?? '', value ?? '-', help ?? ''].join('|'));

describe('finding', () => {
  it.each<[string, string[]]>([
    ['n = 3', ['n|int|||3|']],
    ['n = -3', ['n|int|||-3|']],
    ['x = 1e-3', ['x|float|||1e-3|']],
    ['x = .5  # half', ['x|float|||.5|half']],
    ['# How many\n# of them\nn = 1_000', ['n|int|||1_000|How many of them']],
    ['s = "a # b"  # text', ['s|str|||"a # b"|text']],
    ["s = 'it\\'s'", ["s|str|||'it\\'s'|"]],
    ['s = """a\nb"""', ['s|str|||"""a\nb"""|']],
    ['b = True', ['b|bool|||True|']],
    ['v = None', ['v|none|optional||None|']],
    ['xs = [1,\n  2]  # list', ['xs|json|||[1,\n  2]|list']],
    ['d = {"a": 1}', ['d|json|||{"a": 1}|']],
    ['y = n * 2', ['y|unknown|||n * 2|']],
    ['n: int = 3', ['n|int|||3|']],
    ['n: int', ['n|int|||-|']],
    ['n: float = 3', ['n|float|||3|']],
    ['n: Optional[int] = None', ['n|int|optional||None|']],
    ['n: int | None = None', ['n|int|optional||None|']],
    ['n: typing.Optional[str] = None', ['n|str|optional||None|']],
    ['n: "Union[int, str]" = 3', ['n|unknown|||3|']],
    ['m: Literal["fast", "slow"] = "fast"', ['m|str||"fast"/"slow"|"fast"|']],
    ['xs: list[int] = []', ['xs|json|||[]|']],
    ['d: Dict[str, float] = {}', ['d|json|||{}|']],
    ['p: Path = Path("x")', ['p|path|||Path("x")|']],
    ['p: pathlib.Path', ['p|path|||-|']],
    ['day = datetime.date(2026, 3, 1)', ['day|date|||datetime.date(2026, 3, 1)|']],
    ['day: date | None = None', ['day|date|optional||None|']],
    ['day = datetime.datetime(2026, 3, 1)', ['day|unknown|||datetime.datetime(2026, 3, 1)|']],
    ['a = 1; b = 2', ['a|int|||1|', 'b|int|||2|']],
    ['a = b = 1', ['a|int|||1|', 'b|int|||1|']],
    ['a = 1\na = 2.0', ['a|float|||2.0|']],
    ['f = lambda x=1: x', ['f|unknown|||lambda x=1: x|']],
    ['a, b = 1, 2', []],
    ['d["k"] = 1\no.a = 2\nx == 3\nprint(x=1)\nx += 1', []],
    ['if a:\n    n = 1', []],
    ['import a\n"""doc = 3"""\n%time n = 1', []],
    ['größe = 3', ['größe|int|||3|']],
    ['n = (\n  1\n  + 2\n)', ['n|json|||(\n  1\n  + 2\n)|']],
  ])('%j', (source, expected) => {
    expect(show(source)).toEqual(expected);
  });
});

describe('applying', () => {
  it.each<[string, Record<string, string>, string]>([
    ['n = 3\nm = n * 2', { n: '5' }, 'n = 5\nm = n * 2'],
    ['n = 3  # help', { n: '5' }, 'n = 5  # help'],
    ['n: int = 3', { n: '5' }, 'n: int = 5'],
    ['n: int', { n: '5' }, 'n: int = 5'],
    ['a = 1; b = 2', { b: '5' }, 'a = 1; b = 5'],
    ['a = b = 1', { b: '5' }, 'a = b = 5'],
    ['n = 3\nn = 4', { n: '5' }, 'n = 5\nn = 5'],
    ['xs = [1,\n  2]  # c\ny = 1', { xs: '[3]', y: '2' }, 'xs = ([3]\n)  # c\ny = 2'],
    ['n=3', { n: '5' }, 'n=5'],
    ['n = 3', { m: '5' }, 'n = 3'],
    ['n = 3', {}, 'n = 3'],
    ['n = 3', { toString: '5' }, 'n = 3'],
    ['s = "$&"', { s: '"$1"' }, 's = "$1"'],
  ])('%j with %j', (source, overrides, expected) => {
    const applied = applyParameters(source, overrides);
    expect(applied).toBe(expected);
    expect(applied.split('\n').length).toBe(source.split('\n').length);
  });
});

describe('values from the command line', () => {
  const parse = (source: string, text: string) => {
    const [parameter] = find(source);
    const parsed = parseParameterValue(parameter as Parameter, text);
    return 'literal' in parsed ? parsed.literal : parsed.problem;
  };

  it.each<[string, string, string]>([
    ['epochs = 3', '5', '5'],
    ['epochs = 3', '-5', '-5'],
    ['epochs = 3', 'ten', '`epochs` wants an int, `ten` is none.'],
    ['epochs = 3', '1.5', '`epochs` wants an int, `1.5` is none.'],
    ['epochs = 3', 'none', '`epochs` wants an int, `none` is none.'],
    ['epochs: int | None = 3', 'none', 'None'],
    ['x = 0.1', '0.2', '0.2'],
    ['x = 0.1', '2', '2.0'],
    ['epochs = 3', '007', '`epochs` wants an int, `007` is none.'],
    ['v = None', '007', '"007"'],
    ['x = 0.1', '007', '007.0'],
    ['x = 0.1', 'inf', 'float("inf")'],
    ['x = 0.1', 'a', '`x` wants a float, `a` is none.'],
    ['s = "a"', 'b c', '"b c"'],
    ['s = "a"', '3', '"3"'],
    ['s = "a"', 'it\'s "x"\\', '"it\'s \\"x\\"\\\\"'],
    ['s = "a"', '', '""'],
    ['b = True', 'false', 'False'],
    ['b = True', 'yes', 'True'],
    ['b = True', '0', 'False'],
    ['b = True', 'maybe', '`b` wants a bool, true or false, `maybe` is none.'],
    ['xs = [1]', '[1, "a", null, true]', '[1, "a", None, True]'],
    ['xs = (1, 2)', '[3]', 'tuple([3])'],
    ['xs = {1, 2}', '[3]', 'set([3])'],
    ['d = {}', '{"a": {"b": [1.5]}}', '{"a": {"b": [1.5]}}'],
    ['d = {}', 'a', '`d` wants a list or dict as JSON, `a` is none.'],
    ['d = {}', '3', '`d` wants a list or dict as JSON, `3` is none.'],
    ['m: Literal["fast", 3] = "fast"', 'fast', '"fast"'],
    ['m: Literal["fast", 3] = "fast"', '3', '3'],
    ['m: Literal["fast", 3] = "fast"', 'slow', '`m` is one of `"fast"`, `3`; `slow` is none of them.'],
    ['v = None', '3', '3'],
    ['v = None', 'none', 'None'],
    ['v = None', 'true', 'True'],
    ['v = None', '[1]', '[1]'],
    ['v = None', 'text', '"text"'],
    ['y = f()', '0.5', '0.5'],
  ])('%s given %j', (source, text, expected) => {
    expect(parse(source, text)).toBe(expected);
  });
});
