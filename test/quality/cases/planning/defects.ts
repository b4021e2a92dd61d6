import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";

const MOBILE = "Plan the launch of our mobile app, with dependencies between the tasks.";

const bad = (name: string, answer: string, by = "plan_structure", prompt = MOBILE): AnswerCase => ({
  name,
  task: "planning",
  prompt,
  answer,
  expect: "failed",
  by,
});

const SITE = "Plan a small website launch. Give the dependencies of each task.";
const lettered = (...needs: readonly string[]): string =>
  ["Buy the domain for the website", "Write the website content", "Build the website pages", "Launch the website"]
    .map(
      (title, at) =>
        `**Task ${"ABCD".charAt(at)} – ${title}**\n- Owner: Anna\n- Dependencies: ${["none", ...needs][at] ?? ""}`,
    )
    .join("\n\n");

/** Plans that nobody could carry out. */
export const DEFECTS: readonly AnswerCase[] = [
  bad(
    "runs in a circle across sections",
    `## Phase 1: Build
1. **T1** Build the app – depends on T5
2. **T2** Write the store texts – depends on T1
## Phase 2: Test
1. **T3** Test the app – depends on T2
2. **T4** Fix what testers find – depends on T3
## Phase 3: Launch
1. **T5** Submit to the stores – depends on T4`,
  ),
  bad(
    "runs in a circle in its diagram only",
    `1. Build the app
2. Test the app with dependencies mocked
3. Launch it

${fenced("mermaid", "graph TD\n  B[Build] --> T[Test]\n  T --> L[Launch]\n  L --> B")}`,
  ),
  bad(
    "is a diagram whose chain bites its tail",
    fenced(
      "mermaid",
      "flowchart LR\n A[Build the app] --> B[Test] & C[Write texts]\n B --> D[Launch]\n C ==> D\n D -- unlocks --> A",
    ),
  ),
  bad(
    "refers in JSON to a task that is not there",
    JSON.stringify({
      tasks: [
        { id: 1, title: "Build the app", depends_on: [] },
        { id: 2, title: "Test the app", depends_on: [1] },
        { id: 3, title: "Launch in the stores", depends_on: [2, 7] },
      ],
    }),
  ),
  bad(
    "runs in a circle in nodes and edges",
    `{"nodes":[{"id":"build","label":"Build the app"},{"id":"test","label":"Test it"},{"id":"launch","label":"Launch"}],"edges":[{"source":"build","target":"test"},{"source":"test","target":"launch"},{"source":"launch","target":"build"}]}`,
  ),
  bad(
    "runs in a circle in YAML",
    fenced(
      "yaml",
      "tasks:\n  - id: build\n    name: Build the app\n    depends_on: [launch]\n  - id: test\n    name: Test the app\n    depends_on: [build]\n  - id: launch\n    name: Launch\n    depends_on:\n      - test",
    ),
  ),
  bad(
    "waits for a step after the last",
    "1. Build the mobile app\n2. Test it (depends on step 1)\n3. Launch it (depends on steps 2 and 9)",
  ),
  bad(
    "has a task that waits for itself",
    "| # | Task | Prerequisites |\n|---|---|---|\n| 1 | Build the app | none |\n| 2 | Test the app | 2 |\n| 3 | Launch | 1, 2 |",
  ),
  bad(
    "has phases that wait for each other",
    `## Phase 1: Build (depends on Phase 3)
- Build the app for both stores
- Write the texts
## Phase 2: Test
Depends on: Phase 1
- Test on ten devices
- Fix what is found
## Phase 3: Launch
Depends on: Phase 2
- Submit to the stores
- Tell the customers`,
  ),
  bad(
    "has a phase that waits for a later step, which waits for the phase",
    `### Phase 1: Build
Prerequisite: step 2.1
- 1.1 Build the app
- 1.2 Sign the app
### Phase 2: Launch
- 2.1 Register with the stores (depends on Phase 1)
- 2.2 Launch the app (depends on 2.1)`,
  ),
  bad(
    "calls two tasks by one id in two phases",
    `## Phase 1: Build
- **T1**: Build the app
- **T2**: Test the app (depends on T1)
## Phase 2: Launch
- **T2**: Register with the stores
- **T3**: Launch (depends on T2)`,
  ),
  bad(
    "waits in a Gantt chart for what is not there",
    fenced(
      "mermaid",
      "gantt\n  section Launch\n  Build the app :a1, 2026-01-01, 10d\n  Test the app :a2, after a1, 5d\n  Launch :a3, after a9, 1d",
    ),
  ),
  bad(
    "draws a task that its table lacks",
    `| ID | Task | Depends on |\n|---|---|---|\n| T1 | Build the app | – |\n| T2 | Test the app | T1 |\n| T3 | Launch | T2 |\n\n${fenced("mermaid", "graph LR\n T1 --> T2\n T2 --> T3\n T8 --> T3")}`,
  ),
  bad(
    "closes a circle by titles",
    "### Build the app\nDepends on: Launch in the stores\n\n### Test the app\nDepends on: Build the app\n\n### Launch in the stores\nDepends on: Test the app",
  ),
  bad(
    "is an essay",
    "Launching a mobile app takes care. You should build it first, then test it with users, and think about the dependencies between teams before you go live. Good luck!",
  ),
  bad("asks back", "Before I can plan this: which platforms do you target, and when do you want to launch?"),
  bad("declines", "I'm sorry, but I can't help with planning this launch."),
  bad(
    "is cut off within its JSON",
    '{"tasks": [{"id": 1, "title": "Build the app", "depends_on": []}, {"id": 2, "title": "Test the',
  ),
  bad(
    "says the same step again and again",
    "1. Build the mobile app for both stores\n2. Test the app; depends on step 1\n3. Build the mobile app for both stores\n4. Launch it",
    "plan_steps_sound",
  ),
  bad(
    "leaves half of it to be written",
    "1. Build the app\n2. TBD\n3. ...\n4. Launch it; depends on step 1",
    "plan_steps_sound",
  ),
  bad(
    "tells in a sentence at the end what closes the circle",
    "- T1: Build the app\n- T2: Test the app (depends on T1)\n- T3: Launch (depends on T2)\n\nNote: T1 depends on T3, since the stores give us the keys.",
  ),
  bad(
    "has a circle of many steps",
    Array.from(
      { length: 30 },
      (_, at) => `${at + 1}. Do part ${at + 1} of the mobile app launch (depends on step ${at === 0 ? 30 : at})`,
    ).join("\n"),
  ),
  bad(
    "asks back in a numbered list",
    "To plan the launch well I need to know:\n\n1. Which stores do you target?\n2. Is the app ready?\n3. When do you want to launch?",
  ),
  bad(
    "runs in a circle through points within its steps",
    "1. Build\n   1.1 Build the app (requires 2.2)\n   1.2 Write the texts\n2. Launch\n   2.1 Register with the stores (after 1.1)\n   2.2 Submit the mobile app (after 2.1)",
  ),
  bad("runs in a circle of lettered tasks in bold", lettered("Task D", "Task B", "Task C"), "plan_structure", SITE),
  bad("refers to a lettered task that is not there", lettered("Task Z", "Task B", "Task C"), "plan_structure", SITE),
  bad(
    "runs in a circle of names in brackets",
    "1. Write content (depends on: Launch website)\n2. Build pages (depends on: Write content)\n3. Launch website (depends on: Build pages)",
    "plan_structure",
    SITE,
  ),
  bad(
    "runs in a circle of names in bold",
    "1. **Content** – write the website texts. Depends on: Launch.\n2. **Pages** – build them. Depends on: Content.\n3. **Launch** – go live. Depends on: Pages.",
    "plan_structure",
    SITE,
  ),
  bad(
    "stops a week short",
    "## Week 1\n- Freeze features of the app\n- Build\n\n## Week 2\n- Test the app\n- Beta\n\n## Week 3\n- Release to stores\n- Monitor",
    "plan_covers_request",
    "Plan the release of a mobile app in 4 weeks: give goals and activities for each week.",
  ),
  ...[
    "Crea un piano in esattamente 5 passi per pubblicare un sito web.",
    "Haz un plan en exactamente 5 pasos para publicar un sitio web.",
    "Fais un plan en exactement 5 étapes pour publier un site web.",
  ].map((prompt) =>
    bad(
      `has too few steps: ${prompt}`,
      "1. Scegliere il dominio del sito\n2. Scrivere i testi\n3. Costruire le pagine\n4. Pubblicare il sito",
      "plan_covers_request",
      prompt,
    ),
  ),
  bad(
    "restores a backup to test it and has no way back",
    "1. Take a snapshot of the Kubernetes cluster and restore it on a test cluster\n2. Upgrade the control plane to 1.28\n3. Upgrade the nodes without downtime",
    "plan_covers_request",
    "Write a plan to upgrade our Kubernetes cluster to 1.28 without downtime, including a rollback plan.",
  ),
];
