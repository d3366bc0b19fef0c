/** A child, properties of the element, or nothing. Strings become text, never markup: whatever they say, they stay what they say. */
type Content<E> = Node | string | false | 0 | null | undefined | Properties<E> | readonly Content<E>[];
type Properties<E> = { readonly [Name in keyof E]?: E[Name] | undefined };

/**
 * An element with its classes, which are its parts for the host page's styles too (`h("small.note", "text")`), then its properties and
 * children in any order.
 */
export function h<T extends keyof HTMLElementTagNameMap>(
  spec: T | `${T}.${string}`,
  ...content: Content<HTMLElementTagNameMap[T]>[]
): HTMLElementTagNameMap[T] {
  const [tag, classes] = spec.split(".");
  const element = document.createElement(tag as T);
  if (classes) Object.assign(element, { className: classes, part: classes });
  for (const one of content.flat(3))
    if (typeof one === "string" || one instanceof Node) element.append(one);
    else Object.assign(element, one);
  return element;
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

/** An address that may be loaded; null for anything that could be a script or a file. */
export function webAddress(value: unknown): string | null {
  const url = typeof value === "string" ? URL.parse(value, location.href) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}
