import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
import { altered, ui } from "./altered.ts";

const PRICING_ASK =
  'Build a responsive pricing section as a React component styled with Tailwind CSS. Three plans: Starter ($9), Pro ($29) and Enterprise ($99). Highlight Pro as "Most popular". Each plan lists its features and has a call-to-action button.';
const PRICING = `const plans = [
  {
    name: "Starter",
    price: 9,
    description: "For individuals getting going.",
    features: ["1 project", "5 GB storage", "Community support"],
    cta: "Start free trial",
  },
  {
    name: "Pro",
    price: 29,
    description: "For growing teams.",
    features: ["Unlimited projects", "100 GB storage", "Priority support", "Analytics"],
    cta: "Get Pro",
    featured: true,
  },
  {
    name: "Enterprise",
    price: 99,
    description: "For large organisations.",
    features: ["Everything in Pro", "SSO & audit log", "Dedicated manager"],
    cta: "Contact sales",
  },
];

function CheckIcon() {
  return (
    <svg className="h-5 w-5 shrink-0 text-indigo-600" viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">
      <path fillRule="evenodd" clipRule="evenodd" d="M16.7 5.3a1 1 0 010 1.4l-8 8a1 1 0 01-1.4 0l-4-4a1 1 0 011.4-1.4L8 12.6l7.3-7.3a1 1 0 011.4 0z" />
    </svg>
  );
}

export default function Pricing() {
  return (
    <section aria-labelledby="pricing-title" className="bg-slate-50 px-4 py-16 sm:px-6 lg:px-8">
      <div className="mx-auto max-w-6xl">
        <h2 id="pricing-title" className="text-center text-3xl font-bold text-slate-900 sm:text-4xl">
          Simple, transparent pricing
        </h2>
        <p className="mt-3 text-center text-slate-600">Choose the plan that fits you best.</p>
        <div className="mt-12 grid gap-8 md:grid-cols-2 lg:grid-cols-3">
          {plans.map((plan) => (
            <div
              key={plan.name}
              className={\`relative flex flex-col rounded-2xl bg-white p-8 shadow-sm \${plan.featured ? "ring-2 ring-indigo-600" : "ring-1 ring-slate-200"}\`}
            >
              {plan.featured && (
                <span className="absolute -top-3 left-1/2 -translate-x-1/2 rounded-full bg-indigo-600 px-3 py-1 text-xs font-semibold text-white">
                  Most popular
                </span>
              )}
              <h3 className="text-lg font-semibold text-slate-900">{plan.name}</h3>
              <p className="mt-2 text-sm text-slate-600">{plan.description}</p>
              <p className="mt-6 text-4xl font-bold text-slate-900">
                \${plan.price}
                <span className="text-base font-normal text-slate-600">/month</span>
              </p>
              <ul className="mt-8 flex-1 space-y-3">
                {plan.features.map((feature) => (
                  <li key={feature} className="flex gap-3 text-sm text-slate-700">
                    <CheckIcon />
                    {feature}
                  </li>
                ))}
              </ul>
              <button
                type="button"
                className={\`mt-8 w-full rounded-lg px-4 py-2.5 text-sm font-semibold focus-visible:outline focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-indigo-600 \${
                  plan.featured ? "bg-indigo-600 text-white hover:bg-indigo-500" : "bg-indigo-50 text-indigo-700 hover:bg-indigo-100"
                }\`}
              >
                {plan.cta}
              </button>
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}`;

const MODAL_ASK =
  "I need an accessible confirmation modal in React + TypeScript for deleting a project. Title, warning text, Cancel and Delete buttons, closes on Escape. Props: open, projectName, onCancel, onConfirm. Tailwind.";
const MODAL = `import { useEffect, useId, useRef } from "react";

interface DeleteProjectModalProps {
  open: boolean;
  projectName: string;
  onCancel: () => void;
  onConfirm: () => void;
}

export function DeleteProjectModal({ open, projectName, onCancel, onConfirm }: DeleteProjectModalProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const textId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      aria-describedby={textId}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
      className="w-full max-w-md rounded-xl bg-white p-6 text-gray-900 shadow-xl backdrop:bg-black/50"
    >
      <h2 id={titleId} className="text-lg font-semibold">
        Delete project?
      </h2>
      <p id={textId} className="mt-2 text-sm text-gray-600">
        This will permanently delete <strong>{projectName}</strong> and all of its files. This action cannot be undone.
      </p>
      <div className="mt-6 flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
        <button
          type="button"
          autoFocus
          onClick={onCancel}
          className="rounded-lg border border-gray-300 px-4 py-2 text-sm font-medium text-gray-700 hover:bg-gray-50"
        >
          Cancel
        </button>
        <button
          type="button"
          onClick={onConfirm}
          className="rounded-lg bg-red-700 px-4 py-2 text-sm font-medium text-white hover:bg-red-800"
        >
          Delete
        </button>
      </div>
    </dialog>
  );
}`;

const CONTACT_ASK =
  "React contact form, TypeScript, Tailwind. Fields: full name, email, subject (dropdown: Sales, Support, Other) and message. Client-side validation with error messages that screen readers announce, and a success state.";
const CONTACT = `import { useState, type FormEvent } from "react";

type Fields = { name: string; email: string; subject: string; message: string };
type Errors = Partial<Record<keyof Fields, string>>;

const EMPTY: Fields = { name: "", email: "", subject: "", message: "" };
const inputClass =
  "mt-1 block w-full rounded-md border border-gray-400 px-3 py-2 text-gray-900 focus:border-blue-600 focus:ring-2 focus:ring-blue-600";

function validate(values: Fields): Errors {
  const errors: Errors = {};
  if (!values.name.trim()) errors.name = "Please enter your full name.";
  if (!/^\\S+@\\S+\\.\\S+$/.test(values.email)) errors.email = "Please enter a valid email address.";
  if (!values.subject) errors.subject = "Please choose a subject.";
  if (values.message.trim().length < 10) errors.message = "Please write at least 10 characters.";
  return errors;
}

export default function ContactForm() {
  const [values, setValues] = useState<Fields>(EMPTY);
  const [errors, setErrors] = useState<Errors>({});
  const [sent, setSent] = useState(false);

  const update = (key: keyof Fields) => (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) =>
    setValues((current) => ({ ...current, [key]: event.target.value }));

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    const found = validate(values);
    setErrors(found);
    if (Object.keys(found).length === 0) setSent(true);
  }

  if (sent) {
    return (
      <p role="status" className="rounded-md bg-green-50 p-4 text-green-900">
        Thanks, {values.name}! We will be in touch soon.
      </p>
    );
  }

  return (
    <form noValidate onSubmit={handleSubmit} className="mx-auto max-w-lg space-y-5 p-4">
      <h2 className="text-2xl font-bold text-gray-900">Contact us</h2>
      <div>
        <label htmlFor="name" className="text-sm font-medium text-gray-800">Full name</label>
        <input id="name" type="text" autoComplete="name" value={values.name} onChange={update("name")} aria-invalid={!!errors.name} aria-describedby={errors.name ? "name-error" : undefined} className={inputClass} />
        {errors.name && <p id="name-error" role="alert" className="mt-1 text-sm text-red-700">{errors.name}</p>}
      </div>
      <div>
        <label htmlFor="email" className="text-sm font-medium text-gray-800">Email</label>
        <input id="email" type="email" autoComplete="email" value={values.email} onChange={update("email")} aria-invalid={!!errors.email} aria-describedby={errors.email ? "email-error" : undefined} className={inputClass} />
        {errors.email && <p id="email-error" role="alert" className="mt-1 text-sm text-red-700">{errors.email}</p>}
      </div>
      <div>
        <label htmlFor="subject" className="text-sm font-medium text-gray-800">Subject</label>
        <select id="subject" value={values.subject} onChange={update("subject")} aria-invalid={!!errors.subject} className={inputClass}>
          <option value="">Choose a subject</option>
          <option value="sales">Sales</option>
          <option value="support">Support</option>
          <option value="other">Other</option>
        </select>
        {errors.subject && <p role="alert" className="mt-1 text-sm text-red-700">{errors.subject}</p>}
      </div>
      <div>
        <label htmlFor="message" className="text-sm font-medium text-gray-800">Message</label>
        <textarea id="message" rows={5} value={values.message} onChange={update("message")} aria-invalid={!!errors.message} className={inputClass} />
        {errors.message && <p role="alert" className="mt-1 text-sm text-red-700">{errors.message}</p>}
      </div>
      <button type="submit" className="w-full rounded-md bg-blue-700 px-4 py-2.5 font-semibold text-white hover:bg-blue-800">Send message</button>
    </form>
  );
}`;

const STATS_ASK =
  "A React dashboard header with four stat cards (Revenue, Orders, Customers, Refunds) and below it a table of recent orders with columns Order, Customer, Date, Total. Tailwind, mobile friendly.";
const STATS = `const stats = [
  { label: "Revenue", value: "$48,210", change: "+12%" },
  { label: "Orders", value: "1,284", change: "+4%" },
  { label: "Customers", value: "893", change: "+7%" },
  { label: "Refunds", value: "21", change: "-2%" },
];
const orders = [
  { id: "#1042", customer: "Mia Chen", date: "2025-03-02", total: "$120.00" },
  { id: "#1041", customer: "Omar Diaz", date: "2025-03-01", total: "$86.50" },
  { id: "#1040", customer: "Lena Roth", date: "2025-03-01", total: "$240.10" },
];

export default function Dashboard() {
  return (
    <main className="min-h-screen bg-gray-100 p-4 sm:p-8">
      <h1 className="text-2xl font-bold text-gray-900">Dashboard</h1>
      <dl className="mt-6 grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {stats.map(({ label, value, change }) => (
          <div key={label} className="rounded-lg bg-white p-5 shadow">
            <dt className="text-sm text-gray-600">{label}</dt>
            <dd className="mt-1 text-3xl font-semibold text-gray-900">{value}</dd>
            <dd className="text-sm text-gray-600">{change} vs last month</dd>
          </div>
        ))}
      </dl>
      <section aria-labelledby="orders" className="mt-10">
        <h2 id="orders" className="text-lg font-semibold text-gray-900">Recent orders</h2>
        <div className="mt-4 overflow-x-auto rounded-lg bg-white shadow">
          <table className="min-w-full text-left text-sm">
            <thead className="bg-gray-50 text-gray-700">
              <tr>
                <th scope="col" className="px-4 py-3">Order</th>
                <th scope="col" className="px-4 py-3">Customer</th>
                <th scope="col" className="px-4 py-3">Date</th>
                <th scope="col" className="px-4 py-3">Total</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-gray-200 text-gray-900">
              {orders.map((order) => (
                <tr key={order.id}>
                  <td className="px-4 py-3">{order.id}</td>
                  <td className="px-4 py-3">{order.customer}</td>
                  <td className="px-4 py-3">{order.date}</td>
                  <td className="px-4 py-3">{order.total}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </main>
  );
}`;

export const REACT_GOOD: readonly AnswerCase[] = [
  ui("plans mapped from a list, classes in template strings", PRICING_ASK, fenced("jsx", PRICING)),
  ui(
    "a native dialog with ids from useId",
    MODAL_ASK,
    `${fenced("tsx", MODAL)}\n\nUsage:\n\n${fenced("tsx", '<DeleteProjectModal open={open} projectName="Apollo" onCancel={() => setOpen(false)} onConfirm={remove} />')}`,
  ),
  ui("a form with announced errors", CONTACT_ASK, `Here is the component:\n\n${fenced("tsx", CONTACT)}`),
  ui("cards as a description list and a real table", STATS_ASK, fenced("jsx", STATS)),
];

const bad = (name: string, prompt: string, tag: string, code: string): AnswerCase =>
  ui(name, prompt, fenced(tag, code), "failed");

export const REACT_BAD: readonly AnswerCase[] = [
  bad(
    "text in gray-300 on white cards",
    PRICING_ASK,
    "jsx",
    altered(PRICING, [/text-slate-600/g, "text-gray-300"], [/text-slate-700/g, "text-gray-300"]),
  ),
  bad(
    "two plans where three are asked for",
    PRICING_ASK,
    "jsx",
    altered(PRICING, [/ {2}\{\n {4}name: "Enterprise"[^]*?\n {2}\},\n/, ""]),
  ),
  bad(
    "calls to action that are divs",
    PRICING_ASK,
    "jsx",
    altered(
      PRICING,
      ['<button\n                type="button"', "<div\n                onClick={() => choose(plan)}"],
      ["</button>", "</div>"],
    ),
  ),
  bad("JSX with a tag that is never closed", PRICING_ASK, "jsx", altered(PRICING, ["              </ul>\n", ""])),
  bad(
    "a dialog of divs that swallows the Tab key",
    MODAL_ASK,
    "tsx",
    altered(
      MODAL,
      [
        /<dialog\n[^]*?className=/,
        '<div\n      role="dialog"\n      onKeyDown={(event) => event.preventDefault()}\n      className=',
      ],
      ["</dialog>", "</div>"],
      ["useRef<HTMLDialogElement>", "useRef<HTMLDivElement>"],
    ),
  ),
  bad(
    "a modal without a way to cancel",
    MODAL_ASK,
    "tsx",
    altered(
      MODAL,
      [/ {8}<button\n {10}type="button"\n {10}autoFocus[^]*?<\/button>\n/, ""],
      [/\n {6}onCancel=\{\(event\)[^]*?\}\}/, ""],
    ),
  ),
  bad(
    "a form without the dropdown for the subject",
    CONTACT_ASK,
    "tsx",
    altered(CONTACT, [/ {6}<div>\n {8}<label htmlFor="subject"[^]*?<\/select>[^]*?<\/div>\n/, ""]),
  ),
  bad("labels that are not tied to their fields", CONTACT_ASK, "tsx", altered(CONTACT, [/ htmlFor="\w+"/g, ""])),
  bad(
    "column heads that are ordinary cells",
    STATS_ASK,
    "jsx",
    altered(
      STATS,
      [/<th scope="col"/g, "<td"],
      [/<\/th>/g, "</td>"],
      [/<thead className="[^"]*">/, "<tbody>"],
      ["</thead>", "</tbody>"],
    ),
  ),
  bad(
    "a dashboard without the table",
    STATS_ASK,
    "jsx",
    altered(STATS, [/ {6}<section[^]*<\/section>\n/, ""], [/const orders[^]*?\];\n/, ""]),
  ),
];
