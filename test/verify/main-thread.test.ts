import { afterAll, describe, expect, it, vi } from "vitest";
import { TASKS } from "../../src/catalog/tasks.ts";
import type { CheckOutcome } from "../../src/checks/kit/check.ts";
import { BROWSER_MAX_CHARS } from "../../src/checks/web/browser/is-for-browser.ts";
import { parseJudgement } from "../../src/core/judge.ts";
import { INLINE_CHECKS, INLINE_MAX_CHARS } from "../../src/verify/inline-checks.ts";
import { MOST_FINDINGS, type CheckRunner } from "../../src/verify/run-check.ts";
import { createVerifier, MAX_ANSWER_CHARS } from "../../src/verify/verifier.ts";
import { workerPool } from "../../src/verify/worker-pool/pool.ts";
import { request, subject, taskWith } from "./subject.ts";

const never = new AbortController().signal;
const pool = workerPool({ table: new URL("./pool/table.ts", import.meta.url).href, maxThreads: 1 });
afterAll(() => pool.close());

/** Says which checks it was asked for, and by whom. */
function recording(): CheckRunner & {
  readonly asked: string[];
  readonly principals: (string | null)[];
  readonly browsers: unknown[];
} {
  const asked: string[] = [];
  const principals: (string | null)[] = [];
  const browsers: unknown[] = [];
  return {
    asked,
    principals,
    browsers,
    run: async (requests, { browser }, _signal, principal) => {
      browsers.push(browser);
      asked.push(...requests.map(({ check }) => check));
      principals.push(principal);
      return requests.map((): CheckOutcome => ({ findings: [], evidence: [] }));
    },
    close: async () => undefined,
  };
}

describe("the thread that serves requests", () => {
  it("scans small answers, and leaves every other check to other threads", async () => {
    expect([...INLINE_CHECKS.keys()]).toEqual(["text"]);
    for (const task of TASKS) {
      const workers = recording();
      await createVerifier({ workers }).verify("An answer.", request({ task }), never);
      const elsewhere = task.checks.map(({ check }) => check).filter((name) => name !== "page_in_browser");
      expect(workers.asked, task.id).toEqual(elsewhere);
    }
  });

  it.each([
    ["a long answer", "x".repeat(INLINE_MAX_CHARS + 1), {}],
    ["a long request", "x", { rendered: { ...request().rendered, user: "x".repeat(INLINE_MAX_CHARS) } }],
  ])("does not even scan %s", async (_what, answer, over) => {
    const workers = recording();
    await createVerifier({ workers }).verify(answer, request({ task: taskWith([{ check: "plan" }]), ...over }), never);
    expect(workers.asked).toEqual(["text", "plan"]);
  });

  it("hands no thread an answer that is too long: unchecked, with the reason", async () => {
    const workers = recording();
    const verdict = await createVerifier({ workers }).verify(
      "x".repeat(MAX_ANSWER_CHARS + 1),
      request({ task: taskWith([{ check: "plan" }]) }),
      never,
    );
    expect(workers.asked).toEqual([]);
    expect(verdict.status).toBe("unchecked");
    for (const { passed, detail } of verdict.checks) {
      expect(passed).toBeNull();
      expect(detail).toContain("the answer is too long to check");
    }
  });

  it("tells the other threads who asks", async () => {
    const workers = recording();
    const task = taskWith([{ check: "plan" }]);
    await createVerifier({ workers }).verify("x", request({ task, principal: "alice" }), never);
    await createVerifier({ workers }).verify("x", request({ task }), never);
    expect(workers.principals).toEqual(["alice", null]);
  });

  it("is told of a hundred thousand findings by the first of them and a number", async () => {
    const [outcome] = await pool.run([{ check: "finds_many", criterion: null }], subject("x"), never, null);
    expect(outcome?.findings).toHaveLength(MOST_FINDINGS);
    expect(outcome?.findings[0]).toMatchObject({ certainty: "fact" });
    expect(outcome?.leftOut).toBe(100_000 - MOST_FINDINGS);
    expect(JSON.stringify(outcome).length).toBeLessThan(MOST_FINDINGS * 10_000);
    const verifier = createVerifier({ workers: pool, universal: [] });
    const verdict = await verifier.verify("x", request({ task: taskWith([{ check: "finds_many" }]) }), never);
    expect(verdict.checks[0]?.detail).toMatch(/; and 99996 more$/);
  });

  it("reads no judgement that is longer than one can be", () => {
    const parse = vi.spyOn(JSON, "parse");
    const judgement = '{"score": 0.5, "reason": "so so", "defects": []}';
    expect(parseJudgement(`\`\`\`json\n${judgement}${"\t".repeat(120_000)}\n\`\`\``)).toBeNull();
    expect(parseJudgement("\t".repeat(120_000))).toBeNull();
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
    for (const form of [
      judgement,
      ` \n${judgement}\n `,
      `\`\`\`json\n${judgement}\n\`\`\``,
      `\`\`\`\n${judgement}\n\`\`\` `,
    ]) {
      expect(parseJudgement(form)).toEqual({ score: 0.5, reason: "so so" });
    }
    expect(parseJudgement("``````")).toBeNull();
    expect(parseJudgement("```\n```")).toBeNull();
  });
});

describe("a page that a browser could load", () => {
  const page = "<!doctype html><html><body><h1>x</h1></body></html>";
  const accept = [{ kind: "no_script_errors", name: "no errors" } as const];

  it.each([
    ["is longer than what is taken apart here", `${page}${" ".repeat(BROWSER_MAX_CHARS)}`],
    ["only speaks of one", "Write `<html>` at the top.\n\n```js\nf();\n```"],
  ])("is read by other threads, without a browser, if it %s", async (_what, answer) => {
    const workers = recording();
    await createVerifier({ workers, browser: "/no/such/browser" }).verify(answer, request({ accept }), never);
    expect(workers.asked).toContain("accept_page");
    expect(workers.browsers).not.toContain("/no/such/browser");
  });
});
