import type { VerdictStatus } from "../../../../src/core/verdict.ts";
import type { AnswerCase } from "../case.ts";

const task = "planning";
const F = "```";
const v = (name: string, prompt: string, answer: string, expect: VerdictStatus = "verified"): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect,
});
const MIG =
  "Plan the migration of our PostgreSQL database from on-prem to AWS RDS with less than 5 minutes of downtime. Give dependencies between steps and how each step is verified.";
const EXACT = "Give me a plan in exactly 5 steps to launch a newsletter.";
const APP = "Break the build of a todo app with login, offline sync and push notifications into phases with tasks.";
/** Answers that somebody wrote who had not seen the checks. */
export const OTHERS: readonly AnswerCase[] = [
  v(
    "migration list",
    MIG,
    `# Migration plan

1. **Assess the source database** – size, extensions, versions. *Verify:* inventory document reviewed by the DBA. Depends on: none.
2. **Provision the RDS instance** (Multi-AZ, parameter group). *Verify:* connection test from the app subnet succeeds. Depends on: step 1.
3. **Set up logical replication** from on-prem PostgreSQL to RDS. *Verify:* replication lag under 1 s for 24 h. Depends on: step 2.
4. **Rehearse the cutover** on a staging copy and time it. *Verify:* measured downtime below 5 minutes. Depends on: step 3.
5. **Cut over**: stop writes, wait for lag 0, switch the connection string. *Verify:* smoke tests pass; downtime under 5 minutes. Depends on: steps 3 and 4.
6. **Decommission on-prem** after 14 days. *Verify:* no connections for a week. Depends on: step 5.

Rollback: until step 6, reverse replication keeps on-prem current.`,
  ),
  v(
    "migration cycle",
    MIG,
    `1. Assess the source database (depends on step 4). Verify: inventory.
2. Provision the RDS instance (depends on step 1). Verify: connection test.
3. Set up logical replication to AWS RDS from on-prem PostgreSQL (depends on step 2). Verify: lag below 1 s.
4. Rehearse the cutover, downtime below 5 minutes (depends on step 3). Verify: measured.
5. Cut over (depends on step 4). Verify: smoke tests.`,
    "failed",
  ),
  v(
    "migration dangling",
    MIG,
    `1. Assess the on-prem PostgreSQL database. Verify: inventory.
2. Provision AWS RDS (depends on step 1). Verify: connection test.
3. Replicate (depends on step 2). Verify: lag below 1 s.
4. Cut over within 5 minutes downtime (depends on steps 3 and 9). Verify: smoke tests.`,
    "failed",
  ),
  v(
    "migration without deps",
    MIG,
    `1. Look at the database\n2. Create RDS\n3. Copy the data\n4. Switch\n5. Delete the old one`,
    "failed",
  ),
  v(
    "five steps",
    EXACT,
    `1. Define the audience and topic.\n2. Choose a newsletter platform and set up the sender domain.\n3. Write and design the first issue.\n4. Build a signup page and collect subscribers.\n5. Launch the first issue and measure open rate.`,
  ),
  v(
    "six steps",
    EXACT,
    `1. Define the audience and topic.\n2. Choose a newsletter platform.\n3. Set up the sender domain.\n4. Write and design the first issue.\n5. Build a signup page.\n6. Launch the first issue and measure open rate.`,
    "failed",
  ),
  v(
    "five headings",
    EXACT,
    `## Step 1: Define the audience\nDecide who reads the newsletter and why.\n\n## Step 2: Choose the platform\nCompare three and pick one.\n\n## Step 3: Write the first issue\n- headline\n- three stories\n\n## Step 4: Collect subscribers\n- landing page\n- invite friends\n\n## Step 5: Launch and measure\nSend the newsletter, track opens.`,
  ),
  v(
    "app phases",
    APP,
    `## Phase 1: Foundation\n- 1.1 Set up repository and CI\n- 1.2 Design the data model for todos\n- 1.3 Implement login (depends on 1.1)\n\n## Phase 2: Core\n- 2.1 Todo CRUD (depends on 1.2, 1.3)\n- 2.2 Offline storage and sync queue (depends on 2.1)\n- 2.3 Conflict resolution for sync (depends on 2.2)\n\n## Phase 3: Notifications and release\n- 3.1 Push notifications (depends on 2.1)\n- 3.2 End-to-end tests (depends on 2.3 and 3.1)\n- 3.3 Release (depends on 3.2)`,
  ),
  v(
    "app phases cross cycle",
    APP,
    `## Phase 1: Foundation\n- 1.1 Set up repository and CI\n- 1.2 Design the data model for todos (depends on 3.1)\n- 1.3 Implement login (depends on 1.1)\n\n## Phase 2: Core\n- 2.1 Todo CRUD (depends on 1.2, 1.3)\n- 2.2 Offline storage and sync queue (depends on 2.1)\n\n## Phase 3: Notifications\n- 3.1 Push notifications (depends on 2.2)\n- 3.2 End-to-end tests of login and sync (depends on 3.1)`,
    "failed",
  ),
  v(
    "app table",
    APP,
    `| ID | Phase | Task | Depends on |\n|---|---|---|---|\n| T1 | Setup | Create the app skeleton | – |\n| T2 | Setup | Login screen and session | T1 |\n| T3 | Core | Todo list with local store | T1 |\n| T4 | Core | Offline sync with server | T2, T3 |\n| T5 | Extras | Push notifications | T2 |\n| T6 | Release | Beta test and publish | T4, T5 |`,
  ),
  v(
    "app json cycle",
    APP,
    F +
      `json\n{"phases":[{"name":"Setup","tasks":[{"id":"a","title":"Skeleton app","dependsOn":[]},{"id":"b","title":"Login","dependsOn":["a","d"]}]},{"name":"Core","tasks":[{"id":"c","title":"Offline sync","dependsOn":["b"]},{"id":"d","title":"Push notifications","dependsOn":["c"]}]}]}\n` +
      F,
    "failed",
  ),
  v(
    "app json ok",
    APP,
    F +
      `json\n{"phases":[{"name":"Setup","tasks":[{"id":"a","title":"Skeleton app","dependsOn":[]},{"id":"b","title":"Login","dependsOn":["a"]}]},{"name":"Core","tasks":[{"id":"c","title":"Offline sync of todos","dependsOn":["b"]},{"id":"d","title":"Push notifications","dependsOn":["b"]}]},{"name":"Release","tasks":[{"id":"e","title":"Test and release the todo app","dependsOn":["c","d"]}]}]}\n` +
      F,
  ),
  v(
    "app mermaid ok",
    APP,
    "Phases and tasks:\n\n" +
      F +
      `mermaid\nflowchart TD\n  subgraph Phase 1\n  A[Create skeleton] --> B[Login]\n  A --> C[Todo list]\n  end\n  subgraph Phase 2\n  C --> D[Offline sync]\n  B --> D\n  B --> E[Push notifications]\n  end\n  D --> F[Release]\n  E --> F\n` +
      F,
  ),
  v(
    "app mermaid cycle",
    APP,
    F +
      `mermaid\nflowchart TD\n  A[Create skeleton] --> B[Login]\n  B --> C[Offline sync]\n  C --> D[Push notifications]\n  D --> B\n` +
      F,
    "failed",
  ),
  v(
    "prose only",
    APP,
    "You should first think about login, then about sync, and at some point about notifications. Good luck with the app, it will be great once it is done!",
    "failed",
  ),
];
