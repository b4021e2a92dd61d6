import { segmentsOf } from "./scan.ts";

/** What the language has had since which release of 0.8, by how it is written. */
const FEATURES: readonly (readonly [patch: number, what: string, written: RegExp])[] = [
  [4, "custom errors", /(?:^|[\s;{}])error\s{1,10}[A-Za-z_]\w*\s{0,5}\(/],
  [4, "bytes.concat", /\bbytes\.concat\(/],
  [8, "value types of one's own", /(?:^|[\s;{}])type\s{1,10}\w+\s{1,10}is\s/],
  [11, "abi.encodeCall", /\babi\.encodeCall\(/],
  [12, "string.concat", /\bstring\.concat\(/],
  [13, "using for single functions", /\busing\s{0,5}\{/],
  [18, "named parameters of mappings", /\bmapping\s{0,3}\(\s{0,3}[\w.]+\s{1,5}\w+\s{0,3}=>/],
  [18, "block.prevrandao", /\bblock\.prevrandao\b/],
  [24, "block.blobbasefee", /\bblock\.blobbasefee\b/],
  [
    28,
    "transient variables",
    /\b(?:u?int\d*|bool|address|bytes\d+)\s{1,5}(?:(?:public|private|internal)\s{1,5})?transient\s/,
  ],
];

/** Features of a source that came after the release, each with its line. */
export function newerFeatures(
  source: string,
  patch: number,
): readonly { readonly line: number; readonly message: string }[] {
  const code = segmentsOf(source)
    .map(({ kind, text }) => (kind === "code" ? text : text.replace(/[^\n]/g, " ")))
    .join("");
  return FEATURES.filter(([since]) => since > patch).flatMap(([since, what, written]) => {
    const at = code.search(written);
    return at === -1
      ? []
      : [{ line: code.slice(0, at + 1).split("\n").length, message: `${what} came with 0.8.${since}` }];
  });
}
