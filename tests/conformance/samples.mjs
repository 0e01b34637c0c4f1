// Values that the judge accepts, from two samplers that know nothing of each other.

import { generateSync } from 'json-schema-faker';
import { sample } from 'openapi-sampler';
import { at, below } from './document.mjs';

/** How json-schema-faker is asked for values of a schema as it is. */
const WHOLE = [
  { alwaysFakeOptionals: true, seed: 1 },
  { alwaysFakeOptionals: true, seed: 2 },
  { optionalsProbability: 0, seed: 3 },
  { optionalsProbability: 0.5, seed: 4 },
  { optionalsProbability: 0.5, seed: 5 },
];
/** The same where one member of a union has been chosen. */
const CHOSEN = [{ alwaysFakeOptionals: true, seed: 6 }, { optionalsProbability: 0, seed: 7 }];
/** How many more values are drawn of a schema until one is valid. */
const MORE = 30;
/** How often a value is mended. */
const MENDED = 60;
const LIMITS = { maxDepth: 5, refDepthMax: 3, maxDefaultItems: 2 };

const quietly = (make) => {
  try {
    return [make()];
  } catch {
    return [];
  }
};

/** The schema at `pointer` for each member of each union that it contains, with that member alone. */
function choices(document, pointer) {
  const root = at(document, pointer);
  const found = [];
  const walk = (node, replace) => {
    if (node === null || typeof node !== 'object') return;
    for (const key of ['oneOf', 'anyOf']) {
      if (!Array.isArray(node[key])) continue;
      const { [key]: members, discriminator, ...others } = node;
      members.forEach((member) => {
        found.push(replace({ ...others, allOf: [...(node.allOf ?? []), member] }));
      });
    }
    for (const key of ['items', 'additionalProperties']) {
      walk(node[key], (inner) => replace({ ...node, [key]: inner }));
    }
    for (const [name, property] of Object.entries(node.properties ?? {})) {
      // What is to be sampled must be there.
      const required = [...new Set([...(node.required ?? []), name])];
      walk(property, (inner) =>
        replace({ ...node, required, properties: { ...node.properties, [name]: inner } }));
    }
    for (const key of ['allOf', 'oneOf', 'anyOf']) {
      (node[key] ?? []).forEach((member, index) =>
        walk(member, (inner) => replace({ ...node, [key]: node[key].with(index, inner) })));
    }
  };
  walk(root, (schema) => schema);
  return found;
}

/** Texts for patterns that neither sampler masters. */
const TEXTS = ['#aabbcc', 'ab', '/a', '1f600', 'integration:x', 'integration:x:y', 'a-b', 'A1', 'a.b', 'https://example.com'];

const PLAIN = { null: null, string: 'a', number: 1, integer: 1, boolean: true, object: {}, array: [] };

/** What to do about something that the judge finds wrong: where, and the value to `put` there. */
function remedy(document, { instancePath, keyword, params, parentSchema }) {
  const path = instancePath.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const missing = parentSchema?.properties?.[params.missingProperty];
  switch (keyword) {
    case 'pattern':
      return { path, put: TEXTS.find((text) => new RegExp(params.pattern, 'u').test(text)) };
    case 'enum':
      return { path, put: params.allowedValues[0] };
    case 'type':
      return { path, put: PLAIN[[params.type].flat()[0]] };
    case 'required':
      if (missing === undefined) return { path };
      return { path: [...path, params.missingProperty], put: sample(missing, { quiet: true, skipNonRequired: true }, document) };
    case 'additionalProperties':
      return { path: [...path, params.additionalProperty] };
    default:
      return { path };
  }
}

/**
 * A value without what the judge finds wrong in it, the deepest first: both samplers end recursion
 * with something invalid, and do not master every pattern. `undefined` if that does not help.
 */
function mended(document, faults, pointer, value) {
  const result = structuredClone(value);
  for (let round = 0; round < MENDED; round += 1) {
    const remedies = faults(pointer, result).map((fault) => remedy(document, fault));
    if (remedies.length === 0) return result;
    const { path, put } = remedies.reduce((deepest, other) => (other.path.length > deepest.path.length ? other : deepest));
    const last = path.at(-1);
    const parent = path.slice(0, -1).reduce((inner, key) => inner?.[key], result);
    if (last === undefined || parent === null || typeof parent !== 'object') return undefined;
    // What has been put there before and is wrong still can only go.
    if (put !== undefined && JSON.stringify(parent[last]) !== JSON.stringify(put)) parent[last] = structuredClone(put);
    else if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  }
  return undefined;
}

/** Valid values of the schema at `pointer`, each with the name of its sampler, none of them twice. */
export function samples(document, faults, pointer) {
  const values = new Map();
  const add = (sampler, drawn) => {
    if (drawn === undefined || drawn === null) return;
    const value = mended(document, faults, pointer, drawn);
    if (value === undefined) return;
    const text = JSON.stringify(value);
    if (!values.has(text)) values.set(text, { sampler, value: JSON.parse(text) });
  };
  const { components, paths } = document;
  const draw = (schema, all) => {
    for (const options of [{}, { skipNonRequired: true }]) {
      quietly(() => sample(schema, { quiet: true, ...options }, document))
        .forEach((value) => add('openapi-sampler', value));
    }
    for (const options of all) {
      quietly(() => generateSync({ ...schema, components, paths }, { ...LIMITS, ...options }))
        .forEach((value) => add('json-schema-faker', value));
    }
  };
  draw({ $ref: `#${pointer}` }, WHOLE);
  choices(document, pointer).forEach((schema) => draw(schema, CHOSEN));
  for (let seed = 100; values.size === 0 && seed < 100 + MORE; seed += 1) {
    draw({ $ref: `#${pointer}` }, [{ optionalsProbability: 0.3, seed, maxDepth: 8 }]);
  }
  return [...values.values()];
}

/** The examples that the document gives of the schema at `pointer`, at every depth, with its pointer. */
export function examples(document, pointer) {
  const found = [];
  const walk = (node, pointer) => {
    if (node === null || typeof node !== 'object') return;
    if ('example' in node) found.push({ pointer, value: node.example });
    if (Array.isArray(node.examples)) node.examples.forEach((value) => found.push({ pointer, value }));
    for (const [key, property] of Object.entries(node.properties ?? {})) {
      walk(property, below(pointer, 'properties', key));
    }
  };
  walk(at(document, pointer), pointer);
  return found;
}
