import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const ROOT = new URL("../", import.meta.url).pathname;
/** A type at the top level of a file. */
const TYPE = /^(?:export )?(?:abstract )?(?:interface|type|class|enum) (\w+)(?=[\s<={])/gm;

test("no two files of src declare types of the same name", () => {
  const files = new Map<string, Set<string>>();
  for (const path of globSync("src/**/*.ts", { cwd: ROOT })) {
    for (const [, name = ""] of readFileSync(`${ROOT}${path}`, "utf8").matchAll(TYPE)) {
      files.set(name, (files.get(name) ?? new Set()).add(path));
    }
  }
  expect(files.size).toBeGreaterThan(100);
  const duplicates = [...files].filter(([, paths]) => paths.size > 1);
  expect(duplicates.map(([name, paths]) => `${name}: ${[...paths].sort().join(", ")}`)).toEqual([]);
});
