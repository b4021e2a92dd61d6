import { startSandbox } from "../../src/sandbox/server.ts";
import { type Column, COLUMNS, connectColumn } from "./columns.ts";
import { LONG_ANSWER, LONG_REQUEST, REQUEST, rowsFor } from "./rows.ts";

/** What came of a row in a column: "ok", or why not. */
export interface Cell {
  readonly row: string;
  readonly column: string;
  readonly outcome: string;
}

export const titleOf = ({ client, over }: Column): string => `${client} ${over}`;

/** Everything that a client does, for one client on one way, against the product in a process of its own. */
export async function runColumn(column: Column): Promise<readonly Cell[]> {
  const sandbox = await startSandbox({ answers: ({ user }) => (user === LONG_REQUEST.prompt ? LONG_ANSWER : null) });
  const connection = await connectColumn(column, sandbox.env);
  const { client } = connection;
  const cells: Cell[] = [];
  try {
    const first = await client.callTool("route_task", REQUEST);
    const long = await client.callTool("route_task", LONG_REQUEST);
    const trial = {
      client,
      sandbox,
      routeId: String(first.structured["route_id"]),
      longRouteId: String(long.structured["route_id"]),
    };
    for (const { name, run } of await rowsFor(client)) {
      sandbox.reset();
      const outcome = await run(trial).then(
        () => "ok",
        (error: unknown) => String(error),
      );
      cells.push({ row: name, column: titleOf(column), outcome });
    }
  } finally {
    await connection.close();
    await sandbox.close();
  }
  return cells;
}

/** The whole matrix as Markdown. */
export async function printedMatrix(): Promise<{ readonly text: string; readonly allGreen: boolean }> {
  const cells: Cell[] = [];
  for (const column of COLUMNS) cells.push(...(await runColumn(column)));
  const columns = COLUMNS.map(titleOf);
  const rows = [...new Set(cells.map(({ row }) => row))];
  const mark = (row: string, column: string): string => {
    const outcome = cells.find((cell) => cell.row === row && cell.column === column)?.outcome;
    return outcome === "ok" ? "✓" : `✗ ${outcome ?? "not listed"}`;
  };
  const lines = rows.map((row) => [row, ...columns.map((column) => mark(row, column))]);
  const head = ["", ...columns];
  const text = [head, head.map(() => "---"), ...lines].map((line) => `| ${line.join(" | ")} |`).join("\n");
  return { text, allGreen: rows.every((row) => columns.every((column) => mark(row, column) === "✓")) };
}
