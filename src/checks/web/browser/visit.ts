/** A page of an answer that is to be loaded, as the browser's host is told. */
export interface VisitOrder {
  /** Path of the browser's program. */
  readonly executable: string;
  /** The files of the answer by their path on the page's site; `/` is the page. */
  readonly files: Readonly<Record<string, { readonly type: string; readonly content: string }>>;
}

/** What was seen of a page. Everything in it comes from the page and is a stranger's. */
export interface PageVisit {
  /** `false`: it was not done with loading when the time was over; then nothing more was looked at. */
  readonly loaded: boolean;
  /** Messages of uncaught errors and unhandled rejections. */
  readonly errors: readonly string[];
  /** What it asked for and did not get: other sites, and files that the answer does not hold. */
  readonly refused: readonly string[];
  /** Roles and names of what its accessibility tree shows. */
  readonly nodes: readonly { readonly role: string; readonly name: string }[];
  readonly axe: readonly AxeViolation[];
  /** By how many pixels it is wider than a screen of 375. */
  readonly overflowPx: number;
  /** Elements of the page. */
  readonly elements: number;
}

export interface AxeViolation {
  readonly id: string;
  readonly help: string;
  readonly helpUrl: string;
  readonly impact: string;
  /** Selectors of the first elements concerned. */
  readonly targets: readonly string[];
  readonly count: number;
}

/** What the host prints: a visit, or why the browser could not be used. */
export type HostReply =
  | { readonly ok: true; readonly visit: PageVisit }
  | { readonly ok: false; readonly problem: string };
