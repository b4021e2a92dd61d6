import type { AnswerCase } from "../case.ts";

const REACT =
  "Plan the refactoring of our class components to React hooks (about 120 components). Steps with id, description, dependencies, and definition of done. No feature freeze.";
const PODCAST =
  "Help me start a podcast: plan with at least 10 steps, cheap (under $500 in total), first episode out in 6 weeks.";
const CLINIC =
  "Plan a vaccination campaign in five villages. Cold chain must be ready before vaccines arrive. Budget 12,000 EUR. Provide responsible person for every activity.";
const INCIDENT =
  'Write a post-incident action plan after our database outage: root cause fix, monitoring, runbook, communication. Each action needs owner and deadline. JSON please: {"actions":[{"id","title","owner","deadline","depends_on"}]}';
const c = (name: string, expect: AnswerCase["expect"], prompt: string, answer: string): AnswerCase => ({
  name,
  task: "planning",
  prompt,
  answer,
  expect,
});

/** Plans for a refactoring, a podcast, a campaign and the time after an outage. */
export const HOOKS_AND_VILLAGES: readonly AnswerCase[] = [
  c(
    "refactors the components step by step",
    "verified",
    REACT,
    `## Class components → hooks

### R1 – Inventory
**Description:** Script that lists all 120 class components with size, state and lifecycle methods.
**Dependencies:** none
**Definition of done:** Spreadsheet sorted by risk, reviewed.

### R2 – Lint rules and conventions
**Description:** \`react-hooks/rules-of-hooks\`, ban new classes in CI.
**Dependencies:** none
**Definition of done:** CI fails on a new class component.

### R3 – Safety net
**Description:** Testing Library tests for the 30 riskiest components.
**Dependencies:** R1
**Definition of done:** Each has a test of its main behaviour.

### R4 – Shared hooks
**Description:** Replace HOCs and mixins by \`useFetch\`, \`useForm\`, \`useMedia\`.
**Dependencies:** R1, R2
**Definition of done:** HOCs are thin wrappers over hooks.

### R5 – Leaf components
**Description:** Convert about 70 small ones in batches of ten, next to feature work.
**Dependencies:** R2, R4
**Definition of done:** Batches merged without visual diffs.

### R6 – Containers
**Description:** Convert the remaining 50, context instead of legacy context.
**Dependencies:** R3, R5
**Definition of done:** No class component except error boundaries.

### R7 – Clean-up
**Description:** Remove HOC wrappers, update docs.
**Dependencies:** R6
**Definition of done:** \`grep "extends React.Component"\` finds only error boundaries.

Feature work goes on all the time; each batch is small enough to rebase.`,
  ),
  c(
    "refactors in a circle between two headings",
    "failed",
    REACT,
    `### R1 – Inventory
**Description:** List all React class components.
**Dependencies:** none
**Definition of done:** list reviewed.

### R2 – Shared hooks
**Description:** Replace HOCs.
**Dependencies:** R1, R4
**Definition of done:** merged.

### R3 – Leaf components
**Description:** Convert 70 in batches.
**Dependencies:** R2
**Definition of done:** merged.

### R4 – Containers
**Description:** Convert 50, next to feature work without a freeze.
**Dependencies:** R3
**Definition of done:** merged.`,
  ),
  c(
    "freezes features for the refactoring",
    "failed",
    REACT,
    `### R1 – Announce the feature freeze
**Description:** Nobody merges features for four weeks.
**Dependencies:** none
**Definition of done:** announced.

### R2 – Convert all React class components
**Description:** 120 components to hooks.
**Dependencies:** R1
**Definition of done:** merged.

### R3 – Lift the freeze
**Description:** Merge features again.
**Dependencies:** R2
**Definition of done:** announced.`,
  ),
  c(
    "starts the podcast in twelve steps",
    "verified",
    PODCAST,
    `| # | Step | Week | Cost |
|---|---|---|---|
| 1 | Define topic, listener and format | 1 | $0 |
| 2 | Choose name, check trademarks and domains | 1 | $15 |
| 3 | Plan the first six episodes | 1 | $0 |
| 4 | Buy a USB microphone and pop filter | 2 | $110 |
| 5 | Set up recording and editing (Audacity) | 2 | $0 |
| 6 | Cover art and intro music (CC licence) | 2 | $60 |
| 7 | Choose hosting for a year | 3 | $144 |
| 8 | Record a pilot, ask three friends | 3 | $0 |
| 9 | Record episodes 1 and 2 | 4 | $0 |
| 10 | Edit, write show notes | 5 | $0 |
| 11 | Submit the feed to Apple and Spotify | 5 | $0 |
| 12 | Publish episode 1 and share it | 6 | $30 |

Total: $359, below the $500 limit.`,
  ),
  c(
    "starts the podcast in seven steps for too much money",
    "failed",
    PODCAST,
    `1. Define the topic of the podcast.
2. Buy a studio microphone and mixer ($900).
3. Rent a studio ($600).
4. Cover art ($200).
5. Record the first episode.
6. Edit it.
7. Publish it in week 6.

Total cost: $1,700`,
  ),
  c(
    "plans the campaign in villages with a person for each activity",
    "verified",
    CLINIC,
    `# Vaccination campaign, five villages

1. **Micro-plan and permits** — Responsible: district health officer. Week 1. €500
2. **Cold chain** — Responsible: logistics officer (A. Diallo). Two solar fridges, 10 cold boxes, temperature loggers; tested for 48 h. Week 2. €4,200
3. **Training** — Responsible: head nurse. 10 vaccinators, one day. Week 2. €900
4. **Community meetings** — Responsible: village elders with the mobiliser. Weeks 2–3. €600
5. **Vaccines arrive** — Responsible: logistics officer. Only after step 2 is signed off. Week 3. €0 (ministry)
6. **Vaccination days**, one village a day — Responsible: team leaders. After steps 3, 4 and 5. Week 4. €3,600
7. **Follow-up and catch-up day** — Responsible: head nurse. Week 5. €1,000
8. **Report** — Responsible: data clerk. Week 6. €200

Sum: €11,000 of 12,000.`,
  ),
  c(
    "lets the vaccines arrive before there is a cold chain",
    "failed",
    CLINIC,
    `1. **Micro-plan** — Responsible: health officer.
2. **Vaccines arrive** — Responsible: logistics officer.
3. **Training** — Responsible: head nurse.
4. **Cold chain ready** — Responsible: logistics officer.
5. **Vaccination days in five villages** — Responsible: team leaders.

Sum: €11,000.`,
  ),
  c(
    "answers the outage with JSON actions",
    "verified",
    INCIDENT,
    JSON.stringify({
      actions: [
        {
          id: "A1",
          title: "Root cause fix: cap connection pool and add PgBouncer",
          owner: "Lena (DBA)",
          deadline: "2025-03-14",
          depends_on: [],
        },
        {
          id: "A2",
          title: "Monitoring: alert on replication lag and connection saturation",
          owner: "Omar (SRE)",
          deadline: "2025-03-18",
          depends_on: [],
        },
        {
          id: "A3",
          title: "Runbook for failover of the database",
          owner: "Omar (SRE)",
          deadline: "2025-03-21",
          depends_on: ["A1", "A2"],
        },
        {
          id: "A4",
          title: "Game day to rehearse the outage",
          owner: "Lena (DBA)",
          deadline: "2025-04-04",
          depends_on: ["A3"],
        },
        {
          id: "A5",
          title: "Communication: status page templates and customer letter",
          owner: "Priya (Support)",
          deadline: "2025-03-12",
          depends_on: [],
        },
      ],
    }),
  ),
  c(
    "points in the outage's JSON to an action that is not there",
    "failed",
    INCIDENT,
    JSON.stringify({
      actions: [
        { id: "A1", title: "Root cause fix in the database", owner: "Lena", deadline: "2025-03-14", depends_on: [] },
        { id: "A2", title: "Monitoring of lag", owner: "Omar", deadline: "2025-03-18", depends_on: ["A0"] },
        { id: "A3", title: "Runbook for the outage", owner: "Omar", deadline: "2025-03-21", depends_on: ["A2"] },
        { id: "A4", title: "Communication", owner: "Priya", deadline: "2025-03-12", depends_on: [] },
      ],
    }),
  ),
  c(
    "leaves owners and deadlines of the outage's actions open",
    "failed",
    INCIDENT,
    JSON.stringify({
      actions: [
        { id: "A1", title: "Root cause fix in the database", owner: "TBD", deadline: "TBD", depends_on: [] },
        { id: "A2", title: "Monitoring of lag", owner: "TBD", deadline: "TBD", depends_on: ["A1"] },
        { id: "A3", title: "Runbook for the outage", owner: "TBD", deadline: "TBD", depends_on: ["A2"] },
        { id: "A4", title: "Communication", owner: "TBD", deadline: "TBD", depends_on: [] },
      ],
    }),
  ),
];
