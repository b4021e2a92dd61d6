import { type Readable, Transform, type TransformCallback } from "node:stream";

const LINE_FEED = 0x0a;

/**
 * Puts what comes in pieces together to whole lines, so that the reader never looks at a piece twice: a reader that
 * appends piece by piece copies a message of n pieces n times. A line that grows beyond `mostBytes` goes on as it is, for the
 * reader to refuse.
 */
export class WholeLines extends Transform {
  readonly #mostBytes: number;
  #pieces: Buffer[] = [];
  #bytes = 0;

  constructor(mostBytes: number) {
    // What was put together stays together.
    super({ readableObjectMode: true });
    this.#mostBytes = mostBytes;
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const end = piece.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) this.#send(piece.subarray(0, end));
    if (end < piece.length) this.#hold(piece.subarray(end));
    if (this.#bytes > this.#mostBytes) this.#send();
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#send();
    done();
  }

  #hold(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
  }

  #send(last?: Buffer): void {
    const pieces = last === undefined ? this.#pieces : [...this.#pieces, last];
    this.#pieces = [];
    this.#bytes = 0;
    if (pieces.length > 0) this.push(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces));
  }
}

/** The lines of a stream; ends, and breaks, as the stream does, which is read no further once the lines are not wanted. */
export function wholeLines(input: Readable, mostBytes: number): Readable {
  const lines = new WholeLines(mostBytes);
  input.on("error", (error) => lines.destroy(error));
  // A reader that is done with the input destroys it: that is no error.
  input.on("close", () => void (input.readableEnded || lines.destroy()));
  input.pipe(lines);
  // An input that is still read keeps the process alive.
  lines.on("pause", () => void input.pause());
  return lines;
}
