// The published document, its schemas by pointer, and the judges made of it.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import YAML from 'yaml';

const PUBLISHED = '../../spec/fragments/gitbook-api/openapi.yaml';
const MERGED = '../../spec/openapi.yaml';
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

function read(path) {
  return YAML.parse(readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8'), { maxAliasCount: -1 });
}

/**
 * Reads the document that GitBook publishes: OpenAPI 3.1, so its schemas are JSON Schema 2020-12.
 *
 * Numbers that the overlays make integers are integers. A component with `properties` and no `type`
 * is an object: as published, it would also be any scalar.
 */
export function published() {
  const document = read(PUBLISHED);
  const walk = (node, merged) => {
    if (node === null || typeof node !== 'object' || !merged) return;
    if (node.type === 'number' && merged.type === 'integer') node.type = 'integer';
    for (const [key, inner] of Object.entries(node)) walk(inner, merged[key]);
  };
  walk(document, read(MERGED));
  for (const schema of Object.values(document.components.schemas)) {
    if (schema.properties && !schema.type) schema.type = 'object';
  }
  return document;
}

const escape = (key) => key.replaceAll('~', '~0').replaceAll('/', '~1');
const unescape = (key) => key.replaceAll('~1', '/').replaceAll('~0', '~');

/** The pointer of a child. */
export const below = (pointer, ...keys) => [pointer, ...keys.map((key) => escape(String(key)))].join('/');

/** The node at a pointer such as `/components/schemas/Space`. */
export function at(document, pointer) {
  return pointer.split('/').slice(1).reduce((node, key) => node?.[unescape(key)], document);
}

/**
 * The schemas that have a type: components, and the bodies of requests and successful responses that
 * are not just a reference to one. `request` tells whether a request body is made of it.
 */
export function roots(document) {
  const found = new Map();
  for (const name of Object.keys(document.components.schemas)) {
    found.set(name, { schema: name, pointer: below('/components/schemas', name), request: false });
  }
  const add = (schema, pointer, request) => {
    const node = at(document, pointer);
    const component = node.$ref?.match(/^#\/components\/schemas\/([^/]+)$/)?.[1];
    if (component !== undefined) {
      found.get(unescape(component)).request ||= request;
    } else {
      found.set(schema, { schema, pointer, request });
    }
  };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS.filter((method) => item[method])) {
      const operation = item[method];
      const messages = Object.entries(operation.responses ?? {})
        .filter(([status]) => /^2/.test(status))
        .map(([status]) => [status, ['responses', status]]);
      if (operation.requestBody) messages.push(['request', ['requestBody']]);
      for (const [part, keys] of messages) {
        let pointer = below('/paths', path, method, ...keys);
        pointer = at(document, pointer).$ref?.slice(1) ?? pointer;
        const content = at(document, pointer).content ?? {};
        const media = Object.keys(content).find((media) => content[media].schema);
        if (media) {
          add(`${operation.operationId} ${part}`, below(pointer, 'content', media, 'schema'), part === 'request');
        }
      }
    }
  }
  return [...found.values()];
}

/**
 * A judge of values by the pointer of a schema in `document`: `accepts` a value, with another schema
 * beside it in `acceptsAlso`, or tells its `faults` as ajv does.
 */
export function judge(document, { formats }) {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false, validateFormats: formats, verbose: true });
  addFormats(ajv);
  ajv.addFormat('int32', true);
  ajv.addSchema(document, 'document');
  const uri = (pointer) =>
    `document#${pointer.split('/').map((key) => encodeURIComponent(key)).join('/')}`;
  const accepts = (pointer, value) => {
    const validate = ajv.getSchema(uri(pointer));
    if (!validate) throw new Error(`no schema at ${pointer}`);
    return validate(value);
  };
  const faults = (pointer, value) =>
    (accepts(pointer, value) ? [] : ajv.getSchema(uri(pointer)).errors);
  const compiled = new Map();
  const acceptsAlso = (pointer, key, schema, value) => {
    if (!compiled.has(key)) {
      compiled.set(key, ajv.compile({ allOf: [{ $ref: uri(pointer) }, schema] }));
    }
    return compiled.get(key)(value);
  };
  return { accepts, acceptsAlso, faults };
}

const typesOf = (values) => [...new Set(values.map((value) =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value))];

/**
 * The same document with only the JSON types of what it describes: nothing is required, everything
 * may be null except items of lists, and any enum value, constant and further property is fine.
 */
export function typesOnly(document) {
  const entries = (object, change) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
  const nullable = (schema) => {
    if (schema.$ref) return { anyOf: [schema, { type: 'null' }] };
    const result = { ...schema };
    if (schema.type) result.type = [...new Set([schema.type, 'null'].flat())];
    if (schema.allOf) result.allOf = schema.allOf.map(nullable);
    if (schema.anyOf) result.anyOf = [...schema.anyOf, { type: 'null' }];
    return result;
  };
  const change = (schema) => {
    if (typeof schema !== 'object') return schema;
    // What no value satisfies is absent, whatever its type.
    if (schema.minLength > schema.maxLength || JSON.stringify(schema.not) === '{}') return {};
    const result = {};
    if (schema.$ref) return { $ref: schema.$ref };
    if (schema.type) result.type = schema.type;
    else if (schema.enum) result.type = typesOf(schema.enum);
    else if ('const' in schema) result.type = typesOf([schema.const]);
    if (schema.properties) result.properties = entries(schema.properties, (node) => nullable(change(node)));
    if (typeof schema.additionalProperties === 'object') {
      result.additionalProperties = nullable(change(schema.additionalProperties));
    }
    if (schema.items) result.items = change(schema.items);
    if (schema.allOf) result.allOf = schema.allOf.map(change);
    if (schema.oneOf && schema.anyOf) throw new Error('oneOf beside anyOf');
    const members = schema.oneOf ?? schema.anyOf;
    if (members) result.anyOf = members.map(change);
    return result;
  };
  const walk = (node, key) => {
    if (Array.isArray(node)) return node.map((item) => walk(item));
    if (node === null || typeof node !== 'object') return node;
    if (key === 'schema') return change(node);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value, key)]));
  };
  const { schemas, ...others } = document.components;
  return {
    components: { ...walk(others), schemas: entries(schemas, change) },
    paths: walk(document.paths),
  };
}

/** What a member of a union asks of its own properties: those that are required, and constants. */
export function ownDemands(document, pointer) {
  const node = at(document, pointer);
  if (node.$ref) return ownDemands(document, node.$ref.slice(1));
  const result = { required: node.required ?? [], properties: {} };
  for (const [key, property] of Object.entries(node.properties ?? {})) {
    const own = property.$ref ? at(document, property.$ref.slice(1)) : property;
    if ('const' in own) result.properties[key] = { const: own.const };
    else if (own.enum?.length === 1) result.properties[key] = { enum: own.enum };
    else if (own.pattern) result.properties[key] = { pattern: own.pattern };
  }
  if (node.allOf) result.allOf = node.allOf.map((_, index) => ownDemands(document, below(pointer, 'allOf', index)));
  for (const key of ['oneOf', 'anyOf']) {
    if (node[key]) {
      result.anyOf = node[key].map((_, index) => ownDemands(document, below(pointer, key, index)));
    }
  }
  if (node.type === 'string' || node.enum || 'const' in node) {
    if (node.enum?.length === 1) result.enum = node.enum;
  }
  return result;
}

/** The pointer of the same schema in the document that `typesOnly` makes. */
export const inTypesOnly = (pointer) => pointer.replaceAll('/oneOf/', '/anyOf/');

/**
 * Calls `visit(path, pointer, value)` for each value inside `value` with the schemas that describe
 * it, `union(path, pointer, members)` for each union with the members that accept the value.
 */
export function locate(document, accepts, root, value, visit, union) {
  const walk = (pointer, value, path) => {
    const node = at(document, pointer);
    if (node === undefined || typeof node !== 'object') return;
    if (node.$ref) walk(node.$ref.slice(1), value, path);
    visit(path, pointer, node, value);
    (node.allOf ?? []).forEach((_, index) => walk(below(pointer, 'allOf', index), value, path));
    for (const key of ['oneOf', 'anyOf']) {
      if (!node[key]) continue;
      const pointers = node[key].map((_, index) => below(pointer, key, index));
      const members = pointers.filter((pointer) => accepts(pointer, value));
      union(path, below(pointer, key), members, pointers);
      members.forEach((member) => walk(member, value, path));
    }
    if (Array.isArray(value)) {
      if (node.items) value.forEach((item, index) => walk(below(pointer, 'items'), item, [...path, index]));
    } else if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        if (Object.hasOwn(node.properties ?? {}, key)) {
          walk(below(pointer, 'properties', key), inner, [...path, key]);
        } else if (typeof node.additionalProperties === 'object') {
          walk(below(pointer, 'additionalProperties'), inner, [...path, key]);
        }
      }
    }
  };
  walk(root, value, []);
}
