import type { VerdictStatus } from "../../../../src/core/verdict.ts";
import type { AnswerCase } from "../case.ts";

const task = "ui_design";
const F = "```";
const CON =
  "Create an accessible, responsive contact form page in plain HTML and CSS with name, email and message fields and a 'Send message' button.";
const PRI =
  "Build a React pricing component with three plans (Basic, Pro, Enterprise), each with a price and a 'Choose plan' button. Use Tailwind.";
const v = (name: string, prompt: string, answer: string, expect: VerdictStatus = "verified"): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect,
});
const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Contact us</title>
<style>
  body { font-family: system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0; padding: 1rem; }
  main { max-width: 40rem; margin: 0 auto; }
  label { display: block; margin-top: 1rem; font-weight: 600; }
  input, textarea { width: 100%; padding: .6rem; border: 1px solid #555; border-radius: .4rem; font: inherit; box-sizing: border-box; }
  input:focus-visible, textarea:focus-visible, button:focus-visible { outline: 3px solid #0b5fff; outline-offset: 2px; }
  button { margin-top: 1rem; padding: .7rem 1.4rem; background: #0b3fbf; color: #fff; border: 0; border-radius: .4rem; }
  @media (min-width: 48rem) { main { padding: 2rem; } }
</style>
</head>
<body>
<main>
  <h1>Contact us</h1>
  <form action="/contact" method="post">
    <label for="name">Name</label>
    <input id="name" name="name" type="text" autocomplete="name" required>
    <label for="email">Email</label>
    <input id="email" name="email" type="email" autocomplete="email" required>
    <label for="message">Message</label>
    <textarea id="message" name="message" rows="6" required></textarea>
    <button type="submit">Send message</button>
  </form>
</main>
</body>
</html>`;
const h = (c: string) => "Here is the page:\n\n" + F + "html\n" + c + "\n" + F;
const JSX = `export default function Pricing() {
  const plans = [
    { name: "Basic", price: "$9", features: ["1 project"] },
    { name: "Pro", price: "$29", features: ["10 projects"] },
    { name: "Enterprise", price: "$99", features: ["Unlimited"] },
  ];
  return (
    <section aria-labelledby="pricing" className="mx-auto max-w-6xl px-4 py-12">
      <h2 id="pricing" className="text-3xl font-bold text-gray-900">Pricing</h2>
      <ul className="mt-8 grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
        {plans.map((plan) => (
          <li key={plan.name} className="rounded-xl border border-gray-300 p-6">
            <h3 className="text-xl font-semibold">{plan.name}</h3>
            <p className="mt-2 text-2xl">{plan.price}<span className="text-base"> / month</span></p>
            <ul>{plan.features.map((feature) => <li key={feature}>{feature}</li>)}</ul>
            <button type="button" className="mt-4 w-full rounded bg-blue-700 px-4 py-2 text-white focus-visible:outline focus-visible:outline-2">
              Choose plan
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}`;
const j = (c: string) => F + "jsx\n" + c + "\n" + F;
/** Answers that somebody wrote who had not seen the checks. */
export const OTHERS: readonly AnswerCase[] = [
  v("page ok", CON, h(PAGE)),
  v(
    "labels not tied",
    CON,
    h(
      PAGE.replace('<label for="name">', '<label for="fullname">')
        .replace('<label for="email">', "<label>")
        .replace('<label for="message">', "<label>"),
    ),
    "failed",
  ),
  v(
    "placeholders instead of labels",
    CON,
    h(PAGE.replace(/<label[^>]*>(\w+)<\/label>\n\s*<(input|textarea)/g, '<$2 placeholder="$1"')),
    "failed",
  ),
  v(
    "div button",
    CON,
    h(
      PAGE.replace(
        '<button type="submit">Send message</button>',
        '<div class="btn" onclick="send()" aria-label="Send message">Send message</div>',
      ),
    ),
    "failed",
  ),
  v(
    "zoom blocked",
    CON,
    h(PAGE.replace("initial-scale=1", "initial-scale=1, maximum-scale=1, user-scalable=no")),
    "failed",
  ),
  v("low contrast", CON, h(PAGE.replace("color: #1a1a1a", "color: #bbbbbb")), "failed"),
  v("message field missing", CON, h(PAGE.replace(/\s*<label for="message">[\s\S]*?<\/textarea>/, "")), "failed"),
  v("cut off", CON, F + "html\n" + PAGE.slice(0, PAGE.indexOf('<label for="email">')) + "\n" + F, "failed"),
  v("react ok", PRI, j(JSX)),
  v("react syntax", PRI, j(JSX.replace("</ul>\n    </section>", "</section>")), "failed"),
  v("react two plans", PRI, j(JSX.replace(/\s*\{ name: "Enterprise"[^\n]*\n/, "\n")), "failed"),
  v(
    "vue instead of react",
    PRI,
    F +
      'vue\n<template>\n<section><h2>Pricing</h2><ul class="grid md:grid-cols-3"><li v-for="p in plans" :key="p.name"><h3>{{ p.name }}</h3><button type="button">Choose plan</button></li></ul></section>\n</template>\n<script setup>\nconst plans = [{name: \'Basic\'}, {name: \'Pro\'}, {name: \'Enterprise\'}];\n</script>\n' +
      F,
    "failed",
  ),
  v(
    "two files",
    CON,
    F +
      "html\n" +
      PAGE.replace(/<style>[\s\S]*<\/style>/, '<link rel="stylesheet" href="styles.css">') +
      "\n" +
      F +
      "\n\n`styles.css`\n\n" +
      F +
      "css\n" +
      /<style>([\s\S]*)<\/style>/.exec(PAGE)?.[1] +
      F,
  ),
];
