// Functions, classes, lambdas and comprehensions: what is read at once, and what a mention brings.

import { describe, expect, it } from 'vitest';
import { observe } from '../testing/observe-text.ts';

const ROWS: readonly (readonly [string, string])[] = [
  // a definition alone
  ['def f():\n  return x', '→ f'],
  ['def f(a, b=c, *d, e: T = g, **h) -> R:\n  x', 'R T c g → f'],
  ['def f(a: "T"): ...', '→ f'],
  ['from __future__ import annotations\ndef f(a: T): ...', '→ annotations f'],
  ['@d(x)\ndef f(): ...', 'd x → f'],
  ['@property\ndef f(): y', '→ f'],
  ['async def f():\n  await x', '→ f'],
  ['def f[T](a: T, b: U): ...', 'U → f'],
  ['class A: pass', '→ A'],
  ['class A(B, metaclass=M): pass', 'B M → A'],
  ['class A:\n  x = y\n  z = x', 'y → A'],
  ['class A:\n  print(x)\n  x = 1', 'x → A'],
  ['class A:\n  def f(self): return x', '→ A'],
  ['class A:\n  x = 1\n  def f(self): return x\nA().f()', 'x → A'],
  ['class A[T](B[T]): pass', 'B → A'],
  ['class A:\n  a: T = 1', 'T → A'],
  ['class A:\n  for i in xs:\n    j = i', 'xs → A'],
  ['class A:\n  xs = [1]\n  ys = [x for x in xs]\n  zs = [x for _ in ys for x in xs]', 'xs → A'],
  ['class A:\n  global g\n  g = 1', '→ A g'],
  // a mention brings what the function reads, looked up then
  ['def f(): return x\nf()', 'x → f'],
  ['def f(): return x\nx = 1\nf()', '→ f x'],
  ['def f(): return x\nmap(f, y)', 'x y → f'],
  ['def f(): return x\ng = f\ng()', 'x → f g'],
  ['def f(): return g()\ndef g(): return x\nf()', 'x → f g'],
  ['def f(): return f()\nf()', '→ f'],
  ['def f(): return g()\ndef g(): return f() + x\ng()', 'x → f g'],
  ['def f(a): return a + len(b)\nf(1)', 'b → f'],
  ['def f():\n  x = 1\n  return x\nf()', '→ f'],
  ['def f():\n  print(x)\n  x = 1\nf()', '→ f'],
  ['def f():\n  global x\n  x = 1\nf()', '→ f x?'],
  ['def f():\n  global x\n  x += 1\nf()', 'x → f x?'],
  ['def f():\n  global x\n  x = 1\n  return x\nf()', '→ f x?'],
  ['def f():\n  global x\n  del x\nf()', 'x → f x? del x'],
  ['def f():\n  d[1] = 2\nf()', 'd → d*? f'],
  ['def f():\n  xs.append(1)\nf()', 'xs → f xs*?'],
  ['def f():\n  def g(): return x\n  return g\nh = f()\nh()', 'x → f h'],
  ['def f():\n  y = 1\n  def g():\n    nonlocal y\n    y = x\n  g()\nf()', 'x → f'],
  ['def f():\n  class A:\n    a = x\n  return A\nf()', 'x → f'],
  ['def f():\n  for i in xs: pass\n  return i\nf()', 'xs → f'],
  ['def f():\n  import m\n  return m.a\nf()', '→ f'],
  ['def f():\n  try: a\n  except E as e: print(e)\nf()', 'E a → f'],
  ['def f():\n  with open(p) as h: return h.read()\nf()', 'p → f'],
  ['def f():\n  return [y for y in xs if y > t]\nf()', 't xs → f'],
  ['def f():\n  return (z := x) + z\nf()', 'x → f'],
  ['def f():\n  x: int\n  return x\nf()', '→ f'],
  ['def f(x): del x\nf(1)', '→ f'],
  ['def f():\n  match a:\n    case [q]: return q\nf()', 'a → f'],
  ['def f(a=lambda: x): ...', 'x → f'],
  ['def f(): yield x\ng = f()', 'x → f g'],
  ['class A:\n  def f(self): return x\na = A()', 'x → A a'],
  ['class A:\n  def f(self): return x\nclass B(A): pass\nB()', 'x → A B'],
  ['@dec\ndef f(): return x\nf()', 'dec x → f'],
  // lambdas and comprehensions run where they stand
  ['f = lambda: x', '→ f'],
  ['f = lambda: x\nf()', 'x → f'],
  ['f = lambda a, b=c: a + b + d\nf(1)', 'c d → f'],
  ['y.apply(lambda r: r + x)', 'x y →'],
  ['[lambda: x]', 'x →'],
  ['[x for x in xs]', 'xs →'],
  ['[x for x in x]', 'x →'],
  ['[x + y for x in xs if x > z for y in ys(x)]', 'xs ys z →'],
  ['{k: v for k, v in d.items()}', 'd →'],
  ['{f(x) for x in xs}', 'f xs →'],
  ['sum(x for x in xs)', 'xs →'],
  ['[(y := x) for x in xs]\nprint(y)', 'xs y → y?'],
  ['[[j for j in i] for i in xs]', 'xs →'],
  ['[i async for i in xs]', 'xs →'],
  ['x = [x for x in range(3)]\nx', '→ x'],
  // names that are there anyway
  ['print(len([1]), int, ValueError, __name__)', '→'],
  ['display(x)', 'x →'],
  ['get_ipython()', '→'],
  ['_ + _3', '_ _3 →'],
  ['In, Out', 'In Out →'],
  ['list = 1\nlist', '→ list'],
];

it.each(ROWS)('%j: %s', (source, expected) => {
  expect(observe(source)).toBe(expected);
});

describe('across steps', () => {
  const ACROSS: readonly (readonly [readonly string[], string])[] = [
    [['def f(): return x', 'f()'], 'f x →'],
    [['def f(): return x', 'x = 1\nf()'], 'f → x'],
    [['def f(): return x', 'g = [f]', 'g[0]()'], 'g x →'],
    [['def f(): return x', 'from functools import partial\ng = partial(f, 1)', 'g()'], 'g x →'],
    [['def f(): return x', 'r = f()', 'r'], 'r →'],
    [['def f(): return lambda: x', 'r = f()', 'r()'], 'r x →'],
    [['class A:\n  def m(self): return x', 'a = A()', 'a.m()'], 'a x →'],
    [['def f(): return g()', 'def g(): return x', 'f()'], 'f g x →'],
    [['def f(): return x', 'f = 1', 'f'], 'f →'],
    [['def f(): return x', 'def f(): return y', 'f()'], 'f y →'],
    [['def f(): return x', 'if a:\n  def f(): return y', 'f()'], 'f x y →'],
    [['def f():\n  global n\n  n += 1', 'f()'], 'f n → n?'],
    [['sum = 1', 'sum'], 'sum →'],
    [['from numpy import *', 'sum(x) + mean(x)'], 'mean sum x →'],
    [['import numpy as np', 'np.sum(1)'], 'np →'],
    [['from __future__ import annotations', 'def f(a: T): ...'], '→ f'],
    [['class A:\n  def m(self): self.n()\n  def n(self): return x', 'a = A()', 'print(a)'], 'a x →'],
  ];
  it.each(ACROSS)('%j: %s', (texts, expected) => {
    expect(observe(...texts)).toBe(expected);
  });
});
