import type { SolidityReading } from "./reading.ts";
import { demandedStandards, namedStandards } from "./request/asked-standards.ts";
import { givenInterface, type GivenInterface } from "./request/given-interface.ts";
import { isWeakOnPurpose } from "./rules/weakness.ts";
import { trialsOf, type Trial } from "./run/trial.ts";
import type { StandardName } from "./standards/standard.ts";

/** The answer's contracts, deployed and tried. */
export interface BehaviourReading extends SolidityReading {
  readonly trials: readonly Trial[];
  /** Standards that the request names in words. */
  readonly named: ReadonlySet<StandardName>;
  /** Standards that the answer's contract is to follow in full. */
  readonly demanded: ReadonlySet<StandardName>;
  /** The request wants code that can be attacked. */
  readonly isWeakOnPurpose: boolean;
  /** By contract: what the request's own code declares of it. */
  readonly interfaces: ReadonlyMap<string, GivenInterface>;
}

/** Runs what an answer compiled to. */
export async function readBehaviour(reading: SolidityReading): Promise<BehaviourReading> {
  const { outcome, prose, given } = reading;
  const trials = outcome.state === "compiled" ? await trialsOf(outcome.project, prose) : [];
  const interfaces = trials.flatMap(({ contract: { name } }) => {
    const found = givenInterface(name, given);
    return found === null ? [] : [[name, found] as const];
  });
  return {
    ...reading,
    trials,
    named: namedStandards(prose),
    demanded: demandedStandards(prose),
    isWeakOnPurpose: isWeakOnPurpose(prose),
    interfaces: new Map(interfaces),
  };
}
