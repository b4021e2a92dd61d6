import type { RequestRecord } from "../core/ports.ts";
import type { Names } from "./names.ts";

type Plan = RequestRecord["plan"];

/** `[order, [reason, model, model, …], …]` with interned models: rejections in a row that share a reason share its text. */
type Packed = [number[], ...[string, ...number[]][]];

/** The plan of a request as one short column: most models are out for the same reason. */
export function packPlan(plan: Plan, names: Names): string {
  const groups: [string, ...number[]][] = [];
  for (const { model, reason } of plan.rejected) {
    const last = groups.at(-1);
    if (last !== undefined && last[0] === reason) last.push(names.id(model));
    else groups.push([reason, names.id(model)]);
  }
  const packed: Packed = [plan.order.map((model) => names.id(model)), ...groups];
  return JSON.stringify(packed);
}

export function unpackPlan(column: string, names: Names): Plan {
  const [order, ...groups] = JSON.parse(column) as Packed;
  return {
    order: order.map((id) => names.of(id)),
    rejected: groups.flatMap(([reason, ...models]) => models.map((id) => ({ model: names.of(id), reason }))),
  };
}

/** Notes as a column: `null` when there are none. */
export function packNotes(notes: readonly string[]): string | null {
  return notes.length === 0 ? null : JSON.stringify(notes);
}

export function unpackNotes(column: string | null): readonly string[] {
  return column === null ? [] : (JSON.parse(column) as string[]);
}
