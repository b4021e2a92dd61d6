import Database from "better-sqlite3";

const NAMES: Readonly<Record<string, string>> = {
  requests: "requests",
  sqlite_autoindex_requests_1: "index of route ids",
  attempts: "attempts",
  check_lists: "checks",
  sqlite_autoindex_check_lists_1: "index of checks",
};

/** How much longer the checks of all attempts would be if no text of theirs stood for another one like it, characters. */
function unrepeated(path: string): number {
  const db = new Database(path, { readonly: true });
  const phrases = new Map(
    (db.prepare("SELECT id, text FROM phrases").all() as { id: number; text: string }[]).map(({ id, text }) => [
      id,
      text,
    ]),
  );
  const lists = db.prepare("SELECT results FROM check_lists").pluck().all() as string[];
  db.close();
  type Results = [unknown, unknown, string | number, ...unknown[]][];
  return lists.reduce((sum, list) => {
    const parsed = JSON.parse(list) as Results | number;
    const results = typeof parsed === "number" ? (JSON.parse(phrases.get(parsed) ?? "") as Results) : parsed;
    const full = results.map(([passed, score, detail, ...others]) => [
      passed,
      score,
      typeof detail === "number" ? phrases.get(detail) : detail,
      ...others,
    ]);
    return sum + JSON.stringify(full).length - list.length;
  }, 0);
}

/** Bytes of the file a request and an attempt, by table: whole pages, indexes too. Walks the file. */
export function growthTable(path: string, basePath: string): string[][] {
  const [requests, attempts] = [countIn(path, "requests"), countIn(path, "attempts")];
  const copies = requests / countIn(basePath, "requests");
  const db = new Database(path, { readonly: true });
  const rows = db.prepare("SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name ORDER BY bytes DESC").all() as {
    name: string;
    bytes: number;
  }[];
  db.close();
  const total = rows.reduce((sum, { bytes }) => sum + bytes, 0);
  const named = rows.filter(({ name }) => name in NAMES);
  const others = total - named.reduce((sum, { bytes }) => sum + bytes, 0);
  const cells = (name: string, bytes: number): string[] => [
    name,
    (bytes / requests).toFixed(0),
    (bytes / attempts).toFixed(0),
  ];
  return [
    ["bytes on the disk", "a request", "an attempt"],
    ...named.map(({ name, bytes }) => cells(NAMES[name] ?? name, bytes)),
    cells("all else, sums among them", others),
    cells(`together, ${(attempts / requests).toFixed(2)} attempts a request`, total),
    cells("more, if no text of a check were like that of another answer", unrepeated(basePath) * copies),
  ];
}

function countIn(path: string, table: string): number {
  const db = new Database(path, { readonly: true });
  const count = Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  db.close();
  return count;
}

/** Throws unless the stored sums equal the sums over all rows. */
export function checkSums(path: string): void {
  const db = new Database(path, { readonly: true });
  const kept = db
    .prepare("SELECT sum(requests) AS requests, sum(cost_nano_usd) AS cost FROM spend_rollups WHERE dimension = 0")
    .get();
  const scanned = db
    .prepare("SELECT (SELECT count(*) FROM requests) AS requests, (SELECT sum(cost_nano_usd) FROM attempts) AS cost")
    .get();
  db.close();
  if (JSON.stringify(kept) !== JSON.stringify(scanned))
    throw new Error(`the sums are wrong: ${JSON.stringify({ kept, scanned })}`);
}
