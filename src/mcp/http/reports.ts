import type { Service } from "../../core/service.ts";
import { isLedgerUnavailable } from "../../core/errors.ts";
import { refusal } from "./error-response.ts";
import type { Caller } from "./principal.ts";

export const METRICS_PATH = "/metrics";

/** The metrics of this process in Prometheus' text format. */
export interface MetricsText {
  readonly contentType: string;
  text(): Promise<string>;
}

/** `/metrics`: the owner's alone, because its figures are those of all principals. */
export async function answerMetrics(
  caller: Caller,
  service: Service,
  metrics: (() => Promise<MetricsText>) | undefined,
): Promise<Response> {
  if (caller.principal !== null) return refusal(403, "Only the owner's token may read /metrics");
  if (metrics === undefined) return refusal(404, "This server counts no metrics");
  const made = await metrics();
  try {
    await service.tellStanding();
  } catch (error) {
    // The counters are right all the same.
    if (!isLedgerUnavailable(error)) throw error;
  }
  return new Response(await made.text(), {
    headers: { "content-type": made.contentType, "cache-control": "no-store" },
  });
}
