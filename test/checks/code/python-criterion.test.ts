import { describe, expect, it } from "vitest";
import { judgeInPython } from "../../../src/checks/code/run/python-criterion.ts";

const NEVER = new AbortController().signal;
const SQUARE = "def f(x):\n    if x < 0: raise ValueError('negative')\n    return x * x\n";
const judge = (statements: string, content = SQUARE) =>
  judgeInPython([{ language: "python", content } as Parameters<typeof judgeInPython>[0][number]], statements, NEVER);

describe("a criterion in Python", () => {
  it.for([
    ["assert f(3) == 9", "met"],
    ["assert f(3) == 3", "not_met"],
    ["f(3) == 9", "met"],
    ["(f(3) == 3)  # no", "not_met"],
    ["f(3)", "unmade"],
    ["x = f(3)\nx == 9", "unmade"],
    ["assert (f(3) == 3, 'three')", "unmade"],
    ["def test_f():\n    assert f(3) == 3", "not_met"],
    ["def test_f():\n    assert f(3) == 9", "met"],
    ["async def test_f():\n    assert f(3) == 3", "not_met"],
    ["def check(g):\n    assert g(3) == 9", "unmade"],
    ["def check(g):\n    assert g(3) == 9\ncheck(f)", "met"],
    ["import unittest\nclass T(unittest.TestCase):\n    def test_f(self):\n        assert f(3) == 3", "unmade"],
    ["for x in []: assert f(x) == 1", "unmade"],
    ["try:\n    f(-1)\n    assert False\nexcept ValueError:\n    pass", "met"],
    ["try:\n    f(1)\n    assert False\nexcept ValueError: pass", "not_met"],
    ["try:\n    f(1)\n    assert False\nexcept:\n    pass", "unmade"],
    ["try:\n    f(-1)\nexcept Exception:\n    if 1: pass\nelse:\n    raise AssertionError", "met"],
    ["if f(3) != 9:\n    raise AssertionError('no')", "met"],
    ["if f(3) != 3:\n    raise AssertionError('no')", "not_met"],
    ["assert f(3) = 3", "unmade"],
    ["return f(3)", "unmade"],
    ["assert f(3) == 9\nreturn", "unmade"],
    ["assert eval('=') == f(3)", "not_met"],
  ] as const)("%s: %s", async ([statements, kind]) => {
    const outcome = await judge(statements);
    expect(outcome.kind, JSON.stringify(outcome)).toBe(kind);
  });

  it("is unmade when it does not end in time", async () => {
    const outcome = await judge("assert f(3) == 9", "def f(x):\n    while True: pass\n");
    expect(outcome).toEqual({ kind: "unmade", reason: "the code did not end within 4 s" });
  });
});
