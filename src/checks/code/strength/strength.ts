/** How well examples can tell a program from ones that differ a little. */
export interface Strength {
  /** Changes that were tried. */
  readonly tried: number;
  /** Of which the examples noticed so many. */
  readonly noticed: number;
}
