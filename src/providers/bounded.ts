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
 * The same stream, as long as it stays within what an answer can be; else it fails with what `fail` makes of the reason. The SDKs
 * keep a line until it ends and copy it with every piece that arrives: one that does not end would take the event loop, and with it
 * every deadline, and then the memory.
 */
export function bounded(
  body: ReadableStream<Uint8Array>,
  { mostBytes, onBytes, fail }: Bounds,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  let lineBytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        onBytes();
        bytes += value.byteLength;
        const lineEnd = Math.max(value.lastIndexOf(LINE_FEED), value.lastIndexOf(CARRIAGE_RETURN));
        lineBytes = lineEnd === -1 ? lineBytes + value.byteLength : value.byteLength - lineEnd - 1;
        if (lineBytes <= MOST_LINE_BYTES && bytes <= mostBytes) return controller.enqueue(value);
        const error = fail(
          lineBytes > MOST_LINE_BYTES ? "a line without end" : `more than ${mostBytes} bytes for this call`,
        );
        controller.error(error);
        await reader.cancel(error).catch(() => {});
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read ahead of the SDK.
    { highWaterMark: 0 },
  );
}
