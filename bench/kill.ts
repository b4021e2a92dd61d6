import { runKillTest, CERTAIN_FAULTS } from "./kill/run.ts";
import { brokenPromisesInFull, killRows } from "./kill/report.ts";
import { conclude, printMarkdown } from "./markdown.ts";

/** `npm run bench:kill`: processes on one ledger and one day budget, killed at random moments; ends with 1 when a promise is broken. */
const report = await runKillTest({
  seed: Number(process.argv[2] ?? 4),
  processes: 8,
  requests: 200,
  inFlight: 4,
  capUsd: 0.12,
  deadlineMs: 30_000,
  killAfter: { least: 6, most: 30, thenMs: 80 },
  sampleEveryMs: 100,
  roomMs: 300_000,
  latencyMs: 200,
  faultShare: 0.05,
  faults: [...CERTAIN_FAULTS, { kind: "hang" }],
});
printMarkdown("Processes that are killed at random moments, on one ledger and one day budget", killRows(report));
conclude(brokenPromisesInFull(report));
