// What may come next. Up to DONE it is found by one character outside of tokens.
export const VALUE = 0;
export const VALUE_OR_END = 1;
export const COMMA = 2;
export const KEY = 3;
export const KEY_OR_END = 4;
export const COLON = 5;
export const DONE = 6;
export const IN_KEY = 7;
export const IN_STRING = 8;
export const IN_ESCAPE = 9;
export const IN_UNICODE = 10;
export const IN_NUMBER = 11;
export const IN_WORD = 12;

export const EXPECTED = [
  "a value",
  "a value or ']'",
  // Said by the container.
  "",
  "a key in double quotes",
  "a key in double quotes or '}'",
  "':'",
  "nothing more",
  // A key that was expected stands where its text has come to.
  "",
  "'\"'",
  'one of "\\/bfnrtu',
  "four hexadecimal digits",
  "a number",
  "true, false or null",
] as const;

export const QUOTE = 34;
export const BACKSLASH = 92;
export const SPACE = 32;
export const CLOSE_LIST = 93;
export const CLOSE_OBJECT = 125;
