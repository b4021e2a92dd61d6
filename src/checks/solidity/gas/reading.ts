import type { Subject } from "../../kit/check.ts";
import type { Reading } from "../../kit/rule-check.ts";
import type { Compilation } from "../solidity/compile.ts";
import { keepsReverts, compareAll } from "./compare-all.ts";
import type { Comparison, Divergence } from "./comparison.ts";
import { lossesOf, movedLines, type Loss } from "./guards-diff.ts";
import { pairSources, type ComparedContracts } from "./pair-sources.ts";
import { recompile } from "./recompile.ts";
import { isAlike, nothingSaved, savingOf, type Saving } from "./saving.ts";

/** An optimisation as it was read: compiled, and run beside its original where that could be done. */
export type GasReading =
  | { readonly state: "broken"; readonly answer: Compilation }
  | { readonly state: "unchanged" }
  | CompareReading;

export interface CompareReading {
  readonly state: "compared";
  readonly prompt: string;
  readonly paired: ComparedContracts;
  readonly comparisons: readonly Comparison[];
  readonly divergence: (Divergence & { readonly contract: string }) | null;
  /** What the answer's code no longer checks or does, unless calls have shown that it still does. */
  readonly losses: readonly (Loss & { readonly contract: string })[];
  /** Code differences that may matter, although no call has shown that they do. */
  readonly unproven: readonly string[];
  /** `null`: nothing could be measured. */
  readonly saving: Saving | null;
  /** Whether code that is the same after the optimizer is cheaper without it. */
  readonly savesUnoptimised: boolean;
}

/** Reads, compiles and compares. */
export async function readGas(subject: Subject): Promise<Reading<GasReading>> {
  const paired = await pairSources(subject);
  switch (paired.state) {
    case "unchecked":
      return { unmade: paired.reason };
    case "no_code":
      return { unmade: "no optimised Solidity was found in the answer" };
    case "broken":
    case "unchanged":
      return { input: paired };
    case "compared":
      return { input: await compareReading(paired, subject.prompt) };
  }
}

const NO_REFUSALS: Comparison["refusals"] = new Map();
/** Share of a comparison's calls: measuring gas once more needs few. */
const UNOPTIMISED_SHARE = 0.2;

async function compareReading(paired: ComparedContracts, prompt: string): Promise<CompareReading> {
  const exactReverts = keepsReverts(prompt);
  const comparisons = await compareAll(paired, exactReverts);
  const [divergence = null] = comparisons.flatMap((each) =>
    each.divergence === null ? [] : [{ ...each.divergence, contract: each.contract }],
  );
  const saving = divergence === null ? savingOf(comparisons) : null;
  const reading = {
    state: "compared" as const,
    prompt,
    paired,
    comparisons,
    divergence,
    losses: [],
    unproven: [],
    saving: saving === null || saving.deployment.before === 0 ? null : saving,
    savesUnoptimised: false,
  };
  if (divergence !== null) return reading;
  const all = paired.pairs.flatMap((pair) => {
    const refusals = comparisons.find(({ contract }) => contract === pair.before.name)?.refusals ?? NO_REFUSALS;
    const losses = lossesOf(paired.original, paired.answer, pair, refusals);
    return losses.map((loss) => ({ ...loss, contract: pair.before.name }));
  });
  const moved = paired.pairs.flatMap((pair) =>
    movedLines(paired.original, paired.answer, pair).map((line) => ({ ...line, contract: pair.before.name })),
  );
  const decisive = moved.filter(({ isDecisive }) => isDecisive);
  return {
    ...reading,
    losses: [
      ...all.filter(({ kind }) => kind !== "write"),
      ...decisive.map(({ message, contract }) => ({ kind: "edge" as const, signature: "", message, contract })),
    ],
    unproven: [...all.filter(({ kind }) => kind === "write"), ...moved].map(({ message }) => message),
    savesUnoptimised:
      reading.saving !== null && isAlike(reading.saving) && (await savesUnoptimised(paired, exactReverts)),
  };
}

async function savesUnoptimised(paired: ComparedContracts, exactReverts: boolean): Promise<boolean> {
  const [original, answer] = [
    await recompile(paired.original, { runs: 0 }),
    await recompile(paired.answer, { runs: 0 }),
  ];
  if (original === null || answer === null) return false;
  const pairs = paired.pairs.flatMap(({ before, after }) => {
    const [one, other] = [original, answer].map(({ contracts }, at) => {
      const { path, name } = at === 0 ? before : after;
      return contracts.find((each) => each.path === path && each.name === name);
    });
    return one === undefined || other === undefined ? [] : [{ before: one, after: other }];
  });
  if (pairs.length === 0) return false;
  const comparisons = await compareAll({ ...paired, original, answer, pairs }, exactReverts, UNOPTIMISED_SHARE);
  return nothingSaved(savingOf(comparisons)) === null;
}
