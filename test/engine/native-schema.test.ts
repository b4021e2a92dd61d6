import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RouteInput } from "../../src/core/contract.ts";
import { nanoFromUsd } from "../../src/core/money.ts";
import { TEST_WRITER_ROLE } from "../../src/core/written-tests.ts";
import { SCRIPTS } from "../../src/sandbox/answers/index.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";

const MODEL = {
  openai: "gpt-6-luna",
  anthropic: "claude-haiku-5-5",
  google: "gemini-3.8-flash",
  together: "llama-3.3-70b",
} as const;
type Vendor = keyof typeof MODEL;
const VENDORS = Object.keys(MODEL) as readonly Vendor[];

const PERSON = {
  type: "object",
  properties: { name: { type: "string", minLength: 1 }, age: { type: "integer", minimum: 0 } },
  required: ["name", "age"],
} as const;
const CLOSED = { required: ["name", "age"], additionalProperties: false };
const GOOD_CODE = SCRIPTS.find(({ task }) => task === "code_generation")?.good ?? "";
const ANSWER = '{"name": "Ada", "age": 36}';

let sandbox: Sandbox;
let app: SandboxService;
let answer = ANSWER;
let judged = "";
beforeEach(async () => {
  answer = ANSWER;
  sandbox = await startSandbox({
    answers: ({ system }) =>
      system?.startsWith(TEST_WRITER_ROLE) === true
        ? null
        : system?.startsWith("You are a strict expert reviewer") === true
          ? judged
          : answer,
  });
  app = await sandboxService(sandbox, {}, { verifier: HERE });
});
afterEach(async () => {
  await app.close();
  await sandbox.close();
});

async function route(vendor: Vendor, schema: Record<string, unknown>, input: Partial<RouteInput> = {}) {
  const asked: RouteInput = {
    task: "general",
    prompt: "Who wrote the first program?",
    models: [MODEL[vendor]],
    response_schema: schema,
    ...input,
  };
  const outcome = await app.service.route(asked, { signal: new AbortController().signal });
  if (!outcome.ok) throw new Error(outcome.error.message);
  const receipt = await app.service.receipt(outcome.value.route_id);
  if (!receipt.ok) throw new Error(receipt.error.message);
  return { ...outcome.value, notes: receipt.value.notes.join("\n") };
}

/** Where each vendor's field stands in a body. */
function sentSchema(vendor: Vendor, body: Readonly<Record<string, unknown>> = {}): unknown {
  const at = (value: unknown, ...keys: readonly string[]): unknown =>
    keys.reduce((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
  if (vendor === "anthropic") return at(body, "output_config", "format");
  if (vendor === "google") return at(body, "generationConfig", "responseJsonSchema");
  return at(body, "response_format");
}
const bodies = () => sandbox.calls.map(({ parameters }) => parameters);

const EXPECTED: Readonly<Record<Vendor, unknown>> = {
  openai: {
    type: "json_schema",
    json_schema: {
      name: "answer",
      strict: true,
      schema: {
        type: "object",
        properties: { name: { type: "string" }, age: { type: "integer", minimum: 0 } },
        ...CLOSED,
      },
    },
  },
  anthropic: {
    type: "json_schema",
    schema: { type: "object", properties: { name: { type: "string" }, age: { type: "integer" } }, ...CLOSED },
  },
  google: {
    type: "object",
    properties: { name: { type: "string" }, age: { type: "integer", minimum: 0 } },
    required: ["name", "age"],
  },
  together: { type: "json_schema", json_schema: { name: "answer", strict: true, schema: PERSON } },
};

describe.each(VENDORS)("response_schema at %s", (vendor) => {
  it("goes in the vendor's own field and in the prompt, and is checked here all the same", async () => {
    const done = await route(vendor, PERSON);
    expect(sandbox.calls.map(({ status }) => status)).toEqual([200]);
    expect(sentSchema(vendor, bodies()[0])).toEqual(EXPECTED[vendor]);
    expect(sandbox.calls[0]?.promptText).toContain('"minLength":1');
    expect(done.notes).not.toContain("in the prompt alone");
    answer = '{"name": "", "age": 36}';
    const failed = await route(vendor, PERSON, { repair: false });
    expect(failed.verdict.status).toBe("failed");
  });

  it("is estimated, held and billed as input", async () => {
    const big = { ...PERSON, description: "The person who wrote it. ".repeat(400) };
    const estimate = async (schema: Record<string, unknown>): Promise<number> => {
      const asked = { task: "general", prompt: "Who?", models: [MODEL[vendor]], response_schema: schema };
      const estimated = await app.service.estimate(asked);
      if (!estimated.ok) throw new Error(estimated.error.message);
      return estimated.value.candidates[0]?.input_tokens ?? Number.NaN;
    };
    // Once in the prompt, once in the field.
    const added = (await estimate(big)) - (await estimate(PERSON));
    expect(added).toBeGreaterThan(2 * 400 * 5);
    const done = await route(vendor, big);
    expect(nanoFromUsd(done.cost_usd)).toBe(sandbox.billedNanoUsd());
    expect(done.cost_is_estimated).toBe(false);
  });
});

/** What each vendor refuses by limits of its own, which the schema alone shows. */
const REFUSED: Readonly<Record<Exclude<Vendor, "together">, Record<string, unknown>>> = {
  openai: {
    ...PERSON,
    properties: { ...PERSON.properties, name: { enum: Array.from({ length: 1001 }, (_, at) => `Ada${at || ""}`) } },
  },
  anthropic: {
    ...PERSON,
    properties: {
      ...PERSON.properties,
      ...Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`more_${at}`, { type: "string" }])),
    },
  },
  google: {
    ...PERSON,
    properties: { ...PERSON.properties, works: { type: "array", items: { type: "string" }, maxItems: 1000 } },
  },
};

describe.each(Object.keys(REFUSED) as (keyof typeof REFUSED)[])("a schema that %s refuses", (vendor) => {
  it("is left to the prompt within the same attempt, and the receipt says so", async () => {
    answer = '{"name": "Ada", "age": 36}';
    const done = await route(vendor, REFUSED[vendor]);
    expect(done.status).toBe("accepted");
    expect(sandbox.calls.map(({ status }) => status)).toEqual([400, 200]);
    expect(bodies().map((body) => sentSchema(vendor, body) !== undefined)).toEqual([true, false]);
    expect(JSON.stringify(bodies()[1])).not.toContain("responseMimeType");
    expect(done.attempts).toHaveLength(1);
    expect(done.notes).toMatch(
      /was given the schema of its answer in the prompt alone: its vendor refused it \("\S+: answered 400: /,
    );
    expect(nanoFromUsd(done.cost_usd)).toBe(sandbox.billedNanoUsd());
  });

  it("is not sent to it a second time; another one is", async () => {
    await route(vendor, REFUSED[vendor]);
    const again = await route(vendor, REFUSED[vendor]);
    expect(again.notes).toContain("its vendor refused it");
    await route(vendor, PERSON);
    expect(sandbox.calls.map(({ status }) => status)).toEqual([400, 200, 200, 200]);
    expect(sentSchema(vendor, bodies()[3])).toEqual(EXPECTED[vendor]);
  });
});

describe("a schema that a vendor's form cannot say", () => {
  const OPEN = { type: "object", additionalProperties: { type: "number" } };

  it("goes to OpenAI as a hint: an optional property must not become one that is made up", async () => {
    const optional = { ...PERSON, required: ["name"] };
    answer = '{"name": "Ada"}';
    const done = await route("openai", optional);
    expect(done.verdict.status).not.toBe("failed");
    expect(sentSchema("openai", bodies()[0])).toMatchObject({ json_schema: { strict: false, schema: optional } });
  });

  it("goes to Anthropic in the prompt alone, with the reason on the receipt", async () => {
    answer = '{"a": 1}';
    const done = await route("anthropic", OPEN);
    expect(sandbox.calls.map(({ status }) => status)).toEqual([200]);
    expect(sentSchema("anthropic", bodies()[0])).toBeUndefined();
    expect(done.notes).toContain("its vendor's form cannot say additionalProperties");
  });
});

describe("evidence", () => {
  const CODE =
    "Write a JavaScript function median(numbers): the median of a list of numbers, and null for an empty one.";
  const judgement = '{"defects": [], "reason": "It is right.", "score": 0.9}';

  it.each(["gpt-6-luna", "gemini-3.8-flash"])("tests are written by %s in the vendor's own field", async (writer) => {
    const own = await sandboxService(
      sandbox,
      { tasks: [{ id: "code_generation", test_writers: [writer] }] },
      { verifier: HERE },
    );
    answer = GOOD_CODE;
    const outcome = await own.service.route(
      { task: "code_generation", prompt: CODE, models: [MODEL.anthropic], on_unchecked: "tests", repair: false },
      { signal: new AbortController().signal },
    );
    expect(outcome).toMatchObject({ ok: true, value: { verdict: { status: "verified", basis: "written_tests" } } });
    expect(sandbox.calls.map(({ status }) => status)).toEqual([200, 200]);
    const vendor = writer === MODEL.openai ? "openai" : "google";
    expect(sentSchema("anthropic", bodies()[0])).toBeUndefined();
    expect(JSON.stringify(sentSchema(vendor, bodies()[1]))).toMatch(/"criteria".*"call".*"equals"/);
    if (vendor === "openai") expect(sentSchema(vendor, bodies()[1])).toMatchObject({ json_schema: { strict: true } });
    expect(outcome.ok && nanoFromUsd(outcome.value.cost_usd)).toBe(sandbox.billedNanoUsd());
    await own.close();
  });

  it("a judge has its own schema, not that of the caller", async () => {
    const own = await sandboxService(
      sandbox,
      { tasks: [{ id: "general", judges: [MODEL.openai] }] },
      { verifier: HERE },
    );
    judged = judgement;
    const outcome = await own.service.route(
      {
        task: "general",
        prompt: "Who?",
        models: [MODEL.anthropic],
        response_schema: PERSON,
        on_unchecked: "judge",
        min_quality: 0.5,
      },
      { signal: new AbortController().signal },
    );
    expect(outcome).toMatchObject({ ok: true, value: { verdict: { status: "verified", basis: "judge" } } });
    const schema = JSON.stringify(sentSchema("openai", bodies()[1]));
    expect(schema).toContain('"defects"');
    expect(schema).not.toContain('"age"');
    await own.close();
  });
});

describe("an endpoint of one's own", () => {
  it.each([
    [undefined, false],
    ["json_schema", true],
  ] as const)("gets a schema where the config says so: native_schema %s", async (native, isSent) => {
    const own = await sandboxService(
      sandbox,
      {
        providers: {
          own: {
            kind: "openai_compatible",
            base_url: sandbox.env["OPENAI_BASE_URL"],
            api_key_env: "OPENAI_API_KEY",
            limit_param: "max_completion_tokens",
          },
        },
        models: [
          {
            id: "mine",
            provider: "own",
            wire_id: "gpt-6-luna",
            context_tokens: 100_000,
            prices: { input_usd_per_mtok: 0, output_usd_per_mtok: 0 },
            ...(native === undefined ? {} : { native_schema: native }),
          },
        ],
      },
      { verifier: HERE },
    );
    await own.service.route(
      { task: "general", prompt: "Who?", models: ["mine"], response_schema: PERSON },
      { signal: new AbortController().signal },
    );
    expect(sentSchema("together", bodies()[0]) !== undefined).toBe(isSent);
    await own.close();
  });
});
