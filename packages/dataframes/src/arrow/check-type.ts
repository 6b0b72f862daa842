import { InvalidArgumentError } from "@lazyruns/core";
import type { DataType, Field } from "@uwdata/flechette";
import { TYPE, typeName } from "./type-ids.ts";

const READ: ReadonlySet<number> = new Set([
  TYPE.dictionary,
  TYPE.null,
  TYPE.int,
  TYPE.float,
  TYPE.utf8,
  TYPE.bool,
  TYPE.date,
  TYPE.timestamp,
  TYPE.list,
  TYPE.struct,
  TYPE.fixedSizeList,
  TYPE.largeUtf8,
  TYPE.largeList,
  TYPE.utf8View,
]);

/**
 * Refuses a column whose values a history table can't hold.
 *
 * @throws InvalidArgumentError naming the column, the type and, where it is nested, the place
 */
export function checkType({ name, type }: Field): void {
  const check = (type: DataType, path: readonly string[]) => {
    if (!READ.has(type.typeId)) {
      const place = path.length === 0 ? "" : ` at ${path.join(".")}`;
      throw new InvalidArgumentError(
        `Column ${JSON.stringify(name)} is of Arrow type ${typeName(type)}${place}, which fromArrow() can't read. ` +
          "Cast it to numbers, text, booleans or timestamps, or leave it out.",
      );
    }
    if (type.typeId === TYPE.dictionary) check(type.dictionary, path);
    else if ("children" in type) for (const child of type.children) check(child.type, [...path, child.name]);
  };
  check(type, []);
}
