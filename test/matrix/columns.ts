import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ClientKind, connectClients, connectHttp, type TestClient } from "../support/clients.ts";

/** A client that people have, and the way on which it comes. */
export interface Column {
  readonly client: ClientKind;
  readonly over: "stdio" | "HTTP" | "SSE";
}

/** The clients of the new era cannot speak to the pair of 2024; everything else goes together. */
export const COLUMNS: readonly Column[] = [
  ...(["stdio", "HTTP"] as const).flatMap((over) =>
    (["v1", "v2-legacy", "v2-auto", "v2-modern"] as const).map((client) => ({ client, over })),
  ),
  { client: "v1", over: "SSE" },
  { client: "v2-legacy", over: "SSE" },
];

/** A connected client and the process it speaks to. */
export interface Connection {
  readonly client: TestClient;
  close(): Promise<void>;
}

const LAUNCH = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
const TOKEN = "a-token-for-the-matrix";

/** Starts the product in a process of its own, on a ledger of its own, as its users do, and connects the client. */
export async function connectColumn({ client: kind, over }: Column, env: Record<string, string>): Promise<Connection> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-matrix-"));
  const own = { ...env, SIGNALBOX_DB: join(folder, "ledger.sqlite") };
  if (over === "stdio") {
    const client = await connectClients(kind, { command: process.execPath, args: [LAUNCH], env: own });
    return { client, close: () => closeAll(client, null, folder) };
  }
  const child = spawn(process.execPath, [LAUNCH, "serve", "--http", "--port", "0"], {
    env: { PATH: process.env["PATH"], ...own, SIGNALBOX_HTTP_TOKEN: TOKEN },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const url = await urlFrom(child);
  const client = await connectHttp(kind, over === "HTTP" ? url : new URL("/sse", url), TOKEN);
  return { client, close: () => closeAll(client, child, folder) };
}

async function closeAll(client: TestClient, child: ChildProcess | null, folder: string): Promise<void> {
  await client.close();
  if (child !== null && child.exitCode === null) {
    const ended = new Promise((resolve) => void child.once("close", resolve));
    child.kill();
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}

/** Where the server says it is. */
export function urlFrom(child: ChildProcess): Promise<URL> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stderr?.on("data", (part: Buffer) => {
      output += part.toString();
      const url = /http:\S+/u.exec(output)?.[0];
      if (url !== undefined) resolve(new URL(url));
    });
    child.once("close", () => reject(new Error(`The server has ended: ${output}`)));
  });
}
