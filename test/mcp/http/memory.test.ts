import { Agent } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test } from "vitest";
import { quickPost } from "./support/raw.ts";
import { serveHttp } from "./support/serve.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const SESSIONS = 1000;
const MINUTE_MS = 60_000;

/** What is in use when everything that can go has gone. */
async function heapBytes(): Promise<number> {
  for (let round = 0; round < 4; round += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}

test("1,000 sessions of old clients, opened and abandoned: their memory comes back when they have been idle", async () => {
  const { url, clock, server, service } = await serveHttp({ requestsPerMinute: 1_000_000, sessionIdleMs: MINUTE_MS });
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  onTestFinished(() => agent.destroy());
  const abandon = async (): Promise<void> => {
    let left = SESSIONS;
    const open = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        expect(await quickPost(url("/mcp"), agent)).toBe(200);
      }
    };
    await Promise.all(Array.from({ length: 20 }, open));
  };
  // What is compiled and cached once is no leak.
  await abandon();
  await clock.advance(2 * MINUTE_MS);

  const before = await heapBytes();
  await abandon();
  expect(server.sessions()).toBe(SESSIONS);
  const held = (await heapBytes()) - before;
  await clock.advance(2 * MINUTE_MS);
  expect(server.sessions()).toBe(0);
  const kept = (await heapBytes()) - before;

  console.log(`1,000 sessions held ${(held / 1e6).toFixed(1)} MB, ${(kept / 1e6).toFixed(1)} MB after they ended`);
  expect(held).toBeGreaterThan(1_000_000);
  expect(kept).toBeLessThan(held / 10);
  expect(service.listeners()).toBe(0);
}, 120_000);
