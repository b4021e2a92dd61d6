import type { Connection } from "../db/connection.ts";

/** What the file takes on the disk, and what of it is free for new records. */
export interface Size {
  readonly sizeBytes: number;
  readonly freeBytes: number;
}

const SIZE = `
  SELECT page_count * page_size AS sizeBytes, freelist_count * page_size AS freeBytes
  FROM pragma_page_count, pragma_freelist_count, pragma_page_size`;

export function readSize(connection: Connection): Size {
  return connection.get<Size>(SIZE) ?? { sizeBytes: 0, freeBytes: 0 };
}

/** Whether the file can give back single pages: files from before there was pruning cannot, until they are rewritten once. */
export function canShrink(connection: Connection): boolean {
  return connection.get<{ auto_vacuum: number }>("PRAGMA auto_vacuum")?.auto_vacuum === 2;
}

/** Gives free pages back to the disk until there are none or the time is over; returns how many are left. */
export function shrinkStep(connection: Connection, isOver: () => boolean): number {
  for (;;) {
    connection.exec("PRAGMA incremental_vacuum(16)");
    const left = connection.get<{ freelist_count: number }>("PRAGMA freelist_count")?.freelist_count ?? 0;
    if (left === 0 || isOver()) return left;
  }
}

/** Writes the whole file anew, without its free pages, and so that it can shrink from then on. Others cannot write meanwhile. */
export function rewrite(connection: Connection): void {
  connection.exec("PRAGMA auto_vacuum = INCREMENTAL; VACUUM");
}

/** Carries what was written lately into the file itself, as far as no reader needs the older state. Does not block writers. */
export function checkpoint(connection: Connection): void {
  connection.exec("PRAGMA wal_checkpoint(PASSIVE)");
}
