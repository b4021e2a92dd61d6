import { useEffect, useState } from "preact/hooks";
import { DASHBOARD_DAYS, type DashboardDays, type DashboardOut } from "../core/contract-dashboard.ts";
import { DaysChart } from "./charts/days.tsx";
import { DataTable } from "./data-table.tsx";
import { Breakers, Budgets, Latency, Served, SpendOf, Totals } from "./panels.tsx";
import { Promises } from "./promises.tsx";
import { count, duration, minuteOf, usd, words } from "./words.ts";

export interface DashboardProps {
  readonly data: DashboardOut;
  readonly onDays: (days: DashboardDays) => void;
  readonly onRequest: (routeId: string) => void;
}

/** All of the view but a single request. */
export function Dashboard({ data, onDays, onRequest }: DashboardProps) {
  // Shown at once; the figures follow.
  const [chosen, choose] = useState(data.days);
  useEffect(() => choose(data.days), [data]);
  return (
    <>
      <fieldset class="days">
        <legend>Days, with today (UTC)</legend>
        {DASHBOARD_DAYS.map((days) => (
          <label key={days}>
            <input
              type="radio"
              name="days"
              checked={days === chosen}
              onChange={() => {
                choose(days);
                onDays(days);
              }}
            />
            {days}
          </label>
        ))}
      </fieldset>
      <p class="note">
        {data.since} to {data.until}
        {data.principal !== null && `, requests of ${data.principal}`}. Read at {minuteOf(data.generated_at)} UTC.
      </p>
      <section aria-labelledby="promises">
        <h2 id="promises">What is promised</h2>
        <Promises report={data.report} />
      </section>
      <section aria-labelledby="spend">
        <h2 id="spend">Spend</h2>
        <Totals totals={data.totals} />
        <DaysChart rows={data.by_day} baseline={data.baseline_model} />
        <div class="pair">
          <SpendOf title="Spend by model" of="model" rows={data.by_model} />
          <SpendOf title="Spend by task" of="task" rows={data.by_task} />
        </div>
      </section>
      <section aria-labelledby="served">
        <h2 id="served">Requests</h2>
        <Served data={data} />
      </section>
      <section aria-labelledby="latency">
        <h2 id="latency">Latency</h2>
        <div class="pair">
          <Latency data={data} />
        </div>
      </section>
      <div class="pair">
        <section aria-labelledby="budgets">
          <h2 id="budgets">Budgets left</h2>
          <Budgets data={data} />
        </section>
        <section aria-labelledby="breakers">
          <h2 id="breakers">Breakers</h2>
          <Breakers data={data} />
        </section>
      </div>
      <Recent data={data} onRequest={onRequest} />
    </>
  );
}

function Recent({ data: { recent }, onRequest }: Pick<DashboardProps, "data" | "onRequest">) {
  return (
    <section aria-labelledby="recent">
      <h2 id="recent">Latest requests</h2>
      {recent.length === 0 ? (
        <p class="note">None in these days.</p>
      ) : (
        <DataTable
          label="Latest requests"
          heads={["request", "began, UTC", "status", "verdict", "model", "calls", "time", "cost"]}
          words={5}
          rows={recent.map((each) => [
            <button key="open" type="button" id={each.route_id} onClick={() => onRequest(each.route_id)}>
              {words(each.task)}
              <span class="unseen"> {each.route_id}</span>
            </button>,
            minuteOf(each.started_at),
            words(each.status),
            each.verdict ?? "–",
            each.model ?? "–",
            count(each.attempts),
            duration(each.latency_ms),
            usd(each.cost_usd),
          ])}
        />
      )}
    </section>
  );
}
