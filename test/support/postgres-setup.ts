import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopShared, TEST_DIR } from "./postgres.ts";

/** A folder in which the first test that needs a Postgres server starts one for all; it ends with the run. */
export default function setup(): () => Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "signalbox-postgres-"));
  process.env[TEST_DIR] = dir;
  return async () => {
    await stopShared(dir);
    rmSync(dir, { recursive: true, force: true });
  };
}
