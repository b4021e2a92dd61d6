import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Model } from "../core/model.ts";
import type { Answers } from "./answers/answer.ts";
import { answerFor } from "./answers/index.ts";
import { billedNanoUsd, createBill } from "./bill.ts";
import type { SandboxCall } from "./call.ts";
import { control, type SandboxControls } from "./control.ts";
import { createFaultBox, type Fault } from "./faults.ts";
import { PromptCaches } from "./prompt-caches.ts";
import { sendJson } from "./send.ts";
import { createVendor, type FaultChooser, type SandboxVendor } from "./vendor.ts";
import { anthropic } from "./wire/anthropic.ts";
import { google } from "./wire/google.ts";
import { openai } from "./wire/openai.ts";
import { together } from "./wire/together.ts";
import type { Wire } from "./wire/wire.ts";

/** The sandbox: four vendors on one loopback port. It needs no keys, sends nothing anywhere and keeps its own bill. */
export interface Sandbox extends SandboxControls {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** The variables that point Signalbox, or the vendors' SDKs, here. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the server and every open connection. */
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** By wire id, or `*`. */
  readonly faults?: Readonly<Record<string, Fault>>;
  /** Faults by call, before those by wire id. */
  readonly faultFor?: FaultChooser;
  /** Before the first byte of every answer, milliseconds. */
  readonly latencyMs?: number;
  /** Answers in place of the scripted ones. */
  readonly answers?: Answers;
  /** The models that exist, with their prices; the catalogue's by default. */
  readonly models?: readonly Model[];
  /** Epoch milliseconds, for dated prices and shutdowns. */
  readonly nowMs?: () => number;
}

const KEY = "sandbox";
/** As load balancers have it. At Node's five seconds a client that is kept waiting itself meets sockets that were closed meanwhile. */
const KEEP_ALIVE_MS = 75_000;
const MOST_BODY_BYTES = 32 * 1024 * 1024;

/** Starts the sandbox on 127.0.0.1. Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const models = options.models ?? (await import("../catalog/models.ts")).MODELS;
  const faults = createFaultBox();
  const bill = createBill();
  const caches = new PromptCaches();
  const calls: SandboxCall[] = [];
  const setFault = (wireId: string, fault: Fault | null): void => {
    if (wireId !== "*" && !models.some((model) => model.wireId === wireId)) {
      throw new RangeError(`No model has the wire id ${JSON.stringify(wireId)}; "*" stands for all`);
    }
    faults.set(wireId, fault);
  };
  for (const [wireId, fault] of Object.entries(options.faults ?? {})) setFault(wireId, fault);
  const vendor = createVendor({
    models,
    faults,
    faultFor: options.faultFor ?? (() => undefined),
    bill,
    caches,
    calls,
    latencyMs: options.latencyMs ?? 0,
    answers: (asked) => options.answers?.(asked) ?? answerFor(asked),
    nowMs: options.nowMs ?? Date.now,
  });
  const controls: SandboxControls = {
    setFault,
    calls,
    get bill() {
      return bill.lines();
    },
    billedNanoUsd: () => billedNanoUsd(bill.lines()),
    reset: () => {
      calls.length = 0;
      bill.clear();
      caches.clear();
      faults.clear();
    },
  };
  const server = createServer((request, response) => receive(request, response, vendor, controls));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Not a spread: `bill` stays a getter.
  return Object.assign(controls, {
    origin,
    env: environment(origin),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function environment(origin: string): Readonly<Record<string, string>> {
  return {
    ANTHROPIC_BASE_URL: `${origin}/anthropic`,
    OPENAI_BASE_URL: `${origin}/openai/v1`,
    TOGETHER_BASE_URL: `${origin}/together/v1`,
    GOOGLE_GEMINI_BASE_URL: `${origin}/gemini`,
    ANTHROPIC_API_KEY: KEY,
    OPENAI_API_KEY: KEY,
    TOGETHER_API_KEY: KEY,
    GEMINI_API_KEY: KEY,
  };
}

function receive(
  request: IncomingMessage,
  response: ServerResponse,
  vendor: SandboxVendor,
  controls: SandboxControls,
): void {
  const parts: Buffer[] = [];
  let bytes = 0;
  request.on("data", (part: Buffer) => {
    bytes += part.length;
    if (bytes <= MOST_BODY_BYTES) parts.push(part);
  });
  request.on("end", () => {
    if (bytes > MOST_BODY_BYTES) {
      sendJson(response, 413, { error: { message: `The body is over ${MOST_BODY_BYTES} bytes` } });
      return;
    }
    try {
      dispatch(request, Buffer.concat(parts).toString("utf8"), response, vendor, controls);
    } catch (error) {
      // Only an answers function that throws comes here; its author should see it, not a crash of the server.
      const message = `The sandbox could not answer: ${String(error)}`;
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: { message } });
    }
  });
}

function dispatch(
  request: IncomingMessage,
  text: string,
  response: ServerResponse,
  vendor: SandboxVendor,
  controls: SandboxControls,
): void {
  const { method = "GET", headers, url = "/" } = request;
  const [path = "/", query] = url.split("?", 2);
  const body = text === "" ? {} : parseJson(text);
  const wire = WIRES.find((each) => path.startsWith(`${each.prefix}/`));
  if (wire !== undefined) {
    const rest = path.slice(wire.prefix.length);
    vendor(wire, { method, path: rest, query: new URLSearchParams(query), headers, body }, response);
  } else if (path.startsWith("/sandbox/")) {
    control(controls, method, path, body, response);
  } else {
    const known = ["/sandbox", ...WIRES.map((each) => each.prefix)].join(", ");
    sendJson(response, 404, { error: { message: `This is the Signalbox sandbox; known here: ${known}` } });
  }
}

/** `undefined` when the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The four vendors' wire formats. */
export const WIRES: readonly Wire[] = [anthropic, openai, together, google];
