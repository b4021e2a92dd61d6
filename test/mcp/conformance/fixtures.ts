import type { BuildServer } from "../../../src/mcp/http/parts.ts";
import { buildServer } from "../../../src/mcp/server.ts";
import { addNewQuestions, addOldQuestions } from "./asking.ts";
import { addContentTools, addPrompts, addResources } from "./content.ts";

/** Our server with the tools, resources and prompts on it that the official suites call. */
export const buildConformanceServer: BuildServer = (service, options) => {
  const server = buildServer(service, options);
  server.server.registerCapabilities({ logging: {} });
  addContentTools(server);
  addResources(server);
  addPrompts(server);
  addOldQuestions(server);
  addNewQuestions(server);
  return server;
};
