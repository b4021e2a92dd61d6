import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildServer } from "../../src/mcp/server.ts";
import type { Service } from "../../src/core/service.ts";
import { CLIENT_KINDS, type ListedTool } from "../support/clients.ts";
import { connect } from "./support/connect.ts";
import { manualClock } from "./support/manual-clock.ts";

const SNAPSHOTS = join(import.meta.dirname, "..", "toolsnaps");

async function listedTools(): Promise<readonly ListedTool[]> {
  return (await connect("v1")).client.listTools();
}

describe("what clients pay for on every start", () => {
  test.each(CLIENT_KINDS)("all tools together stay under 12 KB for a %s client", async (kind) => {
    const { client, sent } = await connect(kind);
    await client.listTools();
    const answer = sent.find((message) => "result" in message && "tools" in message.result);
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeGreaterThan(1000);
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(12_000);
  });

  test("no description is longer than clients show", async () => {
    for (const tool of await listedTools()) expect(Buffer.byteLength(tool.description ?? "")).toBeLessThan(2000);
  });

  test("the eras list the same tools", async () => {
    const [v1, ...others] = await Promise.all(
      CLIENT_KINDS.map(async (kind) => (await connect(kind)).client.listTools()),
    );
    for (const other of others) expect(other).toEqual(v1);
  });
});

/** The public shape of each tool, committed. `UPDATE_TOOLSNAPS=1` writes it anew after a change that is meant. */
describe("tool snapshots", () => {
  test("each listed tool is as its snapshot says, and there is a snapshot for nothing else", async () => {
    const tools = await listedTools();
    if (process.env["UPDATE_TOOLSNAPS"] !== undefined) {
      mkdirSync(SNAPSHOTS, { recursive: true });
      for (const tool of tools) writeFileSync(fileOf(tool.name), `${JSON.stringify(tool, null, 2)}\n`);
    }
    for (const tool of tools) expect(tool).toEqual(JSON.parse(readFileSync(fileOf(tool.name), "utf8")));
    expect(readdirSync(SNAPSHOTS).sort()).toEqual(tools.map(({ name }) => `${name}.json`).sort());
  });
});

function fileOf(tool: string): string {
  return join(SNAPSHOTS, `${tool}.json`);
}

test("building a server asks the service for nothing but its tasks: new-era clients start it twice", () => {
  const untouchable = new Proxy({} as Service, {
    get: (_target, property) => {
      if (property === "policy") return () => [];
      throw new Error(`touched ${String(property)}`);
    },
  });
  const options = { version: "1.2.3", clock: manualClock(), onError: () => {} };
  expect(() => buildServer(untouchable, options)).not.toThrow();
});
