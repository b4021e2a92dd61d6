/** The size of an image that was read to its end, in pixels; or what is wrong with it. */
export type ReadImage = { readonly widthPx: number; readonly heightPx: number } | string;

/** It ends before its format lets it. */
export const TRUNCATED = "truncated";
/** Vendors refuse it, or look at its first frame alone. */
export const ANIMATED = "is an animated image: send one frame of it";

/** What stands behind the end of an image is no part of it, and may be another file. */
export function trailing(bytes: Buffer, endAt: number): string | null {
  const left = bytes.length - endAt;
  return left <= 0 ? null : `holds ${left} bytes behind the end of its image, which may be another file: save it anew`;
}
