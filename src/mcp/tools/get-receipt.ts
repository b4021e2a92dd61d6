import { ReceiptInput, ReceiptOutput } from "../../core/contract-reports.ts";
import { receiptPart } from "../receipt-part.ts";
import { defineTool, showAll } from "../define-tool.ts";

export const getReceipt = defineTool({
  name: "get_receipt",
  title: "Get a receipt",
  description:
    "What is recorded about a route_task call, by its route_id. part: summary; checks (what each found); attempts (who was asked, " +
    "what it cost, why it failed); plan (order, and why others are out); answer (a page of an answer that was cut). Free.",
  input: ReceiptInput,
  output: ReceiptOutput,
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  handle: (service, input, _options, house) => receiptPart(service, input, house),
  show: showAll,
});
