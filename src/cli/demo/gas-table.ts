import { z } from "zod";
import type { Output } from "../command.ts";
import { renderTable } from "../print.ts";

const Row = z.object({ before: z.number(), after: z.number(), saved_percent: z.number() });
/** What the gas check measures, as far as the table shows it. */
const GasMeasured = z.object({
  gas: z.object({ functions: z.array(Row.extend({ signature: z.string() })), deployment: Row }),
});

const MOST_ROWS = 8;

/** Gas before and after, by function and of the deployment; `null` when another check measured it. */
export async function gasTable(measured: unknown, out: Output): Promise<string | null> {
  const parsed = GasMeasured.safeParse(measured);
  if (!parsed.success) return null;
  const { functions, deployment } = parsed.data.gas;
  const rows = [...functions.slice(0, MOST_ROWS), { ...deployment, signature: "deployment" }];
  return renderTable(
    out,
    [
      { head: "gas of" },
      { head: "before", align: "right" },
      { head: "after", align: "right" },
      { head: "saved", align: "right" },
    ],
    rows.map(({ signature, before, after, saved_percent: percent }) => [
      signature,
      before.toLocaleString("en"),
      after.toLocaleString("en"),
      `${percent.toFixed(1)}%`,
    ]),
  );
}
