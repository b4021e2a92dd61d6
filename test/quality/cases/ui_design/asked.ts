import { fenced } from "../../subject.ts";
import type { AnswerCase } from "../case.ts";
import { html } from "./sources.ts";

const page = (body: string, css = ""): string =>
  html(
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Sign in</title><style>body{margin:0;color:#111;background:#fff}main{max-width:60rem}@media(min-width:40rem){main{padding:2rem}}${css}</style></head><body>${body}</body></html>`,
  );
const one = (name: string, prompt: string, answer: string, by?: string): AnswerCase => ({
  name,
  task: "ui_design",
  prompt,
  answer,
  expect: by === undefined ? "verified" : "failed",
  ...(by === undefined ? {} : { by }),
});
const ASKED = "ui_meets_request";

const LANDING = "Create an accessible landing page with hero, features and footer sections.";
const SIGN_IN = "A page in plain HTML with an email field and a 'Sign in' button";
const signIn = (label: string): string =>
  page(
    `<main><h1>Welcome</h1><form><label for="e">Email</label><input id="e" type="email" name="email"><button>${label}</button></form></main>`,
  );
const STAFF = "An HTML page with a table of employees: columns Name, Role, Salary; at least 3 rows; include a caption.";
const ROW = "<tr><td>Ann Lee</td><td>Designer</td><td>$50,000</td></tr>";
const staff = (rows: number, heads = ["Name", "Role", "Salary"], caption = "<caption>Employees</caption>"): string =>
  page(
    `<main><h1>Staff</h1><table>${caption}<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead><tbody>${ROW.repeat(rows)}</tbody></table></main>`,
  );
const GALLERY = "Make an accessible image gallery page with six images in a responsive CSS grid.";
const gallery = (count: number): string =>
  page(
    `<main><h1>Harbour</h1><div class="gallery">${Array.from({ length: count }, (_, at) => `<figure><img src="${at}.jpg" alt="Boat number ${at} at dawn"></figure>`).join("")}</div></main>`,
    ".gallery{display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr))}",
  );
const NAV = "An accessible navigation bar in plain HTML with the links Home, Products, About, Contact.";
const nav = (names: readonly string[]): string =>
  page(
    `<header><nav aria-label="Main"><ul>${names.map((name) => `<li><a href="/${name}">${name}</a></li>`).join("")}</ul></nav></header><main><h1>Acme</h1></main>`,
  );
const FORM = "Create an accessible page with a newsletter form with an email field and a 'Subscribe' button.";
const newsletter = (css: string): string =>
  page(
    '<main><h1>News</h1><form><label for="e">Email</label><input id="e" type="email" name="email"><button>Subscribe</button></form></main>',
    css,
  );
const PLANS = "A React pricing section with three plans";
const plans = (names: readonly string[]): string =>
  fenced(
    "jsx",
    `const plans = [${names.map((name) => `{ name: "${name}", price: 9 }`).join(", ")}];
export default function Pricing() {
  return <section><h2>Pricing</h2><ul>{plans.map((plan) => <li key={plan.name}><h3>{plan.name}</h3><p>{plan.price}</p></li>)}</ul></section>;
}`,
  );
const MODAL = "An accessible modal React component with a title that must close on Escape";
const modal = (role: string, key: string): string =>
  fenced(
    "jsx",
    `import { useEffect } from "react";
export function Modal({ title, onClose, children }) {
  useEffect(() => {
    const onKey = (event) => { if (event.key === "${key}") onClose(); };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onClose]);
  return <div ${role} className="panel"><h2 id="t">{title}</h2>{children}<button type="button" onClick={onClose}>Close</button></div>;
}`,
  );
const ROLE = 'role="dialog" aria-modal="true" aria-labelledby="t"';

export const GOOD_ASKED: readonly AnswerCase[] = [
  one(
    "sections of their own",
    LANDING,
    page(
      '<main><section class="hero"><h1>Acme</h1><p>We ship.</p></section><section><h2>Why Acme</h2><p>Fast and safe.</p></section></main><footer><p>© Acme</p></footer>',
    ),
  ),
  one("the button asked for", SIGN_IN, signIn("<span>Sign</span> in")),
  one("the table asked for", STAFF, staff(3, ["Full name", "Role", "Salary (USD)"])),
  one("six images", GALLERY, gallery(6)),
  one("all links", NAV, nav(["Home", "Products", "About us", "Contact"])),
  one("a form in the open", FORM, newsletter("form{display:grid}")),
  one("three plans from a list", PLANS, plans(["Solo", "Team", "Firm"])),
  one("a modal with role and key", MODAL, modal(ROLE, "Escape")),
];

export const BAD_ASKED: readonly AnswerCase[] = [
  one(
    "is one element for three sections",
    LANDING,
    page('<main class="hero features footer"><h1>Acme</h1></main>'),
    ASKED,
  ),
  one(
    "only speaks of a carousel",
    "A page with a carousel of photos",
    page('<main><h1>Acme</h1><p class="carousel">Photos soon</p></main>'),
    ASKED,
  ),
  one("says it in the title, not on the button", SIGN_IN, signIn("Submit"), ASKED),
  one("has too few rows", STAFF, staff(2), ASKED),
  one("lacks a column", STAFF, staff(3, ["Name", "Role", "Start"]), ASKED),
  one("lacks the caption", STAFF, staff(3, undefined, ""), ASKED),
  one("has five images of six", GALLERY, gallery(5), ASKED),
  one("lacks a link", NAV, nav(["Home", "Products", "Contact"]), ASKED),
  one("hides the form", FORM, newsletter("form{display:none}"), ASKED),
  one("has two plans of three in its list", PLANS, plans(["Solo", "Team"]), ASKED),
  one("has no dialog role", MODAL, modal("", "Escape"), ASKED),
  one("does not close on Escape", MODAL, modal(ROLE, "Enter"), ASKED),
  one(
    "labels the first of two fields of one id",
    "A form with first name and last name fields in plain HTML",
    page(
      '<main><h1>You</h1><form><label for="n">First name</label><input id="n" name="first"><label for="n">Last name</label><input id="n" name="last"><button>Save</button></form></main>',
    ),
    "ui_accessible",
  ),
  one(
    "hides its only button from assistive technology",
    "A page in plain HTML with a 'Save' button",
    page('<main><h1>You</h1><button type="button" aria-hidden="true">Save</button></main>'),
    "ui_accessible",
  ),
];
