import type { ServerResponse } from "node:http";
import { afterEach, vi } from "vitest";
import { stub, type Received, type Stub } from "./support.ts";

/** How an endpoint answers a request. */
export type Answer = (request: Received, response: ServerResponse) => void;

/** Makes an endpoint for the test that asks: it answers each request as told, and ends with the test, as variables that were set do. */
export function endpoints(): (answer: Answer) => Promise<Stub> {
  let server: Stub | null = null;
  afterEach(async () => {
    await server?.close();
    server = null;
    vi.unstubAllEnvs();
  });
  return async (answer) => {
    const started = await stub((response) => {
      const request = started.received.at(-1);
      if (request === undefined) throw new Error("nothing was received");
      answer(request, response);
    });
    server = started;
    return started;
  };
}
