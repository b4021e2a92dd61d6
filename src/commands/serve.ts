import { chooseTools } from "../mcp/choose.ts";
import type { Command, Flag } from "./command.ts";
import { usageError } from "./usage.ts";

/** Which tools a server offers. */
export interface ToolFlags {
  readonly tools?: string;
  readonly readOnly?: boolean;
}

export const TOOL_FLAGS: readonly Flag[] = [
  { flags: "--tools <names>", about: "offer only these tools: route_task,estimate_cost" },
  { flags: "--read-only", about: "offer only tools that spend and change nothing" },
];

/** The tools that the flags leave. Throws a usage error for a name that no tool has. */
export function toolsOf({ tools, readOnly }: ToolFlags) {
  const names = tools === undefined ? null : tools.split(",").map((name) => name.trim());
  const chosen = chooseTools({ names, readOnly: readOnly === true });
  if (!chosen.ok) throw usageError(`--tools: ${chosen.problem}`);
  return chosen.tools;
}

/** `signalbox serve` */
export const serve: Command<ToolFlags> = {
  flags: TOOL_FLAGS,
  examples: ["serve", "serve --read-only", "serve --tools route_task,estimate_cost"],
  run: async (flags, world) => world.serve({ over: "stdio", tools: toolsOf(flags) }),
};
