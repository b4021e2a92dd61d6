import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
import { altered, ui } from "./altered.ts";

const PORTFOLIO_ASK =
  "Design a one-page portfolio for a photographer. Dark theme, big hero with name and tagline, about section, portfolio grid with 6 images, contact form (name, email, message) and social links in the footer. HTML/CSS.";
const shot = (n: number, alt: string): string =>
  `        <a href="#shot-${n}"><img src="https://picsum.photos/id/${n}/600/600" alt="${alt}" loading="lazy"></a>`;
const PORTFOLIO = `<!DOCTYPE html>
<html lang="en">
<head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
    <title>Lena Park – Photographer</title>
    <link rel="preconnect" href="https://fonts.googleapis.com">
    <link href="https://fonts.googleapis.com/css2?family=Inter:wght@400;600;800&display=swap" rel="stylesheet">
    <style>
        :root { --bg: #0b0b0d; --surface: #17171b; --text: #f2f2f3; --muted: #a9a9b2; --accent: #ffb347; }
        *, *::before, *::after { box-sizing: border-box; margin: 0; }
        html { scroll-behavior: smooth; }
        body { background: var(--bg); color: var(--text); font-family: 'Inter', sans-serif; line-height: 1.6; }
        .hero { min-height: 90vh; display: grid; place-content: center; text-align: center; padding: 2rem; background: radial-gradient(circle at 50% 20%, #2a2a33, var(--bg) 70%); }
        .hero h1 { font-size: clamp(2.5rem, 8vw, 6rem); font-weight: 800; letter-spacing: -.03em; }
        .hero p { color: var(--muted); font-size: 1.25rem; }
        section { padding: clamp(3rem, 8vw, 6rem) 1.5rem; max-width: 1100px; margin-inline: auto; }
        h2 { font-size: 2rem; margin-bottom: 1.5rem; }
        .about p { max-width: 60ch; color: var(--muted); }
        .grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); }
        .grid img { width: 100%; aspect-ratio: 1; object-fit: cover; border-radius: 8px; display: block; }
        form { display: grid; gap: 1rem; max-width: 34rem; }
        label { font-weight: 600; }
        input, textarea { width: 100%; padding: .8rem 1rem; border-radius: 8px; border: 1px solid #3a3a44; background: var(--surface); color: var(--text); font: inherit; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        .btn { justify-self: start; padding: .8rem 1.6rem; border: 0; border-radius: 999px; background: var(--accent); color: #1b1300; font: inherit; font-weight: 700; cursor: pointer; }
        footer { border-top: 1px solid #26262d; padding: 2rem 1.5rem; text-align: center; color: var(--muted); }
        footer a { color: var(--text); margin: 0 .5rem; }
    </style>
</head>
<body>
    <header class="hero">
        <h1>Lena Park</h1>
        <p>Light, people and places in between.</p>
    </header>
    <main>
        <section class="about" id="about">
            <h2>About</h2>
            <p>I photograph quiet moments for magazines and brands across Europe.</p>
        </section>
        <section id="work">
            <h2>Portfolio</h2>
            <div class="grid">
${shot(10, "Fir forest in morning fog")}
${shot(11, "Green hills under low clouds")}
${shot(12, "Rocky beach at low tide")}
${shot(13, "Sand dune with footprints")}
${shot(14, "Cliffs above the sea")}
${shot(15, "Waterfall in a gorge")}
            </div>
        </section>
        <section id="contact">
            <h2>Get in touch</h2>
            <form action="#" method="post">
                <div><label for="name">Name</label><input id="name" name="name" autocomplete="name" required></div>
                <div><label for="email">Email</label><input id="email" name="email" type="email" autocomplete="email" required></div>
                <div><label for="message">Message</label><textarea id="message" name="message" rows="5" required></textarea></div>
                <button class="btn" type="submit">Send message</button>
            </form>
        </section>
    </main>
    <footer>
        <p><a href="https://instagram.com">Instagram</a><a href="https://behance.net">Behance</a><a href="https://linkedin.com">LinkedIn</a></p>
        <p>&copy; 2025 Lena Park</p>
    </footer>
</body>
</html>`;

const WEATHER_ASK =
  "weather widget: current temperature, city, condition icon, and a 5-day forecast row. html+css, glassmorphism look";
const day = (name: string, icon: string, text: string, high: number, low: number): string =>
  `      <li><span class="day">${name}</span><span role="img" aria-label="${text}">${icon}</span><span>${high}° / ${low}°</span></li>`;
const WEATHER = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>Weather widget</title>
<style>
  body { min-height: 100vh; margin: 0; display: flex; align-items: center; justify-content: center; font-family: "Segoe UI", sans-serif; background: linear-gradient(135deg, #1e3c72, #2a5298); }
  .widget { width: min(92vw, 420px); padding: 28px; border-radius: 24px; color: #fff; background: rgba(255, 255, 255, .15); backdrop-filter: blur(14px); border: 1px solid rgba(255, 255, 255, .3); }
  .now { display: flex; justify-content: space-between; align-items: center; }
  .temp { font-size: 4rem; font-weight: 200; margin: 0; }
  .icon { font-size: 4rem; }
  .forecast { list-style: none; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 12px; padding: 16px 0 0; margin: 16px 0 0; border-top: 1px solid rgba(255, 255, 255, .3); }
  .forecast li { display: grid; justify-items: center; gap: 6px; font-size: .9rem; }
</style>
</head>
<body>
<main class="widget">
  <h1>Lisbon</h1>
  <div class="now">
    <div><p class="temp">24°C</p><p>Partly cloudy</p></div>
    <span class="icon" role="img" aria-label="Partly cloudy">⛅</span>
  </div>
  <h2>5-day forecast</h2>
  <ul class="forecast">
${day("Mon", "☀️", "Sunny", 26, 17)}
${day("Tue", "⛅", "Partly cloudy", 24, 16)}
${day("Wed", "🌧️", "Rain", 20, 14)}
${day("Thu", "☀️", "Sunny", 25, 16)}
${day("Fri", "☁️", "Cloudy", 22, 15)}
  </ul>
</main>
</body>
</html>`;

const BOOKING_ASK =
  "Hotel booking search form: destination, check-in date, check-out date, guests, and a Search button. Horizontal on desktop, stacked on mobile. Pure HTML & CSS.";
const BOOKING = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <title>Find a hotel</title>
  <style>
    body { font-family: system-ui, sans-serif; background: #eef2f7; margin: 0; padding: 2rem 1rem; color: #14213d; }
    .search { max-width: 1000px; margin: 0 auto; background: #fff; padding: 1.5rem; border-radius: 1rem; display: grid; gap: 1rem; }
    @media (min-width: 800px) { .search { grid-template-columns: 2fr 1fr 1fr 1fr auto; align-items: end; } }
    .search label { display: block; font-size: .85rem; font-weight: 600; margin-bottom: .3rem; }
    .search input, .search select { width: 100%; padding: .7rem; border: 1px solid #8d99ae; border-radius: .5rem; font: inherit; box-sizing: border-box; }
    .search button { padding: .8rem 1.5rem; background: #c1121f; color: #fff; border: none; border-radius: .5rem; font: inherit; font-weight: 700; }
  </style>
</head>
<body>
  <main>
    <h1>Find your stay</h1>
    <form class="search" action="/search" role="search">
      <div><label for="dest">Destination</label><input type="text" id="dest" name="destination" placeholder="City or hotel" required></div>
      <div><label for="in">Check-in</label><input type="date" id="in" name="checkin" required></div>
      <div><label for="out">Check-out</label><input type="date" id="out" name="checkout" required></div>
      <div><label for="guests">Guests</label><select id="guests" name="guests"><option>1</option><option selected>2</option><option>3</option><option>4</option></select></div>
      <button type="submit">Search</button>
    </form>
  </main>
</body>
</html>`;

const ERROR_ASK = "404 page with a friendly message, an illustration (inline SVG), and a button back to the homepage";
const ERROR = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <title>Page not found</title>
  <style>
    body { margin: 0; min-height: 100vh; display: grid; place-items: center; text-align: center; font-family: ui-rounded, system-ui, sans-serif; background: #fff7ed; color: #431407; padding: 1rem; }
    svg { width: min(60vw, 260px); height: auto; }
    .home { display: inline-block; margin-top: 1rem; padding: .8rem 1.6rem; border-radius: 999px; background: #9a3412; color: #fff; text-decoration: none; font-weight: 600; }
    .home:hover { background: #7c2d12; }
  </style>
</head>
<body>
  <main>
    <svg viewBox="0 0 200 120" role="img" aria-labelledby="pic"><title id="pic">A lost balloon drifting over hills</title><path d="M0 110 Q50 70 100 110 T200 110" fill="#fdba74" /><circle cx="120" cy="40" r="22" fill="#ea580c" /><path d="M120 62v22" stroke="#431407" /></svg>
    <h1>Oops, this page drifted away</h1>
    <p>The page you are looking for doesn't exist or has moved.</p>
    <a class="home" href="/">Back to homepage</a>
  </main>
</body>
</html>`;

const CALC_ASK =
  "Build a calculator UI that works. HTML, CSS and JavaScript in a single file. Digits 0-9, + - × ÷, decimal point, clear and equals.";
const key = (text: string, extra = ""): string =>
  `      <button type="button" data-key="${text}"${extra}>${text}</button>`;
const CALC = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Calculator</title>
<style>
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #222831; font-family: system-ui, sans-serif; }
  .calc { width: min(94vw, 320px); background: #393e46; padding: 16px; border-radius: 16px; }
  output { display: block; background: #eeeeee; color: #222831; font-size: 2rem; text-align: right; padding: 12px; border-radius: 8px; margin-bottom: 12px; min-height: 2.4rem; overflow-x: auto; }
  .keys { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px; }
  button { padding: 16px 0; font-size: 1.25rem; border: 0; border-radius: 8px; background: #ffffff; color: #222831; cursor: pointer; }
  button:focus-visible { outline: 3px solid #00adb5; }
</style>
</head>
<body>
<main class="calc">
  <h1 style="position:absolute;left:-9999px">Calculator</h1>
  <output id="display" aria-live="polite">0</output>
  <div class="keys">
${key("C", ' aria-label="Clear"')}
${key("÷", ' aria-label="Divide"')}
${key("×", ' aria-label="Multiply"')}
${key("-", ' aria-label="Subtract"')}
${["7", "8", "9", "4", "5", "6", "1", "2", "3", "0"].map((n) => key(n)).join("\n")}
${key(".", ' aria-label="Decimal point"')}
${key("+", ' aria-label="Add"')}
${key("=", ' aria-label="Equals"')}
  </div>
</main>
<script>
  const display = document.getElementById('display');
  let expression = '';
  document.querySelector('.keys').addEventListener('click', (event) => {
    const key = event.target.dataset.key;
    if (!key) return;
    if (key === 'C') expression = '';
    else if (key === '=') {
      const parts = expression.match(/[\\d.]+|[-+×÷]/g) || [];
      expression = String(evaluate(parts));
    } else expression += key;
    display.textContent = expression || '0';
  });
  function evaluate(parts) {
    let total = Number(parts[0] || 0);
    for (let i = 1; i < parts.length; i += 2) {
      const n = Number(parts[i + 1]);
      if (parts[i] === '+') total += n;
      else if (parts[i] === '-') total -= n;
      else if (parts[i] === '×') total *= n;
      else total /= n;
    }
    return Math.round(total * 1e9) / 1e9;
  }
</script>
</body>
</html>`;

const good = (name: string, prompt: string, page: string): AnswerCase => ui(name, prompt, fenced("html", page));
const bad = (name: string, prompt: string, page: string): AnswerCase =>
  ui(name, prompt, fenced("html", page), "failed");

export const SITES_GOOD: readonly AnswerCase[] = [
  good("a dark portfolio", PORTFOLIO_ASK, PORTFOLIO),
  good("a widget of glass", WEATHER_ASK, WEATHER),
  good("a form that is a row on wide screens", BOOKING_ASK, BOOKING),
  good("a page for what is not there", ERROR_ASK, ERROR),
  good("a calculator by delegation", CALC_ASK, CALC),
];

export const SITES_BAD: readonly AnswerCase[] = [
  bad(
    "a portfolio without the about section",
    PORTFOLIO_ASK,
    altered(PORTFOLIO, [/ {8}<section class="about"[^]*?<\/section>\n/, ""]),
  ),
  bad(
    "a portfolio with five pictures",
    PORTFOLIO_ASK,
    altered(PORTFOLIO, [`${shot(15, "Waterfall in a gorge")}\n`, ""]),
  ),
  bad(
    "a contact form without the message",
    PORTFOLIO_ASK,
    altered(PORTFOLIO, [/ *<div><label for="message">.*\n/, ""]),
  ),
  bad(
    "muted text that is too dark for the dark page",
    PORTFOLIO_ASK,
    altered(PORTFOLIO, ["--muted: #a9a9b2", "--muted: #3d3d45"]),
  ),
  bad(
    "a form whose labels are for other ids",
    PORTFOLIO_ASK,
    altered(PORTFOLIO, ['for="name"', 'for="full-name"'], ['for="email"', 'for="e-mail"']),
  ),
  bad(
    "a forecast of three days",
    WEATHER_ASK,
    altered(WEATHER, [`${day("Thu", "☀️", "Sunny", 25, 16)}\n${day("Fri", "☁️", "Cloudy", 22, 15)}\n`, ""]),
  ),
  bad(
    "a page that forbids zoom",
    WEATHER_ASK,
    altered(WEATHER, ["initial-scale=1.0", "initial-scale=1.0, maximum-scale=1.0, user-scalable=no"]),
  ),
  bad("a search without the check-out", BOOKING_ASK, altered(BOOKING, [/ *<div><label for="out">.*\n/, ""])),
  bad(
    "a search that is a row everywhere",
    BOOKING_ASK,
    altered(
      BOOKING,
      [
        / {4}@media \(min-width: 800px\) \{ (.*) \}\n/,
        "    .search { grid-template-columns: 340px 180px 180px 140px 120px; width: 1000px; }\n",
      ],
      ["max-width: 1000px; ", ""],
    ),
  ),
  ui(
    "a search as a React component where pure HTML is asked for",
    BOOKING_ASK,
    fenced(
      "jsx",
      'export default function Search() {\n  return (\n    <form role="search">\n      <label>Destination <input name="destination" /></label>\n      <label>Check-in <input type="date" name="checkin" /></label>\n      <label>Check-out <input type="date" name="checkout" /></label>\n      <label>Guests <input type="number" name="guests" /></label>\n      <button>Search</button>\n    </form>\n  );\n}',
    ),
    "failed",
  ),
  bad("no way home", ERROR_ASK, altered(ERROR, [/ *<a class="home".*\n/, ""])),
  bad("a script that does not parse", CALC_ASK, altered(CALC, ["if (!key) return;", "if (!key return;"])),
  bad(
    "a calculator of spans",
    CALC_ASK,
    altered(CALC, [
      /<button type="button" data-key="([^"]*)"[^>]*>(.*?)<\/button>/g,
      '<span class="key" onclick="press(this)">5</span>',
    ]),
  ),
];
