import type { AnswerCase } from "../case.ts";

const F = "```";
const SSO =
  "Plan the introduction of single sign-on (Okta) for 400 employees. Pilot with the IT department first, then everyone. Total budget: 30k USD. List risks as well.";
const GARDEN = "Make a plan with 3 milestones, each with 2 to 4 tasks, to build a community garden by May.";
const MIGR =
  "Give a DAG of tasks for migrating our REST API to GraphQL. Mermaid flowchart plus a short description of each node. The old API must stay available until the last client has moved.";
const TRIAL =
  "Write a study plan for a randomized trial on sleep and memory (60 participants). It must include preregistration, power analysis, blinding and data sharing. Randomisation must happen after consent.";
const RELEASE =
  "Checklist for releasing version 3.0 of our open source library. Include changelog, deprecation notice, and security review. Don't publish to npm before the security review.";
const RACI =
  "Plan a data center move over one weekend (Friday 18:00 to Monday 06:00). I need a RACI per step and dependencies.";
const FIT =
  "Create an 8-week plan to run my first 10K; I can only train on Tuesday, Thursday and Sunday. No gym equipment.";
const c = (name: string, expect: AnswerCase["expect"], prompt: string, answer: string): AnswerCase => ({
  name,
  task: "planning",
  prompt,
  answer,
  expect,
});

/** Plans for a sign-on, a garden, a trial, a release, a weekend and a run. */
export const PILOTS_AND_TRIALS: readonly AnswerCase[] = [
  c(
    "introduces single sign-on by phases with risks",
    "verified",
    SSO,
    `# Okta single sign-on for 400 employees

**Budget:** 30,000 USD (licences 21,600 · implementation partner 6,000 · contingency 2,400)

## Phase 1: Preparation (weeks 1–3)
1.1 Inventory applications and owners
1.2 Choose Okta edition, sign the contract – after 1.1
1.3 Connect Active Directory – after 1.2
1.4 Define MFA policy

## Phase 2: Pilot with the IT department (weeks 4–6)
2.1 Enrol 15 people from IT – after 1.3 and 1.4
2.2 Integrate five applications (mail, VPN, Jira, HR, wiki) – after 2.1
2.3 Collect feedback, fix problems – after 2.2

## Phase 3: Everyone (weeks 7–12)
3.1 Communicate dates, train the help desk – after 2.3
3.2 Enrol departments in four waves of about 95 people – after 3.1
3.3 Switch off passwords in integrated applications – after 3.2

## Risks
| Risk | Mitigation |
|---|---|
| Lock-out of staff | Break-glass accounts, help desk on Saturday |
| Applications without SAML | Password vaulting |
| Phishing of MFA codes | Push with number matching |`,
  ),
  c(
    "enrols everyone before the pilot with IT",
    "failed",
    SSO,
    `1. Choose Okta edition and sign the contract (21,600 USD).
2. Roll out to everyone: all 400 employees in four waves (after step 1).
3. Pilot with the IT department (after step 2).
4. Switch off passwords (after step 3).

Risks: lock-outs, applications without SAML. Budget 30k USD is kept.`,
  ),
  c(
    "asks for phase 4 in an SSO plan of three",
    "failed",
    SSO,
    `## Phase 1: Preparation
1.1 Inventory applications
1.2 Connect Active Directory to Okta – after 1.1

## Phase 2: Pilot with IT
2.1 Enrol 15 people from IT – after 1.2
2.2 Fix problems – after 2.1

## Phase 3: Everyone
3.1 Train the help desk – after 2.2
3.2 Enrol 400 employees – after 3.1 and 4.1

Risks: lock-out; budget 30k USD suffices.`,
  ),
  c(
    "builds a garden in three milestones",
    "verified",
    GARDEN,
    `### Milestone 1 – Ground and people (by February)
- Find a plot and sign a lease with the city
- Gather 20 members, elect two coordinators
- Test the soil for lead

### Milestone 2 – Beds and water (by April)
- Build 12 raised beds
- Install a rain barrel and a tap
- Fence and tool shed

### Milestone 3 – Planting day (by 10 May)
- Order seedlings and compost
- Hold the opening and planting day`,
  ),
  c(
    "builds a garden in two milestones",
    "failed",
    GARDEN,
    `### Milestone 1 – Ground and people (by February)
- Find a plot
- Gather members

### Milestone 2 – Planting in the community garden (by May)
- Build raised beds
- Plant`,
  ),
  c(
    "draws the move to GraphQL with subgraphs",
    "verified",
    MIGR,
    `${F}mermaid
flowchart TD
  subgraph Prepare
    A[Audit REST endpoints and clients]
    B[Design GraphQL schema]
    A --> B
  end
  subgraph Build
    C[Implement resolvers over existing services]
    D[Add auth, depth limits, persisted queries]
    B --> C
    C --> D
  end
  subgraph Migrate
    E[Publish client SDK and guide]
    G[Migrate web client]
    H[Migrate mobile client]
    I[Migrate partners]
    D --> E
    E --> G & H & I
  end
  J[Announce sunset]
  K[Switch REST off]
  G & H & I --> J --> K
${F}

- **A** – list every REST endpoint with its callers and traffic.
- **B** – one schema, naming rules, pagination, errors.
- **C** – resolvers call the same services as REST, which stays available.
- **D** – authorisation per field, limits against expensive queries.
- **E** – typed client and examples.
- **G, H, I** – move one client after the other, compare answers with REST.
- **J** – 90 days' notice once the last client has moved.
- **K** – only now the old API goes away.`,
  ),
  c(
    "lets an edge of the GraphQL diagram run back",
    "failed",
    MIGR,
    `${F}mermaid
flowchart TD
  A[Audit REST clients] --> B[Design GraphQL schema]
  B --> C[Resolvers]
  C --> D[Migrate clients]
  D --> E[Switch old API off]
  D --> B
${F}

- A: list all endpoints.
- B: schema.
- C: resolvers over services; REST stays available.
- D: one client after the other.
- E: after the last client.`,
  ),
  c(
    "plans the trial with all that it must include",
    "verified",
    TRIAL,
    `1. **Question and hypotheses.** Does 90 minutes of daytime sleep improve word-pair recall?
2. **Power analysis.** d = 0.75, α = .05, power .80 → 29 per group, 60 participants with drop-out.
3. **Ethics and preregistration.** Ethics vote; preregister hypotheses, exclusions and analysis on OSF before the first participant.
4. **Materials.** Word lists, sleep diary, EEG protocol.
5. **Recruitment and consent.** Written consent at the first visit.
6. **Randomisation** (after consent, step 5). Sealed computer-generated list, blocks of 4, kept by somebody outside the team.
7. **Blinding.** Testers and analysts do not know the group; groups are labelled A and B.
8. **Data collection.** 60 sessions over 10 weeks.
9. **Analysis** as preregistered; unblind afterwards.
10. **Data sharing.** Anonymised data and code on OSF, with a README.`,
  ),
  c(
    "leaves blinding and data sharing out of the trial",
    "failed",
    TRIAL,
    `1. Hypotheses about sleep and memory.
2. Power analysis: 60 participants.
3. Preregistration on OSF.
4. Recruitment and consent.
5. Randomisation (after step 4).
6. Sessions over 10 weeks.
7. Analysis.
8. Paper.`,
  ),
  c(
    "randomises the trial's participants before they consent",
    "failed",
    TRIAL,
    `1. Power analysis: 60 participants for the trial on sleep and memory.
2. Preregistration on OSF.
3. Randomisation of all participants by a computer-generated list.
4. Recruitment and consent.
5. Blinding of testers.
6. Sessions.
7. Analysis and data sharing.`,
  ),
  c(
    "publishes the release once it has been reviewed",
    "verified",
    RELEASE,
    `## Release 3.0

- [ ] Freeze the API, merge open breaking changes
- [ ] Write the changelog and migration guide
- [ ] Add the deprecation notice to 2.x (README and runtime warning)
- [ ] Security review: dependency audit, fuzzing of the parser, sign-off by a second maintainer
- [ ] Release candidate on a pre-release tag for two weeks
- [ ] Publish to npm with provenance (only after the security review is signed off)
- [ ] GitHub release, blog post, update the docs
- [ ] Watch issues for a week, patch release if needed`,
  ),
  c(
    "publishes the release and has it reviewed later",
    "failed",
    RELEASE,
    `1. Write the changelog.
2. Add the deprecation notice.
3. Publish to npm.
4. Security review.
5. Blog post about the open source library.`,
  ),
  c(
    "assigns roles for the weekend's move",
    "verified",
    RACI,
    `| Step | Task | R | A | C | I | Depends on | Window |
|---|---|---|---|---|---|---|---|
| 1 | Freeze changes, last backup | Ops | Head of IT | DBAs | All staff | – | Fri 18:00–20:00 |
| 2 | Shut down applications in order | Ops | Head of IT | App owners | Service desk | 1 | Fri 20:00–22:00 |
| 3 | Unmount, label, pack racks | Facilities | Head of IT | Vendor | – | 2 | Fri 22:00–Sat 06:00 |
| 4 | Transport in two trucks | Carrier | Facilities | Insurer | Head of IT | 3 | Sat 06:00–10:00 |
| 5 | Mount, cable, power on | Facilities | Head of IT | Vendor | – | 4 | Sat 10:00–22:00 |
| 6 | Network and storage checks | Network | Head of IT | Vendor | Ops | 5 | Sat 22:00–Sun 06:00 |
| 7 | Start databases, then applications | Ops | Head of IT | DBAs | App owners | 6 | Sun 06:00–14:00 |
| 8 | Acceptance tests, go/no-go | App owners | Head of IT | Ops | Management | 7 | Sun 14:00–20:00 |
| 9 | Reserve, hypercare | Ops | Head of IT | All | All staff | 8 | Sun 20:00–Mon 06:00 |`,
  ),
  c(
    "trains for the run on three days a week",
    "verified",
    FIT,
    `**Week 1** – Tue: 20 min easy (run 2 / walk 1). Thu: 20 min easy. Sun: 3 km.
**Week 2** – Tue: 25 min easy. Thu: 20 min with 4 strides. Sun: 4 km.
**Week 3** – Tue: 30 min easy. Thu: 6 × 1 min brisk. Sun: 5 km.
**Week 4** – Tue: 25 min easy. Thu: 20 min easy. Sun: 4 km (recovery week).
**Week 5** – Tue: 35 min easy. Thu: 5 × 2 min brisk. Sun: 6 km.
**Week 6** – Tue: 40 min easy. Thu: 20 min tempo. Sun: 7 km.
**Week 7** – Tue: 35 min easy. Thu: 4 × 3 min brisk. Sun: 8 km.
**Week 8** – Tue: 25 min easy. Thu: 15 min with strides. Sun: 10K race!

Bodyweight strength (squats, planks) after the Tuesday run, no equipment needed.`,
  ),
  c(
    "trains for the run in the gym",
    "failed",
    FIT,
    `**Week 1** – Tue: 20 min easy. Thu: use gym equipment: leg press and treadmill. Sun: 3 km.
**Week 2** – Tue: 25 min. Thu: leg press. Sun: 4 km.
**Week 3** – Tue: 30 min. Thu: leg press. Sun: 5 km.
**Week 4** – Tue: 25 min. Thu: leg press. Sun: 4 km.
**Week 5** – Tue: 35 min. Thu: leg press. Sun: 6 km.
**Week 6** – Tue: 40 min. Thu: leg press. Sun: 7 km.
**Week 7** – Tue: 35 min. Thu: leg press. Sun: 8 km.
**Week 8** – Tue: 25 min. Thu: rest. Sun: 10K race.`,
  ),
];
