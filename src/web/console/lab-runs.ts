import { computed, signal } from "@preact/signals";
import type { ParleyFault } from "../../protocol/codes.ts";
import type { LabOverview, LabResult } from "../../protocol/lab.ts";
import * as api from "./api.ts";
import { asFault } from "./request.ts";
import { type, typed } from "./typed.ts";

export const overview = signal<LabOverview | null>(null);
export const fault = signal<ParleyFault | null>(null);
export const result = signal<LabResult | null>(null);
export const running = signal(false);

/** What has been typed for a prompt, else the prompt as it is. */
export function textOf(name: string): string {
  return typed(place(name)) || livePrompt(name);
}

export function edit(name: string, text: string): void {
  type(place(name), text === livePrompt(name) ? "" : text);
}

export const isEdited = (name: string): boolean => typed(place(name)) !== "";
export const names = computed(() => overview.value?.prompts.map(({ name }) => name) ?? []);

export async function load(): Promise<void> {
  await guarded(async () => {
    overview.value = await api.lab();
  });
}

/** Plays one fixture, or all when null, by the live prompts and beside them with this one as it was edited. */
export async function run(prompt: string | null, fixture: string | null): Promise<void> {
  running.value = true;
  await guarded(async () => {
    result.value = await api.runLab({
      ...(fixture === null ? {} : { fixture }),
      ...(prompt !== null && isEdited(prompt) ? { prompt: { name: prompt, text: textOf(prompt) } } : {}),
    });
    overview.value = await api.lab();
  });
  running.value = false;
}

/** Gives whether the prompt is live now. */
export async function save(name: string): Promise<boolean> {
  const digest = overview.value?.prompts.find((prompt) => prompt.name === name)?.digest ?? "";
  return guarded(async () => {
    await api.putPrompt(name, textOf(name), digest);
    type(place(name), "");
    overview.value = await api.lab();
  });
}

async function guarded(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    fault.value = null;
    return true;
  } catch (error) {
    fault.value = asFault(error);
    return false;
  }
}

function livePrompt(name: string): string {
  return overview.value?.prompts.find((prompt) => prompt.name === name)?.text ?? "";
}

const place = (name: string) => `prompt ${name}`;
