import type { RequestRecord } from "../../../core/ports.ts";
import type { Connection } from "../db/connection.ts";
import type { DayNumber } from "../../units.ts";
import type { TextReference } from "../db/interned-texts.ts";

type StoredPlan = RequestRecord["plan"];

/** Rejections in a row that share a reason share its text: `[reason, model, model, …]` with interned models. */
type Group = [reason: string, ...models: number[]];

/** `[order, group, …]`, in which a group that repeats from plan to plan is the number of the phrase that holds its JSON. */
type Packed = [order: number[], ...groups: (Group | number)[]];

/** The plan of a request as one short column: most models are out for the same reason, and that in most plans. */
export function packPlan(connection: Connection, plan: StoredPlan, day: DayNumber): string {
  const { names, phrases } = connection;
  const groups: Group[] = [];
  for (const { model, reason } of plan.rejected) {
    const last = groups.at(-1);
    if (last !== undefined && last[0] === reason) last.push(names.id(model));
    else groups.push([reason, names.id(model)]);
  }
  const packed: Packed = [
    plan.order.map((model) => names.id(model)),
    ...groups.map((group) => {
      const piece = phrases.pack(JSON.stringify(group), day);
      return typeof piece === "number" ? piece : group;
    }),
  ];
  return JSON.stringify(packed);
}

export function unpackPlan(connection: Connection, column: string): StoredPlan {
  const { names, phrases } = connection;
  const [order, ...groups] = JSON.parse(column) as Packed;
  return {
    order: order.map((id) => names.of(id)),
    rejected: groups.flatMap((group) => {
      const [reason, ...models] = typeof group === "number" ? (JSON.parse(phrases.unpack(group)) as Group) : group;
      return models.map((id) => ({ model: names.of(id), reason }));
    }),
  };
}

/** Notes as a column: `null` when there are none. */
export function packNotes(connection: Connection, notes: readonly string[], day: DayNumber): string | null {
  if (notes.length === 0) return null;
  return JSON.stringify(notes.map((note) => connection.phrases.pack(note, day)));
}

export function unpackNotes(connection: Connection, column: string | null): readonly string[] {
  if (column === null) return [];
  return (JSON.parse(column) as TextReference[]).map((piece) => connection.phrases.unpack(piece));
}
