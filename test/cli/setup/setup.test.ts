import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse as parseToml } from "smol-toml";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { parse as parseYaml } from "yaml";
import { runLine } from "../support/world.ts";
import { connectClients, type ServerCommand } from "../../support/clients.ts";
import { launch, type Ended } from "../../support/launched.ts";

/** The real command line in a home of its own; the vendors cannot be reached. */
const BIN = fileURLToPath(new URL("../../../src/bin.ts", import.meta.url));
const START = { command: process.execPath, args: [BIN] };
const KEY = "sk-a-very-secret-key";
const NO_NETWORK = {
  ANTHROPIC_BASE_URL: "http://127.0.0.1:9",
  OPENAI_BASE_URL: "http://127.0.0.1:9/v1",
};

let home: string;
beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), "signalbox-setup-")));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function setup(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { child, ended } = launch(["setup", ...args], home, env);
  child.stdin?.end();
  return ended;
}

const at = (...parts: string[]): string => join(home, ...parts);
const textOf = (path: string): string => readFileSync(at(path), "utf8");
function put(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}
function read(path: string): unknown {
  if (path.endsWith(".toml")) return parseToml(textOf(path));
  return path.endsWith(".yaml") ? (parseYaml(textOf(path)) as unknown) : (JSON.parse(textOf(path)) as unknown);
}

const stdio = { type: "stdio", ...START };
const env = (reference: string) => ({ env: { ANTHROPIC_API_KEY: reference } });

/** What each client's documentation and its behaviour ask of a config, with ANTHROPIC_API_KEY set and nothing else. */
const CONFIGS: readonly (readonly [client: string, path: string, config: unknown])[] = [
  ["claude-code", ".claude.json", { mcpServers: { signalbox: stdio } }],
  ["claude-desktop", ".config/Claude/claude_desktop_config.json", { mcpServers: { signalbox: START } }],
  ["cursor", ".cursor/mcp.json", { mcpServers: { signalbox: { ...stdio, ...env("${env:ANTHROPIC_API_KEY}") } } }],
  ["vscode", ".config/Code/User/mcp.json", { servers: { signalbox: stdio } }],
  [
    "codex",
    ".codex/config.toml",
    {
      mcp_servers: {
        signalbox: {
          ...START,
          required: true,
          default_tools_approval_mode: "approve",
          env_vars: ["ANTHROPIC_API_KEY"],
        },
      },
    },
  ],
  ["gemini-cli", ".gemini/settings.json", { mcpServers: { signalbox: { ...START, ...env("${ANTHROPIC_API_KEY}") } } }],
  [
    "opencode",
    ".config/opencode/opencode.json",
    {
      $schema: "https://opencode.ai/config.json",
      mcp: { signalbox: { type: "local", command: [START.command, ...START.args], enabled: true } },
    },
  ],
  [
    "copilot-cli",
    ".copilot/mcp-config.json",
    { mcpServers: { signalbox: { type: "local", ...START, ...env("${ANTHROPIC_API_KEY}"), tools: ["*"] } } },
  ],
  [
    "cline",
    ".cline/data/settings/cline_mcp_settings.json",
    { mcpServers: { signalbox: { ...START, disabled: false, timeout: 600 } } },
  ],
  [
    "continue",
    ".continue/config.yaml",
    {
      name: "Local Config",
      version: "1.0.0",
      schema: "v1",
      mcpServers: [{ name: "signalbox", ...START, ...env("${{ secrets.ANTHROPIC_API_KEY }}") }],
    },
  ],
  [
    "windsurf",
    ".codeium/windsurf/mcp_config.json",
    { mcpServers: { signalbox: { ...START, ...env("${env:ANTHROPIC_API_KEY}") } } },
  ],
  ["zed", ".config/zed/settings.json", { context_servers: { signalbox: START } }],
];
const IDS = CONFIGS.map(([id]) => id);

describe("signalbox setup", () => {
  it("writes each client's config with absolute paths, and no key into any of them", async () => {
    const { exitCode, stderr, stdout } = await setup(IDS, { ANTHROPIC_API_KEY: KEY });
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    for (const [client, path, config] of CONFIGS) {
      expect(read(path), client).toEqual(config);
      expect(textOf(path), client).not.toContain(KEY);
      expect(statSync(at(path)).mode & 0o777, client).toBe(0o600);
    }
    expect(stdout).not.toContain(KEY);
    expect(stdout).toMatch(/Claude Code hands on its own environment, ANTHROPIC_BASE_URL/);
    expect(stdout).toMatch(/Claude Desktop hands on no variables .*: ANTHROPIC_API_KEY is not there yet\. --with-keys/);
    expect(stdout).toMatch(/anthropic: key seen in ANTHROPIC_API_KEY/);
    expect(stdout).toMatch(/openai: off: .*OPENAI_API_KEY/);
  });

  it("writes keys when it is told to", async () => {
    expect(await setup([...IDS, "--with-keys"], { ANTHROPIC_API_KEY: KEY })).toMatchObject({ exitCode: 0 });
    for (const [client, path] of CONFIGS) expect(textOf(path), client).toContain(KEY);
    expect(read(".codex/config.toml")).toMatchObject({
      mcp_servers: { signalbox: { env: { ANTHROPIC_API_KEY: KEY } } },
    });
  });

  it("finds the clients that are installed, and says which", async () => {
    for (const folder of [".codex", ".config/zed", ".claude"]) mkdirSync(at(folder), { recursive: true });
    const { exitCode, stdout } = await setup([]);
    expect(exitCode).toBe(0);
    expect([...stdout.matchAll(/^(.*): written to/gm)].map((match) => match[1])).toEqual([
      "Claude Code",
      "Codex",
      "Zed",
    ]);
    expect(existsSync(at(".cursor"))).toBe(false);
  });

  it("says so when it finds none, and which names it knows", async () => {
    const none = await setup([]);
    expect(none).toMatchObject({ exitCode: 1, stdout: "" });
    expect(none.stderr).toMatch(/found none of Claude Code, Claude Desktop,.*Zed/);
    const unknown = await setup(["codx"]);
    expect(unknown).toMatchObject({ exitCode: 2, stdout: "" });
    expect(unknown.stderr).toMatch(/unknown client "codx"; did you mean "codex"\? \(known: claude-code/);
    expect(readdirSync(home)).toEqual([]);
  });

  it("does nothing where all is right already", async () => {
    await setup(IDS, { ANTHROPIC_API_KEY: KEY });
    const before = CONFIGS.map(([, path]) => [textOf(path), statSync(at(path)).mtimeMs]);
    const { exitCode, stdout } = await setup(IDS, { ANTHROPIC_API_KEY: KEY });
    expect(exitCode).toBe(0);
    expect(stdout.match(/is right already/g)).toHaveLength(IDS.length);
    expect(CONFIGS.map(([, path]) => [textOf(path), statSync(at(path)).mtimeMs])).toEqual(before);
    for (const [, path] of CONFIGS) expect(existsSync(`${at(path)}.backup`), path).toBe(false);
  });

  it("prints instead of writing: on stdout nothing but the config", async () => {
    const printed = await setup(["codex", "--print"], { ANTHROPIC_API_KEY: KEY });
    expect(parseToml(printed.stdout)).toEqual(CONFIGS.find(([id]) => id === "codex")?.[2]);
    expect(printed.stderr).toContain(at(".codex", "config.toml"));
    expect(readdirSync(home)).toEqual([]);
  });

  it("calls a variable that is set to nothing by that name, and refers to it nowhere", async () => {
    const { stdout } = await setup(["cursor"], { ANTHROPIC_API_KEY: " ", OPENAI_API_KEY: KEY, ...NO_NETWORK });
    expect(stdout).toContain("ANTHROPIC_API_KEY is set but empty");
    expect(Object.keys((read(".cursor/mcp.json") as CursorConfig).mcpServers.signalbox.env).toSorted()).toEqual([
      "ANTHROPIC_BASE_URL",
      "OPENAI_API_KEY",
      "OPENAI_BASE_URL",
    ]);
  });

  it("takes along what the config file names, files by their absolute paths, and never a password in an address", async () => {
    const config = at("signalbox.json");
    put("signalbox.json", JSON.stringify({ providers: { anthropic: { api_key_env: "WORK" } } }));
    const { exitCode, stdout } = await setup(["claude-desktop"], {
      SIGNALBOX_CONFIG: config,
      SIGNALBOX_DB: "relative.db",
      WORK: KEY,
      OPENAI_BASE_URL: "http://user:pass@127.0.0.1:9/v1",
    });
    expect(exitCode).toBe(0);
    expect(read(".config/Claude/claude_desktop_config.json")).toEqual({
      mcpServers: {
        signalbox: { ...START, env: { SIGNALBOX_CONFIG: config, SIGNALBOX_DB: join(process.cwd(), "relative.db") } },
      },
    });
    expect(stdout).toMatch(/WORK, OPENAI_BASE_URL are not there yet/);
  });
});

describe("what setup wrote", () => {
  it("starts a server that an MCP client can use at once, without a key", async () => {
    expect(await setup(["cursor", "--sandbox"])).toMatchObject({ exitCode: 0, stderr: "" });
    const { mcpServers } = read(".cursor/mcp.json") as { readonly mcpServers: { readonly signalbox: ServerCommand } };
    const client = await connectClients("v2-legacy", { ...mcpServers.signalbox, env: { HOME: home, TMPDIR: home } });
    onTestFinished(() => client.close());
    const prompt = "Plan the migration of a monolith to services in six steps.";
    const routed = await client.callTool("route_task", { task: "planning", prompt });
    expect(routed.structured).toMatchObject({ status: "accepted" });
    expect(routed.texts.at(-1)).toContain("[sandbox]");
  });

  it("is what docs/clients.md shows, but for the paths", async () => {
    const page = readFileSync(new URL("../../../docs/clients.md", import.meta.url), "utf8");
    const blocks = [...page.matchAll(/```(?:json|toml|yaml)\n([\s\S]*?)\n```/g)].map((match) => match[1] ?? "");
    expect(blocks).toHaveLength(IDS.length);
    for (const [index, id] of IDS.entries()) {
      const args = id === "claude-desktop" || id === "cline" ? [id, "--print", "--with-keys"] : [id, "--print"];
      const self = { command: "npx", args: ["-y", "signalbox"] };
      const printed = await runLine(["setup", ...args], { home, self, env: { ANTHROPIC_API_KEY: "…" } });
      expect(printed.stdout.trimEnd(), id).toBe(blocks[index]);
    }
  });
});

interface CursorConfig {
  readonly mcpServers: { readonly signalbox: { readonly env: Readonly<Record<string, string>> } };
}

const TOML = `# mine
model = "x" # kept

[mcp_servers.other]
command = "c"

[mcp_servers.signalbox]
command = "old"
tool_timeout_sec = 300

[mcp_servers.signalbox.env]
OPENAI_API_KEY = "by hand"

# profiles
[profiles.fast]
model = "y"
`;
const YAML = `# mine
name: Mine # kept
version: 1.0.0
schema: v1

# servers
mcpServers:
  # the first
  - name: other # kept too
    command: c
models:
  - name: m
    provider: openai
`;
const JSONC = `{
  // mine
  "theme": "x", // kept
  "context_servers": {
    "other": { "command": "c" }, // kept too
  },
}
`;

describe("a config that is there", () => {
  it("keeps comments, order and all else, and has a copy beside it", async () => {
    put(".codex/config.toml", TOML);
    put(".continue/config.yaml", YAML);
    put(".config/zed/settings.json", JSONC);
    expect(await setup(["codex", "continue", "zed"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(textOf(".codex/config.toml.backup")).toBe(TOML);
    expect(textOf(".continue/config.yaml.backup")).toBe(YAML);
    expect(textOf(".config/zed/settings.json.backup")).toBe(JSONC);

    const entry = (lines: string): string => lines.replaceAll("NODE", process.execPath).replaceAll("BIN", BIN);
    expect(textOf(".codex/config.toml")).toBe(
      TOML.replace(
        /\[mcp_servers\.signalbox\][^#]*/,
        entry(`[mcp_servers.signalbox]
command = "NODE"
args = [ "BIN" ]
required = true
default_tools_approval_mode = "approve"
tool_timeout_sec = 300

[mcp_servers.signalbox.env]
OPENAI_API_KEY = "by hand"

`),
      ),
    );
    expect(textOf(".continue/config.yaml")).toBe(
      YAML.replace("models:", entry(`  - name: signalbox\n    command: NODE\n    args:\n      - BIN\nmodels:`)),
    );
    expect(textOf(".config/zed/settings.json")).toBe(
      JSONC.replace(
        `"context_servers": {`,
        entry(
          `"context_servers": {\n    "signalbox": {\n      "command": "NODE",\n      "args": [\n        "BIN"\n      ]\n    },`,
        ),
      ),
    );
  });

  it("keeps the spacing and the line breaks of YAML and JSON", async () => {
    const flow =
      "name: Mine\r\nversion: 1.0.0\r\nmcpServers:\r\n# first\r\n- {name: other, command: c}\r\nmodels: []\r\n";
    const tabs = '{\r\n\t"mcpServers": {\r\n\t\t"other": {"command": "c"}\r\n\t}\r\n}\r\n';
    put(".continue/config.yaml", flow);
    put(".cursor/mcp.json", tabs);
    await setup(["continue", "cursor"]);
    const added = `- name: signalbox\r\n  command: ${process.execPath}\r\n  args:\r\n  - ${BIN}\r\nmodels: []`;
    expect(textOf(".continue/config.yaml")).toBe(flow.replace("models: []", added));
    expect(textOf(".cursor/mcp.json").replaceAll("\r\n", "")).not.toContain("\n");
    expect(textOf(".cursor/mcp.json")).toContain('\t\t"signalbox": {\r\n\t\t\t"type": "stdio",\r\n');
    await setup(["continue", "cursor", "--remove"]);
    expect(textOf(".continue/config.yaml")).toBe(flow);
    expect(textOf(".cursor/mcp.json")).toBe(tabs);
  });

  it("is as it was once Signalbox is removed", async () => {
    const without = TOML.replace(/\[mcp_servers\.signalbox\][^#]*/, "");
    put(".codex/config.toml", without);
    put(".continue/config.yaml", YAML);
    put(".config/zed/settings.json", JSONC);
    await setup([]);
    const { exitCode, stdout } = await setup(["--remove"]);
    expect(exitCode).toBe(0);
    expect(stdout.match(/removed from/g)).toHaveLength(3);
    expect(textOf(".codex/config.toml")).toBe(without);
    expect(textOf(".continue/config.yaml")).toBe(YAML);
    expect(textOf(".config/zed/settings.json")).toBe(JSONC);
    expect((await setup(["--remove"])).stdout.match(/nothing to remove/g)).toHaveLength(3);
  });

  it("keeps what its user set in the entry, keys above all, unless they are to be written", async () => {
    const mine = { command: "old", env: { ANTHROPIC_API_KEY: "mine", OPENAI_API_KEY: "" }, cwd: "/x" };
    put(".cursor/mcp.json", JSON.stringify({ mcpServers: { signalbox: mine } }));
    await setup(["cursor"], { ANTHROPIC_API_KEY: KEY, OPENAI_API_KEY: KEY });
    const wanted = { ...stdio, cwd: "/x" };
    expect(read(".cursor/mcp.json")).toEqual({
      mcpServers: {
        signalbox: { ...wanted, env: { ANTHROPIC_API_KEY: "mine", OPENAI_API_KEY: "${env:OPENAI_API_KEY}" } },
      },
    });
    await setup(["cursor", "--with-keys"], { ANTHROPIC_API_KEY: KEY });
    expect(read(".cursor/mcp.json")).toMatchObject({
      mcpServers: { signalbox: { env: { ANTHROPIC_API_KEY: KEY } } },
    });
  });

  it.each([
    [".cursor/mcp.json", "cursor", `{"a": ${KEY}}`, /line 1, column 7: invalid symbol/],
    [".cursor/mcp.json", "cursor", `{"mcpServers": ["${KEY}"]}`, /"mcpServers" is not what holds servers/],
    [".cursor/mcp.json", "cursor", `["${KEY}"]`, /holds no JSON object/],
    [".cursor/mcp.json", "cursor", `{"mcpServers": {"signalbox": {"url": "${KEY}"}}}`, /over HTTP; remove it first/],
    [".codex/config.toml", "codex", `key = ${KEY}`, /line 1, column \d+: it is not TOML/],
    [".codex/config.toml", "codex", `mcp_servers = {signalbox = {command = "${KEY}"}}`, /change it by hand/],
    [".codex/config.toml", "codex", `a = """\n[mcp_servers.signalbox]\n"""\nb = "${KEY}"\n`, /change it by hand/],
    [".continue/config.yaml", "continue", `a: [${KEY}`, /it is not YAML/],
    [".continue/config.yaml", "continue", `- ${KEY}`, /holds no mapping/],
  ])("%s of %s is left as it is when it is broken or strange: %s", async (path, client, text, problem) => {
    put(path, text);
    const { exitCode, stderr, stdout } = await runLine(["setup", client, "zed"], { home });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(problem);
    expect(stderr).toContain(`${at(path)} is left as it is`);
    expect(stdout + stderr).not.toContain(KEY);
    expect(textOf(path)).toBe(text);
    expect(readdirSync(dirname(at(path)))).toHaveLength(1);
    expect(stdout).toContain("Zed: written to");
  });

  it("stays a link, with the rights that it had", async () => {
    put("dotfiles/mcp.json", "{}\n");
    mkdirSync(at(".cursor"));
    symlinkSync(at("dotfiles/mcp.json"), at(".cursor/mcp.json"));
    const { mode } = statSync(at("dotfiles/mcp.json"));
    await setup(["cursor"]);
    expect(lstatSync(at(".cursor/mcp.json")).isSymbolicLink()).toBe(true);
    expect(read("dotfiles/mcp.json")).toEqual({ mcpServers: { signalbox: stdio } });
    expect(statSync(at("dotfiles/mcp.json")).mode).toBe(mode);
  });
});
