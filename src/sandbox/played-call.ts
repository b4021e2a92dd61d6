import type { ServerResponse } from "node:http";
import type { OpenLine } from "./bill.ts";
import type { Reply } from "./call.ts";
import type { Fault } from "./faults.ts";
import type { Wire } from "./wire/wire.ts";

/** Everything that it takes to send a reply, well or badly. */
export interface PlayedCall {
  readonly response: ServerResponse;
  readonly wire: Wire;
  readonly stream: boolean;
  readonly reply: Reply;
  readonly fault: Fault | null;
  readonly line: OpenLine;
}
