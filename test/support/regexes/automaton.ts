import { RegExpParser, type AST } from "@eslint-community/regexpp";
import { alphabetOf, type Alphabet } from "./alphabet.ts";

/** What has to hold at the place between two characters. `null` stands for the start or the end of the text. */
export type Condition = (before: number | null, after: number | null) => boolean;

/** Behind a lookaround that reads more than one character it is not known whether it held. */
export const UNSURE: Condition = () => true;

/** One way on from a place that reads a character: `null` is the end of the expression (or of a lookaround in it). */
export interface Edge {
  readonly to: number | null;
  readonly conditions: readonly Condition[];
}

/** A place of an expression that reads one character. */
export interface Place {
  /** By number of a class of characters: whether the place reads it. */
  readonly reads: readonly boolean[];
  /** How many times in a row the loops around it can come back to it: 1 outside of loops, infinite in a `*`. */
  readonly mostTurns: number;
  readonly next: readonly Edge[];
}

/** An expression as its engine tries it. Place 0 is the search for a start: it reads anything, again and again. */
export interface Automaton {
  readonly places: readonly Place[];
  readonly classes: number;
  readonly hasConditions: boolean;
}

/** A counted repetition of one character up to here is written out; a longer one is a loop of so many turns. */
const MOST_COPIES = 12;
const MOST_GROUP_COPIES = 8;
const MOST_PATHS = 20_000;

type Node =
  | { readonly kind: "end" }
  | { readonly kind: "read"; readonly reads: readonly boolean[]; readonly mostTurns: number; readonly next: Node }
  | { readonly kind: "fork"; readonly ways: { readonly to: Node; readonly condition?: Condition }[] };

/** Builds the automaton of an expression. Throws when it is no expression or too large to look at. */
export function automatonOf(pattern: string, flags: string): Automaton {
  const ast = new RegExpParser().parsePattern(pattern, 0, pattern.length, {
    unicode: flags.includes("u"),
    unicodeSets: flags.includes("v"),
  });
  const alphabet = alphabetOf(pattern, flags, ast);
  const builder = new Builder(alphabet, flags.includes("m"));
  const end: Node = { kind: "end" };
  const search: Node = {
    kind: "read",
    reads: alphabet.all,
    mostTurns: flags.includes("y") ? 1 : Number.POSITIVE_INFINITY,
    next: { kind: "fork", ways: [] },
  };
  const start = builder.alternatives(ast.alternatives, end, 1);
  (search.next as Extract<Node, { kind: "fork" }>).ways.push(...(flags.includes("y") ? [] : [{ to: search as Node }]), {
    to: start,
  });
  return numbered(search, alphabet.size, builder.hasConditions);
}

class Builder {
  hasConditions = false;
  readonly #alphabet: Alphabet;
  readonly #isMultiline: boolean;

  constructor(alphabet: Alphabet, isMultiline: boolean) {
    this.#alphabet = alphabet;
    this.#isMultiline = isMultiline;
  }

  alternatives(alternatives: readonly AST.Alternative[], next: Node, mostTurns: number): Node {
    const ways = alternatives.map(({ elements }) => ({ to: this.#sequence(elements, next, mostTurns) }));
    return ways.length === 1 && ways[0] !== undefined ? ways[0].to : { kind: "fork", ways };
  }

  #sequence(elements: readonly AST.Element[], next: Node, mostTurns: number): Node {
    return elements.reduceRight((rest: Node, element) => this.#element(element, rest, mostTurns), next);
  }

  #element(element: AST.Element, next: Node, mostTurns: number): Node {
    switch (element.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass":
        return { kind: "read", reads: this.#alphabet.readsOf(element.raw), mostTurns, next };
      case "Group":
      case "CapturingGroup":
        return this.alternatives(element.alternatives, next, mostTurns);
      case "Quantifier":
        return this.#repeated(element, next, mostTurns);
      case "Backreference":
        return {
          kind: "fork",
          ways: [{ to: next, condition: UNSURE }, { to: { kind: "read", reads: this.#alphabet.all, mostTurns, next } }],
        };
      case "Assertion":
        return this.#assertion(element, next);
    }
  }

  #repeated({ element, min, max }: AST.Quantifier, next: Node, mostTurns: number): Node {
    const isOneCharacter = /^Character|^ExpressionCharacterClass/.test(element.type);
    if (max <= (isOneCharacter ? MOST_COPIES : MOST_GROUP_COPIES)) {
      let rest = next;
      for (let copy = max; copy > 0; copy -= 1) {
        const once = this.#element(element, rest, mostTurns);
        rest = copy > min ? { kind: "fork", ways: [{ to: once }, { to: next }] } : once;
      }
      return rest;
    }
    const again: Node = { kind: "fork", ways: [] };
    const body = this.#element(element, again, mostTurns * max);
    again.ways.push({ to: body }, { to: next });
    return min === 0 ? again : body;
  }

  #assertion(assertion: AST.Assertion, next: Node): Node {
    if (assertion.kind === "lookahead" || assertion.kind === "lookbehind") {
      const condition = this.#lookCondition(assertion);
      // What stands in it is tried as well. A lookbehind is read from its end: the same loops.
      const body = this.alternatives(assertion.alternatives, { kind: "end" }, 1);
      const isPlain = assertion.alternatives.every(({ elements }) => elements.length <= 1 && isSimple(elements[0]));
      this.hasConditions ||= condition !== undefined;
      const rest: Node = condition === undefined ? next : { kind: "fork", ways: [{ to: next, condition }] };
      return { kind: "fork", ways: isPlain ? [{ to: rest }] : [{ to: body }, { to: rest, condition: UNSURE }] };
    }
    this.hasConditions = true;
    const { word, newline } = this.#alphabet;
    const conditions: Readonly<Record<typeof assertion.kind, Condition>> = {
      start: (before) => before === null || (this.#isMultiline && newline[before] === true),
      end: (_, after) => after === null || (this.#isMultiline && newline[after] === true),
      word: (before, after) => {
        const isBoundary = (before !== null && word[before] === true) !== (after !== null && word[after] === true);
        return isBoundary !== (assertion.kind === "word" && assertion.negate);
      },
    };
    return { kind: "fork", ways: [{ to: next, condition: conditions[assertion.kind] }] };
  }

  /** What a lookaround says of the characters beside its place; `undefined` when it says nothing of one character alone. */
  #lookCondition({ kind, negate, alternatives }: AST.LookaroundAssertion): Condition | undefined {
    const beside = alternatives.map(({ elements }) => (kind === "lookahead" ? elements[0] : elements.at(-1)));
    const simple = alternatives.map(({ elements }, at) => elements.length === 1 && isSimple(beside[at]));
    if (negate ? !simple.some(Boolean) : !beside.every(isSimple)) return undefined;
    const parts = beside.filter((_, at) => !negate || simple[at]);
    const isEdge = parts.some((part) => part?.type === "Assertion");
    const sets = parts.flatMap((part) =>
      part === undefined || part.type === "Assertion" ? [] : [this.#alphabet.readsOf(part.raw)],
    );
    const isEdgeHere = (at: number | null): boolean =>
      at === null || (this.#isMultiline && this.#alphabet.newline[at] === true);
    return (before, after) => {
      const at = kind === "lookahead" ? after : before;
      const isThere = (isEdge && isEdgeHere(at)) || (at !== null && sets.some((reads) => reads[at] === true));
      return isThere !== negate;
    };
  }
}

/** One character, or the start or the end of the text. */
function isSimple(element: AST.Element | undefined): boolean {
  if (element === undefined) return false;
  if (element.type === "Assertion") return element.kind === "start" || element.kind === "end";
  return /^Character|^ExpressionCharacterClass/.test(element.type);
}

function numbered(search: Extract<Node, { kind: "read" }>, classes: number, hasConditions: boolean): Automaton {
  const numbers = new Map<Node, number>([[search, 0]]);
  const nodes = [search];
  const places: Place[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at];
    if (node === undefined) break;
    const next: Edge[] = [];
    waysFrom(node.next, [], new Set(), (to, conditions) => {
      if (next.length > MOST_PATHS) throw new Error("has too many paths to look at");
      if (to !== null && !numbers.has(to)) {
        numbers.set(to, nodes.length);
        nodes.push(to);
      }
      next.push({ to: to === null ? null : (numbers.get(to) ?? 0), conditions });
    });
    places.push({ reads: node.reads, mostTurns: node.mostTurns, next });
  }
  return { places, classes, hasConditions };
}

/** Every way from a node to the next place that reads, or to the end. */
function waysFrom(
  node: Node,
  conditions: readonly Condition[],
  open: ReadonlySet<Node>,
  found: (to: Extract<Node, { kind: "read" }> | null, conditions: readonly Condition[]) => void,
): void {
  if (node.kind === "end") found(null, conditions);
  else if (node.kind === "read") found(node, conditions);
  else if (!open.has(node)) {
    const opened = new Set(open).add(node);
    for (const { to, condition } of node.ways) {
      waysFrom(to, condition === undefined ? conditions : [...conditions, condition], opened, found);
    }
  }
}
