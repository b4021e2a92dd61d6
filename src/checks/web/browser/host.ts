import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { exit, stdin, stdout } from "node:process";
import { createInterface } from "node:readline";
import type { HostReply, VisitOrder } from "./visit.ts";

/**
 * A process of its own for one visit: reads a {@link VisitOrder} as a line of its standard input and prints a {@link HostReply}.
 * A crash of the browser does not affect the server. The input stays open as long as the server lives: when it ends, this process
 * ends too, with the browser and the folder that both write to.
 */
const input = createInterface({ input: stdin });
input.once("close", () => {
  rmSync(tmpdir(), { recursive: true, force: true, maxRetries: 3 });
  exit(1);
});
const line = await new Promise<string>((resolve) => input.once("line", resolve));
const reply = await visitOrProblem(JSON.parse(line) as VisitOrder);
stdout.write(JSON.stringify(reply), () => exit(0));

async function visitOrProblem(order: VisitOrder): Promise<HostReply> {
  try {
    const { visitPage } = await import("./load-page.ts");
    return { ok: true, visit: await visitPage(order) };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}
