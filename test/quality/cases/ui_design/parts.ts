import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
import { altered, ui } from "./altered.ts";

const COMMENT_ASK =
  "React + Tailwind comment section: list of comments (avatar, name, time, text), a like button and a reply button on each, and a form to add a comment.";
const COMMENT = `import { useState } from "react";

const initial = [
  { id: 1, name: "Maya Lopez", avatar: "https://i.pravatar.cc/80?img=1", time: "2h ago", text: "This saved me hours, thank you!", likes: 4 },
  { id: 2, name: "Tom Berg", avatar: "https://i.pravatar.cc/80?img=2", time: "5h ago", text: "Does it also work with TypeScript?", likes: 1 },
];

export default function Comments() {
  const [comments, setComments] = useState(initial);
  const [draft, setDraft] = useState("");

  const like = (id) => setComments((list) => list.map((c) => (c.id === id ? { ...c, likes: c.likes + 1 } : c)));

  const submit = (event) => {
    event.preventDefault();
    if (!draft.trim()) return;
    setComments([...comments, { id: Date.now(), name: "You", avatar: "https://i.pravatar.cc/80?img=3", time: "just now", text: draft, likes: 0 }]);
    setDraft("");
  };

  return (
    <section aria-labelledby="comments-title" className="mx-auto max-w-2xl p-4">
      <h2 id="comments-title" className="text-xl font-bold text-gray-900">
        Comments ({comments.length})
      </h2>
      <ul className="mt-6 space-y-6">
        {comments.map((comment) => (
          <li key={comment.id} className="flex gap-4 rounded-lg bg-white p-4 shadow-sm">
            <img src={comment.avatar} alt="" className="h-10 w-10 rounded-full" />
            <div className="flex-1">
              <p className="text-sm font-semibold text-gray-900">
                {comment.name} <span className="ml-2 font-normal text-gray-600">{comment.time}</span>
              </p>
              <p className="mt-1 text-gray-700">{comment.text}</p>
              <div className="mt-2 flex gap-4 text-sm">
                <button type="button" onClick={() => like(comment.id)} aria-label={\`Like comment by \${comment.name}\`} className="text-gray-600 hover:text-blue-700">
                  👍 {comment.likes}
                </button>
                <button type="button" className="text-gray-600 hover:text-blue-700">Reply</button>
              </div>
            </div>
          </li>
        ))}
      </ul>
      <form onSubmit={submit} className="mt-8">
        <label htmlFor="new-comment" className="block text-sm font-medium text-gray-800">Add a comment</label>
        <textarea id="new-comment" rows={3} value={draft} onChange={(e) => setDraft(e.target.value)} className="mt-1 w-full rounded-md border border-gray-400 p-2" />
        <button type="submit" className="mt-2 rounded-md bg-blue-700 px-4 py-2 font-semibold text-white hover:bg-blue-800">Post comment</button>
      </form>
    </section>
  );
}`;

const SWITCH_ASK =
  'Vue pricing toggle: switch between monthly and yearly, two plans (Solo, Team) whose prices change, "Save 20%" badge on yearly.';
const SWITCH = `<script setup lang="ts">
import { computed, ref } from "vue";

const yearly = ref(false);
const plans = computed(() => [
  { name: "Solo", price: yearly.value ? 96 : 10, features: ["1 seat", "Basic reports"] },
  { name: "Team", price: yearly.value ? 288 : 30, features: ["10 seats", "All reports", "Priority help"] },
]);
</script>

<template>
  <section class="pricing" aria-labelledby="pricing">
    <h2 id="pricing">Pricing</h2>
    <label class="switch">
      <span>Monthly</span>
      <input v-model="yearly" type="checkbox" role="switch" />
      <span>Yearly <strong class="badge">Save 20%</strong></span>
    </label>
    <div class="plans">
      <article v-for="plan in plans" :key="plan.name" class="plan">
        <h3>{{ plan.name }}</h3>
        <p class="price">\${{ plan.price }}<small>/{{ yearly ? "year" : "month" }}</small></p>
        <ul><li v-for="feature in plan.features" :key="feature">{{ feature }}</li></ul>
        <button type="button">Choose {{ plan.name }}</button>
      </article>
    </div>
  </section>
</template>

<style scoped>
.pricing { max-width: 60rem; margin: 0 auto; padding: 1rem; color: #1b1b2f; }
.plans { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); }
.plan { border: 1px solid #c8c8d8; border-radius: 12px; padding: 1.5rem; background: #fff; }
.badge { background: #d1fae5; color: #065f46; padding: .1rem .5rem; border-radius: 999px; }
button { background: #3730a3; color: #fff; border: 0; border-radius: 8px; padding: .7rem 1rem; }
</style>`;

const PANEL_ASK =
  'A settings panel in Svelte with sliders for volume and brightness, a select for language, and a "Reset to defaults" button.';
const PANEL = `<script>
  const defaults = { volume: 50, brightness: 80, language: "en" };
  let settings = $state({ ...defaults });
</script>

<section aria-labelledby="settings-title">
  <h2 id="settings-title">Settings</h2>
  <p>
    <label for="volume">Volume: {settings.volume}</label>
    <input id="volume" type="range" min="0" max="100" bind:value={settings.volume} />
  </p>
  <p>
    <label for="brightness">Brightness: {settings.brightness}</label>
    <input id="brightness" type="range" min="0" max="100" bind:value={settings.brightness} />
  </p>
  <p>
    <label for="language">Language</label>
    <select id="language" bind:value={settings.language}>
      <option value="en">English</option>
      <option value="fr">Français</option>
    </select>
  </p>
  <button type="button" onclick={() => (settings = { ...defaults })}>Reset to defaults</button>
</section>

<style>
  section { max-width: 24rem; padding: 1.5rem; border: 1px solid #ccc; border-radius: 8px; color: #222; background: #fff; }
  label { display: block; font-weight: 600; }
  input, select { width: 100%; }
</style>`;

const good = (name: string, prompt: string, tag: string, code: string): AnswerCase =>
  ui(name, prompt, fenced(tag, code));
const bad = (name: string, prompt: string, tag: string, code: string): AnswerCase =>
  ui(name, prompt, fenced(tag, code), "failed");
export const PARTS_GOOD: readonly AnswerCase[] = [
  good("comments with a form", COMMENT_ASK, "jsx", COMMENT),
  good("a switch between prices", SWITCH_ASK, "vue", SWITCH),
  good("a panel of sliders", PANEL_ASK, "svelte", PANEL),
];
export const PARTS_BAD: readonly AnswerCase[] = [
  bad("comments nobody can add to", COMMENT_ASK, "jsx", altered(COMMENT, [/ {6}<form[^]*?<\/form>\n/, ""])),
  bad(
    "comments without a reply",
    COMMENT_ASK,
    "jsx",
    altered(COMMENT, [/ *<button type="button" className="text-gray-600 hover:text-blue-700">Reply<\/button>\n/, ""]),
  ),
  bad(
    "comments in a grey that is gone",
    COMMENT_ASK,
    "jsx",
    altered(COMMENT, ['"mt-1 text-gray-700"', '"mt-1 text-gray-200"']),
  ),
  bad(
    "a comment box without a label",
    COMMENT_ASK,
    "jsx",
    altered(COMMENT, [/ *<label htmlFor="new-comment".*\n/, ""]),
  ),
  bad("a map without its closing bracket", COMMENT_ASK, "jsx", altered(COMMENT, ["        ))}\n", "        )}\n"])),
  bad(
    "a switch without its badge",
    SWITCH_ASK,
    "vue",
    altered(SWITCH, [' <strong class="badge">Save 20%</strong>', ""]),
  ),
  bad(
    "a switch that is a clickable div",
    SWITCH_ASK,
    "vue",
    altered(SWITCH, [
      /<label class="switch">[^]*?<\/label>/,
      '<div class="switch" @click="yearly = !yearly">Monthly / Yearly Save 20%</div>',
    ]),
  ),
  bad("one plan of two", SWITCH_ASK, "vue", altered(SWITCH, [/ {2}\{ name: "Team".*\n/, ""])),
  bad(
    "a panel without the brightness",
    PANEL_ASK,
    "svelte",
    altered(PANEL, [/ {2}<p>\n {4}<label for="brightness">[^]*?<\/p>\n/, ""]),
  ),
  bad("a panel without a reset", PANEL_ASK, "svelte", altered(PANEL, [/ {2}<button type="button".*\n/, ""])),
  bad(
    "sliders without labels",
    PANEL_ASK,
    "svelte",
    altered(PANEL, [/ {4}<label for="(?:volume|brightness)">.*\n/g, ""]),
  ),
];
