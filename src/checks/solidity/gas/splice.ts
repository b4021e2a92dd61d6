import { leftOutComments } from "../solidity/placeholders.ts";
import type { ParseSolidity } from "../solidity/parse.ts";
import type { SourceText } from "../solidity/source-text.ts";
import { topsOf, type Member, type Top } from "./members.ts";

export type Spliced = { readonly sources: readonly SourceText[] } | { readonly unclear: string };

const HEAD = "contract Fragment {\n";

/** The originals, with their functions replaced by those of loose snippets. Unclear when a snippet fits more than one place. */
export function spliceSnippets(
  parse: ParseSolidity,
  originals: readonly SourceText[],
  snippets: readonly string[],
): Spliced {
  let sources = originals;
  for (const snippet of snippets) {
    const text = `${HEAD}${snippet}\n}`;
    const [fragment] = topsOf(parse, text) ?? [];
    if (fragment === undefined || fragment.members.length === 0) continue;
    const places = sources.flatMap((source) =>
      (topsOf(parse, source.content) ?? [])
        .filter((top) => top.kind !== "interface" && fragment.members.some((each) => placesOf(each, top).length > 0))
        .map((top) => ({ source, top })),
    );
    const [place] = places;
    if (place === undefined) return { unclear: "its functions are not in the original" };
    if (places.length > 1) return { unclear: "its functions could belong to several contracts" };
    const merged = merge(place.source.content, place.top, text, fragment);
    if (merged === null) return { unclear: "a function could replace several of the original" };
    sources = sources.map((each) => (each === place.source ? { ...each, content: merged } : each));
  }
  return sources === originals ? { unclear: "no function was found in it" } : { sources };
}

/** An excerpt of a contract, with comments for what is left out, completed from the original. `null`: it is no excerpt. */
export function completeExcerpt(
  parse: ParseSolidity,
  originals: readonly SourceText[],
  answer: readonly SourceText[],
): readonly SourceText[] | null {
  if (!answer.some(({ content }) => leftOutComments(content).length > 0)) return null;
  let sources = originals;
  for (const file of answer) {
    const tops = topsOf(parse, file.content);
    if (tops === null) return null;
    for (const top of tops) {
      const source = sources.find((each) => (topsOf(parse, each.content) ?? []).some(({ name }) => name === top.name));
      const into = source && topsOf(parse, source.content)?.find(({ name }) => name === top.name);
      if (source === undefined || into === undefined) return null;
      const merged = merge(source.content, into, file.content, top);
      if (merged === null) return null;
      sources = sources.map((each) => (each === source ? { ...each, content: merged } : each));
    }
  }
  return sources;
}

/** Contracts of the original that the answer does not repeat, in front of it. */
export function withMissing(
  parse: ParseSolidity,
  originals: readonly SourceText[],
  answer: readonly SourceText[],
): readonly SourceText[] | null {
  const [first, ...rest] = answer;
  if (first === undefined) return null;
  const have = new Set(answer.flatMap(({ content }) => (topsOf(parse, content) ?? []).map(({ name }) => name)));
  const missing = originals.flatMap(({ content }) =>
    (topsOf(parse, content) ?? [])
      .filter(({ name }) => !have.has(name))
      .map((top) => content.slice(top.start, top.end)),
  );
  if (missing.length === 0) return null;
  return [{ ...first, content: `${first.content}\n${missing.join("\n")}` }, ...rest];
}

function placesOf(member: Member, top: Top): readonly Member[] {
  const exact = top.members.filter(({ key }) => key === member.key);
  if (exact.length > 0 || !member.isFunction) return exact;
  return top.members.filter(({ name, isFunction }) => isFunction && name === member.name);
}

function merge(source: string, top: Top, from: string, part: Top): string | null {
  const edits: { start: number; end: number; text: string }[] = [];
  for (const member of part.members) {
    const places = placesOf(member, top);
    const [place] = places;
    if (places.length > 1) return null;
    const text = from.slice(member.start, member.end);
    if (place === undefined) edits.push({ start: top.end - 1, end: top.end - 1, text: `\n${text}\n` });
    else edits.push({ start: place.start, end: place.end, text });
  }
  let merged = source;
  for (const { start, end, text } of edits.sort((a, b) => b.start - a.start)) {
    merged = merged.slice(0, start) + text + merged.slice(end);
  }
  return merged;
}
