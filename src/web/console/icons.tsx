/** Strokes on a grid of 16; decoration always: words beside them, or a label around them, say what they mean. */
const STROKES = {
  inbox: "M2 9.5 4 3h8l2 6.5V13H2V9.5Zm0 0h3.5l1 2h3l1-2H14",
  approvals: "m5.5 8 2 2 3.5-4M8 1.8l5.5 2v4c0 3.4-2.3 5.6-5.5 6.6-3.2-1-5.5-3.2-5.5-6.6v-4L8 1.8Z",
  gaps: "M6.2 6.2c.1-1.1.8-1.7 1.8-1.7s1.8.7 1.8 1.6c0 1.4-1.8 1.5-1.8 2.9M8 11.3v.2M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4Z",
  insights: "M2.5 13.5h11M4.5 11V8M8 11V3.5M11.5 11V6",
  limits: "M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M8.5 3v3M7.5 10v3",
  lab: "M6 2h4M6.8 2v4.2L3 12.6c-.5.9 0 1.6.9 1.6h8.2c.9 0 1.4-.7.9-1.6L9.2 6.2V2M5 10h6",
  person: "M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8Zm-5 5.5c.5-2.5 2.4-3.7 5-3.7s4.5 1.2 5 3.7",
  machine: "M3.5 5.5h9v7h-9v-7ZM8 5.5V3M6 8.5v1M10 8.5v1M6.5 2.5h3M1.5 8v2M14.5 8v2",
  help: "M2.5 4h11v8h-11V4ZM5 7h.1M8 7h.1M11 7h.1M5.5 9.7h5",
  out: "M9.5 3H3.5v10h6M7 8h7M11.5 5.5 14 8l-2.5 2.5",
  close: "m4 4 8 8M12 4l-8 8",
  back: "M9.5 3.5 5 8l4.5 4.5",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm3.3-1.2 3.2 3.2",
} as const;

export function Icon({ name }: { name: keyof typeof STROKES }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={STROKES[name]} />
    </svg>
  );
}
