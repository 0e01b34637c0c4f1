//! Reading of patterns.

use std::iter::Peekable;
use std::str::Chars;

use super::program::{Program, Set, Step};

/// The most steps of a pattern, after its repetitions have been written out.
const LONGEST: usize = 10_000;
/// The maximum nesting of groups.
const DEPTH: usize = 50;

/// The characters that have a meaning of their own, and need an escape to match themselves.
const SYNTAX: &str = "^$\\.*+?()[]{}|";

const DIGIT: &[(char, char)] = &[('0', '9')];
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
const SPACE: &[(char, char)] = &[
    ('\t', '\r'),
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{feff}', '\u{feff}'),
];
const LINE_END: &[(char, char)] = &[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')];

/// Returns a pattern as a program, or `None` if it is invalid or has what programs cannot do:
/// backreferences, look-behind, properties of characters (`\p`), modifiers of groups, or more than
/// 10,000 steps.
pub(super) fn parse(pattern: &str) -> Option<Program> {
    let mut parser = Parser {
        rest: pattern.chars().peekable(),
        sets: Vec::new(),
        depth: 0,
    };
    let mut steps = parser.alternatives()?;
    steps.push(Step::Match);
    parser.rest.next().is_none().then_some(Program {
        steps,
        sets: parser.sets,
    })
}

struct Parser<'p> {
    rest: Peekable<Chars<'p>>,
    sets: Vec<Set>,
    depth: usize,
}

/// A part of a program.
type Steps = Vec<Step>;

/// The meaning of an escape.
enum Escape {
    Character(char),
    Set(&'static [(char, char)], bool),
}

impl Parser<'_> {
    fn alternatives(&mut self) -> Option<Steps> {
        let steps = self.sequence()?;
        if self.rest.next_if_eq(&'|').is_none() {
            return Some(steps);
        }
        let others = self.alternatives()?;
        let mut all = vec![Step::Fork(distance(steps.len() + 2)?)];
        all.extend(steps);
        all.push(Step::Jump(distance(others.len() + 1)?));
        all.extend(others);
        (all.len() <= LONGEST).then_some(all)
    }

    fn sequence(&mut self) -> Option<Steps> {
        let mut steps = Steps::new();
        while let Some(c) = self.rest.next_if(|c| !matches!(c, '|' | ')')) {
            steps.extend(self.term(c)?);
            if steps.len() > LONGEST {
                return None;
            }
        }
        Some(steps)
    }

    /// Reads what starts with `first`: a character, a set, a group or an assertion.
    fn term(&mut self, first: char) -> Option<Steps> {
        let part = match first {
            '^' => return Some(vec![Step::Start]),
            '$' => return Some(vec![Step::End]),
            '\\' if matches!(self.rest.peek(), Some('b' | 'B')) => {
                let is_negated = self.rest.next() == Some('B');
                return Some(vec![Step::Boundary { is_negated }]);
            }
            '(' => {
                let (part, is_assertion) = self.group()?;
                if is_assertion {
                    return Some(part);
                }
                part
            }
            '[' => {
                let set = self.class()?;
                self.pass(set)
            }
            '.' => self.pass(Set {
                ranges: LINE_END.to_vec(),
                is_negated: true,
            }),
            '\\' => match self.escape(false)? {
                Escape::Character(c) => self.pass(only(c)),
                Escape::Set(ranges, is_negated) => self.pass(Set {
                    ranges: ranges.to_vec(),
                    is_negated,
                }),
            },
            c if SYNTAX.contains(c) => return None,
            c => self.pass(only(c)),
        };
        self.quantified(part)
    }

    /// Returns the step that passes a character of a set.
    fn pass(&mut self, set: Set) -> Steps {
        let index = self.sets.iter().position(|other| *other == set);
        let index = index.unwrap_or_else(|| {
            self.sets.push(set);
            self.sets.len() - 1
        });
        vec![Step::Pass(index)]
    }

    /// Reads the rest of a group. Returns whether it is an assertion.
    fn group(&mut self) -> Option<(Steps, bool)> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let mut assertion = None;
        if self.rest.next_if_eq(&'?').is_some() {
            match self.rest.next()? {
                ':' => {}
                '=' => assertion = Some(false),
                '!' => assertion = Some(true),
                '<' => self.group_name()?,
                _ => return None,
            }
        }
        let mut steps = self.alternatives()?;
        self.rest.next_if_eq(&')')?;
        self.depth -= 1;
        if let Some(is_negated) = assertion {
            steps.push(Step::Match);
            let length = steps.len();
            steps.insert(0, Step::Ahead { is_negated, length });
        }
        Some((steps, assertion.is_some()))
    }

    /// Passes the name of a group. That of look-behind is none.
    fn group_name(&mut self) -> Option<()> {
        let is_name = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '$');
        self.rest.next_if(is_name)?;
        while self.rest.next_if(is_name).is_some() {}
        self.rest.next_if_eq(&'>').map(drop)
    }

    /// Reads a quantifier, if one follows.
    fn quantified(&mut self, part: Steps) -> Option<Steps> {
        let (least, most) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.rest.next();
                let least = self.number()?;
                let most = match self.rest.next_if_eq(&',') {
                    None => Some(least),
                    Some(_) if self.rest.peek() == Some(&'}') => None,
                    Some(_) => Some(self.number()?),
                };
                if self.rest.peek() != Some(&'}') {
                    return None;
                }
                (least, most)
            }
            _ => return Some(part),
        };
        self.rest.next();
        // Whether as little as possible is matched makes no difference to whether the pattern matches.
        self.rest.next_if_eq(&'?');
        repeated(&part, least, most)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number: Option<usize> = None;
        while let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(10)) {
            self.rest.next();
            let shifted = number.unwrap_or_default().checked_mul(10)?;
            number = Some(shifted + usize::try_from(digit).ok()?);
        }
        number
    }

    /// Reads the rest of a class of characters.
    fn class(&mut self) -> Option<Set> {
        let is_negated = self.rest.next_if_eq(&'^').is_some();
        let mut ranges = Vec::new();
        loop {
            match self.rest.next()? {
                ']' => return Some(Set { ranges, is_negated }),
                c => self.class_item(c, &mut ranges)?,
            }
        }
    }

    /// Reads a character, a range or an escape that starts with `first`.
    fn class_item(&mut self, first: char, ranges: &mut Vec<(char, char)>) -> Option<()> {
        let first = match self.class_atom(first)? {
            Escape::Character(c) => c,
            Escape::Set(set, is_negated) => {
                ranges.extend(if is_negated {
                    others(set)
                } else {
                    set.to_vec()
                });
                // A range cannot start with a set.
                let mut after = self.rest.clone();
                let is_range = after.next() == Some('-') && after.next() != Some(']');
                return (!is_range).then_some(());
            }
        };
        let mut after = self.rest.clone();
        if after.next() != Some('-') || after.next() == Some(']') {
            ranges.push((first, first));
            return Some(());
        }
        self.rest.next();
        let last = self.rest.next()?;
        match self.class_atom(last)? {
            Escape::Character(last) if first <= last => ranges.push((first, last)),
            _ => return None,
        }
        Some(())
    }

    fn class_atom(&mut self, c: char) -> Option<Escape> {
        match c {
            '\\' => self.escape(true),
            c => Some(Escape::Character(c)),
        }
    }

    /// Reads what is after a backslash.
    fn escape(&mut self, in_class: bool) -> Option<Escape> {
        let c = match self.rest.next()? {
            'd' => return Some(Escape::Set(DIGIT, false)),
            'D' => return Some(Escape::Set(DIGIT, true)),
            'w' => return Some(Escape::Set(WORD, false)),
            'W' => return Some(Escape::Set(WORD, true)),
            's' => return Some(Escape::Set(SPACE, false)),
            'S' => return Some(Escape::Set(SPACE, true)),
            't' => '\t',
            'n' => '\n',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'r' => '\r',
            'b' if in_class => '\u{8}',
            '0' if !matches!(self.rest.peek(), Some('0'..='9')) => '\0',
            'c' => {
                let letter = self.rest.next().filter(char::is_ascii_alphabetic)?;
                char::from_u32(u32::from(letter) % 32)?
            }
            'x' => char::from_u32(self.hexadecimal(2)?)?,
            'u' => self.code_point()?,
            '-' if in_class => '-',
            c if SYNTAX.contains(c) || c == '/' => c,
            _ => return None,
        };
        Some(Escape::Character(c))
    }

    /// Reads the rest of an escape of a code point: `{…}`, or one or two code units.
    fn code_point(&mut self) -> Option<char> {
        if self.rest.next_if_eq(&'{').is_some() {
            let mut value = 0_u32;
            while self.rest.next_if_eq(&'}').is_none() {
                let digit = self.rest.next()?.to_digit(16)?;
                value = value.checked_mul(16)?.checked_add(digit)?;
            }
            return char::from_u32(value);
        }
        let high = self.hexadecimal(4)?;
        if !(0xD800..0xDC00).contains(&high) {
            return char::from_u32(high);
        }
        let is_pair = self.rest.next()? == '\\' && self.rest.next()? == 'u';
        let low = is_pair.then(|| self.hexadecimal(4))??;
        let low = (0xDC00..0xE000).contains(&low).then(|| low - 0xDC00)?;
        char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + low)
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let mut value = 0;
        for _ in 0..digits {
            value = value << 4 | self.rest.next()?.to_digit(16)?;
        }
        Some(value)
    }
}

fn only(c: char) -> Set {
    Set {
        ranges: vec![(c, c)],
        is_negated: false,
    }
}

/// Returns the characters that are not in these ranges, which are in ascending order.
fn others(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let mut others = Vec::new();
    let mut start = '\0';
    for (first, last) in ranges {
        if let Some(before) = (start..*first).next_back() {
            others.push((start, before));
        }
        let mut after = *last..=char::MAX;
        after.next();
        start = after.next().unwrap_or(char::MAX);
    }
    others.push((start, char::MAX));
    others
}

/// Writes out the repetitions of a part.
fn repeated(part: &[Step], least: usize, most: Option<usize>) -> Option<Steps> {
    let optional = match most {
        Some(most) => most.checked_sub(least)?,
        None => 1,
    };
    let length = (part.len() + 2).checked_mul(least.checked_add(optional)?)?;
    if length > LONGEST {
        return None;
    }
    let mut steps = part.repeat(least);
    let past = distance(part.len() + 1)?;
    match most {
        Some(_) => {
            let left_out = [&[Step::Fork(past)], part].concat();
            steps.extend(left_out.repeat(optional));
        }
        None => {
            steps.push(Step::Fork(past + 1));
            steps.extend(part);
            steps.push(Step::Jump(-past));
        }
    }
    Some(steps)
}

fn distance(steps: usize) -> Option<isize> {
    isize::try_from(steps).ok()
}
