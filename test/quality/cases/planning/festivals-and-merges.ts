import type { AnswerCase } from "../case.ts";

const F = "```";
const FEST =
  "Organise a street food festival: two days, 20 stalls, budget under £8,000. Must include permits, waste management, first aid and power supply. Output: numbered steps with 'Depends on:' lines.";
const MOBILE =
  "Create a project plan as a markdown table (Task ID | Task | Dependencies | Estimate) for adding offline mode to our mobile app. Between 6 and 9 tasks.";
const LLM =
  "Write a research plan comparing three open LLMs on legal summarisation. State hypotheses, dataset, metrics, timeline of 6 weeks. No human subjects.";
const MERGE =
  "We're merging two GitHub orgs. Write an ordered runbook. Backups come before any transfer, and CI secrets must be rotated after the transfer.";
const YAML_ASK =
  "Give me a release pipeline plan in YAML with fields id, name, needs. Include build, unit tests, e2e tests, staging deploy, production deploy.";
const c = (name: string, expect: AnswerCase["expect"], prompt: string, answer: string): AnswerCase => ({
  name,
  task: "planning",
  prompt,
  answer,
  expect,
});

/** Plans for a festival, an offline mode, a comparison, a merge and a pipeline. */
export const FESTIVALS_AND_MERGES: readonly AnswerCase[] = [
  c(
    "organises the festival in numbered steps",
    "verified",
    FEST,
    `1. **Apply for permits** – street closure, food hygiene, noise (council, 12 weeks ahead). £900.
   Depends on: none
2. **Recruit 20 stalls** – call, selection, pitch fee.
   Depends on: 1
3. **Site plan** – pitches, fire lanes, seating.
   Depends on: 1, 2
4. **Power supply** – two 100 kVA generators, distribution boards, electrician. £2,400.
   Depends on: 3
5. **Waste management** – bins, compostable tableware, night collection. £1,100.
   Depends on: 3
6. **First aid** – St John Ambulance both days. £600.
   Depends on: 3
7. **Insurance and risk assessment** – £700.
   Depends on: 3, 4, 6
8. **Promotion** – posters, social media. £800.
   Depends on: 2
9. **Set-up on Friday** – marking, power, tables.
   Depends on: 4, 5, 7
10. **Run the festival for two days** – duty manager, radios. £500.
   Depends on: 8, 9
11. **Take-down and review** – Depends on: 10

Total: £7,000, which leaves £1,000 of the budget as a reserve.`,
  ),
  c(
    "forgets first aid and power at the festival",
    "failed",
    FEST,
    `1. **Apply for permits** – street closure.
   Depends on: none
2. **Recruit 20 stalls** for the street food festival.
   Depends on: 1
3. **Waste management** – bins.
   Depends on: 2
4. **Run it for two days**.
   Depends on: 3

Total: £4,000.`,
  ),
  c(
    "depends at the festival on a step that is named but not there",
    "failed",
    FEST,
    `1. **Permits** – street closure.
   Depends on: none
2. **Stalls** – recruit 20 for the street food festival.
   Depends on: Permits
3. **Power supply** – generators.
   Depends on: Stalls
4. **Waste management** – bins.
   Depends on: Stalls
5. **First aid** – two medics.
   Depends on: Permits
6. **Run the festival** for two days.
   Depends on: Power supply, Waste management, First aid, Stage construction

Total: £6,500.`,
  ),
  c(
    "lets two festival steps wait for each other",
    "failed",
    FEST,
    `1. **Apply for permits** – street closure.
   Depends on: 3
2. **Recruit 20 stalls** for the street food festival.
   Depends on: 1
3. **Site plan with power supply, first aid and waste management**.
   Depends on: 2
4. **Run it for two days**.
   Depends on: 3

Total: £6,000.`,
  ),
  c(
    "plans offline mode as a table",
    "verified",
    MOBILE,
    `| Task ID | Task | Dependencies | Estimate |
|---|---|---|---|
| OFF-1 | Choose local database and sync strategy | – | 3d |
| OFF-2 | Local schema and migrations | OFF-1 | 4d |
| OFF-3 | Read from local store first | OFF-2 | 5d |
| OFF-4 | Write queue with retry and back-off | OFF-2 | 6d |
| OFF-5 | Conflict resolution (last write wins, merge for notes) | OFF-4 | 5d |
| OFF-6 | Offline indicator and pending state in the UI | OFF-3 | 3d |
| OFF-7 | Tests with network simulation | OFF-3, OFF-4, OFF-5 | 4d |
| OFF-8 | Staged roll-out behind a flag | OFF-6, OFF-7 | 2d |`,
  ),
  c(
    "gives offline mode four tasks and one of them a strange dependency",
    "failed",
    MOBILE,
    `| Task ID | Task | Dependencies | Estimate |
|---|---|---|---|
| OFF-1 | Choose local database for the mobile app | – | 3d |
| OFF-2 | Local schema | OFF-1 | 4d |
| OFF-3 | Offline write queue | OFF-7 | 6d |
| OFF-4 | Tests | OFF-3 | 4d |`,
  ),
  c(
    "plans the comparison of models in six weeks",
    "verified",
    LLM,
    `# Comparing open LLMs on legal summarisation

**Hypotheses**
- H1: the largest model has the highest factual consistency.
- H2: domain prompts reduce omissions for all three.

**Dataset:** 300 public court decisions (CC0), 100 each from three courts; reference summaries are the official headnotes.

**Metrics:** ROUGE-L, BERTScore, a QA-based consistency score; bootstrap confidence intervals. No human subjects are involved, so no ethics vote is needed.

| Week | Work | Output |
|---|---|---|
| 1 | Collect and clean the decisions | dataset v1 |
| 2 | Set up Llama, Mistral and Qwen with fixed seeds | inference scripts |
| 3 | Generate summaries | 900 summaries |
| 4 | Compute metrics | result table |
| 5 | Error analysis, significance tests | figures |
| 6 | Write the report | preprint |`,
  ),
  c(
    "recruits human subjects for the comparison of models",
    "failed",
    LLM,
    `1. Week 1: hypotheses and dataset of court decisions.
2. Week 2: set up three open LLMs.
3. Weeks 3–4: recruit 40 human subjects to rate the legal summarisation.
4. Week 5: metrics.
5. Week 6: report.`,
  ),
  c(
    "merges the organisations in the wanted order",
    "verified",
    MERGE,
    `## Runbook

1. **Announce a freeze** of both organisations for Saturday.
2. **Backups**: mirror-clone every repository, export issues, packages and settings. Check with \`git fsck\`.
3. **Map teams and permissions** from the old to the new organisation.
4. **Transfer repositories** in batches of 20 with the API; redirects stay.
5. **Recreate teams, webhooks and branch protection.**
6. **Rotate all CI secrets** and deploy keys, since the old ones were readable in the old organisation.
7. **Smoke-test** CI of each repository.
8. **Archive the old organisation**; keep its name reserved.`,
  ),
  c(
    "rotates the secrets before the transfer",
    "failed",
    MERGE,
    `1. Announce a freeze of both GitHub organisations.
2. Take backups of every repository.
3. Rotate CI secrets.
4. Transfer repositories with the API.
5. Recreate teams.
6. Archive the old organisation.`,
  ),
  c(
    "writes the pipeline in YAML",
    "verified",
    YAML_ASK,
    `${F}yaml
pipeline:
  - id: build
    name: Build the artefacts
    needs: []
  - id: unit
    name: Unit tests
    needs: [build]
  - id: staging
    name: Staging deploy
    needs: [unit]
  - id: e2e
    name: E2E tests against staging
    needs: [staging]
  - id: production
    name: Production deploy
    needs: [e2e]
${F}`,
  ),
  c(
    "lets the pipeline's build need the production deploy",
    "failed",
    YAML_ASK,
    `${F}yaml
pipeline:
  - id: build
    name: Build
    needs: [production]
  - id: unit
    name: Unit tests
    needs: [build]
  - id: e2e
    name: E2E tests
    needs: [unit]
  - id: staging
    name: Staging deploy
    needs: [e2e]
  - id: production
    name: Production deploy
    needs: [staging]
${F}`,
  ),
];
