import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
import { altered, ui } from "./altered.ts";

const LOGIN_ASK =
  'Create a login page for a project-management app. It needs an email field, a password field, a "Remember me" checkbox, a "Forgot password?" link and a "Sign in" button. Plain HTML and CSS, one file, and it should look fine on phones.';
const LOGIN = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <title>Sign in – Taskly</title>
  <style>
    :root { --brand: #3b3fb6; --text: #1f2430; --muted: #5a6072; --border: #c5c9d6; }
    * { box-sizing: border-box; margin: 0; padding: 0; }
    body { font-family: system-ui, -apple-system, sans-serif; color: var(--text); background: #f3f4f8; min-height: 100vh; display: grid; place-items: center; padding: 1rem; }
    .card { background: #fff; width: 100%; max-width: 400px; padding: 2.5rem 2rem; border-radius: 16px; box-shadow: 0 10px 30px rgba(20, 24, 60, .08); }
    h1 { font-size: 1.5rem; margin-bottom: .25rem; }
    .lead { color: var(--muted); margin-bottom: 1.75rem; }
    .field { margin-bottom: 1.25rem; }
    label { display: block; font-weight: 600; font-size: .875rem; margin-bottom: .375rem; }
    input[type="email"], input[type="password"] { width: 100%; padding: .75rem 1rem; border: 1px solid var(--border); border-radius: 8px; font-size: 1rem; }
    input:focus-visible { outline: 3px solid #a5a8f0; border-color: var(--brand); }
    .row { display: flex; justify-content: space-between; align-items: center; flex-wrap: wrap; gap: .5rem; margin-bottom: 1.5rem; font-size: .875rem; }
    .check { display: flex; gap: .5rem; align-items: center; font-weight: 400; margin: 0; }
    a { color: var(--brand); }
    button { width: 100%; padding: .875rem; border: 0; border-radius: 8px; background: var(--brand); color: #fff; font-size: 1rem; font-weight: 600; cursor: pointer; }
    button:hover { background: #2e3192; }
    @media (max-width: 420px) { .card { padding: 1.75rem 1.25rem; } }
  </style>
</head>
<body>
  <main class="card">
    <h1>Welcome back</h1>
    <p class="lead">Sign in to continue to Taskly.</p>
    <form action="/login" method="post">
      <div class="field">
        <label for="email">Email</label>
        <input type="email" id="email" name="email" autocomplete="email" placeholder="you@example.com" required>
      </div>
      <div class="field">
        <label for="password">Password</label>
        <input type="password" id="password" name="password" autocomplete="current-password" required>
      </div>
      <div class="row">
        <label class="check"><input type="checkbox" name="remember"> Remember me</label>
        <a href="/forgot">Forgot password?</a>
      </div>
      <button type="submit">Sign in</button>
    </form>
  </main>
</body>
</html>`;

const GALLERY_ASK =
  "I run a small travel blog. Give me a photo gallery page with 6 pictures in a responsive grid. Each picture gets a caption. Use placeholder images. HTML + CSS only please.";
const photo = (n: number, alt: string, caption: string): string =>
  `      <figure class="tile">
        <img src="https://picsum.photos/seed/trip${n}/800/600" alt="${alt}" width="800" height="600" loading="lazy">
        <figcaption>${caption}</figcaption>
      </figure>`;
const GALLERY = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Travel gallery</title>
  <style>
    body { margin: 0; font: 16px/1.5 Georgia, serif; color: #222; background: #fdfcf9; }
    header { text-align: center; padding: 3rem 1rem 1rem; }
    .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr)); gap: 1.25rem; max-width: 1100px; margin: 0 auto; padding: 1rem; }
    .tile { margin: 0; border-radius: 10px; overflow: hidden; background: #fff; box-shadow: 0 2px 8px rgb(0 0 0 / .1); }
    .tile img { display: block; width: 100%; height: auto; aspect-ratio: 4 / 3; object-fit: cover; transition: transform .3s; }
    .tile:hover img { transform: scale(1.04); }
    figcaption { padding: .75rem 1rem; font-size: .9rem; color: #444; }
    @media (prefers-reduced-motion: reduce) { .tile img { transition: none; } }
  </style>
</head>
<body>
  <header>
    <h1>Postcards from the road</h1>
    <p>Six favourite moments from this year.</p>
  </header>
  <main>
    <div class="grid">
${photo(1, "Fishing boats in a small harbour at dawn", "Harbour at dawn, Portugal")}
${photo(2, "Narrow street with laundry hung between houses", "Naples, Italy")}
${photo(3, "Hiker on a ridge above the clouds", "Above the clouds, Madeira")}
${photo(4, "Red train crossing a stone viaduct", "The Bernina line, Switzerland")}
${photo(5, "Market stall piled with oranges", "Saturday market, Valencia")}
${photo(6, "Lighthouse against a stormy sky", "Before the storm, Brittany")}
    </div>
  </main>
</body>
</html>`;

const NAV_ASK =
  'responsive navbar: logo on the left, links Home / Features / Pricing / Blog, a "Get started" button on the right. hamburger menu below 768px. vanilla html/css/js';
const NAV = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>Navbar</title>
<style>
  body { margin: 0; font-family: Inter, Arial, sans-serif; }
  .nav { position: sticky; top: 0; background: #101828; color: #fff; }
  .nav__inner { max-width: 1120px; margin: auto; padding: 14px 20px; display: flex; align-items: center; justify-content: space-between; }
  .nav__logo { color: #fff; font-weight: 800; font-size: 1.25rem; text-decoration: none; }
  .nav__menu { display: flex; gap: 28px; align-items: center; list-style: none; margin: 0; padding: 0; }
  .nav__menu a { color: #e4e7ec; text-decoration: none; }
  .nav__menu a:hover, .nav__menu a:focus-visible { color: #fff; text-decoration: underline; }
  .nav__menu a.btn { background: #fdb022; color: #101828; padding: 10px 18px; border-radius: 999px; font-weight: 600; }
  .nav__toggle { display: none; background: none; border: 0; color: inherit; padding: 8px; cursor: pointer; }
  .bar { display: block; width: 24px; height: 2px; background: currentColor; margin: 5px 0; }
  @media (max-width: 767px) {
    .nav__toggle { display: block; }
    .nav__menu { display: none; position: absolute; top: 100%; left: 0; right: 0; flex-direction: column; background: #101828; padding: 20px; }
    .nav__menu.is-open { display: flex; }
  }
</style>
</head>
<body>
<header class="nav">
  <nav class="nav__inner" aria-label="Main">
    <a class="nav__logo" href="#">Orbit</a>
    <button class="nav__toggle" type="button" aria-expanded="false" aria-controls="menu" aria-label="Open menu">
      <span class="bar"></span><span class="bar"></span><span class="bar"></span>
    </button>
    <ul class="nav__menu" id="menu">
      <li><a href="#home" aria-current="page">Home</a></li>
      <li><a href="#features">Features</a></li>
      <li><a href="#pricing">Pricing</a></li>
      <li><a href="#blog">Blog</a></li>
      <li><a class="btn" href="#start">Get started</a></li>
    </ul>
  </nav>
</header>
<main>
  <h1 style="text-align:center;padding:4rem 1rem">Hello!</h1>
</main>
<script>
  const toggle = document.querySelector('.nav__toggle');
  const menu = document.getElementById('menu');
  toggle.addEventListener('click', () => {
    const open = menu.classList.toggle('is-open');
    toggle.setAttribute('aria-expanded', String(open));
    toggle.setAttribute('aria-label', open ? 'Close menu' : 'Open menu');
  });
  document.addEventListener('keydown', (e) => {
    if (e.key === 'Escape' && menu.classList.contains('is-open')) { toggle.click(); toggle.focus(); }
  });
</script>
</body>
</html>`;

const FAQ_ASK =
  "Write an FAQ page (HTML, embedded CSS) for a meal-kit delivery service with at least five questions that expand and collapse. Add a contact link at the bottom for people who didn't find an answer.";
const FAQ = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>FAQ | FreshBox</title>
  <style>
    body { font-family: "Segoe UI", sans-serif; line-height: 1.6; color: #223; background: #fff; margin: 0; }
    main { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem; }
    details { border-bottom: 1px solid #ccd; padding: 1rem 0; }
    summary { cursor: pointer; font-weight: 600; }
    summary:focus-visible { outline: 2px solid #2563eb; outline-offset: 4px; }
    .contact { margin-top: 2rem; background: #eef6f0; padding: 1.25rem; border-radius: .5rem; }
    .contact a { color: #14532d; font-weight: 600; }
  </style>
</head>
<body>
  <main>
    <h1>Frequently asked questions</h1>
    <details open>
      <summary>How does FreshBox work?</summary>
      <p>Pick your recipes, choose a delivery day, and we bring everything you need.</p>
    </details>
    <details>
      <summary>Can I skip a week?</summary>
      <p>Yes. You can skip or pause until five days before your delivery.</p>
    </details>
    <details>
      <summary>Do you cater for allergies?</summary>
      <p>Every recipe lists its allergens, and you can filter the menu.</p>
    </details>
    <details>
      <summary>Where do you deliver?</summary>
      <p>We deliver anywhere in the mainland UK.</p>
    </details>
    <details>
      <summary>How do I cancel?</summary>
      <p>Go to Account &gt; Plan and press "Cancel plan". There is no fee.</p>
    </details>
    <section class="contact" aria-labelledby="more">
      <h2 id="more">Still have questions?</h2>
      <p><a href="mailto:help@freshbox.example">Contact our support team</a> and we'll answer within a day.</p>
    </section>
  </main>
</body>
</html>`;

export const HTML_GOOD: readonly AnswerCase[] = [
  ui(
    "a login page with variables and a fluid card",
    LOGIN_ASK,
    `Here's a clean, responsive login page:\n\n${fenced("html", LOGIN)}\n\n**Notes**\n- Labels are tied to their inputs.\n- The card shrinks on small screens.`,
  ),
  ui("a gallery with auto-fill columns", GALLERY_ASK, fenced("html", GALLERY)),
  ui("a navbar with a toggle that says its state", NAV_ASK, fenced("html", NAV)),
  ui(
    "questions as details elements",
    FAQ_ASK,
    `${fenced("html", FAQ)}\n\nNo JavaScript is needed: \`<details>\` does the work.`,
  ),
];

const bad = (name: string, prompt: string, page: string): AnswerCase =>
  ui(name, prompt, fenced("html", page), "failed");

export const HTML_BAD: readonly AnswerCase[] = [
  bad(
    "a login whose inputs have nothing but a placeholder",
    LOGIN_ASK,
    altered(
      LOGIN,
      [/<label for="(?:email|password)">.*<\/label>\n/g, ""],
      ['autocomplete="current-password"', 'placeholder="Password"'],
    ),
  ),
  bad(
    "a login without the asked link for a forgotten password",
    LOGIN_ASK,
    altered(LOGIN, [/ *<a href="\/forgot">.*<\/a>\n/g, ""]),
  ),
  bad(
    "a login in pale grey on white",
    LOGIN_ASK,
    altered(LOGIN, ["--text: #1f2430; --muted: #5a6072", "--text: #b5b9c4; --muted: #c9ccd6"]),
  ),
  bad("a login page that does not say its language", LOGIN_ASK, altered(LOGIN, ['<html lang="en">', "<html>"])),
  bad(
    "a login whose two labels and inputs share one id",
    LOGIN_ASK,
    altered(LOGIN, [/id="(?:email|password)"/g, 'id="field"'], [/for="(?:email|password)"/g, 'for="field"']),
  ),
  bad("pictures without a text alternative", GALLERY_ASK, altered(GALLERY, [/ alt="[^"]*"/g, ""])),
  bad(
    "four pictures where six are asked for",
    GALLERY_ASK,
    altered(
      GALLERY,
      [photo(5, "Market stall piled with oranges", "Saturday market, Valencia"), ""],
      [photo(6, "Lighthouse against a stormy sky", "Before the storm, Brittany"), ""],
    ),
  ),
  bad(
    "a gallery laid out for one width",
    GALLERY_ASK,
    altered(
      GALLERY,
      [
        "grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr)); gap: 1.25rem; max-width: 1100px;",
        "grid-template-columns: 380px 380px 380px; gap: 20px; width: 1180px;",
      ],
      ['  <meta name="viewport" content="width=device-width, initial-scale=1">\n', ""],
      ["width: 100%; height: auto; aspect-ratio: 4 / 3;", "width: 380px; height: 285px;"],
    ),
  ),
  bad(
    "a hamburger that is a div with a click handler",
    NAV_ASK,
    altered(
      NAV,
      [
        '<button class="nav__toggle" type="button" aria-expanded="false" aria-controls="menu" aria-label="Open menu">',
        '<div class="nav__toggle" onclick="toggleMenu()">',
      ],
      ["</button>", "</div>"],
      [
        /<script>[^]*<\/script>/g,
        "<script>function toggleMenu() { document.getElementById('menu').classList.toggle('is-open'); }</script>",
      ],
    ),
  ),
  bad("a navbar without the blog link", NAV_ASK, altered(NAV, [/ *<li><a href="#blog">Blog<\/a><\/li>\n/g, ""])),
  bad(
    "questions whose markup is not closed",
    FAQ_ASK,
    altered(FAQ, [/<\/details>\n {4}<details>/g, "<details>"], ["</section>", ""]),
  ),
  bad(
    "headings that jump from the first to the fifth level",
    FAQ_ASK,
    altered(FAQ, ['<h2 id="more">', '<h5 id="more">'], ["</h2>", "</h5>"]),
  ),
  bad(
    "three questions where five are asked for",
    FAQ_ASK,
    altered(FAQ, [/ {4}<details>\n {6}<summary>(?:Where|How do I)[^]*?<\/details>\n/g, ""]),
  ),
];
