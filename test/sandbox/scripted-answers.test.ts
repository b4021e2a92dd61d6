import { parse as parseSolidity } from "@solidity-parser/parser";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse as parseHtml, type DefaultTreeAdapterTypes } from "parse5";
import { describe, expect, it } from "vitest";
import type { AskedFor } from "../../src/sandbox/answers/answer.ts";
import { audit, AUDIT_SOURCE } from "../../src/sandbox/answers/audit.ts";
import { GAS_ORIGINAL, gas } from "../../src/sandbox/answers/gas.ts";
import { answerFor, SCRIPTS } from "../../src/sandbox/answers/index.ts";
import { planning } from "../../src/sandbox/answers/planning.ts";
import { solidity } from "../../src/sandbox/answers/solidity.ts";
import { ui } from "../../src/sandbox/answers/ui.ts";

const asked = (user: string, bad = false): AskedFor => ({
  provider: "openai",
  wireId: "gpt-6-luna",
  system: null,
  user,
  call: 1,
  bad,
});
const fenced = (answer: string): string => /```\w+\n([\s\S]*?)```/.exec(answer)?.[1] ?? "";
/** Function signatures and events, the way both versions of a contract must share them. */
const surface = (source: string): readonly string[] =>
  [...source.matchAll(/(function \w+|event \w+\([^)]*\)|require\([^;]*;|emit \w+)/g)]
    .map(([found]) => found)
    .toSorted();

describe("a prompt", () => {
  it.each(SCRIPTS.map((script) => [script.task, script] as const))("for %s gets that task's answer", (_, script) => {
    expect(answerFor(asked(script.prompt))).toBe(script.good);
    expect(answerFor(asked(script.prompt, true))).toBe(script.bad);
  });

  it.each([
    ["Write an ERC-20 token in Solidity with a capped supply", "solidity_codegen"],
    ["Reduce the gas cost of this contract", "gas_optimization"],
    ["Build a responsive login form with HTML and CSS", "ui_design"],
    ["Find vulnerabilities in this Solidity contract", "semantic_audit"],
    ["Break the release of version 2 into tasks", "planning"],
  ])("%j is about %s", (prompt, task) => {
    expect(answerFor(asked(prompt))).toBe(SCRIPTS.find((script) => script.task === task)?.good);
  });

  it("is not judged by the words of the code that it carries", () => {
    const prompt = "Make this cheaper in gas:\n```solidity\n// audit the plan\ncontract A {}\n```";
    expect(answerFor(asked(prompt))).toBe(gas.good);
  });

  it("of no known task comes back as an echo that names the sandbox", () => {
    const answer = answerFor(asked("What is the capital of France?"));
    expect(answer).toContain("sandbox");
    expect(answer).toContain("What is the capital of France?");
  });
});

describe("good answers", () => {
  it.each(SCRIPTS.map((script) => [script.task, script] as const))(
    "for %s say that they come from the sandbox",
    (_, script) => {
      expect(script.good).toMatch(/sandbox/i);
      expect(script.bad).toMatch(/sandbox/i);
    },
  );

  it("for solidity_codegen parse and have what the prompt asks for", () => {
    const source = fenced(solidity.good);
    expect(() => parseSolidity(source)).not.toThrow();
    for (const part of [
      "deposit(uint64 lockSeconds) external payable",
      "withdraw(uint256 amount)",
      "@notice",
      "error ",
      "nonReentrant",
    ]) {
      expect(source).toContain(part);
    }
  });

  it("for gas_optimization keep functions, events, guards and emits", () => {
    const source = fenced(gas.good);
    expect(() => parseSolidity(source)).not.toThrow();
    expect(surface(source).map((part) => part.replace(/emit \w+/, "emit"))).toEqual(
      surface(GAS_ORIGINAL).map((part) => part.replace(/emit \w+/, "emit")),
    );
    expect(source).toContain("immutable owner");
  });

  it("for semantic_audit cite lines where the cited function is", () => {
    const lines = AUDIT_SOURCE.split("\n");
    const cited = [...audit.good.matchAll(/`EtherBank\.(\w+)`, lines (\d+)-(\d+)/g)];
    expect(cited.length).toBe(4);
    for (const [, name, first, last] of cited) {
      expect(lines[Number(first) - 1]).toContain(`function ${name}(`);
      expect(lines[Number(last) - 1]).toBe("    }");
    }
    expect(lines[22 - 1]).toContain("call{value");
    expect(lines[24 - 1]).toContain("= 0");
    expect(lines[34 - 1]).toContain("send(");
  });

  it("for ui_design label every field", () => {
    const nodes = elementsOf(parseHtml(fenced(ui.good)));
    const attribute = (node: DefaultTreeAdapterTypes.Element, name: string) =>
      node.attrs.find((each) => each.name === name)?.value;
    const labelled = nodes.filter((node) => node.tagName === "label").map((node) => attribute(node, "for"));
    const fields = nodes.filter((node) => node.tagName === "input").map((node) => attribute(node, "id"));
    expect(fields.length).toBe(5);
    expect(labelled).toEqual(expect.arrayContaining(fields));
  });

  it("for planning depend only on earlier steps, and say how each is verified", () => {
    const steps = planning.good.split(/^\d+\. /m).slice(1);
    expect(steps.length).toBe(6);
    for (const [index, step] of steps.entries()) {
      expect(step).toContain(`**S${index + 1}:`);
      expect(step).toMatch(/Verification: \S/);
      const [, dependency] = /Depends on: (?:none|S(\d+))/.exec(step) ?? [];
      if (index > 0) expect(Number(dependency)).toBeLessThanOrEqual(index);
    }
  });
});

describe("bad answers", () => {
  it.each([solidity, gas])("for $task do not parse", (script) => {
    expect(() => parseSolidity(fenced(script.bad))).toThrow();
  });
});

describe("a prompt with a JSON Schema", () => {
  const SCHEMA = {
    type: "object",
    additionalProperties: false,
    required: ["title", "score", "tags", "kind", "done", "owner"],
    properties: {
      title: { type: "string", minLength: 12, maxLength: 20 },
      score: { type: "number", minimum: 0, maximum: 1 },
      count: { type: "integer", exclusiveMinimum: 3, multipleOf: 5 },
      done: { type: "boolean" },
      kind: { enum: ["small", "large"] },
      tags: { type: "array", minItems: 2, items: { type: "string" } },
      owner: { $ref: "#/$defs/person" },
      note: { type: ["string", "null"] },
      version: { const: 3 },
      either: { anyOf: [{ type: "integer" }, { type: "string" }] },
    },
    $defs: {
      person: {
        type: "object",
        required: ["name"],
        properties: { name: { type: "string" }, "a } b": { type: "null" } },
      },
    },
  };
  const prompt = `Rate this audit. Answer with JSON that satisfies this JSON Schema:\n${JSON.stringify(SCHEMA, null, 2)}\nNothing else.`;
  const valid = new Ajv2020().compile(SCHEMA);

  it("gets JSON that satisfies it, whatever the task", () => {
    const answer: unknown = JSON.parse(answerFor(asked(prompt)));
    expect(valid(answer), JSON.stringify(valid.errors)).toBe(true);
    expect(answer).toMatchObject({ score: 0.9, kind: "small" });
  });

  it("gets JSON that does not, when a bad answer is asked for", () => {
    expect(valid(JSON.parse(answerFor(asked(prompt, true))))).toBe(false);
  });

  it("is answered even when the schema refers to itself", () => {
    const tree = {
      $ref: "#/$defs/node",
      $defs: { node: { type: "object", properties: { next: { $ref: "#/$defs/node" } } } },
    };
    const answer: unknown = JSON.parse(answerFor(asked(`JSON Schema: ${JSON.stringify(tree)}`)));
    expect(new Ajv2020().validate(tree, answer)).toBe(true);
  });

  it("that cannot be read is answered by its keywords", () => {
    expect(answerFor(asked("Explain what a JSON Schema is {"))).toContain("sandbox");
  });
});

function elementsOf(node: DefaultTreeAdapterTypes.Node): readonly DefaultTreeAdapterTypes.Element[] {
  const children = "childNodes" in node ? node.childNodes.flatMap(elementsOf) : [];
  return "attrs" in node ? [node, ...children] : children;
}
