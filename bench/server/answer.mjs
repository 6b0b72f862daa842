// Carries out a plan: the answer's JSON in texts and ready-made pieces, and what it would cost a real server.

import { Joined, joinGzip, Piece } from "./gzip.mjs";
import { planOf, QueryError } from "./query.mjs";
import { TYPES } from "./schema.mjs";
import { Cost } from "./waits.mjs";

/**
 * @import { PlannedField, Variables } from "./query.mjs"
 */

/**
 * @param {string} query
 * @param {Variables} given
 * @returns {{ gzip: Buffer, cost: Cost }}
 * @throws QueryError for what this server doesn't know
 */
export function answer(query, given) {
  const plan = planOf(query);
  const cost = new Cost();
  const out = new Output();
  const write = new Writer(out, cost, { ...plan.defaults, ...given });
  out.text('{"data":');
  write.object("Query", plan.fields, {});
  out.text("}");
  return { gzip: joinGzip(out.parts()), cost };
}

/** Collects what is written; texts that follow each other become one. */
class Output {
  /** @type {(string | Piece)[]} */
  #parts = [];
  #text = "";

  /** @param {string} text */
  text(text) {
    this.#text += text;
  }

  /** @param {Piece} piece */
  piece(piece) {
    this.#parts.push(this.#text, piece);
    this.#text = "";
  }

  parts() {
    return [...this.#parts, this.#text];
  }
}

class Writer {
  #out;
  #cost;
  #variables;
  /** Arguments are the same for every run of an answer. @type {Map<PlannedField, Record<string, any>>} */
  #args = new Map();

  /** @param {Output} out @param {Cost} cost @param {Variables} variables */
  constructor(out, cost, variables) {
    this.#out = out;
    this.#cost = cost;
    this.#variables = variables;
  }

  /** @param {string} type @param {readonly PlannedField[]} fields @param {unknown} parent */
  object(type, fields, parent) {
    let separator = "{";
    for (const field of fields) {
      if (!field.wanted(this.#variables)) continue;
      this.#out.text(`${separator}${JSON.stringify(field.alias)}:`);
      separator = ",";
      if (field.name === "__typename") this.#out.text(JSON.stringify(type));
      else this.#field(type, field, parent);
    }
    this.#out.text(separator === "{" ? "{}" : "}");
  }

  /** @param {string} parentType @param {PlannedField} field @param {unknown} parent */
  #field(parentType, field, parent) {
    const { type, get } = TYPES[parentType]?.[field.name] ?? unknownField(parentType, field.name);
    let args = this.#args.get(field);
    if (args === undefined) {
      args = field.args(this.#variables);
      this.#args.set(field, args);
    }
    const value = get(parent, args, this.#cost);
    if (value instanceof Piece) this.#out.piece(value);
    else if (value instanceof Joined) {
      for (const part of value.parts) {
        if (part instanceof Piece) this.#out.piece(part);
        else this.#out.text(part);
      }
    } else if (type === undefined || value === null) this.#out.text(JSON.stringify(value ?? null));
    else if (!Array.isArray(value)) this.object(type, field.fields, value);
    else {
      value.forEach((item, at) => {
        this.#out.text(at === 0 ? "[" : ",");
        this.object(type, field.fields, item);
      });
      this.#out.text(value.length === 0 ? "[]" : "]");
    }
  }
}

/** @param {string} type @param {string} name @returns {never} */
function unknownField(type, name) {
  throw new QueryError(`Cannot query field "${name}" on type "${type}".`);
}
