// A bare server on the same SDK: what start-up and a call cost before Signalbox does anything.
// `echo` does nothing; `limit` does one HTTP request to the sandbox and one ledger-like transaction, the least a routed call can do.
import { McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { z } from "zod";

/** @type {import("better-sqlite3").Statement | undefined} */
let insert;

async function oneCall() {
  if (insert === undefined) {
    const { default: Database } = await import("better-sqlite3");
    const db = new Database(process.env.BENCH_DB);
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = NORMAL");
    db.exec("CREATE TABLE IF NOT EXISTS calls (at INTEGER, cost INTEGER)");
    insert = db.prepare("INSERT INTO calls VALUES (?, ?)");
  }
  const body = { model: "gpt-6-luna", stream: true, messages: [{ role: "user", content: "Say something short." }] };
  const response = await fetch(`${process.env.OPENAI_BASE_URL}/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer sandbox", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  insert.run(Date.now(), text.length);
  return text;
}

serveStdio(() => {
  const server = new McpServer({ name: "bare", version: "1.0.0" });
  server.registerTool("echo", { description: "Echo", inputSchema: z.object({ text: z.string() }) }, ({ text }) => ({
    content: [{ type: "text", text }],
  }));
  server.registerTool(
    "limit",
    { description: "One request, one transaction", inputSchema: z.object({}) },
    async () => ({
      content: [{ type: "text", text: await oneCall() }],
    }),
  );
  return server;
});
