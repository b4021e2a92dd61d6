import type { Tool } from "../define-tool.ts";
import { estimateCost } from "./estimate-cost.ts";
import { getReceipt } from "./get-receipt.ts";
import { listModels } from "./list-models.ts";
import { reportOutcome } from "./report-outcome.ts";
import { routeBatch } from "./route-batch.ts";
import { routeTask } from "./route-task.ts";
import { spendReport } from "./spend-report.ts";

/** All tools, in the order in which they are listed. */
export const tools: readonly Tool[] = [
  routeTask,
  routeBatch,
  estimateCost,
  getReceipt,
  listModels,
  reportOutcome,
  spendReport,
];
