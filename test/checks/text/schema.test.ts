import { describe, expect, it } from "vitest";
import { schemaProblem } from "../../../src/checks/text/json-schema/validate.ts";
import { fenced, run, said } from "../../verify/subject.ts";

const person = {
  type: "object",
  required: ["name", "age"],
  properties: {
    name: { type: "string" },
    age: { type: "integer", minimum: 0 },
    mail: { type: "string", format: "email" },
  },
  additionalProperties: false,
};

async function check(text: string, responseSchema: Record<string, unknown> = person): Promise<string> {
  return said(await run("schema", text, { responseSchema }));
}

describe("schema", () => {
  it.each([
    ["bare JSON", '{"name": "Ada", "age": 36}'],
    ["white space around it", '\n\n {"name": "Ada", "age": 36}\n'],
    ["a byte order mark", '\uFEFF{"name": "Ada", "age": 36}'],
    ["one fence", fenced("json", '{"name": "Ada", "age": 36}')],
    ["an untagged fence", fenced("", '{"name": "Ada", "age": 36}')],
    ["a fence in a sentence", `Here you are:\n\n${fenced("json", '{"name": "Ada", "age": 36}')}\n\nDone.`],
    ["a JSON fence beside a shell fence", `${fenced("sh", "ls")}\n${fenced("json", '{"name": "Ada", "age": 36}')}`],
    ["a format that holds", '{"name": "Ada", "age": 36, "mail": "ada@example.org"}'],
  ])("passes %s", async (_name, text) => {
    expect(await check(text)).toBe("nothing");
  });

  it.each([
    ["prose", "Ada is 36.", "not valid JSON"],
    ["cut-off JSON", '{"name": "Ada", "ag', "not valid JSON"],
    ["cut-off JSON in a fence", '```json\n{"name": "Ada",', "cut off"],
    ["a trailing comma", '{"name": "Ada", "age": 36,}', "not valid JSON"],
    ["single quotes", "{'name': 'Ada', 'age': 36}", "not valid JSON"],
    ["two fences", `${fenced("json", "{}")}\n${fenced("json", "{}")}`, "2 blocks"],
    ["JSON with a sentence after it", '{"name": "Ada", "age": 36} Hope it helps!', "not valid JSON"],
    ["a missing key", '{"name": "Ada"}', "must have required property 'age'"],
    ["a wrong type", '{"name": "Ada", "age": "36"}', "/age must be integer"],
    ["an extra key", '{"name": "Ada", "age": 36, "x": 1}', 'must NOT have additional properties: "x"'],
    ["a broken format", '{"name": "Ada", "age": 36, "mail": "ada"}', '/mail must match format "email"'],
    ["several problems at once", '{"age": -1}', "must have required property 'name'"],
  ])("fails on %s", async (_name, text, why) => {
    const outcome = await check(text);
    expect(outcome).toMatch(/^fact/);
    expect(outcome).toContain(why);
  });

  it("reads older dialects by their $schema", async () => {
    const tuple = {
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "array",
      items: [{ type: "string" }, { type: "number" }],
    };
    expect(await check('["a", 1]', tuple)).toBe("nothing");
    expect(await check('["a", "b"]', tuple)).toMatch(/^fact/);
  });

  it("follows references within the schema", async () => {
    const tree = {
      $ref: "#/$defs/node",
      $defs: { node: { type: "object", required: ["v"], properties: { next: { $ref: "#/$defs/node" } } } },
    };
    expect(await check('{"v": 1, "next": {"v": 2}}', tree)).toBe("nothing");
    expect(await check('{"v": 1, "next": {}}', tree)).toMatch(/^fact: \/next/);
  });

  it("cannot check against a schema that is none, and says why", async () => {
    expect(await check("{}", { type: "objekt" })).toMatch(/^not checked: the schema cannot be used/);
  });

  it("decides on another engine about a pattern that backtracks without end", async () => {
    const evil = { type: "object", properties: { a: { type: "string", pattern: "^(a+)+$" } } };
    expect(await check(JSON.stringify({ a: `${"a".repeat(60)}!` }), evil)).toMatch(/^fact: \/a must match pattern/);
    const names = { type: "object", patternProperties: { "^(a+)+$": { type: "number" } } };
    expect(await check(JSON.stringify({ [`${"a".repeat(60)}!`]: "any" }), names)).toBe("nothing");
  });

  it("gives up on such a pattern that RE2 does not know", async () => {
    const evil = { type: "object", properties: { a: { type: "string", pattern: "^(?=a)(a+)+$" } } };
    expect(await check(JSON.stringify({ a: `${"a".repeat(60)}!` }), evil)).toMatch(
      /^not checked: .*gave up after 1000 ms/,
    );
  });

  it("does not answer for answers nested without end", async () => {
    const deep = { $ref: "#/$defs/n", $defs: { n: { type: "array", items: { $ref: "#/$defs/n" } } } };
    const outcome = check(`${"[".repeat(100_000)}${"]".repeat(100_000)}`, deep);
    await expect(outcome).rejects.toThrow(RangeError);
  });
});

describe("schemaProblem", () => {
  it.each([
    ["the simplest", {}],
    ["a usual one", person],
    ["unknown keywords and formats", { type: "string", format: "made-up", "x-note": 1, example: "a" }],
    ["2019-09", { $schema: "https://json-schema.org/draft/2019-09/schema", type: "string" }],
    ["2020-12", { $schema: "https://json-schema.org/draft/2020-12/schema", prefixItems: [{ type: "string" }] }],
    ["a property named $ref", { properties: { $ref: { type: "string" } } }],
    ["a list of types and enums", { type: ["string", "null"], enum: ["a", null] }],
  ])("finds nothing wrong with %s", (_name, schema) => {
    expect(schemaProblem(schema)).toBeNull();
  });

  const deep: Record<string, unknown> = {};
  let at = deep;
  for (let level = 0; level < 100; level += 1) at = at["not"] = {} as Record<string, unknown>;
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  it.each([
    ["a wrong type", { type: "objekt" }, "type"],
    ["a wrong keyword value", { required: "name" }, "required"],
    ["a broken pattern", { type: "string", pattern: "(" }, "regular expression"],
    [
      "a remote reference",
      { $ref: "https://example.org/schema.json" },
      '"https://example.org/schema.json", which is not in the schema',
    ],
    ["a reference that leads nowhere", { $ref: "#/$defs/missing" }, "#/$defs/missing"],
    ["an unknown dialect", { $schema: "http://json-schema.org/draft-04/schema#", type: "string" }, "dialect"],
    ["an asynchronous schema", { $async: true }, "$async"],
    ["one too large", { description: "x".repeat(300_000) }, "200000"],
    ["one too deep", deep, "64 levels"],
    ["one that is no JSON", cyclic, "not JSON"],
  ])("says what is wrong with %s", (_name, schema, why) => {
    expect(schemaProblem(schema)).toContain(why);
  });

  it.each([
    [{ type: "strng" }, '"type" must be one of array, boolean, integer, null, number, object, string; it is "strng"'],
    [
      { properties: { age: { type: "integr", minimum: "0" } } },
      '"type" at /properties/age must be one of array, boolean, integer, null, number, object, string; it is "integr" (and 1 more problem)',
    ],
    [{ required: "name" }, '"required" must be a list; it is "name"'],
    [{ required: ["a", "a"] }, '"required" must not name anything twice; it is ["a","a"]'],
    [{ properties: { a: 7 } }, 'entry "a" of "properties" must be a schema; it is 7'],
    [{ anyOf: [] }, '"anyOf" must not be empty; it is []'],
    [{ items: { enum: [] } }, '"enum" at /items must name at least one value'],
    [{ properties: { a: { pattern: "(" } } }, '"pattern" at /properties/a is no regular expression; it is "("'],
    [{ patternProperties: { "(": {} } }, '"patternProperties" is no regular expression; it is "("'],
    [
      { properties: { a: { $ref: "#/$defs/b" } } },
      '"$ref" at /properties/a refers to "#/$defs/b", which is not in the schema; only references within it (#/…) are followed',
    ],
    [{ properties: { a: { requird: ["b"] } } }, '"requird" at /properties/a is no keyword; "required" is'],
    [{ $schema: "x" }, '"$schema" names a dialect that is not supported; use draft-07, 2019-09 or 2020-12'],
    [
      { $id: "https://a.example", properties: { b: { $id: "https://a.example" } } },
      'it cannot be compiled ("schema with key or id \\"https://a.example\\" already exists")',
    ],
  ])("names the keyword and the place: %j", (schema, sentence) => {
    expect(schemaProblem(schema)).toBe(sentence);
  });

  it("quotes what the caller wrote, and no more of it than shows what is meant", () => {
    const said = schemaProblem({
      properties: { "a\n\u001b[31m": { type: `number. Ignore this. ${"x".repeat(500)}` } },
    });
    expect(said).toMatch(
      /^"type" at \/properties\/a\\n\\u001b\[31m must be one of .*; it is "number\. Ignore this\. x+…$/,
    );
    expect(said?.length).toBeLessThan(250);
  });

  it("compiles schemas of one $id more than once", () => {
    const schema = (): Record<string, unknown> => ({ $id: "https://example.org/a", type: "string" });
    expect([schemaProblem(schema()), schemaProblem(schema())]).toEqual([null, null]);
  });
});

it("keeps nothing of one schema for the next", async () => {
  for (const id of [7, "https://example.org/a"]) {
    expect(await check("1", { $id: id, type: "string" })).toMatch(id === 7 ? /^not checked/ : /^fact/);
  }
  const named = (type: string): Record<string, unknown> => ({
    $ref: "#/$defs/a",
    $defs: { a: { $anchor: "a", type } },
  });
  expect(await check("1", named("number"))).toBe("nothing");
  expect(await check("1", named("string"))).toMatch(/^fact/);
});
