import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../../src/sandbox/server.ts";
import { launch } from "../../support/launched.ts";
import { freshPostgres, noPostgres } from "../../support/postgres.ts";
import { modern, post } from "./support/raw.ts";

type Result = Readonly<Record<string, unknown>>;

/** A request of the new era, from a client that has a user and knows tasks. */
async function ask(url: URL, method: string, params: Record<string, unknown>): Promise<Result> {
  const { message, headers } = modern(method, params);
  message.params._meta["io.modelcontextprotocol/clientCapabilities"] = {
    elicitation: { form: {} },
    extensions: { "io.modelcontextprotocol/tasks": {} },
  };
  const name = typeof params["taskId"] === "string" ? { "mcp-name": params["taskId"] } : {};
  const text = await (await post(url, message, { ...headers, ...name })).text();
  const line = text.startsWith("{") ? text : (/^data: (.*)$/mu.exec(text)?.[1] ?? "{}");
  return (JSON.parse(line) as { readonly result?: Result }).result ?? {};
}

/** Two real processes of `serve --http` on one ledger, over the sandbox. */
async function twoProcesses(config: object): Promise<readonly [URL, URL]> {
  const sandbox = await startSandbox();
  const folder = mkdtempSync(join(tmpdir(), "signalbox-instances-"));
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  const env = { ...sandbox.env, SIGNALBOX_DB: await freshPostgres(), SIGNALBOX_CONFIG: join(folder, "config.json") };
  const processes = [0, 1].map(() => launch(["serve", "--http", "--port", "0"], folder, env));
  onTestFinished(async () => {
    for (const { child } of processes) child.kill("SIGTERM");
    await Promise.all(processes.map(({ ended }) => ended));
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const [one, other] = await Promise.all(
    processes.map(
      ({ child }) =>
        new Promise<URL>((resolve, reject) => {
          let said = "";
          child.stderr?.on("data", (chunk: Buffer) => {
            said += chunk.toString();
            const found = /at (http:\S+)/.exec(said)?.[1];
            if (found !== undefined) resolve(new URL(found));
          });
          child.once("exit", () => reject(new Error(`it ended: ${said}`)));
        }),
    ),
  );
  if (one === undefined || other === undefined) throw new Error("there are two");
  return [one, other];
}

describe.skipIf(noPostgres !== null)("two processes on one ledger", () => {
  test("an approval that one asked for is used once, though both get it at once", async () => {
    const [one, other] = await twoProcesses({ approval_usd: 0 });
    const call = { name: "route_task", arguments: { task: "general", prompt: "What are railway signals for?" } };
    const approvedAtOne = async (): Promise<Record<string, unknown>> => {
      const asked = await ask(one, "tools/call", call);
      expect(asked).toMatchObject({ resultType: "input_required" });
      const inputResponses = { approval: { action: "accept", content: { approve: true } } };
      return { ...call, requestState: asked["requestState"], inputResponses };
    };
    const elsewhere = await approvedAtOne();
    expect((await ask(other, "tools/call", elsewhere))["isError"]).not.toBe(true);
    expect(await ask(one, "tools/call", elsewhere)).toMatchObject({ isError: true });

    const approved = await approvedAtOne();
    const answers = await Promise.all([other, one, other, one].map((url) => ask(url, "tools/call", approved)));
    expect(answers.filter(({ isError }) => isError !== true)).toHaveLength(1);
    expect(answers.filter((answer) => JSON.stringify(answer).includes("used before"))).toHaveLength(3);
  });

  test("a task of one is fetched from the other", async () => {
    const [one, other] = await twoProcesses({});
    const call = {
      name: "route_task",
      arguments: { task: "general", prompt: "What are railway signals for?", deadline_ms: 60_000 },
    };
    const made = await ask(one, "tools/call", call);
    expect(made).toMatchObject({ resultType: "task" });
    await expect
      .poll(() => ask(other, "tasks/get", { taskId: String(made["taskId"]) }))
      .toMatchObject({ status: "completed", result: { structuredContent: { text: expect.any(String) as string } } });
  });
});
