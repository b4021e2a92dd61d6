import { FIRST } from "./0001-first.ts";
import { ROLES } from "./0002-roles.ts";
import { HEALTH } from "./0003-health.ts";
import { COMPACT } from "./0004-compact.ts";
import { PRINCIPALS } from "./0005-principals.ts";
import { BATCHES } from "./0006-batches.ts";
import { BASIS } from "./0007-basis.ts";
import { RESERVED_ROLE } from "./0008-reserved-role.ts";
import { OWN_HEALTH } from "./0009-own-health.ts";
import { SAVINGS } from "./0010-savings.ts";
import { LEARNING } from "./0011-learning.ts";
import { EVIDENCE_RECORD } from "./0012-evidence-record.ts";
import { NOTICES } from "./0013-notices.ts";
import { DELEGATION } from "./0014-delegation.ts";
import type { Migration } from "./migration.ts";

/** All steps, oldest first. The schema version of a file (`PRAGMA user_version`) is how many of them it has seen. Append only. */
export const MIGRATIONS: readonly Migration[] = [
  FIRST,
  ROLES,
  HEALTH,
  COMPACT,
  PRINCIPALS,
  BATCHES,
  BASIS,
  RESERVED_ROLE,
  OWN_HEALTH,
  SAVINGS,
  LEARNING,
  EVIDENCE_RECORD,
  NOTICES,
  DELEGATION,
];
