import { scaleLinear } from "d3-scale";
import type { Receipt, ReceiptAttempt } from "../../core/contract-resources.ts";
import { duration, usd, words } from "../words.ts";
import { Chart } from "./chart.tsx";

const ROW = 44;
const AXIS = 24;

/** The calls of a request on one axis of time: when each began, its first token, how long it took and how it ended. */
export function Timeline({ receipt }: { readonly receipt: Receipt }) {
  const { attempts, latency_ms: latencyMs } = receipt;
  const end = Math.max(latencyMs ?? 0, ...attempts.map((each) => each.started_after_ms + each.latency_ms), 1);
  const summary = attempts
    .map((each) => `${each.model}, ${words(each.role)}: ${each.outcome} after ${duration(each.latency_ms)}`)
    .join("; ");
  return (
    <Chart
      title="Calls of this request"
      summary={`${summary}. Between the calls their answers are checked.`}
      height={() => attempts.length * ROW + AXIS}
      legend={[
        { mark: "good", text: "accepted" },
        { mark: "warn", text: "rejected by its checks" },
        { mark: "bad", text: "failed" },
        { mark: "tick", text: "first token" },
      ]}
      table={{
        heads: ["model", "role", "outcome", "verdict", "began after", "took", "first token", "tokens out", "cost"],
        words: 4,
        rows: attempts.map((each) => [
          each.model,
          words(each.role),
          outcomeOf(each),
          each.verdict === null ? "–" : each.verdict.status,
          duration(each.started_after_ms),
          duration(each.latency_ms),
          duration(each.first_token_ms),
          each.usage.output_tokens ?? "–",
          `${each.cost_is_estimated ? "about " : ""}${usd(each.cost_usd)}`,
        ]),
      }}
      draw={(width) => <Calls attempts={attempts} end={end} width={width} />}
    />
  );
}

/** What became of an attempt, with the kind of its error. */
export function outcomeOf({ outcome, error_kind: kind }: ReceiptAttempt): string {
  return kind === undefined ? outcome : `${outcome}: ${words(kind)}`;
}

const MARKS = { accepted: "good", rejected: "warn", failed: "bad" } as const;

function Calls({
  attempts,
  end,
  width,
}: {
  readonly attempts: readonly ReceiptAttempt[];
  readonly end: number;
  readonly width: number;
}) {
  const x = scaleLinear([0, end], [0, width - 30]);
  const bottom = attempts.length * ROW;
  return (
    <>
      {x.ticks(width < 420 ? 3 : 6).map((tick) => (
        <g key={tick}>
          <line class="grid" x1={x(tick)} x2={x(tick)} y1={0} y2={bottom} />
          <text x={x(tick)} y={bottom + 16} text-anchor={tick === 0 ? "start" : "middle"}>
            {duration(tick)}
          </text>
        </g>
      ))}
      {attempts.map((each, index) => {
        const start = x(each.started_after_ms);
        const firstMs = each.first_token_ms;
        return (
          <g key={each.attempt_id} transform={`translate(0 ${index * ROW})`}>
            <text x={0} y={14} class="name">
              {`${index + 1} ${each.model}${each.role === "answer" ? "" : ` (${words(each.role)})`}${each.returned ? " ✓ returned" : ""}`}
            </text>
            <rect
              class={MARKS[each.outcome]}
              x={start}
              y={20}
              width={Math.max(3, x(each.started_after_ms + each.latency_ms) - start)}
              height={14}
            >
              <title>{`${outcomeOf(each)}, ${duration(each.latency_ms)}, ${usd(each.cost_usd)}`}</title>
            </rect>
            {firstMs !== null && (
              <rect class="tick" x={x(each.started_after_ms + firstMs) - 1.5} y={18} width={3} height={18} />
            )}
          </g>
        );
      })}
    </>
  );
}
