import { estimateTokenCount } from "tokenx";

/** A piece of a streamed text, and the tokens of everything up to its end. */
export interface StreamPiece {
  readonly text: string;
  readonly sentTokens: number;
}

const MOST_PIECES = 24;
const SHORTEST_PIECE = 4;
const KEPT_TEXTS = 256;

const tokenCounts = new Map<string, number>();
const splits = new Map<string, readonly StreamPiece[]>();

/** Tokens of a text as the sandbox counts them for a model's tokenizer. Scripted answers repeat, so counts are kept. */
export function countTokens(text: string, tokenFactor: number): number {
  return Math.ceil(kept(tokenCounts, text, () => estimateTokenCount(text)) * tokenFactor);
}

/** A text cut into at most 24 pieces, as a stream carries it: at least two unless it is a single character; none when empty. */
export function piecesOf(text: string): readonly StreamPiece[] {
  return kept(splits, text, () => split(text));
}

/** The first pieces of a text, about a third: what gets through before something breaks. */
export function firstPieces(text: string): readonly StreamPiece[] {
  const pieces = piecesOf(text);
  return pieces.slice(0, Math.max(1, Math.floor(pieces.length / 3)));
}

function split(text: string): readonly StreamPiece[] {
  const step = Math.max(Math.min(SHORTEST_PIECE, Math.ceil(text.length / 2)), Math.ceil(text.length / MOST_PIECES));
  const pieces: StreamPiece[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + step);
    if (endsInsideOfPair(text, end)) end += 1;
    pieces.push({ text: text.slice(start, end), sentTokens: estimateTokenCount(text.slice(0, end)) });
    start = end;
  }
  return pieces;
}

function endsInsideOfPair(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  return code >= 0xdc00 && code <= 0xdfff;
}

function kept<T>(cache: Map<string, T>, text: string, make: () => T): T {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const made = make();
  if (cache.size >= KEPT_TEXTS) cache.clear();
  cache.set(text, made);
  return made;
}
