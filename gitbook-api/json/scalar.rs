//! The types that fields are made of.

use serde_json::{Number, Value};

use super::{Assertion, Context, Error, Node, Violations, Wire, Writer, check};

/// Whole numbers beyond this are not exact as `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Whether a number is whole, and exactly that one.
pub(super) fn is_whole(value: f64) -> bool {
    value.fract() == 0.0 && value.abs() <= EXACT
}

impl Wire for String {
    fn read(node: Node<'_>, _cx: &mut Context) -> Result<Self, Error> {
        node.text("a string").map(str::to_owned)
    }

    fn write<'a>(&'a self, out: &mut Writer<'a>) {
        out.text(self.as_str());
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        check::string(self, assertions, found);
    }
}

impl Wire for bool {
    fn read(node: Node<'_>, _cx: &mut Context) -> Result<Self, Error> {
        node.as_bool().ok_or_else(|| node.unexpected("a boolean"))
    }

    fn write<'a>(&'a self, out: &mut Writer<'a>) {
        out.bool(*self);
    }
}

impl Wire for Value {
    fn read(node: Node<'_>, _cx: &mut Context) -> Result<Self, Error> {
        Ok(node.to_value())
    }

    fn from_null() -> Option<Self> {
        Some(Self::Null)
    }

    fn write<'a>(&'a self, out: &mut Writer<'a>) {
        match self {
            Value::Null => out.null(),
            Value::Bool(value) => out.bool(*value),
            Value::Number(number) => out.number(number),
            Value::String(text) => out.text(text),
            Value::Array(items) => write_list(items, out),
            Value::Object(_) => write_object(self, out),
        }
    }

    fn write_entries<'a>(&'a self, out: &mut Writer<'a>) {
        for (key, value) in self.as_object().into_iter().flatten() {
            out.key(key);
            value.write(out);
        }
    }
}

/// Whole numbers, also where they are written as `3.0`.
impl Wire for i64 {
    fn read(node: Node<'_>, _cx: &mut Context) -> Result<Self, Error> {
        let whole = || node.as_f64().filter(|value| is_whole(*value));
        node.as_i64()
            .or_else(|| whole().map(|value| value as i64))
            .ok_or_else(|| node.unexpected("a whole number of at most 64 bits"))
    }

    fn write<'a>(&'a self, out: &mut Writer<'a>) {
        out.number(&Number::from(*self));
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        check::number(*self as f64, assertions, found);
    }
}

/// Numbers; whole ones are written without a fraction, as GitBook writes them.
impl Wire for f64 {
    fn read(node: Node<'_>, _cx: &mut Context) -> Result<Self, Error> {
        node.as_f64().ok_or_else(|| node.unexpected("a number"))
    }

    fn write<'a>(&'a self, out: &mut Writer<'a>) {
        let number = match is_whole(*self) {
            true => Some(Number::from(*self as i64)),
            false => Number::from_f64(*self),
        };
        match number {
            Some(number) => out.number(&number),
            None => out.null(),
        }
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        check::number(*self, assertions, found);
    }
}

impl<T: Wire> Wire for Box<T> {
    fn read(node: Node<'_>, cx: &mut Context) -> Result<Self, Error> {
        T::read(node, cx).map(Box::new)
    }

    fn from_null() -> Option<Self> {
        T::from_null().map(Box::new)
    }

    fn write<'a>(&'a self, out: &mut Writer<'a>) {
        T::write(self, out);
    }

    fn write_entries<'a>(&'a self, out: &mut Writer<'a>) {
        T::write_entries(self, out);
    }

    fn check(&self, found: &mut Violations) {
        T::check(self, found);
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        T::check_against(self, assertions, found);
    }
}

impl<T: Wire> Wire for Option<T> {
    fn read(node: Node<'_>, cx: &mut Context) -> Result<Self, Error> {
        match node.is_null() {
            true => Ok(None),
            false => T::read(node, cx).map(Some),
        }
    }

    fn from_null() -> Option<Self> {
        Some(None)
    }

    fn write<'a>(&'a self, out: &mut Writer<'a>) {
        match self {
            Some(value) => value.write(out),
            None => out.null(),
        }
    }

    fn check(&self, found: &mut Violations) {
        if let Some(value) = self {
            value.check(found);
        }
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        if let Some(value) = self {
            value.check_against(assertions, found);
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn read(node: Node<'_>, cx: &mut Context) -> Result<Self, Error> {
        if !node.is_list() {
            return Err(node.unexpected("a list"));
        }
        let mut items = Vec::with_capacity(node.items().count());
        for (index, item) in node.items().enumerate() {
            let item =
                T::read(item, cx).map_err(|error| error.within(format_args!("[{index}]")))?;
            items.push(item);
        }
        Ok(items)
    }

    fn write<'a>(&'a self, out: &mut Writer<'a>) {
        write_list(self, out);
    }

    fn check(&self, found: &mut Violations) {
        for (index, item) in self.iter().enumerate() {
            let known = found.len();
            item.check(found);
            found.in_item(known, index);
        }
    }

    fn check_against(&self, assertions: &[Assertion], found: &mut Violations) {
        check::list(self, assertions, found);
    }
}

/// Writes the entries of a value as an object.
pub(super) fn write_object<'a>(value: &'a impl Wire, out: &mut Writer<'a>) {
    let object = out.open_object();
    value.write_entries(out);
    out.close(object);
}

fn write_list<'a, T: Wire>(items: &'a [T], out: &mut Writer<'a>) {
    let list = out.open_list();
    items.iter().for_each(|item| item.write(out));
    out.close(list);
}
