import type { ErrorOutput } from "../core/contract.ts";
import { SignalboxError } from "../core/errors.ts";
import type { LedgerMoved } from "../core/ledger-move.ts";
import { usdFromNano } from "../core/money.ts";
import type { Outcome } from "../core/outcome.ts";
import { JSON_FLAG } from "./ask.ts";
import type { Command, World } from "./command.ts";
import { present } from "./opened.ts";
import { printCount, printLine } from "./print.ts";
import { startSpinner } from "./spinner.ts";
import { usageError } from "./usage.ts";

export interface LedgerMoveFlags {
  readonly whileInUse?: boolean;
  readonly json?: boolean;
}

/** `signalbox ledger move`. Exit 1 when it was interrupted or refused: the same command goes on where it was. */
export const ledgerMove: Command<LedgerMoveFlags> = {
  argument: {
    name: "<from> <to>",
    about: "a ledger file, postgres://…, or env:NAME for an address that the variable NAME holds",
  },
  flags: [
    { flags: "--while-in-use", about: "copy although others write to it; what they write after the end is not copied" },
    JSON_FLAG,
  ],
  examples: [
    "ledger move ./ledger.sqlite env:TEAM_LEDGER",
    "ledger move postgres://signalbox@db.example/team ./copy.sqlite",
  ],
  async run(flags, world, from = "", to = "") {
    const spinner = await startSpinner(world.err, "copying");
    const order = { from: addressOf(from, world), to: addressOf(to, world), whileInUse: flags.whileInUse ?? false };
    const outcome = await moved(world, order).finally(() => spinner.stop());
    const exitCode = await present(outcome, flags.json, world, async (value) => printMoved(value, to, world));
    return outcome.ok && !outcome.value.complete ? 1 : exitCode;
  },
};

interface MoveOutput {
  readonly from: string;
  readonly to: string;
  readonly requests: number;
  readonly attempts: number;
  readonly cost_usd: number;
  readonly resumed: boolean;
  readonly complete: boolean;
}

/** So that a password need not stand on the command line, where other users see it. */
function addressOf(word: string, { machine }: World): string {
  if (!word.startsWith("env:")) return word;
  const value = machine.env[word.slice("env:".length)];
  if (value === undefined || value === "") throw usageError(`the variable ${word.slice("env:".length)} is not set`);
  return value;
}

async function moved(
  world: World,
  order: { readonly from: string; readonly to: string; readonly whileInUse: boolean },
): Promise<Outcome<MoveOutput>> {
  try {
    const result = await world.moveLedger({ ...order, nowMs: world.nowMs(), signal: world.signal });
    return { ok: true, value: outputOf(result) };
  } catch (error) {
    if (!(error instanceof SignalboxError)) throw error;
    const code = error.kind === "invalid_request" ? "invalid_request" : "ledger_unavailable";
    const failure: ErrorOutput = { code, message: error.message, attempts: [], cost_usd: 0 };
    const { retryAfterMs } = error;
    return {
      ok: false,
      error: { ...failure, ...(retryAfterMs === undefined ? {} : { retry_after_ms: retryAfterMs }) },
    };
  }
}

function outputOf({ costNanoUsd, isResumed, isComplete, ...rest }: LedgerMoved): MoveOutput {
  return { ...rest, cost_usd: usdFromNano(costNanoUsd), resumed: isResumed, complete: isComplete };
}

function printMoved(result: MoveOutput, to: string, { out }: World): void {
  if (!result.complete) {
    printLine(out, "interrupted: run the same command again, it goes on where it was");
    return;
  }
  const requests = `${printCount(result.requests)} request${result.requests === 1 ? "" : "s"}`;
  const attempts = `${printCount(result.attempts)} attempt${result.attempts === 1 ? "" : "s"}`;
  printLine(out, `copied ${requests} with ${attempts} from ${result.from} to ${result.to}`);
  printLine(out, "every sum of the copy equals its source to the nano-dollar; the source is as it was");
  const value = to.startsWith("env:") ? `what ${to.slice("env:".length)} holds` : result.to;
  printLine(out, `to use the copy, set SIGNALBOX_DB to ${value}`);
}
