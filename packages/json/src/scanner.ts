import type { Json, JsonObject } from "./parse.ts";

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const WORDS: readonly (readonly [string, Json])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
];
/** Deeper text is refused rather than allowed to overflow the stack. */
const MAX_DEPTH = 1000;

/** A recursive descent over Python's JSON; `document()` reads values, `value()` and `skip()` step over one. */
export class Scanner {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The one value the text holds. */
  document(): Json {
    const value = this.value();
    this.end();
    return value;
  }

  /** Asserts that nothing but white space is left. */
  end(): void {
    this.#space();
    if (this.#at < this.#text.length) this.#fail();
  }

  value(): Json {
    this.#space();
    switch (this.#text[this.#at]) {
      case "{": {
        const object: JsonObject = {};
        this.object((key) => {
          const value = this.value();
          if (key === "__proto__") {
            Object.defineProperty(object, key, {
              value,
              writable: true,
              enumerable: true,
              configurable: true,
            });
          } else object[key] = value;
        });
        return object;
      }
      case "[": {
        const array: Json[] = [];
        this.array(() => array.push(this.value()));
        return array;
      }
      case '"':
        return this.#string();
      default: {
        const word = this.#word();
        return word === undefined ? this.#number() : word;
      }
    }
  }

  /** Steps over one value and gives its text as it stands. */
  skip(): string {
    this.#space();
    const start = this.#at;
    switch (this.#text[start]) {
      case "{":
        this.object(() => this.skip());
        break;
      case "[":
        this.array(() => this.skip());
        break;
      default:
        this.value();
    }
    return this.#text.slice(start, this.#at);
  }

  /** Reads an object; `member` must consume each key's value. */
  object(member: (key: string) => void): void {
    this.#sequence("{", "}", () => {
      const key = this.#string();
      this.#expect(":");
      member(key);
    });
  }

  /** Reads an array; `element` must consume each value. */
  array(element: () => void): void {
    this.#sequence("[", "]", element);
  }

  #sequence(open: string, close: string, item: () => void): void {
    this.#expect(open);
    if (++this.#depth > MAX_DEPTH) throw new SyntaxError(`JSON nested deeper than ${MAX_DEPTH} levels`);
    this.#space();
    if (this.#text[this.#at] === close) this.#at++;
    else {
      for (;;) {
        item();
        this.#space();
        if (this.#text[this.#at] === close) break;
        this.#expect(",");
      }
      this.#at++;
    }
    this.#depth--;
  }

  #string(): string {
    this.#space();
    const text = this.#text;
    const start = this.#at;
    if (text[start] !== '"') this.#fail();
    let end = start;
    let backslashes: number;
    do {
      end = text.indexOf('"', end + 1);
      if (end < 0) throw new SyntaxError(`Unterminated string in JSON at position ${start}`);
      backslashes = 0;
      while (text[end - 1 - backslashes] === "\\") backslashes++;
    } while (backslashes % 2 === 1);
    this.#at = end + 1;
    return JSON.parse(text.slice(start, this.#at)) as string;
  }

  /** `undefined` when no word stands here (`null` is a word). */
  #word(): Json | undefined {
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    return undefined;
  }

  #number(): number | bigint {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (match === null) this.#fail();
    this.#at += match[0].length;
    const number = Number(match[0]);
    const isInteger = match[1] === undefined && match[2] === undefined;
    return isInteger && !Number.isSafeInteger(number) ? BigInt(match[0]) : number;
  }

  #expect(char: string): void {
    this.#space();
    if (this.#text[this.#at] !== char) this.#fail();
    this.#at++;
  }

  #space(): void {
    while (" \n\r\t".includes(this.#text[this.#at] ?? "x")) this.#at++;
  }

  #fail(): never {
    const found = this.#text[this.#at];
    throw new SyntaxError(
      found === undefined
        ? "Unexpected end of JSON"
        : `Unexpected ${JSON.stringify(found)} in JSON at position ${this.#at}`,
    );
  }
}
