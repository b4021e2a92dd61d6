import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { narrowSchema } from "../../src/core/narrow-schema.ts";
import { DIALECTS } from "../../src/core/schema-dialects.ts";

type Schema = Readonly<Record<string, unknown>>;
type Pair = readonly [schema: Schema, value: unknown];
const NAMES = Object.keys(DIALECTS) as (keyof typeof DIALECTS)[];

/** A schema with a value that it allows. */
const pairs: fc.Arbitrary<Pair> = fc.letrec<{ pair: Pair }>((tie) => ({
  pair: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.tuple(
      fc.constant({ type: "string", minLength: 0, maxLength: 50, uniqueItems: true }),
      fc.string({ maxLength: 50 }),
    ),
    fc.tuple(fc.constant({ type: "integer", minimum: -5, exclusiveMaximum: 100 }), fc.integer({ min: -5, max: 99 })),
    fc.tuple(fc.constant({ type: ["number", "null"], not: { const: 7 } }), fc.constantFrom(null, 1.5)),
    fc.constantFrom<Pair>([{ enum: ["a", "b", 3] }, 3], [{ const: "x" }, "x"], [{ const: true }, true]),
    tie("pair").map(([schema, value]): Pair => [{ oneOf: [schema, { const: "never" }] }, value]),
    tie("pair").map(([schema, value]): Pair => [{ allOf: [schema], description: "one" }, value]),
    fc
      .array(tie("pair"), { minLength: 1, maxLength: 3 })
      .map(([[items, value] = [{}, null], ...more]): Pair => [
        { type: "array", items, minItems: 1, maxItems: 3, uniqueItems: false },
        [value, ...more.map(() => value)],
      ]),
    objectsOf(tie("pair")),
  ),
})).pair;

function objectsOf(inner: fc.Arbitrary<Pair>): fc.Arbitrary<Pair> {
  return fc
    .dictionary(fc.constantFrom("a", "b", "c"), fc.tuple(inner, fc.constantFrom(true, true, true, true, false)), {
      minKeys: 1,
    })
    .map((fields) => {
      const entries = Object.entries(fields);
      const pick = <T>(of: (pair: Pair) => T) => Object.fromEntries(entries.map(([name, [pair]]) => [name, of(pair)]));
      const required = entries.filter(([, [, isRequired]]) => isRequired).map(([name]) => name);
      const value = Object.fromEntries(Object.entries(pick(([, each]) => each)));
      return [{ type: "object", properties: pick(([schema]) => schema), required, minProperties: 0 }, value] as const;
    });
}

const accepts = (schema: Schema, value: unknown): boolean =>
  new Ajv2020({ strict: false, logger: false }).compile(schema)(value);

/** `null`: the form cannot say it. */
function narrowed(name: keyof typeof DIALECTS, schema: Schema): Schema | null {
  try {
    return narrowSchema(schema, DIALECTS[name]);
  } catch (error) {
    if (error instanceof Error && error.name === "Inexpressible") return null;
    throw error;
  }
}

describe.each(NAMES)("a schema in %s's form", (name) => {
  it("allows every answer that the schema allows", () => {
    let said = 0;
    fc.assert(
      fc.property(objectsOf(pairs), ([schema, value]) => {
        const form = narrowed(name, schema);
        if (form === null) return;
        said += 1;
        expect(accepts(schema, value)).toBe(true);
        expect(accepts(form, value)).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect(said).toBeGreaterThan(10);
  });

  it("never changes the schema that it was made of", () => {
    fc.assert(
      fc.property(objectsOf(pairs), ([schema]) => {
        const before = JSON.stringify(schema);
        narrowed(name, schema);
        expect(JSON.stringify(schema)).toBe(before);
      }),
    );
  });
});

describe("what a form can say", () => {
  const LIST = {
    type: "object",
    properties: { next: { $ref: "#/definitions/node" } },
    required: ["next"],
    definitions: {
      node: { type: "object", properties: { next: { $ref: "#/definitions/node" } }, required: ["next"] },
    },
  };

  it("recursion: OpenAI's, by $defs; not Anthropic's or Gemini's", () => {
    expect(narrowed("openai", LIST)).toMatchObject({
      properties: { next: { $ref: "#/$defs/node" } },
      $defs: { node: { additionalProperties: false } },
    });
    expect(narrowed("anthropic", LIST)).toBeNull();
    expect(narrowed("gemini", LIST)).toBeNull();
  });

  it("constants, patterns and formats as far as each knows them", () => {
    const schema = {
      type: "object",
      properties: {
        kind: { const: "x" },
        code: { type: "string", pattern: "^[a-z]+$" },
        odd: { type: "string", pattern: "(?=a)b" },
        at: { type: "string", format: "uri" },
      },
      required: ["kind", "code", "odd", "at"],
    };
    const of = (name: keyof typeof DIALECTS) => narrowed(name, schema)?.["properties"];
    const plain = { type: "string" };
    expect(of("openai")).toEqual({
      kind: { type: "string", const: "x" },
      code: { type: "string", pattern: "^[a-z]+$" },
      odd: plain,
      at: plain,
    });
    expect(of("anthropic")).toEqual({
      kind: { type: "string", const: "x" },
      code: plain,
      odd: plain,
      at: { type: "string", format: "uri" },
    });
    expect(of("gemini")).toEqual({ kind: { type: "string", enum: ["x"] }, code: plain, odd: plain, at: plain });
  });

  it.each([
    ["any value", { type: "object", properties: { a: {} }, required: ["a"] }],
    ["any list", { type: "object", properties: { a: { type: "array" } }, required: ["a"] }],
    ["a map", { type: "object", properties: {}, additionalProperties: { type: "string" } }],
    ["names by pattern", { type: "object", properties: {}, patternProperties: { "^x": { type: "string" } } }],
    ["a list as a whole", { type: "array", items: { type: "string" } }],
    [
      "a property called __proto__ of any value",
      JSON.parse('{"type":"object","properties":{"__proto__":true}}') as Schema,
    ],
    [
      "a reference elsewhere",
      { type: "object", properties: { a: { $ref: "https://example.com/a" } }, required: ["a"] },
    ],
  ])("%s is beyond Anthropic's", (_name, schema) => {
    expect(narrowed("anthropic", schema)).toBeNull();
  });
});
