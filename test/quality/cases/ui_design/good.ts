import { fenced } from "../../subject.ts";
import type { AnswerCase } from "../case.ts";
import { GOOD_ASKED } from "./asked.ts";
import { changed, CONTACT, CONTACT_PROMPT, html, REACT_PRICING, SVELTE_TODO, VUE_LOGIN } from "./sources.ts";

const good = (name: string, prompt: string, answer: string): AnswerCase => ({
  name,
  task: "ui_design",
  prompt,
  answer,
  expect: "verified",
});

const STYLE = /<style>[^]*<\/style>/;
const css = /<style>([^]*)<\/style>/.exec(CONTACT)?.[1] ?? "";

const SHOP = `<!doctype html>
<html lang="de">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Teeladen</title>
<style>
body{font-family:Georgia,serif;margin:0;background:#101418;color:#e8e6e1}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:1rem;padding:1rem}
.card{background:#1b2127;padding:1rem} a{color:#ffc46b}
@media (prefers-color-scheme: light){body{background:#fff;color:#111}.card{background:#f4f4f4}}
</style></head>
<body>
<header><nav aria-label="Haupt"><ul><li><a href="#tees">Tees</a></li><li><a href="#kontakt">Kontakt</a></li></ul></nav></header>
<main><h1>Teeladen</h1>
<section id="tees"><h2>Unsere Tees</h2><div class="grid">
<article class="card"><img src="a.jpg" alt="Grüner Tee in einer Schale" width="220" height="160"><h3>Sencha</h3><p>9 €</p><button type="button">In den Korb</button></article>
<article class="card"><img src="b.jpg" alt="Teeblätter auf einem Löffel" width="220" height="160"><h3>Assam</h3><p>7 €</p><button type="button">In den Korb</button></article>
<article class="card"><img src="c.jpg" alt="Kamillenblüten" width="220" height="160"><h3>Kamille</h3><p>5 €</p><button type="button">In den Korb</button></article>
</div></section>
<section id="kontakt"><h2>Kontakt</h2><p><a href="mailto:a@b.de">a@b.de</a></p></section>
</main><footer><p>© Teeladen</p></footer></body></html>`;

const TABLE = `<table>
  <caption>Plans</caption>
  <thead><tr><th scope="col">Plan</th><th scope="col">Price</th><th scope="col">Seats</th><th scope="col">Support</th></tr></thead>
  <tbody><tr><td>Solo</td><td>$5</td><td>1</td><td>Email</td></tr><tr><td>Team</td><td>$20</td><td>10</td><td>Phone</td></tr></tbody>
</table>`;

const MODAL_TSX = `import { useEffect, useRef, type ReactNode } from "react";

interface ModalProps {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
}

export function Modal({ open, title, onClose, children }: ModalProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (open) dialog?.showModal();
    else dialog?.close();
  }, [open]);
  return (
    <dialog ref={ref} onClose={onClose} onClick={(e) => e.target === ref.current && onClose()} aria-labelledby="modal-title" className="rounded-lg p-6 max-w-md w-full">
      <h2 id="modal-title">{title}</h2>
      {children}
      <button type="button" onClick={onClose}>Close</button>
    </dialog>
  );
}`;

const STYLED = `import styled from "styled-components";

const Card = styled.article\`
  display: grid;
  gap: 1rem;
  @media (min-width: 600px) { grid-template-columns: 1fr 2fr; }
\`;
const Avatar = styled.img\`border-radius: 50%;\`;

export const ProfileCard = ({ user }) => (
  <Card>
    <Avatar src={user.avatar} alt={user.name} />
    <div>
      <h2>{user.name}</h2>
      <p>{user.bio}</p>
      <button type="button" onClick={user.follow}>Follow</button>
    </div>
  </Card>
);`;

export const GOOD: readonly AnswerCase[] = [
  ...GOOD_ASKED,
  good("a contact page in a fence with prose around", CONTACT_PROMPT, html(CONTACT)),
  good("the page as the whole answer", CONTACT_PROMPT, CONTACT),
  good("the page with CRLF", CONTACT_PROMPT, html(CONTACT).replaceAll("\n", "\r\n")),
  good(
    "page, style sheet and script in files of their own",
    "Build a contact page with fields for name, email and message. Use separate HTML, CSS and JS files. Make it responsive.",
    `**index.html**\n${fenced("html", changed(changed(CONTACT, STYLE, '<link rel="stylesheet" href="styles.css">'), "</body>", '<script src="script.js"></script>\n</body>'))}\n\n**styles.css**\n${fenced("css", css)}\n\n**script.js**\n${fenced("js", 'document.querySelector("form").addEventListener("submit", (event) => {\n  event.preventDefault();\n});')}`,
  ),
  good(
    "a shop in German with a dark theme and light one",
    "Baue eine Startseite für einen Teeladen mit drei Produkten, responsive, dark mode",
    html(SHOP),
  ),
  good(
    "a React component with Tailwind",
    "Create a React pricing section with three plans, using Tailwind. Include a checkbox for yearly billing.",
    fenced("jsx", REACT_PRICING),
  ),
  good(
    "a React component under the tag of JavaScript",
    "React pricing component with Tailwind classes please",
    `Sure.\n\n${fenced("javascript", REACT_PRICING)}\n\nUse it:\n\n${fenced("jsx", "<Pricing />")}`,
  ),
  good(
    "a Vue login",
    "A Vue 3 login form with email and password, responsive",
    `### LoginForm.vue\n\n${fenced("vue", VUE_LOGIN)}`,
  ),
  good("a Vue component under the tag of HTML", "A Vue login form with email and password", fenced("html", VUE_LOGIN)),
  good("a Svelte list of tasks", 'A Svelte 5 todo app with an "Add" button', fenced("svelte", SVELTE_TODO)),
  good(
    "a typed modal",
    "Write an accessible modal dialog component in React with TypeScript",
    fenced("tsx", MODAL_TSX),
  ),
  good(
    "styled components",
    "Profile card in React with styled-components: avatar, name, bio and a Follow button",
    fenced("jsx", STYLED),
  ),
  good(
    "a table as a piece",
    "Give me an HTML table with four columns: plan, price, seats, support.",
    fenced("html", TABLE),
  ),
  good(
    "JSON with files",
    CONTACT_PROMPT.replace(", in a single file", ""),
    JSON.stringify({ files: [{ path: "index.html", content: CONTACT }] }),
  ),
  good(
    "a field that is named by aria and an icon button with a name",
    'A search bar with a search field and a "Search" button',
    html(
      `<form role="search" class="bar"><input type="search" name="q" aria-label="Search the site" placeholder="Search…"><button type="submit" aria-label="Search"><svg aria-hidden="true" viewBox="0 0 8 8"><path d="M0 0h8"/></svg></button></form>`,
    ),
  ),
  good(
    "disclosure without a script",
    "An FAQ accordion in HTML and CSS only, no JavaScript",
    html(
      `<section aria-labelledby="faq"><h2 id="faq">FAQ</h2><details><summary>Do you ship?</summary><p>Yes, everywhere.</p></details><details><summary>Can I return it?</summary><p>Within 30 days.</p></details></section><style>details{padding:1rem}</style>`,
    ),
  ),
  good(
    "a clickable card that holds a link",
    "A news card component in plain HTML",
    html(
      `<article class="card" onclick="location.href='/n/1'"><h2><a href="/n/1">Council votes</a></h2><p>The council voted on Monday.</p></article>`,
    ),
  ),
  good(
    "a custom button that has everything",
    "A toggle in plain HTML with JavaScript",
    html(
      `<div role="button" tabindex="0" aria-pressed="false" id="t" onclick="flip()" onkeydown="key(event)">Bold</div><script>function flip(){const t=document.getElementById("t");t.ariaPressed=t.ariaPressed!=="true"}function key(e){if(e.key==="Enter"||e.key===" "){e.preventDefault();flip()}}</script>`,
    ),
  ),
  good(
    "a decorative image and a caption",
    "A figure with a photo of a harbour",
    html(
      `<figure><img src="harbour.jpg" alt="Fishing boats in the harbour at dawn" loading="lazy"><figcaption>Dawn</figcaption></figure><img src="line.svg" alt="">`,
    ),
  ),
  good(
    "a page of Vue without a build",
    "A small Vue counter page, single HTML file",
    html(
      changed(
        CONTACT,
        /<form[^]*<\/form>/,
        `<div id="app"><p>{{ count }}</p><button type="button" @click="count++">Count</button></div><script src="https://unpkg.com/vue@3"></script><script>Vue.createApp({ data() { return { count: 0 }; } }).mount("#app");</script>`,
      ),
    ),
  ),
  good(
    "a style sheet where one is asked for",
    "Write the CSS for a card hover animation",
    fenced(
      "css",
      ".card { transition: transform .2s; }\n.card:hover { transform: translateY(-4px); }\n@media (prefers-reduced-motion: reduce) { .card { transition: none; } }",
    ),
  ),
].map((each) =>
  each.name === "a style sheet where one is asked for" ? { ...each, expect: "unchecked" as const } : each,
);
