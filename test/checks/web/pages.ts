/** A page that a person would accept. */
export const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Sign in · Harbour</title>
  <style>
    body { font: 16px/1.5 system-ui; }
    a > b { color: #123; }
  </style>
</head>
<body>
  <header>
    <a href="/"><img src="logo.svg" alt="Harbour"></a>
    <nav aria-label="Main">
      <ul>
        <li><a href="/docs">Docs</a>
        <li><a href="/pricing">Pricing</a>
      </ul>
    </nav>
  </header>
  <main>
    <h1>Sign in</h1>
    <p>Use the address you signed up with.
    <p>No account? <a href="/join">Join</a> &amp; save.
    <form action="/login" method="post">
      <label for="mail">E-mail</label>
      <input id="mail" name="mail" type="email" autocomplete="email" required>
      <label>Password <input name="pw" type="password"></label>
      <input type="hidden" name="csrf" value="1">
      <button type="submit">Sign in</button>
      <button type="button" aria-label="Show password"><svg viewBox="0 0 8 8"><path d="M0 0h8"/></svg></button>
    </form>
    <h2>Plans</h2>
    <table><thead><tr><th>Plan</th><th>Price</th></tr></thead><tbody><tr><td>Solo</td><td>0</td></tr></tbody></table>
    <br/>
    <hr>
  </main>
  <script>
    if (1 < 2 && "</div>".length > 0) { document.title += "!"; }
  </script>
  <!-- </section> is no end tag here -->
</body>
</html>`;

/** A form to be put into a page. */
export const FORM = `<form class="card">
  <h2>Pay</h2>
  <label for="card">Card number</label>
  <input id="card" inputmode="numeric">
  <button>Pay now</button>
</form>`;
