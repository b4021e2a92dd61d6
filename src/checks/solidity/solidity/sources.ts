import type { Subject } from "../../kit/check.ts";
import { givenSources } from "../given-sources.ts";
import { solidityOf } from "./answer.ts";
import { segmentsOf } from "./scan.ts";
import type { SourceText } from "./source-text.ts";

/** What of an answer goes to the compiler. */
export interface AnswerSources {
  readonly files: readonly SourceText[];
  /** The caller's sources, for imports. */
  readonly context: readonly SourceText[];
  /** Tests and scripts that need a framework; they are not compiled here. */
  readonly skipped: readonly string[];
  /** The unnamed blocks as one file, where later ones have no pragma and so read as its continuation; else `null`. */
  readonly joined: readonly SourceText[] | null;
}

const TEST_PATH = /\.[ts]\.sol$|(?:^|\/)(?:test|script)s?\//i;
const TEST_IMPORT = /\bimport\b[^;]{0,200}["'](?:forge-std|ds-test)\//;

/** The Solidity files of an answer under unique paths, and what they may import. */
export function answerSources(subject: Pick<Subject, "text" | "prompt" | "files" | "notes">): AnswerSources {
  const blocks = solidityOf(subject.text).files.flatMap(({ path, content }) => splitFile(path, content));
  const files = latest(blocks.map((block, index) => ({ ...block, path: block.path ?? nameFor(block.content, index) })));
  const isTest = ({ path, content }: SourceText): boolean => TEST_PATH.test(path) || TEST_IMPORT.test(content);
  const own = files.filter((file) => !isTest(file));
  const kept = own.length > 0 ? own : files;
  return {
    files: kept,
    context: contextOf(subject),
    skipped: files.filter((file) => !kept.includes(file)).map(({ path }) => path),
    joined: joinedOf(blocks),
  };
}

interface Block {
  readonly path: string | null;
  readonly content: string;
}

const FILE_LINE =
  /^[ \t]*\/\/[ \t=*#-]{0,80}(?:file(?:name)?[ \t]{0,3}:[ \t]{0,3})?([\w./@-]{1,150}\.sol)[ \t=*#-]{0,80}$/i;

/** Several files in one block, each under a comment with its name. Lines keep their numbers. */
function splitFile(path: string | null, content: string): readonly Block[] {
  const lines = content.split("\n");
  const starts = lines.flatMap((line, at) => {
    const name = FILE_LINE.exec(line)?.[1];
    return name === undefined ? [] : [{ at, name }];
  });
  const names = new Set(starts.map(({ name }) => name));
  if (starts.length < 2 || names.size < starts.length) return [{ path, content }];
  const parts = starts.map(({ at, name }, index): Block => {
    const end = starts[index + 1]?.at ?? lines.length;
    return { path: name, content: "\n".repeat(at) + lines.slice(at, end).join("\n") };
  });
  return parts.every((part) => DECLARES.test(part.content)) ? parts : [{ path, content }];
}

const DECLARES = /\b(?:contract|interface|library|struct|error|function|type|import|enum|event)\s/;

/** A file is named after its first contract, which is what imports of it say. */
function nameFor(content: string, index: number): string {
  const name = declaredNames(content)[0];
  return name === undefined ? `Answer${index + 1}.sol` : `${name}.sol`;
}

/** Names of the contracts, interfaces and libraries that a source declares. */
export function declaredNames(content: string): readonly string[] {
  const code = segmentsOf(content)
    .filter(({ kind }) => kind === "code")
    .map(({ text }) => text)
    .join(" ");
  return [...code.matchAll(/\b(?:contract|interface|library)\s{1,20}([A-Za-z_$][\w$]*)/g)].map(
    ([, name]) => name ?? "",
  );
}

/** One file per path: of several versions the last counts, unless it is but an excerpt. */
function latest(files: readonly SourceText[]): readonly SourceText[] {
  const byPath = new Map<string, SourceText>();
  for (const file of files) {
    const before = byPath.get(file.path);
    if (before === undefined || file.content.length * 2 >= before.content.length) byPath.set(file.path, file);
  }
  return [...byPath.values()];
}

function joinedOf(blocks: readonly Block[]): readonly SourceText[] | null {
  const unnamed = blocks.filter(({ path }) => path === null);
  const [first, ...later] = unnamed;
  if (first === undefined || later.length === 0) return null;
  if (later.some(({ content }) => /\bpragma\s{1,20}solidity\b/.test(content))) return null;
  const content = [first, ...later.map((block) => ({ content: block.content.replace(/SPDX-License-Identifier/g, "") }))]
    .map((block) => block.content)
    .join("\n");
  const named = blocks.flatMap(({ path, content: text }) => (path === null ? [] : [{ path, content: text }]));
  return latest([{ path: nameFor(content, 0), content }, ...named]);
}

function contextOf(subject: Pick<Subject, "prompt" | "files" | "notes">): readonly SourceText[] {
  const given = givenSources(subject).flatMap(({ path, content }) => splitFile(path, content));
  return latest(given.map(({ path, content }, index) => ({ path: path ?? nameFor(content, index), content })));
}
