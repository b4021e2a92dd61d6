import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { wordNumber } from "../src/checks/text/values/word-number.ts";
import { openLookupsIn } from "./support/lookups.ts";

const ROOT = new URL("../", import.meta.url).pathname;

/** Look-ups in a table whose keys are any texts, each with the reason why no name of `Object.prototype` gets there. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "src/checks/code/python/host-functions.ts ours[name]": "the names are the imports of Pyodide's own module",
};

test("tables are looked up by names from outside with a Map, which has no names of its own", () => {
  const found = globSync("src/**/*.ts", { cwd: ROOT }).flatMap((path) =>
    openLookupsIn(`${ROOT}${path}`).map((each) => each.slice(ROOT.length)),
  );
  const written = found.map((each) => each.replace(/:\d+ /, " "));
  expect(found.filter((_, at) => EXCEPTIONS[written[at] ?? ""] === undefined)).toEqual([]);
  expect(Object.keys(EXCEPTIONS).filter((each) => !written.includes(each))).toEqual([]);
});

test.each(["constructor", "toString", "__proto__", "hasOwnProperty"])("the word %s is no number", (word) => {
  expect(wordNumber(word)).toBeNull();
});
