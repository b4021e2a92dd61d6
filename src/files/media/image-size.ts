/** The size of an image that was read to its end, in pixels; or what is wrong with it. */
export type ReadImage = ImageSize | string;

interface ImageSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Where an image states more than one size, decoders differ in which they take: it is counted by the most of each. */
export function larger(one: ImageSize | null, other: ImageSize): ImageSize {
  return {
    widthPx: Math.max(one?.widthPx ?? 0, other.widthPx),
    heightPx: Math.max(one?.heightPx ?? 0, other.heightPx),
  };
}

/** It ends before its format lets it. */
export const TRUNCATED = "truncated";
/** Vendors refuse it, or look at its first frame alone. */
export const ANIMATED = "is an animated image: send one frame of it";

/** What stands behind the end of an image is no part of it, and may be another file. */
export function trailing(bytes: Buffer, endAt: number): string | null {
  const left = bytes.length - endAt;
  return left <= 0 ? null : `holds ${left} bytes behind the end of its image, which may be another file: save it anew`;
}
