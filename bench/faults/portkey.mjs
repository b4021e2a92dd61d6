// Plain JavaScript on purpose: the peers are installed for the bench alone, so other machines do not have their types.
//
// `@portkey-ai/gateway` as a process of its own on this machine, asked by the OpenAI SDK, configured as well as its documentation allows:
// - strategy "fallback" without `on_status_codes`, so that it goes on after anything that is no success;
// - `request_timeout` per target (three fit into the deadline);
// - an output guardrail that denies an answer without words, a failure to fall back on as well (it is not asked about an empty one);
// - custom hosts: the sandbox's four vendors;
// - the oldest `@hono/node-server` that it allows (an override in bench/package.json): with today's every stream ends in a 500;
// - a caller who takes only what ended with "stop", and who gives up at the deadline.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import OpenAI from "openai";

const SERVER = fileURLToPath(import.meta.resolve("@portkey-ai/gateway/build/start-server.js"));
const START_MS = 20_000;
const POLL_MS = 50;

/** @type {typeof import("./portkey.d.mts").portkeyGateway} */
export async function portkeyGateway({ env, attemptMs }) {
  const hosts = {
    anthropic: { provider: "anthropic", custom_host: `${env.ANTHROPIC_BASE_URL}/v1` },
    openai: { provider: "openai", custom_host: env.OPENAI_BASE_URL },
    together: { provider: "together-ai", custom_host: env.TOGETHER_BASE_URL.replace(/\/v1$/, "") },
    google: { provider: "google", custom_host: env.GOOGLE_GEMINI_BASE_URL },
  };
  const port = await freePort();
  const gateway = spawn(process.execPath, [SERVER, "--headless", `--port=${port}`], {
    stdio: "ignore",
    env: { PATH: process.env.PATH, NODE_ENV: "production" },
  });
  const baseURL = `http://127.0.0.1:${port}/v1`;
  await answering(baseURL);
  const client = new OpenAI({ apiKey: "sandbox", baseURL, maxRetries: 0, logLevel: "off" });

  const targetOf = ({ vendor, wireId }) => ({
    ...hosts[vendor],
    api_key: "sandbox",
    override_params: { model: wireId },
    request_timeout: attemptMs,
    output_guardrails: [{ "default.regexMatch": { rule: "\\S" }, deny: true }],
  });
  return {
    name: "`@portkey-ai/gateway`",
    short: "Portkey",
    close: () => void gateway.kill(),
    async ask({ candidates, system, prompt, transport }) {
      const config = { strategy: { mode: "fallback" }, targets: candidates.map(targetOf) };
      const messages = [
        { role: "system", content: system },
        { role: "user", content: prompt },
      ];
      const body = { model: candidates[0].wireId, messages, max_completion_tokens: 8192 };
      const options = { headers: { "x-portkey-config": JSON.stringify(config) } };
      if (transport === "whole") {
        const answer = await client.chat.completions.create(body, options);
        const choice = answer.choices?.[0];
        return finished(choice?.message?.content ?? "", choice?.finish_reason);
      }
      const chunks = await client.chat.completions.create({ ...body, stream: true }, options);
      let text = "";
      let finishReason;
      for await (const chunk of chunks) {
        text += chunk.choices?.[0]?.delta?.content ?? "";
        finishReason = chunk.choices?.[0]?.finish_reason ?? finishReason;
      }
      return finished(text, finishReason);
    },
  };
}

function finished(text, finishReason) {
  // The gateway passes the vendors' own words on.
  if (!["stop", "end_turn", "eos", "STOP"].includes(finishReason)) throw new Error(`finish reason ${finishReason}`);
  return text;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Until it answers anything at all. */
async function answering(url) {
  const untilMs = performance.now() + START_MS;
  while (performance.now() < untilMs) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`The gateway did not start within ${START_MS} ms`);
}
