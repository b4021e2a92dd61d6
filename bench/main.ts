import { benchOverhead } from "./overhead.ts";
import { forkSandbox } from "./sandbox-process.ts";
import { benchStdio } from "./stdio.ts";

/** `npm run bench`: everything side by side, in one run, against the sandbox in a process of its own. */
const sandbox = await forkSandbox();
try {
  print(
    "In process: a routed call (plan, reservation, call, verdict, settlement) against the bare SDK call",
    await benchOverhead(sandbox.env),
  );
  print("Over stdio, through a real MCP client", await benchStdio(sandbox.env));
} finally {
  sandbox.close();
}

function print(title: string, rows: string[][]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  console.log(`\n${title}`);
  for (const row of rows)
    console.log(
      `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ")}`,
    );
}
