/** The order to the browser's host: the page to load. */
export interface VisitOrder {
  /** Path of the browser's program. */
  readonly executable: string;
  /** The files of the answer by their path on the page's site; `/` is the page. */
  readonly files: Readonly<Record<string, { readonly type: string; readonly content: string }>>;
}

/** What the browser saw of a page. All of it comes from the page: do not trust it. */
export interface PageVisit {
  /** `false`: the page did not finish loading in time, and was not inspected. */
  readonly loaded: boolean;
  /** Messages of uncaught errors and unhandled rejections. */
  readonly errors: readonly string[];
  /** Requests that were refused: to other sites, and for files that the answer does not hold. */
  readonly refused: readonly string[];
  /** Roles and names of its accessibility tree. */
  readonly nodes: readonly { readonly role: string; readonly name: string }[];
  readonly axe: readonly AxeViolation[];
  /** By how many pixels it is wider than a 375 px screen. */
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
