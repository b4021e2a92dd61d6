import type { RouteInput, RouteOutput } from "../core/contract.ts";
import { fencesOf } from "../checks/kit/answer/fences.ts";
import { legibleValue } from "../core/legible.ts";
import { OWN_MARK, quoteOwnLines } from "../core/own-line.ts";
import { ASK_FLAGS, askOf, given, PROMPT_ARGUMENT, type AskFlags } from "./ask.ts";
import { withApproval, YES_FLAG } from "./approve.ts";
import type { Command, World } from "./command.ts";
import { present, withService } from "./opened.ts";
import { attemptRows, ATTEMPT_COLUMNS, receiptLines } from "./receipt.ts";
import { printLine, renderTable } from "./print.ts";
import { isGoodEnough, REQUIRE_FLAG, type Requirement } from "./require.ts";
import { startSpinner } from "./spinner.ts";
import { usageError } from "./usage.ts";

export interface RouteFlags extends AskFlags {
  readonly onBelowQuality?: "return_best" | "error";
  readonly repair?: boolean;
  readonly output?: string;
  readonly continueFrom?: string;
  readonly overwrite?: boolean;
  readonly patch?: boolean;
  readonly require?: Requirement;
  readonly code?: boolean;
  readonly yes?: boolean;
}

/**
 * `signalbox route`: the bare answer on stdout, so that it can be piped on; the receipt on stderr, each line marked as ours, since both
 * may end up on one terminal or in one file.
 */
export const route: Command<RouteFlags> = {
  argument: PROMPT_ARGUMENT,
  flags: [
    ...ASK_FLAGS,
    {
      flags: "--on-below-quality <what>",
      about: "when no answer is good enough",
      choices: ["return_best", "error"],
    },
    REQUIRE_FLAG,
    { flags: "--code", about: "only the code of the answer: what stands in its fences" },
    { flags: "--no-repair", about: "let no model repair a rejected answer" },
    {
      flags: "--output <path>",
      about: "write the answer below files.output_roots: a file, or path/ for an answer of several",
    },
    {
      flags: "--continue-from <id>",
      about: "go on from an earlier request, whose text the ledger has (privacy.store_text), with the same model",
    },
    { flags: "--overwrite", about: "with --output: also over files that are there" },
    { flags: "--patch", about: "with --output: apply the answer's diff to the file, or to files in the folder" },
    YES_FLAG,
  ],
  examples: [
    'route "Move the shop to a new database, step by step" --budget 5c --deadline 30s',
    "route --task semantic_audit --context Vault.sol --file question.md > audit.md",
    'route --task code_generation --code "A median in TypeScript" > median.ts',
    `route --task code_generation --prompt "…" --accept '{"call": "median([3, 1, 2])", "equals": 2}'`,
  ],
  async run(flags, world, ...words) {
    const input: RouteInput = {
      ...(await askOf(flags, world, words)),
      ...given("on_below_quality", flags.onBelowQuality),
      ...given("repair", flags.repair === false ? false : undefined),
      ...given("output", outputOf(flags)),
      ...given("continue_from", flags.continueFrom),
    };
    return withService(world, async (service) => {
      const outcome = await withApproval("This call", flags.yes, world, async (approved) => {
        const spinner = await startSpinner(world.err, "planning");
        return service
          .route(input, {
            signal: world.signal,
            isLast: true,
            ...approved,
            onProgress: ({ message }) => spinner.say(message),
          })
          .finally(() => spinner.stop());
      });
      const code = await present(outcome, flags.json, world, (routed) => printRouted(routed, world, flags.code));
      if (!outcome.ok && !flags.json && outcome.error.attempts.length > 0) {
        const rows = attemptRows(legibleValue(outcome.error.attempts));
        printLine(world.err, await renderTable(world.err, ATTEMPT_COLUMNS, rows));
      }
      return outcome.ok && !isGoodEnough(outcome.value, flags.require) ? 3 : code;
    });
  },
};

function outputOf({ output: path, overwrite, patch }: RouteFlags): RouteInput["output"] {
  if (path === undefined) {
    if (overwrite === true || patch === true) throw usageError("--overwrite and --patch go with --output");
    return undefined;
  }
  return { path, ...given("overwrite", overwrite), ...given("patch", patch) };
}

async function printRouted(routed: RouteOutput, { out, err }: World, codeAlone = false): Promise<void> {
  const text = quoteOwnLines(codeAlone ? codeOf(routed.text) : routed.text);
  out.write(text.endsWith("\n") ? text : `${text}\n`);
  printLine(err);
  const table = await renderTable(err, ATTEMPT_COLUMNS, attemptRows(routed.attempts));
  for (const line of [...table.split("\n"), ...receiptLines(routed, err)]) printLine(err, `${OWN_MARK} ${line}`);
}

/** What stands in the fences of an answer, one block after another; all of it, where it has none. */
function codeOf(text: string): string {
  const fences = fencesOf(text);
  return fences.length === 0 ? text : fences.map(({ content }) => content.trimEnd()).join("\n\n");
}
