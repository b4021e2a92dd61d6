import type { TaskScript } from "./answer.ts";

const PAGE = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Create your account (sandbox)</title>
    <style>
      :root {
        --ink: #1b1f24;
        --muted: #4a5361;
        --paper: #ffffff;
        --backdrop: #eef1f5;
        --accent: #0b5cad;
        --edge: #6b7480;
      }

      * {
        box-sizing: border-box;
      }

      body {
        margin: 0;
        color: var(--ink);
        background: var(--backdrop);
        font: 1rem/1.5 system-ui, sans-serif;
      }

      main {
        width: min(100% - 2rem, 40rem);
        margin: 2rem auto;
        padding: 1.5rem;
        background: var(--paper);
        border-radius: 0.75rem;
      }

      form {
        display: grid;
        gap: 1rem;
      }

      label {
        display: block;
        font-weight: 600;
      }

      input {
        width: 100%;
        min-height: 2.75rem;
        padding: 0.5rem 0.75rem;
        color: var(--ink);
        background: var(--paper);
        border: 1px solid var(--edge);
        border-radius: 0.375rem;
        font: inherit;
      }

      .hint {
        margin: 0.25rem 0 0;
        color: var(--muted);
      }

      .terms {
        display: flex;
        gap: 0.75rem;
        align-items: center;
      }

      .terms input {
        width: 1.5rem;
        min-height: 1.5rem;
      }

      button {
        min-height: 2.75rem;
        padding: 0.5rem 1.5rem;
        color: #ffffff;
        background: var(--accent);
        border: 0;
        border-radius: 0.375rem;
        font: inherit;
        font-weight: 600;
        cursor: pointer;
      }

      :focus-visible {
        outline: 3px solid var(--accent);
        outline-offset: 2px;
      }

      @media (min-width: 40rem) {
        .names {
          display: grid;
          grid-template-columns: 1fr 1fr;
          gap: 1rem;
        }

        button {
          justify-self: start;
        }
      }
    </style>
  </head>
  <body>
    <main>
      <h1>Create your account</h1>
      <p>All fields are required. This page is a scripted answer of the Signalbox sandbox.</p>
      <form action="/accounts" method="post">
        <div class="names">
          <div>
            <label for="given-name">Given name</label>
            <input id="given-name" name="given-name" type="text" autocomplete="given-name" required>
          </div>
          <div>
            <label for="family-name">Family name</label>
            <input id="family-name" name="family-name" type="text" autocomplete="family-name" required>
          </div>
        </div>
        <div>
          <label for="email">Email address</label>
          <input id="email" name="email" type="email" autocomplete="email" required>
        </div>
        <div>
          <label for="password">Password</label>
          <input id="password" name="password" type="password" autocomplete="new-password" minlength="12" aria-describedby="password-hint" required>
          <p class="hint" id="password-hint">At least 12 characters.</p>
        </div>
        <div class="terms">
          <input id="terms" name="terms" type="checkbox" required>
          <label for="terms">I accept the terms of use</label>
        </div>
        <button type="submit">Create account</button>
      </form>
    </main>
  </body>
</html>
`;

/** Designing a page. The bad answer has no labels, no title, no language, blocks zoom, and its button is a div. */
export const ui: TaskScript = {
  task: "ui_design",
  matches:
    /\bui\b|\bhtml\b|\bcss\b|\bweb ?page\b|landing page|(?:sign-?up|contact|html) form\b|user interface|responsive|accessib/i,
  prompt:
    "Design a sign-up page as one HTML file with inline CSS: given name, family name, email address, password (at least 12 " +
    "characters) and acceptance of the terms. It must be accessible (a label for each field, visible focus, good contrast) and responsive.",
  good: `\`\`\`html\n${PAGE}\`\`\`\n`,
  bad: `\`\`\`html
<html>
  <head>
    <meta name="viewport" content="width=device-width, user-scalable=no, maximum-scale=1">
    <style>
      body { color: #bbbbbb; background: #ffffff; width: 1200px; }
      *:focus { outline: none; }
    </style>
  </head>
  <body>
    <!-- sandbox: a deliberately poor answer -->
    <img src="logo.png">
    <input type="text" id="field" placeholder="Name">
    <input type="text" id="field" placeholder="Email">
    <div onclick="submit()">Go</div>
    <p>Unclosed <b>text
  </body>
\`\`\`
`,
};
