/** A file that was sent or written. */
export interface FileFact {
  readonly path: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  /** Of a file that was sent in part: "from-to". */
  readonly lines?: string;
  /** Of an image or a PDF. */
  readonly type?: string;
  /** Of an image or a PDF: "1920x1080 pixels", "3 pages". */
  readonly size?: string;
}

/** What the caller asks for with `output`. */
export interface OutputWish {
  readonly path: string;
  readonly overwrite?: boolean | undefined;
  readonly patch?: boolean | undefined;
}

/** One file, a folder of several, or a patch to files that are there. */
export type OutputShape = "file" | "folder" | "patch";

/** Where an accepted answer goes: checked before anything was spent, and again when it is written. */
export interface PreparedOutput {
  readonly shape: OutputShape;
  /** Absolute, without links. */
  readonly root: string;
  /** From the root, with `/`; empty: the root itself. */
  readonly path: string;
  readonly overwrite: boolean;
  /** Of a patch: it changes this one file, not files of a folder. */
  readonly isOneFile: boolean;
}

export type OutputPreparation =
  | { readonly ok: true; readonly output: PreparedOutput }
  | { readonly ok: false; readonly problem: string };

/** What became of an answer that was to be written: all of its files, or none and why. */
export type Delivery =
  | { readonly ok: true; readonly written: readonly FileFact[]; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problem: string };

const MOST_LISTED = 20;

/** What stands in a result in place of a text that was written to files. */
export function writtenSummary(written: readonly FileFact[]): string {
  const lines = written.slice(0, MOST_LISTED).map(({ path, bytes }) => `${path} (${bytes} bytes)`);
  const more = written.length > MOST_LISTED ? `, and ${written.length - MOST_LISTED} more` : "";
  return `Wrote ${written.length} file${written.length === 1 ? "" : "s"}: ${lines.join(", ")}${more}.`;
}

/** The form in which a model is told to give an answer that goes into several files, or changes them. */
export const OUTPUT_FORMS = {
  file: null,
  folder:
    "Give each file whole, in a fenced block of its own whose first line names the file's path after the language: ```ts src/a.ts",
  patch:
    "Answer with a unified diff alone, in one fenced block: for each file --- a/path and +++ b/path as it is named above, then its hunks " +
    "with three unchanged lines around each change, copied exactly.",
} as const satisfies Record<OutputShape, string | null>;
