import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";
import { MODELS } from "../../src/catalog/models.ts";
import type { RefreshOutput } from "../../src/core/refresh.ts";
import { runLine } from "./support/world.ts";

const folder = mkdtempSync(join(tmpdir(), "signalbox-refresh-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BIN = new URL("../../src/bin.ts", import.meta.url).pathname;
const OPUS = "claude-opus-5-5";

let count = 0;
function write(text: string, name = `file-${(count += 1)}.json`): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The four vendors as models.dev would have them, with what the catalogue says but for what is given. */
function api(changes: Readonly<Record<string, object>> = {}): string {
  const data: Record<string, { models: Record<string, object> }> = {};
  for (const model of MODELS) {
    if (model.prices === "unpriced") continue;
    const provider = model.provider === "together" ? "togetherai" : model.provider;
    const { inputUsd, outputUsd } = model.prices;
    data[provider] ??= { models: {} };
    data[provider].models[model.wireId] = { cost: { input: inputUsd, output: outputUsd }, ...changes[model.id] };
  }
  const path = write(JSON.stringify(data));
  utimesSync(path, new Date("2026-11-20"), new Date("2026-11-20"));
  return path;
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real program; without a terminal. */
function run(args: readonly string[], config?: string): Promise<Ran> {
  const env = {
    PATH: process.env["PATH"],
    SIGNALBOX_DB: join(folder, "none.db"),
    ...(config === undefined ? {} : { SIGNALBOX_CONFIG: config }),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [BIN, "models", "refresh", ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

function configOf(path: string) {
  const parsed = parseConfig(readFileSync(path, "utf8"), {});
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

const CHEAPER = { [OPUS]: { cost: { input: 3, output: 15, cache_read: 0.3 } } };

describe("signalbox models refresh", () => {
  it("shows what differs and changes nothing without a yes", async () => {
    const text = '{ "models": [] }';
    const config = write(text);
    const ran = await run(["--from", api(CHEAPER)], config);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/claude-opus-5-5 +input +4 +3\n/);
    expect(ran.stdout).toMatch(/claude-opus-5-5 +output +20 +15\n/);
    expect(ran.stdout).toMatch(/claude-opus-5-5 +cache read +0\.2 +0\.3\n/);
    expect(ran.stdout).not.toContain("claude-haiku-5-5 ");
    expect(ran.stderr).toContain("nothing was changed: there is no terminal to ask on; --yes accepts the changes");
    expect(readFileSync(config, "utf8")).toBe(text);
  });

  it("keeps what was accepted as rows with source and date, and every comment", async () => {
    const config = write(
      `{
  // Ours.
  "models": [
    {
      "id": "claude-opus-5-5", // the strong one
      "quality": 0.99,
      "prices": {
        "input_usd_per_mtok": 9, // agreed
        "output_usd_per_mtok": 20,
        "changes": [{ "from": "2026-01-01", "input_usd_per_mtok": 8 }],
      },
    },
  ],
  /* the end */
}
`,
    );
    const from = api({ ...CHEAPER, "claude-haiku-5-5": { cost: { input: 0.2, output: 0.5 } } });
    const ran = await run(["--from", from, "--yes", "--json"], config);
    expect(ran).toMatchObject({ code: 0 });
    expect(JSON.parse(ran.stdout)).toMatchObject({ written: true, rows: [{ id: OPUS }, { id: "claude-haiku-5-5" }] });
    const text = readFileSync(config, "utf8");
    for (const comment of ["// Ours.", "// the strong one", "// agreed", "/* the end */"])
      expect(text).toContain(comment);
    const { catalogue } = configOf(config);
    expect(catalogue.find(OPUS)).toMatchObject({
      quality: 0.99,
      prices: { inputUsd: 3, outputUsd: 15, cacheReadUsd: 0.3 },
      asOf: "2026-11-20",
    });
    expect(catalogue.find(OPUS)?.source).toMatch(/^models\.dev format, file-\d+\.json$/);
    // What the file does not name stays: the tier of long prompts.
    expect(catalogue.find("claude-haiku-5-5")).toMatchObject({
      prices: { inputUsd: 0.2, longPrompt: { overTokens: 100_000, inputUsd: 0.5 } },
    });
    expect(readdirSync(folder).filter((name) => name.includes(".backup"))).toHaveLength(1);
    const again = await run(["--from", from], config);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain("nothing to change");
  });

  it("says what is deprecated or missing there, which no price can mend", async () => {
    const ran = await run(["--from", api({ [OPUS]: { status: "deprecated" } })]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("note: claude-opus-5-5 is deprecated there");
    const part = await run(["--from", write('{"anthropic": {"models": {}}}')]);
    expect(part.stdout).toContain('note: claude-opus-5-5: anthropic has no "claude-opus-5-5" there');
  });

  it("refuses data that is none, and a config that would be broken, by name", async () => {
    const broken = await run(["--from", write("{")]);
    expect(broken).toMatchObject({ code: 2 });
    expect(broken.stderr).toContain("is not JSON");
    expect((await run(["--from", write('{"data": [1]}')])).stderr).toContain('It has no provider with "models"');
    expect((await run(["--from", join(folder, "nowhere.json")])).stderr).toContain("is no file that can be read");
    const odd = await run(["--from", api({ [OPUS]: { cost: { input: -3, output: 15 } } })]);
    expect(odd).toMatchObject({ code: 2 });
    expect(odd.stderr).toContain("anthropic.models.claude-opus-5-5.cost.input: Too small");
    const config = write("{}");
    const dear = await run(
      ["--from", api({ "claude-haiku-5-5": { cost: { input: 0.7, output: 4 } } }), "--yes"],
      config,
    );
    expect(dear).toMatchObject({ code: 1 });
    expect(dear.stderr).toContain("long prompts: must not be cheaper than short ones");
    expect(readFileSync(config, "utf8")).toBe("{}");
    const nowhere = await run(["--from", api(CHEAPER), "--yes"]);
    expect(nowhere).toMatchObject({ code: 1 });
    expect(nowhere.stderr).toContain("there is no config file to keep the rows in");
  });

  it.each([
    ["y\n", 0, true],
    ["n\n", 1, false],
    ["\n", 1, false],
  ] as const)("asks on a terminal: %j", async (typed, exitCode, isWritten) => {
    const config = write("{}\n");
    const row = {
      id: OPUS,
      prices: { input_usd_per_mtok: 3, output_usd_per_mtok: 15 },
      source: "s",
      as_of: "2026-11-20",
    };
    const changes = [{ model: OPUS, price: "input", from: 4, to: 3 }];
    const value: RefreshOutput = { changes, rows: [row], notes: [], compared: 1 };
    const env = { SIGNALBOX_CONFIG: config };
    const ran = await runLine(["models", "refresh", "--from", api()], { refreshed: { ok: true, value }, typed, env });
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.stderr).toContain("Keep these prices in the config? [y/N]");
    expect(readFileSync(config, "utf8").includes(OPUS)).toBe(isWritten);
  });

  it("leaves `models` as it was, its flags too", async () => {
    const ran = await runLine(["models", "--task", "planning", "--json"], {});
    expect(ran.calls).toEqual([{ method: "listModels", input: { task: "planning" } }]);
  });
});
