import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
import { altered, ui } from "./altered.ts";

const TABLE_ASK =
  "Svelte 5 component: table of users (name, email, role) that can be sorted by clicking the column headers, with a filter input above it.";
const TABLE = `<script lang="ts">
  type User = { name: string; email: string; role: string };
  let { users = [] }: { users: User[] } = $props();
  let query = $state("");
  let key = $state<keyof User>("name");
  let ascending = $state(true);

  const columns: { key: keyof User; label: string }[] = [
    { key: "name", label: "Name" },
    { key: "email", label: "Email" },
    { key: "role", label: "Role" },
  ];

  let shown = $derived(
    users
      .filter((user) => Object.values(user).some((value) => value.toLowerCase().includes(query.toLowerCase())))
      .toSorted((a, b) => (ascending ? 1 : -1) * a[key].localeCompare(b[key])),
  );

  function sortBy(next: keyof User) {
    ascending = key === next ? !ascending : true;
    key = next;
  }
</script>

<div class="users">
  <label for="filter">Filter users</label>
  <input id="filter" type="search" bind:value={query} />
  <div class="scroll">
    <table>
      <caption>Users</caption>
      <thead>
        <tr>
          {#each columns as column (column.key)}
            <th scope="col" aria-sort={key === column.key ? (ascending ? "ascending" : "descending") : "none"}>
              <button type="button" onclick={() => sortBy(column.key)}>{column.label}</button>
            </th>
          {/each}
        </tr>
      </thead>
      <tbody>
        {#each shown as user (user.email)}
          <tr><td>{user.name}</td><td>{user.email}</td><td>{user.role}</td></tr>
        {:else}
          <tr><td colspan="3">No users match.</td></tr>
        {/each}
      </tbody>
    </table>
  </div>
</div>

<style>
  .users { font-family: system-ui, sans-serif; color: #1f2937; }
  .scroll { overflow-x: auto; }
  table { width: 100%; border-collapse: collapse; }
  th, td { text-align: left; padding: .6rem; border-bottom: 1px solid #d1d5db; }
  th button { all: unset; cursor: pointer; font-weight: 700; }
  th button:focus-visible { outline: 2px solid #2563eb; }
</style>`;

const CHAT_ASK =
  "Vue 3 chat widget: floating round button that opens a panel with the message list, a text input and a Send button. Composition API.";
const CHAT = `<script setup>
import { nextTick, ref } from "vue";

const open = ref(false);
const draft = ref("");
const messages = ref([{ id: 1, from: "bot", text: "Hi! How can I help?" }]);
const input = ref(null);

async function toggle() {
  open.value = !open.value;
  if (open.value) {
    await nextTick();
    input.value?.focus();
  }
}

function send() {
  const text = draft.value.trim();
  if (!text) return;
  messages.value.push({ id: Date.now(), from: "me", text });
  draft.value = "";
}
</script>

<template>
  <div class="chat">
    <section v-if="open" id="chat-panel" class="panel" aria-label="Chat" @keydown.esc="open = false">
      <h2>Support chat</h2>
      <ul class="messages" aria-live="polite">
        <li v-for="message in messages" :key="message.id" :class="message.from">{{ message.text }}</li>
      </ul>
      <form @submit.prevent="send">
        <label class="sr-only" for="chat-input">Message</label>
        <input id="chat-input" ref="input" v-model="draft" type="text" autocomplete="off" placeholder="Type a message…" />
        <button type="submit">Send</button>
      </form>
    </section>
    <button class="fab" type="button" :aria-expanded="open" aria-controls="chat-panel" :aria-label="open ? 'Close chat' : 'Open chat'" @click="toggle">
      <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true"><path fill="currentColor" d="M4 4h16v12H7l-3 3z" /></svg>
    </button>
  </div>
</template>

<style scoped>
.chat { position: fixed; right: 1rem; bottom: 1rem; font-family: system-ui, sans-serif; }
.panel { width: min(22rem, calc(100vw - 2rem)); background: #fff; color: #1f2937; border-radius: 1rem; box-shadow: 0 10px 40px rgb(0 0 0 / .25); padding: 1rem; margin-bottom: .75rem; }
.messages { list-style: none; margin: 0; padding: 0; max-height: 50vh; overflow-y: auto; }
.fab { width: 56px; height: 56px; border-radius: 50%; border: 0; background: #4338ca; color: #fff; cursor: pointer; }
form { display: flex; gap: .5rem; }
form button { background: #4338ca; color: #fff; border: 0; border-radius: .5rem; padding: .5rem 1rem; }
.sr-only { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
</style>`;

const PROFILE_ASK =
  "Make a profile card component (React, CSS modules): avatar, name, job title, short bio, follower count and a Follow button that toggles to Following.";
const PROFILE = `import { useState } from "react";
import styles from "./ProfileCard.module.css";

export function ProfileCard({ user }) {
  const [following, setFollowing] = useState(false);
  const followers = user.followers + (following ? 1 : 0);

  return (
    <article className={styles.card}>
      <img className={styles.avatar} src={user.avatarUrl} alt={\`Portrait of \${user.name}\`} width={96} height={96} />
      <h2 className={styles.name}>{user.name}</h2>
      <p className={styles.title}>{user.title}</p>
      <p className={styles.bio}>{user.bio}</p>
      <p className={styles.followers}>
        <strong>{followers.toLocaleString()}</strong> followers
      </p>
      <button type="button" className={styles.button} aria-pressed={following} onClick={() => setFollowing((on) => !on)}>
        {following ? "Following" : "Follow"}
      </button>
    </article>
  );
}`;
const PROFILE_CSS = `.card { max-width: 20rem; margin: 0 auto; padding: 2rem; text-align: center; border-radius: 1rem; background: #fff; color: #222; box-shadow: 0 4px 20px rgb(0 0 0 / .1); }
.avatar { border-radius: 50%; }
.title, .bio { color: #555; }
.button { padding: .6rem 1.4rem; border: 0; border-radius: 999px; background: #0f62fe; color: #fff; cursor: pointer; }`;

const good = (name: string, prompt: string, answer: string): AnswerCase => ui(name, prompt, answer);
const bad = (name: string, prompt: string, answer: string): AnswerCase => ui(name, prompt, answer, "failed");
const profile = (code: string, css = PROFILE_CSS): string =>
  `**ProfileCard.jsx**\n\n${fenced("jsx", code)}\n\n**ProfileCard.module.css**\n\n${fenced("css", css)}`;

export const SMALL_GOOD: readonly AnswerCase[] = [
  good("a sortable table with runes", TABLE_ASK, fenced("svelte", TABLE)),
  good("a chat widget", CHAT_ASK, fenced("vue", CHAT)),
  good("a card with CSS modules", PROFILE_ASK, profile(PROFILE)),
];

export const SMALL_BAD: readonly AnswerCase[] = [
  bad(
    "a table without the filter",
    TABLE_ASK,
    fenced("svelte", altered(TABLE, [/ {2}<label for="filter">.*\n {2}<input.*\n/, ""])),
  ),
  bad(
    "column heads that only a mouse can sort",
    TABLE_ASK,
    fenced(
      "svelte",
      altered(TABLE, [
        /<button type="button" onclick=\{\(\) => sortBy\(column\.key\)\}>\{column\.label\}<\/button>/,
        '<span class="sort" onclick={() => sortBy(column.key)}>{column.label}</span>',
      ]),
    ),
  ),
  bad(
    "an each block that is never closed",
    TABLE_ASK,
    fenced("svelte", altered(TABLE, ["          {/each}\n        </tr>", "        </tr>"])),
  ),
  bad(
    "a chat without a way to send",
    CHAT_ASK,
    fenced("vue", altered(CHAT, ['        <button type="submit">Send</button>\n', ""])),
  ),
  bad(
    "a round button without a name",
    CHAT_ASK,
    fenced("vue", altered(CHAT, [" :aria-label=\"open ? 'Close chat' : 'Open chat'\"", ""])),
  ),
  bad("a portrait without a text", PROFILE_ASK, profile(altered(PROFILE, [/ alt=\{`[^`]*`\}/, ""]))),
  bad("a card without the follow button", PROFILE_ASK, profile(altered(PROFILE, [/ {6}<button[^]*?<\/button>\n/, ""]))),
  bad(
    "a card whose bio cannot be read",
    PROFILE_ASK,
    profile(PROFILE, altered(PROFILE_CSS, [".title, .bio { color: #555; }", ".title, .bio { color: #d8d8d8; }"])),
  ),
];
