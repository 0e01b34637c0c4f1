// Changes of a valid value, one at a time.

import { at } from './document.mjs';

const UNKNOWN = { zzNew: { a: [1, 'b', {}], c: true } };
const DATES = [
  '', 'yesterday', '9999-12-31T23:59:59.999Z', '2024-05-06T07:08:09+02:00', '2024-05-06T07:08:09Z',
  '2024-05-06T07:08:09.123456Z', '2024-05-06T07:08:09.100Z', '2024-05-06', '0000-00-00T00:00:00Z',
];
const NUMBERS = ['9007199254740993', '18446744073709551616', '1e400', '0.5', '3.0', '1e2', '-1'];
/** From which length on texts are tried with fewer characters. */
const LONG = 300;
/** How deep values are changed: what is deeper is a schema of its own for the most part. */
const DEPTH = 5;

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const get = (value, path) => path.reduce((inner, key) => inner?.[key], value);

/** The text of `value` with `text` where `path` leads. */
function replaced(value, path, text) {
  if (path.length === 0) return text;
  const [first, ...rest] = path;
  const inner = (key, item) => (String(key) === String(first) ? replaced(item, rest, text) : JSON.stringify(item));
  if (Array.isArray(value)) return `[${value.map((item, index) => inner(index, item)).join(',')}]`;
  return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${inner(key, item)}`).join(',')}}`;
}

function* places(value, path = []) {
  yield [path, value];
  if (path.length >= DEPTH || value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    yield* places(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/**
 * The changes of `value`: `kind`, `path`, the `text`, and where it is not what must come out again,
 * `becomes`. `described` has what the schema says of the places: `dates`, `maps` and `unions` by
 * path. `sure` tells that the value must survive whatever the judge says.
 */
export function* mutations(value, described) {
  const make = (kind, path, inner, more = {}) =>
    ({ kind, path, text: replaced(value, path, typeof inner === 'string' ? inner : JSON.stringify(inner.value)), ...more });
  const of = (kind, path, inner, more) => make(kind, path, { value: inner }, more);
  for (const [path, inner] of places(value)) {
    const key = JSON.stringify(path);
    if (isObject(inner)) yield* ofObject(path, inner);
    if (typeof inner === 'string') {
      yield of('wrong scalar', path, 7);
      if (described.dates.has(key)) {
        for (const date of DATES) yield of('date', path, date);
      } else {
        yield of('unknown text', path, 'value of a future version');
        yield make('lone surrogate', path, '"a\\ud83d"', {
          becomes: replaced(value, path, '"a\ufffd"'),
        });
      }
    }
    if (typeof inner === 'number') {
      yield of('wrong scalar', path, 'seven');
      for (const number of NUMBERS) yield make(`number ${number}`, path, number);
    }
    if (typeof inner === 'boolean') yield of('wrong scalar', path, 'yes');
    for (const union of described.unions.get(key) ?? []) {
      yield of('new member', path, UNKNOWN, { sure: union.hasObjects });
      if (isObject(inner)) {
        for (const tag of union.tags.filter((tag) => typeof inner[tag] === 'string')) {
          yield of('new tag', path, { ...inner, [tag]: 'zz:new', ...UNKNOWN }, { sure: true });
          yield of('new tag', path, { [tag]: 'zz:new', ...UNKNOWN }, { sure: true });
        }
      }
    }
  }

  function* ofObject(path, inner) {
    yield of('unknown field', path, { ...inner, ...UNKNOWN });
    const keys = Object.keys(inner);
    for (const name of keys) {
      const { [name]: former, ...less } = inner;
      yield of('field removed', path, less, { at: name });
      const kind = described.maps.has(JSON.stringify(path)) ? 'null in a map' : 'field null';
      yield of(kind, path, { ...inner, [name]: null }, { at: name });
      const other = typeof former === 'string' ? '"another text"' : 'null';
      const twice = keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(inner[key])}`);
      yield make('duplicate key', path, `{${JSON.stringify(name)}:${other},${twice.join(',')}}`, {
        at: name, becomes: JSON.stringify(value),
      });
    }
    if (keys.length > 1) {
      yield of('key order', path, Object.fromEntries(Object.entries(inner).reverse()));
    }
  }
}

const repeat = (text, count) => (count >= 0 && count <= 20000 ? [text.repeat(count)] : []);

/** Values on and beside each bound that `schema` has for `value`. */
function besides(schema, value) {
  const about = (bound, step = 1) => (bound === undefined ? [] : [bound - step, bound, bound + step]);
  if (typeof value === 'string') {
    const lengths = [...about(schema.minLength), ...about(schema.maxLength)];
    const texts = lengths.flatMap((length) =>
      (length > LONG ? ['a', '😀'] : ['a', '7', ' ', '😀', 'é']).flatMap((text) => repeat(text, length)));
    const patterned = schema.pattern === undefined ? [] : [
      `${value}\n`, `\n${value}`, ` ${value}`, `${value} `, `${value}${value}`, value.toUpperCase(), `é${value}`, `${value}é`,
      '', 'a', 'ab', 'A', '7', '٣', '-', 'a-b', 'a_b', 'a/b?c', '/a', '/a/b', '/a?b', '/a#b', '//a', 'a b', '\u00a0a\u00a0b',
      'a\u2028b', '\ufeffab\ufeff', 'a.b', 'a.b.c', '#a', '#aabbcc', '#AABBCC', 'builtin:notion', 'integration:x', 'a:b', '1f600', '1F600-1f601',
    ];
    return [...texts, ...patterned];
  }
  if (typeof value === 'number') {
    const bounds = [schema.minimum, schema.maximum, schema.exclusiveMinimum, schema.exclusiveMaximum];
    return bounds.flatMap((bound) => [...about(bound), ...about(bound, 0.5)]);
  }
  if (Array.isArray(value)) {
    const lengths = [...about(schema.minItems), ...about(schema.maxItems)];
    const more = schema.uniqueItems && value.length > 0 ? [[...value, value[0]]] : [];
    const item = (index) => {
      const model = value[index % value.length];
      return schema.uniqueItems && typeof model === 'string' && index >= value.length ? `${model}${index}` : model;
    };
    const lists = lengths
      .filter((length) => length >= 0 && length <= 2000 && (length === 0 || value.length > 0))
      .map((length) => Array.from({ length }, (_, index) => item(index)));
    return [...lists, ...more];
  }
  if (isObject(value)) {
    const counts = [...about(schema.minProperties), ...about(schema.maxProperties)];
    const entries = Object.entries(value);
    return counts
      .filter((count) => count >= 0 && count <= 2000 && (count <= entries.length || entries.length > 0))
      .map((count) => Object.fromEntries(Array.from({ length: count }, (_, index) =>
        (index < entries.length ? entries[index] : [`k${index}`, entries[0][1]]))));
  }
  return [];
}

/** `value` with each bound of its schemas tried: `places` are the paths and pointers of schemas. */
export function* bounds(document, value, places) {
  for (const { path, pointer } of places) {
    for (const inner of besides(at(document, pointer), get(value, path))) {
      yield { kind: 'bound', path, pointer, text: replaced(value, path, JSON.stringify(inner)) };
    }
  }
}
