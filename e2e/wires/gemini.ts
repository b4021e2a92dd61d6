import { at, listAt, readable, type ModelWire } from "./wire.ts";

/** Gemini's `streamGenerateContent`. */
export const gemini: ModelWire = {
  answers: (path) => path.endsWith(":streamGenerateContent"),
  read(body) {
    const parts = listAt(body, "contents").flatMap((content) => listAt(content, "parts"));
    const results = parts.map((part) => at(part, "functionResponse")).filter((result) => result !== undefined);
    return {
      tools: listAt(body, "tools").flatMap((tool) =>
        listAt(tool, "functionDeclarations").map((each) => String(at(each, "name"))),
      ),
      deferred: [],
      results: new Map(results.map((result) => [String(at(result, "id")), outputOf(at(result, "response"))])),
    };
  },
  write(step) {
    const part =
      step.kind === "say" ? { text: step.text } : { functionCall: { id: step.id, name: step.tool, args: step.args } };
    const usageMetadata = { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 };
    const candidate = { index: 0, content: { role: "model", parts: [part] }, finishReason: "STOP" };
    return [{ data: { candidates: [candidate], usageMetadata, modelVersion: "scripted", responseId: "1" } }];
  },
};

function outputOf(response: unknown): string {
  return readable(at(response, "output") ?? at(response, "error") ?? response);
}
