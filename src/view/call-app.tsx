import { useEffect, useState } from "preact/hooks";
import type { RouteResult } from "../core/contract.ts";
import type { SpendReportOutput } from "../core/contract-reports.ts";
import type { Receipt } from "../core/contract-resources.ts";
import type { Host, HostCall } from "./host-source.ts";
import { PageApp } from "./page-app.tsx";
import { Figure, SpendOf, Totals } from "./panels.tsx";
import { Promises } from "./promises.tsx";
import { ReceiptView } from "./receipt.tsx";
import { usd, words } from "./words.ts";

/** The view beside a tool's result in an MCP client. */
export function CallApp({ host }: { readonly host: Host }) {
  const [call, setCall] = useState<HostCall | null>(null);
  useEffect(() => host.onCall(setCall), [host]);
  if (call === null) return <p role="status">Waiting for the result …</p>;
  if (call.isError) return <p role="alert">{call.text}</p>;
  const { structured } = call;
  if ("route_id" in structured) return <RouteCall result={structured as unknown as RouteResult} host={host} />;
  if (!("totals" in structured)) return <p role="alert">This result has nothing to show.</p>;
  return <SpendCall report={structured as unknown as SpendReportOutput} call={call} host={host} />;
}

/** The result itself; below it all of the view, where the host lets it read. */
function SpendCall({
  report,
  call,
  host,
}: {
  readonly report: SpendReportOutput;
  readonly call: HostCall;
  readonly host: Host;
}) {
  const asked = call.arguments["group_by"];
  const by = typeof asked === "string" ? asked : "day";
  return (
    <>
      <section aria-labelledby="report">
        <h2 id="report">This report</h2>
        <Promises report={report.report} />
        <Totals totals={report.totals} />
        <SpendOf title={`Spend by ${by}`} of={by} rows={report.rows} />
      </section>
      {host.source !== null && <PageApp source={host.source} code={null} />}
    </>
  );
}

/** The receipt of the request, or its result where the host does not let the page read it. */
function RouteCall({ result, host }: { readonly result: RouteResult; readonly host: Host }) {
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  useEffect(() => {
    // Then its result stays.
    host.source?.receipt(result.route_id).then(setReceipt, () => undefined);
  }, [result.route_id]);
  if (receipt !== null) return <ReceiptView receipt={receipt} />;
  return (
    <section aria-labelledby="result">
      <h2 id="result">{words(result.status)}</h2>
      <dl class="numbers">
        <Figure name="Model" value={result.model} />
        <Figure name="Cost" value={usd(result.cost_usd)} />
        {result.saved_usd !== null && <Figure name="Saved" value={usd(result.saved_usd)} />}
      </dl>
      <p>
        <strong>{result.verdict.status}</strong>: {result.verdict.summary}
      </p>
      <p class="note">{result.receipt}</p>
    </section>
  );
}
