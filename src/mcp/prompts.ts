import { completable, type McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { Service } from "../core/service.ts";
import type { Tool } from "./define-tool.ts";

/** Texts that a user starts by name: what to do with the tools. A prompt is there when its tool is. */
export function registerPrompts(server: McpServer, service: Service, offered: readonly Tool[]): void {
  const names = new Set(offered.map(({ name }) => name));
  if (names.has("route_task")) registerDelegate(server, service);
  if (names.has("spend_report")) registerSpend(server);
  if (names.has("get_receipt")) registerWhy(server, service);
}

function registerDelegate(server: McpServer, service: Service): void {
  const about = {
    title: "Delegate a subtask",
    description: "Hands a subtask to a cheaper model and has its answer verified",
    argsSchema: z.object({
      subtask: z.string().describe("What is to be done"),
      budget_usd: z.string().optional().describe("The most that it may cost, USD"),
    }),
  };
  server.registerPrompt("delegate", about, ({ subtask, budget_usd: budget }) =>
    asked([
      `Delegate this subtask with Signalbox${budget === undefined ? "" : `, for at most $${budget}`}:`,
      "",
      subtask,
      "",
      `1. Pick the task: ${service
        .policy()
        .map(({ task }) => task)
        .join(", ")}, or auto.`,
      "2. Write a prompt that stands alone; put the code and text it needs into context. The model sees nothing else.",
      "3. Write accept: criteria that a tool can check (calls with their results, elements of a page, words that must appear).",
      `4. Call route_task${budget === undefined ? "" : ` with budget_usd ${budget}`}.`,
      '5. Read the verdict. Check an "unchecked" answer yourself before you use it.',
      "6. When you know whether the answer worked, call report_outcome.",
    ]),
  );
}

function registerSpend(server: McpServer): void {
  const about = {
    title: "What was spent",
    description: "Spend, savings and verdicts of a period",
    argsSchema: z.object({ since: z.string().optional().describe("YYYY-MM-DD; default: seven days ago") }),
  };
  server.registerPrompt("spend", about, ({ since }) =>
    asked([
      `Call spend_report since ${since ?? "seven days ago"}, once grouped by model and once by task.`,
      "Say in a few lines what was spent, what the baseline model alone would have cost, what was saved (it may be negative), and which",
      "model and task took most. Name how many answers were verified and how many are unchecked.",
    ]),
  );
}

function registerWhy(server: McpServer, service: Service): void {
  const about = {
    title: "Why this answer",
    description: "Explains a route: who was asked, what failed, why the verdict came out so",
    argsSchema: z.object({
      route_id: completable(z.string().describe("From a result of route_task"), async (written) => [
        ...(await service.recentRouteIds(written ?? "")),
      ]),
    }),
  };
  server.registerPrompt("why", about, ({ route_id: routeId }) =>
    asked([
      `Call get_receipt for route_id ${routeId} with part summary, then attempts, checks and plan.`,
      "Explain in a few lines which models were asked and why the others were not, what each attempt cost, what failed and what",
      "happened then, and what the verdict stands on.",
    ]),
  );
}

function asked(lines: readonly string[]) {
  return { messages: [{ role: "user" as const, content: { type: "text" as const, text: lines.join("\n") } }] };
}
