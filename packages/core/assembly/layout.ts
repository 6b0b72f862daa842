// Where things lie in the scanner's memory. Below KEYS is what the compiler places itself.

/** A record a key of the answer; the first stands for the place before a row's first key. */
export const KEYS: usize = 0x10000;
export const KEY_SIZE: usize = 64;
export const MAX_KEYS: u32 = 16384;
/** A hash table of key records, by the key's bytes. */
export const HASH: usize = 0x110000;
export const HASH_SLOTS: u32 = 65536;
/** The key records of the chunk's columns, in the order in which they first came. */
export const COLUMNS: usize = 0x150000;
/** 128 bits a power of five from 5^-342 to 5^308: first the higher half, then the lower. */
export const POWERS: usize = 0x160000;
/** The doubles 10^0 to 10^22. */
export const TENS: usize = 0x163000;
/** The name of the field whose values are histories, with its quotes. */
export const FIELD: usize = 0x163800;
/** The answer's bytes, then PADDING zeros: no JSON holds a zero byte, so no loop over JSON passes them. */
export const INPUT: usize = 0x164000;
export const PADDING: usize = 32;

// A key record's fields.
/** Where the key's text is, after its quote; and how many bytes it has, with the closing quote. */
export const TEXT: usize = 0;
export const TOTAL: usize = 4;
/** The key that followed this one last time. */
export const NEXT: usize = 8;
/** The chunk in which the record's column was opened; the fields below are of that chunk. */
export const CHUNK: usize = 12;
/** Where the column's values and tags are. */
export const VALUES: usize = 16;
export const TAGS: usize = 20;
/** How many rows have a tag. */
export const ROWS: usize = 24;
/** The tags that occurred, as bits. */
export const SEEN: usize = 28;
/** The bytes of its texts. */
export const BYTES: usize = 32;
/** The first eight bytes of the key's text, and which of them count. */
export const WORD: usize = 40;
export const MASK: usize = 48;

// What a cell is. Its value is a double for INT, FLOAT; 64 bits for LONG; where the text begins and its length above.
export const ABSENT: u32 = 0;
export const NULL: u32 = 1;
export const FALSE: u32 = 2;
export const TRUE: u32 = 3;
export const INT: u32 = 4;
export const FLOAT: u32 = 5;
export const LONG: u32 = 6;
/** A string that stands for a number that isn't finite, if the column has no other strings. */
export const NON_FINITE: u32 = 7;
export const STRING: u32 = 8;
/** A string with escapes. */
export const STRING_ESCAPED: u32 = 9;
/** An object or array. */
export const NESTED: u32 = 10;
/** An object or array whose strings have escapes. */
export const NESTED_ESCAPED: u32 = 11;

// What a finished column is.
export const KIND_NULL: u32 = 0;
export const KIND_FLOAT: u32 = 1;
/** Safe integers, as doubles. */
export const KIND_INT: u32 = 2;
export const KIND_LONG: u32 = 3;
export const KIND_BOOL: u32 = 4;
/** Texts, copied. */
export const KIND_UTF8: u32 = 5;
/** Texts that have escapes: where they are. */
export const KIND_UTF8_SPANS: u32 = 6;
export const KIND_JSON: u32 = 7;
export const KIND_JSON_SPANS: u32 = 8;
export const KIND_MIXED: u32 = 9;
