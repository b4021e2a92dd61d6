import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
import { altered, ui } from "./altered.ts";

const TODO_ASK =
  "Simple to-do app in one HTML file, vanilla JS. Input to add a task, list of tasks with a checkbox and a delete button each, counter of remaining tasks. Make it look good in dark colors.";
const TODO = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>To-do</title>
<style>
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; background: #0f172a; color: #e2e8f0; font-family: system-ui, sans-serif; display: flex; justify-content: center; padding: 2rem 1rem; }
  .app { width: 100%; max-width: 32rem; }
  form { display: flex; gap: .5rem; margin-bottom: 1rem; }
  input[type=text] { flex: 1; padding: .75rem; border-radius: .5rem; border: 1px solid #475569; background: #1e293b; color: inherit; font: inherit; }
  button { padding: .75rem 1rem; border: 0; border-radius: .5rem; background: #38bdf8; color: #082f49; font: inherit; font-weight: 600; cursor: pointer; }
  ul { list-style: none; margin: 0; padding: 0; }
  li { display: flex; align-items: center; gap: .75rem; padding: .75rem; background: #1e293b; border-radius: .5rem; margin-bottom: .5rem; }
  li label { flex: 1; display: flex; gap: .75rem; align-items: center; }
  li.done span { text-decoration: line-through; color: #94a3b8; }
  .del { background: transparent; color: #fca5a5; padding: .5rem; }
  .visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
</style>
</head>
<body>
<main class="app">
  <h1>To-do</h1>
  <form id="new-task">
    <label class="visually-hidden" for="title">New task</label>
    <input type="text" id="title" placeholder="What needs doing?" required>
    <button type="submit">Add</button>
  </form>
  <ul id="list" aria-live="polite"></ul>
  <p id="count"></p>
</main>
<script>
  const form = document.getElementById('new-task');
  const input = document.getElementById('title');
  const list = document.getElementById('list');
  const count = document.getElementById('count');
  let tasks = [];
  function render() {
    list.replaceChildren(...tasks.map((task) => {
      const li = document.createElement('li');
      li.className = task.done ? 'done' : '';
      const label = document.createElement('label');
      const box = document.createElement('input');
      box.type = 'checkbox';
      box.checked = task.done;
      box.addEventListener('change', () => { task.done = box.checked; render(); });
      const text = document.createElement('span');
      text.textContent = task.title;
      label.append(box, text);
      const del = document.createElement('button');
      del.type = 'button';
      del.className = 'del';
      del.textContent = 'Delete';
      del.setAttribute('aria-label', 'Delete ' + task.title);
      del.addEventListener('click', () => { tasks = tasks.filter((t) => t !== task); render(); });
      li.append(label, del);
      return li;
    }));
    const left = tasks.filter((t) => !t.done).length;
    count.textContent = left + (left === 1 ? ' task' : ' tasks') + ' remaining';
  }
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    tasks.push({ title: input.value.trim(), done: false });
    input.value = '';
    render();
  });
  render();
</script>
</body>
</html>`;

const MENU_ASK =
  "Restaurant menu page. Sections: Starters, Mains, Desserts, with 3 dishes each (name, description, price). Elegant serif style, must work on mobile. Only HTML and CSS.";
const dish = (name: string, text: string, price: number): string =>
  `        <li class="dish"><div><h3>${name}</h3><p>${text}</p></div><span class="price">$${price}</span></li>`;
const MENU = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Osteria Lucca — Menu</title>
  <style>
    body { margin: 0; background: #faf6ef; color: #2d2a26; font-family: "Playfair Display", Georgia, serif; }
    header { text-align: center; padding: 3rem 1rem 1rem; }
    main { max-width: 720px; margin: 0 auto; padding: 1rem; }
    h2 { border-bottom: 2px solid #8a5a2b; padding-bottom: .25rem; }
    ul { list-style: none; padding: 0; }
    .dish { display: flex; justify-content: space-between; gap: 1.5rem; padding: .75rem 0; }
    .dish h3 { margin: 0; } .dish p { margin: .25rem 0 0; color: #5c554d; }
    .price { font-weight: 700; white-space: nowrap; }
    @media (max-width: 480px) { header { padding-top: 1.5rem; } .dish { gap: .75rem; } }
  </style>
</head>
<body>
  <header><h1>Osteria Lucca</h1><p>Seasonal Italian cooking</p></header>
  <main>
    <section>
      <h2>Starters</h2>
      <ul>
${dish("Bruschetta", "Grilled sourdough, tomatoes, basil", 9)}
${dish("Burrata", "Roasted peaches, mint", 13)}
${dish("Zuppa", "White bean and kale", 8)}
      </ul>
    </section>
    <section>
      <h2>Mains</h2>
      <ul>
${dish("Cacio e pepe", "Tonnarelli, pecorino, pepper", 17)}
${dish("Branzino", "Lemon, capers, potatoes", 26)}
${dish("Melanzane", "Baked aubergine, smoked scamorza", 18)}
      </ul>
    </section>
    <section>
      <h2>Desserts</h2>
      <ul>
${dish("Tiramisù", "Espresso, mascarpone", 8)}
${dish("Panna cotta", "Vanilla, berries", 7)}
${dish("Affogato", "Gelato, espresso", 6)}
      </ul>
    </section>
  </main>
</body>
</html>`;

const PRODUCT_ASK =
  "Product page for a wireless headphone, Bootstrap 5 from CDN: image, title, price, star rating, quantity selector, Add to cart button, description and specs table.";
const PRODUCT = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Aria Wireless Headphones</title>
  <link href="https://cdn.jsdelivr.net/npm/bootstrap@5.3.3/dist/css/bootstrap.min.css" rel="stylesheet">
</head>
<body>
  <main class="container py-5">
    <div class="row g-5">
      <div class="col-md-6">
        <img src="https://placehold.co/600x600" class="img-fluid rounded" alt="Black over-ear Aria headphones, seen from the side">
      </div>
      <div class="col-md-6">
        <h1 class="h2">Aria Wireless Headphones</h1>
        <p class="mb-2"><span aria-hidden="true">★★★★☆</span> <span class="visually-hidden">Rated 4.3 out of 5</span> <a href="#reviews">(128 reviews)</a></p>
        <p class="fs-3 fw-bold">$199.00</p>
        <form class="d-flex gap-3 align-items-end mb-4">
          <div>
            <label for="qty" class="form-label">Quantity</label>
            <input type="number" id="qty" name="qty" class="form-control" value="1" min="1" max="10">
          </div>
          <button type="submit" class="btn btn-primary btn-lg">Add to cart</button>
        </form>
        <h2 class="h5">Description</h2>
        <p>Thirty hours of battery life, adaptive noise cancelling and a fit that you forget about.</p>
        <h2 class="h5">Specifications</h2>
        <table class="table">
          <tbody>
            <tr><th scope="row">Battery</th><td>30 h</td></tr>
            <tr><th scope="row">Weight</th><td>250 g</td></tr>
            <tr><th scope="row">Bluetooth</th><td>5.3</td></tr>
          </tbody>
        </table>
        <section id="reviews"><h2 class="h5">Reviews</h2><p>Customers love the comfort.</p></section>
      </div>
    </div>
  </main>
</body>
</html>`;

const TABS_ASK =
  "Accessible tabs component, plain HTML/CSS/JS, three tabs: Overview, Specs, Reviews. Arrow keys should move between tabs.";
const TABS = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>Tabs</title>
<style>
body { font-family: sans-serif; margin: 2rem; color: #1a1a1a; }
[role="tablist"] { display: flex; border-bottom: 2px solid #ddd; }
[role="tab"] { padding: 10px 20px; border: none; background: none; cursor: pointer; font-size: 1rem; color: #444; }
[role="tab"][aria-selected="true"] { color: #0b57d0; box-shadow: inset 0 -3px #0b57d0; }
[role="tab"]:focus-visible { outline: 2px solid #0b57d0; outline-offset: -2px; }
[role="tabpanel"] { padding: 20px 0; }
</style>
</head>
<body>
<main>
<h1>Product details</h1>
<div role="tablist" aria-label="Product details">
  <button role="tab" id="tab-1" aria-selected="true" aria-controls="panel-1">Overview</button>
  <button role="tab" id="tab-2" aria-selected="false" aria-controls="panel-2" tabindex="-1">Specs</button>
  <button role="tab" id="tab-3" aria-selected="false" aria-controls="panel-3" tabindex="-1">Reviews</button>
</div>
<div role="tabpanel" id="panel-1" aria-labelledby="tab-1" tabindex="0"><p>A kettle that boils in two minutes.</p></div>
<div role="tabpanel" id="panel-2" aria-labelledby="tab-2" tabindex="0" hidden><p>1.7 l, 2200 W, steel.</p></div>
<div role="tabpanel" id="panel-3" aria-labelledby="tab-3" tabindex="0" hidden><p>"Fast and quiet." – Jo</p></div>
</main>
<script>
const tabs = [...document.querySelectorAll('[role="tab"]')];
function select(tab) {
  tabs.forEach((t) => {
    const on = t === tab;
    t.setAttribute('aria-selected', on);
    t.tabIndex = on ? 0 : -1;
    document.getElementById(t.getAttribute('aria-controls')).hidden = !on;
  });
  tab.focus();
}
tabs.forEach((tab, i) => {
  tab.addEventListener('click', () => select(tab));
  tab.addEventListener('keydown', (e) => {
    if (e.key === 'ArrowRight') select(tabs[(i + 1) % tabs.length]);
    if (e.key === 'ArrowLeft') select(tabs[(i - 1 + tabs.length) % tabs.length]);
  });
});
</script>
</body>
</html>`;

const EMAIL_ASK =
  'HTML email template for a password reset: logo, greeting, a "Reset password" button, expiry note, footer with the company address. Inline styles, table layout, max width 600px.';
const EMAIL = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>Reset your password</title>
</head>
<body style="margin:0;padding:0;background-color:#f4f5f7;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f4f5f7;">
<tr><td align="center" style="padding:24px 12px;">
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background-color:#ffffff;border-radius:8px;">
    <tr><td style="padding:32px 32px 0;" align="center"><img src="https://placehold.co/120x40" width="120" height="40" alt="Northwind" style="display:block;border:0;"></td></tr>
    <tr><td style="padding:24px 32px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:24px;color:#333333;">
      <h1 style="font-size:22px;margin:0 0 16px;">Hi Alex,</h1>
      <p style="margin:0 0 24px;">We received a request to reset the password of your account.</p>
      <a href="https://example.com/reset" style="display:inline-block;background-color:#1a56db;color:#ffffff;text-decoration:none;padding:12px 24px;border-radius:6px;font-weight:bold;">Reset password</a>
      <p style="margin:24px 0 0;font-size:14px;color:#555555;">This link expires in 60 minutes. If you did not ask for it, ignore this mail.</p>
    </td></tr>
    <tr><td align="center" style="padding:16px 32px 32px;font-family:Arial,Helvetica,sans-serif;font-size:12px;color:#666666;">Northwind Inc., 12 Harbour Street, Portland, OR 97201</td></tr>
  </table>
</td></tr>
</table>
</body>
</html>`;

const good = (name: string, prompt: string, page: string): AnswerCase => ui(name, prompt, fenced("html", page));
const bad = (name: string, prompt: string, page: string): AnswerCase =>
  ui(name, prompt, fenced("html", page), "failed");

export const APPS_GOOD: readonly AnswerCase[] = [
  good("a list that a script makes, in dark colours", TODO_ASK, TODO),
  good("a menu in three parts", MENU_ASK, MENU),
  good("a product page on Bootstrap", PRODUCT_ASK, PRODUCT),
  good("tabs with arrow keys", TABS_ASK, TABS),
  good("a mail made of layout tables", EMAIL_ASK, EMAIL),
];

export const APPS_BAD: readonly AnswerCase[] = [
  bad("a task field without a label", TODO_ASK, altered(TODO, [/ {4}<label class="visually-hidden".*\n/, ""])),
  bad(
    "dark text on a dark page",
    TODO_ASK,
    altered(TODO, ["background: #0f172a; color: #e2e8f0;", "background: #0f172a; color: #334155;"]),
  ),
  bad(
    "an add button that is a span",
    TODO_ASK,
    altered(TODO, ['<button type="submit">Add</button>', '<span class="add" onclick="addTask()">Add</span>']),
  ),
  bad("a menu without desserts", MENU_ASK, altered(MENU, [/ {4}<section>\n {6}<h2>Desserts[^]*?<\/section>\n/, ""])),
  bad(
    "a menu page with a list that is not closed",
    MENU_ASK,
    altered(MENU, [
      "      </ul>\n    </section>\n    <section>\n      <h2>Mains",
      "    </section>\n    <section>\n      <h2>Mains",
    ]),
  ),
  bad(
    "a product without the quantity",
    PRODUCT_ASK,
    altered(PRODUCT, [/ {10}<div>\n {12}<label for="qty"[^]*?<\/div>\n/, ""]),
  ),
  bad(
    "a product without the cart button",
    PRODUCT_ASK,
    altered(PRODUCT, [/ *<button type="submit" class="btn.*\n/, ""]),
  ),
  bad(
    "a picture called image",
    PRODUCT_ASK,
    altered(PRODUCT, ["Black over-ear Aria headphones, seen from the side", "image"]),
  ),
  bad(
    "tabs without the reviews",
    TABS_ASK,
    altered(TABS, [/ {2}<button role="tab" id="tab-3".*\n/, ""], [/<div role="tabpanel" id="panel-3".*\n/, ""]),
  ),
  bad(
    "tabs whose focus cannot be seen",
    TABS_ASK,
    altered(TABS, ["outline: 2px solid #0b57d0; outline-offset: -2px;", "outline: none;"]),
  ),
  bad("a mail without its button", EMAIL_ASK, altered(EMAIL, [/ {6}<a href="https:\/\/example.com\/reset".*\n/, ""])),
];
