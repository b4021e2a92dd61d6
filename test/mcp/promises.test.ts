import { expect, test } from "vitest";
import { tools } from "../../src/mcp/tools/index.ts";
import { fakeService } from "../support/fake-service.ts";

/** The names of all fields, at any depth. */
function fieldsOf(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties = {} } = schema as { properties?: Record<string, unknown> };
  return [...Object.keys(properties), ...Object.values(schema).flatMap(fieldsOf)];
}

test("no argument of any tool is an address, a command or a key, and one is a path: that of output, which the config must allow", () => {
  const fields = tools.flatMap((tool) =>
    fieldsOf(tool.inputSchema(fakeService())["~standard"].jsonSchema.input({ target: "draft-2020-12" })),
  );
  expect(fields).toContain("prompt");
  expect(fields.filter((name) => /ur[il]|host|path|dir|file|command|exec|env|key|token(?!s)/iu.test(name))).toEqual([
    "path",
  ]);
});
