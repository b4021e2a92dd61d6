import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { conclude, printMarkdown } from "../bench/markdown.ts";
import { CLIENTS } from "./clients.ts";
import type { DrivenClient } from "./clients/client.ts";
import { driveFirst, driveLong, FIRST_COLUMNS, LONG_COLUMNS, type Outcome } from "./rows.ts";

/** `npm run e2e -- [client…] [--slow-s 90]`: real clients, each against a scripted model on loopback, set up by `signalbox setup`. */
const FOLDER = new URL(".", import.meta.url);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "slow-s": { type: "string", default: "90" } },
});
const slowS = Number(values["slow-s"]);
const unknown = positionals.filter((name) => !CLIENTS.some(({ id }) => id === name));
if (unknown.length > 0 || !(slowS > 0)) {
  throw new Error(`npm run e2e -- [${CLIENTS.map(({ id }) => id).join("|")}]… [--slow-s SECONDS]`);
}
const DASHES: readonly string[] = LONG_COLUMNS.map(() => "–");
const problems: string[] = [];
const chosen = CLIENTS.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
const there = chosen.map((client) => ({ client, version: installedVersion(client) }));

const firsts: (readonly string[])[] = [];
for (const { client, version } of there) firsts.push(version === null ? absent(client) : await firstCells(client));
const longs = await Promise.all(
  there.map(async ({ client, version }) => (version === null ? DASHES : longCells(client))),
);

printMarkdown("Signalbox in real clients", [
  ["client", "version", "first answer", ...FIRST_COLUMNS, "cancel", `${slowS} s call`],
  ...there.map(({ client, version }, row) => [
    client.title,
    version ?? "not installed",
    ...(firsts[row] ?? []),
    ...(longs[row] ?? []),
  ]),
]);
conclude(problems);

async function firstCells(client: DrivenClient): Promise<readonly string[]> {
  try {
    const outcomes = await driveFirst(client);
    const time = `${(outcomes.firstAnswerMs / 1000).toFixed(1)} s`;
    return [time, ...FIRST_COLUMNS.map((column) => cellOf(client, column, outcomes[column]))];
  } catch (error) {
    return ["–", ...FIRST_COLUMNS.map((column) => cellOf(client, column, String(error)))];
  }
}

async function longCells(client: DrivenClient): Promise<readonly string[]> {
  try {
    const outcomes = await driveLong(client, slowS * 1000);
    return LONG_COLUMNS.map((column) => cellOf(client, column, outcomes[column]));
  } catch (error) {
    return LONG_COLUMNS.map((column) => cellOf(client, column, String(error)));
  }
}

function cellOf({ title }: DrivenClient, column: string, outcome: Outcome): string {
  if (outcome !== null) problems.push(`${title}, ${column}: ${outcome}`);
  return outcome === null ? "yes" : "no";
}

function absent({ title }: DrivenClient): readonly string[] {
  problems.push(`${title}: its program is not there or does not start on this machine`);
  return ["–", ...FIRST_COLUMNS.map(() => "–")];
}

/** The version of a client that starts; `null` when its program is not there or does not run on this machine. */
function installedVersion(client: DrivenClient): string | null {
  const program = new URL(`node_modules/.bin/${client.bin}`, FOLDER).pathname;
  if (spawnSync(program, ["--version"], { timeout: 60_000 }).status !== 0) return null;
  const file = new URL(`node_modules/${client.package}/package.json`, FOLDER);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
