import { segmentsOf } from "../solidity/scan.ts";

/** What a number's unit multiplies it by. */
export const UNITS: ReadonlyMap<string, bigint> = new Map(
  Object.entries<bigint>({
    wei: 1n,
    gwei: 10n ** 9n,
    ether: 10n ** 18n,
    seconds: 1n,
    minutes: 60n,
    hours: 3600n,
    days: 86_400n,
    weeks: 604_800n,
  }),
);
const MAX_CONSTANTS = 60;

/** Numbers and addresses in a source. */
export function constantsOf(source: string): {
  readonly numbers: readonly bigint[];
  readonly addresses: readonly bigint[];
} {
  const numbers = new Set<bigint>();
  const addresses = new Set<bigint>();
  for (const segment of segmentsOf(source)) {
    if (segment.kind !== "code" || /^\s*pragma\b/.test(segment.text)) continue;
    for (const [, digits = "", exponent, unit] of segment.text.matchAll(
      /\b(0x[0-9a-fA-F]{1,64}|\d[\d_]{0,80})(?:e(\d{1,2}))?\b(?:\s{1,4}(wei|gwei|ether|seconds|minutes|hours|days|weeks)\b)?/g,
    )) {
      const plain = digits.replaceAll("_", "");
      if (plain.length === 42 && plain.startsWith("0x")) addresses.add(BigInt(plain));
      else numbers.add(BigInt(plain) * 10n ** BigInt(exponent ?? 0) * (UNITS.get(unit ?? "wei") ?? 1n));
    }
  }
  return { numbers: [...numbers].slice(0, MAX_CONSTANTS), addresses: [...addresses].slice(0, MAX_CONSTANTS) };
}

const MAX_WIDTHS = 3;

/** Number widths that only the second source uses: there, larger values are cut or refused. */
export function newWidths(before: string, after: string): readonly bigint[] {
  const widthsOf = (source: string): ReadonlySet<string> =>
    new Set(
      segmentsOf(source)
        .filter(({ kind }) => kind === "code")
        .flatMap(({ text }) => [...text.matchAll(/\bu?int(\d{1,3})\b/g)].map(([, bits]) => bits ?? "")),
    );
  const known = widthsOf(before);
  return [...widthsOf(after)]
    .filter((bits) => !known.has(bits) && Number(bits) < 256)
    .map(BigInt)
    .slice(0, MAX_WIDTHS);
}
