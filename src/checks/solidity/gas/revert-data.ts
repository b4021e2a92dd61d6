export interface CompareOptions {
  /** Whether every difference in revert data counts. If not, a text may be shortened, or become an error or a panic. */
  readonly exactReverts: boolean;
}

const TEXT = "08c379a0";
const PANIC = "4e487b71";
const SELECTOR_CHARS = 8;
const WORD_CHARS = 64;

/** What is wrong with the answer's revert data, as a clause; `null`: it says as much as the original's. */
export function revertDataDifference(before: string, after: string, { exactReverts }: CompareOptions): string | null {
  if (before === after) return null;
  const message = `reverts with ${spelled(after)}`;
  if (exactReverts) return message;
  if (isReadable(before) && after !== "" && !isReadable(after)) {
    return `reverts with data that no caller can read (0x${clip(after)})`;
  }
  const selector = before.slice(0, SELECTOR_CHARS);
  // A text may be shortened, and which of two panics comes first may change.
  const isOwnError = before !== "" && selector !== TEXT && selector !== PANIC;
  const isSameError = isOwnError && selector === after.slice(0, SELECTOR_CHARS);
  return isSameError ? `reverts with the same error and other arguments (0x${clip(after)})` : null;
}

/** The text of a `require`, `panic 0x11`, `error 0x…`, or nothing. */
export function refusalOf(data: string): string {
  if (data.startsWith(TEXT)) {
    const length = Number(BigInt(`0x${data.slice(72, 136) || "0"}`) & 0xffffn);
    return Buffer.from(data.slice(136, 136 + length * 2), "hex").toString("utf8");
  }
  if (data.startsWith(PANIC)) return `panic 0x${data.slice(-2)}`;
  return data === "" ? "" : `error 0x${data.slice(0, SELECTOR_CHARS)}`;
}

/** Whether it is a selector and whole words, and a text within its bounds where it says that it is a text. */
function isReadable(data: string): boolean {
  const words = data.slice(SELECTOR_CHARS);
  if (data.length < SELECTOR_CHARS || words.length % WORD_CHARS !== 0) return false;
  if (!data.startsWith(TEXT)) return true;
  const wordAt = (byte: bigint): bigint | null => {
    const word = byte > BigInt(words.length) ? "" : words.slice(Number(byte) * 2, Number(byte) * 2 + WORD_CHARS);
    return word.length === WORD_CHARS ? BigInt(`0x${word}`) : null;
  };
  const offset = wordAt(0n);
  const length = offset === null ? null : wordAt(offset);
  return offset !== null && length !== null && offset + 32n + length <= BigInt(words.length / 2);
}

function spelled(data: string): string {
  const text = refusalOf(data);
  if (text === "") return "no data";
  return /^(?:panic|error) /.test(text) ? text : JSON.stringify(text);
}

function clip(data: string): string {
  return data.length > 40 ? `${data.slice(0, 40)}…` : data;
}
