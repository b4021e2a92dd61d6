import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
import { altered, ui } from "./altered.ts";

const SETTINGS_ASK =
  'Vue 3 single-file component (script setup) for an account settings page: a profile section with display name and email, a notifications section with toggles for email and push notifications, and a danger zone with a "Delete account" button. Scoped CSS, works down to 360px.';
const SETTINGS = `<script setup lang="ts">
import { reactive, ref } from "vue";

const profile = reactive({ displayName: "", email: "" });
const notifications = reactive({ email: true, push: false });
const saved = ref(false);

function save() {
  saved.value = true;
}
function deleteAccount() {
  if (window.confirm("Delete your account? This cannot be undone.")) {
    // call the API here
  }
}
</script>

<template>
  <main class="settings">
    <h1>Account settings</h1>

    <form class="panel" @submit.prevent="save">
      <h2>Profile</h2>
      <div class="field">
        <label for="display-name">Display name</label>
        <input id="display-name" v-model="profile.displayName" type="text" autocomplete="nickname" />
      </div>
      <div class="field">
        <label for="email">Email</label>
        <input id="email" v-model="profile.email" type="email" autocomplete="email" required />
      </div>
      <button type="submit" class="primary">Save changes</button>
      <p v-if="saved" role="status">Your changes have been saved.</p>
    </form>

    <section class="panel" aria-labelledby="notifications-title">
      <h2 id="notifications-title">Notifications</h2>
      <label class="toggle">
        <span>Email notifications</span>
        <input v-model="notifications.email" type="checkbox" role="switch" />
      </label>
      <label class="toggle">
        <span>Push notifications</span>
        <input v-model="notifications.push" type="checkbox" role="switch" />
      </label>
    </section>

    <section class="panel danger" aria-labelledby="danger-title">
      <h2 id="danger-title">Danger zone</h2>
      <p>Deleting your account removes all of your data for good.</p>
      <button type="button" class="delete" @click="deleteAccount">Delete account</button>
    </section>
  </main>
</template>

<style scoped>
.settings { max-width: 640px; margin: 0 auto; padding: 1.5rem 1rem; color: #1c1f26; }
.panel { border: 1px solid #d5d9e2; border-radius: 12px; padding: 1.5rem; margin-bottom: 1.5rem; background: #fff; }
.field { display: flex; flex-direction: column; gap: .35rem; margin-bottom: 1rem; }
.field input { padding: .6rem .75rem; border: 1px solid #8a91a3; border-radius: 8px; font: inherit; }
.toggle { display: flex; justify-content: space-between; align-items: center; padding: .75rem 0; }
.primary { background: #1d4ed8; color: #fff; border: 0; border-radius: 8px; padding: .65rem 1.1rem; }
.danger { border-color: #b42318; }
.delete { background: #b42318; color: #fff; border: 0; border-radius: 8px; padding: .65rem 1.1rem; }
@media (max-width: 480px) { .panel { padding: 1rem; } .primary, .delete { width: 100%; } }
</style>`;

const CHECKOUT_ASK =
  'Svelte checkout form: shipping address (name, street, city, ZIP), payment (card number, expiry, CVC), an order summary listing the items with a total, and a "Place order" button.';
const CHECKOUT = `<script>
  const items = [
    { name: "Ceramic mug", qty: 2, price: 14 },
    { name: "Linen apron", qty: 1, price: 38 },
  ];
  let form = { name: "", street: "", city: "", zip: "", card: "", expiry: "", cvc: "" };
  let status = "";
  $: total = items.reduce((sum, item) => sum + item.qty * item.price, 0);

  function placeOrder() {
    status = "Thank you! Your order has been placed.";
  }
</script>

<main class="checkout">
  <h1>Checkout</h1>
  <form on:submit|preventDefault={placeOrder}>
    <fieldset>
      <legend>Shipping address</legend>
      <label>Full name <input bind:value={form.name} autocomplete="name" required /></label>
      <label>Street <input bind:value={form.street} autocomplete="street-address" required /></label>
      <label>City <input bind:value={form.city} autocomplete="address-level2" required /></label>
      <label>ZIP code <input bind:value={form.zip} autocomplete="postal-code" inputmode="numeric" required /></label>
    </fieldset>
    <fieldset>
      <legend>Payment</legend>
      <label>Card number <input bind:value={form.card} autocomplete="cc-number" inputmode="numeric" required /></label>
      <div class="pair">
        <label>Expiry <input bind:value={form.expiry} autocomplete="cc-exp" placeholder="MM/YY" required /></label>
        <label>CVC <input bind:value={form.cvc} autocomplete="cc-csc" inputmode="numeric" required /></label>
      </div>
    </fieldset>
    <section aria-labelledby="summary">
      <h2 id="summary">Order summary</h2>
      <ul>
        {#each items as item (item.name)}
          <li><span>{item.qty} × {item.name}</span> <span>\${(item.qty * item.price).toFixed(2)}</span></li>
        {/each}
      </ul>
      <p class="total"><strong>Total</strong> <strong>\${total.toFixed(2)}</strong></p>
    </section>
    <button type="submit">Place order</button>
    <p role="status">{status}</p>
  </form>
</main>

<style>
  .checkout { max-width: 40rem; margin: 0 auto; padding: 1rem; font-family: system-ui, sans-serif; color: #222; }
  fieldset { border: 1px solid #bbb; border-radius: 8px; margin: 0 0 1.25rem; padding: 1rem; display: grid; gap: .75rem; }
  label { display: grid; gap: .25rem; font-weight: 600; }
  input { font: inherit; padding: .5rem .6rem; border: 1px solid #777; border-radius: 6px; }
  .pair { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; }
  li, .total { display: flex; justify-content: space-between; }
  ul { list-style: none; padding: 0; }
  button { width: 100%; padding: .8rem; background: #0b6b3a; color: #fff; border: 0; border-radius: 8px; font: inherit; font-weight: 700; }
</style>`;

const TIMETABLE_ASK =
  "Class timetable as an HTML table: Monday to Friday as columns, rows for 9:00, 11:00 and 14:00. Add a caption. Keep the CSS minimal.";
const TIMETABLE = `<table>
  <caption>Class timetable, autumn term</caption>
  <thead>
    <tr><th scope="col">Time</th><th scope="col">Monday</th><th scope="col">Tuesday</th><th scope="col">Wednesday</th><th scope="col">Thursday</th><th scope="col">Friday</th></tr>
  </thead>
  <tbody>
    <tr><th scope="row">9:00</th><td>Maths</td><td>English</td><td>Maths</td><td>Art</td><td>Biology</td></tr>
    <tr><th scope="row">11:00</th><td>History</td><td>Physics</td><td>Music</td><td>English</td><td>Maths</td></tr>
    <tr><th scope="row">14:00</th><td>Sport</td><td>Art</td><td>Biology</td><td>Physics</td><td>Sport</td></tr>
  </tbody>
</table>

<style>
  table { border-collapse: collapse; width: 100%; }
  caption { font-weight: bold; padding: .5rem; }
  th, td { border: 1px solid #999; padding: .5rem; text-align: left; }
  th { background: #eef; }
</style>`;

const LANDING_ASK =
  "Landing page for a note-taking app using Tailwind via CDN. Sections: hero with a headline and two buttons, features (3 cards), testimonials, and a footer with links.";
const LANDING = `<!DOCTYPE html>
<html lang="en" class="scroll-smooth">
<head>
  <meta charset="UTF-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1.0" />
  <title>Jot – notes that keep up</title>
  <script src="https://cdn.tailwindcss.com"></script>
</head>
<body class="bg-white text-gray-900 antialiased">
  <header class="mx-auto flex max-w-6xl items-center justify-between px-6 py-4">
    <a href="#" class="text-xl font-bold">Jot</a>
    <nav aria-label="Main" class="hidden gap-6 md:flex">
      <a href="#features" class="hover:underline">Features</a>
      <a href="#testimonials" class="hover:underline">Testimonials</a>
    </nav>
  </header>
  <main>
    <section class="bg-gradient-to-r from-indigo-700 to-purple-700 px-6 py-24 text-center text-white">
      <h1 class="text-4xl font-extrabold md:text-6xl">Notes that keep up with you</h1>
      <p class="mx-auto mt-4 max-w-2xl text-lg text-indigo-100">Capture ideas anywhere, find them in seconds.</p>
      <div class="mt-8 flex flex-col justify-center gap-4 sm:flex-row">
        <a href="#" class="rounded-lg bg-white px-6 py-3 font-semibold text-indigo-700 hover:bg-indigo-50">Get started free</a>
        <a href="#" class="rounded-lg border border-white px-6 py-3 font-semibold text-white hover:bg-white/10">Watch demo</a>
      </div>
    </section>
    <section id="features" class="mx-auto max-w-6xl px-6 py-20">
      <h2 class="text-center text-3xl font-bold">Features</h2>
      <div class="mt-12 grid gap-8 md:grid-cols-3">
        <article class="rounded-xl border p-6 shadow-sm">
          <div class="text-3xl" aria-hidden="true">⚡</div>
          <h3 class="mt-4 text-xl font-semibold">Instant search</h3>
          <p class="mt-2 text-gray-600">Every note, one keystroke away.</p>
        </article>
        <article class="rounded-xl border p-6 shadow-sm">
          <div class="text-3xl" aria-hidden="true">🔒</div>
          <h3 class="mt-4 text-xl font-semibold">Private by design</h3>
          <p class="mt-2 text-gray-600">End-to-end encrypted, always.</p>
        </article>
        <article class="rounded-xl border p-6 shadow-sm">
          <div class="text-3xl" aria-hidden="true">📱</div>
          <h3 class="mt-4 text-xl font-semibold">Works everywhere</h3>
          <p class="mt-2 text-gray-600">Web, desktop and mobile in sync.</p>
        </article>
      </div>
    </section>
    <section id="testimonials" class="bg-gray-50 px-6 py-20">
      <h2 class="text-center text-3xl font-bold">What people say</h2>
      <div class="mx-auto mt-12 grid max-w-4xl gap-8 md:grid-cols-2">
        <figure class="rounded-xl bg-white p-6 shadow">
          <blockquote class="text-gray-700">"Jot replaced three apps for me."</blockquote>
          <figcaption class="mt-4 text-sm font-semibold">Ada P., designer</figcaption>
        </figure>
        <figure class="rounded-xl bg-white p-6 shadow">
          <blockquote class="text-gray-700">"The fastest note app I have used."</blockquote>
          <figcaption class="mt-4 text-sm font-semibold">Kenji M., engineer</figcaption>
        </figure>
      </div>
    </section>
  </main>
  <footer class="bg-gray-900 px-6 py-10 text-gray-300">
    <div class="mx-auto flex max-w-6xl flex-col gap-4 md:flex-row md:justify-between">
      <p>&copy; 2025 Jot</p>
      <ul class="flex gap-6">
        <li><a href="#" class="hover:text-white">Privacy</a></li>
        <li><a href="#" class="hover:text-white">Terms</a></li>
        <li><a href="#" class="hover:text-white">Contact</a></li>
      </ul>
    </div>
  </footer>
</body>
</html>`;

export const OTHER_GOOD: readonly AnswerCase[] = [
  ui("settings as a Vue component", SETTINGS_ASK, fenced("vue", SETTINGS)),
  ui("a checkout as a Svelte component", CHECKOUT_ASK, fenced("svelte", CHECKOUT)),
  ui("a table alone where a table is asked for", TIMETABLE_ASK, fenced("html", TIMETABLE)),
  ui("a landing page on Tailwind's CDN", LANDING_ASK, fenced("html", LANDING)),
];

const bad = (name: string, prompt: string, tag: string, code: string): AnswerCase =>
  ui(name, prompt, fenced(tag, code), "failed");

export const OTHER_BAD: readonly AnswerCase[] = [
  bad(
    "settings without the push toggle",
    SETTINGS_ASK,
    "vue",
    altered(SETTINGS, [/ {6}<label class="toggle">\n {8}<span>Push[^]*?<\/label>\n/, ""]),
  ),
  bad("a Vue template with an element left open", SETTINGS_ASK, "vue", altered(SETTINGS, ["    </form>\n", ""])),
  bad(
    "toggles that are spans with a click handler",
    SETTINGS_ASK,
    "vue",
    altered(SETTINGS, [
      /<label class="toggle">\n {8}<span>(\w+) notifications<\/span>\n {8}<input[^>]*>\n {6}<\/label>/g,
      '<div class="toggle">Notifications <span class="switch" @click="flip()"></span></div>',
    ]),
  ),
  bad(
    "a checkout without the card's expiry",
    CHECKOUT_ASK,
    "svelte",
    altered(CHECKOUT, [/ {8}<label>Expiry.*\n/, ""], [' expiry: "",', ""]),
  ),
  bad(
    "a timetable without a single header cell",
    TIMETABLE_ASK,
    "html",
    altered(TIMETABLE, [/<th scope="\w+">/g, "<td>"], [/<\/th>/g, "</td>"]),
  ),
  bad(
    "a landing page without testimonials",
    LANDING_ASK,
    "html",
    altered(LANDING, [/ {4}<section id="testimonials"[^]*?<\/section>\n/, ""], [/ *<a href="#testimonials".*\n/, ""]),
  ),
  bad(
    "a landing page cut off in the middle",
    LANDING_ASK,
    "html",
    LANDING.slice(0, LANDING.indexOf("Works everywhere")),
  ),
];
