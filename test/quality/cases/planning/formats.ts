import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";

const SHOP = "Plan the move of our web shop's database from MySQL to PostgreSQL. Say what depends on what.";

const good = (name: string, answer: string, prompt = SHOP): AnswerCase => ({
  name,
  task: "planning",
  prompt,
  answer,
  expect: "verified",
});

/** Good plans in the many shapes in which they are written. */
export const FORMATS: readonly AnswerCase[] = [
  good(
    "numbers its steps and says in prose what comes first",
    `Sure! Here is the plan.

1. Convert the MySQL schema with pgloader and review the types.
2. Load a copy of the data into PostgreSQL. This depends on step 1.
3. Port the queries of the shop. Can run in parallel with step 2.
4. Replay a day of traffic against the copy, once steps 2 and 3 are complete.
5. Switch the shop over at night (requires step 4 and approval by legal).

In short: copy, port, rehearse, switch.`,
  ),
  good(
    "groups bullets under phases",
    `## Phase 1: Preparation
- **1.1** Inventory of all MySQL queries
- **1.2** Target PostgreSQL schema (needs 1.1)

## Phase 2: Migration
- **2.1** Backfill the history – depends on 1.2
- **2.2** Dual writes – depends on 1.2
- **2.3** Compare both stores – depends on: 2.1, 2.2

## Phase 3: Switch
- **3.1** Reads go to PostgreSQL, after Phase 2
- **3.2** MySQL is shut down; prerequisites: 3.1 and Phase 2`,
  ),
  good(
    "puts the same plan into a table and a diagram",
    `| ID | Task | Depends on | Duration |
|---|---|---|---|
| T1 | Convert the schema to PostgreSQL | None | 2 days |
| T2 | Load the MySQL data | T1 | 3 days |
| T3 | Port the queries | T1 | 1 week |
| T4 | Rehearse the switch | T2, T3 | 2 days |
| T5 | Switch the shop | T4 | 1 day |

${fenced("mermaid", "graph LR\n  T1 --> T2\n  T1 --> T3\n  T2 & T3 --> T4 --> T5")}`,
  ),
  good(
    "is JSON with camel case and ids in words",
    JSON.stringify(
      {
        plan: {
          title: "MySQL to PostgreSQL",
          steps: [
            { id: "convert-schema", name: "Convert the schema", dependsOn: [] },
            { id: "load-data", name: "Load the shop's data", dependsOn: ["convert-schema"] },
            { id: "port-queries", name: "Port the queries", dependsOn: ["convert-schema"] },
            { id: "switch", name: "Switch the database", dependsOn: ["load-data", "port-queries"] },
          ],
        },
      },
      null,
      2,
    ),
  ),
  good(
    "is JSON with nodes and edges",
    fenced(
      "json",
      `{"nodes":[{"id":"A","label":"Convert the MySQL schema"},{"id":"B","label":"Load the data of the shop"},{"id":"C","label":"Switch to PostgreSQL"}],
"edges":[{"from":"A","to":"B"},{"from":"B","to":"C"}]}`,
    ),
  ),
  good(
    "is YAML",
    fenced(
      "yaml",
      `plan:
  phases:
    - name: Prepare
      tasks:
        - id: P1
          title: Convert the MySQL schema
          depends_on: []
        - id: P2
          title: "Port the queries: shop and reports"
          depends_on: [P1]
    - name: Move
      tasks:
        - id: M1
          title: Load the database into PostgreSQL
          depends_on:
            - P1
        - id: M2
          title: Switch over
          depends_on: [P2, M1]  # after both`,
    ),
  ),
  good(
    "is a diagram with texts and a way back",
    `${fenced(
      "mermaid",
      `flowchart TD
  A["Convert schema (MySQL → PostgreSQL)"] --> B[Load the data]
  A -.-> C[Port the queries]
  B ==> D{Counts match?}
  C --> D
  D -->|no| B
  D -->|yes| E[Switch the shop]
  style E fill:#9f9`,
    )}
Each arrow is a dependency.`,
  ),
  good(
    "is a Gantt chart with a text",
    `The database moves in four tasks; the chart shows the dependencies.

${fenced(
  "mermaid",
  `gantt
  title MySQL to PostgreSQL
  dateFormat YYYY-MM-DD
  section Prepare
  Convert the schema :a1, 2026-01-05, 5d
  Port the queries   :crit, a2, after a1, 10d
  section Move
  Load the data      :b1, after a1, 3d
  Switch the shop    :milestone, b2, after a2 b1, 1d`,
)}`,
  ),
  good(
    "names dependencies by title",
    `### Convert the schema
Depends on: nothing

### Load the data
Depends on: Convert the schema

### Port the queries
Depends on: Convert the schema

### Switch the shop to PostgreSQL
Depends on: Load the data, Port the queries`,
  ),
  good(
    "has boxes to tick under phases in bold",
    `**Phase 1: Prepare**

- [ ] Convert the MySQL schema to PostgreSQL
- [ ] Port the queries of the shop

**Phase 2: Move** (depends on Phase 1)

- [ ] Load the data
- [ ] Switch over`,
  ),
  good(
    "numbers anew in each phase and refers across",
    `## Phase 1: Prepare
### Step 1: Convert the schema
From MySQL to PostgreSQL.
### Step 2: Port the queries
Depends on: Step 1

## Phase 2: Move
### Step 1: Load the data
Depends on: Phase 1, Step 1
### Step 2: Switch the shop
Depends on: Step 1, Phase 1 Step 2`,
  ),
  good(
    "mentions steps of other things",
    `1. **Read up.** Follow step 9 of the vendor's runbook and RFC 2119; needs Node 20 and PostgreSQL 17.
2. **Convert the schema.** Dependencies: approval by legal, access to the MySQL host, version 2.1 of pgloader.
3. **Load the data.** Depends on step 2 and on the maintenance window of 2026-03-01.
4. **Switch.** Depends on step 3. If step 4 fails, return to step 2. Keep MySQL until after step 5 of the company's archive process.`,
  ),
  good(
    "nests numbered steps in numbered phases, with Windows line ends",
    `1. Phase 1: Prepare
   1. Convert the MySQL schema
   2. Port the queries (depends on 1.1)
2. Phase 2: Move
   1. Load the data into PostgreSQL (depends on 1.1)
   2. Switch the shop (depends on 2.1 and 1.2)
`.replaceAll("\n", "\r\n"),
  ),
  good(
    "is written in plain lines",
    `Step 1: Convert the MySQL schema
Step 2: Load the data (depends on Step 1)
Step 3: Port the queries (depends on Step 1)
Step 4: Switch to PostgreSQL (depends on Steps 2-3)`,
  ),
  good(
    "is German throughout",
    `## Schritt 1: Schema übertragen
Das Schema wird mit pgloader nach PostgreSQL übertragen.

## Schritt 2: Daten laden
Abhängigkeiten: Schritt 1

## Schritt 3: Umschalten
Abhängigkeiten: Schritt 1, Schritt 2`,
    "Plane den Umzug unserer Datenbank von MySQL nach PostgreSQL in genau 3 Schritten und nenne die Abhängigkeiten.",
  ),
  good(
    "names an order by arrows and letters",
    `A. Convert the MySQL schema
B. Load the data into PostgreSQL
C. Port the queries
D. Switch the shop

Dependencies: A → B → D, A → C → D`,
  ),
  good(
    "waits for all that came before",
    `1. Convert the MySQL schema
2. Load the data into PostgreSQL
3. Port the queries
4. Rehearse. Depends on all previous steps.
5. Switch. Depends on the previous step.`,
  ),
  good(
    "is terse",
    `1. Convert schema
2. Copy MySQL data (after 1)
3. Port queries
4. Test
5. Switch to PostgreSQL`,
  ),
  good(
    "has a full section for each step and tables around",
    `# Migration plan

## Overview

| Item | Value |
|---|---|
| From | MySQL 5.7 |
| To | PostgreSQL 16 |

## 1. Convert the schema
- Depends on: none
- Blocks: 2, 3

## 2. Load the data
- Depends on: 1
## 3. Port the queries
- Depends on: 1
## 4. Switch the shop
- Depends on: 2, 3

## Risks

1. Different collations
2. Locks that last too long

## Open questions

- Who signs off step 9 of the old runbook?`,
  ),
];
