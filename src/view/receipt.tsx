import { useEffect, useRef } from "preact/hooks";
import type { Receipt } from "../core/contract-resources.ts";
import { Timeline } from "./charts/timeline.tsx";
import { DataTable } from "./data-table.tsx";
import { Figure } from "./panels.tsx";
import { count, duration, minuteOf, usd, words } from "./words.ts";

/** A request in full: its calls in time, what each check found, and why other models were not asked. */
export function ReceiptView({ receipt, onClose }: { readonly receipt: Receipt; readonly onClose?: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Who opened it reads on here.
  useEffect(() => {
    if (onClose !== undefined) heading.current?.focus();
  }, [receipt.route_id]);
  const { baseline, budget_usd: budget, attempts, plan, notes, error_code: error } = receipt;
  return (
    <section aria-labelledby="receipt">
      <h2 id="receipt" ref={heading} tabIndex={-1}>
        {words(receipt.task)}: {words(receipt.status)}
      </h2>
      <p class="note">
        <code>{receipt.route_id}</code>, {minuteOf(receipt.started_at)} UTC{error !== undefined && `, ${words(error)}`}
      </p>
      {onClose !== undefined && (
        <button type="button" onClick={onClose}>
          Back to all requests
        </button>
      )}
      <dl class="numbers">
        <Figure name="Cost" value={usd(receipt.cost_usd)} note={budget === null ? "no ceiling" : `of ${usd(budget)}`} />
        <Figure
          name="Time"
          value={duration(receipt.latency_ms)}
          note={`of ${duration(receipt.deadline_ms)}, ${count(attempts.length)} calls`}
        />
        {baseline !== null && (
          <Figure
            name="Saved"
            value={usd(baseline.saved_usd)}
            note={`${usd(baseline.cost_usd)} on ${baseline.model}`}
          />
        )}
      </dl>
      {attempts.length === 0 ? <p>No model was asked.</p> : <Timeline receipt={receipt} />}
      {attempts.map(({ attempt_id: id, model, verdict, error_message: why }, index) => (
        <div key={id} class="attempt">
          <h3>
            {index + 1} {model}
          </h3>
          {why !== undefined && <p>{why}</p>}
          {verdict !== null && (
            <>
              <p>
                <strong>{verdict.status}</strong>
                {verdict.basis !== null && ` by ${words(verdict.basis)}`}: {verdict.summary}
              </p>
              <details>
                <summary>
                  {count(verdict.checks.length)} checks<span class="unseen"> of call {index + 1}</span>
                </summary>
                <ul>
                  {verdict.checks.map(({ name, passed, detail }) => (
                    <li key={name}>
                      <strong>{words(name)}</strong> {passed === null ? "not made" : passed ? "passed" : "failed"}:{" "}
                      {detail}
                    </li>
                  ))}
                </ul>
              </details>
            </>
          )}
        </div>
      ))}
      {plan.rejected.length > 0 && (
        <details>
          <summary>{count(plan.rejected.length)} models were not asked</summary>
          <DataTable
            heads={["model", "why"]}
            words={2}
            rows={plan.rejected.map(({ model, reason }) => [model, words(reason)])}
            label="Models that were not asked"
          />
        </details>
      )}
      {notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
    </section>
  );
}
