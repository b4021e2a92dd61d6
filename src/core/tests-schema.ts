import type { CriterionKind } from "../checks/kit/criterion.ts";
import type { Task } from "./task.ts";
import { testableKinds } from "./written-tests.ts";

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string" };
const count: Schema = { type: "integer" };
const list: Schema = { type: "array", items: text };
const plain = [text, { type: "number" }, { type: "boolean" }, { type: "null" }];
/** What a call may be expected to give. No vendor's form can say "any value": what gives an object is tested by an assertion. */
const value: Schema = {
  anyOf: [...plain, { type: "array", items: { anyOf: [...plain, { type: "array", items: { anyOf: plain } }] } }],
};

/** The forms of a criterion that a model may write, by its kind; a kind that is not there cannot be said in every vendor's form. */
const FORMS: ReadonlyMap<CriterionKind, readonly Schema[]> = new Map<CriterionKind, readonly Schema[]>([
  ["call", [closed({ call: text, equals: value })]],
  ["assert", [closed({ assert: text })]],
  ["python", [closed({ python: text })]],
  ["contract", [closed({ contract: text, functions: list, events: list }), closed({ standard: text })]],
  ["solidity_test", [closed({ solidity_test: text })]],
  [
    "element",
    [closed({ element: closed({ role: text, name: text }) }), closed({ element: closed({ role: text, count }) })],
  ],
  ["section", [closed({ section: text })]],
  ["covers", [closed({ covers: list })]],
  ["before", [closed({ before: list })]],
  ["steps", [closed({ steps: closed({ min: count, max: count }) })]],
  ["no_dangling", [closed({ no_dangling: { type: "boolean" } })]],
]);

const made = new Map<string, Schema>();

/** The schema of tests for answers of a task; `null`: one of their kinds cannot be said in every vendor's form. */
export function testsSchema(task: Pick<Task, "checks">): Schema | null {
  const kinds = testableKinds(task);
  const forms = kinds.flatMap((kind) => FORMS.get(kind) ?? []);
  if (forms.length === 0 || kinds.some((kind) => !FORMS.has(kind))) return null;
  const key = kinds.join();
  // One object for equal schemas: what vendors make of it is kept by it.
  const schema = made.get(key) ?? closed({ criteria: { type: "array", items: { anyOf: forms } } });
  made.set(key, schema);
  return schema;
}

function closed(properties: Schema): Schema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}
