import { describe, expect, test } from "vitest";
import type { ErrorOutput } from "../../src/core/contract.ts";
import type { Service } from "../../src/core/service.ts";
import { routed, runLine } from "./support/world.ts";

const TOO_DEAR: ErrorOutput = {
  code: "approval_required",
  message: "could cost up to $1.50",
  attempts: [],
  cost_usd: 0,
  approval: {
    worst_case_usd: 1.5,
    cost_usd_expected: 0.01,
    approval_usd: 0.5,
    tasks: 1,
    plan: [{ model: "gpt-6.2-sol", cost_usd_expected: 0.01, cost_usd_max: 0.3 }],
  },
};
const route: Service["route"] = async (_input, { approvedUsd }) =>
  approvedUsd === undefined ? { ok: false, error: TOO_DEAR } : { ok: true, value: routed() };
const LINE = ["route", "--task", "general", "--prompt", "x"];

describe("a call above approval_usd, on the command line", () => {
  test.each(["y\n", "YES\n", " yes \n"])(
    "is made when the user types %j, with the approved amount as its ceiling",
    async (typed) => {
      const ran = await runLine(LINE, { route, typed });
      expect(ran.exitCode).toBe(0);
      expect(ran.stdout).toBe("the answer\n");
      expect(ran.stderr).toContain("spend about $0.0100 with gpt-6.2-sol, at most $1.50?");
      expect(ran.stderr).toContain("Spend it? [y/N]");
      expect(ran.calls.map(({ approvedUsd }) => approvedUsd)).toEqual([undefined, 1.5]);
    },
  );

  test.each(["n\n", "\n", "yellow\n", ""])("is not made when the user types %j", async (typed) => {
    const ran = await runLine(LINE, { route, typed });
    expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
    expect(ran.stderr).toContain("approval_declined");
    expect(ran.calls).toHaveLength(1);
  });

  test("is refused without a terminal, with the way out", async () => {
    const ran = await runLine(["route", "--task", "general"], { route, stdin: "a prompt" });
    expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
    expect(ran.stderr).toContain("--yes approves");
    expect(ran.stderr).toContain("approval_required: could cost up to $1.50");
    expect(ran.calls).toHaveLength(1);
  });

  test("is made without a question with --yes", async () => {
    const ran = await runLine(["route", "--task", "general", "--yes"], { route, stdin: "a prompt" });
    expect(ran).toMatchObject({ exitCode: 0, stdout: "the answer\n" });
    expect(ran.calls.map(({ approvedUsd }) => approvedUsd)).toEqual([undefined, 1.5]);
  });
});
