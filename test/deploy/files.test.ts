import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { parseConfig } from "../../src/config/parse.ts";

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly stop_grace_period?: string;
  readonly volumes?: readonly string[];
}

const compose = parse(read("deploy/compose.yaml"), { merge: true }) as {
  readonly services: Readonly<Record<string, ComposeService>>;
};
/** As `docker compose` fills it in. */
const FILLED = { SIGNALBOX_CONFIG: "", ANTHROPIC_API_KEY: "key" };
const filled = (text: string): string => text.replaceAll(/\$\{\w+(?::[?-][^}]*)?\}/g, "secret");

describe("deploy/", () => {
  test("the instances of compose.yaml start with an environment and a config that Signalbox takes", () => {
    const config = read("deploy/config.json");
    for (const name of ["signalbox-1", "signalbox-2"]) {
      const { environment = {} } = compose.services[name] ?? {};
      const env = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, filled(value)]));
      const parsed = parseConfig(config, { ...env, ...FILLED });
      expect(parsed).toMatchObject({
        ok: true,
        config: {
          dbPath: expect.stringMatching(/^postgres:\/\/signalbox_app:/),
          dbListen: expect.any(String) as string,
        },
      });
      expect(parsed.ok && parsed.config.http.token).toBe("secret");
      expect(parsed.ok && parsed.config.http.allowedHosts).toContain(name);
    }
  });

  test("an instance gets more time to stop than its calls", () => {
    const parsed = parseConfig(read("deploy/config.json"), {});
    const { drainMs, drainNoticeMs } = parsed.ok ? parsed.config.http : { drainMs: 0, drainNoticeMs: 0 };
    const seconds = Number.parseInt(compose.services["signalbox-1"]?.stop_grace_period ?? "", 10);
    expect(seconds * 1000).toBeGreaterThan(drainMs + drainNoticeMs + 5000);
  });

  test("what is started has a health check, and the balancer knows every instance", () => {
    const { services } = compose;
    for (const name of ["postgres", "signalbox-1", "signalbox-2"]) expect(services[name]?.healthcheck).toBeDefined();
    const caddyfile = read("deploy/Caddyfile");
    const upstreams = [...caddyfile.matchAll(/reverse_proxy (.+) \{/g)].map(([, names]) => names);
    expect(upstreams).toEqual(Array(2).fill("signalbox-1:8787 signalbox-2:8787"));
    expect(caddyfile).toContain("health_uri /ready");
    for (const volume of Object.values(services).flatMap((service) => service.volumes ?? [])) {
      const [path = ""] = volume.split(":");
      if (path.startsWith("./")) expect(read(`deploy/${path.slice(2)}`)).not.toBe("");
    }
  });

  test("every variable that compose.yaml needs stands in env.example", () => {
    const needed = [...read("deploy/compose.yaml").matchAll(/\$\{(\w+):\?\}/g)].map(([, name]) => name ?? "");
    const given = [...read("deploy/env.example").matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect(given).toEqual(expect.arrayContaining([...new Set(needed)]));
  });

  test("the manifests of docs/kubernetes.md are YAML, with probes at /ready and /health and no secret in them", () => {
    const page = read("docs/kubernetes.md");
    const manifests = [...page.matchAll(/```yaml\n([^]*?)```/g)].flatMap(([, text]) =>
      parseAllDocuments(text ?? "").map((document) => {
        expect(document.errors).toEqual([]);
        return document.toJS() as { readonly kind: string; readonly spec?: Readonly<Record<string, unknown>> };
      }),
    );
    expect(manifests.map(({ kind }) => kind).sort()).toEqual([
      "ConfigMap",
      "Deployment",
      "Job",
      "PodDisruptionBudget",
      "Service",
    ]);
    const deployment = JSON.stringify(manifests.find(({ kind }) => kind === "Deployment"));
    expect(deployment).toContain('"readinessProbe":{"httpGet":{"path":"/ready","port":8787}');
    expect(deployment).toContain('"livenessProbe":{"httpGet":{"path":"/health","port":8787}');
    const config = manifests.find(({ kind }) => kind === "ConfigMap") as unknown as { data: Record<string, string> };
    expect(parseConfig(config.data["config.json"] ?? "", {})).toMatchObject({ ok: true });
  });
});
