import * as validation from "@schemacast/runtime/validation";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { array, assert, constantFrom, nat, property, tuple } from "fast-check";
import { describe, expect, test } from "vitest";

type Check = (text: string) => boolean;

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function theirs(name: string): Check {
  const format = (fullFormats as Record<string, unknown>)[name];
  if (format instanceof RegExp) return (text) => ((format.lastIndex = 0), format.test(text));
  const check = typeof format === "function" ? format : (format as { validate: Check }).validate;
  return check as Check;
}

/** Well-formed values and near misses; a fuzzer mutates them further. */
const seeds: Readonly<Record<string, readonly string[]>> = {
  date: ["2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "24-01-01"],
  time: [
    "10:15:00Z",
    "23:59:60Z",
    "23:59:60+00:00",
    "00:29:60+00:30",
    "22:59:60-01:00",
    "10:15:00.123z",
    "10:15:00+0200",
    "24:00:00Z",
    "10:15:00",
    "10:15:00+24:00",
  ],
  "iso-time": ["10:15:00", "10:15:00Z", "23:59:60", "23:59:61"],
  "date-time": [
    "2024-02-29T10:15:00Z",
    "2024-02-29 10:15:00Z",
    "2024-02-29t10:15:00.5+02:00",
    "2024-02-29T10:15:00",
    "2024-02-29TT10:15:00Z",
  ],
  "iso-date-time": ["2024-02-29T10:15:00", "2023-02-29T10:15:00", "2024-02-29T10:15:00+02"],
  duration: ["P3Y6M4DT12H30M5S", "P4W", "P", "PT", "P1D", "PT1S", "P1Y1W", "P1DT", "PT1H1S"],
  uri: [
    "http://a.b/c?d=e#f",
    "urn:isbn:1",
    "mailto:a@b.c",
    "http://[::1]:80/",
    "http://[v1.a]/",
    "a:",
    "//x",
    "http://%20/",
    "http://a:b@c:1/",
    'http://"/',
    "a:/b//c",
    "a://b@c@d",
    "http:///x",
    "a:b:c",
    "http://[1::127.0.0.1]/",
    "http://[::ffff:256.1.1.1]/",
    "x:[::]",
    "http://a?[",
    "C:\\x",
  ],
  "uri-reference": [
    "",
    "#",
    "?a",
    "/a/b",
    "//a/b",
    "a:b",
    ":a",
    "a/b:c",
    '"',
    "//[::1]",
    "///",
    "1:2",
    "a b",
    "%zz",
    "//:80",
    "/:80",
    "//a@b@c",
  ],
  "uri-template": ["http://a/{b}", "{+a,b*}", "{a:3}", "{a:0}", "{", "}", "a{?b,c}", "%20", "%2", "{%20}", "{a.b}", "日本"],
  url: [
    "http://example.com",
    "https://a.b.co:8080/x?y",
    "ftp://u:p@h.org/",
    "http://10.0.0.1",
    "http://192.168.1.1",
    "http://8.8.8.8",
    "http://localhost",
    "http://a-b.c--d.com",
    "http://256.1.1.1",
    "http://1.2.3.255",
    "http://172.16.0.1/",
    "http://172.15.0.1/",
    "http://été.fr",
    "http://a_b.com",
    "http://08.1.1.1",
    "http://1.2.3.04",
    "http://a.b.c1",
    "http://1.1.1.com",
    "http://1.01.1.1",
    "http://223.255.255.254",
    "http://a@b@c.de",
  ],
  email: [
    "a@b.co",
    "a.b+c@d-e.fr",
    "a@b",
    ".a@b.co",
    "a..b@c.de",
    "a@-b.co",
    "a@b-.co",
    "a@b.c_d",
    "é@b.co",
    '"a"@b.co',
    "a@b@c.de",
    "a@b.co.",
  ],
  hostname: [
    "example.com",
    "a",
    "a.",
    "-a",
    "a-",
    "a_b",
    "a..b",
    "a".repeat(63),
    "a".repeat(64),
    "1.2",
    "xn--a",
    "",
    ".",
    Array.from({ length: 60 }, () => "abc").join("."),
    `${"abc.".repeat(63)}a`,
    `${"abc.".repeat(63)}ab`,
  ],
  ipv4: ["1.2.3.4", "255.255.255.255", "256.1.1.1", "01.2.3.4", "1.2.3", "0.0.0.0", "1.2.3.4.5"],
  ipv6: [
    "::",
    "::1",
    "1::",
    "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::",
    "::2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7:8:9",
    "::ffff:1.2.3.4",
    "1:2:3:4:5:6:1.2.3.4",
    "1:2:3:4:5:6:7:1.2.3.4",
    "::1.2.3.4",
    "1::1.2.3.4",
    "1.2.3.4",
    "1:::2",
    ":1",
    "1:",
    "12345::",
    "fe80::1%eth0",
    "::1::",
    "1.2.3.4::",
    "1:2::3:4:5:6:7:8",
    "1::2:3:4:5:6:1.2.3.4",
  ],
  uuid: [
    "123e4567-e89b-12d3-a456-426614174000",
    "urn:uuid:123e4567-e89b-12d3-a456-426614174000",
    "URN:UUID:123E4567-E89B-12D3-A456-426614174000",
    "123e4567e89b12d3a456426614174000",
  ],
  "json-pointer": ["", "/", "/a/b~0~1", "/~2", "a", "/a~", "//\n"],
  "json-pointer-uri-fragment": ["#", "#/a%20b", "#/a b", "", "#/~1", "#/~2", "#a", "#/%zz"],
  "relative-json-pointer": ["0", "1#", "2/a/b", "01", "-1", "1#/a", "0/~2", "10/\n"],
  regex: ["a", "(", "[", "a\\Z", "\\Z", "^\\S+$", "(?<n>a)\\k<n>", "(?i)a", "\\"],
  byte: ["", "YQ==", "YWI=", "YWJj", "YQ=", "YQ", "Y Q=", "YQ==\n!", "!\nYQ==", "!\r\u2028"],
};

describe("formats", () => {
  test("there is a check for every format of ajv-formats that checks", () => {
    const names = Object.keys(fullFormats).filter((name) => !["float", "double", "password", "binary", "int32", "int64"].includes(name));
    expect(Object.keys(seeds).toSorted()).toEqual(names.toSorted());
    for (const name of names) expect(validation).toHaveProperty(camel(name));
  });

  test.each(Object.keys(seeds))("%s: the verdicts of ajv-formats", (name) => {
    const ours = (validation as unknown as Record<string, Check>)[camel(name)] as Check;
    const oracle = theirs(name);
    const same = (text: string): void => {
      if (ours(text) !== oracle(text)) throw new Error(`${JSON.stringify(text)}: ours ${ours(text)}, theirs ${oracle(text)}`);
    };
    const all = seeds[name] ?? [];
    all.forEach(same);
    expect(all.filter(oracle).length).toBeGreaterThan(0);
    expect(all.filter((text) => !oracle(text)).length).toBeGreaterThan(0);
    const pieces = constantFrom(
      ...":/?#[]@!$&'()*+,;=-._~%\"{}|\\ \nTtZzPWaf019é日".split(""),
      "::",
      "%2",
      "//",
      "~1",
      "00",
      "255",
      "urn:",
    );
    const mutated = tuple(constantFrom(...all), nat(40), nat(3), array(pieces, { maxLength: 3 }));
    assert(
      property(mutated, ([text, at, cut, insert]) => {
        same(text.slice(0, at) + insert.join("") + text.slice(at + cut));
      }),
      { numRuns: 1500, seed: 7 },
    );
    assert(
      property(array(pieces, { maxLength: 12 }), (parts) => same(parts.join(""))),
      { numRuns: 1000, seed: 7 },
    );
  });

  test("int32 and int64", () => {
    for (const value of [0, 1.5, 2147483647, 2147483648, -2147483648, -2147483649, 1e300]) {
      for (const name of ["int32", "int64"] as const) {
        const format = fullFormats[name] as { validate: (value: number) => boolean };
        expect((name === "int32" ? validation.int32 : validation.int64).validate(value)).toBe(format.validate(value));
      }
    }
  });
});
