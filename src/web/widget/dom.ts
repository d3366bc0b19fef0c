/** A child, properties of the element, or nothing. Strings become text, never markup: whatever they say, they stay what they say. */
type Content<E> = Node | "" | string | false | 0 | null | undefined | Properties<E> | readonly Content<E>[];
/** Where the browser keeps a string, it makes one of what it is given. */
type Properties<E> = { readonly [Name in keyof E]?: Given<E[Name]> | undefined };
type Given<V> = V | (string extends V ? boolean | number : never);

/**
 * An element with its classes, which are its parts for the host page's styles too (`h("small.note", "text")`), then its properties and
 * children in any order.
 */
export function h<T extends keyof HTMLElementTagNameMap>(
  spec: T | `${T}.${string}`,
  ...content: Content<HTMLElementTagNameMap[T]>[]
): HTMLElementTagNameMap[T] {
  const [tag, className = ""] = spec.split(".");
  const element = Object.assign(document.createElement(tag as T), { className, part: className });
  for (const one of content.flat(3) as (Node | string | Properties<HTMLElement> | undefined)[])
    if (one?.constructor === Object) set(element, one as Properties<HTMLElement>);
    else if (one) element.append(one as Node | string);
  return element;
}

/** Sets properties of an element. */
export function set<E extends HTMLElement>(element: E, properties: Properties<E>): void {
  Object.assign(element, properties);
}

/** A button that does something and submits nothing. */
export function button(
  label: string,
  onclick: () => void,
  classes = "button",
  properties: Properties<HTMLButtonElement> = {},
): HTMLButtonElement {
  return h(`button.${classes}`, { type: "button", onclick }, properties, label);
}

/** A button whose sign is for the eye; its name is read. */
export function iconButton(
  sign: string,
  label: string,
  onclick: () => void,
  classes: string,
  properties: Properties<HTMLButtonElement> = {},
): HTMLButtonElement {
  return button(sign, onclick, `icon ${classes}`, { ariaLabel: label, title: label, ...properties });
}

/** Written only when it is another text: what is announced is announced once. Hidden when empty. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}

/** An address that may be loaded; empty for anything that could be a script or a file. */
export function webAddress(value: unknown): string {
  const href = typeof value === "string" ? URL.parse(value, location.href)?.href : "";
  return href && /^https?:/.test(href) ? href : "";
}
