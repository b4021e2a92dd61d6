import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPython, type PythonResult } from "../../../src/checks/code/python/run-python.ts";
import { ATTACKS, CANARY, CANARY_FILE, PORT } from "./python-attacks.ts";

const LOOT = "class Loot(Exception): pass\ndef loot(got): raise Loot(repr(got))";
const folder = mkdtempSync(join(tmpdir(), "python-attacks-"));
const file = join(folder, "secret");
const secrets = [CANARY, folder, process.cwd(), hostname(), process.execPath, `'${userInfo().username}'`];
let visits = 0;
let server: Server;
let results: readonly PythonResult[] = [];

beforeAll(async () => {
  writeFileSync(file, CANARY);
  process.env["SIGNALBOX_CANARY"] = CANARY;
  Object.assign(globalThis, { canary: CANARY });
  server = createServer((_, response) => {
    visits += 1;
    response.end(CANARY);
  }).on("connection", () => (visits += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = String((server.address() as AddressInfo).port);
  const snippets = ATTACKS.map(({ code }) => code.replaceAll(CANARY_FILE, file).replaceAll(PORT, port));
  ({ results } = await runPython({ code: LOOT, snippets, timeoutMs: 10_000 }, new AbortController().signal));
}, 120_000);

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
  delete process.env["SIGNALBOX_CANARY"];
  Reflect.deleteProperty(globalThis, "canary");
});

describe("an attack on the host from Python", () => {
  it.for(ATTACKS.map((attack, index) => ({ ...attack, index })))("fails: $name", ({ ends, index }) => {
    const result = results[index];
    if (result?.kind !== "raised") return expect.fail(JSON.stringify(result));
    expect(ends, result.message).toContain(result.error);
    for (const secret of secrets)
      if (secret !== "") expect(`${result.message} ${result.traceback}`.replaceAll(file, "")).not.toContain(secret);
  });

  it("leaves nothing behind", () => {
    expect(visits).toBe(0);
    expect(existsSync(`${file}.made`)).toBe(false);
    expect(existsSync("/tmp/made")).toBe(false);
  });
});
