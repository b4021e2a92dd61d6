import type { ServerResponse } from "node:http";
import type { BillLine } from "./bill.ts";
import type { SandboxCall } from "./call.ts";
import { parseFault, type Fault } from "./faults.ts";
import { sendJson } from "./send.ts";
import { asRecord } from "./wire/wire.ts";

/** What can be asked and changed while the sandbox runs: in this process, and by others under `/sandbox/`. */
export interface SandboxControls {
  /**
   * Makes a model (`*`: every model without a fault of its own) fail from the next call on; `null` makes it well again.
   * Throws RangeError when the wire id is unknown or the fault makes no sense.
   */
  setFault(wireId: string, fault: Fault | null): void;
  /** Calls that reached a vendor's endpoint with a key, refused ones included, oldest first. */
  readonly calls: readonly SandboxCall[];
  /** What the vendors would bill as of now; the rules are in bill.ts. */
  readonly bill: readonly BillLine[];
  billedNanoUsd(): number;
  /** Forgets calls, bill and faults. */
  reset(): void;
}

const KNOWN = [
  "POST /sandbox/faults",
  "POST /sandbox/reset",
  "GET /sandbox/bill",
  "GET /sandbox/calls",
  "GET /sandbox/total",
];

/**
 * `POST /sandbox/faults {model, fault}` (`fault`: an object, a bare name, or null to make it well), `POST /sandbox/reset`,
 * `GET /sandbox/bill`, `GET /sandbox/calls`, and `GET /sandbox/total` for their sums alone. Answers 400 with a message when the input makes no sense, 404 otherwise.
 */
export function control(
  sandbox: SandboxControls,
  method: string,
  path: string,
  body: unknown,
  response: ServerResponse,
): void {
  switch (`${method} ${path}`) {
    case "POST /sandbox/faults":
      setFault(sandbox, asRecord(body), response);
      return;
    case "POST /sandbox/reset":
      sandbox.reset();
      sendJson(response, 200, { ok: true });
      return;
    case "GET /sandbox/bill":
      sendJson(response, 200, { nanoUsd: sandbox.billedNanoUsd(), lines: sandbox.bill });
      return;
    case "GET /sandbox/total":
      sendJson(response, 200, { nanoUsd: sandbox.billedNanoUsd(), calls: sandbox.calls.length });
      return;
    case "GET /sandbox/calls":
      sendJson(response, 200, { calls: sandbox.calls });
      return;
    default:
      sendJson(response, 404, { error: { message: `Known here: ${KNOWN.join(", ")}` } });
  }
}

function setFault(sandbox: SandboxControls, body: Readonly<Record<string, unknown>>, response: ServerResponse): void {
  const { model, fault } = body;
  if (typeof model !== "string" || fault === undefined) {
    sendJson(response, 400, { error: { message: 'Expected {"model": wire id or "*", "fault": a fault or null}' } });
    return;
  }
  try {
    sandbox.setFault(model, fault === null ? null : parseFault(fault));
    sendJson(response, 200, { ok: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    sendJson(response, 400, { error: { message: error.message } });
  }
}
