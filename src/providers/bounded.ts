import type { WireBody } from "./wire-answer.ts";

/** The longest line of a stream. A whole answer that a proxy sends as one event stays far below. */
const MOST_LINE_BYTES = 2 * 1024 * 1024;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** What a body may not be longer than, and what is told of its bytes. */
export interface Bounds {
  readonly mostBytes: number;
  readonly onBytes: () => void;
  /** Makes the error of a body that is out of bounds. */
  readonly fail: (reason: string) => Error;
}

/**
 * The same body, as long as it stays within what an answer can be; else it fails with what `fail` makes of the reason. The SDKs
 * keep a line until it ends and copy it with every piece that arrives: one that does not end would take the event loop, and with it
 * every deadline, and then the memory.
 */
export function bounded(body: WireBody, { mostBytes, onBytes, fail }: Bounds): WireBody {
  return {
    destroy: () => body.destroy(),
    async *[Symbol.asyncIterator]() {
      let bytes = 0;
      let lineBytes = 0;
      // To throw lets the body go.
      for await (const piece of body) {
        onBytes();
        bytes += piece.byteLength;
        const lineEnd = Math.max(piece.lastIndexOf(LINE_FEED), piece.lastIndexOf(CARRIAGE_RETURN));
        lineBytes = lineEnd === -1 ? lineBytes + piece.byteLength : piece.byteLength - lineEnd - 1;
        if (lineBytes > MOST_LINE_BYTES) throw fail("a line without end");
        if (bytes > mostBytes) throw fail(`more than ${mostBytes} bytes for this call`);
        yield piece;
      }
    },
  };
}
