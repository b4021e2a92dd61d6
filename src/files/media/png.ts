import { crc32 } from "node:zlib";
import { ANIMATED, trailing, TRUNCATED, type ReadImage } from "./image-size.ts";

const SIGNATURE_BYTES = 8;
/** Length, type and checksum. */
const FRAME_BYTES = 12;

/** Walks the chunks of a PNG and holds each to its checksum. */
export function readPng(bytes: Buffer): ReadImage {
  let size: Exclude<ReadImage, string> | null = null;
  let hasPixels = false;
  for (let at = SIGNATURE_BYTES; at + FRAME_BYTES <= bytes.length;) {
    const dataAt = at + 8;
    const endAt = at + FRAME_BYTES + bytes.readUInt32BE(at);
    if (endAt > bytes.length) return TRUNCATED;
    const type = bytes.toString("latin1", at + 4, dataAt);
    if (crc32(bytes.subarray(at + 4, endAt - 4)) !== bytes.readUInt32BE(endAt - 4))
      return "is a broken image/png: a checksum is wrong";
    if ((size === null) !== (type === "IHDR") || (type === "IHDR" && endAt - at !== FRAME_BYTES + 13))
      return "is a broken image/png: it does not begin with its size";
    if (type === "IHDR") size = { widthPx: bytes.readUInt32BE(dataAt), heightPx: bytes.readUInt32BE(dataAt + 4) };
    if (type === "acTL") return ANIMATED;
    hasPixels ||= type === "IDAT";
    if (type === "IEND")
      return trailing(bytes, endAt) ?? (hasPixels && size !== null ? size : "is a broken image/png: it has no pixels");
    at = endAt;
  }
  return TRUNCATED;
}
