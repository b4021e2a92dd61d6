/** Input tokens: as expected, and at the most. */
export interface MediaTokens {
  readonly expected: number;
  readonly max: number;
}

/** How a vendor counts images and PDF as input tokens. */
export interface MediaRule {
  /** Tokens of an image of so many pixels, after whatever the vendor does to its size. */
  imageTokens(widthPx: number, heightPx: number): number;
  /** Tokens of a page of a PDF, with its text; `null`: the vendor takes no PDF. */
  readonly pageTokens: MediaTokens | null;
  /** Types of image that it refuses. Absent: none of ours. */
  readonly refusedTypes?: readonly string[];
}
