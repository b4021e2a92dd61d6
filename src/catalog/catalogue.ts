import { SignalboxError } from "../core/errors.ts";
import type { Catalogue, Model } from "../core/model.ts";
import { rowProblems, type RowProblem } from "./row.ts";

/**
 * All rows, with lookup by id, alias or wire id, whatever the case; an id goes before an alias, an alias before a wire id.
 * Throws `invalid_config` with every problem of the rows in its message.
 */
export function createCatalogue(rows: readonly Model[]): Catalogue {
  const problems = catalogueProblems(rows);
  if (problems.length > 0) {
    const lines = problems.map(({ row, field, message }) => `${rows[row]?.id}.${field} ${message}`);
    throw new SignalboxError("invalid_config", `The catalogue is broken: ${lines.join("; ")}`);
  }
  return indexed(rows);
}

/** Every problem of the rows, each by itself and all together: names used twice, successors that lead nowhere. */
export function catalogueProblems(rows: readonly Model[]): RowProblem[] {
  return [
    ...rows.flatMap((model, row) => rowProblems(model).map((problem) => ({ row, ...problem }))),
    ...nameProblems(rows),
    ...successorProblems(rows),
  ];
}

/** A catalogue of rows that were not validated: of two rows with a name, the first has it. */
export function indexed(rows: readonly Model[]): Catalogue {
  const byName = new Map<string, Model>();
  const put = (name: string, model: Model): void => {
    const key = name.toLowerCase();
    if (!byName.has(key)) byName.set(key, model);
  };
  for (const model of rows) put(model.id, model);
  for (const model of rows) for (const alias of model.aliases) put(alias, model);
  for (const model of rows) put(model.wireId, model);
  return { models: rows, find: (name) => byName.get(name.trim().toLowerCase()) };
}

/** Ids and aliases name one model each. Wire ids only have to differ within a provider: two endpoints may serve the same weights. */
function nameProblems(rows: readonly Model[]): RowProblem[] {
  const problems: RowProblem[] = [];
  const owners = new Map<string, string>();
  const claim = (row: number, field: string, name: string, space: string): void => {
    const key = `${space}\n${name.toLowerCase()}`;
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, rows[row]?.id ?? "");
    else problems.push({ row, field, message: `"${name}" already names ${owner}` });
  };
  for (const [row, model] of rows.entries()) claim(row, "id", model.id, "name");
  for (const [row, model] of rows.entries()) {
    for (const alias of model.aliases) claim(row, "aliases", alias, "name");
    claim(row, "wireId", model.wireId, `wire id at ${model.provider}`);
  }
  return problems;
}

/** Every successor exists, and following successors ends at a current model. */
function successorProblems(rows: readonly Model[]): RowProblem[] {
  const all = indexed(rows);
  return rows.flatMap((model, row) => {
    const seen = new Set<string>([model.id]);
    let current = model;
    while (current.lifecycle.state !== "current") {
      const next = all.find(current.lifecycle.successor);
      if (next === undefined) {
        // Told once, at the row that names it.
        if (current !== model) return [];
        return [{ row, field: "lifecycle", message: `names an unknown successor, "${current.lifecycle.successor}"` }];
      }
      if (seen.has(next.id)) {
        return [{ row, field: "lifecycle", message: `leads in a circle: ${[...seen, next.id].join(" → ")}` }];
      }
      seen.add(next.id);
      current = next;
    }
    return [];
  });
}
