import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { SCENES } from "../src/cli/demo/scenes.ts";
import { SCRIPTS } from "../src/sandbox/answers/index.ts";
import { conclude, printMarkdown } from "./markdown.ts";

/**
 * `npm run bench:results`: how much of a result of `route_task` is no answer. The five kinds of tasks, with the demo's prompts and
 * criteria, against `signalbox --sandbox` over stdio.
 */
const TASKS = ["code_generation", "solidity_codegen", "ui_design", "planning", "extraction"];
const MOST_BESIDE_CHARS = 600;
const BIN = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

const home = await mkdtemp(path.join(tmpdir(), "signalbox-results-"));
const broken: string[] = [];
const client = new Client({ name: "results", version: "1" });
try {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [BIN, "--sandbox"],
    env: { HOME: home },
    stderr: "ignore",
  });
  await client.connect(transport);
  const rows: string[][] = [];
  for (const task of TASKS) rows.push(await rowOf(task));
  printMarkdown("structuredContent of route_task, UTF-16 units of its JSON", [
    ["task", "verdict", "answer", "all of it", "beside the answer", "text blocks"],
    ...rows,
  ]);
} finally {
  await client.close();
  await rm(home, { recursive: true, force: true });
}
conclude(broken);

async function rowOf(task: string): Promise<string[]> {
  const prompt = SCRIPTS.find((script) => script.task === task)?.prompt ?? "";
  const accept = SCENES.find((scene) => scene.task === task && scene.accept !== undefined)?.accept;
  const result = await client.callTool({
    name: "route_task",
    arguments: { task, prompt, ...(accept === undefined ? {} : { accept }) },
  });
  const structured = result.structuredContent as {
    readonly text: string;
    readonly verdict: { readonly status: string };
  };
  const all = JSON.stringify(structured).length;
  const answer = JSON.stringify(structured.text).length;
  const blocks = result.content.reduce((sum, block) => sum + (block.type === "text" ? block.text.length : 0), 0);
  const beside = all - answer;
  if (beside > MOST_BESIDE_CHARS) broken.push(`${task}: ${beside} beside the answer, at most ${MOST_BESIDE_CHARS}`);
  return [task, structured.verdict.status, ...[answer, all, beside, blocks].map(String)];
}
