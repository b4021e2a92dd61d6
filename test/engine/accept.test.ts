import "better-sqlite3";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/app.ts";
import type { RouteInput } from "../../src/core/contract.ts";
import type { Verifier } from "../../src/core/ports.ts";
import type { Request } from "../../src/core/request.ts";
import { FIRST, KEYS } from "../support/routed.ts";
import { sandboxService } from "../support/sandbox-service.ts";
import { answers, scriptedProviders } from "../support/scripted-provider.ts";

const VERDICT = { status: "unchecked", basis: null, summary: "not looked at", score: null, checks: [] } as const;

/** Routes and estimates one request; returns the criteria that the verifier got and the prompt that the model got. */
async function ask(input: Partial<RouteInput>) {
  const verified: Request[] = [];
  const verifier: Verifier = {
    verify: async (_answer, request) => {
      verified.push(request);
      return VERDICT;
    },
    close: async () => undefined,
  };
  const { create, calls } = scriptedProviders({ [FIRST]: [answers("red and green")] }, systemClock);
  const app = await sandboxService({ env: KEYS }, {}, { createProvider: create, verifier });
  const asked: RouteInput = { task: "general", prompt: "Name the colours of signals.", models: [FIRST], ...input };
  const estimated = await app.service.estimate(asked);
  const outcome = await app.service.route(asked, { signal: new AbortController().signal });
  await app.close();
  return { outcome, estimated, prompt: calls[0]?.user, accept: verified[0]?.accept };
}

const refusal = ({ outcome }: Awaited<ReturnType<typeof ask>>): string => {
  if (outcome.ok) throw new Error("should be refused");
  expect(outcome.error).toMatchObject({ code: "invalid_request", cost_usd: 0, attempts: [] });
  return outcome.error.message;
};

describe("accept", () => {
  it("reaches the model in plain words, and the verifier as criteria", async () => {
    const { prompt, accept } = await ask({ accept: [{ contains: ["red"] }, { max_words: 20, name: "short" }] });
    expect(prompt).toContain("The answer will be checked by machine");
    expect(prompt).toContain('1. The answer contains "red".\n2. The answer has at most 20 words.');
    expect(accept).toEqual([
      { kind: "contains", name: 'accept 1: contains "red"', phrases: ["red"] },
      { kind: "max_words", name: "short", words: 20 },
    ]);
  });

  it("is paid for: its words are counted into the estimate", async () => {
    const tokensOf = async (input: Partial<RouteInput>): Promise<number> => {
      const { estimated } = await ask(input);
      return estimated.ok ? (estimated.value.candidates[0]?.input_tokens ?? 0) : 0;
    };
    expect(await tokensOf({ accept: [{ contains: ["red"] }] })).toBeGreaterThan((await tokensOf({})) + 10);
  });

  it("is joined with context.tests, which reach the model as they are", async () => {
    const { prompt, accept } = await ask({
      accept: [{ contains: "red" }],
      context: { tests: [{ contains: "green" }, "1 === 1"] },
    });
    expect(accept?.map(({ kind }) => kind)).toEqual(["contains", "contains", "assert"]);
    expect(prompt).toContain('## tests\n```\n[\n  {\n    "contains": "green"');
    expect(prompt?.match(/The answer contains/g)).toHaveLength(1);
  });

  it("is refused with everything that is wrong with the request at once, before any model is paid", async () => {
    const message = refusal(
      await ask({
        budget_usd: -1,
        accept: [{ matches: "(" }, { contains: "a" }, { command: ["rm"] }],
        context: { tests: [{ max_words: 0 }] },
      }),
    );
    for (const part of [
      "budget_usd must be",
      "accept[0].matches is no regular expression",
      "accept[2].command is refused",
      "context.tests[0].max_words must be 1 or more",
    ]) {
      expect(message).toContain(part);
    }
    expect(message).not.toContain("accept[1]");
  });

  it("is refused for a schema that no validator takes, by its path", async () => {
    const message = refusal(
      await ask({ accept: [{ contains: "a" }, { json_schema: { type: "no-such-type" } }], context: {} }),
    );
    expect(message).toMatch(/accept\[1\]\.json_schema is not a usable JSON Schema/);
  });

  it("is refused in an estimate as in a call", async () => {
    const { estimated } = await ask({ accept: [{ element: { role: "buton" } }] });
    expect(estimated).toMatchObject({ ok: false, error: { code: "invalid_request" } });
  });
});
