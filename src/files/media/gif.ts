import { ANIMATED, larger, trailing, TRUNCATED, type ReadImage } from "./image-size.ts";

const HEADER_BYTES = 13;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const END = 0x3b;
const IMAGE_BYTES = 10;

/** Walks the blocks of a GIF. */
export function readGif(bytes: Buffer): ReadImage {
  if (bytes.length < HEADER_BYTES) return TRUNCATED;
  let size = { widthPx: bytes.readUInt16LE(6), heightPx: bytes.readUInt16LE(8) };
  let images = 0;
  let at = HEADER_BYTES + colourBytes(bytes[10]);
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === END)
      return trailing(bytes, at + 1) ?? (images > 0 ? size : "is a broken image/gif: it has no pixels");
    if (block === IMAGE) {
      images += 1;
      if (images > 1) return ANIMATED;
      if (at + IMAGE_BYTES > bytes.length) return TRUNCATED;
      // Some decoders make the screen as large as the image that is put on it.
      size = larger(size, {
        widthPx: bytes.readUInt16LE(at + 1) + bytes.readUInt16LE(at + 5),
        heightPx: bytes.readUInt16LE(at + 3) + bytes.readUInt16LE(at + 7),
      });
      at = afterBlocks(bytes, at + IMAGE_BYTES + colourBytes(bytes[at + 9]) + 1);
    } else if (block === EXTENSION) at = afterBlocks(bytes, at + 2);
    else return "is a broken image/gif: a block is of no known kind";
  }
  return TRUNCATED;
}

/** A table of colours, where the flags say that there is one. */
function colourBytes(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

function afterBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (let length = bytes[at]; length !== undefined && length !== 0; length = bytes[at]) at += 1 + length;
  return at + 1;
}
