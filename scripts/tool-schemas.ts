import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { tools } from "../src/mcp/tools/index.ts";

/** Writes `src/mcp/tools/schemas.json`: what `tools/list` answers, but for the ids of the tasks. */
export function toolSchemas(): string {
  return `${JSON.stringify(Object.fromEntries(tools.map((tool) => [tool.name, tool.makeSchemas()])), null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(new URL("../src/mcp/tools/schemas.json", import.meta.url), toolSchemas());
}
