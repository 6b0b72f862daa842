/** HTML that is safe to put into HTML. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What a template takes: HTML as it is, anything else as text. */
export type Content = Html | string | number | readonly Content[] | undefined;

/**
 * HTML of a template. What is put into it is text, of content and of quoted attributes alike, unless it is HTML of
 * another template: nothing gets in unescaped by being forgotten.
 *
 * @example
 * html`<td title="${whole}">${text}</td>`
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  let text = parts[0] as string;
  for (const [index, value] of values.entries()) text += contentText(value) + (parts[index + 1] as string);
  return new Html(text);
}

/** A constant of ours that is no text of anybody else: a style, a path. */
export function trusted(text: string): Html {
  return new Html(text);
}

function contentText(content: Content): string {
  if (content === undefined) return "";
  if (content instanceof Html) return content.text;
  if (typeof content === "object") return content.map(contentText).join("");
  return escapeHtml(String(content));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** What HTML can't hold: control characters, and half a surrogate pair, and codes that are no characters. */
const UNFIT = /(?![\t\n])[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

/** Text as HTML has it; what it can't hold becomes U+FFFD. */
export function escapeHtml(text: string): string {
  return text.replace(UNFIT, "\uFFFD").replace(/[&<>"'`]/g, (sign) => ENTITIES[sign] as string);
}
