// Compares what came out with what had to: `node report.mjs <folder>` reads `cases.ndjson` and
// `output.ndjson`, prints tables, and writes all failures to `failures.ndjson`. The exit status tells
// whether there are any.

import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inTypesOnly, judge, ownDemands, published, typesOnly } from './document.mjs';
import { differences, ordered, parse, write } from './json.mjs';

/** How many failures of each category are shown. */
const SHOWN = 4;

const folder = process.argv[2];
const document = published();
const types = judge(typesOnly(document), { formats: false });

const lines = (name) => createInterface({ input: createReadStream(join(folder, name)), crlfDelay: Infinity });

/** The cases with what came out of each. */
async function* pairs() {
  const outputs = lines('output.ndjson')[Symbol.asyncIterator]();
  let index = 0;
  for await (const line of lines('cases.ndjson')) {
    const output = await outputs.next();
    if (output.done) throw new Error(`there is no output for case ${index}`);
    yield [index, JSON.parse(line), JSON.parse(output.value)];
    index += 1;
  }
}

const plainName = (name) => name.replace(/^r#/, '').replace(/[^A-Za-z0-9]/g, '').toLowerCase();

/** The variants that were chosen, by the path of the value; a union in another is after a slash. */
function variants(shape, value) {
  const found = new Map();
  const note = (path, name) => {
    const key = JSON.stringify(path);
    found.set(key, found.has(key) ? `${found.get(key)}/${name}` : name);
  };
  const walk = (shape, value, path) => {
    if (!shape) return;
    if (Array.isArray(shape)) {
      shape.forEach((inner, index) => walk(inner, value?.[index], [...path, index]));
    } else if (shape.variant) {
      note(path, shape.variant);
      if (shape.variant !== 'Unknown') walk(shape.of, value, path);
    } else if (shape.entries) {
      for (const [key, inner] of Object.entries(shape.entries)) walk(inner, value?.[key], [...path, key]);
    } else {
      const keys = new Map(Object.keys(value ?? {}).map((key) => [plainName(key), key]));
      for (const [field, inner] of Object.entries(shape.fields)) {
        const key = keys.get(plainName(field));
        // A field that the value does not have is a part of the same object.
        if (key === undefined) walk(inner, value, path);
        else walk(inner, value[key], [...path, key]);
      }
    }
  };
  walk(shape, value, []);
  return found;
}

const changes = (test, output) => differences(parse(test.becomes ?? test.text), parse(output.text));
const told = (changes) => changes.slice(0, 3).map((change) => change.join(' ')).join(', ');

const get = (value, path) => path.reduce((inner, key) => inner?.[key], value);

/** Whether a value fits a member: its own required properties and constants, and all JSON types. */
const fits = (member, value) =>
  types.acceptsAlso(inTypesOnly(member), member, ownDemands(document, member), value);

const failures = new Map();
const log = createWriteStream(join(folder, 'failures.ndjson'));
function fail(category, test, what) {
  const { schema, kind, path, at, text } = test;
  log.write(`${JSON.stringify({ category, schema, kind, path, at, what, text })}\n`);
  if (!failures.has(category)) failures.set(category, { count: 0, schemas: new Map() });
  const entry = failures.get(category);
  entry.count += 1;
  const key = kind === 'known' ? text : schema;
  const shortest = entry.schemas.get(key);
  if (!shortest || shortest.text.length > text.length) entry.schemas.set(key, { schema, text, what });
}

const counts = new Map();
function count(table, row, column) {
  const key = `${table}\n${row}`;
  if (!counts.has(key)) counts.set(key, {});
  counts.get(key)[column] = (counts.get(key)[column] ?? 0) + 1;
}

// The variant of each member is learned from the values that only one member accepts.
const bases = new Map();
const faulty = new Map();
const learned = new Map();
for await (const [index, test, output] of pairs()) {
  if (test.kind !== 'valid') continue;
  faulty.set(index, output.error ? undefined : new Set(changes(test, output).map(([path]) => path)));
  if (output.error) continue;
  const found = variants(output.shape, JSON.parse(test.text));
  bases.set(index, { found, unions: test.unions });
  for (const { path, union, members } of test.unions) {
    const chosen = found.get(JSON.stringify(path));
    if (chosen === undefined || members.length !== 1 || chosen.includes('Unknown')) continue;
    const key = `${union}\n${chosen}`;
    learned.set(key, (learned.get(key) ?? new Set()).add(members[0]));
  }
}

const missing = new Set();
const unsampled = new Set();
for await (const [, test, output] of pairs()) {
  const { kind } = test;
  if (output.missing) {
    missing.add(test.schema);
    continue;
  }
  if (kind === 'no sample') {
    unsampled.add(test.schema);
    continue;
  }
  if (kind === 'known') {
    known(test, output);
    continue;
  }
  if (kind === 'bound') {
    bound(test, output);
    continue;
  }
  if (kind === 'valid') valid(test, output);
  else changed(test, output);
}

/** A change; what the valid value has lost already is not held against it. */
function changed(test, output) {
  const { kind } = test;
  const former = test.base === undefined ? new Set() : faulty.get(test.base);
  if (former === undefined) {
    count('changes', kind, 'of a value that is not read');
    return;
  }
  if (output.error) {
    count('changes', kind, test.keep ? 'refused' : 'refused, allowed');
    if (test.keep) fail(`${kind}: refused`, test, output.error);
    else if (test.path.length > 0 && !/^[.[]|number out of range/.test(output.error)) fail('error without a path', test, output.error);
    return;
  }
  const place = [...(test.path ?? []), ...(test.at === undefined ? [] : [test.at])].map((key) => `/${key}`).join('');
  const lost = changes(test, output).filter(([path]) => path === place || !former.has(path));
  count('changes', kind, lost.length === 0 ? 'unchanged' : 'changed');
  // A `number` is a double, exact to 2^53.
  if (lost.length > 0 && !/^number (9007|1844|1e400)/.test(kind)) fail(`${kind}: changed`, test, told(lost));
  if (test.base === undefined) return;
  const found = members(test, output);
  if (kind === 'new member') {
    const variant = found.get(JSON.stringify(test.path));
    const isMember = variant !== undefined && !variant.includes('Unknown');
    count('new members', lost.length > 0 ? 'lost' : isMember ? 'kept, read as a known member' : 'kept', 'count');
  }
}

function valid(test, output) {
  const row = test.sampler;
  count('valid', row, 'values');
  if (output.error) {
    count('valid', row, 'refused');
    fail('valid: not read', test, output.error);
    return;
  }
  if (output.shape === false) fail('debug output that cannot be read', test, '');
  const unknown = [...variants(output.shape, JSON.parse(test.text))].filter(([, name]) => name.endsWith('Unknown'));
  for (const [path] of unknown) {
    const known = test.unions.some((union) => union.members.length > 0 && JSON.stringify(union.path) === path);
    if (known) fail('valid: unknown member', test, path);
  }
  const lost = changes(test, output);
  if (lost.length > 0) {
    fail('valid: changed', test, told(lost));
    return;
  }
  const [before, after] = [parse(test.text), parse(output.text)];
  count('valid', row, 'unchanged');
  if (write(ordered(before, after)) === output.text) count('valid', row, 'byte for byte');
  else fail('valid: not byte for byte', test, output.text);
  if (test.request && output.refused) {
    count('valid', row, 'refused to send');
    fail('valid: refused to send', test, output.refused);
  }
}

/** Compares the members that were chosen with those of the valid value; returns them. */
function members(test, output) {
  const value = JSON.parse(test.becomes ?? test.text);
  const base = bases.get(test.base);
  const found = variants(output.shape, value);
  // Of a union in another at the same place, the outer one decides.
  const places = new Set();
  for (const { path, union } of base.unions) {
    const place = JSON.stringify(path);
    if (places.has(place)) continue;
    places.add(place);
    const [before, after] = [base.found, found].map((variants) => variants.get(place));
    if (before === undefined || after === undefined) continue;
    count('unions', 'seen', 'count');
    if (before === after) continue;
    if (after.includes('Unknown')) {
      count('unions', 'became unknown', 'count');
      continue;
    }
    const candidates = learned.get(`${union}\n${after}`);
    const inner = get(value, path);
    if (!candidates) {
      count('unions', 'became a member of which no sample tells what it is', 'count');
    } else if ([...candidates].some((member) => fits(member, inner))) {
      count('unions', 'became a member that fits', 'count');
    } else {
      count('unions', 'became a member that does not fit', 'count');
      fail('union: another member that does not fit', test, `${JSON.stringify(path)}: ${before} became ${after}`);
    }
  }
  return found;
}

/** Whether the place of a bound is in a value that was read as an unknown member of a union. */
function isUnknown(shape, { text, path }) {
  const found = variants(shape, JSON.parse(text));
  return path.some((_, depth) => found.get(JSON.stringify(path.slice(0, depth)))?.endsWith('Unknown'));
}

function bound(test, output) {
  const row = test.valid ? 'accepted by ajv' : 'rejected by ajv';
  count('bounds', row, 'values');
  if (output.error) {
    count('bounds', row, 'not read');
    if (test.valid) fail('bound: valid, not read', test, output.error);
  } else if (output.refused) {
    count('bounds', row, 'refused');
    if (test.valid) fail('bound: false refusal', test, `${output.refused} (${test.pointer})`);
  } else if (!test.valid && isUnknown(output.shape, test)) {
    count('bounds', row, 'of an unknown member');
  } else {
    count('bounds', row, 'accepted');
    if (!test.valid) fail('bound: not found', test, test.pointer);
  }
}

function known(test, output) {
  const wrong = (what) => {
    count('known values', 'wrong', 'count');
    fail('known value', test, what);
  };
  if (output.error) {
    if (!test.mayFail) return wrong(output.error);
  } else {
    const lost = changes(test, output);
    if (lost.length > 0) return wrong(told(lost));
    const variant = output.shape?.variant;
    if (test.variant && variant !== test.variant) return wrong(`is ${variant}, not ${test.variant}`);
    if (test.not?.includes(variant)) return wrong(`is ${variant}`);
    if (test.refused === false && output.refused) return wrong(output.refused);
    if (test.refused === true && !output.refused) return wrong('may be sent');
  }
  return count('known values', 'right', 'count');
}

function table(name) {
  const rows = [...counts].filter(([key]) => key.startsWith(`${name}\n`)).map(([key, row]) => [key.split('\n')[1], row]);
  const columns = [...new Set(rows.flatMap(([, row]) => Object.keys(row)))];
  console.log(`\n## ${name}\n`);
  console.log(`| | ${columns.join(' | ')} |`);
  console.log(`|---|${columns.map(() => '--:').join('|')}|`);
  for (const [label, row] of rows) console.log(`| ${label} | ${columns.map((column) => row[column] ?? 0).join(' | ')} |`);
}

for (const name of new Set([...counts.keys()].map((key) => key.split('\n')[0]))) table(name);
console.log(`\nno sample: ${unsampled.size} schemas (${[...unsampled].slice(0, 12).join(', ')})`);
console.log(`no type: ${missing.size} schemas (${[...missing].slice(0, 12).join(', ')})`);
for (const [category, { count, schemas }] of [...failures].sort()) {
  console.log(`\n## ${category}: ${count} in ${schemas.size} schemas\n`);
  const shortest = [...schemas].sort(([, left], [, right]) => left.text.length - right.text.length);
  for (const [, { schema, text, what }] of shortest.slice(0, category === 'known value' ? 99 : SHOWN)) {
    console.log(`- ${schema}: ${what.slice(0, 200)}\n  ${text.slice(0, 300)}`);
  }
}
log.end();
process.exitCode = failures.size > 0 ? 1 : 0;
