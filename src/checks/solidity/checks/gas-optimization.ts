import { ruleCheck } from "../../kit/rule-check.ts";
import { concludeGas } from "../gas/conclusion.ts";
import { readGas, type GasReading } from "../gas/reading.ts";
import { gasBehaviour } from "../gas/rules/behaviour.ts";
import { gasCompiles } from "../gas/rules/compiles.ts";
import { gasInterface } from "../gas/rules/interface.ts";
import { gasKeptGuards } from "../gas/rules/kept-guards.ts";
import { gasSaving } from "../gas/rules/saving.ts";
import { gasUnchanged } from "../gas/rules/unchanged.ts";

/** The optimised code compiles, can be called as the original, does the same in an EVM, and costs less gas. */
export const gas = ruleCheck<GasReading>({
  name: "gas",
  timeoutMs: 20_000,
  read: readGas,
  rules: [gasCompiles, gasUnchanged, gasInterface, gasBehaviour, gasKeptGuards, gasSaving],
  conclude: concludeGas,
});
