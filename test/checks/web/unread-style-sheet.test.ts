import { expect, it, vi } from "vitest";
import { acceptPage } from "../../../src/checks/web/accept-page.ts";

vi.mock("css-tree", () => ({
  parse: () => {
    throw new Error("gave up");
  },
}));

it("takes nothing for visible on a page whose style sheet could not be read", async () => {
  const text = "```html\n<style>.x { display: none }</style><main><button class='x'>Save</button></main>\n```";
  const context = { system: null, files: [], notes: [], tests: [] };
  const rest = { taskId: "ui_design", checks: [], prompt: "", context, files: [], notes: [], responseSchema: null };
  const criterion = { kind: "element", name: "c", role: "button", text: "Save", count: null } as const;
  const outcome = await acceptPage.run({ ...rest, text, criterion }, new AbortController().signal);
  expect(outcome?.unmade).toBeDefined();
  expect(outcome?.evidence).toEqual([]);
});
