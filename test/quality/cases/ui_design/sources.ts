import { fenced } from "../../subject.ts";

/** A whole page as a careful author writes it. */
export const CONTACT = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <title>Contact us | Bright Studio</title>
  <style>
    :root { --ink: #1f2937; --accent: #1d4ed8; --paper: #ffffff; }
    *, *::before, *::after { box-sizing: border-box; }
    body { margin: 0; font-family: system-ui, sans-serif; color: var(--ink); background: var(--paper); line-height: 1.6; }
    .wrap { max-width: 42rem; margin-inline: auto; padding: 2rem 1rem; }
    .field { display: flex; flex-direction: column; gap: .25rem; margin-block-end: 1rem; }
    input, textarea { padding: .6rem; border: 1px solid #6b7280; border-radius: 6px; font: inherit; }
    input:focus, textarea:focus { outline: none; border-color: var(--accent); box-shadow: 0 0 0 3px rgba(29, 78, 216, .3); }
    button { background: var(--accent); color: #fff; border: 0; padding: .75rem 1.5rem; border-radius: 6px; }
    .hint { color: #4b5563; font-size: .875rem; }
    @media (min-width: 40em) { .wrap { padding: 4rem 2rem; } }
  </style>
</head>
<body>
  <a class="skip-link" href="#main">Skip to content</a>
  <header class="wrap"><nav aria-label="Main"><a href="/">Home</a> <a href="/work">Work</a></nav></header>
  <main id="main" class="wrap">
    <h1>Contact us</h1>
    <p class="hint">We answer within a day.</p>
    <form action="/contact" method="post">
      <div class="field"><label for="name">Name</label><input id="name" name="name" type="text" autocomplete="name" required></div>
      <div class="field"><label for="email">Email</label><input id="email" name="email" type="email" autocomplete="email" required></div>
      <div class="field"><label for="message">Message</label><textarea id="message" name="message" rows="5" required></textarea></div>
      <button type="submit">Send message</button>
    </form>
  </main>
  <footer class="wrap"><p>&copy; 2026 Bright Studio</p></footer>
</body>
</html>`;

export const CONTACT_PROMPT =
  "Build a responsive contact form page in plain HTML and CSS, with fields for name, email and message, in a single file.";

export const REACT_PRICING = `import { useState } from "react";
import { Check, Menu } from "lucide-react";

const plans = [
  { name: "Starter", price: 0, features: ["1 project", "Community support"] },
  { name: "Pro", price: 12, features: ["10 projects", "Email support"] },
  { name: "Team", price: 40, features: ["Unlimited projects", "Phone support"] },
];

function PlanCard({ plan, yearly }) {
  const price = yearly ? plan.price * 10 : plan.price;
  return (
    <li className="rounded-2xl border p-6 flex flex-col gap-4">
      <h3 className="text-xl font-semibold">{plan.name}</h3>
      <p className="text-3xl font-bold">\${price}<span className="text-base">/mo</span></p>
      <ul className="space-y-2">
        {plan.features.map((feature) => (
          <li key={feature} className="flex gap-2"><Check aria-hidden="true" size={16} />{feature}</li>
        ))}
      </ul>
      <button type="button" className="mt-auto rounded-lg bg-indigo-700 px-4 py-2 text-white">Choose {plan.name}</button>
    </li>
  );
}

export default function Pricing() {
  const [yearly, setYearly] = useState(false);
  return (
    <section aria-labelledby="pricing-title" className="mx-auto max-w-5xl px-4 py-16">
      <button type="button" aria-label="Open menu" className="md:hidden"><Menu size={20} /></button>
      <h2 id="pricing-title" className="text-3xl font-bold">Pricing</h2>
      <label className="flex items-center gap-2">
        <input type="checkbox" checked={yearly} onChange={(event) => setYearly(event.target.checked)} />
        Bill yearly
      </label>
      <ul className="mt-8 grid gap-6 md:grid-cols-3">
        {plans.map((plan) => <PlanCard key={plan.name} plan={plan} yearly={yearly} />)}
      </ul>
    </section>
  );
}`;

export const VUE_LOGIN = `<script setup>
import { ref, computed } from "vue";
const email = ref("");
const password = ref("");
const error = ref("");
const ready = computed(() => email.value !== "" && password.value.length >= 8);
function submit() {
  if (!ready.value) error.value = "Fill in both fields.";
}
</script>

<template>
  <main class="login">
    <h1>Log in</h1>
    <form @submit.prevent="submit" novalidate>
      <label for="email">Email</label>
      <input id="email" v-model="email" type="email" autocomplete="email" :aria-invalid="error !== ''" aria-describedby="error" />
      <label for="password">Password</label>
      <input id="password" v-model="password" type="password" autocomplete="current-password" />
      <p id="error" role="alert" v-if="error">{{ error }}</p>
      <button type="submit" :disabled="!ready">Log in</button>
    </form>
  </main>
</template>

<style scoped>
.login { max-width: 24rem; margin: 10vh auto; display: grid; gap: 1rem; }
@media (max-width: 30rem) { .login { margin: 2rem 1rem; } }
</style>`;

export const SVELTE_TODO = `<script>
  let items = $state([{ id: 1, text: "Write the brief", done: false }]);
  let draft = $state("");
  function add(event) {
    event.preventDefault();
    if (draft.trim() === "") return;
    items.push({ id: Date.now(), text: draft, done: false });
    draft = "";
  }
</script>

<h1>Tasks</h1>
<form onsubmit={add}>
  <label for="draft">New task</label>
  <input id="draft" bind:value={draft} />
  <button type="submit">Add</button>
</form>
<ul>
  {#each items as item (item.id)}
    <li><label><input type="checkbox" bind:checked={item.done} /> {item.text}</label></li>
  {:else}
    <li>Nothing to do</li>
  {/each}
</ul>

<style>
  ul { display: grid; gap: 0.5rem; padding: 0; }
  @media (max-width: 600px) { ul { gap: 0.25rem; } }
</style>`;

export const html = (page: string): string => `Here is the page:\n\n${fenced("html", page)}\n\nOpen it in any browser.`;

/** The contact page with one thing changed; throws when there is nothing to change. */
export function changed(page: string, from: string | RegExp, to: string): string {
  const next = page.replace(from, () => to);
  if (next === page) throw new Error(`nothing to change: ${String(from)}`);
  return next;
}
