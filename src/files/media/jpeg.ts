import { larger, trailing, TRUNCATED, type ReadImage } from "./image-size.ts";

const BROKEN = "is a broken image/jpeg: a segment does not begin where it should";
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Markers between C0 and CF that begin no frame. */
const NO_FRAME: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);

/** Walks the segments of a JPEG, and over the pixels of its scans. */
export function readJpeg(bytes: Buffer): ReadImage {
  let size: Exclude<ReadImage, string> | null = null;
  let hasPixels = false;
  for (let at = 2; at + 2 <= bytes.length;) {
    if (bytes[at] !== 0xff) return BROKEN;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END_OF_IMAGE)
      return (
        trailing(bytes, at + 2) ?? (hasPixels && size !== null ? size : "is a broken image/jpeg: it has no pixels")
      );
    if (at + 4 > bytes.length) return TRUNCATED;
    const endAt = at + 2 + bytes.readUInt16BE(at + 2);
    if (endAt > bytes.length) return TRUNCATED;
    if (endAt < at + 4) return BROKEN;
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker)) {
      if (endAt < at + 9) return BROKEN;
      size = larger(size, { widthPx: bytes.readUInt16BE(at + 7), heightPx: bytes.readUInt16BE(at + 5) });
    }
    hasPixels ||= marker === START_OF_SCAN;
    at = marker === START_OF_SCAN ? endOfScan(bytes, endAt) : endAt;
  }
  return TRUNCATED;
}

/** The next marker: FF is followed by 00 within a scan, or by the number of a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
