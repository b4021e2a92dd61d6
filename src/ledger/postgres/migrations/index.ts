import { TABLES } from "./0001-tables.ts";
import { LESSONS } from "./0002-lessons.ts";
import { SUMS } from "./0003-sums.ts";
import { ATTEMPTS } from "./0004-attempts.ts";
import { EXPIRE } from "./0005-expire.ts";
import { RESERVE } from "./0006-reserve.ts";
import { SETTLE } from "./0007-settle.ts";
import { NOTICES } from "./0008-notices.ts";
import { DELEGATION } from "./0009-delegation.ts";
import { SHARED } from "./0011-shared.ts";
import { OWN_LOCKS } from "./0012-own-locks.ts";
import type { PostgresMigration } from "./migration.ts";

/** All steps, oldest first. The schema version of a ledger is how many of them it has seen. Append only. */
export const MIGRATIONS: readonly PostgresMigration[] = [
  TABLES,
  LESSONS,
  SUMS,
  ATTEMPTS,
  EXPIRE,
  RESERVE,
  SETTLE,
  NOTICES,
  DELEGATION,
  SHARED,
  OWN_LOCKS,
];
