import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
import { altered, ui } from "./altered.ts";

const SIDE_ASK =
  "Responsive admin layout in React + Tailwind: collapsible sidebar with links Dashboard, Orders, Customers, Settings; top bar with a search field and user menu; content area as children.";
const SIDE = `"use client";

import { useState } from "react";
import { LayoutDashboard, ShoppingCart, Users, Settings, Menu, Search } from "lucide-react";

const links = [
  { name: "Dashboard", href: "/", icon: LayoutDashboard },
  { name: "Orders", href: "/orders", icon: ShoppingCart },
  { name: "Customers", href: "/customers", icon: Users },
  { name: "Settings", href: "/settings", icon: Settings },
];

export default function AdminLayout({ children }: { children: React.ReactNode }) {
  const [open, setOpen] = useState(false);

  return (
    <div className="flex min-h-screen bg-gray-50">
      {open && <div className="fixed inset-0 z-20 bg-black/40 lg:hidden" onClick={() => setOpen(false)} aria-hidden="true" />}
      <aside
        id="sidebar"
        className={\`fixed inset-y-0 left-0 z-30 w-64 transform bg-gray-900 text-gray-100 transition-transform lg:static lg:translate-x-0 \${open ? "translate-x-0" : "-translate-x-full"}\`}
      >
        <div className="px-6 py-5 text-xl font-bold">Acme</div>
        <nav aria-label="Main" className="space-y-1 px-3">
          {links.map(({ name, href, icon: Icon }) => (
            <a key={name} href={href} className="flex items-center gap-3 rounded-md px-3 py-2 text-sm hover:bg-gray-800">
              <Icon className="h-5 w-5" aria-hidden="true" />
              {name}
            </a>
          ))}
        </nav>
      </aside>
      <div className="flex flex-1 flex-col">
        <header className="flex items-center gap-4 border-b bg-white px-4 py-3">
          <button type="button" className="lg:hidden" aria-label="Toggle sidebar" aria-controls="sidebar" aria-expanded={open} onClick={() => setOpen(!open)}>
            <Menu className="h-6 w-6" />
          </button>
          <div className="relative flex-1">
            <label htmlFor="search" className="sr-only">Search</label>
            <Search className="absolute left-3 top-2.5 h-4 w-4 text-gray-400" aria-hidden="true" />
            <input id="search" type="search" placeholder="Search…" className="w-full max-w-md rounded-md border border-gray-300 py-2 pl-9 pr-3 text-sm" />
          </div>
          <details className="relative">
            <summary className="cursor-pointer list-none text-sm font-medium text-gray-700">Jane Doe</summary>
            <ul className="absolute right-0 mt-2 w-40 rounded-md bg-white py-1 shadow-lg">
              <li><a href="/profile" className="block px-4 py-2 text-sm text-gray-700 hover:bg-gray-100">Profile</a></li>
              <li><a href="/logout" className="block px-4 py-2 text-sm text-gray-700 hover:bg-gray-100">Sign out</a></li>
            </ul>
          </details>
        </header>
        <main className="flex-1 p-6">{children}</main>
      </div>
    </div>
  );
}`;

const STEP_ASK =
  "Multi-step signup form in React (TypeScript, Tailwind): step 1 email + password, step 2 name + company, step 3 review. Show progress and Back / Next buttons.";
const STEP = `import { useState } from "react";

const steps = ["Account", "Profile", "Review"] as const;

function cn(...parts: (string | false)[]) {
  return parts.filter(Boolean).join(" ");
}

type Data = { email: string; password: string; name: string; company: string };

interface FieldProps {
  id: keyof Data;
  label: string;
  type?: string;
  value: string;
  onChange: (value: string) => void;
}

function Field({ id, label, type = "text", value, onChange }: FieldProps) {
  return (
    <div className="mb-4">
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-gray-800">
        {label}
      </label>
      <input
        id={id}
        name={id}
        type={type}
        value={value}
        required
        onChange={(event) => onChange(event.target.value)}
        className="w-full rounded-lg border border-gray-300 px-3 py-2 focus:border-indigo-600 focus:outline-none focus:ring-2 focus:ring-indigo-600"
      />
    </div>
  );
}

export default function SignupWizard() {
  const [step, setStep] = useState(0);
  const [data, setData] = useState<Data>({ email: "", password: "", name: "", company: "" });
  const set = (key: keyof Data) => (value: string) => setData((old) => ({ ...old, [key]: value }));

  return (
    <form
      className="mx-auto mt-10 w-full max-w-md rounded-xl bg-white p-6 shadow-lg sm:p-8"
      onSubmit={(event) => {
        event.preventDefault();
        if (step < steps.length - 1) setStep(step + 1);
      }}
    >
      <h1 className="text-xl font-bold text-gray-900">Create your account</h1>
      <ol className="my-6 flex gap-2" aria-label="Progress">
        {steps.map((name, index) => (
          <li key={name} aria-current={index === step ? "step" : undefined} className={cn("flex-1 rounded-full py-1 text-center text-xs font-semibold", index <= step ? "bg-indigo-700 text-white" : "bg-gray-200 text-gray-700")}>
            {name}
          </li>
        ))}
      </ol>
      {step === 0 && (
        <>
          <Field id="email" label="Email" type="email" value={data.email} onChange={set("email")} />
          <Field id="password" label="Password" type="password" value={data.password} onChange={set("password")} />
        </>
      )}
      {step === 1 && (
        <>
          <Field id="name" label="Full name" value={data.name} onChange={set("name")} />
          <Field id="company" label="Company" value={data.company} onChange={set("company")} />
        </>
      )}
      {step === 2 && (
        <dl className="space-y-2 text-sm text-gray-800">
          <div className="flex justify-between"><dt>Email</dt><dd>{data.email}</dd></div>
          <div className="flex justify-between"><dt>Name</dt><dd>{data.name}</dd></div>
          <div className="flex justify-between"><dt>Company</dt><dd>{data.company}</dd></div>
        </dl>
      )}
      <div className="mt-6 flex justify-between">
        <button type="button" onClick={() => setStep(step - 1)} disabled={step === 0} className="rounded-lg px-4 py-2 text-gray-700 disabled:opacity-40">
          Back
        </button>
        <button type="submit" className="rounded-lg bg-indigo-700 px-4 py-2 font-semibold text-white hover:bg-indigo-800">
          {step === steps.length - 1 ? "Create account" : "Next"}
        </button>
      </div>
    </form>
  );
}`;

const CARD_ASK =
  'Blog card grid, HTML + Tailwind CDN. 3 articles: image, category badge, title, excerpt, author and date, whole thing responsive, plus a "Load more" button.';
const article = (
  n: number,
  category: string,
  title: string,
  alt: string,
): string => `      <article class="overflow-hidden rounded-2xl bg-white shadow">
        <img src="https://picsum.photos/seed/${n}/600/400" alt="${alt}" class="h-48 w-full object-cover">
        <div class="p-6">
          <span class="rounded-full bg-emerald-100 px-3 py-1 text-xs font-medium text-emerald-800">${category}</span>
          <h2 class="mt-3 text-xl font-bold text-gray-900"><a href="#" class="hover:underline">${title}</a></h2>
          <p class="mt-2 text-gray-600">A short look at what matters and why it is worth your time this week.</p>
          <p class="mt-4 text-sm text-gray-500">By Robin Hale · <time datetime="2025-02-0${n}">Feb ${n}, 2025</time></p>
        </div>
      </article>`;
const CARDS = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <title>Blog</title>
  <script src="https://cdn.tailwindcss.com"></script>
</head>
<body class="bg-gray-100 text-gray-900">
  <main class="mx-auto max-w-6xl px-4 py-12">
    <h1 class="mb-8 text-3xl font-bold">Latest articles</h1>
    <div class="grid gap-8 sm:grid-cols-2 lg:grid-cols-3">
${article(1, "Design", "Grids that breathe", "Sketchbook with layout drawings")}
${article(2, "Code", "Types as documentation", "Laptop showing an editor")}
${article(3, "Travel", "Slow trains", "Night train at a platform")}
    </div>
    <div class="mt-10 text-center">
      <button type="button" class="rounded-lg bg-gray-900 px-6 py-3 font-semibold text-white hover:bg-gray-700">Load more</button>
    </div>
  </main>
</body>
</html>`;

const good = (name: string, prompt: string, tag: string, code: string): AnswerCase =>
  ui(name, prompt, fenced(tag, code));
const bad = (name: string, prompt: string, tag: string, code: string): AnswerCase =>
  ui(name, prompt, fenced(tag, code), "failed");

export const TAILWIND_GOOD: readonly AnswerCase[] = [
  good("a layout with a side bar and a backdrop", SIDE_ASK, "tsx", SIDE),
  good("a form in steps, its fields a component", STEP_ASK, "tsx", STEP),
  good("cards on Tailwind's CDN", CARD_ASK, "html", CARDS),
];

export const TAILWIND_BAD: readonly AnswerCase[] = [
  bad("a side bar without the customers", SIDE_ASK, "tsx", altered(SIDE, [/ {2}\{ name: "Customers".*\n/, ""])),
  bad(
    "a layout without the search",
    SIDE_ASK,
    "tsx",
    altered(SIDE, [/ {10}<div className="relative flex-1">[^]*?<\/div>\n/, ""], [", Search }", " }"]),
  ),
  bad(
    "a menu button that is an icon without a name",
    SIDE_ASK,
    "tsx",
    altered(SIDE, [' aria-label="Toggle sidebar"', ""]),
  ),
  bad(
    "grey on the dark side bar",
    SIDE_ASK,
    "tsx",
    altered(SIDE, ["bg-gray-900 text-gray-100", "bg-gray-900 text-gray-700"]),
  ),
  bad(
    "steps without the company",
    STEP_ASK,
    "tsx",
    altered(
      STEP,
      [/ {10}<Field id="company".*\n/, ""],
      [/ {10}<div className="flex justify-between"><dt>Company.*\n/, ""],
      ["; company: string", ""],
      [', company: ""', ""],
    ),
  ),
  bad("a label of a component that labels nothing", STEP_ASK, "tsx", altered(STEP, [" htmlFor={id}", ""])),
  bad(
    "steps without a way back",
    STEP_ASK,
    "tsx",
    altered(STEP, [/ {8}<button type="button" onClick=\{\(\) => setStep\(step - 1\)\}[^]*?<\/button>\n/, ""]),
  ),
  bad(
    "yellow on white badges",
    CARD_ASK,
    "html",
    altered(CARDS, [
      /bg-emerald-100 px-3 py-1 text-xs font-medium text-emerald-800/g,
      "bg-yellow-50 px-3 py-1 text-xs font-medium text-yellow-300",
    ]),
  ),
  bad(
    "two articles of three",
    CARD_ASK,
    "html",
    altered(CARDS, [article(3, "Travel", "Slow trains", "Night train at a platform"), ""]),
  ),
  bad(
    "cards without a button for more",
    CARD_ASK,
    "html",
    altered(CARDS, [/ {4}<div class="mt-10 text-center">[^]*?<\/div>\n/, ""]),
  ),
];
