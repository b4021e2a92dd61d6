import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";
import { withGeneratedParts } from "../../scripts/docs.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const packageJson = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
};

describe("the README", () => {
  it("shows a config that is accepted as it stands", () => {
    const block = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
    expect(parseConfig(block, {})).toMatchObject({ ok: true });
  });

  it("shows the catalogue and the tasks as they are (npm run docs)", () => {
    expect(withGeneratedParts(readme)).toBe(readme);
  });

  it("has a sentence for every dependency, and for nothing else", () => {
    const table = readme.slice(readme.indexOf("## Dependencies"), readme.indexOf("## More"));
    const named = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap((row) =>
      [...(row[1] ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ""),
    );
    expect(new Set(named)).toEqual(
      new Set(Object.keys({ ...packageJson.dependencies, ...packageJson.peerDependencies })),
    );
  });
});
