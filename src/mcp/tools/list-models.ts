import { ListModelsInput, ListModelsOutput } from "../../core/contract-reports.ts";
import { defineTool, showAll } from "../define-tool.ts";

export const listModels = defineTool({
  name: "list_models",
  title: "List models",
  description:
    "Models that route_task can use: whether each is available (and what would turn it on), USD per million tokens, limits, " +
    "health. Free.",
  input: ListModelsInput,
  output: ListModelsOutput,
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  handle: (service, input) => service.listModels(input),
  show: showAll,
});
