interface Parts {
  readonly class?: string;
  /** Shown as it is, whatever is in it. */
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: (event: MouseEvent) => void;
}

/** Makes an element. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { class: className, text, attributes, onClick }: Parts = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== undefined) element.className = className;
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
  // Who makes an element holds it: the listener goes with it.
  if (onClick !== undefined) element.addEventListener("click", (event) => onClick(event as MouseEvent));
  element.append(...children);
  return element;
}
