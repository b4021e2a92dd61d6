import { SCAN_MAX_CHARS } from "../../kit/check.ts";
import { ruleCheck } from "../../kit/rule-check.ts";
import { foundIn, readAudit, type AuditReading } from "../audit/reading.ts";
import { auditCitations } from "../audit/rules/citations.ts";

/**
 * The audit is one of the given code. Whether its findings are right, and whether there are others, no tool tells: an audit is
 * never verified by this check.
 */
export const audit = ruleCheck<AuditReading>({
  name: "audit",
  maxChars: SCAN_MAX_CHARS,
  read: readAudit,
  rules: [auditCitations],
  conclude({ source, cited }) {
    const { known, unknown } = foundIn(cited.names, source);
    const total = known.length + unknown.length;
    return total === 0 ? {} : { looked: `${known.length} of ${total} cited names are in the given code` };
  },
});
