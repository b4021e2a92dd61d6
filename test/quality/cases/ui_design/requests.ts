import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
import { altered, ui } from "./altered.ts";

const page = (title: string, css: string, body: string, head = ""): string => `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <title>${title}</title>
${head}  <style>
${css}
  </style>
</head>
<body>
${body}
</body>
</html>`;

const REG_ASK =
  "Event registration page: first name, last name, email, phone (optional), ticket type (radio: Standard, VIP), number of tickets, agree to terms checkbox, Register button. HTML + CSS.";
const REG = page(
  "Register – DevDay",
  `    body { font-family: system-ui, sans-serif; margin: 0; background: #f5f5fa; color: #20223a; }
    main { max-width: 36rem; margin: 2rem auto; padding: 2rem; background: #fff; border-radius: 1rem; }
    .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem; }
    label, legend { font-weight: 600; display: block; margin-bottom: .25rem; }
    input:not([type=radio]):not([type=checkbox]) { width: 100%; box-sizing: border-box; padding: .6rem; border: 1px solid #767a99; border-radius: .4rem; font: inherit; }
    fieldset { border: 0; padding: 0; margin: 1rem 0; }
    .inline { font-weight: 400; display: inline-flex; gap: .4rem; margin-right: 1rem; }
    button { background: #4527a0; color: #fff; border: 0; padding: .8rem 1.6rem; border-radius: .5rem; font: inherit; font-weight: 700; }`,
  `  <main>
    <h1>Register for DevDay</h1>
    <form action="/register" method="post">
      <div class="grid">
        <div><label for="fn">First name</label><input id="fn" name="first_name" autocomplete="given-name" required></div>
        <div><label for="ln">Last name</label><input id="ln" name="last_name" autocomplete="family-name" required></div>
        <div><label for="em">Email</label><input id="em" type="email" name="email" autocomplete="email" required></div>
        <div><label for="ph">Phone (optional)</label><input id="ph" type="tel" name="phone" autocomplete="tel"></div>
      </div>
      <fieldset>
        <legend>Ticket type</legend>
        <label class="inline"><input type="radio" name="type" value="standard" checked> Standard</label>
        <label class="inline"><input type="radio" name="type" value="vip"> VIP</label>
      </fieldset>
      <p><label for="qty">Number of tickets</label><input id="qty" type="number" name="qty" min="1" max="8" value="1" required></p>
      <p><label class="inline"><input type="checkbox" name="terms" required> I agree to the <a href="/terms">terms</a></label></p>
      <button type="submit">Register</button>
    </form>
  </main>`,
);

const TEAM_ASK =
  "Team page with a short intro and a section of four members (photo, name, role). Cards should stack on mobile.";
const member = (n: number, name: string, role: string): string =>
  `      <li class="card"><img src="https://i.pravatar.cc/300?img=${n}" alt="Portrait of ${name}" width="300" height="300"><h3>${name}</h3><p>${role}</p></li>`;
const TEAM = page(
  "Our team",
  `    body { margin: 0; font-family: Georgia, serif; color: #1d1d1f; background: #fff; }
    header, section { max-width: 70rem; margin: 0 auto; padding: 2rem 1rem; }
    .team { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 1.5rem; }
    .card { flex: 1 1 14rem; text-align: center; } .card img { width: 100%; height: auto; border-radius: 50%; }
    .card p { color: #515154; }`,
  `  <header><h1>The people behind Loop</h1><p>We are a small, remote team.</p></header>
  <main><section aria-labelledby="team"><h2 id="team">Our team</h2>
    <ul class="team">
${member(5, "Ada Moore", "Founder")}
${member(8, "Ben Cruz", "Design")}
${member(12, "Chidi Obi", "Engineering")}
${member(15, "Dana Levi", "Support")}
    </ul>
  </section></main>`,
);

const COOKIE_ASK =
  "Cookie consent banner fixed to the bottom with short text, a link to the privacy policy, and Accept, Decline and Customize buttons. Plain HTML/CSS/JS.";
const COOKIE = page(
  "Cookies",
  `    body { margin: 0; font-family: Arial, sans-serif; }
    .cookie { position: fixed; inset: auto 0 0 0; background: #1b1f2a; color: #f4f6fb; padding: 1rem; display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; justify-content: space-between; }
    .cookie a { color: #9cc4ff; }
    .cookie button { padding: .6rem 1.1rem; border-radius: 6px; border: 1px solid #f4f6fb; background: transparent; color: #f4f6fb; font: inherit; }
    .cookie .accept { background: #f4f6fb; color: #1b1f2a; }
    .cookie[hidden] { display: none; }`,
  `  <main><h1>Welcome</h1><p>Page content.</p></main>
  <section class="cookie" id="cookie" aria-label="Cookie consent">
    <p>We use cookies to improve your visit. Read our <a href="/privacy">privacy policy</a>.</p>
    <div>
      <button type="button" class="accept" data-choice="all">Accept</button>
      <button type="button" data-choice="none">Decline</button>
      <button type="button" data-choice="custom">Customize</button>
    </div>
  </section>
  <script>
    const banner = document.getElementById("cookie");
    banner.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => {
      localStorage.setItem("cookies", button.dataset.choice);
      banner.hidden = true;
    }));
  </script>`,
);

const RECIPE_ASK =
  "Write semantic HTML for a recipe page: title, photo, prep time, ingredients list, numbered steps. A bit of CSS is fine.";
const RECIPE = page(
  "Lemon pasta",
  `    body { max-width: 42rem; margin: 0 auto; padding: 1rem; font: 1.05rem/1.6 Georgia, serif; color: #2b2b2b; }
    img { max-width: 100%; height: auto; border-radius: 8px; }`,
  `  <main><article>
    <header><h1>Lemon pasta</h1><p>Prep time: <time datetime="PT15M">15 minutes</time></p>
    <img src="https://placehold.co/800x500" alt="Bowl of spaghetti with lemon zest and basil" width="800" height="500"></header>
    <section><h2>Ingredients</h2><ul><li>400 g spaghetti</li><li>2 lemons</li><li>80 g parmesan</li></ul></section>
    <section><h2>Steps</h2><ol><li>Boil the pasta.</li><li>Whisk lemon juice and cheese.</li><li>Toss and serve.</li></ol></section>
  </article></main>`,
);

const LEAD_ASK =
  "Leaderboard table: rank, player, score, with at least 5 rows, top three highlighted. Add a caption. One HTML file.";
const row = (rank: number, name: string, score: string): string =>
  `        <tr${rank <= 3 ? ' class="top"' : ""}><th scope="row">${rank}</th><td>${name}</td><td>${score}</td></tr>`;
const LEAD = page(
  "Leaderboard",
  `    body { font-family: system-ui, sans-serif; padding: 1rem; color: #111; }
    table { width: 100%; max-width: 40rem; border-collapse: collapse; margin: auto; } caption { font-size: 1.3rem; font-weight: 700; padding: .5rem; }
    th, td { padding: .6rem; text-align: left; border-bottom: 1px solid #bbb; } .top { background: #fff3c4; }`,
  `  <main><h1>Arcade</h1>
    <table>
      <caption>Leaderboard</caption>
      <thead><tr><th scope="col">Rank</th><th scope="col">Player</th><th scope="col">Score</th></tr></thead>
      <tbody>
${[
  ["Nia", "9,820"],
  ["Omar", "9,410"],
  ["Lin", "9,005"],
  ["Eva", "8,770"],
  ["Raj", "8,215"],
]
  .map(([name = "", score = ""], at) => row(at + 1, name, score))
  .join("\n")}
      </tbody>
    </table>
  </main>`,
);

const good = (name: string, prompt: string, html: string): AnswerCase => ui(name, prompt, fenced("html", html));
const bad = (name: string, prompt: string, html: string): AnswerCase =>
  ui(name, prompt, fenced("html", html), "failed");

export const PAGES_GOOD: readonly AnswerCase[] = [
  good("a registration with radio buttons", REG_ASK, REG),
  good("a team in cards", TEAM_ASK, TEAM),
  good("a banner that goes away", COOKIE_ASK, COOKIE),
  good("a recipe", RECIPE_ASK, RECIPE),
  good("a leaderboard", LEAD_ASK, LEAD),
];
export const PAGES_BAD: readonly AnswerCase[] = [
  bad(
    "a registration without the terms",
    REG_ASK,
    altered(REG, [/ *<p><label class="inline"><input type="checkbox".*\n/, ""]),
  ),
  bad("a registration without the last name", REG_ASK, altered(REG, [/ *<div><label for="ln">.*\n/, ""])),
  bad("labels that are spans", REG_ASK, altered(REG, [/<label for="\w+">(.*?)<\/label>/g, "<span>Label</span>"])),
  bad(
    "one id on every field",
    REG_ASK,
    altered(REG, [/ id="(?:fn|ln|em|ph)"/g, ' id="field"'], [/ for="(?:fn|ln|em|ph)"/g, ' for="field"']),
  ),
  bad("a team of three", TEAM_ASK, altered(TEAM, [`${member(15, "Dana Levi", "Support")}\n`, ""])),
  bad("portraits without a text", TEAM_ASK, altered(TEAM, [/ alt="[^"]*"/g, ""])),
  bad(
    "a list item that is not closed and a list neither",
    TEAM_ASK,
    altered(TEAM, ["    </ul>\n  </section></main>", "  </main>"]),
  ),
  bad(
    "a banner without a way to decline",
    COOKIE_ASK,
    altered(COOKIE, [/ *<button type="button" data-choice="none">.*\n/, ""]),
  ),
  bad(
    "a banner without the policy",
    COOKIE_ASK,
    altered(COOKIE, [' Read our <a href="/privacy">privacy policy</a>.', ""]),
  ),
  bad(
    "a banner of clickable divs",
    COOKIE_ASK,
    altered(COOKIE, [
      /<button type="button"([^>]*)>(\w+)<\/button>/g,
      '<div class="button" onclick="choose()">Choose</div>',
    ]),
  ),
  bad(
    "grey on the dark banner",
    COOKIE_ASK,
    altered(COOKIE, ["color: #f4f6fb; padding: 1rem;", "color: #454a59; padding: 1rem;"]),
  ),
  bad(
    "steps without numbers, as paragraphs",
    RECIPE_ASK,
    altered(RECIPE, [/<h2>Steps<\/h2><ol>.*<\/ol>/, "<h2>Steps</h2>"]),
  ),
  bad("a title that is an h4 under an h1", RECIPE_ASK, altered(RECIPE, [/<h2>/g, "<h5>"], [/<\/h2>/g, "</h5>"])),
  bad("a leaderboard of cells alone", LEAD_ASK, altered(LEAD, [/<th scope="\w+">/g, "<td>"], [/<\/th>/g, "</td>"])),
  bad("a leaderboard of four", LEAD_ASK, altered(LEAD, [`${row(5, "Raj", "8,215")}\n`, ""])),
  bad("a leaderboard without its caption", LEAD_ASK, altered(LEAD, ["      <caption>Leaderboard</caption>\n", ""])),
];
