import type { Evidence, Finding } from "../../kit/check-result.ts";
import type { BehaviourReading } from "./behaviour-reading.ts";
import { declarationsOf, isContract, membersOf } from "./declarations.ts";
import { signatureOf } from "./abi.ts";
import { coversFeatures, coversNumbers } from "./request/coverage.ts";
import { heldAgainst } from "./request/given-interface.ts";
import type { Trial } from "./run/trial.ts";
import type { StandardName } from "./standards/standard.ts";
import { lackOf } from "./standards/standards.ts";

/** Rights by role, which a token's standard says nothing of. */
const ROLES = /\b[A-Z]{3,30}_ROLE\b/;
/** The share of the functions that change something and that no arguments were found for: a permit by signature, say. */
const MOST_UNTRIED = 0.25;
/** Fewer things of a standard that could be tried say too little. */
const LEAST_TRIED = 8;
/** The share of a standard's trials that could be brought about. */
const LEAST_SHARE = 0.8;
/** The share of the functions that ran to their end when they were called with arguments that were thought up. */
const LEAST_RAN = 0.7;

/**
 * What speaks for an answer, and for this request alone: it fills in the contract that the request gives, or it behaves as the
 * standard that the request names. Nothing does while a finding, even a hint, says otherwise.
 */
export function evidenceOf(reading: BehaviourReading, findings: readonly Finding[]): readonly Evidence[] {
  const told = findings.filter((finding) => finding.rule !== "solidity/open-to-anyone" || !isGivenOpen(reading));
  if (told.length > 0 || reading.trials.some(({ deployed }) => deployed !== null)) return [];
  return [...filledIn(reading), ...standardEvidence(reading)].slice(0, 2);
}

/** What anyone can do is what the given contract declares so: a mint of a collection that is kept for no one. */
function isGivenOpen({ trials, interfaces }: BehaviourReading): boolean {
  return trials.every(({ contract, trespasses, standards }) =>
    trespasses.every(
      ({ kind, callable }) =>
        kind === "mints" &&
        standards.some(({ standard }) => standard.name === "ERC721") &&
        interfaces.get(contract.name)?.unguarded.includes(callable.abi.name ?? "") === true,
    ),
  );
}

/** The contract that the request gives with functions to be written. */
function filledIn({ trials, interfaces, blocks }: BehaviourReading): readonly Evidence[] {
  return trials.flatMap((trial): Evidence[] => {
    const given = interfaces.get(trial.contract.name);
    if (given === undefined || given.open.length === 0 || given.functions.length < 2) return [];
    const { has, lacks } = heldAgainst(given, trial.contract.abi);
    const unwritten = emptyIn(
      blocks.map(({ content }) => content),
      trial.contract.name,
    ).filter((name) => given.open.includes(name));
    if (lacks.length > 0 || unwritten.length > 0) return [];
    const ran = given.functions.filter(({ name }) => didRun(trial, name));
    if (ran.length < given.functions.length * LEAST_RAN || !standardsHold(trial)) return [];
    const summary = `${trial.contract.name} has all ${has} functions and events of the given contract, written out; ${ran.length} of ${given.functions.length} ran in the EVM`;
    return [{ basis: "reference", score: 1, summary }];
  });
}

function emptyIn(sources: readonly string[], contract: string): readonly string[] {
  return sources.flatMap((source) =>
    declarationsOf(source)
      .filter((each) => isContract(each) && each.name === contract)
      .flatMap((each) => membersOf(source, each))
      .filter(
        ({ kind, body }) => kind === "function" && body !== null && !/\w/.test(source.slice(body.start, body.end)),
      )
      .map(({ name }) => name ?? ""),
  );
}

function didRun({ ran }: Trial, name: string): boolean {
  return [...ran].some((signature) => signature.startsWith(`${name}(`));
}

/** Nothing of a standard was seen broken. */
function standardsHold({ standards }: Trial): boolean {
  return standards.every(({ behaviours }) => behaviours.every(({ held }) => held !== false));
}

/** Everything that it can be told to do was done at least once. */
function allRan({ contract: { abi }, ran }: Trial): boolean {
  const writes = abi.filter(
    ({ type, stateMutability }) => type === "function" && !/^(?:view|pure)$/.test(stateMutability ?? ""),
  );
  const open = writes.filter((entry) => !ran.has(signatureOf(entry)));
  return open.length <= writes.length * MOST_UNTRIED;
}

/** A token of the standard that the request names, where the request asks for nothing that its code does not speak of. */
function standardEvidence({ trials, named, prose, blocks, given }: BehaviourReading): readonly Evidence[] {
  const sources = blocks.map(({ content }) => content);
  // Another standard beside it is asked for as well.
  const others = [...prose.matchAll(/\b(?:ERC|EIP)-?\s?(\d{2,5})\b/gi)].some(
    ([, number]) => !named.has(`ERC${number ?? ""}` as StandardName),
  );
  if (
    given.length > 0 ||
    named.size !== 1 ||
    others ||
    ROLES.test(prose) ||
    !coversFeatures(prose, sources) ||
    !coversNumbers(prose, sources)
  )
    return [];
  return trials.flatMap((trial) =>
    trial.standards.flatMap(({ standard, behaviours }): Evidence[] => {
      const { contract } = trial;
      if (trial.openBeyond.length > 0 || !allRan(trial)) return [];
      const tried = behaviours.filter(({ held }) => held !== null);
      const all = tried.filter(({ held }) => held === true);
      if (!named.has(standard.name) || lackOf(standard, contract.abi).length > 0) return [];
      if (all.length < LEAST_TRIED || tried.length < behaviours.length * LEAST_SHARE || all.length < tried.length)
        return [];
      const summary = `${contract.name} behaves as an ${standard.title} in ${all.length} of ${tried.length} trials`;
      return [{ basis: "tests", score: all.length / tried.length, summary }];
    }),
  );
}
