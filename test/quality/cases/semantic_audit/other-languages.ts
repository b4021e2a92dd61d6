import type { AnswerCase } from "../case.ts";
import { EXPRESS, FLASK, GOLANG } from "./pool-sources.ts";

const F = "```";
const ask = (lang: string, source: string, text: string) => `${text}\n\n${F}${lang}\n${source}\n${F}`;
const JS = ask(
  "js",
  EXPRESS,
  "Audit this Express server for security problems. Severity, place, impact and fix for each.",
);
const PY = ask("python", FLASK, "Do a security audit of this Flask app.");
const GO = ask("go", GOLANG, "Audit this Go package for security and logic defects.");

const c = (name: string, expect: AnswerCase["expect"], prompt: string, answer: string): AnswerCase => ({
  name,
  task: "semantic_audit",
  prompt,
  answer,
  expect,
});

/** Audits of servers: what is not there fails, the rest cannot be held against a language that nobody here reads. */
export const OTHER_LANGUAGES: readonly AnswerCase[] = [
  c(
    "audits a server in JavaScript",
    "unchecked",
    JS,
    `# Security audit

## 1. SQL injection in the login route – Critical
**Location:** \`POST /login\`, lines 22–23
**Impact:** \`email\` and \`password\` are concatenated into \`sql\`; an attacker logs in as anyone or dumps the database.
**Fix:** Use a parameterised query: \`pool.query("SELECT id, role, password_hash FROM users WHERE email = $1", [email])\`.

## 2. JWT signature never verified – Critical
**Location:** \`authenticate\`, line 14
**Impact:** \`jwt.decode\` doesn't verify the signature, so anyone can forge a token with any \`id\` or \`role\`.
**Fix:** \`jwt.verify(token, JWT_SECRET)\` within a try/catch.

## 3. Unauthenticated user deletion – Critical
**Location:** \`DELETE /users/:id\`, line 42
**Impact:** Anybody can delete any account.
**Fix:** Add \`authenticate\` and check the role.

## 4. Path traversal – High
**Location:** \`GET /files/:name\`, line 30
**Impact:** An encoded \`..%2f\` in \`req.params.name\` lets a caller read files outside \`uploads\`.
**Fix:** Resolve the path and require that it starts with the uploads directory.

## 5. Hard-coded secret – High
**Location:** \`JWT_SECRET\`, line 10
**Impact:** Whoever reads the source can sign tokens.
**Fix:** Read it from \`process.env\` and rotate it.

## 6. Plain-text passwords – High
**Location:** \`/login\`, line 22
**Impact:** A leak of the table reveals every password.
**Fix:** Hash with bcrypt or argon2.

## 7. IDOR – Medium
**Location:** \`GET /users/:id\`, line 37
**Impact:** Any logged-in user can read any e-mail address.
**Fix:** Compare \`req.user.id\` with the parameter.`,
  ),
  c(
    "names a handler that the JavaScript server lacks",
    "failed",
    JS,
    `## 1. SQL injection – Critical
**Location:** \`POST /login\`, line 22
**Impact:** login bypass.
**Fix:** parameterise.

## 2. Missing rate limit in \`resetPassword()\` – High
**Location:** \`resetPassword()\`, line 71
**Impact:** reset tokens can be brute-forced.
**Fix:** add express-rate-limit to \`resetPassword()\`.

## 3. XXE in \`parseInvoiceXml()\` – High
**Location:** \`parseInvoiceXml()\`, line 88
**Impact:** files of the server can be read.
**Fix:** disable external entities.`,
  ),
  c(
    "audits an app in Python",
    "unchecked",
    PY,
    `### Findings

1. **Critical – Remote code execution through pickle**
   - Location: \`import_notes()\`, line 29
   - Impact: \`pickle.loads(request.data)\` executes attacker-controlled code; the route is not authenticated.
   - Fix: accept JSON (\`request.get_json()\`) and validate it.
2. **Critical – Command injection in \`backup()\`**
   - Location: line 42
   - Impact: \`target\` is concatenated into a shell command with \`shell=True\`.
   - Fix: \`shutil.copy\` with a validated file name, or pass a list to \`subprocess.run\`.
3. **High – SQL injection in \`import_notes()\`**
   - Location: line 32
   - Impact: titles and bodies are interpolated by an f-string, data may be altered.
   - Fix: use placeholders, as \`search()\` does.
4. **High – Hard-coded admin token**
   - Location: \`ADMIN_TOKEN\`, line 9
   - Impact: anyone with the source has admin rights; \`==\` is also not constant-time.
   - Fix: read it from the environment and compare with \`hmac.compare_digest\`.
5. **High – Debug mode on all interfaces**
   - Location: line 47
   - Impact: the Werkzeug debugger allows code execution.
   - Fix: \`debug=False\`, serve with gunicorn.
6. **Low – Connections are never closed**
   - Location: \`get_db()\`, line 12
   - Impact: file handles leak under load.
   - Fix: keep the connection on \`flask.g\` and close it in a teardown handler.`,
  ),
  c(
    "claims that search of the Python app is injectable",
    "failed",
    PY,
    `### Findings

1. **Critical – SQL injection in \`search()\`**
   - Location: line 23
   - Impact: \`term\` is interpolated into the SQL string via an f-string without parameters.
   - Code: \`execute(f"SELECT id, title FROM notes WHERE title LIKE '%{term}%'")\`
   - Fix: use a placeholder.
2. **High – Missing authentication in \`delete_note()\`**
   - Location: \`delete_note()\`, line 61
   - Impact: anyone can delete notes.
   - Fix: call \`require_admin()\`.`,
  ),
  c(
    "audits a package in Go",
    "unchecked",
    GO,
    `| Severity | Location | Problem | Impact | Recommendation |
| --- | --- | --- | --- | --- |
| High | \`Store.Transfer\`, lines 31-46 | Balances are changed without holding \`mu\` | Concurrent transfers race: lost updates, overdraft (check on line 40, write on line 43) | Take \`s.mu.Lock()\` for the whole of \`Transfer\` |
| High | \`Store.Transfer\`, line 40 | Negative \`amount\` is not rejected | A caller steals funds by transferring a negative sum | Return an error when \`amount <= 0\` |
| High | \`HandleTransfer\`, line 48 | No authentication or ownership check on \`From\` | Anyone can move anyone's money | Authenticate and compare the account with the session |
| Medium | \`HandleTransfer\`, line 54 | Error of \`Decode\` is ignored | Malformed JSON is processed as zero values | Check the error, answer 400, wrap with \`http.MaxBytesReader\` |
| Medium | \`Store.Get\`, line 24 | Returns a pointer to shared state after the lock is released | Data race with readers | Return a copy of \`Account\` |
| Low | \`Transfer\`, line 44 | \`dst.Balance\` may overflow int64 | Wrap-around to a negative balance | Check before adding |`,
  ),
  c(
    "cites methods that the Go package lacks",
    "failed",
    GO,
    `| Severity | Location | Problem | Impact | Recommendation |
| --- | --- | --- | --- | --- |
| High | \`Store.Withdraw\`, line 77 | No lock | Race | Lock |
| High | \`Store.Deposit\`, line 69 | Negative amounts | Theft | Validate |
| Medium | \`AuditLog.Append\`, line 102 | Unbounded growth | Memory exhaustion | Rotate |`,
  ),
];
