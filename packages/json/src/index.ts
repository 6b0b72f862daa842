export { flatten } from "./flatten.ts";
export { jsonText } from "./json-text.ts";
export { elements, members } from "./members.ts";
export { type Json, type JsonObject, parse } from "./parse.ts";
export { RawJson, stringify } from "./stringify.ts";
