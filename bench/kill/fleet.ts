import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { between, type Random } from "../random.ts";

/** One of the processes: the launcher as clients start it, killed and started again until all of its requests were made. */
export interface SlotPlan {
  readonly name: string;
  readonly requests: number;
  /** Requests that are in flight at any time. */
  readonly inFlight: number;
  /** The arguments of `route_task` but for the prompt. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  readonly random: Random;
  /** A process is killed when it has given so many answers, least and most, and up to `thenMs` later. */
  readonly killAfter: { readonly least: number; readonly most: number; readonly thenMs: number };
}

/** How a request ended for its client. `lost`: its process was killed. `crashed`: its process lived, but there was no answer. */
export interface Sent {
  readonly ending: "answered" | "failed" | "refused" | "lost" | "crashed";
  /** Of the receipt, where an answer came. */
  readonly routeId: string | null;
  readonly message: string;
  readonly retryAfterMs: number | null;
}

export interface SlotResult {
  readonly sent: readonly Sent[];
  readonly kills: number;
}

const LAUNCH = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
const CALL_TIMEOUT_MS = 120_000;

export async function runSlot(plan: SlotPlan): Promise<SlotResult> {
  const sent: Sent[] = [];
  let next = 0;
  let kills = 0;
  while (next < plan.requests) {
    const server = await start(plan.env);
    const killAt = between(plan.random, plan.killAfter.least, plan.killAfter.most);
    const killDelayMs = between(plan.random, 0, plan.killAfter.thenMs);
    let answers = 0;
    let timer: NodeJS.Timeout | undefined;
    const sendOnes = async (): Promise<void> => {
      while (next < plan.requests && !server.killed()) {
        next += 1;
        const prompt = `Note ${plan.name}-${next}: what are railway signals for?`;
        sent.push(await send(server, { ...plan.input, prompt }));
        answers += 1;
        if (answers === killAt) timer = setTimeout(server.kill, killDelayMs);
      }
    };
    await Promise.all(Array.from({ length: plan.inFlight }, sendOnes));
    clearTimeout(timer);
    if (server.killed()) kills += 1;
    await server.close();
  }
  return { sent, kills };
}

interface Server {
  readonly client: Client;
  readonly killed: () => boolean;
  readonly kill: () => void;
  close(): Promise<void>;
}

async function start(env: Readonly<Record<string, string>>): Promise<Server> {
  const client = new Client({ name: "kill-test", version: "1.0.0" });
  const transport = new StdioClientTransport({ command: process.execPath, args: [LAUNCH], env: { ...env } });
  await client.connect(transport);
  const { pid } = transport;
  if (pid === null) throw new Error("The server has no process");
  let killed = false;
  return {
    client,
    killed: () => killed,
    kill: () => {
      killed = true;
      process.kill(pid, "SIGKILL");
    },
    close: () => client.close(),
  };
}

async function send({ client, killed }: Server, input: Record<string, unknown>): Promise<Sent> {
  try {
    const result = await client.callTool({ name: "route_task", arguments: input }, { timeout: CALL_TIMEOUT_MS });
    return read(result.structuredContent as Record<string, unknown>);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ending: killed() ? "lost" : "crashed", routeId: null, message, retryAfterMs: null };
  }
}

function read(structured: Record<string, unknown>): Sent {
  const { route_id: routeId, error } = structured as {
    readonly route_id?: string;
    readonly error?: {
      readonly code: string;
      readonly message: string;
      readonly retry_after_ms?: number;
      readonly route_id?: string;
    };
  };
  if (error === undefined) return { ending: "answered", routeId: routeId ?? null, message: "", retryAfterMs: null };
  return {
    ending: error.code === "budget_exceeded" ? "refused" : "failed",
    routeId: error.route_id ?? null,
    message: `${error.code}: ${error.message}`,
    retryAfterMs: error.retry_after_ms ?? null,
  };
}
