import { createHash } from "node:crypto";
import type { ImageType, MediaFile, MediaType } from "../../core/media.ts";
import { readGif } from "./gif.ts";
import { TRUNCATED, type ReadImage } from "./image-size.ts";
import { readJpeg } from "./jpeg.ts";
import { readPdf } from "./pdf.ts";
import { readPng } from "./png.ts";
import { readWebp } from "./webp.ts";

/** 5 MB as base64: the least of the vendors' limits for an image (Anthropic). */
const MOST_IMAGE_BYTES = 3_750_000;
export const MOST_PDF_BYTES = 10_000_000;
/** Anthropic's limit for one image of up to twenty. */
const MOST_SIDE_PX = 8000;
const LONGEST_HEAD_BYTES = 12;

/** The first bytes of each type. WebP is told by two places. */
const MAGIC: readonly (readonly [type: MediaType, magic: Buffer])[] = [
  ["image/png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ["image/jpeg", Buffer.from([0xff, 0xd8, 0xff])],
  ["image/gif", Buffer.from("GIF87a")],
  ["image/gif", Buffer.from("GIF89a")],
  ["application/pdf", Buffer.from("%PDF-")],
];

const READERS: Readonly<Record<ImageType, (bytes: Buffer) => ReadImage>> = {
  "image/png": readPng,
  "image/jpeg": readJpeg,
  "image/gif": readGif,
  "image/webp": readWebp,
};

/** The type of an image or PDF by its first bytes, whatever it is called; `null`: it is none that models take. */
export function mediaTypeOf(bytes: Buffer): MediaType | null {
  const head = bytes.subarray(0, LONGEST_HEAD_BYTES);
  const found = MAGIC.find(([, magic]) => head.subarray(0, magic.length).equals(magic));
  if (found !== undefined) return found[0];
  return head.toString("latin1", 0, 4) === "RIFF" && head.toString("latin1", 8, 12) === "WEBP" ? "image/webp" : null;
}

/** An image or PDF that models can take, read from its first byte to its last; or what is wrong with it. */
export function readMedia(bytes: Buffer, type: MediaType, name: string): MediaFile | string {
  const base = {
    name,
    base64: bytes.toString("base64"),
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
  if (type === "application/pdf") {
    if (bytes.length > MOST_PDF_BYTES)
      return `has ${bytes.length} bytes; a PDF has at most ${MOST_PDF_BYTES}: split it`;
    const read = readPdf(bytes);
    return typeof read === "string" ? read : { kind: "pdf", type, ...base, pages: read.pages };
  }
  if (bytes.length > MOST_IMAGE_BYTES)
    return `has ${bytes.length} bytes; an image has at most ${MOST_IMAGE_BYTES}: make it smaller`;
  const read = READERS[type](bytes);
  if (typeof read === "string") return read === TRUNCATED ? `is a broken ${type}: it is cut off` : read;
  const { widthPx, heightPx } = read;
  if (widthPx < 1 || heightPx < 1) return `is a broken ${type}: it has no pixels`;
  if (widthPx > MOST_SIDE_PX || heightPx > MOST_SIDE_PX)
    return `has ${widthPx} by ${heightPx} pixels; an image has at most ${MOST_SIDE_PX} on a side: make it smaller`;
  return { kind: "image", type, ...base, widthPx, heightPx };
}
