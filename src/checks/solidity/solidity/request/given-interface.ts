import { COMMENTS, withoutBlocks } from "../../../kit/answer/blocks.ts";
import type { AbiEntry } from "../abi.ts";
import { declarationsOf, isContract, membersOf, type Declaration } from "../declarations.ts";

/** What a contract of the request declares, for the answer to fill in. */
export interface GivenInterface {
  readonly name: string;
  /** Its public functions: `transfer` with the number of its parameters. */
  readonly functions: readonly { readonly name: string; readonly parameters: number }[];
  readonly events: readonly { readonly name: string; readonly parameters: number }[];
  /** Public functions that the given contract keeps for no one, by their heads. */
  readonly unguarded: readonly string[];
  /** Functions without anything between their braces: what the answer was to write. */
  readonly open: readonly string[];
}

/** The contract of the given code that an answer of that name fills in; `null` when there is none. */
export function givenInterface(name: string, given: readonly string[]): GivenInterface | null {
  for (const source of given) {
    const contract = declarationsOf(source).find((each) => isContract(each) && each.name === name);
    if (contract === undefined) continue;
    const members = membersOf(source, contract);
    const functions = members.filter(({ kind }) => kind === "function");
    const reached = functions.filter(({ text }) => /\b(?:public|external)\b/.test(headOf(text)));
    const signature = ({ name: own, parameters }: Declaration) => ({ name: own ?? "", parameters });
    return {
      name,
      functions: reached.map(signature),
      events: members.filter(({ kind }) => kind === "event").map(signature),
      unguarded: reached
        .filter(({ text }) => !/\bonly\w*|auth|role/i.test(headOf(text)))
        .map((each) => each.name ?? ""),
      open: functions.filter((each) => isEmpty(source, each)).map((each) => each.name ?? ""),
    };
  }
  return null;
}

/** What of a given interface an ABI has, and what it lacks. */
export function heldAgainst(
  { functions, events }: GivenInterface,
  abi: readonly AbiEntry[],
): { readonly has: number; readonly lacks: readonly string[] } {
  const lacking = (kind: string, wanted: GivenInterface["functions"]): readonly string[] =>
    wanted
      .filter(
        (each) =>
          !abi.some(
            ({ type, name, inputs = [] }) => type === kind && name === each.name && inputs.length === each.parameters,
          ),
      )
      .map((each) => `${kind} ${each.name}`);
  const lacks = [...lacking("function", functions), ...lacking("event", events)];
  return { has: functions.length + events.length - lacks.length, lacks };
}

function headOf(text: string): string {
  return text.split("{", 1)[0] ?? text;
}

function isEmpty(source: string, { body }: Declaration): boolean {
  return body !== null && !/\w/.test(withoutBlocks(source.slice(body.start, body.end), COMMENTS));
}
