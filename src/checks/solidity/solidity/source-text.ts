/** A Solidity source by its path. Paths are unique within a list. */
export interface SourceText {
  readonly path: string;
  readonly content: string;
}
