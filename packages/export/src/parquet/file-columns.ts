import type { ColumnData } from "@lazyruns/core";
import { type FileMetaData, parquetSchema, type SchemaElement, type SchemaTree } from "hyparquet";

type DType = ColumnData["dtype"];

/** A column of a file, or a part of one that holds structs. */
export interface FileColumn {
  /** Its name and, in structs, those of what it is in them. */
  readonly path: readonly string[];
  readonly dtype: DType;
  /** Whether its values are as Parquet's own readers have them: numbers of up to 64 bits with a sign, truth values, text. */
  readonly isPlain: boolean;
  /** The parts of structs. */
  readonly members: readonly FileColumn[];
}

/** The columns that a file's schema has. */
export function fileColumns(metadata: FileMetaData): FileColumn[] {
  return parquetSchema(metadata).children.map((child) => columnOf(child, []));
}

function columnOf({ element, children, path: _ }: SchemaTree, above: readonly string[]): FileColumn {
  const path = [...above, element.name];
  const isList = element.repetition_type === "REPEATED";
  if (children.length > 0) {
    const isStruct = !isList && element.converted_type === undefined && element.logical_type === undefined;
    return {
      path,
      dtype: "json",
      isPlain: false,
      members: isStruct ? children.map((child) => columnOf(child, path)) : [],
    };
  }
  const { dtype, isPlain } = isList ? { dtype: "json" as const, isPlain: false } : leafOf(element);
  return { path, dtype, isPlain, members: [] };
}

function leafOf(element: SchemaElement): { dtype: DType; isPlain: boolean } {
  const { type, logical_type, converted_type } = element;
  const logical = logical_type?.type;
  switch (type) {
    case "BOOLEAN":
      return { dtype: "bool", isPlain: true };
    case "FLOAT":
    case "DOUBLE":
      return { dtype: "float64", isPlain: true };
    case "INT32":
    case "INT64": {
      if (logical === "NULL") return { dtype: "null", isPlain: false };
      if (logical === "DECIMAL" || converted_type === "DECIMAL") return { dtype: "float64", isPlain: false };
      if (logical === "DATE" || logical === "TIMESTAMP" || /^(DATE|TIMESTAMP_)/.test(converted_type ?? "")) {
        return { dtype: "datetime", isPlain: false };
      }
      const isUnsigned64 =
        converted_type === "UINT_64" || (logical_type?.type === "INTEGER" && !logical_type.isSigned);
      const isTime = logical === "TIME" || /^TIME_/.test(converted_type ?? "");
      return { dtype: "int64", isPlain: !isUnsigned64 && !isTime };
    }
    case "INT96":
      return { dtype: "datetime", isPlain: false };
    case "BYTE_ARRAY":
      if (logical === "JSON" || converted_type === "JSON") return { dtype: "json", isPlain: false };
      if (logical === "DECIMAL" || converted_type === "DECIMAL") return { dtype: "float64", isPlain: false };
      return { dtype: "utf8", isPlain: logical === "STRING" || converted_type === "UTF8" };
    default:
      if (logical === "FLOAT16" || logical === "DECIMAL" || converted_type === "DECIMAL") {
        return { dtype: "float64", isPlain: false };
      }
      return { dtype: "utf8", isPlain: false };
  }
}
