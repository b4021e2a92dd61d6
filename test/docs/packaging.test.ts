import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { manifest } from "../../scripts/mcpb.ts";
import { parseCriteria } from "../../src/checks/kit/parse-criteria.ts";
import { TASKS } from "../../src/catalog/tasks.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { VENDORS } from "../../src/core/vendors.ts";
import { tools } from "../../src/mcp/tools/index.ts";

const ROOT = new URL("../../", import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, ROOT), "utf8");
const jsonOf = (path: string): unknown => JSON.parse(textOf(path));

interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly mcpServers: { readonly signalbox: Start };
}

const pack = jsonOf("package.json") as Manifest & {
  readonly mcpName: string;
  readonly bin: { readonly signalbox: string };
};
const BY_NAME = { command: "npx", args: ["-y", "signalbox"] };

describe("mcp.json.example", () => {
  it("works as it is pasted: it starts the package by its name and sets no variable to nothing", () => {
    const { mcpServers } = jsonOf("mcp.json.example") as Manifest;
    expect(mcpServers).toEqual({ signalbox: BY_NAME });
    expect(parseConfig(null, mcpServers.signalbox.env ?? {})).toMatchObject({ ok: true });
  });
});

describe("server.json", () => {
  const server = jsonOf("server.json") as Manifest & {
    readonly packages: readonly { identifier: string; version: string; environmentVariables: { name: string }[] }[];
  };

  it("is of this version, under the name that the package has for the registry", () => {
    expect(server).toMatchObject({
      $schema: "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
      name: pack.mcpName,
      version: pack.version,
    });
    expect(server.packages).toMatchObject([{ identifier: pack.name, version: pack.version }]);
  });

  it("fits what the registry asks: a name of two parts, a description of at most 100 characters", () => {
    expect(server.name).toMatch(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/);
    expect(server.description.length).toBeLessThanOrEqual(100);
    expect(pack.description.length).toBeLessThanOrEqual(100);
  });

  it("names the key of every vendor", () => {
    const names = server.packages.flatMap(({ environmentVariables }) => environmentVariables.map(({ name }) => name));
    expect(names).toEqual([...Object.values(VENDORS).map(({ keyVariables }) => keyVariables[0]), "SIGNALBOX_CONFIG"]);
  });
});

describe("the bundle for Claude Desktop", () => {
  it("starts the package's own program, and an empty setting turns no provider on", () => {
    const made = manifest() as Manifest & {
      readonly server: { readonly entry_point: string; readonly mcp_config: Start };
      readonly user_config: Readonly<Record<string, { readonly default: string; readonly sensitive: boolean }>>;
      readonly tools: readonly { readonly name: string }[];
    };
    expect(made).toMatchObject({ manifest_version: "0.3", name: pack.name, version: pack.version });
    expect(made.server.entry_point).toBe(pack.bin.signalbox);
    expect(made.tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
    // As the format replaces them.
    const env = Object.fromEntries(
      Object.entries(made.server.mcp_config.env ?? {}).map(([name, value]) => {
        const setting = /^\$\{user_config\.(\w+)\}$/.exec(value)?.[1] ?? "";
        expect(made.user_config[setting]).toMatchObject({ sensitive: true });
        return [name, made.user_config[setting]?.default];
      }),
    );
    expect(Object.keys(env)).toEqual(Object.values(VENDORS).map(({ keyVariables }) => keyVariables[0]));
    expect(env).toEqual(Object.fromEntries(Object.keys(env).map((name) => [name, ""])));
  });
});

describe("the plugin for Claude Code", () => {
  it("starts the package by its name, and stands in its own marketplace", () => {
    const plugin = jsonOf(".claude-plugin/plugin.json") as Manifest;
    expect(plugin).toMatchObject({ name: pack.name, version: pack.version, mcpServers: { signalbox: BY_NAME } });
    expect(jsonOf(".claude-plugin/marketplace.json")).toMatchObject({
      plugins: [{ name: plugin.name, source: "./", description: plugin.description }],
    });
  });

  it("has a skill that names every task and whose criteria are accepted as they stand", () => {
    const skill = textOf("skills/delegate/SKILL.md");
    expect(skill).toMatch(/^---\nname: delegate\ndescription: [^\n]{50,1024}\n---\n/);
    for (const { id } of TASKS) expect(skill).toContain(`\`${id}\``);
    const [, written = "[]"] = /```json accept\n([\s\S]*?)```/.exec(skill) ?? [];
    const { criteria, problems } = parseCriteria(JSON.parse(written), "accept");
    expect(problems).toEqual([]);
    expect(criteria.length).toBeGreaterThan(10);
  });
});

describe("the container", () => {
  it("starts the package's program as a user without rights", () => {
    const dockerfile = textOf("Dockerfile");
    expect(dockerfile).toContain(`ENTRYPOINT ["node", "/app/${pack.bin.signalbox}"]`);
    expect(dockerfile.split("\nFROM ").at(-1)).toMatch(/^USER node$/m);
    for (const file of [...dockerfile.matchAll(/\bcp ([\w.-]+) /g)].map((match) => match[1] ?? "")) {
      expect(existsSync(fileURLToPath(new URL(file, ROOT))), file).toBe(true);
    }
  });
});
