import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routed, runLine } from "./support/world.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "signalbox-test-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe("--accept", () => {
  it("takes criteria as JSON, as a list of them and from files", async () => {
    const file = join(directory, "accept.json");
    await writeFile(file, '[{"max_words": 50}, {"language": "de"}]');
    const ran = await runLine(
      ["route", "-t", "general", "-p", "x", "--accept", '{"contains": "red"}', file, "--accept", ' [{"matches": "a"}]'],
      { route: { ok: true, value: routed() } },
    );
    expect(ran.calls).toMatchObject([
      { input: { accept: [{ contains: "red" }, { max_words: 50 }, { language: "de" }, { matches: "a" }] } },
    ]);
  });

  it.each([
    ["JSON that is none", '{"contains": ', /--accept is not JSON/],
    ["a list of other things", '["a"]', /takes criteria such as/],
    ["a file that is not there", "nowhere.json", /cannot read nowhere\.json/],
  ])("refuses criteria in %s", async (_name, value, words) => {
    const ran = await runLine(["estimate", "-t", "general", "-p", "x", "--accept", value]);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toMatch(words);
  });
});
