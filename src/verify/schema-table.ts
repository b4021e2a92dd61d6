import type { Check } from "../checks/kit/check.ts";
import { schemaUsable } from "../checks/text/checks/schema-usable.ts";

/** For worker threads that compile schemas and nothing else: it loads no other check. */
export const CHECKS: ReadonlyMap<string, Check> = new Map([[schemaUsable.name, schemaUsable]]);
