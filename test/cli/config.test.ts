import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { configPlace } from "../../src/config/place.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { configSchema } from "../../src/config/schema.ts";
import { launch, type Ended } from "../support/launched.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "signalbox-config-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
});
const usual = (): string => join(home, ".config", "signalbox", "config.jsonc");
function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { child, ended } = launch(argv, home, env);
  child.stdin?.end();
  return ended;
}
function write(path: string, file: object | string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof file === "string" ? file : JSON.stringify(file));
  return path;
}
const scopes = (stdout: string) => (JSON.parse(stdout) as { budgets: object[] }).budgets;

describe("the place of the config", () => {
  it("is the usual one of the system, which need not be there", async () => {
    expect(await run(["config", "path"])).toMatchObject({ exitCode: 0, stdout: `${usual()}\n` });
    write(usual(), '{ "budgets": { "day_usd": 2 } } // mine');
    expect(scopes((await run(["budget", "--json"])).stdout)).toMatchObject([{ scope: "day", limit_usd: 2 }]);
    const xdg = join(home, "xdg");
    expect((await run(["config", "path"], { XDG_CONFIG_HOME: xdg })).stdout).toBe(
      `${join(xdg, "signalbox", "config.jsonc")}\n`,
    );
    // Not the user's file, but the sandbox's own.
    const demo = await run(["--sandbox"]);
    expect(demo.exitCode).toBe(0);
  });

  it.each([
    ["win32", { APPDATA: "C:\\Data" }, "C:\\Data\\signalbox\\config.jsonc"],
    ["darwin", { HOME: "/home/ann" }, "/home/ann/.config/signalbox/config.jsonc"],
    ["linux", { HOME: "/home/ann", XDG_CONFIG_HOME: "relative" }, "/home/ann/.config/signalbox/config.jsonc"],
    ["linux", {}, null],
  ] as const)("on %s with %j is %s", (platform, env, path) => {
    expect(configPlace(env, platform)?.path ?? null).toBe(path);
  });

  it("is what --config says, before and behind a command, and before the variable", async () => {
    const file = write(join(home, "team.jsonc"), { budgets: { month_usd: 7 } });
    const other = write(join(home, "other.json"), { budgets: { month_usd: 8 } });
    for (const argv of [
      ["--config", file, "budget", "--json"],
      ["budget", "--json", `--config=${file}`],
    ]) {
      const { stdout } = await run(argv, { SIGNALBOX_CONFIG: other });
      expect(scopes(stdout)).toMatchObject([{ scope: "month", limit_usd: 7 }]);
    }
    expect(await run(["budget", "--config"])).toMatchObject({
      exitCode: 2,
      stderr: "signalbox: --config needs the path of a config file\n",
    });
    expect(await run(["budget", "--config", join(home, "none.json")])).toMatchObject({ exitCode: 2, stdout: "" });
  });
});

describe("config init, check, show, schema", () => {
  it("init writes a file that can be used, for its user alone, and never over another one", async () => {
    const written = await run(["config", "init"]);
    expect(written).toMatchObject({ exitCode: 0, stdout: `${usual()}\n` });
    expect(statSync(usual()).mode & 0o777).toBe(0o600);
    expect(parseConfig(readFileSync(usual(), "utf8"), {})).toMatchObject({ ok: true });
    // What it shows as comments can be used as well.
    const all = readFileSync(usual(), "utf8").replaceAll(/^ {2}\/\/ (?=[ "\]}])/gm, "  ");
    expect(all).toContain('\n  "providers"');
    expect(parseConfig(all, {})).toMatchObject({ ok: true });
    writeFileSync(usual(), "{}");
    expect(await run(["config", "init"])).toMatchObject({ exitCode: 1, stdout: "" });
    expect(readFileSync(usual(), "utf8")).toBe("{}");
    expect(await run(["config", "check"])).toMatchObject({ exitCode: 0, stdout: `✓ ${usual()} can be used\n` });
  });

  it("check tells every problem at once: values, names, a day above its month, a variable that is not set", async () => {
    const file = write(join(home, "c.jsonc"), {
      approval_usd: "$0.50!",
      budgets: {
        day_usd: 10,
        month_usd: 5,
        each_principal: { day_usd: 9, week_usd: 8 },
        per_task: { general: { day_usd: 3, month_usd: 2 } },
      },
      tasks: [{ id: "general", candidates: ["gpt-6-lunar"], min_quality: 7 }],
      providers: { ollama: { kind: "openai_compatible", base_url: "http://${OLLAMA_HOST}/v1" } },
    });
    const { exitCode, stdout } = await run(["config", "check", "--config", file]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain("approval_usd is a text; expected a number");
    expect(stdout).toContain("budgets.day_usd is 10, more than month_usd, 5");
    expect(stdout).toContain("budgets.each_principal.day_usd is 9, more than week_usd, 8");
    expect(stdout).toContain("budgets.per_task.general.day_usd is 3, more than month_usd, 2");
    expect(stdout).toContain('"gpt-6-lunar" is not a known model; did you mean "gpt-6-luna"?');
    expect(stdout).toContain("tasks[0].min_quality is 7");
    expect(stdout).toContain("providers.ollama.base_url names the variable OLLAMA_HOST, which is not set");
    const json = await run(["config", "check", "--json", "--config", file]);
    expect(JSON.parse(json.stdout)).toMatchObject({ usable: false, path: file, warnings: [] });
  });

  it("fills in variables by name in addresses, and nowhere else", async () => {
    const file = write(join(home, "c.jsonc"), {
      providers: { ollama: { kind: "openai_compatible", base_url: "http://${OLLAMA_HOST}:11434/v1" } },
      files: { roots: ["${WORK}/a", "/srv/$${b}"] },
      tasks: [{ id: "general", checks: [{ name: "${WORK}", matches: "\\$\\{WORK\\}" }] }],
    });
    const env = { OLLAMA_HOST: "box", WORK: "/srv/work" };
    const { exitCode, stdout } = await run(["config", "show", "--effective", "--config", file], env);
    expect(exitCode).toBe(0);
    const shown = JSON.parse(stdout) as { tasks: { id: string; checks: string[] }[] };
    expect(shown).toMatchObject({
      providers: { ollama: { base_url: "http://box:11434/v1" } },
      files: { roots: ["/srv/work/a", "/srv/${b}"] },
    });
    expect(shown.tasks.find(({ id }) => id === "general")?.checks).toEqual(["${WORK} (matches)"]);
  });

  it("show --effective names where a key is from, and shows neither key nor header nor password", async () => {
    const file = write(join(home, "c.jsonc"), {
      providers: {
        gate: { kind: "openai_compatible", base_url: "http://gate/v1", headers: { "x-api-key": { env: "GATE" } } },
      },
    });
    const secrets = { GATE: "gate-secret-1", OPENAI_API_KEY: "sk-test-2", SIGNALBOX_HTTP_TOKEN: "token-secret-3" };
    const env = { ...secrets, SIGNALBOX_DB: "postgres://ann:pass-secret-4@db/box" };
    const { stdout, stderr } = await run(["config", "show", "--effective", "--config", file], env);
    expect(JSON.parse(stdout)).toMatchObject({
      providers: { openai: { state: "on", keys_from: ["OPENAI_API_KEY"] }, gate: { headers: ["x-api-key"] } },
      http: { token: "set" },
    });
    expect(stdout + stderr).not.toMatch(/secret|sk-test/);
  });

  it("show prints the file as it is, and says where there is none", async () => {
    expect(await run(["config", "show"])).toMatchObject({ exitCode: 1, stdout: "" });
    write(usual(), "{} // nothing yet\n");
    expect(await run(["config", "show"])).toMatchObject({ exitCode: 0, stdout: "{} // nothing yet\n" });
  });

  it("schema is the one that ships, and describes every key", async () => {
    const { stdout } = await run(["config", "schema"]);
    expect(stdout).toBe(configSchema());
    expect(undescribed(JSON.parse(stdout), "")).toEqual([]);
  });
});

describe("variables", () => {
  it("that Signalbox does not read are told, but for those that the config names", async () => {
    const file = write(join(home, "c.jsonc"), { providers: { openai: { api_key_env: "SIGNALBOX_KEY_A" } } });
    const env = { SIGNALBOX_CONFG: file, SIGNALBOX_CONFIG: file, SIGNALBOX_KEY_A: "sk-a", SIGNALBOX_TASK: "general" };
    const { stderr } = await run(["tasks"], env);
    expect(stderr).toBe(
      'signalbox: warning: SIGNALBOX_CONFG is set, and Signalbox reads no such variable; did you mean "SIGNALBOX_CONFIG"?\n',
    );
    expect((await run(["doctor", "--wide"], env)).stdout).toMatch(/warning +config +SIGNALBOX_CONFG is set/);
  });
});

function undescribed(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, object>> };
  const own = Object.entries(properties).flatMap(([key, each]) => [
    ...("description" in each ? [] : [`${path}.${key}`]),
    ...undescribed(each, `${path}.${key}`),
  ]);
  const inner = Object.entries(schema).filter(([key]) => /^(?:items|anyOf|additionalProperties|\d+)$/.test(key));
  return [...own, ...inner.flatMap(([, each]) => undescribed(each, path))];
}
