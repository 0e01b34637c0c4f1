// Writes the cases: `node generate.mjs <folder>` makes `input.ndjson` for the Rust program and, line
// for line, `cases.ndjson` for the report.

import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { at, inTypesOnly, judge, locate, published, roots, typesOnly } from './document.mjs';
import { KNOWN } from './known.mjs';
import { bounds, mutations } from './mutations.mjs';
import { examples, samples } from './samples.mjs';

/** How often the same change is tried at the same place of a schema. */
const REPEATED = 2;
/** How long a value may be to be changed. */
const LONGEST = 6000;

const folder = process.argv[2];
const input = createWriteStream(join(folder, 'input.ndjson'));
const cases = createWriteStream(join(folder, 'cases.ndjson'));
let written = 0;

function emit(schema, text, about) {
  input.write(`${JSON.stringify([schema, text])}\n`);
  cases.write(`${JSON.stringify({ schema, text, ...about })}\n`);
  written += 1;
  return written - 1;
}

const document = published();
const strict = judge(document, { formats: true });
const plain = judge(document, { formats: false });
const types = judge(typesOnly(document), { formats: false });
const all = roots(document);

/** The pointers of components that request bodies are made of. What is one of several parts of an
 * `allOf` is not sent by itself. */
function sent() {
  const found = new Set();
  const walked = new Set();
  const walk = (node, isPart = false) => {
    if (node === null || typeof node !== 'object') return;
    const pointer = node.$ref?.slice(1);
    if (pointer !== undefined) {
      if (!isPart) found.add(pointer);
      const isNew = !walked.has(pointer);
      walked.add(pointer);
      if (isNew) walk(at(document, pointer));
    }
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'allOf') walk(value);
      else value.forEach((part) => walk(part, value.length > 1));
    }
  };
  for (const root of all.filter((root) => root.request)) {
    found.add(root.pointer);
    walk(at(document, root.pointer));
  }
  return found;
}

const resolve = (pointer) => {
  const node = at(document, pointer);
  return node.$ref ? resolve(node.$ref.slice(1)) : { pointer, node };
};

/** The members of a union that are objects, with those of unions inside it and what `allOf` adds. */
function objects(pointer) {
  const { pointer: own, node } = resolve(pointer);
  const inside = ['oneOf', 'anyOf'].flatMap((key) => (node[key] ?? []).flatMap((_, index) => objects(`${own}/${key}/${index}`)));
  const parts = (node.allOf ?? []).flatMap((_, index) => objects(`${own}/allOf/${index}`));
  return [...(node.type === 'object' || node.properties ? [node] : []), ...inside, ...parts];
}

const isTag = (document, property) => {
  const node = property.$ref ? at(document, property.$ref.slice(1)) : property;
  return node && ('const' in node || node.enum?.length === 1);
};

/** What the schema says of the places of a value. */
function describe(pointer, value) {
  const described = { dates: new Set(), maps: new Set(), unions: new Map(), list: [], bounded: [] };
  const BOUNDS = ['minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minItems',
    'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'];
  locate(document, strict.accepts, pointer, value, (path, pointer, node, inner) => {
    if (node.format === 'date-time' || node.format === 'date') described.dates.add(JSON.stringify(path));
    if (node.additionalProperties && !node.properties) described.maps.add(JSON.stringify(path));
    if (BOUNDS.some((key) => key in node) && inner !== undefined) described.bounded.push({ path, pointer });
  }, (path, union, members, pointers) => {
    const present = pointers.filter((pointer) => at(document, pointer).type !== 'null');
    if (present.length < 2) return;
    const found = present.flatMap((pointer) => objects(pointer));
    const tags = found.flatMap((node) => Object.keys(node.properties ?? {}).filter((key) => isTag(document, node.properties[key])));
    const key = JSON.stringify(path);
    const entry = { hasObjects: found.length > 0, tags: [...new Set(tags)] };
    described.unions.set(key, [...(described.unions.get(key) ?? []), entry]);
    described.list.push({ path, union, members });
  });
  return described;
}

for (const known of KNOWN) emit(known.schema, known.text, { ...known, kind: 'known' });

const isSent = sent();
for (const { schema, pointer } of all) {
  const seen = new Map();
  const isNew = (...about) => {
    const key = JSON.stringify(about);
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return seen.get(key) <= REPEATED;
  };
  const drawn = samples(document, strict.faults, pointer);
  if (drawn.length === 0) emit(schema, 'null', { kind: 'no sample' });
  // The shortest first: what is tried at a place is then easy to read.
  const texts = new Map(drawn.map((sample) => [sample, JSON.stringify(sample.value)]));
  drawn.sort((left, right) => texts.get(left).length - texts.get(right).length);
  for (const sample of drawn) {
    const described = describe(pointer, sample.value);
    const base = emit(schema, texts.get(sample), {
      kind: 'valid', sampler: sample.sampler, request: isSent.has(pointer), unions: described.list,
    });
    if (texts.get(sample).length > LONGEST) continue;
    for (const { kind, path, at: name, text, becomes, sure } of mutations(sample.value, described)) {
      const place = path.map((key) => (typeof key === 'number' ? 0 : key));
      if (!isNew(kind, place, name ?? '', kind === 'date' ? text : '', described.unions.has(JSON.stringify(path)))) continue;
      let keep = sure === true;
      // A further field of a typed map is a wrong value of it, and so is an object of a union of scalars.
      const isTyped = kind === 'unknown field' && described.maps.has(JSON.stringify(path));
      const isScalar = kind === 'new member' && sure === false;
      if (!keep && !isTyped && !isScalar && !/^(wrong scalar|number)/.test(kind)) {
        keep = types.accepts(inTypesOnly(pointer), JSON.parse(becomes ?? text));
      }
      emit(schema, text, { kind, base, path, at: name, becomes, keep });
    }
    // Without formats, more than one member of a `oneOf` may accept the sample itself.
    if (!isSent.has(pointer) || !plain.accepts(pointer, sample.value)) continue;
    for (const bound of bounds(document, sample.value, described.bounded)) {
      if (bound.text.length > 40000 || !isNew('bound', bound.pointer, bound.text)) continue;
      emit(schema, bound.text, {
        kind: 'bound', base, path: bound.path, pointer: bound.pointer, valid: plain.accepts(pointer, JSON.parse(bound.text)),
      });
    }
  }
  for (const example of examples(document, pointer)) {
    if (example.pointer === pointer) emit(schema, JSON.stringify(example.value), { kind: 'example', keep: true });
  }
}
input.end();
cases.end();
console.error(`${all.length} schemas, ${written} cases`);
