import { ANIMATED, larger, trailing, TRUNCATED, type ReadImage } from "./image-size.ts";

const HEADER_BYTES = 12;
const CHUNK_HEAD_BYTES = 8;
const ANIMATION_FLAG = 0x02;

/** Walks the chunks of a WebP. */
export function readWebp(bytes: Buffer): ReadImage {
  if (bytes.length < HEADER_BYTES) return TRUNCATED;
  const endAt = 8 + bytes.readUInt32LE(4);
  if (endAt > bytes.length) return TRUNCATED;
  const behind = trailing(bytes, endAt);
  if (behind !== null) return behind;
  let size: Exclude<ReadImage, string> | null = null;
  let hasPixels = false;
  for (let at = HEADER_BYTES; at < endAt;) {
    if (at + CHUNK_HEAD_BYTES > endAt) return TRUNCATED;
    const dataAt = at + CHUNK_HEAD_BYTES;
    const length = bytes.readUInt32LE(at + 4);
    if (dataAt + length > endAt) return TRUNCATED;
    const type = bytes.toString("latin1", at, at + 4);
    const data = bytes.subarray(dataAt, dataAt + length);
    if (type === "ANIM" || type === "ANMF" || (type === "VP8X" && ((data[0] ?? 0) & ANIMATION_FLAG) !== 0))
      return ANIMATED;
    const stated = sizeIn(type, data);
    if (stated !== null) size = larger(size, stated);
    hasPixels ||= type === "VP8 " || type === "VP8L";
    at = dataAt + length + (length % 2);
  }
  return hasPixels && size !== null ? size : "is a broken image/webp: it has no pixels";
}

function sizeIn(type: string, data: Buffer): Exclude<ReadImage, string> | null {
  if (data.length < 10) return null;
  switch (type) {
    case "VP8X":
      return { widthPx: data.readUIntLE(4, 3) + 1, heightPx: data.readUIntLE(7, 3) + 1 };
    case "VP8 ":
      return data.readUIntBE(3, 3) === 0x9d012a
        ? { widthPx: data.readUInt16LE(6) & 0x3fff, heightPx: data.readUInt16LE(8) & 0x3fff }
        : null;
    case "VP8L": {
      const bits = data.readUInt32LE(1);
      return data[0] === 0x2f ? { widthPx: (bits & 0x3fff) + 1, heightPx: ((bits >>> 14) & 0x3fff) + 1 } : null;
    }
    default:
      return null;
  }
}
