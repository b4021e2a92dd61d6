import type { Program } from "../program.ts";
import { freeDelegatecall, ignoredTransfers, originAuthority, rawRecover, uncheckedCalls } from "./calls.ts";
import { unkeptBooks } from "./books.ts";
import { invertedClocks } from "./clocks.ts";
import type { Detector, Finding } from "./finding.ts";
import { openDoors } from "./privileges.ts";
import { openInitialisers } from "./initialisers.ts";
import { weakRandomness } from "./randomness.ts";
import { reentrancy } from "./reentrancy.ts";
import { replays } from "./replays.ts";
import { freeRights } from "./rights.ts";
import { openTokenDoors } from "./token-doors.ts";

export type { Finding } from "./finding.ts";

const DETECTORS: readonly Detector[] = [
  reentrancy,
  openDoors,
  openInitialisers,
  openTokenDoors,
  freeRights,
  unkeptBooks,
  replays,
  invertedClocks,
  originAuthority,
  uncheckedCalls,
  freeDelegatecall,
  weakRandomness,
  ignoredTransfers,
  rawRecover,
];

/** The weaknesses of the answer's contracts; certain ones first. */
export function findingsOf(program: Program, prompt: string): readonly Finding[] {
  const all = program.contracts.flatMap((contract) =>
    DETECTORS.flatMap((detect) => detect({ program, contract, prompt })),
  );
  const unique = new Map(all.map((each) => [`${each.rule} ${each.path} ${each.line}`, each]));
  return [...unique.values()].toSorted((a, b) => Number(b.weight === "certain") - Number(a.weight === "certain"));
}
