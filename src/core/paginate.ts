/** A good place is looked for in so much of the end of a piece. */
const LOOK_BACK_SHARE = 0.2;
/** From the best place to cut to the worst; the cut is after it. */
const PLACES = ["\n\n", "\n", " "];

/** Where to cut a text so that at most `mostChars` are before it: after a paragraph, a line or a word, never inside a character. */
export function cutAt(text: string, from: number, mostChars: number): number {
  const end = from + mostChars;
  if (end >= text.length) return text.length;
  const least = from + Math.ceil(mostChars * (1 - LOOK_BACK_SHARE));
  const piece = text.slice(least, end);
  for (const place of PLACES) {
    const at = piece.lastIndexOf(place);
    if (at !== -1) return least + at + place.length;
  }
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xd800 && unit <= 0xdbff && mostChars > 1 ? end - 1 : end;
}

/** The text in pieces of at most `mostChars` UTF-16 units; together they are the text. At least one. */
export function pagesOf(text: string, mostChars: number): readonly string[] {
  const pages: string[] = [];
  let from = 0;
  do {
    const end = cutAt(text, from, mostChars);
    pages.push(text.slice(from, end));
    from = end;
  } while (from < text.length);
  return pages;
}

/**
 * How much of each length may be shown when all of them together may take `total`: short ones are shown whole, what they leave
 * is shared by the longer ones.
 */
export function sharesOf(lengths: readonly number[], total: number): readonly number[] {
  const shares = lengths.map(() => 0);
  let left = total;
  let waiting = lengths.length;
  for (const [index, length] of [...lengths.entries()].sort(([, one], [, other]) => one - other)) {
    const share = Math.min(length, Math.floor(left / waiting));
    shares[index] = share;
    left -= share;
    waiting -= 1;
  }
  return shares;
}
