import { ParleyChat } from "./element.ts";

export type { ParleyEvents } from "./events.ts";
export { ParleyChat };

if (!customElements.get("parley-chat")) customElements.define("parley-chat", ParleyChat);
