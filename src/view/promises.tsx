import type { ReportOut } from "../core/contract-reports.ts";
import { Figure } from "./panels.tsx";
import { duration, share } from "./words.ts";

/** The five figures that Signalbox is held to, each with its target and whether it is met. */
export function Promises({ report }: { readonly report: ReportOut }) {
  const { right_model: right, saved_requests: saved, cost, latency, success } = report;
  const held = (of: { readonly target_share: number; readonly mark: string }): string =>
    `target ${share(of.target_share)}: ${of.mark}`;
  return (
    <dl class="numbers">
      <Figure name="First model was right" value={share(right.share)} note={held(right)} />
      <Figure name="Requests in need saved" value={share(saved.share)} note={held(saved)} />
      <Figure name={`Cost saved, ${cost.by}`} value={share(cost.share)} note={held(cost)} />
      <Figure name={`Within ${duration(latency.target_ms)}`} value={share(latency.share)} note={held(latency)} />
      <Figure name="Requests that succeeded" value={share(success.share)} note={held(success)} />
    </dl>
  );
}
