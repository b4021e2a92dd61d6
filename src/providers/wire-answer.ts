import type { Readable } from "node:stream";
import { pipeline } from "node:stream";
import { constants, createBrotliDecompress, createUnzip } from "node:zlib";
import type { Dispatcher } from "undici";

/** The bytes of a body. `destroy` lets its connection go; it may be called at any time, and more than once. */
export interface WireBody extends AsyncIterable<Uint8Array> {
  destroy(): unknown;
}

/** An answer as it came over the wire, whatever its status. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: WireBody;
}

/** What undici received, with the body as it was before it was packed. */
export function wireAnswer({ statusCode, headers: fields, body }: Dispatcher.ResponseData): WireAnswer {
  const headers = new Headers();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  const unpacked = unpack(body, headers.get("content-encoding"));
  // A reader hears of an error where it reads; one that has left must not end the process by it.
  unpacked.on("error", () => {});
  return { status: statusCode, headers, body: unpacked };
}

const FLUSH = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const FLUSH_BROTLI = {
  flush: constants.BROTLI_OPERATION_FLUSH,
  finishFlush: constants.BROTLI_OPERATION_FLUSH,
};
const MOST_CODINGS = 3;

/** No answer is asked for packed; some proxies pack it all the same. A coding that is not known is left as it is. */
function unpack(body: Readable, encoding: string | null): Readable {
  const codings = (encoding ?? "").split(",").map((coding) => coding.trim().toLowerCase());
  const known = codings.filter((coding) => UNPACKERS.has(coding));
  if (known.length === 0 || known.length < codings.length || known.length > MOST_CODINGS) return body;
  return known.reduceRight<Readable>(
    (packed, coding) => pipeline(packed, UNPACKERS.get(coding)?.() ?? createUnzip(FLUSH), () => {}),
    body,
  );
}

const UNPACKERS: ReadonlyMap<string, () => NodeJS.ReadWriteStream & Readable> = new Map([
  ["gzip", () => createUnzip(FLUSH)],
  ["x-gzip", () => createUnzip(FLUSH)],
  ["deflate", () => createUnzip(FLUSH)],
  ["br", () => createBrotliDecompress(FLUSH_BROTLI)],
]);
