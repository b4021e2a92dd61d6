import type { Program } from "../../solidity/program.ts";
import { freeDelegatecall, ignoredTransfers, originAuthority, rawRecover, uncheckedCalls } from "./external-calls.ts";
import type { Detector, Weakness } from "../rule.ts";
import { weakRandomness } from "./weak-randomness.ts";
import { reentrancy } from "./reentrancy.ts";
import { replays } from "./signature-replay.ts";

export type { Weakness } from "../rule.ts";

const DETECTORS: readonly Detector[] = [
  reentrancy,
  replays,
  originAuthority,
  uncheckedCalls,
  freeDelegatecall,
  weakRandomness,
  ignoredTransfers,
  rawRecover,
];

/** The weaknesses of the answer's contracts; certain ones first. */
export function findingsOf(program: Program, prompt: string): readonly Weakness[] {
  const all = program.contracts.flatMap((contract) =>
    DETECTORS.flatMap((detect) => detect({ program, contract, prompt })),
  );
  const unique = new Map(all.map((each) => [`${each.rule} ${each.path} ${each.line}`, each]));
  return [...unique.values()].toSorted((a, b) => Number(b.weight === "certain") - Number(a.weight === "certain"));
}
