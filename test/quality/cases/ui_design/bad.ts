import { fenced } from "../../subject.ts";
import type { AnswerCase } from "../case.ts";
import { BAD_ASKED } from "./asked.ts";
import { changed, CONTACT, CONTACT_PROMPT, html, REACT_PRICING, SVELTE_TODO, VUE_LOGIN } from "./sources.ts";

const bad = (name: string, answer: string, by: string, prompt = CONTACT_PROMPT): AnswerCase => ({
  name,
  task: "ui_design",
  prompt,
  answer,
  expect: "failed",
  by,
});
const page = (name: string, from: string | RegExp, to: string, by = "ui_accessible"): AnswerCase =>
  bad(name, html(changed(CONTACT, from, to)), by);
const REACT = "Create a React pricing section with Tailwind";
const H1 = "<h1>Contact us</h1>";

export const BAD_ACCESS: readonly AnswerCase[] = [
  page("has placeholders for labels", /<label for="name">Name<\/label><input/, '<input placeholder="Name"'),
  page("labels another id", 'for="email"', 'for="e-mail"'),
  page("labels by a neighbour that is no label", '<label for="email">Email</label>', "<span>Email</span>"),
  page("forbids zoom", "initial-scale=1.0", "initial-scale=1.0, maximum-scale=1.0, user-scalable=no"),
  page("has an image without alt", H1, `${H1}<img src="team.jpg">`),
  page("has an alt that says nothing", H1, `${H1}<img src="team.jpg" alt="image">`),
  page("has the file's name for an alt", H1, `${H1}<img src="team.jpg" alt="IMG_2034.jpg">`),
  page(
    "has an icon button without a name",
    H1,
    `${H1}<button type="button"><svg viewBox="0 0 8 8"><path d="M0 0h8"/></svg></button>`,
  ),
  page("has an icon font link without a name", H1, `${H1}<a href="https://x.com"><i class="fa fa-twitter"></i></a>`),
  page("has pale grey text", "color: #4b5563", "color: #bbb"),
  page("has #999 text on white", "color: #4b5563", "color: #999"),
  page("has pale text by a variable", "--ink: #1f2937", "--ink: #b0b0b0"),
  page(
    "submits with a div",
    '<button type="submit">Send message</button>',
    `<div class="btn" onclick="document.forms[0].submit()">Send message</div>`,
  ),
  page(
    "has a div with an aria-label for a button",
    '<button type="submit">Send message</button>',
    `<div role="button" aria-label="Send message" onclick="send()">Send</div>`,
  ),
  page(
    "has a role=button that no key presses",
    '<button type="submit">Send message</button>',
    `<div role="button" tabindex="0" onclick="send()">Send message</div>`,
  ),
  page("removes the focus outline", /input:focus[^}]*\}/, "input:focus, textarea:focus, a:focus { outline: none; }"),
  page("has a skip link to nowhere", 'href="#main"', 'href="#content"'),
  bad(
    "has an unnamed icon button in React",
    fenced("jsx", changed(REACT_PRICING, ' aria-label="Open menu"', "")),
    "ui_accessible",
    REACT,
  ),
  bad(
    "has a clickable div in React",
    fenced(
      "jsx",
      changed(
        REACT_PRICING,
        '<button type="button" className="mt-auto rounded-lg bg-indigo-700 px-4 py-2 text-white">Choose {plan.name}</button>',
        '<div className="mt-auto btn" onClick={() => choose(plan)}>Choose {plan.name}</div>',
      ),
    ),
    "ui_accessible",
    REACT,
  ),
  bad(
    "has an image without alt in React",
    fenced(
      "jsx",
      changed(REACT_PRICING, '<ul className="space-y-2">', '<img src={plan.icon} />\n<ul className="space-y-2">'),
    ),
    "ui_accessible",
    REACT,
  ),
  bad(
    "has an unlabelled field in Vue",
    fenced("vue", changed(VUE_LOGIN, '<label for="password">Password</label>', "<p>Password</p>")),
    "ui_accessible",
    "A Vue login form with email and password",
  ),
  bad(
    "has an unlabelled field in Svelte",
    fenced("svelte", changed(SVELTE_TODO, '<label for="draft">New task</label>', "")),
    "ui_accessible",
    "A Svelte todo app",
  ),
];

export const BAD_MARKUP: readonly AnswerCase[] = [
  ...BAD_ASKED,
  bad("is cut off", fenced("html", CONTACT.slice(0, CONTACT.indexOf('<label for="message"'))), "markup_parses"),
  page("leaves a div open", 'class="field"><label for="name"', 'class="field"><div><label for="name"', "markup_parses"),
  page("stands in for its content", /<form[^]*<\/form>/, "<!-- rest of the form -->", "markup_parses"),
  page(
    "has a script that does not parse",
    "</body>",
    "<script>function send( { return; </script></body>",
    "markup_parses",
  ),
  page(
    "is lorem ipsum",
    /<form[^]*<\/form>/,
    `<p>${"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore. ".repeat(4)}</p>`,
    "markup_parses",
  ),
  bad("is JSX that does not parse", fenced("jsx", changed(REACT_PRICING, "</section>", "")), "markup_parses", REACT),
  bad(
    "is JSX with content left out",
    fenced(
      "jsx",
      changed(REACT_PRICING, /<ul className="mt-8[^]*?<\/ul>\n {4}<\/section>/, "{/* ... */}\n    </section>"),
    ),
    "markup_parses",
    REACT,
  ),
  bad("is Vue with an open tag", fenced("vue", changed(VUE_LOGIN, "</form>", "")), "markup_parses", "A Vue login form"),
  bad(
    "is Vue with a bad expression",
    fenced("vue", changed(VUE_LOGIN, "{{ error }}", "{{ error. }}")),
    "markup_parses",
    "A Vue login form",
  ),
  bad(
    "is Svelte with an open block",
    fenced("svelte", changed(SVELTE_TODO, "{/each}", "")),
    "markup_parses",
    "A Svelte todo app",
  ),
  bad(
    "describes and builds nothing",
    "I would use a two column layout with a calm palette and a big button.",
    "markup_parses",
  ),
];

export const BAD_REQUEST: readonly AnswerCase[] = [
  page("lacks a field", /<div class="field"><label for="message"[^]*?<\/div>/, "", "ui_meets_request"),
  bad(
    "is React where HTML was asked for",
    fenced("jsx", REACT_PRICING),
    "ui_meets_request",
    "Pricing section in plain HTML and CSS, no frameworks",
  ),
  bad(
    "is HTML where React was asked for",
    html(CONTACT),
    "ui_meets_request",
    "Create a React contact form component with name, email and message",
  ),
  bad("is Vue where Svelte was asked for", fenced("vue", VUE_LOGIN), "ui_meets_request", "A Svelte login form"),
  bad(
    "lacks a button by its label",
    html(CONTACT),
    "ui_meets_request",
    'A contact page with a button labelled "Book a call"',
  ),
  bad("lacks dark mode", html(CONTACT), "ui_meets_request", "A contact page with dark mode support"),
  bad(
    "has scripts against the request",
    html(changed(CONTACT, "</body>", "<script>document.title += '!';</script></body>")),
    "ui_meets_request",
    "A contact page without JavaScript",
  ),
  bad(
    "is two files where one was asked for",
    `${html(changed(CONTACT, "<style>", '<link rel="stylesheet" href="styles.css"><style>'))}\n\n${fenced("css", "a{color:#123}")}`,
    "ui_meets_request",
  ),
  bad(
    "lacks sections",
    html(CONTACT),
    "ui_meets_request",
    "A landing page with hero, pricing, testimonials and footer sections",
  ),
  bad(
    "has three columns of four",
    html(`<table><tr><th>Plan</th><th>Price</th><th>Seats</th></tr><tr><td>A</td><td>1</td><td>2</td></tr></table>`),
    "ui_meets_request",
    "An HTML table with 4 columns for plans",
  ),
  bad(
    "has two cards of three",
    html(
      `<section><h2>Plans</h2><div class="cards"><article class="card"><h3>A</h3></article><article class="card"><h3>B</h3></article></div></section>`,
    ),
    "ui_meets_request",
    "Three pricing cards in plain HTML",
  ),
  bad(
    "uses no Tailwind",
    fenced("jsx", 'export const A = () => <section className="pricing"><h2>Pricing</h2></section>;'),
    "ui_meets_request",
    REACT,
  ),
];
