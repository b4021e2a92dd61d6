export const HEADINGS = `# Migration plan

We move the billing service in five steps.

## Step 1: Create the target schema

Write the migrations and review them with the team.

- **Depends on:** none
- **Verify:** \`pg_dump --schema-only\` matches the review.

## Step 2: Backfill the history

Copy invoices in batches of 10,000.

- **Depends on:** Step 1
- **Verify:** row counts match per month.

## Step 3: Write to both databases

Behind a flag, for one week.

- **Depends on:** Step 1
- **Verify:** the nightly comparison finds no difference.

## Step 4: Read from PostgreSQL

- **Depends on:** Step 2, Step 3
- **Verify:** error rate and p95 stay flat for two days.

## Step 5: Remove the old database

- **Depends on:** Step 4
- **Verify:** no connection for seven days.

## Summary

| Risk | Mitigation |
|---|---|
| Drift | nightly comparison |
`;

export const LIST = `Here is how I would do it:

1. **Inventory** – list every query that billing runs today.
2. **Schema** – write the PostgreSQL schema and review it.
3. **Backfill** – copy the history in batches:
   - invoices first
   - then payments
4. **Dual write** – write to both for a week.
5. **Switch reads** – per tenant, behind a flag.
6. **Clean up** – drop the old tables after a month.

Let me know if you want dates.`;

export const BROKEN_LIST = `1. Create the schema in a new database.
\`\`\`sql
create table invoices (id bigint primary key);
\`\`\`
1. Copy the rows with the batch job.
\`\`\`sh
./copy --batch 1000
\`\`\`
1. Switch the service over.`;

export const BOLD = `**Step 1: Freeze the schema**
No more migrations on the old side.

**Step 2: Copy the data**
Depends on step 1. Run the batch job over night.

**Step 3: Compare**
Runs in parallel; compare counts and sums.

**Step 4: Switch**
After steps 2 and 3, flip the flag.`;

export const TABLE = `| ID | Task | Depends on | Owner |
|----|------|------------|-------|
| T1 | Copy the schema | – | Ada |
| T2 | Backfill the invoices | T1 | Bob |
| T3 | Dual write from the API | T1 | Ada |
| T4 | Compare the two stores | T2–T3 | Cleo |
| T5 | Switch reads over | T3, T4 | Bob |`;

export const PHASES = `## Phase 1: Prepare

Two weeks.

1. List the queries of the service.
2. Write the schema. Depends on: 1
3. Review it with the team (after step 2).

## Phase 2: Move

Depends on: Phase 1

1. Backfill the invoices.
2. Write to both databases.
3. Compare the stores nightly.
4. Switch the reads over.`;

export const DOTTED = `# Roadmap

## 1. Foundation

### 1.1 Create the schema
Write the migrations.

### 1.2 Set up the replica
Depends on 1.1.

## 2. Move

### 2.1 Backfill the data
Dependencies: 1.2 (replica), PostgreSQL 16

### 2.2 Switch over
Do it on a Sunday morning.`;

export const SECTIONS = `### Backend

1. Write the schema for invoices.
2. Depends on step 1: write the repository layer.
3. Expose the new endpoints.

### Frontend

1. Build the invoice page (mock data).
2. After step 1, call the endpoints.`;

export const IDS = `- **T1**: Write the schema for invoices
- **T2**: Backfill the data (depends on T1)
- **T3**: Dual write from the API (depends on: T1)
- **T4**: Switch reads (depends on T2 and T3; uses S3 for backups)`;

export const JSON_PLAN = JSON.stringify({
  goal: "Move billing",
  steps: [
    { id: "schema", title: "Create the target schema", depends_on: [] },
    { id: "copy", title: "Copy all of the data", depends_on: ["schema"] },
    { id: "deploy", title: "Deploy the new service", depends_on: ["schema", "copy"], verify: "smoke tests" },
  ],
});

export const JSON_PHASES = JSON.stringify({
  phases: [
    { name: "Prepare", tasks: ["List all queries we run", "Write the schema down"] },
    {
      name: "Move",
      tasks: [
        { id: 1, name: "Backfill the data in batches" },
        { id: 2, name: "Switch the reads over", dependsOn: [1] },
      ],
    },
  ],
});

export const DOCUMENT = `# Billing to PostgreSQL

## 1. Overview

We move one service.

## 2. Implementation steps

1. Create the schema in the new cluster.
2. Backfill the data in batches.
3. Dual write for one week.
4. Switch the reads over.

## 3. Risks

1. Drift between the stores
2. Long locks`;

export const EXTERNAL = `## Step 1: Set up the cluster
Dependencies: PostgreSQL 16, Node.js 20, an S3 bucket

## Step 2: Copy the data
Prerequisites: access to the old database

## Step 3: Switch over
Requires: 2 reviewers and a maintenance window`;

export const SAME_NAMES = `## Phase 1: API
### Step 1: Write the tests first
### Step 2: Implement the endpoint
## Phase 2: UI
### Step 1: Write the tests first for pages
### Step 2: Implement the page`;

export const CIRCLE = `## Phase 1: Prepare
- **T1**: Write the schema (depends on T6)
- **T2**: Set up the cluster
## Phase 2: Copy
- **T3**: Backfill the data (depends on T1)
- **T4**: Compare the stores (depends on T3)
## Phase 3: Switch
- **T5**: Switch reads (depends on T4)
- **T6**: Freeze the writers (depends on T3)`;

export const PHASE_CIRCLE = `## Phase 1: Prepare

1. Write the schema for all invoices.
2. Test it against production data. Depends on: Phase 2

## Phase 2: Copy

Depends on: Phase 1

1. Backfill the data in batches.
2. Compare the stores nightly.`;
