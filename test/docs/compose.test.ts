import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadConfig } from "../../src/app/config.ts";

interface Service {
  readonly image: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>> | readonly string[];
  readonly healthcheck?: object;
  readonly configs?: readonly { source: string }[];
}

const ROOT = resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(resolve(ROOT, file), "utf8");
const compose = parse(read("compose.yaml"), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
  configs: Record<string, { content: string }>;
};
const services = Object.entries(compose.services);

describe("compose.yaml", () => {
  it("sets what a gateway knows, with values it takes", async () => {
    for (const name of ["gateway-1", "gateway-2"]) {
      const { environment = {} } = compose.services[name] ?? {};
      const set = Object.entries(environment).map(([of, value]) => [of, withDefaults(value)]);
      expect(await loadConfig(Object.fromEntries(set) as Record<string, string>)).toMatchObject({
        store: "postgres://parley:parley@postgres:5432/parley",
        bus: "nats://nats:4222",
        home: "/data",
        tracing: null,
      });
    }
  });

  it("opens ports to its own machine alone, and no two at one place", () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith("127.0.0.1:"))).toEqual([]);
    expect(new Set(ports.map((port) => port.split(":")[1])).size).toBe(ports.length);
  });

  it("mounts what there is, names what it declares, and waits for what can say that it is well", () => {
    for (const [name, { image, volumes = [], configs = [], depends_on = {} }] of services) {
      expect(image, name).toMatch(name.startsWith("gateway") ? /^parley-gateway$/ : /:v?\d/);
      for (const volume of volumes) {
        const [from = ""] = volume.split(":");
        if (from.startsWith(".")) expect(existsSync(resolve(ROOT, from)), volume).toBe(true);
        else expect(Object.keys(compose.volumes), volume).toContain(from);
      }
      for (const { source } of configs) expect(parse(compose.configs[source]?.content ?? "")).toBeTruthy();
      const needed = Array.isArray(depends_on) ? depends_on : Object.keys(depends_on);
      for (const other of needed) expect(compose.services[other], other).toBeDefined();
      for (const [other, { condition }] of Array.isArray(depends_on) ? [] : Object.entries(depends_on))
        if (condition === "service_healthy")
          expect(compose.services[other]?.healthcheck, other).toBeDefined();
    }
  });

  it("is scraped by the Prometheus beside it under the names its gateways have", () => {
    const { scrape_configs } = parse(read("docs/operations/prometheus.yaml")) as {
      scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
    };
    const [job] = scrape_configs;
    expect(job?.job_name).toBe("parley");
    const gateways = services.map(([name]) => name).filter((name) => name.startsWith("gateway"));
    expect(job?.static_configs[0]?.targets).toEqual(gateways.map((name) => `${name}:8787`));
  });
});

describe("the image", () => {
  it("carries every folder that a packed gateway reads", () => {
    const copied = [...read("Dockerfile").matchAll(/^COPY (\S+) \.\/\1$/gm)].map(([, from]) => from);
    const { files } = JSON.parse(read("package.json")) as { files: string[] };
    expect(files).toEqual(expect.arrayContaining(copied.filter((name) => name !== "src")));
    expect(copied).toEqual(expect.arrayContaining(["src", "fixtures/vendors", "prompts"]));
  });
});

/** What Compose makes of `${NAME:-value}` where nothing is set. */
function withDefaults(value: string): string {
  return value.replace(/\$\{\w+:-([^}]*)\}/g, "$1");
}
