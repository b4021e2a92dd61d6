/** An answer that once crashed a check, stopped the process or took a check more than 10 s, and the task whose checks it was for. */
export interface WorstAnswer {
  readonly name: string;
  readonly task: string;
  readonly text: string;
}

const fence = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\`\n`;
const html = (code: string): string => fence("html", `<!doctype html><html><body>${code}</body></html>`);
const solidity = (code: string): string =>
  fence("solidity", `pragma solidity ^0.8.0; contract A { function f() public { uint x; ${code} } }`);

export const WORST_ANSWERS: readonly WorstAnswer[] = [
  {
    name: "a page without labels, and a listener with 4,000 tabs",
    task: "ui_design",
    text: html(`<input><script>addEventListener("keydown",e${"\t".repeat(4_000)});</script>`),
  },
  {
    name: "an attribute constructor",
    task: "ui_design",
    text: fence("jsx", 'export default () => <div constructor="" __proto__="" toString="">x</div>;'),
  },
  {
    name: "an extraction with 60 KB of a-a-…",
    task: "extraction",
    text: `{"name": "Zork", "note": "${"a-".repeat(30_000)}"}`,
  },
  {
    name: "keys that name the prototype",
    task: "extraction",
    text: '{"__proto__": {"name": "Bob"}, "constructor": "Bob"}',
  },
  {
    name: "60 KB of statements in JavaScript",
    task: "code_generation",
    text: fence("js", `let x=0;${"x+=1;".repeat(12_000)}`),
  },
  {
    name: "60 KB of statements in a page",
    task: "ui_design",
    text: html(`<script>let x=0;${"x+=1;".repeat(12_000)}</script>`),
  },
  { name: "66,000 rules in a style", task: "ui_design", text: html(`<style>${"{a}".repeat(66_000)}</style>`) },
  { name: "a sum of 1,000 in JavaScript", task: "code_generation", text: fence("js", `x=${"1+".repeat(1_000)}1;`) },
  { name: "a sum of 1,000 in Python", task: "code_generation", text: fence("python", `x=${"1+".repeat(1_000)}1`) },
  { name: "60 KB of statements in Solidity", task: "solidity_codegen", text: solidity("x+=1;".repeat(12_000)) },
  {
    name: "60 KB of statements in Solidity, as an optimisation",
    task: "gas_optimization",
    text: solidity("x+=1;".repeat(12_000)),
  },
  { name: "a sum of 1,000 in Solidity", task: "solidity_codegen", text: solidity(`x=${"1+".repeat(1_000)}1;`) },
  { name: "quotes that nest", task: "planning", text: "> ".repeat(60_000) },
  { name: "60,000 tags that nest", task: "ui_design", text: "<div>".repeat(60_000) },
  { name: "spaces, and a label", task: "classification", text: `label${" ".repeat(15_900)}: x` },
  {
    name: "120,000 characters that are no text",
    task: "summarization",
    text: "\u200b'‘a ".repeat(24_000),
  },
];
