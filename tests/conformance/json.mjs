// JSON text that keeps what `JSON.parse` loses: numbers as they are written, and repeated keys.

/** Parses text into nodes: `{object: [[key, node]]}`, `{array: [node]}`, or `{scalar: text}`. */
export function parse(text) {
  let at = 0;
  const space = () => { while (' \t\n\r'.includes(text[at]) && at < text.length) at += 1; };
  const scalar = () => {
    const token = /"(?:[^"\\]|\\.)*"|[^\s,\]}:"]+/ys;
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) throw new Error(`not JSON at ${at}`);
    at += found[0].length;
    return found[0];
  };
  const value = () => {
    space();
    if (text[at] === '{') {
      const object = [];
      at += 1;
      for (space(); text[at] !== '}'; space()) {
        if (text[at] === ',') { at += 1; space(); }
        const key = JSON.parse(scalar());
        space();
        at += 1;
        object.push([key, value()]);
      }
      at += 1;
      return { object };
    }
    if (text[at] === '[') {
      const array = [];
      at += 1;
      for (space(); text[at] !== ']'; space()) {
        if (text[at] === ',') at += 1;
        array.push(value());
      }
      at += 1;
      return { array };
    }
    return { scalar: scalar() };
  };
  return value();
}

/** Writes nodes as text without white space. */
export function write(node) {
  if (node.object) return `{${node.object.map(([key, value]) => `${JSON.stringify(key)}:${write(value)}`).join(',')}}`;
  if (node.array) return `[${node.array.map(write).join(',')}]`;
  return node.scalar;
}

/** A decimal as sign, digits and exponent, without zeros at either end. */
function decimal(text) {
  const found = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!found) return undefined;
  const [, sign, whole, fraction = '', exponent = '0'] = found;
  let digits = (whole + fraction).replace(/^0+/, '');
  let power = Number(exponent) - fraction.length;
  while (digits.endsWith('0')) {
    digits = digits.slice(0, -1);
    power += 1;
  }
  return digits === '' ? '0' : `${sign}${digits}e${power}`;
}

const isSame = (left, right) => {
  if (left === right) return true;
  if (left[0] === '"' && right[0] === '"') return JSON.parse(left) === JSON.parse(right);
  const number = decimal(left);
  return number !== undefined && number === decimal(right);
};

/**
 * Where two values differ, as `[JSON pointer, what]`: keys in any order, numbers by their exact
 * values.
 */
export function differences(left, right, at = '') {
  if (left.object && right.object) {
    const others = new Map(right.object);
    const found = left.object.flatMap(([key, value]) =>
      (others.has(key) ? differences(value, others.get(key), `${at}/${key}`) : [[`${at}/${key}`, 'is gone']]));
    const keys = new Set(left.object.map(([key]) => key));
    const more = right.object.filter(([key]) => !keys.has(key));
    return [...found, ...more.map(([key, value]) => [`${at}/${key}`, `is new: ${write(value).slice(0, 80)}`])];
  }
  if (left.array && right.array && left.array.length === right.array.length) {
    return left.array.flatMap((value, index) => differences(value, right.array[index], `${at}/${index}`));
  }
  const same = left.scalar !== undefined && right.scalar !== undefined && isSame(left.scalar, right.scalar);
  return same ? [] : [[at, `is ${write(right).slice(0, 80)}`]];
}

/** The same value with the keys of each object in the order of `model`. */
export function ordered(node, model) {
  if (node.array && model?.array) {
    return { array: node.array.map((item, index) => ordered(item, model.array[index])) };
  }
  if (!node.object || !model?.object) return node;
  const places = new Map(model.object.map(([key], index) => [key, index]));
  const models = new Map(model.object);
  const place = ([key]) => places.get(key) ?? Infinity;
  const object = node.object.map(([key, value]) => [key, ordered(value, models.get(key))]);
  return { object: object.sort((left, right) => place(left) - place(right) || 0) };
}
