import { stdin, stdout } from "node:process";
import { text } from "node:stream/consumers";
import type { HostReply, VisitOrder } from "./visit.ts";

/**
 * A process of its own for one visit: reads a {@link VisitOrder} from its standard input and prints a {@link HostReply}. Whatever
 * becomes of the browser, the server is not touched; and when this process is ended, the browser loses its pipe and ends as well.
 */
const order = JSON.parse(await text(stdin)) as VisitOrder;
let reply: HostReply;
try {
  const { visitPage } = await import("./load-page.ts");
  reply = { ok: true, visit: await visitPage(order) };
} catch (error) {
  reply = { ok: false, problem: error instanceof Error ? error.message : String(error) };
}
stdout.write(JSON.stringify(reply));
