import type { Subject } from "../../kit/check.ts";
import { extractFiles } from "../../kit/answer/code-files.ts";
import { solidityOf } from "../solidity/answer.ts";
import { compileSources, isCompiled, type Compilation, type CompiledContract } from "../solidity/compile.ts";
import { loadSolidityParser } from "../solidity/parse.ts";
import { tokensOf } from "../solidity/scan.ts";
import type { SourceText } from "../solidity/source-text.ts";
import { answerSources } from "../solidity/sources.ts";
import { compileHarness } from "./harness.ts";
import { applyPatches } from "./patch.ts";
import { COMPILE_OPTIONS } from "./recompile.ts";
import { completeExcerpt, spliceSnippets, withMissing } from "./splice.ts";
import { pairsOf, type ContractPair } from "./contract-pairs.ts";

/** The original and the answer, compiled in the same way. */
export interface ComparedContracts {
  readonly state: "compared";
  readonly original: Compilation;
  readonly answer: Compilation;
  readonly pairs: readonly ContractPair[];
  /** Contracts of the original without a counterpart in the answer. */
  readonly missing: readonly CompiledContract[];
}

export type PairedSources =
  | ComparedContracts
  | { readonly state: "broken"; readonly answer: Compilation }
  /** The answer's code is the original's; only comments and layout may differ. */
  | { readonly state: "unchanged" }
  | { readonly state: "no_code" }
  | { readonly state: "unchecked"; readonly reason: string };

type AnswerSubject = Pick<Subject, "text" | "prompt" | "files" | "notes">;

/** Pairs the caller's contracts with those of the answer. */
export async function pairSources(subject: AnswerSubject): Promise<PairedSources> {
  const given = answerSources(subject).context;
  if (given.length === 0) return unchecked("no original code in the prompt or the context to compare with");
  const isLoose = given.every(({ content }) => !/\b(?:contract|library|interface)\s/.test(content));
  const originals = isLoose ? given.map((each) => ({ ...each, content: wrapped(each.content) })) : given;
  const original = await compile(originals);
  if (!isCompiled(original)) return unchecked(`the original: ${original.unchecked}`);
  if (!original.ok) {
    const why = original.errors[0]?.message.split("\n", 1)[0] ?? "";
    return unchecked(`the original does not compile as it was given: ${why}`);
  }
  const found = await sourceCandidates(subject, originals, isLoose);
  if ("state" in found) return found;
  let broken: Compilation | null = null;
  for (const { sources, mustCompile } of found.candidates) {
    const answer = await compile(sources, originals);
    if (!isCompiled(answer)) return unchecked(answer.unchecked);
    if (answer.ok) return comparedAs(original, answer, originals, sources);
    if (mustCompile) broken ??= answer;
  }
  if (broken !== null) return { state: "broken", answer: broken };
  return unchecked("the answer shows parts only, and put into the original they do not compile");
}

interface SourceCandidate {
  readonly sources: readonly SourceText[];
  /** Whether it is the answer's own code, not a reconstruction. */
  readonly mustCompile: boolean;
}

async function sourceCandidates(
  subject: AnswerSubject,
  originals: readonly SourceText[],
  isLoose: boolean,
): Promise<PairedSources | { readonly candidates: readonly SourceCandidate[] }> {
  const { files, snippets } = solidityOf(subject.text);
  const known = originals.map(({ content }) => tokensOf(content));
  const isNew = ({ content }: { readonly content: string }): boolean => {
    const tokens = tokensOf(content);
    return !known.some((each) => each.includes(tokens));
  };
  const isOld = (source: SourceText): boolean => !isNew(source);
  const changed = files.filter(isNew);
  const parts = snippets.filter(isNew).map(({ content }) => content);
  const parse = await loadSolidityParser();
  if (changed.length > 0) {
    const text = files.length === changed.length ? subject.text : changed.map(asFence).join("\n\n");
    const sources = answerSources({ ...subject, text });
    const excerpt = completeExcerpt(parse, originals, sources.files);
    if (excerpt !== null) return { candidates: [{ sources: excerpt, mustCompile: false }] };
    const more = withMissing(parse, originals, sources.files);
    return {
      candidates: [
        { sources: sources.files, mustCompile: true },
        ...(sources.joined === null ? [] : [{ sources: sources.joined, mustCompile: false }]),
        ...(more === null ? [] : [{ sources: more, mustCompile: false }]),
      ],
    };
  }
  if (files.length > 0 && parts.length === 0) return { state: "unchanged" };
  if (parts.length > 0) {
    const [only] = parts;
    if (isLoose && parts.length === 1 && only !== undefined && originals.length === 1) {
      const path = originals[0]?.path ?? "Fragment.sol";
      return { candidates: [{ sources: [{ path, content: wrapped(only) }], mustCompile: true }] };
    }
    const spliced = spliceSnippets(parse, originals, parts);
    if ("unclear" in spliced) return unchecked(`the answer shows snippets only, and ${spliced.unclear}`);
    return { candidates: [{ sources: spliced.sources, mustCompile: false }] };
  }
  const patches = patchesIn(subject.text);
  if (patches.length > 0) {
    const patched = applyPatches(originals, patches);
    if ("unclear" in patched) return unchecked(`the answer is a diff, and ${patched.unclear}`);
    if (patched.sources.every(isOld)) return { state: "unchanged" };
    return { candidates: [{ sources: patched.sources, mustCompile: true }] };
  }
  return snippets.length > 0 ? { state: "unchanged" } : { state: "no_code" };
}

/** The unified diffs of an answer. */
function patchesIn(text: string): readonly string[] {
  return extractFiles(text)
    .filter((file) => file.language === "diff")
    .map(({ content }) => content);
}

function asFence({ path, content }: { readonly path: string | null; readonly content: string }): string {
  return `\`\`\`\`\`solidity\n${path === null ? "" : `// ${path}\n`}${content}\n\`\`\`\`\``;
}

function wrapped(content: string): string {
  return `contract Fragment {\n${content}\n}`;
}

function compile(
  sources: readonly SourceText[],
  context: readonly SourceText[] = [],
): ReturnType<typeof compileSources> {
  return compileSources(sources, { ...COMPILE_OPTIONS, context });
}

/** Libraries that cannot be called by themselves are compared through contracts that call them. */
async function comparedAs(
  original: Compilation,
  answer: Compilation,
  originals: readonly SourceText[],
  sources: readonly SourceText[],
): Promise<PairedSources> {
  const plain = compared(original, answer, sources);
  if (plain.state === "compared") return plain;
  const before = await compileHarness(original, originals, COMPILE_OPTIONS);
  const after =
    before === null ? null : await compileHarness(answer, sources, { ...COMPILE_OPTIONS, context: originals });
  return before === null || after === null ? plain : compared(before, after, sources);
}

function compared(original: Compilation, answer: Compilation, sources: readonly SourceText[]): PairedSources {
  const { pairs, missing } = pairsOf(original, answer);
  if (pairs.length > 0) return { state: "compared", original, answer, pairs, missing };
  if (!original.contracts.some(({ bytecode, needsLinking }) => bytecode !== "" && !needsLinking)) {
    return unchecked("the original has no contract that can be deployed");
  }
  const names = sources.map(({ path }) => path).join(", ");
  return unchecked(`no contract of the answer (${names}) is the counterpart of one of the original`);
}

function unchecked(reason: string): PairedSources {
  return { state: "unchecked", reason };
}
