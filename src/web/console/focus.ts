/** Where somebody works by keyboard: the element, and what it stood in, nearest first. */
let place: readonly HTMLElement[] = [];

/**
 * What had the focus may vanish or be switched off by what it did: then the nearest thing around it that is left has it, and
 * what was only switched off for a while gets it back. Without this a keyboard begins again at the top of the page.
 */
export function keepFocus(): void {
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement && target !== place[0] && !stoodIn(target)) place = around(target);
  });
  // Whoever points somewhere else has left it.
  document.addEventListener("pointerdown", () => {
    place = [];
  });
  new MutationObserver(mend).observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ["disabled"],
  });
}

let standIn: HTMLElement | null = null;

function stoodIn(target: HTMLElement): boolean {
  const same = target === standIn;
  if (!same) standIn = null;
  return same;
}

function mend(): void {
  const { activeElement } = document;
  const lost = activeElement === null || activeElement === document.body || !usable(activeElement);
  if (!lost && activeElement !== standIn) return;
  const next = place.find((one) => usable(one));
  if (!next || next === activeElement) return;
  standIn = next === place[0] ? null : next;
  next.focus({ preventScroll: true });
}

function usable(one: Element): boolean {
  return one.isConnected && !one.matches(":disabled");
}

function around(target: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let one: HTMLElement | null = target; one; one = one.parentElement)
    if (one === target || one.hasAttribute("tabindex")) found.push(one);
  return found;
}
