/** What an element is made with. */
export interface Parts {
  readonly class?: string;
  /** Shown as it is, whatever is in it: never taken as HTML. */
  readonly text?: string;
  /** Shown under the mouse. */
  readonly title?: string;
  /** What assistive technology calls it. */
  readonly label?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: (event: MouseEvent) => void;
}

/** Makes an element. Children that are undefined are left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  parts: Parts = {},
  ...children: readonly (Node | undefined)[]
): HTMLElementTagNameMap[Tag] {
  const { class: className, text, title, label, attributes, onClick } = parts;
  const made = document.createElement(tag);
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  if (title !== undefined) made.title = title;
  if (label !== undefined) made.setAttribute("aria-label", label);
  for (const [name, value] of Object.entries(attributes ?? {})) made.setAttribute(name, value);
  // Who makes an element holds it: the listener goes with it.
  if (onClick !== undefined) made.addEventListener("click", (event) => onClick(event as MouseEvent));
  for (const child of children) if (child !== undefined) made.append(child);
  return made;
}

/** Makes a button, which submits nothing. */
export function button(parts: Parts, ...children: readonly (Node | undefined)[]): HTMLButtonElement {
  const made = element("button", parts, ...children);
  made.type = "button";
  return made;
}

/** Sets text where it is another one: what is read aloud or selected stays as it is otherwise. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Puts nodes into a parent in this order, and takes all others out. Those that are there in the right place aren't
 * touched, so that they keep focus, selection and scroll place.
 */
export function arrange(parent: Element, nodes: readonly Element[]): void {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
}

/**
 * Puts newly made nodes into a parent in place of what is there, and keeps of that what is the same: a link with the
 * focus or text that is selected stays so. Listeners aren't compared: nodes that look the same must do the same.
 */
export function renew(parent: Element, nodes: readonly Element[]): void {
  const old = [...parent.children];
  let from = 0;
  arrange(
    parent,
    nodes.map((node) => {
      const at = old.findIndex((child, index) => index >= from && child.isEqualNode(node));
      if (at < 0) return node;
      from = at + 1;
      return old[at] as Element;
    }),
  );
}
