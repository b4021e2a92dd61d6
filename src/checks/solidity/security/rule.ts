import type { Program, ProgramContract } from "../solidity/program.ts";
import type { SolcNode } from "../solidity/solc-ast.ts";

/** A weakness of the code. */
export interface Weakness {
  /** `certain`: no reading of the code makes it right. `minor`: a person should look. */
  readonly weight: "certain" | "minor";
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** What a detector looks at. */
export interface Scene {
  readonly program: Program;
  readonly contract: ProgramContract;
  readonly prompt: string;
}

export type Detector = (scene: Scene) => readonly Weakness[];

export function findingAt(
  { program }: Scene,
  node: SolcNode,
  finding: Pick<Weakness, "weight" | "rule" | "message">,
): Weakness {
  return { ...finding, path: program.pathOf(node), line: program.lineOf(node) };
}
