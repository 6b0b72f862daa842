/** Makes an element with a class and text. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = "",
  text?: string,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A button that submits nothing. */
export function button(className: string, text: string, onClick: () => void): HTMLButtonElement {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

/** Sets text where it is another one: what is read aloud or selected stays as it is otherwise. */
export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** How many characters of a name are put on the page: what no line has room for is no use in it either. */
const LONG = 200;

/** A name as the page holds it: cut where it is very long. */
export function cut(name: string): string {
  return name.length > LONG ? `${[...name.slice(0, LONG)].slice(0, -1).join("")}…` : name;
}

/**
 * Puts nodes into a parent in this order. Those that are there in the right place aren't touched, so that they keep
 * focus and scroll place.
 */
export function arrange(parent: HTMLElement, nodes: readonly HTMLElement[]): void {
  for (const child of [...parent.children]) if (!nodes.includes(child as HTMLElement)) child.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
}
