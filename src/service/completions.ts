import { isLedgerUnavailable } from "../core/errors.ts";

/** A completion that cannot be made is no completion, not an error. */
export async function orEmpty(names: Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await names;
  } catch (error) {
    if (!isLedgerUnavailable(error)) throw error;
    return [];
  }
}
