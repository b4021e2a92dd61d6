import {
  type ClientCapabilities,
  type McpServer,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { capabilitiesOf } from "../approval.ts";
import type { Tasks } from "./store.ts";

export const TASKS_EXTENSION = "io.modelcontextprotocol/tasks";

const REQUIRED: ClientCapabilities = { extensions: { [TASKS_EXTENSION]: {} } };

/** Whether this request comes from a client that knows what a task is. The era before said so in another way, which is not served. */
export function knowsTasks(ctx: ServerContext): boolean {
  return capabilitiesOf(ctx, undefined)?.extensions?.[TASKS_EXTENSION] !== undefined;
}

const ById = z.looseObject({ taskId: z.string() });

/** Serves `tasks/get`, `tasks/update` and `tasks/cancel` to clients that declare the extension. */
export function serveTasks(server: McpServer, store: Tasks, principal: () => string | null): void {
  const schemas = { params: ById, result: z.looseObject({}) };
  server.server.setRequestHandler("tasks/get", schemas, async ({ taskId }, ctx) => {
    requireExtension(ctx);
    const task = await store.get(taskId, principal());
    if (task === null) throw unknown(taskId);
    return { ...task };
  });
  server.server.setRequestHandler("tasks/update", schemas, async ({ taskId }, ctx) => {
    requireExtension(ctx);
    // Nothing of ours ever waits for input, so that any such message is ignored.
    if ((await store.get(taskId, principal())) === null) throw unknown(taskId);
    return {};
  });
  server.server.setRequestHandler("tasks/cancel", schemas, async ({ taskId }, ctx) => {
    requireExtension(ctx);
    if (!(await store.cancel(taskId, principal()))) throw unknown(taskId);
    return {};
  });
}

function requireExtension(ctx: ServerContext): void {
  if (!knowsTasks(ctx)) throw new MissingRequiredClientCapabilityError({ requiredCapabilities: REQUIRED });
}

/** The same for a task that never was, is too old, or belongs to another principal. */
function unknown(taskId: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown task ${taskId.slice(0, 80)}`);
}
