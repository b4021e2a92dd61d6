import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { printMarkdown } from "../bench/markdown.ts";
import { CLIENTS } from "./clients.ts";
import type { DrivenClient } from "./clients/client.ts";
import { COLUMNS, drive, type ClientOutcomes } from "./rows.ts";

/** `npm run e2e`: real clients, each against a scripted model on loopback, with Signalbox set up by `signalbox setup`. */
const FOLDER = new URL(".", import.meta.url);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "slow-s": { type: "string", default: "90" } },
});
const slowS = Number(values["slow-s"]);
const chosen = CLIENTS.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
const problems: string[] = [];
const rows: string[][] = [];
for (const client of chosen) rows.push(await rowOf(client));
printMarkdown("Signalbox in real clients", [
  [
    "client",
    "version",
    ...COLUMNS.map((column) => (column === "slow call" ? `${slowS} s call` : column)),
    "first answer",
  ],
  ...rows,
]);
for (const problem of problems) console.log(`- ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function rowOf(client: DrivenClient): Promise<string[]> {
  const version = installedVersion(client);
  if (version === null) {
    problems.push(`${client.title}: cannot be run here (npm ci --prefix e2e says why)`);
    return [client.title, "not installed", ...COLUMNS.map(() => "–"), "–"];
  }
  console.error(`Driving ${client.title} ${version} …`);
  try {
    const outcomes = await drive(client, slowS * 1000);
    return [client.title, version, ...cellsOf(client, outcomes), `${(outcomes.firstAnswerMs / 1000).toFixed(1)} s`];
  } catch (error) {
    problems.push(`${client.title}: ${String(error)}`);
    return [client.title, version, ...COLUMNS.map(() => "✗"), "–"];
  }
}

function cellsOf({ title }: DrivenClient, outcomes: ClientOutcomes): string[] {
  return COLUMNS.map((column) => {
    const outcome = outcomes[column];
    if (outcome === null) return "✓";
    problems.push(`${title}, ${column}: ${outcome}`);
    return "✗";
  });
}

/** The version of a client that starts; `null` when its program is not there or does not run on this machine. */
function installedVersion(client: DrivenClient): string | null {
  const { status } = spawnSync(new URL(`node_modules/.bin/${client.bin}`, FOLDER).pathname, ["--version"], {
    timeout: 60_000,
  });
  if (status !== 0) return null;
  const file = new URL(`node_modules/${client.package}/package.json`, FOLDER);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
