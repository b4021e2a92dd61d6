import { describe, expect, it } from "vitest";
import { runPython } from "../../../src/checks/code/python/run-python.ts";

const NEVER = new AbortController().signal;
const run = (code: string, ...snippets: string[]) => runPython({ code, snippets, timeoutMs: 10_000 }, NEVER);

/** Each makes `f(2)` something other than 4, and tries to pass all the same. The snippet is `assert f(2) == 4` unless it is given. */
const CHEATS: Readonly<Record<string, string | readonly [code: string, snippet: string]>> = {
  "an object equal to everything": "class Any:\n  def __eq__(self, other): return True\ndef f(x): return Any()",
  "a number equal to everything": "class Any(int):\n  def __eq__(self, other): return True\ndef f(x): return Any(1)",
  "a lambda for an equality": "def f(x): return type('Any', (), {'__' + 'eq__': lambda *both: True})()",
  "another method for an equality": "class Any(int):\n  __eq__ = int.__or__\ndef f(x): return Any(1)",
  "objects equal to everything, in a list": [
    "class Any:\n  def __eq__(self, other): return True\ndef f(x): return [Any(), [Any()]]",
    "assert f(2) == [1, [2]]",
  ],
  "objects equal to everything, as values": [
    "class Any:\n  def __eq__(self, other): return True\ndef f(x): return {'a': Any()}",
    "assert f(2) == {'a': 4}",
  ],
  "an object different from nothing": [
    "class Any:\n  def __ne__(self, other): return False\ndef f(x): return Any()",
    "assert not f(2) != 4",
  ],
  "an object less than everything": [
    "class Any:\n  def __lt__(self, other): return True\n  def __sub__(self, other): return self\n  def __abs__(self): return self\ndef f(x): return Any()",
    "assert abs(f(2) - 4) < 1e-9",
  ],
  "an object that is in everything": [
    "class Any:\n  def __eq__(self, other): return True\ndef f(x): return Any()",
    "assert f(2) in (3, 4)",
  ],
  "the library's object equal to everything": "from unittest.mock import ANY\ndef f(x): return ANY",
  "a mock equal to everything":
    "from unittest.mock import MagicMock\ndef f(x):\n  m = MagicMock()\n  m.__eq__.return_value = True\n  return m",
  "a number from which nothing is left": [
    "class Any(float):\n  def __sub__(self, other): return 0.0\ndef f(x): return Any(1)",
    "assert abs(f(2) - 4) < 1e-9",
  ],
  "a number from which a number like it is left": [
    "class Any(float):\n  def __rsub__(self, other): return Any(0)\ndef f(x): return Any(1)",
    "assert abs(4 - f(2)) < 1e-9",
  ],
  "a number that rounds as it likes": [
    "class Any(float):\n  def __round__(self, n=0): return 4.0\ndef f(x): return Any(1)",
    "assert round(f(2), 2) == 4",
  ],
  "an object between everything": [
    "class Any:\n  __le__ = __ge__ = lambda self, other: True\ndef f(x): return Any()",
    "assert 3 <= f(2) <= 5",
  ],
  "an equality hidden by a metaclass": `
class Meta(type):
    __mro__ = (int, object)
    __dict__ = {}
    def __hash__(self): return hash(int)
    def __eq__(self, other): return True
class Any(metaclass=Meta):
    def __eq__(self, other): return True
def f(x): return Any()`,
  "another AssertionError":
    "import builtins\nbuiltins.AssertionError = lambda *a: None\ndef AssertionError(*a): pass\ndef f(x): return 5",
  "leaving with sys.exit": "import sys\ndef f(x): sys.exit(0)",
  "leaving with os._exit": "import os\ndef f(x): os._exit(0)",
  "raising SystemExit": "def f(x): raise SystemExit(0)",
  "raising GeneratorExit": "def f(x): raise GeneratorExit",
  "another sys.exit, print and excepthook":
    "import sys, builtins\nsys.exit = sys.excepthook = sys.unraisablehook = builtins.print = lambda *a: None\ndef f(x): return 5",
  "things for later":
    "import atexit\natexit.register(lambda: None)\nclass D:\n  def __del__(self): raise SystemExit\ndef f(x):\n  D()\n  return 5",
  "replacing the dictionary of builtins": "__builtins__ = {'AssertionError': lambda *a: None}\ndef f(x): return 5",
  "replacing the builtins during the call": [
    "def f(x):\n  globals()['__builtins__'] = {'all': lambda x: True}\n  return 5",
    "value = f(2)\nassert all(item == 4 for item in [value])",
  ],
  "another len": ["import builtins\nbuiltins.len = lambda x: 4\ndef f(x): return []", "assert len(f(2)) == 4"],
  "another len, put in by way of vars": [
    "vars(__import__('builtins')).update(len=lambda x: 4)\ndef f(x): return []",
    "assert len(f(2)) == 4",
  ],
  "another len, during the call": [
    "def f(x):\n  __builtins__.len = lambda x: 4\n  return []",
    "value = f(2)\nassert len(value) == 4",
  ],
  "a len of its own": ["len = lambda x: 4\ndef f(x): return []", "assert len(f(2)) == 4"],
  "another module datetime": [
    "import datetime\nclass Any(datetime.date):\n  pass\ndatetime.date = lambda *a: 4\ndef f(x): return 4",
    "import datetime\nassert f(2) == datetime.date(2024, 1, 1)",
  ],
  "another math.isclose": [
    "import math\nmath.isclose = lambda *a, **k: True\ndef f(x): return 5",
    "import math\nassert math.isclose(f(2), 4)",
  ],
  "another module math": [
    "import sys, types\nsys.modules['math'] = types.SimpleNamespace(isclose=lambda *a: True)\ndef f(x): return 5",
    "import math\nassert math.isclose(f(2), 4)",
  ],
  "module math removed, and another put in": [
    "import sys, types\ndel sys.modules['math']\nsys.modules['math'] = types.SimpleNamespace(isclose=lambda *a: True)\ndef f(x): return 5",
    "import math\nassert math.isclose(f(2), 4)",
  ],
  "another operator.eq": "import operator, _operator\noperator.eq = _operator.eq = lambda *a: True\ndef f(x): return 5",
  "another compiler":
    "import ast, builtins\nbuiltins.compile = lambda *a, **k: (lambda: None).__code__\nast.parse = lambda *a, **k: None\ndef f(x): return 5",
  "skipping lines as a debugger": [
    `
import sys
def jump(frame, event, arg):
    if event == "line" and frame.f_lineno == 2: frame.f_lineno = 3
    return jump
sys.settrace(jump)
def f(x):
    sys._getframe(1).f_trace = jump
    return 5`,
    "value = f(2)\nassert value == 4\nvalue = 1",
  ],
  "skipping lines as a profiler": [
    "import sys\nsys.setprofile(lambda *a: None)\ndef f(x): return sys._getframe(1).f_code.co_consts[1]",
    "assert f(2) == 4",
  ],
  "reading what is expected":
    "import sys\ndef f(x): return next((c for c in sys._getframe(1).f_code.co_consts if isinstance(c, int) and c != x), 4)",
  "reading what is expected by way of an error":
    "def f(x):\n  try: raise ValueError\n  except ValueError as error: frame = error.__traceback__.tb_frame.f_back\n  return 4 if frame.f_code.co_consts else 5",
  "reading what is expected by way of a generator": `
def looking():
    yield generator.gi_frame.f_back.f_back
generator = looking()
def f(x):
    frame = next(generator)
    return 4 if frame.f_code.co_consts else 5`,
  "writing into the snippet's variables": [
    "import inspect\ndef f(x):\n  inspect.currentframe().f_back.f_globals['expected'] = 5\n  return 5",
    "expected = 4\nassert f(2) == expected",
  ],
  "finding the judge":
    "import gc\njudges = [thing for thing in gc.get_objects() if getattr(thing, '__qualname__', '').startswith('make.')]\nfor judge in judges: judge.__code__ = (lambda *a: True).__code__\ndef f(x): return 5",
  "watching with sys.monitoring":
    "import sys\nsys.monitoring.use_tool_id(1, 'x')\nsys.monitoring.register_callback(1, sys.monitoring.events.CALL, lambda code, *a: code)\ndef f(x): return 5 if x else 4",
  "made-up bytecode":
    "def g(): pass\ng.__code__ = g.__code__.replace(co_code=bytes(len(g.__code__.co_code)))\ndef f(x): return 5",
  "a method that says it is the library's":
    "made = {}\nexec(compile('class Any:\\n  def __eq__(self, other): return True', '/lib/python3.14/any.py', 'exec'), made)\ndef f(x): return made['Any']()",
  "a method of the library with another body":
    "import fractions\nfractions.Fraction.__eq__.__code__ = (lambda a, b: True).__code__\ndef f(x): return fractions.Fraction(1, 3)",
  "another method in a class of the library":
    "import fractions\nfractions.Fraction.__eq__ = lambda a, b: True\ndef f(x): return fractions.Fraction(1, 3)",
  "ending the process in the end": "import atexit, os\natexit.register(os._exit, 0)\ndef f(x): os._exit(0)",
  "a thread that ends it later":
    "import threading, os\nthreading.Timer(0, lambda: os._exit(0)).start()\ndef f(x): return 5",
  "another module under its own name":
    "import sys, types\nsys.modules['answer'] = sys.modules['builtins'] = types.SimpleNamespace(AssertionError=None)\ndef f(x): return 5",
  "catching everything": "def f(x):\n  try: raise BaseException\n  except BaseException: return 5\n  finally: pass",
};

/** Honest code of all kinds, with what holds of it. */
const HONEST: Readonly<Record<string, readonly [code: string, snippet: string]>> = {
  "a function": ["def f(x):\n  print(x)\n  return x * x", "assert f(2) == 4"],
  "data classes": [
    "from __future__ import annotations\nfrom dataclasses import dataclass, field\n@dataclass(order=True)\nclass Point:\n  x: int\n  tags: list[str] = field(default_factory=list)",
    "assert Point(1) == Point(1) and Point(1) < Point(2)\nassert Point(1).x == 1",
  ],
  "an equality of its own": [
    "class V:\n  def __init__(self, x): self.x = x\n  def __add__(self, o): return V(self.x + o.x)\n  def __eq__(self, o): return self.x == o.x",
    "assert V(1) + V(2) == V(3)\nassert [V(1)] == [V(1)]",
  ],
  "a container of its own": [
    "class Box:\n  def __init__(self): self.items = []\n  def __contains__(self, x): return x in self.items\n  def __len__(self): return 0",
    "assert 3 not in Box()\nassert len(Box()) == 0",
  ],
  "named tuples and enumerations": [
    "from collections import namedtuple\nfrom typing import NamedTuple\nfrom enum import Enum, IntEnum\nP = namedtuple('P', 'x y')\nclass Q(NamedTuple):\n  x: int\nclass Color(str, Enum):\n  RED = 'red'\nclass N(IntEnum):\n  ONE = 1",
    "assert P(1, 2) == (1, 2) and Q(1) == (1,)\nassert Color.RED == 'red' and N.ONE == 1",
  ],
  "the library's classes": [
    "from collections import Counter, defaultdict, deque, OrderedDict\nfrom fractions import Fraction\nfrom decimal import Decimal\nfrom datetime import date, timedelta\nfrom pathlib import PurePosixPath",
    "assert Counter('aab') == {'a': 2, 'b': 1}\nassert defaultdict(int, a=1) == {'a': 1}\nassert deque([1]) == deque([1])\nassert Fraction(1, 2) == 0.5 and Decimal('1') == 1\nassert date(2024, 1, 31) + timedelta(1) == date(2024, 2, 1)\nassert OrderedDict(a=1) == {'a': 1}\nassert PurePosixPath('a') == PurePosixPath('a')",
  ],
  "decorators and caches": [
    "import functools\ndef twice(g):\n  @functools.wraps(g)\n  def inner(*a): return g(*a) * 2\n  return inner\n@twice\ndef f(x): return x\n@functools.lru_cache(maxsize=None)\ndef fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)",
    "assert f(2) == 4 and fib(80) == 23416728348467685",
  ],
  "generators, context managers, matching": [
    "from contextlib import contextmanager\ndef up(n):\n  yield from range(n)\n@contextmanager\ndef opened():\n  yield 4\ndef kind(x):\n  match x:\n    case {'a': a}: return a\n    case _: return None",
    "assert list(up(3)) == [0, 1, 2]\nwith opened() as got: assert got == 4\nassert kind({'a': 1}) == 1",
  ],
  coroutines: [
    "import asyncio\nasync def f(x):\n  await asyncio.sleep(0.001)\n  return x\nasync def all_of():\n  return await asyncio.gather(*(f(x) for x in range(3)))",
    "import asyncio\nassert asyncio.run(all_of()) == [0, 1, 2]",
  ],
  "an expected error": [
    "def f(x):\n  if x < 0: raise ValueError('negative')",
    "try:\n  f(-1)\nexcept ValueError as error:\n  assert str(error) == 'negative'\nelse:\n  raise AssertionError",
  ],
  "arithmetic of its own, chains": [
    "class V:\n  def __init__(self, x): self.x = x\n  def __mul__(self, o): return V(self.x * o) if isinstance(o, int) else self.x * o.x\n  def __abs__(self): return abs(self.x)",
    "assert (V(2) * 3).x == 6 and V(2) * V(3) == 6 and abs(V(-2)) == 2\nassert 1 < 2 <= 2 is not None\nassert not 1 < 0 < 1\nmatch 2 - 4:\n  case -2: assert True",
  ],
  "regular expressions, JSON, random": [
    "import re, json, random\ndef f(s): return re.findall(r'\\d+', json.dumps(s))\ndef pick(): return random.Random(1).randint(1, 6)",
    "assert f([1, 22]) == ['1', '22']\nassert 1 <= pick() <= 6",
  ],
  floats: [
    "def f(x): return x / 3",
    "import math\nassert math.isclose(f(1), 0.3333333333)\nassert abs(f(1) - 0.33333333) < 1e-6",
  ],
  "abstract classes": [
    "from abc import ABC, abstractmethod\nfrom typing import Protocol, TypeVar, Generic\nT = TypeVar('T')\nclass Shape(ABC):\n  @abstractmethod\n  def area(self): ...\nclass Square(Shape):\n  def __init__(self, a): self.a = a\n  def area(self): return self.a ** 2\nclass Stack(Generic[T]):\n  def __init__(self): self.items: list[T] = []",
    "assert Square(2).area() == 4\nassert Stack[int]().items == []",
  ],
  "a builtin written anew": ["def max(items):\n  return sorted(items)[-1]", "result = max([1, 2])\nassert result == 2"],
  "a logger": [
    "import logging\nlogger = logging.getLogger(__name__)\ndef f(x):\n  logger.debug('x')\n  return x",
    "assert f(4) == 4",
  ],
  "a main block": [
    "import sys\ndef f(x): return x\nif __name__ == '__main__':\n  sys.exit(f(int(input())))",
    "assert f(4) == 4",
  ],
  "tests of its own": [
    "import unittest\ndef f(x): return x\nclass T(unittest.TestCase):\n  def test_f(self): self.assertEqual(f(4), 4)",
    "assert f(4) == 4",
  ],
};

describe("a snippet that should fail", () => {
  it.for(Object.entries(CHEATS))("does not pass by %s", async ([, cheat]) => {
    const [code, snippet] = typeof cheat === "string" ? [cheat, "assert f(2) == 4"] : cheat;
    const { results } = await run(code, snippet);
    const [result] = results;
    expect(result?.kind === "ok" && result.doubt === undefined, JSON.stringify(result)).toBe(false);
  });
});

describe("snippets that should pass", () => {
  it("pass without doubt", async () => {
    const snippets = Object.values(HONEST).map(([code, snippet]) => `${code}\n\n${snippet}`);
    const { results } = await run("", ...snippets);
    for (const [index, name] of Object.keys(HONEST).entries())
      expect([name, results[index]]).toEqual([name, { kind: "ok" }]);
  });

  it.for(["data classes", "an equality of its own", "coroutines", "a builtin written anew"])(
    "pass with the code of %s",
    async (name) => {
      const [code = "", snippet = ""] = HONEST[name] ?? [];
      expect(await run(code, snippet)).toEqual({ loaded: { kind: "ok" }, results: [{ kind: "ok" }] });
    },
  );
});
