import type { Command } from "./command.ts";

/** A row of the table: enough for `signalbox --help`; the rest is loaded with the command. */
export interface CommandEntry {
  /** One word, or the word of a group and one of its own. */
  readonly name: string;
  readonly summary: string;
  /** `Command<never>`: the parser hands over what the command's own flags declare, and only the command knows that shape. */
  load(): Promise<Command<never>>;
}

/** All commands, in the order of the help text. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "setup",
    summary: "write the config of an MCP client: Claude Code, Codex, Cursor and nine more",
    load: async () => (await import("./setup/index.ts")).setup,
  },
  {
    name: "route",
    summary: "hand a task to the models chosen for it; the answer goes to stdout",
    load: async () => (await import("./route.ts")).route,
  },
  {
    name: "batch",
    summary: "route many tasks on one budget: JSON lines in, JSON lines out",
    load: async () => (await import("./batch/index.ts")).batch,
  },
  {
    name: "estimate",
    summary: "show the plan and the cost of a route without calling anyone",
    load: async () => (await import("./estimate.ts")).estimate,
  },
  {
    name: "receipts",
    summary: "list the latest requests",
    load: async () => (await import("./receipts.ts")).receipts,
  },
  {
    name: "show",
    summary: "show one request in full: who was asked, what it cost, why the verdict",
    load: async () => (await import("./show.ts")).show,
  },
  {
    name: "outcome",
    summary: "say whether an answer was right",
    load: async () => (await import("./outcome.ts")).outcome,
  },
  {
    name: "tasks",
    summary: "list the tasks, who is asked for each, and what answers are held to",
    load: async () => (await import("./tasks.ts")).tasks,
  },
  {
    name: "models",
    summary: "list models with price, limits, lifecycle and health",
    load: async () => (await import("./models.ts")).models,
  },
  {
    name: "models refresh",
    summary: "compare prices with a file, and keep what you accept in the config",
    load: async () => (await import("./refresh/index.ts")).modelsRefresh,
  },
  {
    name: "spend",
    summary: "report what was spent and saved",
    load: async () => (await import("./spend.ts")).spend,
  },
  {
    name: "report",
    summary: "hold the five promises against the requests of some days",
    load: async () => (await import("./report.ts")).report,
  },
  {
    name: "budget",
    summary: "show what is left of each budget",
    load: async () => (await import("./budget.ts")).budget,
  },
  {
    name: "backtest",
    summary: "replay recorded outcomes under another policy",
    load: async () => (await import("./backtest/index.ts")).backtest,
  },
  {
    name: "serve",
    summary: "serve MCP over stdio, or over HTTP with --http",
    load: async () => (await import("./serve.ts")).serve,
  },
  {
    name: "config init",
    summary: "write a first config file at its usual place",
    load: async () => (await import("./config/index.ts")).configInit,
  },
  {
    name: "config check",
    summary: "tell every mistake of the config",
    load: async () => (await import("./config/index.ts")).configCheck,
  },
  {
    name: "config show",
    summary: "show the config file, or all values that hold",
    load: async () => (await import("./config/index.ts")).configShow,
  },
  {
    name: "config path",
    summary: "say where the config file is, or would be",
    load: async () => (await import("./config/index.ts")).configPath,
  },
  {
    name: "config schema",
    summary: "print the JSON Schema of the config file",
    load: async () => (await import("./config/index.ts")).configSchemaCommand,
  },
  {
    name: "doctor",
    summary: "check Node, config, keys, endpoints and the ledger",
    load: async () => (await import("./doctor.ts")).doctor,
  },
  {
    name: "export",
    summary: "write requests as CSV, or their receipts as JSON lines",
    load: async () => (await import("./export.ts")).exportRequests,
  },
  {
    name: "top",
    summary: "watch running calls, the money that they hold, and who is out",
    load: async () => (await import("./top.ts")).top,
  },
  {
    name: "ledger path",
    summary: "say where the ledger is",
    load: async () => (await import("./ledger-care.ts")).ledgerPath,
  },
  {
    name: "ledger backup",
    summary: "copy the ledger to a new file while others write",
    load: async () => (await import("./ledger-care.ts")).ledgerBackup,
  },
  {
    name: "ledger reset",
    summary: "delete the ledger, after asking",
    load: async () => (await import("./ledger-care.ts")).ledgerReset,
  },
  {
    name: "ledger prune",
    summary: "delete old requests from the ledger; every sum stays",
    load: async () => (await import("./ledger-prune.ts")).ledgerPrune,
  },
  {
    name: "ledger migrate",
    summary: "bring the ledger in SIGNALBOX_DB to the newest schema, or create it",
    load: async () => (await import("./ledger-migrate.ts")).ledgerMigrate,
  },
  {
    name: "ledger move",
    summary: "copy the ledger into Postgres, or back into a file; every sum is checked",
    load: async () => (await import("./ledger-move.ts")).ledgerMove,
  },
  {
    name: "demo",
    summary: "see the main job on sandbox providers; no key needed, nothing leaves this machine",
    load: async () => (await import("./demo/index.ts")).demo,
  },
];

/** What the groups of commands are about. */
export const GROUPS: Readonly<Record<string, string>> = {
  config: "look after the config file",
  ledger: "look after the ledger file",
};
