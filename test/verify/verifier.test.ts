import { describe, expect, it } from "vitest";
import { inProcess } from "../../src/verify/in-process-runner.ts";
import { createVerifier } from "../../src/verify/verifier.ts";
import { fail, graded, notChecked, pass, type Check } from "../../src/checks/kit/check.ts";
import { fenced, request, taskWith } from "./subject.ts";

const never = new AbortController().signal;

function check(name: string, over: Partial<Check> = {}): Check {
  return { name, kind: "graded", maxChars: 1000, run: () => pass("fine"), ...over };
}

function verifierOf(...checks: Check[]): ReturnType<typeof createVerifier> {
  const table = new Map(checks.map((each) => [each.name, each]));
  return createVerifier({ workers: inProcess(async () => table), universal: [] });
}

describe("createVerifier", () => {
  it("weighs the checks of the task's row and leaves the rest unchecked", async () => {
    const verifier = verifierOf(check("a"), check("b", { run: () => graded(0.5, "half") }));
    const task = taskWith([
      { check: "a", weight: 0.6 },
      { check: "b", weight: 0.2 },
    ]);
    const verdict = await verifier.verify("text", request({ task }), never);
    expect(verdict.score).toBeCloseTo((0.6 + 0.1) / 0.8);
    expect(verdict.checkedShare).toBeCloseTo(0.8);
    expect(verdict.status).toBe("verified");
  });

  it("says unchecked when less than half of the task can be checked", async () => {
    const verdict = await verifierOf(check("a")).verify(
      "text",
      request({ task: taskWith([{ check: "a", weight: 0.4 }]) }),
      never,
    );
    expect(verdict).toMatchObject({ status: "unchecked", score: 1 });
  });

  it("keeps the answer when a check throws, rejects, does not exist, or finds the answer too long", async () => {
    const verifier = verifierOf(
      check("throws", {
        run: () => {
          throw new Error("boom");
        },
      }),
      check("rejects", { run: () => Promise.reject(new Error("later boom")) }),
      check("small", { maxChars: 3 }),
      check("fine"),
    );
    const task = taskWith(
      ["throws", "rejects", "small", "missing", "fine"].map((name) => ({ check: name, weight: 0.2 })),
    );
    const verdict = await verifier.verify("text", request({ task }), never);
    expect(verdict.checks.map(({ name, passed, detail }) => [name, passed, detail])).toEqual([
      ["throws", null, "not checked: the check broke: boom"],
      ["rejects", null, "not checked: the check broke: later boom"],
      ["small", null, "not checked: the answer has 4 characters; this check reads at most 3"],
      ["missing", null, "not checked: there is no check named missing"],
      ["fine", true, "fine"],
    ]);
    expect(verdict).toMatchObject({ status: "unchecked", score: 1 });
  });

  it("stops waiting for a check when the request is aborted, and does not begin the next", async () => {
    const controller = new AbortController();
    let began = false;
    const verifier = verifierOf(
      check("first"),
      check("hangs", {
        run: () => {
          controller.abort();
          return new Promise(() => undefined);
        },
      }),
      check("next", {
        run: () => {
          began = true;
          return pass("");
        },
      }),
    );
    const task = taskWith(["first", "hangs", "next"].map((name) => ({ check: name, weight: 0.3 })));
    const verdict = await verifier.verify("text", request({ task }), controller.signal);
    expect(verdict.checks.map((each) => each.passed)).toEqual([true, null, null]);
    expect(verdict.checks[1]?.detail).toContain("no time left");
    expect(began).toBe(false);
  });

  it("lets a timer that fires between two synchronous checks abort the second", async () => {
    const controller = new AbortController();
    const verifier = verifierOf(
      check("slow", {
        run: () => {
          // Long enough that the verifier lets others have their turn before the next check.
          const endMs = performance.now() + 10;
          while (performance.now() < endMs);
          setImmediate(() => controller.abort());
          return pass("");
        },
      }),
      check("next"),
    );
    const task = taskWith(["slow", "next"].map((name) => ({ check: name, weight: 0.5 })));
    const verdict = await verifier.verify("text", request({ task }), controller.signal);
    expect(verdict.checks.map((each) => each.passed)).toEqual([true, null]);
  });

  it("fails an answer on a gate whatever the others say, down to the gate's cap", async () => {
    const verifier = verifierOf(check("a"), check("gate", { kind: "gate", cap: 0.3, run: () => fail("bad") }));
    const task = taskWith([
      { check: "a", weight: 0.9 },
      { check: "gate", weight: 0.1 },
    ]);
    const verdict = await verifier.verify("text", request({ task, minQuality: 0.1 }), never);
    expect(verdict).toMatchObject({ status: "failed", score: 0.3 });
  });

  it("leaves out checks that do not apply", async () => {
    const verifier = verifierOf(check("a", { applies: () => false }));
    const verdict = await verifier.verify("text", request({ task: taskWith([{ check: "a", weight: 0.5 }]) }), never);
    expect(verdict.checks).toEqual([]);
  });

  it("clips long details", async () => {
    const verifier = verifierOf(check("a", { run: () => notChecked("x".repeat(5000)) }));
    const verdict = await verifier.verify("text", request({ task: taskWith([{ check: "a", weight: 0.5 }]) }), never);
    expect(verdict.checks[0]?.detail.length).toBeLessThan(700);
  });
});

describe("the checks as they are", () => {
  const verifier = createVerifier();

  it("passes a plain answer of a task without checks as unchecked", async () => {
    const verdict = await verifier.verify("Paris is the capital of France.", request(), never);
    expect(verdict.status).toBe("unchecked");
    expect(verdict.checks.map((each) => [each.name, each.passed, each.weight])).toEqual([
      ["not_empty", true, 0],
      ["not_refusal", true, 0],
      ["not_degenerate", true, 0],
      ["fences_closed", true, 0],
    ]);
  });

  it("verifies an answer that matches its response schema, by .6 of the verdict", async () => {
    const schema = { type: "object", required: ["city"], properties: { city: { type: "string" } } };
    const verdict = await verifier.verify('{"city": "Paris"}', request({ responseSchema: schema }), never);
    expect(verdict).toMatchObject({ status: "verified", score: 1, checkedShare: 0.6 });
  });

  it("shares what the schema leaves among the task's own checks", async () => {
    const plan = {
      steps: [
        { id: "1", title: "Write the failing test first" },
        { id: "2", title: "Make it pass with code" },
      ],
    };
    const task = taskWith([{ check: "plan_structure", weight: 0.8 }]);
    const verdict = await verifier.verify(
      JSON.stringify(plan),
      request({ task, responseSchema: { type: "object", required: ["steps"] } }),
      never,
    );
    expect(verdict.checks.filter((each) => each.weight > 0).map((each) => [each.name, each.weight])).toEqual([
      ["schema", 0.6],
      ["plan_structure", expect.closeTo(0.32)],
    ]);
    expect(verdict.status).toBe("verified");
  });

  it("asks for code only where the task has a check about code", async () => {
    const task = taskWith([{ check: "solidity_parses", weight: 0.4 }]);
    const verdict = await verifier.verify("You could use a mapping for that.", request({ task }), never);
    expect(verdict.checks.find((each) => each.name === "code_present")?.passed).toBe(false);
    expect(verdict.status).toBe("failed");
  });

  it("does not call code verified that was only parsed", async () => {
    const task = taskWith([{ check: "solidity_parses", weight: 0.4 }]);
    const code = fenced("solidity", "contract A { uint256 public total; }");
    const verdict = await verifier.verify(code, request({ task }), never);
    expect(verdict).toMatchObject({ status: "unchecked", score: 1, checkedShare: 0.4 });
  });

  it("caps every gate below the lowest threshold of the policy", async () => {
    const { CHECKS } = await import("../../src/verify/registry.ts");
    const { TASKS } = await import("../../src/catalog/tasks.ts");
    const lowest = Math.min(...TASKS.map((task) => task.minQuality));
    for (const each of CHECKS.values()) if (each.kind === "gate") expect(each.cap ?? 0, each.name).toBeLessThan(lowest);
  });

  it("knows every check that the policy names", async () => {
    const { CHECKS } = await import("../../src/verify/registry.ts");
    const { TASKS } = await import("../../src/catalog/tasks.ts");
    const named = TASKS.flatMap((task) => task.checks.map((row) => row.check));
    expect(named.filter((name) => !CHECKS.has(name))).toEqual([]);
  });
});
