import type { Subject } from "../../kit/check.ts";
import type { Reading } from "../../kit/rule-check.ts";
import type { Compilation } from "../solidity/compile.ts";
import { keepsReverts, runStudy } from "./compare-all.ts";
import type { Comparison, Divergence } from "./comparison.ts";
import { lossesOf, movedLines, type Loss } from "./guards-diff.ts";
import { studyOf, type Compared } from "./pair-sources.ts";
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
  readonly study: Compared;
  readonly comparisons: readonly Comparison[];
  readonly divergence: (Divergence & { readonly contract: string }) | null;
  /** What the code of the answer no longer makes sure of, and no call has shown that it does. */
  readonly losses: readonly (Loss & { readonly contract: string })[];
  /** Differences of the code that may matter and that no call has shown to matter. */
  readonly unproven: readonly string[];
  /** `null`: nothing could be measured. */
  readonly saving: Saving | null;
  /** Whether what the optimizer makes alike is cheaper without it. */
  readonly savesUnoptimised: boolean;
}

/** Reads, compiles and compares. */
export async function readGas(subject: Subject): Promise<Reading<GasReading>> {
  const study = await studyOf(subject);
  switch (study.state) {
    case "unchecked":
      return { unmade: study.reason };
    case "no_code":
      return { unmade: "no optimised Solidity was found in the answer" };
    case "broken":
    case "unchanged":
      return { input: study };
    case "compared":
      return { input: await compareReading(study, subject.prompt) };
  }
}

const NO_REFUSALS: Comparison["refusals"] = new Map();
/** Of the calls that a comparison may take: what is left to measure takes few. */
const UNOPTIMISED_SHARE = 0.2;

async function compareReading(study: Compared, prompt: string): Promise<CompareReading> {
  const exactReverts = keepsReverts(prompt);
  const comparisons = await runStudy(study, exactReverts);
  const [divergence = null] = comparisons.flatMap((each) =>
    each.divergence === null ? [] : [{ ...each.divergence, contract: each.contract }],
  );
  const saving = divergence === null ? savingOf(comparisons) : null;
  const reading = {
    state: "compared" as const,
    prompt,
    study,
    comparisons,
    divergence,
    losses: [],
    unproven: [],
    saving: saving === null || saving.deployment.before === 0 ? null : saving,
    savesUnoptimised: false,
  };
  if (divergence !== null) return reading;
  const all = study.pairs.flatMap((pair) => {
    const refusals = comparisons.find(({ contract }) => contract === pair.before.name)?.refusals ?? NO_REFUSALS;
    const losses = lossesOf(study.original, study.answer, pair, refusals);
    return losses.map((loss) => ({ ...loss, contract: pair.before.name }));
  });
  const moved = study.pairs.flatMap((pair) =>
    movedLines(study.original, study.answer, pair).map((line) => ({ ...line, contract: pair.before.name })),
  );
  const decisive = moved.filter(({ isDecisive }) => isDecisive);
  return {
    ...reading,
    losses: [
      ...all.filter(({ kind }) => kind !== "write"),
      ...decisive.map(({ told, contract }) => ({ kind: "edge" as const, signature: "", told, contract })),
    ],
    unproven: [...all.filter(({ kind }) => kind === "write"), ...moved].map(({ told }) => told),
    savesUnoptimised:
      reading.saving !== null && isAlike(reading.saving) && (await savesUnoptimised(study, exactReverts)),
  };
}

async function savesUnoptimised(study: Compared, exactReverts: boolean): Promise<boolean> {
  const [original, answer] = [await recompile(study.original, { runs: 0 }), await recompile(study.answer, { runs: 0 })];
  if (original === null || answer === null) return false;
  const pairs = study.pairs.flatMap(({ before, after }) => {
    const [one, other] = [original, answer].map(({ contracts }, at) => {
      const { path, name } = at === 0 ? before : after;
      return contracts.find((each) => each.path === path && each.name === name);
    });
    return one === undefined || other === undefined ? [] : [{ before: one, after: other }];
  });
  if (pairs.length === 0) return false;
  const comparisons = await runStudy({ ...study, original, answer, pairs }, exactReverts, UNOPTIMISED_SHARE);
  return nothingSaved(savingOf(comparisons)) === null;
}
