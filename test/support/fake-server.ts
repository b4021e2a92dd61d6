import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../../src/core/ports.ts";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import { fakeService } from "./fake-service.ts";

/** MCP over stdio with a fake service behind it: what the tests spawn. Says on stderr what became of it. */
const clock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    }),
};

// Clients lose progress that arrives in one piece with the result.
const service = fakeService({ pause: () => wait(5) });
await serveStdioServer(service, { version: "1.2.3", clock, onError: (error) => console.error("error:", error) });
// One turn of the loop, so that the service has seen the aborted calls.
await new Promise(setImmediate);
console.error(`closed, ${service.cancelledCalls()} cancelled, ${service.listeners()} listening`);
