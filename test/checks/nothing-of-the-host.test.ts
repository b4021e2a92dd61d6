import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckOutcome } from "../../src/checks/kit/check.ts";
import { CHECKS } from "../../src/verify/registry.ts";
import { fenced, run, subject } from "../verify/subject.ts";

/** Stands in files that a check must not read. */
const CANARY = "Canary7c1d";
/** In the cases: the folder of those files, and a server that must not be asked. */
const FOLDER = "@folder@";
const SERVER = "@server@";
const folder = mkdtempSync(join(tmpdir(), "canary-"));
let visits = 0;
let server: Server;
let origin = "";

beforeAll(async () => {
  writeFileSync(join(folder, `${CANARY}.sol`), `pragma solidity ^0.8.0; contract ${CANARY} { uint256 public secret; }`);
  writeFileSync(join(folder, "secret.js"), `export const ${CANARY} = 1; throw new Error("${CANARY}");`);
  writeFileSync(join(folder, "secret.css"), `.${CANARY} { color: red }`);
  writeFileSync(join(folder, "secret.html"), `<p>${CANARY}</p>`);
  writeFileSync(join(folder, "secret.json"), `{"type": "object", "required": ["${CANARY}"]}`);
  symlinkSync(join(folder, `${CANARY}.sol`), join(folder, "Link.sol"));
  server = createServer((_, response) => {
    visits += 1;
    response.end(`pragma solidity ^0.8.0; contract ${CANARY} {}`);
  }).on("connection", () => (visits += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
  expect(visits).toBe(0);
});

const placed = (text: string): string => text.replaceAll(FOLDER, folder).replaceAll(SERVER, origin);
/** What a check says, without the paths that the answer itself names. */
const told = (outcome: CheckOutcome): string => JSON.stringify(outcome).replaceAll(`${CANARY}.sol`, "");

describe("an import of Solidity", () => {
  it.each([
    ["an absolute path", `import "${FOLDER}/${CANARY}.sol";`],
    ["a file address", `import "file://${FOLDER}/${CANARY}.sol";`],
    ["a way up", `import "../../../../../../../../../..${FOLDER}/${CANARY}.sol";`],
    [
      "a way up from the library",
      `import "@openzeppelin/contracts/../../../../../../../../../..${FOLDER}/${CANARY}.sol";`,
    ],
    [
      "a way up, encoded",
      `import "@openzeppelin/contracts/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e${FOLDER}/${CANARY}.sol";`,
    ],
    ["a way up with backslashes", `import "@openzeppelin/contracts/..\\\\..\\\\..\\\\..${FOLDER}/${CANARY}.sol";`],
    ["a remapping in a comment", `// remappings: x/=${FOLDER}/\nimport "x/${CANARY}.sol";`],
    ["a remapping of the library", `// @openzeppelin/=${FOLDER}/\nimport "@openzeppelin/${CANARY}.sol";`],
    ["a symbolic link", `import "${FOLDER}/Link.sol";`],
    ["a named import", `import {${CANARY}} from "${FOLDER}/${CANARY}.sol";`],
    ["an address of the network", `import "${SERVER}/${CANARY}.sol";`],
    ["a way through a package", `import "node_modules/../../../../../..${FOLDER}/${CANARY}.sol";`],
  ])("reads no file and asks nobody: %s", async (_how, line) => {
    const code = placed(`pragma solidity ^0.8.0;\n${line}\ncontract A is ${CANARY} {}`);
    const outcome = await run("solidity", fenced("solidity", code));
    expect(outcome?.looked ?? "").not.toContain("compiles");
    // Nothing that stands in the file alone.
    expect(told(outcome)).not.toContain("secret");
  });

  it("is one that the test would notice: the same contract beside it compiles", async () => {
    const code = `pragma solidity ^0.8.0;\ncontract ${CANARY} {}\ncontract A is ${CANARY} {}`;
    expect((await run("solidity", fenced("solidity", code)))?.looked).toContain("compiles");
  });

  it.each(["package.json", "../package.json", "../../package.json", "token/../../../package.json"])(
    "reads no file of the library's package but contracts: %s",
    async (path) => {
      const code = `pragma solidity ^0.8.0;\nimport "@openzeppelin/contracts/${path}";\ncontract A {}`;
      expect(told(await run("solidity", fenced("solidity", code)))).not.toContain('\\"version\\"');
    },
  );
});

describe("a part of a component that lies elsewhere", () => {
  it.each([
    ["Vue: a script", "vue", `<script src="${FOLDER}/secret.js"></script><template><p>x</p></template>`],
    ["Vue: a template", "vue", `<template src="${FOLDER}/secret.html"></template>`],
    ["Vue: a template by its address", "vue", `<template src="file://${FOLDER}/secret.html"></template>`],
    ["Vue: a style", "vue", `<template><p>x</p></template><style src="${FOLDER}/secret.css"></style>`],
    ["Vue: a custom block", "vue", `<template><p>x</p></template><docs src="${FOLDER}/secret.html"></docs>`],
    [
      "Vue: types",
      "vue",
      `<script setup lang="ts">import type { P } from "${FOLDER}/secret"; defineProps<P>()</script>`,
    ],
    ["Svelte: a script", "svelte", `<script src="${FOLDER}/secret.js"></script><p>x</p>`],
    ["a page: a script", "html", `<!doctype html><script src="${SERVER}/secret.js"></script><p>x</p>`],
    ["a page: a frame", "html", `<!doctype html><iframe title="x" src="file://${FOLDER}/secret.html"></iframe>`],
    ["CSS: an import", "html", `<!doctype html><style>@import "${FOLDER}/secret.css";</style><p>x</p>`],
    ["CSS: a plugin", "html", `<!doctype html><style>@plugin "${FOLDER}/secret.js";</style><p>x</p>`],
    ["CSS: a configuration", "html", `<!doctype html><style>@config "${FOLDER}/secret.js";</style><p>x</p>`],
    ["CSS: a source", "html", `<!doctype html><style>@source "${FOLDER}";</style><p>x</p>`],
    ["JSX: an import", "jsx", `import x from "${FOLDER}/secret.js"; export default () => <p>{x}</p>;`],
  ])("is neither read nor fetched: %s", async (_what, language, code) => {
    expect(told(await run("page", fenced(language, placed(code))))).not.toContain(CANARY);
  });
});

describe("a reference of a JSON Schema", () => {
  it.each([
    `file://${FOLDER}/secret.json`,
    `${FOLDER}/secret.json`,
    `${SERVER}/secret.json`,
    "../../package.json",
    "data:application/json,{}",
  ])("is followed nowhere: %s", async (reference) => {
    const responseSchema = { $ref: placed(reference) };
    const outcome = await run("schema", "{}", { responseSchema });
    expect(outcome?.unmade).toMatch(/only references within it/);
    expect(told(outcome)).not.toContain(CANARY);
  });
});

describe("names of the prototype", () => {
  const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];
  const answers = NAMES.flatMap((name) => [
    ["page", fenced("jsx", `export default () => <div ${name}="">x</div>;`)],
    ["page", fenced("html", `<!doctype html><${name.replaceAll("_", "")} ${name}="1" style="${name}: ${name}">x`)],
    ["page", fenced("vue", `<template><${name} v-bind:${name}="${name}" /></template>`)],
    ["page", fenced("svelte", `<script>let {${name}} = {}</script><p ${name}={${name}}>x</p>`)],
    ["plan", JSON.stringify([{ id: name, title: name, depends_on: ["constructor"] }])],
    ["plan", `1. ${name}: do it, after ${name}\n2. constructor: depends on ${name}`],
    ["values", `{"${name}": {"${name}": "Bob"}}`],
    ["labels", name],
    ["audit", `### [H-01] ${name}\nSeverity: ${name}\n\`${name}()\` in \`${name}.sol\``],
    ["code", fenced(name, `function ${name}() {}`)],
    ["code_examples", fenced("js", `function ${name}() { return 1 }`)],
    ["solidity", fenced("solidity", `contract ${name.replaceAll("_", "")} { function ${name}() public {} }`)],
  ]);

  it.each(answers)("break no check: %s, %j", async (name, text) => {
    const check = CHECKS.get(name);
    const prompt =
      "Classify it.\n\nLabels: constructor, toString\n\nExamples: f(1) returns 2. Extract it: Bob is here.";
    const asked = subject(text, { prompt, checks: [name] });
    const outcome = (await check?.run(asked, new AbortController().signal)) ?? null;
    // The compilers of Vue and Svelte break on some of them: then the page is unchecked, and the check says why.
    const isTheirs = /^```(?:vue|svelte)/.test(text);
    expect(outcome?.unmade ?? "").not.toMatch(isTheirs ? /broke/ : /broke|undefined|is not a function|Cannot/);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
