import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProvider } from "../../src/providers/index.ts";
import type { ApiKey } from "../../src/core/endpoint-settings.ts";
import type { Provider } from "../../src/core/ports.ts";
import { call, drain, ENDINGS, OPENINGS, stub, type Outcome, type Stub } from "./support.ts";

let server: Stub;
let folder: string;
let taken = "any";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-key-"));
  taken = "any";
  server = await stub((response) => {
    const sent = server.received.at(-1)?.headers.authorization;
    if (taken === "any" || sent === `Bearer ${taken}`) {
      response.writeHead(200, { "content-type": "text/event-stream" }).end(OPENINGS.openai + ENDINGS.openai);
    } else response.writeHead(401).end(JSON.stringify({ error: { message: `wrong key ${sent}` } }));
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const provider = (apiKey: ApiKey): Provider =>
  createProvider({ id: "own", kind: "openai", baseUrl: server.baseUrl }, apiKey);
const ask = (from: Provider, signal = AbortSignal.timeout(15_000)): Promise<Outcome> =>
  drain(from.stream(call(), signal));
const sent = (): readonly (string | undefined)[] => server.received.map(({ headers }) => headers.authorization);

/** A program that prints what is in a file, and notes that it ran. */
const printing = (file: string, log: string): ApiKey => ({
  command: [
    process.execPath,
    "-e",
    "const f=require('fs');f.appendFileSync(process.argv[2],'x');process.stdout.write(f.readFileSync(process.argv[1]))",
    file,
    log,
  ],
});

describe("a key from a command", () => {
  it("is printed by a program without a shell, and kept", async () => {
    const [file, log] = [join(folder, "key; echo $HOME"), join(folder, "log")];
    await writeFile(file, "  vault-key-123456\n");
    const own = provider(printing(file, log));
    const outcomes = await Promise.all([ask(own), ask(own)]);
    expect(outcomes.map(({ text }) => text)).toEqual(["par", "par"]);
    await ask(own);
    expect(sent()).toEqual(Array(3).fill("Bearer vault-key-123456"));
    expect(await readFile(log, "utf8")).toBe("x");
  });

  it("is had anew once the endpoint has refused it, and is never shown", async () => {
    const [file, log] = [join(folder, "key"), join(folder, "log")];
    await writeFile(file, "vault-key-old-1");
    taken = "vault-key-new-2";
    const own = provider(printing(file, log));
    const { error } = await ask(own);
    expect(error?.kind).toBe("auth");
    expect(error?.message).not.toContain("vault-key-old-1");
    await writeFile(file, "vault-key-new-2");
    expect(await ask(own)).toMatchObject({ error: null, text: "par" });
    expect(await readFile(log, "utf8")).toBe("xx");
  });

  it.each<[string, readonly [string, ...string[]], string]>([
    ["fails", [process.execPath, "-e", "console.log('half-a-secret');process.exit(3)"], "failed (3)"],
    ["is not there", ["/nowhere/signalbox-no-such-program"], "failed (ENOENT)"],
    ["prints nothing", [process.execPath, "-e", ""], "holds nothing"],
    [
      "prints a page",
      [process.execPath, "-e", "console.log('two\\nlines of secret')"],
      "characters that no key can have",
    ],
  ])("of a program that %s is an error of the key, and nothing is sent", async (_, command, reason) => {
    const { error } = await ask(provider({ command }));
    expect(error).toMatchObject({ kind: "auth", unsent: true });
    expect(error?.message).toContain(reason);
    expect(error?.message).not.toContain("secret");
    expect(server.received).toEqual([]);
  });

  it("does not hold a call that is cancelled", async () => {
    const own = provider({ command: [process.execPath, "-e", "setTimeout(() => {}, 3000)"] });
    const startedMs = performance.now();
    expect((await ask(own, AbortSignal.timeout(100))).kind).toBe("cancelled");
    expect(performance.now() - startedMs).toBeLessThan(2500);
  });
});

describe("a key from a file", () => {
  it("is read with the first call, and again when it was refused", async () => {
    const file = join(folder, "key");
    await writeFile(file, "file-key-old-123\n");
    const own = provider({ file });
    expect(await ask(own)).toMatchObject({ text: "par" });
    taken = "file-key-new-123";
    await writeFile(file, "file-key-new-123\n");
    expect(await ask(own)).toMatchObject({ kind: "auth" });
    expect(await ask(own)).toMatchObject({ text: "par" });
    expect(sent()).toEqual(["Bearer file-key-old-123", "Bearer file-key-old-123", "Bearer file-key-new-123"]);
  });

  it("that is not there is an error of the key, and nothing is sent", async () => {
    const { error } = await ask(provider({ file: join(folder, "gone") }));
    expect(error).toMatchObject({ kind: "auth", unsent: true });
    expect(error?.message).toContain("ENOENT");
    expect(server.received).toEqual([]);
  });
});
