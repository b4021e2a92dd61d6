import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
import { altered, ui } from "./altered.ts";

const ACC_ASK =
  "FAQ accordion in React with Tailwind: items come from an array, only one open at a time, accessible (button, aria-expanded, region). At least 4 questions.";
const ACC = `import { useId, useState } from "react";

const faqs = [
  { q: "What is included in the free plan?", a: "Up to three projects and unlimited collaborators." },
  { q: "Can I change plans later?", a: "Yes, at any time from your billing settings." },
  { q: "Do you offer refunds?", a: "We refund any payment within 30 days." },
  { q: "Is my data encrypted?", a: "All data is encrypted in transit and at rest." },
];

export default function FaqAccordion() {
  const [openIndex, setOpenIndex] = useState<number | null>(0);
  const baseId = useId();

  return (
    <section className="mx-auto max-w-2xl px-4 py-16">
      <h2 className="text-3xl font-bold tracking-tight text-gray-900">Frequently asked questions</h2>
      <div className="mt-8 divide-y divide-gray-200 border-y border-gray-200">
        {faqs.map(({ q, a }, index) => {
          const isOpen = openIndex === index;
          return (
            <div key={q}>
              <h3>
                <button
                  type="button"
                  id={\`\${baseId}-button-\${index}\`}
                  aria-expanded={isOpen}
                  aria-controls={\`\${baseId}-panel-\${index}\`}
                  onClick={() => setOpenIndex(isOpen ? null : index)}
                  className="flex w-full items-center justify-between py-4 text-left font-medium text-gray-900 hover:text-indigo-700"
                >
                  {q}
                  <svg className={\`h-5 w-5 transition-transform \${isOpen ? "rotate-180" : ""}\`} viewBox="0 0 20 20" fill="none" stroke="currentColor" aria-hidden="true">
                    <path d="M5 8l5 5 5-5" strokeWidth="2" />
                  </svg>
                </button>
              </h3>
              <div id={\`\${baseId}-panel-\${index}\`} role="region" aria-labelledby={\`\${baseId}-button-\${index}\`} hidden={!isOpen} className="pb-4 text-gray-600">
                {a}
              </div>
            </div>
          );
        })}
      </div>
    </section>
  );
}`;

const NEWS_ASK =
  "Newsletter signup component, React + Tailwind: heading, short text, email input, Subscribe button, success message after submit.";
const NEWS = `import { useState } from "react";

export function Newsletter() {
  const [email, setEmail] = useState("");
  const [status, setStatus] = useState<"idle" | "loading" | "done">("idle");

  async function handleSubmit(e: React.FormEvent<HTMLFormElement>) {
    e.preventDefault();
    setStatus("loading");
    await new Promise((resolve) => setTimeout(resolve, 600));
    setStatus("done");
  }

  return (
    <section className="rounded-2xl bg-indigo-900 px-6 py-12 text-center text-white sm:px-12">
      <h2 className="text-2xl font-bold">Stay in the loop</h2>
      <p className="mx-auto mt-2 max-w-md text-indigo-100">One email a month with our best articles. No spam.</p>
      {status === "done" ? (
        <p role="status" className="mt-6 font-medium">Thanks! Check your inbox to confirm.</p>
      ) : (
        <form onSubmit={handleSubmit} className="mx-auto mt-6 flex max-w-md flex-col gap-3 sm:flex-row">
          <label htmlFor="newsletter-email" className="sr-only">Email address</label>
          <input
            id="newsletter-email"
            type="email"
            required
            value={email}
            onChange={(e) => setEmail(e.target.value)}
            placeholder="you@example.com"
            className="flex-1 rounded-lg border-0 px-4 py-3 text-gray-900 placeholder:text-gray-500"
          />
          <button type="submit" disabled={status === "loading"} className="rounded-lg bg-white px-6 py-3 font-semibold text-indigo-900 hover:bg-indigo-50 disabled:opacity-60">
            {status === "loading" ? "Subscribing…" : "Subscribe"}
          </button>
        </form>
      )}
    </section>
  );
}`;

const PLAYER_ASK =
  "Vue 3 music player card: cover art, track title, artist, previous / play / next buttons, progress slider and volume control.";
const PLAYER = `<template>
  <article class="player" aria-label="Music player">
    <img class="cover" :src="track.cover" :alt="\`Cover of \${track.album}\`" width="280" height="280" />
    <h2 class="title">{{ track.title }}</h2>
    <p class="artist">{{ track.artist }}</p>
    <label class="slider">
      <span class="sr-only">Seek</span>
      <input type="range" min="0" :max="track.length" v-model.number="position" />
    </label>
    <div class="controls">
      <button type="button" aria-label="Previous track" @click="skip(-1)">⏮</button>
      <button type="button" :aria-label="playing ? 'Pause' : 'Play'" @click="playing = !playing">{{ playing ? "⏸" : "▶" }}</button>
      <button type="button" aria-label="Next track" @click="skip(1)">⏭</button>
    </div>
    <label class="volume">Volume <input type="range" min="0" max="100" v-model.number="volume" /></label>
  </article>
</template>

<script setup>
import { computed, ref } from "vue";

const tracks = [
  { title: "Low Tide", artist: "Nora Vale", album: "Shorelines", cover: "/covers/shorelines.jpg", length: 214 },
  { title: "Paper Boats", artist: "Nora Vale", album: "Shorelines", cover: "/covers/shorelines.jpg", length: 187 },
];
const index = ref(0);
const playing = ref(false);
const position = ref(0);
const volume = ref(70);
const track = computed(() => tracks[index.value]);

function skip(step) {
  index.value = (index.value + step + tracks.length) % tracks.length;
  position.value = 0;
}
</script>

<style scoped>
.player { max-width: 320px; padding: 1.25rem; border-radius: 1.25rem; background: #1f1d2b; color: #fff; text-align: center; }
.cover { width: 100%; height: auto; border-radius: 1rem; }
.artist { color: #c3c1d4; }
.controls { display: flex; justify-content: center; gap: 1rem; margin: 1rem 0; }
.controls button { background: none; border: 0; color: inherit; font-size: 1.5rem; padding: .5rem; }
input[type="range"] { width: 100%; }
.sr-only { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
</style>`;

const KANBAN_ASK =
  "Svelte kanban board with three columns (To do, In progress, Done). Cards can be moved with buttons. Each column shows its count.";
const KANBAN = `<script>
  const columns = ["To do", "In progress", "Done"];
  let cards = [
    { id: 1, title: "Write copy", column: 0 },
    { id: 2, title: "Design logo", column: 1 },
    { id: 3, title: "Book venue", column: 2 },
  ];

  function move(id, step) {
    cards = cards.map((card) => (card.id === id ? { ...card, column: Math.min(2, Math.max(0, card.column + step)) } : card));
  }
</script>

<main>
  <h1>Board</h1>
  <div class="board">
    {#each columns as name, index}
      {@const own = cards.filter((card) => card.column === index)}
      <section aria-labelledby="column-{index}">
        <h2 id="column-{index}">{name} <span class="count">({own.length})</span></h2>
        <ul>
          {#each own as card (card.id)}
            <li>
              <p>{card.title}</p>
              <button type="button" disabled={index === 0} on:click={() => move(card.id, -1)} aria-label="Move {card.title} left">←</button>
              <button type="button" disabled={index === 2} on:click={() => move(card.id, 1)} aria-label="Move {card.title} right">→</button>
            </li>
          {/each}
        </ul>
      </section>
    {/each}
  </div>
</main>

<style>
  .board { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 1rem; }
  section { background: #f1f5f9; color: #0f172a; border-radius: 12px; padding: 1rem; }
  ul { list-style: none; padding: 0; margin: 0; display: grid; gap: .75rem; }
  li { background: #fff; border-radius: 8px; padding: .75rem; }
</style>`;

const STYLED_ASK =
  "Build a toggle-able notification banner in React with styled-components: message, optional action link, dismiss button.";
const STYLED = `import React, { useState } from "react";
import styled from "styled-components";

const Banner = styled.div\`
  display: flex;
  align-items: center;
  gap: 1rem;
  padding: 0.75rem 1.25rem;
  background: #12355b;
  color: #ffffff;
\`;

const Message = styled.p\`
  margin: 0;
  flex: 1;
\`;

const Action = styled.a\`
  color: #ffd166;
  font-weight: 600;
\`;

const Dismiss = styled.button\`
  border: 0;
  background: transparent;
  color: inherit;
  font-size: 1.25rem;
  cursor: pointer;
\`;

export default function NotificationBanner({ message, action }) {
  const [visible, setVisible] = useState(true);
  if (!visible) return null;

  return (
    <Banner role="status">
      <Message>{message}</Message>
      {action && <Action href={action.href}>{action.label}</Action>}
      <Dismiss type="button" aria-label="Dismiss notification" onClick={() => setVisible(false)}>
        ×
      </Dismiss>
    </Banner>
  );
}`;

const good = (name: string, prompt: string, tag: string, code: string): AnswerCase =>
  ui(name, prompt, fenced(tag, code));
const bad = (name: string, prompt: string, tag: string, code: string): AnswerCase =>
  ui(name, prompt, fenced(tag, code), "failed");

export const KITS_GOOD: readonly AnswerCase[] = [
  good("an accordion of buttons in headings", ACC_ASK, "tsx", ACC),
  good("a sign-up on a dark panel", NEWS_ASK, "tsx", NEWS),
  good("a player with sliders", PLAYER_ASK, "vue", PLAYER),
  good("a board moved by buttons", KANBAN_ASK, "svelte", KANBAN),
  good("styled components", STYLED_ASK, "jsx", STYLED),
];

export const KITS_BAD: readonly AnswerCase[] = [
  bad(
    "an accordion of divs",
    ACC_ASK,
    "tsx",
    altered(
      ACC,
      [/<button\n {18}type="button"/, "<div"],
      ["</button>", "</div>"],
      [/ {18}aria-expanded=\{isOpen\}\n {18}aria-controls=.*\n/, ""],
    ),
  ),
  bad("three questions", ACC_ASK, "tsx", altered(ACC, [/ {2}\{ q: "Is my data.*\n/, ""])),
  bad(
    "an email field with a placeholder alone",
    NEWS_ASK,
    "tsx",
    altered(NEWS, [/ *<label htmlFor="newsletter-email".*\n/, ""]),
  ),
  bad(
    "a sign-up that cannot be sent",
    NEWS_ASK,
    "tsx",
    altered(NEWS, [/ {10}<button type="submit"[^]*?<\/button>\n/, ""]),
  ),
  bad(
    "indigo text on the indigo panel",
    NEWS_ASK,
    "tsx",
    altered(NEWS, ["max-w-md text-indigo-100", "max-w-md text-indigo-700"]),
  ),
  bad(
    "a component with a string left open",
    NEWS_ASK,
    "tsx",
    altered(NEWS, ['placeholder="you@example.com"', 'placeholder="you@example.com']),
  ),
  bad(
    "a player whose signs have no names",
    PLAYER_ASK,
    "vue",
    altered(PLAYER, [/ :?aria-label="(?:Previous track|Next track|playing[^"]*)"/g, ""]),
  ),
  bad(
    "a player without volume",
    PLAYER_ASK,
    "vue",
    altered(PLAYER, [/ *<label class="volume">.*\n/, ""], ["const volume = ref(70);\n", ""]),
  ),
  bad("a cover without a text", PLAYER_ASK, "vue", altered(PLAYER, [/ :alt="[^"]*"/, ""])),
  bad(
    "a board of two columns",
    KANBAN_ASK,
    "svelte",
    altered(KANBAN, ['"To do", "In progress", "Done"', '"To do", "Done"']),
  ),
  bad(
    "cards that are moved by a click on them",
    KANBAN_ASK,
    "svelte",
    altered(
      KANBAN,
      [/ {14}<button type="button" disabled=\{index === 0\}.*\n/, ""],
      [/<p>\{card\.title\}<\/p>\n.*\n/, "<p on:click={() => move(card.id, 1)}>{card.title}</p>\n"],
    ),
  ),
  bad(
    "a banner without a way to dismiss it",
    STYLED_ASK,
    "jsx",
    altered(STYLED, [/ {6}<Dismiss[^]*?<\/Dismiss>\n/, ""], [/const Dismiss = [^]*?`;\n/, ""]),
  ),
];
