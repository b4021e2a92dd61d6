import type { Evidence, Finding } from "../../kit/check-result.ts";
import type { BehaviourReading } from "./behaviour-reading.ts";
import { declarationsOf, isContract, membersOf } from "./declarations.ts";
import { askedNames, isDeclared } from "./request/asked-names.ts";
import { coversFeatures, coversNumbers } from "./request/coverage.ts";
import { heldAgainst } from "./request/given-interface.ts";
import type { Trial } from "./run/trial.ts";
import { lackOf } from "./standards/standards.ts";

/** Fewer things of a standard that could be tried say too little. */
const LEAST_TRIED = 8;
/** The share of a standard's trials that could be brought about. */
const LEAST_SHARE = 0.8;
/** The share of the functions that ran to their end when they were called with arguments that were thought up. */
const LEAST_RAN = 0.7;
const LEAST_NAMES = 3;

/**
 * What speaks for an answer, and for this request alone: it fills in the contract that the request gives, or it behaves as the
 * standard that the request names. Nothing does while a finding, even a hint, says otherwise.
 */
export function evidenceOf(reading: BehaviourReading, findings: readonly Finding[]): readonly Evidence[] {
  const told = findings.filter((finding) => finding.rule !== "solidity/open-to-anyone" || !isGivenOpen(reading));
  if (told.length > 0 || reading.trials.some(({ deployed }) => deployed !== null)) return [];
  return [...filledIn(reading), ...standardEvidence(reading), ...namesEvidence(reading)].slice(0, 2);
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

/** A token of the standard that the request names, where the request asks for nothing that its code does not speak of. */
function standardEvidence({ trials, named, prose, blocks, given }: BehaviourReading): readonly Evidence[] {
  const sources = blocks.map(({ content }) => content);
  if (given.length > 0 || named.size !== 1 || !coversFeatures(prose, sources) || !coversNumbers(prose, sources))
    return [];
  return trials.flatMap(({ contract, standards }) =>
    standards.flatMap(({ standard, behaviours }): Evidence[] => {
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

/** Functions, events and errors that the request spells out as code, all there; the functions ran. */
function namesEvidence({ trials, prose, blocks, given }: BehaviourReading): readonly Evidence[] {
  const names = askedNames(prose);
  const sources = blocks.map(({ content }) => content);
  if (names.length < LEAST_NAMES || !coversFeatures(prose, sources) || !coversNumbers(prose, sources)) return [];
  const [trial] = trials;
  if (trial === undefined || trials.length > 1 || given.length > 0) return [];
  const functions = names.filter(({ name }) =>
    trial.contract.abi.some((entry) => entry.type === "function" && entry.name === name),
  );
  const declared = names.every((each) => functions.includes(each) || isDeclared(each, sources));
  if (!declared || functions.length < 2 || !functions.every(({ name }) => didRun(trial, name))) return [];
  const summary = `all ${names.length} names that the request spells out are there; ${functions.length} of ${functions.length} functions ran in the EVM`;
  return [{ basis: "tests", score: 1, summary }];
}
