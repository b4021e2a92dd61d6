import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
import { ui } from "./altered.ts";
const page = (title: string, css: string, body: string): string =>
  `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="UTF-8">\n<meta name="viewport" content="width=device-width, initial-scale=1.0">\n<title>${title}</title>\n<style>${css}</style>\n</head>\n<body>\n${body}\n</body>\n</html>`;
export const SCREENS: readonly AnswerCase[] = [
  ui(
    "a bank's home",
    "Design a mobile banking home screen: balance card, quick actions (Send, Request, Pay, Top up), recent transactions list. React + Tailwind.",
    fenced(
      "tsx",
      `const actions = [
  { label: "Send", icon: "↗" },
  { label: "Request", icon: "↙" },
  { label: "Pay", icon: "💳" },
  { label: "Top up", icon: "+" },
];
const transactions = [
  { id: 1, title: "Grocery Hub", date: "Today", amount: -32.4 },
  { id: 2, title: "Salary", date: "Yesterday", amount: 2400 },
];

export default function Home() {
  return (
    <main className="mx-auto min-h-screen max-w-md bg-slate-100 p-4 text-slate-900">
      <h1 className="sr-only">Home</h1>
      <section className="rounded-3xl bg-gradient-to-br from-indigo-700 to-violet-700 p-6 text-white">
        <p className="text-sm text-indigo-100">Total balance</p>
        <p className="text-3xl font-bold">$8,240.50</p>
      </section>
      <ul className="my-6 grid grid-cols-4 gap-3">
        {actions.map((action) => (
          <li key={action.label}>
            <button type="button" className="flex w-full flex-col items-center gap-1 rounded-2xl bg-white p-3 text-sm shadow">
              <span aria-hidden="true">{action.icon}</span>
              {action.label}
            </button>
          </li>
        ))}
      </ul>
      <section aria-labelledby="recent">
        <h2 id="recent" className="mb-3 font-semibold">Recent transactions</h2>
        <ul className="space-y-2">
          {transactions.map((t) => (
            <li key={t.id} className="flex justify-between rounded-xl bg-white p-4">
              <span>{t.title}<span className="block text-xs text-slate-600">{t.date}</span></span>
              <span className={t.amount > 0 ? "text-emerald-700" : "text-slate-900"}>{t.amount > 0 ? "+" : "−"}\${Math.abs(t.amount).toFixed(2)}</span>
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}`,
    ),
  ),
  ui(
    "a slider without a script",
    "Build a responsive image slider with previous and next buttons and dots indicator. HTML and CSS only.",
    fenced(
      "html",
      page(
        "Slider",
        "body{margin:0;font-family:sans-serif}.slider{max-width:50rem;margin:auto}.track{display:flex;overflow-x:auto;scroll-snap-type:x mandatory;scroll-behavior:smooth}.slide{flex:0 0 100%;scroll-snap-align:start;position:relative}.slide img{width:100%;height:auto;display:block}.nav{display:flex;justify-content:space-between;padding:.5rem}.nav a,.dots a{color:#123;padding:.5rem}.dots{display:flex;justify-content:center;gap:.5rem}",
        `<main class="slider"><h1>Gallery</h1>
<div class="track" tabindex="0" role="region" aria-label="Photos">
<figure class="slide" id="s1"><img src="https://picsum.photos/id/20/800/400" alt="Notebook on a desk" width="800" height="400"><div class="nav"><a href="#s3">Previous</a><a href="#s2">Next</a></div></figure>
<figure class="slide" id="s2"><img src="https://picsum.photos/id/21/800/400" alt="Pair of shoes" width="800" height="400"><div class="nav"><a href="#s1">Previous</a><a href="#s3">Next</a></div></figure>
<figure class="slide" id="s3"><img src="https://picsum.photos/id/22/800/400" alt="Man walking down a road" width="800" height="400"><div class="nav"><a href="#s2">Previous</a><a href="#s1">Next</a></div></figure>
</div>
<nav class="dots" aria-label="Slides"><a href="#s1" aria-label="Slide 1">●</a><a href="#s2" aria-label="Slide 2">●</a><a href="#s3" aria-label="Slide 3">●</a></nav></main>`,
      ),
    ),
  ),
  ui(
    "a converter",
    "Build a currency converter UI: amount input, from and to selectors, swap button, result. Vanilla JS.",
    fenced(
      "html",
      page(
        "Converter",
        "body{font-family:system-ui;padding:1rem;color:#122}form{max-width:24rem;margin:auto;display:grid;gap:1rem}label{display:block;font-weight:600}input,select,button{width:100%;padding:.6rem;font:inherit;box-sizing:border-box}button{background:#0a5;background:#065f46;color:#fff;border:0;border-radius:6px}",
        `<main><h1>Currency converter</h1><form id="f">
<div><label for="amount">Amount</label><input id="amount" type="number" value="100" min="0" step="0.01"></div>
<div><label for="from">From</label><select id="from"><option>USD</option><option>EUR</option></select></div>
<button type="button" id="swap" aria-label="Swap currencies">⇅ Swap</button>
<div><label for="to">To</label><select id="to"><option>EUR</option><option>USD</option></select></div>
<output id="result" aria-live="polite">92.00 EUR</output></form></main>
<script>const rate={USD:1,EUR:.92};const $=(id)=>document.getElementById(id);function show(){const v=$("amount").value/rate[$("from").value]*rate[$("to").value];$("result").textContent=v.toFixed(2)+" "+$("to").value}
$("f").addEventListener("input",show);$("swap").addEventListener("click",()=>{[$("from").value,$("to").value]=[$("to").value,$("from").value];show()});</script>`,
      ),
    ),
  ),
  ui(
    "a footer",
    "Build a footer with four columns: Company, Products, Resources, Legal, plus social icons and a newsletter signup.",
    fenced(
      "html",
      `<footer class="footer">
  <div class="cols">
    <nav aria-labelledby="c1"><h2 id="c1">Company</h2><ul><li><a href="/about">About</a></li><li><a href="/jobs">Careers</a></li></ul></nav>
    <nav aria-labelledby="c2"><h2 id="c2">Products</h2><ul><li><a href="/app">App</a></li><li><a href="/api">API</a></li></ul></nav>
    <nav aria-labelledby="c3"><h2 id="c3">Resources</h2><ul><li><a href="/docs">Docs</a></li><li><a href="/blog">Blog</a></li></ul></nav>
    <nav aria-labelledby="c4"><h2 id="c4">Legal</h2><ul><li><a href="/privacy">Privacy</a></li><li><a href="/terms">Terms</a></li></ul></nav>
  </div>
  <form action="/subscribe" method="post"><label for="news">Newsletter</label><input id="news" type="email" name="email" placeholder="you@example.com" required><button>Subscribe</button></form>
  <p><a href="https://x.com" aria-label="X"><svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="M4 4l16 16M20 4L4 20" stroke="currentColor"/></svg></a> <a href="https://github.com" aria-label="GitHub"><svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><circle cx="12" cy="12" r="9"/></svg></a></p>
</footer>
<style>
  .footer { background: #111827; color: #e5e7eb; padding: 2rem 1rem; font-family: system-ui, sans-serif; }
  .footer a { color: #e5e7eb; }
  .cols { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 2rem; }
  .cols ul { list-style: none; padding: 0; }
</style>`,
    ),
  ),
  ui(
    "a quiz",
    "Create a quiz app screen with a question, four answer options as radio buttons, a progress indicator and Next button. Svelte.",
    fenced(
      "svelte",
      `<script>
  const options = ["Venus", "Mars", "Jupiter", "Saturn"];
  let answer = $state("");
  let current = $state(3);
  const total = 10;
</script>

<main>
  <label for="progress">Question {current} of {total}</label>
  <progress id="progress" max={total} value={current}></progress>
  <form onsubmit={(event) => { event.preventDefault(); current += 1; answer = ""; }}>
    <fieldset>
      <legend>Which planet is known as the red planet?</legend>
      {#each options as option (option)}
        <label><input type="radio" name="answer" value={option} bind:group={answer} /> {option}</label>
      {/each}
    </fieldset>
    <button type="submit" disabled={answer === ""}>Next</button>
  </form>
</main>

<style>
  main { max-width: 32rem; margin: 0 auto; padding: 1rem; color: #1c1c28; font-family: system-ui, sans-serif; }
  label { display: block; padding: .6rem; }
  button { background: #1d4ed8; color: #fff; border: 0; padding: .7rem 1.4rem; border-radius: .5rem; }
</style>`,
    ),
  ),
  ui(
    "a list with filters",
    "Build a todo list app in React with add, delete, and filter functionality (All, Active, Completed buttons).",
    fenced(
      "jsx",
      `import { useState } from "react";

const FILTERS = { All: () => true, Active: (t) => !t.done, Completed: (t) => t.done };

export default function App() {
  const [todos, setTodos] = useState([]);
  const [text, setText] = useState("");
  const [filter, setFilter] = useState("All");

  function add(e) {
    e.preventDefault();
    if (!text.trim()) return;
    setTodos([...todos, { id: crypto.randomUUID(), text, done: false }]);
    setText("");
  }

  return (
    <main style={{ maxWidth: 480, margin: "0 auto", padding: 16 }}>
      <h1>Todos</h1>
      <form onSubmit={add}>
        <label htmlFor="new">New todo</label>
        <input id="new" value={text} onChange={(e) => setText(e.target.value)} />
        <button type="submit">Add</button>
      </form>
      <div role="group" aria-label="Filter">
        {Object.keys(FILTERS).map((name) => (
          <button key={name} type="button" aria-pressed={name === filter} onClick={() => setFilter(name)}>
            {name}
          </button>
        ))}
      </div>
      <ul>
        {todos.filter(FILTERS[filter]).map((todo) => (
          <li key={todo.id}>
            <label>
              <input type="checkbox" checked={todo.done} onChange={() => setTodos(todos.map((t) => (t.id === todo.id ? { ...t, done: !t.done } : t)))} />
              {todo.text}
            </label>
            <button type="button" onClick={() => setTodos(todos.filter((t) => t.id !== todo.id))} aria-label={\`Delete \${todo.text}\`}>
              Delete
            </button>
          </li>
        ))}
      </ul>
    </main>
  );
}`,
    ),
  ),
];
