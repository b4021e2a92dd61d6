import type { Compilation } from "../compile.ts";
import type { Program } from "../program.ts";
import { nodeIn, nodesIn, textIn, typeStringOf, walk } from "../solc-ast.ts";
import { isTakenBack, type RequestWords } from "./words.ts";

/** A number that the request fixes, and the whole numbers that would be it in code. */
interface AskedNumber {
  readonly said: string;
  readonly forms: readonly bigint[];
}

const NUMBER = String.raw`(\d[\d,_]*(?:\.\d+)?)\s?(k|m|thousand|million|billion)?\b`;
const SUPPLY = new RegExp(
  String.raw`\b(?:(?:max(?:imum)?|total|fixed|limited|hard[- ]?capped)\s(?:token\s)?supply|supply (?:cap|limit)|hard cap|supply (?:is )?capped|capped)\s?(?:(?:is|of|at|to|=|:|must never exceed|never exceeds|cannot exceed)\s?){0,2}\s?${NUMBER}(?!\s?(?:%|ETH|ether))`,
  "gi",
);
const PRICE =
  /\b(?:costs?|priced?(?: at| of| is)?|price:?|fee of|for|at|pay(?:s|ing)?)\s(?:exactly\s|of\s|is\s)?(\d+(?:\.\d+)?)\s?(ETH|ether|gwei)\b/gi;
const PERCENT = /\b(\d{1,2}(?:\.\d{1,2})?)\s?%\s(?:\w+\s){0,2}(?:fee|royalt\w+|tax|penalt\w+|commission|burn\w*)\b/gi;
const EACH =
  /\b(?:max(?:imum)?(?: of)?|at most|up to|limit(?:ed)?(?: of| to)?)\s(\d{1,6})\s(?:\w+\s){0,2}(?:per|each)\s(?:wallet|address|account|user|person|tx|transaction)\b/gi;
const DURATION = /\b(\d{1,4})[ -](second|minute|hour|day|week)s?\b/gi;
const LASTS =
  /\b(?:lock|delay|grace|vest|cliff|cooldown|timelock|deadline|duration|period|wait|after|unbond|expire|window)/i;
const UNIT_S: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 };
const SCALE: Readonly<Record<string, bigint>> = {
  k: 1_000n,
  thousand: 1_000n,
  m: 1_000_000n,
  million: 1_000_000n,
  billion: 1_000_000_000n,
};

/** Numbers of the request that stand nowhere in the code, where nothing lets them be set from outside. */
export function missingNumbers(words: RequestWords, program: Program, compilation: Compilation): readonly string[] {
  const asked = askedNumbers(words);
  if (asked.length === 0 || isConfigured(program)) return [];
  const known = numbersIn(program, compilation);
  if (known === null) return [];
  return asked
    .filter(({ forms }) => !forms.some((form) => known.has(form)))
    .map(({ said }) => `the number of "${said.trim()}" is nowhere in the code`);
}

function askedNumbers({ clauses }: RequestWords): readonly AskedNumber[] {
  return clauses.flatMap((clause) => {
    const each = (pattern: RegExp, forms: (found: RegExpMatchArray) => readonly bigint[]): readonly AskedNumber[] =>
      [...clause.matchAll(pattern)]
        .filter((found) => !isTakenBack(clause.slice(0, found.index)))
        .map((found) => ({ said: found[0], forms: forms(found) }));
    return [
      ...each(SUPPLY, ([, digits = "", scale = ""]) => inUnits(decimal(digits, SCALE[scale.toLowerCase()] ?? 1n))),
      ...each(PRICE, ([, digits = "", unit = ""]) => [decimal(digits, 10n ** (/gwei/i.test(unit) ? 9n : 18n))]),
      ...each(PERCENT, ([, digits = ""]) => percent(digits)),
      ...each(EACH, ([, digits = ""]) => scaled(BigInt(digits), 18)),
      ...(LASTS.test(clause)
        ? each(DURATION, ([, digits = "", unit = ""]) => [
            BigInt(digits) * BigInt(UNIT_S[unit.toLowerCase()] ?? 1),
            BigInt(digits),
          ])
        : []),
    ];
  });
}

/** "0.05" times a whole number. */
function decimal(digits: string, times: bigint): bigint {
  const [whole = "0", part = ""] = digits.replace(/[,_]/g, "").split(".");
  return (BigInt(whole + part) * times) / 10n ** BigInt(part.length);
}

/** A count of whole tokens, or of the smallest units of a token with one of the usual numbers of decimals. */
function inUnits(value: bigint): readonly bigint[] {
  return [0n, 2n, 3n, 4n, 5n, 6n, 8n, 9n, 10n, 12n, 18n].map((places) => value * 10n ** places);
}

function scaled(value: bigint, places: number): readonly bigint[] {
  return Array.from({ length: places + 1 }, (_, place) => value * 10n ** BigInt(place));
}

/** 5% as 5, 50, 500 and so on, as what is left of a hundred, or as one part of twenty. */
function percent(digits: string): readonly bigint[] {
  const share = Number(digits);
  const bps = BigInt(Math.round(share * 100));
  const whole = Number.isInteger(share) ? scaled(BigInt(share), 18) : [];
  const rest = scaled(10_000n - bps, 3).concat(Number.isInteger(share) ? [BigInt(100 - share)] : []);
  const part = Number.isInteger(100 / share) ? [BigInt(100 / share)] : [];
  const tenths = Number.isInteger(share * 10) ? [BigInt(Math.round(share * 10))] : [];
  return [...whole, ...scaled(bps, 16), ...rest, ...part, ...tenths];
}

/** Whether a number can come from outside: by a constructor, an initialiser, a setter. */
function isConfigured(program: Program): boolean {
  return program.contracts.some(({ node, functions }) => {
    const constructors = nodesIn(node, "nodes").filter((each) => textIn(each, "kind") === "constructor");
    const setters = functions.filter(
      ({ name, isOwn }) =>
        isOwn && /^_{0,2}(?:init|set|update|change|create|start|add|configure|launch|new)/i.test(name),
    );
    return [...constructors, ...setters.map((fn) => fn.node)]
      .flatMap((each) => nodesIn(nodeIn(each, "parameters") ?? each, "parameters"))
      .some((parameter) => /^u?int|^struct |\[/.test(typeStringOf(parameter)));
  });
}

/** The values of all constant expressions of the answer, as the compiler worked them out; `null` where one is too long to be told. */
function numbersIn(program: Program, { trees }: Compilation): ReadonlySet<bigint> | null {
  const known = new Set<bigint>();
  for (const tree of trees.values()) {
    if (!program.isOwn(tree)) continue;
    for (const node of walk(tree)) {
      const value = /^int_const (\d+)(\.\.\.)?/.exec(typeStringOf(node));
      if (value?.[2] !== undefined) return null;
      if (value?.[1] !== undefined) known.add(BigInt(value[1]));
      if (node.nodeType === "YulLiteral" && /^(?:0x[0-9a-f]+|\d+)$/i.test(textIn(node, "value")))
        known.add(BigInt(textIn(node, "value")));
    }
  }
  return known;
}
