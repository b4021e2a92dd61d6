import Database from "better-sqlite3";

/** How many SQL statements this process runs while it does `work`, those that begin and end transactions among them. */
export async function statementsIn(work: () => Promise<unknown>): Promise<number> {
  const db = new Database(":memory:");
  // All statements of all connections have this prototype.
  const prototype = Object.getPrototypeOf(db.prepare("SELECT 1")) as Record<"run" | "get" | "all", unknown>;
  const original = { run: prototype.run, get: prototype.get, all: prototype.all };
  let count = 0;
  for (const name of ["run", "get", "all"] as const) {
    const method = original[name] as (...values: unknown[]) => unknown;
    prototype[name] = function counted(this: unknown, ...values: unknown[]): unknown {
      count += 1;
      return method.apply(this, values);
    };
  }
  try {
    await work();
  } finally {
    Object.assign(prototype, original);
    db.close();
  }
  return count;
}
