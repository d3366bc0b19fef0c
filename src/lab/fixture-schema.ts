import { z } from "zod";
import { Fixture } from "./fixture.ts";

/**
 * JSON Schema of a fixture for editors, made from the schema that fixtures are read with. An editor with the YAML
 * language server finds it by a first line `# yaml-language-server: $schema=../dialogue.schema.json`.
 */
export function fixtureSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(Fixture, { io: "input" });
  return { $schema, title: "A conversation as a fixture", ...rest };
}
